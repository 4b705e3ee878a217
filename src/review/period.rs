//! The periods that reviews look at, one after the other from the effective date.
//!
//! In: a deal and a day. Out: the last period that was over on that day, or why there is none.

use super::evaluate::plain;
use crate::deal::Deal;
use crate::draft::{conventions, period_name};
use crate::library::{Library, fill};
use crate::units::{Date, Numerals, Period, ordinal};

/// The time that a review looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reviewed {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// How many months such a period has; the first may be shorter.
    pub months: u32,
    /// For an early review: how long after the effective date it is.
    pub early: Option<Period>,
}

/// All periods, the first one first; without end.
pub fn periods(deal: &Deal) -> impl Iterator<Item = Reviewed> + '_ {
    let effective = deal.agreement.effective.as_ref().map(|date| date.value);
    let known = deal.reviews.as_ref().zip(effective).into_iter();
    known.flat_map(|(reviews, effective)| {
        let months = reviews.regular.value.months();
        let quarters = reviews.quarters.value;
        let mut next = effective;
        let closes = quarters.closes(conventions(deal), effective, months);
        closes.map(move |to| {
            let from = std::mem::replace(&mut next, to.plus_days(1));
            Reviewed {
                from,
                to,
                months,
                early: None,
            }
        })
    })
}

/// All periods that are over on `day`, the first one first.
pub fn over(deal: &Deal, day: Date) -> Vec<Reviewed> {
    periods(deal)
        .take_while(|period| period.to <= day)
        .collect()
}

/// What early reviews look at: the time from the effective date to the day of each, by day.
///
/// # Source
///
/// Clause `review-calendar`, its rows of early reviews.
pub fn early(deal: &Deal) -> Vec<Reviewed> {
    let Some(effective) = deal.agreement.effective.as_ref().map(|date| date.value) else {
        return Vec::new();
    };
    let months = periods(deal).next().map_or(1, |first| first.months);
    let lengths = deal.reviews.iter().flat_map(|reviews| &reviews.early);
    let mut all: Vec<Reviewed> = lengths
        .filter_map(|length| {
            Some(Reviewed {
                from: effective,
                to: conventions(deal).add(effective, length.value).ok()?,
                months,
                early: Some(length.value),
            })
        })
        .collect();
    all.sort_by_key(|one| one.to);
    all
}

/// The early review that a day belongs to: the one of that day, or of the business day that it is moved to; or, while no
/// regular period is over, the last one whose day has come.
pub fn early_on(deal: &Deal, day: Date) -> Option<Reviewed> {
    let all = early(deal);
    let calendar = conventions(deal);
    let of_day = all
        .iter()
        .find(|one| one.to == day || (one.to < day && calendar.adjust(one.to) == day));
    let open = over(deal, day).is_empty();
    let last = all.iter().rfind(|one| one.to <= day).filter(|_| open);
    of_day.or(last).copied()
}

impl Reviewed {
    /// A short name for files: `2027-q2`, `2027-06` or `2027-06-30`; `early-30-days`.
    pub fn id(&self) -> String {
        if let Some(length) = self.early {
            return format!("early-{}", plain(length).replace(' ', "-"));
        }
        let month = u32::from(self.to.month().unsigned_abs());
        let calendar = self.to == self.to.last_of_month() && month.is_multiple_of(self.months);
        match (calendar, self.months) {
            (true, 1) => format!("{}-{month:02}", self.to.year()),
            (true, 3) => format!("{}-q{}", self.to.year(), month / 3),
            (true, 6) => format!("{}-h{}", self.to.year(), month / 6),
            (true, 12) => self.to.year().to_string(),
            (true | false, _) => self.to.iso(),
        }
    }

    /// The period in words: "the second quarter of 2027", "the first 30 days".
    pub fn name(&self, library: &Library, numerals: &Numerals) -> String {
        match self.early {
            Some(length) => {
                let period = length.print(numerals);
                fill(library.reviews.early.as_str(), &[("period", &period)])
            }
            None => period_name(self.to, self.months),
        }
    }

    /// The place of the period in its year, in words: "second".
    pub fn place(&self) -> String {
        let month = u32::from(self.to.month().unsigned_abs());
        ordinal(month.div_ceil(self.months)).clone()
    }

    /// The time of this length up to the end of the period, but not before `effective`.
    pub fn window(&self, deal: &Deal, length: Period, effective: Date) -> Date {
        let start = conventions(deal)
            .subtract(self.to.plus_days(1), length)
            .unwrap_or(self.from);
        start.max(effective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Source;
    use crate::units::Unit;

    fn deal(effective: &str, regular: &str, quarters: &str) -> Deal {
        let text = include_str!("../../samples/saas-alliance/deal.toml")
            .replace(
                "effective = \"2027-01-01\"",
                &format!("effective = \"{effective}\""),
            )
            .replace(
                "regular = \"quarterly\"",
                &format!("regular = \"{regular}\""),
            )
            .replace(
                "quarters = \"calendar\"",
                &format!("quarters = \"{quarters}\""),
            );
        Deal::read(&Source::new("deal.toml", text), &mut Report::new()).expect("a deal")
    }

    fn told(deal: &Deal, day: &str) -> Vec<String> {
        over(deal, Date::from_text(day).expect(day))
            .iter()
            .map(|period| format!("{} {} {}", period.from.iso(), period.to.iso(), period.id()))
            .collect()
    }

    #[test]
    fn early_reviews_have_their_day_and_the_business_day_after_it() {
        // 90 days after Monday, 4 January 2027 is Sunday, 4 April.
        let deal = deal("2027-01-04", "quarterly", "calendar");
        let on = |day: &str| {
            let day = Date::from_text(day).expect(day);
            early_on(&deal, day).map(|one| one.id())
        };
        assert_eq!(on("2027-02-02"), None);
        assert_eq!(on("2027-02-03").as_deref(), Some("early-30-days"));
        assert_eq!(on("2027-02-20").as_deref(), Some("early-30-days"));
        assert_eq!(on("2027-03-30").as_deref(), Some("early-60-days"));
        // A quarter is over, and its review has come; but for the day of the early one.
        assert_eq!(on("2027-04-03"), None);
        assert_eq!(on("2027-04-04").as_deref(), Some("early-90-days"));
        assert_eq!(on("2027-04-05").as_deref(), Some("early-90-days"));
        assert_eq!(on("2027-04-06"), None);
    }

    #[test]
    fn periods_follow_one_another() {
        let calendar = deal("2027-01-01", "quarterly", "calendar");
        assert_eq!(told(&calendar, "2027-03-30"), Vec::<String>::new());
        assert_eq!(
            told(&calendar, "2027-07-15"),
            [
                "2027-01-01 2027-03-31 2027-q1",
                "2027-04-01 2027-06-30 2027-q2"
            ]
        );
        let late = deal("2027-02-10", "quarterly", "calendar");
        assert_eq!(told(&late, "2027-03-31"), ["2027-02-10 2027-03-31 2027-q1"]);
        let own = deal("2027-01-31", "quarterly", "agreement");
        assert_eq!(
            told(&own, "2027-11-30"),
            [
                "2027-01-31 2027-04-29 2027-04-29",
                "2027-04-30 2027-07-30 2027-07-30",
                "2027-07-31 2027-10-30 2027-10-30",
            ]
        );
        let monthly = deal("2027-01-15", "monthly", "calendar");
        assert_eq!(
            told(&monthly, "2027-02-28"),
            [
                "2027-01-15 2027-01-31 2027-01",
                "2027-02-01 2027-02-28 2027-02"
            ]
        );
    }
}
