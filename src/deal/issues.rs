//! `[[issue]]`, `[[trade]]`, `[[meeting]]`, `[[definition]]`: how the deal came about, and its own terms.

use super::names::PartyName;
use super::record::{choice, record};
use super::text::{Id, Reason, TermPath, Text};
use crate::source::At;
use crate::units::Date;

record! {
    /// One issue of the negotiation.
    pub struct Issue {
        /// A short stable name, such as "first-year-share".
        id: At<Id>,
        /// What it is about, as a noun phrase.
        title: At<Text>,
        /// The terms of this file that it decides.
        terms: Vec<At<TermPath>>,
        /// What was agreed or is proposed, as a sentence; letters print it.
        says: Option<At<Text>>,
        /// Where it stands.
        state: At<IssueState>,
        /// Who proposed what stands in the file.
        proposed_by: Option<At<PartyName>>,
        /// When it was agreed.
        agreed: Option<At<Date>>,
        /// Why it is as it is.
        reason: Option<Reason>,
    }
}

choice! {
    /// Where an issue stands.
    pub enum IssueState {
        /// One party has proposed it.
        Proposed = "proposed",
        /// Both have agreed.
        Agreed = "agreed",
        /// It was agreed and is open again.
        Reopened = "reopened",
        /// Nobody has proposed anything.
        Open = "open",
    }
}

record! {
    /// A concession and what is given for it.
    pub struct Trade {
        /// Who gives first.
        giver: At<PartyName>,
        /// What it gives, as a clause that follows "if": "Acme pays a higher share in the first year".
        gives: At<Text>,
        /// What the other gives, as a clause that follows "then".
        gets: At<Text>,
        /// The terms of this file that both sides of it set.
        terms: Vec<At<TermPath>>,
        /// When it was agreed; it is a proposal if left out.
        agreed: Option<At<Date>>,
    }
}

record! {
    /// What a meeting settled.
    pub struct Meeting {
        /// The day.
        date: At<Date>,
        /// Who was there, each with their party.
        attendees: Vec<At<Text>>,
        /// What was agreed: ids of issues.
        agreed: Vec<At<Id>>,
        /// What is open: ids of issues.
        open: Vec<At<Id>>,
        /// What each party will propose next, each as a sentence.
        next: Vec<At<Text>>,
    }
}

record! {
    /// A further term in plain words.
    pub struct Definition {
        /// The term, with its capitals.
        term: At<Text>,
        /// What it means, as a phrase that follows "means".
        means: At<Text>,
        /// An example that makes it plain, in a sentence.
        example: At<Text>,
    }
}
