//! A deal played through, month by month: what is paid, what both sides keep, which triggers fire, when exclusivity
//! falls, and where more volume leaves a side with less.
//!
//! In: a deal with a forecast. Out: a [`Simulation`] of its low, expected and high volume and of a range around
//! them; and findings. Volumes are spread evenly over the months. Nothing is drawn or worded here.

mod exclusive;
mod findings;
mod gates;
pub mod telling;
mod volumes;

use crate::deal::edit::{Assignment, following, rewrite};
use crate::deal::{Comparison, Computation, Deal, Side};
use crate::diagnostic::Report;
use crate::economics::{self, Case, Checked, Model, Volumes};
use crate::source::At;
use crate::units::{Decimal, Measure, Money};
use exclusive::Exclusive;
use gates::Late;
pub use gates::{GatesPlayed, Manner};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use volumes::{Month, spread};

/// A deal played through.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// How many months the forecast is for.
    pub months: u32,
    /// Low, expected and high, in this order.
    pub cases: Vec<(Case, Played)>,
    /// From nothing up to beyond the high volume, in tenths of the expected volume.
    pub range: Vec<(u32, Played)>,
    /// The expected volume with the gates deciding in each manner; none if they decide on nothing that is forecast.
    pub gates: Vec<GatesPlayed>,
}

/// What one volume comes to.
#[derive(Debug, Clone)]
pub struct Played {
    /// Month by month.
    pub months: Vec<MonthPlayed>,
    /// What happened on the way, in order.
    pub happenings: Vec<(u32, Happening)>,
    /// All of the revenue.
    pub revenue: Money,
    /// All that is paid.
    pub payout: Money,
    /// What the company keeps in all, if the deal tells its margin.
    pub company: Option<Money>,
    /// What the partner keeps in all, if the deal tells its cost.
    pub partner: Option<Money>,
}

/// What one month comes to.
#[derive(Debug, Clone)]
pub struct MonthPlayed {
    /// Its number, from 1.
    pub number: u32,
    /// The revenue of the month.
    pub revenue: Money,
    /// What is paid for the month.
    pub payout: Money,
    /// What the company keeps of it.
    pub company: Option<Money>,
    /// What the partner keeps of it.
    pub partner: Option<Money>,
}

/// Something that happens on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The trigger at this place of the deal fires.
    Fires(usize),
    /// The commitment that keeps the exclusivity is reached.
    ExclusivityKept,
    /// The commitment is missed, and the time to make it good begins.
    ExclusivityMissed,
    /// The commitment is made good.
    ExclusivityCured,
    /// The exclusivity ends.
    ExclusivityReverts,
    /// The tier at this place of the deal is reached.
    Tier(usize),
}

/// Plays a deal through; none without a forecast or without economics. What is odd about it is in the report.
///
/// # Errors
///
/// As [`economics::statement`].
pub fn simulate(deal: &Deal, report: &mut Report) -> Checked<Option<Simulation>> {
    let Some(results) = economics::results(deal)? else {
        return Ok(None);
    };
    let mut stage = Stage {
        deals: BTreeMap::new(),
    };
    let months = results.months.max(1);
    let mut cases = Vec::new();
    for outcome in &results.outcomes {
        let (played, _) = stage.play(deal, &outcome.volumes, months, Late::NOT)?;
        cases.push((outcome.case, played));
    }
    let expected = results.outcomes.get(1).map(|outcome| &outcome.volumes);
    let mut range = Vec::new();
    if let Some(expected) = expected {
        for tenths in 0..=tenths(&cases) {
            let volumes = volumes::scaled(expected, tenths);
            let (played, _) = stage.play(deal, &volumes, months, Late::NOT)?;
            range.push((tenths, played));
        }
    }
    let gates = match expected {
        Some(expected) => gates::play(&mut stage, deal, expected, months)?,
        None => Vec::new(),
    };
    let simulation = Simulation {
        months,
        cases,
        range,
        gates,
    };
    findings::findings(deal, &simulation, report);
    gates::findings(deal, &simulation.gates, report);
    Ok(Some(simulation))
}

/// How many tenths of the expected volume the range has: a third more than the high volume.
fn tenths(cases: &[(Case, Played)]) -> u32 {
    const LEAST: u32 = 15;
    const MOST: u32 = 40;
    let revenue = |place: usize| cases.get(place).map(|(_, played)| played.revenue.amount());
    let (Some(expected), Some(high)) = (revenue(1), revenue(2)) else {
        return LEAST;
    };
    let most = high
        .checked_mul(Decimal::from(13))
        .and_then(|most| most.checked_div(expected));
    let most = most.and_then(|most| most.ceil().to_string().parse::<u32>().ok());
    most.unwrap_or(LEAST).clamp(LEAST, MOST)
}

/// The deals that triggers make of one, so that each is read once.
struct Stage {
    deals: BTreeMap<Vec<usize>, Deal>,
}

impl Stage {
    /// Plays a volume; its months come too.
    fn play(
        &mut self,
        deal: &Deal,
        volumes: &Volumes,
        months: u32,
        late: Late,
    ) -> Checked<(Played, Vec<Month>)> {
        let currency = volumes.sourced.currency();
        let nothing = Money::zero(currency);
        let parts = spread(deal, volumes, months, late);
        let mut fired: Vec<usize> = Vec::new();
        let mut played = Played {
            months: Vec::new(),
            happenings: Vec::new(),
            revenue: nothing,
            payout: nothing,
            company: None,
            partner: None,
        };
        let mut past: Vec<(Money, Money)> = Vec::new();
        let mut exclusivity = Exclusive::new(deal);
        for (place, month) in parts.iter().enumerate() {
            let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
            let now = self.deal(deal, &fired);
            let mut volumes = month.volumes.clone();
            volumes::accumulate(now, &parts[..place], &past, number, &mut volumes);
            let statement = economics::statement(now, &volumes)?;
            let spiff = statement
                .lines
                .iter()
                .filter(|line| line.model == Model::Spiff)
                .fold(nothing, |sum, line| sum.plus(line.paid).unwrap_or(sum));
            past.push((statement.total, spiff));
            let revenue = month.revenue();
            played
                .months
                .push(month_played(now, number, revenue, statement.total, months));
            for tier in statement.lines.iter().filter_map(|line| line.tier) {
                let known = played
                    .happenings
                    .iter()
                    .any(|(_, happening)| *happening == Happening::Tier(tier));
                if tier > 0 && !known {
                    played.happenings.push((number, Happening::Tier(tier)));
                }
            }
            exclusivity.note(&parts[..=place], number, &mut played.happenings);
            if number.is_multiple_of(3) {
                for trigger in reached(deal, &parts[..=place], &fired) {
                    fired.push(trigger);
                    fired.sort_unstable();
                    played.happenings.push((number, Happening::Fires(trigger)));
                }
            }
        }
        let sum = |of: &dyn Fn(&MonthPlayed) -> Option<Money>| {
            played
                .months
                .iter()
                .try_fold(nothing, |sum, month| sum.plus(of(month)?))
        };
        let all = (
            sum(&|month| Some(month.revenue)),
            sum(&|month| Some(month.payout)),
            sum(&|month| month.company),
            sum(&|month| month.partner),
        );
        played.revenue = all.0.unwrap_or(nothing);
        played.payout = all.1.unwrap_or(nothing);
        played.company = all.2;
        played.partner = all.3;
        Ok((played, parts))
    }

    /// The deal after these triggers have fired.
    fn deal<'d>(&'d mut self, deal: &'d Deal, fired: &[usize]) -> &'d Deal {
        if fired.is_empty() {
            return deal;
        }
        self.deals
            .entry(fired.to_vec())
            .or_insert_with(|| moved(deal, fired))
    }
}

/// The deal with the terms that triggers set; as it was if that cannot be written.
fn moved(deal: &Deal, fired: &[usize]) -> Deal {
    let mut assignments = Vec::new();
    let triggers = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
    for (place, trigger) in triggers.enumerate() {
        let Some(sets) = trigger.sets.as_ref().filter(|_| fired.contains(&place)) else {
            continue;
        };
        let (path, to) = (sets.term.as_str(), sets.to.as_str());
        let pairs =
            std::iter::once((path.to_owned(), to.to_owned())).chain(following(deal, path, to));
        assignments.extend(pairs.map(|(path, to)| Assignment {
            path: At::new(path, sets.term.span.clone()),
            to: Some(At::new(to, sets.to.span.clone())),
            reason: None,
            remark: None,
        }));
    }
    rewrite(deal.at.source(), &assignments, &mut Report::new())
        .map_or_else(|| deal.clone(), |edited| edited.deal)
}

fn month_played(
    deal: &Deal,
    number: u32,
    revenue: Money,
    payout: Money,
    months: u32,
) -> MonthPlayed {
    let payer_is_partner = deal.economics.as_ref().is_some_and(|economics| {
        deal.party(economics.payer.id())
            .is_some_and(|party| party.side.value == Side::Partner)
    });
    let nothing = Money::zero(payout.currency());
    let less = |sum: Money, part: Money| sum.minus(part).unwrap_or(sum);
    let forecast = deal.forecast.as_ref();
    let margin = forecast.and_then(|forecast| forecast.company_margin.as_ref());
    let cost = forecast.and_then(|forecast| forecast.partner_cost.as_ref());
    let (to_company, to_partner) = if payer_is_partner {
        (payout, less(nothing, payout))
    } else {
        (less(nothing, payout), payout)
    };
    let cents = |money: Money| Money::new(money.amount().round_dp(2), money.currency());
    MonthPlayed {
        number,
        revenue,
        payout,
        company: margin.and_then(|margin| cents(revenue.times(margin.value)).plus(to_company)),
        partner: cost.map(|cost| less(to_partner, volumes::part(cost.value, number - 1, months))),
    }
}

/// The triggers that fire at the review after these months, as far as the forecast tells their metrics.
fn reached(deal: &Deal, months: &[Month], fired: &[usize]) -> Vec<usize> {
    let triggers = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
    triggers
        .enumerate()
        .filter(|(place, trigger)| {
            !fired.contains(place)
                && trigger.fired.is_none()
                && trigger.sets.is_some()
                && trigger
                    .in_a_row
                    .as_ref()
                    .is_none_or(|count| count.number <= 1)
        })
        .filter(|(_, trigger)| {
            let window = trigger.window.months().unwrap_or(3);
            let start = months.len().saturating_sub(window as usize);
            let order = measured(
                deal,
                trigger.metric.id(),
                &trigger.threshold,
                &months[start..],
            );
            order.is_some_and(|order| match trigger.when.value {
                Comparison::Above => order.is_gt(),
                Comparison::AtLeast => order.is_ge(),
                Comparison::Below => order.is_lt(),
                Comparison::AtMost => order.is_le(),
            })
        })
        .map(|(place, _)| place)
        .collect()
}

/// How a metric over some months stands to a mark; none for metrics that the forecast does not tell.
fn measured(deal: &Deal, metric: &str, mark: &Measure, months: &[Month]) -> Option<Ordering> {
    let computes = deal.metric(metric)?.from_events.as_ref()?.computes.value;
    match (computes, mark) {
        (Computation::SourcedRevenue, Measure::Money(mark)) => {
            total(months, |month| Some(month.volumes.sourced))?.partial_cmp(mark)
        }
        (Computation::RenewalRevenue, Measure::Money(mark)) => {
            total(months, |month| Some(month.volumes.renewal))?.partial_cmp(mark)
        }
        (Computation::NetRevenue, Measure::Money(mark)) => {
            total(months, |month| Some(month.revenue()))?.partial_cmp(mark)
        }
        (Computation::Activations, Measure::Count(mark)) => {
            let count: u64 = months.iter().map(|month| month.volumes.activations).sum();
            Some(count.cmp(&mark.number))
        }
        (_, Measure::Money(_) | Measure::Count(_) | Measure::Rate(_) | Measure::Period(_)) => None,
    }
}

fn total(months: &[Month], of: impl Fn(&Month) -> Option<Money>) -> Option<Money> {
    let nothing = Money::zero(months.first()?.volumes.sourced.currency());
    months
        .iter()
        .try_fold(nothing, |sum, month| sum.plus(of(month)?))
}

#[cfg(test)]
mod tests;
