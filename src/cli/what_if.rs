//! `engross what-if`: what a change would come to for both sides. Nothing is written.

use super::set::{self, Wanted};
use super::{Outcome, check, drafted, files, show};
use crate::deal::Deal;
use crate::diagnostic::{Diagnostic, Report, Style};
use crate::economics::{self, Case, Outcome as Sides, Results};
use crate::units::{Money, Numerals};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The deal: a `deal.toml`, a folder that holds one, or `-` for standard input
    #[arg(value_name = "DEAL")]
    deal: PathBuf,

    /// What would change: the path of a term, `=`, and its new value
    #[arg(value_name = "PATH=VALUE", required_unless_present = "unset")]
    assignments: Vec<String>,

    /// Take a term out
    #[arg(long, value_name = "PATH")]
    unset: Vec<String>,

    /// Let what must follow a term follow it: a tier begins where the one before it ends
    #[arg(long)]
    follow: bool,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let (path, folder) = files::deal_path(&args.deal)?;
    let mut before = Report::new();
    let source = files::source(&path, &mut before)?;
    let settings = files::settings(&folder, &mut before)?;
    let Some((source, old)) = source.and_then(|(source, _)| {
        let deal = Deal::read(&source, &mut before)?;
        Some((source, deal))
    }) else {
        show(&before, style)?;
        return Ok(Outcome::Findings);
    };
    crate::deal::check::check(&old, &mut before);
    let mut report = Report::new();
    let wanted = Wanted {
        assignments: &args.assignments,
        unset: &args.unset,
        reason: None,
        follow: args.follow,
    };
    let (_, edited) = set::apply(&source, &wanted, &mut report);
    set::settle(settings.as_ref(), edited.as_ref(), &mut report);
    let Some(edited) = edited else {
        show(&report, style)?;
        writeln!(
            std::io::stderr(),
            "{}. There is no such deal to compare with.",
            check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "Terms")?;
    let terms = set::lines(&edited.changes);
    write!(
        out,
        "{}",
        if terms.is_empty() {
            "  none changes\n"
        } else {
            &terms
        }
    )?;
    let results = (economics::results(&old), economics::results(&edited.deal));
    if let (Ok(Some(old_results)), Ok(Some(new_results))) = results {
        writeln!(out, "Results")?;
        let numerals = edited.deal.numerals();
        write!(
            out,
            "{}",
            sides(&edited.deal, &old_results, &new_results, &numerals)
        )?;
    }
    let (new, gone) = difference(&before, &report);
    match (new.len(), gone) {
        (0, 0) => writeln!(out, "Findings: none that the deal does not have already.")?,
        (new, gone) => writeln!(out, "Findings: {new} new, {gone} gone.")?,
    }
    writeln!(out, "Nothing was written.")?;
    drop(out);
    let mut told = Report::new();
    for finding in new {
        told.push(finding);
    }
    show(&told, style)?;
    // With an error in it the deal could not be drafted, so it is no deal to offer.
    Ok(if told.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// The findings that are new, and how many are gone.
fn difference(before: &Report, after: &Report) -> (Vec<Diagnostic>, usize) {
    let same =
        |one: &Diagnostic, two: &Diagnostic| one.code == two.code && one.message == two.message;
    let old = before.sorted();
    let new = after.sorted();
    let added = new
        .iter()
        .filter(|finding| !old.iter().any(|other| same(other, finding)))
        .map(|finding| (*finding).clone())
        .collect();
    let gone = old
        .iter()
        .filter(|finding| !new.iter().any(|other| same(other, finding)))
        .count();
    (added, gone)
}

/// Both sides' results before and after, a row for each number that the deal tells.
fn sides(deal: &Deal, old: &Results, new: &Results, numerals: &Numerals) -> String {
    let party = |id: &str| {
        deal.party(id)
            .map_or("", |party| party.short.as_str())
            .to_owned()
    };
    let payee = deal
        .economics
        .as_ref()
        .map_or(String::new(), |pay| party(pay.payee.id()));
    let company = deal
        .side(crate::deal::Side::Company)
        .map_or("", |party| party.short.as_str());
    let partner = deal
        .side(crate::deal::Side::Partner)
        .map_or("", |party| party.short.as_str());
    let mut head = vec![String::new()];
    head.extend(new.outcomes.iter().map(|outcome| {
        match outcome.case {
            Case::Low => "low",
            Case::Expected => "expected",
            Case::High => "high",
        }
        .to_owned()
    }));
    let mut rows = vec![head];
    let mut row = |name: String, of: &dyn Fn(&Sides) -> Option<Money>| {
        let mut cells = vec![name];
        for (old, new) in old.outcomes.iter().zip(&new.outcomes) {
            let (Some(old), Some(new)) = (of(old), of(new)) else {
                return;
            };
            cells.push(if old == new {
                format!("{} (same)", new.print_exact(numerals))
            } else {
                format!(
                    "{} -> {}",
                    old.print_exact(numerals),
                    new.print_exact(numerals)
                )
            });
        }
        rows.push(cells);
    };
    row(format!("{payee} is paid"), &|outcome| Some(outcome.payout));
    row(format!("{company} keeps"), &|outcome| outcome.company);
    row(format!("{partner} keeps"), &|outcome| outcome.partner);
    drafted::columns(&rows, "  ")
}
