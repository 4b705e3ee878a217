//! `[protection]` and `[mfn]`: protective terms, mutual unless a reason says why not.

use super::names::SegmentName;
use super::record::{choice, record};
use super::text::{Reason, Text};
use crate::source::At;
use crate::units::Period;

record! {
    /// Protective terms. Each binds both parties unless `binds` says otherwise with a reason.
    pub struct Protections {
        /// Keeping secrets.
        confidentiality: Confidentiality,
        /// Not hiring each other's people.
        non_solicit: Option<NonSolicit>,
        /// Public announcements.
        announcements: Option<Announcements>,
        /// Personal data.
        personal_data: Option<PersonalData>,
        /// Not speaking ill of each other.
        non_disparagement: Option<NonDisparagement>,
    }
}

choice! {
    /// Whom a protective term binds.
    pub enum Binds {
        /// Both parties alike.
        Both = "both",
        /// Only the party with the side `company`.
        Company = "company",
        /// Only the party with the side `partner`.
        Partner = "partner",
    }
}

record! {
    /// Keeping secrets.
    pub struct Confidentiality {
        /// Whom it binds.
        binds: At<Binds>,
        /// How long after the end.
        lasts: At<Period>,
        /// How long trade secrets are kept, as a clause: "as long as they are trade secrets".
        trade_secrets: Option<At<Text>>,
        /// Why it is there.
        reason: Reason,
    }
}

record! {
    /// Not hiring each other's people.
    pub struct NonSolicit {
        /// Whom it binds.
        binds: At<Binds>,
        /// Which people, as a noun phrase: "people who worked on the alliance in the last 12 months".
        covers: At<Text>,
        /// How long after the end.
        lasts: At<Period>,
        /// Why it is there.
        reason: Reason,
    }
}

record! {
    /// Public announcements.
    pub struct Announcements {
        /// Whom it binds.
        binds: At<Binds>,
        /// How long the other party has to approve one.
        approve_within: At<Period>,
        /// Why it is there.
        reason: Reason,
    }
}

record! {
    /// Personal data.
    pub struct PersonalData {
        /// Whom it binds.
        binds: At<Binds>,
        /// The laws that apply, as a noun phrase.
        laws: At<Text>,
        /// How soon a party tells the other of a breach.
        breach_notice: At<Period>,
        /// Why it is there.
        reason: Reason,
    }
}

record! {
    /// Not speaking ill of each other.
    pub struct NonDisparagement {
        /// Whom it binds.
        binds: At<Binds>,
        /// How long after the end.
        lasts: At<Period>,
        /// Why it is there.
        reason: Reason,
    }
}

record! {
    /// A most-favoured-nation promise, narrowed.
    pub struct Mfn {
        /// Which segment it holds in.
        segment: At<SegmentName>,
        /// For which term, as a noun phrase: "the share of a customer's first term".
        term: At<Text>,
        /// How long from the effective date.
        period: At<Period>,
        /// What it does not cover, each as a noun phrase.
        excludes: Vec<At<Text>>,
        /// How long after a better term was given to another the other party is told.
        tell_within: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}
