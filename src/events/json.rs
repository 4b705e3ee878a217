//! Events as JSON lines: an object on each line, its keys named as the columns are.

use super::column::{COLUMNS, Column};
use super::event::Row;
use super::read::Manner;
use super::row::broken;
use super::rows::Next;
use crate::diagnostic::Code;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::sync::Arc;

/// The rows of a file of JSON lines.
#[derive(Debug)]
pub struct JsonRows<R: BufRead> {
    reader: R,
    manner: Manner,
    line: u64,
    buffer: Vec<u8>,
}

/// More than this is no event.
const LONGEST: usize = 60_000;

impl<R: BufRead> JsonRows<R> {
    pub(super) fn new(reader: R, manner: Manner) -> JsonRows<R> {
        JsonRows {
            reader,
            manner,
            line: 0,
            buffer: Vec::new(),
        }
    }

    pub(super) fn next(&mut self) -> Option<std::io::Result<Next>> {
        loop {
            self.buffer.clear();
            match self.reader.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
            self.line += 1;
            let bytes = self.buffer.trim_ascii();
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            if bytes.is_empty() {
                continue;
            }
            let reject = |code, message: String, help: &str| {
                let text = String::from_utf8_lossy(bytes);
                let rejected = broken(&self.manner, self.line, &text, code, message, help);
                Some(Ok(Next::Rejected(Box::new(rejected))))
            };
            let Ok(text) = std::str::from_utf8(bytes) else {
                let message = "the line is not UTF-8 text".to_owned();
                return reject(Code::NotText, message, "write the file as UTF-8");
            };
            if text.len() > LONGEST {
                let message = format!("the line is longer than {LONGEST} bytes");
                return reject(Code::BadTable, message, "write one event on each line");
            }
            let object: BTreeMap<String, &RawValue> = match serde_json::from_str(text) {
                Ok(object) => object,
                Err(error) => {
                    let message = format!("the line is no JSON object: {error}");
                    let help = "write one object on each line, such as {\"id\": \"1\", \"date\": \"2027-04-01\"}";
                    return reject(Code::BadTable, message, help);
                }
            };
            return Some(Ok(match row(&self.manner, self.line, text, &object) {
                Ok(row) => match self.manner.event(row) {
                    Ok(event) => Next::Event(Box::new(event)),
                    Err(rejected) => Next::Rejected(Box::new(rejected)),
                },
                Err(key) => {
                    let message = format!("the value of `{key}` is neither text nor a number");
                    return reject(Code::BadTable, message, "write text, a number or null");
                }
            }));
        }
    }
}

/// The row of an object; the key at fault if a value is a list, an object or a truth value.
fn row(
    manner: &Manner,
    line: u64,
    text: &str,
    object: &BTreeMap<String, &RawValue>,
) -> Result<Row, String> {
    let mut kept = text.to_owned();
    let mut cells = [(0, 0); COLUMNS];
    let short = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    for column in Column::ALL {
        let heading = manner.heading(column);
        let Some(raw) = object.get(heading).map(|raw| raw.get()) else {
            continue;
        };
        if raw == "null" {
            continue;
        }
        let is_number = raw.starts_with(|first: char| first.is_ascii_digit() || first == '-');
        if is_number || (raw.starts_with('"') && !raw.contains('\\')) {
            // It stands in the line as it is.
            let inner = if is_number {
                raw
            } else {
                &raw[1..raw.len() - 1]
            };
            let trimmed = inner.trim();
            let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
            cells[column.index()] = (short(start), short(start + trimmed.len()));
        } else if raw.starts_with('"') {
            let inner: String = serde_json::from_str(raw).map_err(|_| heading.to_owned())?;
            kept.push('\n');
            let start = kept.len();
            kept.push_str(inner.trim());
            cells[column.index()] = (short(start), short(kept.len()));
        } else {
            return Err(heading.to_owned());
        }
    }
    Ok(Row {
        file: Arc::clone(&manner.file),
        line,
        text: kept.into_boxed_str(),
        cells,
        shown: short(text.len()),
    })
}
