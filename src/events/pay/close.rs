//! The end of a statement's time: from what was gathered to the statement, and to what each account earned of it.

use super::fold::{Cell, Fold, Part};
use super::key::Pays;
use super::terms::too_large;
use crate::deal::{Basis, FeePeriod, Reward, StageEvent, TierPeriod};
use crate::diagnostic::Diagnostic;
use crate::economics::{
    Accumulated, Aged, Base, Checked, CustomerTerm, Ends, Model, Paid, Referrals, SegmentVolume,
    Statement, Volumes, statement_of_parts,
};
use crate::events::account::Standing;
use crate::events::claims::after;
use crate::events::ledger::Ledger;
use crate::events::time::Time;
use crate::units::{Date, Decimal, Money, Rate};
use std::collections::BTreeMap;

/// A statement, and what it leaves behind.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Its time.
    pub time: Time,
    /// The periods that end in it.
    pub ends: Ends,
    /// What is earned.
    pub statement: Statement,
    /// The volumes that it pays for, the tiers' aside.
    pub volumes: Volumes,
    /// What relates to single customers, exact, before the cap.
    pub of_customers: Money,
    /// What later stages hold back of it, exact.
    pub held: Money,
    /// What earlier statements held back and this one pays, exact.
    pub released: Money,
    /// What earlier statements held back and nobody will pay, exact.
    pub lost: Money,
    /// The accounts that left and for which commission is given back.
    pub left: Vec<LeftAccount>,
    /// What the largest accounts earned, exact, from the largest.
    pub accounts: Vec<(String, Money)>,
}

/// An account that left early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftAccount {
    /// Its name.
    pub account: String,
    /// The day.
    pub on: Date,
    /// The event.
    pub event: String,
    /// What was paid for it, exact.
    pub paid: Money,
}

/// How many of the largest accounts a statement names.
const LARGEST: usize = 12;

/// What one account earned on one day, in full and with the credit that it has.
struct Earned {
    account: u32,
    date: Date,
    amount: Decimal,
}

impl Fold<'_> {
    /// Ends the time of the statement and goes on to the next.
    ///
    /// # Errors
    ///
    /// As the calculator.
    pub fn close(&mut self, ledger: &Ledger<'_>, next: Time) -> Checked<Closed> {
        self.go_to(self.parts.len().saturating_sub(1));
        self.accounts
            .resize_with(ledger.accounts.len(), Default::default);
        self.engage(ledger);
        self.pay_bounties();
        let at = &self.terms.economics.at;
        let mut earned = Vec::new();
        let (mut split, mut influenced_sums, mut all) =
            (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for index in 0..self.accounts.len() {
            let account = u32::try_from(index).unwrap_or(u32::MAX);
            let standing = ledger.standing(account);
            let full = self.account(index, standing, &mut influenced_sums)?;
            let credited = match (standing, self.terms.split_share) {
                (Standing::Split, Some(share)) => Some(share),
                (
                    Standing::Full | Standing::Split | Standing::Influenced | Standing::Nothing,
                    _,
                ) => None,
            };
            for (date, amount) in full {
                let amount = match credited {
                    Some(share) => {
                        split += amount;
                        self.terms.share(amount, share, at)?
                    }
                    None => amount,
                };
                all += amount;
                earned.push(Earned {
                    account,
                    date,
                    amount,
                });
            }
        }
        let mut volumes = self.volumes();
        volumes.split = self.terms.money(split);
        volumes.influenced_sums = self.terms.money(influenced_sums);
        let left = self.left(ledger, &earned)?;
        let mut owed = Decimal::ZERO;
        for account in &left {
            owed += account.paid.amount();
        }
        volumes.left = self.terms.money(owed);
        volumes.ends = self.course.ends(&self.time);
        volumes.paid = Paid {
            within_cap: self.terms.money(self.paid_within_cap),
            within_floor: self.terms.money(self.paid_within_floor),
            spiff: self.terms.money(self.spiff_paid_before),
        };
        let parts = self.part_volumes(&volumes);
        let statement = statement_of_parts(self.terms.deal, &parts, &volumes)?;
        let largest = self.largest(ledger, &earned);
        let cut = statement
            .lines
            .iter()
            .filter(|line| line.model == Model::Cap)
            .map(|line| -line.amount.amount())
            .sum();
        take_from_the_last(&mut earned, cut);
        let held = self.hold(&earned)?;
        let (released, lost) = self.release(ledger);
        self.remember(&statement, volumes.ends)?;
        let time = std::mem::replace(&mut self.time, next.clone());
        self.history.append(&mut self.parts);
        self.left.clear();
        self.missed.clear();
        self.bounty = [Vec::new(), Vec::new()];
        self.bounty_count = [0, 0];
        self.spiff_count = 0;
        self.spiff_paid_before = self.spiff_paid;
        self.open(next);
        let money = |amount| self.terms.money(amount);
        Ok(Closed {
            time,
            ends: volumes.ends,
            statement,
            volumes,
            of_customers: money(all),
            held: money(held),
            released: money(released),
            lost: money(lost),
            left,
            accounts: largest,
        })
    }

    /// Marks renewals of accounts with which the partner was not engaged.
    fn engage(&mut self, ledger: &Ledger<'_>) {
        let asks = self
            .terms
            .economics
            .revenue_share
            .as_ref()
            .is_some_and(|share| {
                share
                    .renewal
                    .as_ref()
                    .is_some_and(|renewal| !renewal.while_engaged.is_empty())
            });
        if !asks {
            return;
        }
        for (index, account) in self.accounts.iter_mut().enumerate() {
            let id = u32::try_from(index).unwrap_or(u32::MAX);
            let missed = self.missed.contains(&id) || ledger.accounts[index].disengaged.is_some();
            if !missed {
                continue;
            }
            for cell in &mut account.cells {
                if let Pays::Renewal { engaged }
                | Pays::Aged {
                    engaged,
                    renewal: true,
                    ..
                } = &mut cell.pays
                {
                    *engaged = false;
                }
            }
            if let Some(trace) = &mut self.trace {
                for kept in &mut trace.kept {
                    if *kept.account != *ledger.accounts[index].name {
                        continue;
                    }
                    if let Pays::Renewal { engaged }
                    | Pays::Aged {
                        engaged,
                        renewal: true,
                        ..
                    } = &mut kept.pays
                    {
                        *engaged = false;
                    }
                }
            }
        }
    }

    /// Gives each activation that the bounty pays to its account: sourced ones first, up to the limit.
    fn pay_bounties(&mut self) {
        let Some(bounty) = &self.terms.economics.bounty else {
            return;
        };
        let mut left = bounty.limit.as_ref().map_or(u64::MAX, |limit| limit.number);
        for side in [0, 1] {
            let influenced = side == 1;
            let pays = Pays::Bounty { influenced };
            for (account, date) in std::mem::take(&mut self.bounty[side]) {
                if left == 0 {
                    break;
                }
                left -= 1;
                let date = if self.terms.dated { date } else { Date::MIN };
                self.accounts[account as usize].cells.push(Cell {
                    pays,
                    date,
                    base: Decimal::ONE,
                });
            }
        }
    }

    /// What an account earned by day, with full credit; what its results in tiers that count come to is added up.
    fn account(
        &mut self,
        index: usize,
        standing: Standing,
        influenced_sums: &mut Decimal,
    ) -> Checked<Vec<(Date, Decimal)>> {
        let mut days: BTreeMap<Date, Decimal> = BTreeMap::new();
        let cells = std::mem::take(&mut self.accounts[index].cells);
        for cell in &cells {
            let amount = self.amount(index, cell, influenced_sums)?;
            *days.entry(cell.date).or_default() += amount;
        }
        let mut caught_up = self.catch_up(index, &cells)?;
        if standing == Standing::Influenced
            && let Some(share) = self.terms.influenced_share
        {
            *influenced_sums += caught_up;
            caught_up = self
                .terms
                .share(caught_up, share, &self.terms.economics.at)?;
        }
        if !caught_up.is_zero() {
            let date = if self.terms.dated {
                self.time.to
            } else {
                Date::MIN
            };
            *days.entry(date).or_default() += caught_up;
        }
        self.accounts[index].cells = cells;
        Ok(days
            .into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .collect())
    }

    /// What a volume earns.
    fn amount(
        &mut self,
        index: usize,
        cell: &Cell,
        influenced_sums: &mut Decimal,
    ) -> Checked<Decimal> {
        let economics = self.terms.economics;
        let at = &economics.at;
        let influenced_share = self.terms.influenced_share;
        let earn = |reward: Reward, influenced: bool| -> Checked<Decimal> {
            let by = match reward {
                Reward::Rate(rate) => rate.fraction(),
                Reward::Each(money) => money.amount(),
            };
            let full = super::terms::exact_product(cell.base, by).ok_or_else(|| too_large(at))?;
            match (influenced, influenced_share) {
                (true, Some(share)) => {
                    super::terms::exact_product(full, share.fraction()).ok_or_else(|| too_large(at))
                }
                (true, None) | (false, _) => Ok(full),
            }
        };
        let shares = economics.revenue_share.as_ref();
        Ok(match cell.pays {
            Pays::Referral { .. } => self.referral(index, cell.base)?,
            Pays::FirstTerm { influenced } => {
                match shares.and_then(|share| share.first_term.as_ref()) {
                    Some(rate) => earn(Reward::Rate(rate.value), influenced)?,
                    None => Decimal::ZERO,
                }
            }
            Pays::Tiers {
                part,
                tier,
                influenced,
            } => {
                let Some(pays) = self.tier_pays(usize::from(part), tier) else {
                    return Ok(Decimal::ZERO);
                };
                let amount = earn(pays, influenced)?;
                if let (true, Reward::Each(_)) = (influenced, pays) {
                    *influenced_sums += earn(pays, false)?;
                }
                amount
            }
            Pays::Renewal { engaged } => match shares.and_then(|share| share.renewal.as_ref()) {
                Some(renewal) if engaged => earn(Reward::Rate(renewal.rate.value), false)?,
                Some(_) | None => Decimal::ZERO,
            },
            Pays::Aged {
                months,
                renewal,
                influenced,
                engaged,
            } => match self.aged_rate(months, renewal) {
                Some(rate) if engaged => earn(Reward::Rate(rate), influenced)?,
                Some(_) | None => Decimal::ZERO,
            },
            Pays::Bounty { influenced } => match &economics.bounty {
                Some(bounty) => earn(Reward::Each(bounty.amount.value), influenced)?,
                None => Decimal::ZERO,
            },
            Pays::Spiff => cell.base,
            Pays::Bonus { bonus, influenced } => match economics.bonus.get(usize::from(bonus)) {
                Some(bonus) => earn(bonus.pays.value, influenced)?,
                None => Decimal::ZERO,
            },
            Pays::Clawback | Pays::Split => Decimal::ZERO,
        })
    }

    /// What a tier pays for a part of the time: the tier of the slice, or the one that was reached.
    fn tier_pays(&self, part: usize, tier: Option<u8>) -> Option<Reward> {
        let climb = self.terms.climb.as_ref()?;
        let tier = match tier {
            Some(tier) => usize::from(tier),
            None => self.reached(self.parts.get(part)?).1,
        };
        climb.pays(tier)
    }

    /// The tier that a part began in, and the one that pays for it.
    fn reached(&self, part: &Part) -> (usize, usize) {
        let Some(climb) = &self.terms.climb else {
            return (0, 0);
        };
        let start = climb.tier(self.base(part.before));
        let added = match climb.nothing() {
            Base::Money(_) => part.sourced,
            Base::Count(_) => Decimal::from(part.count),
        };
        let end = climb.tier(self.base(part.before + added));
        match climb.tiers().basis.value {
            Basis::Slice | Basis::Whole => (start, end),
            Basis::Prospective => (start, start),
        }
    }

    /// What a higher tier makes up for an account's earlier volume of the tiers' time.
    fn catch_up(&mut self, index: usize, cells: &[Cell]) -> Checked<Decimal> {
        let Some(climb) = &self.terms.climb else {
            return Ok(Decimal::ZERO);
        };
        let tiers = climb.tiers();
        if tiers.basis.value != Basis::Whole || tiers.period.value == TierPeriod::TrailingYear {
            return Ok(Decimal::ZERO);
        }
        let at = &self.terms.economics.at;
        // Influenced revenue earns the share of the tier at the end; nothing is made up for.
        let shares = climb.pays_shares();
        let mut before = self.accounts[index].tier_before;
        let mut more = Decimal::ZERO;
        for (number, part) in self.parts.iter().enumerate() {
            if number > 0 && self.begins_anew(part.from) {
                before = Decimal::ZERO;
            }
            let (start, end) = self.reached(part);
            if start != end && !before.is_zero() {
                for (tier, sign) in [(end, Decimal::ONE), (start, -Decimal::ONE)] {
                    let by = match climb.pays(tier) {
                        Some(Reward::Rate(rate)) => rate.fraction(),
                        Some(Reward::Each(money)) => money.amount(),
                        None => Decimal::ZERO,
                    };
                    let amount =
                        super::terms::exact_product(before, by).ok_or_else(|| too_large(at))?;
                    more += amount * sign;
                }
            }
            for cell in cells {
                if let Pays::Tiers {
                    part, influenced, ..
                } = cell.pays
                    && usize::from(part) == number
                    && !(influenced && shares)
                {
                    before += cell.base;
                }
            }
        }
        self.accounts[index].tier_before = before;
        Ok(more)
    }

    /// The fee of a referral on further revenue of its first year; at most the cap, with what was paid before.
    fn referral(&mut self, index: usize, base: Decimal) -> Checked<Decimal> {
        let Some(fee) = &self.terms.economics.referral_fee else {
            return Ok(Decimal::ZERO);
        };
        let at = &fee.at;
        let rate = match fee.fee.value {
            Reward::Each(money) => {
                let most = fee.cap.as_ref().map(|cap| cap.value.amount());
                let sum = money.amount();
                return Ok(most.map_or(sum, |most| most.min(sum)));
            }
            Reward::Rate(rate) => rate,
        };
        let capped = |revenue: Decimal| -> Checked<Decimal> {
            let fee_due = self.terms.share(revenue, rate, at)?;
            Ok(match &fee.cap {
                Some(cap) => fee_due.min(cap.value.amount()),
                None => fee_due,
            })
        };
        let earlier = self.accounts[index].referral_paid;
        let paid = if earlier.is_zero() {
            Decimal::ZERO
        } else {
            capped(earlier)?
        };
        Ok(capped(earlier + base)? - paid)
    }

    fn aged_rate(&self, months: u16, renewal: bool) -> Option<Rate> {
        let share = self.terms.economics.revenue_share.as_ref()?;
        let reached = |period: crate::units::Period| {
            period
                .months()
                .is_some_and(|after| u32::from(months) >= after)
        };
        if renewal && share.renewal.is_none() {
            return None;
        }
        if share
            .limit
            .as_ref()
            .is_some_and(|limit| reached(limit.value))
        {
            return None;
        }
        let step = share
            .step_down
            .iter()
            .filter(|step| reached(step.after.value))
            .max_by_key(|step| step.after.months());
        match (step, renewal) {
            (Some(step), _) => Some(step.rate.value),
            (None, true) => share.renewal.as_ref().map(|renewal| renewal.rate.value),
            (None, false) => share.first_term.as_ref().map(|rate| rate.value),
        }
    }

    /// The volumes of the statement.
    fn volumes(&mut self) -> Volumes {
        let currency = self.terms.currency;
        let mut volumes = Volumes::new(currency);
        let mut aged: BTreeMap<(u16, bool, bool, bool), Decimal> = BTreeMap::new();
        let mut segments: BTreeMap<u16, (Decimal, u64, u64)> = BTreeMap::new();
        let (mut sourced, mut influenced) = (Decimal::ZERO, Decimal::ZERO);
        for part in &self.parts {
            sourced += part.sourced;
            influenced += part.influenced;
        }
        let (mut renewal, mut unengaged) = (Decimal::ZERO, Decimal::ZERO);
        let sums = matches!(
            self.terms
                .economics
                .bonus
                .first()
                .map(|bonus| bonus.pays.value),
            Some(Reward::Each(_))
        );
        for index in 0..self.accounts.len() {
            let mut referral = Decimal::ZERO;
            let mut referred = false;
            for cell in &self.accounts[index].cells {
                match cell.pays {
                    Pays::Referral { .. } => {
                        referral += cell.base;
                        referred = true;
                    }
                    Pays::Renewal { engaged: true } => renewal += cell.base,
                    Pays::Renewal { engaged: false } => unengaged += cell.base,
                    Pays::Aged {
                        months,
                        renewal,
                        influenced,
                        engaged,
                    } => {
                        let key = (months, renewal, influenced, engaged);
                        *aged.entry(key).or_default() += cell.base;
                    }
                    Pays::Bonus { bonus, influenced } => {
                        let segment = segments.entry(bonus).or_default();
                        let count = u64::try_from(cell.base).unwrap_or(0);
                        match (sums, influenced) {
                            (false, _) => segment.0 += cell.base,
                            (true, false) => segment.1 += count,
                            (true, true) => segment.2 += count,
                        }
                    }
                    Pays::FirstTerm { .. }
                    | Pays::Tiers { .. }
                    | Pays::Bounty { .. }
                    | Pays::Spiff
                    | Pays::Clawback
                    | Pays::Split => {}
                }
            }
            if referred {
                let each = self
                    .terms
                    .economics
                    .referral_fee
                    .as_ref()
                    .is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)));
                let earlier = self.accounts[index].referral_paid;
                volumes.referrals.push(Referrals {
                    count: 1,
                    revenue: self
                        .terms
                        .money(if each { Decimal::ZERO } else { referral }),
                    earlier: self.terms.money(earlier),
                });
                if !each {
                    self.accounts[index].referral_paid += referral;
                }
            }
        }
        if self
            .terms
            .economics
            .referral_fee
            .as_ref()
            .is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)))
        {
            // All alike: one line for them.
            let count = volumes.referrals.len() as u64;
            volumes.referrals.truncate(1);
            for referrals in &mut volumes.referrals {
                referrals.count = count;
            }
        }
        volumes.sourced = self.terms.money(sourced);
        volumes.influenced = self.terms.money(influenced);
        volumes.renewal = self.terms.money(renewal);
        volumes.renewal_unengaged = self.terms.money(unengaged);
        for ((months, renewal, influenced, engaged), revenue) in aged {
            volumes.aged.push(Aged {
                revenue: self.terms.money(revenue),
                months: u32::from(months),
                term: if renewal {
                    CustomerTerm::Renewal
                } else {
                    CustomerTerm::First
                },
                influenced,
                engaged,
            });
        }
        for (bonus, (revenue, activations, influenced_activations)) in segments {
            if let Some(bonus) = self.terms.economics.bonus.get(usize::from(bonus)) {
                volumes.segments.push(SegmentVolume {
                    segment: bonus.segment.id().to_owned(),
                    revenue: self.terms.money(revenue),
                    activations,
                    influenced_activations,
                });
            }
        }
        volumes.activations = self.bounty_count[0];
        volumes.influenced_activations = self.bounty_count[1];
        volumes.spiff = self.spiff_count;
        if self.terms.climb.is_some() {
            let count = self.parts.iter().map(|part| part.count).sum();
            volumes.tier_count = Some(count);
        }
        volumes
    }

    /// The volumes of the tiers, part by part.
    fn part_volumes(&self, volumes: &Volumes) -> Vec<Volumes> {
        if self.terms.climb.is_none() {
            return Vec::new();
        }
        let of = |part: &Part| {
            let mut own = Volumes::new(self.terms.currency);
            own.sourced = self.terms.money(part.sourced);
            own.influenced = self.terms.money(part.influenced);
            if matches!(
                self.terms
                    .climb
                    .as_ref()
                    .map(crate::economics::Climb::nothing),
                Some(Base::Count(_))
            ) {
                own.tier_count = Some(part.count);
            }
            own.ends = volumes.ends;
            own.accumulated = Accumulated {
                sourced: self.terms.money(part.before_revenue),
                count: u64::try_from(part.before).unwrap_or(0),
            };
            own
        };
        self.parts.iter().map(of).collect()
    }

    /// The accounts that left, with what was paid for each: before, and with this statement.
    fn left(&self, ledger: &Ledger<'_>, earned: &[Earned]) -> Checked<Vec<LeftAccount>> {
        let mut left = Vec::new();
        let at = &self.terms.economics.at;
        let mut now: BTreeMap<u32, Decimal> = self
            .left
            .iter()
            .map(|(account, _, _)| (*account, Decimal::ZERO))
            .collect();
        for one in earned {
            if let Some(sum) = now.get_mut(&one.account) {
                *sum += one.amount - self.held_of(one.amount).ok_or_else(|| too_large(at))?;
            }
        }
        for (account, on, event) in &self.left {
            // One that left twice in this time gives back once.
            let Some(now) = now.remove(account) else {
                continue;
            };
            let paid = self.accounts[*account as usize].paid + now;
            left.push(LeftAccount {
                account: ledger.accounts[*account as usize].name.to_string(),
                on: *on,
                event: event.clone(),
                paid: self.terms.money(paid),
            });
        }
        Ok(left)
    }

    fn held_of(&self, amount: Decimal) -> Option<Decimal> {
        if self.terms.held.is_zero() {
            return Some(Decimal::ZERO);
        }
        super::terms::exact_product(amount, self.terms.held)
    }

    fn largest(&self, ledger: &Ledger<'_>, earned: &[Earned]) -> Vec<(String, Money)> {
        let mut sums: BTreeMap<u32, Decimal> = BTreeMap::new();
        for one in earned {
            *sums.entry(one.account).or_default() += one.amount;
        }
        let mut sums: Vec<(u32, Decimal)> = sums.into_iter().collect();
        sums.sort_by_key(|(account, amount)| (-*amount, *account));
        sums.truncate(LARGEST);
        sums.into_iter()
            .map(|(account, amount)| {
                let name = ledger.accounts[account as usize].name.to_string();
                (name, self.terms.money(amount))
            })
            .collect()
    }

    /// Keeps what later stages pay; returns it, exact.
    fn hold(&mut self, earned: &[Earned]) -> Checked<Decimal> {
        let economics = self.terms.economics;
        let at = &economics.at;
        let calendar = self.terms.deal.agreement.calendar();
        let mut all = Decimal::ZERO;
        for one in earned {
            let mut rest = one.amount;
            for (index, stage) in economics.payment.stage.iter().enumerate().skip(1) {
                let amount = super::terms::exact_product(one.amount, stage.share.value.fraction())
                    .ok_or_else(|| too_large(at))?;
                let due = match &stage.after {
                    Some(period) => after(&calendar, one.date, period.value),
                    None => one.date,
                };
                let number = u8::try_from(index + 1).unwrap_or(u8::MAX);
                *self.pending.entry((due, one.account, number)).or_default() += amount;
                rest -= amount;
                all += amount;
            }
            self.accounts[one.account as usize].paid += rest;
        }
        for account in &mut self.accounts {
            account.cells.clear();
        }
        Ok(all)
    }

    /// What stages whose day has come pay, and what they will never pay.
    fn release(&mut self, ledger: &Ledger<'_>) -> (Decimal, Decimal) {
        let (mut released, mut lost) = (Decimal::ZERO, Decimal::ZERO);
        let end = self.time.to;
        let later = self.pending.split_off(&(end.plus_days(1), 0, 0));
        for ((due, account, number), amount) in std::mem::replace(&mut self.pending, later) {
            let stage = self
                .terms
                .economics
                .payment
                .stage
                .get(usize::from(number) - 1);
            let milestone = |stage| {
                self.milestones
                    .get(&(account, stage))
                    .is_some_and(|on| *on <= due)
            };
            let comes = match stage.and_then(|stage| stage.on.as_ref()).map(|on| on.value) {
                Some(StageEvent::Earned) | None => true,
                Some(StageEvent::Stays) => ledger.accounts[account as usize]
                    .left
                    .is_none_or(|left| left > due),
                Some(StageEvent::Milestone) => milestone(number) || milestone(0),
            };
            if comes {
                released += amount;
                self.accounts[account as usize].paid += amount;
            } else {
                lost += amount;
            }
        }
        (released, lost)
    }

    /// Adds the statement to what cap and floor have seen.
    fn remember(&mut self, statement: &Statement, ends: Ends) -> Result<(), Diagnostic> {
        let total = statement.total.amount();
        let over = |per: FeePeriod| match per {
            FeePeriod::Month => ends.months > 0,
            FeePeriod::Quarter => ends.quarters > 0,
            FeePeriod::Year => ends.years > 0,
        };
        let economics = self.terms.economics;
        for (limit, paid) in [
            (&economics.cap, &mut self.paid_within_cap),
            (&economics.floor, &mut self.paid_within_floor),
        ] {
            if let Some(limit) = limit {
                *paid = if over(limit.per.value) {
                    Decimal::ZERO
                } else {
                    *paid + total
                };
            }
        }
        Ok(())
    }
}

/// Takes what is beyond a cap from what was earned last.
fn take_from_the_last(earned: &mut [Earned], mut cut: Decimal) {
    let mut order: Vec<usize> = (0..earned.len()).collect();
    order.sort_by_key(|index| (earned[*index].date, earned[*index].account));
    for index in order.into_iter().rev() {
        if cut <= Decimal::ZERO {
            return;
        }
        let amount = earned[index].amount;
        if amount > Decimal::ZERO {
            let off = amount.min(cut);
            earned[index].amount -= off;
            cut -= off;
        }
    }
}
