//! How far two values of one term are apart: in money, in points, in days.

use crate::deal::fact::Fact;
use crate::units::{Measure, Money, Numerals, Period, Rate};

/// The difference, with its sign; `None` where there is no such thing, as between two names.
pub(super) fn between(old: &Fact<'_>, new: &Fact<'_>, numerals: &Numerals) -> Option<String> {
    match (old, new) {
        (Fact::Money(old), Fact::Money(new)) => money(**old, **new, numerals),
        (Fact::Rate(old), Fact::Rate(new)) => rate(**old, **new, numerals),
        (Fact::Measure(old), Fact::Measure(new)) => match (old, new) {
            (Measure::Money(old), Measure::Money(new)) => money(*old, *new, numerals),
            (Measure::Rate(old), Measure::Rate(new)) => rate(*old, *new, numerals),
            (Measure::Count(old), Measure::Count(new)) if old.noun == new.noun => {
                Some(whole(old.number, new.number, &old.noun, numerals))
            }
            (Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_), _) => {
                None
            }
        },
        (Fact::Count(old), Fact::Count(new)) if old.noun == new.noun => {
            Some(whole(old.number, new.number, &old.noun, numerals))
        }
        (Fact::Period(old), Fact::Period(new)) => period(**old, **new, numerals),
        (Fact::Date(old), Fact::Date(new)) => {
            let days = old.days_until(**new);
            let count = numerals.print_whole(u64::from(days.unsigned_abs()));
            let plural = if days.abs() == 1 { "" } else { "s" };
            let way = if days < 0 { "earlier" } else { "later" };
            Some(format!("{count} day{plural} {way}"))
        }
        (
            Fact::Absent
            | Fact::Flag(_)
            | Fact::Number(_)
            | Fact::Text(_)
            | Fact::Money(_)
            | Fact::Rate(_)
            | Fact::Count(_)
            | Fact::Measure(_)
            | Fact::Period(_)
            | Fact::Date(_)
            | Fact::Name(_, _)
            | Fact::List(_)
            | Fact::Record(_),
            _,
        ) => None,
    }
}

/// `+USD 50,000`; `None` between currencies.
pub(crate) fn money(old: Money, new: Money, numerals: &Numerals) -> Option<String> {
    let apart = new.minus(old)?;
    let size = Money::new(apart.amount().abs(), apart.currency());
    Some(format!(
        "{}{}",
        sign(apart.is_negative()),
        size.print(numerals)
    ))
}

fn rate(old: Rate, new: Rate, numerals: &Numerals) -> Option<String> {
    let apart = new.percent().checked_sub(old.percent())?;
    Some(format!(
        "{}{} percentage points",
        sign(apart.is_sign_negative()),
        numerals.print_decimal(apart.abs().normalize())
    ))
}

fn whole(old: u64, new: u64, noun: &str, numerals: &Numerals) -> String {
    let apart = numerals.print_whole(old.abs_diff(new));
    format!("{}{apart} {noun}", sign(new < old))
}

/// Only lengths of one unit are apart by so many of it.
fn period(old: Period, new: Period, numerals: &Numerals) -> Option<String> {
    if old.unit != new.unit {
        return None;
    }
    let apart = Period {
        count: old.count.abs_diff(new.count),
        unit: old.unit,
    };
    Some(format!(
        "{}{}",
        sign(new.count < old.count),
        apart.print(numerals)
    ))
}

fn sign(less: bool) -> char {
    if less { '−' } else { '+' }
}
