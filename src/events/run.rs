//! All statements of a deal from its first day to the one that is wanted, in one pass over its events.

use super::event::Event;
use super::ledger::Ledger;
use super::made::Made;
use super::metrics::Gauges;
use super::statements::{Ended, Statements};
use super::time::{Course, Time};
use super::version::{Version, in_force};
use super::warnings::Warnings;
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

/// About how many bytes an account takes, with its name and what it earned; an invoice with its number; and a row that
/// waits at a gate, or that silence decided.
const ACCOUNT: usize = 600;
const INVOICE: usize = 220;
const ROW: usize = 400;

/// A run over the events of a deal, with everything in memory.
#[derive(Debug)]
pub struct Run<'a> {
    statements: Statements<'a>,
    ledger: Ledger<'a>,
    /// The version of the deal that the ledger has come to, by place.
    version: usize,
    gauges: Gauges<'a>,
    later: u64,
    /// How many silence decided in the time of the statement.
    by_silence: u64,
    warnings: Warnings,
    /// How many events the ledger was given.
    taken: u128,
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
        let statements = Statements::under(versions, order)?;
        Ok(Run {
            gauges: statements.gauges()?,
            statements,
            ledger: Ledger::new(versions[0].deal),
            version: 0,
            later: 0,
            by_silence: 0,
            warnings: Warnings::default(),
            taken: 0,
        })
    }

    /// The time of the statement that is wanted.
    pub fn target(&self) -> &Time {
        &self.statements.target
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
        let before = before.min(self.statements.target.to.plus_days(1));
        for (_, silent) in self.ledger.spoken(before) {
            if let Err(finding) = self.accept(&silent) {
                // It is about a row that was taken in before.
                self.statements.give_up(finding, silent.date);
            }
        }
    }

    fn accept(&mut self, event: &Event) -> Result<(), Diagnostic> {
        self.statements.begun(event)?;
        if !self.statements.reach(event.date, Some(&self.ledger)) {
            self.later += u64::from(!event.by_silence);
            return Ok(());
        }
        self.amend(event.date);
        let entry = self.ledger.take(event);
        self.taken += 1;
        for warning in self.ledger.warnings.drain(..) {
            self.warnings.push(self.taken, warning);
        }
        let entry = entry?;
        let account = entry.account.and_then(|at| {
            let account = self.ledger.accounts.get(at as usize)?;
            Some((u64::from(at), account))
        });
        self.statements.take(event, entry.what, account)?;
        let account = account.map(|(_, account)| account);
        self.gauges.note(event, entry.what, account, 0);
        if event.by_silence {
            self.by_silence += u64::from(event.date >= self.statements.target.from);
        } else {
            self.statements.count();
        }
        Ok(())
    }

    /// The ledger goes on under the version of a day.
    fn amend(&mut self, day: Date) {
        let version = in_force(&self.statements.versions, day);
        while self.version < version {
            self.version += 1;
            let deal = self.statements.versions[self.version].deal;
            self.ledger.amend(deal);
        }
    }

    /// About how many bytes accounts, invoices and what waits at gates take.
    pub fn held(&self) -> usize {
        self.ledger.accounts.len() * ACCOUNT
            + self.ledger.invoices() * INVOICE
            + self.ledger.undecided() * ROW
    }

    /// Ends the run with the statement.
    ///
    /// # Errors
    ///
    /// If there are no events of a time that the statement builds on.
    pub fn finish(mut self) -> Result<Made, Report> {
        let end = self.statements.target.to;
        self.hear(end.plus_days(1));
        self.statements.end(Some(&self.ledger));
        // Measures are taken when the time ends, by the terms of that day.
        self.amend(end);
        self.gauges.gone_through(&self.ledger);
        let silent = self.ledger.silent(end);
        let mut warnings = self.warnings.told();
        warnings.extend(silent);
        let ended = Ended {
            accounts: self.ledger.accounts.len() as u64,
            pending: self.ledger.pending(),
            later: self.later,
            by_silence: self.by_silence,
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
