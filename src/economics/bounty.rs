//! A fixed sum for each verified activation.

use super::statement::{Base, Line, Model, Step};
use super::volumes::Volumes;
use super::{Checked, revenue_share};
use crate::deal::{Bounty, Reward};
use crate::units::Rate;

/// What verified activations earn in a time of so many statements: those of sourced accounts, then of influenced ones.
///
/// Shape: sum times activations, and for influenced accounts times `influenced_share`. Each statement pays at most the
/// limit, for sourced accounts first; what it paid for before an amendment in its time counts.
///
/// # Errors
///
/// If activations of influenced accounts have no share, and beyond 28 digits.
///
/// # Source
///
/// Clauses `bounty` and `attribution`.
pub(super) fn lines(
    bounty: &Bounty,
    volumes: &Volumes,
    statements: u32,
    influenced_share: Option<Rate>,
) -> Checked<Vec<Line>> {
    let at = &bounty.at;
    let mut left = match &bounty.limit {
        Some(limit) => limit
            .number
            .saturating_mul(u64::from(statements))
            .saturating_sub(volumes.paid.bounties),
        None => u64::MAX,
    };
    let mut lines = Vec::new();
    for (count, influenced) in [
        (volumes.activations, false),
        (volumes.influenced_activations, true),
    ] {
        if count == 0 {
            continue;
        }
        let factor = if influenced {
            Some(revenue_share::influenced(influenced_share, at)?)
        } else {
            None
        };
        let most = left.min(count);
        left -= most;
        let pays = Reward::Each(bounty.amount.value);
        let line = Line::earn(Model::Bounty, Base::Count(most), pays, factor, at)?;
        lines.push(if most < count {
            line.after(Step::Limited { count, most })
        } else {
            line
        });
    }
    Ok(lines)
}
