//! Every day that follows from a deal, computed once for the text, the table, the picture and the calendar.
//!
//! While the effective date is open there are no days: the documents say so and leave them open.

mod renewed;

pub use renewed::renewed;

use crate::deal::{Deal, Quarters, RenewalKind, Side, Text};
use crate::index::Names;
use crate::library::{CalendarWords, DateWords, fill};
use crate::source::At;
use crate::units::{Calendar, Date, Numerals, Period, ordinal};
use crate::write;

/// The days that follow from a deal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The first day.
    pub effective: Option<Date>,
    /// The last day of the first term.
    pub end: Option<Date>,
    /// The last day for notice of non-renewal as counted, before the business-day rule.
    pub notice_counted: Option<Date>,
    /// The last day for notice of non-renewal.
    pub notice_by: Option<Date>,
    /// The last day of exclusivity.
    pub exclusive_until: Option<Date>,
    /// All key dates, in order.
    pub entries: Vec<Entry>,
}

/// A key date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day, moved by the business-day rule where something must be done on it.
    pub date: Date,
    /// What kind of date it is.
    pub kind: DateKind,
    /// What happens.
    pub what: String,
    /// Who must act.
    pub who: String,
    /// The clause it follows from: an anchor.
    pub clause: String,
}

/// Kinds of key dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateKind {
    /// The agreement begins.
    Effective,
    /// A review.
    Review,
    /// A window opens.
    Window,
    /// The last day to say something.
    Deadline,
    /// Something ends.
    End,
}

/// The conventions that a deal counts days by.
pub fn conventions(deal: &Deal) -> Calendar {
    deal.agreement.calendar()
}

/// Computes all days of a deal. `included` tells which clauses the agreement has.
pub fn schedule(
    deal: &Deal,
    words: &CalendarWords,
    included: &Names,
    numerals: &Numerals,
) -> Schedule {
    let Some(effective) = deal.agreement.effective.as_ref().map(|date| date.value) else {
        return Schedule::default();
    };
    let calendar = conventions(deal);
    // The calendar has its month-end rule, so no count of months is ambiguous.
    let add = |date: Date, period: Period| calendar.add(date, period).unwrap_or(date);
    let last_of = |period: Period| calendar.term_end(effective, period).unwrap_or(effective);
    let end = last_of(deal.term.initial.value);
    let closes = |of: Quarters, months: u32| {
        let all = of.closes(&calendar, effective, months);
        all.take_while(move |close| *close <= end)
    };
    let mut days = Days {
        calendar: &calendar,
        included,
        parties: parties(deal),
        entries: Vec::new(),
    };
    days.fixed(effective, DateKind::Effective, &words.effective, &[]);
    days.fixed(end, DateKind::End, &words.term_end, &[]);
    let mut schedule = Schedule {
        effective: Some(effective),
        end: Some(end),
        ..Schedule::default()
    };
    if let Some(renewal) = &deal.term.renewal
        && let Ok((counted, adjusted)) = calendar.notice_deadline(end, renewal.notice.value)
    {
        schedule.notice_counted = Some(counted);
        schedule.notice_by = Some(adjusted);
        let kind = match renewal.kind.value {
            RenewalKind::Automatic => DateKind::Deadline,
            RenewalKind::ByAgreement => DateKind::Window,
        };
        days.fixed(adjusted, kind, &words.notice, &[]);
    }
    if let Some(tail) = &deal.term.tail {
        days.fixed(
            add(end, tail.period.value),
            DateKind::End,
            &words.tail_end,
            &[],
        );
    }
    if let Some(exclusivity) = &deal.exclusivity {
        let holder = [("holder", short(deal, exclusivity.holder.id()))];
        let until = last_of(exclusivity.period.value);
        schedule.exclusive_until = Some(until);
        // What has reverted has no day to come.
        let reverted = exclusivity.reverted.as_ref();
        let lost = reverted.filter(|_| exclusivity.regained.is_none());
        if lost.is_none() {
            days.fixed(until, DateKind::End, &words.exclusivity_end, &holder);
        }
        if reverted.is_none() {
            let due = last_of(exclusivity.commitment.within.value);
            days.fixed(
                due,
                DateKind::Deadline,
                &words.exclusivity_commitment,
                &holder,
            );
        }
    }
    for guarantee in &deal.guarantee {
        days.fixed(
            last_of(guarantee.within.value),
            DateKind::End,
            &words.guarantee_end,
            &[
                ("name", guarantee.name.as_str()),
                ("giver", short(deal, guarantee.giver.id())),
            ],
        );
    }
    if let Some(reviews) = &deal.reviews {
        for early in &reviews.early {
            let period = early.print(numerals);
            days.moved(
                add(effective, early.value),
                DateKind::Review,
                &words.early_review,
                &[("period", &period)],
            );
        }
        let months = reviews.regular.value.months();
        for close in closes(reviews.quarters.value, months) {
            let held = add(close, reviews.within.value);
            if held <= end {
                let name = period_name(close, months);
                days.moved(
                    held,
                    DateKind::Review,
                    &words.regular_review,
                    &[("name", &name)],
                );
            }
        }
        if let Some(before) = &reviews.annual_window {
            for close in closes(Quarters::Agreement, 12) {
                let anniversary = close.plus_days(1);
                if let Ok(opens) = calendar.subtract(anniversary, before.value) {
                    days.fixed(opens, DateKind::Window, &words.annual_window, &[]);
                }
            }
        }
    }
    if let Some(economics) = &deal.economics {
        if let Some(minimum) = &economics.minimum {
            let months = minimum.per.value.months();
            for close in closes(Quarters::Agreement, months) {
                let name = deal
                    .metric(minimum.metric.id())
                    .map_or("", |metric| metric.name.as_str());
                days.fixed(close, DateKind::Deadline, &words.minimum, &[("name", name)]);
            }
        }
        if let Some(spiff) = &economics.spiff {
            days.fixed(
                last_of(spiff.runs.value),
                DateKind::End,
                &words.spiff_end,
                &[],
            );
        }
        let months = economics.payment.statements.value.months();
        // The first statement shows the rhythm; a row for each would bury the other dates.
        if let Some(close) = closes(Quarters::Calendar, months).next() {
            let due = add(close, economics.payment.statement_due.value);
            let name = period_name(close, months);
            days.moved(
                due,
                DateKind::Deadline,
                &words.statement,
                &[("name", &name)],
            );
        }
    }
    schedule.entries = days.entries;
    schedule
        .entries
        .sort_by(|a, b| (a.date, a.kind, &a.what).cmp(&(b.date, b.kind, &b.what)));
    schedule.entries.dedup();
    schedule
}

/// The key dates as events of a calendar.
pub fn calendar(deal: &Deal, schedule: &Schedule) -> write::Calendar {
    let compact = |date: Date| date.iso().replace('-', "");
    let ids: Vec<&str> = deal.party.iter().map(|party| party.id.as_str()).collect();
    let shorts: Vec<&str> = deal
        .party
        .iter()
        .map(|party| party.short.as_str())
        .collect();
    write::Calendar {
        name: format!("{} – {}", deal.agreement.title, shorts.join(", ")),
        id: ids.join("-"),
        stamp: schedule.effective.map(compact).unwrap_or_default(),
        events: schedule
            .entries
            .iter()
            .map(|entry| write::Event {
                day: compact(entry.date),
                next_day: compact(entry.date.plus_days(1)),
                kind: entry.clause.clone(),
                summary: entry.what.clone(),
                description: format!("{}. {}", entry.who, deal.agreement.title),
                reminders: match entry.kind {
                    DateKind::Deadline | DateKind::Window => vec![30, 7],
                    DateKind::Review => vec![7],
                    DateKind::Effective | DateKind::End => Vec::new(),
                },
            })
            .collect(),
    }
}

/// The short name of a party.
fn short<'d>(deal: &'d Deal, id: &str) -> &'d str {
    deal.party(id).map_or("", |party| party.short.as_str())
}

/// The parties by the part that they play, for the words of dates.
fn parties(deal: &Deal) -> Vec<(&'static str, &str)> {
    let mut parties = Vec::new();
    for (name, side) in [("company", Side::Company), ("partner", Side::Partner)] {
        if let Some(party) = deal.side(side) {
            parties.push((name, party.short.as_str()));
        }
    }
    if let Some(economics) = &deal.economics {
        parties.push(("payer", short(deal, economics.payer.id())));
        parties.push(("payee", short(deal, economics.payee.id())));
    }
    parties
}

/// What the period of `months` months that ends on `close` is called.
pub fn period_name(close: Date, months: u32) -> String {
    let month = u32::from(close.month().unsigned_abs());
    let year = close.year();
    // A period that ends within a month has no name of its own but its last day.
    if close != close.last_of_month() || !month.is_multiple_of(months) {
        return format!("the period to {}", close.print());
    }
    let place = ordinal(month / months);
    match months {
        1 => format!("{} {year}", month_name(close)),
        3 => format!("the {place} quarter of {year}"),
        6 => format!("the {place} half of {year}"),
        _ => format!("the year {year}"),
    }
}

fn month_name(date: Date) -> String {
    let printed = date.print();
    printed.split(' ').nth(1).unwrap_or_default().to_owned()
}

struct Days<'a> {
    calendar: &'a Calendar,
    included: &'a Names,
    parties: Vec<(&'static str, &'a str)>,
    entries: Vec<Entry>,
}

impl Days<'_> {
    /// A day that is what it is. `values` fill in the words.
    fn fixed(&mut self, date: Date, kind: DateKind, words: &DateWords, values: &[(&str, &str)]) {
        let clause = words.clause.as_str();
        if !self.included.contains(clause) {
            return;
        }
        let mut known: Vec<(&str, &str)> = self.parties.clone();
        known.extend_from_slice(values);
        let filled = |text: &At<Text>| fill(text.as_str(), &known);
        self.entries.push(Entry {
            date,
            kind,
            what: filled(&words.what),
            who: filled(&words.who),
            clause: clause.to_owned(),
        });
    }

    /// A day on which people meet or send something: moved by the business-day rule.
    fn moved(&mut self, date: Date, kind: DateKind, words: &DateWords, values: &[(&str, &str)]) {
        self.fixed(self.calendar.adjust(date), kind, words, values);
    }
}
