//! Typed references that follow their target: "Section 7.3" where the section is 7.4 now.
//!
//! In: a redline of documents whose numbers somebody typed. The references stay marked, for they are text; but a change
//! that only follows a number is no change of substance.

use crate::document::Inline;
use crate::redline::{Body, Edit, Piece, Redline, Weight};
use std::collections::{BTreeMap, BTreeSet};

/// Makes every change that only follows the numbers of sections one without a word.
pub fn follow(redline: &mut Redline) {
    let numbers = numbers(redline);
    if numbers.is_empty() {
        return;
    }
    for (change, (struck, put_in)) in words(redline).into_iter().enumerate() {
        let follows = match (reference(&struck), reference(&put_in)) {
            (Some((word, old)), Some((same, new))) => {
                word == same && numbers.get(old).is_some_and(|now| now == new)
            }
            (_, _) => false,
        };
        let change = &mut redline.changes[change];
        if !follows {
            continue;
        }
        match change.weight {
            Weight::Substance => redline.stats.substance -= 1,
            Weight::Wording => redline.stats.wording -= 1,
            Weight::Move | Weight::Noise => continue,
        }
        redline.stats.noise += 1;
        change.weight = Weight::Noise;
    }
}

/// The number that each old number is now, where that is the same for all that had it.
fn numbers(redline: &Redline) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in &redline.renumbered {
        if let (Some(old), Some(new)) = (&section.old, &section.new) {
            all.entry(bare(old).to_owned())
                .or_default()
                .insert(bare(new).to_owned());
        }
    }
    all.into_iter()
        .filter(|(_, now)| now.len() == 1)
        .filter_map(|(old, now)| Some((old, now.into_iter().next()?)))
        .collect()
}

/// The number alone: "Section 7.3." is 7.3.
fn bare(label: &str) -> &str {
    let last = label.trim().rsplit(' ').next().unwrap_or_default();
    last.trim_end_matches(['.', ')', ':', ','])
}

/// The word and the number of a reference that is all of `text`. A number alone counts if it has several parts.
fn reference(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (word, number) = text.rsplit_once(' ').unwrap_or(("", text));
    let number = bare(number);
    let starts = number.starts_with(|c: char| c.is_ascii_digit());
    let sound = starts && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let one_word = word.chars().all(char::is_alphabetic) || word == "§";
    (sound && one_word && (!word.is_empty() || number.contains('.'))).then_some((word, number))
}

/// The words that each change strikes and puts in, if it is one in running text.
fn words(redline: &Redline) -> Vec<(String, String)> {
    let mut words = vec![(String::new(), String::new()); redline.changes.len()];
    for line in &redline.lines {
        let Body::Words(pieces) = &line.body else {
            continue;
        };
        for piece in pieces {
            let Some((struck, put_in)) = piece
                .change
                .and_then(|number| number.checked_sub(1))
                .and_then(|at| words.get_mut(at))
            else {
                continue;
            };
            match piece.edit {
                Edit::Deleted => add(struck, piece),
                Edit::Inserted => add(put_in, piece),
                Edit::Kept => {}
            }
        }
    }
    words
}

fn add(text: &mut String, piece: &Piece) {
    match &piece.leaf {
        Inline::Text(words) => text.push_str(words),
        // Anything else is no typed reference.
        Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Reference(_)
        | Inline::Definition(_)
        | Inline::Link { .. }
        | Inline::Inert(_)
        | Inline::Enumerator(_) => text.push('\u{fffd}'),
    }
}
