//! The plan carried out: every line of both documents, in the order in which a redline is read.

use super::align::{Group, Plan};
use super::marks::{Drawn, Sides};
use super::{Edit, End, Moved};
use std::ops::Range;

/// The marked lines. The id of a move is its place in the plan.
pub(super) fn assemble(sides: Sides<'_, '_>, plan: &Plan) -> Vec<Drawn> {
    let mut from = vec![None; sides.old.len()];
    let mut to = vec![None; sides.new.len()];
    for (id, group) in plan.moves.iter().enumerate() {
        from[group.old.clone()].fill(Some(id));
        to[group.new.clone()].fill(Some(id));
    }
    let table = Table {
        sides,
        moves: &plan.moves,
        from,
        to,
    };
    let mut drawn = Vec::with_capacity(sides.new.len());
    let mut next = (0, 0);
    for &(old, new) in &plan.spine {
        table.gap(next.0..old, next.1..new, &mut drawn);
        drawn.push(sides.pair(old, new));
        next = (old + 1, new + 1);
    }
    table.gap(next.0..sides.old.len(), next.1..sides.new.len(), &mut drawn);
    drawn
}

/// Where each line goes.
struct Table<'a, 'd> {
    sides: Sides<'a, 'd>,
    moves: &'a [Group],
    /// The move that a line of the old document is part of.
    from: Vec<Option<usize>>,
    to: Vec<Option<usize>>,
}

impl Table<'_, '_> {
    /// What stands between two pairs of the spine: lines that moved, and runs of words in which anything may be.
    fn gap(&self, old: Range<usize>, new: Range<usize>, drawn: &mut Vec<Drawn>) {
        let free = |range: &Range<usize>, moves: &[Option<usize>]| -> Vec<usize> {
            range.clone().filter(|at| moves[*at].is_none()).collect()
        };
        let (free_old, free_new) = (free(&old, &self.from), free(&new, &self.to));
        let (mut at_old, mut at_new) = (old.start, new.start);
        self.moved_from(&mut at_old, old.end, drawn);
        self.moved_to(&mut at_new, new.end, drawn);
        let mut between = |drawn: &mut Vec<Drawn>| {
            let Some(last) = drawn.last() else {
                return;
            };
            let (ended_old, ended_new) = (last.old.is_some(), last.new.is_some());
            if ended_old {
                at_old += 1;
                self.moved_from(&mut at_old, old.end, drawn);
            }
            if ended_new {
                at_new += 1;
                self.moved_to(&mut at_new, new.end, drawn);
            }
        };
        self.sides.runs(&free_old, &free_new, &mut between, drawn);
    }

    /// The lines from `at` that moved away.
    fn moved_from(&self, at: &mut usize, end: usize, drawn: &mut Vec<Drawn>) {
        while *at < end
            && let Some(id) = self.from[*at]
        {
            let moved = Moved { id, end: End::From };
            drawn.push(self.sides.old_line(*at, Edit::Kept, moved));
            *at += 1;
        }
    }

    /// The lines from `at` that moved here, with what changed in them.
    fn moved_to(&self, at: &mut usize, end: usize, drawn: &mut Vec<Drawn>) {
        while *at < end
            && let Some(id) = self.to[*at]
        {
            let group = &self.moves[id];
            let first = drawn.len();
            let mut next = (group.old.start, group.new.start);
            let whole = (group.old.end, group.new.end);
            for &(old, new) in group.pairs.iter().chain([&whole]) {
                let lines: (Vec<usize>, Vec<usize>) =
                    ((next.0..old).collect(), (next.1..new).collect());
                self.sides.runs(&lines.0, &lines.1, &mut |_| {}, drawn);
                if (old, new) != whole {
                    drawn.push(self.sides.pair(old, new));
                }
                next = (old + 1, new + 1);
            }
            for drawn in &mut drawn[first..] {
                drawn.line.moved = Some(Moved { id, end: End::To });
            }
            *at = group.new.end;
        }
    }
}
