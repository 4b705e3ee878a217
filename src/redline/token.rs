//! The words of a line as tokens, and lines as digests.
//!
//! A token is what is never cut: a word, a number with its separators, an amount with its currency, a date, a
//! percentage, a typed reference such as "Section 4.2", an enumerator such as "(iv)", a mark, a leaf that is not
//! text; and the end of the line. Spaces and typed labels stand before a token and are not compared with it, nor
//! are straight and curly quotation marks told apart. All else is: commas have cost money.

use super::flat::{Content, Leaf, Line, Span};
use super::phrase;
use super::{Form, Kind};
use crate::document::{Anchor, Inline, Table};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// Which old section or table a reference to a new one leads to, where the anchor is another.
pub(super) type Renames<'d> = BTreeMap<&'d Anchor, &'d Anchor>;

/// Something that is never cut, with what stands before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Equal for tokens that say the same.
    pub key: u64,
    /// Where in the atoms of the stream its lead begins.
    pub lead: u32,
    /// Where its lead ends; its body is the atom there, if it has one.
    pub body: u32,
    /// The line that it stands in: a place in the lines of its document.
    pub line: u32,
    /// How many words it has.
    pub words: u16,
    /// What it is.
    pub is: Is,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    Word,
    /// A number, amount, date or percentage.
    Figure,
    Mark(u8),
    Whole,
    /// The end of a line.
    End,
}

/// Which of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

/// Tokens of some lines, one after the other, and the atoms that they are made of.
#[derive(Debug)]
pub(super) struct Stream<'d> {
    side: Side,
    pub atoms: Vec<Span<'d>>,
    pub tokens: Vec<Token>,
}

impl<'d> Stream<'d> {
    pub fn new(side: Side) -> Stream<'d> {
        Stream {
            side,
            atoms: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// The atoms before the token.
    pub fn lead(&self, token: Token) -> &[Span<'d>] {
        &self.atoms[token.lead as usize..token.body as usize]
    }

    /// What the token is made of: nothing, if it is the end of a line.
    pub fn body(&self, token: Token) -> Option<Span<'d>> {
        (token.is != Is::End).then(|| self.atoms[token.body as usize])
    }

    /// Adds the tokens of `line`, the `number`th of its document, and its end.
    pub fn add(&mut self, line: &Line<'d>, number: usize, renames: &Renames<'_>) {
        let mut lead = self.atoms.len();
        if let Content::Words(spans) = &line.content {
            lead = self.spans(spans, number, renames);
        }
        self.tokens.push(Token {
            key: end_key(line, number, self.side),
            lead: index(lead),
            body: index(self.atoms.len()),
            line: index(number),
            words: 0,
            is: Is::End,
        });
    }

    /// Adds the tokens of a run that is no line of its own, such as a cell, and an end.
    pub fn run(&mut self, spans: &[Span<'d>], renames: &Renames<'_>) {
        let lead = self.spans(spans, 0, renames);
        self.tokens.push(Token {
            key: Digest::of(b'r').value(),
            lead: index(lead),
            body: index(self.atoms.len()),
            line: 0,
            words: 0,
            is: Is::End,
        });
    }

    /// Adds the tokens of a run; gives back where the lead of the next token begins.
    fn spans(&mut self, spans: &[Span<'d>], line: usize, renames: &Renames<'_>) -> usize {
        let mut lead = self.atoms.len();
        for span in spans {
            match span.leaf {
                Leaf::Text(text) => {
                    let mut rest = text;
                    while !rest.is_empty() {
                        let space = rest.len() - rest.trim_start().len();
                        if space > 0 {
                            self.atoms.push(Span {
                                leaf: Leaf::Text(&rest[..space]),
                                style: span.style,
                            });
                            rest = &rest[space..];
                            continue;
                        }
                        let (length, is) = next(rest);
                        let text = &rest[..length];
                        self.tokens.push(Token {
                            key: text_key(text),
                            lead: index(lead),
                            body: index(self.atoms.len()),
                            line: index(line),
                            words: words(text),
                            is,
                        });
                        self.atoms.push(Span {
                            leaf: Leaf::Text(text),
                            style: span.style,
                        });
                        lead = self.atoms.len();
                        rest = &rest[length..];
                    }
                }
                // A typed label says where a line stands, as a space does.
                Leaf::Whole(Inline::Enumerator(_)) => self.atoms.push(*span),
                Leaf::Whole(inline) => {
                    self.tokens.push(Token {
                        key: whole_key(inline, renames),
                        lead: index(lead),
                        body: index(self.atoms.len()),
                        line: index(line),
                        words: words_of(inline),
                        is: Is::Whole,
                    });
                    self.atoms.push(*span);
                    lead = self.atoms.len();
                }
            }
        }
        lead
    }
}

/// Streams are far shorter than four thousand million atoms; one that is not is cut, and its proof fails.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// The length in bytes of the token that `text` begins with, and what it is. `text` begins with no space.
fn next(text: &str) -> (usize, Is) {
    if let Some(length) = phrase::figure(text) {
        return (length, Is::Figure);
    }
    if let Some(length) = phrase::reference(text).or_else(|| phrase::enumerator(text)) {
        return (length, Is::Word);
    }
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() && (bytes[end].is_ascii_alphanumeric() || bytes[end] == b'_') {
        end += 1;
    }
    // A word with an apostrophe, or with anything beyond ASCII, is the Unicode standard's to bound.
    let plain = match bytes.get(end) {
        None => true,
        Some(byte) => byte.is_ascii() && !matches!(byte, b'\'' | b'.'),
    };
    if end > 0 && plain {
        return (end, Is::Word);
    }
    if end == 0 && bytes[0].is_ascii() {
        return (1, Is::Mark(bytes[0]));
    }
    let word = text.split_word_bounds().next().unwrap_or(text);
    let first = word.chars().next().unwrap_or(' ');
    if first.is_alphanumeric() || first == '_' {
        (word.len(), Is::Word)
    } else {
        let mark = match first {
            '“' | '”' => b'"',
            '‘' | '’' => b'\'',
            _ => 0,
        };
        (word.len(), Is::Mark(mark))
    }
}

/// The words in a leaf that is not text; a reference is one.
fn words_of(inline: &Inline) -> u16 {
    match inline {
        Inline::Text(text) | Inline::Definition(text) | Inline::Link { text, .. } => words(text),
        Inline::Reference(_) => 1,
        Inline::Inert(source) => words(source),
        Inline::Enumerator(_) | Inline::Strong(_) | Inline::Emphasis(_) => 0,
    }
}

/// Words parted by spaces, of those that hold a letter or a digit.
pub(super) fn words(text: &str) -> u16 {
    let count = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// A digest of bytes: FNV-1a, folded at the end so that all of its bits count.
///
/// Two texts with one digest are seen when they are written side by side: they are then struck and put in.
#[derive(Clone, Copy)]
struct Digest(u64);

impl Digest {
    fn of(kind: u8) -> Digest {
        Digest(0xcbf2_9ce4_8422_2325).byte(kind)
    }

    #[inline]
    fn byte(self, byte: u8) -> Digest {
        Digest((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    fn bytes(mut self, bytes: &[u8]) -> Digest {
        for byte in bytes {
            self = self.byte(*byte);
        }
        self
    }

    /// Text as it is compared: any space one space, any quotation mark a straight one.
    fn text(mut self, text: &str, mut after_space: bool) -> (Digest, bool) {
        for letter in text.chars() {
            if letter.is_ascii_alphanumeric() {
                self = self.byte(letter as u8);
                after_space = false;
            } else if letter.is_whitespace() {
                if !after_space {
                    self = self.byte(b' ');
                }
                after_space = true;
            } else {
                let folded = fold(letter);
                let mut buffer = [0; 4];
                self = self.bytes(folded.encode_utf8(&mut buffer).as_bytes());
                after_space = false;
            }
        }
        (self, after_space)
    }

    fn value(self) -> u64 {
        let folded = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        folded ^ (folded >> 29)
    }
}

fn fold(letter: char) -> char {
    match letter {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' => '\'',
        other => other,
    }
}

fn text_key(text: &str) -> u64 {
    Digest::of(b't').text(text, false).0.value()
}

fn whole_key(inline: &Inline, renames: &Renames<'_>) -> u64 {
    whole(Digest::of(b'w'), inline, renames).value()
}

fn whole(digest: Digest, inline: &Inline, renames: &Renames<'_>) -> Digest {
    match inline {
        Inline::Reference(anchor) => {
            let anchor = renames.get(anchor).copied().unwrap_or(anchor);
            digest.byte(1).bytes(anchor.as_str().as_bytes())
        }
        Inline::Definition(term) => digest.byte(2).text(term, false).0,
        Inline::Link { url, text } => {
            let digest = digest.byte(3).bytes(url.as_bytes()).byte(0);
            digest.text(text, false).0
        }
        Inline::Inert(source) => digest.byte(4).bytes(source.as_bytes()),
        Inline::Enumerator(_) | Inline::Text(_) | Inline::Strong(_) | Inline::Emphasis(_) => digest,
    }
}

/// Ends of lines of one class are the same; the end of a table is like no other.
fn end_key(line: &Line<'_>, number: usize, side: Side) -> u64 {
    let digest = Digest::of(b'e').byte(class(&line.form));
    match &line.content {
        Content::Words(_) => digest.value(),
        Content::Table(_) => digest
            .byte(match side {
                Side::Old => 0,
                Side::New => 1,
            })
            .bytes(&number.to_le_bytes())
            .value(),
    }
}

/// What lines must have in common to be one line.
pub(super) fn class(form: &Form) -> u8 {
    match form {
        Form::Heading { .. } => b'h',
        Form::Block { kind, .. } => match kind {
            Kind::Paragraph => b'p',
            Kind::Table => b't',
            Kind::Source => b's',
            Kind::Nothing => b'n',
        },
    }
}

/// What a line says, without its label, and how many words that are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub key: u64,
    pub words: u32,
}

/// What `line` says.
pub(super) fn said(line: &Line<'_>) -> Said {
    let mut digest = Digest::of(class(&line.form));
    let mut words = 0;
    match &line.content {
        Content::Words(spans) => (digest, words) = run(digest, spans),
        Content::Table(table) => each_run(table, &mut |spans| {
            let (of_run, more) = run(digest.byte(0), spans);
            digest = of_run;
            words += more;
        }),
    }
    Said {
        key: digest.value(),
        words,
    }
}

/// What a run of words says.
pub(super) fn said_by(spans: &[Span<'_>]) -> Said {
    let (digest, words) = run(Digest::of(b'r'), spans);
    Said {
        key: digest.value(),
        words,
    }
}

fn run(mut digest: Digest, spans: &[Span<'_>]) -> (Digest, u32) {
    let mut count = 0;
    let mut after_space = true;
    for span in spans {
        match span.leaf {
            Leaf::Text(text) => {
                (digest, after_space) = digest.text(text, after_space);
                count += u32::from(words(text));
            }
            Leaf::Whole(Inline::Enumerator(_)) => {}
            Leaf::Whole(inline) => {
                digest = whole(digest, inline, &Renames::new());
                count += u32::from(words_of(inline));
                after_space = false;
            }
        }
    }
    (digest, count)
}

/// Shows `see` every run of a table.
pub(super) fn each_run(table: &Table, see: &mut impl FnMut(&[Span<'_>])) {
    see(&super::flat::spans(&table.caption));
    for column in &table.columns {
        see(&super::flat::spans(&column.heading));
    }
    for cell in table.rows.iter().flatten() {
        see(&super::flat::spans(cell));
    }
}
