//! The books between two parties: what earlier statements left open, and what a statement comes to in the end.

use super::claims::after;
use super::column::Column;
use super::event::Event;
use super::pay::Closed;
use super::time::{Course, Time};
use crate::deal::{Deal, Economics, EventKind, SetOff};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Calendar, Date, Decimal, Measure, Money, Period, Rate, Rounding};
use std::collections::BTreeMap;

/// How a statement's sum becomes a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// What is added and taken off, in order.
    pub lines: Vec<SettleLine>,
    /// What is paid, or carried over if it is too small or less than nothing.
    pub pay: Money,
    /// Whether the next statement settles it.
    pub carried: bool,
    /// The day by which the statement comes.
    pub statement_due: Date,
    /// The day by which it is paid, if the statement comes on its last day.
    pub due: Date,
    /// Sums of earlier statements that are disputed and not settled.
    pub disputes: Vec<Disputed>,
}

/// Something that is added to a statement's sum, or taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettleLine {
    /// What it is.
    pub kind: SettleKind,
    /// How much; less than nothing if it is taken off.
    pub amount: Money,
    /// The statement or the event that it is about.
    pub about: String,
}

/// What is added to a statement's sum, or taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettleKind {
    /// What later stages hold back.
    Held,
    /// What earlier statements held back and is due now.
    Released,
    /// What earlier statements left over.
    Carried,
    /// What was found to be owed after a dispute.
    Settled,
    /// What the payee owes and is set off.
    SetOff,
    /// What a guarantee gives.
    Guarantee,
    /// Interest on a sum that was paid late.
    Interest {
        /// The sum.
        of: Money,
        /// By how many days.
        days: i32,
        /// The rate of a year.
        rate: Rate,
    },
}

/// A sum in dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// The statement.
    pub statement: String,
    /// How much is disputed.
    pub amount: Money,
    /// How much of it may be held back.
    pub most: Money,
}

/// What was issued and what happened to it.
#[derive(Debug)]
pub(super) struct Books<'a> {
    deal: &'a Deal,
    economics: &'a Economics,
    calendar: Calendar,
    /// Later stages: what was held back and released so far, exact and as it was paid.
    held: Cumulative,
    released: Cumulative,
    carried: Decimal,
    carried_from: String,
    issued: BTreeMap<String, Issued<'a>>,
    /// What events added to the statement that comes.
    waiting: Vec<SettleLine>,
    disputes: Vec<Disputed>,
    /// What each guarantee has given so far.
    given: BTreeMap<String, Decimal>,
}

#[derive(Debug)]
struct Issued<'a> {
    pay: Decimal,
    sent: Option<Date>,
    deadline: Date,
    /// The terms under which it was made.
    terms: &'a Economics,
}

/// A sum that grows in parts, each rounded so that the parts are the rounded sum.
#[derive(Debug, Default)]
struct Cumulative {
    exact: Decimal,
    paid: Decimal,
}

impl Cumulative {
    fn add(&mut self, exact: Decimal, rounding: Rounding) -> Decimal {
        self.exact += exact;
        let now = rounding.round(self.exact);
        let part = now - self.paid;
        self.paid = now;
        part
    }
}

impl<'a> Books<'a> {
    pub(super) fn new(deal: &'a Deal, economics: &'a Economics) -> Books<'a> {
        Books {
            deal,
            economics,
            calendar: deal.agreement.calendar(),
            held: Cumulative::default(),
            released: Cumulative::default(),
            carried: Decimal::ZERO,
            carried_from: String::new(),
            issued: BTreeMap::new(),
            waiting: Vec::new(),
            disputes: Vec::new(),
            given: BTreeMap::new(),
        }
    }

    /// Goes on under an amended deal; statements that were made stay under the terms of their time.
    pub(super) fn amend(&mut self, deal: &'a Deal) {
        self.deal = deal;
        self.calendar = deal.agreement.calendar();
        if let Some(economics) = &deal.economics {
            self.economics = economics;
        }
    }

    fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.economics.currency.value.0)
    }

    fn rounding(&self) -> Rounding {
        Rounding {
            mode: self.economics.rounding.mode.value,
            place: self.economics.rounding.places.value,
        }
    }

    fn day(&self, from: Date, period: Period) -> Date {
        self.calendar.adjust(after(&self.calendar, from, period))
    }

    /// The day from which the time for payment and for disputes runs.
    ///
    /// # Source
    ///
    /// Clause `payment-time`, its sentence on late statements.
    fn runs_from(issued: &Issued<'_>) -> Date {
        issued
            .sent
            .map_or(issued.deadline, |sent| sent.min(issued.deadline))
    }

    /// Takes in an event about statements.
    ///
    /// # Errors
    ///
    /// If it names no statement that was made, comes too late, or the deal does not allow it.
    pub(super) fn take(&mut self, event: &Event) -> Result<(), Diagnostic> {
        let amount = event.amount.map(Money::amount).unwrap_or_default();
        let name = event.cell(Column::Invoice);
        let wanted = matches!(
            event.kind,
            EventKind::Statement | EventKind::Payment | EventKind::Dispute | EventKind::Settlement
        );
        if event.kind == EventKind::SetOff {
            if self.economics.payment.set_off.value == SetOff::None {
                return Err(event.error(
                    Code::NotAllowed,
                    Column::Kind,
                    "the deal lets neither party set off what it is owed",
                    "leave the row out, or agree on `economics.payment.set_off = \"undisputed\"`",
                ));
            }
            let line = SettleLine {
                kind: SettleKind::SetOff,
                amount: self.money(-amount),
                about: event.id().to_owned(),
            };
            self.waiting.push(line);
            return Ok(());
        }
        if event.kind == EventKind::Credit {
            return self.credit(event, amount);
        }
        if !wanted {
            return Ok(());
        }
        let Some(issued) = self.issued.get_mut(name) else {
            let known: Vec<&str> = self.issued.keys().map(String::as_str).collect();
            let help = match crate::units::nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "there is no earlier statement yet".to_owned(),
                None => format!("the statements before are `{}`", known.join("`, `")),
            };
            return Err(event.error(
                Code::EventOrder,
                Column::Invoice,
                format!("no statement `{name}` was made before this day"),
                help,
            ));
        };
        let from = Books::runs_from(issued);
        let (pay, terms) = (issued.pay, issued.terms);
        if event.kind == EventKind::Statement {
            issued.sent.get_or_insert(event.date);
        } else if event.kind == EventKind::Payment {
            self.paid(event, name, amount, from, terms);
        } else if event.kind == EventKind::Dispute {
            let last = self.day(from, terms.payment.dispute.window.value);
            if event.date > last {
                return Err(event.error(
                    Code::EventOrder,
                    Column::Date,
                    format!(
                        "the statement `{name}` could be disputed until {}",
                        last.print()
                    ),
                    "a statement that nobody disputes in time is final: leave the row out",
                ));
            }
            let cap = terms.payment.dispute.cap.value.fraction();
            let most = self.rounding().round(pay.max(Decimal::ZERO) * cap);
            self.disputes.push(Disputed {
                statement: name.to_owned(),
                amount: self.money(amount),
                most: self.money(most.min(amount)),
            });
        } else {
            self.disputes.retain(|dispute| dispute.statement != name);
            let line = SettleLine {
                kind: SettleKind::Settled,
                amount: self.money(amount),
                about: name.to_owned(),
            };
            self.waiting.push(line);
        }
        Ok(())
    }

    /// A sum that a guarantee gives: added if the payer gives it, taken off if the payee does; at most its cap in all.
    ///
    /// # Source
    ///
    /// Clause `guarantees`.
    fn credit(&mut self, event: &Event, amount: Decimal) -> Result<(), Diagnostic> {
        let name = event.cell(Column::Reason);
        let all = &self.deal.guarantee;
        let Some(guarantee) = all.iter().find(|one| one.name.as_str() == name) else {
            let names = all.iter().map(|one| one.name.as_str());
            let help = match crate::units::nearest(name, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "the guarantees are `{}`",
                    names.collect::<Vec<_>>().join("`, `")
                ),
            };
            let message = format!("the deal has no guarantee `{name}`");
            return Err(event.error(Code::UnknownName, Column::Reason, message, help));
        };
        let Measure::Money(cap) = guarantee.cap.value else {
            return Err(event.error(
                Code::NotAllowed,
                Column::Reason,
                format!(
                    "the guarantee `{name}` gives no money: its cap is {}",
                    guarantee.cap.value.print(&self.deal.numerals()).trim_end()
                ),
                "leave the row out, or name the guarantee that gives the sum; more time is a change of the deal: `engross set`",
            ));
        };
        let given = self.given.get(name).copied().unwrap_or_default() + amount;
        if given > cap.amount() {
            return Err(event.error(
                Code::EventAmount,
                Column::Amount,
                format!(
                    "the guarantee would give {given}, more than its {} in all",
                    cap.amount()
                ),
                "correct the amount: what is beyond the cap is not given",
            ));
        }
        self.given.insert(name.to_owned(), given);
        let by_payer = guarantee.giver.id() == self.economics.payer.id();
        let line = SettleLine {
            kind: SettleKind::Guarantee,
            amount: self.money(if by_payer { amount } else { -amount }),
            about: name.to_owned(),
        };
        self.waiting.push(line);
        Ok(())
    }

    /// Interest on a payment that came late, by the day, a year counting 365 days.
    ///
    /// # Source
    ///
    /// Clause `late-payment`.
    fn paid(&mut self, event: &Event, name: &str, amount: Decimal, from: Date, terms: &Economics) {
        let Some(rate) = &terms.payment.late_interest else {
            return;
        };
        let due = self.day(from, terms.payment.due.value);
        let days = due.days_until(event.date);
        if days <= 0 {
            return;
        }
        let interest = amount * rate.value.fraction() * Decimal::from(days) / Decimal::from(365);
        let line = SettleLine {
            kind: SettleKind::Interest {
                of: self.money(amount),
                days,
                rate: rate.value,
            },
            amount: self.money(self.rounding().round(interest)),
            about: name.to_owned(),
        };
        self.waiting.push(line);
    }

    /// What a statement comes to.
    ///
    /// Shape: its total, less what later stages hold back, plus what they release, plus what was carried over, what
    /// disputes and set-offs come to, and interest.
    ///
    /// # Source
    ///
    /// Clauses `payment-stages`, `set-off`, `payment-disputes` and `late-payment`.
    pub(super) fn settle(&mut self, closed: &Closed, course: &Course) -> Settlement {
        let rounding = self.rounding();
        let mut lines = Vec::new();
        let mut add = |kind, amount: Money, about: &str| {
            if !amount.is_zero() {
                lines.push(SettleLine {
                    kind,
                    amount,
                    about: about.to_owned(),
                });
            }
        };
        let currency = self.economics.currency.value.0;
        let held = self.held.add(closed.held.amount(), rounding);
        let released = self.released.add(closed.released.amount(), rounding);
        add(
            SettleKind::Held,
            Money::new(-held, currency),
            &closed.time.name,
        );
        add(
            SettleKind::Released,
            Money::new(released, currency),
            &closed.time.name,
        );
        let carried = std::mem::take(&mut self.carried);
        add(
            SettleKind::Carried,
            Money::new(carried, currency),
            &self.carried_from,
        );
        lines.append(&mut self.waiting);
        let pay: Decimal = closed.statement.total.amount()
            + lines
                .iter()
                .map(|line| line.amount.amount())
                .sum::<Decimal>();
        let least = self.economics.payment.least.as_ref();
        let small = least.is_some_and(|least| pay < least.value.amount()) && !pay.is_zero();
        let last = course.ended == Some(closed.time.to);
        let carries = (pay < Decimal::ZERO || small) && !last;
        if carries {
            self.carried = pay;
            self.carried_from.clone_from(&closed.time.name);
        }
        let deadline = self.statement_due(&closed.time);
        self.issued.insert(
            closed.time.name.clone(),
            Issued {
                pay,
                sent: None,
                deadline,
                terms: self.economics,
            },
        );
        Settlement {
            lines,
            pay: self.money(pay),
            carried: carries,
            statement_due: deadline,
            due: self.day(deadline, self.economics.payment.due.value),
            disputes: self.disputes.clone(),
        }
    }

    fn statement_due(&self, time: &Time) -> Date {
        self.day(time.to, self.economics.payment.statement_due.value)
    }
}
