//! The calendar against a second one that counts day by day.

use super::*;
use crate::units::Unit;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::from_text(text).expect(text)
}

fn period(text: &str) -> Period {
    Period::from_text(text).expect(text)
}

fn calendar(month_end: Option<MonthEnd>, day_rule: DayRule) -> Calendar {
    Calendar {
        month_end,
        day_rule,
        ..Calendar::default()
    }
}

/// Year, month and day as plain numbers, and a table of lengths: nothing shared with the code under test.
type Day = (i32, i32, i32);

fn length((year, month, _): Day) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    [
        31,
        28 + i32::from(leap),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ][usize::try_from(month - 1).expect("a month")]
}

fn next((year, month, day): Day) -> Day {
    if day < length((year, month, day)) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

/// The same day some months later, one month at a time; the flag tells that it does not exist.
fn months_later((mut year, mut month, day): Day, months: u32) -> (Day, bool) {
    for _ in 0..months {
        month += 1;
        if month == 13 {
            (year, month) = (year + 1, 1);
        }
    }
    let last = length((year, month, 1));
    ((year, month, day.min(last)), day > last)
}

fn simple(date: Date) -> Day {
    (date.year().into(), date.month().into(), date.day().into())
}

#[test]
fn agrees_with_a_calendar_that_counts_on_its_fingers() {
    let last_day = calendar(Some(MonthEnd::LastDay), DayRule::None);
    let next_day = calendar(Some(MonthEnd::NextDay), DayRule::None);
    let unruled = calendar(None, DayRule::None);
    let mut start = date("2024-01-01");
    let mut checked = 0;
    while start <= date("2032-12-31") {
        assert_eq!(simple(start.plus_days(1)), next(simple(start)));
        // Every month end, and a sample of the days between.
        let step = if start.day() >= 28 { 1 } else { 3 };
        for months in 1..=60 {
            let length = Period::new(months, PeriodUnit::Month);
            let (expected, missing) = months_later(simple(start), months);
            let after = if missing { next(expected) } else { expected };
            assert_eq!(last_day.add(start, length).map(simple), Ok(expected));
            assert_eq!(next_day.add(start, length).map(simple), Ok(after));
            assert_eq!(
                unruled.add(start, length).is_err(),
                missing,
                "{start:?} {months}"
            );
            for calendar in [&last_day, &next_day] {
                let end = calendar.term_end(start, length).expect("a rule");
                assert_eq!(Ok(end.plus_days(1)), calendar.add(start, length));
            }
            checked += 1;
        }
        start = start.plus_days(step);
    }
    assert!(checked > 60_000, "{checked}");
}

#[test]
fn terms_end_on_the_day_before() {
    let calendar = Calendar::default();
    for (start, length, end) in [
        ("2027-01-01", "12 months", "2027-12-31"),
        ("2027-01-01", "1 year", "2027-12-31"),
        ("2027-01-01", "1 quarter", "2027-03-31"),
        ("2027-03-15", "2 years", "2029-03-14"),
        ("2028-02-01", "1 month", "2028-02-29"),
        ("2027-01-01", "90 days", "2027-03-31"),
        ("2027-01-01", "2 weeks", "2027-01-14"),
        ("2027-01-01", "36 hours", "2027-01-02"),
    ] {
        assert_eq!(
            calendar.term_end(date(start), period(length)),
            Ok(date(end)),
            "{start} {length}"
        );
    }
}

#[test]
fn a_missing_day_needs_a_rule() {
    let (start, month) = (date("2027-01-31"), period("1 month"));
    let ambiguous = Calendar::default()
        .add(start, month)
        .expect_err("no 31 February");
    assert_eq!(
        (ambiguous.last_day, ambiguous.next_day),
        (date("2027-02-28"), date("2027-03-01"))
    );
    let complaint = ambiguous.complaint("1 month");
    assert_eq!(complaint.within, 0..7);
    assert_eq!(
        complaint.message,
        "31 January 2027 plus one month is 28 February 2027 or 1 March 2027"
    );
    let back = Calendar::default().subtract(date("2027-03-31"), month);
    assert!(back.is_err_and(|ambiguous| ambiguous.back));
    let last_day = calendar(Some(MonthEnd::LastDay), DayRule::None);
    assert_eq!(
        last_day.add(date("2028-02-29"), period("1 year")),
        Ok(date("2029-02-28"))
    );
    assert_eq!(
        last_day.subtract(date("2027-03-31"), month),
        Ok(date("2027-02-28"))
    );
}

#[test]
fn notice_is_never_too_short() {
    let previous = calendar(None, DayRule::Previous);
    for (end, notice, raw, adjusted) in [
        // A Saturday: the day before is a working day.
        ("2027-12-31", "90 days", "2027-10-02", "2027-10-01"),
        ("2027-12-31", "3 months", "2027-09-30", "2027-09-30"),
        ("2027-12-31", "1 year", "2026-12-31", "2026-12-31"),
        ("2028-03-31", "1 month", "2028-02-29", "2028-02-29"),
        // Five working days later is Friday, also for notice given on the Sunday before.
        ("2027-12-31", "5 business days", "2027-12-26", "2027-12-24"),
    ] {
        assert_eq!(
            previous.notice_deadline(date(end), period(notice)),
            Ok((date(raw), date(adjusted))),
            "{notice} before {end}"
        );
    }
    let ambiguous = previous.notice_deadline(date("2027-02-28"), period("1 month"));
    let ambiguous = ambiguous.expect_err("31 January or 28 January");
    assert_eq!(
        (ambiguous.last_day, ambiguous.next_day),
        (date("2027-01-31"), date("2027-01-28"))
    );
}

#[test]
fn business_days_skip_weekends_and_holidays() {
    let mut calendar = calendar(None, DayRule::None);
    calendar.holidays = vec![date("2027-01-01"), date("2027-01-04")];
    assert!(!calendar.is_business_day(date("2027-01-01")));
    assert!(!calendar.is_business_day(date("2027-01-02")));
    assert!(calendar.is_business_day(date("2027-01-05")));
    let days = period("2 business days");
    assert_eq!(
        calendar.add(date("2026-12-31"), days),
        Ok(date("2027-01-06"))
    );
    assert_eq!(
        calendar.subtract(date("2027-01-06"), days),
        Ok(date("2026-12-31"))
    );
    for (rule, adjusted) in [
        (DayRule::None, "2027-01-02"),
        (DayRule::Previous, "2026-12-31"),
        (DayRule::Following, "2027-01-05"),
        (DayRule::ModifiedFollowing, "2027-01-05"),
    ] {
        calendar.day_rule = rule;
        assert_eq!(calendar.adjust(date("2027-01-02")), date(adjusted));
        assert_eq!(calendar.adjust(date("2027-01-05")), date("2027-01-05"));
    }
    // The Saturday that ends a month moves back.
    assert_eq!(calendar.adjust(date("2027-07-31")), date("2027-07-30"));
}

#[test]
fn the_last_of_all_dates_is_no_panic() {
    let calendar = calendar(Some(MonthEnd::LastDay), DayRule::Following);
    for unit in PeriodUnit::ALL {
        let period = Period::new(9_999, unit);
        assert!(calendar.add(Date::MAX, period).is_ok());
        assert!(calendar.subtract(Date::MIN, period).is_ok());
        assert!(calendar.notice_deadline(Date::MIN, period).is_ok());
        assert!(calendar.notice_deadline(Date::MAX, period).is_ok());
    }
    assert!(
        calendar
            .add(Date::MAX, Period::new(u32::MAX, PeriodUnit::Quarter))
            .is_ok()
    );
    assert_eq!(calendar.adjust(Date::MAX), Date::MAX);
}

proptest! {
    #[test]
    fn notice_is_the_latest_that_is_long_enough(
        days in 0_i32..=3_000,
        count in 1_u32..=60,
        unit in 0..PeriodUnit::ALL.len(),
        rule in 0..MonthEnd::ALL.len(),
    ) {
        let calendar = calendar(Some(MonthEnd::ALL[rule]), DayRule::Previous);
        let end = date("2024-01-01").plus_days(days);
        let notice = Period::new(count, PeriodUnit::ALL[unit]);
        let (raw, adjusted) = calendar.notice_deadline(end, notice).expect("a rule");
        prop_assert!(calendar.add(raw, notice).expect("a rule") <= end);
        prop_assert!(calendar.add(raw.plus_days(1), notice).expect("a rule") > end);
        prop_assert!(adjusted <= raw && calendar.is_business_day(adjusted));
    }

    #[test]
    fn adding_never_goes_back(
        days in 0_i32..=3_000,
        count in 1_u32..=60,
        unit in 0..PeriodUnit::ALL.len(),
        rule in 0..MonthEnd::ALL.len(),
    ) {
        let calendar = calendar(Some(MonthEnd::ALL[rule]), DayRule::None);
        let start = date("2024-01-01").plus_days(days);
        let period = Period::new(count, PeriodUnit::ALL[unit]);
        let end = calendar.add(start, period).expect("a rule");
        prop_assert!(end > start);
        prop_assert!(calendar.add(start.plus_days(1), period).expect("a rule") >= end);
        prop_assert!(calendar.subtract(end, period).expect("a rule") <= end);
    }
}
