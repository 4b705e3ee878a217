//! `[[raci]]` and `[escalation]`: who does what, and who takes over when it sticks.

use super::names::RoleName;
use super::record::{choice, record};
use super::text::Text;
use crate::source::At;
use crate::units::Period;

record! {
    /// A task and who does what about it.
    pub struct Task {
        /// What the task belongs to.
        topic: At<Topic>,
        /// What is to be done, such as "Onboard a new customer".
        task: At<Text>,
        /// Who answers for it: exactly one role.
        accountable: At<RoleName>,
        /// Who does it: at least one role.
        responsible: Vec<At<RoleName>>,
        /// Who is asked before.
        consulted: Vec<At<RoleName>>,
        /// Who is told after.
        informed: Vec<At<RoleName>>,
    }
}

choice! {
    /// What a task belongs to.
    pub enum Topic {
        /// Getting a customer started.
        Onboarding = "onboarding",
        /// Finding and winning customers.
        Sales = "sales",
        /// Approving marketing material.
        MarketingApprovals = "marketing-approvals",
        /// Escalating a customer's support case.
        SupportEscalation = "support-escalation",
        /// Reporting numbers.
        Reporting = "reporting",
        /// Training and enablement.
        Enablement = "enablement",
        /// Running the alliance.
        Governance = "governance",
    }
}

record! {
    /// Who takes over an unresolved issue, and when.
    pub struct Escalation {
        /// The levels, from the first up.
        level: Vec<Level>,
        /// What happens when the last level has not settled it, as a sentence.
        then: At<Text>,
    }
}

record! {
    /// One level of the ladder.
    pub struct Level {
        /// What it is called, such as "Working level".
        name: At<Text>,
        /// Who takes part: one role of each party.
        owners: Vec<At<RoleName>>,
        /// How soon they answer.
        respond: At<Period>,
        /// How long they have, from the day the issue reaches them, before it goes on.
        resolve: At<Period>,
    }
}
