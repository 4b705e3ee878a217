//! Findings as SARIF 2.1.0, the format of code scanning.
//!
//! See <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>. One run; a rule for each code that was found; an allowed
//! finding is a result with a suppression and its reason.

use super::in_full;
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// All findings as a SARIF log.
pub fn sarif(report: &Report) -> String {
    let findings = report.sorted();
    let codes: Vec<Code> = findings
        .iter()
        .copied()
        .chain(report.allowed().iter().map(|allowed| &allowed.finding))
        .map(|finding| finding.code)
        .collect::<BTreeSet<Code>>()
        .into_iter()
        .collect();
    let mut results: Vec<Value> = findings
        .into_iter()
        .map(|finding| result(finding, &codes))
        .collect();
    for allowed in report.allowed() {
        let mut result = result(&allowed.finding, &codes);
        result["suppressions"] =
            json!([{ "kind": "external", "status": "accepted", "justification": allowed.reason }]);
        results.push(result);
    }
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "engross",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.why() },
        "fullDescription": { "text": code.why() },
        "help": { "text": format!("{} `engross explain {code}` shows an example.", code.why()) },
    })
}

fn result(finding: &Diagnostic, codes: &[Code]) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    };
    let mut result = json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": level,
        "message": { "text": in_full(finding) },
        "locations": [{ "physicalLocation": physical(&finding.at) }],
    });
    if !finding.also.is_empty() {
        let related: Vec<Value> = finding
            .also
            .iter()
            .enumerate()
            .map(|(id, (at, label))| {
                json!({
                    "id": id,
                    "physicalLocation": physical(at),
                    "message": { "text": label },
                })
            })
            .collect();
        result["relatedLocations"] = Value::Array(related);
    }
    result
}

fn physical(at: &Span) -> Value {
    let (line, column) = at.line_column();
    let (end_line, end_column) = at.end_line_column();
    json!({
        "artifactLocation": { "uri": uri(&at.source().name) },
        "region": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
    })
}

/// A path as a URI reference: what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    let drive = path.as_bytes().get(1) == Some(&b':');
    let start = match (path.starts_with('/'), drive) {
        (true, _) => "file://",
        (false, true) => "file:///",
        (false, false) => "",
    };
    path.bytes().fold(start.to_owned(), |mut uri, byte| {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if plain || (drive && byte == b':') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}
