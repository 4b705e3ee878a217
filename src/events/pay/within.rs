//! What earlier statements came to within the time of a cap or a floor.
//!
//! An agreement year may end in the middle of a statement, and nobody can tell which part of that statement belongs to
//! which year. As long as neither the least nor the most that it can be makes a difference, nobody needs to.

use super::fold::Fold;
use crate::deal::{FeePeriod, Limit};
use crate::diagnostic::{Code, Diagnostic};
use crate::economics::{Checked, Model, Statement};
use crate::events::time::{first_of_month, quarter};
use crate::units::{Date, Decimal, Money};

/// What earlier statements came to within a time.
pub(super) struct Within {
    /// Without statements that began before it.
    pub(super) least: Money,
    /// With all of them.
    pub(super) most: Money,
}

impl Fold<'_> {
    /// The first day of the month, quarter or agreement year of a limit in which the statement begins.
    fn since(&self, per: FeePeriod) -> Date {
        let day = self.time.from;
        match per {
            FeePeriod::Month => first_of_month(day),
            FeePeriod::Quarter => quarter(day).0,
            FeePeriod::Year => self.course.year_start(day),
        }
    }

    /// What earlier statements came to within the time of a limit; one that began before it may have been less than
    /// nothing, and then it is not in the most.
    pub(super) fn paid_within(&self, limit: Option<&Limit>) -> Within {
        let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
        let since = limit.map(|limit| self.since(limit.per.value));
        for (from, to, total) in &self.totals {
            match since {
                Some(since) if *from >= since => {
                    least += total;
                    most += total;
                }
                Some(since) if *to >= since => most += (*total).max(Decimal::ZERO),
                Some(_) | None => {}
            }
        }
        Within {
            least: self.terms.money(least),
            most: self.terms.money(most),
        }
    }

    /// Refuses a statement on which a cap or a floor works whose year ends in the middle of a statement.
    pub(super) fn told_apart(&self, statement: &Statement) -> Checked<()> {
        let economics = self.terms.economics;
        for (limit, name, model) in [
            (&economics.cap, "cap", Model::Cap),
            (&economics.floor, "least Commission", Model::Floor),
        ] {
            let Some(limit) = limit else { continue };
            if limit.per.value != FeePeriod::Year {
                continue;
            }
            let end = self.course.year_end(self.time.from);
            let since = self.since(limit.per.value);
            let here = end < self.time.to;
            let before = |(from, to, _): &(Date, Date, Decimal)| *from < since && *to >= since;
            let works = statement.lines.iter().any(|line| line.model == model);
            // What was earned after the year may be all that lifts it over its least sum.
            let earned = statement.lines.iter().any(|line| line.model != model);
            let lifts = model == Model::Floor
                && here
                && self.paid_within(Some(limit)).least < limit.amount.value;
            // Where nothing was earned, nothing is to be told apart.
            let unclear = here && earned || self.totals.iter().any(before);
            if (works || lifts) && unclear {
                let day = if here { end } else { since.plus_days(-1) };
                return Err(Diagnostic::error(
                    Code::NotReadable,
                    &limit.per.span,
                    format!(
                        "the {name} works on the statement {}, and its agreement year ends on {}, in the middle of the statement {}",
                        self.time.name,
                        day.print(),
                        self.course.around(day).name
                    ),
                )
                .help("nobody can tell which part of that statement belongs to which year: agree on it, and work the statement out by hand"));
            }
        }
        Ok(())
    }
}
