//! What happened: events as finance and sales systems export them, and what follows from them for a deal.
//!
//! In: rows of CSV or JSON lines, and a [`Deal`]. Out: for each statement of the deal its volumes, its lines and the
//! way of every cent; the values of its metrics over any time. Rows are read one by one, and what is kept grows with
//! accounts and invoices; where that is more than memory is to hold, events are sorted beside it. A row that cannot be
//! understood is rejected with its place, and nothing is guessed. Absent on purpose: files, which only `cli` opens; words of contracts and pages.

mod account;
mod asked;
mod books;
mod claims;
mod column;
mod decisions;
mod event;
mod figures;
mod index;
mod invoice;
mod json;
mod ledger;
mod made;
mod merge;
mod metrics;
mod pay;
mod read;
mod row;
mod rows;
mod run;
mod spill;
mod statements;
mod table;
mod time;
mod version;
mod warnings;

#[cfg(test)]
mod tests;

pub use account::{Account, Credit, Lost, Standing};
pub use books::{Disputed, SettleKind, SettleLine, Settlement};
pub use column::Column;
pub use decisions::gate;
pub use event::{Event, Rejected, Row};
pub use ledger::{Class, Entry, Ledger, What};
pub use made::{EventCounts, Made, MinimumState, Stretch};
pub use merge::{Reading, Seen, in_order, merge};
pub use metrics::{Gauges, Measured, MetricValue, Query, measure};
pub use pay::{Closed, Contribution, Fold, LeftAccount, Pays};
pub use rows::{Form, Next, Rows, rows};
pub use run::{Order, Run};
pub use spill::{Booked, ById, Intake, Leaf, Named, Pile, Piling, Room, Silent, Taken, book};
pub use time::{Course, Time};
pub use version::{Version, divided, in_force, pays};
pub use warnings::Warnings;
