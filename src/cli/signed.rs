//! What was signed, as a command meets it: the record beside the deal, the pinned library, the signed draft.

pub(super) mod audit;

use super::files::{self, shown};
use super::package;
use crate::deal::Deal;
use crate::deal::changes::changes;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::draft::{After, Draft, Restated, draft, draft_after};
use crate::library::{Library, LibraryFile};
use crate::review::record::{self, RECORD, Record, SIGNED};
use crate::source::{Source, Span};
use crate::units::Date;
use crate::write::{self, Format, Look};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The record beside a deal.
pub(super) struct Signing {
    /// What it says.
    pub(super) record: Record,
    /// Its text.
    pub(super) source: Arc<Source>,
    /// The folder of the deal.
    pub(super) folder: PathBuf,
}

/// The record beside a deal, if the deal was signed. One that cannot be read is in the report.
pub(super) fn find(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Signing>> {
    let path = beside(folder, RECORD);
    if !path.is_file() {
        return Ok(None);
    }
    let Some((source, _)) = files::source(&path, report)? else {
        return Ok(None);
    };
    Ok(Record::read(&source, report).map(|record| Signing {
        record,
        source,
        folder: folder.to_owned(),
    }))
}

/// The record beside a deal that must have one.
pub(super) fn need(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Signing>> {
    let found = find(folder, report)?;
    if found.is_none() && !report.has_errors() {
        let source = Source::new(shown(&beside(folder, RECORD)), "");
        report.push(
            Diagnostic::error(
                Code::NotSigned,
                &Span::whole(&source),
                "nothing says that this deal was signed",
            )
            .help("record the signature first: `engross sign-off --on DATE`"),
        );
    }
    Ok(found)
}

/// The library that a signed deal is drafted with.
pub(super) fn library(
    signing: &Signing,
    named: Option<&Path>,
    report: &mut Report,
) -> anyhow::Result<Option<Library>> {
    let (files, trust) = files::library_of(named, Some(signing), report)?;
    Ok(Library::load(files, crate::draft::root(), trust, report))
}

/// A file or folder beside the deal, as the user would type it.
pub(super) fn beside(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") {
        PathBuf::from(name)
    } else {
        folder.join(name)
    }
}

/// The digest of a library: every path and every text.
pub(super) fn library_digest(files: &[LibraryFile]) -> String {
    use std::fmt::Write;
    let mut hash = Sha256::new();
    let mut files: Vec<&LibraryFile> = files.iter().collect();
    files.sort_by(|one, two| one.path.cmp(&two.path));
    for file in files {
        for text in [&*file.path, &*file.text] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl Signing {
    /// The number of the last amendment; 0 is the signed agreement.
    pub(super) fn last(&self) -> u32 {
        let numbers = self.record.amendments.iter().map(|one| one.number);
        numbers.max().unwrap_or(0)
    }

    /// The folder with the pinned copy of the library.
    pub(super) fn library(&self) -> PathBuf {
        beside(&self.folder, SIGNED).join("library")
    }

    /// Whether this is the library that was signed with.
    pub(super) fn is_pinned(&self, files: &[LibraryFile]) -> bool {
        library_digest(files) == self.record.signed.library
    }

    /// Reports a library that is not the one that was signed with.
    pub(super) fn moved(&self, report: &mut Report) {
        let at = self.place("library = ");
        report.push(
            Diagnostic::error(
                Code::LibraryMoved,
                &at,
                "the agreement was signed with another version of the clause library",
            )
            .help(format!(
                "leave `--library` out: the copy that was signed is in `{}` and is taken by itself; new wording needs an amendment",
                shown(&self.library())
            )),
        );
    }

    /// The line of the record that begins so.
    pub(super) fn place(&self, key: &str) -> Span {
        let text = &self.source.text;
        let start = text
            .match_indices(key)
            .map(|(at, _)| at)
            .find(|at| *at == 0 || text[..*at].ends_with('\n'));
        match start {
            Some(start) => {
                let end = text[start..]
                    .find('\n')
                    .map_or(text.len(), |end| start + end);
                Span::new(&self.source, start..end)
            }
            None => Span::whole(&self.source),
        }
    }

    /// The deal as it is under an amendment; 0 is the signed one.
    pub(super) fn deal(&self, amendment: u32, report: &mut Report) -> anyhow::Result<Option<Deal>> {
        let folder = record::folder(amendment);
        let path = beside(&self.folder, &folder).join("deal.toml");
        if !path.is_file() {
            package::changed(report, &path, "this file was recorded and is gone");
            return Ok(None);
        }
        let Some((source, _)) = files::source(&path, report)? else {
            return Ok(None);
        };
        let recorded = if amendment == 0 {
            Some(&self.record.signed.deal)
        } else {
            let mut all = self.record.amendments.iter();
            all.find(|one| one.number == amendment).map(|one| &one.deal)
        };
        if recorded != Some(&package::sha256(source.text.as_bytes())) {
            package::changed(report, &path, "this file was edited since it was recorded");
            return Ok(None);
        }
        Ok(Deal::read(&source, report))
    }

    /// The deal as it was signed and as each amendment made it, with the amendment's number and the day from which that
    /// holds.
    pub(super) fn versions(
        &self,
        report: &mut Report,
    ) -> anyhow::Result<Option<Vec<(u32, Date, Deal)>>> {
        let mut amendments = self.record.amendments.clone();
        amendments.sort_by_key(|one| one.number);
        let mut versions = Vec::new();
        for (number, from) in std::iter::once((0, Date::MIN))
            .chain(amendments.iter().map(|one| (one.number, one.from.0)))
        {
            let Some(deal) = self.deal(number, report)? else {
                return Ok(None);
            };
            versions.push((number, from, deal));
        }
        Ok(Some(versions))
    }

    /// The agreement as it was signed, drafted anew with the pinned library.
    pub(super) fn draft(
        &self,
        library: &Library,
        report: &mut Report,
    ) -> anyhow::Result<Option<Draft>> {
        let deal = self.deal(0, report)?;
        Ok(deal.and_then(|deal| self.draft_of(&deal, library, report)))
    }

    /// As [`Signing::draft`], from the deal as it was signed.
    pub(super) fn draft_of(
        &self,
        deal: &Deal,
        library: &Library,
        report: &mut Report,
    ) -> Option<Draft> {
        let mut trash = Report::new();
        let made = draft(deal, library, &mut trash);
        match made {
            Some(draft) if draft.digest == self.record.signed.digest => Some(draft),
            Some(_) | None => {
                report.push(
                    Diagnostic::error(
                        Code::LibraryMoved,
                        &self.place("engross = "),
                        format!(
                            "this engross does not draft what was signed: it was drafted by version {}",
                            self.record.signed.engross
                        ),
                    )
                    .help("use that version for this agreement, or sign anew"),
                );
                None
            }
        }
    }

    /// Tells what the deal says and neither the signed text nor an amendment does.
    pub(super) fn not_in_force(&self, deal: &Deal, report: &mut Report) -> anyhow::Result<()> {
        // What is wrong with the copies is told by whoever looks after them.
        let Some(agreed) = self.deal(self.last(), &mut Report::new())? else {
            return Ok(());
        };
        for change in changes(&agreed, deal) {
            let at = change
                .at_new
                .clone()
                .unwrap_or_else(|| deal.agreement.at.clone());
            let value =
                |text: &Option<String>| text.clone().unwrap_or_else(|| "left out".to_owned());
            report.push(
                Diagnostic::warning(
                    Code::NotInForce,
                    &at,
                    format!("`{}` is not in force", change.path()),
                )
                .note(format!(
                    "in force: {}; here: {}",
                    value(&change.was),
                    value(&change.is)
                ))
                .help("`engross review` takes it up as a change that both agreed; or take it back"),
            );
        }
        Ok(())
    }

    /// The marks of the newest editions.
    pub(super) fn marks(&self, amendment: u32) -> Vec<Restated> {
        let mut marks: Vec<Restated> = Vec::new();
        for edition in &self.record.editions {
            if edition.number == 0 || edition.amendment > amendment {
                continue;
            }
            marks.retain(|mark| mark.exhibit != edition.exhibit);
            marks.push(Restated {
                exhibit: edition.exhibit.clone(),
                number: edition.number,
                from: edition.from.0,
                amendment: edition.amendment,
            });
        }
        marks
    }

    /// A deal drafted after signature. What moves the master is reported, and then there is no draft.
    pub(super) fn draft_after(
        &self,
        deal: &Deal,
        library: &Library,
        signed: &Draft,
        restated: &[Restated],
        report: &mut Report,
    ) -> Option<Draft> {
        let after = After { signed, restated };
        let new = draft_after(deal, library, Some(after), report)?;
        let moved = moved(signed, &new);
        if moved.is_empty() {
            return Some(new);
        }
        for (old, new) in &moved {
            let mut finding = Diagnostic::error(
                Code::SignedMaster,
                &deal.agreement.at,
                format!(
                    "the deal would change what was signed on {}: {}",
                    self.record.signed.on.print(),
                    place_of(old, new)
                ),
            );
            if !old.line.is_empty() {
                finding = finding.note(format!("signed: {}", old.line));
            }
            if !new.line.is_empty() {
                finding = finding.note(format!("would be: {}", new.line));
            }
            report.push(finding.help(
                "take the change back; the master changes only by an amendment that the signatories sign",
            ));
        }
        None
    }
}

fn place_of(old: &Line, new: &Line) -> String {
    let heading = if old.heading.is_empty() {
        &new.heading
    } else {
        &old.heading
    };
    heading.clone()
}

/// A line of the master, and the heading that it stands under.
#[derive(Default)]
struct Line {
    heading: String,
    line: String,
}

/// The parts that never move: everything but exhibits, key terms and the cover.
pub(super) fn master(draft: &Draft) -> Vec<(&'static str, String)> {
    ["master", "signatures"]
        .into_iter()
        .filter_map(|name| {
            let anchor = name.parse().ok()?;
            let part = draft.resolved.view(name, &anchor)?;
            let bytes = write::write(&part, &draft.pictures, &Look::default(), Format::Md);
            let text = String::from_utf8(bytes).ok()?;
            // The imprint is not part of what was agreed.
            let imprint = part.imprint().unwrap_or_default();
            let lines = text.lines().filter(|line| !is_imprint(line, imprint));
            Some((name, lines.collect::<Vec<_>>().join("\n")))
        })
        .collect()
}

fn is_imprint(line: &str, imprint: &str) -> bool {
    line.strip_prefix('*')
        .and_then(|line| line.strip_suffix('*'))
        .is_some_and(|line| line.replace('\\', "") == imprint.replace('\\', ""))
}

/// The SHA-256 of the master.
pub(super) fn master_digest(draft: &Draft) -> String {
    let all: String = master(draft).into_iter().map(|(_, text)| text).collect();
    package::sha256(all.as_bytes())
}

/// The first line of each part in which the master of two drafts differs.
fn moved(signed: &Draft, new: &Draft) -> Vec<(Line, Line)> {
    let (old, new) = (master(signed), master(new));
    let mut found = Vec::new();
    for (place, (_, old)) in old.iter().enumerate() {
        let new = new.get(place).map_or("", |(_, text)| text.as_str());
        if let Some(lines) = first_difference(old, new) {
            found.push(lines);
        }
    }
    found
}

fn first_difference(old: &str, new: &str) -> Option<(Line, Line)> {
    if old == new {
        return None;
    }
    let (mut a, mut b) = (old.lines(), new.lines());
    let mut heading = String::new();
    loop {
        let (one, two) = (a.next(), b.next());
        if let Some(line) = one.filter(|line| line.starts_with('#')) {
            heading = plain(line);
        }
        if one == two {
            one?;
            continue;
        }
        let line = |line: Option<&str>| Line {
            heading: heading.clone(),
            line: super::drafted::on_one_line(&plain(line.unwrap_or_default())),
        };
        return Some((line(one), line(two)));
    }
}

/// A line of Markdown without its marks.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in line.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            '#' | '*' | '\\' => {}
            // It joins a label to its text.
            '\u{a0}' => text.push(' '),
            letter => text.push(letter),
        }
    }
    text.trim().to_owned()
}
