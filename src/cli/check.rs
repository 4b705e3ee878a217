//! `engross check`: everything that `draft` does, without writing.

use super::files::{self, DealArgs};
use super::{Outcome, counted, show};
use crate::diagnostic::{Report, Severity, Style};
use crate::document::walk;
use crate::draft::{Draft, draft};
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let work = files::read(&args.deal, &mut report)?;
    let made = match (&work.deal, &work.library) {
        (Some(deal), Some(library)) => draft(deal, library, &mut report),
        (Some(_), None) | (None, _) => None,
    };
    show(&report, style)?;
    let mut out = std::io::stdout().lock();
    if let Some(tally) = work.tally.filter(|tally| tally.answers() > 0) {
        writeln!(out, "Term sheet: {tally}.")?;
    }
    if report.is_empty()
        && let Some(draft) = &made
    {
        writeln!(out, "No findings. {}.", contents(draft))?;
        return Ok(Outcome::Clean);
    }
    writeln!(out, "{}.", summary(&report))?;
    Ok(if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// `1 error, 2 warnings`
pub(super) fn summary(report: &Report) -> String {
    let counts: Vec<String> = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Advice, "piece of advice"),
    ]
    .into_iter()
    .map(|(severity, noun)| (report.count(severity), noun))
    .filter(|(count, _)| *count > 0)
    .map(|(count, noun)| {
        if noun.ends_with("advice") && count > 1 {
            format!("{count} pieces of advice")
        } else {
            counted(count, noun)
        }
    })
    .collect();
    counts.join(", ")
}

/// `64 clauses, 10 exhibits, 41 defined terms, 120 cross-references`
pub(super) fn contents(draft: &Draft) -> String {
    let documents = draft.resolved.documents();
    let mut clauses = 0;
    let mut exhibits = 0;
    let mut references = 0;
    for section in documents
        .iter()
        .flat_map(|document| walk::sections(&document.root))
    {
        clauses += usize::from(section.sections.is_empty());
        exhibits += usize::from(section.label == crate::document::Label::Exhibit);
        walk::runs(&section.blocks, &mut |words| {
            walk::leaves(words, &mut |inline| {
                references += usize::from(matches!(inline, crate::document::Inline::Reference(_)));
            });
        });
    }
    [
        counted(clauses, "clause"),
        counted(exhibits, "exhibit"),
        counted(draft.resolved.terms().list().len(), "defined term"),
        counted(references, "cross-reference"),
    ]
    .join(", ")
}
