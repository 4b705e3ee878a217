//! Leads and activations that wait for a decision at a gate, and what silence makes of them.
//!
//! In: what was sent and what was decided. Out: how many wait, and a warning for each whose time is over: the deal
//! says what silence means then, and no row does. Nothing is counted by silence alone, as only the parties know whether
//! everything that the criteria ask for had arrived.

use super::claims::after;
use super::column::Column;
use super::event::{Event, Row};
use crate::deal::{Deal, EventKind, Gate, Silence};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Calendar, Date};
use std::collections::BTreeMap;

/// What waits for a decision, by account; the second value is whether it is a lead.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    open: BTreeMap<(u32, bool), Vec<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    row: Row,
    /// The last day on which it can be decided, and what silence means then; none without a gate.
    gate: Option<(Date, Silence)>,
}

/// How many warnings are told.
const TOLD: usize = 20;

impl Decisions {
    /// How many wait.
    pub(super) fn waiting(&self) -> u64 {
        self.open.values().map(|all| all.len() as u64).sum()
    }

    /// Something was sent to a gate.
    pub(super) fn sent(&mut self, account: u32, event: &Event, deal: &Deal, calendar: &Calendar) {
        let lead = event.kind == EventKind::Lead;
        let gate = gate(deal, lead).map(|gate| {
            let last = after(calendar, event.date, gate.window.value);
            (last, gate.silence.value)
        });
        let row = event.row.clone();
        let all = self.open.entry((account, lead)).or_default();
        all.push(Waiting { row, gate });
    }

    /// Something was decided. A decision that came too late and is another than silence was is told.
    pub(super) fn decided(&mut self, account: u32, event: &Event) -> Option<Diagnostic> {
        let (lead, accepted) = decision(event.kind)?;
        let all = self.open.get_mut(&(account, lead))?;
        let item = event.cell(Column::Item);
        let same = |waiting: &Waiting| waiting.row.cell(Column::Item) == item;
        let place = all.iter().position(same).unwrap_or(0);
        if place >= all.len() {
            return None;
        }
        let waiting = all.remove(place);
        let (last, silence) = waiting.gate?;
        let other = match silence {
            Silence::Accepted => !accepted,
            Silence::Rejected => accepted,
            Silence::Escalated => false,
        };
        (last < event.date && other).then(|| {
            Diagnostic::warning(
                Code::GateUndecided,
                &event.row.span(Column::Kind),
                format!(
                    "`{}` could be decided until {}, and silence then counted as {}",
                    event.account(),
                    last.print(),
                    silence.as_str()
                ),
            )
            .also(&waiting.row.span(Column::Date), "it was sent here")
            .help("agree which of the two holds: add the row of what silence was, or correct the date of the decision")
        })
    }

    /// Everything whose time to be decided was over on a day.
    pub(super) fn overdue(&self, on: Date) -> Overdue {
        let waiting = self
            .open
            .iter()
            .flat_map(|((_, lead), all)| all.iter().map(move |one| (*lead, one)));
        let mut overdue = Overdue::default();
        for (lead, one) in waiting {
            if let Some((last, silence)) = one.gate
                && last < on
            {
                overdue.count += 1;
                overdue.first.push((last, silence, lead, one.row.clone()));
                if overdue.first.len() >= TOLD * 8 {
                    overdue.shorten();
                }
            }
        }
        overdue.shorten();
        overdue
    }
}

/// What nobody decided in time.
#[derive(Debug, Default)]
pub(super) struct Overdue {
    count: usize,
    /// The first of it, by the last day on which it could be decided.
    first: Vec<(Date, Silence, bool, Row)>,
}

impl Overdue {
    fn shorten(&mut self) {
        self.first.sort_by(|one, two| {
            (one.0, &one.3.file, one.3.line).cmp(&(two.0, &two.3.file, two.3.line))
        });
        self.first.truncate(TOLD);
    }

    /// Takes in what another ledger has.
    pub(super) fn append(&mut self, mut other: Overdue) {
        self.count += other.count;
        self.first.append(&mut other.first);
        self.shorten();
    }

    /// A warning for each.
    pub(super) fn told(self) -> Vec<Diagnostic> {
        let more = self.count - self.first.len();
        let mut told: Vec<Diagnostic> = self
            .first
            .iter()
            .map(|(last, silence, lead, row)| said(*last, *silence, *lead, row))
            .collect();
        if more > 0
            && let Some(last) = told.pop()
        {
            told.push(last.note(format!("and {more} more that nobody decided in time")));
        }
        told
    }
}

fn said(last: Date, silence: Silence, lead: bool, row: &Row) -> Diagnostic {
    let (accepted, rejected) = if lead {
        ("lead-accepted", "lead-rejected")
    } else {
        ("activation", "activation-rejected")
    };
    let (means, help) = match silence {
        Silence::Accepted => (
            "silence means that it was accepted",
            format!(
                "if everything had arrived, add a row `{accepted}` dated {}",
                last.iso()
            ),
        ),
        Silence::Rejected => (
            "silence means that it was rejected",
            format!(
                "if everything had arrived, add a row `{rejected}` dated {}",
                last.iso()
            ),
        ),
        Silence::Escalated => (
            "it goes to the first level of the escalation ladder",
            format!("add the decision once it is made, as a row `{accepted}` or `{rejected}`"),
        ),
    };
    Diagnostic::warning(
        Code::GateUndecided,
        &row.span(Column::Account),
        format!(
            "nobody decided on `{}` until {}, and {means}; it does not count yet",
            row.cell(Column::Account),
            last.print()
        ),
    )
    .help(help)
}

/// Whether a decision is about a lead, and whether it is a yes.
fn decision(kind: EventKind) -> Option<(bool, bool)> {
    let decisions = [
        (EventKind::LeadAccepted, (true, true)),
        (EventKind::LeadRejected, (true, false)),
        (EventKind::Activation, (false, true)),
        (EventKind::ActivationRejected, (false, false)),
    ];
    let found = decisions.into_iter().find(|(known, _)| *known == kind);
    found.map(|(_, decision)| decision)
}

/// The gate of leads, or of activations.
fn gate(deal: &Deal, lead: bool) -> Option<&Gate> {
    let word = if lead { "lead" } else { "activation" };
    deal.gate
        .iter()
        .find(|gate| gate.id.as_str().contains(word))
}
