//! Random terms, and random events of four accounts.

use super::{Dice, Happened, Terms, Thing};
use crate::deal::{Basis, Boundary, Reset, TierPeriod};
use crate::units::RoundingMode;

/// Terms, and in every other case those that an amendment puts in their place from some day on.
pub(super) fn terms(dice: &mut Dice) -> Terms {
    let counts = dice.roll(3) == 0;
    let mut first = one(dice, counts);
    if dice.roll(2) == 0 {
        let month = i128::from(dice.roll(17));
        // The first days of a month are those on which most happens.
        let day = if dice.roll(2) == 0 {
            1
        } else {
            2 + dice.roll(5)
        };
        let day = i8::try_from(day).expect("small");
        let month = if day == 1 { month + 1 } else { month };
        let mut later = one(dice, counts);
        later.months = first.months;
        if first.cap.is_some() || later.cap.is_some() {
            // What a cap cuts off is not paid, and so not given back: that has a test of its own.
            first.clawback = None;
            later.clawback = None;
        }
        first.amended = Some(((month, day), Box::new(later)));
    }
    first
}

fn one(dice: &mut Dice, counts: bool) -> Terms {
    let mut from = vec![0];
    let mut pays = Vec::new();
    let tiers = 1 + dice.roll(4);
    for _ in 0..tiers {
        let step = if counts {
            1 + dice.roll(6)
        } else {
            1 + dice.roll(400_000)
        };
        from.push(from[from.len() - 1] + i128::from(step));
        pays.push(i128::from(dice.roll(2_500)));
    }
    pays.push(i128::from(dice.roll(2_500)));
    let period = dice.one_of(&[
        TierPeriod::Month,
        TierPeriod::Quarter,
        TierPeriod::Year,
        TierPeriod::TrailingYear,
        TierPeriod::SinceStart,
    ]);
    let reset = match period {
        TierPeriod::SinceStart => Reset::Never,
        TierPeriod::TrailingYear => Reset::EachPeriod,
        TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year => {
            dice.one_of(&[Reset::EachPeriod, Reset::EachPeriod, Reset::Never])
        }
    };
    let limit =
        |dice: &mut Dice, most: u64| (dice.roll(3) == 0).then(|| i128::from(dice.roll(most)));
    let cap = limit(dice, 60_000);
    let floor = limit(dice, 8_000).map(|floor| cap.map_or(floor, |cap| floor.min(cap)));
    Terms {
        from,
        pays,
        counts,
        basis: dice.one_of(&[Basis::Slice, Basis::Whole, Basis::Prospective]),
        boundary: dice.one_of(&[Boundary::Below, Boundary::Above]),
        period,
        reset,
        months: dice.roll(2) == 0,
        mode: dice.one_of(RoundingMode::ALL),
        by_line: dice.roll(2) == 0,
        influenced: i128::from(dice.roll(101)),
        split: i128::from(dice.roll(101)),
        cap,
        floor,
        amended: None,
        clawback: (cap.is_none() && dice.roll(2) == 0).then(|| i128::from(dice.roll(101))),
    }
}

pub(super) fn happened(dice: &mut Dice) -> Vec<Happened> {
    let mut all = Vec::new();
    let mut billed = [0; 4];
    let mut gone = [false; 4];
    let mut month = 0;
    for _ in 0..4 + dice.roll(22) {
        month += i128::from(dice.roll(2)) * i128::from(dice.roll(3));
        if month > 17 {
            break;
        }
        let account = usize::try_from(dice.roll(4)).expect("small");
        if gone[account] {
            continue;
        }
        let amount = match dice.roll(4) {
            // Figures around which ladders have their boundaries.
            0 => 100_000,
            1 => 1 + i128::from(dice.roll(3)),
            _ => i128::from(dice.roll(300_000)),
        };
        let what = match dice.roll(8) {
            0 if billed[account] > 0 => Thing::Refund(amount.min(billed[account])),
            1 if billed[account] > 0 => Thing::Churn,
            2 | 3 => Thing::Activation,
            _ => Thing::Invoice(amount),
        };
        match what {
            Thing::Invoice(amount) => billed[account] += amount,
            Thing::Refund(amount) => billed[account] -= amount,
            Thing::Churn => gone[account] = true,
            Thing::Activation => {}
        }
        all.push(Happened {
            month,
            day: 1,
            account,
            what,
        });
    }
    // Within a month one after the other, so that no two of one day stand in another order.
    for index in 1..all.len() {
        if all[index].month == all[index - 1].month {
            all[index].day = all[index - 1].day + 1;
        }
    }
    all
}
