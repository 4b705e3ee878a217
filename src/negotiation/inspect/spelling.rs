//! Ways of writing something, looked for in texts: as a whole word or number, or anywhere.
//!
//! In: spellings and texts, folded alike. Out: whether the one stands in the other. Hundreds of spellings are looked for in
//! megabytes of text, so a text knows its words and numbers, and a spelling with another is not looked for.

/// A way of writing something, as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The text, folded.
    pub(super) text: String,
    /// Its words and numbers, as a [`Read`] text knows them.
    pieces: Vec<u64>,
}

/// A folded text that many spellings are looked for in.
pub(super) struct Read {
    /// The text.
    pub(super) text: String,
    /// Its words and numbers, in order, each once: most spellings need not be looked for letter by letter.
    pieces: Vec<u64>,
}

impl Spelling {
    /// A spelling of a folded text.
    pub(super) fn new(text: String) -> Spelling {
        let pieces = pieces(&text);
        Spelling { text, pieces }
    }
}

impl Read {
    /// A folded text.
    pub(super) fn new(text: String) -> Read {
        let mut pieces = pieces(&text);
        pieces.sort_unstable();
        pieces.dedup();
        Read { text, pieces }
    }

    /// Whether a spelling stands in it, not as a part of a longer number or word.
    pub(super) fn has(&self, spelling: &Spelling) -> bool {
        let known = |piece: &u64| self.pieces.binary_search(piece).is_ok();
        spelling.pieces.iter().all(known) && stands(&spelling.text, &self.text)
    }

    /// Whether a spelling stands anywhere in it, its first and last word perhaps as parts of longer ones.
    pub(super) fn holds(&self, spelling: &Spelling) -> bool {
        let known = |piece: &u64| self.pieces.binary_search(piece).is_ok();
        let last = spelling.pieces.len().saturating_sub(1);
        let inner = spelling.pieces.get(1..last).unwrap_or_default();
        inner.iter().all(known) && self.text.contains(&spelling.text)
    }
}

/// The runs of letters and of digits in a text, each as a number: the FNV-1a sum of its bytes.
fn pieces(text: &str) -> Vec<u64> {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut found = Vec::new();
    let (mut sum, mut kind) = (START, None);
    for letter in text.chars() {
        let now = letter.is_alphanumeric().then(|| letter.is_ascii_digit());
        if now != kind {
            if kind.is_some() {
                found.push(sum);
            }
            (sum, kind) = (START, now);
        }
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    if kind.is_some() {
        found.push(sum);
    }
    found
}

/// Whether a spelling stands in a folded text, not as a part of a longer number or word.
fn stands(spelling: &str, text: &str) -> bool {
    let first = spelling.chars().next();
    let last = spelling.chars().next_back();
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let mark = |letter: Option<char>| matches!(letter, Some('.' | ',' | '\'' | '_'));
    text.match_indices(spelling).any(|(at, _)| {
        let mut before = text[..at].chars().rev();
        let mut after = text[at + spelling.len()..].chars();
        let (left, right) = (before.next(), after.next());
        // A number goes on behind a mark that more digits stand at.
        let begins =
            !(word(first) && word(left) || digit(first) && mark(left) && digit(before.next()));
        let ends =
            !(word(last) && word(right) || digit(last) && mark(right) && digit(after.next()));
        begins && ends
    })
}
