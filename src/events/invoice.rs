//! Invoices: from list fees, discounts, refunds and payments to net revenue, on the day on which it counts.

use super::column::Column;
use super::event::Event;
use super::ledger::Class;
use crate::deal::{Economics, EventKind, PaymentBasis, RevenueBase, Treatment};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Date, Decimal};

/// How invoices count, as clauses `revenue-base` and `payment-schedule` say.
#[derive(Debug, Clone)]
pub(super) struct Counting<'a> {
    base: Option<&'a RevenueBase>,
    /// Whether a fee counts once its invoice is paid, and not when it is sent.
    pub(super) when_paid: bool,
}

impl<'a> Counting<'a> {
    pub(super) fn of(economics: &'a Economics) -> Counting<'a> {
        let base = economics.base.as_ref();
        Counting {
            base,
            when_paid: economics.payment.basis.value == PaymentBasis::Collection
                || base.is_some_and(|base| base.uncollected.value != Treatment::Included),
        }
    }

    /// Whether the deal has net revenue at all.
    pub(super) fn counts(&self) -> bool {
        self.base.is_some()
    }

    /// What one unit of a part of an invoice adds to net revenue: 1, 0 or -1.
    fn sign(&self, part: Part) -> i8 {
        let Some(base) = self.base else {
            return 0;
        };
        let treatment = match part {
            Part::Product => return 1,
            Part::Setup => &base.setup_fees,
            Part::Services => &base.services,
            Part::PassThrough => &base.pass_through,
            Part::Tax => &base.taxes,
        };
        match treatment.value {
            Treatment::Included => 1,
            Treatment::Excluded => 0,
            Treatment::Deducted => -1,
        }
    }

    /// Whether an item that lowers an invoice lowers net revenue.
    fn lowers(&self, kind: EventKind) -> bool {
        let Some(base) = self.base else {
            return false;
        };
        let treatment = if kind == EventKind::Discount {
            &base.discounts
        } else if kind == EventKind::Refund {
            &base.refunds
        } else {
            &base.chargebacks
        };
        treatment.value != Treatment::Included
    }
}

/// A part of an invoice: the column `item`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Product,
    Setup,
    Services,
    PassThrough,
    Tax,
}

impl Part {
    const WORDS: [(&'static str, Part); 5] = [
        ("product", Part::Product),
        ("setup", Part::Setup),
        ("services", Part::Services),
        ("pass-through", Part::PassThrough),
        ("tax", Part::Tax),
    ];

    fn of(event: &Event) -> Result<Part, Diagnostic> {
        let cell = event.cell(Column::Item);
        if event.kind == EventKind::Tax {
            return Ok(Part::Tax);
        }
        if cell.is_empty() {
            return Ok(Part::Product);
        }
        let found = Part::WORDS.iter().find(|(word, _)| *word == cell);
        found.map(|(_, part)| *part).ok_or_else(|| {
            let words = Part::WORDS.map(|(word, _)| word);
            let help = match crate::units::nearest(cell, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "write one of `{}`, or nothing for the product",
                    words.join("`, `")
                ),
            };
            event.error(
                Code::UnknownChoice,
                Column::Item,
                format!("`{cell}` is no part of an invoice"),
                help,
            )
        })
    }
}

/// An invoice so far.
#[derive(Debug, Clone)]
pub(super) struct Invoice {
    pub(super) account: u32,
    date: Date,
    pub(super) class: Class,
    /// What it adds to net revenue.
    net: Decimal,
    /// What the customer was asked for: fees and tax, less discounts.
    charged: Decimal,
    /// What was refunded or credited of it.
    credited: Decimal,
    /// What the customer paid, less chargebacks.
    paid: Decimal,
    /// What chargebacks took off net revenue and a new payment would bring back.
    charged_back: Decimal,
    counted: bool,
    /// The terms under which it was sent, by their place.
    pub(super) terms: u8,
}

impl Invoice {
    pub(super) fn new(account: u32, date: Date, class: Class, terms: u8) -> Invoice {
        Invoice {
            account,
            date,
            class,
            net: Decimal::ZERO,
            charged: Decimal::ZERO,
            credited: Decimal::ZERO,
            paid: Decimal::ZERO,
            charged_back: Decimal::ZERO,
            counted: false,
            terms,
        }
    }

    /// Whether everything that is left of it is paid.
    fn is_paid(&self) -> bool {
        self.charged > Decimal::ZERO && self.paid >= self.charged - self.credited
    }

    /// What an event about it adds to net revenue on its day; nothing is changed if that is refused.
    ///
    /// Shape: a fee counts with all of its invoice on the day on which the last part of it is paid, or on the day of
    /// each row where fees count when invoiced. What lowers an invoice that has counted lowers net revenue on its own
    /// day.
    ///
    /// # Errors
    ///
    /// If more is paid, refunded or charged back than there is.
    ///
    /// # Source
    ///
    /// Clause `revenue-base`, its table; clause `payment-schedule`, its first sentence.
    pub(super) fn take(
        &mut self,
        event: &Event,
        counting: &Counting<'_>,
    ) -> Result<Option<Decimal>, Diagnostic> {
        let amount = event
            .amount
            .map(crate::units::Money::amount)
            .unwrap_or_default();
        let part = Part::of(event)?;
        let sign = counting.sign(part);
        let signed = match sign {
            0 => Decimal::ZERO,
            1 => amount,
            _ => -amount,
        };
        let mut effect = Decimal::ZERO;
        match event.kind {
            EventKind::Invoice | EventKind::Tax => {
                if event.date != self.date {
                    return Err(conflict(event, "dated on another day", &self.date.iso()));
                }
                if self.counted && counting.when_paid {
                    return Err(event.error(
                        Code::EventOrder,
                        Column::Invoice,
                        format!(
                            "the invoice `{}` is paid already",
                            event.cell(Column::Invoice)
                        ),
                        "write all rows of an invoice on its day; a later fee is a new invoice",
                    ));
                }
                self.charged += amount;
                effect = signed;
            }
            EventKind::Discount => {
                let open = self.charged - self.credited - self.paid;
                if amount > open {
                    return Err(too_much(event, "the discount", "open on", open));
                }
                self.charged -= amount;
                if counting.lowers(event.kind) {
                    effect = -signed;
                }
            }
            EventKind::Refund => {
                let left = self.charged - self.credited;
                if amount > left {
                    return Err(too_much(event, "the refund", "left of", left));
                }
                self.credited += amount;
                if counting.lowers(event.kind) {
                    effect = -signed;
                }
            }
            EventKind::Chargeback => {
                if amount > self.paid {
                    return Err(too_much(event, "the chargeback", "paid on", self.paid));
                }
                self.paid -= amount;
                if self.counted && counting.lowers(event.kind) {
                    self.charged_back += signed;
                    return Ok(Some(-signed));
                }
                return Ok(None);
            }
            EventKind::Collection => {
                let open = self.charged - self.credited - self.paid;
                if amount > open {
                    return Err(too_much(event, "the payment", "open on", open));
                }
                self.paid += amount;
                if self.counted {
                    let back = amount.min(self.charged_back);
                    self.charged_back -= back;
                    return Ok(Some(back).filter(|back| !back.is_zero()));
                }
            }
            EventKind::Registration
            | EventKind::RegistrationRenewed
            | EventKind::Evidence
            | EventKind::Claim
            | EventKind::Order
            | EventKind::Lead
            | EventKind::LeadAccepted
            | EventKind::LeadRejected
            | EventKind::ActivationPending
            | EventKind::Activation
            | EventKind::ActivationRejected
            | EventKind::Renewal
            | EventKind::Disengaged
            | EventKind::Engaged
            | EventKind::Milestone
            | EventKind::Churn
            | EventKind::Ticket
            | EventKind::Incident
            | EventKind::Spend
            | EventKind::Statement
            | EventKind::Payment
            | EventKind::Dispute
            | EventKind::Settlement
            | EventKind::SetOff
            | EventKind::Credit => return Ok(None),
        }
        self.net += effect;
        if !counting.when_paid || self.counted {
            return Ok(Some(effect).filter(|effect| !effect.is_zero()));
        }
        if self.is_paid() {
            self.counted = true;
            return Ok(Some(self.net));
        }
        Ok(None)
    }
}

/// Two rows about one invoice that do not agree.
pub(super) fn conflict(event: &Event, what: &str, other: &str) -> Diagnostic {
    event.error(
        Code::EventConflict,
        Column::Invoice,
        format!(
            "the invoice `{}` is {what} before: {other}",
            event.cell(Column::Invoice)
        ),
        "give each invoice a number of its own, or correct this row",
    )
}

fn too_much(event: &Event, what: &str, of: &str, left: Decimal) -> Diagnostic {
    let invoice = event.cell(Column::Invoice);
    event.error(
        Code::EventAmount,
        Column::Amount,
        format!("{what} is more than the {left} that is {of} the invoice `{invoice}`"),
        "correct the amount, or add the row that is missing before this one",
    )
}
