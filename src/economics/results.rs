//! Both sides' results at low, expected and high volume.

use super::limits::{Minimum, minimum};
use super::statement::{Base, Line, Statement};
use super::volumes::{Ends, Referrals, SegmentVolume, Volumes};
use super::{Checked, Terms, exact, foreign, tiers};
use crate::deal::{Deal, Forecast, Reset, Reward, Scenario, Side, TierPeriod};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Span};
use crate::units::{Count, Decimal, Money, RoundingMode};

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

/// What a forecast leaves open, and how the results close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// The words for the forecast's period name no length: twelve months.
    TwelveMonths,
    /// The time of the forecast has several periods of the tiers: each has the same volume.
    EvenPeriods,
    /// Renewals are those of engaged partners, before any step-down.
    RenewalsEngaged,
    /// The referrals have the sourced revenue as their first-year revenue, all the same.
    ReferralRevenue,
    /// The spiff pays for the part of the activations that falls evenly into the time that it runs.
    SpiffEvenly,
    /// All strategic revenue is that of the first bonus's segment.
    FirstSegment,
    /// Activations in strategic segments are not forecast: bonuses for them are left out.
    NoStrategicActivations,
}

/// Both sides' results for the scenarios of the forecast; none without a forecast or without economics.
///
/// # Errors
///
/// As [`super::statement`], at the amounts of the forecast where they are at fault.
///
/// # Source
///
/// The exhibit on economics: results of both parties.
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
        let mut lines = tier_lines(&terms, deal, &volumes)?;
        lines.extend(terms.without_tiers(&volumes)?);
        let statement = terms.close(lines, &volumes)?;
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

/// The volumes of a scenario, and what was taken as given.
pub(super) fn volumes(
    terms: &Terms<'_>,
    forecast: &Forecast,
    scenario: &Scenario,
) -> Checked<(Volumes, Vec<Assumption>)> {
    let economics = terms.economics;
    let mut taken = Vec::new();
    let mut volumes = Volumes::new(economics.currency.0);
    let money = |money: &Option<At<Money>>| -> Checked<Money> {
        match money {
            Some(money) => check_currency(terms, money).map(|()| money.value),
            None => Ok(Money::zero(economics.currency.0)),
        }
    };
    let count = |count: &Option<At<Count>>| count.as_ref().map_or(0, |count| count.number);
    volumes.sourced = money(&scenario.sourced_revenue)?;
    volumes.influenced = money(&scenario.influenced_revenue)?;
    volumes.renewal = money(&scenario.renewal_revenue)?;
    volumes.activations = count(&scenario.activations);
    let (months, _) = months(forecast);
    volumes.ends = Ends::of_months(months);
    if let Some(share) = &economics.revenue_share
        && !volumes.renewal.is_zero()
        && let Some(renewal) = &share.renewal
        && !(renewal.while_engaged.is_empty() && share.step_down.is_empty())
    {
        taken.push(Assumption::RenewalsEngaged);
    }
    if let Some(referrals) = &scenario.referrals {
        if let Some(fee) = &economics.referral_fee
            && let Reward::Rate(_) = fee.fee.value
        {
            if scenario.sourced_revenue.is_none() {
                return Err(no_revenue(&referrals.span));
            }
            taken.push(Assumption::ReferralRevenue);
        }
        volumes.referrals.push(Referrals {
            count: referrals.number,
            revenue: volumes.sourced,
        });
    }
    if let Some(spiff) = &economics.spiff
        && volumes.activations > 0
    {
        let runs = spiff.runs.approximate_hours();
        let all = crate::units::Period::new(months, crate::units::PeriodUnit::Month);
        let all = all.approximate_hours();
        volumes.spiff = if runs >= all {
            volumes.activations
        } else {
            taken.push(Assumption::SpiffEvenly);
            let part = u128::from(volumes.activations) * u128::from(runs) / u128::from(all);
            u64::try_from(part).unwrap_or(volumes.activations)
        };
    }
    if let Some(bonus) = economics.bonus.first() {
        let revenue = money(&scenario.strategic_revenue)?;
        if economics.bonus.len() > 1 && !revenue.is_zero() {
            taken.push(Assumption::FirstSegment);
        }
        let each = economics
            .bonus
            .iter()
            .any(|bonus| matches!(bonus.pays.value, Reward::Each(_)));
        if each {
            taken.push(Assumption::NoStrategicActivations);
        }
        volumes.segments.push(SegmentVolume {
            segment: bonus.segment.id().to_owned(),
            revenue,
            activations: 0,
        });
    }
    Ok((volumes, taken))
}

/// What the tiers pay over the time of a forecast: every period of theirs for itself, with an even part of the
/// volume; the last has what cannot be divided.
pub(super) fn tier_lines(terms: &Terms<'_>, deal: &Deal, volumes: &Volumes) -> Checked<Vec<Line>> {
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
    let mut merged: Vec<Line> = Vec::new();
    let mut before = Volumes::new(terms.economics.currency.0).accumulated;
    for index in 0..parts {
        let mut part = Volumes::new(terms.economics.currency.0);
        part.sourced = even_part(volumes.sourced, index, parts, at)?;
        part.influenced = even_part(volumes.influenced, index, parts, at)?;
        if let Base::Count(count) = all {
            part.tier_count = Some(even_count(count, index, parts));
        }
        part.accumulated = before;
        for line in tiers::lines(ladder, &part, terms.influenced_share)? {
            merge(&mut merged, line, at)?;
        }
        let carry = match (ladder.tiers.reset.value, ladder.tiers.basis.value) {
            (Reset::Never, _) => Some(before),
            // The tier reached in one period pays in the next.
            (Reset::EachPeriod, crate::deal::Basis::Prospective) => {
                Some(Volumes::new(terms.economics.currency.0).accumulated)
            }
            (Reset::EachPeriod, crate::deal::Basis::Slice | crate::deal::Basis::Whole) => None,
        };
        before = match carry {
            Some(mut carry) => {
                carry.sourced = exact::sum(carry.sourced, part.sourced, at)?;
                carry.influenced = exact::sum(carry.influenced, part.influenced, at)?;
                carry.count = carry.count.saturating_add(part.tier_count.unwrap_or(0));
                carry
            }
            None => Volumes::new(terms.economics.currency.0).accumulated,
        };
    }
    Ok(merged)
}

/// Adds a line to the one that pays the same, or behind the others.
fn merge(lines: &mut Vec<Line>, line: Line, at: &Span) -> Checked<()> {
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

/// How many periods of the tiers the time of a forecast has; at least one.
fn parts(terms: &Terms<'_>, months: u32) -> u32 {
    let Some(ladder) = &terms.ladder else {
        return 1;
    };
    match ladder.tiers.period.value {
        TierPeriod::Month => months.max(1),
        TierPeriod::Quarter => (months / 3).max(1),
        TierPeriod::Year | TierPeriod::TrailingYear => (months / 12).max(1),
        TierPeriod::SinceStart => 1,
    }
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

/// How many months the forecast is for, and whether its words say so: "the first six months", "one agreement
/// year". Twelve if they name no length.
pub(super) fn months(forecast: &Forecast) -> (u32, bool) {
    let words: Vec<String> = forecast
        .period
        .as_str()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    for (index, word) in words.iter().enumerate() {
        let each = match word.strip_suffix('s').unwrap_or(word) {
            "month" => 1,
            "quarter" => 3,
            "year" => 12,
            _ => continue,
        };
        // The number stands before the unit, perhaps with a word such as "agreement" between.
        let number = words[index.saturating_sub(2)..index]
            .iter()
            .rev()
            .find_map(|word| number(word));
        return (number.unwrap_or(1) * each, true);
    }
    (12, false)
}

/// The number that a word is, from 1 to 60.
fn number(word: &str) -> Option<u32> {
    (1..=60_u32).find(|number| {
        word == number.to_string() || word == crate::units::cardinal(u64::from(*number))
    })
}

fn check_currency(terms: &Terms<'_>, money: &At<Money>) -> Checked<()> {
    let currency = terms.economics.currency.0;
    if money.currency() == currency {
        Ok(())
    } else {
        Err(foreign(money.value, &money.span, currency.code()))
    }
}

fn no_revenue(at: &Span) -> Diagnostic {
    Diagnostic::error(
        Code::MissingKey,
        at,
        "a referral earns a share of revenue, and the scenario names no revenue",
    )
    .help("add `sourced_revenue`, the first-year net revenue of the referrals")
}
