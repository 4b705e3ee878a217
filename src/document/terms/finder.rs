//! Finds forms of terms in running text.
//!
//! A term is met at the start of a word, nearly always at a capital letter: looking only there, and there only at
//! the forms that begin with that word, one pass over an agreement costs less than an automaton takes to build.

use super::Form;
use std::ops::Range;

/// The forms of terms by their first words.
#[derive(Debug, Clone)]
pub(super) struct Finder {
    /// First words in small letters, in order, each with its forms, the longest first.
    words: Vec<(String, Vec<usize>)>,
    /// Where in `words` those begin that start with each letter from a to z, and where those with z end.
    letters: [usize; 27],
    /// Where in `words` those stand that begin with each two letters from aa to zz. Most words are none of ours, and
    /// that is told by two letters.
    pairs: Vec<Range<usize>>,
    /// Whether there are first words that two letters do not tell: shorter ones, and those with other letters.
    untold: [bool; 26],
    /// Whether capitals may differ.
    any_case: bool,
    /// Whether a form begins with anything but a capital letter of English: then every word is looked at.
    every_word: bool,
    /// The first characters of forms that begin with no letter or figure.
    marks: Vec<char>,
}

impl Finder {
    pub(super) fn new(forms: &[Form], any_case: bool) -> Finder {
        let mut words: Vec<(String, Vec<usize>)> = Vec::new();
        for (place, form) in forms.iter().enumerate() {
            let first = form.text[..word_end(&form.text, 0)].to_lowercase();
            match words.iter_mut().find(|(word, _)| *word == first) {
                Some((_, list)) => list.push(place),
                None => words.push((first, vec![place])),
            }
        }
        for (_, list) in &mut words {
            list.sort_by_key(|place| (std::cmp::Reverse(forms[*place].text.len()), *place));
        }
        words.sort();
        let mut letters = [0; 27];
        for (place, letter) in (b'a'..=b'{').enumerate() {
            letters[place] = words.partition_point(|(word, _)| word.as_bytes() < &[letter][..]);
        }
        let mut pairs = vec![0..0; 26 * 26];
        let mut untold = [false; 26];
        for (place, (word, _)) in words.iter().enumerate() {
            match word.as_bytes() {
                [first @ b'a'..=b'z', second @ b'a'..=b'z', ..] => {
                    let Range { start, end } = &mut pairs[pair(*first, *second)];
                    if *end == 0 {
                        *start = place;
                    }
                    *end = place + 1;
                }
                [first @ b'a'..=b'z', ..] => untold[usize::from(first - b'a')] = true,
                _ => {}
            }
        }
        Finder {
            letters,
            pairs,
            untold,
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
            words,
        }
    }

    /// The forms in `text` that begin and end with words of it, left to right, the longest first.
    pub(super) fn matches<'a>(
        &'a self,
        forms: &'a [Form],
        text: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(start) = self.next_start(text, at) {
                if let Some((end, form)) = self.form_at(forms, text, start) {
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
                at += bytes[at..].iter().position(u8::is_ascii_uppercase)?;
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

    /// The longest form that stands at `start` and ends where a word ends.
    pub(super) fn form_at(
        &self,
        forms: &[Form],
        text: &str,
        start: usize,
    ) -> Option<(usize, usize)> {
        let first = text.as_bytes()[start].to_ascii_lowercase();
        let known = match first {
            b'a'..=b'z' => {
                let letter = usize::from(first - b'a');
                let second = text.as_bytes().get(start + 1);
                let second = second.map_or(0, u8::to_ascii_lowercase);
                if second.is_ascii_lowercase() && !self.untold[letter] {
                    &self.words[self.pairs[pair(first, second)].clone()]
                } else {
                    &self.words[self.letters[letter]..self.letters[letter + 1]]
                }
            }
            _ => &self.words[..],
        };
        let (_, list) = known.iter().find(|(known, _)| begins(known, text, start))?;
        list.iter().find_map(|form| {
            let wanted = &forms[*form].text;
            let end = start + wanted.len();
            let written = text.get(start..end)?;
            let same = if self.any_case {
                written.eq_ignore_ascii_case(wanted)
            } else {
                written == wanted
            };
            (same && !text[end..].starts_with(char::is_alphanumeric)).then_some((end, *form))
        })
    }
}

/// The place of two small letters among all pairs of them.
fn pair(first: u8, second: u8) -> usize {
    usize::from(first - b'a') * 26 + usize::from(second - b'a')
}

/// The place behind the character at `start`.
pub(super) fn behind(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let length = text.as_bytes()[start..]
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric());
    match length.map(|length| start + length) {
        Some(end) if text.as_bytes()[end].is_ascii() => end,
        Some(_) => text[start..]
            .find(|letter: char| !letter.is_alphanumeric())
            .map_or(text.len(), |length| start + length),
        None => text.len(),
    }
}

/// Whether the word that begins at `start` is the word `known`, which is in small letters.
fn begins(known: &str, text: &str, start: usize) -> bool {
    let here = &text.as_bytes()[start..];
    // The second letters tell most words apart.
    if let ([_, known, ..], [_, second, ..]) = (known.as_bytes(), here)
        && second.is_ascii()
        && second.to_ascii_lowercase() != *known
    {
        return false;
    }
    let same = here
        .get(..known.len())
        .is_some_and(|word| word.is_ascii() && word.eq_ignore_ascii_case(known.as_bytes()));
    match here.get(known.len()) {
        _ if known.is_empty() => word_end(text, start) == start,
        Some(next) if same && next.is_ascii() => !next.is_ascii_alphanumeric(),
        Some(_) if same => !text[start + known.len()..].starts_with(char::is_alphanumeric),
        None if same => true,
        // Letters beyond ASCII have small letters of other lengths.
        Some(_) | None => {
            !known.is_ascii() && known == text[start..word_end(text, start)].to_lowercase()
        }
    }
}
