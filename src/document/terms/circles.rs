//! Terms whose meanings lead back to themselves.

use super::{Term, Terms};
use crate::document::{Document, Inline, walk};
use std::collections::BTreeSet;

/// The circles among the terms of `documents`, each with its terms in reading order.
///
/// Only a definition that begins its paragraph takes part: others give a name to what the sentence is about,
/// not a meaning.
pub fn circles<'t>(documents: &[Document], terms: &'t Terms) -> Vec<Vec<&'t Term>> {
    // For each term, the terms that its meaning is given in.
    let mut given_in = vec![BTreeSet::new(); terms.list.len()];
    for section in documents
        .iter()
        .flat_map(|document| walk::sections(&document.root))
    {
        walk::runs(&section.blocks, &mut |words| {
            if matches!(words.first(), Some(Inline::Definition(_))) {
                give(words, terms, &mut given_in);
            }
        });
    }
    let groups = groups(&given_in);
    let named = |group: Vec<usize>| group.into_iter().map(|term| &terms.list[term]).collect();
    groups.into_iter().map(named).collect()
}

/// Notes which terms the meaning of the first term in `words` is given in.
fn give(words: &[Inline], terms: &Terms, given_in: &mut [BTreeSet<usize>]) {
    let mut defined = Vec::new();
    let mut uses = Vec::new();
    walk::leaves(words, &mut |inline| match inline {
        Inline::Definition(name) => defined.extend(terms.get(name).map(|(term, _)| term)),
        Inline::Text(text) => uses.extend(terms.uses(text).map(|(_, term)| term)),
        Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Reference(_)
        | Inline::Link { .. }
        | Inline::Inert(_)
        | Inline::Enumerator(_) => {}
    });
    if let Some(first) = defined.first() {
        let others = uses.into_iter().filter(|term| !defined.contains(term));
        given_in[*first].extend(others);
    }
}

/// The groups of terms that are each given in the others, directly or not.
fn groups(given_in: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    let reach: Vec<Vec<bool>> = (0..given_in.len())
        .map(|start| {
            let mut reached = vec![false; given_in.len()];
            let mut waiting = vec![start];
            while let Some(term) = waiting.pop() {
                for &next in &given_in[term] {
                    if !std::mem::replace(&mut reached[next], true) {
                        waiting.push(next);
                    }
                }
            }
            reached
        })
        .collect();
    let mut circles = Vec::new();
    for (start, reached) in reach.iter().enumerate() {
        let circle: Vec<usize> = (0..reach.len())
            .filter(|&term| reached[term] && reach[term][start])
            .collect();
        if circle.len() > 1 && circle[0] == start {
            circles.push(circle);
        }
    }
    circles
}
