//! Rates: shares of a whole.

use super::figure;
use super::refusal::{Refusal, check_spaces, quote};
use super::{Numerals, Unit};
use crate::diagnostic::{Code, Complaint};
use rust_decimal::Decimal;

/// The most decimals of a fraction: six of a percent, four of a basis point.
///
/// With it the share of every amount is exact; the proof stands at the limit of `Money`.
const PLACES: u32 = 8;

/// A share of a whole, from nothing to all of it, with at most eight decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate {
    fraction: Decimal,
}

impl Rate {
    /// The rate of a fraction, such as 0.125; none below 0, above 1, or beyond eight decimals.
    pub fn new(fraction: Decimal) -> Option<Rate> {
        let fraction = fraction.normalize();
        let fits = fraction >= Decimal::ZERO && fraction <= Decimal::ONE;
        (fits && fraction.scale() <= PLACES).then_some(Rate { fraction })
    }

    /// All of it: 100%.
    pub fn whole() -> Rate {
        Rate {
            fraction: Decimal::ONE,
        }
    }

    /// Nothing of it: 0%.
    pub fn zero() -> Rate {
        Rate {
            fraction: Decimal::ZERO,
        }
    }

    /// What the rest gets: 100% less this.
    #[must_use]
    pub fn rest(self) -> Rate {
        Rate {
            fraction: Decimal::ONE - self.fraction,
        }
    }

    /// The rate as a fraction of 1: 0.125.
    pub fn fraction(self) -> Decimal {
        self.fraction
    }

    /// The rate in percent: 12.5.
    pub fn percent(self) -> Decimal {
        (self.fraction * Decimal::ONE_HUNDRED).normalize()
    }

    /// `12.5%`
    pub fn print(self, numerals: &Numerals) -> String {
        format!("{}%", numerals.print_decimal(self.percent()))
    }
}

impl Unit for Rate {
    const EXPECTED: &'static str = "a rate such as \"12.5%\" or \"1250bp\"";
    const PATTERN: &'static str =
        r"^([0-9]+(\.[0-9]{1,6})?%|([0-9]+|[1-9][0-9]{0,2}([,_][0-9]{3})+)(\.[0-9]{1,4})?bp)$";

    fn from_text(text: &str) -> Result<Rate, Complaint> {
        read(text).map_err(|refusal| refusal.complaint(Rate::EXPECTED, read))
    }
}

fn read(text: &str) -> Result<Rate, Refusal> {
    check_spaces(text, Code::BadRate)?;
    // How many decimals the unit shifts the number by.
    let (number, unit, shift) = match (text.strip_suffix('%'), text.strip_suffix("bp")) {
        (Some(number), _) => (number, "%", 2),
        (None, Some(number)) => (number, "bp", 4),
        (None, None) => return Err(without_unit(text)),
    };
    if number.ends_with(' ') {
        let within = number.len() - 1..number.len();
        let message = format!("a space stands before the {unit}");
        return Err(Refusal::new(Code::BadRate, within, message)
            .instead([format!("{}{unit}", number.trim_end())]));
    }
    let figure = figure::read(number).map_err(|slip| {
        Refusal::new(Code::BadRate, slip.within, slip.message).instead(
            slip.readings
                .iter()
                .map(|reading| format!("{reading}{unit}")),
        )
    })?;
    let within = 0..number.len();
    if figure.whole_digits > 9 {
        return Err(above_whole(within, text));
    }
    let decimals = PLACES - shift;
    let scale = u32::try_from(figure.decimals).unwrap_or(u32::MAX);
    if scale > decimals {
        let message = format!("{} has more than {decimals} decimals", quote(text));
        return Err(Refusal::new(Code::BadRate, within, message).hint(format!(
            "write at most {decimals} decimals before the {unit}"
        )));
    }
    let Some(value) = figure.value() else {
        return Err(Refusal::new(
            Code::BadRate,
            within,
            "the rate has too many digits",
        ));
    };
    Rate::new(value * Decimal::new(1, shift)).ok_or_else(|| above_whole(within, text))
}

fn above_whole(within: std::ops::Range<usize>, text: &str) -> Refusal {
    let message = format!("{} is more than the whole", quote(text));
    Refusal::new(Code::RateAboveWhole, within, message).hint("write a share of at most \"100%\"")
}

/// Why a text without `%` or `bp` is no rate.
fn without_unit(text: &str) -> Refusal {
    let whole = 0..text.len();
    if figure::is_bare(text) {
        let refusal = Refusal::new(
            Code::BareNumber,
            whole,
            format!("{} has no unit", quote(text)),
        );
        let numbers = match figure::read(text) {
            Ok(figure) => vec![figure.plain],
            Err(slip) => slip.readings,
        };
        // `0.15` is 15% to one person and 0.15% to another.
        let fraction = numbers
            .first()
            .and_then(|number| Decimal::from_str_exact(number).ok())
            .filter(|value| *value < Decimal::ONE && !value.is_zero())
            .map(|value| format!("{}%", (value * Decimal::ONE_HUNDRED).normalize()));
        let with = |unit: &'static str| numbers.iter().map(move |number| format!("{number}{unit}"));
        return refusal
            .instead(fraction)
            .instead(with("%"))
            .instead(with("bp"));
    }
    let message = format!("{} is not a rate", quote(text));
    let meant = [
        ("percent", "%"),
        ("per cent", "%"),
        ("pct", "%"),
        ("bps", "bp"),
        ("basis points", "bp"),
    ]
    .into_iter()
    .find_map(|(word, unit)| {
        let number = text.strip_suffix(word)?;
        Some(format!("{}{unit}", number.trim_end()))
    });
    Refusal::new(Code::BadRate, whole, message).instead(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_agree() {
        let rates = ["12.5%", "1250bp", "12.50%", "1,250bp"].map(Rate::from_text);
        assert!(rates.iter().all(|rate| *rate == rates[0]));
        let rate = rates[0].clone().expect("a rate");
        assert_eq!(rate.fraction().to_string(), "0.125");
        assert_eq!(rate.percent().to_string(), "12.5");
        assert_eq!(rate.print(&Numerals::english()), "12.5%");
        assert_eq!(rate.print(&Numerals::continental()), "12,5%");
        assert_eq!(rate.rest().print(&Numerals::english()), "87.5%");
        assert_eq!(Rate::whole().print(&Numerals::english()), "100%");
        assert!(Rate::zero() < rate && rate < Rate::whole());
    }

    #[test]
    fn a_rate_is_a_share_of_few_decimals() {
        assert_eq!(Rate::new(Decimal::new(-1, 2)), None);
        assert_eq!(Rate::new(Decimal::new(101, 2)), None);
        assert_eq!(Rate::new(Decimal::new(1, 9)), None);
        assert_eq!(
            Rate::new(Decimal::new(10, 9)),
            Rate::new(Decimal::new(1, 8))
        );
    }
}
