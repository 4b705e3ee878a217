//! Parts of a payment that are paid at milestones.

use super::{Checked, exact};
use crate::deal::Economics;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Decimal, Money, Rate, Rounding};

/// One part of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StagePart {
    /// Which stage of `economics.payment.stage`, from 0.
    pub stage: usize,
    /// Its share of the whole.
    pub share: Rate,
    /// What is paid.
    pub amount: Money,
}

/// How `total` is paid: stage by stage, rounded as the deal says. The last stage pays what is left, so the parts are
/// the total exactly, and no part is larger than what is left. Empty if the deal has no stages.
///
/// # Errors
///
/// If the shares do not add up to the whole, and beyond 28 digits.
///
/// # Source
///
/// Clause `payment-stages`.
pub fn stages(economics: &Economics, total: Money) -> Checked<Vec<StagePart>> {
    let stages = &economics.payment.stage;
    let Some(last) = stages.last() else {
        return Ok(Vec::new());
    };
    let at = &last.share.span;
    let sum = stages.iter().try_fold(Decimal::ZERO, |sum, stage| {
        sum.checked_add(stage.share.fraction())
    });
    if sum != Some(Decimal::ONE) {
        return Err(Diagnostic::error(
            Code::WrongType,
            at,
            "the stages do not add up to the whole payment",
        )
        .help("write shares that add up to \"100%\""));
    }
    let rounding = Rounding {
        mode: economics.rounding.mode.value,
        place: economics.rounding.places.value,
    };
    let mut left = total;
    let mut parts = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        let share = exact::share(total, stage.share.value, &stage.share.span)?.round(rounding);
        let beyond = if total.is_negative() {
            share < left
        } else {
            share > left
        };
        let amount = if beyond || index + 1 == stages.len() {
            left
        } else {
            share
        };
        left = exact::difference(left, amount, at)?;
        parts.push(StagePart {
            stage: index,
            share: stage.share.value,
            amount,
        });
    }
    Ok(parts)
}
