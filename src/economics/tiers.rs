//! Tiers: rates that rise with volume.

use super::ladder::Ladder;
use super::statement::{Base, Line, Model, Step};
use super::volumes::Volumes;
use super::{Checked, exact, revenue_share};
use crate::deal::Basis;
use crate::units::Rate;

/// What the tiers pay for the volume of one period: one line for each slice, or one for the tier reached.
///
/// The volume of tiers of money is sourced first-term revenue; that of tiers that count is what they count. It is
/// added to what the tiers' own period has accumulated.
///
/// - Slice: each tier pays for its own slice of the volume.
/// - Whole: the rate of the tier that the accumulated volume reaches pays for all of it. If earlier statements
///   paid at another tier's rate, what they paid is taken off again on a line of its own.
/// - Prospective: the rate of the tier that was reached before the period pays for the period.
///
/// Influenced revenue never moves the tiers. Where each slice earns its own rate, influenced revenue is divided
/// into slices of its own, from nothing; where one rate pays, it is that rate. Either way it earns
/// `influenced_share` of it.
///
/// # Errors
///
/// If influenced revenue has no share, and beyond 28 digits.
///
/// # Source
///
/// Clauses `tiers` and `attribution`.
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
    let volume = before.plus(added).ok_or_else(|| exact::too_large(at))?;

    // What is paid for: earlier volume, this period's volume, and the part that it earns.
    let mut paid_for = Vec::new();
    if ladder.pays_shares() {
        let sourced = Base::Money(volumes.sourced);
        paid_for.push((Base::Money(accumulated.sourced), sourced, None));
        let influenced = Base::Money(volumes.influenced);
        let earlier = Base::Money(accumulated.influenced);
        if !influenced.is_zero() || !earlier.is_zero() {
            let share = revenue_share::influenced(influenced_share, at)?;
            paid_for.push((earlier, influenced, Some(share)));
        }
    } else {
        paid_for.push((before, added, None));
    }

    let mut lines = Vec::new();
    for (earlier, new, factor) in paid_for {
        let all = earlier.plus(new).ok_or_else(|| exact::too_large(at))?;
        let line = |model, tier: usize, base| {
            Line::earn(model, base, ladder.rungs[tier].pays, factor, at)
                .map(|line| line.of_tier(tier))
        };
        match ladder.tiers.basis.value {
            Basis::Slice => {
                for (tier, slice) in ladder.slices(earlier, all)? {
                    let rung = ladder.rungs[tier];
                    lines.push(line(Model::Tiers, tier, slice)?.after(Step::Slice {
                        from: rung.from,
                        to: rung.to,
                        before: earlier,
                        volume: all,
                        slice,
                    }));
                }
            }
            Basis::Whole => {
                let (tier, tier_before) = (ladder.reached(volume), ladder.reached(before));
                if tier == tier_before {
                    let reached = Step::Reached { volume, tier };
                    lines.push(line(Model::Tiers, tier, new)?.after(reached));
                } else {
                    let reached = Step::Reached { volume, tier };
                    lines.push(line(Model::Tiers, tier, all)?.after(reached));
                    let reached = Step::Reached {
                        volume: before,
                        tier: tier_before,
                    };
                    let earlier = line(Model::TiersEarlier, tier_before, earlier)?.after(reached);
                    lines.push(earlier.taken_off(at)?);
                }
            }
            Basis::Prospective => {
                let tier = ladder.reached(before);
                let reached = Step::Reached {
                    volume: before,
                    tier,
                };
                lines.push(line(Model::Tiers, tier, new)?.after(reached));
            }
        }
    }
    lines.retain(|line| !line.base.is_zero());
    Ok(lines)
}
