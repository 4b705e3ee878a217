//! Findings as workflow commands of GitHub Actions.
//!
//! See <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>; the escapes are those
//! of `@actions/core`, which that page leaves out.

use super::in_full;
use crate::diagnostic::{Report, Severity};
use std::fmt::Write;

/// `::error file=...,line=...,col=...,endLine=...,endColumn=...,title=code::message`, a line for each finding.
pub fn github(report: &Report) -> String {
    let mut text = String::new();
    for finding in report.sorted() {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let (line, column) = finding.at.line_column();
        let (end_line, end_column) = finding.at.end_line_column();
        let _ = write!(
            text,
            "::{command} file={},line={line},col={column},endLine={end_line}",
            property(&finding.at.source().name),
        );
        // A range of columns is only understood within one line.
        if end_line == line {
            let _ = write!(text, ",endColumn={end_column}");
        }
        let _ = writeln!(
            text,
            ",title={}::{}",
            property(finding.code.as_str()),
            data(&in_full(finding))
        );
    }
    text
}

/// What stands after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which also ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
