//! Defined terms: where each gets its meaning, where it is used.

use super::{Anchor, Document};
use std::ops::Range;

/// A term and where it gets its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term, without quotation marks.
    pub name: String,
    /// Its own name for links, such as `term-net-revenue`.
    pub anchor: Anchor,
    /// The section where it is defined.
    pub section: Anchor,
}

/// All terms of a package, ready to find their uses.
#[derive(Debug, Clone)]
pub struct Terms {
    terms: Vec<Term>,
}

impl Terms {
    /// The terms that `documents` define; of a term defined twice, the first.
    pub fn of(_documents: &[Document]) -> Terms {
        Terms { terms: Vec::new() }
    }

    /// The terms in reading order.
    pub fn list(&self) -> &[Term] {
        &self.terms
    }

    /// The term with exactly this name, and its place in [`Terms::list`].
    pub fn get(&self, name: &str) -> Option<(usize, &Term)> {
        self.terms
            .iter()
            .enumerate()
            .find(|(_, term)| term.name == name)
    }

    /// The uses of terms in `text`: bytes and the place of the term in [`Terms::list`], left to right.
    ///
    /// Plural and possessive forms are uses; the bytes hold the plural ending, not the possessive one.
    pub fn uses<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let _ = text;
        std::iter::empty()
    }
}

/// What a careful reader of the terms would ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A term that nothing uses.
    Unused {
        /// The term.
        term: String,
        /// Where it is defined.
        section: Anchor,
    },
    /// A phrase with capitals like a term, which nothing defines.
    Undefined {
        /// The phrase.
        phrase: String,
        /// The section where it first stands.
        section: Anchor,
    },
    /// A term with other capitals than its definition has.
    Drift {
        /// As it is written here.
        written: String,
        /// As it is defined.
        term: String,
        /// The section where it stands.
        section: Anchor,
        /// How often the package writes it as defined.
        uses: usize,
    },
    /// Terms whose meanings lead back to themselves.
    Circular {
        /// The terms, each with the section that defines it, in reading order.
        terms: Vec<(String, Anchor)>,
    },
}

/// What is odd about the terms of `documents`, in reading order; `names` are proper names that need no
/// meaning, such as parties and places.
pub fn findings(_documents: &[Document], _terms: &Terms, _names: &[&str]) -> Vec<Finding> {
    Vec::new()
}
