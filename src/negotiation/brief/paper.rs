//! Pieces of a paper: sections, paragraphs, lists, tables, all in canonical form.

use crate::document::{Align, Anchor, Block, Column, Inline, Label, List, Section, Table};

/// Words; nothing if there are none.
pub(super) fn text(text: &str) -> Vec<Inline> {
    if text.is_empty() {
        Vec::new()
    } else {
        vec![Inline::Text(text.to_owned())]
    }
}

pub(super) fn strong(words: &str) -> Vec<Inline> {
    vec![Inline::Strong(text(words))]
}

pub(super) fn paragraph(words: &str) -> Block {
    Block::Paragraph(text(words))
}

/// A paragraph with a head that stands out: `**Ask in return.** ...`
pub(super) fn headed(head: &str, words: &str) -> Block {
    let mut line = strong(head);
    line.extend(text(&format!(" {words}")));
    Block::Paragraph(line)
}

pub(super) fn bullets(items: Vec<Vec<Inline>>) -> Block {
    Block::List(List {
        ordered: false,
        items: items
            .into_iter()
            .map(|item| vec![Block::Paragraph(item)])
            .collect(),
    })
}

/// A table; columns of figures are set to the right.
pub(super) fn table(
    anchor: Option<Anchor>,
    caption: &str,
    columns: &[(&str, Align)],
    rows: Vec<Vec<Vec<Inline>>>,
) -> Block {
    Block::Table(Table {
        anchor,
        caption: text(caption),
        columns: columns
            .iter()
            .map(|(heading, align)| Column {
                heading: text(heading),
                align: *align,
            })
            .collect(),
        rows,
    })
}

pub(super) fn section(
    anchor: Anchor,
    title: &str,
    blocks: Vec<Block>,
    sections: Vec<Section>,
) -> Section {
    Section {
        anchor,
        label: Label::Title,
        title: text(title),
        blocks,
        sections,
    }
}

/// A sentence's first letter as a capital.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
