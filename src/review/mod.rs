//! What happens to an agreement after signature: what was signed is recorded, reviews restate exhibits.
//!
//! In: a deal, its record, and the figures of a period. Out: which triggers fired and why, the deal with their
//! effects, the amendment and the papers of the meeting, and the next record. Pure: files are the business of `cli`.

pub mod counted;
pub mod effect;
pub mod evaluate;
pub mod exclusivity;
pub mod figures;
pub mod period;
pub mod promised;
pub mod record;
pub mod register;
pub mod simulate;
pub mod telling;
