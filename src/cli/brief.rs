//! `engross brief`: the paper that our side prepares a meeting with, in a folder of its own.

use super::coverage::way;
use super::draft::look;
use super::drafted::drafted;
use super::files::{self, DealArgs, shown};
use super::{Outcome, check, counted, internal, show};
use crate::diagnostic::{Report, Style};
use crate::negotiation::{BRIEF, FOLDER, brief};
use crate::write::{self, Format};
use anyhow::Context;
use std::io::Write;
use std::path::PathBuf;

const AFTER: &str = "\
The paper holds what the other side must never see. It is named `brief.internal.*`, says INTERNAL on every page, and
stands in a folder of its own; `engross pack` refuses to pack it.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The folder to write [default: `internal` beside the deal file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The folder of the agreement, which the paper links to [default: `out` beside the deal file]
    #[arg(long, value_name = "DIR")]
    agreement: Option<PathBuf>,

    /// The formats to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Format::ALL)]
    format: Vec<Format>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let Some(made) = drafted(&args.deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut report = Report::new();
    let words = internal::words(args.deal.library.as_deref(), &mut report)?;
    let negotiation = internal::read_over(&made.folder, &made.deal, &mut report)?;
    show(&report, style)?;
    let (Some(words), Some(negotiation)) = (words, negotiation) else {
        writeln!(
            std::io::stderr(),
            "{}. Nothing was written.",
            check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    let out = args.out.clone().unwrap_or_else(|| made.folder.join(FOLDER));
    let agreement = args
        .agreement
        .clone()
        .unwrap_or_else(|| made.folder.join("out"));
    let to = way(&out, &agreement)?;
    let paper = brief(
        &negotiation,
        &made.deal,
        &made.library,
        &made.draft,
        &words,
        &to,
    )
    .context("a section of the agreement has the name of a section of the brief")?;
    let part = paper
        .resolved
        .part(BRIEF)
        .context("the brief has no text")?;
    internal::folder(&out)?;
    let mut look = look(&made.deal, &made.library);
    look.style.push_str(words.style());
    let mut written = Vec::new();
    for format in Format::ALL {
        if args.format.contains(&format) {
            let path = out.join(format!("{BRIEF}.{format}"));
            files::replace(&path, &write::write(&part, &paper.pictures, &look, format))?;
            written.push(shown(&path));
        }
    }
    let mut stdout = std::io::stdout().lock();
    let rules = match paper.broken {
        0 => "all hold".to_owned(),
        broken => format!("{broken} BROKEN"),
    };
    writeln!(
        stdout,
        "INTERNAL brief: {}, {rules}; {} open",
        counted(paper.rules, "walk-away rule"),
        counted(paper.open, "issue")
    )?;
    for path in written {
        writeln!(stdout, "Wrote {path}")?;
    }
    if !agreement.is_dir() {
        let folder = shown(&agreement);
        writeln!(
            stdout,
            "Its links lead to {folder}/, which `engross draft` writes"
        )?;
    }
    Ok(Outcome::Clean)
}
