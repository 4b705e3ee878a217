//! Both sides' results at low, expected and high volume.

use super::ladder::Ladder;
use super::limits::{Minimum, minimum};
use super::scenario::{Assumption, check_currency, months, volumes};
use super::statement::{Base, Line, Statement};
use super::volumes::{Ends, Volumes};
use super::{Checked, Terms, exact, limits, tiers};
use crate::deal::{Basis, Deal, Forecast, Reset, Side, TierPeriod};
use crate::source::Span;
use crate::units::{Decimal, Money, RoundingMode};

/// Both sides' results over the time of the forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// How many months the forecast is for.
    pub months: u32,
    /// Low, expected and high, in this order.
    pub outcomes: Vec<Outcome>,
    /// What the forecast leaves open and the results take as given.
    pub assumptions: Vec<Assumption>,
}

/// Which scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// What can go slowly.
    Low,
    /// What the parties plan with.
    Expected,
    /// What can go well.
    High,
}

/// What one scenario comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which scenario.
    pub case: Case,
    /// Its volumes, as they were paid for.
    pub volumes: Volumes,
    /// All net revenue: first terms and renewals.
    pub revenue: Money,
    /// What is paid, line by line.
    pub statement: Statement,
    /// What the payer pays in all.
    pub payout: Money,
    /// What the company keeps: its margin on the revenue, less what it pays or plus what it is paid. None if the
    /// deal does not tell its margin.
    pub company: Option<Money>,
    /// What the partner keeps: what it is paid, or less what it pays, and less its own cost. None if the deal does
    /// not tell its cost.
    pub partner: Option<Money>,
    /// How the volumes stand to the minimum, if there is one for a period within the forecast's.
    pub minimum: Option<Minimum>,
}

/// Both sides' results for the scenarios of the forecast; none without a forecast or without economics.
///
/// # Errors
///
/// As [`super::statement`], at the amounts of the forecast where they are at fault.
///
/// # Source
///
/// Clause `results`.
pub fn results(deal: &Deal) -> Checked<Option<Results>> {
    let (Some(forecast), Some(_)) = (&deal.forecast, &deal.economics) else {
        return Ok(None);
    };
    let terms = Terms::of(deal)?;
    let mut assumptions = Vec::new();
    let mut outcomes = Vec::new();
    for (case, scenario) in [
        (Case::Low, &forecast.low),
        (Case::Expected, &forecast.expected),
        (Case::High, &forecast.high),
    ] {
        let (volumes, taken) = volumes(&terms, forecast, scenario)?;
        assumptions.extend(taken);
        let mut lines = tier_lines(&terms, deal, &volumes, false)?;
        if terms.ladder.as_ref().is_some_and(Ladder::pays_shares) && !volumes.influenced.is_zero() {
            assumptions.push(Assumption::InfluencedAtEnd);
        }
        lines.extend(terms.without_tiers(&volumes)?);
        let statement = terms.close(lines, volumes.ends, volumes.paid)?;
        outcomes.push(outcome(&terms, deal, forecast, case, volumes, statement)?);
    }
    let (months, named) = months(forecast);
    if !named {
        assumptions.push(Assumption::TwelveMonths);
    }
    if parts(&terms, months) > 1 {
        assumptions.push(Assumption::EvenPeriods);
    }
    assumptions.sort_unstable();
    assumptions.dedup();
    Ok(Some(Results {
        months,
        outcomes,
        assumptions,
    }))
}

fn outcome(
    terms: &Terms<'_>,
    deal: &Deal,
    forecast: &Forecast,
    case: Case,
    volumes: Volumes,
    statement: Statement,
) -> Checked<Outcome> {
    let payout = statement.total;
    let revenue = volumes.revenue(&forecast.at)?;
    let partner_pays = deal
        .party(terms.economics.payer.id())
        .is_some_and(|payer| payer.side.value == Side::Partner);
    let nothing = Money::zero(payout.currency());
    let (to_company, to_partner) = if partner_pays {
        (payout, exact::difference(nothing, payout, &forecast.at)?)
    } else {
        (exact::difference(nothing, payout, &forecast.at)?, payout)
    };
    let company = match &forecast.company_margin {
        Some(margin) => {
            let kept = exact::share(revenue, margin.value, &margin.span)?.round(terms.rounding());
            Some(exact::sum(kept, to_company, &margin.span)?)
        }
        None => None,
    };
    let partner = match &forecast.partner_cost {
        Some(cost) => {
            check_currency(terms, cost)?;
            Some(exact::difference(to_partner, cost.value, &cost.span)?)
        }
        None => None,
    };
    Ok(Outcome {
        case,
        minimum: minimum(deal, &volumes)?,
        volumes,
        revenue,
        statement,
        payout,
        company,
        partner,
    })
}

/// What the tiers pay over the time of a forecast: every period of theirs for itself, with an even part of the
/// volume; the last has what cannot be divided. Before the first there was nothing, or with `steady` the same volume.
pub(super) fn tier_lines(
    terms: &Terms<'_>,
    deal: &Deal,
    volumes: &Volumes,
    steady: bool,
) -> Checked<Vec<Line>> {
    let Some(ladder) = &terms.ladder else {
        return Ok(Vec::new());
    };
    let months = deal
        .forecast
        .as_ref()
        .map_or(12, |forecast| months(forecast).0);
    let parts = parts(terms, months);
    let at = &ladder.tiers.at;
    let all = volumes.measured(&ladder.nothing(), ladder.noun);
    let nothing = Volumes::new(terms.economics.currency.0);
    let mut merged: Vec<Line> = Vec::new();
    let mut history: Vec<Volumes> = Vec::new();
    for index in 0..parts {
        let mut part = nothing.clone();
        part.sourced = even_part(volumes.sourced, index, parts, at)?;
        part.influenced = even_part(volumes.influenced, index, parts, at)?;
        if let Base::Count(count) = all {
            part.tier_count = Some(even_count(count, index, parts));
        }
        if index == 0 && steady && ladder.tiers.basis.value == Basis::Prospective {
            // Never-ending counts have no period before the first.
            let before = Some(remembered(ladder)).filter(|before| *before != usize::MAX);
            history.resize(before.unwrap_or(0), part.clone());
        }
        let remembered = remembered(ladder).min(history.len());
        for earlier in &history[history.len() - remembered..] {
            let so_far = &mut part.accumulated;
            so_far.sourced = exact::sum(so_far.sourced, earlier.sourced, at)?;
            so_far.count = so_far.count.saturating_add(earlier.tier_count.unwrap_or(0));
        }
        for line in tiers::lines(ladder, &part, terms.influenced_share)? {
            merge(&mut merged, line, at)?;
        }
        history.push(part);
    }
    Ok(merged)
}

/// How many of the parts before one have a say in its tier.
fn remembered(ladder: &Ladder<'_>) -> usize {
    let tiers = ladder.tiers;
    let prospective = tiers.basis.value == Basis::Prospective;
    match (tiers.period.value, tiers.reset.value) {
        (TierPeriod::TrailingYear, _) if prospective => 12,
        (TierPeriod::TrailingYear, _) => 11,
        (TierPeriod::SinceStart, _)
        | (TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year, Reset::Never) => usize::MAX,
        (TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year, Reset::EachPeriod) => {
            usize::from(prospective)
        }
    }
}

/// Adds a line to the one that pays the same, or behind the others.
pub(super) fn merge(lines: &mut Vec<Line>, line: Line, at: &Span) -> Checked<()> {
    let same = lines.iter_mut().find(|other| {
        other.model == line.model
            && other.tier == line.tier
            && other.pays == line.pays
            && other.factor == line.factor
    });
    let Some(other) = same else {
        lines.push(line);
        return Ok(());
    };
    other.base = other
        .base
        .plus(line.base)
        .ok_or_else(|| exact::too_large(at))?;
    other.amount = exact::sum(other.amount, line.amount, at)?;
    other.paid = other.amount;
    other.trace.extend(line.trace);
    Ok(())
}

/// How many parts the tiers divide the time of a forecast into; at least one.
fn parts(terms: &Terms<'_>, months: u32) -> u32 {
    let Some(ladder) = &terms.ladder else {
        return 1;
    };
    let parts = match ladder.tiers.period.value {
        TierPeriod::Month | TierPeriod::TrailingYear => months,
        TierPeriod::Quarter => months / 3,
        TierPeriod::Year => months / 12,
        // Only what comes next hangs on when a tier was reached: from statement to statement.
        TierPeriod::SinceStart => match ladder.tiers.basis.value {
            Basis::Prospective => {
                limits::statements(&terms.economics.payment, Ends::of_months(months))
            }
            Basis::Slice | Basis::Whole => 1,
        },
    };
    parts.max(1)
}

/// What one period of the tiers has of the volume of so many months; all of it where their count does not reset.
pub(super) fn of_one_period(
    ladder: &Ladder<'_>,
    volume: Base,
    months: u32,
    at: &Span,
) -> Checked<Base> {
    let each = match ladder.tiers.period.value {
        TierPeriod::Month => 1,
        TierPeriod::Quarter => 3,
        TierPeriod::Year | TierPeriod::TrailingYear => 12,
        TierPeriod::SinceStart => months,
    };
    let periods = match ladder.tiers.reset.value {
        Reset::EachPeriod => months.checked_div(each).unwrap_or(1).max(1),
        Reset::Never => 1,
    };
    Ok(match volume {
        Base::Money(money) => Base::Money(even_part(money, 0, periods, at)?),
        Base::Count(count) => Base::Count(even_count(count, 0, periods)),
    })
}

/// One of `parts` even parts in minor units; the last one has the rest.
fn even_part(whole: Money, index: u32, parts: u32, at: &Span) -> Checked<Money> {
    let Some(part) = whole.amount().checked_div(Decimal::from(parts)) else {
        return Err(exact::too_large(at));
    };
    let part = Money::new(part, whole.currency()).round_to_minor(RoundingMode::Down);
    if index + 1 < parts {
        return Ok(part);
    }
    let others = exact::pieces(part, u64::from(parts - 1), at)?;
    exact::difference(whole, others, at)
}

fn even_count(whole: u64, index: u32, parts: u32) -> u64 {
    let parts = u64::from(parts);
    let part = whole / parts;
    if u64::from(index) + 1 < parts {
        part
    } else {
        whole - part * (parts - 1)
    }
}
