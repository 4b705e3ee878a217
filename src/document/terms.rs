//! Defined terms: where each gets its meaning, where it is used.
//!
//! In: documents whose authors marked the definitions. Out: [`Terms`], which finds uses in any text, and the
//! [`Finding`]s of a careful reader. Uses are never marked by authors.

mod findings;

pub use findings::{Finding, findings};

use super::{Anchor, Document, Inline, walk};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind, PatternID};
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
    /// Finds the forms; `None` if there are none.
    finder: Option<AhoCorasick>,
    forms: Vec<Form>,
}

/// A way to write a term: as it is defined, or as its plural.
#[derive(Debug, Clone)]
struct Form {
    text: String,
    term: usize,
    /// The longest other form that this one begins with.
    shorter: Option<usize>,
}

impl Terms {
    /// The terms that `documents` define; of a term defined twice, the first.
    pub fn of(documents: &[Document]) -> Terms {
        let mut terms: Vec<Term> = Vec::new();
        let mut names = BTreeSet::new();
        let mut anchors = BTreeSet::new();
        for section in documents
            .iter()
            .flat_map(|document| walk::sections(&document.root))
        {
            walk::runs(&section.blocks, &mut |words| {
                walk::leaves(words, &mut |inline| {
                    if let Inline::Definition(name) = inline
                        && names.insert(name.as_str())
                    {
                        let anchor = anchor(name, &anchors);
                        anchors.insert(anchor.clone());
                        terms.push(Term {
                            name: name.clone(),
                            anchor,
                            section: section.anchor.clone(),
                        });
                    }
                });
            });
        }
        let forms = forms(&terms);
        let finder = finder(&forms, false);
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
        let finder = self.finder.as_ref();
        matches(finder, &self.forms, text).map(|(range, form)| (range, self.forms[form].term))
    }
}

/// The forms in `text` that begin and end with words of it, left to right, the longest first.
fn matches<'a>(
    finder: Option<&'a AhoCorasick>,
    forms: &'a [Form],
    text: &'a str,
) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = finder?.find(Input::new(text).range(at..))?;
            let start = found.start();
            let mut form = (!text[..start].ends_with(char::is_alphanumeric))
                .then(|| found.pattern().as_usize());
            while let Some(tried) = form {
                let end = start + forms[tried].text.len();
                if !text[end..].starts_with(char::is_alphanumeric) {
                    at = end;
                    return Some((start..end, tried));
                }
                form = forms[tried].shorter;
            }
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    })
}

/// What finds `forms`; matches are their places.
fn finder(forms: &[Form], any_case: bool) -> Option<AhoCorasick> {
    if forms.is_empty() || forms.len() > PatternID::LIMIT {
        return None;
    }
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .ascii_case_insensitive(any_case)
        .build(forms.iter().map(|form| &form.text))
        .ok()
}

/// All forms of `terms` in alphabetical order. What is itself a term is no form of another one.
fn forms(terms: &[Term]) -> Vec<Form> {
    let names: BTreeSet<&str> = terms.iter().map(|term| term.name.as_str()).collect();
    let mut forms = Vec::with_capacity(terms.len() * 2);
    for (place, term) in terms.iter().enumerate() {
        let mut add = |text: String| {
            forms.push(Form {
                text,
                term: place,
                shorter: None,
            });
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
    // In this order the forms that one begins with stand before it, each inside the next.
    let mut open: Vec<usize> = Vec::new();
    for place in 0..forms.len() {
        while open
            .last()
            .is_some_and(|before| !forms[place].text.starts_with(&forms[*before].text))
        {
            open.pop();
        }
        forms[place].shorter = open.last().copied();
        open.push(place);
    }
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
    let mut slug = String::from("term");
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            slug.push('-');
            slug.push_str(&word.to_ascii_lowercase());
        }
    }
    // Terms that differ only in marks or in letters beyond a to z would share a name.
    let mut anchor = Anchor(slug.clone());
    let mut count = 1;
    while taken.contains(&anchor) {
        count += 1;
        anchor = Anchor(format!("{slug}-{count}"));
    }
    anchor
}

#[cfg(test)]
mod tests;
