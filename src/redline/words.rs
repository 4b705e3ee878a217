//! The shortest way from one run of tokens to another.
//!
//! In: the keys of two runs. Out: the pairs of tokens that stay, in order. Exact (Myers, in linear space) where
//! that is cheap; in long runs, phrases that occur once on both sides are paired first, and a search that has
//! become too dear is cut at the farthest point that it has reached. So the time is bounded, and every answer is
//! a right one, if not always the shortest.

use super::order;

/// Runs of fewer tokens, both together, are compared exactly.
const SHORT: usize = 6_000;

/// How many tokens in a row make a phrase.
const PHRASE: usize = 5;

/// Pairs of places, in the old run and in the new, of tokens that stay.
pub(super) type Pairs = Vec<(usize, usize)>;

/// The tokens that stay between `old` and `new`.
pub(super) fn common(old: &[u64], new: &[u64]) -> Pairs {
    let mut pairs = Pairs::new();
    let whole = Span {
        old: (0, old.len()),
        new: (0, new.len()),
    };
    if old.len() + new.len() <= SHORT {
        Search::of(old, new).run(whole, &mut pairs);
        return pairs;
    }
    let whole = trim(old, new, whole, &mut pairs);
    let mut search = Search::of(old, new);
    let mut done = (whole.old.0, whole.new.0);
    for (in_old, in_new) in phrases(old, new, whole) {
        if in_old < done.0 || in_new < done.1 {
            continue;
        }
        let gap = Span {
            old: (done.0, in_old),
            new: (done.1, in_new),
        };
        search.run(gap, &mut pairs);
        let end = in_old.saturating_add(PHRASE);
        pairs.extend((in_old..end).zip(in_new..));
        done = (end, in_new + PHRASE);
    }
    let rest = Span {
        old: (done.0, whole.old.1),
        new: (done.1, whole.new.1),
    };
    search.run(rest, &mut pairs);
    pairs.extend((whole.old.1..old.len()).zip(whole.new.1..));
    pairs
}

/// A part of both runs.
#[derive(Debug, Clone, Copy)]
struct Span {
    old: (usize, usize),
    new: (usize, usize),
}

/// Pairs what is common at the beginning, and gives back what is between that and what is common at the end.
fn trim(old: &[u64], new: &[u64], span: Span, pairs: &mut Pairs) -> Span {
    let Span {
        old: (mut old_start, mut old_end),
        new: (mut new_start, mut new_end),
    } = span;
    while old_start < old_end && new_start < new_end && old[old_start] == new[new_start] {
        pairs.push((old_start, new_start));
        old_start += 1;
        new_start += 1;
    }
    while old_start < old_end && new_start < new_end && old[old_end - 1] == new[new_end - 1] {
        old_end -= 1;
        new_end -= 1;
    }
    Span {
        old: (old_start, old_end),
        new: (new_start, new_end),
    }
}

/// Where phrases begin that occur once on each side, of those in order on both sides the most.
fn phrases(old: &[u64], new: &[u64], span: Span) -> Pairs {
    let mut found = Vec::with_capacity(old.len() + new.len());
    let mut add = |keys: &[u64], (start, end): (usize, usize), side: u8| {
        for (place, phrase) in keys[start..end].windows(PHRASE).enumerate() {
            let key = phrase.iter().fold(0u64, |key, word| {
                key.rotate_left(13).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
            });
            found.push((key, side, start + place));
        }
    };
    add(old, span.old, 0);
    add(new, span.new, 1);
    found.sort_unstable();
    let mut once: Vec<order::Pair> = found
        .chunk_by(|one, other| one.0 == other.0)
        .filter_map(|same| match same {
            [(_, 0, in_old), (_, 1, in_new)] => Some(order::Pair {
                old: *in_old,
                new: *in_new,
                weight: 1,
            }),
            _ => None,
        })
        .filter(|pair| old[pair.old..pair.old + PHRASE] == new[pair.new..pair.new + PHRASE])
        .collect();
    once.sort_unstable();
    order::heaviest(&once)
        .into_iter()
        .map(|place| (once[place].old, once[place].new))
        .collect()
}

/// Myers' search from both ends, in linear space.
///
/// On a diagonal `d`, `old - new` is `d`; the farthest place in the old run is kept for each, from both ends.
struct Search<'k> {
    old: &'k [u64],
    new: &'k [u64],
    forward: Vec<isize>,
    backward: Vec<isize>,
    /// How many steps a search may take before it is cut.
    patience: isize,
}

impl<'k> Search<'k> {
    fn of(old: &'k [u64], new: &'k [u64]) -> Search<'k> {
        let diagonals = old.len() + new.len() + 3;
        let patience = if diagonals <= SHORT {
            isize::MAX
        } else {
            isize::try_from(8_000_000 / diagonals).unwrap_or(0).max(256)
        };
        Search {
            old,
            new,
            forward: vec![0; diagonals],
            backward: vec![0; diagonals],
            patience,
        }
    }

    /// Where diagonal `d` is kept.
    fn slot(&self, diagonal: isize) -> usize {
        (diagonal + self.new.len().cast_signed() + 1).cast_unsigned()
    }

    fn run(&mut self, span: Span, pairs: &mut Pairs) {
        let mut waiting = vec![(span, 0usize)];
        // Pairs of a common end come after all that is before them.
        while let Some((span, tail)) = waiting.pop() {
            if tail > 0 {
                pairs.extend((span.old.0..span.old.0 + tail).zip(span.new.0..));
                continue;
            }
            let inner = trim(self.old, self.new, span, pairs);
            let ends = Span {
                old: (inner.old.1, span.old.1),
                new: (inner.new.1, span.new.1),
            };
            if ends.old.1 > ends.old.0 {
                waiting.push((ends, ends.old.1 - ends.old.0));
            }
            if inner.old.0 == inner.old.1 || inner.new.0 == inner.new.1 {
                continue;
            }
            let (old, new) = self.middle(inner);
            waiting.push((
                Span {
                    old: (old, inner.old.1),
                    new: (new, inner.new.1),
                },
                0,
            ));
            waiting.push((
                Span {
                    old: (inner.old.0, old),
                    new: (inner.new.0, new),
                },
                0,
            ));
        }
    }

    /// A point on a shortest way through `span`, or on a good one.
    fn middle(&mut self, span: Span) -> (usize, usize) {
        let [old_start, old_end] = [span.old.0.cast_signed(), span.old.1.cast_signed()];
        let [new_start, new_end] = [span.new.0.cast_signed(), span.new.1.cast_signed()];
        let point =
            |old: isize, diagonal: isize| (old.cast_unsigned(), (old - diagonal).cast_unsigned());
        let least = old_start - new_end;
        let most = old_end - new_start;
        let first = old_start - new_start;
        let last = old_end - new_end;
        let odd = (first - last) % 2 != 0;
        let (mut forward_least, mut forward_most) = (first, first);
        let (mut backward_least, mut backward_most) = (last, last);
        let slot = self.slot(first);
        self.forward[slot] = old_start;
        let slot = self.slot(last);
        self.backward[slot] = old_end;
        let mut steps = 0;
        loop {
            steps += 1;
            if forward_least > least {
                forward_least -= 1;
                let slot = self.slot(forward_least - 1);
                self.forward[slot] = -1;
            } else {
                forward_least += 1;
            }
            if forward_most < most {
                forward_most += 1;
                let slot = self.slot(forward_most + 1);
                self.forward[slot] = -1;
            } else {
                forward_most -= 1;
            }
            let mut diagonal = forward_most;
            while diagonal >= forward_least {
                let slot = self.slot(diagonal);
                let (below, above) = (self.forward[slot - 1], self.forward[slot + 1]);
                let mut old = if below < above { above } else { below + 1 };
                let mut new = old - diagonal;
                while old < old_end && new < new_end && self.same(old, new) {
                    old += 1;
                    new += 1;
                }
                self.forward[slot] = old;
                let met = (backward_least..=backward_most).contains(&diagonal);
                if odd && met && self.backward[slot] <= old {
                    return point(old, diagonal);
                }
                diagonal -= 2;
            }
            if backward_least > least {
                backward_least -= 1;
                let slot = self.slot(backward_least - 1);
                self.backward[slot] = isize::MAX;
            } else {
                backward_least += 1;
            }
            if backward_most < most {
                backward_most += 1;
                let slot = self.slot(backward_most + 1);
                self.backward[slot] = isize::MAX;
            } else {
                backward_most -= 1;
            }
            let mut diagonal = backward_most;
            while diagonal >= backward_least {
                let slot = self.slot(diagonal);
                let (below, above) = (self.backward[slot - 1], self.backward[slot + 1]);
                let mut old = if below < above { below } else { above - 1 };
                let mut new = old - diagonal;
                while old > old_start && new > new_start && self.same(old - 1, new - 1) {
                    old -= 1;
                    new -= 1;
                }
                self.backward[slot] = old;
                let met = (forward_least..=forward_most).contains(&diagonal);
                if !odd && met && old <= self.forward[slot] {
                    return point(old, diagonal);
                }
                diagonal -= 2;
            }
            if steps >= self.patience {
                let mut best = (isize::MIN, old_start, first);
                for diagonal in (forward_least..=forward_most).step_by(2) {
                    let old = self.forward[self.slot(diagonal)]
                        .min(old_end)
                        .min(new_end + diagonal);
                    best = best.max((2 * old - diagonal, old, diagonal));
                }
                return point(best.1, best.2);
            }
        }
    }

    fn same(&self, old: isize, new: isize) -> bool {
        self.old[old.cast_unsigned()] == self.new[new.cast_unsigned()]
    }
}

#[cfg(test)]
mod tests {
    use super::common;
    use proptest::prelude::*;

    /// The length of a longest common subsequence, by the book.
    fn longest(old: &[u64], new: &[u64]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for key in old {
            let mut corner = 0;
            for (place, other) in new.iter().enumerate() {
                let above = row[place + 1];
                row[place + 1] = if key == other {
                    corner + 1
                } else {
                    above.max(row[place])
                };
                corner = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn nothing_stays_longer(
            old in prop::collection::vec(0u64..6, 0..60),
            new in prop::collection::vec(0u64..6, 0..60),
        ) {
            let pairs = common(&old, &new);
            prop_assert!(pairs.iter().all(|(in_old, in_new)| old[*in_old] == new[*in_new]));
            prop_assert!(pairs.is_sorted_by(|one, other| one.0 < other.0 && one.1 < other.1));
            prop_assert_eq!(pairs.len(), longest(&old, &new));
        }

        #[test]
        fn long_runs_are_answered_too(
            seed in prop::collection::vec(0u64..500, 3_000..4_000),
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0u64..500), 0..2_000),
        ) {
            let mut new = seed.clone();
            for (at, key) in &edits {
                let at = at.index(new.len());
                new[at] = *key;
            }
            let pairs = common(&seed, &new);
            prop_assert!(pairs.iter().all(|(in_old, in_new)| seed[*in_old] == new[*in_new]));
            prop_assert!(pairs.is_sorted_by(|one, other| one.0 < other.0 && one.1 < other.1));
            prop_assert!(pairs.len() + 2 * edits.len() >= seed.len());
        }
    }
}
