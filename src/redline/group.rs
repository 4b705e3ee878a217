//! Lines that moved together, and whether a move is one.

use super::align::{Group, Known, LONG};
use super::flat::Line;
use super::token::{Is, Renames, Side, Stream};
use super::words::Pairs;
use std::ops::Range;

/// What two pieces of text have in common: twice that, in hundredths of what both have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness(u64);

impl Likeness {
    pub const THIRD: Likeness = Likeness(33);
    /// So much alike that one was made from the other.
    pub const NEAR: Likeness = Likeness(80);
}

/// How alike these lines are, by their words in any order.
pub(super) fn likeness(
    old: &[Line<'_>],
    in_old: Range<usize>,
    new: &[Line<'_>],
    in_new: Range<usize>,
) -> Likeness {
    let bag = |lines: &[Line<'_>], range: Range<usize>| {
        let mut stream = Stream::new(Side::Old);
        for at in range {
            stream.add(&lines[at], at, &Renames::new());
        }
        let mut keys: Vec<u64> = stream
            .tokens
            .iter()
            .filter(|token| match token.is {
                Is::Word | Is::Figure | Is::Whole => true,
                Is::Mark(_) | Is::End => false,
            })
            .map(|token| token.key)
            .collect();
        keys.sort_unstable();
        keys
    };
    alike(&bag(old, in_old), &bag(new, in_new))
}

/// How alike two bags of words are; each is sorted.
pub(super) fn alike(old: &[u64], new: &[u64]) -> Likeness {
    let all = old.len() + new.len();
    if all == 0 {
        return Likeness(100);
    }
    let mut common = 0u64;
    let (mut at_old, mut at_new) = (0, 0);
    while at_old < old.len() && at_new < new.len() {
        match old[at_old].cmp(&new[at_new]) {
            std::cmp::Ordering::Less => at_old += 1,
            std::cmp::Ordering::Greater => at_new += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                at_old += 1;
                at_new += 1;
            }
        }
    }
    Likeness(200 * common / all as u64)
}

/// The groups that pairs off the spine make. Pairs that make none are pairs no more.
pub(super) fn groups(
    old: &mut Known<'_, '_>,
    new: &mut Known<'_, '_>,
    spine: &Pairs,
) -> Vec<Group> {
    let mut stays = vec![false; old.lines.len()];
    for pair in spine {
        stays[pair.0] = true;
    }
    let off = |at: &usize| !stays[*at];
    let pairs: Pairs = (0..old.lines.len())
        .filter(off)
        .filter_map(|at| old.pair[at].map(|new| (at, new)))
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    for (at_old, at_new) in pairs {
        let joins = groups
            .last()
            .is_some_and(|group| continues(group, at_old, at_new, old, new));
        match groups.last_mut() {
            Some(group) if joins => {
                group.old.end = at_old + 1;
                group.new.end = at_new + 1;
                group.pairs.push((at_old, at_new));
            }
            Some(_) | None => groups.push(Group {
                old: at_old..at_old + 1,
                new: at_new..at_new + 1,
                pairs: vec![(at_old, at_new)],
            }),
        }
    }
    for group in &mut groups {
        if let (Some(deep_old), Some(deep_new)) =
            (old.depth(group.old.start), new.depth(group.new.start))
        {
            group.old.end = tail(old, group.old.end, deep_old);
            group.new.end = tail(new, group.new.end, deep_new);
        }
    }
    groups.retain(|group| {
        let real = is_move(group, old, new);
        if !real {
            for pair in &group.pairs {
                old.pair[pair.0] = None;
                new.pair[pair.1] = None;
            }
        }
        real
    });
    groups
}

/// Whether a pair moved with the group before it.
fn continues(
    group: &Group,
    at_old: usize,
    at_new: usize,
    old: &Known<'_, '_>,
    new: &Known<'_, '_>,
) -> bool {
    if at_new < group.new.end {
        return false;
    }
    let heading = old.is_heading(at_old);
    let section = old.is_heading(group.old.start) && new.is_heading(group.new.start);
    let beside = at_old == group.old.end && at_new == group.new.end;
    if !section {
        return beside && !heading;
    }
    // What lies between was struck from the section or put into it on the way.
    let between = |known: &Known<'_, '_>, range: Range<usize>, deep: Option<usize>| {
        range.clone().all(|at| {
            let inside = known.depth(at).is_none_or(|depth| Some(depth) > deep);
            known.pair[at].is_none() && inside
        })
    };
    between(old, group.old.end..at_old, old.depth(group.old.start))
        && between(new, group.new.end..at_new, new.depth(group.new.start))
}

/// Where a moved section ends: what has no pair and stands in it moved with it.
fn tail(known: &Known<'_, '_>, from: usize, deep: usize) -> usize {
    let inside =
        |at: &usize| known.pair[*at].is_none() && known.depth(*at).is_none_or(|depth| depth > deep);
    from + (from..known.lines.len()).take_while(inside).count()
}

/// Whether a group says enough to be a move, and says enough that is the same.
fn is_move(group: &Group, old: &Known<'_, '_>, new: &Known<'_, '_>) -> bool {
    let words = |known: &Known<'_, '_>, range: Range<usize>| -> u32 {
        range
            .filter(|at| !known.is_heading(*at))
            .map(|at| known.said[at].words)
            .sum()
    };
    let was = words(old, group.old.clone());
    let is = words(new, group.new.clone());
    if was < LONG || is < LONG {
        return false;
    }
    let same: u32 = group
        .pairs
        .iter()
        .filter(|pair| old.said[pair.0].key == new.said[pair.1].key)
        .filter(|pair| !old.is_heading(pair.0))
        .map(|pair| old.said[pair.0].words)
        .sum();
    2 * same >= was.max(is)
        || likeness(old.lines, group.old.clone(), new.lines, group.new.clone()) >= Likeness::THIRD
}
