//! Leads and activations that wait for a decision at a gate, and what silence makes of them.
//!
//! In: what was sent and what was decided. Out: for each whose time is over, the decision that the deal takes silence
//! for, as an event of the last day of that time. A row that says that something was sent says that everything had
//! arrived which the criteria ask for. What silence sends to the escalation ladder stays open, and is told.

use super::claims::after;
use super::column::Column;
use super::event::{Event, Row};
use super::warnings::TOLD;
use crate::deal::{Deal, EventKind, Gate, Silence};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Calendar, Date};
use std::collections::BTreeMap;

/// What waits for a decision, by account; the second value is whether it is a lead.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    open: BTreeMap<(u32, bool), Vec<Waiting>>,
    /// What silence decided, for decisions that come too late.
    silent: BTreeMap<(u32, bool), Vec<Waiting>>,
    /// The earliest last day of those that silence decides.
    next: Option<Date>,
    /// How many were sent, and how many of them somebody decided in time.
    sent: u64,
    answered: u64,
}

#[derive(Debug)]
struct Waiting {
    row: Row,
    /// How many were sent before it.
    number: u64,
    /// The last day on which it can be decided, and what silence means then; none without a gate.
    gate: Option<(Date, Silence)>,
}

impl Waiting {
    /// The last day, and what silence decides then; none if it decides nothing.
    fn decides(&self, lead: bool) -> Option<(Date, EventKind)> {
        let (last, silence) = self.gate?;
        let kind = match (silence, lead) {
            (Silence::Accepted, true) => EventKind::LeadAccepted,
            (Silence::Accepted, false) => EventKind::Activation,
            (Silence::Rejected, true) => EventKind::LeadRejected,
            (Silence::Rejected, false) => EventKind::ActivationRejected,
            (Silence::Escalated, _) => return None,
        };
        Some((last, kind))
    }
}

/// What a decision is to what silence decided before it.
#[derive(Debug)]
pub(super) enum Timely {
    /// It came in time, or silence decided nothing.
    Counts,
    /// Silence had rejected, and this accepts: it counts from its own day, and is told.
    Otherwise(Diagnostic),
    /// Silence had decided, and this changes nothing; it is told if it says something else.
    TooLate(Option<Diagnostic>),
}

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
        let waiting = Waiting {
            row: event.row.clone(),
            number: self.sent,
            gate,
        };
        self.sent += 1;
        if let Some((last, _)) = waiting.decides(lead) {
            self.next = Some(self.next.map_or(last, |next| next.min(last)));
        }
        let all = self.open.entry((account, lead)).or_default();
        all.push(waiting);
    }

    /// How many were sent so far.
    pub(super) fn sent_so_far(&self) -> u64 {
        self.sent
    }

    /// How many rows are kept.
    pub(super) fn kept(&self) -> u64 {
        self.sent - self.answered
    }

    /// What silence decided before a day, in the order of the last days and then as it was sent; each with the number
    /// of what was sent, from 0.
    ///
    /// # Source
    ///
    /// Clause `gates`, its table, and `gate-decisions` on when the time begins.
    pub(super) fn spoken(&mut self, before: Date) -> Vec<(u64, Event)> {
        let mut events = Vec::new();
        if self.next.is_none_or(|next| next >= before) {
            return events;
        }
        self.next = None;
        for ((account, lead), all) in &mut self.open {
            let mut place = 0;
            while place < all.len() {
                let Some((last, kind)) = all[place].decides(*lead) else {
                    place += 1;
                    continue;
                };
                if last >= before {
                    self.next = Some(self.next.map_or(last, |next| next.min(last)));
                    place += 1;
                    continue;
                }
                let waiting = all.remove(place);
                let event = Event {
                    date: last,
                    kind,
                    amount: None,
                    attribution: None,
                    by_silence: true,
                    row: waiting.row.clone(),
                };
                events.push((waiting.number, event));
                let known = self.silent.entry((*account, *lead)).or_default();
                known.push(waiting);
            }
        }
        self.open.retain(|_, all| !all.is_empty());
        events.sort_by_key(|(number, event)| (event.date, *number));
        events
    }

    /// Something was decided by somebody.
    pub(super) fn decided(&mut self, account: u32, event: &Event) -> Timely {
        let Some((lead, accepted)) = decision(event.kind) else {
            return Timely::Counts;
        };
        let item = event.cell(Column::Item);
        let same = |waiting: &Waiting| waiting.row.cell(Column::Item) == item;
        if let Some(all) = self.open.get_mut(&(account, lead)) {
            let place = all.iter().position(same).unwrap_or(0);
            if place < all.len() {
                all.remove(place);
                self.answered += 1;
                return Timely::Counts;
            }
        }
        let silent = self.silent.get(&(account, lead));
        let Some(before) = silent.and_then(|all| all.iter().rfind(|one| same(one))) else {
            return Timely::Counts;
        };
        let Some((last, silence)) = before.gate else {
            return Timely::Counts;
        };
        let told = |means: &str, help: &str| {
            Diagnostic::warning(
                Code::GateUndecided,
                &event.row.span(Column::Kind),
                format!(
                    "`{}` could be decided until {}, and silence counted as {}: {means}",
                    event.account(),
                    last.print(),
                    silence.as_str()
                ),
            )
            .also(&before.row.span(Column::Date), "it was sent here")
            .help(help)
        };
        match (silence, accepted) {
            (Silence::Rejected, true) => Timely::Otherwise(told(
                "this acceptance counts from its own day",
                "correct the date if it was decided in time, or leave the row out if silence is to hold",
            )),
            (Silence::Accepted, false) => Timely::TooLate(Some(told(
                "this rejection changes nothing",
                "correct the date if it was decided in time, or leave the row out",
            ))),
            (Silence::Accepted, true) | (Silence::Rejected, false) => Timely::TooLate(None),
            (Silence::Escalated, _) => Timely::Counts,
        }
    }

    /// Everything whose time to be decided was over on a day, and which silence sends to the ladder.
    pub(super) fn overdue(&self, on: Date) -> Overdue {
        let waiting = self
            .open
            .iter()
            .flat_map(|((_, lead), all)| all.iter().map(move |one| (*lead, one)));
        let mut overdue = Overdue::default();
        for (lead, one) in waiting {
            if let Some((last, Silence::Escalated)) = one.gate
                && last < on
            {
                overdue.count += 1;
                overdue.first.push((last, lead, one.row.clone()));
                if overdue.first.len() >= TOLD * 8 {
                    overdue.shorten();
                }
            }
        }
        overdue.shorten();
        overdue
    }
}

/// What nobody decided in time, and which waits on the escalation ladder.
#[derive(Debug, Default)]
pub(super) struct Overdue {
    count: usize,
    /// The first of it, by the last day on which it could be decided.
    first: Vec<(Date, bool, Row)>,
}

impl Overdue {
    fn shorten(&mut self) {
        self.first.sort_by(|one, two| {
            (one.0, &one.2.file, one.2.line).cmp(&(two.0, &two.2.file, two.2.line))
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
            .map(|(last, lead, row)| said(*last, *lead, row))
            .collect();
        if more > 0
            && let Some(last) = told.pop()
        {
            told.push(last.note(format!("and {more} more that nobody decided in time")));
        }
        told
    }
}

fn said(last: Date, lead: bool, row: &Row) -> Diagnostic {
    let (accepted, rejected) = if lead {
        ("lead-accepted", "lead-rejected")
    } else {
        ("activation", "activation-rejected")
    };
    Diagnostic::warning(
        Code::GateUndecided,
        &row.span(Column::Account),
        format!(
            "nobody decided on `{}` until {}, and it goes to the first level of the escalation ladder; it does not count yet",
            row.cell(Column::Account),
            last.print()
        ),
    )
    .help(format!("add the decision once it is made, as a row `{accepted}` or `{rejected}`"))
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

/// The gate of leads and referrals, or of activations.
pub fn gate(deal: &Deal, lead: bool) -> Option<&Gate> {
    let words: &[&str] = if lead {
        &["lead", "referral"]
    } else {
        &["activation"]
    };
    let named = |gate: &&Gate| words.iter().any(|word| gate.id.as_str().contains(word));
    deal.gate.iter().find(named)
}
