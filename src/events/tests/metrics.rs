//! Metrics, against the examples in the words of the samples.

use super::{read, sample};
use crate::events::{Measured, Query, measure};
use crate::units::{Date, Unit};

fn ask(table: &str, metric: &str, from: &str, to: &str) -> Measured {
    let deal = sample("saas-alliance");
    let (events, rejected) = read(&deal, table, None);
    assert!(rejected.is_empty(), "{rejected:?}");
    let query = Query {
        metric: metric.to_owned(),
        from: Date::from_text(from).expect("a date"),
        to: Date::from_text(to).expect("a date"),
        segment: None,
    };
    let values = measure(&deal, &events, &[query]).expect("sound events");
    values[0].value
}

const HEAD: &str = "id,date,account,kind,amount,currency,attribution,invoice,reason\n";

#[test]
fn a_fee_counts_on_the_day_on_which_its_invoice_is_paid() {
    let table = format!(
        "{HEAD}1,2027-01-10,Clinic,invoice,48000,USD,sourced,I-1,\n\
         2,2027-01-10,Clinic,discount,4800,USD,,I-1,\n\
         3,2027-02-10,Clinic,collection,40000,USD,,I-1,\n\
         4,2027-04-02,Clinic,collection,3200,USD,,I-1,\n\
         5,2027-05-02,Clinic,refund,1200,USD,,I-1,\n"
    );
    let money =
        |amount: &str| Measured::Money(crate::units::Money::from_text(amount).expect("money"));
    for (from, to, amount) in [
        ("2027-01-01", "2027-03-31", "USD 0"),
        ("2027-04-01", "2027-04-30", "USD 43200"),
        ("2027-04-01", "2027-06-30", "USD 42000"),
    ] {
        assert_eq!(
            ask(&table, "sourced-revenue", from, to),
            money(amount),
            "{from}"
        );
        assert_eq!(
            ask(&table, "net-revenue", from, to),
            money(amount),
            "{from}"
        );
    }
}

#[test]
fn the_examples_of_the_metrics_hold() {
    // "Tallowmere decides on 20 leads in a quarter and accepts 14; the rate is 70%."
    let mut table = HEAD.to_owned();
    for lead in 0..20 {
        let (kind, reason) = if lead < 14 {
            ("lead-accepted", "")
        } else {
            ("lead-rejected", "L2")
        };
        table.extend([format!(
            "{lead},2027-02-01,Lead {lead},{kind},,,,,{reason}\n"
        )]);
    }
    let share = ask(&table, "lead-acceptance", "2027-01-01", "2027-03-31");
    assert_eq!(
        share,
        Measured::Share {
            part: 14,
            whole: 20
        }
    );

    // "Ten Sourced Accounts open 42 tickets in a month; the load is four."
    // "Of 25 Sourced Accounts in their first 12 months two leave; the rate is 8%."
    let mut table = HEAD.to_owned();
    for account in 0..10 {
        table.extend([format!(
            "i{account},2027-03-01,A{account},invoice,100,USD,sourced,I{account},\n"
        )]);
    }
    for ticket in 0..42 {
        table.extend([format!(
            "t{ticket},2027-04-05,A{},ticket,,,,,\n",
            ticket % 10
        )]);
    }
    assert_eq!(
        ask(&table, "support-load", "2027-04-01", "2027-04-30"),
        Measured::Count(4)
    );
    for account in 10..25 {
        table.extend([format!(
            "i{account},2027-04-01,A{account},invoice,100,USD,sourced,I{account},\n"
        )]);
    }
    table.push_str("x1,2028-02-28,A3,churn,,,,,price\nx2,2028-04-02,A12,churn,,,,,price\nx3,2028-03-01,A4,churn,,,,,price\n");
    assert_eq!(
        ask(&table, "early-churn", "2027-01-01", "2028-03-31"),
        Measured::Share { part: 2, whole: 25 }
    );
    // "A Customer orders on 1 March and launches on 10 April because Tallowmere had no onboarding slot; it counts as one."
    let table = format!(
        "{HEAD}1,2027-04-10,Clinic,incident,,,,,late-onboarding\n2,2027-04-11,Clinic,incident,,,,,late-pilot\n"
    );
    assert_eq!(
        ask(&table, "late-onboardings", "2027-04-01", "2027-06-30"),
        Measured::Count(1)
    );
}
