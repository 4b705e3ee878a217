//! `engross loi`, `engross addendum`, `engross summary`: letters for both sides, from what both sides know.

use super::draft::{look, write_files};
use super::files::{self, DealArgs, Work, shown};
use super::meeting::Dated;
use super::package::{self, PackageFile};
use super::{Outcome, edited, show};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::draft::{Draft, draft};
use crate::library::Library;
use crate::units::Date;
use crate::write::Format;
use std::io::Write;
use std::path::PathBuf;

/// Where and how a letter is written.
#[derive(Debug, clap::Args)]
pub(super) struct Paper {
    /// The folder to write [default: beside the deal file, named after the letter]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The formats to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Format::ALL)]
    format: Vec<Format>,

    /// Write over files that were edited by hand since they were written
    #[arg(long)]
    discard_edits: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct LetterArgs {
    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    paper: Paper,
}

#[derive(Debug, clap::Args)]
pub(super) struct SummaryArgs {
    #[command(flatten)]
    on: Dated,

    #[command(flatten)]
    paper: Paper,
}

/// A letter of intent.
pub(super) fn intent(args: &LetterArgs, style: Style) -> anyhow::Result<Outcome> {
    letter(
        &args.deal,
        &args.paper,
        style,
        "letter-of-intent",
        |deal, report| {
            if deal.letter.is_none() {
                absent(deal, "letter", "[letter]` with `expires", report);
            }
            Some("loi".to_owned())
        },
    )
}

/// A pilot of limited scope.
pub(super) fn addendum(args: &LetterArgs, style: Style) -> anyhow::Result<Outcome> {
    letter(
        &args.deal,
        &args.paper,
        style,
        "pilot-addendum",
        |deal, report| {
            if deal.pilot.is_none() {
                absent(
                    deal,
                    "pilot",
                    "[pilot]` with `what`, `starts`, `ends`, `scope` and `limit",
                    report,
                );
            }
            Some("pilot".to_owned())
        },
    )
}

/// The letter after a meeting.
pub(super) fn summary(args: &SummaryArgs, style: Style) -> anyhow::Result<Outcome> {
    letter(
        &args.on.deal(),
        &args.paper,
        style,
        "meeting-summary",
        |deal, report| {
            let date = args.on.date(report)?;
            let days: Vec<String> = deal
                .meeting
                .iter()
                .map(|one| one.date.value.iso())
                .collect();
            of_meeting(deal, date.value);
            if deal.meeting.is_empty() {
                let known = if days.is_empty() {
                    "record it with `engross meeting` first".to_owned()
                } else {
                    format!("the deal has meetings of {}", days.join(", "))
                };
                report.push(
                    Diagnostic::error(
                        Code::UnknownName,
                        &date.span,
                        format!("the deal has no meeting of {}", date.value.print()),
                    )
                    .help(known),
                );
            }
            Some(format!("summary-{}", date.value.iso()))
        },
    )
}

/// Leaves the deal with the one meeting that a summary is about.
fn of_meeting(deal: &mut Deal, date: Date) {
    deal.meeting.retain(|one| one.date.value == date);
}

/// A letter as it would be written today, by the name of its document: one for each meeting if it is a summary. None if
/// the deal has no such letter any more.
pub(super) fn remade(args: &DealArgs, outline: &str) -> anyhow::Result<Vec<Vec<PackageFile>>> {
    let mut unseen = Report::new();
    let days: Vec<Option<Date>> = match files::read(args, &mut unseen)?.deal {
        Some(deal) if outline == "meeting-summary" => {
            let days = deal.meeting.iter().map(|one| Some(one.date.value));
            days.collect()
        }
        Some(_) => vec![None],
        None => Vec::new(),
    };
    let mut found = Vec::new();
    for day in days {
        let mut report = Report::new();
        let mut work = files::read(args, &mut report)?;
        if let Some(deal) = &mut work.deal {
            if let Some(day) = day {
                of_meeting(deal, day);
            }
            deal.draft_as(outline);
        }
        if let Some((deal, library, draft)) = made(&work, &mut report) {
            found.push(write_files(&draft, &look(deal, library), &Format::ALL));
        }
    }
    Ok(found)
}

/// The deal as it was prepared, with its draft.
fn made<'w>(work: &'w Work, report: &mut Report) -> Option<(&'w Deal, &'w Library, Draft)> {
    match (&work.deal, &work.library) {
        (Some(deal), Some(library)) if !report.has_errors() => {
            draft(deal, library, report).map(|draft| (deal, library, draft))
        }
        (Some(_) | None, _) => None,
    }
}

fn absent(deal: &Deal, table: &str, keys: &str, report: &mut Report) {
    report.push(
        Diagnostic::error(
            Code::MissingKey,
            &deal.agreement.title.span,
            format!("the deal has no table `{table}`, which this paper is made from"),
        )
        .help(format!("add `{keys}`")),
    );
}

/// Drafts a paper after an outline of its own and writes it as a package. `prepare` names its folder.
fn letter(
    deal: &DealArgs,
    paper: &Paper,
    style: Style,
    outline: &str,
    prepare: impl FnOnce(&mut Deal, &mut Report) -> Option<String>,
) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let mut work: Work = files::read(deal, &mut report)?;
    let mut name = None;
    if let Some(deal) = &mut work.deal {
        name = prepare(deal, &mut report);
        deal.draft_as(outline);
    }
    let made = made(&work, &mut report);
    work.settle(made.is_some(), &mut report);
    let (Some((deal, library, draft)), Some(name), false) = (made, name, report.has_errors())
    else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    let files: Vec<PackageFile> = write_files(&draft, &look(deal, library), &paper.format);
    let out = paper.out.clone().unwrap_or_else(|| work.folder.join(name));
    let written = package::write(&out, &work.folder, files, paper.discard_edits, &mut report)?;
    show(&report, style)?;
    let Some(written) = written else {
        return edited::refused(&report);
    };
    let mut stdout = std::io::stdout().lock();
    let document = &draft.resolved.documents()[0];
    let title = crate::document::walk::text(&document.root.title);
    writeln!(stdout, "{title}, {}", draft.digest)?;
    let settled = deal
        .issue
        .iter()
        .filter(|issue| issue.state.value == crate::deal::IssueState::Agreed)
        .count();
    writeln!(
        stdout,
        "  {settled} settled, {} open",
        deal.issue.len() - settled
    )?;
    let verb = if written.changed {
        "Wrote"
    } else {
        "Nothing changed in"
    };
    writeln!(stdout, "{verb} {}/", shown(&out))?;
    Ok(Outcome::Clean)
}
