//! The house style of figures: how digits are grouped, and which numbers are words.

use super::choice::choice;
use super::words::cardinal;
use rust_decimal::Decimal;

/// Which whole numbers a sentence spells out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum NumberWords {
    /// Words to ten, digits beyond: `five`, `11`.
    #[default]
    ToTen,
    /// Digits always: `5`.
    Digits,
    /// Words with the digits behind them: `five (5)`.
    Both,
}

choice! {
    NumberWords: ToTen = "to-ten", Digits = "digits", Both = "both";
    pattern "^(to-ten|digits|both)$";
    expected "\"to-ten\", \"digits\" or \"both\""
}

/// How a document prints numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Numerals {
    /// Stands between groups of three digits.
    pub group: char,
    /// Stands before the decimals.
    pub point: char,
    /// Which numbers are words.
    pub words: NumberWords,
}

impl Default for Numerals {
    fn default() -> Numerals {
        Numerals::english()
    }
}

impl Numerals {
    const fn style(group: char, point: char) -> Numerals {
        Numerals {
            group,
            point,
            words: NumberWords::ToTen,
        }
    }

    /// `1,250.50`
    pub const fn english() -> Numerals {
        Numerals::style(',', '.')
    }

    /// `1.250,50`
    pub const fn continental() -> Numerals {
        Numerals::style('.', ',')
    }

    /// `1'250.50`
    pub const fn swiss() -> Numerals {
        Numerals::style('\'', '.')
    }

    /// `1 250,50`, with a plain space: a no-break space would be an invisible difference in a redline.
    pub const fn spaced() -> Numerals {
        Numerals::style(' ', ',')
    }

    /// All digits of `value`, without zeros at the end: `1,250.5`.
    pub fn print_decimal(&self, value: Decimal) -> String {
        self.print_places(value, 0)
    }

    /// All digits of `value`, with zeros up to `places` decimals: `1,250.50`.
    ///
    /// Never rounds: a value with more decimals shows them all.
    pub fn print_places(&self, value: Decimal, places: usize) -> String {
        let plain = value.normalize().abs().to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut printed = String::new();
        if value.is_sign_negative() && !value.is_zero() {
            printed.push('-');
        }
        self.group_digits(whole, &mut printed);
        if places > 0 || !decimals.is_empty() {
            printed.push(self.point);
            printed.push_str(decimals);
            printed.extend(std::iter::repeat_n(
                '0',
                places.saturating_sub(decimals.len()),
            ));
        }
        printed
    }

    /// The digits of a whole number: `1,250`.
    pub fn print_whole(&self, value: u64) -> String {
        let mut printed = String::new();
        self.group_digits(&value.to_string(), &mut printed);
        printed
    }

    /// A whole number as it stands in a sentence: `five`, `5` or `five (5)`.
    pub fn print_number(&self, value: u64) -> String {
        match self.words {
            NumberWords::ToTen if value <= 10 => cardinal(value),
            NumberWords::ToTen | NumberWords::Digits => self.print_whole(value),
            NumberWords::Both => format!("{} ({})", cardinal(value), self.print_whole(value)),
        }
    }

    fn group_digits(&self, digits: &str, printed: &mut String) {
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                printed.push(self.group);
            }
            printed.push(digit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect(text)
    }

    #[test]
    fn house_styles_group_by_three() {
        let value = decimal("1234250.50");
        for (numerals, printed) in [
            (Numerals::english(), "1,234,250.50"),
            (Numerals::continental(), "1.234.250,50"),
            (Numerals::swiss(), "1'234'250.50"),
            (Numerals::spaced(), "1 234 250,50"),
        ] {
            assert_eq!(numerals.print_places(value, 2), printed);
        }
        let english = Numerals::english();
        assert_eq!(english.print_decimal(value), "1,234,250.5");
        assert_eq!(english.print_places(decimal("0.125"), 2), "0.125");
        assert_eq!(english.print_places(decimal("-250000"), 0), "-250,000");
        assert_eq!(english.print_places(-decimal("0.00"), 2), "0.00");
        assert_eq!(english.print_whole(999), "999");
        assert_eq!(english.print_whole(1_000), "1,000");
    }

    #[test]
    fn small_numbers_are_words() {
        let style = |words| Numerals {
            words,
            ..Numerals::english()
        };
        for (words, printed) in [
            (NumberWords::ToTen, ["zero", "ten", "11", "1,000"]),
            (NumberWords::Digits, ["0", "10", "11", "1,000"]),
            (
                NumberWords::Both,
                [
                    "zero (0)",
                    "ten (10)",
                    "eleven (11)",
                    "one thousand (1,000)",
                ],
            ),
        ] {
            assert_eq!(
                [0, 10, 11, 1_000].map(|n| style(words).print_number(n)),
                printed
            );
        }
    }

    proptest! {
        #[test]
        fn figures_lose_no_digit(digits: i64, scale in 0_u32..=28) {
            let value = Decimal::new(digits, scale);
            for numerals in [Numerals::english(), Numerals::continental(), Numerals::swiss(), Numerals::spaced()] {
                let plain = numerals
                    .print_decimal(value)
                    .replace(numerals.group, "")
                    .replace(numerals.point, ".");
                prop_assert_eq!(decimal(&plain), value);
            }
        }
    }
}
