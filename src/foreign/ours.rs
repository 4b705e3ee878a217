//! A document of ours as anybody's would be: numbers and references are text.

use crate::document::resolve::{Form, Part};
use crate::document::{Block, Document, Inline, List, Section, Table, number, walk};
use crate::write::markdown;

/// `part` as it would be read if somebody had typed all of it: so it can be compared with a document that is not ours.
pub fn from_part(part: &Part<'_>) -> Document {
    let writer = Typed { part };
    let document = Document {
        name: part.name().to_owned(),
        imprint: None,
        root: writer.section(part.root()),
    };
    super::read(part.name(), &markdown::plain(&document))
}

struct Typed<'p> {
    part: &'p Part<'p>,
}

impl Typed<'_> {
    fn section(&self, section: &Section) -> Section {
        let mut title = self.run(section, &section.title, Form::Full);
        if let Some(label) = self.part.label(section) {
            title.insert(0, Inline::Text(format!("{label} ")));
        }
        Section {
            anchor: section.anchor.clone(),
            label: crate::document::Label::Title,
            title,
            blocks: self.blocks(section, &section.blocks, 0),
            sections: section
                .sections
                .iter()
                .map(|child| self.section(child))
                .collect(),
        }
    }

    fn blocks(&self, from: &Section, blocks: &[Block], depth: usize) -> Vec<Block> {
        let mut typed = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(words) => {
                    typed.push(Block::Paragraph(self.run(from, words, Form::Full)));
                }
                Block::List(list) => typed.push(Block::List(self.list(from, list, depth))),
                Block::Table(table) => {
                    if !table.caption.is_empty() {
                        let caption = self.run(from, &table.caption, Form::Full);
                        typed.push(Block::Paragraph(vec![Inline::Emphasis(caption)]));
                    }
                    typed.push(Block::Table(self.table(from, table)));
                }
                Block::Note(inner) => typed.push(Block::Note(self.blocks(from, inner, depth))),
                Block::Inert(source) => typed.push(Block::Inert(source.clone())),
            }
        }
        typed
    }

    fn list(&self, from: &Section, list: &List, depth: usize) -> List {
        let below = if list.ordered { depth + 1 } else { depth };
        let items = list.items.iter().enumerate().map(|(place, item)| {
            let mut item = self.blocks(from, item, below);
            if list.ordered {
                let label = Inline::Text(format!("{} ", number::item(depth, place)));
                match item.first_mut() {
                    Some(Block::Paragraph(words)) => words.insert(0, label),
                    Some(_) | None => item.insert(0, Block::Paragraph(vec![label])),
                }
            }
            item
        });
        List {
            ordered: false,
            items: items.collect(),
        }
    }

    fn table(&self, from: &Section, table: &Table) -> Table {
        let mut typed = table.clone();
        typed.anchor = None;
        typed.caption.clear();
        for column in &mut typed.columns {
            column.heading = self.run(from, &column.heading, Form::Full);
        }
        for cell in typed.rows.iter_mut().flatten() {
            *cell = self.run(from, cell, walk::cell_form(cell));
        }
        typed
    }

    fn run(&self, from: &Section, words: &[Inline], form: Form) -> Vec<Inline> {
        let mut typed: Vec<Inline> = Vec::new();
        for inline in words {
            let inline = match inline {
                Inline::Reference(to) => {
                    Inline::Text(self.part.reference(&from.anchor, to, form).text)
                }
                Inline::Definition(term) => Inline::Strong(vec![Inline::Text(format!("“{term}”"))]),
                Inline::Link { text, .. } => Inline::Text(text.clone()),
                Inline::Strong(inner) => Inline::Strong(self.run(from, inner, form)),
                Inline::Emphasis(inner) => Inline::Emphasis(self.run(from, inner, form)),
                Inline::Text(_) | Inline::Inert(_) | Inline::Enumerator(_) => inline.clone(),
            };
            match (typed.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => typed.push(inline),
            }
        }
        typed
    }
}
