//! The end of a statement's time: from what was gathered to the statement, and to what each account earned of it.

use super::fold::Fold;
use super::stages::take_from_the_last;
use super::terms::{Terms, too_large};
use crate::economics::{Checked, Ends, Model, Paid, Statement, Volumes, statement_of_parts};
use crate::events::account::Standing;
use crate::events::ledger::Ledger;
use crate::events::time::Time;
use crate::units::{Date, Decimal, Money};
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
pub(super) struct Earned {
    pub(super) account: u32,
    pub(super) date: Date,
    pub(super) amount: Decimal,
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
        let economics = self.terms.economics;
        let at = &economics.at;
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
                        Terms::share(amount, share, at)?
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
            within_cap: self.paid_within(economics.cap.as_ref()).most,
            within_floor: self.paid_within(economics.floor.as_ref()).least,
            spiff: self.terms.money(self.spiff_paid_before),
        };
        let parts = self.part_volumes(&volumes);
        let statement = statement_of_parts(self.terms.deal, &parts, &volumes)?;
        self.told_apart(&statement)?;
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
        self.totals
            .push((self.time.from, self.time.to, statement.total.amount()));
        let time = std::mem::replace(&mut self.time, next.clone());
        self.history.append(&mut self.parts);
        self.left.clear();
        self.missed.clear();
        self.bounty = [Vec::new(), Vec::new()];
        self.bounty_count = [0, 0];
        self.spiff_count = 0;
        self.spiff_paid_before = self.spiff_paid;
        if let Some(terms) = self.amended.take() {
            self.terms = terms;
        }
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
}
