//! What each account earned in the time of a statement, and was paid before.
//!
//! Events add to it in any order of accounts; at the end of a statement's time all accounts are gone through, each in
//! the order of its first event. So they can stand in memory or beside it, and nothing else needs to know.

use super::key::Pays;
use crate::deal::StageEvent;
use crate::economics::Checked;
use crate::events::account::Standing;
use crate::events::ledger::Ledger;
use crate::events::spill::Shelf;
use crate::units::{Date, Decimal};

/// All accounts.
#[derive(Debug)]
pub(in crate::events) enum Accounts {
    /// By their place in the ledger.
    Memory(Vec<AccountPay>),
    /// Beside memory.
    Spilled(Box<Shelf>),
}

/// What an account earned in the time of a statement, and was paid before.
#[derive(Debug, Default)]
pub(in crate::events) struct AccountPay {
    pub(in crate::events) cells: Vec<Cell>,
    /// What it earned in each stretch, by day: known from the first way through the accounts to the second.
    pub(in crate::events) earned: Vec<Earned>,
    /// Whether the partner was not engaged with it at some time of the statement.
    pub(in crate::events) missed: bool,
    /// What the tiers' time had of it before this statement, where a higher tier makes up for it.
    pub(in crate::events) tier_before: Decimal,
    /// First-year revenue on which a referral fee was paid by the terms in force, in earlier statements.
    pub(in crate::events) referral_paid: Decimal,
    /// The referral fee in all, and what of it other terms paid.
    pub(in crate::events) referral_fees: Decimal,
    pub(in crate::events) referral_settled: Decimal,
    /// What was paid for it, stages held back aside.
    pub(in crate::events) paid: Decimal,
    /// What later stages hold back.
    pub(in crate::events) pending: Vec<Pending>,
    /// Milestones by stage; stage 0 stands for every one.
    pub(in crate::events) milestones: Vec<(u8, Date)>,
}

/// A volume of an account, and what it is paid as.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Cell {
    /// The stretch of the time that it belongs to, from 0.
    pub(in crate::events) stretch: u8,
    pub(in crate::events) pays: Pays,
    /// The day on which it was earned, if stages are counted from it.
    pub(in crate::events) date: Date,
    /// An amount of money, or a number.
    pub(in crate::events) base: Decimal,
}

/// What an account earned on a day.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Earned {
    /// By which terms.
    pub(in crate::events) stretch: u8,
    pub(in crate::events) date: Date,
    pub(in crate::events) amount: Decimal,
}

/// A part of what an account earned that a later stage pays.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Pending {
    /// Its day.
    pub(in crate::events) due: Date,
    /// The stage, from 1.
    pub(in crate::events) stage: u8,
    /// What it hangs on.
    pub(in crate::events) on: Option<StageEvent>,
    pub(in crate::events) amount: Decimal,
}

/// What the ledger knows of an account at the end of a statement's time.
#[derive(Debug, Clone, Copy)]
pub(in crate::events) struct Known<'l> {
    pub(in crate::events) name: &'l str,
    pub(in crate::events) standing: Standing,
    /// Whether an act that keeps the partner engaged is missing.
    pub(in crate::events) disengaged: bool,
    /// When it left.
    pub(in crate::events) left: Option<Date>,
}

/// What is done with each account.
pub(in crate::events) type Visit<'v> =
    dyn FnMut(u64, Known<'_>, &mut AccountPay) -> Checked<()> + 'v;

impl AccountPay {
    pub(in crate::events) fn add(&mut self, cell: Cell) {
        let same = |known: &&mut Cell| {
            known.pays == cell.pays && known.date == cell.date && known.stretch == cell.stretch
        };
        match self.cells.iter_mut().find(same) {
            Some(known) => known.base += cell.base,
            None => self.cells.push(cell),
        }
    }

    pub(in crate::events) fn reach(&mut self, stage: u8, date: Date) {
        match self
            .milestones
            .iter_mut()
            .find(|(known, _)| *known == stage)
        {
            Some((_, known)) => *known = date,
            None => self.milestones.push((stage, date)),
        }
    }
}

impl Accounts {
    /// Adds a volume to an account.
    pub(in crate::events) fn add(&mut self, at: u64, cell: Cell) {
        match self {
            Accounts::Memory(all) => of(all, at).add(cell),
            Accounts::Spilled(shelf) => shelf.add(at, cell),
        }
    }

    /// The partner was not engaged with an account.
    pub(in crate::events) fn miss(&mut self, at: u64) {
        match self {
            Accounts::Memory(all) => of(all, at).missed = true,
            Accounts::Spilled(shelf) => shelf.miss(at),
        }
    }

    /// An account reached a milestone.
    pub(in crate::events) fn reach(&mut self, at: u64, stage: u8, date: Date) {
        match self {
            Accounts::Memory(all) => of(all, at).reach(stage, date),
            Accounts::Spilled(shelf) => shelf.reach(at, stage, date),
        }
    }

    /// The time of the statement is over.
    pub(in crate::events) fn turn(&mut self) {
        match self {
            Accounts::Memory(_) => {}
            Accounts::Spilled(shelf) => shelf.turn(),
        }
    }

    /// Goes through all accounts, in the order of their first events.
    ///
    /// # Errors
    ///
    /// As what is done with them.
    pub(in crate::events) fn each(
        &mut self,
        ledger: Option<&Ledger<'_>>,
        visit: &mut Visit<'_>,
    ) -> Checked<()> {
        match self {
            Accounts::Memory(all) => {
                let Some(ledger) = ledger else {
                    return Ok(());
                };
                all.resize_with(ledger.accounts.len(), AccountPay::default);
                let known = ledger.accounts.iter();
                for (at, (pay, account)) in (0..).zip(all.iter_mut().zip(known)) {
                    let known = Known {
                        name: &account.name,
                        standing: account.standing.unwrap_or(Standing::Nothing),
                        disengaged: account.disengaged.is_some(),
                        left: account.left,
                    };
                    visit(at, known, pay)?;
                }
                Ok(())
            }
            Accounts::Spilled(shelf) => shelf.each(visit),
        }
    }
}

impl Default for Accounts {
    fn default() -> Accounts {
        Accounts::Memory(Vec::new())
    }
}

/// The account with a number.
fn of(all: &mut Vec<AccountPay>, at: u64) -> &mut AccountPay {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    if at >= all.len() {
        all.resize_with(at + 1, AccountPay::default);
    }
    &mut all[at]
}
