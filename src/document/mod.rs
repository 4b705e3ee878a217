//! The tree that every document is: sections, blocks, words.
//!
//! Nothing here knows deals, prices or file formats. Numbers are not in the tree: [`number`] computes them
//! as a side table, so a new first clause is one insertion and not fifty changed references. What the tree
//! cannot say a contract may not contain: there is no image, no attribute. A document that somebody else wrote may
//! hold such things all the same: there they are kept as inert source text, which nothing ever runs or follows.

#[cfg(test)]
pub(crate) mod arbitrary;
pub mod digest;
pub mod number;
pub mod picture;
pub mod read;
pub mod resolve;
pub mod terms;
pub mod walk;

use std::fmt;
use std::str::FromStr;

/// The stable name of a section, table or term: lower-case words joined by hyphens, unique in a package.
///
/// Links, references and redlines go by this name, so it survives renumbering and retitling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(String);

impl Anchor {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Anchor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Anchor, &'static str> {
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.split('-').all(is_word) {
            Ok(Anchor(text.to_owned()))
        } else {
            Err("an anchor is lower-case words joined by hyphens")
        }
    }
}

/// One document: the agreement, or an exhibit or the key terms alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file name without its ending, such as `exhibit-economics`.
    pub name: String,
    /// The line that says which draft this is, printed under the title and in the running head.
    ///
    /// Not part of what is compared: it changes with every draft.
    pub imprint: Option<String>,
    /// The title and all that stands under it.
    pub root: Section,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its stable name.
    pub anchor: Anchor,
    /// How it is labelled.
    pub label: Label,
    /// Its title, without any number.
    pub title: Vec<Inline>,
    /// What stands under the heading, before the first subsection.
    pub blocks: Vec<Block>,
    /// The sections under it.
    pub sections: Vec<Section>,
}

/// How a section is labelled. The label itself, such as "9.1" or "Exhibit A", is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// By its title alone.
    Title,
    /// By a number within the nearest part: "9." or "9.1".
    Number,
    /// As a part with numbers of its own, named by its title: the master agreement.
    Part,
    /// As an exhibit, by a letter: a part with numbers of its own.
    Exhibit,
}

/// A piece of text that stands on its own lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// Rows and columns, perhaps with a picture drawn from the same figures.
    Table(Table),
    /// A note that explains and does not bind, such as why a clause is there.
    Note(Vec<Block>),
    /// Lines that the tree cannot say, as they are written: code, HTML, front matter. Only in documents that are not
    /// ours; printed as text, never as markup. No line break at either end.
    Inert(String),
}

/// A list. The letters of an ordered one are computed: (a), (b), then (i), (ii) one level down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Whether the items have letters.
    pub ordered: bool,
    /// The items, each of one block or more.
    pub items: Vec<Vec<Block>>,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its stable name, which is also the name of its picture, if it has one.
    pub anchor: Option<Anchor>,
    /// What it shows.
    pub caption: Vec<Inline>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; a cell is a run of words.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: Vec<Inline>,
    /// How its cells are set.
    pub align: Align,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the reader's program likes: words.
    Start,
    /// In the middle: letters and marks.
    Center,
    /// To the right: figures.
    End,
}

/// A piece of a line.
///
/// Canonical form, which every maker of a tree keeps: no empty text, no two texts side by side, no line
/// breaks, no no-break space (it joins a computed label to its text in Markdown), no emphasis in emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words that must stand out.
    Strong(Vec<Inline>),
    /// Words with a stress, such as the head of an example.
    Emphasis(Vec<Inline>),
    /// The section with this name, printed as its number and title.
    Reference(Anchor),
    /// The place where a term gets its meaning: the term without its quotation marks.
    Definition(String),
    /// A way out of the document: `https:` or `mailto:`.
    Link {
        /// Where to.
        url: String,
        /// What is shown.
        text: String,
    },
    /// Markup that the tree cannot say, as it is written: an image, code, the address of a link. Only in documents
    /// that are not ours; printed as text, never as markup. A break within a paragraph is [`Inline::BREAK`].
    Inert(String),
    /// A label that somebody typed at the start of a title, an item or a paragraph, such as `4.2 ` or `(a) `, with the
    /// space after it. Only in documents that are not ours, whose numbers are part of the text. It is a leaf of its
    /// own so that a comparison can tell a new number from new words.
    Enumerator(String),
}

impl Inline {
    /// The text of an [`Inline::Inert`] that begins a new line within a paragraph.
    pub const BREAK: &str = "\\\n";
}
