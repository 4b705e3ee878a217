//! Events of one statement, gathered by account and by what they are paid as.

use super::key::{Contribution, Pays};
use super::terms::{Terms, counts};
use crate::deal::{Basis, Deal, EventKind, Reset, Reward, TierPeriod};
use crate::economics::{Base, Checked, Climb};
use crate::events::account::{Account, Standing};
use crate::events::column::Column;
use crate::events::event::Event;
use crate::events::ledger::{Class, Entry, Ledger, What};
use crate::events::time::{Course, Time, months_before};
use crate::units::{Date, Decimal, Money};
use std::collections::{BTreeMap, BTreeSet};

/// Events being gathered for one statement after the other.
#[derive(Debug)]
pub struct Fold<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) course: Course,
    pub(super) time: Time,
    /// What each account of the ledger earned and was paid.
    pub(super) accounts: Vec<AccountPay>,
    /// The parts of the statement's time that the tiers make.
    pub(super) parts: Vec<Part>,
    /// The part that events have come to.
    part: usize,
    /// Earlier parts, for what the tiers add up.
    pub(super) history: Vec<Part>,
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
    pub(super) paid_within_cap: Decimal,
    pub(super) paid_within_floor: Decimal,
    /// What later stages hold back.
    pub(super) pending: BTreeMap<(Date, u32, u8), Decimal>,
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
    /// How many there were.
    pub count: BTreeMap<Pays, u64>,
}

/// What an account earned in the time of a statement, and was paid before.
#[derive(Debug, Default)]
pub(super) struct AccountPay {
    pub(super) cells: Vec<Cell>,
    /// What the tiers' time had of it before this statement, where a higher tier makes up for it.
    pub(super) tier_before: Decimal,
    /// First-year revenue of a referral that is not accepted yet.
    pub(super) referral_waiting: Decimal,
    /// First-year revenue on which a referral fee was paid.
    pub(super) referral_paid: Decimal,
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
            course,
            time: time.clone(),
            accounts: Vec::new(),
            parts: Vec::new(),
            part: 0,
            history: Vec::new(),
            left: Vec::new(),
            missed: BTreeSet::new(),
            bounty: [Vec::new(), Vec::new()],
            bounty_count: [0, 0],
            spiff_count: 0,
            spiff_paid: Decimal::ZERO,
            spiff_paid_before: Decimal::ZERO,
            paid_within_cap: Decimal::ZERO,
            paid_within_floor: Decimal::ZERO,
            pending: BTreeMap::new(),
            milestones: BTreeMap::new(),
            trace: None,
        };
        fold.open(time);
        Ok(fold)
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
        if whole && self.begins_anew(self.time.from) {
            for account in &mut self.accounts {
                account.tier_before = Decimal::ZERO;
            }
        }
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
        if let Some(metric) = self.terms.tier_metric
            && matches!(
                self.terms.climb.as_ref().map(Climb::nothing),
                Some(Base::Count(_))
            )
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

    fn about(
        &mut self,
        at: u32,
        account: &Account,
        event: &Event,
        what: What,
        part: usize,
    ) -> Checked<()> {
        match what {
            What::Revenue { net, class } => self.revenue(at, account, event, net, class, part)?,
            What::Activated => self.activated(at, account, event),
            What::Accepted => self.accepted(at, event),
            What::Left => self.leaves(at, account, event),
            What::Repeated | What::Spent(_) | What::Noted => {}
        }
        if account.standing == Some(Standing::Split) {
            match what {
                What::Revenue { net, .. } => {
                    self.note(Pays::Split, Base::Money(self.terms.money(net)), event);
                }
                What::Activated => self.note(Pays::Split, Base::Count(1), event),
                What::Accepted | What::Left | What::Repeated | What::Spent(_) | What::Noted => {}
            }
        }
        if event.kind == EventKind::Disengaged || account.disengaged.is_some() {
            self.missed.insert(at);
        }
        if event.kind == EventKind::Milestone {
            let stage = event.cell(Column::Item).parse().unwrap_or(0);
            self.milestones.insert((at, stage), event.date);
        }
        Ok(())
    }

    fn revenue(
        &mut self,
        at: u32,
        account: &Account,
        event: &Event,
        net: Decimal,
        class: Class,
        part: usize,
    ) -> Checked<()> {
        let economics = self.terms.economics;
        if let Some(fee) = &economics.referral_fee
            && let Reward::Rate(_) = fee.fee.value
            && class.months < 12
        {
            if account.accepted.is_some() {
                self.add(at, Pays::Referral { account: at }, net, event);
            } else {
                self.accounts[at as usize].referral_waiting += net;
            }
        }
        let standing = account.standing.unwrap_or(Standing::Nothing);
        let influenced = standing == Standing::Influenced;
        if standing == Standing::Nothing {
            return Ok(());
        }
        if !class.renewal
            && !influenced
            && let Some((bonus, Reward::Rate(_))) = self.terms.bonus(account)
        {
            self.add(at, Pays::Bonus { bonus, influenced }, net, event);
        }
        let band = self.terms.band(class.months);
        let shares = economics.revenue_share.as_ref();
        if class.renewal {
            if shares.is_some() && band == 0 && !influenced {
                self.add(at, Pays::Renewal { engaged: true }, net, event);
            } else if shares.is_some() {
                let pays = Pays::Aged {
                    months: band,
                    renewal: true,
                    influenced,
                    engaged: true,
                };
                self.add(at, pays, net, event);
            }
            return Ok(());
        }
        if band > 0 && shares.is_some() {
            let pays = Pays::Aged {
                months: band,
                renewal: false,
                influenced,
                engaged: true,
            };
            self.add(at, pays, net, event);
            return Ok(());
        }
        if influenced {
            self.parts[part].influenced += net;
        } else {
            self.parts[part].sourced += net;
        }
        if shares.is_some_and(|share| share.first_term.is_some()) {
            self.add(at, Pays::FirstTerm { influenced }, net, event);
        }
        let currency = self.terms.currency;
        let Some(climb) = &mut self.terms.climb else {
            return Ok(());
        };
        let index = u8::try_from(part).unwrap_or(u8::MAX);
        if !climb.pays_shares() {
            return Ok(());
        }
        let slices = climb.tiers().basis.value == Basis::Slice;
        if influenced || !slices {
            let pays = Pays::Tiers {
                part: index,
                tier: None,
                influenced,
            };
            self.add(at, pays, net, event);
            return Ok(());
        }
        for slice in climb.step(Base::Money(Money::new(net, currency)))? {
            let tier = u8::try_from(slice.tier).ok();
            let pays = Pays::Tiers {
                part: index,
                tier,
                influenced,
            };
            if let Base::Money(money) = slice.base {
                self.add(at, pays, money.amount(), event);
            }
        }
        Ok(())
    }

    fn activated(&mut self, at: u32, account: &Account, event: &Event) {
        let standing = account.standing.unwrap_or(Standing::Nothing);
        if standing == Standing::Nothing {
            return;
        }
        let influenced = standing == Standing::Influenced;
        if let Some(bounty) = &self.terms.economics.bounty {
            let side = usize::from(influenced);
            self.bounty_count[side] += 1;
            let most = bounty.limit.as_ref().map_or(u64::MAX, |limit| limit.number);
            if (self.bounty[side].len() as u64) < most {
                self.bounty[side].push((at, event.date));
                self.note(Pays::Bounty { influenced }, Base::Count(1), event);
            }
        }
        if let Some((bonus, Reward::Each(_))) = self.terms.bonus(account) {
            self.add(at, Pays::Bonus { bonus, influenced }, Decimal::ONE, event);
        }
    }

    fn accepted(&mut self, at: u32, event: &Event) {
        let Some(fee) = &self.terms.economics.referral_fee else {
            return;
        };
        let pays = Pays::Referral { account: at };
        match fee.fee.value {
            Reward::Each(_) => self.add(at, pays, Decimal::ONE, event),
            Reward::Rate(_) => {
                let waiting = std::mem::take(&mut self.accounts[at as usize].referral_waiting);
                if !waiting.is_zero() {
                    self.add(at, pays, waiting, event);
                }
            }
        }
    }

    /// Something that the tiers count.
    fn counted(
        &mut self,
        account: Option<(u32, &Account)>,
        event: &Event,
        part: usize,
    ) -> Checked<()> {
        self.parts[part].count += 1;
        let Some(climb) = &mut self.terms.climb else {
            return Ok(());
        };
        if climb.pays_shares() {
            return Ok(());
        }
        let index = u8::try_from(part).unwrap_or(u8::MAX);
        let slices = climb.tiers().basis.value == Basis::Slice;
        let tier = if slices {
            let slice = climb.step(Base::Count(1))?;
            slice
                .first()
                .and_then(|slice| u8::try_from(slice.tier).ok())
        } else {
            None
        };
        if let Some((at, account)) = account {
            let influenced = account.standing == Some(Standing::Influenced);
            let pays = Pays::Tiers {
                part: index,
                tier,
                influenced,
            };
            self.add(at, pays, Decimal::ONE, event);
        }
        Ok(())
    }

    /// One result that the prize for a limited time pays for, as far as its cap goes.
    fn prize(&mut self, account: Option<u32>, event: &Event) {
        let Some(spiff) = &self.terms.economics.spiff else {
            return;
        };
        self.spiff_count += 1;
        let left = spiff.cap.value.amount() - self.spiff_paid;
        let amount = spiff.amount.value.amount().min(left).max(Decimal::ZERO);
        self.spiff_paid += amount;
        if let Some(at) = account {
            self.add(at, Pays::Spiff, amount, event);
        }
    }

    fn leaves(&mut self, at: u32, account: &Account, event: &Event) {
        let Some(clawback) = &self.terms.economics.clawback else {
            return;
        };
        let reason = event.cell(Column::Reason);
        let named = |words: &[crate::source::At<crate::deal::Text>]| {
            words.iter().any(|word| word.as_str() == reason)
        };
        let brings =
            (clawback.only.is_empty() || named(&clawback.only)) && !named(&clawback.unless);
        let until = account.customer_since().map(|since| {
            crate::events::claims::after(
                &self.terms.deal.agreement.calendar(),
                since,
                clawback.window.value,
            )
        });
        if brings && until.is_some_and(|until| event.date <= until) {
            self.left.push((at, event.date, event.id().to_owned()));
            self.note(Pays::Clawback, Base::Count(1), event);
        }
    }

    fn add(&mut self, at: u32, pays: Pays, base: Decimal, event: &Event) {
        let shown = match pays {
            Pays::Bonus { .. }
            | Pays::Tiers { .. }
            | Pays::Referral { .. }
            | Pays::Bounty { .. }
                if event.amount.is_none() =>
            {
                Base::Count(u64::try_from(base).unwrap_or(0))
            }
            Pays::Referral { .. }
            | Pays::FirstTerm { .. }
            | Pays::Tiers { .. }
            | Pays::Renewal { .. }
            | Pays::Aged { .. }
            | Pays::Bounty { .. }
            | Pays::Spiff
            | Pays::Bonus { .. }
            | Pays::Clawback
            | Pays::Split => Base::Money(self.terms.money(base)),
        };
        self.note(pays, shown, event);
        let date = if self.terms.dated {
            event.date
        } else {
            Date::MIN
        };
        let cells = &mut self.accounts[at as usize].cells;
        match cells
            .iter_mut()
            .find(|cell| cell.pays == pays && cell.date == date)
        {
            Some(cell) => cell.base += base,
            None => cells.push(Cell { pays, date, base }),
        }
    }

    fn note(&mut self, pays: Pays, base: Base, event: &Event) {
        let Some(trace) = &mut self.trace else {
            return;
        };
        let group = match pays {
            Pays::Referral { .. } => Pays::Referral { account: 0 },
            Pays::FirstTerm { .. }
            | Pays::Tiers { .. }
            | Pays::Renewal { .. }
            | Pays::Aged { .. }
            | Pays::Bounty { .. }
            | Pays::Spiff
            | Pays::Bonus { .. }
            | Pays::Clawback
            | Pays::Split => pays,
        };
        let count = trace.count.entry(group).or_insert(0);
        *count += 1;
        if *count <= trace.most as u64 {
            trace.kept.push(Contribution {
                pays,
                base,
                id: event.id().to_owned(),
                date: event.date,
                account: event.account().to_owned(),
                file: std::sync::Arc::clone(&event.row.file),
                line: event.row.line,
            });
        }
    }
}
