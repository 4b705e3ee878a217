//! A part of a package as one HTML file: opened from disk, read on any screen, printed as it is.
//!
//! In: a [`Part`], its pictures, the words of the page around the text. Out: a page without a network, a
//! clock or a need for script. Headings, lists and tables are what they are called; notes stand beside the
//! clause that they explain; terms and references are links. What the page looks like is the business of
//! `templates/page.css`; `templates/page.js` only adds keys.

mod block;
pub(in crate::write) mod frame;
pub(in crate::write) mod markup;
mod outline;
mod svg;
mod words;

use crate::document::picture::Pictures;
use crate::document::resolve::{Form, Part};
use crate::document::{Anchor, walk};
use markup::Markup;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The words of the page around the text, none of which is part of the contract.
///
/// [`Look::default`] is in English.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// The language of the text, as a tag such as `en` or `de-AT`.
    pub language: String,
    /// The style sheet.
    pub style: String,
    /// The script, without which the page is complete.
    pub script: Script,
    /// The first link, for those who read by keyboard.
    pub skip: String,
    /// The heading of the contents.
    pub contents: String,
    /// Before the number of a printed page.
    pub page: String,
    /// Between the number of a printed page and that of all.
    pub of: String,
    /// What a link from a heading to itself is called.
    pub permalink: String,
    /// What the picture of a table is called, before its title.
    pub picture: String,
    /// The button that prints.
    pub print: String,
    /// The button that shows the keys.
    pub keys: String,
    /// The field that searches the contents.
    pub filter: String,
    /// How many entries of the contents a search left: "{shown} of {all}".
    pub found: String,
    /// The switch of the keys.
    pub switch: String,
    /// The button that closes the list of keys.
    pub close: String,
    /// The sections that a screen folds away until they are asked for.
    #[serde(skip)]
    pub folds: BTreeSet<Anchor>,
    /// What each key does: next and last clause, next and last exhibit, key terms, search, print, help.
    pub actions: [String; 8],
}

impl Default for Look {
    fn default() -> Look {
        let words = |text: &str| text.to_owned();
        Look {
            language: words("en"),
            style: words(include_str!("../../../templates/page.css")),
            script: words(include_str!("../../../templates/page.js")).into(),
            skip: words("Skip to the text"),
            contents: words("Contents"),
            page: words("Page"),
            of: words("of"),
            permalink: words("Link to this section"),
            picture: words("Picture"),
            print: words("Print"),
            keys: words("Keys"),
            filter: words("Find in contents"),
            found: words("{shown} of {all}"),
            switch: words("Single keys work on this page"),
            close: words("Close"),
            folds: BTreeSet::new(),
            actions: [
                words("Next clause"),
                words("Previous clause"),
                words("Next exhibit"),
                words("Previous exhibit"),
                words("Key terms"),
                words("Find in contents"),
                words("Print"),
                words("This list"),
            ],
        }
    }
}

/// A script, and the digest that lets it run and no other. All pages of a package share it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(from = "String")]
pub struct Script {
    text: String,
    digest: OnceLock<String>,
}

impl From<String> for Script {
    fn from(text: String) -> Script {
        Script {
            text,
            digest: OnceLock::new(),
        }
    }
}

impl Script {
    /// The SHA-256 of the script in Base64.
    fn digest(&self) -> &str {
        self.digest.get_or_init(|| frame::digest(&self.text))
    }
}

/// `part` as one page of HTML, with the pictures of its tables.
pub fn html(part: &Part<'_>, pictures: &Pictures, look: &Look) -> String {
    // So large are pages, nearly: room that is not needed costs memory, and growing costs time.
    let sections = walk::sections(part.root()).count();
    let room = look.style.len() + look.script.text.len() + 8 * 1024 + sections * 2 * 1024;
    let mut writer = Writer {
        page: Markup::with_room(room),
        part,
        pictures,
        look,
        linked: vec![false; part.resolved().terms().list().len()],
        section: &part.root().anchor,
        in_note: false,
        tables: 0,
        parts: 0,
        form: Form::Full,
    };
    writer.frame();
    writer.page.finish()
}

/// A page in the making, and what it is made from.
struct Writer<'a> {
    page: Markup,
    part: &'a Part<'a>,
    pictures: &'a Pictures,
    look: &'a Look,
    /// Whether this section has met each term already, by its place in the list of terms.
    linked: Vec<bool>,
    /// The section that is being written.
    section: &'a Anchor,
    /// Whether this stands in a note.
    in_note: bool,
    /// How many tables have been written.
    tables: usize,
    /// How many parts and exhibits have been written.
    parts: usize,
    /// How references are printed.
    form: Form,
}

#[cfg(test)]
pub(in crate::write) mod tests;
