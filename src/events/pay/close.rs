//! The end of a statement's time: from what was gathered to the statement, and to what each account earned of it.

use super::accounts::{AccountPay, Accounts, Known};
use super::fold::Fold;
use super::stages::{Cut, Staging};
use super::terms::{Terms, too_large};
use super::volumes::Adding;
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

/// What the accounts come to before the statement is made.
struct Gathered {
    adding: Adding,
    /// What is not credited in full: of split accounts, and of results of influenced ones.
    split: Decimal,
    influenced_sums: Decimal,
    all: Decimal,
    /// What was earned by day, as far as a cap can take it.
    days: BTreeMap<Date, Decimal>,
    /// Of those that left: the name, and what was paid for each with this statement.
    leaving: BTreeMap<u64, Option<(String, Decimal)>>,
    /// The largest so far: what was earned, the account, its name.
    largest: Vec<(Decimal, u64, String)>,
}

impl Fold<'_> {
    /// Ends the time of the statement and goes on to the next.
    ///
    /// # Errors
    ///
    /// As the calculator.
    pub fn close(&mut self, ledger: Option<&Ledger<'_>>, next: Time) -> Checked<Closed> {
        let mut accounts = std::mem::take(&mut self.accounts);
        let closed = self.close_with(&mut accounts, ledger, next);
        accounts.turn();
        self.accounts = accounts;
        closed
    }

    fn close_with(
        &mut self,
        accounts: &mut Accounts,
        ledger: Option<&Ledger<'_>>,
        next: Time,
    ) -> Checked<Closed> {
        self.go_to(self.parts.len().saturating_sub(1));
        self.pay_bounties(accounts);
        let mut gathered = Gathered {
            adding: Adding::new(self),
            split: Decimal::ZERO,
            influenced_sums: Decimal::ZERO,
            all: Decimal::ZERO,
            days: BTreeMap::new(),
            leaving: self.left.iter().map(|(at, _, _)| (*at, None)).collect(),
            largest: Vec::new(),
        };
        accounts.each(ledger, &mut |at, known, account| {
            self.gather(at, &known, account, &mut gathered)
        })?;
        let economics = self.terms.economics;
        let mut volumes = gathered.adding.finish(self);
        volumes.split = self.terms.money(gathered.split);
        volumes.influenced_sums = self.terms.money(gathered.influenced_sums);
        let left = self.left(gathered.leaving);
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
        keep_largest(&mut gathered.largest);
        let cut = statement
            .lines
            .iter()
            .filter(|line| line.model == Model::Cap)
            .map(|line| -line.amount.amount())
            .sum();
        let mut staging = Staging::new(self, Cut::new(&gathered.days, cut));
        accounts.each(ledger, &mut |_, known, account| {
            staging.take(self, &known, account)
        })?;
        self.totals
            .push((self.time.from, self.time.to, statement.total.amount()));
        let time = std::mem::replace(&mut self.time, next.clone());
        self.history.append(&mut self.parts);
        self.left.clear();
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
            of_customers: money(gathered.all),
            held: money(staging.held),
            released: money(staging.released),
            lost: money(staging.lost),
            left,
            accounts: gathered
                .largest
                .into_iter()
                .map(|(amount, _, name)| (name, money(amount)))
                .collect(),
        })
    }

    /// What one account earned, in full and with the credit that it has.
    fn gather(
        &mut self,
        at: u64,
        known: &Known<'_>,
        account: &mut AccountPay,
        gathered: &mut Gathered,
    ) -> Checked<()> {
        if self.anew {
            account.tier_before = Decimal::ZERO;
        }
        self.engage(at, known, account);
        let place = &self.terms.economics.at;
        let full = self.account(account, known.standing, &mut gathered.influenced_sums)?;
        let credited = match (known.standing, self.terms.split_share) {
            (Standing::Split, Some(share)) => Some(share),
            (Standing::Full | Standing::Split | Standing::Influenced | Standing::Nothing, _) => {
                None
            }
        };
        let leaves = gathered.leaving.contains_key(&at);
        let (mut sum, mut now) = (Decimal::ZERO, Decimal::ZERO);
        for (date, amount) in full {
            let amount = match credited {
                Some(share) => {
                    gathered.split += amount;
                    Terms::share(amount, share, place)?
                }
                None => amount,
            };
            gathered.all += amount;
            sum += amount;
            if leaves {
                now += amount - self.held_of(amount).ok_or_else(|| too_large(place))?;
            }
            if amount > Decimal::ZERO {
                *gathered.days.entry(date).or_default() += amount;
            }
            account.earned.push((date, amount));
        }
        if !account.earned.is_empty() {
            gathered.largest.push((sum, at, known.name.to_owned()));
            if gathered.largest.len() >= LARGEST * 8 {
                keep_largest(&mut gathered.largest);
            }
        }
        if let Some(leaving) = gathered.leaving.get_mut(&at) {
            *leaving = Some((known.name.to_owned(), account.paid + now));
        }
        gathered.adding.take(self, account);
        account.cells.clear();
        account.missed = false;
        Ok(())
    }

    /// The accounts that left, with what was paid for each: before, and with this statement.
    fn left(&self, mut leaving: BTreeMap<u64, Option<(String, Decimal)>>) -> Vec<LeftAccount> {
        let mut left = Vec::new();
        for (at, on, event) in &self.left {
            // One that left twice in this time gives back once.
            let Some((account, paid)) = leaving.remove(at).flatten() else {
                continue;
            };
            left.push(LeftAccount {
                account,
                on: *on,
                event: event.clone(),
                paid: self.terms.money(paid),
            });
        }
        left
    }

    fn held_of(&self, amount: Decimal) -> Option<Decimal> {
        if self.terms.held.is_zero() {
            return Some(Decimal::ZERO);
        }
        super::terms::exact_product(amount, self.terms.held)
    }
}

/// The largest of these, from the largest; of two alike the one that came first.
fn keep_largest(all: &mut Vec<(Decimal, u64, String)>) {
    all.sort_by_key(|(amount, account, _)| (-*amount, *account));
    all.truncate(LARGEST);
}
