//! Events as a table: CSV with any of the usual separators and line ends.

use super::column::{COLUMNS, Column, Layout};
use super::read::Manner;
use super::row::{broken, row};
use super::rows::Next;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::units::nearest;
use std::io::{BufRead, Read};

/// A file of which is known whether its quotation marks come in pairs so far.
#[derive(Debug)]
struct Quotes<R> {
    reader: R,
    odd: bool,
    ended: bool,
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.ended |= count == 0 && !buffer.is_empty();
        for byte in &buffer[..count] {
            self.odd ^= *byte == b'"';
        }
        Ok(count)
    }
}

/// The rows of a table.
#[derive(Debug)]
pub struct TableRows<R: BufRead> {
    reader: csv::Reader<Quotes<R>>,
    record: csv::ByteRecord,
    manner: Manner,
    layout: Layout,
    width: usize,
    separator: char,
}

impl<R: BufRead> TableRows<R> {
    /// Reads the headings.
    ///
    /// # Errors
    ///
    /// If a column that is needed is missing, two columns are one, or the file is no text.
    pub(super) fn new(mut reader: R, manner: Manner) -> Result<TableRows<R>, Report> {
        let start = reader.fill_buf().map_or(&b""[..], |buffer| buffer);
        let mut report = Report::new();
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            let source = Source::new(manner.file.as_ref(), "");
            report.push(
                Diagnostic::error(
                    Code::NotText,
                    &Span::whole(&source),
                    "the file is not UTF-8 text",
                )
                .help("save it as CSV UTF-8"),
            );
            return Err(report);
        }
        let mark = start.starts_with(&[0xEF, 0xBB, 0xBF]);
        let separator = separator(start);
        if mark {
            reader.consume(3);
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(Quotes {
                reader,
                odd: false,
                ended: false,
            });
        let mut record = csv::ByteRecord::new();
        let found = reader.read_byte_record(&mut record).unwrap_or(false);
        let separator = char::from(separator);
        let cells: Vec<String> = if found {
            record
                .iter()
                .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
                .collect()
        } else {
            Vec::new()
        };
        let layout = layout(&cells, &manner, separator, &mut report);
        if report.has_errors() {
            return Err(report);
        }
        Ok(TableRows {
            reader,
            record,
            manner,
            layout,
            width: cells.len(),
            separator,
        })
    }

    pub(super) fn next(&mut self) -> Option<std::io::Result<Next>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error.into())),
            }
            let line = self.record.position().map_or(0, csv::Position::line);
            let mut cells: [&str; 64] = [""; 64];
            let mut is_text = true;
            let mut is_empty = true;
            for (slot, cell) in cells.iter_mut().zip(self.record.iter()) {
                match std::str::from_utf8(cell) {
                    Ok(text) => *slot = text,
                    Err(_) => is_text = false,
                }
                is_empty &= cell.iter().all(u8::is_ascii_whitespace);
            }
            if is_empty {
                continue;
            }
            let width = self.record.len();
            let reject = |code, message, help: &str| {
                let shown: Vec<_> = self
                    .record
                    .iter()
                    .map(|cell| String::from_utf8_lossy(cell))
                    .collect();
                let text = shown.join(&self.separator.to_string());
                let rejected = broken(&self.manner, line, &text, code, message, help);
                Some(Ok(Next::Rejected(Box::new(rejected))))
            };
            if !is_text {
                let message = "the row is not UTF-8 text".to_owned();
                return reject(Code::NotText, message, "save the file as CSV UTF-8");
            }
            // What is open at the end of the file has taken in every row after it.
            let file = self.reader.get_ref();
            let open = file.ended
                && file.odd
                && self
                    .record
                    .iter()
                    .next_back()
                    .is_some_and(|cell| cell.contains(&b'\n'));
            if open {
                let message = "a quotation mark is open to the end of the file, and takes in every row after this one";
                let help =
                    "close it, or double a quotation mark that stands in a cell in quotation marks";
                return reject(Code::BadTable, message.to_owned(), help);
            }
            if width != self.width {
                let message = format!(
                    "the row has {width} cells, and the headings are {}",
                    self.width
                );
                let help = "put quotation marks around a cell that holds the separator, and close those that are open";
                return reject(Code::BadTable, message, help);
            }
            let Some(row) = row(
                &self.manner,
                line,
                &cells[..width.min(64)],
                &self.layout,
                self.separator,
            ) else {
                let message = "the row is longer than 65,535 bytes".to_owned();
                return reject(
                    Code::BadTable,
                    message,
                    "close the quotation mark that is open",
                );
            };
            return Some(Ok(match self.manner.event(row) {
                Ok(event) => Next::Event(Box::new(event)),
                Err(rejected) => Next::Rejected(Box::new(rejected)),
            }));
        }
    }
}

/// What stands between the columns: whatever the headings have most of.
fn separator(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |mark: u8| line.split(|byte| *byte == mark).count();
    let mut best = b',';
    for mark in *b";\t" {
        if count(mark) > count(best) {
            best = mark;
        }
    }
    best
}

/// Where the columns stand; what is wrong with the headings is in the report.
fn layout(cells: &[String], manner: &Manner, separator: char, report: &mut Report) -> Layout {
    let text = cells.join(&separator.to_string());
    let source = Source::new(manner.file.as_ref(), text);
    let place = |field: usize| {
        let start: usize = cells[..field].iter().map(|cell| cell.len() + 1).sum();
        Span::new(&source, start..start + cells[field].len())
    };
    let mut fields = [None; COLUMNS];
    if cells.len() > 64 {
        report.push(
            Diagnostic::error(
                Code::BadTable,
                &Span::whole(&source),
                format!("the table has {} columns", cells.len()),
            )
            .help("export the columns of events alone; 64 can be read"),
        );
        return Layout { fields };
    }
    for column in Column::ALL {
        let heading = manner.heading(column);
        let found: Vec<usize> = (0..cells.len())
            .filter(|&field| cells[field] == heading)
            .collect();
        if let Some(&second) = found.get(1) {
            report.push(
                Diagnostic::error(
                    Code::BadTable,
                    &place(second),
                    format!("two columns are called `{heading}`"),
                )
                .help("keep one, or give the other a heading of its own"),
            );
        }
        fields[column.index()] = found.first().copied();
        let named = heading != column.as_str();
        if found.is_empty() && (named || Column::NEEDED.contains(&column)) {
            let others = cells.iter().map(String::as_str).filter(|cell| {
                Column::ALL
                    .iter()
                    .all(|other| manner.heading(*other) != *cell)
            });
            let near = nearest(heading, others);
            let help = match near {
                Some(near) => format!(
                    "is it `{near}`? Then write `{} = \"{near}\"` under `[events.columns]` of `engross.toml`",
                    column.as_str()
                ),
                None => format!(
                    "add it, or name the column under `[events.columns]` of `engross.toml`: `{} = \"...\"`",
                    column.as_str()
                ),
            };
            let at = Span::new(&source, 0..source.text.len());
            report.push(
                Diagnostic::error(
                    Code::MissingColumn,
                    &at,
                    format!("no column is called `{heading}`"),
                )
                .help(help),
            );
        }
    }
    Layout { fields }
}
