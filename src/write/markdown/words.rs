//! Words in Markdown: marks, links, and as few backslashes as are safe.

use super::{Mark, Writer};
use crate::document::Inline;
use crate::skim;

/// Where words stand, as far as it changes how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a block, where `#`, `-` or `1.` would make another one.
    Start,
    /// In a heading, where a `#` at the end would vanish.
    Heading,
    /// Anywhere else.
    Middle,
}

impl<'p> Writer<'p> {
    pub(super) fn words(&mut self, words: &'p [Inline], place: Place) {
        for (at, inline) in words.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| &words[at]);
            let next = words.get(at + 1);
            match inline {
                Inline::Text(text) => {
                    let place = match place {
                        Place::Start if at > 0 => Place::Middle,
                        Place::Start | Place::Heading | Place::Middle => place,
                    };
                    self.text(text, place, next.is_some_and(is_link));
                }
                Inline::Strong(inner) => {
                    self.open(Mark::Strong, first_char(inner));
                    let place = inner_place(place);
                    self.words(inner, place);
                    self.close(Mark::Strong);
                }
                Inline::Emphasis(inner) => {
                    let beside_strong =
                        before.is_some_and(is_strong) || next.is_some_and(is_strong);
                    let mark = if beside_strong { Mark::Bar } else { Mark::Star };
                    self.open(mark, first_char(inner));
                    let place = inner_place(place);
                    self.words(inner, place);
                    self.close(mark);
                }
                Inline::Definition(term) => {
                    self.open(Mark::Strong, '“');
                    self.out.push('“');
                    self.text(term, inner_place(place), false);
                    self.out.push('”');
                    self.close(Mark::Strong);
                }
                Inline::Reference(to) => {
                    self.after = None;
                    // Words without a place refer to nothing.
                    let Some((part, from)) = self.place else {
                        continue;
                    };
                    let shown = part.reference(&from.anchor, to, self.form);
                    if !shown.linked {
                        self.text(&shown.text, place, false);
                        continue;
                    }
                    self.out.push('[');
                    self.text(&shown.text, inner_place(place), false);
                    self.out.push_str("](");
                    if let Some(file) = shown.file {
                        self.out.push_str(file);
                        self.out.push_str(".md");
                    }
                    self.out.push('#');
                    self.out.push_str(to.as_str());
                    self.out.push(')');
                }
                Inline::Link { url, text } => {
                    self.after = None;
                    self.out.push('[');
                    self.text(text, inner_place(place), false);
                    self.out.push_str("](");
                    self.address(url);
                    self.out.push(')');
                }
                Inline::Inert(source) => {
                    self.after = None;
                    if self.in_cell {
                        self.out.push_str(&source.replace('|', "\\|"));
                    } else {
                        self.inert(source);
                    }
                }
                Inline::Enumerator(label) => self.text(label, place, false),
            }
        }
        self.after = None;
    }

    /// The address of a link. What could be read as a character written by name gets its `&` by name: not
    /// all parsers heed a backslash there.
    fn address(&mut self, url: &str) {
        for (at, c) in url.char_indices() {
            match c {
                '&' if is_entity(&url[at + 1..]) => self.out.push_str("&amp;"),
                '(' | ')' | '\\' | '<' | '>' => self.out.extend(['\\', c]),
                c => self.out.push(c),
            }
        }
    }

    /// Starts a mark before `first`. A mark between a letter and a punctuation mark would not be one: then
    /// the letter is written by its number, which ends in a punctuation mark.
    fn open(&mut self, mark: Mark, first: char) {
        self.after = None;
        if (mark == Mark::Bar || !is_letter(first))
            && let Some(before) = self.out.chars().next_back()
            && !divides(before)
            && !matches!(before, '\n' | super::JOINT)
        {
            self.out.pop();
            // A bar within a word needed no backslash, but this one is no longer within a word.
            let in_word = self.out.strip_suffix('_');
            if in_word.is_some_and(|out| out.ends_with(is_letter)) {
                self.out.insert(self.out.len() - 1, '\\');
            }
            self.by_number(before);
        }
        self.out.push_str(mark.as_str());
    }

    fn close(&mut self, mark: Mark) {
        let last = self.out.chars().next_back().unwrap_or(' ');
        self.out.push_str(mark.as_str());
        self.after = Some((mark, last));
    }

    fn by_number(&mut self, c: char) {
        self.out.push_str("&#");
        self.out.push_str(&u32::from(c).to_string());
        self.out.push(';');
    }

    /// Bare text, so that nothing in it is taken for a mark.
    pub(super) fn text(&mut self, text: &str, place: Place, before_link: bool) {
        let mut rest = text;
        if let Some((mark, last)) = self.after.take()
            && let Some(first) = text.chars().next()
            && (mark == Mark::Bar || !is_letter(last))
            && !divides(first)
        {
            self.by_number(first);
            rest = &text[first.len_utf8()..];
        }
        if place == Place::Start {
            rest = self.start_of_block(rest);
        }
        let mut copied = 0;
        let mut from = 0;
        while let Some(skipped) = skim::first(&rest.as_bytes()[from..], skim::markdown) {
            let at = from + skipped;
            let marks = match rest.as_bytes()[at] {
                b'"' | b'%' | b'}' => false,
                b'_' => !within_word(rest, at),
                b'&' => is_entity(&rest[at + 1..]),
                b'#' => place == Place::Heading,
                b'!' => before_link && at + 1 == rest.len(),
                _ => true,
            };
            if marks {
                self.out.push_str(&rest[copied..at]);
                self.out.push('\\');
                copied = at;
            }
            from = at + 1;
        }
        self.out.push_str(&rest[copied..]);
    }

    /// Writes as much of `text` as could be taken for the start of a list, heading or the like, and
    /// returns the rest.
    fn start_of_block<'t>(&mut self, text: &'t str) -> &'t str {
        let bytes = text.as_bytes();
        let Some(first) = bytes.first() else {
            return text;
        };
        let ends_word = |at: usize| bytes.get(at).is_none_or(|byte| *byte == b' ');
        let escape_at = match first {
            b'#' | b'=' | b'>' | b':' => Some(0),
            b'-' | b'+' if ends_word(1) || bytes[1] == *first => Some(0),
            b'0'..=b'9' => {
                let digits = bytes
                    .iter()
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
                let is_mark = matches!(bytes.get(digits), Some(b'.' | b')'));
                (is_mark && ends_word(digits + 1)).then_some(digits)
            }
            // Some viewers make lists of `(a)` and `(1)` too.
            b'(' => {
                let inside = bytes[1..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric())
                    .count();
                let closes = bytes.get(inside + 1) == Some(&b')') && ends_word(inside + 2);
                closes.then_some(0)
            }
            _ => None,
        };
        let Some(at) = escape_at else {
            return text;
        };
        self.out.push_str(&text[..at]);
        self.out.push('\\');
        self.out.push(char::from(bytes[at]));
        &text[at + 1..]
    }
}

/// Words within marks or links are not at the start of a block, but stay in their heading.
fn inner_place(place: Place) -> Place {
    match place {
        Place::Heading => Place::Heading,
        Place::Start | Place::Middle => Place::Middle,
    }
}

pub(super) fn is_strong(inline: &Inline) -> bool {
    matches!(inline, Inline::Strong(_) | Inline::Definition(_))
}

fn is_link(inline: &Inline) -> bool {
    matches!(
        inline,
        Inline::Link { .. } | Inline::Reference(_) | Inline::Inert(_)
    )
}

/// The first character that `words` are written with, as far as marks care.
fn first_char(words: &[Inline]) -> char {
    match words.first() {
        Some(Inline::Text(text)) => text.chars().next().unwrap_or(' '),
        Some(
            Inline::Reference(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_)
            | Inline::Definition(_)
            | Inline::Strong(_)
            | Inline::Emphasis(_),
        )
        | None => '[',
    }
}

/// Whether every Markdown parser takes `c` for a letter or figure. Some letters are symbols to some.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && (c < '\u{2000}' || ('\u{3040}'..='\u{d7ff}').contains(&c))
}

/// Whether every Markdown parser takes `c` for a space or a punctuation mark.
fn divides(c: char) -> bool {
    c == ' ' || c.is_ascii_punctuation()
}

/// Whether letters or figures stand on both sides of the byte at `at`.
fn within_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(is_letter) && after.is_some_and(is_letter)
}

/// Whether `rest`, which follows an `&`, would make it a character written by name or number.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name.as_bytes().get(length) == Some(&b';')
}
