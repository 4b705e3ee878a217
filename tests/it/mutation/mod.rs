//! Slips that somebody will make, made here one after the other: each must be found, and at its place.
//!
//! In every sample, definitions, references, exhibits and required keys are removed or renamed; and every clause
//! is drafted in every wording that it has.

mod keys;
mod outline;
mod terms;
mod wordings;

use crate::samples;
use engross::deal::Deal;
use engross::diagnostic::{Diagnostic, Report, Severity};
use engross::draft::{Draft, root};
use engross::library::{Library, LibraryFile, Trust, embedded};
use engross::source::Source;
use std::ops::Range;
pub(crate) use wordings::at_rank;

const OUTLINE: &str = "templates/partnership.toml";

/// The largest sample.
pub(crate) fn sample() -> String {
    samples::text("saas-alliance")
}

fn read(text: &str, report: &mut Report) -> Option<Deal> {
    Deal::read(&Source::new("deal.toml", text), report)
}

fn load(files: Vec<LibraryFile>, trust: Trust, report: &mut Report) -> Option<Library> {
    let library = Library::load(files, root(), trust, report)?;
    if trust == Trust::Check {
        report.append(library.advice());
    }
    Some(library)
}

pub(crate) fn library() -> Library {
    load(embedded(), Trust::Sound, &mut Report::new()).expect("a sound library")
}

pub(crate) fn drafted(text: &str, library: &Library, report: &mut Report) -> Option<Draft> {
    let deal = read(text, report)?;
    crate::kit::check_draft(&deal, library, report)
}

/// A finding as a reviewer needs it: the file and the line.
fn place(found: &Diagnostic) -> (&str, usize) {
    (&found.at.source().name, found.at.line_column().0)
}

fn is_alarm(found: &Diagnostic) -> bool {
    found.severity != Severity::Advice
}

/// The numbers of the lines of `text` that hold `words`, from 1.
fn lines(text: &str, words: &str) -> Vec<usize> {
    let numbered = text.lines().enumerate();
    numbered
        .filter(|(_, line)| line.contains(words))
        .map(|(number, _)| number + 1)
        .collect()
}

/// The embedded library, loaded once for all mutants of the deal.
fn sound() -> &'static Library {
    static LIBRARY: std::sync::OnceLock<Library> = std::sync::OnceLock::new();
    LIBRARY.get_or_init(library)
}

/// The outline among the files of a library.
fn outline_of(files: &[LibraryFile]) -> String {
    let outline = files.iter().find(|file| file.path == OUTLINE);
    outline.expect("an outline").text.to_string()
}

/// The text without some of its lines, counted from 0.
fn without(text: &str, lines: &Range<usize>) -> String {
    let all = text.split_inclusive('\n').enumerate();
    all.filter(|(number, _)| !lines.contains(number))
        .map(|(_, line)| line)
        .collect()
}
