//! Wordings that are read once: their blocks, with holes where values go.
//!
//! In: a wording filled in, with its values marked. Out: the blocks that `document::read` makes of it. Values are
//! words and nothing else, and what a wording is read as does not depend on them: the text with holes in their
//! places is read once and kept beside the wording, and from then on words are put into the holes. A value that
//! could be more than words, such as a bare number at the start of a line, gets no hole: it is escaped, and stays a
//! part of the text that is read. In a debug build every result is compared with that of a plain reading.

mod cut;

use super::marks::unmarked;
use super::mask::Body;
use crate::document::{Block, Column, Inline, List, Table, read};
use cut::Cut;
use std::sync::{Arc, Mutex};

/// The first hole; the others follow it. No wording has these characters, or it has no holes.
const FIRST: u32 = 0xE000;
/// The byte that every hole, and nothing else, begins with.
const LEAD: u8 = 0xEE;

/// So many texts with holes are kept for a wording. Most have one; conditions and lists make more.
const KEPT: usize = 8;

/// What a wording was read as.
#[derive(Debug, Default)]
pub(super) struct Stencils {
    known: Mutex<Vec<Arc<Stencil>>>,
}

/// A text with holes, its prose marked, and its blocks if words can be put into them.
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
    pub(super) fn read(&self, marked: &str, body: &Body) -> Option<Vec<Block>> {
        let (stencil, values) = if let Some(known) = self.known(marked) {
            known
        } else {
            let cut = Cut::of(marked, body)?;
            (self.stencil(cut.text, body), cut.values)
        };
        let blocks = put_blocks(stencil.blocks.as_ref()?, &values);
        debug_assert!(
            {
                let (plain, complaints) = read::blocks(&unmarked(marked, body));
                complaints.is_empty() && plain == blocks
            },
            "{marked}"
        );
        Some(blocks)
    }

    /// The stencil that a marked text fits, if it is known, and what goes into its holes.
    fn known<'m>(&self, marked: &'m str) -> Option<(Arc<Stencil>, Vec<&'m str>)> {
        let known = self.known.lock().ok()?;
        known.iter().find_map(|stencil| {
            let values = cut::values(marked, &stencil.text)?;
            Some((Arc::clone(stencil), values))
        })
    }

    fn stencil(&self, text: String, body: &Body) -> Arc<Stencil> {
        let Ok(mut known) = self.known.lock() else {
            return Arc::new(Stencil::read(text, body));
        };
        if let Some(stencil) = known.iter().find(|stencil| stencil.text == text) {
            return Arc::clone(stencil);
        }
        if known.len() == KEPT {
            known.remove(0);
        }
        let stencil = Arc::new(Stencil::read(text, body));
        known.push(Arc::clone(&stencil));
        stencil
    }
}

impl Stencil {
    fn read(text: String, body: &Body) -> Stencil {
        let blocks = cut::with_prose(&text, body).and_then(|text| {
            let (blocks, complaints) = read::blocks(&text);
            // An address with a hole is not put together from its pieces as text is.
            let sound = complaints.is_empty() && !blocks.iter().any(has_open_address);
            sound.then_some(blocks)
        });
        Stencil { text, blocks }
    }
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
    use super::super::marks::{self, PROSE};
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
        "&@@; &#@@; [](#@@), (#@) &a@",
        "[](#@) and @, [](#@)\n\n| @ | [](#@) |\n|---|---|\n| @ | [](#@); [](#@) |",
    ];

    /// A wording that is this text.
    fn wording(text: &str) -> Body {
        let source = crate::source::Source::new("a.md", text);
        Body::new(&source, 0..text.len())
    }

    /// The wording of a template, and what the engine makes of it: of its skeleton, or of the whole.
    fn filled(template: &str, values: &[String], bare: bool) -> (Body, String) {
        let body = wording(&template.replace('@', "{{ x }}"));
        let seen = if bare {
            marks::skeleton(&body)
        } else {
            marks::whole(&body)
        };
        let mut values = values.iter().cycle();
        let mut pieces = seen.split("{{ x }}");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let mut written = Vec::new();
            marks::mark(values.next().expect("a value"), &mut written).expect("a text");
            text.push_str(&String::from_utf8(written).expect("a text"));
            text.push_str(piece);
        }
        (body, text)
    }

    fn agree(template: &str, values: &[String], stencils: &[Stencils; 2]) -> Result<(), String> {
        let mut printed = Vec::new();
        for (bare, stencils) in [false, true].into_iter().zip(stencils) {
            let (body, text) = filled(template, values, bare);
            assert_eq!(text.contains(PROSE), bare);
            let plain = unmarked(&text, &body);
            let read = read::blocks(&plain);
            match stencils.read(&text, &body) {
                Some(blocks) if (&blocks, 0) != (&read.0, read.1.len()) => {
                    return Err(format!("{text:?}\n{blocks:?}\n{read:?}"));
                }
                Some(_) | None => printed.push(plain),
            }
        }
        if printed[0] == printed[1] {
            Ok(())
        } else {
            Err(printed.join("\n---\n"))
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
            let stencils = Default::default();
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
            let (body, text) = filled("**@** pays @.", &values, true);
            assert!(stencils.read(&text, &body).is_some());
        }
        let known = stencils.known.lock().expect("no panic");
        // A closing bracket at an end of a value is a part of what is read.
        assert_eq!(known.len(), 2);
    }

    proptest! {
        #[test]
        fn any_words_go_there(
            template in prop::sample::select(TEMPLATES),
            first in prop::collection::vec("[ -~é“”’€\u{a0}\n]{0,6}|[a-z*_(){}0-9. ]{1,8}", 1..5),
            second in prop::collection::vec("[ -~é“”’€\u{a0}\n]{0,6}|[a-z*_(){}0-9. ]{1,8}", 1..5),
        ) {
            // The second time there is something that the text may fit.
            let stencils = Default::default();
            prop_assert_eq!(agree(template, &first, &stencils), Ok(()));
            prop_assert_eq!(agree(template, &second, &stencils), Ok(()));
        }
    }
}
