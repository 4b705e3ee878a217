//! Ways through a tree: its sections in reading order, the runs of words in its blocks.

use super::resolve::Form;
use super::{Anchor, Block, Document, Inline, Section, Table};

/// `root` and all sections under it, in reading order.
pub fn sections(root: &Section) -> impl Iterator<Item = &Section> {
    let mut waiting = vec![root];
    std::iter::from_fn(move || {
        let section = waiting.pop()?;
        waiting.extend(section.sections.iter().rev());
        Some(section)
    })
}

/// Shows `see` every run of words in `blocks`: paragraphs, captions, headings of columns, cells.
pub fn runs<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a [Inline])) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => see(words),
            Block::List(list) => {
                for item in &list.items {
                    runs(item, see);
                }
            }
            Block::Table(table) => {
                see(&table.caption);
                for column in &table.columns {
                    see(&column.heading);
                }
                for cell in table.rows.iter().flatten() {
                    see(cell);
                }
            }
            Block::Note(inner) => runs(inner, see),
            Block::Inert(_) => {}
        }
    }
}

/// Shows `see` every inline of `words` that is not itself made of inlines.
pub fn leaves<'a>(words: &'a [Inline], see: &mut impl FnMut(&'a Inline)) {
    for inline in words {
        match inline {
            Inline::Strong(inner) | Inline::Emphasis(inner) => leaves(inner, see),
            Inline::Text(_)
            | Inline::Reference(_)
            | Inline::Definition(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_) => {
                see(inline);
            }
        }
    }
}

/// The words as bare text: a definition without quotation marks, a reference as nothing.
///
/// Meant for titles and captions, which hold no references.
pub fn text(words: &[Inline]) -> String {
    let mut text = String::new();
    push_text(words, &mut text);
    text
}

/// Adds the words as bare text.
pub fn push_text(words: &[Inline], text: &mut String) {
    leaves(words, &mut |inline| text.push_str(said(inline)));
}

/// What an inline that is not made of inlines says as bare text.
pub fn said(inline: &Inline) -> &str {
    match inline {
        Inline::Text(piece)
        | Inline::Definition(piece)
        | Inline::Link { text: piece, .. }
        | Inline::Inert(piece)
        | Inline::Enumerator(piece) => piece,
        Inline::Reference(_) | Inline::Strong(_) | Inline::Emphasis(_) => "",
    }
}

/// Whether [`text`] has anything to say of these words.
pub fn has_text(words: &[Inline]) -> bool {
    words.iter().any(|inline| {
        if let Inline::Strong(inner) | Inline::Emphasis(inner) = inline {
            has_text(inner)
        } else {
            !said(inline).is_empty()
        }
    })
}

/// The section with this anchor, to be changed.
pub fn find_mut<'d>(documents: &'d mut [Document], anchor: &Anchor) -> Option<&'d mut Section> {
    fn within<'s>(section: &'s mut Section, anchor: &Anchor) -> Option<&'s mut Section> {
        if section.anchor == *anchor {
            return Some(section);
        }
        let mut sections = section.sections.iter_mut();
        sections.find_map(|section| within(section, anchor))
    }
    documents
        .iter_mut()
        .find_map(|document| within(&mut document.root, anchor))
}

/// Whether a cell holds references and nothing else but what stands between them.
fn only_references(words: &[Inline]) -> bool {
    let mut any = false;
    let rest = words.iter().all(|inline| match inline {
        Inline::Reference(_) => {
            any = true;
            true
        }
        Inline::Text(text) => text.chars().all(|letter| matches!(letter, ',' | ';' | ' ')),
        Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Definition(_)
        | Inline::Link { .. }
        | Inline::Inert(_)
        | Inline::Enumerator(_) => false,
    });
    any && rest
}

/// The form in which the references of a cell are printed.
pub fn cell_form(words: &[Inline]) -> Form {
    if only_references(words) {
        Form::Short
    } else {
        Form::Full
    }
}

/// Shows `see` every table in `blocks`.
pub fn tables<'a>(blocks: &'a [Block], see: &mut impl FnMut(&'a Table)) {
    for block in blocks {
        match block {
            Block::Table(table) => see(table),
            Block::List(list) => {
                for item in &list.items {
                    tables(item, see);
                }
            }
            Block::Note(inner) => tables(inner, see),
            Block::Paragraph(_) | Block::Inert(_) => {}
        }
    }
}
