//! The clause library: what lawyers own, loaded and checked once, however many deals are drafted.
//!
//! In: the texts of `clauses/` and `templates/`, embedded or a house's own. Out: a [`Library`] whose clauses
//! are known to parse, to read only what a template may see, and to hold nothing that a contract may not;
//! or a report with every finding at its place in its file.

mod clause;
mod coverage;
mod embedded;
mod expression;
mod late;
mod load;
mod marks;
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
pub use late::Late;
pub use mask::{Body, LateBody};
pub use outline::{Article, DEFAULT_OUTLINE, Outline, Part, PartLabel};
pub use pictures::{PathWords, PayoutWords, PictureWords, RaciWords, ResultWords};
pub use render::{Renderer, SHELVES, listed, sentence};
pub use statement::StatementWords;
pub use terms::{TermName, TermNames, in_words};
pub use trace::{Role, Use, trace};
pub use words::{CalendarWords, DateWords, ModelWords, PrintedWords, ReviewWords, fill};

use crate::diagnostic::Report;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One file of a library: its path with `/` between folders, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryFile {
    /// Such as `clauses/master/liability-cap.md`.
    pub path: String,
    /// The whole text; that of an embedded file is a part of the program.
    pub text: Cow<'static, str>,
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
    pub reviews: Late<ReviewWords>,
    /// What a reviewer looks for, and which clauses answer it.
    pub coverage: Late<Coverage>,
    /// The words of statements.
    pub statement: Late<StatementWords>,
    /// What terms are called where a change is told.
    pub terms: Late<TermNames>,
    /// The style sheet of HTML pages.
    pub style: String,
    /// The optional script of HTML pages.
    pub script: String,
    /// The texts, in the form in which they are filled in.
    pub renderer: Renderer,
}

impl Library {
    /// Advice about how the library reads, which matters once it can be read.
    ///
    /// Whoever only drafts does not wait for it.
    pub fn advice(&self) -> Report {
        let mut report = Report::new();
        style::check(&self.clauses, &mut report);
        report
    }
}

/// Where the words of internal papers are.
pub const INTERNAL: &str = "templates/internal/";

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
