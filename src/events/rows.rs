//! The rows of a file, in either of its forms.

use super::Credit;
use super::event::{Event, Rejected};
use super::json::JsonRows;
use super::read::Manner;
use super::table::TableRows;
use crate::deal::{Deal, EventKind};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::settings::EventFiles;
use crate::units::nearest;
use std::io::BufRead;

/// How a file of events is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table with headings, its columns apart by comma, semicolon or tab.
    Table,
    /// A JSON object on each line.
    Lines,
}

impl Form {
    /// The form of a file, by the end of its name.
    pub fn of(name: &str) -> Form {
        let ending = name.rsplit('.').next().unwrap_or_default();
        if ["jsonl", "ndjson", "json"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
        {
            Form::Lines
        } else {
            Form::Table
        }
    }
}

/// The rows of one file.
#[derive(Debug)]
pub enum Rows<R: BufRead> {
    /// Of a table.
    Table(Box<TableRows<R>>),
    /// Of JSON lines.
    Lines(Box<JsonRows<R>>),
}

/// The rows of the file `name`, read as they are asked for.
///
/// # Errors
///
/// If the file has no headings or not those that are needed, or the settings name what is not there.
pub fn rows<R: BufRead>(
    reader: R,
    name: &str,
    form: Form,
    deal: &Deal,
    settings: Option<&EventFiles>,
) -> Result<Rows<R>, Report> {
    let mut report = Report::new();
    let Some(manner) = Manner::of(name, deal, settings) else {
        let message = "the deal has no economics, so events have no currency";
        report.push(
            Diagnostic::error(Code::MissingKey, &deal.at, message)
                .help("add the table `[economics]`"),
        );
        return Err(report);
    };
    if let Some(settings) = settings {
        check_synonyms(settings, &mut report);
        if report.has_errors() {
            return Err(report);
        }
    }
    match form {
        Form::Table => TableRows::new(reader, manner).map(|rows| Rows::Table(Box::new(rows))),
        Form::Lines => Ok(Rows::Lines(Box::new(JsonRows::new(reader, manner)))),
    }
}

fn check_synonyms(settings: &EventFiles, report: &mut Report) {
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let credits: Vec<&str> = Credit::ALL.iter().map(|credit| credit.as_str()).collect();
    for (synonyms, words, what) in [
        (&settings.kinds, kinds, "a kind of event"),
        (&settings.attributions, credits, "an attribution"),
    ] {
        for (_, ours) in &synonyms.list {
            if !words.contains(&ours.as_str()) {
                let help = match nearest(ours.as_str(), words.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("choose one of \"{}\"", words.join("\", \"")),
                };
                let message = format!("`{}` is not {what}", ours.as_str());
                report.push(Diagnostic::error(Code::UnknownChoice, &ours.span, message).help(help));
            }
        }
    }
}

/// What reading a file comes to, row by row.
#[derive(Debug)]
pub enum Next {
    /// An event.
    Event(Box<Event>),
    /// A row that is none.
    Rejected(Box<Rejected>),
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = std::io::Result<Next>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Rows::Table(rows) => rows.next(),
            Rows::Lines(rows) => rows.next(),
        }
    }
}
