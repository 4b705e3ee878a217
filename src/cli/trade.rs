//! `engross trade`: a concession and what comes for it, both in the deal or neither.

use super::files::{self, DealArgs};
use super::{Outcome, edited, meeting, show};
use crate::deal::edit::Assignment;
use crate::diagnostic::{Report, Style};
use crate::intake::Offer;
use crate::source::Source;
use std::io::Write;

const AFTER: &str = "\
A term is named by its path, with its new value if the trade changes it:

  engross trade deal --giver acme \\
    --if \"Acme pays within 30 days of each Statement\" --give 'economics.payment.due=30 days' \\
    --then \"Beta waits for a part of each Commission\" --get economics.payment.stage \\
    --reason \"Speed for patience.\" --agreed 2027-01-31

Without `--agreed` it is a proposal. Either both halves are written or nothing is.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The party that gives first, by its id
    #[arg(long, value_name = "PARTY")]
    giver: String,

    /// What it gives, as a clause that follows "if"
    #[arg(long = "if", value_name = "WORDS")]
    gives: String,

    /// What the other gives for it, as a clause that follows "then"
    #[arg(long = "then", value_name = "WORDS")]
    gets: String,

    /// A term that is given
    #[arg(long, value_name = "TERM[=VALUE]", required = true)]
    give: Vec<String>,

    /// A term that comes for it
    #[arg(long, value_name = "TERM[=VALUE]", required = true)]
    get: Vec<String>,

    /// Why, as it is written beside the terms that change
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,

    /// The day on which both agreed, such as 2027-01-31
    #[arg(long, value_name = "DATE")]
    agreed: Option<String>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let open = edited::open(&args.deal, &mut report)?;
    let agreed = match &args.agreed {
        Some(text) => meeting::date("--agreed", text, &mut report),
        None => None,
    };
    let Some(open) = open.filter(|_| !report.has_errors()) else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    let terms = |flag: &str, words: &[String], report: &mut Report| -> Vec<Assignment> {
        let read = |text: &String| {
            if !text.contains('=') {
                return Ok(Assignment {
                    path: edited::word(flag, text),
                    to: None,
                    reason: None,
                    remark: None,
                });
            }
            Assignment::parse(&Source::new(flag, text.as_str()), args.reason.as_deref())
        };
        let mut made = Vec::new();
        for word in words {
            match read(word) {
                Ok(assignment) => made.push(assignment),
                Err(finding) => report.push(finding),
            }
        }
        made
    };
    let offer = Offer {
        giver: edited::word("--giver", &args.giver),
        gives: edited::word("--if", &args.gives),
        gets: edited::word("--then", &args.gets),
        give: terms("--give", &args.give, &mut report),
        get: terms("--get", &args.get, &mut report),
        agreed,
    };
    let assignments = offer.assignments(&open.source, &open.deal, &mut report);
    let Some(edited) = edited::write(&open, &assignments, &mut report, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "If {}, then {}.", args.gives, args.gets)?;
    let recorded = |path: &str| path.starts_with("trade.");
    for change in edited
        .changes
        .iter()
        .filter(|one| !recorded(&one.path) && one.differs())
    {
        writeln!(
            out,
            "  {}: {} -> {}",
            change.path,
            change.from.as_deref().unwrap_or("nothing"),
            change.to.as_deref().unwrap_or("nothing")
        )?;
    }
    writeln!(out, "Wrote {}", files::shown(&open.path))?;
    Ok(Outcome::Clean)
}
