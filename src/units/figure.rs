//! Figures as people type them: `250000`, `250,000.50`, `250_000`.
//!
//! A comma groups digits by three and a point starts the decimals, nothing else. Whatever can be read in two
//! ways is refused, with both readings.

use super::refusal::quote;
use rust_decimal::Decimal;
use std::ops::Range;

/// A non-negative number as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Digits and at most one point, without groups.
    pub(super) plain: String,
    /// How many digits stand before the point, leading zeros left out.
    pub(super) whole_digits: usize,
    /// How many digits stand after the point.
    pub(super) decimals: usize,
}

impl Figure {
    fn new(plain: String) -> Figure {
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        Figure {
            whole_digits: whole.trim_start_matches('0').len(),
            decimals: decimals.len(),
            plain,
        }
    }

    /// The number, if 28 digits hold it exactly.
    pub(super) fn value(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.plain).ok()
    }

    /// The whole numbers that may have been meant by one with decimals.
    pub(super) fn whole_readings(&self) -> impl Iterator<Item = String> + use<> {
        let (whole, decimals) = self.plain.split_once('.').unwrap_or((&self.plain, ""));
        // `1.000` is a thousand in half of the world.
        let grouped = (decimals.len() == 3 && !whole.starts_with('0') && whole.len() <= 3)
            .then(|| format!("{whole}{decimals}"));
        let above = decimals
            .contains(|digit| digit != '0')
            .then(|| whole.parse::<u64>().ok()?.checked_add(1))
            .flatten()
            .map(|number| number.to_string());
        grouped.into_iter().chain([whole.to_owned()]).chain(above)
    }
}

/// Why a text is not a figure.
#[derive(Debug)]
pub(super) struct Slip {
    /// The bytes at fault.
    pub(super) within: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// Figures that may have been meant, likeliest first.
    pub(super) readings: Vec<String>,
}

/// Reads a figure.
pub(super) fn read(text: &str) -> Result<Figure, Slip> {
    exact(text).map(Figure::new).ok_or_else(|| slip(text))
}

/// Whether the text is made of digits and their separators alone, and has a digit.
pub(super) fn is_bare(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.contains(|character: char| character.is_ascii_digit())
        && unsigned
            .chars()
            .all(|character| character.is_ascii_digit() || ".,_".contains(character))
}

/// Whether the text is one of the numbers of binary floating point that are none.
pub(super) fn is_no_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    ["inf", "infinity", "nan"]
        .iter()
        .any(|word| unsigned.eq_ignore_ascii_case(word))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a text in groups of three. A group that starts with 0 is a decimal comma in disguise: `0,250`.
fn ungroup(text: &str, separator: char) -> Option<String> {
    let (first, rest) = text.split_once(separator)?;
    let grouped = is_digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && rest
            .split(separator)
            .all(|group| group.len() == 3 && is_digits(group));
    grouped.then(|| text.replace(separator, ""))
}

/// The digits before the point, if they are typed as they should be.
fn whole(text: &str) -> Option<String> {
    if is_digits(text) {
        return Some(text.to_owned());
    }
    ungroup(text, ',').or_else(|| ungroup(text, '_'))
}

fn exact(text: &str) -> Option<String> {
    match text.split_once('.') {
        None => whole(text),
        Some((before, after)) if is_digits(after) => {
            whole(before).map(|digits| format!("{digits}.{after}"))
        }
        Some(_) => None,
    }
}

fn slip(text: &str) -> Slip {
    let everything = |message: String, readings: Vec<String>| Slip {
        within: 0..text.len(),
        message,
        readings,
    };
    if text.is_empty() {
        return everything("the number is missing".to_owned(), Vec::new());
    }
    if is_no_number(text) {
        return everything(format!("{} is not a number", quote(text)), Vec::new());
    }
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        let readings = exact(rest).into_iter().collect();
        return everything(format!("{} is negative", quote(text)), readings);
    }
    if let Some(rest) = text.strip_prefix('+') {
        let readings = exact(rest).into_iter().collect();
        return everything(format!("{} has a sign", quote(text)), readings);
    }
    let foreign = |character: char| {
        let known = character.is_ascii_digit() || SEPARATORS.contains(&character);
        !known && !".,_".contains(character)
    };
    if let Some(start) = text.find(foreign) {
        let end = text[start..]
            .find(|character: char| character.is_ascii_digit())
            .map_or(text.len(), |length| start + length);
        return Slip {
            within: start..end,
            message: format!("{} is not part of a number", quote(&text[start..end])),
            readings: Vec::new(),
        };
    }
    let readings = readings(text);
    let message = match readings.len() {
        0 => format!("{} is not a number", quote(text)),
        1 => format!("{} is not written as a number should be", quote(text)),
        _ => format!("{} can be read as two numbers", quote(text)),
    };
    everything(message, readings)
}

/// Characters that group digits in other countries: spaces of three widths, apostrophes of two shapes.
const SEPARATORS: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '\u{2019}'];

/// What a text of digits and separators may mean.
fn readings(text: &str) -> Vec<String> {
    // `.5` and `5.`
    if let Some(digits) = text.strip_prefix('.').filter(|digits| is_digits(digits)) {
        return vec![format!("0.{digits}")];
    }
    if let Some(plain) = text.strip_suffix('.').and_then(whole) {
        return vec![plain];
    }
    // `1,00`: a decimal comma, or a zero too few.
    if let Some((before, after)) = text.split_once(',')
        && is_digits(before)
        && is_digits(after)
    {
        let decimal = format!("{before}.{after}");
        return if before.starts_with('0') {
            vec![decimal]
        } else {
            vec![decimal, format!("{before}{after}")]
        };
    }
    // `1.000,00`, `1 000,00` and `1'000.00`
    let (before, after) = match text.rsplit_once([',', '.']) {
        Some((before, after)) if is_digits(after) => (before, format!(".{after}")),
        Some(_) | None => (text, String::new()),
    };
    let grouped = |text: &str| {
        std::iter::once('.')
            .chain(SEPARATORS)
            .find_map(|separator| ungroup(text, separator))
    };
    if let Some(digits) = grouped(text) {
        return vec![digits];
    }
    if let Some(digits) = grouped(before) {
        return vec![digits + &after];
    }
    // `12,34,567`
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let digits = before.replace([',', '_'], "");
    if is_digits(&digits) && after.is_empty() {
        return vec![digits];
    }
    if is_digits(&digits) && is_digits(after) {
        return vec![format!("{digits}.{after}")];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_and_grouped_figures() {
        for (text, plain) in [
            ("0", "0"),
            ("250000", "250000"),
            ("250000.50", "250000.50"),
            ("250,000", "250000"),
            ("1,250,000.50", "1250000.50"),
            ("250_000", "250000"),
        ] {
            assert_eq!(
                read(text).map(|figure| figure.plain).ok().as_deref(),
                Some(plain),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_can_be_read_in_two_ways() {
        for (text, readings) in [
            ("1,00", &["1.00", "100"][..]),
            ("1,2500", &["1.2500", "12500"]),
            ("0,250", &["0.250"]),
            ("1.000,00", &["1000.00"]),
            ("1.000.000", &["1000000"]),
            ("1 250,50", &["1250.50"]),
            ("1'250", &["1250"]),
            ("12,34,567", &["1234567"]),
            ("25_00", &["2500"]),
            (".5", &["0.5"]),
            ("5.", &["5"]),
            ("-5", &["5"]),
            ("1_250,000", &["1250000"]),
            ("1e6", &[]),
            ("inf", &[]),
            ("NaN", &[]),
            ("1.2.3", &[]),
        ] {
            let slip = read(text).expect_err(text);
            assert_eq!(slip.readings, readings, "{text}");
        }
    }
}
