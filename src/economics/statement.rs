//! A statement: what is paid for a period, line by line, each with the way to its amount.

use super::{Checked, exact};
use crate::deal::Reward;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::{Count, Measure, Money, Period, Rate};
use std::cmp::Ordering;

/// What is paid for one period.
///
/// The exact amounts of the lines and the rounding difference add up to the total, always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// One line for each model, slice, segment and kind of account that has anything to say.
    pub lines: Vec<Line>,
    /// What rounding added to the exact amounts; negative if it took away.
    pub rounding_difference: Money,
    /// What is paid. Negative if more is given back than earned.
    pub total: Money,
    /// Whether the next statement settles the total: it is negative, or below `economics.payment.least`.
    pub carried_over: bool,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What pays.
    pub model: Model,
    /// Which tier, from 0.
    pub tier: Option<usize>,
    /// The id of the segment.
    pub segment: Option<String>,
    /// What it pays for.
    pub base: Base,
    /// What it pays: a share of the base, or a sum for each.
    pub pays: Reward,
    /// The part that an influenced account earns of what a sourced one would; none for sourced ones.
    pub factor: Option<Rate>,
    /// The exact amount.
    pub amount: Money,
    /// The amount as it is paid: rounded if the deal rounds each line, else exact.
    pub paid: Money,
    /// How the amount came about.
    pub trace: Vec<Step>,
    /// By which terms, where an amendment divides the time of the statement: 0 for those at its start.
    pub stretch: u8,
}

/// What pays, in the order of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Model {
    /// `economics.referral_fee`
    ReferralFee,
    /// `economics.revenue_share.first_term`
    FirstTerm,
    /// `economics.tiers`
    Tiers,
    /// What `economics.tiers` with the basis "whole" paid already for earlier volume at another tier; negative.
    TiersEarlier,
    /// `economics.revenue_share.renewal`
    Renewal,
    /// `economics.revenue_share.step_down`
    StepDown,
    /// `economics.bounty`
    Bounty,
    /// `economics.fixed_fee`
    FixedFee,
    /// `economics.spiff`
    Spiff,
    /// `economics.bonus`
    Bonus,
    /// What influenced accounts do not earn of sums in tiers that count; negative.
    Influenced,
    /// What accounts whose credit is split do not earn of the lines before; negative.
    Split,
    /// `economics.clawback`; negative.
    Clawback,
    /// `economics.floor`: what is missing.
    Floor,
    /// `economics.cap`: what is too much; negative.
    Cap,
}

/// What is paid for: an amount or a number of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// An amount.
    Money(Money),
    /// So many.
    Count(u64),
}

impl Base {
    /// The volume that a measure stands for; none for rates and periods.
    pub fn of(measure: &Measure) -> Option<Base> {
        match measure {
            Measure::Money(money) => Some(Base::Money(*money)),
            Measure::Count(count) => Some(Base::Count(count.number)),
            Measure::Rate(_) | Measure::Period(_) => None,
        }
    }

    /// The measure, with the noun of what is counted.
    pub fn measure(self, noun: &str) -> Measure {
        match self {
            Base::Money(money) => Measure::Money(money),
            Base::Count(number) => Measure::Count(Count::new(number, noun)),
        }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        match self {
            Base::Money(money) => money.is_zero(),
            Base::Count(count) => count == 0,
        }
    }

    /// The sum; none for two kinds, two currencies, or too much.
    #[must_use]
    pub fn plus(self, other: Base) -> Option<Base> {
        match (self, other) {
            (Base::Money(one), Base::Money(two)) => one.plus(two).map(Base::Money),
            (Base::Count(one), Base::Count(two)) => one.checked_add(two).map(Base::Count),
            (Base::Money(_), Base::Count(_)) | (Base::Count(_), Base::Money(_)) => None,
        }
    }

    /// The difference; none for two kinds, two currencies, too much, or a count below nothing.
    #[must_use]
    pub fn minus(self, other: Base) -> Option<Base> {
        match (self, other) {
            (Base::Money(one), Base::Money(two)) => one.minus(two).map(Base::Money),
            (Base::Count(one), Base::Count(two)) => one.checked_sub(two).map(Base::Count),
            (Base::Money(_), Base::Count(_)) | (Base::Count(_), Base::Money(_)) => None,
        }
    }
}

impl PartialOrd for Base {
    fn partial_cmp(&self, other: &Base) -> Option<Ordering> {
        match (self, other) {
            (Base::Money(one), Base::Money(two)) => one.partial_cmp(two),
            (Base::Count(one), Base::Count(two)) => Some(one.cmp(two)),
            (Base::Money(_), Base::Count(_)) | (Base::Count(_), Base::Money(_)) => None,
        }
    }
}

/// One step on the way to an amount: its operands and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The part of a volume that lies in one tier.
    Slice {
        /// Where the tier begins.
        from: Base,
        /// Where it ends; none for the last one.
        to: Option<Base>,
        /// The volume that the tiers added up before this period.
        before: Base,
        /// The same with the volume of this period.
        volume: Base,
        /// How much of this period's volume lies in the tier.
        slice: Base,
    },
    /// The tier that a volume reaches.
    Reached {
        /// The volume.
        volume: Base,
        /// The tier, from 0.
        tier: usize,
    },
    /// A share of an amount.
    Times {
        /// The amount.
        base: Money,
        /// The share.
        rate: Rate,
        /// What it comes to.
        amount: Money,
    },
    /// A sum for each.
    Each {
        /// How many.
        count: u64,
        /// The sum for each.
        each: Money,
        /// What it comes to.
        amount: Money,
    },
    /// Only so many are paid.
    Limited {
        /// How many there were.
        count: u64,
        /// The most that are paid.
        most: u64,
    },
    /// Only so much is paid.
    Capped {
        /// What it would be.
        amount: Money,
        /// The most that is paid.
        most: Money,
    },
    /// At least so much is paid.
    Floored {
        /// What it would be.
        amount: Money,
        /// The least that is paid.
        least: Money,
    },
    /// The account is old enough for a lower share.
    StepDown {
        /// The full months since its first invoice.
        months: u32,
        /// After which the share falls.
        after: Period,
        /// To what.
        rate: Rate,
    },
    /// The account is so old that it earns no share.
    Ended {
        /// The full months since its first invoice.
        months: u32,
        /// For how long it earns.
        limit: Period,
    },
    /// The partner is not engaged, so the renewal earns nothing.
    NotEngaged,
    /// The agreement covers a part of the period only.
    Part {
        /// The sum for the whole period.
        whole: Money,
        /// The days that the agreement covers.
        days: u32,
        /// The days that the period has.
        of: u32,
        /// What is due for those days.
        amount: Money,
    },
    /// It is paid back, or was paid before: the amount is taken off.
    TakenOff {
        /// The amount.
        amount: Money,
    },
    /// The amount was rounded.
    Rounded {
        /// Before.
        exact: Money,
        /// After.
        paid: Money,
    },
}

impl Line {
    /// The line of a share of an amount, or of a sum for each of a number; not rounded yet.
    ///
    /// Shape: base times reward, and for influenced accounts times `factor`.
    ///
    /// # Errors
    ///
    /// At `at`: for a share of a number, a sum for each of an amount, and beyond 28 digits.
    pub(super) fn earn(
        model: Model,
        base: Base,
        pays: Reward,
        factor: Option<Rate>,
        at: &Span,
    ) -> Checked<Line> {
        let (mut amount, step) = match (base, pays) {
            (Base::Money(base), Reward::Rate(rate)) => {
                let amount = exact::share(base, rate, at)?;
                (amount, Step::Times { base, rate, amount })
            }
            (Base::Count(count), Reward::Each(each)) => {
                let amount = exact::pieces(each, count, at)?;
                (
                    amount,
                    Step::Each {
                        count,
                        each,
                        amount,
                    },
                )
            }
            (Base::Count(_), Reward::Rate(_)) => {
                return Err(mismatch(at, "a share needs an amount, and this is a count"));
            }
            (Base::Money(_), Reward::Each(_)) => {
                return Err(mismatch(
                    at,
                    "a sum for each needs a count, and this is an amount",
                ));
            }
        };
        let mut trace = vec![step];
        if let Some(rate) = factor {
            let base = amount;
            amount = exact::share(base, rate, at)?;
            trace.push(Step::Times { base, rate, amount });
        }
        Ok(Line {
            model,
            tier: None,
            segment: None,
            base,
            pays,
            factor,
            amount,
            paid: amount,
            trace,
            stretch: 0,
        })
    }

    /// The same line with `step` before the others.
    #[must_use]
    pub(super) fn after(mut self, step: Step) -> Line {
        self.trace.insert(0, step);
        self
    }

    /// The same line, of a tier.
    #[must_use]
    pub(super) fn of_tier(mut self, tier: usize) -> Line {
        self.tier = Some(tier);
        self
    }

    /// The same line with at most `most`.
    #[must_use]
    pub(super) fn at_most(mut self, most: Money) -> Line {
        if self.amount > most {
            let amount = self.amount;
            self.trace.push(Step::Capped { amount, most });
            self.amount = most;
            self.paid = most;
        }
        self
    }

    /// The same line, taken off instead of paid.
    ///
    /// # Errors
    ///
    /// None but the form: less than nothing is always exact.
    pub(super) fn taken_off(mut self, at: &Span) -> Checked<Line> {
        let amount = self.amount;
        self.trace.push(Step::TakenOff { amount });
        self.amount = exact::difference(Money::zero(amount.currency()), amount, at)?;
        self.paid = self.amount;
        Ok(self)
    }
}

fn mismatch(at: &Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongType, at, message).help(
        "write a share such as \"10%\" of money, and a sum such as \"USD 500\" for each of a count",
    )
}
