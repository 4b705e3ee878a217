//! The record of what was signed and of every edition since: `engross.lock`.
//!
//! In and out: TOML beside the deal file. It holds digests and dates, and no term of the deal: those stand in the
//! copies under `signed/` and `amendments/`. Whether the copies still agree with it is checked elsewhere.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::units::{Date, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the file.
pub const RECORD: &str = "engross.lock";

/// The folder that holds what was signed.
pub const SIGNED: &str = "signed";

/// What was signed, and what came after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The format of this file.
    pub format: u32,
    /// The signed version.
    pub signed: Signed,
    /// Every edition of each exhibit, in the order in which they were issued.
    #[serde(default, rename = "edition", skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<Edition>,
    /// Every amendment, by number.
    #[serde(default, rename = "amendment", skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<Amendment>,
    /// Every review that was held, by period.
    #[serde(default, rename = "review", skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Held>,
    /// Every early review that was held: it decides nothing that a later one builds on.
    #[serde(default, rename = "early", skip_serializing_if = "Vec::is_empty")]
    pub early: Vec<Held>,
}

/// The format that this version writes.
pub const FORMAT: u32 = 1;

/// The signed version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The day of the signature.
    pub on: Day,
    /// The day on which the agreement takes effect.
    pub effective: Day,
    /// The title of the agreement.
    pub title: String,
    /// The number of the draft that was signed.
    pub draft: u32,
    /// The digest of its words, as the imprint shows it.
    pub digest: String,
    /// The version of engross that drafted it.
    pub engross: String,
    /// The SHA-256 of the deal file.
    pub deal: String,
    /// The SHA-256 of the clause library and its templates.
    pub library: String,
    /// The SHA-256 of the master agreement and the signature page, as Markdown.
    pub master: String,
    /// The SHA-256 of the manifest of the folder.
    pub manifest: String,
}

/// One edition of an exhibit, or of the key terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The exhibit: an anchor, which is also the name of its files.
    pub exhibit: String,
    /// Its letter; none for the key terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Its title.
    pub title: String,
    /// How often it has been restated; 0 is what was signed.
    pub number: u32,
    /// From which day it holds.
    pub from: Day,
    /// The amendment that it belongs to; 0 is the signed agreement.
    pub amendment: u32,
    /// The SHA-256 of its Markdown.
    pub words: String,
}

/// One amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Its place in the row, from 1.
    pub number: u32,
    /// The day that it carries.
    pub on: Day,
    /// From which day it holds.
    pub from: Day,
    /// The SHA-256 of the deal file as it is under it.
    pub deal: String,
    /// The SHA-256 of the manifest of its folder.
    pub manifest: String,
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The first day of the period.
    pub from: Day,
    /// The last day of the period.
    pub to: Day,
    /// The day of the review.
    pub on: Day,
    /// The SHA-256 of everything that it was made from.
    pub figures: String,
    /// The folder with its papers.
    pub folder: String,
    /// The SHA-256 of the manifest of that folder.
    pub manifest: String,
    /// The amendment that came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amendment: Option<u32>,
    /// For each trigger, by id, whether its mark was reached.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reached: BTreeMap<String, bool>,
    /// The state of the exclusivity after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusivity: Option<String>,
}

/// A day, written as `2027-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.iso())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::from_text(&text)
            .map(Day)
            .map_err(|complaint| serde::de::Error::custom(complaint.message))
    }
}

impl std::ops::Deref for Day {
    type Target = Date;

    fn deref(&self) -> &Date {
        &self.0
    }
}

impl Record {
    /// Reads a record. What is wrong with it is in the report.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Record> {
        match toml::from_str::<Record>(&source.text) {
            Ok(record) if record.format == FORMAT => Some(record),
            Ok(record) => {
                let message = format!(
                    "this record has format {}; this engross knows format {FORMAT}",
                    record.format
                );
                report.push(
                    Diagnostic::error(Code::BadRecord, &Span::whole(source), message)
                        .help("use the engross that wrote it, or a later one"),
                );
                None
            }
            Err(error) => {
                let at = error
                    .span()
                    .map_or_else(|| Span::whole(source), |range| Span::new(source, range));
                let message = format!(
                    "the record of what was signed cannot be read: {}",
                    error.message().trim_end_matches('.').replace('\n', "; ")
                );
                report.push(
                    Diagnostic::error(Code::BadRecord, &at, message)
                        .help("nobody edits this file: bring back the one that engross wrote, from your backup or version control"),
                );
                None
            }
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let body = toml::to_string(self).unwrap_or_default();
        format!("{HEAD}{body}")
    }

    /// The editions that are in force on a day, one for each exhibit, in the order of the agreement.
    pub fn in_force(&self, day: Date) -> Vec<&Edition> {
        let mut found: Vec<&Edition> = Vec::new();
        for edition in self.editions.iter().filter(|edition| edition.from.0 <= day) {
            match found
                .iter_mut()
                .find(|other| other.exhibit == edition.exhibit)
            {
                // Of two that hold from one day the later one was issued last.
                Some(other) if other.from <= edition.from => *other = edition,
                Some(_) => {}
                None => found.push(edition),
            }
        }
        found
    }

    /// The newest edition of each exhibit, whether or not it holds already.
    pub fn newest(&self) -> Vec<&Edition> {
        let mut found: Vec<&Edition> = Vec::new();
        for edition in &self.editions {
            match found
                .iter_mut()
                .find(|other| other.exhibit == edition.exhibit)
            {
                Some(other) => *other = edition,
                None => found.push(edition),
            }
        }
        found
    }

    /// The last amendment that holds on a day; 0 is the signed agreement.
    pub fn amendment_on(&self, day: Date) -> u32 {
        self.amendments
            .iter()
            .filter(|amendment| amendment.from.0 <= day)
            .map(|amendment| amendment.number)
            .max()
            .unwrap_or(0)
    }
}

/// The folder of an amendment, beside the deal: `amendments/02`; `signed` for 0.
pub fn folder(amendment: u32) -> String {
    if amendment == 0 {
        SIGNED.to_owned()
    } else {
        format!("amendments/{amendment:02}")
    }
}

const HEAD: &str = "\
# What was signed, and every edition since. engross writes this file; keep it with the deal, and do not edit it.

";

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(Date::from_text(text).expect(text))
    }

    fn edition(exhibit: &str, number: u32, from: &str) -> Edition {
        Edition {
            exhibit: exhibit.to_owned(),
            letter: Some("A".to_owned()),
            title: "Economics".to_owned(),
            number,
            from: day(from),
            amendment: number,
            words: "0".repeat(64),
        }
    }

    fn record() -> Record {
        Record {
            format: FORMAT,
            signed: Signed {
                on: day("2026-12-15"),
                effective: day("2027-01-01"),
                title: "Alliance “Agreement”".to_owned(),
                draft: 4,
                digest: "0123 4567".to_owned(),
                engross: "0.1.0".to_owned(),
                deal: "1".to_owned(),
                library: "2".to_owned(),
                master: "3".to_owned(),
                manifest: "4".to_owned(),
            },
            editions: vec![
                edition("exhibit-economics", 0, "2027-01-01"),
                edition("exhibit-data", 0, "2027-01-01"),
                edition("exhibit-economics", 1, "2027-04-01"),
                edition("exhibit-economics", 2, "2027-07-01"),
            ],
            amendments: Vec::new(),
            reviews: Vec::new(),
            early: Vec::new(),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = record().text();
        let mut report = Report::new();
        let again = Record::read(&Source::new(RECORD, text.as_str()), &mut report);
        assert_eq!(again, Some(record()));
        for (wrong, said) in [
            (text.replace("format = 1", "format = 7"), "has format 7"),
            (text.replace("2026-12-15", "2026-13-15"), "cannot be read"),
            (text.replace("draft = 4", "drafts = 4"), "unknown field"),
            ("nothing".to_owned(), "cannot be read"),
        ] {
            let mut report = Report::new();
            assert!(Record::read(&Source::new(RECORD, wrong), &mut report).is_none());
            assert!(report.sorted()[0].message.contains(said), "{report:?}");
        }
    }

    #[test]
    fn the_newest_edition_of_each_exhibit_holds() {
        let record = record();
        for (on, numbers) in [
            ("2026-12-31", vec![]),
            ("2027-01-01", vec![0, 0]),
            ("2027-03-31", vec![0, 0]),
            ("2027-04-01", vec![1, 0]),
            ("2028-01-01", vec![2, 0]),
        ] {
            let held: Vec<u32> = record
                .in_force(day(on).0)
                .iter()
                .map(|edition| edition.number)
                .collect();
            assert_eq!(held, numbers, "{on}");
        }
        assert_eq!(record.newest().len(), 2);
        assert_eq!(folder(0), "signed");
        assert_eq!(folder(2), "amendments/02");
    }
}
