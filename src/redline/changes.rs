//! Marks to changes, as one would count them.
//!
//! In: marked lines. Out: the same lines, each mark with the number of its change, the changes, the moves, and how
//! much changed. Edits with no unchanged word between are one change, also across paragraphs, but not across the
//! heading of a section.

use super::token::words;
use super::weigh::{Texts, is_formed, weigh};
use super::{
    Body, Change, Edit, End, Form, MarkedLine, MarkedTable, Move, Moved, Moving, Piece, Stats,
    Weight, What,
};
use crate::document::{Anchor, Inline};

/// The changes and moves of a redline.
#[derive(Debug)]
pub(super) struct Counted {
    pub changes: Vec<Change>,
    pub moves: Vec<Move>,
    pub stats: Stats,
}

/// Numbers the marks of `lines`.
pub(super) fn count(lines: &mut [MarkedLine], title: &Anchor) -> Counted {
    let mut count = Count {
        counted: Counted {
            changes: Vec::new(),
            moves: Vec::new(),
            stats: Stats::default(),
        },
        texts: Vec::new(),
        open: None,
        set: None,
        ids: Vec::new(),
        section: title.clone(),
        line: 0,
    };
    for (place, line) in lines.iter_mut().enumerate() {
        count.line = place;
        count.line(line);
    }
    count.close()
}

struct Count {
    counted: Counted,
    /// For each change, what it struck and put in.
    texts: Vec<Texts>,
    /// The change that the next edit belongs to, if nothing that stays comes before it.
    open: Option<usize>,
    /// The same for words that are set in another way.
    set: Option<usize>,
    /// The ids that moves had, by the ids that they have.
    ids: Vec<usize>,
    section: Anchor,
    line: usize,
}

impl Count {
    fn line(&mut self, line: &mut MarkedLine) {
        if let Some(Form::Heading { anchor, .. }) = line.form() {
            self.section = anchor.clone();
            // A section that is put in or struck is a change of its own.
            self.open = None;
        }
        let moved = line.moved;
        let from = matches!(moved, Some(Moved { end: End::From, .. }));
        let own = matches!(moved, Some(Moved { end: End::To, .. }))
            && (line.old.is_none() || line.new.is_none());
        if let Some(moved) = &mut line.moved {
            if !own {
                self.open = None;
            }
            let what = match &line.new {
                Some(Form::Heading { anchor, .. }) => Moving::Section(anchor.clone()),
                Some(Form::Block { .. }) | None => Moving::Blocks,
            };
            let id = self.moving(moved.id, moved.end, what);
            moved.id = id;
            line.change = Some(self.counted.moves[id].change);
        }
        if from {
            let count = line_words(line);
            self.counted.stats.old_words += count;
            self.counted.stats.moved += count;
            if let Some(Moved { id, .. }) = line.moved {
                self.counted.moves[id].words += count;
            }
            return;
        }
        let table = match &mut line.body {
            Body::Words(pieces) => {
                self.pieces(pieces, moved.is_some());
                false
            }
            Body::Table(table) => {
                self.table(table, moved.is_some());
                true
            }
        };
        if let (Some(old), Some(new)) = (&line.old, &line.new) {
            self.open = None;
            self.set = None;
            if is_formed(old, new) {
                let number = self.change(What::Formed);
                line.change.get_or_insert(number);
            }
        } else {
            let whole = table || is_whole(line);
            let what = match (&line.new, whole) {
                (Some(_), true) => What::Inserted,
                (None, true) => What::Deleted,
                (Some(_), false) => What::Split,
                (None, false) => What::Merged,
            };
            let number = match self.open {
                Some(number) => number,
                None => self.change(what),
            };
            self.texts[number - 1].lines += 1;
            line.change = Some(number);
            if whole {
                let stats = &mut self.counted.stats;
                match line.new {
                    Some(_) => stats.lines_inserted += 1,
                    None => stats.lines_deleted += 1,
                }
            }
            self.open = (!table).then_some(number);
        }
    }

    /// The new id of a move; its change, when it is met first.
    fn moving(&mut self, id: usize, end: End, what: Moving) -> usize {
        let known = self.ids.iter().position(|known| *known == id);
        let place = if let Some(place) = known {
            place
        } else {
            let open = self.open.take();
            let change = self.change(What::Moved);
            self.open = open;
            self.ids.push(id);
            self.counted.moves.push(Move {
                what: what.clone(),
                from: usize::MAX,
                to: usize::MAX,
                change,
                words: 0,
            });
            self.ids.len() - 1
        };
        let moving = &mut self.counted.moves[place];
        let line = match end {
            End::From => &mut moving.from,
            End::To => &mut moving.to,
        };
        if *line == usize::MAX {
            *line = self.line;
            // What a move moves is known where it went.
            if end == End::To {
                moving.what = what;
            }
        }
        place
    }

    fn pieces(&mut self, pieces: &mut [Piece], moved: bool) {
        for piece in pieces {
            let text = text(&piece.leaf);
            let count = usize::from(words(text));
            let stats = &mut self.counted.stats;
            match piece.edit {
                Edit::Kept => {
                    stats.new_words += count;
                    // What a line of a move was is counted where it was.
                    if !moved {
                        stats.old_words += count;
                    }
                    if !text.trim().is_empty() || matches!(piece.leaf, Inline::Reference(_)) {
                        self.open = None;
                    }
                    // A typed label with another number is renumbered, and a reference to what has another
                    // name now leads where it led: neither is a change.
                    let set = piece
                        .was
                        .as_ref()
                        .is_some_and(|was| was.style != piece.style);
                    if !set {
                        if !text.trim().is_empty() {
                            self.set = None;
                        }
                    } else if let Some(number) = self.set {
                        piece.change = Some(number);
                    } else if !text.trim().is_empty() || matches!(piece.leaf, Inline::Reference(_))
                    {
                        let number = self.change(What::Set);
                        piece.change = Some(number);
                        self.set = Some(number);
                        self.open = None;
                    }
                }
                Edit::Inserted => {
                    stats.new_words += count;
                    stats.inserted += count;
                    self.edit(piece, count);
                }
                Edit::Deleted => {
                    if !moved {
                        stats.old_words += count;
                    }
                    stats.deleted += count;
                    self.edit(piece, count);
                }
            }
        }
    }

    fn edit(&mut self, piece: &mut Piece, count: usize) {
        self.set = None;
        let number = match self.open {
            Some(number) => number,
            None => self.change(What::Replaced),
        };
        self.open = Some(number);
        self.add(number, piece, count);
    }

    fn add(&mut self, number: usize, piece: &mut Piece, count: usize) {
        piece.change = Some(number);
        let change = &mut self.counted.changes[number - 1];
        match piece.edit {
            Edit::Inserted => change.inserted += count,
            Edit::Deleted => change.deleted += count,
            Edit::Kept => {}
        }
        self.texts[number - 1].add(piece);
    }

    /// A new change; its number.
    fn change(&mut self, what: What) -> usize {
        let number = self.counted.changes.len() + 1;
        self.counted.changes.push(Change {
            number,
            weight: Weight::Noise,
            what,
            section: self.section.clone(),
            line: self.line,
            deleted: 0,
            inserted: 0,
        });
        self.texts.push(Texts::default());
        number
    }

    fn table(&mut self, table: &mut MarkedTable, moved: bool) {
        let first = table.columns.first().map(|column| column.edit);
        let whole = first.is_some_and(|edit| {
            edit != Edit::Kept
                && table
                    .columns
                    .iter()
                    .all(|column| column.edit == edit && column.moved.is_none())
                && table
                    .rows
                    .iter()
                    .all(|row| row.edit == edit && row.moved.is_none())
        });
        if !whole {
            self.open = None;
        }
        self.pieces(&mut table.caption, moved);
        // A table that is put in or struck is one change; else each row and column is.
        let mut last: Option<(Edit, usize)> = None;
        let line = self.line;
        for column in &mut table.columns {
            if !whole {
                self.open = None;
            }
            if let Some(end) = &mut column.moved {
                let id = self.moving(local(line, end.id), end.end, Moving::Column);
                end.id = id;
                column.change = Some(self.counted.moves[id].change);
                last = None;
            } else if column.edit == Edit::Kept {
                last = None;
            } else if !whole {
                let number = match last {
                    Some((edit, number)) if edit == column.edit => number,
                    Some(_) | None => self.change(What::Replaced),
                };
                self.texts[number - 1].lines += 1;
                last = Some((column.edit, number));
                column.change = Some(number);
                self.open = Some(number);
            }
            if column.moved.is_none_or(|moved| moved.end == End::To) {
                self.pieces(&mut column.heading, moved || column.moved.is_some());
            } else {
                self.from(&column.heading, column.moved);
            }
            if column.was.is_some() {
                self.open = None;
                let number = self.change(What::Set);
                column.change.get_or_insert(number);
            }
            if whole {
                column.change = self.open;
            }
        }
        last = None;
        for row in &mut table.rows {
            let mut number = None;
            if let Some(end) = &mut row.moved {
                let id = self.moving(local(line, end.id), end.end, Moving::Row);
                end.id = id;
                row.change = Some(self.counted.moves[id].change);
                last = None;
            } else if row.edit == Edit::Kept {
                last = None;
            } else if !whole {
                let change = match last {
                    Some((edit, number)) if edit == row.edit => number,
                    Some(_) | None => self.change(What::Replaced),
                };
                self.texts[change - 1].lines += 1;
                last = Some((row.edit, change));
                number = Some(change);
                row.change = number;
            }
            let away = matches!(row.moved, Some(Moved { end: End::From, .. }));
            for (cell, column) in row.cells.iter_mut().zip(&table.columns) {
                if away {
                    self.from(cell, row.moved);
                    continue;
                }
                if matches!(column.moved, Some(Moved { end: End::From, .. })) {
                    self.from(cell, column.moved);
                    continue;
                }
                let of_column = match column.edit {
                    Edit::Kept => None,
                    Edit::Inserted | Edit::Deleted if column.moved.is_none() => column.change,
                    Edit::Inserted | Edit::Deleted => None,
                };
                if !whole {
                    self.open = number.or(of_column);
                    self.set = None;
                }
                self.pieces(cell, moved || row.moved.is_some() || column.moved.is_some());
            }
            if whole {
                row.change = self.open;
            } else {
                self.open = None;
            }
        }
    }

    /// Counts what stands at the old end of a move.
    fn from(&mut self, pieces: &[Piece], moved: Option<Moved>) {
        let count: usize = pieces
            .iter()
            .map(|piece| usize::from(words(text(&piece.leaf))))
            .sum();
        self.counted.stats.old_words += count;
        self.counted.stats.moved += count;
        if let Some(moved) = moved {
            self.counted.moves[moved.id].words += count;
        }
    }

    /// Weighs every change.
    fn close(mut self) -> Counted {
        let stats = &mut self.counted.stats;
        for (change, texts) in self.counted.changes.iter_mut().zip(&self.texts) {
            weigh(change, texts);
            match change.weight {
                Weight::Substance => stats.substance += 1,
                Weight::Wording => stats.wording += 1,
                Weight::Move => stats.moves += 1,
                Weight::Noise => stats.noise += 1,
            }
        }
        self.counted
    }
}

/// The id that a move within a table has until it is counted: no move of lines has one so large.
fn local(line: usize, id: usize) -> usize {
    usize::MAX / 2 + line * 0x10_0000 + id
}

/// Whether no piece of a line is kept.
fn is_whole(line: &MarkedLine) -> bool {
    match &line.body {
        Body::Words(pieces) => pieces.iter().all(|piece| piece.edit != Edit::Kept),
        Body::Table(_) => true,
    }
}

fn line_words(line: &MarkedLine) -> usize {
    let of = |pieces: &[Piece]| -> usize {
        pieces
            .iter()
            .map(|piece| usize::from(words(text(&piece.leaf))))
            .sum()
    };
    match &line.body {
        Body::Words(pieces) => of(pieces),
        Body::Table(table) => {
            let heads = table.columns.iter().map(|column| of(&column.heading));
            let cells = table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .map(|cell| of(cell));
            of(&table.caption) + heads.sum::<usize>() + cells.sum::<usize>()
        }
    }
}

/// The words of a leaf; a reference counts as the name that it goes by.
pub(super) fn text(leaf: &Inline) -> &str {
    match leaf {
        Inline::Text(text)
        | Inline::Definition(text)
        | Inline::Link { text, .. }
        | Inline::Inert(text)
        | Inline::Enumerator(text) => text,
        Inline::Reference(anchor) => anchor.as_str(),
        Inline::Strong(_) | Inline::Emphasis(_) => "",
    }
}
