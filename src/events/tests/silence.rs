//! Gates at which nobody decides: what the deal takes silence for, on the last day of the time to decide.

use super::{deal, read};
use crate::deal::Deal;
use crate::diagnostic::Code;
use crate::events::{Made, Measured, Order, Run};
use crate::units::{Date, Decimal, Unit};

/// A fee for each referral that passes its gate, which has five business days.
fn referral(silence: &str) -> Deal {
    let text = include_str!("../../../samples/referral/deal.toml");
    assert!(text.contains("silence = \"accepted\""));
    deal(&text.replacen(
        "silence = \"accepted\"",
        &format!("silence = \"{silence}\""),
        1,
    ))
}

fn made(deal: &Deal, rows: &[&str], period: &str) -> Made {
    let order = Order {
        period: period.to_owned(),
        effective: Date::from_text("2027-01-01").ok(),
        ended: None,
        quiet: vec!["2027-Q2".to_owned()],
        most: 10,
    };
    let mut run = Run::new(deal, order).unwrap_or_else(|found| panic!("{found:?}"));
    let table = format!("id,date,account,kind,reason\n{}\n", rows.join("\n"));
    let (events, rejected) = read(deal, &table, None);
    assert!(rejected.is_empty(), "{rejected:?}");
    for event in &events {
        run.take(event).unwrap_or_else(|found| panic!("{found:?}"));
    }
    run.finish().unwrap_or_else(|found| panic!("{found:?}"))
}

/// The events that are paid: day, id, and whether silence decided.
fn paid(made: &Made) -> Vec<(String, &str, bool)> {
    let events = made.contributions.iter();
    events
        .map(|one| (one.date.iso(), one.id.as_str(), one.by_silence))
        .collect()
}

/// Sent on Monday, 1 March: the fifth business day is Monday, 8 March.
const MARCH: [&str; 7] = [
    "1,2027-03-01,Silent,lead,",
    "2,2027-03-01,Last day,lead,",
    "3,2027-03-08,Last day,lead-rejected,R1",
    "4,2027-03-01,Late,lead,",
    "5,2027-03-09,Late,lead-rejected,R1",
    "6,2027-03-31,Next,lead,",
    "7,2027-03-31,Decided,lead-accepted,",
];

#[test]
fn silence_that_accepts_is_paid_from_the_last_day() {
    let deal = referral("accepted");
    let first = made(&deal, &MARCH, "2027-Q1");
    assert_eq!(
        paid(&first),
        [
            ("2027-03-08".to_owned(), "1", true),
            ("2027-03-08".to_owned(), "4", true),
            ("2027-03-31".to_owned(), "7", false),
        ]
    );
    assert_eq!((first.events.by_silence, first.events.pending), (2, 1));
    // The rejection that came a day late changes nothing, and is told.
    let codes: Vec<Code> = first.warnings.iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::GateUndecided]);
    assert!(
        first.warnings[0]
            .message
            .contains("`Late` could be decided until 8 March 2027")
    );
    // Three of four decisions were a yes; the late one is none.
    let rate = first.metrics.iter().find(|(id, _)| id == "acceptance-rate");
    let rate = rate.expect("a metric").1.value;
    assert_eq!(rate, Measured::Share { part: 3, whole: 4 });
    // What was sent on the last day of the quarter passes in the next one, though nothing else happens then.
    let second = made(&deal, &MARCH, "2027-Q2");
    assert_eq!(paid(&second), [("2027-04-07".to_owned(), "6", true)]);
    assert_eq!(
        second.earlier[0].1.amount(),
        first.closed.statement.total.amount()
    );
    assert_eq!((second.events.by_silence, second.events.pending), (1, 0));
}

#[test]
fn silence_that_rejects_pays_nothing_until_somebody_accepts() {
    let deal = referral("rejected");
    let rows = [
        "1,2027-03-01,Silent,lead,",
        "2,2027-03-01,Late,lead,",
        "3,2027-03-09,Late,lead-accepted,",
    ];
    let made = made(&deal, &rows, "2027-Q1");
    assert_eq!(paid(&made), [("2027-03-09".to_owned(), "3", false)]);
    assert_eq!(made.warnings.len(), 1);
    assert!(made.warnings[0].message.contains("counts from its own day"));
}

#[test]
fn silence_that_goes_up_the_ladder_stays_open_and_is_told() {
    let deal = referral("escalated");
    let made = made(&deal, &["1,2027-03-01,Silent,lead,"], "2027-Q1");
    assert_eq!(made.closed.statement.total.amount(), Decimal::ZERO);
    assert_eq!((made.events.by_silence, made.events.pending), (0, 1));
    assert!(made.warnings[0].message.contains("escalation ladder"));
}

/// Thirty rejections that came a day late: twenty are told, and how many more there are.
#[test]
fn late_decisions_are_counted_and_the_first_are_told() {
    let rows: Vec<String> = (0..30)
        .flat_map(|number| {
            [
                format!("L{number},2027-03-01,Late {number},lead,"),
                format!("D{number},2027-03-09,Late {number},lead-rejected,R1"),
            ]
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let made = made(&referral("accepted"), &rows, "2027-Q1");
    let told: Vec<&str> = (made.warnings.iter())
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(told.len(), 20);
    assert!(told[0].contains("`Late 0`") && told[19].contains("`Late 19`"));
    assert_eq!(made.warnings[18].notes, Vec::<String>::new());
    assert_eq!(made.warnings[19].notes, ["and 10 more of this kind"]);
}
