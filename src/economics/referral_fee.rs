//! A fee for an accepted referral.

use super::statement::{Base, Line, Model, Step};
use super::volumes::Volumes;
use super::{Checked, exact};
use crate::deal::{ReferralFee, Reward};
use crate::units::Money;

/// What accepted referrals earn: one line for each group of them.
///
/// Shape: a share of the first year's net revenue, or a sum for each; at most the cap for each referral. A group of
/// several referrals counts as so many alike, so a statement lists those with a share one by one. What earlier
/// statements paid on the same referral is taken off again, after the cap; what other terms paid on it before an
/// amendment stays, and leaves that much less of the cap.
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
        let most = match &fee.cap {
            Some(cap) => {
                let all = exact::pieces(cap.value, referrals.count, at)?;
                let left = exact::difference(all, referrals.fees, at)?;
                let nothing = Money::zero(left.currency());
                Some(if left.is_negative() { nothing } else { left })
            }
            None => None,
        };
        let capped = |base: Base| -> Checked<Line> {
            let line = Line::earn(Model::ReferralFee, base, fee.fee.value, None, at)?;
            Ok(match most {
                Some(most) => line.at_most(most),
                None => line,
            })
        };
        let earlier = match fee.fee.value {
            Reward::Rate(_) => Base::Money(referrals.earlier),
            Reward::Each(_) => Base::Count(0),
        };
        if earlier.is_zero() {
            lines.push(capped(base)?);
            continue;
        }
        let all = base.plus(earlier).ok_or_else(|| exact::too_large(at))?;
        let paid = capped(earlier)?.amount;
        let mut line = capped(all)?;
        line.base = base;
        line.amount = exact::difference(line.amount, paid, at)?;
        line.paid = line.amount;
        line.trace.push(Step::TakenOff { amount: paid });
        lines.push(line);
    }
    Ok(lines)
}
