//! What every redline keeps to, on random trees and random edits.

use super::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Cases of the properties: 2,000, or as many as `PROPTEST_CASES` says.
fn config() -> Config {
    let default = Config::default();
    Config {
        cases: default.cases.max(2_000),
        failure_persistence: None,
        ..default
    }
}

#[test]
fn accept_is_new_and_reject_is_old() {
    TestRunner::new(config())
        .run(&arbitrary::pair(), |(old, new)| {
            let redline = redline(&old, &new);
            let (accepted, rejected) = (accept(&redline), reject(&redline));
            prop_assert_eq!(accepted.as_ref(), Some(&new));
            prop_assert_eq!(rejected.as_ref(), Some(&old));
            prop_assert!(holds(&redline, &old, &new));
            shape(&redline)?;
            nothing_struck_and_written_again(&redline)?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_document_has_no_changes_to_itself() {
    TestRunner::new(config())
        .run(&arbitrary::pair(), |(old, _)| {
            let redline = redline(&old, &old);
            prop_assert_eq!(&redline.changes, &Vec::new());
            prop_assert!(redline.moves.is_empty() && redline.renumbered.is_empty());
            prop_assert_eq!(redline.stats.inserted + redline.stats.deleted, 0);
            Ok(())
        })
        .unwrap();
}

fn edits(redline: &Redline) -> Vec<(&Piece, bool)> {
    let mut all = Vec::new();
    for line in &redline.lines {
        let from = matches!(line.moved, Some(Moved { end: End::From, .. }));
        if let Body::Words(pieces) = &line.body {
            all.extend(pieces.iter().map(|piece| (piece, from)));
        }
    }
    all
}

/// Every mark has its change, and nothing else has one.
fn shape(redline: &Redline) -> Result<(), TestCaseError> {
    for (piece, from) in edits(redline) {
        prop_assert!(!matches!(
            piece.leaf,
            Inline::Strong(_) | Inline::Emphasis(_)
        ));
        if from {
            prop_assert_eq!(piece.edit, Edit::Kept);
        }
        if piece.edit != Edit::Kept {
            let number = piece.change.expect("a change");
            prop_assert!(number >= 1 && number <= redline.changes.len());
        }
    }
    for line in &redline.lines {
        let marked = line.old.is_none() || line.new.is_none() || line.moved.is_some();
        prop_assert!(!marked || line.change.is_some());
        if let Some(moved) = line.moved {
            prop_assert!(moved.id < redline.moves.len());
        }
    }
    for (at, change) in redline.changes.iter().enumerate() {
        prop_assert_eq!(change.number, at + 1);
    }
    for moving in &redline.moves {
        prop_assert!(moving.from < redline.lines.len() && moving.to < redline.lines.len());
    }
    Ok(())
}

/// No paragraph of some length is struck in one place and written in another with the same words.
fn nothing_struck_and_written_again(redline: &Redline) -> Result<(), TestCaseError> {
    let whole = |edit: Edit| -> Vec<String> {
        let mut found = Vec::new();
        // Whether a line before has words that run on into this one.
        let mut open = false;
        for line in redline.lines.iter().filter(|line| line.moved.is_none()) {
            let Body::Words(pieces) = &line.body else {
                continue;
            };
            let (mine, other) = match edit {
                Edit::Deleted => (&line.old, &line.new),
                Edit::Inserted | Edit::Kept => (&line.new, &line.old),
            };
            if mine.is_some()
                && other.is_none()
                && !open
                && pieces.iter().all(|piece| piece.edit == edit)
            {
                found.push(
                    pieces
                        .iter()
                        .map(|piece| changes::text(&piece.leaf))
                        .collect(),
                );
            }
            let runs_on = |piece: &Piece| piece.edit == Edit::Kept || piece.edit == edit;
            open = mine.is_none() && (open || pieces.iter().any(runs_on));
        }
        found.retain(|text: &String| token::words(text) > 8);
        found
    };
    let struck = whole(Edit::Deleted);
    for written in whole(Edit::Inserted) {
        prop_assert!(!struck.contains(&written), "{}", written);
    }
    Ok(())
}
