//! Statements of a deal that was amended: what happened is paid by the terms of its time.

use super::{deal, read, sample};
use crate::deal::Deal;
use crate::diagnostic::{Code, Report};
use crate::economics::Model;
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

/// A deal of 15 February 2027 with USD 240,000 paid on each of these days; its year ends on 14 February 2028.
const YEARS: [&str; 5] = [
    "2027-03-05",
    "2027-04-05",
    "2028-02-01",
    "2028-03-05",
    "2028-04-05",
];

fn mid_quarter(change: impl Fn(String) -> String) -> Deal {
    amended(|text| change(text.replace("effective = \"2027-01-01\"", "effective = \"2027-02-15\"")))
}

fn of_years(versions: &[Version<'_>], days: &[&str], period: &str) -> Result<Made, Report> {
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
        quiet: ["2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1"]
            .map(str::to_owned)
            .into(),
        most: 1,
    };
    let mut run = Run::under(versions, order)?;
    let table = format!("{HEAD}{}\n", rows.join("\n"));
    for event in &read(versions[0].deal, &table, None).0 {
        run.take(event).unwrap_or_else(|found| panic!("{found:?}"));
    }
    run.finish()
}

fn alone(deal: &Deal) -> [Version<'_>; 1] {
    let from = Date::MIN;
    [Version { from, deal }]
}

fn amounts(made: &Made) -> Vec<(Model, u8, String)> {
    let lines = made.closed.statement.lines.iter();
    lines
        .map(|line| {
            let sum = line.amount.amount().normalize().to_string();
            (line.model, line.stretch, sum)
        })
        .collect()
}

/// 24,000 and 29,750 in the first two quarters. The quarter in which the year ends has 30,000 before that day and 24,000
/// after it, where the tiers begin anew: a cap and a least sum of the year look at their own part alone.
#[test]
fn a_year_that_ends_inside_a_quarter_divides_its_statement() {
    let cap = |sum: &str| {
        mid_quarter(|text| text.replace("amount = \"USD 600000\"", &format!("amount = \"{sum}\"")))
    };
    let of = |model, stretch, sum: &str| (model, stretch, sum.to_owned());
    let wide = cap("USD 600000");
    let made = of_years(&alone(&wide), &YEARS, "2028-Q1").expect("a statement");
    assert_eq!(
        amounts(&made),
        [of(Model::Tiers, 0, "30000"), of(Model::Tiers, 1, "24000")]
    );
    let narrow = cap("USD 50000");
    for (period, commission) in [
        ("2027-Q1", "24000"),
        ("2027-Q2", "26000"),
        ("2028-Q1", "24000"),
        ("2028-Q2", "26000"),
    ] {
        let made = of_years(&alone(&narrow), &YEARS, period).expect(period);
        assert_eq!(total(&made), commission, "{period}");
    }
    let made = of_years(&alone(&narrow), &YEARS, "2028-Q1").expect("a statement");
    assert_eq!(
        amounts(&made),
        [
            of(Model::Tiers, 0, "30000"),
            of(Model::Tiers, 1, "24000"),
            of(Model::Cap, 0, "-30000"),
        ]
    );
    let least = |sum: &str| {
        let floor = format!(
            "[economics.floor]\namount = \"{sum}\"\nper = \"year\"\n\n[economics.clawback]"
        );
        mid_quarter(|text| text.replace("[economics.clawback]", &floor))
    };
    let floor = least("USD 100000");
    let made = of_years(&alone(&floor), &YEARS, "2028-Q1").expect("a statement");
    assert_eq!(
        amounts(&made),
        [
            of(Model::Tiers, 0, "30000"),
            of(Model::Tiers, 1, "24000"),
            of(Model::Floor, 0, "16250"),
        ]
    );
    // What is earned after the year fills nothing up, and a year in which nothing more is earned is filled up all the
    // same.
    for (days, commission) in [
        (&["2027-03-05", "2027-04-05", "2028-03-05"][..], "70250"),
        (&["2027-03-05", "2027-04-05"], "46250"),
    ] {
        let made = of_years(&alone(&floor), days, "2028-Q1").expect("a statement");
        assert_eq!(total(&made), commission);
    }
}

/// A cap of the year that came later looks back on a quarter that nothing divided: where that matters, nobody can tell.
#[test]
fn a_year_that_ended_in_what_nothing_divided_is_told_apart_or_refused() {
    let without = mid_quarter(|text| {
        let at = text.find("[economics.cap]").expect("a cap");
        let end = text.find("[economics.clawback]").expect("the next table");
        format!("{}{}", &text[..at], &text[end..])
    });
    let cap = |sum: &str| {
        mid_quarter(|text| text.replace("amount = \"USD 600000\"", &format!("amount = \"{sum}\"")))
    };
    let (wide, narrow) = (cap("USD 600000"), cap("USD 60000"));
    let versions = |deal| {
        let [before] = alone(&without);
        let from = day("2028-04-01");
        [before, Version { from, deal }]
    };
    assert!(of_years(&versions(&wide), &YEARS, "2028-Q2").is_ok());
    let refused = of_years(&versions(&narrow), &YEARS, "2028-Q2").expect_err("two years");
    assert_eq!(codes(&refused), [Code::NotReadable]);
    let message = &refused.sorted()[0].message;
    assert!(
        message.contains("ends on 14 February 2028, in the middle of the statement 2028-Q1"),
        "{message}"
    );
}
