//! How often something happens.

use super::choice::choice;

/// A rhythm of statements, payments and reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cadence {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every six months.
    HalfYearly,
    /// Every year.
    Yearly,
}

choice! {
    Cadence: Daily = "daily", Weekly = "weekly", Monthly = "monthly", Quarterly = "quarterly",
        HalfYearly = "half-yearly", Yearly = "yearly";
    pattern "^(daily|weekly|monthly|quarterly|half-yearly|yearly)$";
    expected "\"daily\", \"weekly\", \"monthly\", \"quarterly\", \"half-yearly\" or \"yearly\""
}

impl Cadence {
    /// How often, in a sentence: `quarterly`.
    pub fn adverb(self) -> &'static str {
        self.word()
    }

    /// The stretch of time between two of them: `calendar quarter`.
    pub fn noun(self) -> &'static str {
        match self {
            Cadence::Daily => "day",
            Cadence::Weekly => "week",
            Cadence::Monthly => "month",
            Cadence::Quarterly => "calendar quarter",
            Cadence::HalfYearly => "calendar half-year",
            Cadence::Yearly => "calendar year",
        }
    }

    /// How many months lie between two of them; none for days and weeks, which are no part of a month.
    pub fn months(self) -> Option<u32> {
        match self {
            Cadence::Daily | Cadence::Weekly => None,
            Cadence::Monthly => Some(1),
            Cadence::Quarterly => Some(3),
            Cadence::HalfYearly => Some(6),
            Cadence::Yearly => Some(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_cadences_come_later() {
        let months: Vec<_> = Cadence::ALL
            .iter()
            .map(|cadence| cadence.months())
            .collect();
        assert!(Cadence::ALL.is_sorted() && months.is_sorted());
        assert_eq!(Cadence::Quarterly.adverb(), "quarterly");
        assert_eq!(Cadence::Quarterly.noun(), "calendar quarter");
    }
}
