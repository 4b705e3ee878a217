//! Redlines of contracts whose every edit is known, and of real legal texts.

use engross::document::{Block, Inline};
use engross::redline::{Body, Change, Edit, End, Moved, Piece, Redline, Weight, holds, redline};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[path = "../../benches/contract/mod.rs"]
mod contract;
mod pairs;

use contract::{Contract, Edits, FULL, Truth};

/// A tenth of the edits of the full contract, for a tenth of its length.
const SMALL: Edits = Edits {
    words: 30,
    phrases_in: 6,
    phrases_out: 6,
    sentences_in: 3,
    sentences_out: 2,
    sections_in: 2,
    sections_out: 2,
    sections_moved: 2,
    paragraphs_moved: 2,
};

/// How many words islands may cost in one contract of random edits, and one sentence that is written anew because most of
/// it changed: the seed 2027486083 makes such a one, of 15 words.
const TIES: usize = 24;

/// The words of a leaf.
pub fn text(leaf: &Inline) -> &str {
    match leaf {
        Inline::Text(text)
        | Inline::Definition(text)
        | Inline::Link { text, .. }
        | Inline::Inert(text)
        | Inline::Enumerator(text) => text,
        Inline::Reference(anchor) => anchor.as_str(),
        Inline::Strong(_) | Inline::Emphasis(_) => "",
    }
}

/// What each change struck and put in, by its number.
fn texts(redline: &Redline) -> Vec<(String, String)> {
    let mut texts = vec![(String::new(), String::new()); redline.changes.len()];
    for line in &redline.lines {
        let Body::Words(pieces) = &line.body else {
            continue;
        };
        for piece in pieces {
            let Some(number) = piece.change else { continue };
            match piece.edit {
                Edit::Deleted => texts[number - 1].0.push_str(text(&piece.leaf)),
                Edit::Inserted => texts[number - 1].1.push_str(text(&piece.leaf)),
                Edit::Kept => {}
            }
        }
        // The end of a line is a space.
        for (struck, written) in &mut texts {
            for side in [struck, written] {
                if !side.is_empty() && !side.ends_with(' ') && line.change.is_some() {
                    side.push(' ');
                }
            }
        }
    }
    texts
        .into_iter()
        .map(|(struck, written)| (struck.trim().to_owned(), written.trim().to_owned()))
        .collect()
}

/// What a redline says was done, in the terms in which the maker of the contract says it.
fn found(redline: &Redline) -> Truth {
    let mut edits: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (change, texts) in redline.changes.iter().zip(texts(redline)) {
        if change.weight != Weight::Move {
            *edits.entry(texts).or_default() += 1;
        }
    }
    let mut moved = vec![String::new(); redline.moves.len()];
    for line in &redline.lines {
        if let (Some(Moved { id, end: End::From }), Body::Words(pieces)) = (line.moved, &line.body)
        {
            let words: String = pieces
                .iter()
                .map(|piece: &Piece| text(&piece.leaf))
                .collect();
            let both = format!("{} {words}", moved[id]);
            both.trim().clone_into(&mut moved[id]);
        }
    }
    Truth {
        edits,
        moved,
        deleted: redline.stats.deleted,
        inserted: redline.stats.inserted,
        words_moved: redline.stats.moved,
    }
}

/// The redline of a contract is what was done to it, and no word more.
#[track_caller]
fn exact(contract: &Contract) -> Redline {
    let redline = redline(&contract.old, &contract.new);
    assert!(holds(&redline, &contract.old, &contract.new));
    let mut found = found(&redline);
    let mut truth = contract.truth.clone();
    found.moved.sort();
    truth.moved.sort();
    for (edit, count) in &found.edits {
        assert_eq!(truth.edits.get(edit), Some(count), "marked: {edit:?}");
    }
    for edit in truth.edits.keys() {
        assert!(found.edits.contains_key(edit), "not found: {edit:?}");
    }
    assert_eq!(found, truth);
    redline
}

#[test]
fn a_contract_is_marked_where_it_was_changed() {
    for seed in 0..3 {
        let contract = contract::contract(seed, 15_000, &SMALL, false);
        let plain = exact(&contract);
        assert!(!plain.renumbered.is_empty());
        let contract = contract::contract(seed, 15_000, &SMALL, true);
        let renumbered = exact(&contract);
        assert_eq!(renumbered.changes.len(), plain.changes.len() + 1);
    }
}

#[test]
fn three_hundred_pages_are_marked_where_they_were_changed() {
    let plain = exact(&contract::contract(7, 152_000, &FULL, false));
    let changes: Vec<&Change> = plain.changes.iter().collect();
    assert_eq!(changes.len(), 500);
    assert_eq!(plain.moves.len(), 10);
    let renumbered = exact(&contract::contract(7, 152_000, &FULL, true));
    assert_eq!(renumbered.changes.len(), 501);
    assert!(renumbered.renumbered.len() > 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Scattered edits of any kinds in any number: every move is one, and next to no word more is marked. Where two
    /// shortest lists of edits tie, the one that is found may leave an island, which then costs its few words.
    #[test]
    fn scattered_edits_are_marked_and_next_to_nothing_else(
        seed in any::<u32>(),
        words in 0..12usize,
        phrases in (0..5usize, 0..5usize),
        sentences in (0..4usize, 0..4usize),
        sections in (0..3usize, 0..3usize, 0..3usize),
        paragraphs_moved in 0..3usize,
        renumbered in any::<bool>(),
    ) {
        let edits = Edits {
            words,
            phrases_in: phrases.0,
            phrases_out: phrases.1,
            sentences_in: sentences.0,
            sentences_out: sentences.1,
            sections_in: sections.0,
            sections_out: sections.1,
            sections_moved: sections.2,
            paragraphs_moved,
        };
        let contract = contract::contract(seed.into(), 8_000, &edits, renumbered);
        let redline = redline(&contract.old, &contract.new);
        prop_assert!(holds(&redline, &contract.old, &contract.new));
        let (deleted, inserted) = (redline.stats.deleted, redline.stats.inserted);
        let truth = &contract.truth;
        prop_assert!((truth.deleted..=truth.deleted + TIES).contains(&deleted), "deleted {deleted}, at least {}", truth.deleted);
        prop_assert!((truth.inserted..=truth.inserted + TIES).contains(&inserted), "inserted {inserted}, at least {}", truth.inserted);
        prop_assert_eq!(redline.stats.moved, contract.truth.words_moved);
    }

    /// Edits close together are marked as clean groups, which hold no more than a few words around each.
    #[test]
    fn dense_edits_are_marked_in_proportion(
        seed in any::<u32>(),
        places in prop::collection::btree_set(0..600usize, 1..120),
    ) {
        let none = Edits {
            words: 0,
            phrases_in: 0,
            phrases_out: 0,
            sentences_in: 0,
            sentences_out: 0,
            sections_in: 0,
            sections_out: 0,
            sections_moved: 0,
            paragraphs_moved: 0,
        };
        let old = contract::contract(seed.into(), 700, &none, false).old;
        let mut new = old.clone();
        let mut count = 0;
        for section in &mut new.root.sections {
            for block in &mut section.blocks {
                let Block::Paragraph(run) = block else { continue };
                let [Inline::Text(text)] = run.as_mut_slice() else { continue };
                let words: Vec<&str> = text
                    .split(' ')
                    .map(|word| {
                        count += 1;
                        if places.contains(&count) { "zeppelin" } else { word }
                    })
                    .collect();
                *text = words.join(" ");
            }
        }
        let redline = redline(&old, &new);
        prop_assert!(holds(&redline, &old, &new));
        let marked = redline.stats.deleted + redline.stats.inserted;
        prop_assert!(marked <= 8 * places.len(), "{} for {}", marked, places.len());
    }
}
