//! Sentences that are longer than a reader can hold.

use super::Remark;
use crate::diagnostic::Code;
use std::ops::Range;

/// The words that a sentence may have.
const LONGEST: usize = 40;

pub(super) fn remarks(text: &str, remarks: &mut Vec<Remark>) {
    // A word has a letter and something after it.
    let may_be_long = |sentence: &Range<usize>| sentence.len() > 2 * LONGEST;
    for sentence in sentences(text).into_iter().filter(may_be_long) {
        let words = words(&text[sentence.clone()]);
        if words > LONGEST {
            remarks.push(Remark::new(
                Code::LongSentence,
                sentence,
                format!("a sentence of {words} words"),
                "make two sentences of it, or a list: a reader holds about 20 words",
            ));
        }
    }
}

/// The sentences of a Markdown text: each ends at a full stop, a line break or the edge of a cell.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let end = at + 1;
        let stops = match byte {
            b'\n' | b'|' => true,
            b'.' | b'?' | b'!' => {
                let next = text[end..].chars().next();
                next.is_none_or(|next| next.is_whitespace() || matches!(next, '*' | '”' | '’'))
            }
            _ => false,
        };
        if stops {
            sentences.push(start..end);
            start = end;
        }
    }
    sentences.push(start..text.len());
    sentences.retain_mut(|sentence| {
        let trimmed = text[sentence.clone()].trim();
        let skipped = text[sentence.clone()].len() - text[sentence.clone()].trim_start().len();
        *sentence = sentence.start + skipped..sentence.start + skipped + trimmed.len();
        !trimmed.is_empty()
    });
    sentences
}

/// How many words a piece of Markdown has; a reference is one.
fn words(sentence: &str) -> usize {
    sentence
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}
