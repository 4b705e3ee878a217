//! What the template engine gets to see of a wording, and the marks in what it makes of it.
//!
//! The engine decides which prose is printed, and prints values between it. The prose itself it need not see: it gets
//! the tags of a wording, with a mark in the place of each piece of prose, and writes each value between two marks.
//! What comes out says in few words what a wording says for a deal, and [`unmarked`] makes the whole text of it.

use super::mask::{Body, TagKind};
use std::borrow::Cow;
use std::io::Write;

/// What stands before a value.
pub(super) const OPEN: char = '\u{1}';
/// What stands after one.
pub(super) const CLOSE: char = '\u{2}';
/// What stands in the place of a piece of prose; its number follows in two figures.
pub(super) const PROSE: char = '\u{3}';

/// So many bytes has a mark that stands for prose, its number included.
pub(super) const LENGTH: usize = 3;

/// The figure nought; it and those after it mean nothing to the engine.
const NOUGHT: u8 = b'0';
/// So many figures there are.
const FIGURES: usize = 64;
/// So many pieces have a number.
const MOST: usize = FIGURES * FIGURES;

/// The first words of tags that leave the prose between them as it is.
const PLAIN: &[&str] = &["if", "elif", "else", "endif", "for", "endfor"];

/// What the engine compiles of a wording: its tags, and marks for its prose. The whole text where a tag trims or takes
/// the prose beside it, or holds a mark or a backslash, or something that looks like a tag is none.
pub(super) fn skeleton(body: &Body) -> Cow<'_, str> {
    let tags = body.tags();
    let known = tags.iter().all(|tag| {
        let inner = &body.text()[tag.inner.clone()];
        let trims = tag.whole.len() != tag.inner.len() + 4;
        // Neither a mark nor what hides a quotation mark stands in a tag that we read as the engine does.
        let odd = |byte: u8| byte == b'\\' || is_mark(char::from(byte));
        let marks = inner.bytes().any(odd);
        let plain = || {
            let mut words = inner.split_whitespace();
            words.next().is_some_and(|word| PLAIN.contains(&word))
        };
        !trims && !marks && (tag.kind != TagKind::Block || plain())
    });
    // A tag that never ends is a part of the last piece.
    let last = body.prose(tags.len()).unwrap_or_default();
    let open = ["{{", "{%", "{!"].iter().any(|open| last.contains(open));
    if !known || open || tags.len() >= MOST {
        return whole(body);
    }
    let mut text = String::with_capacity(body.text().len());
    for number in 0..=tags.len() {
        let prose = body.prose(number).unwrap_or_default();
        if !prose.is_empty() {
            text.push(PROSE);
            text.extend([number / FIGURES, number % FIGURES].map(figure));
        }
        match tags.get(number) {
            Some(tag) if tag.kind != TagKind::Remark => {
                text.push_str(&body.text()[tag.whole.clone()]);
            }
            Some(_) | None => {}
        }
    }
    Cow::Owned(text)
}

/// The text of a wording, in which only the renderer may set marks.
pub(super) fn whole(body: &Body) -> Cow<'_, str> {
    if body.text().bytes().any(|byte| is_mark(char::from(byte))) {
        Cow::Owned(body.text().replace(is_mark, " "))
    } else {
        Cow::Borrowed(body.text())
    }
}

fn figure(value: usize) -> char {
    u8::try_from(value).map_or(' ', |value| char::from(NOUGHT + value))
}

/// The piece of prose whose number `rest` begins with, and what follows it.
pub(super) fn prose<'t, 'b>(rest: &'t str, body: &'b Body) -> (&'b str, &'t str) {
    let number = rest.bytes().take(2).fold(0, |number, figure| {
        number * FIGURES + usize::from(figure.wrapping_sub(NOUGHT))
    });
    let prose = body.prose(number).unwrap_or_default();
    (prose, rest.get(2..).unwrap_or_default())
}

/// Writes `text`, marked as a value. A mark in it is a space, as every control character is to Markdown's reader.
pub(super) fn mark(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    const MARKS: ([u8; 1], [u8; 1]) = ([OPEN as u8], [CLOSE as u8]);
    out.write_all(&MARKS.0)?;
    if text.bytes().any(|byte| is_mark(char::from(byte))) {
        out.write_all(text.replace(is_mark, " ").as_bytes())?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    out.write_all(&MARKS.1)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, OPEN | CLOSE | PROSE)
}

/// The text without marks: prose where it belongs, values escaped. Markdown that prints them.
pub(super) fn unmarked(marked: &str, body: &Body) -> String {
    let mut text = String::with_capacity(marked.len() + body.text().len());
    let mut rest = marked;
    while let Some(at) = rest.find(is_mark) {
        text.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        rest = if mark.starts_with(PROSE) {
            let (piece, after) = prose(after, body);
            text.push_str(piece);
            after
        } else {
            let (value, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            escape(value, &mut text);
            after
        };
    }
    text.push_str(rest);
    text
}

/// Adds `text` so that Markdown prints exactly it: every ASCII punctuation mark gets a backslash.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_punctuation() {
            out.push_str(&text[from..at]);
            out.push('\\');
            from = at;
        }
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn seen(text: &str) -> String {
        let source = Source::new("a.md", text);
        skeleton(&Body::new(&source, 0..text.len())).into_owned()
    }

    #[test]
    fn the_engine_sees_tags_and_marks() {
        assert_eq!(
            seen("{{ a }} pays{! why !} {{ b }}."),
            "{{ a }}\u{3}01\u{3}02{{ b }}\u{3}03"
        );
        assert_eq!(seen("{% if a %}{% endif %}"), "{% if a %}{% endif %}");
        assert_eq!(seen("plain {#id} {x}"), "\u{3}00");
    }

    #[test]
    fn what_takes_prose_or_is_no_tag_is_seen_whole() {
        let odd = [
            "a {{- b }} c",
            "a {{ b -}} c",
            "a {%- if b %} c {% endif -%} d",
            "{% set a %}b{% endset %} c",
            "{% filter upper %}b{% endfilter %} c",
            "{% raw %}{{ a }}{% endraw %} c",
            "{{ a | join(sep=\"\\\" }}\") }} b",
            "a {{ b",
            "a {% if b",
        ];
        for text in odd {
            assert_eq!(seen(text), text);
        }
    }

    #[test]
    fn nobody_else_sets_a_mark() {
        assert_eq!(seen("{{ \"\u{3}00\" }} b"), "{{ \" 00\" }} b");
        let text = "a\u{1}b\u{2}c\u{3}d {{- x }}";
        assert_eq!(seen(text), "a b c d {{- x }}");
        let mut written = Vec::new();
        mark("a\u{3}01b", &mut written).expect("a text");
        assert_eq!(written, "\u{1}a 01b\u{2}".as_bytes());
    }
}
