//! Events of one statement, gathered by account and by what they are paid as.

use super::accounts::Accounts;
use super::key::{Contribution, Pays};
use super::terms::{Terms, counts};
use crate::deal::{Basis, Deal, Reset, TierPeriod};
use crate::economics::{Base, Checked, Climb};
use crate::events::account::Account;
use crate::events::event::Event;
use crate::events::ledger::What;
use crate::events::time::{Course, Time, months_before};
use crate::units::{Date, Decimal};
use std::collections::BTreeMap;

/// Events being gathered for one statement after the other.
#[derive(Debug)]
pub struct Fold<'a> {
    pub(super) terms: Terms<'a>,
    /// Those of the statements after this one, if they are others.
    pub(super) amended: Option<Terms<'a>>,
    pub(super) course: Course,
    pub(super) time: Time,
    /// What each account earned and was paid.
    pub(in crate::events) accounts: Accounts,
    /// Whether the tiers' time began anew with this statement.
    pub(super) anew: bool,
    /// The parts of the statement's time that the tiers make.
    pub(super) parts: Vec<Part>,
    /// The part that events have come to.
    part: usize,
    /// Earlier parts, for what the tiers add up.
    pub(super) history: Vec<Part>,
    /// Accounts that left in this time, with what brings the clawback about.
    pub(super) left: Vec<(u64, Date, String)>,
    /// Activations that a bounty with a limit may pay: of sourced accounts and of influenced ones.
    pub(super) bounty: [Vec<(u64, Date)>; 2],
    pub(super) bounty_count: [u64; 2],
    pub(super) spiff_count: u64,
    pub(super) spiff_paid: Decimal,
    pub(super) spiff_paid_before: Decimal,
    /// What each statement so far came to, with its first and its last day.
    pub(super) totals: Vec<(Date, Date, Decimal)>,
    /// The way of each line, if it is asked for.
    pub trace: Option<Trace>,
}

/// What each event adds to which line: the first ones of each, or those of chosen lines.
#[derive(Debug, Default)]
pub struct Trace {
    /// How many are kept for each way of paying.
    pub most: usize,
    /// What is kept.
    pub kept: Vec<Contribution>,
    /// The accounts of what is kept.
    pub(in crate::events) of: Vec<u64>,
    /// How many there were.
    pub count: BTreeMap<Pays, u64>,
}

/// A part of the time of a statement, as the tiers divide it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) from: Date,
    pub(super) to: Date,
    /// What the tiers added up before, in their measure and in revenue.
    pub(super) before: Decimal,
    pub(super) before_revenue: Decimal,
    /// Sourced first-term revenue.
    pub(super) sourced: Decimal,
    /// Influenced first-term revenue.
    pub(super) influenced: Decimal,
    /// What the tiers count.
    pub(super) count: u64,
}

impl<'a> Fold<'a> {
    /// Begins with the first statement of a deal.
    ///
    /// # Errors
    ///
    /// If the deal's economics are not sound.
    pub fn new(deal: &'a Deal, course: Course) -> Checked<Fold<'a>> {
        let terms = Terms::of(deal, course.effective, &deal.agreement.calendar())?;
        let time = course.around(course.effective);
        let mut fold = Fold {
            terms,
            amended: None,
            course,
            time: time.clone(),
            accounts: Accounts::default(),
            anew: false,
            parts: Vec::new(),
            part: 0,
            history: Vec::new(),
            left: Vec::new(),
            bounty: [Vec::new(), Vec::new()],
            bounty_count: [0, 0],
            spiff_count: 0,
            spiff_paid: Decimal::ZERO,
            spiff_paid_before: Decimal::ZERO,
            totals: Vec::new(),
            trace: None,
        };
        fold.open(time);
        Ok(fold)
    }

    /// From the next statement on an amended deal holds.
    ///
    /// # Errors
    ///
    /// As [`Fold::new`].
    pub fn amend(&mut self, deal: &'a Deal) -> Checked<()> {
        let calendar = deal.agreement.calendar();
        self.amended = Some(Terms::of(deal, self.course.effective, &calendar)?);
        Ok(())
    }

    /// The time of the statement that is being gathered.
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// Goes on to the time of the next statement.
    pub(super) fn open(&mut self, time: Time) {
        let period = self
            .terms
            .economics
            .tiers
            .as_ref()
            .map(|tiers| tiers.period.value);
        let whole = self.terms.basis() == Some(Basis::Whole);
        self.parts = match period {
            Some(period) => self.course.parts(&time, period),
            None => vec![(time.from, time.to)],
        }
        .into_iter()
        .map(|(from, to)| Part {
            from,
            to,
            before: Decimal::ZERO,
            before_revenue: Decimal::ZERO,
            sourced: Decimal::ZERO,
            influenced: Decimal::ZERO,
            count: 0,
        })
        .collect();
        self.time = time;
        self.anew = whole && self.begins_anew(self.time.from);
        self.part = 0;
        self.enter(0);
    }

    /// Goes on to a later part of the time.
    pub(super) fn go_to(&mut self, part: usize) {
        while self.part < part {
            self.part += 1;
            self.enter(self.part);
        }
    }

    /// Whether the tiers begin to add up anew on this day.
    pub(super) fn begins_anew(&self, day: Date) -> bool {
        self.terms.economics.tiers.as_ref().is_some_and(|tiers| {
            tiers.reset.value == Reset::EachPeriod
                && self.course.tier_start(day, tiers.period.value) == day
        })
    }

    /// Sets what the tiers added up before a part, and the climb on it.
    fn enter(&mut self, part: usize) {
        let Some(tiers) = self.terms.economics.tiers.as_ref() else {
            return;
        };
        let Some(here) = self.parts.get(part) else {
            return;
        };
        let (from, to) = self.remembered(
            here.from,
            tiers.period.value,
            tiers.basis.value,
            tiers.reset.value,
        );
        let parts = self.history.iter().chain(&self.parts[..part]);
        let (mut revenue, mut count) = (Decimal::ZERO, 0_u64);
        for earlier in parts.filter(|earlier| from <= earlier.from && earlier.to < to) {
            revenue += earlier.sourced;
            count += earlier.count;
        }
        let here = &mut self.parts[part];
        here.before_revenue = revenue;
        here.before = match self.terms.climb.as_ref().map(Climb::nothing) {
            Some(Base::Money(_)) | None => revenue,
            Some(Base::Count(_)) => Decimal::from(count),
        };
        let before = here.before;
        let before = self.base(before);
        if let Some(climb) = &mut self.terms.climb {
            climb.restart(before);
        }
    }

    /// The time whose volume counts before a part: from its first day to before the second.
    fn remembered(
        &self,
        from: Date,
        period: TierPeriod,
        basis: Basis,
        reset: Reset,
    ) -> (Date, Date) {
        let course = &self.course;
        let all = (course.effective, from);
        match (period, basis, reset) {
            (TierPeriod::SinceStart, _, _) => all,
            (TierPeriod::TrailingYear, Basis::Prospective, _) => (months_before(from, 12), from),
            (TierPeriod::TrailingYear, Basis::Slice | Basis::Whole, _) => {
                (months_before(from, 11), from)
            }
            (TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year, _, Reset::Never) => all,
            (
                TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year,
                Basis::Prospective,
                Reset::EachPeriod,
            ) => {
                let start = course.tier_start(from, period);
                if start == course.effective {
                    return (from, from);
                }
                (course.tier_start(start.plus_days(-1), period), start)
            }
            (
                TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year,
                Basis::Slice | Basis::Whole,
                Reset::EachPeriod,
            ) => (course.tier_start(from, period), from),
        }
    }

    /// A volume in the measure of the tiers.
    pub(super) fn base(&self, volume: Decimal) -> Base {
        match self.terms.climb.as_ref().map(Climb::nothing) {
            Some(Base::Count(_)) => Base::Count(u64::try_from(volume).unwrap_or(u64::MAX)),
            Some(Base::Money(_)) | None => Base::Money(self.terms.money(volume)),
        }
    }

    /// Takes in an event of the time, which the ledger has taken in: what it means, and its account with a number that
    /// orders accounts by their first event.
    ///
    /// # Errors
    ///
    /// Beyond what can be computed exactly.
    pub fn take(
        &mut self,
        event: &Event,
        what: What,
        of_account: Option<(u64, &Account)>,
    ) -> Checked<()> {
        let part = self
            .parts
            .iter()
            .position(|part| event.date <= part.to)
            .unwrap_or(self.part);
        self.go_to(part);
        if let Some((at, account)) = of_account {
            self.about(at, account, event, what, part)?;
        }
        let account = of_account.map(|(_, account)| account);
        if let Some(metric) = self.terms.tier_metric
            && matches!(
                self.terms.climb.as_ref().map(Climb::nothing),
                Some(Base::Count(_))
            )
            && counts(metric, event, what, account)
        {
            self.counted(of_account, event, part)?;
        }
        if let Some(metric) = self.terms.spiff_metric
            && self
                .terms
                .spiff_until
                .is_some_and(|until| event.date <= until)
            && counts(metric, event, what, account)
        {
            self.prize(of_account.map(|(at, _)| at), event);
        }
        Ok(())
    }
}
