//! The words that numbers are written in: money, rates, periods, dates, rounding.
//!
//! In: text from a deal file, such as `"USD 250000"`, `"12.5%"`, `"5 business days"`. Out: exact values that
//! know their unit, and the words and figures that a document prints for them. There is no binary floating
//! point here, and no clock.

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
