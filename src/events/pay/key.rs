//! What an event is paid as.

use crate::deal::Economics;
use crate::economics::{Base, Line, Model, Step};
use crate::units::Date;

/// What a volume is paid as: the line of the statement that it goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pays {
    /// A referral.
    Referral {
        /// Its account.
        account: u32,
    },
    /// The share of the first term.
    FirstTerm {
        /// Of an influenced account.
        influenced: bool,
    },
    /// The tiers.
    Tiers {
        /// Which part of the statement's time.
        part: u8,
        /// The tier, where each tier pays its own slice.
        tier: Option<u8>,
        /// Of an influenced account.
        influenced: bool,
    },
    /// The share of renewals.
    Renewal {
        /// Whether the partner stays engaged.
        engaged: bool,
    },
    /// A share that hangs on the age of the account.
    Aged {
        /// From how many months on.
        months: u16,
        /// After the first term.
        renewal: bool,
        /// Of an influenced account.
        influenced: bool,
        /// Whether the partner stays engaged.
        engaged: bool,
    },
    /// The bounty.
    Bounty {
        /// Of an influenced account.
        influenced: bool,
    },
    /// The prize for a limited time: an amount, as far as its cap goes.
    Spiff,
    /// The bonus of a segment, by its place among the bonuses.
    Bonus {
        /// Which bonus.
        bonus: u16,
        /// Of an influenced account.
        influenced: bool,
    },
    /// What is given back because an account left.
    Clawback,
    /// What is not credited to an account.
    Split,
}

impl Pays {
    /// Whether the line pays it.
    pub fn is_on(self, line: &Line, economics: &Economics) -> bool {
        let influenced_line = line.factor.is_some();
        let months = line.trace.iter().find_map(|step| match step {
            Step::StepDown { months, .. } | Step::Ended { months, .. } => Some(*months),
            Step::Slice { .. }
            | Step::Reached { .. }
            | Step::Times { .. }
            | Step::Each { .. }
            | Step::Limited { .. }
            | Step::Capped { .. }
            | Step::Floored { .. }
            | Step::Part { .. }
            | Step::NotEngaged
            | Step::TakenOff { .. }
            | Step::Rounded { .. } => None,
        });
        let unengaged = line.trace.contains(&Step::NotEngaged);
        match self {
            Pays::Referral { .. } => line.model == Model::ReferralFee,
            Pays::FirstTerm { influenced } => {
                line.model == Model::FirstTerm && influenced == influenced_line && months.is_none()
            }
            Pays::Tiers {
                tier, influenced, ..
            } => {
                let of_shares = matches!(line.base, Base::Money(_));
                (line.model == Model::Tiers
                    && (influenced == influenced_line || !of_shares)
                    && (influenced && of_shares
                        || tier.is_none()
                        || tier.map(usize::from) == line.tier))
                    || (influenced && line.model == Model::Influenced)
            }
            Pays::Renewal { engaged } => {
                line.model == Model::Renewal
                    && !influenced_line
                    && months.is_none()
                    && unengaged != engaged
            }
            Pays::Aged {
                months: band,
                renewal,
                influenced,
                engaged,
            } => {
                let model = match line.model {
                    Model::StepDown => true,
                    Model::FirstTerm => !renewal,
                    Model::Renewal => renewal,
                    Model::ReferralFee
                    | Model::Tiers
                    | Model::TiersEarlier
                    | Model::Bounty
                    | Model::FixedFee
                    | Model::Spiff
                    | Model::Bonus
                    | Model::Influenced
                    | Model::Split
                    | Model::Clawback
                    | Model::Floor
                    | Model::Cap => false,
                };
                model
                    && influenced == influenced_line
                    && (unengaged != engaged || !renewal)
                    && months.unwrap_or(0) == u32::from(band)
            }
            Pays::Bounty { influenced } => {
                line.model == Model::Bounty && influenced == influenced_line
            }
            Pays::Spiff => line.model == Model::Spiff,
            Pays::Bonus { bonus, influenced } => {
                line.model == Model::Bonus
                    && influenced == influenced_line
                    && economics
                        .bonus
                        .get(usize::from(bonus))
                        .is_some_and(|bonus| line.segment.as_deref() == Some(bonus.segment.id()))
            }
            Pays::Clawback => line.model == Model::Clawback,
            Pays::Split => line.model == Model::Split,
        }
    }
}

/// What one event adds to a line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What it is paid as.
    pub pays: Pays,
    /// By which terms, where an amendment divides the time: 0 for those at its start.
    pub stretch: u8,
    /// How much or how many.
    pub base: Base,
    /// The id of the event.
    pub id: String,
    /// Whether silence at a gate decided it; the event is then that of what was sent.
    pub by_silence: bool,
    /// Its day.
    pub date: Date,
    /// Its account, or nothing.
    pub account: String,
    /// Where it was read.
    pub file: std::sync::Arc<str>,
    /// On which line.
    pub line: u64,
}
