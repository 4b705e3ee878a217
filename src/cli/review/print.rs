//! What `engross review` says on a terminal.

use super::super::drafted::columns;
use super::super::package::PackageFile;
use super::super::{files, set};
use super::restated::Made;
use crate::deal::edit::Edited;
use crate::draft::papers::ChangeSeen;
use crate::events::divided;
use crate::review::effect::mark;
use crate::review::exclusivity::State;
use crate::review::telling::Meeting;
use std::io::Write;
use std::path::Path;

/// Prints what the period came to, what changes, and what was written.
pub(super) fn print(
    meeting: &Meeting<'_>,
    terms: &[ChangeSeen],
    made: &Made,
    edited: &Edited,
    out: &Path,
    files: &[PackageFile],
) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    let evaluation = meeting.evaluation;
    let period = evaluation.period;
    let numerals = meeting.new.numerals();
    let metric = |id: &str| {
        meeting
            .new
            .metric(id)
            .map_or("", |metric| metric.name.as_str())
            .to_owned()
    };
    writeln!(
        stdout,
        "{} of {} ({} to {}), held on {}",
        if period.early.is_some() {
            "Early review"
        } else {
            "Review"
        },
        meeting.time(),
        period.from.print(),
        period.to.print(),
        meeting.on.print()
    )?;
    let mut rows = Vec::new();
    for found in &evaluation.triggers {
        let result = if period.early.is_some() {
            if found.reached {
                "reached so far".to_owned()
            } else {
                "not reached so far".to_owned()
            }
        } else if found.fires {
            "fired".to_owned()
        } else if found.spent {
            "has done its work".to_owned()
        } else if found.reached {
            let needed = found
                .trigger
                .in_a_row
                .as_ref()
                .map_or(1, |count| count.number);
            format!("reached, {} of {needed} in a row", found.run)
        } else {
            "not reached".to_owned()
        };
        rows.push(vec![
            found.trigger.id.as_str().to_owned(),
            metric(found.trigger.metric.id()),
            meeting.figure(Some(&found.figure)),
            mark(found, meeting.library, &numerals),
            result,
        ]);
    }
    if let Some(standing) = &evaluation.exclusivity {
        rows.push(vec![
            "exclusivity".to_owned(),
            metric(standing.exclusivity.commitment.metric.id()),
            meeting.figure(Some(&standing.figure)),
            match standing.state {
                State::Reverted | State::Regained if standing.exclusivity.regained_by.is_some() => {
                    format!("{} win it back", standing.amount.print(&numerals))
                }
                State::Granted
                | State::AtRisk
                | State::InCure
                | State::Missed
                | State::Reverted
                | State::Regained
                | State::Ended => format!(
                    "{} by {}",
                    standing.amount.print(&numerals),
                    standing.due.print()
                ),
            },
            standing.state.word().to_owned(),
        ]);
    }
    for found in &evaluation.guarantees {
        let Some(figure) = &found.figure else {
            continue;
        };
        rows.push(vec![
            "guarantee".to_owned(),
            found.guarantee.name.to_string(),
            meeting.figure(Some(figure)),
            found.guarantee.threshold.print(&numerals),
            match (found.over, found.applies) {
                (true, _) => "time is over",
                (false, Some(true)) => "applies",
                (false, Some(false)) => "does not apply",
                (false, None) => "for the meeting to judge",
            }
            .to_owned(),
        ]);
    }
    write!(stdout, "{}", columns(&rows, "  "))?;
    let changed = set::lines(&edited.changes);
    match made.amendment {
        Some(number) => {
            writeln!(
                stdout,
                "Amendment No. {number}, effective {}",
                meeting.from.print()
            )?;
            let terms: Vec<Vec<String>> = terms
                .iter()
                .map(|term| vec![term.term.clone(), format!("{} -> {}", term.was, term.now)])
                .collect();
            write!(stdout, "{}", columns(&terms, "  "))?;
            if let Some(time) = divided(meeting.old, meeting.new, meeting.from) {
                writeln!(
                    stdout,
                    "It divides the statement {}: what is earned up to {} is paid by the terms before. From {} on it would divide none.",
                    time.name,
                    meeting.from.plus_days(-1).print(),
                    time.to.plus_days(1).print()
                )?;
            }
        }
        None if changed.is_empty() && period.early.is_some() => writeln!(
            stdout,
            "No term changes: triggers are checked at the regular reviews."
        )?,
        None if changed.is_empty() => writeln!(stdout, "No term changes.")?,
        None => writeln!(stdout, "No exhibit changes.")?,
    }
    let mut names: Vec<&str> = Vec::new();
    for file in files {
        let stem = file
            .name
            .rsplit_once('.')
            .map_or(file.name.as_str(), |(stem, _)| stem);
        if !names.contains(&stem) {
            names.push(stem);
        }
    }
    writeln!(stdout, "Wrote {}/: {}", files::shown(out), names.join(", "))?;
    writeln!(stdout, "The master is byte for byte what was signed.")?;
    Ok(())
}
