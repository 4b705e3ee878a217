//! What `engross check` finds beside a signed deal: edited documents, amendments out of order, stale exhibits.

use super::super::files::shown;
use super::super::package;
use super::{Signing, beside};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::review::record::{self, RECORD, SIGNED};
use crate::source::{Source, Span};
use std::fs;
use std::path::Path;

/// The folders in which editions of exhibits are put together.
const GATHERED: [&str; 2] = ["out", "in-force"];

/// Compares everything that was recorded with what is there, and tells of amendments that were not.
pub(in crate::cli) fn audit(signing: &Signing, report: &mut Report) -> anyhow::Result<()> {
    recorded(signing, report)?;
    unrecorded(signing, None, report)
}

/// As [`audit`], for a review that may write the next amendment: one that is there already may be its own, of a run
/// that was stopped.
pub(in crate::cli) fn before_review(signing: &Signing, report: &mut Report) -> anyhow::Result<()> {
    recorded(signing, report)?;
    unrecorded(signing, Some(signing.last() + 1), report)
}

/// What was written for the next amendment is not what this review writes.
pub(in crate::cli) fn left_over(path: &Path, report: &mut Report) {
    let source = Source::new(shown(path), "");
    report.push(
        Diagnostic::error(
            Code::AmendmentOrder,
            &Span::whole(&source),
            "the record knows no such amendment, and this review would write another one",
        )
        .help("a review that was stopped wrote it: run that one again, word for word, and it is recorded; or move the folder elsewhere"),
    );
}

fn recorded(signing: &Signing, report: &mut Report) -> anyhow::Result<()> {
    folder(signing, SIGNED, &signing.record.signed.manifest, report)?;
    order(signing, report);
    for amendment in &signing.record.amendments {
        let name = record::folder(amendment.number);
        folder(signing, &name, &amendment.manifest, report)?;
    }
    for review in signing.record.reviews.iter().chain(&signing.record.early) {
        if review.amendment.is_none() {
            folder(signing, &review.folder, &review.manifest, report)?;
        }
    }
    Ok(())
}

/// Finds old editions of exhibits among those that were put together.
pub(in crate::cli) fn editions(signing: &Signing, report: &mut Report) -> anyhow::Result<()> {
    for name in GATHERED {
        stale(signing, name, report)?;
    }
    Ok(())
}

/// A recorded folder is what it was.
fn folder(
    signing: &Signing,
    name: &str,
    recorded: &str,
    report: &mut Report,
) -> anyhow::Result<()> {
    let path = beside(&signing.folder, name);
    if let Some(manifest) = package::verify(&path, report)?
        && manifest != recorded
    {
        package::changed(
            report,
            &path.join(package::MANIFEST),
            "this list is not the one that was recorded",
        );
    }
    Ok(())
}

/// Amendments have the numbers 1, 2, 3 and hold one after the other.
fn order(signing: &Signing, report: &mut Report) {
    let mut before = (signing.record.signed.on, signing.record.signed.effective);
    for (place, amendment) in signing.record.amendments.iter().enumerate() {
        let wanted = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let message = if amendment.number != wanted {
            Some(format!(
                "Amendment No. {} stands where No. {wanted} belongs",
                amendment.number
            ))
        } else if amendment.from < before.1 {
            Some(format!(
                "Amendment No. {} holds from {}, before the one that it follows",
                amendment.number,
                amendment.from.print()
            ))
        } else if amendment.on < before.0 {
            Some(format!(
                "Amendment No. {} carries the {}, before the one that it follows",
                amendment.number,
                amendment.on.print()
            ))
        } else {
            None
        };
        if let Some(message) = message {
            let source = Source::new(
                shown(&beside(&signing.folder, RECORD)),
                &*signing.source.text,
            );
            let at = nth(&source, "[[amendment]]", place);
            report.push(Diagnostic::error(Code::AmendmentOrder, &at, message).help(
                "bring back the record that engross wrote, from your backup or version control",
            ));
        }
        before = (amendment.on, amendment.from);
    }
}

fn nth(source: &std::sync::Arc<Source>, mark: &str, place: usize) -> Span {
    source.text.match_indices(mark).nth(place).map_or_else(
        || Span::whole(source),
        |(at, mark)| Span::new(source, at..at + mark.len()),
    )
}

/// Folders of amendments that the record does not know, but for the one that may be made up.
fn unrecorded(signing: &Signing, next: Option<u32>, report: &mut Report) -> anyhow::Result<()> {
    let path = beside(&signing.folder, "amendments");
    if !path.is_dir() {
        return Ok(());
    }
    let mut names: Vec<String> = fs::read_dir(&path)?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    for name in names {
        let known = signing
            .record
            .amendments
            .iter()
            .any(|amendment| record::folder(amendment.number) == format!("amendments/{name}"));
        let may_be = next.is_some_and(|next| record::folder(next) == format!("amendments/{name}"));
        if !known && !may_be {
            let source = Source::new(shown(&path.join(&name)), "");
            report.push(
                Diagnostic::error(
                    Code::AmendmentOrder,
                    &Span::whole(&source),
                    "the record knows no such amendment",
                )
                .help("if a review was stopped, run it again, word for word, and it is recorded; otherwise move it elsewhere: amendments are numbered by `engross review`"),
            );
        }
    }
    Ok(())
}

/// Old editions of exhibits in a folder that should hold the newest.
fn stale(signing: &Signing, name: &str, report: &mut Report) -> anyhow::Result<()> {
    let folder = beside(&signing.folder, name);
    if !folder.is_dir() {
        return Ok(());
    }
    for newest in signing.record.newest() {
        let path = folder.join(format!("{}.md", newest.exhibit));
        if !path.is_file() {
            continue;
        }
        let digest = package::sha256(&fs::read(&path)?);
        let old = signing.record.editions.iter().find(|edition| {
            edition.exhibit == newest.exhibit
                && edition.words == digest
                && edition.number < newest.number
        });
        if let Some(old) = old {
            report.push(stale_finding(signing, &path, old, newest));
        }
    }
    Ok(())
}

fn stale_finding(
    signing: &Signing,
    path: &Path,
    old: &record::Edition,
    newest: &record::Edition,
) -> Diagnostic {
    let source = Source::new(shown(path), "");
    let which = match old.number {
        0 => "the edition that was signed".to_owned(),
        number => format!("edition no. {number}"),
    };
    Diagnostic::warning(
        Code::StaleExhibit,
        &Span::whole(&source),
        format!(
            "this is {which}; no. {} holds from {}",
            newest.number,
            newest.from.print()
        ),
    )
    .help(format!(
        "`engross in-force {} --on {}` puts together what holds then",
        shown(&signing.folder),
        newest.from.iso()
    ))
}
