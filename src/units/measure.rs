//! What a threshold is measured in: money, a rate, a count or a length of time.

use super::figure;
use super::refusal::quote;
use super::{Count, Money, Numerals, Period, PeriodUnit, Rate, Unit};
use crate::diagnostic::{Code, Complaint};
use iso_currency::Currency;
use std::cmp::Ordering;

/// A value of any unit, told apart by how it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Measure {
    /// `USD 250000`
    Money(Money),
    /// `12.5%`
    Rate(Rate),
    /// `40 activations`
    Count(Count),
    /// `6 months`
    Period(Period),
}

impl Measure {
    /// The value as its own kind prints it.
    pub fn print(&self, numerals: &Numerals) -> String {
        match self {
            Measure::Money(money) => money.print(numerals),
            Measure::Rate(rate) => rate.print(numerals),
            Measure::Count(count) => count.print(numerals),
            Measure::Period(period) => period.print(numerals),
        }
    }

    /// Whether both measure the same thing: the same currency, the same noun, two rates, two periods.
    pub fn same_kind(&self, other: &Measure) -> bool {
        match (self, other) {
            (Measure::Money(one), Measure::Money(two)) => one.currency() == two.currency(),
            (Measure::Count(one), Measure::Count(two)) => one.counts_the_same(two),
            (Measure::Rate(_), Measure::Rate(_)) | (Measure::Period(_), Measure::Period(_)) => true,
            (
                Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
                Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
            ) => false,
        }
    }

    /// Which is larger; none for two kinds, and for periods that only a calendar could compare.
    pub fn compare(&self, other: &Measure) -> Option<Ordering> {
        match (self, other) {
            (Measure::Money(one), Measure::Money(two)) => one.partial_cmp(two),
            (Measure::Rate(one), Measure::Rate(two)) => Some(one.cmp(two)),
            (Measure::Count(one), Measure::Count(two)) => one
                .counts_the_same(two)
                .then(|| one.number.cmp(&two.number)),
            (Measure::Period(one), Measure::Period(two)) => one.compare(*two),
            (
                Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
                Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
            ) => None,
        }
    }
}

impl Unit for Measure {
    const EXPECTED: &'static str =
        "a measure such as \"USD 250000\", \"12.5%\", \"40 activations\" or \"6 months\"";
    const PATTERN: &'static str =
        r"^([A-Z]{3} [0-9].*|[0-9][0-9.,_]*(%|bp)|[0-9][0-9,_]* [^\s0-9].*)$";

    fn from_text(text: &str) -> Result<Measure, Complaint> {
        let trimmed = text.trim();
        if !trimmed.contains(|character: char| character.is_ascii_digit()) {
            let (code, message) = if trimmed.is_empty() {
                (Code::EmptyText, "the text is empty".to_owned())
            } else {
                (Code::BadCount, format!("{} is not a measure", quote(text)))
            };
            let help = format!("write {}", Measure::EXPECTED);
            return Err(Complaint::new(code, 0..text.len(), message, help));
        }
        if figure::is_bare(trimmed) {
            return Err(Complaint::new(
                Code::BareNumber,
                0..text.len(),
                format!("{} has no unit", quote(trimmed)),
                format!("write {}", Measure::EXPECTED),
            ));
        }
        let number = trimmed.starts_with(|character: char| {
            character.is_ascii_digit() || "-+.,".contains(character)
        });
        let unit = trimmed.split_once(' ').map_or("", |(_, unit)| unit);
        // `40 webp` counts pictures.
        let basis_points = trimmed.strip_suffix("bp").map(str::trim_end);
        if trimmed.ends_with('%') || basis_points.is_some_and(figure::is_bare) {
            Rate::from_text(text).map(Measure::Rate)
        } else if PeriodUnit::from_word(&unit.to_lowercase()).is_some() {
            Period::from_text(text).map(Measure::Period)
        } else if number && Currency::from_code(unit).is_none() {
            Count::from_text(text).map(Measure::Count)
        } else {
            Money::from_text(text).map(Measure::Money)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_within_a_kind() {
        let measure = |text: &str| Measure::from_text(text).expect(text);
        for (one, two, order) in [
            ("USD 5", "USD 6", Some(Ordering::Less)),
            ("USD 5", "EUR 6", None),
            ("5%", "500bp", Some(Ordering::Equal)),
            ("5 words", "4 words", Some(Ordering::Greater)),
            ("5 words", "1 word", Some(Ordering::Greater)),
            ("1 activation", "6 activations", Some(Ordering::Less)),
            ("5 words", "4 calls", None),
            ("5%", "5 words", None),
            ("2 years", "24 months", Some(Ordering::Equal)),
        ] {
            let (one, two) = (measure(one), measure(two));
            assert_eq!(one.compare(&two), order);
            assert_eq!(one.same_kind(&two), order.is_some());
        }
        assert!(measure("30 days").same_kind(&measure("1 month")));
        assert_eq!(
            measure("1,250 words").print(&Numerals::continental()),
            "1.250 words"
        );
    }
}
