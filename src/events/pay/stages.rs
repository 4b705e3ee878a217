//! Stages of payment: what is held back, what is released, and what nobody will pay.

use super::close::{Earned, Worked};
use super::fold::Fold;
use super::terms::{exact_product, too_large};
use crate::deal::StageEvent;
use crate::economics::Checked;
use crate::events::claims::after;
use crate::events::ledger::Ledger;
use crate::units::Decimal;
use std::ops::Range;

impl Fold<'_> {
    /// Keeps what later stages pay, by the terms under which it was earned; returns it, exact.
    pub(super) fn hold(&mut self, earned: &[Earned], worked: &[Worked<'_>]) -> Checked<Decimal> {
        let at = &self.terms.economics.at;
        let calendar = self.terms.deal.agreement.calendar();
        let mut all = Decimal::ZERO;
        for one in earned {
            let economics = worked[one.stretch].terms.economics;
            let mut rest = one.amount;
            for (index, stage) in economics.payment.stage.iter().enumerate().skip(1) {
                let amount = exact_product(one.amount, stage.share.value.fraction())
                    .ok_or_else(|| too_large(at))?;
                let due = match &stage.after {
                    Some(period) => after(&calendar, one.date, period.value),
                    None => one.date,
                };
                let number = u8::try_from(index + 1).unwrap_or(u8::MAX);
                let on = stage.on.as_ref().map(|on| on.value);
                let key = (due, one.account, number, on);
                *self.pending.entry(key).or_default() += amount;
                rest -= amount;
                all += amount;
            }
            self.accounts[one.account as usize].paid += rest;
        }
        Ok(all)
    }

    /// What stages whose day has come pay, and what they will never pay.
    pub(super) fn release(&mut self, ledger: &Ledger<'_>) -> (Decimal, Decimal) {
        let (mut released, mut lost) = (Decimal::ZERO, Decimal::ZERO);
        let end = self.time.to;
        let later = self.pending.split_off(&(end.plus_days(1), 0, 0, None));
        let due_now = std::mem::replace(&mut self.pending, later);
        for ((due, account, number, on), amount) in due_now {
            let milestone = |stage| {
                self.milestones
                    .get(&(account, stage))
                    .is_some_and(|on| *on <= due)
            };
            let comes = match on {
                Some(StageEvent::Earned) | None => true,
                Some(StageEvent::Stays) => ledger.accounts[account as usize]
                    .left
                    .is_none_or(|left| left > due),
                Some(StageEvent::Milestone) => milestone(number) || milestone(0),
            };
            if comes {
                released += amount;
                self.accounts[account as usize].paid += amount;
            } else {
                lost += amount;
            }
        }
        (released, lost)
    }
}

/// Takes what is beyond a cap from what was earned last in some stretches.
pub(super) fn take_from_the_last(earned: &mut [Earned], mut cut: Decimal, of: Range<usize>) {
    let all = earned.iter().enumerate();
    let mut order: Vec<usize> = all
        .filter(|(_, one)| of.contains(&one.stretch))
        .map(|(index, _)| index)
        .collect();
    order.sort_by_key(|index| (earned[*index].date, earned[*index].account));
    for index in order.into_iter().rev() {
        if cut <= Decimal::ZERO {
            return;
        }
        let amount = earned[index].amount;
        if amount > Decimal::ZERO {
            let off = amount.min(cut);
            earned[index].amount -= off;
            cut -= off;
        }
    }
}
