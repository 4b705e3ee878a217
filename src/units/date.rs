//! Days of the calendar.

use super::Unit;
use super::refusal::{Refusal, check_spaces, quote};
use crate::diagnostic::{Code, Complaint};
use jiff::ToSpan as _;
use jiff::civil;
use std::fmt;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the Gregorian calendar, without time or place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Date {
    /// The last day that can be computed with, far beyond any contract.
    pub const MAX: Date = Date(civil::Date::MAX);
    /// The first day that can be computed with.
    pub const MIN: Date = Date(civil::Date::MIN);

    /// The day of a year, a month from 1 and a day from 1; none if there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().map(Date)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The last day of the same month.
    #[must_use]
    pub fn last_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }

    /// The day `days` later, or earlier if negative; stops at [`Date::MAX`] and [`Date::MIN`].
    #[must_use]
    pub fn plus_days(self, days: i32) -> Date {
        // No two dates are further apart, and more days than that would overflow a span.
        let days = days.clamp(-7_304_483, 7_304_483);
        Date(self.0.saturating_add(days.days()))
    }

    /// How many days later `other` is; negative if it is earlier.
    pub fn days_until(self, other: Date) -> i32 {
        let hours = other.0.duration_since(self.0).as_hours();
        i32::try_from(hours / 24).unwrap_or(i32::MAX)
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(
            self.0.weekday(),
            civil::Weekday::Saturday | civil::Weekday::Sunday
        )
    }

    /// `Friday`
    pub fn weekday(self) -> &'static str {
        match self.0.weekday() {
            civil::Weekday::Monday => "Monday",
            civil::Weekday::Tuesday => "Tuesday",
            civil::Weekday::Wednesday => "Wednesday",
            civil::Weekday::Thursday => "Thursday",
            civil::Weekday::Friday => "Friday",
            civil::Weekday::Saturday => "Saturday",
            civil::Weekday::Sunday => "Sunday",
        }
    }

    /// `1 October 2027`
    pub fn print(self) -> String {
        format!("{} {}", self.print_day(), self.year())
    }

    /// `1 October`
    pub fn print_day(self) -> String {
        format!("{} {}", self.day(), month_name(self.month()))
    }

    /// `2027-10-01`
    pub fn iso(self) -> String {
        self.0.to_string()
    }
}

fn month_name(month: i8) -> &'static str {
    usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)))
        .copied()
        .unwrap_or_default()
}

impl Unit for Date {
    const EXPECTED: &'static str = "a date such as \"2027-01-31\"";
    const PATTERN: &'static str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    fn from_text(text: &str) -> Result<Date, Complaint> {
        read(text).map_err(|refusal| refusal.complaint(Date::EXPECTED, read))
    }
}

/// The parts of a text of the form 2027-01-31.
fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    Some((
        text[..4].parse().ok()?,
        text[5..7].parse().ok()?,
        text[8..].parse().ok()?,
    ))
}

/// The date of a text of the form 2027-01-31.
fn strict(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    Date::new(year, month, day)
}

fn read(text: &str) -> Result<Date, Refusal> {
    check_spaces(text, Code::BadDate)?;
    let Some((year, month, day)) = parts(text) else {
        return Err(other_form(text));
    };
    let refuse = |within, message| Refusal::new(Code::BadDate, within, message);
    if !(1900..2200).contains(&year) {
        let message = format!("the year `{}` is not between 1900 and 2199", &text[..4]);
        return Err(refuse(0..4, message));
    }
    if !(1..=12).contains(&month) {
        // The other way round it may be one.
        return Err(refuse(5..7, format!("there is no month {month}"))
            .instead([format!("{year}-{day:02}-{month:02}")]));
    }
    if !(1..=31).contains(&day) {
        return Err(refuse(8..10, format!("there is no day {day}")));
    }
    Date::new(year, month, day).ok_or_else(|| {
        let last = Date::new(year, month, 1).map(Date::last_of_month);
        let neighbours = last.into_iter().flat_map(|last| [last, last.plus_days(1)]);
        let message = format!("{year} has no {day} {}", month_name(month));
        refuse(0..text.len(), message).instead(neighbours.map(Date::iso))
    })
}

/// Why a text of another form than 2027-01-31 is refused, with the date that it may mean.
fn other_form(text: &str) -> Refusal {
    let whole = 0..text.len();
    let bad = |message: String| Refusal::new(Code::BadDate, whole.clone(), message);
    if let Some(date) = text.get(..10).filter(|date| parts(date).is_some()) {
        let rest = &text[10..];
        let message = if rest.starts_with(['T', 't', ' ']) {
            format!("{} is a time, and a date has none", quote(rest.trim()))
        } else {
            format!("{} stands behind the date", quote(rest))
        };
        return Refusal::new(Code::BadDate, 10..text.len(), message).instead([date.to_owned()]);
    }
    let message = format!("{} is not a date of the form year-month-day", quote(text));
    let iso = |year: &str, month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
    let separated: Vec<&str> = text.split(['/', '.', '-']).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if let [first, second, third] = separated[..]
        && separated.iter().all(is_number)
    {
        if first.len() == 4 {
            return bad(message).instead([iso(first, second, third)]);
        }
        let european = iso(third, second, first);
        let american = iso(third, first, second);
        return match (strict(&european), strict(&american)) {
            (Some(one), Some(two)) if one != two => {
                let message = format!(
                    "{} is {} or {}",
                    quote(text),
                    one.print_day(),
                    two.print_day()
                );
                Refusal::new(Code::AmbiguousDate, whole, message).instead([european, american])
            }
            (_, _) => bad(message).instead([european, american]),
        };
    }
    if text.len() == 8 && is_number(&text) {
        return bad(message).instead([iso(&text[..4], &text[4..6], &text[6..])]);
    }
    bad(message).instead(spelled_out(text))
}

/// The date in a text such as `1 October 2027` or `Oct 1st, 2027`.
fn spelled_out(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split([' ', ',', '.', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let [first, second, year] = words[..] else {
        return None;
    };
    let month = |word: &str| {
        let start = word.get(..3)?;
        MONTHS.iter().position(|name| {
            name[..3].eq_ignore_ascii_case(start)
                && name.len() >= word.len()
                && name[..word.len()].eq_ignore_ascii_case(word)
        })
    };
    let (day, month) = match (month(first), month(second)) {
        (None, Some(month)) => (first, month),
        (Some(month), None) => (second, month),
        (_, _) => return None,
    };
    let day = day.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    Some(format!("{year}-{:02}-{day:0>2}", month + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prints_in_full() {
        let date = Date::from_text("2027-10-01").expect("a date");
        assert_eq!(date.print(), "1 October 2027");
        assert_eq!(date.weekday(), "Friday");
        assert_eq!(date.iso(), "2027-10-01");
        assert_eq!(date.last_of_month().iso(), "2027-10-31");
        assert_eq!(date.plus_days(-1).print_day(), "30 September");
    }

    #[test]
    fn dates_end_without_a_panic() {
        assert_eq!(Date::MAX.plus_days(i32::MAX), Date::MAX);
        assert_eq!(Date::MIN.plus_days(i32::MIN), Date::MIN);
        assert_eq!(Date::MIN.plus_days(i32::MAX), Date::MAX);
    }

    proptest! {
        #[test]
        fn dates_read_back(days in 0_i32..=109_000) {
            let start = Date::new(1900, 1, 1).expect("a date");
            let date = start.plus_days(days);
            prop_assert_eq!(start.days_until(date), days);
            prop_assert_eq!(Date::from_text(&date.iso()), Ok(date));
        }
    }
}
