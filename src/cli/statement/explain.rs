//! `engross explain-line`: every event and every step behind a line of a statement.

use super::gather::gather;
use super::terms::Terms;
use super::{Which, refuse};
use crate::cli::Outcome;
use crate::cli::drafted::{columns, drafted};
use crate::diagnostic::{Report, Style};
use crate::draft::statement::{clause, event, name, place, step};
use crate::economics::Base;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct LineArgs {
    #[command(flatten)]
    which: Which,

    /// The number of the line on the statement
    #[arg(long, value_name = "NUMBER")]
    line: usize,
}

pub(in crate::cli) fn explain(args: &LineArgs, style: Style) -> anyhow::Result<Outcome> {
    let Some(mut work) = drafted(&args.which.deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut report = Report::new();
    let out = super::statements(&work.folder).join(&args.which.period);
    let Some(terms) = Terms::of(&args.which, &mut work, &mut report)? else {
        return refuse(&report, &[], &out, style);
    };
    let gathered = gather(&args.which, &work, &terms, usize::MAX, &mut report)?;
    let Some(made) = gathered.made.as_ref().filter(|_| !report.has_errors()) else {
        return refuse(&report, &gathered.rejected, &out, style);
    };
    let lines = &made.closed.statement.lines;
    let Some(line) = args.line.checked_sub(1).and_then(|index| lines.get(index)) else {
        let mut err = std::io::stderr().lock();
        writeln!(
            err,
            "error: the statement {} has {}\n  help: name one from 1 to {}",
            made.closed.time.name,
            crate::cli::counted(lines.len(), "line"),
            lines.len()
        )?;
        return Ok(Outcome::Misused);
    };
    let numerals = work.deal.numerals();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Line {} of statement {}: {}, {}",
        args.line,
        made.closed.time.name,
        name(line, made, &work.deal, &work.library),
        line.paid.print_exact(&numerals)
    )?;
    let clause = clause(line.model).parse();
    if let Some(place) = clause.ok().and_then(|clause| place(&work.draft, &clause)) {
        writeln!(out, "{place}")?;
    }
    writeln!(out)?;
    for one in &line.trace {
        writeln!(
            out,
            "  {}",
            step(one, made.deal(line, &work.deal), &work.library.statement)
        )?;
    }
    let rows: Vec<Vec<String>> = made
        .contributions
        .iter()
        .filter(|one| made.leads(one.stretch, one.pays, line, &work.deal))
        .map(|one| {
            vec![
                one.date.iso(),
                event(one, &work.library.statement),
                one.account.clone(),
                match one.base {
                    Base::Money(money) => money.print_exact(&numerals),
                    Base::Count(count) => numerals.print_whole(count),
                },
                format!("{}:{}", one.file, one.line),
            ]
        })
        .collect();
    writeln!(out)?;
    if rows.is_empty() {
        writeln!(out, "{}", work.library.statement.no_events)?;
    } else {
        writeln!(out, "{}:", crate::cli::counted(rows.len(), "event"))?;
        out.write_all(columns(&rows, "  ").as_bytes())?;
    }
    Ok(Outcome::Clean)
}
