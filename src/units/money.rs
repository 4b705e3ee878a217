//! Money: an exact amount in one currency.

mod read;

use super::{Numerals, Rate, Rounding, RoundingMode};
use iso_currency::Currency;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The most digits before the point that a deal may write.
///
/// Why: an amount then has at most 15 + 4 digits (no currency of ISO 4217 has more than 4 decimals), and a
/// [`Rate`] is at most 1 with at most 8 decimals, so the digits of amount times rate are a whole number of at
/// most 10^19 * 10^8 = 10^27. A [`Decimal`] holds every whole number below 2^96 > 7.9 * 10^28, with up to 28
/// decimals. The product is therefore exact, and so it is for any sum of up to 79 such amounts.
pub(super) const WHOLE_DIGITS: usize = 15;

/// An exact amount in one currency, possibly negative: the difference of two amounts.
///
/// Amounts in two currencies have no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Money) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }
}

impl Money {
    /// `amount` units of `currency`; fractions of its minor unit are kept until [`Money::round`].
    pub fn new(amount: Decimal, currency: Currency) -> Money {
        Money { amount, currency }
    }

    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Money {
        Money::new(Decimal::ZERO, currency)
    }

    /// The number of units of the currency.
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self.amount < Decimal::ZERO
    }

    /// The exact sum; none for two currencies, or beyond 28 digits.
    #[must_use]
    pub fn plus(self, other: Money) -> Option<Money> {
        if self.currency != other.currency {
            return None;
        }
        exact_sum(self.amount, other.amount).map(|amount| Money::new(amount, self.currency))
    }

    /// The exact difference; none for two currencies, or beyond 28 digits.
    #[must_use]
    pub fn minus(self, other: Money) -> Option<Money> {
        self.plus(Money::new(-other.amount, other.currency))
    }

    /// The exact share, not rounded to the minor unit.
    ///
    /// Exact for every amount that a deal can write and for sums of them. Only shares of unrounded shares can
    /// outgrow 28 digits; of those, the first 28 are kept.
    #[must_use]
    pub fn times(self, rate: Rate) -> Money {
        // A rate is at most 1, so the product is never larger than the amount and never overflows.
        let share = exact_product(self.amount, rate.fraction())
            .or_else(|| self.amount.checked_mul(rate.fraction()));
        Money::new(share.unwrap_or(self.amount), self.currency)
    }

    /// The exact price of `count` pieces; none beyond 28 digits.
    #[must_use]
    pub fn times_count(self, count: u64) -> Option<Money> {
        exact_product(self.amount, Decimal::from(count))
            .map(|amount| Money::new(amount, self.currency))
    }

    /// The amount, rounded.
    #[must_use]
    pub fn round(self, rounding: Rounding) -> Money {
        Money::new(rounding.round(self.amount), self.currency)
    }

    /// The amount, rounded to the minor unit of its currency: cents for USD, whole yen for JPY.
    #[must_use]
    pub fn round_to_minor(self, mode: RoundingMode) -> Money {
        self.round(Rounding {
            mode,
            place: minor_places(self.currency),
        })
    }

    /// `USD 250,000`; with minor units only if there are any: `USD 250.50`.
    pub fn print(self, numerals: &Numerals) -> String {
        if self.amount.fract().is_zero() {
            self.with_code(&numerals.print_decimal(self.amount))
        } else {
            self.print_exact(numerals)
        }
    }

    /// `USD 154,750.00`, always with the minor units of the currency.
    pub fn print_exact(self, numerals: &Numerals) -> String {
        self.with_code(&self.print_amount(numerals))
    }

    /// `154,750.00`, for a column that names its currency once.
    pub fn print_amount(self, numerals: &Numerals) -> String {
        numerals.print_places(self.amount, minor_places(self.currency) as usize)
    }

    /// The sign stands before the code, as in `−USD 4,800.00`: a hyphen between the two would be read past.
    fn with_code(self, amount: &str) -> String {
        let code = self.currency.code();
        match amount.strip_prefix('-') {
            Some(size) => format!("\u{2212}{code} {size}"),
            None => format!("{code} {amount}"),
        }
    }
}

/// How many decimals the currency has; none for those that are no money, such as gold.
///
/// # Source
///
/// ISO 4217, column "minor unit".
fn minor_places(currency: Currency) -> u32 {
    currency.exponent().map_or(0, u32::from)
}

/// The product, if 28 digits hold it exactly. The operators of [`Decimal`] would round without a word.
fn exact_product(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (left, right) = (left.normalize(), right.normalize());
    let digits = left.mantissa().checked_mul(right.mantissa())?;
    Decimal::try_from_i128_with_scale(digits, left.scale() + right.scale()).ok()
}

/// The sum, if 28 digits hold it exactly.
fn exact_sum(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (left, right) = (left.normalize(), right.normalize());
    let scale = left.scale().max(right.scale());
    let digits = |value: Decimal| {
        let zeros = 10_i128.checked_pow(scale - value.scale())?;
        value.mantissa().checked_mul(zeros)
    };
    let sum = digits(left)?.checked_add(digits(right)?)?;
    Decimal::try_from_i128_with_scale(sum, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::read::replaced;
    use super::*;
    use crate::diagnostic::Code;
    use crate::units::Unit;
    use proptest::prelude::*;

    fn money(text: &str) -> Money {
        Money::from_text(text).expect(text)
    }

    #[test]
    fn prints_minor_units_when_there_are_any() {
        let numerals = Numerals::english();
        for (text, short, exact) in [
            ("USD 250000", "USD 250,000", "USD 250,000.00"),
            ("USD 250.5", "USD 250.50", "USD 250.50"),
            ("JPY 1000", "JPY 1,000", "JPY 1,000"),
            ("KWD 1.25", "KWD 1.250", "KWD 1.250"),
        ] {
            assert_eq!(money(text).print(&numerals), short);
            assert_eq!(money(text).print_exact(&numerals), exact);
        }
        assert_eq!(money("USD 154750").print_amount(&numerals), "154,750.00");
        let owed = money("USD 1")
            .minus(money("USD 2.5"))
            .expect("one currency");
        assert_eq!(owed.print(&numerals), "\u{2212}USD 1.50");
    }

    #[test]
    fn currencies_do_not_mix() {
        let (dollars, euros) = (money("USD 5"), money("EUR 5"));
        assert_eq!(dollars.plus(euros), None);
        assert_eq!(dollars.minus(euros), None);
        assert_eq!(dollars.partial_cmp(&euros), None);
        assert_eq!(dollars.plus(money("USD 0.10")), Some(money("USD 5.10")));
    }

    #[test]
    fn shares_are_exact_to_the_limit() {
        // Every nine that a deal can write: the product needs 27 digits.
        let amount = money("CLF 999999999999999.9999");
        let rate = Rate::from_text("99.999999%").expect("a rate");
        let share = amount.times(rate);
        assert_eq!(share.amount().to_string(), "999999989999999.999900000001");
        let sum = (0..78)
            .try_fold(amount, |sum, _| sum.plus(amount))
            .expect("exact");
        let rest = sum.times(rate).plus(sum.times(rate.rest()));
        assert_eq!(rest, Some(sum));
        // Beyond 28 digits nothing panics.
        assert_eq!(amount.times_count(u64::MAX), None);
        let mut tiny = amount;
        for _ in 0..20 {
            tiny = tiny.times(rate);
        }
        assert!(tiny < amount && !tiny.is_negative());
    }

    #[test]
    fn rounds_to_the_minor_unit() {
        let third = Rate::from_text("33.3333%").expect("a rate");
        let round = |text| {
            money(text)
                .times(third)
                .round_to_minor(RoundingMode::HalfUp)
        };
        assert_eq!(round("USD 100"), money("USD 33.33"));
        assert_eq!(round("JPY 100"), money("JPY 33"));
        assert_eq!(round("KWD 100"), money("KWD 33.333"));
    }

    proptest! {
        #[test]
        fn money_reads_back(minor in 0_i64..=99_999_999_999_999_999, number in 0_u16..1000) {
            let numerals = Numerals::english();
            if let Some(currency) = Currency::from_numeric(number)
                && !currency.is_special()
                && replaced(currency).is_none()
            {
                let amount = Decimal::new(minor, minor_places(currency));
                let written = Money::new(amount, currency);
                for printed in [written.print(&numerals), written.print_exact(&numerals)] {
                    match Money::from_text(&printed) {
                        Ok(read) => prop_assert_eq!(read, written),
                        // Yen have more digits before the point than cents.
                        Err(complaint) => prop_assert_eq!(complaint.code, Code::TooLarge),
                    }
                }
            }
        }

        #[test]
        fn a_share_and_the_rest_are_the_whole(
            cents in 0_i64..=99_999_999_999_999_999,
            millionths in 0_i64..=100_000_000,
        ) {
            let whole = Money::new(Decimal::new(cents, 2), Currency::USD);
            let rate = Rate::new(Decimal::new(millionths, 8)).expect("a rate");
            let parts = whole.times(rate).plus(whole.times(rate.rest()));
            prop_assert_eq!(parts, Some(whole));
            // Against whole-number arithmetic.
            let product = i128::from(cents) * i128::from(millionths);
            prop_assert_eq!(whole.times(rate).amount(), Decimal::from_i128_with_scale(product, 10));
        }
    }
}
