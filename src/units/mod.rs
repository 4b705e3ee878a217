//! The words that numbers are written in: money, rates, periods, dates, rounding.
//!
//! In: text from a deal file, such as `"USD 250000"`, `"12.5%"`, `"5 business days"`. Out: exact values that
//! know their unit, and the words and figures that a document prints for them. There is no binary floating
//! point here, and no clock.

mod cadence;
mod calendar;
mod choice;
mod count;
mod date;
mod figure;
mod measure;
mod money;
mod nearest;
mod numerals;
mod percent;
mod period;
mod rate;
mod refusal;
mod rounding;
mod words;

pub use cadence::Cadence;
pub use calendar::{Ambiguous, Calendar, DayRule, MonthEnd};
pub use count::{Count, singular};
pub use date::Date;
pub use iso_currency::Currency;
pub use measure::Measure;
pub use money::Money;
pub use nearest::nearest;
pub use numerals::{NumberWords, Numerals};
pub use percent::Percent;
pub use period::{Period, PeriodUnit};
pub use rate::Rate;
pub use rounding::{Rounding, RoundingMode};
pub use rust_decimal::Decimal;
pub use words::{cardinal, ordinal};

use crate::diagnostic::Complaint;

/// A value that a deal file writes as text with a unit.
pub trait Unit: Sized {
    /// What the text looks like, for messages and for the JSON Schema: `an amount such as "USD 250000"`.
    const EXPECTED: &'static str;
    /// A regular expression (ECMA 262) that every accepted text matches, for the JSON Schema.
    const PATTERN: &'static str;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// If the text is not such a value, with the bytes at fault and the way out.
    fn from_text(text: &str) -> Result<Self, Complaint>;
}

#[cfg(test)]
mod tests;
