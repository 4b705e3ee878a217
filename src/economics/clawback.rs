//! What is paid back when a customer leaves early.

use super::Checked;
use super::statement::{Base, Line, Model};
use crate::deal::{Clawback, Reward};
use crate::units::Money;

/// What is taken off for customers who left within the window.
///
/// Shape: share of what was `paid` for them, below nothing.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `clawback`.
pub(super) fn line(clawback: &Clawback, paid: Money) -> Checked<Option<Line>> {
    if paid.is_zero() {
        return Ok(None);
    }
    let at = &clawback.at;
    let pays = Reward::Rate(clawback.share.value);
    let line = Line::earn(Model::Clawback, Base::Money(paid), pays, None, at)?;
    line.taken_off(at).map(Some)
}
