//! Which changes of the text follow from a changed term.

use super::{Drafted, paths};
use crate::deal::changes::TermChange;
use crate::document::{Anchor, Inline};
use crate::draft::provenance::{How, Whereabouts, whereabouts};
use crate::library::Library;
use crate::redline::{Body, Change, Edit, MarkedTable, Piece, Redline, Weight};
use std::collections::BTreeMap;

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
    redline: &'a Redline,
    /// For each change, the words struck and the words put in.
    words: Vec<(String, String)>,
    /// New names of sections by their old ones.
    renamed: BTreeMap<&'a Anchor, &'a Anchor>,
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
            redline,
            words: words(redline),
            renamed: redline
                .sections
                .iter()
                .map(|(old, new)| (old, new))
                .collect(),
        }
    }

    /// Where `change` shows in either document.
    pub(super) fn from(&self, change: &TermChange) -> Found {
        let (old_path, new_path) = paths(change);
        let mut found = Found::default();
        let sides = [
            (new_path, self.new, change.is.as_deref()),
            (old_path, self.old, change.was.as_deref()),
        ];
        for (path, side, _) in sides {
            let Some(path) = path else { continue };
            let Ok(places) = whereabouts(&side.deal, self.library, &side.draft, path) else {
                continue;
            };
            self.add(&places, change, &mut found);
        }
        found.changes.sort_unstable();
        found.changes.dedup();
        found
    }

    fn add(&self, places: &Whereabouts, term: &TermChange, found: &mut Found) {
        for sighting in &places.found {
            let anchor = self.now(&sighting.printed.anchor);
            if found.clause.is_none() && sighting.hows.contains(&How::Printed) {
                found.clause = Some(anchor.clone());
            }
            let here: Vec<&Change> = self
                .redline
                .changes
                .iter()
                .filter(|change| self.now(&change.section) == anchor)
                .filter(|change| change.weight != Weight::Move)
                .collect();
            // Where the value itself changed hands, the other changes of the section are others.
            let with_value: Vec<usize> = here
                .iter()
                .filter(|change| self.has_value(change, term))
                .map(|change| change.number)
                .collect();
            let printed = sighting.hows.contains(&How::Printed);
            if printed && !with_value.is_empty() {
                found.changes.extend(with_value);
            }
            let computed = sighting.hows.contains(&How::Computed);
            let decides = sighting.hows.contains(&How::Decides);
            for change in here {
                let (struck, put_in) = &self.words[change.number - 1];
                let figures = [struck, put_in]
                    .iter()
                    .any(|text| text.contains(|c: char| c.is_ascii_digit()));
                if (computed && figures) || (decides && term.was.is_some() != term.is.is_some()) {
                    found.changes.push(change.number);
                }
            }
        }
        if found.clause.is_none() {
            let first = places.found.first();
            found.clause = first.map(|sighting| self.now(&sighting.printed.anchor).clone());
        }
    }

    /// Whether `change` strikes the old value or puts in the new one.
    fn has_value(&self, change: &Change, term: &TermChange) -> bool {
        let (struck, put_in) = &self.words[change.number - 1];
        let shows = |text: &str, value: &Option<String>| {
            value.as_ref().is_some_and(|value| holds(text, value))
        };
        shows(struck, &term.was) || shows(put_in, &term.is)
    }

    /// The name of a section now.
    fn now<'s>(&'s self, anchor: &'s Anchor) -> &'s Anchor {
        self.renamed.get(anchor).copied().unwrap_or(anchor)
    }
}

/// Whether `text` has `value`, or what is left of it once what both values share is not marked: "USD 250,000" may show
/// as "250,000".
fn holds(text: &str, value: &str) -> bool {
    let text = text.to_lowercase();
    let value = value.to_lowercase();
    if text.trim().is_empty() {
        return false;
    }
    let figures: String = value.chars().filter(|c| c.is_ascii_digit()).collect();
    if figures.is_empty() {
        return text.contains(&value) || value.contains(text.trim());
    }
    value
        .split(' ')
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            text.split(' ')
                .any(|other| other.trim_matches(|c: char| !c.is_alphanumeric() && c != '%') == word)
        })
        || text.contains(&value)
}

/// The words struck and put in by each change.
fn words(redline: &Redline) -> Vec<(String, String)> {
    let mut words = vec![(String::new(), String::new()); redline.changes.len()];
    for line in &redline.lines {
        let mut see = |piece: &Piece, edit: Edit, change: Option<usize>| {
            let number = piece.change.or(change);
            let Some((struck, put_in)) = number
                .and_then(|number| number.checked_sub(1))
                .and_then(|at| words.get_mut(at))
            else {
                return;
            };
            let edit = if piece.edit == Edit::Kept {
                edit
            } else {
                piece.edit
            };
            match edit {
                Edit::Deleted => add(struck, &piece.leaf),
                Edit::Inserted => add(put_in, &piece.leaf),
                Edit::Kept => {}
            }
        };
        match &line.body {
            Body::Words(pieces) => {
                for piece in pieces {
                    see(piece, Edit::Kept, None);
                }
            }
            Body::Table(table) => {
                let whole = match (&line.old, &line.new) {
                    (None, Some(_)) => Edit::Inserted,
                    (Some(_), None) => Edit::Deleted,
                    (Some(_), Some(_)) | (None, None) => Edit::Kept,
                };
                of_table(table, whole, line.change, &mut see);
            }
        }
    }
    words
}

fn of_table(
    table: &MarkedTable,
    whole: Edit,
    change: Option<usize>,
    see: &mut impl FnMut(&Piece, Edit, Option<usize>),
) {
    for piece in &table.caption {
        see(piece, whole, change);
    }
    for column in &table.columns {
        for piece in &column.heading {
            see(piece, whole, column.change.or(change));
        }
    }
    for row in &table.rows {
        let edit = if row.edit == Edit::Kept {
            whole
        } else {
            row.edit
        };
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let edit = if column.edit == Edit::Kept {
                edit
            } else {
                column.edit
            };
            for piece in cell {
                see(piece, edit, row.change.or(column.change).or(change));
            }
        }
    }
}

fn add(text: &mut String, leaf: &Inline) {
    match leaf {
        Inline::Text(piece)
        | Inline::Definition(piece)
        | Inline::Link { text: piece, .. }
        | Inline::Inert(piece)
        | Inline::Enumerator(piece) => text.push_str(piece),
        Inline::Reference(_) | Inline::Strong(_) | Inline::Emphasis(_) => {}
    }
    text.push(' ');
}
