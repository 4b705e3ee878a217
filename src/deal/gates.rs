//! `[attribution]`, `[[gate]]`, `[registration]`: what counts, who decides, how long it is kept.

use super::names::RoleName;
use super::record::{choice, record};
use super::text::{Id, Reason, Text};
use crate::source::At;
use crate::units::{Period, Rate};

record! {
    /// Which sales count as sourced or influenced.
    pub struct Attribution {
        /// When an account is sourced, as a clause that follows "if": "the partner registered it first".
        sourced: At<Text>,
        /// When an account is influenced, as a clause that follows "if".
        influenced: At<Text>,
        /// What an influenced account earns: a share of the rate for a sourced one.
        influenced_share: At<Rate>,
        /// What happens if both teams touched an account.
        both_touched: At<BothTouched>,
        /// The partner's part where both touched it and credit is split.
        split: Option<At<Rate>>,
        /// What counts as evidence, each as a noun phrase.
        evidence: Vec<At<Text>>,
        /// How recent the evidence must be.
        window: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// What happens if both teams touched an account.
    pub enum BothTouched {
        /// Credit goes to whoever registered it first.
        FirstRegistered = "first-registered",
        /// Credit is split.
        Split = "split",
        /// It counts as influenced.
        Influenced = "influenced",
    }
}

record! {
    /// A quality gate: what must be met before something counts.
    pub struct Gate {
        /// A short stable name, such as "lead".
        id: At<Id>,
        /// What passes it, such as "Qualified Lead"; a defined term of the agreement.
        name: At<Text>,
        /// What must be met, each as a clause that follows "it": "names the customer's decision-maker".
        criteria: Vec<At<Text>>,
        /// Who decides.
        decided_by: At<RoleName>,
        /// How long they have.
        window: At<Period>,
        /// What silence means.
        silence: At<Silence>,
        /// The reasons that a rejection may give, each with its code.
        reject: Vec<RejectReason>,
        /// How long a rejected one may be mended and sent again.
        cure: At<Period>,
        /// An example that makes it plain, in a sentence.
        example: Option<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// What silence means when the time is over.
    pub enum Silence {
        /// It counts as yes.
        Accepted = "accepted",
        /// It counts as no.
        Rejected = "rejected",
        /// It goes to the next level of the escalation ladder.
        Escalated = "escalated",
    }
}

record! {
    /// A reason for a rejection.
    pub struct RejectReason {
        /// A short code, such as "R1".
        code: At<Text>,
        /// What it means, as a sentence without the full stop.
        means: At<Text>,
    }
}

record! {
    /// How an account is reserved for a while.
    pub struct Registration {
        /// What must come with it, each as a noun phrase.
        evidence: Vec<At<Text>>,
        /// Who decides.
        decided_by: At<RoleName>,
        /// How long they have.
        window: At<Period>,
        /// What silence means.
        silence: At<Silence>,
        /// How long it holds.
        valid: At<Period>,
        /// How long one renewal holds, on evidence of progress; no renewal if left out.
        renewal: Option<At<Period>>,
        /// What counts as progress, each as a noun phrase.
        progress: Vec<At<Text>>,
        /// What cannot be registered, each as a noun phrase.
        excluded: Vec<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}
