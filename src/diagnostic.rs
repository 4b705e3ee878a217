//! What is wrong, where, and what to do about it.
//!
//! Every phase pushes its findings into one [`Report`]; nothing branches on them, and the command shows
//! all of them together. A [`Complaint`] is a finding that does not know its place yet.

mod code;
pub mod render;

pub use code::Code;
pub use render::{Style, human as render};

use crate::source::Span;
use std::fmt;
use std::ops::Range;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written while one stands.
    Error,
    /// Written, but a careful reader would ask.
    Warning,
    /// A matter of style.
    Advice,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Its stable name.
    pub code: Code,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// Where.
    pub at: Span,
    /// Other places that belong to it, each with a label.
    pub also: Vec<(Span, String)>,
    /// Facts that make the finding plain, such as what two readings would pay.
    pub notes: Vec<String>,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// An error at `at`.
    pub fn error(code: Code, at: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            at: at.clone(),
            also: Vec::new(),
            notes: Vec::new(),
            help: String::new(),
        }
    }

    /// A warning at `at`.
    pub fn warning(code: Code, at: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, at, message)
        }
    }

    /// A matter of style at `at`.
    pub fn advice(code: Code, at: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Advice,
            ..Diagnostic::error(code, at, message)
        }
    }

    /// The same finding with its way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// The same finding with one more fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// The same finding with a second place.
    #[must_use]
    pub fn also(mut self, at: &Span, label: impl Into<String>) -> Diagnostic {
        self.also.push((at.clone(), label.into()));
        self
    }
}

/// A finding about a piece of text whose place in a file its reader does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Its stable name.
    pub code: Code,
    /// The bytes of the text that are at fault.
    pub within: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Complaint {
    /// A complaint about the bytes `within` of the text.
    pub fn new(
        code: Code,
        within: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Complaint {
        Complaint {
            code,
            within,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The same complaint as an error, now that the place of the text is known.
    pub fn at(self, text: &Span) -> Diagnostic {
        Diagnostic::error(self.code, &text.part(self.within), self.message).help(self.help)
    }
}

/// All findings of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
    allowed: Vec<Allowed>,
}

/// A finding that somebody answers for: it is told to machines and counted, and stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it may stand.
    pub reason: String,
}

impl Report {
    /// A report without findings.
    pub fn new() -> Report {
        Report::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Adds all findings of `other`.
    pub fn append(&mut self, other: Report) {
        self.findings.extend(other.findings);
        self.allowed.extend(other.allowed);
    }

    /// Drops every finding that is not worth its place.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.findings.retain(keep);
    }

    /// Takes out every finding for which `reason` has one, and keeps it as allowed; `reason` may change the others.
    pub fn allow(&mut self, mut reason: impl FnMut(&mut Diagnostic) -> Option<String>) {
        for mut finding in std::mem::take(&mut self.findings) {
            match reason(&mut finding) {
                Some(reason) => self.allowed.push(Allowed { finding, reason }),
                None => self.findings.push(finding),
            }
        }
    }

    /// What is allowed to stand, in the order in which it was found.
    pub fn allowed(&self) -> &[Allowed] {
        &self.allowed
    }

    /// Whether anything stands in the way of writing.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many findings are errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Whether there is no finding at all.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The findings by file, place and code, each once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.findings.iter().collect();
        let key = |finding: &Diagnostic| {
            let range = finding.at.range();
            (
                finding.at.source().name.clone(),
                finding.at.source().first_line,
                range.start,
                finding.severity,
                range.end,
                finding.code,
                finding.message.clone(),
            )
        };
        sorted.sort_by_key(|finding| key(finding));
        sorted.dedup_by(|a, b| a == b);
        sorted
    }
}
