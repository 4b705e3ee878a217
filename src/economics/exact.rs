//! Arithmetic that is exact or refused: [`Money`] keeps 28 digits, and a wrong cent is worse than an error.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::{Decimal, Money, Rate};

/// The sum; an error at `at` for two currencies or beyond 28 digits.
pub(super) fn sum(one: Money, two: Money, at: &Span) -> Checked<Money> {
    one.plus(two).ok_or_else(|| refused(one, two, at))
}

/// The difference; an error at `at` for two currencies or beyond 28 digits.
pub(super) fn difference(one: Money, two: Money, at: &Span) -> Checked<Money> {
    one.minus(two).ok_or_else(|| refused(one, two, at))
}

/// The price of `count` pieces; an error at `at` beyond 28 digits.
pub(super) fn pieces(each: Money, count: u64, at: &Span) -> Checked<Money> {
    each.times_count(count).ok_or_else(|| too_large(at))
}

/// The share; an error at `at` beyond 28 digits, where [`Money::times`] would drop the rest.
pub(super) fn share(money: Money, rate: Rate, at: &Span) -> Checked<Money> {
    let (amount, fraction) = (money.amount().normalize(), rate.fraction().normalize());
    amount
        .mantissa()
        .checked_mul(fraction.mantissa())
        .and_then(|digits| {
            Decimal::try_from_i128_with_scale(digits, amount.scale() + fraction.scale()).ok()
        })
        .map(|product| Money::new(product, money.currency()))
        .ok_or_else(|| too_large(at))
}

fn refused(one: Money, two: Money, at: &Span) -> Diagnostic {
    if one.currency() == two.currency() {
        too_large(at)
    } else {
        two_currencies(one, two, at)
    }
}

pub(super) fn too_large(at: &Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooLarge,
        at,
        "the amount is larger than can be computed exactly (28 digits)",
    )
    .help("check the number of zeros, and the number of decimals of the rates")
}

fn two_currencies(one: Money, two: Money, at: &Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongType,
        at,
        format!(
            "`{}` and `{}` cannot be added up",
            one.currency().code(),
            two.currency().code()
        ),
    )
    .help("write every amount of the deal in the currency of `economics.currency`")
}
