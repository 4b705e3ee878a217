//! Ledgers of parts of the accounts, one after the other.
//!
//! In: the events of one part after the other, each part as a run takes them. Out: what they mean, in one order for all
//! parts; what each ledger knew of its accounts at the end of each statement's time; metrics, warnings, rejected rows.

use super::Room;
use super::part::Part;
use super::parts::{Days, among};
use super::record::{Codec, Entry};
use super::shelf::{facts, facts_key};
use super::sort::Sorter;
use crate::deal::{Computation, EventKind, FromEvents};
use crate::diagnostic::Diagnostic;
use crate::events::account::Account;
use crate::events::decisions::Overdue;
use crate::events::event::{Event, Rejected};
use crate::events::ledger::What;
use crate::events::metrics::Gauges;
use crate::events::statements::Statements;
use crate::events::time::Time;
use crate::events::warnings::Warnings;
use crate::units::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// Rows whose id stood before: file and line, with the place of the first.
pub(super) type Twice = BTreeMap<(Arc<str>, u64), String>;

/// The ledger of the part that is gone through, and what came of those before it.
pub(super) struct Ledgers<'a, 's> {
    statements: &'s Statements<'a>,
    twice: Twice,
    times: Vec<Time>,
    days: Days,
    /// The kinds of events that tiers or a prize count.
    counted: BTreeSet<EventKind>,

    part: Part<'a, 's>,
    time: usize,
    /// For each account the place of its first event among all, and whether it was touched in this time.
    born: Vec<u64>,
    is_touched: Vec<bool>,
    touched: Vec<u32>,

    pub(super) came: Came<'a>,
}

/// What came of all parts.
pub(super) struct Came<'a> {
    pub(super) entries: Sorter,
    pub(super) facts: Sorter,
    pub(super) gauges: Gauges<'a>,
    /// How many events there were in each statement's time, those about the statements themselves aside.
    pub(super) in_times: Vec<u64>,
    pub(super) later: u64,
    pub(super) accounts: u64,
    pub(super) pending: u64,
    pub(super) overdue: Overdue,
    /// How many silence decided in the time of the statement.
    pub(super) by_silence: u64,
    /// The first decision by silence that does not fit its row: its place, its day, and why.
    pub(super) broken: Option<(u128, Date, Diagnostic)>,
    pub(super) warnings: Warnings,
    /// Rejected rows, with their day if a run that came to a stop before it would not have looked at them.
    pub(super) rejected: Vec<(Option<Date>, Rejected)>,
}

impl<'a, 's> Ledgers<'a, 's> {
    pub(super) fn new(
        statements: &'s Statements<'a>,
        gauges: Gauges<'a>,
        twice: Twice,
        days: Days,
        room: &Rc<dyn Room>,
    ) -> Ledgers<'a, 's> {
        let times = statements.course.until(statements.target.to);
        let metrics = statements.versions.iter().flat_map(|version| {
            let economics = version.deal.economics.as_ref();
            let tiers = economics.and_then(|terms| terms.tiers.as_ref());
            let spiff = economics.and_then(|terms| terms.spiff.as_ref());
            let ids = [
                tiers.map(|tiers| tiers.metric.id()),
                spiff.map(|spiff| spiff.metric.id()),
            ];
            let metrics = ids.into_iter().flatten();
            metrics.filter_map(|id| version.deal.metric(id)?.from_events.as_ref())
        });
        let counts = |terms: &&FromEvents| terms.computes.value == Computation::Count;
        let kinds = metrics
            .filter(counts)
            .filter_map(|terms| terms.kind.as_ref());
        Ledgers {
            twice,
            days,
            counted: kinds.map(|kind| kind.value).collect(),
            part: Part::new(&statements.versions, days),
            time: 0,
            born: Vec::new(),
            is_touched: Vec::new(),
            touched: Vec::new(),
            came: Came {
                entries: Sorter::new(room),
                facts: Sorter::new(room),
                gauges,
                in_times: vec![0; times.len()],
                later: 0,
                accounts: 0,
                pending: 0,
                overdue: Overdue::default(),
                by_silence: 0,
                broken: None,
                warnings: Warnings::default(),
                rejected: Vec::new(),
            },
            times,
            statements,
        }
    }

    /// Takes in the next event of the part; `place` orders it among all.
    pub(super) fn take(&mut self, event: &Event, place: u64, codec: &mut Codec) {
        if !self.twice.is_empty() {
            let here = (Arc::clone(&event.row.file), event.row.line);
            if let Some(first) = self.twice.get(&here) {
                let rejected = Rejected::twice(event, first);
                self.came.rejected.push((None, rejected));
                return;
            }
        }
        if let Err(finding) = self.statements.begun(event) {
            let rejected = Rejected::event(event, finding);
            self.came.rejected.push((None, rejected));
            return;
        }
        if event.date > self.statements.target.to {
            self.came.later += 1;
            return;
        }
        self.hear(event.date, codec);
        self.accept(event, among(place), place, codec);
    }

    /// Takes in what silence decided before a day.
    fn hear(&mut self, before: Date, codec: &mut Codec) {
        for spoken in self.part.spoken(before) {
            self.accept(&spoken.event, spoken.key, spoken.sent, codec);
        }
    }

    /// Takes in an event, or what silence decided; `key` orders it among all, `place` is that of the row.
    fn accept(&mut self, event: &Event, key: u128, place: u64, codec: &mut Codec) {
        while event.date > self.times[self.time].to {
            self.end_time();
            self.time += 1;
        }
        let taken = self.part.take(event, place);
        if self.part.ledger.accounts.len() > self.born.len() {
            self.born.push(place);
            self.is_touched.push(false);
        }
        for warning in self.part.ledger.warnings.drain(..) {
            self.came.warnings.push(key, warning);
        }
        let at = match &taken {
            Ok(entry) => entry.account,
            Err(_) => self.part.ledger.place(event.account()),
        };
        if let Some(at) = at
            && !std::mem::replace(&mut self.is_touched[at as usize], true)
        {
            self.touched.push(at);
        }
        let entry = match taken {
            Ok(entry) => entry,
            Err(finding) if event.by_silence => {
                let first = self.came.broken.as_ref();
                if first.is_none_or(|(first, _, _)| key < *first) {
                    self.came.broken = Some((key, event.date, finding));
                }
                return;
            }
            Err(finding) => {
                let rejected = Rejected::event(event, finding);
                self.came.rejected.push((Some(event.date), rejected));
                return;
            }
        };
        let account = self.part.ledger.of(&entry);
        // Whether the books take it is known when all parts come together.
        let books = about_statements(event.kind);
        if !books {
            self.came.gauges.note(event, entry.what, account, key);
        }
        if event.by_silence {
            self.came.by_silence += u64::from(event.date >= self.statements.target.from);
        } else if !books {
            self.came.in_times[self.time] += 1;
        }
        if books || self.matters(event, entry.what, account) {
            let account = entry.account.zip(account);
            let entry = Entry {
                what: entry.what,
                account: account.map(|(at, account)| (self.born[at as usize], account)),
            };
            self.came
                .entries
                .push(key, |out| codec.entry(out, event, &entry));
        }
    }

    /// Whether pay asks for the event.
    fn matters(&self, event: &Event, what: What, account: Option<&Account>) -> bool {
        match what {
            What::Revenue { .. } | What::Activated | What::Accepted | What::Left => true,
            What::Repeated | What::Spent(_) | What::Noted | What::TooLate => {
                let marks = [EventKind::Disengaged, EventKind::Milestone];
                marks.contains(&event.kind)
                    || self.counted.contains(&event.kind)
                    || account.is_some_and(|account| account.disengaged.is_some())
            }
        }
    }

    /// Writes down what is known of the accounts that were touched in the time of a statement.
    fn end_time(&mut self) {
        for at in self.touched.drain(..) {
            let at = at as usize;
            self.is_touched[at] = false;
            let account = &self.part.ledger.accounts[at];
            let key = facts_key(self.time, self.born[at]);
            self.came.facts.push(key, |out| facts(out, account));
        }
    }

    /// Ends a part.
    pub(super) fn end(&mut self, codec: &mut Codec) {
        let last = self.statements.target.to;
        self.hear(last.plus_days(1), codec);
        self.end_time();
        // Measures are taken when the time ends, by the terms of that day.
        self.part.amend(last);
        self.came.gauges.gone_through(&self.part.ledger);
        self.came.accounts += self.part.ledger.accounts.len() as u64;
        self.came.pending += self.part.ledger.pending();
        let overdue = self.part.ledger.overdue(last);
        self.came.overdue.append(overdue);
        self.part = Part::new(&self.statements.versions, self.days);
        self.time = 0;
        self.born.clear();
        self.is_touched.clear();
    }
}

/// Whether an event is about statements, and so in the books.
pub(super) fn about_statements(kind: EventKind) -> bool {
    [
        EventKind::Statement,
        EventKind::Payment,
        EventKind::Dispute,
        EventKind::Settlement,
        EventKind::SetOff,
        EventKind::Credit,
    ]
    .contains(&kind)
}
