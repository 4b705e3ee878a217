//! From events to the volumes of a statement, by the words of the clauses; and what each account earns of it.
//!
//! The calculator in `economics` pays for sums; here each event finds its place in them. What an account earns by
//! itself is worked out from the same terms, so that credit can be split, stages held back and commission given back
//! for one customer. The accounts of a statement add up to its lines, which a property test holds.

mod close;
mod earned;
mod fold;
mod gather;
mod key;
mod readable;
mod stages;
mod stretch;
mod terms;
mod volumes;
mod within;

pub use close::{Closed, LeftAccount};
pub use fold::{Fold, Trace};
pub use key::{Contribution, Pays};
pub(super) use readable::readable;
pub use terms::Moved;
