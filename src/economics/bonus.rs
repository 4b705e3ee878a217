//! An extra for a strategic segment.

use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use super::{Checked, revenue_share};
use crate::deal::{Bonus, Reward};
use crate::units::Rate;

/// The extra for the volumes of the bonus's segment, on top of what they earn anyway.
///
/// Shape: a share of the segment's sourced first-term revenue, or a sum for each activation in it; for activations of
/// influenced accounts times `influenced_share`.
///
/// # Errors
///
/// If activations of influenced accounts have no share, and beyond 28 digits.
///
/// # Source
///
/// Clauses `strategic-bonus` and `attribution`.
pub(super) fn lines(
    bonus: &Bonus,
    volumes: &Volumes,
    influenced_share: Option<Rate>,
) -> Checked<Vec<Line>> {
    let id = bonus.segment.id();
    let mut lines = Vec::new();
    for segment in &volumes.segments {
        if segment.segment != id {
            continue;
        }
        let (base, influenced) = match bonus.pays.value {
            Reward::Rate(_) => (Base::Money(segment.revenue), Base::Count(0)),
            Reward::Each(_) => (
                Base::Count(segment.activations),
                Base::Count(segment.influenced_activations),
            ),
        };
        let mut earn = |base: Base, factor| -> Checked<()> {
            let line = Line::earn(Model::Bonus, base, bonus.pays.value, factor, &bonus.at)?;
            lines.push(Line {
                segment: Some(id.to_owned()),
                ..line
            });
            Ok(())
        };
        if !base.is_zero() {
            earn(base, None)?;
        }
        if !influenced.is_zero() {
            let share = revenue_share::influenced(influenced_share, &bonus.at)?;
            earn(influenced, Some(share))?;
        }
    }
    Ok(lines)
}
