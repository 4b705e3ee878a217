//! `[[metric]]`, `[value]`, `[[risk]]`, `[forecast]`: what is measured, what is at stake.

use super::events::FromEvents;
use super::names::{ClauseName, MetricName, PartyName};
use super::record::{choice, record};
use super::text::{Id, Reason, Text};
use crate::source::At;
use crate::units::{Count, Money, Rate};

record! {
    /// A number that pays, triggers or releases something.
    pub struct Metric {
        /// A short stable name, such as "net-revenue".
        id: At<Id>,
        /// What it is called, such as "Net Revenue"; a defined term of the agreement.
        name: At<Text>,
        /// What it counts, as a noun phrase that follows "means".
        meaning: At<Text>,
        /// What kind of number it is.
        unit: At<MetricUnit>,
        /// The record that both parties can see and check it in.
        evidence: At<Text>,
        /// The parties whose own acts move it.
        controlled_by: Vec<At<PartyName>>,
        /// An example that makes it plain, in a sentence.
        example: Option<At<Text>>,
        /// How events make it up, for statements and reviews. Leave it out for a number that is given by hand.
        from_events: Option<FromEvents>,
    }
}

choice! {
    /// What kind of number a metric is.
    pub enum MetricUnit {
        /// An amount of money.
        Money = "money",
        /// A whole number of things.
        Count = "count",
        /// A share in percent.
        Rate = "rate",
    }
}

record! {
    /// What the deal rewards and what it guards against.
    pub struct ValueAndRisk {
        /// The unit of value: the metrics that payments hang on.
        unit_of_value: Vec<At<MetricName>>,
        /// The unit of risk: the metrics that show when it goes wrong.
        unit_of_risk: Vec<At<MetricName>>,
    }
}

record! {
    /// Something that can go wrong.
    pub struct Risk {
        /// What, as a noun phrase: "leads that never become customers".
        what: At<Text>,
        /// The party that can manage it best and carries it.
        carried_by: At<PartyName>,
        /// Why that party, in a sentence.
        because: At<Text>,
        /// The clauses that answer it.
        answered_by: Vec<At<ClauseName>>,
    }
}

record! {
    /// Volumes for the examples and for the picture of both sides' results.
    pub struct Forecast {
        /// The period that the volumes are for, such as "the first year".
        period: At<Text>,
        /// What can go slowly.
        low: Scenario,
        /// What the parties plan with.
        expected: Scenario,
        /// What can go well.
        high: Scenario,
        /// The share of net revenue that the company keeps after its own costs and before the partner's
        /// share; leave it out if it is not for the other side.
        company_margin: Option<At<Rate>>,
        /// What the partner spends of its own to earn its share; leave it out if it is not for the other side.
        partner_cost: Option<At<Money>>,
        /// Why these volumes.
        reason: Option<Reason>,
    }
}

record! {
    /// Volumes of one scenario over the forecast's period.
    pub struct Scenario {
        /// Net revenue from sourced accounts in their first term.
        sourced_revenue: Option<At<Money>>,
        /// Net revenue from influenced accounts in their first term.
        influenced_revenue: Option<At<Money>>,
        /// Net revenue from renewals.
        renewal_revenue: Option<At<Money>>,
        /// Accepted referrals, such as "40 referrals".
        referrals: Option<At<Count>>,
        /// Verified activations, such as "60 activations".
        activations: Option<At<Count>>,
        /// Net revenue from strategic segments, within the sourced revenue.
        strategic_revenue: Option<At<Money>>,
    }
}
