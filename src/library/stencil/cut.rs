//! What the renderer makes of a wording, taken apart: its text, and the values that go into the holes of it.

use super::{FIRST, LEAD};
use crate::library::marks::{self, CLOSE, OPEN, PROSE, escape};
use crate::library::mask::Body;

/// So many holes there can be.
const MOST: usize = 0x1000;

/// What stands before the target of a reference: a value there decides what the text is read as.
const TARGET: &str = "](#";

/// A marked text, taken apart.
pub(super) struct Cut<'m> {
    /// Its prose is still marked, and holes stand for values.
    pub(super) text: String,
    /// What goes into the holes.
    pub(super) values: Vec<&'m str>,
}

impl Cut<'_> {
    /// The text with holes, and what goes into them. `None` if the text has characters with a meaning of their own.
    pub(super) fn of<'m>(marked: &'m str, body: &Body) -> Option<Cut<'m>> {
        let mut text = String::with_capacity(marked.len());
        let mut values = Vec::new();
        // What stands right before the rest.
        let mut before = "";
        let mut rest = marked;
        let is_start = |byte: u8| matches!(char::from(byte), OPEN | PROSE);
        while let Some(at) = rest.bytes().position(is_start) {
            if at > 0 {
                before = &rest[..at];
                if has_meaning(before) {
                    return None;
                }
                text.push_str(before);
            }
            let marked = &rest[at..];
            if marked.starts_with(PROSE) {
                (before, rest) = marks::prose(&marked[1..], body);
                text.push_str(&marked[..marked.len() - rest.len()]);
                continue;
            }
            let (value, after) = marked[1..].split_once(CLOSE)?;
            if has_meaning(value) {
                return None;
            }
            rest = after;
            let fits = values.len() < MOST && !decides(before, &text, body);
            match words_of(value).filter(|_| fits) {
                Some((start, end)) => {
                    escape(&value[..start], &mut text);
                    let hole = u32::try_from(values.len()).ok()?;
                    text.push(char::from_u32(FIRST + hole)?);
                    escape(&value[end..], &mut text);
                    values.push(&value[start..end]);
                    // A hole is no letter of a name.
                    before = if end == value.len() { "." } else { "" };
                }
                None if value.is_empty() => {}
                None => {
                    escape(value, &mut text);
                    before = "";
                }
            }
        }
        if has_meaning(rest) {
            return None;
        }
        text.push_str(rest);
        Some(Cut { text, values })
    }
}

/// What goes into the holes of `known`, the text of a cut, if what the renderer made says the same but for values.
///
/// No text is put together for it: whether a value can have a hole in its place depends on the text before it, and was
/// found out when `known` was cut. `None` tells nothing.
pub(super) fn values<'m>(marked: &'m str, known: &str) -> Option<Vec<&'m str>> {
    let mut values = Vec::new();
    let mut rest = marked;
    let mut known = known;
    let is_start = |byte: u8| byte == OPEN as u8 || byte == PROSE as u8;
    while let Some(at) = rest.bytes().position(is_start) {
        let literal = &rest[..at];
        if has_meaning(literal) {
            return None;
        }
        known = known.strip_prefix(literal)?;
        if rest.as_bytes()[at] == PROSE as u8 {
            let (mark, after) = rest[at..].split_at_checked(marks::LENGTH)?;
            known = known.strip_prefix(mark)?;
            rest = after;
            continue;
        }
        let inner = &rest[at + 1..];
        let end = inner.bytes().position(|byte| byte == CLOSE as u8)?;
        let value = &inner[..end];
        rest = &inner[end + 1..];
        if has_meaning(value) {
            return None;
        }
        let words = words_of(value).filter(|_| values.len() < MOST);
        let in_hole = words.and_then(|(start, end)| {
            let hole = char::from_u32(FIRST + u32::try_from(values.len()).ok()?)?;
            let known = without_escaped(known, &value[..start])?.strip_prefix(hole)?;
            let known = without_escaped(known, &value[end..])?;
            Some((&value[start..end], known))
        });
        known = if let Some((words, known)) = in_hole {
            values.push(words);
            known
        } else {
            without_escaped(known, value)?
        };
    }
    (!has_meaning(rest) && rest == known).then_some(values)
}

/// What follows `text` in `known`, where it is escaped.
fn without_escaped<'k>(known: &'k str, text: &str) -> Option<&'k str> {
    let bytes = known.as_bytes();
    let mut at = 0;
    for byte in text.bytes() {
        if byte.is_ascii_punctuation() {
            if bytes.get(at) != Some(&b'\\') {
                return None;
            }
            at += 1;
        }
        if bytes.get(at) != Some(&byte) {
            return None;
        }
        at += 1;
    }
    known.get(at..)
}

/// Whether a value could change what the text before it is: the target of a reference, or a character written by
/// name, such as `&lt;`. `before` is what stands right before it, `text` all that does.
fn decides(before: &str, text: &str, body: &Body) -> bool {
    let is_name = |letter: char| letter == '#' || letter.is_alphanumeric();
    let of = |text: &str| {
        let head = text.trim_end_matches(is_name);
        head.ends_with('&') || text.ends_with(TARGET)
    };
    // Only a piece that could be the end of one tells nothing by itself.
    if before.trim_end_matches(is_name).is_empty() || TARGET.ends_with(before) {
        with_prose(text, body).is_none_or(|text| of(&text))
    } else {
        of(before)
    }
}

/// Whether a text has a character that stands for a hole, or one that only a plain reading understands.
fn has_meaning(text: &str) -> bool {
    !text.is_ascii() && (text.as_bytes().contains(&LEAD) || text.contains('\u{a0}'))
}

/// The text of a cut with its prose; `None` if that has characters with a meaning of their own.
pub(super) fn with_prose(text: &str, body: &Body) -> Option<String> {
    let mut all = String::with_capacity(text.len() + body.text().len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(PROSE) {
        all.push_str(before);
        let (prose, after) = marks::prose(after, body);
        if has_meaning(prose) {
            return None;
        }
        all.push_str(prose);
        rest = after;
    }
    all.push_str(rest);
    Some(all)
}

/// The part of a value that a hole can stand for: it begins and ends with a letter or figure, as marks
/// look at what is beside them, and is nothing that a list, a label or a quotation could be made of.
fn words_of(value: &str) -> Option<(usize, usize)> {
    let (start, end, odd, single) = if value.is_ascii() {
        let mut bytes = value.bytes();
        let start = bytes.position(|byte| byte.is_ascii_alphanumeric())?;
        let end = bytes.rposition(|byte| byte.is_ascii_alphanumeric());
        let end = end.map_or(start + 1, |last| start + last + 2);
        (start, end, false, end - start == 1)
    } else {
        let start = value.find(char::is_alphanumeric)?;
        let end = value.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        let words = &value[start..end.len()];
        let odd = words.chars().any(is_odd_letter);
        (start, end.len(), odd, words.chars().nth(1).is_none())
    };
    let words = &value.as_bytes()[start..end];
    let mut figures = true;
    for byte in words {
        if *byte < b' ' || matches!(byte, 0x7F | b'"' | b'{' | b'}') {
            return None;
        }
        figures &= byte.is_ascii_digit();
    }
    (!odd && !single && !figures).then_some((start, end))
}

/// Whether a letter beyond ASCII has a meaning of its own to the reader of Markdown.
fn is_odd_letter(letter: char) -> bool {
    !letter.is_ascii() && (letter.is_control() || matches!(letter, '“' | '”'))
}
