//! The tables of `negotiation.toml`, one struct each, every value of it confidential.
//!
//! In: the file. Out: [`File`], for this layer alone. What both sides know is not here: parties, outcomes, states of
//! issues and trades that were spoken of stand in the deal.

use super::Confidential;
use crate::deal::record::{choice, record};
use crate::deal::{ClauseName, Id, PartyName, TermPath, Text};
use crate::source::At;
use crate::units::{Date, Money, Rate};

record! {
    /// What our side knows, wants and may give: never rendered for the other side.
    pub struct File {
        /// The version of this file's format: 1.
        schema: At<u32>,
        /// Which party of the deal we are, by its id.
        ours: Confidential<At<PartyName>>,
        /// Why this deal is worth making, in one sentence.
        thesis: Confidential<At<Text>>,
        /// What is negotiated, issue by issue.
        issue: Vec<Issue>,
        /// What we know or guess of margins and costs; it stands for what the deal's forecast says or leaves out.
        estimate: Option<Confidential<Estimate>>,
        /// What each party does if there is no deal; one of each party is its best (BATNA).
        alternative: Vec<Alternative>,
        /// When we leave the table: rules that the deal must hold to.
        walk_away: Vec<WalkAway>,
        /// Concessions that we are ready to make, each for something in return.
        trade: Vec<Trade>,
        /// Where they press, and how: a deadline, a one-sided demand, a refusal to talk.
        pressure: Vec<Pressure>,
        /// Questions of our own, besides the house's.
        question: Vec<Question>,
        /// Scripts of our own, besides the house's.
        script: Vec<Script>,
        /// What we noted of each meeting.
        meeting: Vec<Meeting>,
    }
}

record! {
    /// An issue: what each side says, and why it says so.
    pub struct Issue {
        /// Its name; that of an `[[issue]]` of the deal if both sides speak of it.
        id: At<Id>,
        /// What it is about, as a noun phrase; left out if the deal has the issue.
        title: Option<Confidential<At<Text>>>,
        /// The terms of the deal that it decides; those of the deal's issue if left out.
        terms: Vec<At<TermPath>>,
        /// How much it matters to us.
        bucket: Confidential<At<Bucket>>,
        /// What the terms as they stand are worth to us over the time of the forecast.
        worth: Option<Confidential<At<Money>>>,
        /// What we ask for if we give it, most wanted first, each as a noun phrase.
        in_return: Confidential<Vec<At<Text>>>,
        /// The topic that its questions are about.
        topic: Option<Confidential<At<Topic>>>,
        /// The clauses that word it, besides those that its terms lead to.
        clauses: Vec<At<ClauseName>>,
        /// Our side of it.
        ours: Option<Confidential<Stand>>,
        /// Their side of it, as far as we know.
        theirs: Option<Confidential<Stand>>,
    }
}

record! {
    /// One side of an issue.
    pub struct Stand {
        /// What the side says it wants.
        position: Option<At<Text>>,
        /// Why it wants that.
        interest: Option<At<Text>>,
        /// What else would serve the interest.
        options: Vec<At<Text>>,
    }
}

choice! {
    /// How much an issue matters.
    pub enum Bucket {
        /// Without it there is no deal.
        MustHave = "must-have",
        /// Worth something, and given for something.
        Tradable = "tradable",
        /// Costs us little: given early, and for goodwill.
        Giveaway = "giveaway",
    }
}

choice! {
    /// What questions and scripts are about.
    pub enum Topic {
        /// What is paid, for what.
        Economics = "economics",
        /// When and how it is paid.
        Payment = "payment",
        /// Who may sell where, and alone.
        Exclusivity = "exclusivity",
        /// Whose account a sale is.
        Attribution = "attribution",
        /// Who does what, how well, how fast.
        Operations = "operations",
        /// Data and who sees it.
        Data = "data",
        /// Marks and who approves their use.
        Brand = "brand",
        /// Who pays when it goes wrong.
        Liability = "liability",
        /// How long it lasts and how it ends.
        Term = "term",
    }
}

record! {
    /// Figures for both sides' results that the deal does not show, or shows otherwise.
    pub struct Estimate {
        /// What the company keeps of each unit of revenue.
        company_margin: Option<At<Rate>>,
        /// What the alliance costs the partner over the time of the forecast.
        partner_cost: Option<At<Money>>,
    }
}

record! {
    /// What a party does without this deal.
    pub struct Alternative {
        /// Whose alternative it is.
        of: Confidential<At<PartyName>>,
        /// What the party would do, as a noun phrase.
        what: Confidential<At<Text>>,
        /// What it would come to over the time of the forecast.
        value: Option<Confidential<At<Money>>>,
        /// How we know, or how we make ours better.
        because: Option<Confidential<At<Text>>>,
        /// Whether it is the best that the party has.
        best: Option<Confidential<At<bool>>>,
    }
}

record! {
    /// A rule that the deal must hold to, or we leave.
    pub struct WalkAway {
        /// Its name.
        id: At<Id>,
        /// What it says, in a sentence.
        says: Confidential<At<Text>>,
        /// The rule as an expression over the deal, such as `exclusivity == none || legal.audit != none`.
        rule: Confidential<At<Text>>,
        /// Why we would leave, in a sentence.
        because: Option<Confidential<At<Text>>>,
    }
}

record! {
    /// A concession that is ready, and what it costs them.
    pub struct Trade {
        /// Its name.
        id: At<Id>,
        /// What we give, as a clause that follows "if": "Acme pays within 30 days".
        give: Option<Confidential<At<Text>>>,
        /// What we get, as a clause that follows "then".
        get: Option<Confidential<At<Text>>>,
        /// The terms that we give.
        give_terms: Confidential<Vec<At<TermPath>>>,
        /// The terms that we get.
        get_terms: Confidential<Vec<At<TermPath>>>,
        /// What it costs us.
        cost: Option<Confidential<At<Money>>>,
        /// What it brings us.
        gain: Option<Confidential<At<Money>>>,
    }
}

record! {
    /// How they press, and on what.
    pub struct Pressure {
        /// What they do.
        kind: Confidential<At<PressureKind>>,
        /// What they said, as a sentence.
        said: Confidential<At<Text>>,
        /// The issue that it is about, if it is about one.
        issue: Option<At<Id>>,
    }
}

choice! {
    /// A way to press.
    pub enum PressureKind {
        /// Sign by a day, or it is gone.
        Deadline = "deadline",
        /// A term that binds us alone.
        OneSided = "one-sided",
        /// A term of which they will not talk.
        NonNegotiable = "non-negotiable",
        /// A first figure far from any that is reasonable.
        HighAnchor = "high-anchor",
    }
}

record! {
    /// A question that opens a topic: it begins with how or what, and is not answered by yes or no.
    pub struct Question {
        /// Its name; a house's own replaces the one with the same name.
        id: At<Id>,
        /// What it is about.
        topic: At<Topic>,
        /// The question.
        ask: At<Text>,
        /// What its answer tells us, as a noun phrase.
        learns: Option<At<Text>>,
    }
}

record! {
    /// Words for a situation.
    pub struct Script {
        /// Its name; a house's own replaces the one with the same name.
        id: At<Id>,
        /// When to say it.
        situation: At<Situation>,
        /// The words.
        say: At<Text>,
    }
}

choice! {
    /// A situation that has a script.
    pub enum Situation {
        /// They ask for something.
        Trading = "trading",
        /// They ask for exclusivity.
        Exclusivity = "exclusivity",
        /// They open far from any reasonable figure.
        HighAnchor = "high-anchor",
        /// Both claim an account.
        Attribution = "attribution",
        /// They say that a term is not negotiable.
        NonNegotiable = "non-negotiable",
        /// They set a deadline.
        Deadline = "deadline",
        /// They ask for a term that binds us alone.
        OneSided = "one-sided",
    }
}

record! {
    /// What we noted of a meeting that both sides' record does not say.
    pub struct Meeting {
        /// The day; that of a `[[meeting]]` of the deal.
        date: At<Date>,
        /// Who was there, and what each can decide.
        attendees: Confidential<Vec<At<Text>>>,
        /// What was agreed, and what it means for us.
        agreed: Confidential<Vec<At<Text>>>,
        /// What is open, and why.
        open: Confidential<Vec<At<Text>>>,
        /// What we propose next.
        next: Confidential<Vec<At<Text>>>,
        /// What we heard between the lines.
        heard: Confidential<Vec<At<Text>>>,
    }
}

record! {
    /// The house's questions and scripts: `templates/internal/bank.toml`.
    pub struct Bank {
        /// Questions by topic.
        question: Vec<Question>,
        /// Scripts by situation.
        script: Vec<Script>,
    }
}
