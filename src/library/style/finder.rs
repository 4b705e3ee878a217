//! Finds the phrases of a list in running text: all of them in one pass over its words.

use std::ops::Range;

/// The phrases of a list by their first words.
pub(super) struct Finder<'p> {
    /// First words in order, each with the rest of its phrase and the place of the phrase in the list.
    firsts: Vec<(&'p str, &'p str, usize)>,
    /// Where in `firsts` those begin that start with each byte, and where the last ones end.
    bytes: [usize; 257],
    /// Phrases that begin with no word, and their places in the list.
    marks: Vec<(&'p str, usize)>,
}

impl<'p> Finder<'p> {
    pub(super) fn new(phrases: impl IntoIterator<Item = &'p str>) -> Finder<'p> {
        let mut firsts = Vec::new();
        let mut marks = Vec::new();
        for (place, phrase) in phrases.into_iter().enumerate() {
            match words(phrase).next() {
                Some(first) if first.start == 0 => {
                    let (first, rest) = phrase.split_at(first.end);
                    firsts.push((first, rest, place));
                }
                Some(_) | None => marks.push((phrase, place)),
            }
        }
        firsts.sort_unstable();
        let mut bytes = [0; 257];
        for byte in 0..=u8::MAX {
            let end = firsts.partition_point(|(first, ..)| first.as_bytes()[0] <= byte);
            bytes[usize::from(byte) + 1] = end;
        }
        Finder {
            firsts,
            bytes,
            marks,
        }
    }

    /// Where phrases stand in `text` as whole words, with their places in the list: phrase by phrase, each from
    /// left to right. `words` are the words of `text`.
    pub(super) fn matches(&self, text: &str, words: &[Range<usize>]) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for word in words {
            let here = &text[word.clone()];
            let byte = usize::from(here.as_bytes()[0]);
            for (first, rest, place) in &self.firsts[self.bytes[byte]..self.bytes[byte + 1]] {
                let end = word.end + rest.len();
                if here == *first && text[word.end..].starts_with(rest) && is_free(text, end) {
                    found.push((*place, word.start..end));
                }
            }
        }
        for (mark, place) in &self.marks {
            for (start, mark) in text.match_indices(mark) {
                let end = start + mark.len();
                if !text[..start].ends_with(char::is_alphanumeric) && is_free(text, end) {
                    found.push((*place, start..end));
                }
            }
        }
        found.sort_unstable_by_key(|(place, within)| (*place, within.start));
        found
    }
}

/// Whether no word goes on at `at`.
fn is_free(text: &str, at: usize) -> bool {
    !text[at..].starts_with(char::is_alphanumeric)
}

/// Runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    // Nearly all bytes are ASCII, and need no decoding.
    let is_letter = |at: usize| match bytes[at] {
        byte if byte.is_ascii() => (byte.is_ascii_alphanumeric(), 1),
        _ => {
            let letter = text[at..].chars().next().unwrap_or(' ');
            (letter.is_alphanumeric(), letter.len_utf8())
        }
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        let mut start = None;
        while from < bytes.len() {
            let (letter, length) = is_letter(from);
            match start {
                None if letter => start = Some(from),
                Some(start) if !letter => return Some(start..from),
                None | Some(_) => {}
            }
            from += length;
        }
        start.map(|start| start..from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[&str], text: &str) -> Vec<String> {
        let words: Vec<_> = words(text).collect();
        let found = Finder::new(phrases.iter().copied()).matches(text, &words);
        let shown = found
            .into_iter()
            .map(|(place, within)| format!("{place} {}", &text[within]));
        shown.collect()
    }

    #[test]
    fn phrases_are_whole_words() {
        assert_eq!(
            found(
                &["net", "net gain", "and/or", "(all) of", "é"],
                "net gain, nets and/or (all) of offé é a net"
            ),
            [
                "0 net",
                "0 net",
                "1 net gain",
                "2 and/or",
                "3 (all) of",
                "4 é"
            ]
        );
        assert_eq!(found(&["gain"], "gainé gain’s"), ["0 gain"]);
    }

    #[test]
    fn words_are_letters_and_digits() {
        let text = "Für 12.5 % – x’s ende";
        let words: Vec<&str> = words(text).map(|word| &text[word]).collect();
        assert_eq!(words, ["Für", "12", "5", "x", "s", "ende"]);
    }
}
