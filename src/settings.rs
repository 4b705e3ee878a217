//! `engross.toml`: how a house treats findings.
//!
//! In: the text of the file. Out: [`Settings`], or findings about the file. [`apply`] then changes severities and
//! takes out what is allowed, each for its reason. What stands in the way of writing cannot be allowed away.

mod events;
mod read;

pub use events::{Columns, DateForm, DecimalMark, EventFiles, Synonyms};

use crate::deal::record::record;
use crate::deal::{Deal, Text, check};
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::source::{At, Span};

record! {
    /// What a house says to engross.
    pub struct Settings {
        /// How findings are treated.
        check: Option<Check>,
        /// How the files of events are written.
        events: Option<EventFiles>,
    }
}

record! {
    /// How findings are treated.
    pub struct Check {
        /// How bad the findings of a code are, such as `edge-space = "error"`.
        severity: Severities,
        /// Findings that may stand.
        allow: Vec<Allowance>,
    }
}

/// How bad the findings of some codes are: `[check.severity]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    /// Code and severity, in the order of the file.
    pub list: Vec<(At<Code>, At<Severity>)>,
}

/// Findings that may stand, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The code of the findings.
    pub code: At<Code>,
    /// A path to a term of the deal, or a file of the library: only findings there. Without it, all of the code.
    pub at: Option<At<Text>>,
    /// Why they may stand.
    pub reason: At<Text>,
}

/// What the settings are applied to.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The deal, if its file could be read.
    pub deal: Option<&'a Deal>,
    /// Whether everything was looked at, so that what was not found is not there.
    pub complete: bool,
    /// Whether the settings are for this deal alone. Those of a folder above may allow what only other deals have.
    pub own: bool,
}

/// Changes severities and takes out what is allowed. Findings about the settings themselves are added.
pub fn apply(settings: &Settings, run: Run<'_>, report: &mut Report) {
    let Some(check) = &settings.check else {
        return;
    };
    let mut own = Report::new();
    let severities: Vec<(&At<Code>, Severity)> = check
        .severity
        .list
        .iter()
        .filter(|(code, severity)| {
            let lowers = severity.value != Severity::Error && code.value.must_be_mended();
            if lowers {
                own.push(needed(code, "be less than an error"));
            }
            !lowers
        })
        .map(|(code, severity)| (code, severity.value))
        .collect();
    let mut allowances: Vec<(&Allowance, Reach, bool)> = Vec::new();
    for allowance in &check.allow {
        if allowance.code.value.must_be_mended() {
            own.push(needed(&allowance.code, "be allowed"));
        } else if allowance.code.value.is_internal() {
            own.push(ours(&allowance.code));
        } else if let Some(reach) = reach(allowance, run, &mut own) {
            allowances.push((allowance, reach, false));
        }
    }
    let set = |finding: &mut Diagnostic| {
        let (code, severity) = severities
            .iter()
            .find(|(code, _)| code.value == finding.code)?;
        finding.severity = *severity;
        Some(*code)
    };
    // What made an error less than one.
    let mut eased: Vec<&At<Code>> = Vec::new();
    report.allow(|finding| {
        let was_error = finding.severity == Severity::Error;
        let code = set(finding);
        if was_error && finding.severity != Severity::Error {
            eased.extend(code);
        }
        let (allowance, _, used) = allowances.iter_mut().find(|(allowance, reach, _)| {
            allowance.code.value == finding.code && reach.holds(&finding.at)
        })?;
        *used = true;
        if was_error {
            eased.push(&allowance.code);
        }
        Some(allowance.reason.as_str().to_owned())
    });
    // The run did not come to its end, and nothing else says why: it was one of these.
    if !run.complete && !report.has_errors() {
        eased.sort_by_key(|code| code.span.range().start);
        eased.dedup();
        for code in eased {
            own.push(needed(code, "be allowed here"));
        }
    }
    if run.complete && run.own {
        for (allowance, _, _) in allowances.iter().filter(|(_, _, used)| !used) {
            let place = match &allowance.at {
                Some(at) => format!(" at `{}`", at.as_str()),
                None => String::new(),
            };
            own.push(
                Diagnostic::warning(
                    Code::UnusedAllowance,
                    &allowance.code.span,
                    format!("no `{}` is found{place}", allowance.code.value),
                )
                .help("delete the allowance, or correct its `code` or `at`"),
            );
        }
    }
    own.allow(|finding| {
        set(finding);
        None
    });
    report.append(own);
}

fn needed(code: &At<Code>, what: &str) -> Diagnostic {
    Diagnostic::error(
        Code::CannotAllow,
        &code.span,
        format!(
            "`{}` cannot {what}: nothing is written while it stands",
            code.value
        ),
    )
    .help(format!(
        "delete this and mend the deal or the library: `engross explain {}` shows how",
        code.value
    ))
}

/// An allowance and its reason would say what only our side knows.
fn ours(code: &At<Code>) -> Diagnostic {
    Diagnostic::error(
        Code::CannotAllow,
        &code.span,
        format!(
            "`{}` cannot be allowed: it is found in what only one side sees, and others read this file",
            code.value
        ),
    )
    .help("delete this; only `engross check --internal` finds it, and it holds up no draft")
}

/// Where an allowance holds.
enum Reach {
    Everywhere,
    /// In a file of the library.
    File(String),
    /// At these places of the deal.
    Terms(Vec<Span>),
}

impl Reach {
    fn holds(&self, at: &Span) -> bool {
        match self {
            Reach::Everywhere => true,
            Reach::File(name) => at.source().name == *name,
            Reach::Terms(places) => places.iter().any(|place| {
                let (place_range, range) = (place.range(), at.range());
                place.source() == at.source()
                    && place_range.start <= range.start
                    && range.start <= place_range.end
            }),
        }
    }
}

/// Where the allowance holds; `None` if its place is none.
fn reach(allowance: &Allowance, run: Run<'_>, report: &mut Report) -> Option<Reach> {
    let Some(at) = &allowance.at else {
        return Some(Reach::Everywhere);
    };
    if at.as_str().contains('/') {
        return Some(Reach::File(at.as_str().to_owned()));
    }
    match check::stands(run.deal?, at.as_str()) {
        Ok(places) => Some(Reach::Terms(places)),
        Err(complaint) => {
            if run.own {
                report.push(complaint.at(&at.span));
            }
            None
        }
    }
}
