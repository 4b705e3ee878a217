//! The pictures that belong to tables, made from the same figures.

use super::schedule::Schedule;
use super::select::Selection;
use crate::deal::Deal;
use crate::document::picture::Pictures;
use crate::document::resolve::Resolved;
use crate::units::Numerals;

/// The pictures of an agreement, by the anchors of their tables.
pub(super) fn pictures(
    _deal: &Deal,
    _schedule: &Schedule,
    _selection: &Selection<'_>,
    _resolved: &Resolved,
    _numerals: &Numerals,
) -> Pictures {
    Pictures::new()
}
