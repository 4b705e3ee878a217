//! `engross meeting`: what a meeting agreed, opened and proposed, recorded in the deal.

use super::files::{self, DealArgs};
use super::{Outcome, counted, edited, show};
use crate::diagnostic::{Report, Style};
use crate::intake::Notes;
use crate::source::{At, Source};
use crate::units::{Date, Unit};
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

const AFTER: &str = "\
Notes in a file say the same as the flags:

  attendees = [\"Ana Ruiz (Acme)\"]
  open = [\"liability\"]
  next = [\"Acme will propose a second wording of the cap.\"]

  [[agreed]]
  issue = \"payment-speed\"
  says = \"Acme pays within 30 days of each Statement.\"
  reason = \"Faster payment is balanced by a part that waits.\"

  [[proposed]]
  issue = \"liability\"
  by = \"beta\"

An issue that was agreed and is named with `--open` is reopened. What our side alone should know of the meeting belongs
in `negotiation.toml`.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    on: Dated,

    /// Notes of the meeting, instead of the flags below
    #[arg(long, value_name = "FILE", conflicts_with_all = ["agreed", "open", "proposed", "attendee", "next", "reason"])]
    notes: Option<PathBuf>,

    /// An issue that was agreed, with what was agreed in a sentence
    #[arg(long, value_name = "ISSUE[=SENTENCE]")]
    agreed: Vec<String>,

    /// Why it was agreed so
    #[arg(long, value_name = "ISSUE=WHY")]
    reason: Vec<String>,

    /// An issue that is open, or open again
    #[arg(long, value_name = "ISSUE")]
    open: Vec<String>,

    /// An issue on which a party made a proposal
    #[arg(long, value_name = "ISSUE=PARTY")]
    proposed: Vec<String>,

    /// Who was there
    #[arg(long, value_name = "NAME (PARTY)")]
    attendee: Vec<String>,

    /// What a party will propose next, in a sentence
    #[arg(long, value_name = "SENTENCE")]
    next: Vec<String>,
}

/// A deal and a day: `engross meeting DEAL DATE`, or the day alone for the deal in this folder.
#[derive(Debug, clap::Args)]
pub(super) struct Dated {
    /// The deal, if it is not in this folder, and the day of the meeting, such as 2027-01-31
    #[arg(value_name = "[DEAL] DATE", num_args = 1..=2, required = true)]
    words: Vec<String>,

    /// A house's own clause library instead of the embedded one
    #[arg(long, value_name = "DIR")]
    library: Option<PathBuf>,
}

impl Dated {
    pub(super) fn deal(&self) -> DealArgs {
        let deal = match self.words.as_slice() {
            [deal, _] => PathBuf::from(deal),
            _ => PathBuf::from("."),
        };
        DealArgs {
            deal,
            library: self.library.clone(),
        }
    }

    /// The day; reported if it is none.
    pub(super) fn date(&self, report: &mut Report) -> Option<At<Date>> {
        date("DATE", self.words.last()?, report)
    }
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let open = edited::open(&args.on.deal(), &mut report)?;
    let date = args.on.date(&mut report);
    let source = match &args.notes {
        Some(path) => files::source(path, &mut report)?.map(|(source, _)| source),
        None => Some(from_flags(args)),
    };
    let notes = source.and_then(|source| Notes::read(&source, &mut report));
    let (Some(open), Some(date), Some(notes)) = (open, date, notes) else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    let assignments = notes.assignments(&open.deal, &date, &mut report);
    let Some(_) = edited::write(&open, &assignments, &mut report, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Meeting of {}: {} agreed, {} open, {} proposed",
        date.value.print(),
        notes.agreed.len(),
        notes.open.len(),
        notes.proposed.len()
    )?;
    let changed = counted(assignments.len(), "value");
    writeln!(out, "Wrote {changed} to {}", files::shown(&open.path))?;
    writeln!(
        out,
        "Next: engross summary {} {}",
        args.on.deal().deal.display(),
        date.value.iso()
    )?;
    Ok(Outcome::Clean)
}

/// A day of the command line; reported if it is none.
pub(super) fn date(flag: &str, text: &str, report: &mut Report) -> Option<At<Date>> {
    let word = edited::word(flag, text);
    match Date::from_text(text) {
        Ok(date) => Some(At::new(date, word.span)),
        Err(complaint) => {
            report.push(complaint.at(&word.span));
            None
        }
    }
}

/// The flags as notes, so that both are read and refused in the same way.
fn from_flags(args: &Args) -> Arc<Source> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let list = |items: &[String]| {
        let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
        items.join(", ")
    };
    let mut text = format!(
        "attendees = [{}]\nopen = [{}]\nnext = [{}]\n",
        list(&args.attendee),
        list(&args.open),
        list(&args.next)
    );
    let part = |text: &str| -> (String, Option<String>) {
        match text.split_once('=') {
            Some((id, rest)) => (id.trim().to_owned(), Some(rest.trim().to_owned())),
            None => (text.trim().to_owned(), None),
        }
    };
    for agreed in &args.agreed {
        let (id, says) = part(agreed);
        let _ = write!(text, "\n[[agreed]]\nissue = {}\n", quoted(&id));
        if let Some(says) = says {
            let _ = writeln!(text, "says = {}", quoted(&says));
        }
        let reason = args
            .reason
            .iter()
            .map(|reason| part(reason))
            .find(|(of, _)| *of == id);
        if let Some((_, Some(reason))) = reason {
            let _ = writeln!(text, "reason = {}", quoted(&reason));
        }
    }
    for proposed in &args.proposed {
        let (id, by) = part(proposed);
        let _ = write!(text, "\n[[proposed]]\nissue = {}\n", quoted(&id));
        if let Some(by) = by {
            let _ = writeln!(text, "by = {}", quoted(&by));
        }
    }
    Source::new("the flags, as notes", text)
}
