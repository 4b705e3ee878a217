//! What a careful reader of the terms would ask about.

use super::finder::{self, Finder};
use super::{Form, Terms};
use crate::document::{Anchor, Document, Inline, Section, walk};
use std::collections::BTreeSet;
use std::ops::Range;

/// Some bytes of a text, and the place of what they are in its list.
type Found = (Range<usize>, usize);

/// Something odd about the terms of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A term that nothing uses outside the paragraph that defines it.
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
}

/// What is odd about the terms of `documents`: first what is unused, then what is written otherwise or not
/// defined, in reading order.
///
/// `names` are texts that need no meaning: the names of parties, products, places and laws. A title is no
/// use of a term, and what a title says needs no definition. `listed` is the section that ends in a table of
/// terms, which uses none of them.
pub fn findings(
    documents: &[Document],
    terms: &Terms,
    names: &[&str],
    listed: Option<&str>,
) -> Vec<Finding> {
    let written = |section: &'_ Section| match section.blocks.split_last() {
        Some((_, before)) if Some(section.anchor.as_str()) == listed => before.len(),
        Some(_) | None => section.blocks.len(),
    };
    let mut search = Search::new(documents, terms, names, written);
    for section in documents
        .iter()
        .flat_map(|document| walk::sections(&document.root))
    {
        let blocks = &section.blocks[..written(section)];
        walk::runs(blocks, &mut |words| search.run(section, words));
    }
    search.finish()
}

/// What is known in the middle of the documents.
struct Search<'a> {
    terms: &'a Terms,
    /// The forms of more than one word, and what finds them whatever their capitals.
    phrases: Vec<Form>,
    any_case: Finder,
    /// Texts in which an undefined phrase is at home: titles, captions, names.
    known: String,
    uses: Vec<usize>,
    seen_undefined: BTreeSet<String>,
    seen_drift: BTreeSet<(&'a Anchor, String)>,
    /// What is written otherwise, or not defined; `Drift` without its count.
    found: Vec<Finding>,
}

impl<'a> Search<'a> {
    /// `written` is how many blocks of a section were written.
    fn new(
        documents: &'a [Document],
        terms: &'a Terms,
        names: &[&str],
        written: impl Fn(&Section) -> usize,
    ) -> Search<'a> {
        let phrases: Vec<Form> = terms
            .forms
            .iter()
            .filter(|form| form.text.contains(' '))
            .cloned()
            .collect();
        let mut known = names.join("\n");
        for section in documents
            .iter()
            .flat_map(|document| walk::sections(&document.root))
        {
            known.push('\n');
            walk::push_text(&section.title, &mut known);
            walk::tables(&section.blocks[..written(section)], &mut |table| {
                let headings = table.columns.iter().map(|column| &column.heading);
                for words in headings.chain([&table.caption]) {
                    known.push('\n');
                    walk::push_text(words, &mut known);
                }
            });
        }
        Search {
            any_case: Finder::new(&phrases, true),
            phrases,
            known,
            uses: vec![0; terms.list.len()],
            seen_undefined: BTreeSet::new(),
            seen_drift: BTreeSet::new(),
            found: Vec::new(),
            terms,
        }
    }

    fn run(&mut self, section: &'a Section, words: &'a [Inline]) {
        let mut defined: Vec<usize> = Vec::new();
        walk::leaves(words, &mut |inline| {
            if let Inline::Definition(name) = inline {
                defined.extend(self.terms.get(name).map(|(term, _)| term));
            }
        });
        let (mut uses, mut alike) = (Vec::new(), Vec::new());
        walk::leaves(words, &mut |inline| {
            let Inline::Text(text) = inline else {
                return;
            };
            self.find_in(text, &mut uses, &mut alike);
            for (_, term) in &uses {
                if !defined.contains(term) {
                    self.uses[*term] += 1;
                }
            }
            self.drift(section, text, &uses, &alike);
            self.undefined(section, text, &uses);
        });
    }

    /// The uses of terms in `text`, each with the term, and what is one but for its capitals, each with the phrase.
    fn find_in(&self, text: &str, uses: &mut Vec<Found>, alike: &mut Vec<Found>) {
        uses.clear();
        alike.clear();
        let (finder, forms) = (&self.terms.finder, &self.terms.forms);
        let mut seen = 0;
        let mut at = 0;
        while let Some(start) = finder.next_start(text, at) {
            let like = (start >= seen && self.any_case.can_start(text, start))
                .then(|| self.any_case.form_at(text, start))
                .flatten();
            if let Some((end, phrase)) = like {
                alike.push((start..end, phrase));
                seen = end;
            }
            at = match finder.form_at(text, start) {
                Some((end, form)) => {
                    uses.push((start..end, forms[form].term));
                    end
                }
                None => finder::behind(text, start),
            };
        }
    }

    /// Finds terms of several words in other capitals. All small letters are ordinary words, and all
    /// capitals are a way to stress a whole sentence.
    fn drift(&mut self, section: &'a Section, text: &str, uses: &[Found], alike: &[Found]) {
        for (range, form) in alike {
            let written = &text[range.clone()];
            let mixed =
                written.contains(char::is_uppercase) && written.contains(char::is_lowercase);
            let overlaps = uses.iter().any(|(used, _)| meet(used, range));
            if mixed
                && !overlaps
                && self
                    .seen_drift
                    .insert((&section.anchor, written.to_owned()))
            {
                let term = &self.terms.list[self.phrases[*form].term];
                self.found.push(Finding::Drift {
                    written: written.to_owned(),
                    term: term.name.clone(),
                    section: section.anchor.clone(),
                    uses: 0,
                });
            }
        }
    }

    /// Finds phrases of two or more words with capitals in the middle of a sentence.
    fn undefined(&mut self, section: &'a Section, text: &str, uses: &[(Range<usize>, usize)]) {
        if !may_hold_phrase(text, uses) {
            return;
        }
        let mut phrase: Option<(Range<usize>, usize)> = None;
        let mut before = Before::Nothing;
        let mut place = 0;
        while let Some(word) = next_word(text, place) {
            let gap = &text[place..word.start];
            let capital =
                is_capital(&text[word.clone()]) && !uses.iter().any(|(used, _)| meet(used, &word));
            match (&mut phrase, capital) {
                (Some((range, count)), true) if gap == " " => {
                    range.end = word.end;
                    *count += 1;
                }
                (open, capital) => {
                    let closed = open.take();
                    let starts = capital && gap == " " && before == Before::SmallWord;
                    *open = starts.then_some((word.clone(), 1));
                    self.phrase(section, text, closed);
                }
            }
            before = if text[word.clone()].starts_with(char::is_lowercase) {
                Before::SmallWord
            } else {
                Before::Other
            };
            place = word.end;
        }
        self.phrase(section, text, phrase);
    }

    fn phrase(&mut self, section: &Section, text: &str, phrase: Option<(Range<usize>, usize)>) {
        let Some((range, count)) = phrase else {
            return;
        };
        let phrase = &text[range];
        if count > 1
            && !self.known.contains(phrase)
            && self.seen_undefined.insert(phrase.to_owned())
        {
            self.found.push(Finding::Undefined {
                phrase: phrase.to_owned(),
                section: section.anchor.clone(),
            });
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        let terms = &self.terms.list;
        let mut findings: Vec<Finding> = terms
            .iter()
            .zip(&self.uses)
            .filter(|(_, uses)| **uses == 0)
            .map(|(term, _)| Finding::Unused {
                term: term.name.clone(),
                section: term.section.clone(),
            })
            .collect();
        for finding in &mut self.found {
            if let Finding::Drift { term, uses, .. } = finding {
                *uses = self.terms.get(term).map_or(0, |(term, _)| self.uses[term]);
            }
        }
        findings.append(&mut self.found);
        findings
    }
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    SmallWord,
    Other,
}

/// Whether two words in a row, outside `uses`, could begin with a capital behind a space: a quick look at the bytes.
fn may_hold_phrase(text: &str, uses: &[(Range<usize>, usize)]) -> bool {
    let pairs = text.as_bytes().windows(2).enumerate();
    let mut capitals = pairs.filter(|(_, pair)| pair[0] == b' ').map(|(at, pair)| {
        (pair[1].is_ascii_uppercase() || !pair[1].is_ascii())
            && !uses.iter().any(|(used, _)| used.contains(&(at + 1)))
    });
    let mut before = false;
    capitals.any(|capital| std::mem::replace(&mut before, capital) && capital)
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The next word of `text` from `place` on: letters, figures and what joins them.
fn next_word(text: &str, place: usize) -> Option<Range<usize>> {
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '’' || c == '\'';
    let start = place + text[place..].find(char::is_alphanumeric)?;
    let rest = &text[start..];
    let end = start + rest.find(|c| !joins(c)).unwrap_or(rest.len());
    Some(start..end)
}

/// Whether `word` is written like a word of a term: a capital, then small letters. Days and months always are.
fn is_capital(word: &str) -> bool {
    const CALENDAR: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !CALENDAR.contains(&word)
}
