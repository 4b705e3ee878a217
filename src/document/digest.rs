//! Every word of a document as bytes, for a digest of what it says.
//!
//! The bytes hold the structure too, so that moving a word from one cell to another changes them. The imprint is
//! left out: it names the digest.

use super::{Block, Document, Inline, Label, Section, Table};

/// Hands every word of `document`, with its place in the tree, to `eat`, in reading order.
pub fn feed(document: &Document, eat: &mut impl FnMut(&[u8])) {
    section(&document.root, eat);
}

fn section(of: &Section, eat: &mut impl FnMut(&[u8])) {
    eat(match of.label {
        Label::Title => b"\x01t",
        Label::Number => b"\x01n",
        Label::Part => b"\x01p",
        Label::Exhibit => b"\x01e",
    });
    text(of.anchor.as_str(), eat);
    words(&of.title, eat);
    blocks(&of.blocks, eat);
    for section in &of.sections {
        self::section(section, eat);
    }
    eat(b"\x02");
}

fn blocks(of: &[Block], eat: &mut impl FnMut(&[u8])) {
    for block in of {
        match block {
            Block::Paragraph(run) => {
                eat(b"\x01P");
                words(run, eat);
            }
            Block::List(list) => {
                eat(if list.ordered { b"\x01O" } else { b"\x01U" });
                for item in &list.items {
                    eat(b"\x01I");
                    blocks(item, eat);
                    eat(b"\x02");
                }
            }
            Block::Table(of) => table(of, eat),
            Block::Note(inner) => {
                eat(b"\x01N");
                blocks(inner, eat);
            }
            Block::Inert(source) => {
                eat(b"\x01X");
                text(source, eat);
            }
        }
        eat(b"\x02");
    }
}

fn table(of: &Table, eat: &mut impl FnMut(&[u8])) {
    eat(b"\x01T");
    if let Some(anchor) = &of.anchor {
        text(anchor.as_str(), eat);
    }
    words(&of.caption, eat);
    let headings = of.columns.iter().map(|column| &column.heading);
    for cell in headings.chain(of.rows.iter().flatten()) {
        eat(b"\x01C");
        words(cell, eat);
    }
}

fn words(of: &[Inline], eat: &mut impl FnMut(&[u8])) {
    for inline in of {
        match inline {
            Inline::Text(shown) => text(shown, eat),
            Inline::Strong(inner) => {
                eat(b"\x01s");
                words(inner, eat);
                eat(b"\x02");
            }
            Inline::Emphasis(inner) => {
                eat(b"\x01i");
                words(inner, eat);
                eat(b"\x02");
            }
            Inline::Reference(to) => {
                eat(b"\x01r");
                text(to.as_str(), eat);
            }
            Inline::Definition(term) => {
                eat(b"\x01d");
                text(term, eat);
            }
            Inline::Link { url, text: shown } => {
                eat(b"\x01l");
                text(url, eat);
                text(shown, eat);
            }
            Inline::Inert(source) => {
                eat(b"\x01x");
                text(source, eat);
            }
            Inline::Enumerator(label) => {
                eat(b"\x01#");
                text(label, eat);
            }
        }
    }
}

/// A text ends with a byte that no text holds.
fn text(of: &str, eat: &mut impl FnMut(&[u8])) {
    eat(of.as_bytes());
    eat(b"\x00");
}
