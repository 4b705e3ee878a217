//! The clause library: what lawyers own, loaded and checked once, however many deals are drafted.
//!
//! In: the texts of `clauses/` and `templates/`, embedded or a house's own. Out: a [`Library`] whose clauses
//! are known to parse, to read only what a template may see, and to hold nothing that a contract may not;
//! or a report with every finding at its place in its file.

mod clause;
mod coverage;
mod embedded;
mod expression;
mod mask;
mod outline;
mod paths;
mod pictures;
mod references;
mod render;
mod statement;
mod stencil;
mod style;
mod terms;
mod trace;
mod words;

pub use clause::{Clause, Unread, Variant};
pub use coverage::{Coverage, CoverageWords, Head, HeadGroup};
pub use embedded::embedded;
pub use mask::{Body, LateBody};
pub use outline::{Article, Outline, Part, PartLabel};
pub use pictures::{PathWords, PayoutWords, PictureWords, RaciWords, ResultWords};
pub use render::{Renderer, listed, sentence};
pub use statement::StatementWords;
pub use terms::{TermName, TermNames, in_words};
pub use trace::{Role, Use, trace};
pub use words::{CalendarWords, DateWords, ModelWords, PrintedWords, ReviewWords, fill};

use crate::deal::shape::RecordShape;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The words of reviews.
    pub reviews: ReviewWords,
    /// What a reviewer looks for, and which clauses answer it.
    pub coverage: Coverage,
    /// The words of statements.
    pub statement: StatementWords,
    /// What terms are called where a change is told.
    pub terms: TermNames,
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
        // Clauses and outlines whose files are there and cannot be used: that is told once, at its place.
        let mut unread: BTreeSet<String> = BTreeSet::new();
        let mut unread_outline = false;
        let mut missing: BTreeSet<&str> = WORDS.into_iter().collect();
        let mut words = None;
        let mut calendar = None;
        let mut pictures = None;
        let mut models = None;
        let mut reviews = None;
        let mut coverage = None;
        let mut statement = None;
        let mut terms = None;
        let mut style = String::new();
        let mut script = String::new();
        let mut before = Report::new();
        let (wordings, others): (Vec<LibraryFile>, Vec<LibraryFile>) = files
            .into_iter()
            .partition(|file| file.path.starts_with("clauses/") && file.path.ends_with(".md"));
        for read in read_clauses(wordings, trust, &mut before) {
            unread.extend(read.unread);
            if let Some(clause) = read.clause {
                add(&mut clauses, clause, &mut before);
            }
        }
        for LibraryFile { path, text } in others {
            let source = Source::new(path.as_str(), text);
            missing.remove(path.as_str());
            if path == "templates/words.toml" {
                words = words::printed(&source, &mut before);
            } else if path == "templates/calendar.toml" {
                calendar = words::calendar(&source, &mut before);
            } else if path == "templates/models.toml" {
                models = words::table(&source, &mut before);
            } else if path == "templates/pictures.toml" {
                pictures = words::table(&source, &mut before);
            } else if path == "templates/review.toml" {
                reviews = words::table(&source, &mut before);
            } else if path == "templates/coverage.toml" {
                coverage = words::table::<Coverage>(&source, &mut before);
            } else if path == "templates/statement.toml" {
                statement = words::table(&source, &mut before);
            } else if path == "templates/terms.toml" {
                terms = words::table::<TermNames>(&source, &mut before);
            } else if path == "templates/page.css" {
                style.clone_from(&source.text);
            } else if path == "templates/page.js" {
                script.clone_from(&source.text);
            } else if path.starts_with(INTERNAL) {
                // Words of papers for our own side: no draft sees them, and their layer reads them itself.
            } else if path == "templates/new-deal.toml" {
                // What `engross new` starts from; it has a reader of its own.
            } else if let Some(name) = outline_name(&path) {
                match outline::read(&source, &mut before) {
                    Some(outline) => {
                        outlines.insert(name.to_owned(), outline);
                    }
                    None => unread_outline = true,
                }
            }
        }
        for path in missing {
            before.push(missing_words(path));
        }
        let check = || {
            let mut found = Report::new();
            if trust == Trust::Sound {
                return found;
            }
            for outline in outlines.values() {
                outline::check(outline, &clauses, &unread, &mut found);
            }
            if !unread_outline {
                for clause in clauses.values() {
                    check_listed(clause, &outlines, &mut found);
                }
            }
            let mut ids = outline::anchors(&outlines, &clauses);
            ids.extend(unread.iter().cloned());
            let ids = (!unread_outline).then_some(&ids);
            paths::check(&clauses, root, ids, &mut found);
            if let Some(ids) = ids {
                references::check(&clauses, ids, &mut found);
            }
            if let Some(coverage) = &coverage {
                coverage::check(coverage, &clauses, &unread, root, &mut found);
            }
            if let Some(terms) = &terms {
                terms::check(terms, root, &mut found);
            }
            found
        };
        // What the template engine has to say counts where our own checks, in plainer words, find nothing.
        let (checked, compiled) = rayon::join(check, || Renderer::new(&clauses, trust));
        before.append(checked);
        let renderer = compiled.map_err(|broken| broken.tell(&mut before)).ok();
        let broken = before.has_errors();
        report.append(before);
        let (
            Some(words),
            Some(calendar),
            Some(models),
            Some(pictures),
            Some(reviews),
            Some(coverage),
            Some(statement),
            Some(terms),
            Some(renderer),
            false,
        ) = (
            words, calendar, models, pictures, reviews, coverage, statement, terms, renderer,
            broken,
        )
        else {
            return None;
        };
        Some(Library {
            clauses,
            outlines,
            words,
            calendar,
            models,
            pictures,
            reviews,
            coverage,
            statement,
            terms,
            style,
            script,
            renderer,
        })
    }

    /// Advice about how the library reads, which matters once it can be read.
    ///
    /// Whoever only drafts does not wait for it.
    pub fn advice(&self) -> Report {
        let mut report = Report::new();
        style::check(&self.clauses, &mut report);
        report
    }
}

/// What was read of one clause file.
struct ReadClause {
    clause: Option<Clause>,
    /// The name that others know the clause by, if its file has no clause of that name.
    unread: Option<String>,
}

/// Reads clause files, one half beside the other: they know nothing of each other.
fn read_clauses(mut files: Vec<LibraryFile>, trust: Trust, report: &mut Report) -> Vec<ReadClause> {
    let second = files.split_off(files.len() / 2);
    let read = |files: Vec<LibraryFile>| {
        let mut report = Report::new();
        let read: Vec<ReadClause> = files
            .into_iter()
            .map(|LibraryFile { path, text }| {
                let source = Source::new(path, text);
                let clause = clause::read(&source, trust, &mut report);
                let file = clause::file_name(&source);
                let named = clause.as_ref().map(|clause| clause.id.as_str()) == file;
                ReadClause {
                    unread: file.filter(|_| !named).map(str::to_owned),
                    clause,
                }
            })
            .collect();
        (read, report)
    };
    let (first, second) = rayon::join(|| read(files), || read(second));
    let mut clauses = Vec::new();
    for (read, found) in [first, second] {
        clauses.extend(read);
        report.append(found);
    }
    clauses
}

/// Where the words of internal papers are.
pub const INTERNAL: &str = "templates/internal/";

/// `partnership` for `templates/partnership.toml`.
fn outline_name(path: &str) -> Option<&str> {
    path.strip_prefix("templates/")?.strip_suffix(".toml")
}

/// The files of printed words that every library has.
const WORDS: [&str; 8] = [
    "templates/terms.toml",
    "templates/review.toml",
    "templates/coverage.toml",
    "templates/statement.toml",
    "templates/words.toml",
    "templates/calendar.toml",
    "templates/models.toml",
    "templates/pictures.toml",
];

fn missing_words(path: &str) -> Diagnostic {
    let nowhere = Source::new(path, "");
    Diagnostic::error(
        Code::MissingKey,
        &Span::whole(&nowhere),
        format!("the library has no file `{path}`"),
    )
    .help("copy it from the folder that `engross library export` writes")
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
    // That its file has another name is told already.
    if clause::file_name(clause.id.span.source()) != Some(id) {
        return;
    }
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
        report.append(library.expect("a sound library").advice());
        assert_eq!(render(&report, Style::Plain), "");
    }
}
