//! Stages of payment: what a cap leaves, what is held back, what is released, and what nobody will pay.

use super::accounts::{AccountPay, Earned, Known, Pending};
use super::close::Worked;
use super::fold::Fold;
use super::terms::{exact_product, too_large};
use crate::deal::StageEvent;
use crate::economics::Checked;
use crate::events::claims::after;
use crate::units::{Calendar, Date, Decimal};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a statement holds back, releases and loses, added up account by account.
#[derive(Debug)]
pub(super) struct Staging {
    cut: Cut,
    calendar: Calendar,
    pub(super) held: Decimal,
    pub(super) released: Decimal,
    pub(super) lost: Decimal,
}

impl Staging {
    pub(super) fn new(fold: &Fold<'_>, cut: Cut) -> Staging {
        Staging {
            cut,
            calendar: fold.terms.deal.agreement.calendar(),
            held: Decimal::ZERO,
            released: Decimal::ZERO,
            lost: Decimal::ZERO,
        }
    }

    /// Keeps what later stages pay of an account, and pays those whose day has come.
    pub(super) fn take(
        &mut self,
        fold: &Fold<'_>,
        worked: &[Worked<'_>],
        known: &Known<'_>,
        account: &mut AccountPay,
    ) -> Checked<()> {
        self.hold(worked, account)?;
        self.release(fold.time.to, known, account);
        Ok(())
    }

    /// What was earned is held back by the terms under which it was.
    fn hold(&mut self, worked: &[Worked<'_>], account: &mut AccountPay) -> Checked<()> {
        for earned in std::mem::take(&mut account.earned) {
            let economics = worked[usize::from(earned.stretch)].aside.terms.economics;
            let at = &economics.at;
            let date = earned.date;
            let all = self.cut.leaves(&earned);
            let mut rest = all;
            for (index, stage) in economics.payment.stage.iter().enumerate().skip(1) {
                let amount = exact_product(all, stage.share.value.fraction())
                    .ok_or_else(|| too_large(at))?;
                let due = match &stage.after {
                    Some(period) => after(&self.calendar, date, period.value),
                    None => date,
                };
                account.pending.push(Pending {
                    due,
                    stage: u8::try_from(index + 1).unwrap_or(u8::MAX),
                    on: stage.on.as_ref().map(|on| on.value),
                    amount,
                });
                rest -= amount;
                self.held += amount;
            }
            account.paid += rest;
        }
        Ok(())
    }

    /// What stages whose day has come pay, and what they will never pay.
    fn release(&mut self, end: Date, known: &Known<'_>, account: &mut AccountPay) {
        for pending in account.pending.extract_if(.., |one| one.due <= end) {
            let milestone = |stage| {
                account
                    .milestones
                    .iter()
                    .any(|(reached, on)| *reached == stage && *on <= pending.due)
            };
            let comes = match pending.on {
                Some(StageEvent::Earned) | None => true,
                Some(StageEvent::Stays) => known.left.is_none_or(|left| left > pending.due),
                Some(StageEvent::Milestone) => milestone(pending.stage) || milestone(0),
            };
            if comes {
                self.released += pending.amount;
                account.paid += pending.amount;
            } else {
                self.lost += pending.amount;
            }
        }
    }
}

/// What is beyond a cap is taken from what was earned last: by day, and within a day by account.
#[derive(Debug)]
pub(super) struct Cut {
    caps: Vec<Beyond>,
}

/// What one cap takes.
#[derive(Debug)]
struct Beyond {
    /// From which stretches.
    of: Range<usize>,
    /// The day in which it begins, and what it leaves of that day; none without a cut.
    from: Option<(Date, Decimal)>,
}

impl Cut {
    /// Cuts of so much, one after the other, from what was earned on each day in each stretch, sums below nothing aside.
    /// The stretches of a cut are none of those of the cuts before, or all.
    pub(super) fn new(
        earned: &BTreeMap<(Date, u8), Decimal>,
        cuts: Vec<(Range<usize>, Decimal)>,
    ) -> Cut {
        let mut caps: Vec<Beyond> = Vec::new();
        // What the cuts so far took, by their first stretch and the day.
        let mut taken: Vec<(usize, Date, Decimal)> = Vec::new();
        for (of, mut left) in cuts {
            let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
            for ((day, stretch), sum) in earned {
                if of.contains(&usize::from(*stretch)) {
                    *days.entry(*day).or_default() += sum;
                }
            }
            for (first, day, off) in &taken {
                if of.contains(first) {
                    *days.entry(*day).or_default() -= off;
                }
            }
            let mut from = None;
            for (day, sum) in days.iter().rev() {
                if left <= Decimal::ZERO {
                    break;
                }
                let off = left.min(*sum);
                from = Some((*day, *sum - off));
                taken.push((of.start, *day, off));
                left -= off;
            }
            caps.push(Beyond { of, from });
        }
        Cut { caps }
    }

    /// What they leave of what an account earned on a day in a stretch; accounts come in their order.
    fn leaves(&mut self, earned: &Earned) -> Decimal {
        let of = usize::from(earned.stretch);
        let mut amount = earned.amount;
        for cap in self.caps.iter_mut().filter(|cap| cap.of.contains(&of)) {
            amount = cap.leaves(earned.date, amount);
        }
        amount
    }
}

impl Beyond {
    fn leaves(&mut self, date: Date, amount: Decimal) -> Decimal {
        let Some((day, keeps)) = &mut self.from else {
            return amount;
        };
        if date < *day || amount <= Decimal::ZERO {
            return amount;
        }
        if date > *day {
            return Decimal::ZERO;
        }
        let kept = amount.min(*keeps);
        *keeps -= kept;
        kept
    }
}
