//! Findings as people and machines read them.
//!
//! In: a [`Report`](super::Report). Out: text. One file per format; each is a pure function of the report, and all
//! tell the same findings in the same order.

mod github;
mod human;
mod json;
mod sarif;
mod short;

pub use github::github;
pub use human::human;
pub use json::{JSON_VERSION, json, json_schema};
pub use sarif::sarif;
pub use short::short;

use super::{Diagnostic, Report};
use std::fmt;

/// Whether the text may hold escape sequences for colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// Colours for a terminal; nothing is told by colour alone.
    Coloured,
}

/// The formats that findings are printed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Each with its lines of the file, for people
    #[default]
    Human,
    /// One a line: `path:line:col: severity[code]: message`
    Short,
    /// One JSON object; `engross schema report` prints its schema
    Json,
    /// Commands that GitHub Actions shows beside the lines
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
        })
    }
}

/// All findings in `format`.
pub fn render(report: &Report, format: Format, style: Style) -> String {
    match format {
        Format::Human => human(report, style),
        Format::Short => short(report),
        Format::Json => json(report),
        Format::Github => github(report),
        Format::Sarif => sarif(report),
    }
}

/// The message with its facts and its way out, one a line.
fn in_full(finding: &Diagnostic) -> String {
    let mut text = finding.message.clone();
    for note in &finding.notes {
        text.push_str("\nnote: ");
        text.push_str(note);
    }
    if !finding.help.is_empty() {
        text.push_str("\nhelp: ");
        text.push_str(&finding.help);
    }
    text
}

#[cfg(test)]
mod tests;
