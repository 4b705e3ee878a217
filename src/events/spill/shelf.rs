//! Accounts that do not stand in memory: what they earned is sorted by account at the end of a statement's time.
//!
//! Three streams in the order of the accounts' first events are gone through side by side: what is kept of each account,
//! what its ledger knew of it at the end of this time, and what events added. One account at a time is in memory.

use super::Room;
use super::cells::{self, Mark};
use super::record::{Bytes, date, standing, standing_of, text};
use super::sort::{Merge, Sorter};
use crate::economics::Checked;
use crate::events::account::{Account, Standing};
use crate::events::pay::{Cell, Known, Visit};
use crate::units::Date;
use std::io::{Error, Result};
use std::rc::Rc;

/// All accounts.
#[derive(Debug)]
pub(in crate::events) struct Shelf {
    room: Rc<dyn Room>,
    /// What events added in this time.
    marks: Sorter,
    /// What ledgers knew at the end of each time, by time and account.
    facts: Merge,
    /// The time, from 0.
    time: u32,
    /// What is kept of each account; none before the first time has ended.
    kept: Option<Merge>,
    /// Why the accounts cannot be gone through.
    failed: Option<Error>,
}

/// The key of what a ledger knew of an account at the end of a time.
pub(super) fn facts_key(time: usize, at: u64) -> u128 {
    (time as u128) << 64 | u128::from(at)
}

/// Appends what a ledger knows of an account.
pub(super) fn facts(out: &mut Vec<u8>, account: &Account) {
    let known = Facts {
        name: &account.name,
        standing: account.standing,
        disengaged: account.disengaged.is_some(),
        left: account.left,
    };
    known.write(out);
}

/// What a ledger knew of an account.
#[derive(Debug, Clone, Copy)]
struct Facts<'b> {
    name: &'b str,
    standing: Option<Standing>,
    disengaged: bool,
    left: Option<Date>,
}

impl<'b> Facts<'b> {
    fn write(&self, out: &mut Vec<u8>) {
        text(out, self.name);
        standing(out, self.standing);
        out.push(u8::from(self.disengaged));
        date(out, self.left);
    }

    fn read(bytes: &mut Bytes<'b>) -> Result<Facts<'b>> {
        Ok(Facts {
            name: bytes.text()?,
            standing: standing_of(bytes)?,
            disengaged: bytes.flag()?,
            left: bytes.date()?,
        })
    }
}

impl Shelf {
    /// Empty accounts, and what ledgers will have known of them.
    pub(super) fn new(room: &Rc<dyn Room>, facts: Merge) -> Shelf {
        Shelf {
            room: Rc::clone(room),
            marks: Sorter::new(room),
            facts,
            time: 0,
            kept: None,
            failed: None,
        }
    }

    /// Why the accounts could not be gone through, if they could not.
    pub(super) fn failed(self) -> Result<()> {
        self.failed.map_or(Ok(()), Err)
    }

    pub(in crate::events) fn add(&mut self, at: u64, cell: Cell) {
        self.mark(at, Mark::Cell(cell));
    }

    pub(in crate::events) fn miss(&mut self, at: u64) {
        self.mark(at, Mark::Missed);
    }

    pub(in crate::events) fn reach(&mut self, at: u64, stage: u8, date: Date) {
        self.mark(at, Mark::Milestone(stage, date));
    }

    fn mark(&mut self, at: u64, mark: Mark) {
        self.marks.push(u128::from(at), |out| mark.write(out));
    }

    /// The time of the statement is over.
    pub(in crate::events) fn turn(&mut self) {
        self.time += 1;
    }

    /// Goes through all accounts. If the disk does not let it, that is told by [`Shelf::failed`].
    pub(in crate::events) fn each(&mut self, visit: &mut Visit<'_>) -> Checked<()> {
        if self.failed.is_some() {
            return Ok(());
        }
        match self.go_through(visit) {
            Ok(visited) => visited,
            Err(error) => {
                self.failed = Some(error);
                Ok(())
            }
        }
    }

    fn go_through(&mut self, visit: &mut Visit<'_>) -> Result<Checked<()>> {
        let marks = std::mem::replace(&mut self.marks, Sorter::new(&self.room));
        let mut marks = marks.finish()?;
        let mut old = self.kept.take();
        let mut new = Sorter::new(&self.room);
        // Texts live longer than the record that they were read from.
        let mut buffer = Vec::new();
        loop {
            let at_kept = match &mut old {
                Some(old) => old.peek()?.map(|(at, _)| at),
                None => None,
            };
            let time = u128::from(self.time);
            let at_facts = self.facts.peek()?.map(|(key, _)| key);
            let at_facts = at_facts.filter(|key| key >> 64 == time);
            let at_facts = at_facts.map(|key| key & u128::from(u64::MAX));
            let Some(at) = [at_kept, at_facts].into_iter().flatten().min() else {
                break;
            };
            buffer.clear();
            let mut account = None;
            if at_kept == Some(at)
                && let Some(old) = &mut old
            {
                if let Some((_, record)) = old.peek()? {
                    buffer.extend_from_slice(record);
                    let mut bytes = Bytes::new(record);
                    Facts::read(&mut bytes)?;
                    account = Some(cells::kept(&mut bytes)?);
                }
                old.pass();
            }
            if at_facts == Some(at) {
                if let Some((_, record)) = self.facts.peek()? {
                    // They are newer than what was kept.
                    buffer.clear();
                    buffer.extend_from_slice(record);
                }
                self.facts.pass();
            }
            let number = u64::try_from(at).unwrap_or(u64::MAX);
            let mut account = account.unwrap_or_default();
            while let Some((key, record)) = marks.peek()?
                && key <= at
            {
                Mark::read(record, &mut account)?;
                marks.pass();
            }
            let facts = Facts::read(&mut Bytes::new(&buffer))?;
            let known = Known {
                name: facts.name,
                standing: facts.standing.unwrap_or(Standing::Nothing),
                disengaged: facts.disengaged,
                left: facts.left,
            };
            if let Err(finding) = visit(number, known, &mut account) {
                return Ok(Err(finding));
            }
            new.push(at, |out| {
                facts.write(out);
                cells::keep(out, &account);
            });
        }
        self.kept = Some(new.finish()?);
        Ok(Ok(()))
    }
}
