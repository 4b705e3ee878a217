//! A term sheet as a spreadsheet writes it: two columns, a key and its value.
//!
//! A key without a value is an open question. A key that takes several values stands in several rows. The first row
//! may hold headings; a row whose key begins with `#` is a note.

use super::answers::questions;
use crate::deal::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The table as if it were TOML, every value with its place in the table; rows that are wrong are left out.
pub(super) fn parse(source: &Arc<Source>, report: &mut Report) -> DeTable<'static> {
    let text = &*source.text;
    let separator = separator(text);
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut table = DeTable::new();
    let mut row = csv::StringRecord::new();
    let mut first = true;
    // The text is UTF-8 already, so nothing else can go wrong with a row.
    while rows.read_record(&mut row).unwrap_or(false) {
        let start = row.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(text.len());
        let cells = cells(text, start, &row);
        let heading = std::mem::take(&mut first) && is_heading(row.get(0).unwrap_or_default());
        let is_empty = row.iter().all(|cell| cell.trim().is_empty());
        if !heading && !is_empty && !row.get(0).unwrap_or_default().starts_with('#') {
            add(source, &row, &cells, &mut table, report);
        }
    }
    table
}

/// What stands between the columns: the first comma, semicolon or tab of the file.
fn separator(text: &str) -> u8 {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::bytes)
        .find(|byte| b",;\t".contains(byte))
        .unwrap_or(b',')
}

fn is_heading(cell: &str) -> bool {
    ["key", "question", "field", "term", "name"]
        .iter()
        .any(|heading| cell.trim().eq_ignore_ascii_case(heading))
        && questions()
            .iter()
            .all(|question| question.key != cell.trim())
        || cell.trim().eq_ignore_ascii_case("key")
}

/// The places of the cells of a row, with their quotation marks.
///
/// Where quotation marks are out of order a place may be off, and is still a place of the text.
fn cells(text: &str, start: usize, row: &csv::StringRecord) -> Vec<Range<usize>> {
    let whole = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = whole(start);
    // The reader passes over empty lines, and counts them to the row that follows.
    let skipped = text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
    let mut at = start + skipped;
    row.iter()
        .map(|cell| {
            let quoted = text[at..].starts_with('"');
            let marks = cell.matches('"').count();
            let length = cell.len() + if quoted { marks + 2 } else { 0 };
            let range = at..whole(at + length);
            at = whole(range.end + 1).max(range.end);
            range
        })
        .collect()
}

fn add(
    source: &Arc<Source>,
    row: &csv::StringRecord,
    cells: &[Range<usize>],
    table: &mut DeTable<'static>,
    report: &mut Report,
) {
    let mut wrong = |at: Range<usize>, message: String, help: &str| {
        report.push(
            Diagnostic::error(Code::BadTable, &Span::new(source, at), message)
                .help(help.to_owned()),
        );
    };
    let written = |range: &Range<usize>| source.text.get(range.clone()).unwrap_or_default();
    if let Some(open) = cells.iter().find(|range| {
        let cell = written(range);
        cell.starts_with('"') && (cell.len() < 2 || !cell.ends_with('"'))
    }) {
        let line = written(open).lines().next().unwrap_or_default().len();
        let help = "close the value with a quotation mark; within it, write two for one";
        wrong(
            open.start..open.start + line,
            "the quotation mark is not closed".to_owned(),
            help,
        );
        return;
    }
    let filled = (0..row.len()).rfind(|&column| !row[column].trim().is_empty());
    if let (Some(last), Some(third)) = (filled, cells.get(2))
        && last >= 2
    {
        wrong(
            third.start..cells[last].end,
            format!(
                "a row has a key and a value, and this one has {} columns",
                last + 1
            ),
            "put quotation marks around a value that holds the separator",
        );
        return;
    }
    let (key, key_at) = trimmed(row.get(0).unwrap_or_default(), &cells[0], &source.text);
    if key.is_empty() {
        let at = cells.get(1).unwrap_or(&cells[0]).clone();
        wrong(
            at,
            "the value has no key".to_owned(),
            "write the key in the first column",
        );
        return;
    }
    let Some((value, at)) = row
        .get(1)
        .zip(cells.get(1))
        .map(|(cell, at)| trimmed(cell, at, &source.text))
        .filter(|(value, _)| !value.is_empty())
    else {
        return;
    };
    let text = |text: &str, at| Spanned::new(at, DeValue::String(Cow::Owned(text.to_owned())));
    let key = Spanned::new(key_at.clone(), Cow::<str>::Owned(key.to_owned()));
    let many = questions().iter().any(|question| {
        question.key == key.get_ref().as_ref() && matches!(question.shape, Shape::List(_))
    });
    if many {
        // Several in one cell stand on lines of their own.
        let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
        let values = lines.map(|line| {
            let from = source.text[at.clone()]
                .find(line)
                .map_or(at.start, |found| at.start + found);
            text(line, from..from + line.len())
        });
        let mut all = match table
            .remove(key.get_ref().as_ref())
            .map(Spanned::into_inner)
        {
            Some(DeValue::Array(values)) => values.into_iter().collect::<Vec<_>>(),
            Some(
                DeValue::String(_)
                | DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Table(_),
            )
            | None => Vec::new(),
        };
        all.extend(values);
        table.insert(
            key,
            Spanned::new(at, DeValue::Array(all.into_iter().collect())),
        );
    } else if table.contains_key(key.get_ref().as_ref()) {
        let message = format!("`{}` is answered twice", key.get_ref());
        wrong(key_at, message, "keep one of the two rows");
    } else {
        table.insert(key, text(value, at));
    }
}

/// A cell without the spaces at its edges, and its place.
fn trimmed<'c>(cell: &'c str, at: &Range<usize>, text: &str) -> (&'c str, Range<usize>) {
    let value = cell.trim();
    if text[at.clone()].starts_with('"') {
        return (value, at.clone());
    }
    let start = at.start + (cell.len() - cell.trim_start().len());
    (value, start..(start + value.len()).min(at.end).max(start))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::diagnostic::Report;
    use crate::intake::{Answers, Form};
    use crate::source::Source;
    use proptest::prelude::*;

    #[test]
    fn every_separator_and_every_kind_of_line_end_is_read() {
        for text in [
            "company,\"Acme, Inc.\"\nterm,24 months\ntiers,10% to USD 100\ntiers,15%\n",
            "Key;Value\r\n\r\ncompany;Acme, Inc.\r\nterm; 24 months \r\nreviews;\r\ntiers;\"10% to USD 100\r\n15%\"",
            "#\ta note\ncompany\tAcme, Inc.\nterm\t24 months\t\ntiers\t10% to USD 100\n\ntiers\t15%",
        ] {
            let source = Source::new("term-sheet.csv", text);
            let mut report = Report::new();
            let answers = Answers::read(&source, Form::Table, &mut report).expect(text);
            assert!(report.is_empty(), "{text}");
            assert_eq!(answers.text("company"), Some("Acme, Inc."));
            assert_eq!(answers.text("term"), Some("24 months"));
            assert_eq!(answers.sheet.tiers.len(), 2, "{text}");
            assert_eq!(answers.given.len(), 3, "{text}");
            let last = &answers.get("tiers").expect("tiers").values[1];
            assert_eq!(last.span.text(), "15%", "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in r#"([a-z"’;,\t\r\n# €]|company|tiers|10%){0,60}"#) {
            let source = Source::new("term-sheet.csv", text);
            let mut report = Report::new();
            parse(&source, &mut report);
            Answers::read(&source, Form::Table, &mut report);
            crate::diagnostic::render(&report, crate::diagnostic::Style::Plain);
        }
    }
}
