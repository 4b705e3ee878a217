//! Rules across tables: what no single value of the deal file can know.
//!
//! In: a [`Deal`] whose every value is sound by itself. Out: findings, all of them in one run. One file per
//! topic. A rule that cannot be decided without the clauses, the calculator or the negotiation file is not here.

mod accounts;
mod cliff;
mod dates;
mod forecast;
mod issues;
pub(crate) mod letters;
mod measures;
mod names;
mod nothing;
mod parties;
mod pay;
mod phrases;
pub(crate) mod places;
mod protection;
mod reviews;
mod shares;
mod sharing;
mod tiers;
mod work;

use super::{Deal, Tree};
use crate::deal::fact::Fact;
use crate::diagnostic::{Code, Complaint, Report};
use crate::source::Span;
use crate::units::{Measure, NumberWords, Numerals, Period};
use places::Places;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Reports everything that two places of the deal say against each other, or leave open between them.
pub fn check(deal: &Deal, report: &mut Report) {
    check_in(&Tree::of(deal.at.source()), deal, report);
}

/// The same for a deal that was made of this tree.
pub fn check_in(tree: &Tree<'_>, deal: &Deal, report: &mut Report) {
    let places = Places::in_tree(tree, deal);
    names::check(deal, &places, report);
    phrases::check(&places, report);
    nothing::check(&places, report);
    parties::check(deal, report);
    measures::check(deal, report);
    pay::check(deal, &places, report);
    shares::check(deal, report);
    tiers::check(deal, report);
    cliff::check(deal, report);
    forecast::check(deal, report);
    dates::check(deal, report);
    accounts::check(deal, report);
    work::check(deal, report);
    sharing::check(deal, report);
    reviews::check(deal, &places, report);
    protection::check(deal, report);
    issues::check(deal, &places, report);
    letters::check(deal, &places, report);
}

/// Where the deal gives something this name: parties, and what becomes a defined term.
pub(crate) fn defined(deal: &Deal, name: &str) -> Vec<Span> {
    let shorts = deal.party.iter().map(|party| &party.short);
    let named = names::terms(deal)
        .chain(shorts)
        .filter(|term| term.as_str() == name);
    named.map(|term| term.span.clone()).collect()
}

/// The place of every text of a deal that is not a choice, by its path, and the text itself.
pub(crate) fn text_places(deal: &Deal) -> BTreeMap<String, (Span, String)> {
    Places::of(deal)
        .iter()
        .filter_map(|(path, place)| match place.fact {
            Fact::Text(text) => Some((path.to_owned(), (place.at.clone(), text.to_owned()))),
            Fact::Absent
            | Fact::Flag(_)
            | Fact::Number(_)
            | Fact::Money(_)
            | Fact::Rate(_)
            | Fact::Count(_)
            | Fact::Measure(_)
            | Fact::Period(_)
            | Fact::Date(_)
            | Fact::Name(_, _)
            | Fact::List(_)
            | Fact::Record(_) => None,
        })
        .collect()
}

/// Where the term at `path` stands, with everything under it; empty if the deal leaves it out.
///
/// # Errors
///
/// If the path leads nowhere: which part of it, and what was meant.
pub fn stands(deal: &Deal, path: &str) -> Result<Vec<Span>, Complaint> {
    let places = Places::of(deal);
    if let Err(lost) = places.find(path) {
        return Err(Complaint::new(
            Code::UnknownTerm,
            lost.within,
            lost.message,
            lost.help,
        ));
    }
    let under = |other: &str| {
        other
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    Ok(places
        .iter()
        .filter(|(other, _)| under(other))
        .map(|(_, place)| place.at.clone())
        .collect())
}

/// How messages write numbers: digits, whatever the documents do.
const FIGURES: Numerals = Numerals {
    words: NumberWords::Digits,
    ..Numerals::english()
};

/// `a`, `a or b`, `a, b or c`, each in backticks.
fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Whether `one` is longer than `other`, whatever the calendar says.
///
/// Days and months have no exact order, so one of two kinds must be longer by a quarter to be longer for sure.
fn surely_longer(one: Period, other: Period) -> bool {
    match one.compare(other) {
        Some(order) => order == Ordering::Greater,
        None => one.approximate_hours() * 4 > other.approximate_hours() * 5,
    }
}

/// Whether it is nothing: no money, no share, none of a thing.
fn is_nothing(measure: &Measure) -> bool {
    match measure {
        Measure::Money(money) => money.is_zero(),
        Measure::Rate(rate) => rate.fraction().is_zero(),
        Measure::Count(count) => count.number == 0,
        Measure::Period(period) => period.count == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Unit;

    #[test]
    fn only_what_is_longer_on_every_calendar_is_longer() {
        let period = |text: &str| Period::from_text(text).expect(text);
        for (one, other, longer) in [
            ("24 months", "1 year", true),
            ("1 year", "12 months", false),
            ("31 days", "1 month", false),
            ("90 days", "1 quarter", false),
            ("120 days", "1 quarter", true),
            ("20 business days", "1 month", false),
            ("30 business days", "1 month", true),
            ("48 hours", "2 business days", false),
        ] {
            assert_eq!(
                surely_longer(period(one), period(other)),
                longer,
                "{one}, {other}"
            );
        }
    }
}
