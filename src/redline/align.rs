//! Which lines of the old document are which lines of the new, before any word is compared.
//!
//! Sections and tables by their anchors, then lines by what they say (without labels) where that is said once on
//! each side, then what lies beside these. Of pairs that cross, the heaviest stay and the others are moves.

use super::flat::{Content, Line, spans};
use super::order::{Pair, heaviest};
use super::token::{Renames, Said, said, said_by};
use super::words::{self, Pairs};
use super::{Form, group};
use crate::document::Anchor;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many words a line has at least that is moved alone, or held fast among others that say the same.
pub(super) const LONG: u32 = 6;

/// How many words a heading weighs: more than any paragraph.
const HEADING: u64 = 100_000;

/// Which lines are which.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Lines that stay, in order on both sides. The titles are the first.
    pub spine: Pairs,
    /// Lines that moved, by where they were; no two overlap.
    pub moves: Vec<Group>,
}

/// Lines that moved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub old: Range<usize>,
    pub new: Range<usize>,
    /// Lines that are one, in order on both sides.
    pub pairs: Pairs,
}

impl Plan {
    /// Every pair of lines that are one.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let moved = self.moves.iter().flat_map(|group| &group.pairs);
        self.spine.iter().chain(moved).copied()
    }

    /// Which old anchors the new ones are, where they differ.
    pub fn renames<'d>(&self, old: &'d [Line<'d>], new: &'d [Line<'d>]) -> Renames<'d> {
        self.pairs()
            .filter_map(|(at_old, at_new)| {
                let (was, is) = (anchor(&old[at_old])?, anchor(&new[at_new])?);
                (was != is).then_some((is, was))
            })
            .collect()
    }
}

/// The name of a heading or a table.
pub(super) fn anchor<'d>(line: &'d Line<'d>) -> Option<&'d Anchor> {
    match (&line.form, &line.content) {
        (Form::Heading { anchor, .. }, _) => Some(anchor),
        (Form::Block { .. }, Content::Table(table)) => table.anchor.as_ref(),
        (Form::Block { .. }, Content::Words(_)) => None,
    }
}

/// The lines of one document, what they say, and which of the other they are.
pub(super) struct Known<'a, 'd> {
    pub lines: &'a [Line<'d>],
    pub said: Vec<Said>,
    pub pair: Vec<Option<usize>>,
}

impl<'a, 'd> Known<'a, 'd> {
    fn of(lines: &'a [Line<'d>]) -> Known<'a, 'd> {
        Known {
            lines,
            said: lines.iter().map(said).collect(),
            pair: vec![None; lines.len()],
        }
    }

    /// How heavy a line is. A paragraph that moves past a heading is what moved.
    fn weight(&self, at: usize) -> u64 {
        let heading = if self.is_heading(at) { HEADING } else { 0 };
        u64::from(self.said[at].words).max(1) + heading
    }

    pub fn is_heading(&self, at: usize) -> bool {
        self.depth(at).is_some()
    }

    /// How deep a heading stands.
    pub fn depth(&self, at: usize) -> Option<usize> {
        match self.lines[at].form {
            Form::Heading { depth, .. } => Some(depth),
            Form::Block { .. } => None,
        }
    }

    /// The lines under a heading, up to the next.
    pub fn body(&self, heading: usize) -> Range<usize> {
        let start = heading + 1;
        let length = (start..self.lines.len()).take_while(|at| !self.is_heading(*at));
        start..start + length.count()
    }
}

/// Which lines of `old` are which lines of `new`.
pub(super) fn plan(old: &[Line<'_>], new: &[Line<'_>]) -> Plan {
    let mut old = Known::of(old);
    let mut new = Known::of(new);
    by_anchor(&mut old, &mut new);
    for (at_old, at_new) in once(&old, &new, 0..old.lines.len(), 0..new.lines.len(), 1) {
        old.pair[at_old] = Some(at_new);
        new.pair[at_new] = Some(at_old);
    }
    let found: Vec<Pair> = old
        .pair
        .iter()
        .enumerate()
        .filter_map(|(at, pair)| {
            pair.map(|new| Pair {
                old: at,
                new,
                weight: old.weight(at),
            })
        })
        .collect();
    let mut spine: Pairs = heaviest(&found)
        .into_iter()
        .map(|place| (found[place].old, found[place].new))
        .collect();
    fill(&mut old, &mut new, &mut spine);
    elsewhere(&mut old, &mut new);
    let moves = group::groups(&mut old, &mut new, &spine);
    Plan { spine, moves }
}

/// Pairs the titles, and headings and tables of one name.
fn by_anchor(old: &mut Known<'_, '_>, new: &mut Known<'_, '_>) {
    let mut names: BTreeMap<&Anchor, usize> = BTreeMap::new();
    for (at, line) in old.lines.iter().enumerate() {
        if let Some(anchor) = anchor(line) {
            names.entry(anchor).or_insert(at);
        }
    }
    let mut count: BTreeMap<u64, usize> = BTreeMap::new();
    for known in [&*old, &*new] {
        for (at, said) in known.said.iter().enumerate() {
            if known.is_heading(at) {
                *count.entry(said.key).or_default() += 1;
            }
        }
    }
    old.pair[0] = Some(0);
    new.pair[0] = Some(0);
    for at_new in 1..new.lines.len() {
        let Some(at_old) = anchor(&new.lines[at_new]).and_then(|anchor| names.get(anchor).copied())
        else {
            continue;
        };
        let one_kind = old.is_heading(at_old) == new.is_heading(at_new);
        // Names that a reader made from titles go by number where titles repeat: what is under them decides.
        let repeats = old.said[at_old].key == new.said[at_new].key
            && count.get(&old.said[at_old].key).copied().unwrap_or(0) > 2;
        let same = !repeats || kin(old, new, at_old, at_new);
        if one_kind && same && old.pair[at_old].is_none() {
            old.pair[at_old] = Some(at_new);
            new.pair[at_new] = Some(at_old);
        }
    }
}

/// Whether two sections say something that is the same, or both say nothing.
fn kin(old: &Known<'_, '_>, new: &Known<'_, '_>, at_old: usize, at_new: usize) -> bool {
    let (in_old, in_new) = (old.body(at_old), new.body(at_new));
    if in_old.is_empty() || in_new.is_empty() {
        return in_old.is_empty() == in_new.is_empty();
    }
    group::likeness(old.lines, in_old, new.lines, in_new) >= group::Likeness::THIRD
}

/// Pairs of lines in these ranges that have no other and say something once on each side.
fn once(
    old: &Known<'_, '_>,
    new: &Known<'_, '_>,
    in_old: Range<usize>,
    in_new: Range<usize>,
    least: u32,
) -> Pairs {
    let mut all: Vec<(u64, u8, usize)> = Vec::new();
    let mut add = |known: &Known<'_, '_>, range: Range<usize>, side: u8| {
        for at in range {
            let long = known.said[at].words >= least || known.is_heading(at);
            if known.pair[at].is_none() && long {
                all.push((known.said[at].key, side, at));
            }
        }
    };
    add(old, in_old, 0);
    add(new, in_new, 1);
    all.sort_unstable();
    let mut pairs: Pairs = all
        .chunk_by(|one, other| one.0 == other.0)
        .filter_map(|same| match same {
            [(_, 0, old), (_, 1, new)] => Some((*old, *new)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Adds to the spine what lies beside its pairs and says the same, and what is said once within a gap.
fn fill(old: &mut Known<'_, '_>, new: &mut Known<'_, '_>, spine: &mut Pairs) {
    let mut gaps: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut next = (0, 0);
    for &(at_old, at_new) in spine.iter().chain([&(old.lines.len(), new.lines.len())]) {
        gaps.push((next.0..at_old, next.1..at_new));
        next = (at_old + 1, at_new + 1);
    }
    while let Some((in_old, in_new)) = gaps.pop() {
        if in_old.is_empty() || in_new.is_empty() {
            continue;
        }
        let found = within(old, new, in_old.clone(), in_new.clone());
        if found.is_empty() {
            continue;
        }
        let mut next = (in_old.start, in_new.start);
        for &(at_old, at_new) in found.iter().chain([&(in_old.end, in_new.end)]) {
            gaps.push((next.0..at_old, next.1..at_new));
            next = (at_old + 1, at_new + 1);
        }
        for (at_old, at_new) in found {
            old.pair[at_old] = Some(at_new);
            new.pair[at_new] = Some(at_old);
            spine.push((at_old, at_new));
        }
    }
    spine.sort_unstable();
}

/// Pairs within a gap, in order on both sides.
fn within(
    old: &Known<'_, '_>,
    new: &Known<'_, '_>,
    in_old: Range<usize>,
    in_new: Range<usize>,
) -> Pairs {
    let free = |known: &Known<'_, '_>, range: Range<usize>| -> Vec<usize> {
        range.filter(|at| known.pair[*at].is_none()).collect()
    };
    let (free_old, free_new) = (free(old, in_old.clone()), free(new, in_new.clone()));
    let same = |pair: &(&usize, &usize)| old.said[*pair.0].key == new.said[*pair.1].key;
    let mut found: Pairs = Pairs::new();
    let start = free_old.iter().zip(&free_new).take_while(same).count();
    let rest = free_old.len().min(free_new.len()) - start;
    let end = free_old
        .iter()
        .rev()
        .zip(free_new.iter().rev())
        .take(rest)
        .take_while(same)
        .count();
    let both = |places: Range<usize>, ends: Range<usize>| {
        free_old[places]
            .iter()
            .copied()
            .zip(free_new[ends].iter().copied())
    };
    if start + end > 0 {
        found.extend(both(0..start, 0..start));
        found.extend(both(
            free_old.len() - end..free_old.len(),
            free_new.len() - end..free_new.len(),
        ));
        return found;
    }
    let pairs = once(old, new, in_old, in_new, 3);
    let weighed: Vec<Pair> = pairs
        .iter()
        .map(|&(at_old, at_new)| Pair {
            old: at_old,
            new: at_new,
            weight: old.weight(at_old),
        })
        .collect();
    found.extend(heaviest(&weighed).into_iter().map(|place| pairs[place]));
    if !found.is_empty() {
        return found;
    }
    // Of lines that say the same several times, as many as stay in order.
    let long = |known: &Known<'_, '_>, places: &[usize]| -> Vec<usize> {
        let long = |at: &&usize| known.said[**at].words >= LONG;
        places.iter().filter(long).copied().collect()
    };
    let (long_old, long_new) = (long(old, &free_old), long(new, &free_new));
    let keys = |known: &Known<'_, '_>, places: &[usize]| -> Vec<u64> {
        places.iter().map(|at| known.said[*at].key).collect()
    };
    found = words::common(&keys(old, &long_old), &keys(new, &long_new))
        .into_iter()
        .map(|(at_old, at_new)| (long_old[at_old], long_new[at_new]))
        .collect();
    if found.is_empty() {
        found = tables(old, new, &free_old, &free_new);
    }
    found
}

/// Tables of a gap that have the same headings, or are the only ones there and have a heading in common.
fn tables(
    old: &Known<'_, '_>,
    new: &Known<'_, '_>,
    free_old: &[usize],
    free_new: &[usize],
) -> Pairs {
    let headings = |known: &Known<'_, '_>, places: &[usize]| -> Vec<(usize, Vec<u64>)> {
        places
            .iter()
            .filter_map(|at| match known.lines[*at].content {
                Content::Table(table) => {
                    let keys = table.columns.iter();
                    let keys = keys.map(|column| said_by(&spans(&column.heading)).key);
                    Some((*at, keys.collect()))
                }
                Content::Words(_) => None,
            })
            .collect()
    };
    let (was, is) = (headings(old, free_old), headings(new, free_new));
    if let ([(at_old, one)], [(at_new, other)]) = (was.as_slice(), is.as_slice())
        && one.iter().any(|key| other.contains(key))
    {
        return vec![(*at_old, *at_new)];
    }
    let mut found = Pairs::new();
    let mut from = 0;
    for (at_old, one) in &was {
        if let Some(place) = (from..is.len()).find(|place| is[*place].1 == *one) {
            found.push((*at_old, is[place].0));
            from = place + 1;
        }
    }
    found
}

/// Pairs what says the same anywhere, in order.
fn elsewhere(old: &mut Known<'_, '_>, new: &mut Known<'_, '_>) {
    let mut waiting: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in (0..new.lines.len()).rev() {
        if new.pair[at].is_none() && new.said[at].words >= LONG {
            waiting.entry(new.said[at].key).or_default().push(at);
        }
    }
    for at_old in 0..old.lines.len() {
        if old.pair[at_old].is_none()
            && let Some(at_new) = waiting.get_mut(&old.said[at_old].key).and_then(Vec::pop)
        {
            old.pair[at_old] = Some(at_new);
            new.pair[at_new] = Some(at_old);
        }
    }
}
