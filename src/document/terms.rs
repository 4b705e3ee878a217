//! Defined terms: where each gets its meaning, where it is used.
//!
//! In: documents whose authors marked the definitions. Out: [`Terms`], which finds uses in any text, and the
//! [`Finding`]s of a careful reader. Uses are never marked by authors.

mod circles;
mod finder;
mod findings;

pub use circles::circles;
pub use findings::{Finding, findings};

use super::{Anchor, Document, Inline, walk};
use finder::Finder;
use std::collections::BTreeSet;
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
    list: Vec<Term>,
    /// Finds the forms.
    finder: Finder,
    forms: Vec<Form>,
}

/// A way to write a term: as it is defined, or as its plural.
#[derive(Debug, Clone)]
struct Form {
    text: String,
    term: usize,
}

impl Terms {
    /// The terms that `documents` define; of a term defined twice, the first.
    pub fn of(documents: &[Document]) -> Terms {
        let mut definitions = Vec::new();
        for section in documents
            .iter()
            .flat_map(|document| walk::sections(&document.root))
        {
            walk::runs(&section.blocks, &mut |words| {
                walk::leaves(words, &mut |inline| {
                    if let Inline::Definition(name) = inline {
                        definitions.push((name.as_str(), &section.anchor));
                    }
                });
            });
        }
        Terms::defined(definitions)
    }

    /// The terms of these definitions, each with the section that it stands in; of a term defined twice, the first.
    pub(super) fn defined<'d>(
        definitions: impl IntoIterator<Item = (&'d str, &'d Anchor)>,
    ) -> Terms {
        let mut terms: Vec<Term> = Vec::new();
        let mut names = BTreeSet::new();
        let mut anchors = BTreeSet::new();
        for (name, section) in definitions {
            if names.insert(name) {
                let anchor = anchor(name, &anchors);
                anchors.insert(anchor.clone());
                terms.push(Term {
                    name: name.to_owned(),
                    anchor,
                    section: section.clone(),
                });
            }
        }
        let forms = forms(&terms);
        let finder = Finder::new(&forms, false);
        Terms {
            list: terms,
            finder,
            forms,
        }
    }

    /// The terms in reading order.
    pub fn list(&self) -> &[Term] {
        &self.list
    }

    /// The term with exactly this name, and its place in [`Terms::list`].
    pub fn get(&self, name: &str) -> Option<(usize, &Term)> {
        let mut terms = self.list.iter().enumerate();
        terms.find(|(_, term)| term.name == name)
    }

    /// The uses of terms in `text`: bytes and the place of the term in [`Terms::list`], left to right.
    ///
    /// The longest term wins. Plural and possessive forms are uses; the bytes hold the ending of a plural,
    /// but not an apostrophe and what follows it.
    pub fn uses<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        self.finder
            .matches(text)
            .map(|(range, form)| (range, self.forms[form].term))
    }
}

/// All forms of `terms` in alphabetical order. What is itself a term is no form of another one.
fn forms(terms: &[Term]) -> Vec<Form> {
    let names: BTreeSet<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    let mut forms = Vec::with_capacity(terms.len() * 2);
    for (place, term) in terms.iter().enumerate() {
        let mut add = |text: String| {
            forms.push(Form { text, term: place });
        };
        add(term.name.clone());
        for plural in plurals(&term.name) {
            if !names.contains(plural.as_str()) {
                add(plural);
            }
        }
    }
    forms.sort_by(|a, b| (&a.text, a.term).cmp(&(&b.text, b.term)));
    forms.dedup_by(|later, first| later.text == first.text);
    forms
}

/// The plural of a term, and of its first words if they are the head of it: "Changes of Control".
fn plurals(name: &str) -> impl Iterator<Item = String> {
    let head = name
        .split_once(" of ")
        .map(|(head, rest)| format!("{} of {rest}", plural(head)));
    std::iter::once(plural(name)).chain(head)
}

fn plural(word: &str) -> String {
    const SIBILANTS: [&str; 5] = ["s", "x", "z", "ch", "sh"];
    let stem = word.strip_suffix('y');
    match stem {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) && !stem.is_empty() => {
            format!("{stem}ies")
        }
        Some(_) | None => {
            let ending = if SIBILANTS.iter().any(|end| word.ends_with(end)) {
                "es"
            } else {
                "s"
            };
            format!("{word}{ending}")
        }
    }
}

/// The name of the term `name` for links, other than those `taken`.
fn anchor(name: &str, taken: &BTreeSet<Anchor>) -> Anchor {
    let mut slug = String::with_capacity("term-".len() + name.len());
    slug.push_str("term");
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            slug.push('-');
            slug.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        }
    }
    // Terms that differ only in marks or in letters beyond a to z would share a name.
    let mut anchor = Anchor(slug);
    if taken.contains(&anchor) {
        let slug = anchor.0;
        let others = (2..).map(|count: usize| Anchor(format!("{slug}-{count}")));
        let free = others.into_iter().find(|anchor| !taken.contains(anchor));
        anchor = free.unwrap_or(Anchor(slug));
    }
    anchor
}

#[cfg(test)]
mod tests;
