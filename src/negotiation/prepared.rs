//! A trade that was prepared and is proposed now: the one way in which words of the negotiation file become public.
//!
//! In: the file, the name that our side typed. Out: the words and terms of that trade, for the deal, in which both sides
//! will read them. Deliberately absent: what it costs us, what it brings us, and every other trade.

use super::file::Trade;
use super::{Confidential, Negotiation};
use crate::deal::{TermPath, Text};
use crate::source::At;

/// The public part of a prepared trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The party that gives first, by its id: we.
    pub giver: String,
    /// What we give, as a clause that follows "if", if it was written down.
    pub gives: Option<String>,
    /// What they give for it, as a clause that follows "then".
    pub gets: Option<String>,
    /// The terms that we give.
    pub give: Vec<String>,
    /// The terms that we get.
    pub get: Vec<String>,
}

/// The trade with this name, to be proposed. `None` if none is ready.
pub fn prepared(negotiation: &Negotiation, name: &str) -> Option<Prepared> {
    let file = negotiation.file();
    let named = |trade: &&Trade| trade.id.as_str() == name;
    let trade = file.trade.iter().find(named)?;
    let words = |of: &Option<Confidential<At<Text>>>| {
        let words = of.as_ref().map(Confidential::reveal);
        words.map(|words| words.as_str().to_owned())
    };
    let terms = |of: &Confidential<Vec<At<TermPath>>>| {
        let terms = of.reveal().iter();
        terms.map(|term| term.as_str().to_owned()).collect()
    };
    Some(Prepared {
        giver: file.ours.reveal().id().to_owned(),
        gives: words(&trade.give),
        gets: words(&trade.get),
        give: terms(&trade.give_terms),
        get: terms(&trade.get_terms),
    })
}
