//! The end of a statement's time: from what was gathered to the statement, and to what each account earned of it.

use super::accounts::{AccountPay, Accounts, Earned, Known};
use super::earned::disengage;
use super::fold::Fold;
use super::stages::{Cut, Staging};
use super::stretch::Aside;
use super::terms::Terms;
use super::volumes::Adding;
use crate::deal::FeePeriod;
use crate::economics::{
    Checked, Ends, Model, Statement, Stretch, YearPart, statement_of_stretches,
};
use crate::events::account::Standing;
use crate::events::ledger::Ledger;
use crate::events::time::Time;
use crate::units::{Date, Decimal, Money};
use std::collections::BTreeMap;
use std::ops::Range;

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

/// A stretch of the time, being worked out account by account.
pub(super) struct Worked<'a> {
    pub(super) aside: Aside<'a>,
    adding: Adding,
    /// What is not credited in full: of split accounts, and of results of influenced ones.
    split: Decimal,
    influenced_sums: Decimal,
    /// How many bounties were paid in the stretches before.
    bounties_before: u64,
}

/// What the accounts come to before the statement is made.
struct Gathered<'a> {
    worked: Vec<Worked<'a>>,
    all: Decimal,
    /// What was earned by day and stretch, as far as a cap can take it.
    days: BTreeMap<(Date, u8), Decimal>,
    /// Of those that left: the name, and what was paid for each with this statement.
    leaving: BTreeMap<u64, Option<(String, Decimal)>>,
    /// The largest so far: what was earned, the account, its name.
    largest: Vec<(Decimal, u64, String)>,
}

impl<'a> Fold<'a> {
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
        self.set_aside(self.time.to);
        let mut bounties = 0;
        let mut gathered = Gathered {
            worked: Vec::new(),
            all: Decimal::ZERO,
            days: BTreeMap::new(),
            leaving: BTreeMap::new(),
            largest: Vec::new(),
        };
        for (number, mut aside) in (0..).zip(std::mem::take(&mut self.aside)) {
            let bounties_before = bounties;
            bounties = aside.pay_bounties(number, bounties, accounts);
            let gone = aside.left.iter().map(|(at, _, _)| (*at, None));
            gathered.leaving.extend(gone);
            gathered.worked.push(Worked {
                adding: Adding::new(&aside.terms),
                aside,
                split: Decimal::ZERO,
                influenced_sums: Decimal::ZERO,
                bounties_before,
            });
        }
        accounts.each(ledger, &mut |at, known, account| {
            self.gather(at, &known, account, &mut gathered)
        })?;
        let left = self.left(&mut gathered);
        let years = self.years(&gathered.worked);
        let ends = self.course.ends(&self.time);
        let mut stretches = Vec::new();
        for (worked, owed) in gathered.worked.iter_mut().zip(&left) {
            stretches.push(self.stretch_of(worked, owed));
        }
        let statement = statement_of_stretches(&stretches, &years)?;
        self.told_apart(&statement, &gathered.worked, &years)?;
        keep_largest(&mut gathered.largest);
        let worked = gathered.worked;
        let cuts = cuts(&statement, &worked, &years);
        let mut staging = Staging::new(self, Cut::new(&gathered.days, cuts));
        accounts.each(ledger, &mut |_, known, account| {
            staging.take(self, &worked, &known, account)
        })?;
        self.keep(&worked, &years, &statement);
        let time = std::mem::replace(&mut self.time, next.clone());
        if let Some(terms) = self.amended.take() {
            self.terms = terms;
        }
        self.open(next);
        let money = |amount| self.terms.money(amount);
        Ok(Closed {
            time,
            ends,
            statement,
            stretches: worked
                .iter()
                .map(|one| (one.aside.from, one.aside.to))
                .collect(),
            of_customers: money(gathered.all),
            held: money(staging.held),
            released: money(staging.released),
            lost: money(staging.lost),
            left: left.into_iter().flatten().collect(),
            accounts: gathered
                .largest
                .into_iter()
                .map(|(amount, _, name)| (name, money(amount)))
                .collect(),
        })
    }

    /// What one account earned, in full and with the credit that it has, by the terms of each stretch.
    fn gather(
        &mut self,
        at: u64,
        known: &Known<'_>,
        account: &mut AccountPay,
        gathered: &mut Gathered<'_>,
    ) -> Checked<()> {
        let missed = account.missed || known.disengaged;
        let leaves = gathered.leaving.contains_key(&at);
        let (mut sum, mut now) = (Decimal::ZERO, Decimal::ZERO);
        for (number, worked) in (0..).zip(&mut gathered.worked) {
            let terms = &worked.aside.terms;
            worked.aside.take_up(account);
            if missed && terms.while_engaged() {
                disengage(at, number, account, self.trace.as_mut());
            }
            let sums = &mut worked.influenced_sums;
            let full = worked
                .aside
                .account(number, account, known.standing, sums)?;
            let credited = match (known.standing, terms.split_share) {
                (Standing::Split, Some(share)) => Some(share),
                (
                    Standing::Full | Standing::Split | Standing::Influenced | Standing::Nothing,
                    _,
                ) => None,
            };
            for (date, amount) in full {
                let amount = match credited {
                    Some(share) => {
                        worked.split += amount;
                        Terms::share(amount, share, &terms.economics.at)?
                    }
                    None => amount,
                };
                gathered.all += amount;
                sum += amount;
                if leaves {
                    now += amount - terms.held_of(amount)?;
                }
                if amount > Decimal::ZERO {
                    *gathered.days.entry((date, number)).or_default() += amount;
                }
                account.earned.push(Earned {
                    stretch: number,
                    date,
                    amount,
                });
            }
            worked.adding.take(terms, number, account);
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
        account.cells.clear();
        account.missed = false;
        Ok(())
    }

    /// The accounts that left in each stretch, with what was paid for each: before, and with this statement. The terms
    /// of the day on which an account left say how much is given back.
    fn left(&self, gathered: &mut Gathered<'_>) -> Vec<Vec<LeftAccount>> {
        let mut all = Vec::new();
        for worked in &gathered.worked {
            let mut left = Vec::new();
            for (at, on, event) in &worked.aside.left {
                // One that left twice in this time gives back once.
                let Some((account, paid)) = gathered.leaving.remove(at).flatten() else {
                    continue;
                };
                left.push(LeftAccount {
                    account,
                    on: *on,
                    event: event.clone(),
                    paid: self.terms.money(paid),
                });
            }
            all.push(left);
        }
        all
    }

    /// A stretch as the calculator takes it.
    fn stretch_of(&self, worked: &mut Worked<'a>, left: &[LeftAccount]) -> Stretch<'a> {
        let aside = &worked.aside;
        let adding = std::mem::replace(&mut worked.adding, Adding::new(&aside.terms));
        let mut volumes = adding.finish(aside);
        volumes.split = aside.terms.money(worked.split);
        volumes.influenced_sums = aside.terms.money(worked.influenced_sums);
        let owed = left.iter().map(|account| account.paid.amount()).sum();
        volumes.left = self.terms.money(owed);
        volumes.ends = self.course.ends(&Time {
            name: String::new(),
            from: aside.from,
            to: aside.to,
        });
        volumes.paid.spiff = aside.terms.money(aside.spiff_paid_before);
        volumes.paid.bounties = worked.bounties_before;
        Stretch {
            deal: aside.terms.deal,
            parts: aside.part_volumes(&volumes),
            volumes,
        }
    }
}

/// How much caps cut off, each from which stretches: a cap of a year from those of its year.
fn cuts(
    statement: &Statement,
    worked: &[Worked<'_>],
    years: &[YearPart],
) -> Vec<(Range<usize>, Decimal)> {
    let mut cuts = Vec::new();
    let lines = statement.lines.iter();
    for line in lines.filter(|line| line.model == Model::Cap) {
        let last = usize::from(line.stretch);
        let year = years
            .iter()
            .find(|year| (year.first..year.end).contains(&last));
        let of_year = worked[last].aside.terms.economics.cap.as_ref();
        let of_year = of_year.is_some_and(|cap| cap.per.value == FeePeriod::Year);
        let first = year.filter(|_| of_year).map_or(0, |year| year.first);
        cuts.push((first..last + 1, -line.amount.amount()));
    }
    cuts
}

/// The largest of these, from the largest; of two alike the one that came first.
fn keep_largest(all: &mut Vec<(Decimal, u64, String)>) {
    all.sort_by_key(|(amount, account, _)| (-*amount, *account));
    all.truncate(LARGEST);
}
