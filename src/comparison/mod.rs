//! What a redline of two deals says beyond the text: which terms changed, what that does, and where it shows.
//!
//! In: two deals with their drafts, and the redline of the two agreements. Out: the [`Sheet`] of its cover: each
//! changed term with its values, its effect, its reason and the changes of the text that follow from it, and both
//! sides' results, old beside new. Pure. How it is printed is not said here.

mod alone;
mod effect;
mod follows;

#[cfg(test)]
mod tests;

use crate::deal::Deal;
use crate::deal::changes::{TermChange, changes};
use crate::draft::Draft;
use crate::library::{Library, in_words};
use crate::redline::{Redline, Weight};
use crate::write::redline::page::{Sheet, Term};

/// A deal and the agreement that it makes.
#[derive(Debug)]
pub struct Drafted {
    /// The deal.
    pub deal: Deal,
    /// The agreement.
    pub draft: Draft,
}

/// The cover of the redline of two deals. With `shared_only`, reasons that stay in the deal file are left out.
pub fn sheet(
    old: &Drafted,
    new: &Drafted,
    library: &Library,
    redline: &Redline,
    shared_only: bool,
) -> Sheet {
    let follows = follows::Follows::of(old, new, library, redline);
    let changes: Vec<TermChange> = changes(&old.deal, &new.deal)
        .into_iter()
        // Every draft has another number, as every day has another date.
        .filter(|change| change.path() != "agreement.draft")
        .collect();
    let alone = alone::each(&changes, old, library);
    let terms = changes
        .into_iter()
        .zip(&alone)
        .map(|(change, alone)| {
            let alone = alone.as_deref();
            let found = follows.from(&change, alone);
            let name = library.terms.name(change.path(), &change.entries);
            let value = |text: &Option<String>| {
                let text = text.as_ref();
                text.map(|text| in_words(change.path(), text))
            };
            Term {
                effect: effect::of(&change, alone, old, new),
                was: value(&change.was),
                is: value(&change.is),
                name: name.unwrap_or(change.words),
                reason: change
                    .why
                    .filter(|why| why.shared || !shared_only)
                    .map(|why| why.text),
                clause: found.clause,
                changes: found.changes,
            }
        })
        .collect();
    Sheet {
        terms,
        results: effect::results(old, new),
    }
}

/// Makes every change of the text that follows from a term of the deal one of substance.
pub fn weigh(redline: &mut Redline, sheet: &Sheet) {
    for number in sheet.terms.iter().flat_map(|term| &term.changes) {
        let Some(change) = number
            .checked_sub(1)
            .and_then(|at| redline.changes.get_mut(at))
        else {
            continue;
        };
        let stats = &mut redline.stats;
        match change.weight {
            Weight::Wording => stats.wording -= 1,
            Weight::Noise => stats.noise -= 1,
            Weight::Substance | Weight::Move => continue,
        }
        stats.substance += 1;
        change.weight = Weight::Substance;
    }
}
