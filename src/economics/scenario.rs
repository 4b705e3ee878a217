//! A scenario of the forecast as volumes, and what it leaves open.

use super::volumes::{Ends, Referrals, SegmentVolume, Volumes};
use super::{Checked, Terms, foreign};
use crate::deal::{Forecast, Reward, Scenario};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Span};
use crate::units::{Count, Money, Period, PeriodUnit, cardinal};

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
    /// Influenced revenue earns the rate of the tier that is reached at the end, as if in one statement.
    InfluencedAtEnd,
    /// All strategic revenue is that of the first bonus's segment.
    FirstSegment,
    /// Activations in strategic segments are not forecast: bonuses for them are left out.
    NoStrategicActivations,
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
            earlier: Money::zero(economics.currency.0),
            fees: Money::zero(economics.currency.0),
        });
    }
    if let Some(spiff) = &economics.spiff
        && volumes.activations > 0
    {
        let runs = spiff.runs.approximate_hours();
        let all = Period::new(months, PeriodUnit::Month);
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
            influenced_activations: 0,
        });
    }
    Ok((volumes, taken))
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
    let mut numbers = 1..=60_u32;
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        let figures = word.parse().ok().filter(|number| numbers.contains(number));
        figures.filter(|number| word == number.to_string())
    } else {
        // Most words begin like no number.
        let first = word.starts_with(['o', 't', 'f', 's', 'e', 'n']);
        first
            .then(|| numbers.find(|number| word == cardinal(u64::from(*number))))
            .flatten()
    }
}

pub(super) fn check_currency(terms: &Terms<'_>, money: &At<Money>) -> Checked<()> {
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
