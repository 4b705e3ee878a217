//! What a redline is worth: whoever accepts all of it has the new document, whoever rejects all has the old.

use super::flat::{Filled, raise};
use super::token::Side;
use super::{Body, Cover, Edit, Form, MarkedLine, MarkedTable, Piece, Redline, Style};
use crate::document::{Column, Document, Inline, Table};

/// The new document, from the marks alone.
///
/// `None` only for lines that no document has.
pub fn accept(redline: &Redline) -> Option<Document> {
    resolve(redline, Side::New)
}

/// The old document, from the marks alone.
///
/// `None` only for lines that no document has.
pub fn reject(redline: &Redline) -> Option<Document> {
    resolve(redline, Side::Old)
}

/// Whether `redline` holds both documents, to the last word and mark.
pub fn holds(redline: &Redline, old: &Document, new: &Document) -> bool {
    accept(redline).as_ref() == Some(new) && reject(redline).as_ref() == Some(old)
}

fn resolve(redline: &Redline, side: Side) -> Option<Document> {
    let cover: &Cover = match side {
        Side::Old => &redline.old,
        Side::New => &redline.new,
    };
    let mut lines: Vec<(Form, Filled)> = Vec::new();
    let mut open = Vec::new();
    for line in &redline.lines {
        let (belongs, form) = match side {
            Side::Old => (line.in_old(), &line.old),
            Side::New => (line.in_new(), &line.new),
        };
        if !belongs {
            continue;
        }
        let MarkedLine { body, .. } = line;
        match body {
            Body::Words(pieces) => {
                open.extend(leaves(pieces, side));
                if let Some(form) = form {
                    let words = Filled::Words(std::mem::take(&mut open));
                    lines.push((form.clone(), words));
                }
            }
            Body::Table(table) => {
                if let Some(form) = form {
                    lines.push((form.clone(), Filled::Table(one_side(table, side))));
                }
            }
        }
    }
    // Words after the last end belong to no line.
    if !open.is_empty() {
        return None;
    }
    raise(cover, lines)
}

fn is_in(edit: Edit, side: Side) -> bool {
    match edit {
        Edit::Kept => true,
        Edit::Inserted => side == Side::New,
        Edit::Deleted => side == Side::Old,
    }
}

/// The leaves of one side with their style.
fn leaves(pieces: &[Piece], side: Side) -> impl Iterator<Item = (Inline, Style)> {
    pieces
        .iter()
        .filter(move |piece| is_in(piece.edit, side))
        .map(move |piece| match (&piece.was, side) {
            (Some(was), Side::Old) => (was.leaf.clone(), was.style),
            (Some(_), Side::New) | (None, Side::Old | Side::New) => {
                (piece.leaf.clone(), piece.style)
            }
        })
}

fn words(pieces: &[Piece], side: Side) -> Vec<Inline> {
    super::flat::inlines(leaves(pieces, side).collect())
}

fn one_side(table: &MarkedTable, side: Side) -> Table {
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|place| is_in(table.columns[*place].edit, side))
        .collect();
    Table {
        anchor: match side {
            Side::Old => table.old_anchor.clone(),
            Side::New => table.new_anchor.clone(),
        },
        caption: words(&table.caption, side),
        columns: columns
            .iter()
            .map(|place| {
                let column = &table.columns[*place];
                Column {
                    heading: words(&column.heading, side),
                    align: match (column.was, side) {
                        (Some(was), Side::Old) => was,
                        (Some(_), Side::New) | (None, Side::Old | Side::New) => column.align,
                    },
                }
            })
            .collect(),
        rows: table
            .rows
            .iter()
            .filter(|row| is_in(row.edit, side))
            .map(|row| {
                columns
                    .iter()
                    .map(|place| words(&row.cells[*place], side))
                    .collect()
            })
            .collect(),
    }
}
