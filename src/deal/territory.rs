//! `[territory]`: segments by objective criteria, and the rule for conflicting claims.

use super::record::{choice, record};
use super::text::{Id, Reason, Text};
use crate::source::At;
use crate::units::Period;

record! {
    /// Segments and the rule for conflicting claims.
    pub struct Territory {
        /// Where the partner may sell, as a noun phrase.
        area: At<Text>,
        /// The segments.
        segment: Vec<Segment>,
        /// Who has priority if both claim an account.
        priority: At<Priority>,
        /// How recent the evidence of activity must be.
        activity_window: At<Period>,
        /// What counts as evidence of activity, each as a noun phrase.
        evidence: Vec<At<Text>>,
        /// Accounts that stay with the company, as a noun phrase.
        reserved: Option<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// Who has priority if both claim an account.
    pub enum Priority {
        /// Whoever registered it first, with recent activity.
        FirstRegistered = "first-registered",
        /// Whoever was active last.
        LastActive = "last-active",
        /// The company's own team.
        Company = "company",
    }
}

record! {
    /// A segment of the market, by criteria that anyone can check.
    pub struct Segment {
        /// A short stable name, such as "health-uk".
        id: At<Id>,
        /// What it is called, such as "UK Mid-Market Healthcare"; a defined term of the agreement.
        name: At<Text>,
        /// By size, such as "50 to 500 employees".
        size: Option<At<Text>>,
        /// By industry, with the codes of a public classification.
        industry: Option<At<Text>>,
        /// By geography.
        geography: Option<At<Text>>,
        /// By product.
        product: Option<At<Text>>,
        /// An example that makes it plain, in a sentence.
        example: Option<At<Text>>,
        /// Whether it is strategic: it may earn a bonus.
        strategic: Option<At<bool>>,
    }
}
