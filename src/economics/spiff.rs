//! A prize for the partner's people for a limited time.

use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use super::{Checked, exact};
use crate::deal::{Reward, Spiff};
use crate::units::Money;

/// The prize for what was counted while the spiff runs.
///
/// Shape: sum times count, at most what earlier statements left of the cap.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `spiff`.
pub(super) fn line(spiff: &Spiff, volumes: &Volumes) -> Checked<Option<Line>> {
    if volumes.spiff == 0 {
        return Ok(None);
    }
    let at = &spiff.at;
    let left = exact::difference(spiff.cap.value, volumes.paid.spiff, at)?;
    let left = if left.is_negative() {
        Money::zero(left.currency())
    } else {
        left
    };
    let pays = Reward::Each(spiff.amount.value);
    let line = Line::earn(Model::Spiff, Base::Count(volumes.spiff), pays, None, at)?;
    Ok(Some(line.at_most(left)))
}
