//! Events in the order of their days, gone through as often as one likes; and events by their ids.

use super::Room;
use super::parts::low;
use super::record::{Bytes, Codec};
use super::sort::{Merge, Sorter};
use crate::events::event::Event;
use crate::events::ledger::digest;
use crate::units::Currency;
use std::collections::BTreeMap;
use std::io::Result;
use std::rc::Rc;

/// Events being put on a pile.
#[derive(Debug)]
pub struct Piling {
    codec: Codec,
    sorter: Sorter,
    count: u64,
}

/// Events in the order of their days, and within a day by kind; beside memory when there are many.
#[derive(Debug)]
pub struct Pile {
    codec: Codec,
    merge: Merge,
    count: u64,
}

impl Piling {
    /// An empty pile of events whose amounts are in this currency.
    pub fn new(room: &Rc<dyn Room>, currency: Currency) -> Piling {
        Piling {
            codec: Codec::new(currency),
            sorter: Sorter::new(room),
            count: 0,
        }
    }

    /// Puts an event on it. Events of one day and kind stay in the order of these numbers, and then as they came.
    pub fn push(&mut self, event: &Event, number: u64) {
        self.count += 1;
        let days = crate::units::Date::MIN
            .days_until(event.date)
            .unsigned_abs();
        let key = u128::from(days) << 72 | (event.kind as u128) << 64 | u128::from(number);
        self.sorter.push(key, |out| self.codec.event(out, event));
    }

    /// The events in their order.
    ///
    /// # Errors
    ///
    /// If there was no room.
    pub fn finish(self) -> Result<Pile> {
        Ok(Pile {
            codec: self.codec,
            merge: self.sorter.finish()?,
            count: self.count,
        })
    }
}

impl Pile {
    /// How many events there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What writes events as these were written.
    pub(super) fn codec(&self) -> Codec {
        self.codec.clone()
    }

    /// Goes through all events, each with its number.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub fn each(&mut self, mut visit: impl FnMut(&Event, u64)) -> Result<()> {
        self.merge.rewind()?;
        while let Some((key, record)) = self.merge.peek()? {
            visit(&self.codec.event_of(&mut Bytes::new(record))?, low(key));
            self.merge.pass();
        }
        Ok(())
    }
}

/// Events by their ids, to find those with one id.
#[derive(Debug)]
pub struct ById {
    codec: Codec,
    sorter: Sorter,
    count: u64,
}

/// An event among those with its id.
#[derive(Debug)]
pub struct Named<'e> {
    /// The event.
    pub event: &'e Event,
    /// Its place among all that were put in, from 0.
    pub number: u64,
    /// The first event with this id, and its place, unless it is this one.
    pub first: Option<&'e (Event, u64)>,
}

impl ById {
    /// No events yet; amounts are in this currency.
    pub fn new(room: &Rc<dyn Room>, currency: Currency) -> ById {
        ById {
            codec: Codec::new(currency),
            sorter: Sorter::new(room),
            count: 0,
        }
    }

    /// Puts an event in.
    pub fn push(&mut self, event: &Event) {
        let key = u128::from(digest(event.id())) << 64 | u128::from(self.count);
        self.count += 1;
        self.sorter.push(key, |out| self.codec.event(out, event));
    }

    /// How many events were put in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Goes through all events: those with one id follow each other in the order in which they were put in.
    ///
    /// # Errors
    ///
    /// If there was no room.
    pub fn each(self, mut visit: impl FnMut(Named<'_>)) -> Result<()> {
        let mut merge = self.sorter.finish()?;
        // Two ids may have one digest.
        let mut firsts: BTreeMap<String, (Event, u64)> = BTreeMap::new();
        let mut here = None;
        while let Some((key, record)) = merge.peek()? {
            let event = self.codec.event_of(&mut Bytes::new(record))?;
            merge.pass();
            if here.replace(key >> 64) != Some(key >> 64) {
                firsts.clear();
            }
            let number = low(key);
            let first = firsts.get(event.id());
            let is_first = first.is_none();
            visit(Named {
                event: &event,
                number,
                first,
            });
            if is_first {
                firsts.insert(event.id().to_owned(), (event, number));
            }
        }
        Ok(())
    }
}
