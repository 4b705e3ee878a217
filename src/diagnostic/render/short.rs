//! One finding a line, as editors and `grep` read them.

use crate::diagnostic::Report;
use std::fmt::Write;

/// `path:line:col: severity[code]: message`, a line for each finding, sorted.
pub fn short(report: &Report) -> String {
    let mut text = String::new();
    for finding in report.sorted() {
        let (line, column) = finding.at.line_column();
        let _ = writeln!(
            text,
            "{}:{line}:{column}: {}[{}]: {}",
            one_line(&finding.at.source().name),
            finding.severity,
            finding.code,
            one_line(&finding.message)
        );
    }
    text
}

/// The text with control characters, line breaks among them, written as escapes.
fn one_line(text: &str) -> String {
    text.chars().fold(String::new(), |mut line, letter| {
        if letter.is_control() {
            line.extend(letter.escape_default());
        } else {
            line.push(letter);
        }
        line
    })
}
