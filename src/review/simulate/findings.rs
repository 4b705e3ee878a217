//! What is odd about a deal, once it is played through: cliffs, dead tiers, marks that the partner cannot move.

use super::{Happening, Played, Simulation};
use crate::deal::{Deal, Side};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Money;

/// What is odd about the deal, once it is played through.
pub(super) fn findings(deal: &Deal, simulation: &Simulation, report: &mut Report) {
    cliffs(deal, simulation, report);
    dead_tiers(deal, simulation, report);
    beyond_control(deal, report);
}

/// More volume, less for a side.
fn cliffs(deal: &Deal, simulation: &Simulation, report: &mut Report) {
    let Some(economics) = &deal.economics else {
        return;
    };
    let numerals = deal.numerals();
    let short = |side: Side| {
        deal.side(side)
            .map_or("", |party| party.short.as_str())
            .to_owned()
    };
    for (side, of) in [
        (
            Side::Company,
            (|played: &Played| played.company) as fn(&Played) -> Option<Money>,
        ),
        (Side::Partner, |played: &Played| played.partner),
    ] {
        for pair in simulation.range.windows(2) {
            let [(low, before), (high, after)] = pair else {
                continue;
            };
            let (Some(was), Some(is)) = (of(before), of(after)) else {
                continue;
            };
            if is >= was {
                continue;
            }
            report.push(
                Diagnostic::warning(
                    Code::Cliff,
                    &economics.at,
                    format!(
                        "with more volume {} keeps less: {} at {}% of the expected volume, {} at {}%",
                        short(side),
                        was.print_exact(&numerals),
                        low * 10,
                        is.print_exact(&numerals),
                        high * 10
                    ),
                )
                .help("let each rate pay for its own slice, or change the terms that meet at this volume"),
            );
            // One place for each side is enough to look for the others.
            break;
        }
    }
}

/// Tiers that even the high volume does not reach.
fn dead_tiers(deal: &Deal, simulation: &Simulation, report: &mut Report) {
    let tiers = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.tiers.as_ref());
    let (Some(tiers), Some(forecast)) = (tiers, &deal.forecast) else {
        return;
    };
    let reached = simulation
        .cases
        .iter()
        .flat_map(|(_, played)| &played.happenings)
        .filter_map(|(_, happening)| match happening {
            Happening::Tier(tier) => Some(*tier),
            Happening::Fires(_)
            | Happening::ExclusivityKept
            | Happening::ExclusivityMissed
            | Happening::ExclusivityCured
            | Happening::ExclusivityReverts => None,
        })
        .max()
        .unwrap_or(0);
    for tier in tiers.tier.iter().skip(reached + 1) {
        report.push(
            Diagnostic::warning(
                Code::DeadTier,
                &tier.from.span,
                "no volume of the forecast reaches this tier",
            )
            .also(&forecast.high.at, "the high volume")
            .help("lower the boundary, leave the tier out, or forecast a volume that it is for"),
        );
    }
}

/// Marks that the partner cannot influence.
fn beyond_control(deal: &Deal, report: &mut Report) {
    let Some(partner) = deal.side(Side::Partner) else {
        return;
    };
    let triggers = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
    for trigger in triggers.filter(|trigger| trigger.sets.is_some()) {
        let Some(metric) = deal.metric(trigger.metric.id()) else {
            continue;
        };
        let controls = metric
            .controlled_by
            .iter()
            .any(|party| party.id() == partner.id.as_str());
        if !controls {
            report.push(
                Diagnostic::warning(
                    Code::NotControlled,
                    &trigger.metric.span,
                    format!(
                        "{} cannot influence `{}`, and a trigger on it moves a term",
                        partner.short,
                        trigger.metric.id()
                    ),
                )
                .also(
                    &metric
                        .controlled_by
                        .first()
                        .map_or_else(|| metric.at.clone(), |party| party.span.clone()),
                    "who can",
                )
                .help("let the trigger hang on a measure that the partner can move"),
            );
        }
    }
}
