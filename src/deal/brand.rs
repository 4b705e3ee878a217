//! `[brand]`: marks, guidelines, and what needs whose approval in what time.

use super::names::RoleName;
use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::Period;

record! {
    /// Marks, guidelines and approvals.
    pub struct Brand {
        /// The brand guidelines, as a noun phrase with their date or version.
        guide: At<Text>,
        /// The company's marks that the partner may use, each as printed.
        company_marks: Vec<At<Text>>,
        /// The partner's marks that the company may use, each as printed.
        partner_marks: Vec<At<Text>>,
        /// How long after the end the marks may still stand in printed matter.
        phase_out: At<Period>,
        /// What needs approval.
        approval: Vec<Approval>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// A kind of asset that needs approval.
    pub struct Approval {
        /// Which, such as "Press releases".
        asset: At<Text>,
        /// Who submits it.
        submitted_by: At<RoleName>,
        /// Who approves it.
        approver: At<RoleName>,
        /// How long they have.
        window: At<Period>,
        /// What silence means.
        silence: At<BrandSilence>,
    }
}

choice! {
    /// What silence about an asset means.
    pub enum BrandSilence {
        /// It is approved, if it follows the brand guidelines.
        DeemedApproved = "deemed-approved",
        /// It is not approved.
        DeemedRejected = "deemed-rejected",
        /// It goes to the next level of the escalation ladder.
        Escalated = "escalated",
    }
}
