//! The same where amendments divide statements and nobody decides at gates: of random rows under random terms.

use super::{alike, dice, events, order, sample, table};
use crate::deal::{Basis, Deal, FeePeriod, Reward, Silence};
use crate::events::Version;
use crate::units::{Date, Decimal, Rate, Unit};
use std::fmt::Write as _;

/// Other terms of a deal, and other words on silence.
fn other(deal: &Deal, roll: &mut impl FnMut(u64) -> u64) -> Deal {
    let mut deal = deal.clone();
    for gate in &mut deal.gate {
        gate.silence.value = match roll(5) {
            0..=2 => Silence::Accepted,
            3 => Silence::Rejected,
            _ => Silence::Escalated,
        };
    }
    let Some(economics) = &mut deal.economics else {
        return deal;
    };
    let mut reward = |old: &mut Reward| match old {
        Reward::Rate(rate) => {
            let fraction = Decimal::from(roll(40)) / Decimal::ONE_HUNDRED;
            *rate = Rate::new(fraction).expect("a rate");
        }
        Reward::Each(money) => {
            *money = money.times_count(2 + roll(3)).expect("a sum");
        }
    };
    for tier in economics.tiers.iter_mut().flat_map(|tiers| &mut tiers.tier) {
        reward(&mut tier.pays.value);
    }
    for bonus in &mut economics.bonus {
        reward(&mut bonus.pays.value);
    }
    if let Some(fee) = &mut economics.referral_fee {
        reward(&mut fee.fee.value);
    }
    if let Some(tiers) = &mut economics.tiers
        && roll(2) == 0
    {
        tiers.basis.value = [Basis::Slice, Basis::Whole, Basis::Prospective][index(roll(3))];
    }
    if let Some(limit) = economics
        .bounty
        .as_mut()
        .and_then(|bounty| bounty.limit.as_mut())
    {
        limit.value.number = 1 + roll(6);
    }
    for limit in [&mut economics.cap, &mut economics.floor] {
        match (roll(4), limit.as_mut()) {
            (0, _) => *limit = None,
            (_, Some(terms)) => {
                let all = [FeePeriod::Month, FeePeriod::Quarter, FeePeriod::Year];
                terms.per.value = all[index(roll(3))];
                if roll(2) == 0 {
                    let part = Decimal::from(1 + roll(90)) / Decimal::ONE_HUNDRED;
                    let part = Rate::new(part).expect("a rate");
                    terms.amount.value = terms.amount.value.times(part);
                }
            }
            (_, None) => {}
        }
    }
    if roll(3) == 0 {
        economics.payment.stage.truncate(1);
    }
    deal
}

fn index(number: u64) -> usize {
    usize::try_from(number).expect("small")
}

#[test]
fn divided_statements_come_to_the_same_in_memory_and_beside_it() {
    let (mut made, mut divided, mut silent) = (0, 0, 0);
    for name in [
        "saas-alliance",
        "co-sell",
        "distribution",
        "marketplace",
        "referral",
    ] {
        let signed = sample(name);
        let terms = signed.economics.as_ref().expect("economics");
        let code = terms.currency.value.0.code();
        for seed in 1_000..1_025 {
            let mut roll = dice(seed);
            let deals: Vec<Deal> = (0..4).map(|_| other(&signed, &mut roll)).collect();
            let mut from = Date::MIN;
            let mut versions = Vec::new();
            for deal in &deals {
                versions.push(Version { from, deal });
                let days = i32::try_from(roll(120)).expect("small");
                let start = Date::from_text("2027-01-01").expect("a day");
                from = from.max(start).plus_days(1 + days);
            }
            let mut text = table(&signed, seed, 260).replace("USD", code);
            for number in 0..40 {
                let day = Date::from_text("2027-01-01").expect("a day");
                let day = day.plus_days(i32::try_from(roll(270)).expect("small"));
                let kind = ["lead", "activation-pending"][index(roll(2))];
                let (account, item) = (roll(20), roll(3));
                let _ = writeln!(
                    text,
                    "S{number},{},A{account},{kind},,,{item},,,,",
                    day.iso()
                );
            }
            let events = events(&signed, "q.csv", &text);
            for month in [3, 9] {
                let what = format!("{name} {seed} {month}");
                let one = alike(&versions, &events, &order(&signed, month), &what);
                made += usize::from(one.starts_with("Ok"));
                divided += usize::from(one.contains("Stretch {"));
                silent += usize::from(one.contains("by_silence: true"));
            }
        }
    }
    assert!(
        made > 120 && divided > 60 && silent > 40,
        "{made} {divided} {silent}"
    );
}
