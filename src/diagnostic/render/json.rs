//! Findings as one JSON object, for other programs.
//!
//! The shape is that of the structs here; [`json_schema`] is made from them. Fields may be added under one
//! [`JSON_VERSION`]; a field that goes, or means something else, raises it.

use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::source::Span;
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the shape.
pub const JSON_VERSION: u32 = 1;

/// Everything that a run of engross found.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "engross report")]
struct Output<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// What is wrong, sorted by file and place.
    findings: Vec<Finding<'a>>,
    /// What would be wrong, and is allowed by `engross.toml`.
    allowed: Vec<Allowance<'a>>,
    /// How many there are of each kind.
    summary: Summary,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
struct Finding<'a> {
    /// Its stable name; `engross explain CODE` says why it matters.
    code: &'a str,
    /// "error", "warning" or "advice".
    severity: Word,
    /// What is wrong, in one line.
    message: &'a str,
    /// What to do.
    help: &'a str,
    /// Facts that make the finding plain.
    notes: &'a [String],
    /// Where.
    at: Place<'a>,
    /// Other places that belong to it.
    also: Vec<Also<'a>>,
}

/// A finding that is allowed.
#[derive(Serialize, JsonSchema)]
struct Allowance<'a> {
    /// Why it may stand, in the words of `engross.toml`.
    reason: &'a str,
    /// The finding.
    finding: Finding<'a>,
}

/// A place in a file. Lines and columns count from 1, columns in characters; the end is the first character after it.
#[derive(Serialize, JsonSchema)]
struct Place<'a> {
    /// The file, as it was named on the command line; "-" is standard input.
    path: &'a str,
    /// The line of its first character.
    line: usize,
    /// The column of its first character.
    column: usize,
    /// The line of the first character after it.
    end_line: usize,
    /// The column of the first character after it.
    end_column: usize,
    /// How many bytes of the file stand before it, without a byte order mark.
    offset: usize,
}

/// Another place, and what it has to do with the finding.
#[derive(Serialize, JsonSchema)]
struct Also<'a> {
    /// Where.
    at: Place<'a>,
    /// What stands there.
    label: &'a str,
}

/// How many there are of each kind.
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Nothing is written while there is one.
    errors: usize,
    /// What a careful reader would ask about.
    warnings: usize,
    /// Matters of style.
    advice: usize,
    /// What is allowed by `engross.toml`.
    allowed: usize,
}

/// How bad a finding is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Word {
    /// Nothing is written while one stands.
    Error,
    /// Written, but a careful reader would ask.
    Warning,
    /// A matter of style.
    Advice,
}

/// All findings as one object, sorted, on lines of their own.
pub fn json(report: &Report) -> String {
    let output = Output {
        version: JSON_VERSION,
        findings: report.sorted().into_iter().map(finding).collect(),
        allowed: report
            .allowed()
            .iter()
            .map(|allowed| Allowance {
                reason: &allowed.reason,
                finding: finding(&allowed.finding),
            })
            .collect(),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            advice: report.count(Severity::Advice),
            allowed: report.allowed().len(),
        },
    };
    let mut text = serde_json::to_string_pretty(&output).unwrap_or_default();
    text.push('\n');
    text
}

/// The JSON Schema of what [`json`] writes.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Output<'_>).to_value()
}

fn finding(finding: &Diagnostic) -> Finding<'_> {
    Finding {
        code: finding.code.as_str(),
        severity: match finding.severity {
            Severity::Error => Word::Error,
            Severity::Warning => Word::Warning,
            Severity::Advice => Word::Advice,
        },
        message: &finding.message,
        help: &finding.help,
        notes: &finding.notes,
        at: place(&finding.at),
        also: finding
            .also
            .iter()
            .map(|(at, label)| Also {
                at: place(at),
                label,
            })
            .collect(),
    }
}

fn place(at: &Span) -> Place<'_> {
    let (line, column) = at.line_column();
    let (end_line, end_column) = at.end_line_column();
    Place {
        path: &at.source().name,
        line,
        column,
        end_line,
        end_column,
        offset: at.range().start,
    }
}
