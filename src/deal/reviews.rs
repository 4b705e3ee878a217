//! `[reviews]`: when the parties look at the numbers, and what moves.

use super::names::{MetricName, RoleName};
use super::record::{choice, record};
use super::text::{Id, Reason, TermPath, Text};
use crate::source::At;
use crate::units::{Calendar, Count, Date, Measure, Period, PeriodUnit};
use std::borrow::Borrow;

record! {
    /// When the parties look at the numbers, and what moves when a number is reached.
    pub struct Reviews {
        /// Early reviews, so long after the effective date: "30 days", "60 days", "90 days".
        early: Vec<At<Period>>,
        /// Regular business reviews.
        regular: At<ReviewCadence>,
        /// How long after the end of each period the regular review is held.
        within: At<Period>,
        /// When terms may be negotiated anew each year: how long before each anniversary the window opens.
        annual_window: Option<At<Period>>,
        /// Who prepares and leads a review, one of each party.
        owners: Vec<At<RoleName>>,
        /// What a review looks at, each as a noun phrase.
        agenda: Vec<At<Text>>,
        /// Which quarters are meant.
        quarters: At<Quarters>,
        /// What moves when a number is reached.
        trigger: Vec<Trigger>,
        /// How many days after a review the changed exhibits are issued.
        restate_within: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// How often a regular review is held.
    pub enum ReviewCadence {
        /// Every month.
        Monthly = "monthly",
        /// Every quarter.
        Quarterly = "quarterly",
        /// Every half year.
        HalfYearly = "half-yearly",
        /// Every year.
        Yearly = "yearly",
    }
}

impl ReviewCadence {
    /// How many months the period of a regular review has.
    pub fn months(self) -> u32 {
        match self {
            ReviewCadence::Monthly => 1,
            ReviewCadence::Quarterly => 3,
            ReviewCadence::HalfYearly => 6,
            ReviewCadence::Yearly => 12,
        }
    }
}

choice! {
    /// Which quarters are meant.
    pub enum Quarters {
        /// Those that begin in January, April, July and October.
        Calendar = "calendar",
        /// Those that are counted from the effective date.
        Agreement = "agreement",
    }
}

impl Quarters {
    /// The last days of all periods of `months` months, one after the other from the effective date; without end.
    pub fn closes(
        self,
        calendar: impl Borrow<Calendar>,
        effective: Date,
        months: u32,
    ) -> impl Iterator<Item = Date> {
        let mut count = 0_u32;
        let mut last: Option<Date> = None;
        std::iter::from_fn(move || {
            let close = match self {
                Quarters::Calendar => {
                    let first = last.map_or(effective, |last| last.plus_days(1));
                    let mut day = first.last_of_month();
                    while !u32::from(day.month().unsigned_abs()).is_multiple_of(months) {
                        day = day.plus_days(1).last_of_month();
                    }
                    day
                }
                Quarters::Agreement => {
                    // Counted from the effective date each time, so that a 31st is not lost in a February.
                    count = count.checked_add(months)?;
                    let length = Period::new(count, PeriodUnit::Month);
                    calendar.borrow().term_end(effective, length).ok()?
                }
            };
            // The calendar ends somewhere.
            if last.is_some_and(|last| close <= last) {
                return None;
            }
            last = Some(close);
            last
        })
    }
}

record! {
    /// A number that moves a term.
    pub struct Trigger {
        /// A short stable name, such as "volume-step".
        id: At<Id>,
        /// What is measured.
        metric: At<MetricName>,
        /// Over which time, as a period up to the review: "3 months".
        window: At<Period>,
        /// How it is compared.
        when: At<Comparison>,
        /// With what: a sum, a count or a share.
        threshold: At<Measure>,
        /// How often in a row it must be so; once if left out.
        in_a_row: Option<At<Count>>,
        /// The term that moves, and to what. Leave it out if the parties only meet about it.
        sets: Option<TermChange>,
        /// What happens, in a sentence that a partner manager understands.
        effect: At<Text>,
        /// From which day the term has moved; a review writes it, and the trigger has then done its work.
        fired: Option<At<Date>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// How a number is compared with a threshold.
    pub enum Comparison {
        /// It is more.
        Above = "above",
        /// It is as much or more.
        AtLeast = "at-least",
        /// It is less.
        Below = "below",
        /// It is as much or less.
        AtMost = "at-most",
    }
}

record! {
    /// A term that moves.
    pub struct TermChange {
        /// Which: its path in this file, such as "economics.tiers.tier.2.pays".
        term: At<TermPath>,
        /// Its new value, written as in this file.
        to: At<Text>,
    }
}
