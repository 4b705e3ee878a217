//! A fee for an accepted referral.

use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use super::{Checked, exact};
use crate::deal::{ReferralFee, Reward};

/// What accepted referrals earn: one line for each group of them.
///
/// Shape: a share of the first year's net revenue, or a sum for each; at most the cap for each referral. A group of
/// several referrals counts as so many alike, so a statement lists those with a share one by one.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `referral-fee`.
pub(super) fn lines(fee: &ReferralFee, volumes: &Volumes) -> Checked<Vec<Line>> {
    let at = &fee.at;
    let mut lines = Vec::new();
    for referrals in &volumes.referrals {
        let base = match fee.fee.value {
            Reward::Rate(_) => Base::Money(referrals.revenue),
            Reward::Each(_) => Base::Count(referrals.count),
        };
        if base.is_zero() {
            continue;
        }
        let mut line = Line::earn(Model::ReferralFee, base, fee.fee.value, None, at)?;
        if let Some(cap) = &fee.cap {
            line = line.at_most(exact::pieces(cap.value, referrals.count, at)?);
        }
        lines.push(line);
    }
    Ok(lines)
}
