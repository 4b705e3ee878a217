//! The clause library: what lawyers own, loaded and checked once, however many deals are drafted.
//!
//! In: the texts of `clauses/` and `templates/`, embedded or a house's own. Out: a [`Library`] whose clauses
//! are known to parse, to read only what a template may see, and to hold nothing that a contract may not;
//! or a report with every finding at its place in its file.

mod clause;
mod embedded;
mod expression;
mod mask;
mod outline;
mod paths;
mod pictures;
mod references;
mod render;
mod style;
mod words;

pub use clause::{Clause, Variant};
pub use embedded::embedded;
pub use mask::Body;
pub use outline::{Article, Outline, Part, PartLabel};
pub use pictures::{PathWords, PayoutWords, PictureWords, RaciWords, ResultWords};
pub use render::Renderer;
pub use words::{CalendarWords, DateWords, ModelWords, PrintedWords, fill};

use crate::deal::shape::RecordShape;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use std::collections::BTreeMap;

/// One file of a library: its path with `/` between folders, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryFile {
    /// Such as `clauses/master/liability-cap.md`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Whether a library is checked when it is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Check everything: a house's own library, which may have been edited a minute ago.
    Check,
    /// It was checked before: the embedded library, by a test, when the program was built.
    Sound,
}

/// Clauses and outlines, ready to draft with.
#[derive(Debug)]
pub struct Library {
    /// The clauses by id.
    pub clauses: BTreeMap<String, Clause>,
    /// The outlines by name.
    pub outlines: BTreeMap<String, Outline>,
    /// The printed words of references, tables and notes.
    pub words: PrintedWords,
    /// The words of key dates.
    pub calendar: CalendarWords,
    /// What each way of paying is called.
    pub models: ModelWords,
    /// The words in pictures.
    pub pictures: PictureWords,
    /// The style sheet of HTML pages.
    pub style: String,
    /// The optional script of HTML pages.
    pub script: String,
    /// The texts, in the form in which they are filled in.
    pub renderer: Renderer,
}

impl Library {
    /// Loads a library, and checks it unless it is known to be sound. `root` is all that a template may see.
    ///
    /// Everything wrong with it is in the report; `None` if it cannot be used.
    pub fn load(
        files: Vec<LibraryFile>,
        root: &'static RecordShape,
        trust: Trust,
        report: &mut Report,
    ) -> Option<Library> {
        let mut clauses = BTreeMap::new();
        let mut outlines = BTreeMap::new();
        let mut words = None;
        let mut calendar = None;
        let mut pictures = None;
        let mut models = None;
        let mut style = String::new();
        let mut script = String::new();
        let mut before = Report::new();
        for LibraryFile { path, text } in files {
            let source = Source::new(path.as_str(), text);
            if path.starts_with("clauses/") && path.ends_with(".md") {
                if let Some(clause) = clause::read(&source, trust, &mut before) {
                    add(&mut clauses, clause, &mut before);
                }
            } else if path == "templates/words.toml" {
                words = words::printed(&source, &mut before);
            } else if path == "templates/calendar.toml" {
                calendar = words::calendar(&source, &mut before);
            } else if path == "templates/models.toml" {
                models = words::table(&source, &mut before);
            } else if path == "templates/pictures.toml" {
                pictures = words::table(&source, &mut before);
            } else if path == "templates/page.css" {
                style.clone_from(&source.text);
            } else if path == "templates/page.js" {
                script.clone_from(&source.text);
            } else if let Some(name) = outline_name(&path)
                && let Some(outline) = outline::read(&source, &mut before)
            {
                outlines.insert(name.to_owned(), outline);
            }
        }
        if trust == Trust::Check {
            for outline in outlines.values() {
                outline::check(outline, &clauses, &mut before);
            }
            for clause in clauses.values() {
                check_listed(clause, &outlines, &mut before);
                style::check(clause, &mut before);
            }
            style::terms::check(&clauses, &mut before);
            let ids = outline::anchors(&outlines, &clauses);
            paths::check(&clauses, root, &ids, &mut before);
            references::check(&clauses, &ids, &mut before);
        }
        let renderer = Renderer::new(&clauses, trust, &mut before);
        let broken = before.has_errors();
        report.append(before);
        let (Some(words), Some(calendar), Some(models), Some(pictures), Some(renderer), false) =
            (words, calendar, models, pictures, renderer, broken)
        else {
            if !broken {
                report.push(missing_words());
            }
            return None;
        };
        Some(Library {
            clauses,
            outlines,
            words,
            calendar,
            models,
            pictures,
            style,
            script,
            renderer,
        })
    }
}

/// `partnership` for `templates/partnership.toml`.
fn outline_name(path: &str) -> Option<&str> {
    path.strip_prefix("templates/")?.strip_suffix(".toml")
}

fn missing_words() -> Diagnostic {
    let nowhere = Source::new("templates/words.toml", "");
    Diagnostic::error(
        Code::MissingKey,
        &Span::whole(&nowhere),
        "the library lacks `words.toml`, `calendar.toml`, `models.toml` or `pictures.toml` under `templates/`",
    )
    .help("start from the files that `engross library export` writes")
}

fn add(clauses: &mut BTreeMap<String, Clause>, clause: Clause, report: &mut Report) {
    if let Some(first) = clauses.get(clause.id.as_str()) {
        report.push(
            Diagnostic::error(
                Code::DuplicateId,
                &clause.id.span,
                format!("two clauses have the id `{}`", clause.id.as_str()),
            )
            .also(&first.id.span, "the first one")
            .help("give one of them another id, and its file the same name"),
        );
        return;
    }
    clauses.insert(clause.id.as_str().to_owned(), clause);
}

/// A clause that no outline lists can never be printed.
fn check_listed(clause: &Clause, outlines: &BTreeMap<String, Outline>, report: &mut Report) {
    let id = clause.id.as_str();
    if outlines.values().any(|outline| outline.lists(id)) {
        return;
    }
    report.push(
        Diagnostic::warning(
            Code::UnlistedClause,
            &clause.id.span,
            format!("clause `{id}` is in no outline"),
        )
        .help("list it in an outline under `templates/`, or delete it"),
    );
}

#[cfg(test)]
mod tests {
    use super::{Library, Trust, embedded};
    use crate::diagnostic::{Report, Style, render};

    /// What [`Trust::Sound`] relies on.
    #[test]
    fn the_embedded_library_is_sound() {
        let mut report = Report::new();
        let library = Library::load(embedded(), crate::draft::root(), Trust::Check, &mut report);
        assert_eq!(render(&report, Style::Plain), "");
        assert!(library.is_some());
    }
}
