//! `[legal]`: law, courts, liability, insurance, audit.

use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::{Count, Money, Percent, Period, Rate};

record! {
    /// Law, courts, liability, insurance, audit.
    pub struct Legal {
        /// The law that governs, as a noun phrase: "the laws of England and Wales".
        governing_law: At<Text>,
        /// How a dispute ends that the ladder has not settled.
        disputes: Disputes,
        /// How much a party can owe at most.
        liability: Liability,
        /// Insurance that both parties keep.
        insurance: Vec<Insurance>,
        /// Looking into each other's records.
        audit: Option<Audit>,
        /// How the agreement may be signed.
        signing: At<Signing>,
        /// Whether a party may hand the agreement on.
        assignment: At<Assignment>,
    }
}

record! {
    /// How a dispute ends.
    pub struct Disputes {
        /// Before whom.
        forum: At<Forum>,
        /// Where, as a noun phrase: "the courts of England", or the seat of an arbitration.
        place: At<Text>,
        /// The rules of an arbitration or mediation, if any.
        rules: Option<At<Text>>,
        /// How long the parties try mediation before; none if left out.
        mediation: Option<At<Period>>,
    }
}

choice! {
    /// Before whom a dispute ends.
    pub enum Forum {
        /// Courts.
        Courts = "courts",
        /// Arbitrators.
        Arbitration = "arbitration",
    }
}

record! {
    /// How much a party can owe at most.
    pub struct Liability {
        /// The cap as a share of what was paid and payable under the agreement in `lookback`.
        cap_share: Option<At<Percent>>,
        /// The cap as a sum; the greater of the two if both are given.
        cap_amount: Option<At<Money>>,
        /// The time before the event that `cap_share` looks at.
        lookback: At<Period>,
        /// The higher cap for breaches of confidentiality and data protection, as a multiple of the cap.
        higher_cap: Option<At<Count>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// A kind of insurance that both parties keep.
    pub struct Insurance {
        /// Which, as a noun phrase: "professional indemnity insurance".
        kind: At<Text>,
        /// For at least how much each claim.
        amount: At<Money>,
    }
}

record! {
    /// Looking into each other's records.
    pub struct Audit {
        /// How long before.
        notice: At<Period>,
        /// How often in twelve months, such as "1 audit".
        limit: At<Count>,
        /// How long records are kept.
        keep_records: At<Period>,
        /// The underpayment from which on the audited party pays for the audit.
        costs_shift: At<Rate>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// How the agreement may be signed.
    pub enum Signing {
        /// By hand or electronically.
        Electronic = "electronic",
        /// By hand only.
        ByHand = "by-hand",
    }
}

choice! {
    /// Whether a party may hand the agreement on.
    pub enum Assignment {
        /// Only with the other's consent.
        Consent = "consent",
        /// With consent, but freely to whoever takes over the business.
        ConsentOrSuccessor = "consent-or-successor",
    }
}
