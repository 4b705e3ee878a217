//! Statements from random ladders and event sequences, against a reference in another style.
//!
//! The reference keeps no state: for each statement it looks at all events again, in whole numbers of a ten-billionth
//! of a cent, and works the pay out as the words of the clauses say it. In every other case an amendment puts other
//! terms in their place from some day on. `cargo test` runs 20,000 cases; a million are run by
//! `cargo test --release --lib a_million -- --ignored`.

mod cases;
mod words;

use super::deal;
use crate::deal::{
    Basis, Boundary, Deal, EventKind, FeePeriod, Reset, Reward, RoundingLevel, StatementPeriod,
    TierPeriod,
};
use crate::events::column::COLUMNS;
use crate::events::{Column, Credit, Event, Order, Row, Run, Version};
use crate::units::{Count, Currency, Date, Decimal, Measure, Money, Rate, RoundingMode, Unit};
use cases::{happened, terms};
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};
use words::reference;

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

/// Random numbers (`SplitMix64`).
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
    /// What an amendment puts in their place, from a day of a month on.
    amended: Option<((i128, i8), Box<Terms>)>,
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
        by_silence: false,
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
    let later =
        (terms.amended.as_ref()).map(|((month, on), later)| (day(*month, *on), made(later)));
    let mut versions = vec![Version {
        from: Date::MIN,
        deal: &deal,
    }];
    versions.extend((later.iter()).map(|(from, deal)| Version { from: *from, deal }));
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
    let mut run = Run::under(&versions, order)
        .unwrap_or_else(|report| panic!("{seed}: {report:?}\n{terms:?}"));
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
