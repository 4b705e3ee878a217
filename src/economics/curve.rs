//! What the tiers pay at every volume, and the boundaries where that jumps.

use super::ladder::Ladder;
use super::statement::Base;
use super::{Checked, Terms, exact, results, scenario};
use crate::deal::{Basis, Boundary, Deal, Reward};
use crate::source::Span;
use crate::units::{Decimal, Measure, Money};

/// The payout of the tiers for a whole period of theirs, by its volume: straight lines from point to point.
///
/// For the basis "prospective" it is the payout of a period that follows one of the same volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Curve {
    /// From nothing up, by volume; two points at the same volume are a jump.
    pub points: Vec<Point>,
    /// What the volume counts, as the deal wrote it; empty for money.
    pub noun: String,
}

/// One corner of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The volume.
    pub volume: Base,
    /// What the tiers pay for it.
    pub payout: Money,
    /// Whether exactly this volume is paid so; no at the open end of a jump.
    pub paid: bool,
}

/// A boundary at which a little more volume makes one side worse off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cliff {
    /// The tier below the boundary, from 0.
    pub tier: usize,
    /// The boundary, as the deal wrote it.
    pub boundary: Measure,
    /// What the volume at the boundary pays at the rate of the tier below.
    pub below: Money,
    /// The same at the rate of the tier above.
    pub above: Money,
    /// By how much one side is worse off; more than nothing.
    pub size: Money,
    /// Which side.
    pub worse_off: WorseOff,
}

/// Who a cliff hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorseOff {
    /// More volume earns the payee less.
    Payee,
    /// More volume costs the payer a sum at once: the new rate pays for what was paid already.
    Payer,
}

/// The curve of the tiers; none without tiers, or if they pay by a count for revenue.
///
/// From nothing to about 1.3 times the larger of the last boundary and the high forecast, rounded up to two digits.
///
/// # Errors
///
/// As [`super::statement`].
///
/// # Source
///
/// Clause `tiers`.
pub fn curve(deal: &Deal) -> Checked<Option<Curve>> {
    if deal.economics.is_none() {
        return Ok(None);
    }
    let terms = Terms::of(deal)?;
    let Some(ladder) = terms.ladder.as_ref().filter(|ladder| by_own_volume(ladder)) else {
        return Ok(None);
    };
    let at = &ladder.tiers.at;
    let mut points = vec![Point {
        volume: ladder.nothing(),
        payout: Money::zero(terms.economics.currency.0),
        paid: true,
    }];
    let nothing = Money::zero(terms.economics.currency.0);
    let pay = |tier: usize, volume: Base| pay(ladder, tier, volume, nothing, at);
    let sliced = |volume: Base| -> Checked<Money> {
        let mut sum = nothing;
        for (tier, slice) in ladder.slices(ladder.nothing(), volume)? {
            sum = exact::sum(sum, pay(tier, slice)?, at)?;
        }
        Ok(sum)
    };
    for (tier, rung) in ladder.rungs.iter().enumerate() {
        let Some(boundary) = rung.to else {
            continue;
        };
        match ladder.tiers.basis.value {
            Basis::Slice => {
                let volume = ladder.corner(boundary);
                if !volume.is_zero() {
                    points.push(Point {
                        volume,
                        payout: sliced(volume)?,
                        paid: true,
                    });
                }
            }
            Basis::Whole | Basis::Prospective => {
                let owned_below = ladder.tiers.boundary.value == Boundary::Below;
                let below = Point {
                    volume: boundary,
                    payout: pay(tier, boundary)?,
                    paid: owned_below,
                };
                let above = Point {
                    volume: boundary,
                    payout: pay(tier + 1, boundary)?,
                    paid: !owned_below,
                };
                if below.payout == above.payout {
                    points.push(Point {
                        paid: true,
                        ..below
                    });
                } else {
                    points.extend([below, above]);
                }
            }
        }
    }
    let volume = end(&terms, ladder, deal)?;
    let payout = match ladder.tiers.basis.value {
        Basis::Slice => sliced(volume)?,
        Basis::Whole | Basis::Prospective => pay(ladder.reached(volume), volume)?,
    };
    points.push(Point {
        volume,
        payout,
        paid: true,
    });
    Ok(Some(Curve {
        points,
        noun: ladder.noun.to_owned(),
    }))
}

/// The boundaries at which more volume makes one side worse off.
///
/// Slices never do: every further unit earns its own rate. With the basis "whole", a lower rate above the boundary
/// makes the payee worse off, and a higher one the payer, who pays more for all earlier volume at once. With
/// "prospective" only a lower rate counts: nothing that was earned is priced again.
///
/// # Errors
///
/// As [`super::statement`].
///
/// # Source
///
/// Clause `tiers`; mission row S3.
pub fn cliffs(deal: &Deal) -> Checked<Vec<Cliff>> {
    if deal.economics.is_none() {
        return Ok(Vec::new());
    }
    let terms = Terms::of(deal)?;
    let Some(ladder) = &terms.ladder else {
        return Ok(Vec::new());
    };
    let at = &ladder.tiers.at;
    let nothing = Money::zero(terms.economics.currency.0);
    let mut cliffs = Vec::new();
    for (tier, rung) in ladder.rungs.iter().enumerate() {
        let Some(boundary) = rung.to else {
            continue;
        };
        // Tiers that count and pay a share price a round revenue.
        let volume = if by_own_volume(ladder) {
            boundary
        } else {
            Base::Money(Money::new(Decimal::from(ROUND), nothing.currency()))
        };
        let below = pay(ladder, tier, volume, nothing, at)?;
        let above = pay(ladder, tier + 1, volume, nothing, at)?;
        let (size, worse_off) = match ladder.tiers.basis.value {
            Basis::Whole | Basis::Prospective if above < below => {
                (exact::difference(below, above, at)?, WorseOff::Payee)
            }
            Basis::Whole if above > below => {
                (exact::difference(above, below, at)?, WorseOff::Payer)
            }
            Basis::Slice | Basis::Whole | Basis::Prospective => continue,
        };
        cliffs.push(Cliff {
            tier,
            boundary: boundary.measure(ladder.noun),
            below,
            above,
            size,
            worse_off,
        });
    }
    Ok(cliffs)
}

/// The revenue that a share is compared on where tiers do not measure revenue.
const ROUND: u32 = 100_000;

/// Whether the tiers pay for the same thing that they measure.
fn by_own_volume(ladder: &Ladder<'_>) -> bool {
    ladder
        .rungs
        .iter()
        .all(|rung| match (rung.from, rung.pays) {
            (Base::Money(_), Reward::Rate(_)) | (Base::Count(_), Reward::Each(_)) => true,
            (Base::Money(_), Reward::Each(_)) | (Base::Count(_), Reward::Rate(_)) => false,
        })
}

/// What a volume earns at the rate of one tier.
fn pay(
    ladder: &Ladder<'_>,
    tier: usize,
    volume: Base,
    nothing: Money,
    at: &Span,
) -> Checked<Money> {
    let reward = ladder.rungs.get(tier).map(|rung| rung.pays);
    match (volume, reward) {
        (Base::Money(money), Some(Reward::Rate(rate))) => exact::share(money, rate, at),
        (Base::Count(count), Some(Reward::Each(each))) => exact::pieces(each, count, at),
        (Base::Money(_), Some(Reward::Each(_)))
        | (Base::Count(_), Some(Reward::Rate(_)))
        | (_, None) => Ok(nothing),
    }
}

/// Where the curve ends.
fn end(terms: &Terms<'_>, ladder: &Ladder<'_>, deal: &Deal) -> Checked<Base> {
    let mut largest = ladder
        .rungs
        .last()
        .map_or(ladder.nothing(), |rung| rung.from);
    if let Some(forecast) = &deal.forecast {
        let (volumes, _) = scenario::volumes(terms, forecast, &forecast.high)?;
        let (months, _) = scenario::months(forecast);
        let high = volumes.measured(&ladder.nothing(), ladder.noun);
        let high = results::of_one_period(ladder, high, months, &ladder.tiers.at)?;
        if high > largest {
            largest = high;
        }
    }
    let at = &ladder.tiers.at;
    let number = match largest {
        Base::Money(money) => money.amount(),
        Base::Count(count) => Decimal::from(count),
    };
    let number = if number.is_zero() {
        Decimal::from(ROUND)
    } else {
        number
    };
    let scaled = number
        .checked_mul(Decimal::new(13, 1))
        .and_then(|number| two_digits(number.ceil()))
        .ok_or_else(|| exact::too_large(at))?;
    match largest {
        Base::Money(money) => Ok(Base::Money(Money::new(scaled, money.currency()))),
        Base::Count(_) => u64::try_from(scaled)
            .map(Base::Count)
            .map_err(|_| exact::too_large(at)),
    }
}

/// A whole number rounded up to two digits and zeros: 2,730,000 to 2,800,000.
fn two_digits(number: Decimal) -> Option<Decimal> {
    let mut unit = Decimal::ONE;
    let hundred = Decimal::ONE_HUNDRED;
    while number.checked_div(unit)? > hundred {
        unit = unit.checked_mul(Decimal::TEN)?;
    }
    number.checked_div(unit)?.ceil().checked_mul(unit)
}
