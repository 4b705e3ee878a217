//! Words in the texts of a deal that look like a defined term and are none.
//!
//! In: a deal and the terms of its documents. Out: warnings at their words in the deal file. Lawyers own the clauses
//! and a lint reads those; but a gate that is renamed is also named in criteria, targets and examples that people
//! wrote into the deal. A single word counts only if it is the id of something that the deal defines: too many names of
//! the world are one capital word.

use super::findings;
use crate::deal::Deal;
use crate::deal::check;
use crate::deal::fact::Fact;
use crate::diagnostic::Report;
use crate::document::terms::Terms;
use crate::source::Span;
use crate::units::singular;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

/// How often words that resemble nothing must stand with capitals before they look like a term and not like a name.
const HABIT: usize = 3;

/// Keys whose texts are names, or may be: of parties, people, places, laws, institutions.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "id", "name", "short", "title", "form", "registered_no", "address", "attention", "person", "email", "guide", "marks",
    "area", "place", "laws", "governing_law", "rules", "business_days", "product", "kind", "term", "industry",
];

/// Tables that no document prints.
const UNPRINTED: &[&str] = &["issue", "trade", "meeting", "absent", "clauses", "schema"];

/// Words that have a capital only because a sentence begins with them.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "A", "After", "All", "An", "And", "Any", "As", "At", "Before", "Both", "By", "Each", "Eight", "Either", "Every",
    "Five", "For", "Four", "From", "If", "In", "Its", "Neither", "Nine", "No", "Of", "On", "One", "Only", "Seven", "Six",
    "Some", "Ten", "The", "Their", "These", "This", "Those", "Three", "Two", "Until", "When", "Where", "While", "With",
    "Without",
];

/// Reports the phrases of a deal that look like a term that it lacks.
pub(super) fn check(deal: &Deal, facts: &Fact<'_>, terms: &Terms, report: &mut Report) {
    let mut names = Vec::new();
    let mut prose = Vec::new();
    texts(facts, &mut Vec::new(), &mut |kind, _, text| match kind {
        Kind::Name => names.push(text),
        Kind::Prose => prose.push(text),
    });
    let known = Known::new(deal, terms, &names);
    let mut strangers: BTreeMap<String, Stranger> = BTreeMap::new();
    for (place, text) in prose.iter().enumerate() {
        for phrase in phrases(text, terms) {
            let words = &text[phrase.within.clone()];
            if known.is_name(words) {
                continue;
            }
            let name = singular(words);
            if phrase.single && known.likeness(&name) != Likeness::Id {
                continue;
            }
            let stranger = strangers.entry(name).or_default();
            stranger.habit += usize::from(phrase.alone);
            stranger.places.push((place, phrase.within));
        }
    }
    strangers.retain(|phrase, stranger| {
        stranger.likeness = known.likeness(phrase);
        stranger.likeness != Likeness::None || stranger.habit >= HABIT
    });
    if strangers.is_empty() {
        return;
    }
    // Where a text stands in the file is found only now: nearly every deal has no stranger.
    let places = check::text_places(deal);
    let mut paths = Vec::new();
    texts(facts, &mut Vec::new(), &mut |kind, steps, _| {
        if kind == Kind::Prose {
            let steps: Vec<String> = steps.iter().map(Step::to_string).collect();
            paths.push(steps.join("."));
        }
    });
    for (_, stranger) in strangers {
        let mut spans = stranger.places.iter().filter_map(|(place, within)| {
            let whole = places.get(&paths[*place])?;
            Some(part(whole, within))
        });
        let Some(first) = spans.next() else { continue };
        let meant = match &stranger.likeness {
            Likeness::Term(term) => Some(term.as_str()),
            Likeness::Id | Likeness::None => None,
        };
        report.push(findings::stranger(&first, spans, meant));
    }
}

/// A phrase that may be meant as a term.
#[derive(Default)]
struct Stranger {
    /// Its places: which of the texts that are prose, and the bytes there.
    places: Vec<(usize, Range<usize>)>,
    /// At how many places nothing beside it says that it is a name.
    habit: usize,
    /// What it resembles.
    likeness: Likeness,
}

/// What a phrase resembles.
#[derive(Default, PartialEq, Eq)]
enum Likeness {
    #[default]
    None,
    /// The id of something that the deal defines.
    Id,
    /// This term.
    Term(String),
}

/// What a text of a deal is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Prose,
}

/// A step of the path to a text.
#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    /// The place in a list, from 1.
    Place(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Key(key) => out.write_str(key),
            Step::Place(place) => place.fmt(out),
        }
    }
}

/// Shows `see` every text of a deal that a document may print, each with the steps to it.
fn texts<'f>(
    facts: &Fact<'f>,
    steps: &mut Vec<Step>,
    see: &mut impl FnMut(Kind, &[Step], &'f str),
) {
    match facts {
        Fact::Record(fields) => {
            for (key, fact) in fields {
                if !steps.is_empty() || !UNPRINTED.contains(key) {
                    steps.push(Step::Key(key));
                    texts(fact, steps, see);
                    steps.pop();
                }
            }
        }
        Fact::List(items) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(Step::Place(index + 1));
                texts(item, steps, see);
                steps.pop();
            }
        }
        Fact::Text(text) => {
            let key = steps.iter().rev().find_map(|step| match step {
                Step::Key(key) => Some(*key),
                Step::Place(_) => None,
            });
            // What the deal defines is a term or nothing: a new name must not hide the old one in it.
            if is_definition(steps) {
                return;
            }
            let kind = match key {
                Some(key) if NAMES.contains(&key) => Kind::Name,
                Some(_) | None => Kind::Prose,
            };
            see(kind, steps, text);
        }
        Fact::Absent
        | Fact::Flag(_)
        | Fact::Number(_)
        | Fact::Money(_)
        | Fact::Rate(_)
        | Fact::Count(_)
        | Fact::Measure(_)
        | Fact::Period(_)
        | Fact::Date(_)
        | Fact::Name(_, _) => {}
    }
}

/// Whether the text at the end of these steps gives something its name, which becomes a defined term.
fn is_definition(steps: &[Step]) -> bool {
    use Step::{Key, Place};
    matches!(
        steps,
        [Key("metric" | "gate"), .., Key("name")]
            | [Key("territory"), Key("segment"), Place(_), .., Key("name")]
            | [Key("definition"), .., Key("term")]
    )
}

/// What the words of a phrase are compared with.
struct Known {
    names: String,
    /// Terms of several words by their first and by their last word.
    by_word: BTreeMap<String, String>,
    /// Ids of what the deal defines, as words: an old name often lives on in one.
    ids: BTreeSet<String>,
}

impl Known {
    fn new(deal: &Deal, terms: &Terms, names: &[&str]) -> Known {
        let mut by_word = BTreeMap::new();
        for term in terms.list() {
            let words: Vec<&str> = term.name.split(' ').collect();
            if let [first, .., last] = words.as_slice() {
                for word in [first, last] {
                    by_word.entry(singular(word)).or_insert(term.name.clone());
                }
            }
        }
        let metrics = deal.metric.iter().map(|metric| metric.id.as_str());
        let gates = deal.gate.iter().map(|gate| gate.id.as_str());
        let segments = deal.territory.iter().flat_map(|all| &all.segment);
        let segments = segments.map(|segment| segment.id.as_str());
        Known {
            names: names.join("\n"),
            by_word,
            ids: metrics
                .chain(gates)
                .chain(segments)
                .map(|id| singular(&id.replace('-', " ")))
                .collect(),
        }
    }

    fn is_name(&self, words: &str) -> bool {
        self.names.contains(words) || self.names.contains(&singular(words))
    }

    fn likeness(&self, phrase: &str) -> Likeness {
        if self.ids.contains(&phrase.to_lowercase()) {
            return Likeness::Id;
        }
        let mut ends = [phrase.split(' ').next_back(), phrase.split(' ').next()].into_iter();
        ends.find_map(|word| self.by_word.get(word?))
            .map_or(Likeness::None, |term| Likeness::Term(term.clone()))
    }
}

/// Several words with capitals, one after the other, or one within a sentence.
struct Phrase {
    within: Range<usize>,
    /// Whether it is one word.
    single: bool,
    /// Whether it stands within a sentence, and no number or abbreviation beside it marks it as a name.
    alone: bool,
}

/// The phrases of a text that are no use of a term.
fn phrases(text: &str, terms: &Terms) -> Vec<Phrase> {
    let uses: Vec<Range<usize>> = terms.uses(text).map(|(within, _)| within).collect();
    if !may_hold_phrase(text, &uses) {
        return Vec::new();
    }
    let words: Vec<Range<usize>> = words(text);
    let is_part = |word: &Range<usize>| {
        is_capital(&text[word.clone()])
            && !uses
                .iter()
                .any(|used| used.start < word.end && word.start < used.end)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if OPENERS.contains(&&text[words[at].clone()]) {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < words.len()
            && is_part(&words[end])
            && (end == at || &text[words[end - 1].end..words[end].start] == " ")
        {
            end += 1;
        }
        let single = end == at + 1;
        if end > at && (!single || within_small_words(text, &words, at)) {
            let beside = |index: Option<usize>| index.and_then(|index| words.get(index));
            let before = beside(at.checked_sub(1));
            let marks = |word: Option<&Range<usize>>| {
                word.is_some_and(|word| !text[word.clone()].starts_with(char::is_lowercase))
            };
            found.push(Phrase {
                within: words[at].start..words[end - 1].end,
                single,
                alone: before.is_some() && !marks(before) && !marks(beside(Some(end))),
            });
        }
        at = end.max(at + 1);
    }
    found
}

/// Whether a word with a capital, no use of a term, follows another word: without one there is no phrase. A quick look at
/// the bytes.
fn may_hold_phrase(text: &str, uses: &[Range<usize>]) -> bool {
    let mut starts = text.as_bytes().windows(3).enumerate();
    starts.any(|(at, bytes)| {
        let [before, b' ', first] = bytes else {
            return false;
        };
        let word = before.is_ascii_alphanumeric() || *before == b'-' || !before.is_ascii();
        let capital = first.is_ascii_uppercase() || !first.is_ascii();
        word && capital && !uses.iter().any(|used| used.contains(&(at + 2)))
    })
}

/// Whether the word at `place` follows two small words or figures of its own sentence, and one or none follows it. So
/// "Department of Health" and the first word of a sentence are no term.
fn within_small_words(text: &str, words: &[Range<usize>], place: usize) -> bool {
    let small = |at: usize| !text[words[at].clone()].starts_with(char::is_uppercase);
    let joined = |at: usize| &text[words[at].end..words[at + 1].start] == " ";
    place >= 2
        && (place - 2..place).all(|at| small(at) && joined(at))
        && (place + 1 == words.len() || small(place + 1))
}

/// The words of a text: letters, figures and what joins them.
fn words(text: &str) -> Vec<Range<usize>> {
    let joins = |letter: char| letter.is_alphanumeric() || letter == '-';
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (joins(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

/// Whether a word is written as one of a term: a capital, then small letters.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some()
        && letters.all(char::is_lowercase)
}

/// The place of some bytes of a text, or of the whole if escapes have moved them.
fn part(whole: &(Span, String), within: &Range<usize>) -> Span {
    let (span, text) = whole;
    if span.text() == text {
        span.part(within.clone())
    } else {
        span.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::{singular, words};

    #[test]
    fn words_are_cut_at_marks() {
        let text = "the Shared-List’s Qualified Leads, 2";
        let found: Vec<&str> = words(text).into_iter().map(|word| &text[word]).collect();
        assert_eq!(
            found,
            ["the", "Shared-List", "s", "Qualified", "Leads", "2"]
        );
    }

    #[test]
    fn plurals_lose_their_ending() {
        for (plural, single) in [
            ("Joint Wins", "Joint Win"),
            ("Business", "Business"),
            ("Territories", "Territory"),
        ] {
            assert_eq!(singular(plural), single);
        }
    }
}
