//! The events of a pile taken in by ledgers, for whoever needs no statement.

use super::Room;
use super::parts::{Days, Parts, Step, among};
use super::pile::Pile;
use crate::diagnostic::Diagnostic;
use crate::events::decisions::Overdue;
use crate::events::event::Event;
use crate::events::ledger::{Entry, Ledger};
use crate::events::version::{Version, in_force};
use crate::units::Date;
use std::io::Result;
use std::rc::Rc;

/// What comes next.
#[derive(Debug)]
pub enum Booked<'e, 'a> {
    /// An event or what silence decided, with a number that orders it among all.
    Event {
        /// The event.
        event: &'e Event,
        /// Its number.
        place: u128,
        /// What it means, or why it does not fit.
        taken: std::result::Result<Entry, Diagnostic>,
        /// The ledger that took it in, or did not.
        ledger: &'e mut Ledger<'a>,
    },
    /// A ledger has come to its end. Each account is in one ledger.
    End(&'e mut Ledger<'a>),
}

/// Takes in the events up to a day, each part of the accounts with a ledger of its own. The events of a part are in the
/// order of their days.
///
/// # Errors
///
/// If there is no room.
///
/// # Panics
///
/// Without any version.
pub fn book<'a>(
    events: &mut Pile,
    versions: &[Version<'a>],
    to: Date,
    room: &Rc<dyn Room>,
    mut visit: impl FnMut(Booked<'_, 'a>),
) -> Result<()> {
    // Two centuries before it, nothing is told apart.
    let mut parts = Parts::new(room, to.plus_days(-73_000)..=to);
    let mut codec = events.codec();
    events.each(|event, _| {
        if event.date <= to {
            parts.push(event, &mut codec);
        }
    })?;
    let days = parts.numbered();
    let mut part = Part::new(versions);
    parts.finish()?.each(&mut codec, |step, _| {
        match step {
            Step::Event(event, place) => {
                part.hear(event.date, days, &mut visit);
                part.take(event, among(place), &mut visit);
                if part.ledger.sent() > part.sent.len() as u64 {
                    part.sent.push(place);
                }
            }
            Step::End => {
                part.hear(to.plus_days(1), days, &mut visit);
                part.amend(to);
                visit(Booked::End(&mut part.ledger));
                part = Part::new(versions);
            }
        }
        true
    })
}

/// The part of the accounts that is gone through.
struct Part<'a, 'v> {
    versions: &'v [Version<'a>],
    version: usize,
    ledger: Ledger<'a>,
    /// The places of leads and activations that were sent.
    sent: Vec<u64>,
}

impl<'a, 'v> Part<'a, 'v> {
    fn new(versions: &'v [Version<'a>]) -> Part<'a, 'v> {
        Part {
            versions,
            version: 0,
            ledger: Ledger::new(versions[0].deal),
            sent: Vec::new(),
        }
    }

    fn amend(&mut self, day: Date) {
        while self.version < in_force(self.versions, day) {
            self.version += 1;
            self.ledger.amend(self.versions[self.version].deal);
        }
    }

    /// Takes in what silence decided before a day.
    fn hear(&mut self, before: Date, days: Days, visit: &mut impl FnMut(Booked<'_, 'a>)) {
        for (number, event) in self.ledger.spoken(before) {
            let number = usize::try_from(number).ok();
            let sent = number.and_then(|number| self.sent.get(number));
            let place = days.silent(event.date, sent.copied().unwrap_or_default());
            self.take(&event, place, visit);
        }
    }

    fn take(&mut self, event: &Event, place: u128, visit: &mut impl FnMut(Booked<'_, 'a>)) {
        self.amend(event.date);
        let taken = self.ledger.take(event);
        let ledger = &mut self.ledger;
        visit(Booked::Event {
            event,
            place,
            taken,
            ledger,
        });
    }
}

/// What nobody decided in time, of all ledgers.
#[derive(Debug, Default)]
pub struct Silent(Overdue);

impl Silent {
    /// Takes in what should have been decided in a ledger before a day.
    pub fn add(&mut self, ledger: &Ledger<'_>, on: Date) {
        self.0.append(ledger.overdue(on));
    }

    /// A warning for each.
    pub fn told(self) -> Vec<Diagnostic> {
        self.0.told()
    }
}
