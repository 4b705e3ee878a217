//! What is answered about words and values.

use crate::deal::Rank;
use crate::document::Anchor;
use crate::draft::coverage::Printed;
use crate::library::Clause;
use crate::source::Span;

/// What a section's words do with a value of the deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// They print it.
    Printed,
    /// They print something that is computed from it.
    Computed,
    /// It decides which words there are.
    Decides,
}

impl How {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            How::Printed => "printed",
            How::Computed => "computed",
            How::Decides => "decides",
        }
    }
}

/// A key of the deal, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The path in the deal file, places in a list counted from 1.
    pub path: String,
    /// What is written there; nothing if the deal leaves it out.
    pub value: Option<Written>,
    /// What the words do with it, each way once.
    pub hows: Vec<How>,
}

/// Something that is written in the deal file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// A value as it is written there, or what else it is: `a table`, `a list of 3`.
    pub text: String,
    /// Where.
    pub at: Span,
}

/// Where the words of a section come from.
#[derive(Debug, Clone)]
pub struct Why<'l> {
    /// The section.
    pub section: Place,
    /// Where the outline has its heading, if it is not a clause.
    pub outline: Option<Span>,
    /// The clauses that its words come from; none for a heading.
    pub clauses: Vec<Explained<'l>>,
    /// The sections right under it.
    pub under: Vec<Place>,
}

/// A section as people find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its anchor.
    pub anchor: Anchor,
    /// It in short: `Section 7.1`, `Exhibit A, 5.3`.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// A clause, and why it reads as it does.
#[derive(Debug, Clone)]
pub struct Explained<'l> {
    /// The clause.
    pub clause: &'l Clause,
    /// The wording that the deal has.
    pub rank: Rank,
    /// The line of the deal that chose it; the preferred one needs none.
    pub chosen: Option<Span>,
    /// Where the wording begins in its file.
    pub at: Span,
    /// What the clause needs to be there.
    pub needs: Vec<Key>,
    /// Every key that made its words, in the order of the text.
    pub keys: Vec<Key>,
}

/// Every place where a value appears.
#[derive(Debug, Clone)]
pub struct Whereabouts {
    /// The key.
    pub key: String,
    /// What the deal has there.
    pub value: Option<Written>,
    /// The clauses, in the order of the agreement.
    pub found: Vec<Sighting>,
    /// What it does besides, outside all clauses.
    pub besides: Vec<&'static str>,
    /// Clauses that are not in the agreement, and would be if the deal had what they need of this.
    pub would: Vec<String>,
}

/// A clause in which a value appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The clause, and the section that prints it.
    pub printed: Printed,
    /// The documents that hold the section, by name.
    pub documents: Vec<String>,
    /// What the clause does with it, each way once.
    pub hows: Vec<How>,
    /// Where the clause file does.
    pub at: Vec<Span>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}
