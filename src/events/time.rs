//! The times of statements: calendar months or quarters, as far as the agreement covers them.

use super::claims::after;
use crate::deal::{Deal, StatementPeriod, TierPeriod};
use crate::economics::{Ends, Part};
use crate::units::{Calendar, Date, Period, PeriodUnit};

/// The time of one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Its name: `2027-Q2` or `2027-05`.
    pub name: String,
    /// The first day that the agreement covers.
    pub from: Date,
    /// The last day that the agreement covers.
    pub to: Date,
}

/// When the agreement holds, and in what steps its statements come.
#[derive(Debug, Clone)]
pub struct Course {
    /// The first day.
    pub effective: Date,
    /// The last day, if it has ended.
    pub ended: Option<Date>,
    /// A month or a quarter.
    pub statements: StatementPeriod,
    calendar: Calendar,
}

impl Course {
    /// The course of a deal that began on `effective`.
    pub fn new(
        deal: &Deal,
        effective: Date,
        ended: Option<Date>,
        statements: StatementPeriod,
    ) -> Course {
        Course {
            effective,
            ended,
            statements,
            calendar: deal.agreement.calendar(),
        }
    }

    /// The time with this name; `None` if it is no name of a statement of this deal.
    pub fn named(&self, name: &str) -> Option<Time> {
        let (year, rest) = name.split_once('-')?;
        if year.len() != 4 {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        let month: i8 = match (self.statements, rest.strip_prefix(['Q', 'q'])) {
            (StatementPeriod::Quarter, Some(quarter)) if quarter.len() == 1 => {
                let quarter: i8 = quarter.parse().ok()?;
                (1..=4).contains(&quarter).then(|| quarter * 3 - 2)?
            }
            (StatementPeriod::Month, None) if rest.len() == 2 => rest.parse().ok()?,
            (StatementPeriod::Quarter | StatementPeriod::Month, Some(_) | None) => return None,
        };
        Date::new(year, month, 1).map(|day| self.around(day))
    }

    /// The time that a day lies in.
    pub fn around(&self, day: Date) -> Time {
        let (first, last) = match self.statements {
            StatementPeriod::Month => (first_of_month(day), day.last_of_month()),
            StatementPeriod::Quarter => quarter(day),
        };
        let name = match self.statements {
            StatementPeriod::Month => format!("{}-{:02}", day.year(), day.month()),
            StatementPeriod::Quarter => format!("{}-Q{}", day.year(), (day.month() + 2) / 3),
        };
        Time {
            name,
            from: first.max(self.effective),
            to: self.ended.map_or(last, |ended| last.min(ended)),
        }
    }

    /// Every time from the first to the one that ends on `to`.
    pub fn until(&self, to: Date) -> Vec<Time> {
        let mut times = vec![self.around(self.effective)];
        while let Some(last) = times.last()
            && last.to < to
        {
            let next = self.around(last.to.plus_days(1));
            if next.from > next.to {
                break;
            }
            times.push(next);
        }
        times
    }

    /// The first day of the agreement year that a day lies in.
    ///
    /// Years are counted from the effective date, not from the year before, so that 29 February stays itself.
    pub fn year_start(&self, day: Date) -> Date {
        let guess = u32::try_from(i32::from(day.year()) - i32::from(self.effective.year()));
        for years in (0..=guess.unwrap_or(0)).rev() {
            let start = self.year(years);
            if start <= day {
                return start;
            }
        }
        self.effective
    }

    fn year(&self, years: u32) -> Date {
        if years == 0 {
            return self.effective;
        }
        after(
            &self.calendar,
            self.effective,
            Period::new(years, PeriodUnit::Year),
        )
    }

    /// The last day of the agreement year that a day lies in.
    pub fn year_end(&self, day: Date) -> Date {
        let start = self.year_start(day);
        let mut years = 1;
        while self.year(years) <= start {
            years += 1;
        }
        self.year(years).plus_days(-1)
    }

    /// How many months, quarters and agreement years end in a time, and which of them are covered in part.
    pub fn ends(&self, time: &Time) -> Ends {
        let mut ends = Ends::default();
        let closed = |end: Date| {
            // A period that the end of the agreement cuts off ends with it.
            let over = self.ended.map_or(end, |ended| end.min(ended));
            time.from <= over && over <= time.to
        };
        let part = |first: Date, last: Date| -> Option<Part> {
            let from = first.max(self.effective);
            let to = self.ended.map_or(last, |ended| last.min(ended));
            let days = u32::try_from(from.days_until(to) + 1).ok()?;
            let of = u32::try_from(first.days_until(last) + 1).ok()?;
            (days < of).then_some(Part { days, of })
        };
        let push = |slots: &mut [Option<Part>; 2], part: Option<Part>| {
            if let Some(slot) = slots.iter_mut().find(|slot| slot.is_none()) {
                *slot = part;
            }
        };
        let mut month = first_of_month(time.from);
        while month <= time.to {
            let last = month.last_of_month();
            if closed(last) {
                ends.months += 1;
                push(&mut ends.parts.month, part(month, last));
            }
            month = last.plus_days(1);
        }
        let (first, last) = quarter(time.from);
        if closed(last) {
            ends.quarters += 1;
            push(&mut ends.parts.quarter, part(first, last));
        }
        let mut day = time.from;
        while day <= time.to {
            let (first, last) = (self.year_start(day), self.year_end(day));
            if closed(last) {
                ends.years += 1;
                push(&mut ends.parts.year, part(first, last));
            }
            day = last.plus_days(1);
        }
        ends
    }

    /// The parts into which the times of the tiers divide a statement: first and last day of each.
    pub fn parts(&self, time: &Time, period: TierPeriod) -> Vec<(Date, Date)> {
        let mut parts = Vec::new();
        let mut from = time.from;
        while from <= time.to {
            let end = match period {
                TierPeriod::Month | TierPeriod::TrailingYear => from.last_of_month(),
                TierPeriod::Quarter => quarter(from).1,
                TierPeriod::Year => self.year_end(from),
                TierPeriod::SinceStart => time.to,
            };
            let to = end.min(time.to);
            parts.push((from, to));
            from = to.plus_days(1);
        }
        parts
    }

    /// The first day of the tiers' time that a day lies in; trailing times begin eleven months before.
    pub fn tier_start(&self, day: Date, period: TierPeriod) -> Date {
        let start = match period {
            TierPeriod::Month => first_of_month(day),
            TierPeriod::Quarter => quarter(day).0,
            TierPeriod::Year => self.year_start(day),
            TierPeriod::TrailingYear => months_before(day, 11),
            TierPeriod::SinceStart => self.effective,
        };
        start.max(self.effective)
    }
}

/// The first day of the month.
pub(super) fn first_of_month(day: Date) -> Date {
    Date::new(day.year(), day.month(), 1).unwrap_or(day)
}

/// The first and the last day of the calendar quarter.
pub(super) fn quarter(day: Date) -> (Date, Date) {
    let first = (day.month() - 1) / 3 * 3 + 1;
    let start = Date::new(day.year(), first, 1).unwrap_or(day);
    let last = Date::new(day.year(), first + 2, 1).unwrap_or(day);
    (start, last.last_of_month())
}

/// The first day of the month so many months before that of a day.
pub(super) fn months_before(day: Date, months: i16) -> Date {
    let index = day.year() * 12 + i16::from(day.month()) - 1 - months;
    let month = i8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
    Date::new(index.div_euclid(12), month, 1).unwrap_or(day)
}
