//! All statements of a deal from its first day to the one that is wanted, in one pass over its events.

use super::books::Settlement;
use super::event::Event;
use super::ledger::Ledger;
use super::metrics::{Gauges, Measured, MetricValue, Query};
use super::pay::{Closed, Contribution, Pays};
use super::statements::{Ended, Statements};
use super::time::{Course, Time, months_before};
use super::version::{Version, in_force};
use crate::deal::{Deal, FeePeriod, StatementPeriod};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::{Date, Measure, Money};
use std::cmp::Ordering;
use std::collections::BTreeMap;

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

/// A statement with everything that it came from.
#[derive(Debug, Clone)]
pub struct Made {
    /// The statement.
    pub closed: Closed,
    /// What it comes to.
    pub settlement: Settlement,
    /// Earlier statements: time, what was earned, what was to pay.
    pub earlier: Vec<(String, Money, Money)>,
    /// The metrics of the deal over the time: id and value.
    pub metrics: Vec<(String, MetricValue)>,
    /// How the minimum stands, if a period of it ends in the time.
    pub minimum: Option<MinimumState>,
    /// Events that lead to lines.
    pub contributions: Vec<Contribution>,
    /// How many events there were for each way of paying.
    pub counts: BTreeMap<Pays, u64>,
    /// How many events were read: in this time, before, after.
    pub events: EventCounts,
    /// What is odd and stops nothing.
    pub warnings: Vec<Diagnostic>,
}

/// How many events were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventCounts {
    /// In the time of the statement.
    pub here: u64,
    /// Before it.
    pub before: u64,
    /// After it.
    pub later: u64,
    /// Accounts that were named.
    pub accounts: u64,
    /// Leads and activations that were sent and are not decided.
    pub pending: u64,
}

/// How a minimum stands at the end of one of its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumState {
    /// The first day of the period.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What was to be reached.
    pub required: Measure,
    /// What was reached.
    pub reached: Measured,
    /// Whether that is enough; none if the value is given by hand.
    pub met: Option<bool>,
}

/// About how many bytes an account takes, with its name and what it earned; and an invoice with its number.
const ACCOUNT: usize = 600;
const INVOICE: usize = 220;

/// A run over the events of a deal, with everything in memory.
#[derive(Debug)]
pub struct Run<'a> {
    statements: Statements<'a>,
    ledger: Ledger<'a>,
    /// The version of the deal that the ledger has come to, by place.
    version: usize,
    gauges: Gauges<'a>,
    later: u64,
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
    /// As [`Run::new`], and if an amendment changes pay in the middle of a statement.
    ///
    /// # Panics
    ///
    /// Without any version.
    pub fn under(versions: &[Version<'a>], order: Order) -> Result<Run<'a>, Report> {
        let statements = Statements::under(versions, order)?;
        Ok(Run {
            gauges: statements.gauges()?,
            statements,
            ledger: Ledger::new(versions[0].deal),
            version: 0,
            later: 0,
        })
    }

    /// The time of the statement that is wanted.
    pub fn target(&self) -> &Time {
        &self.statements.target
    }

    /// Takes in the next event; events come in the order of their days.
    ///
    /// # Errors
    ///
    /// If the event does not fit the deal or the events before it.
    pub fn take(&mut self, event: &Event) -> Result<(), Diagnostic> {
        self.statements.begun(event)?;
        if !self.statements.reach(event.date, Some(&self.ledger)) {
            self.later += 1;
            return Ok(());
        }
        let version = in_force(&self.statements.versions, event.date);
        while self.version < version {
            self.version += 1;
            let versions = &self.statements.versions;
            self.ledger.amend(versions[self.version].deal);
        }
        let entry = self.ledger.take(event)?;
        let account = entry.account.and_then(|at| {
            let account = self.ledger.accounts.get(at as usize)?;
            Some((u64::from(at), account))
        });
        self.statements.take(event, entry.what, account)?;
        let account = account.map(|(_, account)| account);
        self.gauges.note(event, entry.what, account, 0);
        self.statements.count();
        Ok(())
    }

    /// About how many bytes accounts and invoices take.
    pub fn held(&self) -> usize {
        self.ledger.accounts.len() * ACCOUNT + self.ledger.invoices() * INVOICE
    }

    /// Ends the run with the statement.
    ///
    /// # Errors
    ///
    /// If there are no events of a time that the statement builds on.
    pub fn finish(mut self) -> Result<Made, Report> {
        self.statements.end(Some(&self.ledger));
        self.gauges.gone_through(&self.ledger);
        let silent = self.ledger.silent(self.statements.target.to);
        let mut warnings = std::mem::take(&mut self.ledger.warnings);
        warnings.extend(silent);
        let ended = Ended {
            accounts: self.ledger.accounts.len() as u64,
            pending: self.ledger.pending(),
            later: self.later,
            values: self.gauges.finish(),
            warnings,
        };
        self.statements.finish(ended)
    }
}

pub(super) fn not_a_period(deal: &Deal, course: &Course, period: &str) -> Diagnostic {
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

/// The metrics over the time of the statement; the minimum over its period comes last.
pub(super) fn queries(
    deal: &Deal,
    target: &Time,
    minimum: Option<(Date, Date)>,
) -> (Vec<Query>, Vec<String>) {
    let measured: Vec<String> = deal
        .metric
        .iter()
        .filter(|metric| metric.from_events.is_some())
        .map(|metric| metric.id.as_str().to_owned())
        .collect();
    let query = |metric: &str, from, to| Query {
        metric: metric.to_owned(),
        from,
        to,
        segment: None,
    };
    let mut queries: Vec<Query> = measured
        .iter()
        .map(|metric| query(metric, target.from, target.to))
        .collect();
    let terms = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.minimum.as_ref());
    if let (Some(terms), Some((from, to))) = (terms, minimum) {
        queries.push(query(terms.metric.id(), from, to));
    }
    (queries, measured)
}

/// The last period of the minimum that ends in the time.
pub(super) fn minimum_window(deal: &Deal, course: &Course, target: &Time) -> Option<(Date, Date)> {
    let minimum = deal.economics.as_ref()?.minimum.as_ref()?;
    let ends = course.ends(target);
    let (over, from) = match minimum.per.value {
        FeePeriod::Month => (ends.months, months_before(target.to, 0)),
        FeePeriod::Quarter => (ends.quarters, months_before(target.to, 2)),
        FeePeriod::Year => {
            let start = course.year_start(target.to);
            let whole = course.year_end(target.to) == target.to;
            if whole || course.ended == Some(target.to) {
                (ends.years, start)
            } else {
                let last = start.plus_days(-1);
                let from = course.year_start(last);
                return (ends.years > 0).then_some((from, last));
            }
        }
    };
    (over > 0).then_some((from.max(course.effective), target.to))
}

pub(super) fn minimum_state(
    deal: &Deal,
    from: Date,
    to: Date,
    reached: Measured,
) -> Option<MinimumState> {
    let minimum = deal.economics.as_ref()?.minimum.as_ref()?;
    Some(MinimumState {
        from,
        to,
        required: minimum.amount.value.clone(),
        reached,
        met: reached.compare(&minimum.amount.value).map(Ordering::is_ge),
    })
}
