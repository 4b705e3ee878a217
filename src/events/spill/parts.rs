//! Events by parts of the accounts, so that each part can have a ledger of its own.
//!
//! What keeps accounts together is that they share an invoice: then one row is wrong, and which one it is only a ledger of
//! both can tell.

use super::Room;
use super::record::{Bytes, Codec};
use super::sort::{Merge, Sorter};
use crate::deal::EventKind;
use crate::events::column::Column;
use crate::events::event::Event;
use crate::events::ledger::digest;
use crate::units::Date;
use std::collections::BTreeSet;
use std::io::Result;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Events being divided.
#[derive(Debug)]
pub(super) struct Parts {
    room: Rc<dyn Room>,
    /// The days of events that ledgers look at.
    days: RangeInclusive<Date>,
    /// By part, and then by place.
    events: Sorter,
    /// The digests of invoices, each with that of its account.
    invoices: Sorter,
    count: u64,
}

/// Divided events.
#[derive(Debug)]
pub(super) struct Divided {
    pub(super) events: Merge,
    /// The digests of accounts that share an invoice with another one.
    shared: BTreeSet<u64>,
    room: Rc<dyn Room>,
}

/// What comes next.
pub(super) enum Step<'e> {
    /// An event, with a number that orders it among all.
    Event(&'e Event, u64),
    /// The end of a part.
    End,
}

impl Parts {
    pub(super) fn new(room: &Rc<dyn Room>, days: RangeInclusive<Date>) -> Parts {
        Parts {
            room: Rc::clone(room),
            days,
            events: Sorter::new(room),
            invoices: Sorter::sole(room),
            count: 0,
        }
    }

    /// Takes in an event; events of one day and kind come in their order.
    pub(super) fn push(&mut self, event: &Event, codec: &mut Codec) {
        let place = self.place(event);
        self.count += 1;
        let account = digest(event.account());
        if self.days.contains(&event.date) && of_invoice(event.kind) {
            let invoice = digest(event.cell(Column::Invoice));
            let key = u128::from(invoice) << 64 | u128::from(account);
            self.invoices.push(key, |_| ());
        }
        let key = u128::from(part(account)) << 64 | u128::from(place);
        self.events.push(key, |out| codec.event(out, event));
    }

    /// A number that orders events as a run takes them: by day, kind and the order of rows. Days before the first one
    /// that counts are one day, and so are those some centuries after it.
    fn place(&self, event: &Event) -> u64 {
        self.numbered().day(event.date) << 47 | u64::from(event.kind as u8) << 42 | self.count
    }

    /// How days are numbered.
    pub(super) fn numbered(&self) -> Days {
        Days(*self.days.start())
    }

    /// The place of a row among all, in the order in which they came.
    pub(super) fn order(place: u64) -> u64 {
        place & ((1 << 42) - 1)
    }

    pub(super) fn finish(self) -> Result<Divided> {
        Ok(Divided {
            shared: shared(self.invoices.finish()?)?,
            events: self.events.finish()?,
            room: self.room,
        })
    }
}

/// Days numbered from the first one that counts, which is 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days(Date);

impl Days {
    fn day(self, date: Date) -> u64 {
        let day = self.0.days_until(date);
        let day = u64::try_from(day.saturating_add(1)).unwrap_or(0);
        day.min((1 << 17) - 1)
    }

    /// A number that orders what silence decided on a day among all events and all that silence decided: after the
    /// events of that day, and then by the place of what was sent.
    pub(super) fn silent(self, last: Date, sent: u64) -> u128 {
        // Kinds of events are fewer than 31. What was sent is a lead or an activation.
        let (day, kind) = (sent >> 47, sent >> 42 & 31);
        let lead = u128::from(kind != EventKind::Lead as u64);
        let sent = (u128::from(day) << 1 | lead) << 42 | u128::from(Parts::order(sent));
        (u128::from(self.day(last)) << 5 | 31) << 60 | sent
    }
}

/// The place of an event among all events and all that silence decided.
pub(super) fn among(place: u64) -> u128 {
    u128::from(place >> 42) << 60 | u128::from(Parts::order(place))
}

impl Divided {
    /// Goes through all parts, until `step` says that it is enough.
    pub(super) fn each(
        mut self,
        codec: &mut Codec,
        mut step: impl FnMut(Step<'_>, &mut Codec) -> bool,
    ) -> Result<()> {
        // Accounts that share an invoice are one part, the last.
        let mut together = Sorter::new(&self.room);
        let mut here = None;
        while let Some((key, record)) = self.events.peek()? {
            let place = low(key);
            let event = codec.event_of(&mut Bytes::new(record))?;
            if !self.shared.is_empty() && self.shared.contains(&digest(event.account())) {
                together.push(u128::from(place), |out| out.extend_from_slice(record));
                self.events.pass();
                continue;
            }
            self.events.pass();
            if here
                .replace(key >> 64)
                .is_some_and(|here| here != key >> 64)
            {
                step(Step::End, codec);
            }
            if !step(Step::Event(&event, place), codec) {
                return Ok(());
            }
        }
        drop(self.events);
        step(Step::End, codec);
        let mut together = together.finish()?;
        let mut is_empty = true;
        while let Some((key, record)) = together.peek()? {
            is_empty = false;
            let event = codec.event_of(&mut Bytes::new(record))?;
            together.pass();
            if !step(Step::Event(&event, low(key)), codec) {
                return Ok(());
            }
        }
        if !is_empty {
            step(Step::End, codec);
        }
        Ok(())
    }
}

/// The lower half of a key.
pub(super) fn low(key: u128) -> u64 {
    u64::try_from(key & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}

/// The part that an account is in: one of 4,096.
fn part(account: u64) -> u16 {
    // The bits that the index of a ledger does not look at first.
    let mixed = account.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
    u16::try_from(mixed).unwrap_or(0)
}

fn of_invoice(kind: EventKind) -> bool {
    [
        EventKind::Invoice,
        EventKind::Discount,
        EventKind::Tax,
        EventKind::Collection,
        EventKind::Refund,
        EventKind::Chargeback,
    ]
    .contains(&kind)
}

/// The digests of accounts that share an invoice with another one.
fn shared(mut invoices: Merge) -> Result<BTreeSet<u64>> {
    let mut shared = BTreeSet::new();
    let mut last: Option<u128> = None;
    while let Some((key, _)) = invoices.peek()? {
        invoices.pass();
        if let Some(last) = last.replace(key)
            && last >> 64 == key >> 64
            && last != key
        {
            shared.extend([low(last), low(key)]);
        }
    }
    Ok(shared)
}
