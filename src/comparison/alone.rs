//! What a changed term does by itself: the old deal with this one change, drafted and computed.
//!
//! The truth about what follows from a term is what the same clauses say when nothing else is changed. Where one
//! change alone makes no sound deal, such as one end of a boundary between two tiers, the changes of one table are
//! made together.

use super::Drafted;
use crate::deal::changes::TermChange;
use crate::deal::edit::{Assignment, rewrite};
use crate::deal::{Deal, check};
use crate::diagnostic::Report;
use crate::document::{Anchor, Block, Inline, Section, walk};
use crate::draft::draft;
use crate::economics::{self, Case};
use crate::library::Library;
use crate::source::At;
use crate::units::Money;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How many drafts are made to find out; the terms beyond are traced through their clauses only.
const MOST: usize = 40;

/// The old deal with some of its terms as they are now.
#[derive(Debug)]
pub(super) struct Alone {
    /// What is paid at the expected volume.
    pub(super) payout: Option<Money>,
    /// How many terms were changed together.
    pub(super) terms: usize,
    /// Lines of the old agreement that are not in this one, by section.
    pub(super) struck: Lines,
    /// Lines of this agreement that are not in the old one.
    pub(super) added: Lines,
}

/// How often each line stands in a section.
pub(super) type Lines = BTreeMap<(Anchor, String), usize>;

/// For each of `changes`, what it does alone; `None` where that cannot be told.
pub(super) fn each(
    changes: &[TermChange],
    old: &Drafted,
    library: &Library,
) -> Vec<Option<Rc<Alone>>> {
    let before = lines(
        old.draft
            .resolved
            .documents()
            .first()
            .map(|document| &document.root),
    );
    let mut drafts = 0;
    let mut made = |changes: &[&TermChange]| {
        drafts += 1;
        (drafts <= MOST)
            .then(|| alone(changes, &old.deal, library, &before))
            .flatten()
            .map(Rc::new)
    };
    let mut found: Vec<Option<Rc<Alone>>> = changes.iter().map(|change| made(&[change])).collect();
    let mut tables: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, change) in changes.iter().enumerate() {
        if found[place].is_none() {
            tables.entry(table(change.path())).or_default().push(place);
        }
    }
    for places in tables.values().filter(|places| places.len() > 1) {
        let together: Vec<&TermChange> = places.iter().map(|place| &changes[*place]).collect();
        if let Some(alone) = made(&together) {
            for place in places {
                found[*place] = Some(Rc::clone(&alone));
            }
        }
    }
    found
}

/// The table that a term stands in: `economics.tiers`.
fn table(path: &str) -> &str {
    let mut dots = path.match_indices('.');
    match (dots.next(), dots.next()) {
        (Some(_), Some((end, _))) => &path[..end],
        (Some((end, _)), None) => &path[..end],
        (None, _) => path,
    }
}

fn alone(changes: &[&TermChange], old: &Deal, library: &Library, before: &Lines) -> Option<Alone> {
    let assignments: Option<Vec<Assignment>> = changes
        .iter()
        .map(|change| assignment(change, old))
        .collect();
    let mut report = Report::new();
    let edited = rewrite(old.at.source(), &assignments?, &mut report)?;
    check::check(&edited.deal, &mut report);
    if report.has_errors() {
        return None;
    }
    let draft = draft(&edited.deal, library, &mut report)?;
    let after = lines(
        draft
            .resolved
            .documents()
            .first()
            .map(|document| &document.root),
    );
    Some(Alone {
        payout: expected(&edited.deal),
        terms: changes.len(),
        struck: less(before, &after),
        added: less(&after, before),
    })
}

/// A change as it would be asked for; `None` for what comes or goes with more than one value.
fn assignment(change: &TermChange, old: &Deal) -> Option<Assignment> {
    let path = change.old_path.as_ref().or(change.new_path.as_ref())?;
    let to = match (&change.at_new, &change.is) {
        // What is written on more than one line is a table, or several entries.
        (Some(at), Some(_)) if !at.text().contains('\n') => {
            Some(At::new(at.text().to_owned(), at.clone()))
        }
        (None, None) => None,
        (Some(_) | None, _) => return None,
    };
    let at = change.at_old.clone().unwrap_or_else(|| old.at.clone());
    Some(Assignment {
        path: At::new(path.clone(), at),
        to,
        reason: None,
        remark: None,
    })
}

/// What is paid at the expected volume.
pub(super) fn expected(deal: &Deal) -> Option<Money> {
    let results = economics::results(deal).ok()??;
    let mut outcomes = results.outcomes.iter();
    outcomes
        .find(|outcome| outcome.case == Case::Expected)
        .map(|outcome| outcome.payout)
}

/// The lines of `a` that `b` lacks.
fn less(a: &Lines, b: &Lines) -> Lines {
    a.iter()
        .filter_map(|(line, count)| {
            let rest = count.saturating_sub(b.get(line).copied().unwrap_or(0));
            (rest > 0).then(|| (line.clone(), rest))
        })
        .collect()
}

fn lines(root: Option<&Section>) -> Lines {
    let mut lines = Lines::new();
    for section in root.into_iter().flat_map(walk::sections) {
        let mut add = |text: String| {
            *lines.entry((section.anchor.clone(), text)).or_default() += 1;
        };
        add(walk::text(&section.title));
        of_blocks(&section.blocks, &mut add);
    }
    lines
}

fn of_blocks(blocks: &[Block], add: &mut impl FnMut(String)) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => add(walk::text(words)),
            Block::List(list) => {
                for item in &list.items {
                    of_blocks(item, add);
                }
            }
            Block::Table(table) => {
                add(walk::text(&table.caption));
                let row = |cells: &mut dyn Iterator<Item = &Vec<Inline>>| {
                    let cells: Vec<String> = cells.map(|cell| walk::text(cell)).collect();
                    cells.join("|")
                };
                add(row(&mut table.columns.iter().map(|column| &column.heading)));
                for cells in &table.rows {
                    add(row(&mut cells.iter()));
                }
            }
            Block::Note(inner) => of_blocks(inner, add),
            Block::Inert(source) => add(source.clone()),
        }
    }
}
