//! Events of one statement, gathered by account and by what they are paid as.

use super::key::{Contribution, Pays};
use super::stretch::Aside;
use super::terms::{Moved, Terms, counts};
use crate::deal::{Basis, Deal, FromEvents, Reset, StageEvent, TierPeriod};
use crate::economics::{Base, Checked, Climb};
use crate::events::event::Event;
use crate::events::ledger::{Entry, Ledger};
use crate::events::time::{Course, Time, first_of_month, months_before};
use crate::units::{Date, Decimal};
use std::collections::{BTreeMap, BTreeSet};

/// Events being gathered for one statement after the other.
#[derive(Debug)]
pub struct Fold<'a> {
    pub(super) terms: Terms<'a>,
    /// Those of the statements after this one, if they are others.
    pub(super) amended: Option<Terms<'a>>,
    pub(super) course: Course,
    pub(super) time: Time,
    /// The first day of the time, or the one from which an amendment holds in it.
    pub(super) from: Date,
    /// What was gathered in the time before an amendment.
    pub(super) aside: Vec<Aside<'a>>,
    /// What each account of the ledger earned and was paid.
    pub(super) accounts: Vec<AccountPay>,
    /// The parts of the statement's time that the tiers make.
    pub(super) parts: Vec<Part>,
    /// The part that events have come to.
    pub(super) part: usize,
    /// What the tiers look back on, day by day.
    pub(super) days: Vec<Day>,
    /// What the tiers of any version of the deal count.
    pub(super) watched: Vec<&'a FromEvents>,
    /// Accounts that left in this time, with what brings the clawback about.
    pub(super) left: Vec<(u32, Date, String)>,
    /// Accounts with which the partner was not engaged at some time of this statement.
    pub(super) missed: BTreeSet<u32>,
    /// Activations that the bounty may pay: of sourced accounts and of influenced ones.
    pub(super) bounty: [Vec<(u32, Date)>; 2],
    pub(super) bounty_count: [u64; 2],
    pub(super) spiff_count: u64,
    pub(super) spiff_paid: Decimal,
    pub(super) spiff_paid_before: Decimal,
    /// What each statement so far came to, with its first and its last day.
    pub(super) totals: Vec<(Date, Date, Decimal)>,
    /// What later stages hold back.
    pub(super) pending: BTreeMap<(Date, u32, u8, Option<StageEvent>), Decimal>,
    /// Milestones by account and stage; stage 0 stands for every one.
    pub(super) milestones: BTreeMap<(u32, u8), Date>,
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
    /// How many there were, in each stretch of the time.
    pub count: BTreeMap<(u8, Pays), u64>,
}

/// What an account earned in the time of a statement, and was paid before.
#[derive(Debug, Default)]
pub(super) struct AccountPay {
    pub(super) cells: Vec<Cell>,
    /// What the tiers' time had of it before this statement, where a higher tier makes up for it.
    pub(super) tier_before: Decimal,
    /// First-year revenue of a referral that is not accepted yet.
    pub(super) referral_waiting: Decimal,
    /// First-year revenue on which a referral fee was paid by the terms in force, in earlier statements and in this.
    pub(super) referral_paid: Decimal,
    pub(super) referral_new: Decimal,
    /// The referral fee in all, and what of it other terms paid.
    pub(super) referral_fees: Decimal,
    pub(super) referral_settled: Decimal,
    /// What was paid for it, stages held back aside.
    pub(super) paid: Decimal,
}

/// A volume of an account, and what it is paid as.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) pays: Pays,
    /// The day on which it was earned, if stages are counted from it.
    pub(super) date: Date,
    /// An amount of money, or a number.
    pub(super) base: Decimal,
}

/// A part of the time of a statement, as the tiers divide it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) from: Date,
    pub(super) to: Date,
    /// What the tiers added up before, in their measure and in revenue.
    pub(super) before: Decimal,
    pub(super) before_revenue: Decimal,
    /// What of it other terms of the tiers paid for, in revenue and as a count.
    pub(super) settled: (Decimal, u64),
    /// Sourced first-term revenue.
    pub(super) sourced: Decimal,
    /// Influenced first-term revenue.
    pub(super) influenced: Decimal,
    /// What the tiers count.
    pub(super) count: u64,
}

impl Part {
    /// A part in which nothing has happened.
    pub(super) fn new(from: Date, to: Date) -> Part {
        Part {
            from,
            to,
            before: Decimal::ZERO,
            before_revenue: Decimal::ZERO,
            settled: (Decimal::ZERO, 0),
            sourced: Decimal::ZERO,
            influenced: Decimal::ZERO,
            count: 0,
        }
    }
}

/// What happened on a day that tiers add up.
#[derive(Debug)]
pub(super) struct Day {
    pub(super) date: Date,
    /// Sourced first-term revenue.
    pub(super) sourced: Decimal,
    /// How many, for each metric that is watched.
    pub(super) counts: Vec<u64>,
}

impl<'a> Fold<'a> {
    /// Begins with the first statement of a deal. `versions` are the deal and its amendments: what their tiers count
    /// is counted from the start.
    ///
    /// # Errors
    ///
    /// If the deal's economics are not sound.
    pub fn new(versions: &[&'a Deal], deal: &'a Deal, course: Course) -> Checked<Fold<'a>> {
        let terms = Terms::of(deal, course.effective, &deal.agreement.calendar())?;
        let time = course.around(course.effective);
        let mut watched: Vec<&FromEvents> = Vec::new();
        for deal in versions {
            let tiers = deal
                .economics
                .as_ref()
                .and_then(|terms| terms.tiers.as_ref());
            let metric = tiers.and_then(|tiers| deal.metric(tiers.metric.id()));
            if let Some(metric) = metric.and_then(|metric| metric.from_events.as_ref())
                && !watched.contains(&metric)
            {
                watched.push(metric);
            }
        }
        let mut fold = Fold {
            terms,
            amended: None,
            course,
            time: time.clone(),
            from: time.from,
            aside: Vec::new(),
            accounts: Vec::new(),
            parts: Vec::new(),
            part: 0,
            days: Vec::new(),
            watched,
            left: Vec::new(),
            missed: BTreeSet::new(),
            bounty: [Vec::new(), Vec::new()],
            bounty_count: [0, 0],
            spiff_count: 0,
            spiff_paid: Decimal::ZERO,
            spiff_paid_before: Decimal::ZERO,
            totals: Vec::new(),
            pending: BTreeMap::new(),
            milestones: BTreeMap::new(),
            trace: None,
        };
        fold.open(time);
        Ok(fold)
    }

    /// From the next statement on, which begins on `day`, an amended deal holds; `moved` as for [`Fold::divide`].
    ///
    /// # Errors
    ///
    /// As [`Fold::new`].
    pub fn amend(&mut self, deal: &'a Deal, day: Date, moved: Moved) -> Checked<()> {
        let calendar = deal.agreement.calendar();
        let mut terms = Terms::of(deal, self.course.effective, &calendar)?;
        terms.follow(&self.terms, day, moved);
        self.amended = Some(terms);
        Ok(())
    }

    /// The time of the statement that is being gathered.
    pub fn time(&self) -> &Time {
        &self.time
    }

    /// Goes on to the time of the next statement.
    pub(super) fn open(&mut self, time: Time) {
        let from = time.from;
        self.time = time;
        self.begin(from);
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
    pub(super) fn enter(&mut self, part: usize) {
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
        let (revenue, count) = self.looked_back(from, to);
        let settled = self.looked_back(from, to.min(self.terms.tiers_since));
        let counts = self.tiers_count();
        let here = &mut self.parts[part];
        here.before_revenue = revenue;
        here.before = if counts {
            Decimal::from(count)
        } else {
            revenue
        };
        here.settled = settled;
        let before = here.before;
        let before = self.base(before);
        if let Some(climb) = &mut self.terms.climb {
            climb.restart(before);
        }
    }

    /// The time whose volume counts before a part: from its first day to before the second. An amendment may begin a
    /// part within a month or a period of the tiers.
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
            // The tier that was reached when the last statement ended pays for this one.
            (TierPeriod::SinceStart, Basis::Prospective, _) => (course.effective, self.time.from),
            (TierPeriod::SinceStart, Basis::Slice | Basis::Whole, _) => all,
            (TierPeriod::TrailingYear, Basis::Prospective, _) => {
                (months_before(from, 12), first_of_month(from))
            }
            (TierPeriod::TrailingYear, Basis::Slice | Basis::Whole, _) => {
                (months_before(from, 11), from)
            }
            (
                TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year,
                Basis::Prospective,
                Reset::Never,
            ) => {
                let part = course.tier_start(from, period).max(self.time.from);
                (course.effective, part)
            }
            (
                TierPeriod::Month | TierPeriod::Quarter | TierPeriod::Year,
                Basis::Slice | Basis::Whole,
                Reset::Never,
            ) => all,
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

    /// Takes in an event of the time, which the ledger has taken in.
    ///
    /// # Errors
    ///
    /// Beyond what can be computed exactly.
    pub fn take(&mut self, event: &Event, entry: &Entry, ledger: &Ledger<'_>) -> Checked<()> {
        let part = self
            .parts
            .iter()
            .position(|part| event.date <= part.to)
            .unwrap_or(self.part);
        self.go_to(part);
        let of_account = entry.account.and_then(|at| {
            self.accounts
                .resize_with(ledger.accounts.len(), AccountPay::default);
            ledger
                .accounts
                .get(at as usize)
                .map(|account| (at, account))
        });
        if let Some((at, account)) = of_account {
            self.about(at, account, event, entry.what, part)?;
        }
        let account = of_account.map(|(_, account)| account);
        self.remember(event, entry.what, account);
        if let Some(metric) = self.terms.tier_metric
            && self.tiers_count()
            && counts(metric, event, entry.what, account)
        {
            self.counted(of_account, event, part)?;
        }
        if let Some(metric) = self.terms.spiff_metric
            && self
                .terms
                .spiff_until
                .is_some_and(|until| event.date <= until)
            && counts(metric, event, entry.what, account)
        {
            self.prize(of_account.map(|(at, _)| at), event);
        }
        Ok(())
    }
}
