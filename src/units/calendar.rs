//! Counting days, business days and months, as a contract says it.
//!
//! In: a date and a period. Out: another date, or the two that careful people would come to.

use super::choice::choice;
use super::{Date, NumberWords, Numerals, Period, PeriodUnit};
use crate::diagnostic::{Code, Complaint};

/// What a month later means when that month has no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthEnd {
    /// The last day of that month: 31 January plus one month is 28 February.
    LastDay,
    /// The first day of the month after it: 31 January plus one month is 1 March.
    NextDay,
}

choice! {
    MonthEnd: LastDay = "last-day", NextDay = "next-day";
    pattern "^(last-day|next-day)$";
    expected "\"last-day\" or \"next-day\""
}

/// What happens to a date that is no business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum DayRule {
    /// Nothing.
    #[default]
    None,
    /// It moves to the business day before.
    Previous,
    /// It moves to the business day after.
    Following,
    /// It moves to the business day after, but never into the next month: then to the one before.
    ModifiedFollowing,
}

choice! {
    DayRule: None = "none", Previous = "previous", Following = "following",
        ModifiedFollowing = "modified-following";
    pattern "^(none|previous|following|modified-following)$";
    expected "\"none\", \"previous\", \"following\" or \"modified-following\""
}

/// The conventions that dates are counted by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Days other than Saturdays and Sundays on which nobody works.
    pub holidays: Vec<Date>,
    /// What a missing day of a month becomes; without it, such a date is ambiguous.
    pub month_end: Option<MonthEnd>,
    /// What happens to a deadline that is no business day.
    pub day_rule: DayRule,
}

/// Two dates that a count of months can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ambiguous {
    /// Where the count starts.
    pub from: Date,
    /// What is counted.
    pub period: Period,
    /// Whether the count goes back in time.
    pub back: bool,
    /// What [`MonthEnd::LastDay`] makes of it.
    pub last_day: Date,
    /// What [`MonthEnd::NextDay`] makes of it.
    pub next_day: Date,
}

impl Ambiguous {
    /// The complaint about `text`, which is where the period or the date was written.
    pub fn complaint(&self, text: &str) -> Complaint {
        let numerals = Numerals {
            words: NumberWords::ToTen,
            ..Numerals::english()
        };
        let period = self.period.print(&numerals);
        let sign = if self.back { "minus" } else { "plus" };
        let message = format!(
            "{} {sign} {period} is {} or {}",
            self.from.print(),
            self.last_day.print(),
            self.next_day.print(),
        );
        let help = "add month_end = \"last-day\" or month_end = \"next-day\"";
        Complaint::new(Code::MonthEnd, 0..text.len(), message, help)
    }
}

/// Where a count of months arrives.
enum Landing {
    /// On a day that exists.
    On(Date),
    /// On a day that the month does not have: between its last day and the first day of the next.
    Between(Date, Date),
}

impl Calendar {
    /// The date `period` after `date`; `date` itself is not counted.
    ///
    /// Months are counted from `date` to the same day of a later month. Hours are counted as days, begun ones
    /// as whole ones.
    ///
    /// # Errors
    ///
    /// If the later month has no such day and the calendar does not say what then.
    pub fn add(&self, date: Date, period: Period) -> Result<Date, Ambiguous> {
        self.count(date, period, false)
    }

    /// The date `period` before `date`.
    ///
    /// # Errors
    ///
    /// If the earlier month has no such day and the calendar does not say what then.
    pub fn subtract(&self, date: Date, period: Period) -> Result<Date, Ambiguous> {
        self.count(date, period, true)
    }

    /// The last day of a term of `length` that starts on `start`, both days included.
    ///
    /// Twelve months from 1 January 2027 end on 31 December 2027: the day before the next term would start.
    ///
    /// # Errors
    ///
    /// If the calendar does not say which day the next term would start on.
    pub fn term_end(&self, start: Date, length: Period) -> Result<Date, Ambiguous> {
        self.add(start, length).map(|next| next.plus_days(-1))
    }

    /// The last day on which notice of at least `notice` before `end` can be given, and the same day moved by
    /// the day rule.
    ///
    /// It is the latest day to which adding `notice` does not lead beyond `end`: for 90 days before 31 December
    /// 2027 it is 2 October 2027, for three months 30 September 2027. A rule that moves days forward can make
    /// the notice shorter than `notice`: the calendar does what its rule says.
    ///
    /// # Errors
    ///
    /// If that day depends on a month-end rule that the calendar does not have.
    pub fn notice_deadline(&self, end: Date, notice: Period) -> Result<(Date, Date), Ambiguous> {
        let raw = if let Some(rule) = self.month_end {
            self.latest_start(end, notice, rule)
        } else {
            let last_day = self.latest_start(end, notice, MonthEnd::LastDay);
            let next_day = self.latest_start(end, notice, MonthEnd::NextDay);
            if last_day != next_day {
                return Err(Ambiguous {
                    from: end,
                    period: notice,
                    back: true,
                    last_day,
                    next_day,
                });
            }
            last_day
        };
        Ok((raw, self.adjust(raw)))
    }

    /// Whether people work on that day: it is no Saturday, no Sunday and no holiday.
    pub fn is_business_day(&self, date: Date) -> bool {
        !date.is_weekend() && !self.holidays.contains(&date)
    }

    /// The date, moved by the day rule if it is no business day.
    pub fn adjust(&self, date: Date) -> Date {
        if self.is_business_day(date) {
            return date;
        }
        match self.day_rule {
            DayRule::None => date,
            DayRule::Previous => self.step(date, -1),
            DayRule::Following => self.step(date, 1),
            DayRule::ModifiedFollowing => {
                let following = self.step(date, 1);
                if (following.year(), following.month()) == (date.year(), date.month()) {
                    following
                } else {
                    self.step(date, -1)
                }
            }
        }
    }

    /// The next business day in a direction, not counting `date`; the last of all dates if there is none.
    fn step(&self, date: Date, direction: i32) -> Date {
        let mut day = date;
        loop {
            let next = day.plus_days(direction);
            if next == day || self.is_business_day(next) {
                return next;
            }
            day = next;
        }
    }

    fn count(&self, date: Date, period: Period, back: bool) -> Result<Date, Ambiguous> {
        match (self.arrive(date, period, back), self.month_end) {
            (Landing::On(date), _)
            | (Landing::Between(date, _), Some(MonthEnd::LastDay))
            | (Landing::Between(_, date), Some(MonthEnd::NextDay)) => Ok(date),
            (Landing::Between(last_day, next_day), None) => Err(Ambiguous {
                from: date,
                period,
                back,
                last_day,
                next_day,
            }),
        }
    }

    fn arrive(&self, date: Date, period: Period, back: bool) -> Landing {
        let sign = if back { -1 } else { 1 };
        let signed = |count: u32| {
            i32::try_from(count)
                .unwrap_or(i32::MAX)
                .saturating_mul(sign)
        };
        match period.unit {
            PeriodUnit::Hour => Landing::On(date.plus_days(signed(period.count.div_ceil(24)))),
            PeriodUnit::Day => Landing::On(date.plus_days(signed(period.count))),
            PeriodUnit::Week => Landing::On(date.plus_days(signed(period.count.saturating_mul(7)))),
            PeriodUnit::BusinessDay => {
                let mut day = date;
                for _ in 0..period.count {
                    let next = self.step(day, sign);
                    if next == day {
                        break;
                    }
                    day = next;
                }
                Landing::On(day)
            }
            PeriodUnit::Month | PeriodUnit::Quarter | PeriodUnit::Year => {
                shift_months(date, signed(period.months().unwrap_or(0)))
            }
        }
    }

    /// The latest day to which adding `notice` does not lead beyond `end`.
    fn latest_start(&self, end: Date, notice: Period, rule: MonthEnd) -> Date {
        let resolve = |landing| match (landing, rule) {
            (Landing::On(date), MonthEnd::LastDay | MonthEnd::NextDay)
            | (Landing::Between(date, _), MonthEnd::LastDay)
            | (Landing::Between(_, date), MonthEnd::NextDay) => date,
        };
        let runs_out = |start| resolve(self.arrive(start, notice, false));
        // Counting back is a good guess; the right day is at most a few days off.
        let mut day = resolve(self.arrive(end, notice, true));
        while runs_out(day) > end && day > Date::MIN {
            day = day.plus_days(-1);
        }
        // All sums beyond the last date are that date, so it cannot be a goal.
        let in_time = |start| runs_out(start) <= end && runs_out(start) < Date::MAX;
        while in_time(day.plus_days(1)) {
            day = day.plus_days(1);
        }
        day
    }
}

/// The same day of the month `months` later, or earlier if negative.
fn shift_months(date: Date, months: i32) -> Landing {
    let index = (i32::from(date.year()) * 12 + i32::from(date.month()) - 1).saturating_add(months);
    let first = i16::try_from(index.div_euclid(12))
        .ok()
        .zip(i8::try_from(index.rem_euclid(12) + 1).ok())
        .and_then(|(year, month)| Date::new(year, month, 1));
    let Some(first) = first else {
        return Landing::On(if months < 0 { Date::MIN } else { Date::MAX });
    };
    let last = first.last_of_month();
    if date.day() <= last.day() {
        Landing::On(first.plus_days(i32::from(date.day()) - 1))
    } else {
        Landing::Between(last, last.plus_days(1))
    }
}

#[cfg(test)]
mod tests;
