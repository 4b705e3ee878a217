//! Warnings about events: the first of each kind, and how many more there are.
//!
//! In: warnings in any order, each with the place of its event. Out: so many of each kind as somebody would read, in the
//! order of the events. Memory holds no more of them, however many events there are.

use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;

/// How many of each kind are told.
pub(super) const TOLD: usize = 20;

/// Warnings that are gathered.
#[derive(Debug, Default)]
pub struct Warnings {
    kinds: BTreeMap<Code, Kind>,
}

/// The warnings with one code.
#[derive(Debug, Default)]
struct Kind {
    count: usize,
    /// The first of them, each with the place of its event.
    first: Vec<(u128, Diagnostic)>,
}

impl Kind {
    fn shorten(&mut self) {
        self.first.sort_by_key(|(place, _)| *place);
        self.first.truncate(TOLD);
    }
}

impl Warnings {
    /// Adds a warning; `place` orders its event among all.
    pub fn push(&mut self, place: u128, warning: Diagnostic) {
        let kind = self.kinds.entry(warning.code).or_default();
        kind.count += 1;
        kind.first.push((place, warning));
        if kind.first.len() >= TOLD * 8 {
            kind.shorten();
        }
    }

    /// The warnings in the order of their events; the last that is told of a kind says how many more there are.
    pub fn told(self) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for mut kind in self.kinds.into_values() {
            kind.shorten();
            let more = kind.count - kind.first.len();
            if more > 0
                && let Some((place, last)) = kind.first.pop()
            {
                let note = format!("and {more} more of this kind");
                kind.first.push((place, last.note(note)));
            }
            all.append(&mut kind.first);
        }
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, warning)| warning).collect()
    }
}
