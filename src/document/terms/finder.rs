//! Finds forms of terms in running text.
//!
//! A term is met at the start of a word, nearly always at a capital letter: looking only there, and there only at
//! the forms that begin with that word, one pass over an agreement costs less than an automaton takes to build.

use super::Form;
use crate::skim;
use std::cmp::Reverse;
use std::ops::Range;

/// The forms of terms by their first letters.
#[derive(Debug, Clone)]
pub(super) struct Finder {
    /// Every form, those with the same first letters side by side, the longest first.
    entries: Vec<Entry>,
    /// The words of all forms, one after the other.
    words: String,
    /// Where in `entries` each [`group`] begins, and where the last one ends. Most words begin no form, and that is told
    /// by two letters.
    groups: Vec<usize>,
    /// Whether capitals may differ.
    any_case: bool,
    /// Whether a form begins with anything but a capital letter of English: then every word is looked at.
    every_word: bool,
    /// The first characters of forms that begin with no letter or figure.
    marks: Vec<char>,
}

/// A form.
#[derive(Debug, Clone)]
struct Entry {
    /// Its words in the words of all.
    words: Range<usize>,
    /// Its place in the list of forms.
    form: usize,
}

/// So many letters English has.
const LETTERS: usize = 26;
/// Words that begin with a letter are in a group for each letter that follows, and one for what is no letter.
const GROUPS: usize = LETTERS * (LETTERS + 1) + 1;

/// The group of words that begin with these bytes, capitals or not.
fn group(words: &[u8]) -> usize {
    let letter = |at: usize| {
        let byte = words.get(at)?.to_ascii_lowercase();
        byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'))
    };
    match letter(0) {
        Some(first) => first * (LETTERS + 1) + letter(1).unwrap_or(LETTERS),
        None => GROUPS - 1,
    }
}

impl Finder {
    pub(super) fn new(forms: &[Form], any_case: bool) -> Finder {
        let mut places: Vec<usize> = (0..forms.len()).collect();
        places.sort_by_key(|place| {
            let text = &forms[*place].text;
            (group(text.as_bytes()), Reverse(text.len()), *place)
        });
        let mut words = String::new();
        let mut entries = Vec::with_capacity(forms.len());
        let mut groups = Vec::with_capacity(GROUPS + 1);
        for form in places {
            let text = &forms[form].text;
            groups.resize(group(text.as_bytes()) + 1, entries.len());
            let start = words.len();
            words.push_str(text);
            entries.push(Entry {
                words: start..words.len(),
                form,
            });
        }
        groups.resize(GROUPS + 1, entries.len());
        Finder {
            entries,
            words,
            groups,
            every_word: forms.iter().any(|form| {
                !form
                    .text
                    .starts_with(|letter: char| letter.is_ascii_uppercase())
            }),
            marks: forms
                .iter()
                .filter_map(|form| form.text.chars().next())
                .filter(|letter| !letter.is_alphanumeric())
                .collect(),
            any_case,
        }
    }

    /// The forms in `text` that begin and end with words of it, left to right, the longest first.
    pub(super) fn matches<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(start) = self.next_start(text, at) {
                if let Some((end, form)) = self.form_at(text, start) {
                    at = end;
                    return Some((start..end, form));
                }
                // The rest of the word is passed over by the next look.
                at = behind(text, start);
            }
            at = text.len();
            None
        })
    }

    /// The next word from `from` on at which a form can begin.
    pub(super) fn next_start(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        if !self.every_word {
            let mut at = from;
            loop {
                at += skim::first(&bytes[at..], skim::capitals)?;
                let inside = match at.checked_sub(1).map(|before| bytes[before]) {
                    Some(before) if before.is_ascii() => before.is_ascii_alphanumeric(),
                    Some(_) => text[..at].ends_with(char::is_alphanumeric),
                    None => false,
                };
                if !inside {
                    return Some(at);
                }
                at += 1;
            }
        }
        let mut inside = text[..from].ends_with(char::is_alphanumeric);
        let mut at = from;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii() {
                let letter = byte.is_ascii_alphanumeric();
                if (letter || self.marks.contains(&char::from(byte))) && !inside {
                    return Some(at);
                }
                inside = letter;
                at += 1;
            } else {
                let letter = text[at..].chars().next().unwrap_or(' ');
                if (letter.is_alphanumeric() || self.marks.contains(&letter)) && !inside {
                    return Some(at);
                }
                inside = letter.is_alphanumeric();
                at += letter.len_utf8();
            }
        }
        None
    }

    /// Whether a form can begin at a word, by its first letter.
    pub(super) fn can_start(&self, text: &str, start: usize) -> bool {
        self.every_word || text.as_bytes()[start].is_ascii_uppercase()
    }

    /// The longest form that stands at `start` and ends where a word ends, and where it does.
    pub(super) fn form_at(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        let here = &text.as_bytes()[start..];
        let group = group(here);
        let known = &self.entries[self.groups[group]..self.groups[group + 1]];
        known.iter().find_map(|Entry { words, form }| {
            let wanted = &self.words.as_bytes()[words.clone()];
            let written = here.get(..wanted.len())?;
            let same = if self.any_case {
                written.eq_ignore_ascii_case(wanted)
            } else {
                // Most differ at their ends, if at all.
                written.last() == wanted.last() && written == wanted
            };
            let end = start + wanted.len();
            let ends = || !text[end..].starts_with(char::is_alphanumeric);
            (same && ends()).then_some((end, *form))
        })
    }
}

/// The place behind the character at `start`.
pub(super) fn behind(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
