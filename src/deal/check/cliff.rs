//! Cliffs: a boundary of tiers at which one more sale moves the pay for all the others, with its size.

use super::FIGURES;
use crate::deal::{Basis, Boundary, Deal, Economics, Reward, Tier, TierPeriod, Tiers};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::{Count, Measure, Money, Rounding};
use std::cmp::Ordering;

/// S3: with `whole`, one more sale can move the pay for all the others.
pub(super) fn check(deal: &Deal, report: &mut Report) {
    let Some(economics) = &deal.economics else {
        return;
    };
    let Some(tiers) = &economics.tiers else {
        return;
    };
    if tiers.basis.value != Basis::Whole {
        return;
    }
    let mut steps = Vec::new();
    for pair in tiers.tier.windows(2) {
        let [below, above] = pair else { continue };
        steps.extend(step(below, above));
    }
    let Some((first, more)) = steps.split_first() else {
        return;
    };
    // Things that are counted have no slices of revenue.
    let count = tiers.tier.first().is_some_and(|tier| {
        matches!(
            (&tier.from.value, tier.pays.value),
            (Measure::Count(_), Reward::Rate(_))
        )
    });
    let help = if count {
        "write `basis = \"prospective\"`, so that the new share starts with the next period"
    } else {
        "write `basis = \"slice\"`, so that each rate pays for its own slice, or `basis = \"prospective\"`, so \
         that the new rate starts with the next period"
    };
    let at = &tiers.basis.span;
    let finding = Diagnostic::warning(Code::Cliff, at, format!("a cliff: {first}")).help(help);
    let finding = more.iter().fold(finding, |finding, step| {
        finding.note(format!("another: {step}"))
    });
    report.push(match compared(deal, economics, tiers) {
        Some(note) => finding.note(note),
        None => finding,
    });
}

/// What happens to the pay for all of a period at the boundary of two tiers.
fn step(below: &Tier, above: &Tier) -> Option<String> {
    let at = above.from.print(&FIGURES);
    if let (Some(before), Some(after)) = (pay(&above.from, below), pay(&above.from, above)) {
        let verb = verb(before.partial_cmp(&after)?)?;
        let (before, after) = (before.print_exact(&FIGURES), after.print_exact(&FIGURES));
        return Some(format!(
            "at {at} the pay for the whole period {verb} from {before} to {after}"
        ));
    }
    match (below.pays.value, above.pays.value) {
        (Reward::Rate(before), Reward::Rate(after)) => {
            let verb = verb(before.cmp(&after))?;
            let (before, after) = (before.print(&FIGURES), after.print(&FIGURES));
            Some(format!(
                "at {at} the share of the whole period {verb} from {before} to {after}"
            ))
        }
        (Reward::Rate(_) | Reward::Each(_), Reward::Rate(_) | Reward::Each(_)) => None,
    }
}

fn verb(order: Ordering) -> Option<&'static str> {
    match order {
        Ordering::Less => Some("jumps"),
        Ordering::Greater => Some("falls"),
        Ordering::Equal => None,
    }
}

/// What `tier` pays for all of `volume`; none where that hangs on something else.
fn pay(volume: &Measure, tier: &Tier) -> Option<Money> {
    match (volume, tier.pays.value) {
        (Measure::Money(money), Reward::Rate(rate)) => Some(money.times(rate)),
        (Measure::Count(count), Reward::Each(each)) => each.times_count(count.number),
        (
            Measure::Money(_) | Measure::Count(_) | Measure::Rate(_) | Measure::Period(_),
            Reward::Rate(_) | Reward::Each(_),
        ) => None,
    }
}

/// What the expected volume of the forecast pays either way.
fn compared(deal: &Deal, economics: &Economics, tiers: &Tiers) -> Option<String> {
    // The forecast is for a year in all but name; tiers of a shorter time would mislead.
    match tiers.period.value {
        TierPeriod::Year | TierPeriod::TrailingYear => {}
        TierPeriod::Month | TierPeriod::Quarter | TierPeriod::SinceStart => return None,
    }
    let expected = &deal.forecast.as_ref()?.expected;
    let volume = match tiers.tier.first()?.from.value {
        Measure::Money(_) => Measure::Money(expected.sourced_revenue.as_ref()?.value),
        Measure::Count(_) => Measure::Count(expected.activations.as_ref()?.value.clone()),
        Measure::Rate(_) | Measure::Period(_) => return None,
    };
    let whole = pay(&volume, reached(&volume, tiers)?)?;
    let mut slices = Money::zero(whole.currency());
    for tier in &tiers.tier {
        slices = slices.plus(pay(&slice(&volume, &tier.from, tier.to.as_ref())?, tier)?)?;
    }
    let rounding = Rounding {
        mode: economics.rounding.mode.value,
        place: economics.rounding.places.value,
    };
    Some(format!(
        "with your forecast of {}, `slice` pays {} and `whole` pays {}",
        volume.print(&FIGURES),
        slices.round(rounding).print_exact(&FIGURES),
        whole.round(rounding).print_exact(&FIGURES)
    ))
}

/// The tier that `volume` reaches; on a boundary, the one that owns it.
fn reached<'a>(volume: &Measure, tiers: &'a Tiers) -> Option<&'a Tier> {
    let owned = |from: &Measure| match volume.compare(from) {
        Some(Ordering::Greater) => true,
        Some(Ordering::Equal) => match tiers.boundary.value {
            Boundary::Below => super::is_nothing(from),
            Boundary::Above => true,
        },
        Some(Ordering::Less) | None => false,
    };
    tiers.tier.iter().rev().find(|tier| owned(&tier.from))
}

/// The part of `volume` that lies between `from` and `to`.
fn slice(volume: &Measure, from: &Measure, to: Option<&At<Measure>>) -> Option<Measure> {
    let end = match to {
        Some(to) if volume.compare(to)? == Ordering::Greater => &to.value,
        Some(_) | None => volume,
    };
    if end.compare(from)? != Ordering::Greater {
        return Some(match end {
            Measure::Money(money) => Measure::Money(Money::zero(money.currency())),
            Measure::Count(count) => Measure::Count(Count::new(0, count.noun.as_str())),
            Measure::Rate(_) | Measure::Period(_) => return None,
        });
    }
    match (end, from) {
        (Measure::Money(end), Measure::Money(from)) => end.minus(*from).map(Measure::Money),
        (Measure::Count(end), Measure::Count(from)) => {
            let number = end.number.checked_sub(from.number)?;
            Some(Measure::Count(Count::new(number, end.noun.as_str())))
        }
        (
            Measure::Money(_) | Measure::Count(_) | Measure::Rate(_) | Measure::Period(_),
            Measure::Money(_) | Measure::Count(_) | Measure::Rate(_) | Measure::Period(_),
        ) => None,
    }
}
