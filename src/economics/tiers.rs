//! Tiers: rates that rise with volume.

use super::ladder::Ladder;
use super::statement::{Base, Line, Model, Step};
use super::volumes::Volumes;
use super::{Checked, exact, revenue_share};
use crate::deal::{Basis, TierPeriod};
use crate::source::Span;
use crate::units::Rate;

/// What the tiers pay for the volume of one period: one line for each slice, or one for the tier reached.
///
/// The volume of tiers of money is sourced first-term revenue; that of tiers that count is what they count. It stands
/// on top of what was accumulated before.
///
/// - Slice: each tier pays for its own slice of the volume.
/// - Whole: the rate of the tier that the accumulated volume reaches pays for all of it. If earlier statements of the
///   period paid at another tier's rate, what they paid is taken off again on a line of its own. With trailing twelve
///   months the rate pays for the month alone. What other terms of the tiers paid for, before an amendment, stays as it
///   was paid.
/// - Prospective: the rate of the tier that was reached before pays for all of this period.
///
/// Influenced revenue never moves the tiers. It earns `influenced_share` of the rate of the tier that the volume has
/// reached at the end of the period, or that pays for the period if the tiers are prospective, so that it never earns
/// more than a sourced account would; earlier statements are not made up for.
///
/// # Errors
///
/// If influenced revenue has no share, and beyond 28 digits.
///
/// # Source
///
/// Clauses `tiers` and `attribution`, its sentence on the tier of influenced accounts.
pub(super) fn lines(
    ladder: &Ladder<'_>,
    volumes: &Volumes,
    influenced_share: Option<Rate>,
) -> Checked<Vec<Line>> {
    let at = &ladder.tiers.at;
    let accumulated = &volumes.accumulated;
    let before = match ladder.nothing() {
        Base::Money(_) => Base::Money(accumulated.sourced),
        Base::Count(_) => Base::Count(accumulated.count),
    };
    let added = volumes.measured(&ladder.nothing(), ladder.noun);
    let volume = sum(before, added, at)?;
    let at_end = reached(ladder, volume);
    let at_start = reached(ladder, before);
    let line = |model, tier: &Reached, base, factor| {
        Line::earn(model, base, ladder.rungs[tier.tier].pays, factor, at).map(|line| {
            line.of_tier(tier.tier).after(Step::Reached {
                volume: tier.volume,
                tier: tier.tier,
            })
        })
    };
    // What a share or a sum is paid for: earlier, and now.
    let settled = &volumes.settled;
    let (earlier, new) = if ladder.pays_shares() {
        let earlier = exact::difference(accumulated.sourced, settled.sourced, at)?;
        (Base::Money(earlier), Base::Money(volumes.sourced))
    } else {
        let earlier = match before {
            Base::Money(money) => Base::Money(exact::difference(money, settled.sourced, at)?),
            Base::Count(count) => Base::Count(count.saturating_sub(settled.count)),
        };
        (earlier, added)
    };

    let mut lines = Vec::new();
    match ladder.tiers.basis.value {
        Basis::Slice => {
            for (tier, slice) in ladder.slices(before, volume)? {
                let rung = ladder.rungs[tier];
                let line = Line::earn(Model::Tiers, slice, rung.pays, None, at)?;
                lines.push(line.of_tier(tier).after(Step::Slice {
                    from: rung.from,
                    to: rung.to,
                    before,
                    volume,
                    slice,
                }));
            }
        }
        Basis::Whole => {
            let month_alone = ladder.tiers.period.value == TierPeriod::TrailingYear;
            if month_alone || at_start.tier == at_end.tier {
                lines.push(line(Model::Tiers, &at_end, new, None)?);
            } else {
                let all = sum(earlier, new, at)?;
                lines.push(line(Model::Tiers, &at_end, all, None)?);
                let paid = line(Model::TiersEarlier, &at_start, earlier, None)?;
                lines.push(paid.taken_off(at)?);
            }
        }
        Basis::Prospective => lines.push(line(Model::Tiers, &at_start, new, None)?),
    }
    if ladder.pays_shares() && !volumes.influenced.is_zero() {
        let factor = revenue_share::influenced(influenced_share, at)?;
        let base = Base::Money(volumes.influenced);
        let tier = match ladder.tiers.basis.value {
            Basis::Slice | Basis::Whole => &at_end,
            Basis::Prospective => &at_start,
        };
        lines.push(line(Model::Tiers, tier, base, Some(factor))?);
    }
    lines.retain(|line| !line.base.is_zero());
    Ok(lines)
}

/// A volume and its tier.
struct Reached {
    volume: Base,
    tier: usize,
}

fn reached(ladder: &Ladder<'_>, volume: Base) -> Reached {
    Reached {
        volume,
        tier: ladder.reached(volume),
    }
}

fn sum(one: Base, two: Base, at: &Span) -> Checked<Base> {
    one.plus(two).ok_or_else(|| exact::too_large(at))
}
