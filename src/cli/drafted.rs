//! A deal that is drafted to be asked about, and answers on a terminal or as JSON.

use super::files::{self, DealArgs};
use super::signed::Signing;
use super::{Outcome, check, show};
use crate::deal::Deal;
use crate::diagnostic::{Report, Style};
use crate::draft::Draft;
use crate::draft::provenance::{How, Key, Lost, Written};
use crate::library::Library;
use crate::source::Span;
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// A deal and what became of it.
pub(super) struct Drafted {
    pub(super) deal: Deal,
    pub(super) library: Library,
    pub(super) draft: Draft,
    /// The folder of the deal file.
    pub(super) folder: PathBuf,
    /// What was signed, if it was.
    pub(super) signing: Option<Signing>,
}

/// Reads and drafts a deal. `None` if that failed; the findings are then on stderr.
///
/// What is merely odd about the deal is the business of `check`.
pub(super) fn drafted(args: &DealArgs, style: Style) -> anyhow::Result<Option<Drafted>> {
    let mut report = Report::new();
    let work = files::read(args, &mut report)?;
    let draft = work.draft(&mut report)?;
    let (Some(deal), Some(library)) = (work.deal, work.library) else {
        return refuse(&report, style);
    };
    match draft {
        Some(draft) if !report.has_errors() => Ok(Some(Drafted {
            deal,
            library,
            draft,
            folder: work.folder,
            signing: work.signing,
        })),
        Some(_) | None => refuse(&report, style),
    }
}

fn refuse(report: &Report, style: Style) -> anyhow::Result<Option<Drafted>> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. The deal cannot be drafted, so there is no answer.",
        check::summary(report)
    )?;
    Ok(None)
}

/// Says why there is no answer.
pub(super) fn lost(lost: &Lost) -> anyhow::Result<Outcome> {
    let mut err = std::io::stderr().lock();
    writeln!(err, "error: {}\n  help: {}", lost.message, lost.help)?;
    Ok(Outcome::Misused)
}

/// Prints JSON with a line break at its end.
pub(super) fn print_json(value: &Value) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}

/// `deal.toml:12`
pub(super) fn place(at: &Span) -> String {
    format!("{}:{}", at.source().name, at.line_column().0)
}

/// `{"file": "deal.toml", "line": 12, "column": 1}`
pub(super) fn place_json(at: &Span) -> Value {
    let (line, column) = at.line_column();
    json!({ "file": at.source().name, "line": line, "column": column })
}

/// The value of a key and its place, or nulls.
pub(super) fn written_json(written: Option<&Written>) -> (Value, Value) {
    match written {
        Some(written) => (json!(written.text), place_json(&written.at)),
        None => (Value::Null, Value::Null),
    }
}

/// `{"key": ..., "value": ..., "at": ..., "how": ["printed"]}`
pub(super) fn key_json(key: &Key) -> Value {
    let (value, at) = written_json(key.value.as_ref());
    json!({ "key": key.path, "value": value, "at": at, "how": hows_json(&key.hows) })
}

pub(super) fn hows_json(hows: &[How]) -> Value {
    hows.iter().map(|how| how.as_str()).collect()
}

/// `printed, decides`
pub(super) fn hows(hows: &[How]) -> String {
    let words: Vec<&str> = hows.iter().map(|how| how.as_str()).collect();
    words.join(", ")
}

/// A value on one line, cut where it gets long.
pub(super) fn on_one_line(text: &str) -> String {
    const LONGEST: usize = 48;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Rows with their columns under one another, each row after `indent`; the last column is as long as it is.
pub(super) fn columns(rows: &[Vec<String>], indent: &str) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = indent.to_owned();
        for (cell, width) in row.iter().zip(&widths) {
            let gap = width - cell.chars().count() + 2;
            line.push_str(cell);
            line.push_str(&" ".repeat(gap));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
