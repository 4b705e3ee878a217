//! All statements of a deal from its first day to the one that is wanted, in one pass over its events.

use super::asked::{minimum_window, queries};
use super::books::{Books, Settlement};
use super::event::Event;
use super::ledger::Ledger;
use super::made::{EventCounts, Made, Stretch, minimum_state};
use super::metrics::Gauges;
use super::pay::{Closed, Fold, Moved, Trace, readable};
use super::time::{Course, Time};
use super::version::{self, Version, in_force};
use crate::deal::{Deal, StatementPeriod};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Date;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The name of the statement's time: `2027-Q2` or `2027-05`.
    pub period: String,
    /// The first day of the agreement, if the deal leaves it open.
    pub effective: Option<Date>,
    /// The last day of the agreement, if it has ended.
    pub ended: Option<Date>,
    /// Earlier times in which nothing happened.
    pub quiet: Vec<String>,
    /// How many events are kept for each line.
    pub most: usize,
}

/// A run over the events of a deal.
#[derive(Debug)]
pub struct Run<'a> {
    deal: &'a Deal,
    /// The versions of the deal, those that the ledger and the statements have come to, by place.
    versions: Vec<Version<'a>>,
    ledger_version: usize,
    pay_version: usize,
    /// The version that events have come to: one that changes no pay divides no statement.
    seen_version: usize,
    course: Course,
    ledger: Ledger<'a>,
    fold: Fold<'a>,
    books: Books<'a>,
    gauges: Gauges<'a>,
    minimum: Option<(Date, Date)>,
    measured: Vec<String>,
    target: Time,
    order: Order,
    closed: Vec<(Closed, Settlement)>,
    counts: EventCounts,
    in_time: u64,
    empty: Vec<Time>,
    done: bool,
    /// Why a statement on the way cannot be made.
    broken: Option<Diagnostic>,
}

impl<'a> Run<'a> {
    /// Begins a run.
    ///
    /// # Errors
    ///
    /// If the deal says in words alone what is paid, or has no statement of that name.
    pub fn new(deal: &'a Deal, order: Order) -> Result<Run<'a>, Report> {
        let from = Date::MIN;
        Run::under(&[Version { from, deal }], order)
    }

    /// Begins a run over a deal that was amended: versions in the order of their days, at least one. What happened is
    /// paid by the terms of its time.
    ///
    /// # Errors
    ///
    /// As [`Run::new`], and if an amendment moves segments or changes the currency or the times of statements.
    ///
    /// # Panics
    ///
    /// Without any version.
    pub fn under(versions: &[Version<'a>], order: Order) -> Result<Run<'a>, Report> {
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
        Ok(Run {
            deal: newest,
            versions: versions.to_vec(),
            ledger_version: 0,
            pay_version: first,
            seen_version: first,
            ledger: Ledger::new(deal),
            fold,
            books: Books::new(deal, economics),
            gauges: Gauges::new(newest, &queries)?,
            minimum,
            measured,
            target,
            closed: Vec::new(),
            counts: EventCounts::default(),
            in_time: 0,
            empty: Vec::new(),
            done: false,
            broken: None,
            course,
            order,
        })
    }

    /// The time of the statement that is wanted.
    pub fn target(&self) -> &Time {
        &self.target
    }

    /// Takes in the next event; events come in the order of their days. What silence at a gate decided before its day
    /// comes first.
    ///
    /// # Errors
    ///
    /// If the event does not fit the deal or the events before it.
    pub fn take(&mut self, event: &Event) -> Result<(), Diagnostic> {
        self.hear(event.date);
        self.accept(event)
    }

    /// Takes in what silence decided before a day; what it decides after the time of the statement stays open.
    fn hear(&mut self, before: Date) {
        let before = before.min(self.target.to.plus_days(1));
        for silent in self.ledger.spoken(before) {
            if let Err(finding) = self.accept(&silent) {
                // It is about a row that was taken in before.
                self.broken.get_or_insert(finding);
            }
        }
    }

    fn accept(&mut self, event: &Event) -> Result<(), Diagnostic> {
        if event.date < self.course.effective {
            return Err(event.error(
                Code::EventDate,
                super::Column::Date,
                format!(
                    "the event is dated before the agreement began, on {}",
                    self.course.effective.print()
                ),
                "correct the date, or leave the row out",
            ));
        }
        if self.course.ended.is_some_and(|ended| event.date > ended)
            || self.done
            || self.broken.is_some()
        {
            self.counts.later += u64::from(!event.by_silence);
            return Ok(());
        }
        while event.date > self.fold.time().to {
            self.broken = self.close().err();
            if self.done || self.broken.is_some() {
                self.counts.later += u64::from(!event.by_silence);
                return Ok(());
            }
        }
        if let Err(finding) = self.amend(event.date) {
            self.broken = Some(finding);
            return Ok(());
        }
        let version = in_force(&self.versions, event.date);
        while self.ledger_version < version {
            self.ledger_version += 1;
            self.ledger.amend(self.versions[self.ledger_version].deal);
        }
        let entry = self.ledger.take(event)?;
        self.books.take(event)?;
        self.fold.take(event, &entry, &self.ledger)?;
        self.gauges.note(event, &entry, &self.ledger);
        if event.by_silence {
            self.counts.by_silence += 1;
        } else {
            self.in_time += 1;
        }
        Ok(())
    }

    /// Goes on under the amendments that begin within the time of the statement, up to a day; and into the next agreement
    /// year, if a cap or a floor looks at years.
    fn amend(&mut self, day: Date) -> Result<(), Diagnostic> {
        loop {
            let now = self.versions[self.pay_version].deal;
            let begun = self
                .versions
                .get(self.seen_version + 1)
                .map(|next| next.from);
            if let Some(year) = self.fold.next_year().filter(|year| *year <= day)
                && begun.is_none_or(|from| from > year)
            {
                self.fold.divide(now, year, Moved::default())?;
                continue;
            }
            let mut later = self.versions.iter().skip(self.seen_version + 1);
            let Some(from) = later.next().map(|next| next.from) else {
                return Ok(());
            };
            if from > day {
                return Ok(());
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
                self.fold.divide(deal, from, moved)?;
                self.pay_version = self.seen_version;
            }
        }
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        let now = self.fold.time().clone();
        self.amend(now.to)?;
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
        let closed = self.fold.close(&self.ledger, next)?;
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
            self.counts.by_silence = 0;
        }
        self.in_time = 0;
        self.closed.push((closed, settlement));
        if !self.done && self.fold.time().to >= self.target.to {
            self.fold.trace = Some(trace(&self.order));
        }
        Ok(())
    }

    /// Ends the run with the statement.
    ///
    /// # Errors
    ///
    /// If there are no events of a time that the statement builds on.
    pub fn finish(mut self) -> Result<Made, Report> {
        let mut report = Report::new();
        let trace = loop {
            let trace = self.fold.trace.take();
            if self.done {
                break trace;
            }
            self.fold.trace = trace;
            self.hear(self.fold.time().to.plus_days(1));
            let closed = self.broken.take().map_or_else(|| self.close(), Err);
            if let Err(finding) = closed {
                report.push(finding);
                return Err(report);
            }
        };
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
        self.counts.accounts = self.ledger.accounts.len() as u64;
        self.counts.pending = self.ledger.pending();
        let mut values = self.gauges.finish(&self.ledger, self.deal);
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
        let silent = self.ledger.silent(self.target.to);
        let mut warnings = std::mem::take(&mut self.ledger.warnings);
        warnings.extend(silent);
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
            warnings,
        })
    }
}

fn trace(order: &Order) -> Trace {
    Trace {
        most: order.most,
        ..Trace::default()
    }
}

fn not_a_period(deal: &Deal, course: &Course, period: &str) -> Diagnostic {
    let first = course.around(course.effective);
    let each = match course.statements {
        StatementPeriod::Month => "month",
        StatementPeriod::Quarter => "quarter",
    };
    let at = deal
        .economics
        .as_ref()
        .map_or(&deal.at, |economics| &economics.payment.statements.span);
    Diagnostic::error(
        Code::StatementPeriod,
        at,
        format!("`{period}` is no time of a statement of this deal"),
    )
    .help(format!(
        "statements are made for each {each} from {}, the first is `{}`",
        course.effective.print(),
        first.name
    ))
}
