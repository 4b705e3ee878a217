//! The events of a pile taken in by ledgers, for whoever needs no statement.

use super::Room;
use super::part::Part;
use super::parts::{Parts, Step, among};
use super::pile::Pile;
use crate::diagnostic::Diagnostic;
use crate::events::decisions::Overdue;
use crate::events::event::Event;
use crate::events::ledger::{Entry, Ledger};
use crate::events::version::Version;
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
    let mut part = Part::new(versions, days);
    let hear = |part: &mut Part<'a, '_>, before: Date, visit: &mut dyn FnMut(Booked<'_, 'a>)| {
        for spoken in part.spoken(before) {
            let taken = part.take(&spoken.event, spoken.sent);
            visit(Booked::Event {
                event: &spoken.event,
                place: spoken.key,
                taken,
                ledger: &mut part.ledger,
            });
        }
    };
    parts.finish()?.each(&mut codec, |step, _| {
        match step {
            Step::Event(event, place) => {
                hear(&mut part, event.date, &mut visit);
                let taken = part.take(event, place);
                visit(Booked::Event {
                    event,
                    place: among(place),
                    taken,
                    ledger: &mut part.ledger,
                });
            }
            Step::End => {
                hear(&mut part, to.plus_days(1), &mut visit);
                part.amend(to);
                visit(Booked::End(&mut part.ledger));
                part = Part::new(versions, days);
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
