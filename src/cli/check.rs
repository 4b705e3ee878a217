//! `engross check`: everything that `draft` does, without writing.

use super::files::{self, DealArgs, Work};
use super::{Outcome, counted, internal, show};
use crate::deal::Deal;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Report, Severity, Style};
use crate::document::walk;
use crate::draft::{Draft, proofread};
use crate::library::Library;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// Check the negotiation file too; what it finds is for our own side alone
    #[arg(long)]
    internal: bool,

    /// How findings are printed: for people on stderr, in all other formats on stdout
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let work = files::read(&args.deal, &mut report)?;
    let made = examined(&work, &mut report)?;
    if let Some(signing) = &work.signing {
        super::signed::audit::audit(signing, &mut report)?;
        super::signed::audit::editions(signing, &mut report)?;
        if let Some(deal) = &work.deal {
            signing.not_in_force(deal, &mut report)?;
        }
    }
    if args.internal {
        internal::check(&work, &mut report)?;
    }
    work.settle(made.is_some(), &mut report);
    let outcome = if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Clean
    };
    let mut out = std::io::stdout().lock();
    match args.format {
        Format::Human => show(&report, style)?,
        Format::Short | Format::Json | Format::Github | Format::Sarif => {
            out.write_all(render::render(&report, args.format, Style::Plain).as_bytes())?;
            return Ok(outcome);
        }
    }
    if let Some(tally) = work.tally.filter(|tally| tally.answers() > 0) {
        writeln!(out, "Term sheet: {tally}.")?;
    }
    match &made {
        Some(draft) if report.is_empty() => {
            let allowed = match report.allowed().len() {
                0 => String::new(),
                count => format!(" {count} allowed."),
            };
            writeln!(out, "No findings.{allowed} {}.", contents(draft))?;
        }
        Some(_) | None => writeln!(out, "{}.", summary(&report))?,
    }
    Ok(outcome)
}

/// The draft of what was read, with every finding that a careful reviewer of the deal and the library has.
///
/// # Errors
///
/// If what was signed cannot be read.
pub(super) fn examined(work: &Work, report: &mut Report) -> anyhow::Result<Option<Draft>> {
    let made = examined_while(work, report, |_, _, _| ())?;
    Ok(made.map(|(draft, ())| draft))
}

/// The same, and what `act` makes of the draft meanwhile: it does not wait for what the reviewer has to say.
///
/// # Errors
///
/// If what was signed cannot be read.
pub(super) fn examined_while<T: Send>(
    work: &Work,
    report: &mut Report,
    act: impl FnOnce(&Deal, &Library, &Draft) -> T + Send,
) -> anyhow::Result<Option<(Draft, T)>> {
    let (Some(deal), Some(library)) = (&work.deal, &work.library) else {
        return Ok(None);
    };
    // How a library reads has nothing to do with any draft: the two are looked at side by side.
    let advice = || work.own_library.then(|| library.advice());
    let look = || -> anyhow::Result<_> {
        let Some(draft) = work.draft(report)? else {
            return Ok(None);
        };
        let (made, asked) = rayon::join(
            || act(deal, library, &draft),
            || proofread(deal, library, &draft),
        );
        report.append(asked);
        Ok(Some((draft, made)))
    };
    let (made, advice) = rayon::join(look, advice);
    report.append(advice.unwrap_or_default());
    made
}

/// `1 error, 2 warnings, 1 allowed`
pub(super) fn summary(report: &Report) -> String {
    let mut counts: Vec<String> = [
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
    if !report.allowed().is_empty() {
        counts.push(format!("{} allowed", report.allowed().len()));
    }
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
