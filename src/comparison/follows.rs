//! Which changes of the text follow from a changed term.

use super::Drafted;
use super::alone::Alone;
use crate::deal::changes::TermChange;
use crate::document::{Anchor, Inline};
use crate::draft::provenance::{How, Whereabouts, whereabouts};
use crate::library::Library;
use crate::redline::{Body, Edit, Form, Piece, Redline};
use std::collections::{BTreeMap, BTreeSet};

/// Where a term shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The section that it is about: the first that prints it.
    pub(super) clause: Option<Anchor>,
    /// The changes of the text, by number.
    pub(super) changes: Vec<usize>,
}

/// What is needed to tell which changes follow from what.
pub(super) struct Follows<'a> {
    old: &'a Drafted,
    new: &'a Drafted,
    library: &'a Library,
    lines: Vec<Line>,
    /// New names of sections by their old ones.
    renamed: BTreeMap<&'a Anchor, &'a Anchor>,
}

/// A changed line, or a changed row of a table.
struct Line {
    /// The sections that it stands in, in the old and the new document.
    sections: (Anchor, Anchor),
    was: String,
    is: String,
    changes: BTreeSet<usize>,
}

impl<'a> Follows<'a> {
    pub(super) fn of(
        old: &'a Drafted,
        new: &'a Drafted,
        library: &'a Library,
        redline: &'a Redline,
    ) -> Follows<'a> {
        Follows {
            old,
            new,
            library,
            lines: lines(redline),
            renamed: redline
                .sections
                .iter()
                .map(|(old, new)| (old, new))
                .collect(),
        }
    }

    /// Where `change` shows in either document. `alone` is what it does by itself.
    pub(super) fn from(&self, change: &TermChange, alone: Option<&Alone>) -> Found {
        let mut found = Found::default();
        let sides = [(&change.new_path, self.new), (&change.old_path, self.old)];
        for (path, side) in sides {
            let Some(path) = path else { continue };
            let Ok(places) = whereabouts(&side.deal, self.library, &side.draft, path) else {
                continue;
            };
            self.clause(&places, &mut found);
            if alone.is_none() {
                self.traced(&places, change, &mut found);
            }
        }
        if let Some(alone) = alone {
            let follows = self.lines.iter().filter(|line| {
                let was = (line.sections.0.clone(), line.was.clone());
                let is = (line.sections.1.clone(), line.is.clone());
                alone.struck.contains_key(&was) || alone.added.contains_key(&is)
            });
            found.changes = follows
                .flat_map(|line| line.changes.iter().copied())
                .collect();
        }
        found.changes.sort_unstable();
        found.changes.dedup();
        found
    }

    /// The clause that a term is about: the first that prints it, or else the first that has to do with it.
    fn clause(&self, places: &Whereabouts, found: &mut Found) {
        let prints = |how: &How| *how == How::Printed;
        let mut sightings = places.found.iter();
        let first = sightings
            .find(|sighting| sighting.hows.iter().any(prints))
            .or(places.found.first());
        if let (None, Some(sighting)) = (&found.clause, first) {
            found.clause = Some(self.now(&sighting.printed.anchor).clone());
        }
    }

    /// The changed lines of the clauses that have to do with the term, as far as a value of it is in them.
    fn traced(&self, places: &Whereabouts, term: &TermChange, found: &mut Found) {
        let comes_or_goes = term.was.is_none() || term.is.is_none();
        for sighting in &places.found {
            let anchor = self.now(&sighting.printed.anchor);
            for line in &self.lines {
                let here =
                    self.now(&line.sections.1) == anchor || self.now(&line.sections.0) == anchor;
                let shows = [(&line.was, &term.was), (&line.is, &term.is)]
                    .iter()
                    .any(|(text, value)| value.as_ref().is_some_and(|value| holds(text, value)));
                if here && (shows || comes_or_goes) {
                    found.changes.extend(&line.changes);
                }
            }
        }
    }

    /// The name of a section now.
    fn now<'s>(&'s self, anchor: &'s Anchor) -> &'s Anchor {
        self.renamed.get(anchor).copied().unwrap_or(anchor)
    }
}

/// Whether `text` has all figures of `value`, or its words if there are none: "USD 250,000" may show as "250,000".
fn holds(text: &str, value: &str) -> bool {
    let bare = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        word.to_lowercase()
    };
    let words: BTreeSet<String> = text.split([' ', '|']).map(bare).collect();
    let (figures, others): (Vec<&str>, Vec<&str>) = value
        .split(' ')
        .partition(|word| word.contains(|c: char| c.is_ascii_digit()));
    let wanted = if figures.is_empty() { others } else { figures };
    !wanted.is_empty() && wanted.iter().all(|word| words.contains(&bare(word)))
}

/// Every line with a change in it.
fn lines(redline: &Redline) -> Vec<Line> {
    let root = redline.sections.first().cloned();
    let Some(mut here) = root else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for line in &redline.lines {
        if let (Some(Form::Heading { anchor, .. }), true) = (&line.old, line.in_old()) {
            here.0 = anchor.clone();
        }
        if let (Some(Form::Heading { anchor, .. }), true) = (&line.new, line.in_new()) {
            here.1 = anchor.clone();
        }
        let mut add = |runs: &mut dyn Iterator<Item = &Vec<Piece>>, own: Option<usize>| {
            let mut added = Line {
                sections: here.clone(),
                was: String::new(),
                is: String::new(),
                changes: own.into_iter().collect(),
            };
            for (place, pieces) in runs.enumerate() {
                if place > 0 {
                    added.was.push('|');
                    added.is.push('|');
                }
                for piece in pieces {
                    added.piece(piece);
                }
            }
            if !added.changes.is_empty() {
                lines.push(added);
            }
        };
        match &line.body {
            Body::Words(pieces) => add(&mut std::iter::once(pieces), line.change),
            Body::Table(table) => {
                add(&mut std::iter::once(&table.caption), None);
                add(
                    &mut table.columns.iter().map(|column| &column.heading),
                    None,
                );
                for row in &table.rows {
                    add(&mut row.cells.iter(), row.change.or(line.change));
                }
            }
        }
    }
    lines
}

impl Line {
    fn piece(&mut self, piece: &Piece) {
        let text = match &piece.leaf {
            Inline::Text(text)
            | Inline::Definition(text)
            | Inline::Link { text, .. }
            | Inline::Inert(text)
            | Inline::Enumerator(text) => text.as_str(),
            Inline::Reference(_) | Inline::Strong(_) | Inline::Emphasis(_) => "",
        };
        if piece.edit != Edit::Inserted {
            self.was.push_str(text);
        }
        if piece.edit != Edit::Deleted {
            self.is.push_str(text);
        }
        self.changes.extend(piece.change);
    }
}
