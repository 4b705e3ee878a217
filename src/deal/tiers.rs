//! `[economics.tiers]`: rates that rise with volume.

use super::economics::Reward;
use super::names::MetricName;
use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::Measure;

record! {
    /// Rates that rise with volume.
    pub struct Tiers {
        /// What decides the tier. The payee must be able to move it.
        metric: At<MetricName>,
        /// Over which time it is added up.
        period: At<TierPeriod>,
        /// What a rate applies to.
        basis: At<Basis>,
        /// Which tier a value exactly on a boundary belongs to.
        boundary: At<Boundary>,
        /// When the count starts again from nothing.
        reset: At<Reset>,
        /// The tiers, from the lowest up, without gaps.
        tier: Vec<Tier>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// Over which time a metric is added up.
    pub enum TierPeriod {
        /// A calendar month.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
        /// A year of the agreement.
        Year = "year",
        /// The twelve months that end with the month in question.
        TrailingYear = "trailing-twelve-months",
        /// All time since the effective date.
        SinceStart = "since-start",
    }
}

choice! {
    /// What the rate of a tier applies to.
    pub enum Basis {
        /// Each rate pays for its own slice.
        Slice = "slice",
        /// The rate of the tier reached pays for everything in the period.
        Whole = "whole",
        /// The rate of the tier reached pays for what comes in the next period.
        Prospective = "prospective",
    }
}

choice! {
    /// Which tier owns a boundary.
    pub enum Boundary {
        /// A value exactly on it belongs to the tier below.
        Below = "tier-below",
        /// A value exactly on it belongs to the tier above.
        Above = "tier-above",
    }
}

choice! {
    /// When the count of a tier starts again.
    pub enum Reset {
        /// At the start of each period.
        EachPeriod = "each-period",
        /// Never.
        Never = "never",
    }
}

record! {
    /// One tier.
    pub struct Tier {
        /// What it is called, such as "Growth".
        name: Option<At<Text>>,
        /// Where it begins: a sum such as "USD 250000" or a count such as "10 activations".
        from: At<Measure>,
        /// Where it ends; leave it out in the last one.
        to: Option<At<Measure>>,
        /// What it pays: a share such as "12.5%", or a sum for each such as "USD 500".
        pays: At<Reward>,
    }
}
