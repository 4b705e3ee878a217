//! One event, and the row that it came from.

use super::Credit;
use super::column::{COLUMNS, Column};
use crate::deal::EventKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::units::{Date, Money};
use std::ops::Range;
use std::sync::Arc;

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: Date,
    /// What happened.
    pub kind: EventKind,
    /// How much, in the currency of the deal; never negative.
    pub amount: Option<Money>,
    /// Who brought the account, if the row says.
    pub attribution: Option<Credit>,
    /// Whether nobody decided it: silence at a gate did, and the row is that of what was sent.
    pub by_silence: bool,
    /// The row that it was read from.
    pub row: Row,
}

impl Event {
    /// The name that no other event has.
    pub fn id(&self) -> &str {
        self.row.cell(Column::Id)
    }

    /// Whom it is about.
    pub fn account(&self) -> &str {
        self.row.cell(Column::Account)
    }

    /// What a column says; empty if nothing.
    pub fn cell(&self, column: Column) -> &str {
        self.row.cell(column)
    }

    /// An error about a cell of the event; about the whole row if the cell is empty.
    pub(super) fn error(
        &self,
        code: Code,
        column: Column,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::error(code, &self.row.span(column), message).help(help)
    }
}

/// A row of a file: its text, and where its cells stand in it.
///
/// One text for all cells, so that an event is one allocation and a finding can show the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The file, as the user would type it.
    pub file: Arc<str>,
    /// The line on which it begins, from 1.
    pub line: u64,
    pub(super) text: Box<str>,
    pub(super) cells: [(u16, u16); COLUMNS],
    /// How much of `text` stands in the file; cells with escapes are kept behind it.
    pub(super) shown: u16,
}

impl Row {
    /// What a column says; empty if nothing.
    pub fn cell(&self, column: Column) -> &str {
        let (start, end) = self.cells[column.index()];
        self.text
            .get(usize::from(start)..usize::from(end))
            .unwrap_or_default()
    }

    /// The row as it is shown.
    pub fn text(&self) -> &str {
        self.text
            .get(..usize::from(self.shown))
            .unwrap_or(&self.text)
    }

    /// The place of a cell; of the whole row if the cell is empty.
    pub fn span(&self, column: Column) -> Span {
        let (start, end) = self.cells[column.index()];
        let range = if start == end || end > self.shown {
            0..self.text().len()
        } else {
            usize::from(start)..usize::from(end)
        };
        self.place(range)
    }

    pub(super) fn place(&self, range: Range<usize>) -> Span {
        let line = usize::try_from(self.line).unwrap_or(usize::MAX);
        Span::new(&Source::piece(self.file.as_ref(), self.text(), line), range)
    }
}

/// A row that is no event: why, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: Arc<str>,
    /// The line on which it begins.
    pub line: u64,
    /// The row as it is shown.
    pub text: String,
    /// Everything that is wrong with it.
    pub findings: Vec<Diagnostic>,
}

impl Rejected {
    /// The row, rejected for these reasons.
    pub(super) fn row(row: &Row, findings: Vec<Diagnostic>) -> Rejected {
        Rejected {
            file: Arc::clone(&row.file),
            line: row.line,
            text: row.text().to_owned(),
            findings,
        }
    }
}
