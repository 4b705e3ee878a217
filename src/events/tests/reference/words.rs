//! The reference: pay as the words of the clauses say it, in whole numbers, from all events again each time.

use super::{ACCOUNTS, CENT, Happened, Terms, Thing};
use crate::deal::{Basis, Boundary, Reset, TierPeriod};
use crate::events::Credit;
use crate::units::RoundingMode;

/// The tier of a volume, as the words say it: a value exactly on a boundary belongs to the lower or the higher tier.
fn tier_of(terms: &Terms, volume: i128) -> usize {
    let mut tier = 0;
    for index in 1..terms.from.len() {
        let above = match terms.boundary {
            Boundary::Below => volume > terms.from[index],
            Boundary::Above => volume >= terms.from[index],
        };
        if above {
            tier = index;
        }
    }
    tier
}

/// What all volume from nothing to `volume` pays, tier by tier, if each pays its own slice: in parts of a cent.
fn slices(terms: &Terms, volume: i128) -> Vec<i128> {
    let mut all = vec![0; terms.pays.len()];
    if terms.counts {
        // Thing by thing: each belongs to the tier of the count that it brings about.
        for thing in 1..=volume {
            let tier = tier_of(terms, thing);
            all[tier] += terms.pays[tier] * CENT;
        }
        return all;
    }
    for (tier, paid) in all.iter_mut().enumerate() {
        let from = terms.from[tier];
        let to = terms.from.get(tier + 1).copied().unwrap_or(i128::MAX);
        let inside = if tier == 0 {
            volume.min(to)
        } else {
            volume.clamp(from, to) - from
        };
        *paid = inside * terms.pays[tier] * (CENT / 10_000);
    }
    all
}

/// What a volume pays at the rate of one tier.
fn at_tier(terms: &Terms, tier: usize, volume: i128) -> i128 {
    let unit = if terms.counts { CENT } else { CENT / 10_000 };
    volume * terms.pays[tier] * unit
}

/// The first month of the tiers' time that a month lies in.
fn tier_month(terms: &Terms, month: i128) -> i128 {
    match (terms.period, terms.reset) {
        (TierPeriod::TrailingYear, _) => (month - 11).max(0),
        (TierPeriod::SinceStart, _) | (_, Reset::Never) => 0,
        (TierPeriod::Month, Reset::EachPeriod) => month,
        (TierPeriod::Quarter, Reset::EachPeriod) => month / 3 * 3,
        (TierPeriod::Year, Reset::EachPeriod) => month / 12 * 12,
    }
}

fn signed(what: Thing) -> i128 {
    match what {
        Thing::Invoice(amount) => amount,
        Thing::Refund(amount) => -amount,
        Thing::Activation | Thing::Churn => 0,
    }
}

/// What an event adds to the volume that moves the tiers.
fn moves(terms: &Terms, one: &Happened) -> i128 {
    match (terms.counts, ACCOUNTS[one.account]) {
        (true, _) => i128::from(one.what == Thing::Activation),
        (false, Credit::Influenced | Credit::None) => 0,
        (false, Credit::Sourced | Credit::Both) => signed(one.what),
    }
}

fn round(mode: RoundingMode, exact: i128) -> i128 {
    let (whole, rest) = (exact.div_euclid(CENT), exact.rem_euclid(CENT));
    let up = match mode {
        RoundingMode::HalfUp if exact < 0 => rest * 2 > CENT,
        RoundingMode::HalfUp => rest * 2 >= CENT,
        RoundingMode::HalfEven => rest * 2 > CENT || rest * 2 == CENT && whole.rem_euclid(2) == 1,
        RoundingMode::Down => exact < 0 && rest > 0,
        RoundingMode::Up => exact > 0 && rest > 0,
    };
    (whole + i128::from(up)) * CENT
}

/// A part of the time of a statement that one set of terms pays for: from a day to before another one.
#[derive(Clone, Copy)]
struct Stretch<'t> {
    terms: &'t Terms,
    from: Day,
    until: Day,
    /// The month in which the statement begins.
    statement: i128,
    /// When the tiers became what they are.
    since: Day,
}

/// A month, and a day of it.
type Day = (i128, i8);

fn on(one: &Happened) -> Day {
    (one.month, one.day)
}

/// The exact lines of a time, and what each account earned of them with the credit that it has.
fn lines(stretch: Stretch<'_>, all: &[Happened]) -> (Vec<i128>, [i128; 4]) {
    let Stretch {
        terms, from, until, ..
    } = stretch;
    let parts: Vec<(Day, Day)> = match terms.period {
        TierPeriod::Month | TierPeriod::TrailingYear => (from.0..=until.0)
            .map(|month| (from.max((month, 1)), until.min((month + 1, 1))))
            .filter(|(from, until)| from < until)
            .collect(),
        TierPeriod::Quarter | TierPeriod::Year | TierPeriod::SinceStart => vec![(from, until)],
    };
    // By what they are: tier and whether influenced, for new volume; tier for what is taken off again.
    let mut new: std::collections::BTreeMap<(usize, bool), i128> =
        std::collections::BTreeMap::new();
    let mut off: std::collections::BTreeMap<usize, i128> = std::collections::BTreeMap::new();
    let mut accounts = [0; 4];
    let mut influenced_sums = 0;
    for (from, until) in parts {
        let first = from.0;
        let begins = tier_month(terms, first);
        let volume = |until: &dyn Fn(&Happened) -> bool, since: i128| -> i128 {
            all.iter()
                .filter(|one| one.month >= since && until(one))
                .map(|one| moves(terms, one))
                .sum()
        };
        let before = volume(&|one| on(one) < from, begins);
        let end = volume(&|one| on(one) < until, begins);
        let reached_before = match (terms.period, terms.reset) {
            (TierPeriod::TrailingYear, _) => volume(&|one| one.month < first, (first - 12).max(0)),
            // The tier that was reached when the last statement ended, or the last period of the tiers in it.
            (TierPeriod::Month, Reset::Never) => volume(&|one| one.month < first, 0),
            (TierPeriod::SinceStart, _) | (_, Reset::Never) => {
                volume(&|one| one.month < stretch.statement, 0)
            }
            (period, Reset::EachPeriod) => {
                let length = match period {
                    TierPeriod::Month => 1,
                    TierPeriod::Quarter => 3,
                    TierPeriod::Year | TierPeriod::TrailingYear | TierPeriod::SinceStart => 12,
                };
                volume(&|one| one.month < begins, (begins - length).max(0))
            }
        };
        let (start_tier, end_tier) = match terms.basis {
            Basis::Prospective => {
                let tier = tier_of(terms, reached_before);
                (tier, tier)
            }
            Basis::Slice | Basis::Whole => (tier_of(terms, before), tier_of(terms, end)),
        };
        let here = |one: &&Happened| from <= on(one) && on(one) < until;
        let mut stands = before;
        for one in all.iter().filter(here) {
            let influenced = ACCOUNTS[one.account] == Credit::Influenced;
            let step = moves(terms, one);
            let pays_now =
                terms.counts && one.what == Thing::Activation || !terms.counts && !influenced;
            if pays_now && terms.basis == Basis::Slice {
                let (low, high) = (slices(terms, stands), slices(terms, stands + step));
                for tier in 0..low.len() {
                    let amount = high[tier] - low[tier];
                    *new.entry((tier, false)).or_default() += amount;
                    earn(
                        terms,
                        one.account,
                        amount,
                        &mut accounts,
                        &mut influenced_sums,
                    );
                }
            } else if pays_now {
                let amount = at_tier(terms, end_tier, step);
                *new.entry((end_tier, false)).or_default() += amount;
                earn(
                    terms,
                    one.account,
                    amount,
                    &mut accounts,
                    &mut influenced_sums,
                );
            } else if influenced && !terms.counts {
                let amount = at_tier(terms, end_tier, signed(one.what)) * terms.influenced / 100;
                *new.entry((end_tier, true)).or_default() += amount;
                accounts[one.account] += amount;
            }
            stands += step;
        }
        let again = terms.basis == Basis::Whole
            && terms.period != TierPeriod::TrailingYear
            && start_tier != end_tier;
        if again {
            // What was earned before an amendment of the tiers stays as they paid it.
            let begins = stretch.since.max((begins, 1));
            let before = volume(&|one| begins <= on(one) && on(one) < from, 0);
            *new.entry((end_tier, false)).or_default() += at_tier(terms, end_tier, before);
            *off.entry(start_tier).or_default() += at_tier(terms, start_tier, before);
            for account in 0..4 {
                let own: i128 = all
                    .iter()
                    .filter(|one| one.account == account && begins <= on(one) && on(one) < from)
                    .map(|one| moves(terms, one))
                    .sum();
                let more = at_tier(terms, end_tier, own) - at_tier(terms, start_tier, own);
                earn(terms, account, more, &mut accounts, &mut influenced_sums);
            }
        }
    }
    let mut lines: Vec<i128> = new.into_values().collect();
    lines.extend(off.into_values().map(|amount| -amount));
    if terms.counts {
        lines.push(-influenced_sums * (100 - terms.influenced) / 100);
    }
    lines.push(-accounts[1] * (100 - terms.split) / 100);
    accounts[1] = accounts[1] * terms.split / 100;
    (lines, accounts)
}

/// What an account earns with full credit; results of influenced accounts earn their part.
fn earn(
    terms: &Terms,
    account: usize,
    amount: i128,
    accounts: &mut [i128; 4],
    influenced_sums: &mut i128,
) {
    if ACCOUNTS[account] == Credit::Influenced && terms.counts {
        *influenced_sums += amount;
        accounts[account] += amount * terms.influenced / 100;
    } else {
        accounts[account] += amount;
    }
}

/// The terms of a statement's time, one after the other.
fn stretches(first: &Terms, from: i128, to: i128) -> Vec<Stretch<'_>> {
    let whole = |terms, since| Stretch {
        terms,
        from: (from, 1),
        until: (to + 1, 1),
        statement: from,
        since,
    };
    match &first.amended {
        Some((day, later)) if *day <= (from, 1) => vec![whole(later, *day)],
        Some((day, later)) if day.0 <= to => {
            let before = Stretch {
                until: *day,
                ..whole(first, (0, 1))
            };
            let after = Stretch {
                from: *day,
                ..whole(later, *day)
            };
            vec![before, after]
        }
        Some(_) | None => vec![whole(first, (0, 1))],
    }
}

/// The totals of all statements until the last event.
pub(super) fn reference(first: &Terms, all: &[Happened], statements: i128) -> Vec<i128> {
    let length = if first.months { 1 } else { 3 };
    let mut totals = Vec::new();
    let mut paid = [0; 4];
    for number in 0..statements {
        let (from, to) = (number * length, number * length + length - 1);
        let stretches = stretches(first, from, to);
        let mut exact = Vec::new();
        for stretch in &stretches {
            let (lines, accounts) = lines(*stretch, all);
            exact.extend(lines);
            for account in 0..4 {
                paid[account] += accounts[account];
            }
        }
        for stretch in &stretches {
            let Some(share) = stretch.terms.clawback else {
                continue;
            };
            let mut back = 0;
            let here = |one: &&Happened| stretch.from <= on(one) && on(one) < stretch.until;
            for one in (all.iter().filter(here)).filter(|one| one.what == Thing::Churn) {
                let first = all
                    .iter()
                    .filter(|other| other.account == one.account)
                    .find(|other| matches!(other.what, Thing::Invoice(_)))
                    .expect("who leaves was a customer");
                if (one.month - first.month, one.day) <= (6, first.day) {
                    back += paid[one.account];
                }
            }
            exact.push(-back * share / 100);
        }
        // What holds when the time ends.
        let terms = stretches[stretches.len() - 1].terms;
        let settle = |exact: &[i128]| -> (i128, i128) {
            if terms.by_line {
                let sum = exact.iter().map(|line| round(terms.mode, *line)).sum();
                (sum, sum)
            } else {
                let sum = exact.iter().sum();
                (sum, round(terms.mode, sum))
            }
        };
        if let Some(floor) = terms.floor {
            let (so_far, _) = settle(&exact);
            if so_far < floor * CENT {
                exact.push(floor * CENT - so_far);
            }
        }
        if let Some(cap) = terms.cap {
            let (so_far, _) = settle(&exact);
            if so_far > cap * CENT {
                exact.push(cap * CENT - so_far);
            }
        }
        totals.push(settle(&exact).1 / CENT);
    }
    totals
}
