//! Lengths of time, as a contract counts them.

use super::figure;
use super::refusal::{Refusal, check_spaces, quote};
use super::words::cardinal;
use super::{Numerals, Unit};
use crate::diagnostic::{Code, Complaint};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodUnit {
    /// Sixty minutes.
    Hour,
    /// A day of the calendar.
    Day,
    /// A day on which people work.
    BusinessDay,
    /// Seven days.
    Week,
    /// From a day to the same day of the next month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl PeriodUnit {
    /// Every unit, shortest first.
    pub const ALL: [PeriodUnit; 7] = [
        PeriodUnit::Hour,
        PeriodUnit::Day,
        PeriodUnit::BusinessDay,
        PeriodUnit::Week,
        PeriodUnit::Month,
        PeriodUnit::Quarter,
        PeriodUnit::Year,
    ];

    /// The unit in the singular: `business day`.
    pub fn word(self) -> &'static str {
        match self {
            PeriodUnit::Hour => "hour",
            PeriodUnit::Day => "day",
            PeriodUnit::BusinessDay => "business day",
            PeriodUnit::Week => "week",
            PeriodUnit::Month => "month",
            PeriodUnit::Quarter => "quarter",
            PeriodUnit::Year => "year",
        }
    }

    /// The unit of a word in the singular or the plural.
    pub fn from_word(word: &str) -> Option<PeriodUnit> {
        let singular = word.strip_suffix('s').unwrap_or(word);
        PeriodUnit::ALL
            .into_iter()
            .find(|unit| unit.word() == singular)
    }
}

/// A length of time, such as five business days; at least one of its unit, at most about a hundred years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

impl Period {
    /// `count` of `unit`.
    pub const fn new(count: u32, unit: PeriodUnit) -> Period {
        Period { count, unit }
    }

    /// The period in a sentence: `five business days`, `90 days`, `one month`.
    pub fn print(self, numerals: &Numerals) -> String {
        let number = numerals.print_number(u64::from(self.count));
        let plural = if self.count == 1 { "" } else { "s" };
        format!("{number} {}{plural}", self.unit.word())
    }

    /// The period before a noun, always in digits: `90-day`, `5-business-day`.
    pub fn adjective(self) -> String {
        format!("{}-{}", self.count, self.unit.word().replace(' ', "-"))
    }

    /// How many months it is; none for the units that are no part of a month.
    pub fn months(self) -> Option<u32> {
        let each = match self.unit {
            PeriodUnit::Hour | PeriodUnit::Day | PeriodUnit::BusinessDay | PeriodUnit::Week => {
                return None;
            }
            PeriodUnit::Month => 1,
            PeriodUnit::Quarter => 3,
            PeriodUnit::Year => 12,
        };
        Some(self.count.saturating_mul(each))
    }

    /// About how many hours it is, to put clocks in order; never to compute a date.
    ///
    /// A business day is 7/5 of a day; a month is the twelfth of the mean Gregorian year of 365.2425 days.
    /// Rounded up.
    pub fn approximate_hours(self) -> u64 {
        let count = u64::from(self.count);
        match self.unit {
            PeriodUnit::Hour => count,
            PeriodUnit::Day => count * 24,
            PeriodUnit::BusinessDay => (count * 24 * 7).div_ceil(5),
            PeriodUnit::Week => count * 24 * 7,
            // 400 years are 146,097 days and 4,800 months.
            PeriodUnit::Month => (count * 24 * 146_097).div_ceil(4_800),
            PeriodUnit::Quarter => (count * 24 * 146_097).div_ceil(1_600),
            PeriodUnit::Year => (count * 24 * 146_097).div_ceil(400),
        }
    }

    /// About how many days it is, to put clocks in order; never to compute a date.
    ///
    /// [`Period::approximate_hours`] in days, rounded up.
    pub fn approximate_days(self) -> u64 {
        self.approximate_hours().div_ceil(24)
    }

    /// Which is longer; none if that depends on the calendar, as with 30 days and one month.
    pub fn compare(self, other: Period) -> Option<Ordering> {
        if let (Some(one), Some(two)) = (self.months(), other.months()) {
            return Some(one.cmp(&two));
        }
        let fixed = |period: Period| match period.unit {
            PeriodUnit::Hour | PeriodUnit::Day | PeriodUnit::Week => {
                Some(period.approximate_hours())
            }
            PeriodUnit::BusinessDay
            | PeriodUnit::Month
            | PeriodUnit::Quarter
            | PeriodUnit::Year => None,
        };
        match (fixed(self), fixed(other)) {
            (Some(one), Some(two)) => Some(one.cmp(&two)),
            _ if self.unit == other.unit => Some(self.count.cmp(&other.count)),
            _ => None,
        }
    }
}

impl Unit for Period {
    const EXPECTED: &'static str = "a length of time such as \"5 business days\" or \"6 months\"";
    const PATTERN: &'static str =
        r"^[0-9][0-9,_]* (hour|day|business day|week|month|quarter|year)s?$";

    fn from_text(text: &str) -> Result<Period, Complaint> {
        read(text).map_err(|refusal| refusal.complaint(Period::EXPECTED, read))
    }
}

fn read(text: &str) -> Result<Period, Refusal> {
    check_spaces(text, Code::BadPeriod)?;
    let whole = 0..text.len();
    if figure::is_bare(text) {
        let message = format!("{} has no unit", quote(text));
        return Err(Refusal::new(Code::BareNumber, whole, message)
            .instead(["days", "months"].map(|unit| format!("{text} {unit}"))));
    }
    let Some((number, word)) = text.split_once(' ') else {
        let word = text.trim_start_matches(|character: char| !character.is_alphabetic());
        let number = &text[..text.len() - word.len()];
        let message = format!("{} is not a length of time", quote(text));
        return Err(Refusal::new(Code::BadPeriod, whole, message)
            .instead(meant(word).map(|unit| format!("{number} {unit}")))
            .instead([format!("{number} {word}"), format!("1 {text}")]));
    };
    let unit = PeriodUnit::from_word(word).ok_or_else(|| {
        let within = number.len() + 1..text.len();
        let message = format!("{} is not a unit of time", quote(word));
        Refusal::new(Code::BadPeriod, within, message)
            .instead(meant(word).map(|unit| format!("{number} {unit}")))
            // "net 45" is 45 days among people who write invoices.
            .instead(figure::is_bare(word).then(|| format!("{word} days")))
            .hint("write hours, days, business days, weeks, months, quarters or years")
    })?;
    let figure = figure::read(number).map_err(|slip| {
        let spelled = (1..=20)
            .find(|value| cardinal(*value).eq_ignore_ascii_case(number))
            .or_else(|| ["a", "an"].contains(&number).then_some(1))
            .map(|value| value.to_string());
        let within = if spelled.is_some() {
            0..number.len()
        } else {
            slip.within
        };
        Refusal::new(Code::BadPeriod, within, slip.message).instead(
            spelled
                .into_iter()
                .chain(slip.readings)
                .map(|reading| format!("{reading} {word}")),
        )
    })?;
    read_count(&figure, unit, number)
}

/// The unit that a person meant by another word.
fn meant(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let synonym = match word.as_str() {
        "working day" | "working days" | "workday" | "workdays" | "businessdays" | "bd" => {
            "business days"
        }
        "h" | "hrs" => "hours",
        "d" => "days",
        "w" | "wks" => "weeks",
        "m" | "mo" | "mos" | "mths" => "months",
        "q" => "quarters",
        "y" | "yr" | "yrs" => "years",
        _ => word.as_str(),
    };
    let plurals: Vec<String> = PeriodUnit::ALL
        .iter()
        .map(|unit| format!("{}s", unit.word()))
        .collect();
    super::nearest(synonym, plurals.iter().map(String::as_str)).map(str::to_owned)
}

fn read_count(figure: &figure::Figure, unit: PeriodUnit, number: &str) -> Result<Period, Refusal> {
    let within = 0..number.len();
    let word = unit.word();
    if figure.decimals > 0 {
        let (smaller, times) = match unit {
            PeriodUnit::Hour | PeriodUnit::BusinessDay | PeriodUnit::Month => (word, 1),
            PeriodUnit::Day => ("hour", 24),
            PeriodUnit::Week => ("day", 7),
            PeriodUnit::Quarter => ("month", 3),
            PeriodUnit::Year => ("month", 12),
        };
        let exact = figure
            .value()
            .and_then(|value| value.checked_mul(Decimal::from(times)))
            .map(|value| format!("{} {smaller}s", value.normalize()));
        let message = format!("{} is not a whole number", quote(number));
        return Err(Refusal::new(Code::BadPeriod, within, message)
            .instead(exact)
            .hint(format!("write a whole number of {smaller}s")));
    }
    let too_long = |within| {
        let message = "the period is longer than a hundred years";
        Refusal::new(Code::BadPeriod, within, message).hint(format!("check the number of {word}s"))
    };
    if figure.whole_digits > 9 {
        return Err(too_long(within));
    }
    let count = figure.plain.parse().unwrap_or(u32::MAX);
    if count == 0 {
        let message = format!("a period of no {word}s is over before it begins");
        return Err(Refusal::new(Code::BadPeriod, within, message).instead([format!("1 {word}")]));
    }
    let period = Period::new(count, unit);
    if period.approximate_days() > 36_525 {
        return Err(too_long(within));
    }
    Ok(period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::NumberWords;

    fn period(text: &str) -> Period {
        Period::from_text(text).expect(text)
    }

    #[test]
    fn prints_in_the_house_style() {
        let both = Numerals {
            words: NumberWords::Both,
            ..Numerals::english()
        };
        for (text, to_ten, in_both, adjective) in [
            (
                "5 business days",
                "five business days",
                "five (5) business days",
                "5-business-day",
            ),
            ("90 days", "90 days", "ninety (90) days", "90-day"),
            ("1 months", "one month", "one (1) month", "1-month"),
            (
                "1,000 hours",
                "1,000 hours",
                "one thousand (1,000) hours",
                "1000-hour",
            ),
        ] {
            assert_eq!(period(text).print(&Numerals::english()), to_ten);
            assert_eq!(period(text).print(&both), in_both);
            assert_eq!(period(text).adjective(), adjective);
        }
    }

    #[test]
    fn clocks_have_an_order() {
        let clocks = [
            "4 hours",
            "1 day",
            "30 hours",
            "1 business day",
            "5 business days",
            "8 days",
            "1 month",
            "31 days",
            "1 quarter",
            "92 days",
            "1 year",
            "366 days",
        ];
        let hours = clocks.map(|text| period(text).approximate_hours());
        assert!(hours.is_sorted(), "{hours:?}");
        assert_eq!(period("1 month").approximate_days(), 31);
        assert_eq!(period("1 year").approximate_days(), 366);
        assert_eq!(period("4 hours").approximate_days(), 1);
    }

    #[test]
    fn compares_only_what_no_calendar_changes() {
        for (one, two, order) in [
            ("12 months", "1 year", Some(Ordering::Equal)),
            ("1 quarter", "2 months", Some(Ordering::Greater)),
            ("2 weeks", "15 days", Some(Ordering::Less)),
            ("48 hours", "2 days", Some(Ordering::Equal)),
            ("5 business days", "6 business days", Some(Ordering::Less)),
            ("30 days", "1 month", None),
            ("5 business days", "1 week", None),
        ] {
            assert_eq!(period(one).compare(period(two)), order, "{one}, {two}");
        }
    }
}
