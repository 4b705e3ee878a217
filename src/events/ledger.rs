//! The ledger: accounts and invoices as events make them, and what each event means for pay and metrics.

use super::account::{Account, Standing};
use super::claims::{self, after};
use super::column::Column;
use super::decisions::{Decisions, Timely};
use super::event::Event;
use super::index::Index;
use super::invoice::{self, Counting, Invoice};
use crate::deal::{Deal, EventKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Calendar, Date, Decimal, Period, PeriodUnit};

/// What an event means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The account, as a place in [`Ledger::accounts`]; none for events about no account.
    pub account: Option<u32>,
    /// What it means.
    pub what: What,
}

/// What an event means for pay and metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Net revenue, in the currency of the deal; less than nothing for what is given back.
    Revenue {
        /// How much.
        net: Decimal,
        /// Of which invoice.
        class: Class,
    },
    /// A verified activation that was not counted before.
    Activated,
    /// A verified activation of the same account and item as one that was counted.
    Repeated,
    /// An account whose lead or referral passed the gate for the first time.
    Accepted,
    /// The customer left.
    Left,
    /// Joint money was spent.
    Spent(Decimal),
    /// Nothing by itself: metrics count it by its kind.
    Noted,
    /// Nothing at all: silence had decided before.
    TooLate,
}

/// What of an invoice decides its share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Whether it came after the first term of the customer.
    pub renewal: bool,
    /// How many full months after the account's first invoice it is dated.
    pub months: u16,
}

/// The state of accounts and invoices after the events so far.
#[derive(Debug)]
pub struct Ledger<'a> {
    deal: &'a Deal,
    calendar: Calendar,
    /// How invoices count, by the terms under which they were sent.
    counting: Vec<Counting<'a>>,
    /// Every account, in the order of its first event.
    pub accounts: Vec<Account>,
    names: Index,
    numbers: Index,
    invoices: Vec<Invoice>,
    /// Leads and activations that were sent and are not decided.
    decisions: Decisions,
    /// What is odd and stops nothing.
    pub warnings: Vec<Diagnostic>,
}

impl<'a> Ledger<'a> {
    /// An empty ledger of a deal.
    pub fn new(deal: &'a Deal) -> Ledger<'a> {
        Ledger {
            deal,
            calendar: deal.agreement.calendar(),
            counting: deal.economics.iter().map(Counting::of).collect(),
            accounts: Vec::new(),
            names: Index::default(),
            numbers: Index::default(),
            invoices: Vec::new(),
            decisions: Decisions::default(),
            warnings: Vec::new(),
        }
    }

    /// Goes on under an amended deal, whose segments are those of the deal before or follow them. What was decided
    /// and what was invoiced stays under the terms of its day.
    pub fn amend(&mut self, deal: &'a Deal) {
        self.deal = deal;
        self.calendar = deal.agreement.calendar();
        self.counting
            .extend(deal.economics.iter().map(Counting::of));
    }

    /// The conventions that days are counted by.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Leads and activations that were sent and are not decided.
    pub fn pending(&self) -> u64 {
        self.decisions.waiting()
    }

    /// What silence at a gate decided before a day, in order; each is to be taken in as an event of its own.
    pub fn spoken(&mut self, before: Date) -> Vec<Event> {
        self.decisions.spoken(before)
    }

    /// A warning for each that should have been decided before a day, and that waits on the escalation ladder.
    pub fn silent(&self, on: Date) -> Vec<Diagnostic> {
        self.decisions.silent(on)
    }

    /// How many invoices are kept.
    pub fn invoices(&self) -> usize {
        self.numbers.len()
    }

    /// Takes in the next event; events come in the order of their days.
    ///
    /// # Errors
    ///
    /// If the event does not fit those before it. The ledger is then as it was, but for the account's name.
    pub fn take(&mut self, event: &Event) -> Result<Entry, Diagnostic> {
        let name = event.account();
        let account = if name.is_empty() {
            None
        } else {
            Some(self.account(name))
        };
        let what = match account {
            Some(account) => self.about(account, event)?,
            None if event.kind == EventKind::Spend => What::Spent(amount(event)),
            None => What::Noted,
        };
        Ok(Entry { account, what })
    }

    fn account(&mut self, name: &str) -> u32 {
        let (account, is_new) = self.names.insert(name);
        if is_new {
            self.accounts.push(Account::new(name));
        }
        account
    }

    fn about(&mut self, at: u32, event: &Event) -> Result<What, Diagnostic> {
        let deal = self.deal;
        let account = &mut self.accounts[at as usize];
        claims::attribute(account, event)?;
        if account.segments.is_empty() && account.first_order.is_none() {
            account.segments = segments(event, deal);
        }
        if !event.by_silence {
            match self.decisions.decided(at, event) {
                Timely::Counts => {}
                Timely::Otherwise(told) => self.warnings.push(told),
                Timely::TooLate(told) => {
                    self.warnings.extend(told);
                    return Ok(What::TooLate);
                }
            }
        }
        let what = match event.kind {
            EventKind::Registration => {
                claims::register(account, event, deal, &self.calendar);
                What::Noted
            }
            EventKind::RegistrationRenewed => {
                claims::renew(account, event, deal, &self.calendar)?;
                What::Noted
            }
            EventKind::Evidence => {
                account.evidence = Some(event.date);
                What::Noted
            }
            EventKind::Claim => {
                claims::claim(account, event, deal, &self.calendar);
                What::Noted
            }
            EventKind::Order => {
                self.ordered(at, event)?;
                What::Noted
            }
            EventKind::Lead | EventKind::ActivationPending => {
                self.decisions.sent(at, event, deal, &self.calendar);
                What::Noted
            }
            EventKind::LeadAccepted => {
                if account.accepted.is_some() {
                    What::Noted
                } else {
                    account.accepted = Some(event.date);
                    What::Accepted
                }
            }
            EventKind::Activation => {
                claims::settle(account, event, deal)?;
                let result = digest(event.cell(Column::Item));
                if account.results.contains(&result) {
                    What::Repeated
                } else {
                    account.results.push(result);
                    account.first_activation.get_or_insert(event.date);
                    What::Activated
                }
            }
            EventKind::Renewal => {
                account.renewed.get_or_insert(event.date);
                What::Noted
            }
            EventKind::Disengaged => {
                account.disengaged.get_or_insert(event.date);
                What::Noted
            }
            EventKind::Engaged => {
                account.disengaged = None;
                What::Noted
            }
            EventKind::Invoice
            | EventKind::Discount
            | EventKind::Tax
            | EventKind::Collection
            | EventKind::Refund
            | EventKind::Chargeback => self.invoiced(at, event)?,
            EventKind::Churn => {
                account.left = Some(event.date);
                What::Left
            }
            EventKind::Spend => What::Spent(amount(event)),
            EventKind::LeadRejected
            | EventKind::ActivationRejected
            | EventKind::Milestone
            | EventKind::Ticket
            | EventKind::Incident
            | EventKind::Statement
            | EventKind::Payment
            | EventKind::Dispute
            | EventKind::Settlement
            | EventKind::SetOff
            | EventKind::Credit => What::Noted,
        };
        Ok(what)
    }

    /// The account's first order, or its first invoice where no order was recorded.
    fn ordered(&mut self, at: u32, event: &Event) -> Result<(), Diagnostic> {
        let account = &mut self.accounts[at as usize];
        if account.left.is_some() {
            account.left = None;
        }
        if account.first_order.is_some() {
            return Ok(());
        }
        if account.attribution.is_some() {
            claims::settle(account, event, self.deal)?;
        }
        account.first_order = Some(event.date);
        if let Some(until) = account.registered_until
            && until < event.date
            && account.is_sourced()
        {
            let finding = Diagnostic::warning(
                Code::RegistrationEnded,
                &event.row.span(Column::Date),
                format!(
                    "the account `{}` is recorded as sourced, and its registration ended on {}",
                    account.name,
                    until.print()
                ),
            )
            .help("add the renewal of the registration, or check who brought the account");
            self.warnings.push(finding);
        }
        Ok(())
    }

    fn invoiced(&mut self, at: u32, event: &Event) -> Result<What, Diagnostic> {
        let number = event.cell(Column::Invoice);
        let known = self.numbers.get(number);
        if known.is_none() {
            if event.kind != EventKind::Invoice {
                return Err(event.error(
                    Code::EventOrder,
                    Column::Invoice,
                    format!("there is no invoice `{number}` before this {}", event.kind.as_str()),
                    "add the row of the invoice, dated on or before this day, or correct its number",
                ));
            }
            self.ordered(at, event)?;
            let counts = self.counting.last().is_some_and(Counting::counts);
            let calendar = &self.calendar;
            let account = &mut self.accounts[at as usize];
            if counts {
                claims::settle(account, event, self.deal)?;
            }
            let first = *account.first_invoice.get_or_insert(event.date);
            let class = Class {
                renewal: account.renewed.is_some_and(|day| day <= event.date),
                months: full_months(calendar, first, event.date),
            };
            self.numbers.insert(number);
            let terms = u8::try_from(self.counting.len().saturating_sub(1)).unwrap_or(u8::MAX);
            self.invoices
                .push(Invoice::new(at, event.date, class, terms));
        }
        let place = known.map_or(self.invoices.len() - 1, |place| place as usize);
        let Some(invoice) = self.invoices.get_mut(place) else {
            return Ok(What::Noted);
        };
        if invoice.account != at {
            let other = &self.accounts[invoice.account as usize].name;
            return Err(invoice::conflict(event, "of another account", other));
        }
        let Some(counting) = self.counting.get(usize::from(invoice.terms)) else {
            return Ok(What::Noted);
        };
        let class = invoice.class;
        Ok(match invoice.take(event, counting)? {
            Some(net) => What::Revenue { net, class },
            None => What::Noted,
        })
    }

    /// What the account earns for, if that is decided.
    pub fn standing(&self, account: u32) -> Standing {
        self.accounts
            .get(account as usize)
            .and_then(|account| account.standing)
            .unwrap_or(Standing::Nothing)
    }
}

fn amount(event: &Event) -> Decimal {
    event
        .amount
        .map(crate::units::Money::amount)
        .unwrap_or_default()
}

fn segments(event: &Event, deal: &Deal) -> Vec<u16> {
    let cell = event.cell(Column::Segment);
    if cell.is_empty() {
        return Vec::new();
    }
    let all = deal
        .territory
        .iter()
        .flat_map(|territory| &territory.segment);
    all.enumerate()
        .filter(|(_, segment)| {
            cell.split('+')
                .any(|part| part.trim() == segment.id.as_str())
        })
        .filter_map(|(index, _)| u16::try_from(index).ok())
        .collect()
}

/// How many full months `day` is after `first`: the month-end rule of the deal decides where a month has no such day.
fn full_months(calendar: &Calendar, first: Date, day: Date) -> u16 {
    let months = (i32::from(day.year()) - i32::from(first.year())) * 12 + i32::from(day.month())
        - i32::from(first.month());
    let Ok(months) = u32::try_from(months) else {
        return 0;
    };
    if months == 0 {
        return 0;
    }
    let reached = after(calendar, first, Period::new(months, PeriodUnit::Month)) <= day;
    u16::try_from(if reached { months } else { months - 1 }).unwrap_or(u16::MAX)
}

/// A number that stands for a text (FNV-1a, 64 bits).
pub(super) fn digest(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
