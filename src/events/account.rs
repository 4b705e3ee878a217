//! What is known of an account.

use crate::units::{Date, Decimal};

/// Who brought an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credit {
    /// The partner: a sourced account.
    Sourced,
    /// The payer, and the partner took part: an influenced account.
    Influenced,
    /// Both teams touched it; the deal says what follows.
    Both,
    /// The partner has no part in it.
    None,
}

impl Credit {
    /// Every word of the column `attribution`.
    pub const ALL: [Credit; 4] = [
        Credit::Sourced,
        Credit::Influenced,
        Credit::Both,
        Credit::None,
    ];

    /// The word of the column `attribution`.
    pub fn as_str(self) -> &'static str {
        match self {
            Credit::Sourced => "sourced",
            Credit::Influenced => "influenced",
            Credit::Both => "both",
            Credit::None => "none",
        }
    }
}

/// What is known of an account so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name, as every row about it has it.
    pub name: Box<str>,
    /// Who brought it, once a row has said so.
    pub attribution: Option<Credit>,
    /// Where that was said.
    pub(super) attributed: Option<(std::sync::Arc<str>, u64)>,
    /// What it earns for: settled at its first order, or at the first sum or result that counts.
    pub standing: Option<Standing>,
    /// Why it earns less than its attribution says, if it does.
    pub lost: Option<Lost>,
    /// Its first order.
    pub first_order: Option<Date>,
    /// Its first invoice.
    pub first_invoice: Option<Date>,
    /// Its first verified activation.
    pub first_activation: Option<Date>,
    /// When its first term ended by a renewal.
    pub renewed: Option<Date>,
    /// Since when an act that keeps the partner engaged is missing.
    pub disengaged: Option<Date>,
    /// When it left.
    pub left: Option<Date>,
    /// When a lead or referral of it was first accepted.
    pub accepted: Option<Date>,
    /// Revenue of its first year before that, where the deal pays a share of it for the referral.
    pub(super) waiting: Decimal,
    /// Its segments, as places in `territory.segment` of the deal.
    pub segments: Vec<u16>,
    /// The day until which its registration holds.
    pub(super) registered_until: Option<Date>,
    /// Whether its registration was renewed.
    pub(super) registration_renewed: bool,
    /// The latest evidence, and the claim that it was good for.
    pub(super) evidence: Option<Date>,
    pub(super) claim: Option<Claim>,
    /// The results that were counted, by the name in the column `item`.
    pub(super) results: Vec<u64>,
}

/// A claim of credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// When it was made.
    pub(super) on: Date,
    /// Whether evidence of the time before it stood behind it.
    pub(super) with_evidence: bool,
}

/// What an account earns for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// As a sourced account, in full.
    Full,
    /// As a sourced account whose credit is split.
    Split,
    /// As an influenced account.
    Influenced,
    /// Not at all.
    Nothing,
}

/// Why an account earns less than its attribution says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// Its claim came after its first order.
    LateClaim,
    /// No evidence within the window stood behind its claim.
    NoEvidence,
    /// Both touched it, and the payer registered it first.
    RegisteredByPayer,
}

impl Account {
    pub(super) fn new(name: &str) -> Account {
        Account {
            name: name.into(),
            attribution: None,
            attributed: None,
            standing: None,
            lost: None,
            first_order: None,
            first_invoice: None,
            first_activation: None,
            renewed: None,
            disengaged: None,
            left: None,
            accepted: None,
            waiting: Decimal::ZERO,
            segments: Vec::new(),
            registered_until: None,
            registration_renewed: false,
            evidence: None,
            claim: None,
            results: Vec::new(),
        }
    }

    /// Since when it is a customer: its first invoice, or its first result where the deal has no invoices.
    pub fn customer_since(&self) -> Option<Date> {
        self.first_invoice
            .or(self.first_activation)
            .or(self.first_order)
    }

    /// The day until which its registration holds; none without one.
    pub fn registered_until(&self) -> Option<Date> {
        self.registered_until
    }

    /// Whether it is a sourced account, with full or split credit.
    pub fn is_sourced(&self) -> bool {
        matches!(self.standing, Some(Standing::Full | Standing::Split))
    }

    /// Whether it is an influenced account.
    pub fn is_influenced(&self) -> bool {
        self.standing == Some(Standing::Influenced)
    }
}
