//! Whether a package is what the deal says today: an agreement, a letter or a redline that is not goes nowhere.
//!
//! In: the files of a package, the deal as it is drafted now. Out: what engross makes of the deal today, and a finding at
//! each file that differs. Papers that belong to a day that is over, a statement or a review, are held to their
//! manifest alone: what they say does not follow from the deal of today.

use super::super::draft::{look, package_files, write_files};
use super::super::drafted::Drafted;
use super::super::files::{DealArgs, shown};
use super::super::package::{MANIFEST, PackageFile};
use super::super::{counted, letter};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::write::Format;
use std::path::Path;

/// The letters, each by the name of its document and the command that writes it.
const LETTERS: [(&str, &str); 3] = [
    ("letter-of-intent", "engross loi"),
    ("pilot-addendum", "engross addendum"),
    ("meeting-summary", "engross summary"),
];

/// Reports every file of the package that is not what the deal says today. Returns what the deal says today: the
/// agreement, and the letter if it is one.
pub(super) fn fresh(
    from: &Path,
    files: &[PackageFile],
    made: &Drafted,
    args: &DealArgs,
    report: &mut Report,
) -> anyhow::Result<Vec<PackageFile>> {
    let mut now = package_files(&made.deal, &made.library, &made.draft, &Format::ALL);
    let is = |stem: &str| {
        let begins = |file: &PackageFile| file.name.split('.').next() == Some(stem);
        files.iter().any(begins)
    };
    let agreement = made.draft.resolved.documents()[0].name.as_str();
    if is(agreement) {
        differing(from, files, &[&now], "engross draft", report);
    }
    for (stem, command) in LETTERS {
        if is(stem) {
            let again = letter::remade(args, stem)?;
            let each: Vec<&[PackageFile]> = again.iter().map(Vec::as_slice).collect();
            differing(from, files, &each, command, report);
            now.extend(again.into_iter().flatten());
        }
    }
    if is("redline") {
        let text = format!("{agreement}.md");
        let mut texts: Vec<PackageFile> = now
            .iter()
            .filter(|file| file.name == text)
            .cloned()
            .collect();
        // A redline shows a deal that was signed as a proposal shows it, without the line of the record.
        if let Some(plain) = crate::draft::draft(&made.deal, &made.library, &mut Report::new()) {
            let look = look(&made.deal, &made.library);
            let plain = write_files(&plain, &look, &[Format::Md]);
            texts.extend(plain.into_iter().filter(|file| file.name == text));
        }
        let new = files.iter().find(|file| file.name == "new.md");
        if !new.is_some_and(|new| texts.iter().any(|text| text.bytes == new.bytes)) {
            let message = "the new text of this redline is not what the deal says today";
            stale(&from.join("new.md"), message, "engross redline", report);
        }
    }
    Ok(now)
}

/// Reports the first file that is in none of the `now`, taking the one of them that is nearest.
fn differing(
    from: &Path,
    files: &[PackageFile],
    now: &[&[PackageFile]],
    command: &str,
    report: &mut Report,
) {
    let same = |file: &PackageFile, now: &[PackageFile]| {
        let mut same = now.iter().filter(|other| other.name == file.name);
        same.any(|same| same.bytes == file.bytes)
    };
    let differ = |now: &&[PackageFile]| -> Vec<&PackageFile> {
        let files = files.iter().filter(|file| file.name != MANIFEST);
        files.filter(|file| !same(file, now)).collect()
    };
    let found = now.iter().map(differ).min_by_key(Vec::len);
    let found = found.unwrap_or_else(|| files.iter().collect());
    let Some(first) = found.first() else { return };
    let more = match found.len() {
        1 => String::new(),
        count => format!(", and {} besides", counted(count - 1, "file")),
    };
    let message = format!("the deal or the library has changed since this was written{more}");
    stale(&from.join(&first.name), &message, command, report);
}

fn stale(path: &Path, message: &str, command: &str, report: &mut Report) {
    let source = Source::new(shown(path), "");
    report.push(
        Diagnostic::error(Code::StalePackage, &Span::whole(&source), message).help(format!(
            "write it anew with `{command}`, look at it, and pack it then"
        )),
    );
}
