//! A redline as one HTML page: a cover sheet, the list of changes, and the text with its marks.
//!
//! In: a [`Redline`], its two documents as they are printed, and a [`Sheet`] with what only the caller knows.
//! Out: a page without a network, a clock or a need for script. The text keeps one promise, which anybody can
//! check without our code: whoever takes every `<del>` out of `#document_` is left with the new document's
//! text, and whoever takes every `<ins>` out with the old one's, line by line, numbers and references
//! included. So words that belong to neither, such as "moved from 7.2" or what is said to a screen reader,
//! stand in an `<ins>` within a `<del>` or the other way round; and a number or a reference that only follows
//! from other changes is marked `auto`, which shows as no change. Deliberately absent: deals. What a term was
//! and is comes in as words.

mod cover;
mod frame;
pub(super) mod labels;
mod leaf;
mod line;
mod list;
mod piece;
mod section;
mod table;
mod terms;
mod words;

pub use words::Words;

use crate::document::Anchor;
use crate::document::resolve::{Form, Part};
use crate::redline::Redline;
use crate::write::html::markup::Markup;
use labels::{Labels, Places};
use list::Entry;
use piece::Named;

/// One of the two documents.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document, with its numbers and references.
    pub part: &'a Part<'a>,
    /// What it is called: a file, a revision, a draft.
    pub name: &'a str,
    /// Its digest, as it is printed.
    pub digest: &'a str,
}

/// What the cover sheet says that no redline knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The deal's terms that changed.
    pub terms: Vec<Term>,
    /// What each side is paid, before and after.
    pub results: Option<Results>,
}

/// A term of the deal that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// What it was; `None` if it was not there.
    pub was: Option<String>,
    /// What it is; `None` if it is gone.
    pub is: Option<String>,
    /// What that does in money or days, a line each.
    pub effect: Vec<String>,
    /// Why it changed.
    pub reason: Option<String>,
    /// The section that it is about: in the new document, or the old one if it is gone.
    pub clause: Option<Anchor>,
    /// The changes of the text that follow from it, by their numbers.
    pub changes: Vec<usize>,
}

/// What each side is paid at several volumes, before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Results {
    /// The volumes, such as "low", "expected", "high".
    pub volumes: Vec<String>,
    /// A line for each side.
    pub lines: Vec<ResultLine>,
}

/// What one side is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultLine {
    /// Whose it is.
    pub side: String,
    /// Before, for each volume; empty where there was none.
    pub was: Vec<String>,
    /// After.
    pub is: Vec<String>,
}

/// How the page looks and what its controls are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The style sheet.
    pub style: String,
    /// The script, without which the page is complete.
    pub script: String,
    /// The words around the text.
    pub words: Words,
}

impl Default for Look {
    fn default() -> Look {
        let base = include_str!("../../../templates/page.css");
        let own = include_str!("../../../templates/redline.css");
        Look {
            style: format!("{base}\n{own}"),
            script: include_str!("../../../templates/redline.js").to_owned(),
            words: Words::default(),
        }
    }
}

/// `redline` as one page of HTML.
pub fn page(redline: &Redline, old: Side<'_>, new: Side<'_>, sheet: &Sheet, look: &Look) -> String {
    let words = redline.stats.old_words + redline.stats.new_words;
    let mut writer = Writer {
        page: Markup::with_room(look.style.len() + look.script.len() + 5 * words + 64 * 1024),
        redline,
        old,
        new,
        sheet,
        look,
        words: &look.words,
        places: Places::of(redline, &old, &new),
        labels: Labels::of(redline, &old, &new),
        entries: Entry::all(redline, &old, &new),
        here: (&old.part.root().anchor, &new.part.root().anchor),
        forms: (Form::Full, Form::Full),
        named: vec![Named::Not; redline.changes.len() + 1],
        tables: 0,
    };
    writer.frame();
    writer.page.finish()
}

/// A page in the making, and what it is made from.
struct Writer<'a> {
    page: Markup,
    redline: &'a Redline,
    old: Side<'a>,
    new: Side<'a>,
    sheet: &'a Sheet,
    look: &'a Look,
    words: &'a Words,
    /// What can be linked to, and what it is called.
    places: Places<'a>,
    /// The label at the beginning of each line, on both sides.
    labels: Labels,
    /// What the list says of each change.
    entries: Vec<Entry>,
    /// The sections that are being written, as the old and the new document name them.
    here: (&'a Anchor, &'a Anchor),
    /// How references are printed, on both sides.
    forms: (Form, Form),
    /// Which changes have an element with their name.
    named: Vec<Named>,
    /// How many tables have been written.
    tables: usize,
}

#[cfg(test)]
mod tests;
