//! `[[investment]]` and `[[guarantee]]`: joint spending, and risk taken off the other side.

use super::names::{MetricName, PartyName};
use super::record::{choice, record};
use super::reviews::Comparison;
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::{Count, Measure, Money, Period, Rate};

record! {
    /// Something that both parties pay for.
    pub struct Investment {
        /// What, as a noun phrase: "two regional launch events".
        what: At<Text>,
        /// The budget in all.
        budget: At<Money>,
        /// What each party pays.
        share: Vec<InvestmentShare>,
        /// Who owns what comes out of it.
        owner: At<Owner>,
        /// What happens with leads from it, as a sentence.
        leads: Option<At<Text>>,
        /// What happens at the end of the agreement, as a sentence.
        at_end: At<Text>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// What one party pays.
    pub struct InvestmentShare {
        /// The party.
        party: At<PartyName>,
        /// Its share of the budget.
        share: At<Rate>,
    }
}

choice! {
    /// Who owns the result.
    pub enum Owner {
        /// The party with the side `company`.
        Company = "company",
        /// The party with the side `partner`.
        Partner = "partner",
        /// Both, each free to use it.
        Both = "both",
    }
}

record! {
    /// Risk that one party takes off the other.
    pub struct Guarantee {
        /// Who gives it.
        giver: At<PartyName>,
        /// What kind it is.
        kind: At<GuaranteeKind>,
        /// What it is called, such as "Onboarding guarantee".
        name: At<Text>,
        /// What is measured; the giver must be able to move it.
        metric: At<MetricName>,
        /// What must be reached, or not passed.
        threshold: At<Measure>,
        /// Within how long from the effective date.
        within: At<Period>,
        /// When it applies, as a clause that follows "if".
        condition: At<Text>,
        /// The same as a comparison with the threshold, so that a review can tell when it applies.
        applies: Option<At<Comparison>>,
        /// Over which time up to a review the comparison is made; the whole time if left out.
        window: Option<At<Period>>,
        /// How often in a row it must be so; once if left out.
        in_a_row: Option<At<Count>>,
        /// What the giver then does, as a verb phrase.
        remedy: At<Text>,
        /// The most it can cost the giver: a sum, or a length of time.
        cap: At<Measure>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// What kind of guarantee it is.
    pub enum GuaranteeKind {
        /// A promise that something is reached.
        Performance = "performance",
        /// A credit for a pilot.
        PilotCredit = "pilot-credit",
        /// A time in which the other party may leave.
        CancellationWindow = "cancellation-window",
    }
}
