//! Wordings that are read once: their blocks, with holes where values go.
//!
//! In: a wording filled in, with its values marked. Out: the blocks that `document::read` makes of it. Values are
//! words and nothing else, and what a wording is read as does not depend on them: the text with holes in their
//! places is read once and kept beside the wording, and from then on words are put into the holes. A value that
//! could be more than words, such as a bare number at the start of a line, gets no hole: it is escaped, and stays a
//! part of the text that is read. In a debug build every result is compared with that of a plain reading.

use crate::document::{Block, Column, Inline, List, Table, read};
use std::sync::{Arc, Mutex};

/// What the renderer writes before a value.
pub(super) const OPEN: char = '\u{1}';
/// What it writes after one.
pub(super) const CLOSE: char = '\u{2}';

/// The first hole; the others follow it. No wording has these characters, or it has no holes.
const FIRST: u32 = 0xE000;
/// So many holes there can be.
const MOST: usize = 0x1000;
/// The byte that every hole, and nothing else, begins with.
const LEAD: u8 = 0xEE;

/// What stands before the target of a reference: a value there decides what the text is read as.
const TARGET: &str = "](#";

/// So many texts with holes are kept for a wording. Most have one; conditions and lists make more.
const KEPT: usize = 8;

/// What a wording was read as.
#[derive(Debug, Default)]
pub(super) struct Stencils {
    known: Mutex<Vec<Arc<Stencil>>>,
}

/// A text with holes, and its blocks if words can be put into them.
#[derive(Debug)]
struct Stencil {
    text: String,
    blocks: Option<Vec<Block>>,
}

impl Clone for Stencils {
    fn clone(&self) -> Stencils {
        Stencils::default()
    }
}

impl Stencils {
    /// The blocks of a wording filled in; `None` if only a plain reading can tell, or finds something wrong.
    pub(super) fn read(&self, marked: &str) -> Option<Vec<Block>> {
        let cut = Cut::of(marked)?;
        let stencil = self.stencil(cut.text);
        let blocks = put_blocks(stencil.blocks.as_ref()?, &cut.values);
        debug_assert!(
            {
                let (plain, complaints) = read::blocks(&unmarked(marked));
                complaints.is_empty() && plain == blocks
            },
            "{marked}"
        );
        Some(blocks)
    }

    fn stencil(&self, text: String) -> Arc<Stencil> {
        let Ok(mut known) = self.known.lock() else {
            return Arc::new(Stencil::read(text));
        };
        if let Some(stencil) = known.iter().find(|stencil| stencil.text == text) {
            return Arc::clone(stencil);
        }
        if known.len() == KEPT {
            known.remove(0);
        }
        let stencil = Arc::new(Stencil::read(text));
        known.push(Arc::clone(&stencil));
        stencil
    }
}

impl Stencil {
    fn read(text: String) -> Stencil {
        let (blocks, complaints) = read::blocks(&text);
        // An address with a hole is not put together from its pieces as text is.
        let sound = complaints.is_empty() && !blocks.iter().any(has_open_address);
        Stencil {
            text,
            blocks: sound.then_some(blocks),
        }
    }
}

/// The text without marks, its values escaped: Markdown that prints them.
pub(super) fn unmarked(marked: &str) -> String {
    let mut text = String::with_capacity(marked.len() + 16);
    let mut pieces = marked.split([OPEN, CLOSE]);
    // Outside of marks and inside, in turn.
    while let Some(outside) = pieces.next() {
        text.push_str(outside);
        if let Some(value) = pieces.next() {
            escape(value, &mut text);
        }
    }
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

/// A marked text, taken apart.
struct Cut<'m> {
    text: String,
    values: Vec<&'m str>,
}

impl Cut<'_> {
    /// The text with holes, and what goes into them. `None` if the text has characters with a meaning of their own.
    fn of(marked: &str) -> Option<Cut<'_>> {
        if marked.as_bytes().contains(&LEAD) || marked.contains('\u{a0}') {
            return None;
        }
        let mut text = String::with_capacity(marked.len());
        let mut values = Vec::new();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once(OPEN) {
            let (value, after) = after.split_once(CLOSE)?;
            text.push_str(before);
            let fits = values.len() < MOST && !in_entity(&text) && !text.ends_with(TARGET);
            match words_of(value).filter(|_| fits) {
                Some((start, end)) => {
                    escape(&value[..start], &mut text);
                    let hole = u32::try_from(values.len()).ok()?;
                    text.push(char::from_u32(FIRST + hole)?);
                    escape(&value[end..], &mut text);
                    values.push(&value[start..end]);
                }
                None => escape(value, &mut text),
            }
            rest = after;
        }
        text.push_str(rest);
        Some(Cut { text, values })
    }
}

/// The part of a value that a hole can stand for: it begins and ends with a letter or figure, as marks
/// look at what is beside them, and is nothing that a list, a label or a quotation could be made of.
fn words_of(value: &str) -> Option<(usize, usize)> {
    let start = value.find(char::is_alphanumeric)?;
    let (last, letter) = value
        .char_indices()
        .rfind(|(_, letter)| letter.is_alphanumeric())?;
    let end = last + letter.len_utf8();
    let words = &value[start..end];
    let is_odd = |byte: u8| byte < b' ' || matches!(byte, 0x7F | b'"' | b'{' | b'}');
    let odd = words.bytes().any(is_odd) || (!words.is_ascii() && words.chars().any(is_odd_letter));
    let short = words.bytes().all(|byte| byte.is_ascii_digit()) || words.len() <= letter.len_utf8();
    (!odd && !short).then_some((start, end))
}

/// Whether a letter beyond ASCII has a meaning of its own to the reader of Markdown.
fn is_odd_letter(letter: char) -> bool {
    !letter.is_ascii() && (letter.is_control() || matches!(letter, '“' | '”'))
}

/// Whether what follows `text` could belong to a character written by name, such as `&lt;`.
fn in_entity(text: &str) -> bool {
    text.trim_end_matches(|letter: char| letter == '#' || letter.is_alphanumeric())
        .ends_with('&')
}

/// Whether a block has a link whose address has a hole.
fn has_open_address(block: &Block) -> bool {
    let mut open = false;
    crate::document::walk::runs(std::slice::from_ref(block), &mut |words| {
        crate::document::walk::leaves(words, &mut |inline| {
            if let Inline::Link { url, .. } = inline {
                open |= url.as_bytes().contains(&LEAD);
            }
        });
    });
    open
}

fn put_blocks(blocks: &[Block], values: &[&str]) -> Vec<Block> {
    blocks
        .iter()
        .map(|block| put_block(block, values))
        .collect()
}

fn put_block(block: &Block, values: &[&str]) -> Block {
    match block {
        Block::Paragraph(words) => Block::Paragraph(put_words(words, values)),
        Block::List(list) => Block::List(List {
            ordered: list.ordered,
            items: list
                .items
                .iter()
                .map(|item| put_blocks(item, values))
                .collect(),
        }),
        Block::Table(table) => Block::Table(Table {
            anchor: table.anchor.clone(),
            caption: put_words(&table.caption, values),
            columns: table
                .columns
                .iter()
                .map(|column| Column {
                    heading: put_words(&column.heading, values),
                    align: column.align,
                })
                .collect(),
            rows: table
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| put_words(cell, values)).collect())
                .collect(),
        }),
        Block::Note(inner) => Block::Note(put_blocks(inner, values)),
        // A clause that holds what the tree does not model is refused when it is read.
        Block::Inert(source) => Block::Inert(source.clone()),
    }
}

fn put_words(words: &[Inline], values: &[&str]) -> Vec<Inline> {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => Inline::Text(put(text, values)),
            Inline::Strong(inner) => Inline::Strong(put_words(inner, values)),
            Inline::Emphasis(inner) => Inline::Emphasis(put_words(inner, values)),
            Inline::Reference(anchor) => Inline::Reference(anchor.clone()),
            Inline::Definition(term) => Inline::Definition(put(term, values)),
            Inline::Link { url, text } => Inline::Link {
                url: url.clone(),
                text: put(text, values),
            },
            Inline::Inert(source) => Inline::Inert(source.clone()),
            Inline::Enumerator(label) => Inline::Enumerator(label.clone()),
        })
        .collect()
}

/// The text with its holes filled.
fn put(text: &str, values: &[&str]) -> String {
    let is_lead = |byte: &u8| *byte == LEAD;
    // Most texts have no hole, and to say so is fast.
    if !text.as_bytes().contains(&LEAD) {
        return text.to_owned();
    }
    let mut next = text
        .bytes()
        .position(|byte| byte == LEAD)
        .unwrap_or(text.len());
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    loop {
        filled.push_str(&rest[..next]);
        let mut letters = rest[next..].chars();
        let hole = letters.next().map_or(0, u32::from) - FIRST;
        let value = usize::try_from(hole).ok().and_then(|hole| values.get(hole));
        filled.push_str(value.copied().unwrap_or_default());
        rest = letters.as_str();
        match rest.as_bytes().iter().position(is_lead) {
            Some(at) => next = at,
            None => break,
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Templates in which `@` stands for a value.
    const TEMPLATES: &[&str] = &[
        "@ and @’s **@** *@* **“@”** [@](https://a.example)",
        "a**@**b _@_ (@) “@”, @: @. @) @",
        "@\n@. @\n\n1. @\n1. a @\n\n> **Why.** @",
        "- @\n- (@) x\n\n*@* {#name}\n\n| @ | b@ |\n|---|--:|\n| @ | **@** |\n| \\@ | @\\| |",
        "&@; &#@; &#x@; [^@] [@] [ @ ] \\@ `@` <https://@> [x](#@) [x](https://@) # @",
        "# @\n\n@\n---\n@\n===\n\n+ @\n* @",
        "[](#@) and @, [](#@)\n\n| @ | [](#@) |\n|---|---|\n| @ | [](#@); [](#@) |",
    ];

    fn marked(template: &str, values: &[String], marks: bool) -> String {
        let mut values = values.iter().cycle();
        let mut text = String::new();
        for piece in template.split_inclusive('@') {
            let Some(before) = piece.strip_suffix('@') else {
                text.push_str(piece);
                continue;
            };
            text.push_str(before);
            let mut written = Vec::new();
            let value = values.next().expect("a value");
            crate::library::render::mark(value, &mut written).expect("a text");
            text.push_str(&String::from_utf8(written).expect("a text"));
        }
        if marks { text } else { unmarked(&text) }
    }

    fn agree(template: &str, values: &[String], stencils: &Stencils) -> Result<(), String> {
        let text = marked(template, values, true);
        let plain = read::blocks(&marked(template, values, false));
        match stencils.read(&text) {
            Some(blocks) if (&blocks, 0) == (&plain.0, plain.1.len()) => Ok(()),
            Some(blocks) => Err(format!("{text:?}\n{blocks:?}\n{plain:?}")),
            None => Ok(()),
        }
    }

    #[test]
    fn words_go_where_a_plain_reading_has_them() {
        let odd = [
            "Acme Ltd",
            "",
            "x",
            "12",
            "12.5%",
            "(Acme)",
            "a*b*c",
            "*a*",
            "“Acme”",
            "a “b” c",
            "a\nb",
            "a\n\nb",
            " Acme ",
            "\u{a0}a",
            "lt",
            "amp",
            "iv",
            "€ 5",
            "é\u{301}",
            "\u{e000}",
            "a\u{e001}b",
            "a|b",
            "a\\b",
            "`a`",
            "1. a",
            "- a",
            "# a",
            "<b>",
            "a\tb",
            "a\u{1}b",
            "a_b_c",
            "a  b",
            "{#x}",
            "a{b}c",
            "https://a.example/b",
        ];
        for template in TEMPLATES {
            let stencils = Stencils::default();
            for value in odd {
                let values = [value.to_owned(), "Other words".to_owned()];
                agree(template, &values, &stencils).expect("the same");
                agree(template, &[value.to_owned()], &stencils).expect("the same");
            }
        }
    }

    #[test]
    fn a_wording_is_read_once() {
        let stencils = Stencils::default();
        for name in ["Acme Ltd", "Beta & Co. (UK)", "Gamma 3000"] {
            let values = [name.to_owned(), "USD 250,000".to_owned()];
            let text = marked("**@** pays @.", &values, true);
            assert!(stencils.read(&text).is_some());
        }
        let known = stencils.known.lock().expect("no panic");
        // A closing bracket at an end of a value is a part of what is read.
        assert_eq!(known.len(), 2);
    }

    proptest! {
        #[test]
        fn any_words_go_there(
            template in prop::sample::select(TEMPLATES),
            values in prop::collection::vec("[ -~é“”’€\u{a0}\n]{0,6}|[a-z*_(){}0-9. ]{1,8}", 1..5),
        ) {
            prop_assert_eq!(agree(template, &values, &Stencils::default()), Ok(()));
        }
    }
}
