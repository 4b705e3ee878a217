//! The record of what was sent, on the disk: read, held against what names its entries, and added to.
//!
//! Whoever can write to the folder can rewrite all of it, so the record alone proves nothing against them. What names its
//! entries besides it are `sent.head`, and the manifest of every package that was marked as sendable: that one is with
//! the other side.

use super::super::files::{self, shown};
use super::super::package::{self, PackageFile};
use super::super::signed::beside;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::negotiation::{HEAD, NOTHING, SENT, Sent, head};
use crate::source::{Source, Span};
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The text of a file beside the deal, if it is there.
pub(super) fn read_beside(
    folder: &Path,
    name: &str,
    report: &mut Report,
) -> anyhow::Result<Option<Arc<Source>>> {
    let path = beside(folder, name);
    if !path.is_file() {
        return Ok(None);
    }
    Ok(files::source(&path, report)?.map(|(source, _)| source))
}

/// The text of a file of the record, which nobody mends by hand; `Err` if it is no text, and then that is reported.
fn kept(
    folder: &Path,
    name: &str,
    report: &mut Report,
) -> anyhow::Result<Result<Option<Arc<Source>>, ()>> {
    let path = beside(folder, name);
    if !path.is_file() {
        return Ok(Ok(None));
    }
    let bytes = fs::read(&path).with_context(|| format!("cannot read `{}`", shown(&path)))?;
    let Ok(text) = String::from_utf8(bytes) else {
        let at = Span::whole(&Source::new(shown(&path), ""));
        report.push(
            Diagnostic::error(Code::SentRecord, &at, "this is no text, so it was damaged").help(
                "restore `sent.jsonl` and `sent.head` from the repository, both of one commit",
            ),
        );
        return Ok(Err(()));
    };
    Ok(Ok(Some(Source::new(shown(&path), text))))
}

/// The record of what was sent, if it is whole from its first entry to its last, and has every entry that a package
/// beside the deal or in `others` was sent with.
pub(super) fn sent(
    folder: &Path,
    others: &[&Path],
    report: &mut Report,
) -> anyhow::Result<Option<Sent>> {
    let (record, head) = (kept(folder, SENT, report)?, kept(folder, HEAD, report)?);
    let (Ok(record), Ok(head)) = (record, head) else {
        return Ok(None);
    };
    let record = match record {
        Some(source) => Sent::read(&source, report),
        None => Some(Sent::default()),
    };
    let name = shown(&beside(folder, HEAD));
    let head = head.as_ref().map(|head| head.text.trim());
    let Some(record) = record.filter(|record| record.ends_at(&name, head, report)) else {
        return Ok(None);
    };
    let mut whole = true;
    for path in beside_and(folder, others)? {
        let Some(digest) = package::sent(&path) else {
            continue;
        };
        if record.number(&digest).is_none() {
            whole = false;
            let source = Source::new(shown(&path.join(package::MANIFEST)), "");
            report.push(
                Diagnostic::error(
                    Code::SentRecord,
                    &Span::whole(&source),
                    "`sent.jsonl` does not have the entry with which this was sent",
                )
                .help("restore `sent.jsonl` and `sent.head` from the repository, both of one commit; or move this folder away if it is of another deal"),
            );
        }
    }
    Ok(Some(record).filter(|_| whole))
}

/// The folders beside the deal, and further ones, in order.
fn beside_and(folder: &Path, others: &[&Path]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = others.iter().map(|path| (*path).to_owned()).collect();
    let list = fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder `{}`", shown(folder)))?;
    for entry in list {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.push(beside(folder, &entry.file_name().to_string_lossy()));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Adds a line to the record, waits until it is on the disk, and writes down that it is the last.
pub(super) fn append(folder: &Path, line: &str) -> anyhow::Result<()> {
    let first = folder.join(HEAD);
    // From the first entry on there is a head: a record without one is never taken for one whose run was stopped.
    if !first.exists() {
        files::replace(&first, format!("{NOTHING}\n").as_bytes())?;
    }
    let path = folder.join(SENT);
    let add = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)?;
        file.write_all(line.as_bytes())?;
        file.sync_all()
    };
    add().with_context(|| format!("cannot add to `{}`", shown(&path)))?;
    files::replace(&folder.join(HEAD), head(line).as_bytes())
}

/// The old text of a redline must have been sent to the party that gets the redline.
pub(super) fn base(
    from: &Path,
    files: &[PackageFile],
    record: &Sent,
    party: &str,
    report: &mut Report,
) {
    if !files.iter().any(|file| file.name.starts_with("redline.")) {
        return;
    }
    let old = files.iter().find(|file| file.name == "old.md");
    let sent = old.is_some_and(|old| record.has(party, old.digest()));
    if !sent {
        let source = Source::new(shown(&from.join("old.md")), "");
        report.push(
            Diagnostic::error(
                Code::BaseNotSent,
                &Span::whole(&source),
                format!("the old text of this redline was never sent to {party}"),
            )
            .help("make the redline against the text that they have: `sent.jsonl` lists what was sent"),
        );
    }
}
