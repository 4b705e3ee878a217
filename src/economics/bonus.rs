//! An extra for a strategic segment.

use super::Checked;
use super::statement::{Base, Line, Model};
use super::volumes::Volumes;
use crate::deal::{Bonus, Reward};

/// The extra for the volumes of the bonus's segment, on top of what they earn anyway.
///
/// Shape: a share of the segment's sourced first-term revenue, or a sum for each activation in it.
///
/// # Errors
///
/// Beyond 28 digits.
///
/// # Source
///
/// Clause `strategic-bonus`.
pub(super) fn lines(bonus: &Bonus, volumes: &Volumes) -> Checked<Vec<Line>> {
    let id = bonus.segment.id();
    let mut lines = Vec::new();
    for segment in &volumes.segments {
        let base = match bonus.pays.value {
            Reward::Rate(_) => Base::Money(segment.revenue),
            Reward::Each(_) => Base::Count(segment.activations),
        };
        if segment.segment == id && !base.is_zero() {
            let line = Line::earn(Model::Bonus, base, bonus.pays.value, None, &bonus.at)?;
            lines.push(Line {
                segment: Some(id.to_owned()),
                ..line
            });
        }
    }
    Ok(lines)
}
