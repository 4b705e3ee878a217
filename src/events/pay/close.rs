//! The end of a statement's time: from what was gathered to the statement, and to what each account earned of it.

use super::fold::Fold;
use super::stages::take_from_the_last;
use super::stretch::Aside;
use super::terms::{Terms, exact_product, too_large};
use crate::deal::FeePeriod;
use crate::economics::{Checked, Ends, Model, Statement, Stretch, Volumes, statement_of_stretches};
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
    /// The first and last day of each stretch that was paid by terms of its own; one if nothing was amended.
    pub stretches: Vec<(Date, Date)>,
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
    /// By which terms.
    pub(super) stretch: usize,
}

/// A stretch of the time, worked out.
pub(super) struct Worked<'a> {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) terms: Terms<'a>,
    parts: Vec<Volumes>,
    volumes: Volumes,
    /// Accounts that left in it.
    left: Vec<(u32, Date, String)>,
}

impl<'a> Fold<'a> {
    /// Ends the time of the statement and goes on to the next.
    ///
    /// # Errors
    ///
    /// As the calculator.
    pub fn close(&mut self, ledger: &Ledger<'_>, next: Time) -> Checked<Closed> {
        self.accounts
            .resize_with(ledger.accounts.len(), Default::default);
        self.set_aside(self.time.to);
        let mut worked = Vec::new();
        let mut earned = Vec::new();
        let mut bounties = 0;
        for aside in std::mem::take(&mut self.aside) {
            let number = worked.len();
            worked.push(self.work(aside, number, &mut bounties, &mut earned, ledger)?);
        }
        self.bounty_count = [0, 0];
        self.spiff_count = 0;
        let all: Decimal = earned.iter().map(|one| one.amount).sum();
        let left = self.left(ledger, &mut worked, &earned)?;
        let years = self.years(&worked);
        let ends = self.course.ends(&self.time);
        let stretches: Vec<Stretch<'_>> = worked
            .iter_mut()
            .map(|one| Stretch {
                deal: one.terms.deal,
                parts: std::mem::take(&mut one.parts),
                volumes: one.volumes.clone(),
            })
            .collect();
        let statement = statement_of_stretches(&stretches, &years)?;
        self.told_apart(&statement, &worked, &years)?;
        let largest = self.largest(ledger, &earned);
        for line in statement
            .lines
            .iter()
            .filter(|line| line.model == Model::Cap)
        {
            let last = usize::from(line.stretch);
            let year = years
                .iter()
                .find(|year| (year.first..year.end).contains(&last));
            // A cap of a year cuts off what was earned in it.
            let of_year = worked[last].terms.economics.cap.as_ref();
            let of_year = of_year.is_some_and(|cap| cap.per.value == FeePeriod::Year);
            let first = year.filter(|_| of_year).map_or(0, |year| year.first);
            take_from_the_last(&mut earned, -line.amount.amount(), first..last + 1);
        }
        let held = self.hold(&earned, &worked)?;
        let (released, lost) = self.release(ledger);
        self.keep(&worked, &years, &statement);
        let time = std::mem::replace(&mut self.time, next.clone());
        self.missed.clear();
        if let Some(terms) = self.amended.take() {
            self.terms = terms;
        }
        self.open(next);
        let money = |amount| self.terms.money(amount);
        Ok(Closed {
            time,
            ends,
            statement,
            stretches: worked.iter().map(|one| (one.from, one.to)).collect(),
            of_customers: money(all),
            held: money(held),
            released: money(released),
            lost: money(lost),
            left,
            accounts: largest,
        })
    }

    /// Works out one stretch of the time: its volumes, and what each account earned in it.
    fn work(
        &mut self,
        aside: Aside<'a>,
        number: usize,
        bounties: &mut u64,
        earned: &mut Vec<Earned>,
        ledger: &Ledger<'_>,
    ) -> Checked<Worked<'a>> {
        let (from, to) = (aside.from, aside.to);
        let spiff_paid_before = aside.spiff_paid_before;
        let left = self.take_up(aside);
        self.engage(ledger, number);
        let paid_before = *bounties;
        *bounties = self.pay_bounties(paid_before);
        let at = &self.terms.economics.at;
        let (mut split, mut influenced_sums) = (Decimal::ZERO, Decimal::ZERO);
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
                earned.push(Earned {
                    account,
                    date,
                    amount,
                    stretch: number,
                });
            }
        }
        let mut volumes = self.volumes();
        volumes.split = self.terms.money(split);
        volumes.influenced_sums = self.terms.money(influenced_sums);
        volumes.ends = self.course.ends(&Time {
            name: String::new(),
            from,
            to,
        });
        volumes.paid.spiff = self.terms.money(spiff_paid_before);
        volumes.paid.bounties = paid_before;
        let parts = self.part_volumes(&volumes);
        for account in &mut self.accounts {
            account.cells.clear();
        }
        Ok(Worked {
            from,
            to,
            terms: self.terms.clone(),
            parts,
            volumes,
            left,
        })
    }

    /// The accounts that left, with what was paid for each: before, and with this statement. What each stretch gives
    /// back goes into its volumes: the terms of the day on which an account left say how much.
    fn left(
        &self,
        ledger: &Ledger<'_>,
        worked: &mut [Worked<'_>],
        earned: &[Earned],
    ) -> Checked<Vec<LeftAccount>> {
        let mut left = Vec::new();
        let at = &self.terms.economics.at;
        let gone = worked.iter().flat_map(|one| &one.left);
        let mut now: BTreeMap<u32, Decimal> = gone
            .map(|(account, _, _)| (*account, Decimal::ZERO))
            .collect();
        for one in earned {
            if let Some(sum) = now.get_mut(&one.account) {
                let terms = &worked[one.stretch].terms;
                let held = held_of(terms, one.amount).ok_or_else(|| too_large(at))?;
                *sum += one.amount - held;
            }
        }
        for stretch in worked {
            let mut owed = Decimal::ZERO;
            for (account, on, event) in &stretch.left {
                // One that left twice in this time gives back once.
                let Some(now) = now.remove(account) else {
                    continue;
                };
                let paid = self.accounts[*account as usize].paid + now;
                owed += paid;
                left.push(LeftAccount {
                    account: ledger.accounts[*account as usize].name.to_string(),
                    on: *on,
                    event: event.clone(),
                    paid: self.terms.money(paid),
                });
            }
            stretch.volumes.left = self.terms.money(owed);
        }
        Ok(left)
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

/// What later stages hold back of an amount.
fn held_of(terms: &Terms<'_>, amount: Decimal) -> Option<Decimal> {
    if terms.held.is_zero() {
        return Some(Decimal::ZERO);
    }
    exact_product(amount, terms.held)
}
