//! The events of a pile taken in by ledgers, for whoever needs no statement.

use super::Room;
use super::parts::{Parts, Step};
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
    /// An event, with a number that orders it among all.
    Event {
        /// The event.
        event: &'e Event,
        /// Its number.
        place: u64,
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
    let last = in_force(versions, parts.last());
    let mut ledger = Ledger::new(versions[0].deal);
    let mut version = 0;
    let amend = |ledger: &mut Ledger<'a>, version: &mut usize, to: usize| {
        while *version < to {
            *version += 1;
            ledger.amend(versions[*version].deal);
        }
    };
    parts.finish()?.each(&mut codec, |step, _| {
        match step {
            Step::Event(event, place) => {
                amend(&mut ledger, &mut version, in_force(versions, event.date));
                let taken = ledger.take(event);
                let ledger = &mut ledger;
                visit(Booked::Event {
                    event,
                    place,
                    taken,
                    ledger,
                });
            }
            Step::End => {
                amend(&mut ledger, &mut version, last);
                visit(Booked::End(&mut ledger));
                (ledger, version) = (Ledger::new(versions[0].deal), 0);
            }
        }
        true
    })
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
