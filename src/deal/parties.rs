//! `[[party]]` and `[[role]]`: who makes the deal, and who does the work.

use super::names::{MetricName, PartyName};
use super::record::{choice, record};
use super::text::{Id, Text};
use crate::source::At;

record! {
    /// One of the two companies.
    pub struct Party {
        /// A short stable name used elsewhere in this file, such as "acme".
        id: At<Id>,
        /// Which side it is on: the `company` owns the product, the `partner` brings customers to it.
        side: At<Side>,
        /// The full registered name.
        name: At<Text>,
        /// The name that the documents use for it.
        short: At<Text>,
        /// Its legal form with its place of registration, such as "a Delaware corporation".
        form: At<Text>,
        /// Its number in a public register, with the register.
        registered_no: Option<At<Text>>,
        /// Its registered address, on one line.
        address: At<Text>,
        /// What it does, as a noun phrase: "a provider of analytics software for hospitals".
        business: At<Text>,
        /// What it brings to the alliance, each as a verb phrase: "train the partner's consultants".
        brings: Vec<At<Text>>,
        /// What it gets out of the alliance.
        outcome: Vec<Outcome>,
        /// Where notices go.
        notice: Notice,
        /// Who signs.
        signatory: Signatory,
    }
}

choice! {
    /// Which side a party is on.
    pub enum Side {
        /// It owns the product and pays for success.
        Company = "company",
        /// It brings customers and is paid for success.
        Partner = "partner",
    }
}

record! {
    /// Something specific that a party gets, tied to acts that it controls.
    pub struct Outcome {
        /// What it gets, as a noun phrase.
        what: At<Text>,
        /// The metric that shows it.
        metric: At<MetricName>,
        /// What counts as success, such as "at least USD 1,000,000 in the first year".
        target: Option<At<Text>>,
        /// The acts of this party that drive it, each as a verb phrase.
        acts: Vec<At<Text>>,
    }
}

record! {
    /// Where notices to a party go.
    pub struct Notice {
        /// For whose attention.
        attention: At<Text>,
        /// The e-mail address.
        email: At<Text>,
        /// The postal address, if not the registered one.
        address: Option<At<Text>>,
    }
}

record! {
    /// Who signs for a party.
    pub struct Signatory {
        /// The name; leave it out while it is open.
        name: Option<At<Text>>,
        /// The title.
        title: At<Text>,
    }
}

record! {
    /// A person or team with a task in the alliance.
    pub struct Role {
        /// A short stable name, such as "acme-partner-manager".
        id: At<Id>,
        /// The party it belongs to.
        party: At<PartyName>,
        /// What it is called, such as "Partner Manager".
        title: At<Text>,
        /// Who holds it now; a person can change without changing the agreement.
        person: Option<At<Text>>,
        /// How to reach them.
        email: Option<At<Text>>,
    }
}
