//! The statements of a deal one after the other, from events that a ledger has taken in.
//!
//! In: what is asked for, and each event with what it means and its account. Out: each statement as its time ends.
//! Where the ledger stands, in memory or beside it, makes no difference here.

use super::account::Account;
use super::asked::{minimum_window, queries};
use super::books::{Books, Settlement};
use super::event::Event;
use super::ledger::{Ledger, What};
use super::made::{EventCounts, Made, Stretch, minimum_state};
use super::metrics::{Gauges, MetricValue, Query};
use super::pay::{Closed, Fold, Moved, Trace, readable};
use super::run::{Order, not_a_period};
use super::time::{Course, Time};
use super::version::{self, Version, in_force};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Date;

/// The statements of a deal from its first day to the one that is wanted.
#[derive(Debug)]
pub(super) struct Statements<'a> {
    /// The deal as it is in the time of the statement that is wanted.
    deal: &'a Deal,
    /// The versions of the deal, and the one that the statements have come to, by place.
    pub(super) versions: Vec<Version<'a>>,
    pay_version: usize,
    /// The version that events have come to: one that changes no pay divides no statement.
    seen_version: usize,
    pub(super) course: Course,
    pub(super) fold: Fold<'a>,
    books: Books<'a>,
    minimum: Option<(Date, Date)>,
    measured: Vec<String>,
    queries: Vec<Query>,
    pub(super) target: Time,
    order: Order,
    closed: Vec<(Closed, Settlement)>,
    counts: EventCounts,
    /// How many events there were in the time of the statement, and in those that come.
    in_time: u64,
    in_times: std::vec::IntoIter<u64>,
    empty: Vec<Time>,
    done: bool,
    /// Why a statement on the way cannot be made, and the last day whose events were looked at.
    broken: Option<(Diagnostic, Date)>,
}

/// What a ledger comes to in the end.
pub(super) struct Ended {
    /// How many accounts were named.
    pub(super) accounts: u64,
    /// Leads and activations that were sent and are not decided.
    pub(super) pending: u64,
    /// How many events came after the time of the statement.
    pub(super) later: u64,
    /// How many silence decided in the time of the statement.
    pub(super) by_silence: u64,
    /// The metrics.
    pub(super) values: Vec<MetricValue>,
    /// What is odd and stops nothing.
    pub(super) warnings: Vec<Diagnostic>,
}

impl<'a> Statements<'a> {
    /// Begins with the first statement.
    ///
    /// # Errors
    ///
    /// As `Run::under`.
    pub(super) fn under(versions: &[Version<'a>], order: Order) -> Result<Statements<'a>, Report> {
        let mut report = Report::new();
        let deal = versions[0].deal;
        readable(deal, &mut report);
        let open = deal.agreement.effective.as_ref().map(|date| date.value);
        let effective = order.effective.or(open);
        if effective.is_none() {
            report.push(
                Diagnostic::error(
                    Code::NotReadable,
                    &deal.agreement.at,
                    "the day from which the agreement holds is open",
                )
                .help("name it: `--effective 2027-01-01`, or `effective` in the deal once it is signed"),
            );
        }
        let (Some(economics), Some(effective)) = (&deal.economics, effective) else {
            return Err(report);
        };
        let statements = economics.payment.statements.value;
        let course = Course::new(deal, effective, order.ended, statements);
        let target = course.named(&order.period);
        let sound = target.filter(|time| time.from <= time.to && time.to >= effective);
        let Some(target) = sound else {
            report.push(not_a_period(deal, &course, &order.period));
            return Err(report);
        };
        version::check(versions, target.to, &mut report);
        // Measures and the minimum are taken when the time ends.
        let newest = versions[in_force(versions, target.to)].deal;
        let first = in_force(versions, effective);
        let (deal, economics) = match &versions[first].deal.economics {
            Some(economics) => (versions[first].deal, economics),
            None => (deal, economics),
        };
        for later in &versions[1..] {
            if later.from <= target.to {
                readable(later.deal, &mut report);
            }
        }
        if report.has_errors() {
            return Err(report);
        }
        let minimum = minimum_window(newest, &course, &target);
        let (queries, measured) = queries(newest, &target, minimum);
        let one = |finding| {
            let mut report = Report::new();
            report.push(finding);
            report
        };
        let all: Vec<&Deal> = versions.iter().map(|version| version.deal).collect();
        let mut fold = Fold::new(&all, deal, course.clone()).map_err(one)?;
        if fold.time().to >= target.to {
            fold.trace = Some(trace(&order));
        }
        Ok(Statements {
            deal: newest,
            versions: versions.to_vec(),
            pay_version: first,
            seen_version: first,
            fold,
            books: Books::new(deal, economics),
            queries,
            minimum,
            measured,
            target,
            closed: Vec::new(),
            counts: EventCounts::default(),
            in_time: 0,
            in_times: Vec::new().into_iter(),
            empty: Vec::new(),
            done: false,
            broken: None,
            course,
            order,
        })
    }

    /// The metrics that are asked for.
    ///
    /// # Errors
    ///
    /// If the deal does not have one of them.
    pub(super) fn gauges(&self) -> Result<Gauges<'a>, Report> {
        Gauges::new(self.deal, &self.queries)
    }

    /// Refuses an event from before the agreement.
    pub(super) fn begun(&self, event: &Event) -> Result<(), Diagnostic> {
        if event.date >= self.course.effective {
            return Ok(());
        }
        Err(event.error(
            Code::EventDate,
            super::Column::Date,
            format!(
                "the event is dated before the agreement began, on {}",
                self.course.effective.print()
            ),
            "correct the date, or leave the row out",
        ))
    }

    /// Goes on to the statement of a day; `false` if there is none any more. `ledger` is the one in memory, if it is
    /// there.
    pub(super) fn reach(&mut self, day: Date, ledger: Option<&Ledger<'_>>) -> bool {
        let over = self.course.ended.is_some_and(|ended| day > ended);
        if over || self.done || self.broken.is_some() {
            return false;
        }
        while day > self.fold.time().to {
            self.close(ledger);
            if self.done || self.broken.is_some() {
                return false;
            }
        }
        self.amend(day);
        self.broken.is_none()
    }

    /// A statement on the way cannot be made, and the events after this day are not looked at.
    pub(super) fn give_up(&mut self, finding: Diagnostic, last: Date) {
        self.broken.get_or_insert((finding, last));
    }

    /// Takes in an event of the statement's time, which the ledger has taken in.
    ///
    /// # Errors
    ///
    /// If it does not fit the statements before it.
    pub(super) fn take(
        &mut self,
        event: &Event,
        what: What,
        account: Option<(u64, &Account)>,
    ) -> Result<(), Diagnostic> {
        self.books.take(event)?;
        self.fold.take(event, what, account)
    }

    /// Counts an event of the statement's time.
    pub(super) fn count(&mut self) {
        self.in_time += 1;
    }

    /// Takes back an event that was counted and does not fit.
    pub(super) fn uncount(&mut self) {
        self.in_time = self.in_time.saturating_sub(1);
    }

    /// How many events were counted elsewhere, in the time of each statement.
    pub(super) fn expect(&mut self, in_times: Vec<u64>) {
        self.in_times = in_times.into_iter();
        self.in_time += self.in_times.next().unwrap_or(0);
    }

    /// The last day that was gone through, if a statement on the way cannot be made.
    pub(super) fn broke(&self) -> Option<Date> {
        self.broken.as_ref().map(|(_, last)| *last)
    }

    /// Goes on under the amendments that begin within the time of the statement, up to a day; and into the next agreement
    /// year, if a cap or a floor looks at years.
    fn amend(&mut self, day: Date) {
        loop {
            let now = self.versions[self.pay_version].deal;
            let mut later = self.versions.iter().skip(self.seen_version + 1);
            let begun = later.next().map(|next| next.from);
            if let Some(year) = self.fold.next_year().filter(|year| *year <= day)
                && begun.is_none_or(|from| from > year)
            {
                if !self.divide(now, year, Moved::default()) {
                    return;
                }
                continue;
            }
            let Some(from) = begun else {
                return;
            };
            if from > day {
                return;
            }
            // Of several that begin on one day the last one holds.
            self.seen_version = in_force(&self.versions, from);
            let deal = self.versions[self.seen_version].deal;
            if from <= self.fold.time().from {
                continue;
            }
            self.books.amend(deal);
            if version::pays(now, deal) {
                let moved = version::moved(now, deal);
                if !self.divide(deal, from, moved) {
                    return;
                }
                self.pay_version = self.seen_version;
            }
        }
    }

    /// Divides the statement; `false` if that cannot be.
    fn divide(&mut self, deal: &'a Deal, day: Date, moved: Moved) -> bool {
        let divided = self.fold.divide(deal, day, moved);
        let fits = divided.is_ok();
        if let Err(finding) = divided {
            self.give_up(finding, day.plus_days(-1));
        }
        fits
    }

    fn close(&mut self, ledger: Option<&Ledger<'_>>) {
        let last = self.fold.time().to;
        self.amend(last);
        if self.broken.is_none()
            && let Err(finding) = self.make(ledger)
        {
            self.give_up(finding, last);
        }
    }

    fn make(&mut self, ledger: Option<&Ledger<'_>>) -> Result<(), Diagnostic> {
        let now = self.fold.time().clone();
        let next = self.course.around(now.to.plus_days(1));
        if self.in_time == 0 && !self.order.quiet.contains(&now.name) {
            self.empty.push(now.clone());
        }
        let version = in_force(&self.versions, next.from);
        let amended = (version > self.pay_version).then(|| self.versions[version].deal);
        if let Some(deal) = amended {
            let moved = version::moved(self.versions[self.pay_version].deal, deal);
            self.fold.amend(deal, next.from, moved)?;
        }
        let closed = self.fold.close(ledger, next)?;
        let settlement = self.books.settle(&closed, &self.course);
        if let Some(deal) = amended {
            self.books.amend(deal);
            self.pay_version = version;
            self.seen_version = version;
        }
        self.done = now.to >= self.target.to;
        if self.done {
            self.counts.here = self.in_time;
        } else {
            self.counts.before += self.in_time;
        }
        self.in_time = self.in_times.next().unwrap_or(0);
        self.closed.push((closed, settlement));
        if !self.done && self.fold.time().to >= self.target.to {
            self.fold.trace = Some(trace(&self.order));
        }
        Ok(())
    }

    /// Goes on to the end of the statement that is wanted.
    pub(super) fn end(&mut self, ledger: Option<&Ledger<'_>>) {
        while !self.done && self.broken.is_none() {
            self.close(ledger);
        }
    }

    /// The statement that is wanted, once its time has ended.
    ///
    /// # Errors
    ///
    /// If there are no events of a time that the statement builds on.
    pub(super) fn finish(mut self, ended: Ended) -> Result<Made, Report> {
        let mut report = Report::new();
        if let Some((finding, _)) = self.broken {
            report.push(finding);
            return Err(report);
        }
        let trace = self.fold.trace.take();
        for time in &self.empty {
            report.push(
                Diagnostic::error(
                    Code::MissingEvents,
                    &self.deal.at,
                    format!(
                        "there is no event from {} to {}, and the statement {} builds on them",
                        time.from.print(),
                        time.to.print(),
                        self.target.name
                    ),
                )
                .help(format!(
                    "add the file with `--events`; if nothing happened in that time, say so with `--quiet-period {}`",
                    time.name
                )),
            );
        }
        let Some((closed, settlement)) = self.closed.pop() else {
            return Err(report);
        };
        if report.has_errors() {
            return Err(report);
        }
        self.counts.accounts = ended.accounts;
        self.counts.pending = ended.pending;
        self.counts.later = ended.later;
        self.counts.by_silence = ended.by_silence;
        let mut values = ended.values;
        let minimum = match (self.minimum, values.len() > self.measured.len()) {
            (Some((from, to)), true) => values
                .pop()
                .and_then(|value| minimum_state(self.deal, from, to, value.value)),
            (_, _) => None,
        };
        let trace = trace.unwrap_or_default();
        let stretch = |(from, to): &(Date, Date)| Stretch {
            from: *from,
            to: *to,
            deal: self.versions[in_force(&self.versions, *from)].deal.clone(),
        };
        let divided = closed.stretches.len() > 1;
        let stretches = closed.stretches.iter().filter(|_| divided);
        let stretches = stretches.map(stretch).collect();
        Ok(Made {
            earlier: self
                .closed
                .iter()
                .map(|(closed, settlement)| {
                    (
                        closed.time.name.clone(),
                        closed.statement.total,
                        settlement.pay,
                    )
                })
                .collect(),
            closed,
            settlement,
            metrics: self.measured.into_iter().zip(values).collect(),
            minimum,
            stretches,
            contributions: trace.kept,
            counts: trace.count,
            events: self.counts,
            warnings: ended.warnings,
        })
    }
}

fn trace(order: &Order) -> Trace {
    Trace {
        most: order.most,
        ..Trace::default()
    }
}
