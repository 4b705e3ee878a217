//! Kinds of events, and how a metric is worked out from them.

use super::record::{choice, record};
use super::text::Text;
use crate::source::At;
use crate::units::Period;

choice! {
    /// What happened: the kind of an event.
    pub enum EventKind {
        /// A registration of an account was accepted.
        Registration = "registration",
        /// A registration was renewed on progress.
        RegistrationRenewed = "registration-renewed",
        /// A party worked on an account and has evidence of it.
        Evidence = "evidence",
        /// The partner claimed credit for an account.
        Claim = "claim",
        /// A customer placed an order.
        Order = "order",
        /// A lead or referral was sent and is not decided yet.
        Lead = "lead",
        /// A lead or referral passed its gate.
        LeadAccepted = "lead-accepted",
        /// A lead or referral was rejected; the column `reason` has the code.
        LeadRejected = "lead-rejected",
        /// An activation was sent and is not decided yet.
        ActivationPending = "activation-pending",
        /// An activation was verified: it passed its gate.
        Activation = "activation",
        /// An activation was rejected; the column `reason` has the code.
        ActivationRejected = "activation-rejected",
        /// The customer's contract renewed: later invoices belong to a later term.
        Renewal = "renewal",
        /// An act that keeps the partner engaged with an account was missed and not made good in time.
        Disengaged = "disengaged",
        /// The partner does every such act again.
        Engaged = "engaged",
        /// A fee was invoiced, at list price.
        Invoice = "invoice",
        /// A discount was given on an invoice.
        Discount = "discount",
        /// Tax was charged on an invoice.
        Tax = "tax",
        /// The customer paid on an invoice.
        Collection = "collection",
        /// A fee was refunded or credited.
        Refund = "refund",
        /// A payment was charged back.
        Chargeback = "chargeback",
        /// What a later stage of payment waits for has happened.
        Milestone = "milestone",
        /// The customer left; the column `reason` may say why.
        Churn = "churn",
        /// A customer opened a support ticket.
        Ticket = "ticket",
        /// Something else that a metric counts; the column `reason` says what.
        Incident = "incident",
        /// Joint money was spent.
        Spend = "spend",
        /// A statement was sent; the column `invoice` names its period.
        Statement = "statement",
        /// The payer paid on a statement; the column `invoice` names its period.
        Payment = "payment",
        /// A sum of a statement is disputed; the column `invoice` names its period.
        Dispute = "dispute",
        /// A dispute ended; the amount is what was found to be owed of it.
        Settlement = "settlement",
        /// An undisputed sum that the payee owes the payer is set off.
        SetOff = "set-off",
        /// A guarantee gives a sum; the column `reason` names the guarantee.
        Credit = "credit",
    }
}

impl EventKind {
    /// Every kind, in the order in which events of one day are read.
    pub const ALL: &'static [EventKind] = &[
        EventKind::Registration,
        EventKind::RegistrationRenewed,
        EventKind::Evidence,
        EventKind::Claim,
        EventKind::Order,
        EventKind::Lead,
        EventKind::LeadAccepted,
        EventKind::LeadRejected,
        EventKind::ActivationPending,
        EventKind::Activation,
        EventKind::ActivationRejected,
        EventKind::Renewal,
        EventKind::Disengaged,
        EventKind::Engaged,
        EventKind::Invoice,
        EventKind::Discount,
        EventKind::Tax,
        EventKind::Collection,
        EventKind::Refund,
        EventKind::Chargeback,
        EventKind::Milestone,
        EventKind::Churn,
        EventKind::Ticket,
        EventKind::Incident,
        EventKind::Spend,
        EventKind::Statement,
        EventKind::Payment,
        EventKind::Dispute,
        EventKind::Settlement,
        EventKind::SetOff,
        EventKind::Credit,
    ];

    /// The kind that is written as `word`.
    pub fn named(word: &str) -> Option<EventKind> {
        EventKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.as_str() == word)
    }
}

choice! {
    /// What a metric adds up or compares.
    pub enum Computation {
        /// Net revenue of every account, as `economics.base` has it.
        NetRevenue = "net-revenue",
        /// Net revenue of sourced accounts in their first term.
        SourcedRevenue = "sourced-revenue",
        /// Net revenue of influenced accounts in their first term.
        InfluencedRevenue = "influenced-revenue",
        /// Net revenue of sourced and influenced accounts after their first term.
        RenewalRevenue = "renewal-revenue",
        /// Verified activations of sourced and influenced accounts, each once.
        Activations = "activations",
        /// Accepted leads or referrals, one for each account.
        AcceptedLeads = "accepted-leads",
        /// Accepted leads among all that were decided.
        LeadAcceptance = "lead-acceptance",
        /// Sourced accounts that left within `within` of their first invoice, among all in that time of theirs.
        EarlyChurn = "early-churn",
        /// Tickets of sourced accounts for each such customer and month, to the nearest whole number.
        TicketsPerAccount = "tickets-per-account",
        /// Joint money spent.
        Spend = "spend",
        /// Events of the kind `kind`, those with one of `reasons` if there are any.
        Count = "count",
        /// Events of the kind `kind`, those with one of `reasons` if there are any, for each event of the kind `of`.
        Share = "share",
    }
}

record! {
    /// How a metric is worked out from events. Without it, its value is given by hand.
    pub struct FromEvents {
        /// What is added up or compared.
        computes: At<Computation>,
        /// The kind of event that "count" and "share" count.
        kind: Option<At<EventKind>>,
        /// Only events with one of these words in their column `reason`.
        reasons: Vec<At<Text>>,
        /// The kind of event that a "share" is a share of.
        of: Option<At<EventKind>>,
        /// For "early-churn": how long after the first invoice an exit is early.
        within: Option<At<Period>>,
    }
}
