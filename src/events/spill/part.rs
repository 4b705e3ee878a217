//! The ledger of one part of the accounts.
//!
//! In: the events of the part, in the order of their days. Out: what each means under the version of its day, and what
//! silence decides in between, with numbers that order both among the events of all parts.

use super::parts::Days;
use crate::diagnostic::Diagnostic;
use crate::events::event::Event;
use crate::events::ledger::{Entry, Ledger};
use crate::events::version::{Version, in_force};
use crate::units::Date;

/// A ledger, and what it needs to know of the order of all events.
#[derive(Debug)]
pub(super) struct Part<'a, 'v> {
    versions: &'v [Version<'a>],
    version: usize,
    days: Days,
    pub(super) ledger: Ledger<'a>,
    /// The places of leads and activations that were sent.
    sent: Vec<u64>,
}

/// What silence decided.
pub(super) struct Spoken {
    pub(super) event: Event,
    /// What orders it among all.
    pub(super) key: u128,
    /// The place of the row that was sent.
    pub(super) sent: u64,
}

impl<'a, 'v> Part<'a, 'v> {
    pub(super) fn new(versions: &'v [Version<'a>], days: Days) -> Part<'a, 'v> {
        Part {
            versions,
            version: 0,
            days,
            ledger: Ledger::new(versions[0].deal),
            sent: Vec::new(),
        }
    }

    /// Goes on under the version of a day.
    pub(super) fn amend(&mut self, day: Date) {
        let version = in_force(self.versions, day);
        while self.version < version {
            self.version += 1;
            self.ledger.amend(self.versions[self.version].deal);
        }
    }

    /// What silence decided before a day; each is to be taken in.
    pub(super) fn spoken(&mut self, before: Date) -> Vec<Spoken> {
        let spoken = self.ledger.spoken(before).into_iter();
        let placed = spoken.map(|(number, event)| {
            let number = usize::try_from(number).ok();
            let sent = number.and_then(|number| self.sent.get(number));
            let sent = sent.copied().unwrap_or_default();
            Spoken {
                key: self.days.silent(event.date, sent),
                event,
                sent,
            }
        });
        placed.collect()
    }

    /// Takes in the event of a row with this place among all, or what silence decided on it.
    pub(super) fn take(&mut self, event: &Event, place: u64) -> Result<Entry, Diagnostic> {
        self.amend(event.date);
        let taken = self.ledger.take(event);
        if self.ledger.sent() > self.sent.len() as u64 {
            self.sent.push(place);
        }
        taken
    }
}
