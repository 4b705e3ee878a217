//! What happened in one period: the numbers that the calculator pays for.

use super::statement::Base;
use super::{Checked, exact};
use crate::source::Span;
use crate::units::{Currency, Money};

/// The volumes of one period, and what earlier statements left behind. Everything is nothing at first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volumes {
    /// Net revenue of sourced accounts in their first term, before any step-down.
    pub sourced: Money,
    /// Net revenue of influenced accounts in their first term, before any step-down.
    pub influenced: Money,
    /// Renewal revenue of sourced accounts while the partner stays engaged, before any step-down.
    pub renewal: Money,
    /// Renewal revenue of sourced accounts with which the partner is no longer engaged.
    pub renewal_unengaged: Money,
    /// Revenue whose share depends on the age of the account.
    pub aged: Vec<Aged>,
    /// Accepted referrals.
    pub referrals: Vec<Referrals>,
    /// Verified activations of sourced accounts.
    pub activations: u64,
    /// Verified activations of influenced accounts.
    pub influenced_activations: u64,
    /// What tiers count, if they count neither activations nor referrals.
    pub tier_count: Option<u64>,
    /// Volumes of strategic segments; their revenue is part of `sourced`.
    pub segments: Vec<SegmentVolume>,
    /// How many the spiff pays for, within the time that it runs.
    pub spiff: u64,
    /// How many calendar months, calendar quarters and agreement years end in the period.
    pub ends: Ends,
    /// What the tiers added up before this period.
    pub accumulated: Accumulated,
    /// The part of it that was paid by other terms of the tiers, before an amendment: it moves the tiers, and no
    /// higher tier makes up for it.
    pub settled: Accumulated,
    /// What was paid before this period.
    pub paid: Paid,
    /// What was paid on customers who left early in this period.
    pub left: Money,
    /// What accounts whose credit is split would earn with full credit; the other lines hold it in full.
    pub split: Money,
    /// What results of influenced accounts would earn in tiers that count; the tiers hold it in full.
    pub influenced_sums: Money,
}

/// Revenue of accounts of one age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aged {
    /// The net revenue.
    pub revenue: Money,
    /// The full months since the first invoice of the account.
    pub months: u32,
    /// Which term of the customer it belongs to.
    pub term: CustomerTerm,
    /// Whether the account was influenced and not sourced.
    pub influenced: bool,
    /// Whether the partner stays engaged.
    pub engaged: bool,
}

/// A term of a customer's subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerTerm {
    /// The first.
    First,
    /// Every later one.
    Renewal,
}

/// Accepted referrals of the same size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referrals {
    /// How many.
    pub count: u64,
    /// Their first-year net revenue, all together.
    pub revenue: Money,
    /// Their first-year net revenue on which earlier statements have paid.
    pub earlier: Money,
    /// What other terms of the fee paid on them before an amendment: it counts towards the cap.
    pub fees: Money,
}

/// Volumes of one strategic segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentVolume {
    /// The id of the segment.
    pub segment: String,
    /// Net revenue of sourced accounts in their first term.
    pub revenue: Money,
    /// Verified activations of sourced accounts.
    pub activations: u64,
    /// Verified activations of influenced accounts.
    pub influenced_activations: u64,
}

/// How many periods of each length end in the time of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// Calendar months.
    pub months: u32,
    /// Calendar quarters.
    pub quarters: u32,
    /// Agreement years.
    pub years: u32,
    /// Those of them that the agreement covers in part.
    pub parts: Parts,
}

/// Periods that the agreement covers in part: at its start, and at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// Of calendar months.
    pub month: [Option<Part>; 2],
    /// Of calendar quarters.
    pub quarter: [Option<Part>; 2],
    /// Of agreement years.
    pub year: [Option<Part>; 2],
}

/// A part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The days that the agreement covers.
    pub days: u32,
    /// The days that the period has; never 0.
    pub of: u32,
}

impl Ends {
    /// The periods that end in a time of so many months that begins with all of them.
    pub fn of_months(months: u32) -> Ends {
        Ends {
            months,
            quarters: months / 3,
            years: months / 12,
            parts: Parts::default(),
        }
    }

    /// Those of two times that follow one another.
    #[must_use]
    pub(super) fn plus(self, later: Ends) -> Ends {
        let both = |one: [Option<Part>; 2], two: [Option<Part>; 2]| {
            let mut all = one.into_iter().chain(two).flatten();
            [all.next(), all.next()]
        };
        Ends {
            months: self.months + later.months,
            quarters: self.quarters + later.quarters,
            years: self.years + later.years,
            parts: Parts {
                month: both(self.parts.month, later.parts.month),
                quarter: both(self.parts.quarter, later.parts.quarter),
                year: both(self.parts.year, later.parts.year),
            },
        }
    }
}

/// What the tiers added up before a period.
///
/// For the bases "slice" and "whole", within the period of the tiers that is not over; with trailing twelve months,
/// in the eleven months before. For "prospective", the total that was reached before: of the period of the tiers that
/// ended last, of the twelve months that ended last, or since the start. Tiers that never reset go on adding up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accumulated {
    /// Sourced first-term revenue, if the tiers measure money or pay shares.
    pub sourced: Money,
    /// What the tiers count, if they count.
    pub count: u64,
}

/// What earlier statements paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// In the period of the cap that is not over.
    pub within_cap: Money,
    /// In the period of the floor that is not over.
    pub within_floor: Money,
    /// From the spiff, in all.
    pub spiff: Money,
    /// How many results the bounty paid for in the time of the same statement, before an amendment.
    pub bounties: u64,
}

impl Volumes {
    /// A period in which nothing happened, in the deal's currency.
    pub fn new(currency: Currency) -> Volumes {
        let nothing = Money::zero(currency);
        Volumes {
            sourced: nothing,
            influenced: nothing,
            renewal: nothing,
            renewal_unengaged: nothing,
            aged: Vec::new(),
            referrals: Vec::new(),
            activations: 0,
            influenced_activations: 0,
            tier_count: None,
            segments: Vec::new(),
            spiff: 0,
            ends: Ends::default(),
            accumulated: Accumulated {
                sourced: nothing,
                count: 0,
            },
            settled: Accumulated {
                sourced: nothing,
                count: 0,
            },
            paid: Paid {
                within_cap: nothing,
                within_floor: nothing,
                spiff: nothing,
                bounties: 0,
            },
            left: nothing,
            split: nothing,
            influenced_sums: nothing,
        }
    }

    /// Every amount.
    pub(super) fn money(&self) -> impl Iterator<Item = Money> {
        [
            self.sourced,
            self.influenced,
            self.renewal,
            self.renewal_unengaged,
            self.accumulated.sourced,
            self.settled.sourced,
            self.paid.within_cap,
            self.paid.within_floor,
            self.paid.spiff,
            self.left,
            self.split,
            self.influenced_sums,
        ]
        .into_iter()
        .chain(self.aged.iter().map(|aged| aged.revenue))
        .chain(
            self.referrals
                .iter()
                .flat_map(|referrals| [referrals.revenue, referrals.earlier, referrals.fees]),
        )
        .chain(self.segments.iter().map(|segment| segment.revenue))
    }

    /// All net revenue of the period: first terms and renewals, of every age.
    ///
    /// # Errors
    ///
    /// If the amounts are in two currencies or too large.
    pub(super) fn revenue(&self, at: &Span) -> Checked<Money> {
        [self.influenced, self.renewal, self.renewal_unengaged]
            .into_iter()
            .chain(self.aged.iter().map(|aged| aged.revenue))
            .try_fold(self.sourced, |sum, part| exact::sum(sum, part, at))
    }

    /// How much a metric counted, by what its threshold measures: money is sourced first-term revenue, things
    /// named "referrals" are accepted referrals, other things are what tiers count or verified activations.
    pub(super) fn measured(&self, like: &Base, noun: &str) -> Base {
        match like {
            Base::Money(_) => Base::Money(self.sourced),
            Base::Count(_) => Base::Count(self.tier_count.unwrap_or_else(|| {
                if noun.starts_with("referral") {
                    let each = self.referrals.iter().map(|referrals| referrals.count);
                    each.fold(0, u64::saturating_add)
                } else {
                    self.activations.saturating_add(self.influenced_activations)
                }
            })),
        }
    }
}
