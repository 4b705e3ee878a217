//! Statements of a deal that was amended: what happened is paid by the terms of its time.

use super::{deal, read, sample};
use crate::deal::Deal;
use crate::diagnostic::{Code, Report};
use crate::events::{Made, Order, Run, Version};
use crate::units::{Date, Unit};

const HEAD: &str = "id,date,account,kind,amount,currency,segment,attribution,invoice,reason\n";

/// USD 240,000 in the first quarter, paid; then as much in each of the next two.
const SALES: [&str; 3] = ["2027-01-05", "2027-04-05", "2027-07-05"];

fn text(name: &str) -> String {
    let path = format!("{}/samples/{name}/deal.toml", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads the samples")]
    std::fs::read_to_string(path).expect("a deal file")
}

fn day(text: &str) -> Date {
    Date::from_text(text).expect("a day")
}

fn amended(change: impl Fn(String) -> String) -> Deal {
    deal(&change(text("saas-alliance")))
}

fn run(versions: &[Version<'_>], rows: &[String], period: &str) -> Result<Made, Report> {
    let order = Order {
        period: period.to_owned(),
        effective: None,
        ended: None,
        quiet: vec!["2027-Q1".to_owned(), "2027-Q2".to_owned()],
        most: 10,
    };
    let mut run = Run::under(versions, order)?;
    let table = format!("{HEAD}{}\n", rows.join("\n"));
    let (events, rejected) = read(versions[0].deal, &table, None);
    assert!(rejected.is_empty(), "{rejected:?}");
    for event in &events {
        run.take(event).unwrap_or_else(|found| panic!("{found:?}"));
    }
    run.finish()
}

fn sales() -> Vec<String> {
    let rows = SALES.iter().enumerate().flat_map(|(place, day)| {
        [
            format!("i{place},{day},A,invoice,240000,USD,,sourced,I{place},"),
            format!("c{place},{day},A,collection,240000,USD,,,I{place},"),
        ]
    });
    rows.collect()
}

fn total(made: &Made) -> String {
    made.closed.statement.total.amount().normalize().to_string()
}

fn codes(report: &Report) -> Vec<Code> {
    report.sorted().iter().map(|found| found.code).collect()
}

/// 10% to USD 250,000 and 12.5% from there; from 1 July the first tier ends at USD 200,000 and pays 20%, and a cap of
/// the quarter comes: each quarter is paid by what held in it, and what was reached before counts on.
#[test]
fn each_quarter_is_paid_by_the_terms_of_its_time() {
    let old = sample("saas-alliance");
    let new = amended(|text| {
        text.replace("to = \"USD 250000\"", "to = \"USD 200000\"")
            .replace("from = \"USD 250000\"", "from = \"USD 200000\"")
            .replace("pays = \"12.5%\"", "pays = \"20%\"")
    });
    let versions = [
        Version {
            from: Date::MIN,
            deal: &old,
        },
        Version {
            from: day("2027-07-01"),
            deal: &new,
        },
    ];
    let rows = sales();
    for (versions, period, commission) in [
        (&versions[..], "2027-Q1", "24000"),
        // 10,000 at 10% and 230,000 at 12.5%.
        (&versions[..], "2027-Q2", "29750"),
        // 240,000 at 20%, and no more: from USD 480,000 on.
        (&versions[..], "2027-Q3", "48000"),
        (&versions[..1], "2027-Q3", "30000"),
    ] {
        let made = run(versions, &rows, period).expect(period);
        assert_eq!(total(&made), commission, "{period}");
    }
    // What the second half was told of the first half stays what it was told.
    let earlier = run(&versions, &rows, "2027-Q3")
        .expect("a statement")
        .earlier;
    assert_eq!(earlier.len(), 2);
    assert_eq!(earlier[1].1.amount().normalize().to_string(), "29750");
}

/// A registration holds as long as it did on the day on which it was accepted.
#[test]
fn a_registration_keeps_its_time() {
    let old = sample("saas-alliance");
    let new = amended(|text| text.replacen("valid = \"90 days\"", "valid = \"120 days\"", 1));
    let versions = [
        Version {
            from: Date::MIN,
            deal: &old,
        },
        Version {
            from: day("2027-07-01"),
            deal: &new,
        },
    ];
    let rows: Vec<String> = [
        "1,2027-06-20,Old,registration,,,,sourced,,",
        "2,2027-07-02,New,registration,,,,sourced,,",
        "3,2027-09-25,Old,order,,,,,,",
        "4,2027-09-30,New,order,,,,,,",
    ]
    .map(str::to_owned)
    .into();
    let made = run(&versions, &rows, "2027-Q3").expect("a statement");
    let said: Vec<&str> = made
        .warnings
        .iter()
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "the account `Old` is recorded as sourced, and its registration ended on 18 September 2027"
        ]
    );
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let old = sample("saas-alliance");
    let longer = amended(|text| text.replacen("valid = \"90 days\"", "valid = \"120 days\"", 1));
    let monthly =
        amended(|text| text.replace("statements = \"quarter\"", "statements = \"month\""));
    let from = |day_: &str, deal| {
        [
            Version {
                from: Date::MIN,
                deal: &old,
            },
            Version {
                from: day(day_),
                deal,
            },
        ]
    };
    let rows = sales();
    let refused = run(&from("2027-10-01", &monthly), &rows, "2027-Q4").expect_err("other times");
    assert_eq!(codes(&refused), [Code::NotReadable]);
    let message = &refused.sorted()[0].message;
    assert!(
        message.contains("the time of a statement changes on 1 October 2027"),
        "{message}"
    );
    assert!(run(&from("2027-10-01", &monthly), &rows, "2027-Q3").is_ok());
    // What pays nothing divides nothing.
    let made = run(&from("2027-08-01", &longer), &rows, "2027-Q3").expect("a statement");
    assert!(made.stretches.is_empty());
}

/// A cap of an agreement year that ends in the middle of a quarter holds as long as it does not matter to which year
/// the quarter belongs: USD 24,000 and 30,000 in the first year, 30,000 in the quarter that ends it and 36,000 then.
#[test]
fn a_year_that_ends_inside_a_quarter_is_told_apart_or_refused() {
    let deal = |cap: &str| {
        amended(|text| {
            text.replace("effective = \"2027-01-01\"", "effective = \"2027-02-15\"")
                .replace("amount = \"USD 600000\"", &format!("amount = \"{cap}\""))
        })
    };
    let days = ["2027-03-05", "2027-04-05", "2028-03-05", "2028-04-05"];
    let of = |deal: &Deal, period: &str| {
        let rows: Vec<String> = days
            .iter()
            .flat_map(|day| {
                [
                    format!("i{day},{day},A,invoice,240000,USD,,sourced,I{day},"),
                    format!("c{day},{day},A,collection,240000,USD,,,I{day},"),
                ]
            })
            .collect();
        let order = Order {
            period: period.to_owned(),
            effective: None,
            ended: None,
            quiet: ["2027-Q3", "2027-Q4"].map(str::to_owned).into(),
            most: 1,
        };
        let mut run = Run::new(deal, order)?;
        let mut wrong = Report::new();
        for event in &read(deal, &format!("{HEAD}{}\n", rows.join("\n")), None).0 {
            if let Err(found) = run.take(event) {
                wrong.push(found);
            }
        }
        if wrong.has_errors() {
            return Err(wrong);
        }
        run.finish()
    };
    let wide = deal("USD 600000");
    for period in ["2027-Q2", "2028-Q1", "2028-Q2"] {
        assert!(of(&wide, period).is_ok(), "{period}");
    }
    let narrow = deal("USD 60000");
    assert!(of(&narrow, "2027-Q2").is_ok());
    let refused = of(&narrow, "2028-Q1").expect_err("a year ends on 14 February 2028");
    assert_eq!(codes(&refused), [Code::NotReadable]);
    let message = &refused.sorted()[0].message;
    assert!(
        message.contains("ends on 14 February 2028, in the middle"),
        "{message}"
    );
    // A least sum of the year: USD 53,750 were earned in it for certain, and the 30,000 of the quarter that ends it may
    // be all that lifts it. Nobody is told that 80,000 are reached, and nobody is paid the rest, before that is settled.
    let least = |sum: &str| {
        amended(|text| {
            text.replace("effective = \"2027-01-01\"", "effective = \"2027-02-15\"")
                .replace(
                    "[economics.clawback]",
                    &format!("[economics.floor]\namount = \"{sum}\"\nper = \"year\"\n\n[economics.clawback]"),
                )
        })
    };
    assert!(of(&least("USD 53750"), "2028-Q1").is_ok());
    for sum in ["USD 53751", "USD 80000", "USD 90000"] {
        let deal = least(sum);
        assert!(of(&deal, "2027-Q2").is_ok(), "{sum}");
        let refused = of(&deal, "2028-Q1").expect_err(sum);
        assert!(
            refused.sorted()[0]
                .message
                .contains("the least Commission works on"),
            "{refused:?}"
        );
    }
}

/// Where nothing was earned in the quarter in which the year ends, there is nothing to tell apart: the rest of the least
/// sum is paid with it.
#[test]
fn a_least_sum_is_filled_up_in_the_quarter_in_which_its_year_ends() {
    let deal = amended(|text| {
        text.replace("effective = \"2027-01-01\"", "effective = \"2027-02-15\"")
            .replace(
                "[economics.clawback]",
                "[economics.floor]\namount = \"USD 40000\"\nper = \"year\"\n\n[economics.clawback]",
            )
    });
    let order = Order {
        period: "2028-Q1".to_owned(),
        effective: None,
        ended: None,
        quiet: ["2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1"]
            .map(str::to_owned)
            .into(),
        most: 1,
    };
    let mut run = Run::new(&deal, order).expect("a run");
    let rows =
        "i,2027-03-05,A,invoice,240000,USD,,sourced,I,\nc,2027-03-05,A,collection,240000,USD,,,I,";
    for event in &read(&deal, &format!("{HEAD}{rows}\n"), None).0 {
        run.take(event).expect("an event");
    }
    let made = run.finish().expect("a statement");
    // 24,000 of 240,000 at 10%.
    assert_eq!(total(&made), "16000");
}
