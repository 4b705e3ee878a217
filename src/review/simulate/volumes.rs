//! The volumes of a forecast month by month, and what earlier months left behind.

use super::gates::Late;
use crate::deal::{Basis, Computation, Deal, FeePeriod, Reset, TierPeriod};
use crate::economics::{Ends, Parts, Volumes};
use crate::units::{Decimal, Money};

/// One month.
#[derive(Debug, Clone)]
pub(super) struct Month {
    /// Its volumes, without what earlier months left behind.
    pub(super) volumes: Volumes,
}

impl Month {
    /// All net revenue.
    pub(super) fn revenue(&self) -> Money {
        let volumes = &self.volumes;
        [volumes.influenced, volumes.renewal]
            .into_iter()
            .fold(volumes.sourced, |sum, part| sum.plus(part).unwrap_or(sum))
    }
}

/// An even part of a sum, to the cent; the parts add up to the whole.
pub(super) fn part(whole: Money, place: u32, parts: u32) -> Money {
    late_part(whole, place, parts, 0)
}

/// The days of a month, as delays are counted.
const MONTH: u32 = 30;

/// The same, if everything comes so many days later.
fn late_part(whole: Money, place: u32, parts: u32, days: u32) -> Money {
    let up_to = |count: u32| {
        let share = whole
            .amount()
            .checked_mul(Decimal::from(
                count.saturating_mul(MONTH).saturating_sub(days),
            ))
            .and_then(|sum| sum.checked_div(Decimal::from(parts.saturating_mul(MONTH))));
        share.unwrap_or_default().round_dp(2)
    };
    Money::new(up_to(place + 1) - up_to(place), whole.currency())
}

/// An even part of a number, if everything comes so many days later; nothing ever comes with `None`.
fn even(whole: u64, place: u32, parts: u32, late: Option<u32>) -> u64 {
    let Some(days) = late else { return 0 };
    let up_to = |count: u32| {
        let sent = count.saturating_mul(MONTH).saturating_sub(days);
        u128::from(whole) * u128::from(sent) / u128::from(parts.saturating_mul(MONTH))
    };
    u64::try_from(up_to(place + 1) - up_to(place)).unwrap_or(0)
}

/// The volumes of a forecast in even months, with results as late as the gates make them.
pub(super) fn spread(deal: &Deal, whole: &Volumes, months: u32, late: Late) -> Vec<Month> {
    let of = |metric: &str| {
        let terms = deal
            .metric(metric)
            .and_then(|metric| metric.from_events.as_ref());
        match terms.map(|terms| terms.computes.value) {
            Some(Computation::Activations) => late.activations,
            Some(Computation::AcceptedLeads) => late.leads,
            Some(
                Computation::NetRevenue
                | Computation::SourcedRevenue
                | Computation::InfluencedRevenue
                | Computation::RenewalRevenue
                | Computation::LeadAcceptance
                | Computation::EarlyChurn
                | Computation::TicketsPerAccount
                | Computation::Spend
                | Computation::Count
                | Computation::Share,
            )
            | None => Some(0),
        }
    };
    let tiers = deal.economics.iter().find_map(|terms| terms.tiers.as_ref());
    let of_tiers = tiers.map_or(Some(0), |tiers| of(tiers.metric.id()));
    let spiff = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.spiff.as_ref());
    let runs = spiff
        .map_or(0, |spiff| spiff.runs.months().unwrap_or(1))
        .min(months);
    let of_spiff = spiff.map_or(Some(0), |spiff| of(spiff.metric.id()));
    (0..months)
        .map(|place| {
            let mut volumes = Volumes::new(whole.sourced.currency());
            volumes.sourced = part(whole.sourced, place, months);
            volumes.influenced = part(whole.influenced, place, months);
            volumes.renewal = part(whole.renewal, place, months);
            volumes.activations = even(whole.activations, place, months, late.activations);
            volumes.influenced_activations = even(
                whole.influenced_activations,
                place,
                months,
                late.activations,
            );
            volumes.tier_count = whole
                .tier_count
                .map(|count| even(count, place, months, of_tiers));
            if place < runs {
                volumes.spiff = even(whole.spiff, place, runs, of_spiff);
            }
            for segment in &whole.segments {
                let mut part_of = segment.clone();
                part_of.revenue = part(segment.revenue, place, months);
                part_of.activations = even(segment.activations, place, months, late.activations);
                volumes.segments.push(part_of);
            }
            for referrals in &whole.referrals {
                let mut part_of = *referrals;
                part_of.count = even(referrals.count, place, months, late.leads);
                part_of.revenue = match late.leads {
                    Some(days) => late_part(referrals.revenue, place, months, days),
                    None => Money::zero(referrals.revenue.currency()),
                };
                volumes.referrals.push(part_of);
            }
            let number = place + 1;
            volumes.ends = Ends {
                months: 1,
                quarters: u32::from(number.is_multiple_of(3)),
                years: u32::from(number.is_multiple_of(12)),
                parts: Parts::default(),
            };
            Month { volumes }
        })
        .collect()
}

/// So many tenths of a volume.
pub(super) fn scaled(whole: &Volumes, tenths: u32) -> Volumes {
    let money = |money: Money| {
        let amount = money
            .amount()
            .checked_mul(Decimal::from(tenths))
            .unwrap_or_default();
        Money::new((amount / Decimal::from(10)).round_dp(2), money.currency())
    };
    let count = |count: u64| count.saturating_mul(u64::from(tenths)) / 10;
    let mut scaled = whole.clone();
    scaled.sourced = money(whole.sourced);
    scaled.influenced = money(whole.influenced);
    scaled.renewal = money(whole.renewal);
    scaled.activations = count(whole.activations);
    scaled.influenced_activations = count(whole.influenced_activations);
    scaled.tier_count = whole.tier_count.map(count);
    scaled.spiff = count(whole.spiff);
    for segment in &mut scaled.segments {
        segment.revenue = money(segment.revenue);
        segment.activations = count(segment.activations);
    }
    for referrals in &mut scaled.referrals {
        referrals.count = count(referrals.count);
        referrals.revenue = money(referrals.revenue);
    }
    scaled
}

/// Writes into the volumes of month `number` what the months before it left behind. `past` is what each was paid, in
/// all and from the spiff.
pub(super) fn accumulate(
    deal: &Deal,
    before: &[Month],
    past: &[(Money, Money)],
    number: u32,
    volumes: &mut Volumes,
) {
    let Some(economics) = &deal.economics else {
        return;
    };
    let nothing = Money::zero(volumes.sourced.currency());
    if let Some(tiers) = &economics.tiers {
        let length = match tiers.period.value {
            TierPeriod::Month => 1,
            TierPeriod::Quarter => 3,
            TierPeriod::Year | TierPeriod::TrailingYear => 12,
            TierPeriod::SinceStart => u32::MAX,
        };
        let never = tiers.reset.value == Reset::Never || length == u32::MAX;
        let prospective = tiers.basis.value == Basis::Prospective;
        let trailing = tiers.period.value == TierPeriod::TrailingYear;
        let all = number - 1;
        let (from, to) = match (prospective, never, trailing) {
            (_, true, _) => (0, all),
            (true, false, true) => (all.saturating_sub(12), all),
            (false, false, true) => (all.saturating_sub(11), all),
            // The period that ended last.
            (true, false, false) => {
                let end = all / length * length;
                (end.saturating_sub(length), end)
            }
            // The period that is not over.
            (false, false, false) => (all / length * length, all),
        };
        let within = before.get(from as usize..to as usize).unwrap_or_default();
        volumes.accumulated.sourced = within.iter().fold(nothing, |sum, month| {
            sum.plus(month.volumes.sourced).unwrap_or(sum)
        });
        volumes.accumulated.count = within
            .iter()
            .map(|month| {
                let volumes = &month.volumes;
                let referrals: u64 = volumes.referrals.iter().map(|each| each.count).sum();
                volumes.tier_count.unwrap_or_else(|| {
                    if referrals > 0 {
                        referrals
                    } else {
                        volumes.activations + volumes.influenced_activations
                    }
                })
            })
            .sum();
    }
    let since = |per: FeePeriod| {
        let length = per.months();
        ((number - 1) / length * length) as usize
    };
    let paid = |from: usize| {
        past[from.min(past.len())..]
            .iter()
            .fold(nothing, |sum, (total, _)| sum.plus(*total).unwrap_or(sum))
    };
    if let Some(cap) = &economics.cap {
        volumes.paid.within_cap = paid(since(cap.per.value));
    }
    if let Some(floor) = &economics.floor {
        volumes.paid.within_floor = paid(since(floor.per.value));
    }
    volumes.paid.spiff = past
        .iter()
        .fold(nothing, |sum, (_, spiff)| sum.plus(*spiff).unwrap_or(sum));
}
