//! What was done between two documents, as one would count it: changes, moves, numbers, statistics.

use crate::document::Anchor;

/// Lines, rows or columns that stand elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// What moved.
    pub what: Moving,
    /// The first line of the end where it was: a place in [`Redline::lines`](super::Redline::lines).
    pub from: usize,
    /// The first line of the end where it is.
    pub to: usize,
    /// The change that it is: the number, from 1.
    pub change: usize,
    /// How many words moved, as they were.
    pub words: usize,
}

/// What a move moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moving {
    /// A section with what stands under it, perhaps several; its new anchor.
    Section(Anchor),
    /// Paragraphs, items, tables.
    Blocks,
    /// A row of a table.
    Row,
    /// A column of a table.
    Column,
}

/// One change, as one would count them: edits with no unchanged word between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number, from 1, in reading order. A move has one number for both its ends.
    pub number: usize,
    /// What it weighs.
    pub weight: Weight,
    /// What was done.
    pub what: What,
    /// The section that it stands in, by its new anchor; by its old one, if the section is gone.
    pub section: Anchor,
    /// The first line that it marks: a place in [`Redline::lines`](super::Redline::lines).
    pub line: usize,
    /// Words struck.
    pub deleted: usize,
    /// Words put in.
    pub inserted: usize,
}

/// What a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It may change what the parties owe: a figure, date, reference, defined term, word of duty, permission,
    /// condition or negation; or a whole clause, sentence, row or column.
    Substance,
    /// Other words.
    Wording,
    /// The same words elsewhere. What changed in them on the way are changes of their own.
    Move,
    /// No word: how text is set, typographic marks, spaces, how a list or section is labelled.
    Noise,
}

/// What was done in a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Something was put in.
    Inserted,
    /// Something was struck.
    Deleted,
    /// Something was struck and something put in its place.
    Replaced,
    /// Lines, rows or columns were moved.
    Moved,
    /// A paragraph was split.
    Split,
    /// Paragraphs were merged.
    Merged,
    /// Words are set in another way, or spaces or typographic marks differ.
    Set,
    /// A line has another form: a paragraph became an item, an item went one list up, a section is labelled
    /// in another way or stands elsewhere in the tree.
    Formed,
}

/// A section or line whose number is another now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    /// The section, or the one that the line stands in, by its new anchor.
    pub anchor: Anchor,
    /// Its number or letter in the old document, alone.
    pub old: Option<String>,
    /// In the new document.
    pub new: Option<String>,
}

/// How much changed. Words are runs of letters and digits; a line of a move is counted as moved and no more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Words of the old document.
    pub old_words: usize,
    /// Words of the new document.
    pub new_words: usize,
    /// Words put in, also within moves.
    pub inserted: usize,
    /// Words struck, also within moves.
    pub deleted: usize,
    /// Words that stand elsewhere now.
    pub moved: usize,
    /// Changes of substance.
    pub substance: usize,
    /// Changes of wording.
    pub wording: usize,
    /// Moves.
    pub moves: usize,
    /// Changes that change no word.
    pub noise: usize,
    /// Lines of which all is new.
    pub lines_inserted: usize,
    /// Lines of which all is gone.
    pub lines_deleted: usize,
}
