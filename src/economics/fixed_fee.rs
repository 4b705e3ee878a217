//! A fixed fee per period.

use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use super::{Checked, limits};
use crate::deal::{FixedFee, Reward};
use crate::units::Rounding;

/// The fee for every month, quarter or year that ends in the time of the statement.
///
/// Shape: fee times periods; in proportion to the days for a period that the agreement covers in part.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `fixed-fee`.
pub(super) fn line(fee: &FixedFee, volumes: &Volumes, rounding: Rounding) -> Checked<Option<Line>> {
    let periods = limits::ended(fee.per.value, volumes.ends);
    if periods == 0 {
        return Ok(None);
    }
    let pays = Reward::Each(fee.amount.value);
    let base = Base::Count(u64::from(periods));
    let mut line = Line::earn(Model::FixedFee, base, pays, None, &fee.at)?;
    let per = fee.per.value;
    let (amount, parts) = limits::over(fee.amount.value, per, volumes.ends, rounding, &fee.at)?;
    if !parts.is_empty() {
        line.amount = amount;
        line.paid = amount;
        line.trace = parts;
    }
    Ok(Some(line))
}
