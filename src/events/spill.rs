//! Statements from more events than memory holds.
//!
//! In: events in any order, and room for what memory does not hold, given from outside. Out: the same statement, to
//! the byte, as [`Run`](super::Run) makes of them. Everything is sorting: events are sorted by a part of the accounts
//! and then as a run takes them, so that a ledger of each part can go through them one part after the other and hear
//! what silence decides in it; what they mean is sorted back into one order, by which the statements are gathered; and
//! what the accounts earned is sorted by account for the end of a statement's time. Ids that stand twice, and invoices
//! of two accounts, are found by sorting too. Memory holds what is being sorted, one part of the accounts, and rejected
//! rows. Absent on purpose: files.

mod booked;
mod cells;
mod intake;
mod ledgers;
mod part;
mod parts;
mod pile;
mod record;
mod shelf;
mod sort;

pub use booked::{Booked, Silent, book};
pub use intake::{Intake, Taken};
pub use pile::{ById, Named, Pile, Piling};
pub(super) use shelf::Shelf;

use std::fmt::Debug;
use std::io::{Read, Seek, Write};

/// A place for bytes that memory does not hold.
pub trait Leaf: Read + Write + Seek + Debug {}

impl<T: Read + Write + Seek + Debug> Leaf for T {}

/// Room for what memory does not hold.
pub trait Room: Debug {
    /// An empty leaf. What stands in it is gone once it is dropped.
    ///
    /// # Errors
    ///
    /// If there is no room.
    fn leaf(&self) -> std::io::Result<Box<dyn Leaf>>;

    /// How many bytes may be held in memory before they are written, for each thing that is sorted.
    fn held(&self) -> usize {
        32 << 20
    }
}
