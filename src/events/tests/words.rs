//! Statements against the words of the clauses, case by case, worked out by hand.

use super::{read, sample};
use crate::deal::Deal;
use crate::events::{Made, Order, Run, SettleKind};
use crate::units::{Date, Unit};

const HEAD: &str = "id,date,account,kind,amount,currency,item,segment,attribution,invoice,reason\n";

/// The statement of a time; a row is `date,account,kind,amount,currency,item,segment,attribution,invoice,reason`.
fn made(deal: &Deal, rows: &[&str], period: &str, quiet: &[&str]) -> Made {
    made_until(deal, rows, period, quiet, None)
}

fn made_until(
    deal: &Deal,
    rows: &[&str],
    period: &str,
    quiet: &[&str],
    ended: Option<&str>,
) -> Made {
    let table = rows
        .iter()
        .enumerate()
        .fold(HEAD.to_owned(), |table, (id, row)| {
            format!("{table}{id},{row}\n")
        });
    let (events, rejected) = read(deal, &table, None);
    assert!(rejected.is_empty(), "{rejected:?}");
    let order = Order {
        period: period.to_owned(),
        effective: None,
        ended: ended.map(|day| Date::from_text(day).expect("a date")),
        quiet: quiet.iter().map(|name| (*name).to_owned()).collect(),
        most: 10,
    };
    let mut run = Run::new(deal, order).unwrap_or_else(|report| panic!("{report:?}"));
    for event in &events {
        run.take(event)
            .unwrap_or_else(|finding| panic!("{finding:?}"));
    }
    run.finish().unwrap_or_else(|report| panic!("{report:?}"))
}

fn total(made: &Made) -> String {
    made.closed.statement.total.amount().normalize().to_string()
}

fn paid(made: &Made) -> String {
    made.settlement.pay.amount().normalize().to_string()
}

fn settled(made: &Made, kind: SettleKind) -> String {
    let line = made.settlement.lines.iter().find(|line| line.kind == kind);
    line.map_or_else(String::new, |line| {
        line.amount.amount().normalize().to_string()
    })
}

#[test]
fn each_boundary_and_one_cent_on_both_sides_belong_where_the_words_say() {
    // "A value that is exactly on a boundary belongs to the lower of the two tiers": 10% to USD 250,000, then 12.5%.
    let deal = sample("saas-alliance");
    for (amount, commission) in [
        ("249999.99", "25000"),
        ("250000.00", "25000"),
        ("250000.01", "25000"),
        ("250008.00", "25001"),
        ("999999.99", "118750"),
        ("1000000.00", "118750"),
        ("1000000.20", "118750.03"),
    ] {
        let made = made(
            &deal,
            &[
                &format!("2027-01-05,A,invoice,{amount},USD,,,sourced,I,"),
                &format!("2027-01-06,A,collection,{amount},USD,,,,I,"),
            ],
            "2027-Q1",
            &[],
        );
        assert_eq!(total(&made), commission, "{amount}");
    }
}

#[test]
fn a_stage_waits_six_months_and_is_lost_if_the_customer_leaves() {
    let deal = sample("saas-alliance");
    let rows = [
        "2027-01-05,A,invoice,1000,USD,,,sourced,I,",
        "2027-02-28,A,collection,1000,USD,,,,I,",
        "2027-01-05,B,invoice,1000,USD,,,sourced,J,",
        "2027-03-31,B,collection,1000,USD,,,,J,",
        "2027-08-29,A,churn,,,,,,,price",
    ];
    // 10% of 2,000 is 200; 20% of that wait.
    let first = made(&deal, &rows[..4], "2027-Q1", &[]);
    assert_eq!(
        (total(&first), settled(&first, SettleKind::Held)),
        ("200".to_owned(), "-40".to_owned())
    );
    // What was small is carried over: 160 is less than USD 250.
    assert!(first.settlement.carried);
    // A stayed for six months, until 28 August; B's six months end on 30 September. A's exit costs half of 100.
    let third = made(&deal, &rows, "2027-Q3", &["2027-Q2"]);
    assert_eq!(settled(&third, SettleKind::Released), "40");
    assert_eq!(settled(&third, SettleKind::Carried), "160");
    assert_eq!(total(&third), "-40", "half of the 80 that were paid before");
    // Gone a day earlier, the stage is lost.
    let earlier: Vec<&str> = rows[..4]
        .iter()
        .copied()
        .chain(["2027-08-28,A,churn,,,,,,,price"])
        .collect();
    assert_eq!(
        settled(
            &made(&deal, &earlier, "2027-Q3", &["2027-Q2"]),
            SettleKind::Released
        ),
        "20"
    );
    // A fault of the product brings no clawback about.
    let fault: Vec<&str> = rows[..4]
        .iter()
        .copied()
        .chain(["2027-08-29,A,churn,,,,,,,product-fault"])
        .collect();
    assert_eq!(total(&made(&deal, &fault, "2027-Q3", &["2027-Q2"])), "0");
}

#[test]
fn renewals_pay_while_the_partner_stays_engaged_and_step_down_with_age() {
    let deal = sample("saas-alliance");
    let rows = [
        "2027-01-31,A,invoice,1000,USD,,,sourced,I1,",
        "2027-01-31,A,collection,1000,USD,,,,I1,",
        "2028-01-31,A,renewal,,,,,,,",
        "2028-01-31,A,invoice,1000,USD,,,,I2,",
        "2028-02-01,A,collection,1000,USD,,,,I2,",
        "2028-05-02,A,disengaged,,,,,,,",
        "2028-05-10,A,invoice,1000,USD,,,,I3,",
        "2028-05-10,A,collection,1000,USD,,,,I3,",
        "2028-07-01,A,engaged,,,,,,,",
        "2028-08-10,A,invoice,1000,USD,,,,I4,",
        "2028-08-10,A,collection,1000,USD,,,,I4,",
        // 36 months after the first invoice the share falls to 3%, after 60 months it ends.
        "2030-01-30,A,invoice,1000,USD,,,,I5,",
        "2030-01-30,A,collection,1000,USD,,,,I5,",
        "2030-01-31,A,invoice,1000,USD,,,,I6,",
        "2030-01-31,A,collection,1000,USD,,,,I6,",
        "2032-01-30,A,invoice,1000,USD,,,,I7,",
        "2032-01-30,A,collection,1000,USD,,,,I7,",
        "2032-01-31,A,invoice,1000,USD,,,,I8,",
        "2032-01-31,A,collection,1000,USD,,,,I8,",
    ];
    let quiet: Vec<String> = (2027..=2032)
        .flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")))
        .collect();
    let quiet: Vec<&str> = quiet.iter().map(String::as_str).collect();
    for (period, commission) in [
        ("2028-Q1", "50"),
        ("2028-Q2", "0"),
        ("2028-Q3", "50"),
        ("2030-Q1", "80"),
        ("2032-Q1", "30"),
    ] {
        assert_eq!(
            total(&made(&deal, &rows, period, &quiet)),
            commission,
            "{period}"
        );
    }
}

#[test]
fn credit_hangs_on_claims_and_evidence() {
    let deal = sample("saas-alliance");
    let sold = [
        "2027-03-01,A,invoice,1000,USD,,,influenced,I,",
        "2027-03-02,A,collection,1000,USD,,,,I,",
    ];
    for (before, commission) in [
        // 10% of 1,000, and half of it for an influenced account.
        (
            &[
                "2027-02-01,A,evidence,,,,,influenced,,",
                "2027-02-10,A,claim,,,,,,,",
            ][..],
            "50",
        ),
        // The evidence is older than 90 days when credit is claimed: 1 January plus 90 days is 1 April.
        (&["2027-02-10,A,claim,,,,,influenced,,"], "0"),
        // The claim came after the first order.
        (
            &[
                "2027-02-01,A,order,,,,,,,",
                "2027-02-02,A,evidence,,,,,influenced,,",
                "2027-02-10,A,claim,,,,,,,",
            ],
            "0",
        ),
        // Nothing is recorded but who brought it: the record decides.
        (&[], "50"),
    ] {
        let rows: Vec<&str> = before.iter().chain(&sold).copied().collect();
        assert_eq!(
            total(&made(&deal, &rows, "2027-Q1", &[])),
            commission,
            "{before:?}"
        );
    }
}

#[test]
fn periods_that_are_covered_in_part_pay_in_proportion_to_the_days() {
    // CHF 13,500 a quarter from 1 July; the agreement ends on 14 August: 45 of 92 days, rounded down.
    let deal = sample("distribution");
    let rows = ["2027-07-09,A,incident,,,,,,,training-day"];
    let made = made_until(&deal, &rows, "2027-Q3", &[], Some("2027-08-14"));
    assert_eq!(total(&made), "6603.26");
    // The least sum of SGD 12,000 a month, for 10 of 31 days, is rounded up so that rounding cannot break it.
    let deal = sample("marketplace");
    let rows = ["2027-03-05,A,activation,,,,,sourced,,"];
    let made = made_until(&deal, &rows, "2027-03", &[], Some("2027-03-10"));
    let floor = deal
        .economics
        .as_ref()
        .and_then(|all| all.floor.as_ref())
        .expect("a floor");
    let least = floor.amount.value.amount() * crate::units::Decimal::from(10)
        / crate::units::Decimal::from(31);
    let least = crate::units::Rounding {
        mode: crate::units::RoundingMode::Up,
        place: 2,
    }
    .round(least);
    assert_eq!(total(&made), least.normalize().to_string());
}

#[test]
fn statements_take_off_carry_over_and_bear_interest() {
    let deal = sample("saas-alliance");
    let rows = [
        "2027-01-05,A,invoice,100000,USD,,,sourced,I,",
        "2027-01-06,A,collection,100000,USD,,,,I,",
        // Due 21 April plus 30 days: 21 May. Ten days late at 8%: 8,000 x 8% x 10 / 365.
        "2027-04-21,,statement,,,,,,2027-Q1,",
        "2027-05-31,,payment,8000,USD,,,,2027-Q1,",
        "2027-06-01,,set-off,100,USD,,,,,",
        "2027-05-20,,dispute,3000,USD,,,,2027-Q1,",
        "2027-06-15,,settlement,250,USD,,,,2027-Q1,",
    ];
    let first = made(&deal, &rows[..2], "2027-Q1", &[]);
    assert_eq!(paid(&first), "8000");
    assert_eq!(
        first.settlement.due,
        Date::from_text("2027-05-21").expect("a date")
    );
    let second = made(&deal, &rows, "2027-Q2", &[]);
    let amounts: Vec<String> = second
        .settlement
        .lines
        .iter()
        .map(|line| line.amount.amount().normalize().to_string())
        .collect();
    assert_eq!(amounts, ["17.53", "-100", "250"]);
    assert!(second.settlement.carried, "167.53 is less than USD 250");
}

#[test]
fn a_chargeback_takes_off_and_a_new_payment_brings_back() {
    let deal = sample("saas-alliance");
    let rows = [
        "2027-01-05,A,invoice,50000,USD,,,sourced,I,",
        "2027-01-06,A,collection,50000,USD,,,,I,",
        "2027-04-06,A,chargeback,20000,USD,,,,I,",
        "2027-07-06,A,collection,20000,USD,,,,I,",
    ];
    for (count, period, commission) in [
        (2, "2027-Q1", "5000"),
        (3, "2027-Q2", "-2000"),
        (4, "2027-Q3", "2000"),
    ] {
        assert_eq!(total(&made(&deal, &rows[..count], period, &[])), commission);
    }
}
