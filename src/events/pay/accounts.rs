//! What each account earned in the time of a statement, and was paid before.
//!
//! Events add to it in any order of accounts; at the end of a statement's time all accounts are gone through, each in
//! the order of its first event. So they can stand in memory or beside it, and nothing else needs to know.

use super::key::Pays;
use crate::deal::StageEvent;
use crate::economics::Checked;
use crate::events::account::Standing;
use crate::events::ledger::Ledger;
use crate::units::{Date, Decimal};

/// All accounts.
#[derive(Debug)]
pub(super) enum Accounts {
    /// By their place in the ledger.
    Memory(Vec<AccountPay>),
}

/// What an account earned in the time of a statement, and was paid before.
#[derive(Debug, Default)]
pub(super) struct AccountPay {
    pub(super) cells: Vec<Cell>,
    /// What it earned, by day: known from the first way through the accounts to the second.
    pub(super) earned: Vec<(Date, Decimal)>,
    /// Whether the partner was not engaged with it at some time of the statement.
    pub(super) missed: bool,
    /// What the tiers' time had of it before this statement, where a higher tier makes up for it.
    pub(super) tier_before: Decimal,
    /// First-year revenue on which a referral fee was paid.
    pub(super) referral_paid: Decimal,
    /// What was paid for it, stages held back aside.
    pub(super) paid: Decimal,
    /// What later stages hold back.
    pub(super) pending: Vec<Pending>,
    /// Milestones by stage; stage 0 stands for every one.
    pub(super) milestones: Vec<(u8, Date)>,
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

/// A part of what an account earned that a later stage pays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pending {
    /// Its day.
    pub(super) due: Date,
    /// The stage, from 1.
    pub(super) stage: u8,
    /// What it hangs on.
    pub(super) on: Option<StageEvent>,
    pub(super) amount: Decimal,
}

/// What the ledger knows of an account at the end of a statement's time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'l> {
    pub(super) name: &'l str,
    pub(super) standing: Standing,
    /// Whether an act that keeps the partner engaged is missing.
    pub(super) disengaged: bool,
    /// When it left.
    pub(super) left: Option<Date>,
}

/// What is done with each account.
pub(super) type Visit<'v> = dyn FnMut(u64, Known<'_>, &mut AccountPay) -> Checked<()> + 'v;

impl AccountPay {
    pub(super) fn add(&mut self, cell: Cell) {
        let same = |known: &&mut Cell| known.pays == cell.pays && known.date == cell.date;
        match self.cells.iter_mut().find(same) {
            Some(known) => known.base += cell.base,
            None => self.cells.push(cell),
        }
    }

    pub(super) fn reach(&mut self, stage: u8, date: Date) {
        match self.milestones.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, known)) => *known = date,
            None => self.milestones.push((stage, date)),
        }
    }
}

impl Accounts {
    /// Adds a volume to an account.
    pub(super) fn add(&mut self, at: u64, cell: Cell) {
        match self {
            Accounts::Memory(all) => of(all, at).add(cell),
        }
    }

    /// The partner was not engaged with an account.
    pub(super) fn miss(&mut self, at: u64) {
        match self {
            Accounts::Memory(all) => of(all, at).missed = true,
        }
    }

    /// An account reached a milestone.
    pub(super) fn reach(&mut self, at: u64, stage: u8, date: Date) {
        match self {
            Accounts::Memory(all) => of(all, at).reach(stage, date),
        }
    }

    /// The time of the statement is over.
    pub(super) fn turn(&mut self) {
        match self {
            Accounts::Memory(_) => {}
        }
    }

    /// Goes through all accounts, in the order of their first events.
    ///
    /// # Errors
    ///
    /// As what is done with them.
    pub(super) fn each(
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
