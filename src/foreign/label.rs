//! Labels that somebody typed: "4.2", "(a)", "Article IV.", at the start of a title or a paragraph.
//!
//! They are taken off the words only to be a leaf of their own: nothing of them is lost.

use crate::document::Inline;

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    Paragraph,
    /// The first paragraph of an item, which has a mark already.
    Item,
}

/// Words that stand before the number in a title.
const KINDS: [&str; 11] = [
    "section", "article", "clause", "part", "chapter", "exhibit", "schedule", "annex", "appendix",
    "title", "§",
];

/// Words of amounts: the number before one is no label.
const AMOUNTS: [&str; 8] = [
    "million", "billion", "thousand", "hundred", "percent", "per", "%", "days",
];

/// Makes the typed label at the start of `words`, if there is one, a leaf of its own.
pub(super) fn take(words: &mut Vec<Inline>, place: Place) {
    let follows = words.get(1).is_some_and(begins_with_space);
    let Some(first) = words.first_mut() else {
        return;
    };
    match first {
        Inline::Text(text) => {
            let Some(end) = label(text, place, follows) else {
                return;
            };
            let rest = text.split_off(end);
            let label = std::mem::take(text);
            *first = Inline::Enumerator(label);
            if !rest.is_empty() {
                words.insert(1, Inline::Text(rest));
            }
        }
        Inline::Strong(inner) | Inline::Emphasis(inner) => {
            if let [Inline::Text(text)] = inner.as_slice()
                && follows
                && label(text, place, true) == Some(text.len())
            {
                *inner = vec![Inline::Enumerator(text.clone())];
            } else {
                take(inner, place);
            }
        }
        Inline::Reference(_)
        | Inline::Definition(_)
        | Inline::Link { .. }
        | Inline::Inert(_)
        | Inline::Enumerator(_) => {}
    }
}

fn begins_with_space(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(text) if text.starts_with(' '))
}

/// The bytes of the label at the start of `text`, with the space after it. With `follows` the space may come next.
fn label(text: &str, place: Place, follows: bool) -> Option<usize> {
    let kind = match place {
        Place::Title => kind(text),
        Place::Paragraph | Place::Item => 0,
    };
    let rest = &text[kind..];
    let length = rest.find(' ').unwrap_or(rest.len());
    let (mark, after) = rest.split_at(length);
    if !(kind > 0 && is_part(mark.trim_end_matches([':', '.', ',', '-', '—', '–']))
        || is_label(mark, place, after.trim_start()))
    {
        return None;
    }
    let spaces = after.len() - after.trim_start_matches(' ').len();
    let whole = kind + length + spaces;
    if whole < text.len() {
        Some(whole)
    } else {
        // A label alone is the text itself.
        (follows && spaces == 0).then_some(whole)
    }
}

/// The bytes of "Section " and its like at the start of a title.
fn kind(text: &str) -> usize {
    let Some((word, _)) = text.split_once(' ') else {
        return 0;
    };
    if KINDS.contains(&word.to_lowercase().as_str()) {
        word.len() + 1
    } else {
        0
    }
}

/// A number, a letter or a Roman number.
fn is_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = (1..=3).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit);
    let letter = bytes.len() == 1 && bytes[0].is_ascii_alphabetic();
    digits || letter || is_roman(text) || is_numbers(text)
}

fn is_roman(text: &str) -> bool {
    let lower = text.bytes().all(|byte| b"ivxlc".contains(&byte));
    let upper = text.bytes().all(|byte| b"IVXLC".contains(&byte));
    (1..=7).contains(&text.len()) && (lower || upper)
}

/// `4.2` or `4.2.1`: two parts or more.
fn is_numbers(text: &str) -> bool {
    let mut parts = 0;
    let sound = text.split('.').all(|part| {
        parts += 1;
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    sound && parts > 1
}

fn is_label(mark: &str, place: Place, next: &str) -> bool {
    if let Some(inner) = mark
        .strip_prefix('(')
        .and_then(|mark| mark.strip_suffix(')'))
    {
        return is_part(inner) && !is_numbers(inner);
    }
    let bare = mark.strip_suffix(['.', ')', ':']);
    let inner = bare.unwrap_or(mark);
    if is_numbers(inner) {
        // "3.5 percent" is no label, and neither is "1.5 Million".
        let word = next.split(' ').next().unwrap_or_default().to_lowercase();
        let amount = AMOUNTS.contains(&word.as_str());
        return !amount && (bare.is_some() || !next.starts_with(|c: char| c.is_lowercase()));
    }
    if bare.is_none() || !is_part(inner) {
        return false;
    }
    match place {
        Place::Title => true,
        Place::Paragraph => inner.bytes().all(|byte| byte.is_ascii_digit()) || mark.ends_with(')'),
        // `1.` there would be the mark of an item.
        Place::Item => !inner.bytes().all(|byte| byte.is_ascii_digit()) && mark.ends_with(')'),
    }
}
