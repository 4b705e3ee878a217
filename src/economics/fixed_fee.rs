//! A fixed fee per period.

use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use super::{Checked, limits};
use crate::deal::{FixedFee, Reward};

/// The fee for every month, quarter or year that ends in the time of the statement.
///
/// Shape: fee times periods.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `fixed-fee`.
pub(super) fn line(fee: &FixedFee, volumes: &Volumes) -> Checked<Option<Line>> {
    let periods = limits::ended(fee.per.value, volumes.ends);
    if periods == 0 {
        return Ok(None);
    }
    let pays = Reward::Each(fee.amount.value);
    let base = Base::Count(u64::from(periods));
    Line::earn(Model::FixedFee, base, pays, None, &fee.at).map(Some)
}
