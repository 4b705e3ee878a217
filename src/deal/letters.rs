//! `[letter]` and `[pilot]`: papers that are signed while terms are open.

use super::names::PartyName;
use super::record::record;
use super::text::{TermPath, Text};
use crate::source::At;
use crate::units::{Date, Money, Period};

record! {
    /// A letter of intent: what is settled, what is open, and the little that binds.
    pub struct Letter {
        /// The day on which the letter ends if nothing is signed.
        expires: At<Date>,
        /// Terms of this file that bind from the signature of the letter, besides secrecy, costs and law; each agreed.
        binds: Vec<At<TermPath>>,
        /// For how long neither party talks with others about the same; leave it out if both may.
        sole_talks: Option<At<Period>>,
    }
}

record! {
    /// A pilot of limited scope that may start before the agreement is signed.
    pub struct Pilot {
        /// What it is, as a noun phrase: "a pilot with three clinic groups in Leeds".
        what: At<Text>,
        /// The first day.
        starts: At<Date>,
        /// The last day.
        ends: At<Date>,
        /// What belongs to it, each as a noun phrase.
        scope: Vec<At<Text>>,
        /// Who does what.
        task: Vec<PilotTask>,
        /// What is paid for it, as a sentence; nothing if left out.
        pay: Option<At<Text>>,
        /// The most that either party pays or owes on account of it.
        limit: At<Money>,
        /// What both look at when it ends, each as a noun phrase.
        success: Vec<At<Text>>,
        /// Terms of this file that hold during the pilot; each agreed.
        applies: Vec<At<TermPath>>,
    }
}

record! {
    /// A task in a pilot.
    pub struct PilotTask {
        /// The party.
        party: At<PartyName>,
        /// What it does, as a verb phrase.
        does: At<Text>,
    }
}
