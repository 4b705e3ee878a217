//! Two documents to one with marks: what was struck, what was put in, what was moved.
//!
//! In: two [`Document`](crate::document::Document)s. Out: a [`Redline`], which holds both: whoever leaves out what was put in has
//! the old one, whoever leaves out what was struck has the new one. A redline is linear, as a word processor's is: [`MarkedLine`]s in reading order, each ended by a
//! mark (the end of its paragraph, heading or table) that is itself kept, inserted or deleted. So a split or a
//! merge of paragraphs is one mark, and to accept or reject is to leave lines and pieces out.
//!
//! Deliberately absent: numbers and labels. They are computed from a tree, so they are never compared; what an
//! insertion does to them is a table beside the text, [`Redline::renumbered`]. Nothing here knows a format.

mod align;
mod assemble;
mod change;
mod changes;
mod clean;
mod flat;
mod group;
mod marks;
mod moves;
mod order;
mod phrase;
mod proof;
mod renumbered;
mod slide;
mod table;
mod token;
mod weigh;
mod words;

pub use change::{Change, Move, Moving, Renumbered, Stats, Weight, What};
pub use proof::{accept, holds, reject};

use crate::document::{Align, Anchor, Document, Inline, Label};

/// What became of `old` in `new`.
///
/// Pure, and the same for the same two documents. Both are to be in the canonical form that
/// [`Inline`] speaks of; whether the redline holds both to the last mark is for [`holds`] to say, which whoever
/// writes one asks first. The time grows with the length of the documents and, within bounds, with how much of
/// them changed.
pub fn redline(old: &Document, new: &Document) -> Redline {
    let was = flat::lower(old);
    let is = flat::lower(new);
    let plan = align::plan(&was, &is);
    let renames = plan.renames(&was, &is);
    let sides = marks::Sides {
        old: &was,
        new: &is,
        renames: &renames,
    };
    let mut drawn = assemble::assemble(sides, &plan);
    moves::find(sides, &mut drawn, plan.moves.len());
    let mut lines: Vec<MarkedLine> = drawn.into_iter().map(|drawn| drawn.line).collect();
    let counted = changes::count(&mut lines, &new.root.anchor);
    let sections = sections(&lines);
    Redline {
        old: Cover::of(old),
        new: Cover::of(new),
        renumbered: renumbered::renumbered(old, new, &lines),
        lines,
        moves: counted.moves,
        changes: counted.changes,
        sections,
        stats: counted.stats,
    }
}

/// The sections that are in both documents.
fn sections(lines: &[MarkedLine]) -> Vec<(Anchor, Anchor)> {
    lines
        .iter()
        .filter_map(|line| match (&line.old, &line.new) {
            (Some(Form::Heading { anchor: old, .. }), Some(Form::Heading { anchor: new, .. })) => {
                Some((old.clone(), new.clone()))
            }
            (Some(_) | None, Some(_) | None) => None,
        })
        .collect()
}

impl Cover {
    fn of(document: &Document) -> Cover {
        Cover {
            name: document.name.clone(),
            imprint: document.imprint.clone(),
        }
    }
}

/// What became of `old` in `new`: both of them, line by line.
///
/// Which lines and pieces make up which document: [`MarkedLine::in_old`], [`MarkedLine::in_new`], [`Edit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// What stands once in a document, on the old side.
    pub old: Cover,
    /// The same on the new side.
    pub new: Cover,
    /// Every line of both documents, in the order in which a redline is read. The first is the title.
    pub lines: Vec<MarkedLine>,
    /// The moves, by their number: `moves[id]`.
    pub moves: Vec<Move>,
    /// What changed, in reading order: `changes[number - 1]`.
    pub changes: Vec<Change>,
    /// What has one number in the old document and another in the new, in the new order: sections, and in a document
    /// that is not ours any line with a typed label.
    pub renumbered: Vec<Renumbered>,
    /// The sections that are one and the same on both sides, old anchor first, in the new order.
    pub sections: Vec<(Anchor, Anchor)>,
    /// How much changed.
    pub stats: Stats,
}

/// What a document has once and no redline marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The file name without its ending.
    pub name: String,
    /// Which draft it is. Every draft has another, so a difference is not a change.
    pub imprint: Option<String>,
}

/// A paragraph, heading, table or block of source, and what became of it.
///
/// A line counts at its *end*. One whose mark was inserted (`old` is `None`) and which has kept pieces was split
/// off: in the old document its pieces run on into the next line of the old side. One whose mark was deleted
/// (`new` is `None`) and which has kept pieces was merged: in the new document they run on into the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedLine {
    /// What ended here in the old document; `None` if the mark was inserted.
    pub old: Option<Form>,
    /// What ends here in the new document; `None` if the mark was deleted.
    pub new: Option<Form>,
    /// The end of a move that this line is, if it is one.
    pub moved: Option<Moved>,
    /// What stands in the line.
    pub body: Body,
    /// The change that its mark, its form or its move belongs to: the number, from 1.
    pub change: Option<usize>,
}

/// What stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Words, one after the other. In a block of source, its text.
    Words(Vec<Piece>),
    /// A table.
    Table(MarkedTable),
}

/// What a line is in one of the two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The heading of a section.
    Heading {
        /// How deep it stands; the title of the document is 0.
        depth: usize,
        /// Its stable name.
        anchor: Anchor,
        /// How it is labelled.
        label: Label,
    },
    /// A block under the heading before it.
    Block {
        /// The lists and notes that it stands in, the outermost first.
        nest: Vec<Level>,
        /// What it is itself.
        kind: Kind,
    },
}

/// What a block is itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Paragraph,
    /// A table: the body of the line is [`Body::Table`].
    Table,
    /// Source text of another's document that the tree does not model.
    Source,
    /// No block: an item or a note with nothing in it.
    Nothing,
}

/// A list item or note around a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// Which.
    pub container: Container,
    /// What begins with this block.
    pub start: Start,
}

/// What a block can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A note.
    Note,
    /// An item of a list.
    Item {
        /// Whether the items have letters.
        ordered: bool,
    },
}

/// What begins with a block at a [`Level`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A new list, with its first item; or a new note.
    Whole,
    /// A further item of the list that is open.
    Item,
    /// Nothing: it is a further block of the item or note that is open.
    Nothing,
}

/// What became of a piece, a row or a column within its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// It is in both documents.
    Kept,
    /// It is in the new document alone.
    Inserted,
    /// It is in the old document alone.
    Deleted,
}

/// Some words with one style and one fate, or another inline that is not made of inlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub edit: Edit,
    /// Text, a reference, a definition, a link or source text: never `Strong` or `Emphasis`.
    pub leaf: Inline,
    /// How it is set; for a kept piece, in the new document.
    pub style: Style,
    /// For a kept piece that differs in what is not words, what it was: set another way; a reference to the same
    /// section when that had another anchor; a typed label with another number. Only the first is a change.
    pub was: Option<Was>,
    /// The change that it belongs to: the number, from 1.
    pub change: Option<usize>,
}

/// What a kept piece was in the old document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The inline.
    pub leaf: Inline,
    /// How it was set.
    pub style: Style,
}

/// How words are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// As the text around them.
    Plain,
    /// So that they stand out.
    Strong,
    /// With a stress.
    Emphasis,
    /// With a stress, within words that stand out.
    EmphasisInStrong,
    /// So that they stand out, within words with a stress.
    StrongInEmphasis,
}

/// A table and what became of its columns, rows and cells.
///
/// In a line that was put in or struck, all of it is inserted or deleted; at the old end of a move all is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedTable {
    /// Its name in the old document.
    pub old_anchor: Option<Anchor>,
    /// Its name in the new document.
    pub new_anchor: Option<Anchor>,
    /// What it shows.
    pub caption: Vec<Piece>,
    /// The columns of both, left to right.
    pub columns: Vec<MarkedColumn>,
    /// The rows of both, from the top.
    pub rows: Vec<MarkedRow>,
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedColumn {
    /// What became of the column.
    pub edit: Edit,
    /// Whether it is one end of a move: inserted here and deleted there, or the other way round.
    pub moved: Option<Moved>,
    /// Its heading.
    pub heading: Vec<Piece>,
    /// How its cells are set; for a kept column, in the new document.
    pub align: Align,
    /// How they were set, where a kept column differs.
    pub was: Option<Align>,
    /// The change that the column belongs to: the number, from 1.
    pub change: Option<usize>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedRow {
    /// What became of the row.
    pub edit: Edit,
    /// Whether it is one end of a move: inserted here and deleted there.
    pub moved: Option<Moved>,
    /// As many cells as there are columns in the marked table; one that is in neither document is empty.
    pub cells: Vec<Vec<Piece>>,
    /// The change that the row belongs to: the number, from 1.
    pub change: Option<usize>,
}

/// One end of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    /// Which move: a place in [`Redline::moves`].
    pub id: usize,
    /// Which end.
    pub end: End,
}

/// The two ends of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Where it was. The line stands in the old document alone; all its pieces are kept pieces.
    From,
    /// Where it is now. The line stands in the new document alone. What changed in it on the way is marked here:
    /// inserted pieces, and deleted pieces and lines, which are only shown (they stand whole at the other end).
    To,
}

impl MarkedLine {
    /// Whether its pieces belong to the old document, but for the inserted ones.
    pub fn in_old(&self) -> bool {
        self.moved.is_none_or(|moved| moved.end == End::From)
    }

    /// Whether its pieces belong to the new document, but for the deleted ones.
    pub fn in_new(&self) -> bool {
        self.moved.is_none_or(|moved| moved.end == End::To)
    }

    /// What it is to be shown as: what it is now, or was.
    ///
    /// A line that has neither is only an inserted or deleted run before a mark that is gone; there is none such.
    pub fn form(&self) -> Option<&Form> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
mod tests;
