//! `engross set`: terms changed in the deal file itself, each with its reason, all or none.

use super::{Outcome, check, counted, files, show};
use crate::deal::Deal;
use crate::deal::edit::{Assignment, Changed, Edited, following, rewrite, whole_paths};
use crate::diagnostic::{Code, Report, Style};
use crate::events::pays;
use crate::settings::{self, Settings};
use crate::source::{At, Source, Span};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The deal: a `deal.toml`, or a folder that holds one
    #[arg(value_name = "DEAL")]
    deal: PathBuf,

    /// What to change: the path of a term, `=`, and its new value
    #[arg(value_name = "PATH=VALUE", required_unless_present = "unset")]
    assignments: Vec<String>,

    /// Take a term out
    #[arg(long, value_name = "PATH")]
    unset: Vec<String>,

    /// Why; it is written beside the term
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Let what must follow a term follow it: a tier begins where the one before it ends
    #[arg(long)]
    follow: bool,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let (path, folder) = files::deal_path(&args.deal)?;
    anyhow::ensure!(
        path != Path::new("-"),
        "a deal on standard input cannot be changed; name its file"
    );
    let mut report = Report::new();
    let Some((source, _)) = files::source(&path, &mut report)? else {
        return refuse(&report, style);
    };
    let wanted = Wanted {
        assignments: &args.assignments,
        unset: &args.unset,
        reason: args.reason.as_deref(),
        follow: args.follow,
    };
    let (asked, edited) = apply(&source, &wanted, &mut report);
    let settings = files::settings(&folder, &mut report)?;
    settle(settings.as_ref(), edited.as_ref(), &mut report);
    let Some(edited) = edited.filter(|_| !report.has_errors()) else {
        refuse(&report, style)?;
        hint(&source, &asked, &report)?;
        return Ok(Outcome::Findings);
    };
    let signing = super::signed::find(&folder, &mut report)?;
    if let Some(signing) = &signing
        && let Some(library) = super::signed::library(signing, None, &mut report)?
        && let Some(signed) = signing.draft(&library, &mut report)?
    {
        let marks = signing.marks(u32::MAX);
        signing.draft_after(&edited.deal, &library, &signed, &marks, &mut report);
    }
    if report.has_errors() {
        return refuse(&report, style);
    }
    show(&report, style)?;
    let changed = edited
        .changes
        .iter()
        .filter(|change| change.differs())
        .count();
    if edited.source.text != source.text {
        files::replace(&path, edited.source.text.as_bytes())?;
    }
    let mut out = std::io::stdout().lock();
    write!(out, "{}", lines(&edited.changes))?;
    writeln!(out, "{} in {}", counted(changed, "change"), source.name)?;
    let before = Deal::read(&source, &mut Report::new());
    if signing.is_some() && before.is_some_and(|before| pays(&before, &edited.deal)) {
        writeln!(
            out,
            "It changes what is paid, and holds once a review makes an amendment of it. An amendment from the first day of a statement on divides no statement."
        )?;
    }
    Ok(Outcome::Clean)
}

/// What a command line asks to change.
pub(super) struct Wanted<'a> {
    pub(super) assignments: &'a [String],
    pub(super) unset: &'a [String],
    pub(super) reason: Option<&'a str>,
    pub(super) follow: bool,
}

/// The assignments that a command line asks for; `None` if one is wrong.
pub(super) fn asked(
    source: &Arc<Source>,
    wanted: &Wanted<'_>,
    report: &mut Report,
) -> Option<Vec<Assignment>> {
    let mut asked = Vec::new();
    let before = report.errors();
    for text in wanted.assignments {
        match Assignment::parse(&Source::new("arguments", text.as_str()), wanted.reason) {
            Ok(assignment) => asked.push(assignment),
            Err(finding) => report.push(finding),
        }
    }
    for path in wanted.unset {
        let text = Source::new("arguments", path.as_str());
        asked.push(Assignment {
            path: At::new(path.clone(), Span::new(&text, 0..path.len())),
            to: None,
            reason: wanted.reason.map(str::to_owned),
            remark: None,
        });
    }
    if wanted.follow {
        let more = followers(source, &asked);
        asked.extend(more);
    }
    (report.errors() == before).then_some(asked)
}

/// The assignments that were asked for, and the deal with them, checked; `None` if there is none.
pub(super) fn apply(
    source: &Arc<Source>,
    wanted: &Wanted<'_>,
    report: &mut Report,
) -> (Vec<Assignment>, Option<Edited>) {
    let Some(asked) = asked(source, wanted, report) else {
        return (Vec::new(), None);
    };
    let edited = rewrite(source, &asked, report);
    if let Some(edited) = &edited {
        crate::deal::check::check(&edited.deal, report);
    }
    (asked, edited)
}

/// What must follow the assignments and is not among them.
fn followers(source: &Arc<Source>, asked: &[Assignment]) -> Vec<Assignment> {
    if asked.is_empty() {
        return Vec::new();
    }
    let Some(deal) = Deal::read(source, &mut Report::new()) else {
        return Vec::new();
    };
    let paths = whole_paths(source, asked);
    let mut more: Vec<Assignment> = Vec::new();
    for (assignment, path) in asked.iter().zip(&paths) {
        let Some(to) = &assignment.to else { continue };
        for (path, value) in following(&deal, path, to.as_str()) {
            if !paths.contains(&path) {
                more.push(Assignment {
                    path: At::new(path, assignment.path.span.clone()),
                    to: Some(At::new(value, to.span.clone())),
                    reason: assignment.reason.clone(),
                    remark: None,
                });
            }
        }
    }
    more
}

/// Does to the findings what `engross.toml` says.
pub(super) fn settle(settings: Option<&Settings>, edited: Option<&Edited>, report: &mut Report) {
    if let Some(settings) = settings {
        let run = settings::Run {
            deal: edited.map(|edited| &edited.deal),
            complete: false,
            own: false,
        };
        settings::apply(settings, run, report);
    }
}

fn refuse(report: &Report, style: Style) -> anyhow::Result<Outcome> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. Nothing was changed.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}

/// Names the neighbours that would have to follow, if that is what is wrong.
fn hint(source: &Arc<Source>, asked: &[Assignment], report: &Report) -> anyhow::Result<()> {
    let broken = report
        .sorted()
        .iter()
        .any(|found| matches!(found.code, Code::TierGap | Code::TierOverlap));
    let more = followers(source, asked);
    if broken && !more.is_empty() {
        let pairs: Vec<String> = more
            .iter()
            .map(|one| {
                let to = one.to.as_ref().map_or("", |to| to.as_str());
                format!("{}=\"{to}\"", one.path.value)
            })
            .collect();
        writeln!(
            std::io::stderr(),
            "What must follow: {}. Add it to the command, or `--follow`.",
            pairs.join(" ")
        )?;
    }
    Ok(())
}

/// `  economics.tiers.tier.1.to   USD 250000 -> USD 200000`, a line for each.
pub(super) fn lines(changes: &[Changed]) -> String {
    let rows: Vec<Vec<String>> = changes
        .iter()
        .filter(|change| change.differs())
        .map(|change| {
            let value = |text: &Option<String>| {
                text.as_ref().map_or("(left out)".to_owned(), |text| {
                    super::drafted::on_one_line(text)
                })
            };
            vec![
                change.path.clone(),
                format!("{} -> {}", value(&change.from), value(&change.to)),
            ]
        })
        .collect();
    super::drafted::columns(&rows, "  ")
}
