//! The intake: a partner manager's answers on day one, and what becomes of them.
//!
//! In: a `term-sheet.toml`, or a table of two columns. Out: the [`Answers`]; from them and the house's template the
//! text of a new deal; ever after, what of them the deal still says; and what meetings and trades make of it. Nothing here reads or writes a file.

mod answers;
mod fill;
mod meeting;
mod place;
mod reconcile;
mod sheet;
mod slice;
mod table;
mod trade;
mod wanted;

pub use answers::{Answer, Answers, Form, choices, complaint, questions, written};
pub use fill::{NewDeal, Open, fill};
pub use meeting::{Notes, Proposed, Settled};
pub use place::place;
pub use reconcile::{Tally, reconcile};
pub use sheet::*;
pub use slice::Slice;
pub use trade::Offer;
