//! The one typed writer of markup: names are ours and static, everything else is escaped.
//!
//! There is no way to push a computed string unescaped, so data can become text or the value of an attribute
//! and nothing else. Fixed text, such as the style sheet, goes through [`Markup::fixed`].

use crate::skim;
use std::fmt::{self, Display, Write};

/// What stands in the place of a character that could make a page read otherwise than it is written.
const REPLACEMENT: char = '\u{FFFD}';
const REPLACED: &str = "\u{FFFD}";

/// A page in the making.
#[derive(Debug, Default)]
pub(in crate::write) struct Markup {
    out: String,
}

impl Markup {
    /// An empty page with room for `bytes`.
    pub(in crate::write) fn with_room(bytes: usize) -> Markup {
        Markup {
            out: String::with_capacity(bytes),
        }
    }

    /// The page.
    pub(in crate::write) fn finish(self) -> String {
        self.out
    }

    /// Fixed markup, as it stands.
    pub(in crate::write) fn fixed(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// The style sheet or the script of the library, which are code and stand as they are.
    pub(in crate::write) fn code(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// What another writer made.
    pub(in crate::write) fn append(&mut self, other: &Markup) {
        self.out.push_str(&other.out);
    }

    /// Begins a tag; its attributes follow, then [`Tag::open`] or [`Tag::done`].
    pub(in crate::write) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Tag { markup: self }
    }

    /// Opens an element without attributes.
    pub(in crate::write) fn open(&mut self, name: &'static str) {
        self.tag(name).open();
    }

    /// Closes an element.
    pub(in crate::write) fn close(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Words.
    pub(in crate::write) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// A number.
    pub(in crate::write) fn number(&mut self, number: usize) {
        // A `String` takes what it is given.
        let _ = write!(self.out, "{number}");
    }

    /// An element that holds only words.
    pub(in crate::write) fn element(&mut self, name: &'static str, text: &str) {
        self.open(name);
        self.text(text);
        self.close(name);
    }

    /// A line feed, so that a person can read the page's source.
    pub(in crate::write) fn line(&mut self) {
        self.out.push('\n');
    }

    /// `text` as a string of CSS, quotation marks included.
    ///
    /// All but letters, digits and spaces is written as a number, so no text can end the string or the sheet.
    pub(in crate::write) fn css_string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars().map(harmless) {
            if character.is_ascii_alphanumeric() || character == ' ' {
                self.out.push(character);
            } else {
                // The space ends the number and is not part of the string.
                let _ = write!(self.out, "\\{:x} ", u32::from(character));
            }
        }
        self.out.push('"');
    }
}

/// A tag whose attributes are being written.
#[must_use = "a tag is closed by `open` or `done`"]
pub(in crate::write) struct Tag<'a> {
    markup: &'a mut Markup,
}

impl Tag<'_> {
    /// Sets an attribute.
    pub(in crate::write) fn set(mut self, name: &'static str, value: &str) -> Self {
        self.name(name);
        escape(&mut self.markup.out, value);
        self.markup.out.push('"');
        self
    }

    /// Sets an attribute to words of ours, which need no care.
    pub(in crate::write) fn fixed(mut self, name: &'static str, value: &'static str) -> Self {
        self.name(name);
        self.markup.out.push_str(value);
        self.markup.out.push('"');
        self
    }

    /// Sets an attribute to pieces, one after the other.
    pub(in crate::write) fn join(mut self, name: &'static str, pieces: &[&str]) -> Self {
        self.name(name);
        for piece in pieces {
            escape(&mut self.markup.out, piece);
        }
        self.markup.out.push('"');
        self
    }

    /// Sets an attribute to what prints itself: a number, or several pieces put together by `format_args!`.
    pub(in crate::write) fn put(mut self, name: &'static str, value: impl Display) -> Self {
        self.name(name);
        let _ = write!(Escaping(&mut self.markup.out), "{value}");
        self.markup.out.push('"');
        self
    }

    /// Ends an opening tag.
    pub(in crate::write) fn open(self) {
        self.markup.out.push('>');
    }

    /// Ends a tag of SVG that holds nothing.
    pub(in crate::write) fn done(self) {
        self.markup.out.push_str("/>");
    }

    fn name(&mut self, name: &'static str) {
        let out = &mut self.markup.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
    }
}

/// Escapes what is printed into it.
struct Escaping<'a>(&'a mut String);

impl Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(self.0, text);
        Ok(())
    }
}

/// Pushes `text` so that a reader of markup gets it back as text, in an element or an attribute.
fn escape(out: &mut String, text: &str) {
    let mut copied = 0;
    let mut at = 0;
    while let Some(skipped) = skim::first(&text.as_bytes()[at..], skim::markup) {
        at += skipped;
        // Quotation marks, dashes and spaces of good typesetting: nearly all that is met here.
        match text.as_bytes()[at..] {
            [0xE2, 0x80, 0x80..=0xA9, ..] => {
                at += 3;
                continue;
            }
            [0xC2, 0xA0..=0xBF, ..] => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let character = text[at..].chars().next().unwrap_or(REPLACEMENT);
        let written = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            other if harmless(other) == other => {
                at += other.len_utf8();
                continue;
            }
            _ => REPLACED,
        };
        out.push_str(&text[copied..at]);
        out.push_str(written);
        at += character.len_utf8();
        copied = at;
    }
    out.push_str(&text[copied..]);
}

/// `character`, or a visible mark in its place if it is a control character or turns the order of reading.
///
/// A page of a contract must not look different from its text: an override such as U+202E could show "001"
/// for "100". Tabs and line feeds are space.
pub(in crate::write) fn harmless(character: char) -> char {
    match character {
        '\t' | '\n' => character,
        '\u{0}'..='\u{1F}'
        | '\u{7F}'..='\u{9F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FFFE}'
        | '\u{FFFF}' => REPLACEMENT,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut page = Markup::default();
        page.tag("a")
            .set("href", "\"'><script>")
            .put("title", format_args!("{}&", 1))
            .open();
        page.text("</style>-->&\u{202E}\u{0}x");
        page.close("a");
        assert_eq!(
            page.finish(),
            "<a href=\"&quot;&#39;&gt;&lt;script&gt;\" title=\"1&amp;\">\
             &lt;/style&gt;--&gt;&amp;\u{FFFD}\u{FFFD}x</a>"
        );
    }

    #[test]
    fn no_character_escapes_care() {
        for character in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let kept = harmless(character) == character && !"&<>\"'".contains(character);
            let mut page = Markup::default();
            page.text(&format!("a{character}b"));
            let same = page.finish() == format!("a{character}b");
            assert_eq!(same, kept, "{character:?}");
        }
    }

    #[test]
    fn a_string_of_css_cannot_be_left() {
        let mut page = Markup::default();
        page.css_string("A \"b\"\\\n</style>");
        assert_eq!(page.finish(), r#""A \22 b\22 \5c \a \3c \2f style\3e ""#);
    }
}
