//! Rows as they are kept: one text with the places of its cells.

use super::column::{COLUMNS, Column, Layout};
use super::event::{Rejected, Row};
use super::read::Manner;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use std::sync::Arc;

/// A row that cannot be taken apart into cells.
pub(super) fn broken(
    manner: &Manner,
    line: u64,
    text: &str,
    code: Code,
    message: String,
    help: &str,
) -> Rejected {
    let short: String = text.chars().take(200).collect();
    let source = Source::piece(
        manner.file.as_ref(),
        short.as_str(),
        usize::try_from(line).unwrap_or(usize::MAX),
    );
    let at = Span::new(&source, 0..short.len());
    Rejected {
        file: Arc::clone(&manner.file),
        line,
        text: text.to_owned(),
        findings: vec![Diagnostic::error(code, &at, message).help(help)],
    }
}

/// A row of cells, as one text; `None` if it is too long.
pub(super) fn row(
    manner: &Manner,
    line: u64,
    cells: &[&str],
    layout: &Layout,
    separator: char,
) -> Option<Row> {
    let length: usize = cells.iter().map(|cell| cell.len() + 3).sum();
    let mut text = String::with_capacity(length);
    let mut places = [(0, 0); COLUMNS];
    let mut column_of = [None; 64];
    for column in Column::ALL {
        if let Some(field) = layout.fields[column.index()]
            && let Some(slot) = column_of.get_mut(field)
        {
            *slot = Some(column);
        }
    }
    for (field, cell) in cells.iter().enumerate() {
        if field > 0 {
            text.push(separator);
        }
        let quoted = cell.contains([separator, '"', '\n', '\r']);
        if quoted {
            text.push('"');
        }
        let start = text.len() + (cell.len() - cell.trim_start().len());
        text.push_str(cell);
        let end = start.max(start + cell.trim().len());
        if quoted {
            text.push('"');
        }
        if let Some(column) = column_of.get(field).copied().flatten() {
            places[column.index()] = (u16::try_from(start).ok()?, u16::try_from(end).ok()?);
        }
    }
    let shown = u16::try_from(text.len()).ok()?;
    Some(Row {
        file: Arc::clone(&manner.file),
        line,
        text: text.into_boxed_str(),
        cells: places,
        shown,
    })
}
