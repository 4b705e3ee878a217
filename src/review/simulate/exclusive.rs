//! The exclusivity while a deal is played through.

use super::volumes::Month;
use super::{Happening, measured};
use crate::deal::Deal;
use crate::units::Period;

/// The exclusivity on its way.
pub(super) struct Exclusive<'d> {
    deal: &'d Deal,
    due: u32,
    cure: u32,
    settled: bool,
    missed: bool,
}

impl<'d> Exclusive<'d> {
    /// The exclusivity of a deal, before its first month.
    pub(super) fn new(deal: &'d Deal) -> Exclusive<'d> {
        let months = |period: Period| {
            let days = u32::try_from(period.approximate_days()).unwrap_or(0);
            period.months().unwrap_or_else(|| days.div_ceil(30))
        };
        let exclusivity = deal.exclusivity.as_ref();
        let due = exclusivity.map_or(0, |one| months(one.commitment.within.value));
        Exclusive {
            deal,
            due,
            cure: due + exclusivity.map_or(0, |one| months(one.cure.value)),
            settled: exclusivity.is_none(),
            missed: false,
        }
    }

    /// Looks at the months so far; tells what happened in the last of them.
    pub(super) fn note(
        &mut self,
        months: &[Month],
        number: u32,
        happenings: &mut Vec<(u32, Happening)>,
    ) {
        let Some(exclusivity) = self.deal.exclusivity.as_ref().filter(|_| !self.settled) else {
            return;
        };
        let commitment = &exclusivity.commitment;
        let order = measured(
            self.deal,
            commitment.metric.id(),
            &commitment.amount,
            months,
        );
        let Some(order) = order else {
            self.settled = true;
            return;
        };
        let happening = if order.is_ge() {
            self.settled = true;
            if self.missed {
                Happening::ExclusivityCured
            } else {
                Happening::ExclusivityKept
            }
        } else if number >= self.cure {
            self.settled = true;
            Happening::ExclusivityReverts
        } else if number >= self.due && !self.missed {
            self.missed = true;
            Happening::ExclusivityMissed
        } else {
            return;
        };
        happenings.push((number, happening));
    }
}
