//! Tests of the whole calculator, from deal files to cents.

mod figures;
mod ladders;
mod models;
mod robust;
mod totals;

use super::*;
use crate::diagnostic::Report;
use crate::source::Source;
use crate::units::{Currency, Decimal, Unit};

/// The tables that every deal needs and that economics never reads.
const REST: &str = r#"
schema = 1
[agreement]
title = "Agreement"
draft = 1
purpose = "customers get more"
product = "the product"
language = "en"
figures = "1,250.50"
count_words = "digits"
business_days = "banks are open"
business_day_rule = "following"
month_end = "last-day"
[[party]]
id = "maker"
side = "company"
name = "Maker"
short = "Maker"
form = "a company"
address = "1 Street"
business = "a maker"
notice = { attention = "Legal", email = "a@b.example" }
signatory = { title = "Director" }
[value]
unit_of_value = []
unit_of_risk = []
[term]
initial = "12 months"
cure = "30 days"
[protection.confidentiality]
binds = "both"
lasts = "3 years"
reason = "trust"
[legal]
governing_law = "the laws of England"
signing = "electronic"
assignment = "consent-or-successor"
disputes = { forum = "courts", place = "London" }
liability = { lookback = "12 months" }
"#;

/// Payer, currency, rounding and payment in US dollars; models stand behind it.
const DOLLARS: &str = r#"
[economics]
payer = "maker"
payee = "seller"
currency = "USD"
rounding = { mode = "half-up", places = 2, level = "line" }
[economics.payment]
basis = "collection"
statements = "quarter"
statement_due = "15 days"
due = "30 days"
set_off = "none"
dispute = { window = "45 days", cap = "25%", settle = "30 days" }
"#;

/// The deal whose economics are these tables.
fn read(tables: &str) -> Deal {
    let text = format!("{REST}{tables}");
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report);
    let errors: Vec<String> = report
        .sorted()
        .iter()
        .map(|finding| {
            format!(
                "{}: {} ({})",
                finding.at.text(),
                finding.message,
                finding.help
            )
        })
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    deal.expect("a deal")
}

/// The deal in dollars with these models.
fn dollars(models: &str) -> Deal {
    read(&format!("{DOLLARS}{models}"))
}

/// A ladder: `("10%", "250000")` pays 10% up to USD 250,000; sums for each count activations. The last has no end.
fn tiers(basis: &str, boundary: &str, tiers: &[(&str, &str)]) -> String {
    let mut text = format!(
        "[economics.tiers]\nmetric = \"sourced\"\nperiod = \"year\"\nbasis = \"{basis}\"\n\
         boundary = \"{boundary}\"\nreset = \"each-period\"\n"
    );
    let mut from = match tiers.first() {
        Some((pays, _)) if pays.starts_with("USD") => "0 activations".to_owned(),
        Some(_) | None => "USD 0".to_owned(),
    };
    for (pays, to) in tiers {
        text = format!("{text}[[economics.tiers.tier]]\nfrom = \"{from}\"\npays = \"{pays}\"\n");
        if !to.is_empty() {
            from = if to.ends_with('s') {
                (*to).to_owned()
            } else {
                format!("USD {to}")
            };
            text = format!("{text}to = \"{from}\"\n");
        }
    }
    text
}

/// The ladder that the mission names.
const KNOWN: &[(&str, &str)] = &[("10%", "250000"), ("12.5%", "1000000"), ("15%", "")];

fn usd(amount: &str) -> Money {
    Money::from_text(&format!("USD {}", amount.trim_start_matches('-')))
        .map(|money| {
            if amount.starts_with('-') {
                Money::new(-money.amount(), money.currency())
            } else {
                money
            }
        })
        .expect(amount)
}

fn nothing() -> Volumes {
    Volumes::new(Currency::USD)
}

fn sourced(amount: &str) -> Volumes {
    Volumes {
        sourced: usd(amount),
        ..nothing()
    }
}

fn pay(deal: &Deal, volumes: &Volumes) -> Statement {
    let statement = statement(deal, volumes).expect("a statement");
    check_sum(&statement);
    statement
}

/// The exact amounts and the rounding difference are the total; the paid ones are it before rounding at the total.
fn check_sum(statement: &Statement) {
    let amounts: Decimal = statement
        .lines
        .iter()
        .map(|line| line.amount.amount())
        .sum();
    assert_eq!(
        amounts + statement.rounding_difference.amount(),
        statement.total.amount()
    );
}

/// Model and exact amount of each line.
fn lines(statement: &Statement) -> Vec<(Model, String)> {
    statement
        .lines
        .iter()
        .map(|line| (line.model, line.amount.amount().normalize().to_string()))
        .collect()
}
