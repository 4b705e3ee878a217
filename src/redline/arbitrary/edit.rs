//! What a hand at random does to a document.

use super::{block, sentence};
use crate::document::arbitrary::anchor;
use crate::document::{Align, Block, Column, Document, Inline, Label, List, Section, Table};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What a hand does, and where.
#[derive(Debug, Clone)]
pub(in crate::redline) enum Edit {
    Word(Index, Index, String),
    Phrase(Index, Index, String),
    Cut(Index, Index, Index),
    Split(Index, Index),
    Merge(Index),
    StrikeBlock(Index),
    AddBlock(Index, Block),
    MoveBlock(Index, Index),
    StrikeSection(Index),
    AddSection(Index, Vec<Block>),
    MoveSection(Index, Index),
    Rename(Index),
    Style(Index),
    Nest(Index),
    Unnest(Index),
    StrikeRow(Index, Index),
    AddRow(Index, Index, String),
    MoveRow(Index, Index, Index),
    StrikeColumn(Index, Index),
    AddColumn(Index, Index, String),
    StrikeItem(Index, Index),
    Order(Index),
    Label(Index),
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<Index>;
    prop_oneof![
        4 => (at(), at(), sentence()).prop_map(|(a, b, c)| Edit::Word(a, b, c)),
        2 => (at(), at(), sentence()).prop_map(|(a, b, c)| Edit::Phrase(a, b, c)),
        2 => (at(), at(), at()).prop_map(|(a, b, c)| Edit::Cut(a, b, c)),
        2 => (at(), at()).prop_map(|(a, b)| Edit::Split(a, b)),
        2 => at().prop_map(Edit::Merge),
        1 => at().prop_map(Edit::StrikeBlock),
        1 => (at(), block()).prop_map(|(a, b)| Edit::AddBlock(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Edit::MoveBlock(a, b)),
        1 => at().prop_map(Edit::StrikeSection),
        1 => (at(), vec(block(), 0..3)).prop_map(|(a, b)| Edit::AddSection(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Edit::MoveSection(a, b)),
        1 => at().prop_map(Edit::Rename),
        1 => at().prop_map(Edit::Style),
        1 => at().prop_map(Edit::Nest),
        1 => at().prop_map(Edit::Unnest),
        1 => (at(), at()).prop_map(|(a, b)| Edit::StrikeRow(a, b)),
        1 => (at(), at(), sentence()).prop_map(|(a, b, c)| Edit::AddRow(a, b, c)),
        1 => (at(), at(), at()).prop_map(|(a, b, c)| Edit::MoveRow(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| Edit::StrikeColumn(a, b)),
        1 => (at(), at(), sentence()).prop_map(|(a, b, c)| Edit::AddColumn(a, b, c)),
        1 => (at(), at()).prop_map(|(a, b)| Edit::StrikeItem(a, b)),
        1 => at().prop_map(Edit::Order),
        1 => at().prop_map(Edit::Label),
    ]
}

impl Edit {
    pub(super) fn apply(self, document: &mut Document) {
        let root = &mut document.root;
        match self {
            Edit::Word(at, word, with) => words(root, at, |text| {
                let mut words: Vec<&str> = text.split(' ').collect();
                let first = with.split(' ').next().unwrap_or("x");
                let place = word.index(words.len());
                words[place] = first;
                *text = words.join(" ");
            }),
            Edit::Phrase(at, word, with) => words(root, at, |text| {
                let mut words: Vec<&str> = text.split(' ').collect();
                words.insert(word.index(words.len() + 1), &with);
                *text = words.join(" ");
            }),
            Edit::Cut(at, from, to) => words(root, at, |text| {
                let words: Vec<&str> = text.split(' ').collect();
                let (from, to) = (from.index(words.len()), to.index(words.len()));
                let (from, to) = (from.min(to), from.max(to));
                let kept: Vec<&str> = words[..from].iter().chain(&words[to..]).copied().collect();
                if !kept.is_empty() {
                    *text = kept.join(" ");
                }
            }),
            Edit::Split(at, word) => blocks(root, at, |blocks, place| {
                if let Block::Paragraph(run) = &mut blocks[place]
                    && let [Inline::Text(text)] = run.as_mut_slice()
                {
                    let words: Vec<&str> = text.split(' ').collect();
                    if words.len() > 1 {
                        let cut = 1 + word.index(words.len() - 1);
                        let rest = words[cut..].join(" ");
                        *text = words[..cut].join(" ");
                        blocks.insert(place + 1, Block::Paragraph(vec![Inline::Text(rest)]));
                    }
                }
            }),
            Edit::Merge(at) => blocks(root, at, |blocks, place| {
                if let [Block::Paragraph(one), Block::Paragraph(other), ..] = &mut blocks[place..] {
                    one.push(Inline::Text(" ".into()));
                    one.append(other);
                    blocks.remove(place + 1);
                }
            }),
            Edit::StrikeBlock(at) => blocks(root, at, |blocks, place| {
                blocks.remove(place);
            }),
            Edit::AddBlock(at, block) => blocks(root, at, |blocks, place| {
                blocks.insert(place, block.clone());
            }),
            Edit::MoveBlock(from, to) => {
                let mut taken = None;
                blocks(root, from, |blocks, place| {
                    taken = Some(blocks.remove(place));
                });
                let mut sections = all(root);
                let into = to.index(sections.len());
                if let Some(taken) = taken {
                    let blocks = &mut sections[into].blocks;
                    let place = to.index(blocks.len() + 1);
                    blocks.insert(place, taken);
                }
            }
            Edit::StrikeSection(at) => {
                if !root.sections.is_empty() {
                    let place = at.index(root.sections.len());
                    root.sections.remove(place);
                }
            }
            Edit::AddSection(at, blocks) => {
                let place = at.index(root.sections.len() + 1);
                let section = Section {
                    anchor: anchor(&format!("added-{place}")),
                    label: Label::Number,
                    title: vec![Inline::Text("An added section".into())],
                    blocks,
                    sections: Vec::new(),
                };
                root.sections.insert(place, section);
            }
            Edit::MoveSection(from, to) => {
                if !root.sections.is_empty() {
                    let section = root.sections.remove(from.index(root.sections.len()));
                    root.sections
                        .insert(to.index(root.sections.len() + 1), section);
                }
            }
            Edit::Rename(at) => {
                let mut sections = all(root);
                let place = at.index(sections.len());
                let name = format!("{}-renamed", sections[place].anchor);
                sections[place].anchor = anchor(&name);
            }
            Edit::Style(at) => blocks(root, at, |blocks, place| {
                if let Block::Paragraph(run) = &mut blocks[place]
                    && let [Inline::Text(text)] = run.as_slice()
                {
                    *run = vec![Inline::Strong(vec![Inline::Text(text.clone())])];
                }
            }),
            Edit::Nest(at) => blocks(root, at, |blocks, place| {
                let block = blocks.remove(place);
                blocks.insert(
                    place,
                    Block::List(List {
                        ordered: true,
                        items: vec![vec![block]],
                    }),
                );
            }),
            Edit::Unnest(at) => blocks(root, at, |blocks, place| {
                if let Block::List(list) = &blocks[place] {
                    let inner: Vec<Block> = list.items.concat();
                    blocks.splice(place..=place, inner);
                }
            }),
            Edit::StrikeRow(at, row) => tables(root, at, |table| {
                if !table.rows.is_empty() {
                    table.rows.remove(row.index(table.rows.len()));
                }
            }),
            Edit::AddRow(at, row, words) => tables(root, at, |table| {
                let cells = table
                    .columns
                    .iter()
                    .map(|_| vec![Inline::Text(words.clone())]);
                let cells = cells.collect();
                table.rows.insert(row.index(table.rows.len() + 1), cells);
            }),
            Edit::MoveRow(at, from, to) => tables(root, at, |table| {
                if !table.rows.is_empty() {
                    let row = table.rows.remove(from.index(table.rows.len()));
                    table.rows.insert(to.index(table.rows.len() + 1), row);
                }
            }),
            Edit::StrikeColumn(at, column) => tables(root, at, |table| {
                if table.columns.len() > 1 {
                    let place = column.index(table.columns.len());
                    table.columns.remove(place);
                    for row in &mut table.rows {
                        row.remove(place);
                    }
                }
            }),
            Edit::AddColumn(at, column, words) => tables(root, at, |table| {
                let place = column.index(table.columns.len() + 1);
                let heading = vec![Inline::Text(words.clone())];
                table.columns.insert(
                    place,
                    Column {
                        heading,
                        align: Align::End,
                    },
                );
                for row in &mut table.rows {
                    row.insert(place, vec![Inline::Text(words.clone())]);
                }
            }),
            Edit::StrikeItem(at, item) => blocks(root, at, |blocks, place| {
                if let Block::List(list) = &mut blocks[place]
                    && list.items.len() > 1
                {
                    list.items.remove(item.index(list.items.len()));
                }
            }),
            Edit::Order(at) => blocks(root, at, |blocks, place| {
                if let Block::List(list) = &mut blocks[place] {
                    list.ordered = !list.ordered;
                }
            }),
            Edit::Label(at) => {
                let mut sections = all(root);
                let place = at.index(sections.len());
                sections[place].label = match sections[place].label {
                    Label::Title | Label::Part | Label::Exhibit => Label::Number,
                    Label::Number => Label::Title,
                };
            }
        }
    }
}

/// Every section but the title's, or that if there is no other.
fn all(root: &mut Section) -> Vec<&mut Section> {
    fn gather<'s>(section: &'s mut Section, all: &mut Vec<&'s mut Section>) {
        // A section cannot be lent together with those under it, so these are lent in its place, if any.
        if section.sections.is_empty() {
            all.push(section);
        } else {
            for child in &mut section.sections {
                gather(child, all);
            }
        }
    }
    let mut sections = Vec::new();
    gather(root, &mut sections);
    sections
}

/// Shows `see` the blocks of one section and a place among them, if there are any.
fn blocks(root: &mut Section, at: Index, see: impl FnOnce(&mut Vec<Block>, usize)) {
    let mut sections: Vec<&mut Section> = all(root);
    sections.retain(|section| !section.blocks.is_empty());
    if sections.is_empty() {
        return;
    }
    let section = at.index(sections.len());
    let blocks = &mut sections[section].blocks;
    let place = at.index(blocks.len());
    see(blocks, place);
}

fn tables(root: &mut Section, at: Index, see: impl FnOnce(&mut Table)) {
    let mut tables: Vec<&mut Table> = all(root)
        .into_iter()
        .flat_map(|section| &mut section.blocks)
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) | Block::List(_) | Block::Note(_) | Block::Inert(_) => None,
        })
        .collect();
    if !tables.is_empty() {
        let place = at.index(tables.len());
        see(tables[place]);
    }
}

fn words(root: &mut Section, at: Index, see: impl FnOnce(&mut String)) {
    blocks(root, at, |blocks, place| {
        let text = match &mut blocks[place] {
            Block::Paragraph(run) => run.iter_mut().find_map(|inline| match inline {
                Inline::Text(text) => Some(text),
                Inline::Strong(_)
                | Inline::Emphasis(_)
                | Inline::Reference(_)
                | Inline::Definition(_)
                | Inline::Link { .. }
                | Inline::Inert(_)
                | Inline::Enumerator(_) => None,
            }),
            Block::Inert(text) => Some(text),
            Block::List(_) | Block::Table(_) | Block::Note(_) => None,
        };
        if let Some(text) = text {
            see(text);
        }
    });
}
