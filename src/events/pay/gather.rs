//! What each event adds to the statement that is being gathered.

use super::fold::{Cell, Fold};
use super::key::{Contribution, Pays};
use crate::deal::{Basis, EventKind, Reward};
use crate::economics::{Base, Checked};
use crate::events::account::{Account, Standing};
use crate::events::column::Column;
use crate::events::event::Event;
use crate::events::ledger::{Class, What};
use crate::units::{Date, Decimal, Money};

impl Fold<'_> {
    pub(super) fn about(
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
            What::Repeated | What::Spent(_) | What::Noted | What::TooLate => {}
        }
        if account.standing == Some(Standing::Split) {
            match what {
                What::Revenue { net, .. } => {
                    self.note(Pays::Split, Base::Money(self.terms.money(net)), event);
                }
                What::Activated => self.note(Pays::Split, Base::Count(1), event),
                What::Accepted
                | What::Left
                | What::Repeated
                | What::Spent(_)
                | What::Noted
                | What::TooLate => {}
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

    pub(super) fn revenue(
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
            self.remember_revenue(event.date, net);
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

    pub(super) fn activated(&mut self, at: u32, account: &Account, event: &Event) {
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

    pub(super) fn accepted(&mut self, at: u32, event: &Event) {
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
    pub(super) fn counted(
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
    pub(super) fn prize(&mut self, account: Option<u32>, event: &Event) {
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

    pub(super) fn leaves(&mut self, at: u32, account: &Account, event: &Event) {
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

    pub(super) fn add(&mut self, at: u32, pays: Pays, base: Decimal, event: &Event) {
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

    pub(super) fn note(&mut self, pays: Pays, base: Base, event: &Event) {
        let stretch = u8::try_from(self.aside.len()).unwrap_or(u8::MAX);
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
        let count = trace.count.entry((stretch, group)).or_insert(0);
        *count += 1;
        if *count <= trace.most as u64 {
            trace.kept.push(Contribution {
                pays,
                stretch,
                base,
                id: event.id().to_owned(),
                by_silence: event.by_silence,
                date: event.date,
                account: event.account().to_owned(),
                file: std::sync::Arc::clone(&event.row.file),
                line: event.row.line,
            });
        }
    }
}
