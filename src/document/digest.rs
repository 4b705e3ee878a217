//! Every word of a document as bytes, for a digest of what it says.
//!
//! The bytes hold the structure too, so that moving a word from one cell to another changes them. The imprint is
//! left out: it names the digest.

use super::{Block, Document, Inline, Label, Section, Table};

/// Hands every word of `document`, with its place in the tree, to `eat`, in reading order, a section at a time.
pub fn feed(document: &Document, eat: &mut impl FnMut(&[u8])) {
    let mut held = Vec::new();
    section(&document.root, &mut held, eat);
    eat(&held);
}

/// Adds what stands in `of` to `held`, and hands on what was held before.
fn section(of: &Section, held: &mut Vec<u8>, eat: &mut impl FnMut(&[u8])) {
    eat(held);
    held.clear();
    held.extend(match of.label {
        Label::Title => b"\x01t",
        Label::Number => b"\x01n",
        Label::Part => b"\x01p",
        Label::Exhibit => b"\x01e",
    });
    text(of.anchor.as_str(), held);
    words(&of.title, held);
    blocks(&of.blocks, held);
    for section in &of.sections {
        self::section(section, held, eat);
    }
    held.extend(b"\x02");
}

fn blocks(of: &[Block], held: &mut Vec<u8>) {
    for block in of {
        match block {
            Block::Paragraph(run) => {
                held.extend(b"\x01P");
                words(run, held);
            }
            Block::List(list) => {
                held.extend(if list.ordered { b"\x01O" } else { b"\x01U" });
                for item in &list.items {
                    held.extend(b"\x01I");
                    blocks(item, held);
                    held.extend(b"\x02");
                }
            }
            Block::Table(of) => table(of, held),
            Block::Note(inner) => {
                held.extend(b"\x01N");
                blocks(inner, held);
            }
            Block::Inert(source) => {
                held.extend(b"\x01X");
                text(source, held);
            }
        }
        held.extend(b"\x02");
    }
}

fn table(of: &Table, held: &mut Vec<u8>) {
    held.extend(b"\x01T");
    if let Some(anchor) = &of.anchor {
        text(anchor.as_str(), held);
    }
    words(&of.caption, held);
    let headings = of.columns.iter().map(|column| &column.heading);
    for cell in headings.chain(of.rows.iter().flatten()) {
        held.extend(b"\x01C");
        words(cell, held);
    }
}

fn words(of: &[Inline], held: &mut Vec<u8>) {
    for inline in of {
        match inline {
            Inline::Text(shown) => text(shown, held),
            Inline::Strong(inner) => {
                held.extend(b"\x01s");
                words(inner, held);
                held.extend(b"\x02");
            }
            Inline::Emphasis(inner) => {
                held.extend(b"\x01i");
                words(inner, held);
                held.extend(b"\x02");
            }
            Inline::Reference(to) => {
                held.extend(b"\x01r");
                text(to.as_str(), held);
            }
            Inline::Definition(term) => {
                held.extend(b"\x01d");
                text(term, held);
            }
            Inline::Link { url, text: shown } => {
                held.extend(b"\x01l");
                text(url, held);
                text(shown, held);
            }
            Inline::Inert(source) => {
                held.extend(b"\x01x");
                text(source, held);
            }
            Inline::Enumerator(label) => {
                held.extend(b"\x01#");
                text(label, held);
            }
        }
    }
}

/// A text ends with a byte that no text holds.
fn text(of: &str, held: &mut Vec<u8>) {
    held.extend_from_slice(of.as_bytes());
    held.extend(b"\x00");
}
