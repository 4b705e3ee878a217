//! What each account earned in the time of a statement, by itself.
//!
//! In: the volumes of an account, by what they are paid as. Out: exact amounts by day, with full credit. The same terms
//! pay the lines of the statement, in `economics`; that both come to the same is held by a property test.

use super::fold::{Cell, Fold, Part};
use super::key::Pays;
use super::terms::{Terms, exact_product, too_large};
use crate::deal::{Basis, Reward, TierPeriod};
use crate::economics::{Base, Checked};
use crate::events::account::Standing;
use crate::events::ledger::Ledger;
use crate::units::{Date, Decimal, Rate};
use std::collections::BTreeMap;

impl Fold<'_> {
    /// Marks renewals of accounts with which the partner was not engaged.
    pub(super) fn engage(&mut self, ledger: &Ledger<'_>, stretch: usize) {
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
                    let here = usize::from(kept.stretch) == stretch;
                    if !here || *kept.account != *ledger.accounts[index].name {
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

    /// Gives each activation that the bounty pays to its account: sourced ones first, up to what `paid` leaves of the
    /// limit. Returns how many were paid in the time of the statement.
    pub(super) fn pay_bounties(&mut self, mut paid: u64) -> u64 {
        let Some(bounty) = &self.terms.economics.bounty else {
            return paid;
        };
        let most = bounty.limit.as_ref().map_or(u64::MAX, |limit| limit.number);
        let mut left = most.saturating_sub(paid);
        for side in [0, 1] {
            let influenced = side == 1;
            let pays = Pays::Bounty { influenced };
            for (account, date) in std::mem::take(&mut self.bounty[side]) {
                if left == 0 {
                    break;
                }
                left -= 1;
                paid += 1;
                let date = if self.terms.dated { date } else { Date::MIN };
                self.accounts[account as usize].cells.push(Cell {
                    pays,
                    date,
                    base: Decimal::ONE,
                });
            }
        }
        paid
    }

    /// What an account earned by day, with full credit; what its results in tiers that count come to is added up.
    pub(super) fn account(
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
            caught_up = Terms::share(caught_up, share, &self.terms.economics.at)?;
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
    pub(super) fn amount(
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
            let full = exact_product(cell.base, by).ok_or_else(|| too_large(at))?;
            match (influenced, influenced_share) {
                (true, Some(share)) => {
                    exact_product(full, share.fraction()).ok_or_else(|| too_large(at))
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
    pub(super) fn tier_pays(&self, part: usize, tier: Option<u8>) -> Option<Reward> {
        let climb = self.terms.climb.as_ref()?;
        let tier = match tier {
            Some(tier) => usize::from(tier),
            None => self.reached(self.parts.get(part)?).1,
        };
        climb.pays(tier)
    }

    /// The tier that a part began in, and the one that pays for it.
    pub(super) fn reached(&self, part: &Part) -> (usize, usize) {
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
    pub(super) fn catch_up(&mut self, index: usize, cells: &[Cell]) -> Checked<Decimal> {
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
            if self.begins_anew(part.from) {
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
                    let amount = exact_product(before, by).ok_or_else(|| too_large(at))?;
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

    /// The fee of a referral on further revenue of its first year; at most what the cap leaves of what was paid before.
    pub(super) fn referral(&mut self, index: usize, base: Decimal) -> Checked<Decimal> {
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
        let account = &mut self.accounts[index];
        let settled = account.referral_settled;
        let capped = |revenue: Decimal| -> Checked<Decimal> {
            let fee_due = Terms::share(revenue, rate, at)?;
            Ok(match &fee.cap {
                Some(cap) => fee_due.min((cap.value.amount() - settled).max(Decimal::ZERO)),
                None => fee_due,
            })
        };
        let earlier = account.referral_paid + account.referral_new;
        let due = capped(earlier + base)? - capped(earlier)?;
        account.referral_new += base;
        account.referral_fees += due;
        Ok(due)
    }

    pub(super) fn aged_rate(&self, months: u16, renewal: bool) -> Option<Rate> {
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
}
