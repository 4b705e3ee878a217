//! Pictures of money: payout by volume, both sides' results.

use super::Facts;
use crate::document::picture::Picture;
use crate::library::{PayoutWords, ResultWords};

/// Payout by volume, with the boundaries of the tiers.
pub(super) fn payout(_facts: &Facts<'_>, _words: &PayoutWords) -> Option<Picture> {
    None
}

/// What each party keeps at low, expected and high volume.
pub(super) fn results(_facts: &Facts<'_>, _words: &ResultWords) -> Option<Picture> {
    None
}
