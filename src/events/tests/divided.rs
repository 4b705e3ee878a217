//! Statements that an amendment divides: worked out by hand, from the words on accrued rights.

use super::{deal, read};
use crate::deal::Deal;
use crate::economics::Model;
use crate::events::{Made, Order, Run, SettleKind, Version};
use crate::units::{Date, Decimal, Unit};

const HEAD: &str = "id,date,account,kind,item,amount,currency,attribution,invoice,reason\n";

/// USD 240,000 in each of the first two quarters; USD 240,000 in August: 100,000 before the 15th and 140,000 from then on.
const SALES: [(&str, u32); 5] = [
    ("2027-01-05", 240_000),
    ("2027-04-05", 240_000),
    ("2027-08-14", 100_000),
    ("2027-08-15", 100_000),
    ("2027-08-20", 40_000),
];

fn amended(changes: &[(&str, &str)]) -> Deal {
    let mut text = include_str!("../../../samples/saas-alliance/deal.toml").to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    deal(&text)
}

/// The statement of a period, if `new` holds from 15 August on.
fn made(old: &Deal, new: &Deal, more: &[&str], period: &str) -> Made {
    let versions =
        [(Date::MIN, old), (day("2027-08-15"), new)].map(|(from, deal)| Version { from, deal });
    let order = Order {
        period: period.to_owned(),
        effective: None,
        ended: None,
        quiet: Vec::new(),
        most: 10,
    };
    let mut run = Run::under(&versions, order).unwrap_or_else(|found| panic!("{found:?}"));
    let sales = SALES.iter().enumerate().flat_map(|(place, (day, sum))| {
        [
            format!("i{place},{day},A,invoice,,{sum},USD,sourced,I{place},"),
            format!("c{place},{day},A,collection,,{sum},USD,,I{place},"),
        ]
    });
    let rows: Vec<String> = sales
        .chain(more.iter().map(|row| (*row).to_owned()))
        .collect();
    let (events, rejected) = read(old, &format!("{HEAD}{}\n", rows.join("\n")), None);
    assert!(rejected.is_empty(), "{rejected:?}");
    for event in &events {
        run.take(event).unwrap_or_else(|found| panic!("{found:?}"));
    }
    let made = run.finish().unwrap_or_else(|found| panic!("{found:?}"));
    adds_up(&made);
    made
}

fn day(text: &str) -> Date {
    Date::from_text(text).expect("a day")
}

/// The exact amounts of the lines and the rounding difference are the total, always.
fn adds_up(made: &Made) {
    let statement = &made.closed.statement;
    let lines: Decimal = (statement.lines.iter())
        .map(|line| line.amount.amount())
        .sum();
    let total = statement.total.amount();
    assert_eq!(lines + statement.rounding_difference.amount(), total);
}

/// Each line: what pays, in which stretch, and how much.
fn lines(made: &Made) -> Vec<(Model, u8, String)> {
    let lines = made.closed.statement.lines.iter();
    lines
        .map(|line| {
            let sum = line.amount.amount().normalize().to_string();
            (line.model, line.stretch, sum)
        })
        .collect()
}

fn of(model: Model, stretch: u8, sum: &str) -> (Model, u8, String) {
    (model, stretch, sum.to_owned())
}

/// 12.5% until 14 August and 20% from then on. The count of the tiers goes on: all of it is above USD 250,000.
#[test]
fn slices_are_paid_by_the_terms_of_their_day() {
    let old = amended(&[]);
    let new = amended(&[("pays = \"12.5%\"", "pays = \"20%\"")]);
    let made = made(&old, &new, &[], "2027-Q3");
    assert_eq!(
        lines(&made),
        [of(Model::Tiers, 0, "12500"), of(Model::Tiers, 1, "28000")]
    );
    let days: Vec<(String, String)> = made
        .stretches
        .iter()
        .map(|one| (one.from.iso(), one.to.iso()))
        .collect();
    let days: Vec<(&str, &str)> = days.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(
        days,
        [("2027-07-01", "2027-08-14"), ("2027-08-15", "2027-09-30")]
    );
    // Each event leads to the line of its day.
    for (line, ids) in made
        .closed
        .statement
        .lines
        .iter()
        .zip([&["c2"][..], &["c3", "c4"]])
    {
        let events = made.contributions.iter();
        let led: Vec<&str> = events
            .filter(|one| made.leads(one.stretch, one.pays, line, &old))
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(led, ids);
    }
}

/// Where the tier that is reached pays for the whole year, what was earned before the amendment stays as the tiers
/// before it paid it: 24,000, then 36,000 to make it 12.5% of 480,000, then 12,500. Of what came after it a higher tier
/// makes up for all: 25% of 540,000, less the 28,000 that 140,000 were paid at 20%.
#[test]
fn a_tier_that_pays_for_everything_pays_for_everything_since_it_holds() {
    let whole = ("basis = \"slice\"", "basis = \"whole\"");
    let old = amended(&[whole]);
    let new = amended(&[
        whole,
        ("pays = \"12.5%\"", "pays = \"20%\""),
        ("pays = \"15%\"", "pays = \"25%\""),
    ]);
    let october = [
        "i9,2027-10-05,A,invoice,,400000,USD,,I9,",
        "c9,2027-10-05,A,collection,,400000,USD,,I9,",
    ];
    let third = made(&old, &new, &october, "2027-Q3");
    assert_eq!(third.earlier[0].1.amount(), Decimal::from(24_000));
    assert_eq!(third.earlier[1].1.amount(), Decimal::from(36_000));
    assert_eq!(
        lines(&third),
        [of(Model::Tiers, 0, "12500"), of(Model::Tiers, 1, "28000")]
    );
    let fourth = made(&old, &new, &october, "2027-Q4");
    assert_eq!(
        lines(&fourth),
        [
            of(Model::Tiers, 0, "135000"),
            of(Model::TiersEarlier, 0, "-28000")
        ]
    );
    assert!(fourth.stretches.is_empty());
}

/// A fee of a month is that of the day on which the month ends: July by the old fee, August and September by the new
/// one. A cap of the months likewise: 10,000 and twice 15,000.
#[test]
fn a_fee_and_a_cap_are_those_of_the_day_on_which_their_period_ends() {
    let fee = |sum: &str| {
        format!(
            "[economics.fixed_fee]\namount = \"USD {sum}\"\nper = \"month\"\ncovers = \"a help desk\"\n\n[economics.minimum]"
        )
    };
    let (low, high) = (fee("1000"), fee("1500"));
    let old = amended(&[("[economics.minimum]", &low)]);
    let new = amended(&[("[economics.minimum]", &high)]);
    assert_eq!(
        lines(&made(&old, &new, &[], "2027-Q3")),
        [
            of(Model::Tiers, 0, "12500"),
            of(Model::Tiers, 1, "17500"),
            of(Model::FixedFee, 0, "1000"),
            of(Model::FixedFee, 1, "3000"),
        ]
    );
    let cap = |sum: &str| format!("amount = \"USD {sum}\"\nper = \"month\"");
    let year = "amount = \"USD 600000\"\nper = \"year\"";
    let dear = ("pays = \"12.5%\"", "pays = \"20%\"");
    let (low, high) = (cap("10000"), cap("15000"));
    let old = amended(&[(year, &low)]);
    let new = amended(&[(year, &high), dear]);
    let made = made(&old, &new, &[], "2027-Q3");
    assert_eq!(
        lines(&made),
        [
            of(Model::Tiers, 0, "12500"),
            of(Model::Tiers, 1, "28000"),
            of(Model::Cap, 1, "-500"),
        ]
    );
}

/// What is held back follows the day on which it was earned: 20% of 12,500 and 40% of 28,000. What is given back follows
/// the day on which the customer left: 75% of what was paid for it, not 50%.
#[test]
fn stages_and_clawback_follow_their_day() {
    let old = amended(&[]);
    let new = amended(&[
        ("pays = \"12.5%\"", "pays = \"20%\""),
        ("share = \"80%\"", "share = \"60%\""),
        ("share = \"20%\"", "share = \"40%\""),
        (
            "window = \"12 months\"\nshare = \"50%\"",
            "window = \"12 months\"\nshare = \"75%\"",
        ),
    ]);
    let made = made(&old, &new, &["x,2027-09-01,A,churn,,,,,,price"], "2027-Q3");
    let held = made.settlement.lines.iter();
    let held: Vec<String> = held
        .filter(|line| line.kind == SettleKind::Held)
        .map(|line| line.amount.amount().normalize().to_string())
        .collect();
    assert_eq!(held, ["-13700"]);
    // 80% of 24,000, of 29,750 and of 12,500, and 60% of 28,000: 69,800. The stages of January had come in July.
    let left = &made.closed.left[0];
    assert_eq!(left.paid.amount().normalize().to_string(), "69800");
    let back = &made.closed.statement.lines[2];
    assert_eq!((back.model, back.stretch), (Model::Clawback, 1));
    assert_eq!(back.amount.amount().normalize().to_string(), "-52350");
}

/// A bounty pays for at most three results of a statement: two at USD 100, and one of the two that follow at USD 200.
#[test]
fn a_limit_of_a_statement_holds_over_all_of_it() {
    let bounty = |sum: &str| {
        format!(
            "[economics.bounty]\namount = \"USD {sum}\"\nmetric = \"activation-count\"\ngate = \"activation\"\nlimit = \"3 activations\"\n\n[economics.minimum]"
        )
    };
    let (low, high) = (bounty("100"), bounty("200"));
    let old = amended(&[("[economics.minimum]", &low)]);
    let new = amended(&[("[economics.minimum]", &high)]);
    let rows = [
        "a1,2027-08-02,A,activation,1,,,,,",
        "a2,2027-08-03,A,activation,2,,,,,",
        "a3,2027-08-16,A,activation,3,,,,,",
        "a4,2027-08-17,A,activation,4,,,,,",
    ];
    let made = made(&old, &new, &rows, "2027-Q3");
    let bounties: Vec<_> = lines(&made)
        .into_iter()
        .filter(|(model, _, _)| *model == Model::Bounty)
        .collect();
    assert_eq!(
        bounties,
        [of(Model::Bounty, 0, "200"), of(Model::Bounty, 1, "200")]
    );
}

/// A fee of 10% of USD 6,000, and of 20% of the USD 5,000 that follow: at most USD 1,000 for the referral in all.
#[test]
fn a_cap_of_a_referral_holds_over_both_fees() {
    let fee = |rate: &str| {
        format!(
            "[economics.referral_fee]\nfee = \"{rate}\"\ngate = \"lead\"\ncap = \"USD 1000\"\n\n[economics.minimum]"
        )
    };
    let (low, high) = (fee("10%"), fee("20%"));
    let old = amended(&[("[economics.minimum]", &low)]);
    let new = amended(&[("[economics.minimum]", &high)]);
    let rows = [
        "l,2027-07-10,B,lead-accepted,,,,none,,",
        "b1,2027-08-02,B,invoice,,6000,USD,,B1,",
        "b2,2027-08-02,B,collection,,6000,USD,,B1,",
        "b3,2027-08-20,B,invoice,,5000,USD,,B2,",
        "b4,2027-08-20,B,collection,,5000,USD,,B2,",
        "b5,2027-10-20,B,invoice,,5000,USD,,B3,",
        "b6,2027-10-20,B,collection,,5000,USD,,B3,",
    ];
    let of_referral = |period: &str| -> Vec<_> {
        let made = made(&old, &new, &rows, period);
        let own = lines(&made).into_iter();
        own.filter(|(model, _, _)| *model == Model::ReferralFee)
            .collect()
    };
    assert_eq!(
        of_referral("2027-Q3"),
        [
            of(Model::ReferralFee, 0, "600"),
            of(Model::ReferralFee, 1, "400")
        ]
    );
    // The cap is used up.
    assert_eq!(of_referral("2027-Q4"), [of(Model::ReferralFee, 0, "0")]);
}

/// When a statement is paid divides nothing: it is due by the terms of the day on which its time ends.
#[test]
fn the_day_of_payment_is_that_of_the_terms_at_the_end() {
    let old = amended(&[]);
    let new = amended(&[("due = \"30 days\"", "due = \"60 days\"")]);
    let before = made(&old, &old, &[], "2027-Q3");
    let after = made(&old, &new, &[], "2027-Q3");
    assert!(after.stretches.is_empty());
    assert_eq!(
        before.settlement.statement_due,
        after.settlement.statement_due
    );
    let due = before.settlement.statement_due;
    assert!(due.days_until(before.settlement.due) < 35);
    assert!(due.days_until(after.settlement.due) >= 60);
}
