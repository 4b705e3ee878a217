//! The days of a term that was renewed: what comes again, for as long as the Agreement goes on.
//!
//! In: a deal and a day after its Initial Term. Out: the days to come in the renewed term that the day lies in. They
//! stand in no document of the Agreement, which knows its Initial Term alone.

use super::{DateKind, Days, Entry, conventions, parties, period_name};
use crate::deal::{Deal, Quarters, RenewalKind};
use crate::index::Names;
use crate::library::CalendarWords;
use crate::units::{Date, Period};

/// The days to come after `day` in the renewed term that it lies in, in order; none while the Initial Term lasts, and
/// none if the Agreement cannot have been renewed so often.
///
/// # Source
///
/// Clauses `renewal`, `review-calendar`, `minimum-commitment` and `payment-schedule`.
pub fn renewed(deal: &Deal, words: &CalendarWords, included: &Names, day: Date) -> Vec<Entry> {
    let calendar = conventions(deal);
    let effective = deal.agreement.effective.as_ref().map(|date| date.value);
    let (Some(effective), Some(renewal)) = (effective, &deal.term.renewal) else {
        return Vec::new();
    };
    let term = |from: Date, length: Period| calendar.term_end(from, length).ok();
    let Some(mut end) = term(effective, deal.term.initial.value).filter(|end| *end < day) else {
        return Vec::new();
    };
    let mut count = 0;
    let most = renewal
        .limit
        .as_ref()
        .map_or(u64::MAX, |limit| limit.number);
    while end < day {
        count += 1;
        match term(end.plus_days(1), renewal.period.value) {
            Some(next) if count <= most && next > end => end = next,
            Some(_) | None => return Vec::new(),
        }
    }
    let mut days = Days {
        calendar: &calendar,
        included,
        parties: parties(deal),
        entries: Vec::new(),
    };
    days.fixed(end, DateKind::End, &words.renewed_end, &[]);
    if count < most
        && let Ok((_, adjusted)) = calendar.notice_deadline(end, renewal.notice.value)
    {
        let kind = match renewal.kind.value {
            RenewalKind::Automatic => DateKind::Deadline,
            RenewalKind::ByAgreement => DateKind::Window,
        };
        days.fixed(adjusted, kind, &words.notice, &[]);
    }
    let add = |date: Date, period: Period| calendar.add(date, period).unwrap_or(date);
    let all = |of: Quarters, months: u32| {
        let all = of.closes(&calendar, effective, months);
        all.take_while(move |close| *close <= end)
    };
    if let Some(reviews) = &deal.reviews {
        let months = reviews.regular.value.months();
        for close in all(reviews.quarters.value, months) {
            let name = period_name(close, months);
            let held = add(close, reviews.within.value);
            if held > end {
                continue;
            }
            let values = [("name", name.as_str())];
            days.moved(held, DateKind::Review, &words.regular_review, &values);
        }
        if let Some(before) = &reviews.annual_window {
            for close in all(Quarters::Agreement, 12) {
                if let Ok(opens) = calendar.subtract(close.plus_days(1), before.value) {
                    days.fixed(opens, DateKind::Window, &words.annual_window, &[]);
                }
            }
        }
    }
    if let Some(economics) = &deal.economics {
        if let Some(minimum) = &economics.minimum {
            let months = minimum.per.value.months();
            let metric = deal.metric(minimum.metric.id());
            let name = metric.map_or("", |metric| metric.name.as_str());
            for close in all(Quarters::Agreement, months) {
                days.fixed(close, DateKind::Deadline, &words.minimum, &[("name", name)]);
            }
        }
        let months = economics.payment.statements.value.months();
        // The next one shows the rhythm.
        let due =
            |close: &Date| calendar.adjust(add(*close, economics.payment.statement_due.value));
        if let Some(close) = all(Quarters::Calendar, months).find(|close| due(close) > day) {
            let name = period_name(close, months);
            let values = [("name", name.as_str())];
            days.fixed(due(&close), DateKind::Deadline, &words.statement, &values);
        }
    }
    let mut entries = days.entries;
    entries.retain(|entry| entry.date > day);
    entries.sort_by(|a, b| (a.date, a.kind, &a.what).cmp(&(b.date, b.kind, &b.what)));
    entries.dedup();
    entries
}
