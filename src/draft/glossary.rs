//! The list of definitions: sorted, only those that are used, and where the others stand.

use crate::document::terms::Terms;
use crate::document::{Align, Anchor, Block, Column, Document, Inline, Section, Table, walk};
use crate::library::Library;
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use std::collections::BTreeSet;

/// Where the glossary is.
#[derive(Debug, Clone, Default)]
pub(super) struct Glossary {
    /// The section that lists the definitions.
    pub(super) section: Option<Anchor>,
    /// The section that lists terms which are defined elsewhere.
    pub(super) elsewhere: Option<Anchor>,
}

/// The term that a block defines, if it begins an entry.
fn entry(block: &Block) -> Option<&str> {
    match block {
        Block::Paragraph(words) => match words.first() {
            Some(Inline::Definition(term)) => Some(term),
            Some(
                Inline::Text(_)
                | Inline::Strong(_)
                | Inline::Emphasis(_)
                | Inline::Reference(_)
                | Inline::Link { .. }
                | Inline::Inert(_)
                | Inline::Enumerator(_),
            )
            | None => None,
        },
        Block::List(_) | Block::Table(_) | Block::Note(_) | Block::Inert(_) => None,
    }
}

/// Blocks as entries: each begins with a definition; what stands before the first has none.
fn entries(blocks: Vec<Block>) -> Vec<(Option<String>, Vec<Block>)> {
    let mut entries: Vec<(Option<String>, Vec<Block>)> = Vec::new();
    for block in blocks {
        let term = entry(&block).map(str::to_owned);
        match entries.last_mut() {
            Some((_, blocks)) if term.is_none() => blocks.push(block),
            Some(_) | None => entries.push((term, vec![block])),
        }
    }
    entries
}

/// The blocks with their entries in the order of the alphabet, whatever clause they came from.
pub(super) fn sorted(blocks: Vec<Block>) -> Vec<Block> {
    let mut entries = entries(blocks);
    entries.sort_by_key(|(term, _)| term.as_ref().map(|term| term.to_lowercase()));
    entries.into_iter().flat_map(|(_, blocks)| blocks).collect()
}

/// Drops every entry whose term nothing uses but entries that are dropped themselves.
///
/// True if anything was dropped.
pub(super) fn keep_used(documents: &mut [Document], glossary: &Glossary, terms: &Terms) -> bool {
    let Some(anchor) = &glossary.section else {
        return false;
    };
    let (lists, others): (Vec<&Section>, Vec<&Section>) = documents
        .iter()
        .flat_map(|document| walk::sections(&document.root))
        .partition(|section| section.anchor == *anchor);
    let mut used = used_in(&others, terms);
    let mut waiting: Vec<(Option<usize>, BTreeSet<usize>)> = Vec::new();
    for section in lists {
        let entries = section.blocks.chunk_by(|_, next| entry(next).is_none());
        for blocks in entries {
            let mut uses = BTreeSet::new();
            note_uses(blocks, terms, &mut |term| {
                uses.insert(term);
            });
            let own = entry(&blocks[0]).and_then(|term| terms.get(term));
            waiting.push((own.map(|(place, _)| place), uses));
        }
    }
    // An entry that is kept keeps the terms that it uses, and so on until nothing is added.
    loop {
        let mut added = false;
        for (own, uses) in &waiting {
            if own.is_none_or(|own| used[own]) {
                for term in uses.iter().filter(|term| Some(**term) != *own) {
                    added |= !std::mem::replace(&mut used[*term], true);
                }
            }
        }
        if !added {
            break;
        }
    }
    let Some(section) = walk::find_mut(documents, anchor) else {
        return false;
    };
    let before = section.blocks.len();
    section.blocks = entries(std::mem::take(&mut section.blocks))
        .into_iter()
        .filter(|(term, _)| {
            term.as_ref()
                .is_none_or(|term| terms.get(term).is_some_and(|(place, _)| used[place]))
        })
        .flat_map(|(_, blocks)| blocks)
        .collect();
    section.blocks.len() < before
}

/// Which terms the sections use, by their places: what one section uses has nothing to do with another.
fn used_in(sections: &[&Section], terms: &Terms) -> Vec<bool> {
    let unused = || vec![false; terms.list().len()];
    let each = sections.len().div_ceil(4).max(1);
    sections
        .par_chunks(each)
        .map(|sections| {
            let mut used = unused();
            for section in sections {
                note_uses(&section.blocks, terms, &mut |term| used[term] = true);
            }
            used
        })
        .reduce(unused, |mut one, other| {
            for (used, here) in one.iter_mut().zip(other) {
                *used |= here;
            }
            one
        })
}

/// Shows `see` the place of each term that the blocks use, as often as they do.
fn note_uses(blocks: &[Block], terms: &Terms, see: &mut impl FnMut(usize)) {
    walk::runs(blocks, &mut |words| {
        walk::leaves(words, &mut |inline| {
            if let Inline::Text(text) = inline {
                terms.uses(text).for_each(|(_, term)| see(term));
            }
        });
    });
}

/// Adds the table of terms that get their meaning outside the glossary.
pub(super) fn list_elsewhere(
    documents: &mut [Document],
    glossary: &Glossary,
    terms: &Terms,
    library: &Library,
) {
    let Some(anchor) = &glossary.elsewhere else {
        return;
    };
    let mut rows: Vec<(String, Anchor)> = terms
        .list()
        .iter()
        .filter(|term| Some(&term.section) != glossary.section.as_ref())
        .map(|term| (term.name.clone(), term.section.clone()))
        .collect();
    rows.sort_by_key(|(name, _)| name.to_lowercase());
    let column = |heading: &str| Column {
        heading: vec![Inline::Text(heading.to_owned())],
        align: Align::Start,
    };
    let table = Table {
        anchor: None,
        caption: Vec::new(),
        columns: vec![
            column(library.words.glossary_term.as_str()),
            column(library.words.glossary_where.as_str()),
        ],
        rows: rows
            .into_iter()
            .map(|(name, section)| vec![vec![Inline::Text(name)], vec![Inline::Reference(section)]])
            .collect(),
    };
    if let Some(section) = walk::find_mut(documents, anchor) {
        section.blocks.push(Block::Table(table));
    }
}
