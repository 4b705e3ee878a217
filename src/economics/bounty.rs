//! A fixed sum for each verified activation.

use super::Checked;
use super::statement::{Base, Line, Model, Step};
use super::volumes::Volumes;
use crate::deal::{Bounty, Reward};

/// What verified activations earn in a time of so many statements.
///
/// Shape: sum times activations, of which each statement pays at most the limit.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `bounty`.
pub(super) fn line(bounty: &Bounty, volumes: &Volumes, statements: u32) -> Checked<Option<Line>> {
    let count = volumes.activations;
    if count == 0 {
        return Ok(None);
    }
    let most = bounty
        .limit
        .as_ref()
        .map(|limit| limit.number.saturating_mul(u64::from(statements)))
        .filter(|most| *most < count);
    let paid_for = Base::Count(most.unwrap_or(count));
    let pays = Reward::Each(bounty.amount.value);
    let line = Line::earn(Model::Bounty, paid_for, pays, None, &bounty.at)?;
    Ok(Some(match most {
        Some(most) => line.after(Step::Limited { count, most }),
        None => line,
    }))
}
