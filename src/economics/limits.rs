//! The least and the most that is paid, and what the payee commits to reach.

use super::statement::{Base, Line, Model, Statement, Step};
use super::volumes::Part;
use super::volumes::{Ends, Paid, Volumes};
use super::{Checked, exact};
use crate::deal::{Deal, FeePeriod, Limit, Payment, Reward, StatementPeriod};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::{Decimal, Measure, Money, Rounding, RoundingMode};

/// How many periods of a length end in the time of a statement.
pub(super) fn ended(per: FeePeriod, ends: Ends) -> u32 {
    match per {
        FeePeriod::Month => ends.months,
        FeePeriod::Quarter => ends.quarters,
        FeePeriod::Year => ends.years,
    }
}

/// Those of them that the agreement covers in part.
fn parts(per: FeePeriod, ends: Ends) -> Vec<Part> {
    let parts = match per {
        FeePeriod::Month => ends.parts.month,
        FeePeriod::Quarter => ends.parts.quarter,
        FeePeriod::Year => ends.parts.year,
    };
    parts.into_iter().flatten().collect()
}

/// A sum for each period of a length that ends in the time of a statement; for a period that the agreement covers in
/// part, in proportion to the days, rounded. The second value tells of such parts.
///
/// Shape: sum times whole periods, plus sum times days over days of the period.
///
/// # Errors
///
/// Beyond 28 digits.
pub(super) fn over(
    sum: Money,
    per: FeePeriod,
    ends: Ends,
    rounding: Rounding,
    at: &Span,
) -> Checked<(Money, Vec<Step>)> {
    let parts = parts(per, ends);
    let periods = u64::from(ended(per, ends).max(1));
    let whole = periods.saturating_sub(parts.len() as u64);
    let mut all = exact::pieces(sum, whole, at)?;
    let mut steps = Vec::new();
    for Part { days, of } in parts {
        let amount = sum
            .amount()
            .checked_mul(Decimal::from(days))
            .and_then(|product| product.checked_div(Decimal::from(of)))
            .map(|amount| Money::new(amount, sum.currency()).round(rounding))
            .ok_or_else(|| exact::too_large(at))?;
        all = exact::sum(all, amount, at)?;
        steps.push(Step::Part {
            whole: sum,
            days,
            of,
            amount,
        });
    }
    Ok((all, steps))
}

/// How many statements the time has; at least one.
pub(super) fn statements(payment: &Payment, ends: Ends) -> u32 {
    let number = match payment.statements.value {
        StatementPeriod::Month => ends.months,
        StatementPeriod::Quarter => ends.quarters,
    };
    number.max(1)
}

/// The sums of a limit over the time of a statement, each with the periods that it holds for.
///
/// An amendment may change the sum in the time of a statement: the sum of a month or quarter is the one that held on
/// its last day. Where earlier terms had no such limit, or one for another period, that of the last day holds.
pub(super) fn sums<'a>(
    limit: &Limit,
    ends: Ends,
    earlier: impl Iterator<Item = (Option<&'a Limit>, Ends)>,
) -> Vec<(Money, Ends)> {
    let per = limit.per.value;
    let mut all = Vec::new();
    let mut own = ends;
    for (other, ends) in earlier {
        match other.filter(|other| other.per.value == per) {
            Some(other) if other.amount.value != limit.amount.value => {
                if ended(per, ends) > 0 {
                    all.push((other.amount.value, ends));
                }
            }
            Some(_) | None => own = ends.plus(own),
        }
    }
    if ended(per, own) > 0 || all.is_empty() {
        all.push((limit.amount.value, own));
    }
    all
}

/// What fills the statement up to the floor; none while the floor's period is not over.
///
/// Shape: floor times periods, less what earlier statements of the period paid, less this one so far. The floor is
/// rounded up to the places that are paid, so that rounding cannot break it.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `payment-floor`.
pub(super) fn floor(
    floor: &Limit,
    sums: &[(Money, Ends)],
    statement: &Statement,
    paid: Paid,
    rounding: Rounding,
) -> Checked<Option<Line>> {
    let periods = periods(floor, sums);
    if periods == 0 {
        return Ok(None);
    }
    let up = RoundingMode::Up;
    let (least, parts) = allowance(floor, sums, paid.within_floor, up, rounding)?;
    let amount = payable(statement, &floor.at)?;
    if amount >= least {
        return Ok(None);
    }
    let missing = exact::difference(least, amount, &floor.at)?;
    let step = Step::Floored { amount, least };
    Ok(Some(line(
        Model::Floor,
        floor,
        periods,
        missing,
        parts,
        step,
    )))
}

/// What is cut off above the cap; negative.
///
/// Shape: cap times periods (one, if none is over yet), less what earlier statements of the period paid, less this
/// one so far. The cap is rounded down to the places that are paid, so that rounding cannot break it. A cap never
/// makes anyone pay back.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `payment-cap`.
pub(super) fn cap(
    cap: &Limit,
    sums: &[(Money, Ends)],
    statement: &Statement,
    paid: Paid,
    rounding: Rounding,
) -> Checked<Option<Line>> {
    let periods = periods(cap, sums).max(1);
    let down = RoundingMode::Down;
    let (left, parts) = allowance(cap, sums, paid.within_cap, down, rounding)?;
    let most = if left.is_negative() {
        Money::zero(left.currency())
    } else {
        left
    };
    let amount = payable(statement, &cap.at)?;
    if amount <= most {
        return Ok(None);
    }
    let excess = exact::difference(most, amount, &cap.at)?;
    let step = Step::Capped { amount, most };
    Ok(Some(line(Model::Cap, cap, periods, excess, parts, step)))
}

/// How many periods of the limit are over in the time of the statement.
fn periods(limit: &Limit, sums: &[(Money, Ends)]) -> u32 {
    let over = sums.iter().map(|(_, ends)| ended(limit.per.value, *ends));
    over.sum()
}

/// The limit of so many periods, less what was paid in them before.
fn allowance(
    limit: &Limit,
    sums: &[(Money, Ends)],
    paid: Money,
    mode: RoundingMode,
    rounding: Rounding,
) -> Checked<(Money, Vec<Step>)> {
    let at = &limit.at;
    let per = limit.per.value;
    let place = rounding.place;
    let rounding = Rounding { mode, place };
    let mut all = Money::zero(limit.amount.currency());
    let mut steps = Vec::new();
    for (sum, ends) in sums {
        let (amount, parts) = over(*sum, per, *ends, rounding, at)?;
        all = exact::sum(all, amount, at)?;
        if sums.len() > 1 && parts.is_empty() {
            let count = u64::from(ended(per, *ends).max(1));
            let each = *sum;
            steps.push(Step::Each {
                count,
                each,
                amount,
            });
        }
        steps.extend(parts);
    }
    let left = exact::difference(all, paid, at)?.round(rounding);
    Ok((left, steps))
}

/// What the lines come to so far, as they are paid.
fn payable(statement: &Statement, at: &Span) -> Checked<Money> {
    let nothing = Money::zero(statement.total.currency());
    let mut paid = statement.lines.iter().map(|line| line.paid);
    paid.try_fold(nothing, |sum, paid| exact::sum(sum, paid, at))
}

fn line(
    model: Model,
    limit: &Limit,
    periods: u32,
    amount: Money,
    mut trace: Vec<Step>,
    step: Step,
) -> Line {
    trace.push(step);
    Line {
        model,
        tier: None,
        segment: None,
        base: Base::Count(u64::from(periods)),
        pays: Reward::Each(limit.amount.value),
        factor: None,
        amount,
        paid: amount,
        trace,
        stretch: 0,
    }
}

/// How the volume of a period stands to the minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// What was to be reached in the periods that are over.
    pub required: Base,
    /// What was reached.
    pub reached: Base,
    /// What is missing; none if the minimum is met.
    pub missing: Option<Base>,
}

/// Compares the volumes of one or more periods of the minimum with it; none if the deal has no minimum, or no period
/// of it is over.
///
/// A period that the agreement covers in part has a minimum in proportion to its days; of a count, a fraction is left
/// out.
///
/// # Errors
///
/// If the minimum is neither money nor a count, in another currency, or beyond 28 digits.
///
/// # Source
///
/// Clause `minimum-commitment`.
pub fn minimum(deal: &Deal, volumes: &Volumes) -> Checked<Option<Minimum>> {
    let Some(economics) = &deal.economics else {
        return Ok(None);
    };
    let Some(minimum) = &economics.minimum else {
        return Ok(None);
    };
    let periods = ended(minimum.per.value, volumes.ends);
    if periods == 0 {
        return Ok(None);
    }
    let at = &minimum.amount.span;
    let noun = match &minimum.amount.value {
        Measure::Count(count) => count.noun.as_str(),
        Measure::Money(_) | Measure::Rate(_) | Measure::Period(_) => "",
    };
    let required = match Base::of(&minimum.amount.value) {
        Some(Base::Money(money)) => {
            let rounding = Rounding {
                mode: economics.rounding.mode.value,
                place: economics.rounding.places.value,
            };
            let (all, _) = over(money, minimum.per.value, volumes.ends, rounding, at)?;
            Base::Money(all)
        }
        Some(Base::Count(count)) => {
            let parts = parts(minimum.per.value, volumes.ends);
            let whole = u64::from(periods).saturating_sub(parts.len() as u64);
            let in_part = |part: &Part| {
                let days = u128::from(count) * u128::from(part.days) / u128::from(part.of);
                u64::try_from(days).unwrap_or(count)
            };
            let rest: u64 = parts.iter().map(in_part).sum();
            Base::Count(count.saturating_mul(whole).saturating_add(rest))
        }
        None => {
            return Err(
                Diagnostic::error(Code::WrongType, at, "a minimum is a sum or a count").help(
                    "write a sum such as \"USD 400000\" or a count such as \"12 activations\"",
                ),
            );
        }
    };
    let reached = volumes.measured(&required, noun);
    let missing = if reached >= required {
        None
    } else {
        Some(
            required
                .minus(reached)
                .ok_or_else(|| exact::too_large(at))?,
        )
    };
    Ok(Some(Minimum {
        required,
        reached,
        missing,
    }))
}
