//! Statements from random ladders and event sequences, against a reference in another style.
//!
//! The reference keeps no state: for each statement it looks at all events again, in whole numbers of a ten-billionth
//! of a cent, and works the pay out as the words of the clauses say it. `cargo test` runs 20,000 cases; a million are
//! run by `cargo test --release --lib a_million -- --ignored`.

use super::deal;
use crate::deal::{
    Basis, Boundary, Deal, EventKind, FeePeriod, Reset, Reward, RoundingLevel, StatementPeriod,
    TierPeriod,
};
use crate::events::column::COLUMNS;
use crate::events::{Column, Credit, Event, Order, Row, Run};
use crate::units::{Count, Currency, Date, Decimal, Measure, Money, Rate, RoundingMode, Unit};
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

/// A cent.
const CENT: i128 = 10_000_000_000;

#[test]
fn twenty_thousand_cases_agree_to_the_cent() {
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (0..10_000).for_each(|seed| agree(half * 10_000 + seed)));
        }
    });
}

#[test]
#[ignore = "a million cases take minutes; see BENCHMARKS.md"]
fn a_million_cases_agree_to_the_cent() {
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (0..500_000).for_each(|seed| agree(half * 500_000 + seed)));
        }
    });
}

/// Random numbers (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.roll(all.len() as u64)).expect("small")]
    }
}

/// Terms of a deal in plain numbers.
#[derive(Debug, Clone)]
struct Terms {
    /// Where each tier begins: cents, or activations.
    from: Vec<i128>,
    /// What each pays: ten-thousandths, or cents for each.
    pays: Vec<i128>,
    counts: bool,
    basis: Basis,
    boundary: Boundary,
    period: TierPeriod,
    reset: Reset,
    months: bool,
    mode: RoundingMode,
    by_line: bool,
    /// Hundredths.
    influenced: i128,
    split: i128,
    /// Cents for each statement's period; none for no limit.
    cap: Option<i128>,
    floor: Option<i128>,
    /// Hundredths, within 6 months of the first invoice.
    clawback: Option<i128>,
}

/// One thing that happened.
#[derive(Debug, Clone, Copy)]
struct Happened {
    month: i128,
    day: i8,
    account: usize,
    what: Thing,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Thing {
    Invoice(i128),
    Refund(i128),
    Activation,
    Churn,
}

const ACCOUNTS: [Credit; 4] = [
    Credit::Sourced,
    Credit::Both,
    Credit::Influenced,
    Credit::Sourced,
];

fn terms(dice: &mut Dice) -> Terms {
    let counts = dice.roll(3) == 0;
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
        // What a cap cuts off is not paid, and so not given back: that has a test of its own.
        clawback: (cap.is_none() && dice.roll(2) == 0).then(|| i128::from(dice.roll(101))),
    }
}

fn happened(dice: &mut Dice) -> Vec<Happened> {
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

// The reference.

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
    for tier in 0..terms.pays.len() {
        let from = terms.from[tier];
        let to = terms.from.get(tier + 1).copied().unwrap_or(i128::MAX);
        let inside = if tier == 0 {
            volume.min(to)
        } else {
            volume.clamp(from, to) - from
        };
        all[tier] = inside * terms.pays[tier] * (CENT / 10_000);
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

/// The exact lines of a time, and what each account earned of them with the credit that it has.
fn lines(terms: &Terms, all: &[Happened], from: i128, to: i128) -> (Vec<i128>, [i128; 4]) {
    let parts: Vec<(i128, i128)> = match terms.period {
        TierPeriod::Month | TierPeriod::TrailingYear => {
            (from..=to).map(|month| (month, month)).collect()
        }
        TierPeriod::Quarter | TierPeriod::Year | TierPeriod::SinceStart => vec![(from, to)],
    };
    // By what they are: tier and whether influenced, for new volume; tier for what is taken off again.
    let mut new: std::collections::BTreeMap<(usize, bool), i128> =
        std::collections::BTreeMap::new();
    let mut off: std::collections::BTreeMap<usize, i128> = std::collections::BTreeMap::new();
    let mut accounts = [0; 4];
    let mut influenced_sums = 0;
    for (first, last) in parts {
        let begins = tier_month(terms, first);
        let volume = |until: &dyn Fn(&Happened) -> bool, since: i128| -> i128 {
            all.iter()
                .filter(|one| one.month >= since && until(one))
                .map(|one| moves(terms, one))
                .sum()
        };
        let before = volume(&|one| one.month < first, begins);
        let end = volume(&|one| one.month <= last, begins);
        let reached_before = match (terms.period, terms.reset) {
            (TierPeriod::TrailingYear, _) => volume(&|one| one.month < first, (first - 12).max(0)),
            (TierPeriod::SinceStart, _) | (_, Reset::Never) => volume(&|one| one.month < first, 0),
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
        let here = |one: &&Happened| first <= one.month && one.month <= last;
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
            *new.entry((end_tier, false)).or_default() += at_tier(terms, end_tier, before);
            *off.entry(start_tier).or_default() += at_tier(terms, start_tier, before);
            for account in 0..4 {
                let own: i128 = all
                    .iter()
                    .filter(|one| {
                        one.account == account && begins <= one.month && one.month < first
                    })
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

/// The totals of all statements until the last event.
fn reference(terms: &Terms, all: &[Happened], statements: i128) -> Vec<i128> {
    let length = if terms.months { 1 } else { 3 };
    let mut totals = Vec::new();
    let mut paid = [0; 4];
    for number in 0..statements {
        let (from, to) = (number * length, number * length + length - 1);
        let (mut exact, accounts) = lines(terms, all, from, to);
        for account in 0..4 {
            paid[account] += accounts[account];
        }
        if let Some(share) = terms.clawback {
            let mut back = 0;
            for one in all
                .iter()
                .filter(|one| one.what == Thing::Churn && from <= one.month && one.month <= to)
            {
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

// The program.

/// The most tiers that a case has.
const MOST_TIERS: usize = 5;

/// A deal with so many tiers and every limit; each case changes its values, which is quicker than to read a text.
fn base(counts: bool) -> Deal {
    let mut text = String::from(include_str!("reference.toml"));
    let (metric, bound, pays) = if counts {
        ("activations", " activations", "USD 1")
    } else {
        ("sourced", "", "1%")
    };
    let unit = if counts { "" } else { "USD " };
    let _ = write!(
        text,
        "[economics.tiers]\nmetric = \"{metric}\"\nperiod = \"year\"\nbasis = \"slice\"\n\
         boundary = \"tier-below\"\nreset = \"each-period\"\n"
    );
    for tier in 0..MOST_TIERS {
        let _ = write!(
            text,
            "[[economics.tiers.tier]]\nfrom = \"{unit}{tier}{bound}\"\nto = \"{unit}{}{bound}\"\npays = \"{pays}\"\n",
            tier + 1
        );
    }
    for key in ["cap", "floor"] {
        let _ = write!(
            text,
            "[economics.{key}]\namount = \"USD 1\"\nper = \"quarter\"\n"
        );
    }
    text.push_str(
        "[economics.clawback]\nwindow = \"6 months\"\nshare = \"50%\"\ntrigger = \"the Customer leaves\"\n",
    );
    deal(&text)
}

/// The two deals that cases begin with: tiers of money, and tiers that count.
static BASES: LazyLock<[Deal; 2]> = LazyLock::new(|| [base(false), base(true)]);

fn cents(cents: i128) -> Money {
    let amount = Decimal::new(i64::try_from(cents).expect("small"), 2);
    Money::new(amount, Currency::USD)
}

/// The deal of these terms.
fn made(terms: &Terms) -> Deal {
    let mut deal = BASES[usize::from(terms.counts)].clone();
    let rate = |parts: i128, places: u32| {
        let fraction = Decimal::new(i64::try_from(parts).expect("small"), places);
        Rate::new(fraction).expect("a share")
    };
    let attribution = deal.attribution.as_mut().expect("attribution");
    attribution.influenced_share.value = rate(terms.influenced, 2);
    attribution.split.as_mut().expect("a split").value = rate(terms.split, 2);
    let economics = deal.economics.as_mut().expect("economics");
    economics.rounding.mode.value = terms.mode;
    if !terms.by_line {
        economics.rounding.level.value = RoundingLevel::Total;
    }
    let per = if terms.months {
        economics.payment.statements.value = StatementPeriod::Month;
        FeePeriod::Month
    } else {
        FeePeriod::Quarter
    };
    for (limit, amount) in [
        (&mut economics.cap, terms.cap),
        (&mut economics.floor, terms.floor),
    ] {
        match (amount, limit.as_mut()) {
            (Some(amount), Some(limit)) => {
                limit.amount.value = cents(amount);
                limit.per.value = per;
            }
            (_, _) => *limit = None,
        }
    }
    match (terms.clawback, economics.clawback.as_mut()) {
        (Some(share), Some(clawback)) => clawback.share.value = rate(share, 2),
        (_, _) => economics.clawback = None,
    }
    let tiers = economics.tiers.as_mut().expect("tiers");
    tiers.basis.value = terms.basis;
    tiers.boundary.value = terms.boundary;
    tiers.period.value = terms.period;
    tiers.reset.value = terms.reset;
    tiers.tier.truncate(terms.pays.len());
    let bound = |volume: i128| {
        if terms.counts {
            Measure::Count(Count::new(
                u64::try_from(volume).expect("a count"),
                "activations",
            ))
        } else {
            Measure::Money(cents(volume))
        }
    };
    let last = tiers.tier.len() - 1;
    for (index, tier) in tiers.tier.iter_mut().enumerate() {
        tier.from.value = bound(terms.from[index]);
        if index == last {
            tier.to = None;
        } else {
            tier.to.as_mut().expect("an end").value = bound(terms.from[index + 1]);
        }
        tier.pays.value = if terms.counts {
            Reward::Each(cents(terms.pays[index]))
        } else {
            Reward::Rate(rate(terms.pays[index], 4))
        };
    }
    deal
}

fn event(number: usize, one: &Happened) -> Event {
    let account = format!("A{}", one.account);
    let (kind, amount) = match one.what {
        Thing::Invoice(amount) => (EventKind::Invoice, Some(amount)),
        Thing::Refund(amount) => (EventKind::Refund, Some(amount)),
        Thing::Activation => (EventKind::Activation, None),
        Thing::Churn => (EventKind::Churn, None),
    };
    // One invoice an account holds all its fees, but for the day, which has to be its own.
    let cells = [
        (Column::Id, number.to_string()),
        (Column::Account, account),
        (
            Column::Item,
            if kind == EventKind::Activation {
                number.to_string()
            } else {
                String::new()
            },
        ),
        (Column::Invoice, format!("I{number}")),
    ];
    let mut text = String::new();
    let mut places = [(0, 0); COLUMNS];
    for (column, cell) in cells {
        let start = u16::try_from(text.len()).expect("short");
        text.push_str(&cell);
        places[column.index()] = (start, u16::try_from(text.len()).expect("short"));
    }
    let shown = u16::try_from(text.len()).expect("short");
    Event {
        date: day(one.month, one.day),
        kind,
        amount: amount.map(cents),
        attribution: Some(ACCOUNTS[one.account]),
        row: Row {
            file: Arc::from("events"),
            line: number as u64,
            text: text.into_boxed_str(),
            cells: places,
            shown,
        },
    }
}

fn day(month: i128, day: i8) -> Date {
    let year = 2027 + i16::try_from(month / 12).expect("small");
    let month = i8::try_from(month % 12 + 1).expect("small");
    Date::new(year, month, day).expect("a day")
}

/// The events, and what refunds take from: each from one invoice that is large enough.
fn events(all: &[Happened]) -> Vec<Event> {
    let mut made: Vec<Event> = Vec::new();
    let mut number = 0;
    let mut open: Vec<(usize, usize, i128)> = Vec::new();
    for one in all {
        let Thing::Refund(mut cents) = one.what else {
            number += 1;
            if let Thing::Invoice(cents) = one.what {
                open.push((one.account, number, cents));
            }
            made.push(event(number, one));
            continue;
        };
        for (account, invoice, left) in &mut open {
            if *account == one.account && *left > 0 && cents > 0 {
                let part = cents.min(*left);
                *left -= part;
                cents -= part;
                number += 1;
                let mut refund = event(
                    *invoice,
                    &Happened {
                        what: Thing::Refund(part),
                        ..*one
                    },
                );
                refund.row.line = number as u64;
                made.push(refund);
            }
        }
    }
    made
}

fn agree(seed: u64) {
    let mut dice = Dice(seed);
    let terms = terms(&mut dice);
    let all = happened(&mut dice);
    let Some(last) = all.last() else {
        return;
    };
    let length = if terms.months { 1 } else { 3 };
    let statements = last.month / length + 1;
    let expected = reference(&terms, &all, statements);
    let deal = made(&terms);
    let period = if terms.months {
        format!("{}-{:02}", 2027 + last.month / 12, last.month % 12 + 1)
    } else {
        format!("{}-Q{}", 2027 + last.month / 12, last.month % 12 / 3 + 1)
    };
    let quiet = (0..statements)
        .map(|number| {
            let month = number * length;
            if terms.months {
                format!("{}-{:02}", 2027 + month / 12, month % 12 + 1)
            } else {
                format!("{}-Q{}", 2027 + month / 12, month % 12 / 3 + 1)
            }
        })
        .collect();
    let order = Order {
        period,
        effective: Date::from_text("2027-01-01").ok(),
        ended: None,
        quiet,
        most: 0,
    };
    let mut run =
        Run::new(&deal, order).unwrap_or_else(|report| panic!("{seed}: {report:?}\n{terms:?}"));
    for event in events(&all) {
        run.take(&event)
            .unwrap_or_else(|finding| panic!("{seed}: {finding:?}\n{all:?}"));
    }
    let made = run
        .finish()
        .unwrap_or_else(|report| panic!("{seed}: {report:?}"));
    let in_cents = |money: Money| {
        let cents = money.amount() * Decimal::ONE_HUNDRED;
        assert!(cents.fract().is_zero(), "{seed}: {money:?}");
        i128::try_from(cents).expect("a whole number of cents")
    };
    let mut found: Vec<i128> = made
        .earlier
        .iter()
        .map(|(_, total, _)| in_cents(*total))
        .collect();
    found.push(in_cents(made.closed.statement.total));
    assert_eq!(
        found, expected,
        "seed {seed}\n{terms:#?}\n{all:#?}\n{:#?}",
        made.closed.statement
    );
    let exact: Decimal = made
        .closed
        .statement
        .lines
        .iter()
        .map(|line| line.amount.amount())
        .sum();
    assert_eq!(
        exact + made.closed.statement.rounding_difference.amount(),
        made.closed.statement.total.amount(),
        "seed {seed}"
    );
}
