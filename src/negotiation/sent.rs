//! What was sent to whom: a record that is only ever added to, each entry naming the digest of the one before.
//!
//! In: the lines of `sent.jsonl`. Out: the record, if no entry was changed, dropped or put between; and the line of a
//! new one. Whether a redline may be sent is asked of it: its base must have been sent to the same party.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The name of the record, beside the deal.
pub const SENT: &str = "sent.jsonl";

/// The name of the file that holds the digest of the last entry: without it, entries cut off the end would not be missed.
pub const HEAD: &str = "sent.head";

/// What the file of the head says before there is an entry.
pub const NOTHING: &str = "none";

/// The record so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    to: String,
    package: String,
    files: Vec<(String, String)>,
    digest: String,
}

/// A package about to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending<'p> {
    /// The party, by its id.
    pub to: &'p str,
    /// Which draft it is: number and digest.
    pub draft: &'p str,
    /// The day, if somebody gave one: no clock is asked.
    pub day: Option<&'p str>,
    /// The SHA-256 of each file by name.
    pub files: &'p [(String, String)],
    /// What was approved for it, each by its scope.
    pub approved: &'p [String],
}

impl Sent {
    /// Reads the record. `None` if it was tampered with or cannot be read: the report says where.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Sent> {
        let mut sent = Sent::default();
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let at = Span::new(source, start..start + line.trim_end().len());
            start += line.len();
            let before = sent
                .entries
                .last()
                .map_or("", |entry| entry.digest.as_str());
            match entry(line.trim_end(), before) {
                Ok(entry) => sent.entries.push(entry),
                Err(message) => {
                    report.push(
                        Diagnostic::error(Code::SentRecord, &at, message).help(
                            "restore the record from the repository: it is only ever added to",
                        ),
                    );
                    return None;
                }
            }
        }
        if !source.text.is_empty() && !source.text.ends_with('\n') {
            report.push(
                Diagnostic::error(
                    Code::SentRecord,
                    &Span::whole(source),
                    "the last entry was cut off",
                )
                .help("restore the record from the repository: it is only ever added to"),
            );
            return None;
        }
        Some(sent)
    }

    /// Holds the record against the digest of its last entry, as the file of the head has it. `false` if they disagree: the
    /// report says how. An entry that was added when the run was stopped, before the head was written, may be one ahead.
    pub fn ends_at(&self, name: &str, head: Option<&str>, report: &mut Report) -> bool {
        let mut last = self.entries.iter().rev().map(|entry| entry.digest.as_str());
        let (last, before) = (last.next(), last.next().unwrap_or(NOTHING));
        let message = match (last, head) {
            (None, None | Some(NOTHING)) => return true,
            (Some(digest), Some(known)) if known == digest || known == before => return true,
            (None, Some(_)) => "the record of what was sent is gone: this names its last entry",
            (Some(_), None) => "the digest of the last entry of `sent.jsonl` is missing",
            (Some(_), Some(_)) => {
                "the record does not end with this entry: entries were cut off its end, or put there"
            }
        };
        let at = Span::whole(&Source::new(name, ""));
        report.push(
            Diagnostic::error(Code::SentRecord, &at, message).help(
                "restore `sent.jsonl` and `sent.head` from the repository, both of one commit",
            ),
        );
        false
    }

    /// The line that records a package, with its line break.
    pub fn line(&self, sending: &Sending<'_>) -> String {
        let before = self
            .entries
            .last()
            .map_or("", |entry| entry.digest.as_str());
        let files: Map<String, Value> = sending
            .files
            .iter()
            .map(|(name, digest)| (name.clone(), json!(digest)))
            .collect();
        let mut body = json!({
            "number": self.entries.len() + 1,
            "to": sending.to,
            "draft": sending.draft,
            "package": package(sending.files),
            "files": files,
            "approved": sending.approved,
            "before": before,
        });
        if let (Some(day), Value::Object(map)) = (sending.day, &mut body) {
            map.insert("day".to_owned(), json!(day));
        }
        let digest = sha256(body.to_string().as_bytes());
        if let Value::Object(map) = &mut body {
            map.insert("digest".to_owned(), json!(digest));
        }
        format!("{body}\n")
    }

    /// Whether a file with this digest was sent to the party.
    pub fn has(&self, to: &str, digest: &str) -> bool {
        let mut entries = self.entries.iter().filter(|entry| entry.to == to);
        entries.any(|entry| entry.files.iter().any(|(_, known)| known == digest))
    }

    /// The number under which these very files were sent to the party before, and the digest of that entry.
    pub fn again(&self, to: &str, files: &[(String, String)]) -> Option<(usize, String)> {
        let package = package(files);
        let same = |entry: &Entry| entry.to == to && entry.package == package;
        let place = self.entries.iter().position(same)?;
        Some((place + 1, self.entries[place].digest.clone()))
    }

    /// The number of the entry with this digest.
    pub fn number(&self, digest: &str) -> Option<usize> {
        let place = self.entries.iter().position(|entry| entry.digest == digest);
        place.map(|place| place + 1)
    }

    /// The number that the next entry has.
    pub fn next(&self) -> usize {
        self.entries.len() + 1
    }
}

/// One digest for all files of a package.
fn package(files: &[(String, String)]) -> String {
    let mut all = String::new();
    for (name, digest) in files {
        all = format!("{all}{digest}  {name}\n");
    }
    sha256(all.as_bytes())
}

/// A line as an entry that follows the one with the digest `before`.
fn entry(line: &str, before: &str) -> Result<Entry, &'static str> {
    let mut value: Value = serde_json::from_str(line).map_err(|_| "the entry is not JSON")?;
    let map = value.as_object_mut().ok_or("the entry is no object")?;
    let digest = map
        .remove("digest")
        .and_then(|digest| digest.as_str().map(str::to_owned))
        .ok_or("the entry has no digest")?;
    let text = |map: &Map<String, Value>, key: &str| {
        map.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    let to = text(map, "to").ok_or("the entry does not say to whom")?;
    let package = text(map, "package").ok_or("the entry names no package")?;
    if text(map, "before").as_deref() != Some(before) {
        return Err(
            "this entry does not follow the one before it: one was taken out, put in, or changed",
        );
    }
    let files = map
        .get("files")
        .and_then(Value::as_object)
        .ok_or("the entry lists no files")?;
    let files = files
        .iter()
        .filter_map(|(name, digest)| Some((name.clone(), digest.as_str()?.to_owned())))
        .collect();
    if sha256(Value::Object(map.clone()).to_string().as_bytes()) != digest {
        return Err("this entry was changed after it was written");
    }
    Ok(Entry {
        to,
        package,
        files,
        digest,
    })
}

/// What the file of the head says once `line` is the last entry; nothing if it is none.
pub fn head(line: &str) -> String {
    let entry: Option<Value> = serde_json::from_str(line).ok();
    let digest = entry.as_ref().and_then(|entry| entry["digest"].as_str());
    format!("{}\n", digest.unwrap_or_default())
}

/// The SHA-256 of some bytes, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Sending, Sent, head, sha256};
    use crate::diagnostic::Report;
    use crate::source::Source;

    fn read(text: &str) -> Option<Sent> {
        Sent::read(&Source::new("sent.jsonl", text), &mut Report::new())
    }

    fn two() -> String {
        let mut text = String::new();
        for (to, bytes) in [("beta", "one"), ("acme", "two")] {
            let files = [("a.md".to_owned(), sha256(bytes.as_bytes()))];
            let sending = Sending {
                to,
                draft: "1, ab",
                day: None,
                files: &files,
                approved: &[],
            };
            text.push_str(&read(&text).expect("a record").line(&sending));
        }
        text
    }

    #[test]
    fn a_record_knows_what_it_sent_and_to_whom() {
        let sent = read(&two()).expect("a record");
        assert!(sent.has("beta", &sha256(b"one")));
        assert!(!sent.has("beta", &sha256(b"two")));
        assert!(!sent.has("acme", &sha256(b"one")));
        assert_eq!(sent.next(), 3);
    }

    #[test]
    fn any_change_of_it_is_found() {
        let text = two();
        assert!(read("").is_some());
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        assert!(read(lines[1]).is_none(), "the first is missing");
        assert!(read(&format!("{}{}", lines[1], lines[0])).is_none());
        assert!(read(&format!("{}{}", lines[0], lines[0])).is_none());
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'7' { b'8' } else { b'7' };
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            assert!(read(&changed).is_none(), "byte {at}: {changed}");
        }
        assert!(read(text.trim_end()).is_none(), "cut off");
    }

    #[test]
    fn what_is_cut_off_the_end_is_missed() {
        let text = two();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let agree = |record: &str, head: Option<&str>| {
            let mut report = Report::new();
            let record = read(record).expect("a record");
            let agree = record.ends_at(HEAD, head.map(str::trim), &mut report);
            assert_eq!(agree, !report.has_errors());
            agree
        };
        let [one, two] = [lines[0], lines[1]].map(head);
        assert!(agree("", None));
        assert!(agree(&text, Some(&two)));
        // A run that was stopped between the two files.
        assert!(agree(&text, Some(&one)));
        assert!(agree("", Some("none\n")));
        assert!(agree(lines[0], Some("none\n")));
        assert!(!agree(lines[0], Some(&two)), "the last is cut off");
        assert!(!agree("", Some(&two)), "all are cut off");
        assert!(!agree("", Some(&one)));
        assert!(!agree(lines[0], None), "cut to one, and the head is gone");
        assert!(!agree(&text, None), "the head is gone");
        assert!(!agree(&text, Some("none\n")));
        assert!(!agree(&text, Some("0000\n")));
    }
}
