//! A redline as rows of marked text, for formats that are lines themselves.
//!
//! In: a redline and its two documents. Out: [`Row`]s in reading order with labels and references in words, each span
//! kept, inserted or deleted. What a row looks like is for the format to say.

use super::page::Side;
use super::page::labels::Labels;
use crate::document::resolve::Form as Shown;
use crate::document::{Align, Anchor, Inline, walk};
use crate::redline::{
    Body, Container, Edit, End, Form, Kind, Level, MarkedLine, MarkedTable, Moved, Piece, Redline,
    Start, Style,
};

/// A line of a redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub what: What,
    /// The number or letter before it in the old document.
    pub was: Option<String>,
    /// The same in the new document.
    pub label: Option<String>,
    /// Its words.
    pub spans: Vec<Span>,
    /// The cells, if it is a row of a table: then it has no words of its own.
    pub cells: Vec<Vec<Span>>,
    /// What became of the line as a whole.
    pub edit: Edit,
    /// What became of its end: a paragraph that was split has one more, one that was joined one less.
    pub end: Edit,
    /// Whether it is one end of a move.
    pub moved: Option<Moved>,
    /// The changes in it, by number.
    pub changes: Vec<usize>,
    /// The section that it stands in: in the new document, or in the old one if it is not in the new.
    pub section: Anchor,
    /// The line of the redline that it is of.
    pub line: usize,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The heading of a section, so deep; the title is 0.
    Heading(usize),
    /// Running text in lists and notes.
    Text(Place),
    /// Source text.
    Source(Place),
    /// What a table shows.
    Caption,
    /// The head of a table.
    Head(Vec<Align>),
    /// A row of a table.
    Cells,
}

/// Where running text stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// In so many lists.
    pub items: usize,
    /// Whether it begins an item.
    pub begins: bool,
    /// Whether it is a note.
    pub note: bool,
}

/// Some words of one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What became of it.
    pub edit: Edit,
    /// The words.
    pub text: String,
    /// How they are set.
    pub style: Style,
    /// Whether they are source text.
    pub inert: bool,
    /// The change that they belong to.
    pub change: Option<usize>,
}

/// All rows of `redline`.
pub fn rows(redline: &Redline, old: &Side<'_>, new: &Side<'_>) -> Vec<Row> {
    let labels = Labels::of(redline, old, new);
    let mut maker = Maker {
        old,
        new,
        here: (
            old.part.root().anchor.clone(),
            new.part.root().anchor.clone(),
        ),
        rows: Vec::new(),
    };
    for (place, line) in redline.lines.iter().enumerate() {
        let was = labels.old[place].label.clone();
        let label = labels.new[place].label.clone();
        maker.line(place, line, was, label);
    }
    maker.rows
}

struct Maker<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    /// The sections that are being read, in the old and in the new document.
    here: (Anchor, Anchor),
    rows: Vec<Row>,
}

impl Maker<'_> {
    fn line(
        &mut self,
        place: usize,
        line: &MarkedLine,
        was: Option<String>,
        label: Option<String>,
    ) {
        if let (Some(Form::Heading { anchor, .. }), true) = (&line.old, line.in_old()) {
            self.here.0 = anchor.clone();
        }
        if let (Some(Form::Heading { anchor, .. }), true) = (&line.new, line.in_new()) {
            self.here.1 = anchor.clone();
        }
        let edit = match (&line.moved, &line.old, &line.new) {
            (Some(moved), _, _) => match moved.end {
                End::From => Edit::Deleted,
                End::To => Edit::Inserted,
            },
            (None, None, Some(_)) => Edit::Inserted,
            (None, Some(_), None) => Edit::Deleted,
            (None, _, _) => Edit::Kept,
        };
        let section = if line.in_new() && line.new.is_some() {
            self.here.1.clone()
        } else {
            self.here.0.clone()
        };
        let row = Row {
            what: What::Cells,
            was,
            label,
            spans: Vec::new(),
            cells: Vec::new(),
            edit,
            end: edit,
            moved: line.moved,
            changes: line.change.into_iter().collect(),
            section,
            line: place,
        };
        match &line.body {
            Body::Words(pieces) => self.words(row, line, pieces),
            Body::Table(table) => self.table(&row, table),
        }
    }

    fn words(&mut self, mut row: Row, line: &MarkedLine, pieces: &[Piece]) {
        row.what = match line.form() {
            Some(Form::Heading { depth, .. }) => What::Heading(*depth),
            Some(Form::Block {
                nest,
                kind: Kind::Source,
            }) => What::Source(place(nest)),
            Some(Form::Block { nest, .. }) => What::Text(place(nest)),
            None => What::Text(Place::default()),
        };
        // A line of one document alone whose words stay is the first half of a split or joined paragraph.
        let alone = row.moved.is_none()
            && (pieces.is_empty() || pieces.iter().all(|piece| piece.edit == row.edit));
        if !alone && row.moved.is_none() {
            row.edit = Edit::Kept;
        } else {
            // The end goes with the line.
            row.end = Edit::Kept;
        }
        row.spans = self.spans(pieces, Shown::Full, row.edit);
        see(&mut row.changes, &row.spans);
        if row.spans.is_empty() && row.label.is_none() && row.was.is_none() {
            return;
        }
        self.rows.push(row);
    }

    fn table(&mut self, row: &Row, table: &MarkedTable) {
        let caption = self.spans(&table.caption, Shown::Full, row.edit);
        if !caption.is_empty() {
            let mut caption_row = row.clone();
            caption_row.what = What::Caption;
            caption_row.end = Edit::Kept;
            see(&mut caption_row.changes, &caption);
            caption_row.spans = caption;
            self.rows.push(caption_row);
        }
        let mut head = row.clone();
        head.end = Edit::Kept;
        head.what = What::Head(table.columns.iter().map(|column| column.align).collect());
        for column in &table.columns {
            let edit = over(row.edit, column.edit);
            head.changes.extend(column.change);
            let spans = self.spans(&column.heading, Shown::Full, edit);
            see(&mut head.changes, &spans);
            head.cells.push(spans);
        }
        self.rows.push(head);
        for marked in &table.rows {
            let mut cells = row.clone();
            cells.end = Edit::Kept;
            cells.edit = over(row.edit, marked.edit);
            cells.moved = marked.moved.or(row.moved);
            cells.changes.extend(marked.change);
            for (cell, column) in marked.cells.iter().zip(&table.columns) {
                let edit = over(cells.edit, column.edit);
                let leaves: Vec<Inline> = cell.iter().map(|piece| piece.leaf.clone()).collect();
                let spans = self.spans(cell, walk::cell_form(&leaves), edit);
                see(&mut cells.changes, &spans);
                cells.cells.push(spans);
            }
            self.rows.push(cells);
        }
    }

    /// The words of `pieces`, those of one fate and style together, in what is `around` them.
    fn spans(&self, pieces: &[Piece], form: Shown, around: Edit) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for piece in pieces {
            let edit = over(around, piece.edit);
            let (text, inert) = self.text(&piece.leaf, edit, form);
            match spans.last_mut() {
                Some(last)
                    if last.edit == edit
                        && last.style == piece.style
                        && last.inert == inert
                        && !inert
                        && last.change == piece.change =>
                {
                    last.text.push_str(&text);
                }
                Some(_) | None => spans.push(Span {
                    edit,
                    text,
                    style: piece.style,
                    inert,
                    change: piece.change,
                }),
            }
        }
        spans
    }

    fn text(&self, leaf: &Inline, edit: Edit, form: Shown) -> (String, bool) {
        match leaf {
            Inline::Text(text) | Inline::Link { text, .. } | Inline::Enumerator(text) => {
                (text.clone(), false)
            }
            Inline::Inert(source) => (source.clone(), true),
            Inline::Definition(term) => (format!("“{term}”"), false),
            Inline::Reference(to) => {
                let (side, from) = match edit {
                    Edit::Deleted => (self.old, &self.here.0),
                    Edit::Kept | Edit::Inserted => (self.new, &self.here.1),
                };
                let shown = side.part.reference(from, to, form).text;
                if shown.is_empty() {
                    // A kept reference whose target has another name now.
                    (self.old.part.reference(&self.here.0, to, form).text, false)
                } else {
                    (shown, false)
                }
            }
            Inline::Strong(_) | Inline::Emphasis(_) => (String::new(), false),
        }
    }
}

/// The fate of what stands in something that has one.
fn over(around: Edit, edit: Edit) -> Edit {
    match (around, edit) {
        (Edit::Kept, edit) => edit,
        (around, Edit::Kept) => around,
        (_, edit) => edit,
    }
}

fn see(changes: &mut Vec<usize>, spans: &[Span]) {
    changes.extend(spans.iter().filter_map(|span| span.change));
    changes.sort_unstable();
    changes.dedup();
}

fn place(nest: &[Level]) -> Place {
    let is_item = |level: &&Level| match level.container {
        Container::Item { .. } => true,
        Container::Note => false,
    };
    Place {
        items: nest.iter().filter(is_item).count(),
        begins: nest
            .iter()
            .rfind(is_item)
            .is_some_and(|level| level.start != Start::Nothing),
        note: nest.iter().any(|level| level.container == Container::Note),
    }
}
