//! Money as a deal writes it, and the ways in which people write it otherwise.

use super::{Money, WHOLE_DIGITS, minor_places};
use crate::diagnostic::{Code, Complaint};
use crate::units::Unit;
use crate::units::figure::{self, Figure};
use crate::units::nearest::nearest;
use crate::units::refusal::{Refusal, check_spaces, quote};
use iso_currency::Currency;
use rust_decimal::Decimal;
use std::ops::Range;

impl Unit for Money {
    const EXPECTED: &'static str = "an amount such as \"USD 250000\"";
    const PATTERN: &'static str =
        r"^[A-Z]{3} ([0-9]+|[1-9][0-9]{0,2}((,[0-9]{3})+|(_[0-9]{3})+))(\.[0-9]{1,4})?$";

    fn from_text(text: &str) -> Result<Money, Complaint> {
        read(text).map_err(|refusal| refusal.complaint(Money::EXPECTED, read))
    }
}

fn read(text: &str) -> Result<Money, Refusal> {
    check_spaces(text, Code::BadMoney)?;
    let Some((code, number)) = text.split_once(' ') else {
        return Err(one_word(text));
    };
    let bad = |message: String| Refusal::new(Code::BadMoney, 0..text.len(), message);
    if figure::is_bare(code) || figure::is_no_number(code) {
        return Err(if looks_like_code(number) {
            bad(format!(
                "the currency stands behind the amount in {}",
                quote(text)
            ))
            .instead([format!("{} {code}", number.to_uppercase())])
        } else {
            bad(format!("{} is not an amount of money", quote(text)))
        });
    }
    let currency = read_currency(code, number)?;
    let start = code.len() + 1;
    let figure = figure::read(number).map_err(|slip| {
        let within = start + slip.within.start..start + slip.within.end;
        Refusal::new(Code::BadMoney, within, slip.message).instead(
            slip.readings
                .iter()
                .map(|reading| format!("{code} {reading}")),
        )
    })?;
    read_amount(currency, &figure, number, start..text.len())
}

fn looks_like_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Why a text without a space is no money.
fn one_word(text: &str) -> Refusal {
    let whole = 0..text.len();
    if figure::is_bare(text) {
        let number = figure::read(text).map_or_else(|_| "250000".to_owned(), |figure| figure.plain);
        return Refusal::new(
            Code::BareNumber,
            whole,
            format!("{} has no currency", quote(text)),
        )
        .hint(format!(
            "write the currency before the amount, such as \"USD {number}\""
        ));
    }
    let message = format!("{} is not an amount of money", quote(text));
    let refusal = Refusal::new(Code::BadMoney, whole, message);
    // `USD250`, `250USD` and `$250`
    let figure = |character: char| character.is_ascii_digit() || ".,_".contains(character);
    let number = text.trim_start_matches(|character| !figure(character));
    let before = &text[..text.len() - number.len()];
    let amount = number.trim_end_matches(|character| !figure(character));
    let behind = &number[amount.len()..];
    let code = [before, behind].concat();
    refusal
        .instead([format!("{code} {amount}")])
        .instead(meant(&code).map(|code| format!("{code} {amount}")))
}

/// The currency of a code; `number` is what stands behind it, for the proposal.
fn read_currency(code: &str, number: &str) -> Result<Currency, Refusal> {
    let refuse = |message: String| Refusal::new(Code::UnknownCurrency, 0..code.len(), message);
    let Some(currency) = Currency::from_code(code) else {
        let refusal = if code.contains(SIGNS.map(|(sign, _)| sign)) {
            refuse(format!("{} is a sign, not a currency code", quote(code)))
        } else {
            refuse(format!("unknown currency code {}", quote(code)))
        };
        return Err(match meant(code) {
            Some(meant) => refusal
                .instead([format!("{meant} {number}")])
                .hint(format!("did you mean `{meant}`? (ISO 4217)")),
            None => refusal.hint("write a code of ISO 4217, such as \"USD 250000\""),
        });
    };
    if currency.is_special() || currency.exponent().is_none() {
        return Err(refuse(format!("nobody can pay in `{code}`: {currency}"))
            .hint("write a currency that can be paid, such as \"USD 250000\""));
    }
    match replaced(currency) {
        None => Ok(currency),
        Some(successor) => Err(refuse(format!(
            "currency `{code}` was replaced by `{}`",
            successor.code()
        ))
        .hint(format!("write the amount in {}", successor.code()))),
    }
}

/// The currency that took the place of this one.
pub(super) fn replaced(currency: Currency) -> Option<Currency> {
    // ISO 4217 lists VES and VED side by side: both are in use.
    if currency == Currency::VES {
        None
    } else {
        currency.is_superseded()
    }
}

/// Signs of currencies, with the one that each most likely means.
const SIGNS: [(char, &str); 4] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY")];

/// The currencies that a slip of the pen most likely meant.
const WIDELY_USED: [Currency; 10] = [
    Currency::USD,
    Currency::EUR,
    Currency::GBP,
    Currency::JPY,
    Currency::CHF,
    Currency::CAD,
    Currency::AUD,
    Currency::CNY,
    Currency::INR,
    Currency::SEK,
];

/// The code that a person meant, the widely used ones first.
fn meant(code: &str) -> Option<String> {
    for (sign, meant) in SIGNS {
        if code.contains(sign) {
            return Some(meant.to_owned());
        }
    }
    let others = (0..1000).filter_map(Currency::from_numeric);
    let payable = |currency: &Currency| !currency.is_special() && replaced(*currency).is_none();
    let codes: Vec<String> = WIDELY_USED
        .into_iter()
        .chain(others.filter(payable))
        .map(|currency| currency.code().to_owned())
        .collect();
    nearest(code, codes.iter().map(String::as_str)).map(str::to_owned)
}

/// The money, if it can be computed with and paid; `typed` is the number as it stands at `within`.
fn read_amount(
    currency: Currency,
    figure: &Figure,
    typed: &str,
    within: Range<usize>,
) -> Result<Money, Refusal> {
    let code = currency.code();
    let too_large = |within| {
        let message = "the amount is larger than can be computed exactly (28 digits)";
        Refusal::new(Code::TooLarge, within, message)
            .hint("check the number of zeros: at most 15 digits stand before the point")
    };
    if figure.whole_digits > WHOLE_DIGITS {
        return Err(too_large(within));
    }
    let places = minor_places(currency) as usize;
    if figure.decimals > places {
        let has = match places {
            0 => "no minor unit".to_owned(),
            places => format!("{places} decimals"),
        };
        let message = format!("{code} has {has}; {} cannot be paid", quote(typed));
        return Err(Refusal::new(Code::MinorUnit, within, message)
            .instead(payable(currency, figure).map(|amount| format!("{code} {amount}"))));
    }
    match figure.value() {
        Some(amount) => Ok(Money::new(amount, currency)),
        None => Err(too_large(within)),
    }
}

/// The amounts that can be paid next to one that cannot.
fn payable(currency: Currency, figure: &Figure) -> impl Iterator<Item = String> + use<> {
    let places = minor_places(currency) as usize;
    let (whole, decimals) = figure.plain.split_once('.').unwrap_or((&figure.plain, ""));
    let (kept, dropped) = decimals.split_at(places.min(decimals.len()));
    let below = if kept.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{kept}")
    };
    let unit = Decimal::new(1, minor_places(currency));
    let above = dropped
        .contains(|digit| digit != '0')
        .then(|| Decimal::from_str_exact(&below).ok())
        .flatten()
        .map(|amount| (amount + unit).to_string());
    // `1.000` is a thousand in half of the world.
    let grouped = (decimals.len() == 3 && !whole.starts_with('0') && whole.len() <= 3)
        .then(|| format!("{whole}{decimals}"));
    std::iter::once(below).chain(above).chain(grouped)
}
