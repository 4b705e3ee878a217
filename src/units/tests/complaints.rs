//! The complaints that people will read, as a table in `snapshots/`.

use super::check;
use crate::units::*;
use std::fmt::{Debug, Write as _};

/// One line per text: what it is read as, or where and why it is refused.
fn table<T: Unit + Debug>(texts: &[&str]) -> String {
    let mut table = String::new();
    for text in texts {
        match T::from_text(text) {
            Ok(value) => writeln!(table, "{text:?} -> {value:?}"),
            Err(complaint) => writeln!(
                table,
                "{text:?}\n  {}: {}\n  at {:?}\n  help: {}",
                complaint.code,
                complaint.message,
                &text[complaint.within.clone()],
                complaint.help
            ),
        }
        .expect("a string takes everything");
        check::<T>(text);
    }
    table
}

#[test]
fn money_complaints() {
    insta::assert_snapshot!(table::<Money>(&[
        "USD 250000",
        "USD 250000.50",
        "USD 250_000",
        "USD 250,000",
        "USD 1,250,000.50",
        "JPY 1,000",
        "KWD 1.250",
        "CLF 1.2345",
        "USD 0",
        "VES 5",
        "",
        " ",
        "250000",
        "250,000",
        "1.000,00",
        "inf",
        "-5",
        "USD",
        "USD inf",
        "USD NaN",
        "USD -5",
        "USD -1.000,00",
        "USD 1.000,00",
        "USD 1,00",
        "USD 0,250",
        "USD 1.000",
        "USD 10.555",
        "USD 1 250",
        "USD 12,34,567",
        "USD 25_00",
        "USD 1e6",
        "USD 250k",
        "USD 1.5 million",
        "USD  5",
        " USD 5",
        "USD 5 ",
        "usd 250000",
        "USDD 10",
        "USDD 1,00",
        "ERU 5",
        "QQQ 5",
        "$ 5",
        "$5",
        "US$ 5",
        "€ 5",
        "XAU 5",
        "XXX 5",
        "HRK 5",
        "BGN 5",
        "250000 USD",
        "250000 usd",
        "5 apples",
        "USD250000",
        "250000USD",
        "JPY 10.50",
        "JPY 10.00",
        "USD 999999999999999",
        "USD 9999999999999999",
        "USD 999999999999999999999999999999",
        "USD 0.00000000000000000000000000000000001",
        "USD \u{200b}5",
        "USD 5\u{a0}000",
        "USD five",
        "none",
    ]));
}

#[test]
fn rate_complaints() {
    insta::assert_snapshot!(table::<Rate>(&[
        "12.5%",
        "1500bp",
        "1,500bp",
        "0%",
        "100%",
        "0.000001%",
        "0.0001bp",
        "10000bp",
        "",
        "15",
        "0.15",
        "1,5",
        "150%",
        "100.000001%",
        "10001bp",
        "99999999999999999999999999999%",
        "-5%",
        "12,5%",
        "12.5 %",
        "15 percent",
        "15 per cent",
        "15bps",
        "15 bp",
        "inf%",
        "nan",
        ".5%",
        "5.%",
        "0.0000001%",
        "0.00001bp",
        "%",
        "bp",
        "five%",
        "15pct",
        "0.15 of net revenue",
        "15‰",
    ]));
}

#[test]
fn count_complaints() {
    insta::assert_snapshot!(table::<Count>(&[
        "40 activations",
        "1,000 words",
        "0 units",
        "3 brand-owner's events",
        "1 B2B lead",
        "",
        "40",
        "1,000",
        "40activations",
        "-3 words",
        "1.5 words",
        "1.000 words",
        "1,00 words",
        "40 USD",
        "40 percent",
        "40 %",
        "40 5",
        "40  words",
        "40 big  words",
        "40 ",
        "words",
        "words 40",
        "a few words",
        "9999999999999999 words",
        "40 wor\u{200b}ds",
        "40 words|tables",
    ]));
}

#[test]
fn period_complaints() {
    insta::assert_snapshot!(table::<Period>(&[
        "5 business days",
        "6 months",
        "1 year",
        "24 hours",
        "1 quarter",
        "2 weeks",
        "1 months",
        "100 years",
        "",
        "90",
        "0",
        "90days",
        "90 Days",
        "0 days",
        "-5 days",
        "1.5 years",
        "1.5 quarters",
        "0.5 hours",
        "five days",
        "one month",
        "a month",
        "month",
        "5 working days",
        "5 workdays",
        "2 fortnights",
        "3 monts",
        "101 years",
        "36526 days",
        "99999999999999 days",
        "1,000 days",
        "1,00 days",
        "P1M",
        "30 days net",
        "5  days",
        "days 5",
    ]));
}

#[test]
fn date_complaints() {
    insta::assert_snapshot!(table::<Date>(&[
        "2027-01-01",
        "2028-02-29",
        "",
        "2027-02-29",
        "2027-02-30",
        "2027-04-31",
        "2027-13-01",
        "2027-31-12",
        "2027-13-13",
        "2027-00-10",
        "2027-01-00",
        "2027-01-45",
        "0207-01-01",
        "2727-01-01",
        "03/04/2027",
        "04/04/2027",
        "13/04/2027",
        "04/13/2027",
        "31/02/2027",
        "3.4.2027",
        "2027/04/03",
        "2027-4-3",
        "20270403",
        "20271332",
        "03/04/27",
        "1 October 2027",
        "October 1, 2027",
        "Oct 1st, 2027",
        "1-Oct-2027",
        "1 Octember 2027",
        "1 Sept 2027",
        "2027-01-01T00:00:00Z",
        "2027-01-01 10:00",
        "2027-01-01x",
        "2027-Q1",
        "tomorrow",
        "2027",
        " 2027-01-01",
    ]));
}

#[test]
fn measure_complaints() {
    insta::assert_snapshot!(table::<Measure>(&[
        "USD 250000",
        "12.5%",
        "1500bp",
        "40 activations",
        "40 webp",
        "15 bp",
        "6 months",
        "5 business days",
        "",
        "40",
        " 40",
        "250000 USD",
        "-5 days",
        "150%",
        "USDD 5",
        "90days",
        "40 monts",
        "0.5 USD",
        "inf",
        "twelve percent",
        "6 Months",
    ]));
}

#[test]
fn choice_complaints() {
    insta::assert_snapshot!(
        table::<Cadence>(&[
            "quarterly",
            "Quarterly",
            "quaterly",
            " monthly",
            "every month",
            "4",
            ""
        ]) + &table::<MonthEnd>(&["last-day", "last day", "end"])
            + &table::<DayRule>(&["modified-following", "next"])
            + &table::<RoundingMode>(&["half-up", "up", "bankers"])
            + &table::<NumberWords>(&["both", "words"])
    );
}
