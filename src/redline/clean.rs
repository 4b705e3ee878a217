//! From the shortest list of edits to one that reads as a lawyer would mark it.
//!
//! In: which tokens stay. Out: fewer of them, or others that say the same. A common word between two edits does
//! not stay by itself; a line of which little is left is struck and written anew; an edit that could stand at one
//! of several places stands at the end of a sentence, a clause or a line, with its brackets in pairs.

use super::slide;
use super::token::{Is, Token};
use super::words::Pairs;

/// So many words do not stay between two edits that change words.
const ISLAND: u64 = 2;

/// Nor do as many as this is of the smaller of the two edits: a fourth.
const SMALL: u64 = 4;

/// A line of which less than this stays, an eighth, is written anew.
const LITTLE: u64 = 8;

/// How many words in a row that stayed keep a line from being written anew.
const PASSAGE: u64 = 4;

/// What stays of the pairs. In a pinned pair of runs, each of one line, the ends stay a pair.
pub(super) fn clean(old: &[Token], new: &[Token], pairs: Pairs, pinned: bool) -> Pairs {
    let old = Side::of(old);
    let new = Side::of(new);
    let mut pairs = pairs;
    slide::slide(old.tokens, new.tokens, &mut pairs);
    pairs = without_islands(&old, &new, &pairs);
    if pinned {
        let ends = (old.tokens.len() - 1, new.tokens.len() - 1);
        if pairs.last() != Some(&ends) {
            pairs.push(ends);
        }
    } else {
        pairs = without_remains(&old, &new, &pairs);
        pairs = without_islands(&old, &new, &pairs);
        pairs = with_ends(&old, &new, pairs);
    }
    slide::slide(old.tokens, new.tokens, &mut pairs);
    pairs
}

/// One of the two runs, with what is asked of it again and again.
struct Side<'t> {
    tokens: &'t [Token],
    /// `words[place]`: words before `place`.
    words: Vec<u64>,
    /// `lines[place]`: how many lines end before `place`.
    lines: Vec<usize>,
    /// Where each line ends: the place of its end.
    ends: Vec<usize>,
}

impl Side<'_> {
    fn of(tokens: &[Token]) -> Side<'_> {
        let mut side = Side {
            tokens,
            words: vec![0],
            lines: Vec::with_capacity(tokens.len()),
            ends: Vec::new(),
        };
        let mut words = 0;
        for (place, token) in tokens.iter().enumerate() {
            words += u64::from(token.words);
            side.words.push(words);
            side.lines.push(side.ends.len());
            if token.is == Is::End {
                side.ends.push(place);
            }
        }
        side
    }

    fn words(&self, from: usize, to: usize) -> u64 {
        self.words[to] - self.words[from]
    }

    fn is_end(&self, place: usize) -> bool {
        self.tokens[place].is == Is::End
    }

    /// Where the line begins that `place` stands in.
    fn line_start(&self, place: usize) -> usize {
        match self.lines[place] {
            0 => 0,
            line => self.ends[line - 1] + 1,
        }
    }

    /// Words of the line that `place` stands in.
    fn line_words(&self, place: usize) -> u64 {
        let end = self.ends.get(self.lines[place]).copied();
        self.words(self.line_start(place), end.unwrap_or(self.tokens.len()))
    }

    /// The part of an edit that stands in its last line, and the part that stands in its first.
    fn last_line(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let after = (start..end).rev().find(|place| self.is_end(*place));
        (after.map_or(start, |end| end + 1), end)
    }

    fn first_line(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let before = (start..end).find(|place| self.is_end(*place));
        (start, before.unwrap_or(end))
    }
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// Tokens that go and come, by their places.
    Edit {
        old: (usize, usize),
        new: (usize, usize),
    },
    /// Pairs that stay, side by side in one line, or one end of a line.
    Same { pairs: (usize, usize) },
}

/// The pairs and the edits between them, in order.
fn parts(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = (0, 0);
    let whole = (old.tokens.len(), new.tokens.len());
    for (place, pair) in pairs.iter().copied().chain([whole]).enumerate() {
        if pair != next {
            parts.push(Part::Edit {
                old: (next.0, pair.0),
                new: (next.1, pair.1),
            });
        }
        if place == pairs.len() {
            break;
        }
        let before = place > 0 && (pairs[place - 1].0 + 1, pairs[place - 1].1 + 1) == pair;
        let joins = before && !old.is_end(pair.0) && !old.is_end(pairs[place - 1].0);
        match parts.last_mut() {
            Some(Part::Same { pairs }) if joins => pairs.1 = place + 1,
            Some(Part::Same { .. } | Part::Edit { .. }) | None => parts.push(Part::Same {
                pairs: (place, place + 1),
            }),
        }
        next = (pair.0 + 1, pair.1 + 1);
    }
    parts
}

/// The pairs without those that are too few between two edits of one line.
fn without_islands(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs) -> Pairs {
    let mut kept: Vec<Part> = Vec::new();
    for part in parts(old, new, pairs) {
        kept.push(part);
        while let [.., before, Part::Same { pairs: same }, after] = kept.as_slice()
            && let Some(edit) = joined(old, new, pairs, *before, *same, *after)
        {
            kept.truncate(kept.len() - 3);
            kept.push(edit);
        }
    }
    kept.iter()
        .flat_map(|part| match part {
            Part::Same { pairs: same } => &pairs[same.0..same.1],
            Part::Edit { .. } => &[],
        })
        .copied()
        .collect()
}

/// The one edit that two edits and the island between them are, if it is too small to stay.
fn joined(
    old: &Side<'_>,
    new: &Side<'_>,
    pairs: &Pairs,
    before: Part,
    same: (usize, usize),
    after: Part,
) -> Option<Part> {
    let (
        Part::Edit {
            old: old_before,
            new: new_before,
        },
        Part::Edit {
            old: old_after,
            new: new_after,
        },
    ) = (before, after)
    else {
        return None;
    };
    if old.is_end(pairs[same.0].0) {
        return None;
    }
    let island = old.words(pairs[same.0].0, pairs[same.1 - 1].0 + 1);
    let old_left = old.last_line(old_before);
    let new_left = new.last_line(new_before);
    let old_right = old.first_line(old_after);
    let new_right = new.first_line(new_after);
    let empty = |old: (usize, usize), new: (usize, usize)| old.0 == old.1 && new.0 == new.1;
    // An edit that ends with its line, or begins with the end of one, is not on one side of an island.
    if empty(old_left, new_left) || empty(old_right, new_right) {
        return None;
    }
    let left = old
        .words(old_left.0, old_left.1)
        .max(new.words(new_left.0, new_left.1));
    let right = old
        .words(old_right.0, old_right.1)
        .max(new.words(new_right.0, new_right.1));
    let least = left.min(right);
    // Beside a comma that is put in, a word stays.
    let too_small = least > 0 && (island <= ISLAND || SMALL * island <= least);
    too_small.then_some(Part::Edit {
        old: (old_before.0, old_after.1),
        new: (new_before.0, new_after.1),
    })
}

/// The pairs without those between two lines that have little in common.
fn without_remains(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs) -> Pairs {
    let line_of = |pair: &(usize, usize)| (old.lines[pair.0], new.lines[pair.1]);
    let mut kept = Pairs::with_capacity(pairs.len());
    for cell in pairs.chunk_by(|one, other| line_of(one) == line_of(other)) {
        let common: u64 = cell.iter().map(|pair| old.words(pair.0, pair.0 + 1)).sum();
        let (in_old, in_new) = (old.line_words(cell[0].0), new.line_words(cell[0].1));
        let few = LITTLE * common < in_old && LITTLE * common < in_new;
        let nothing = common == 0 && in_old + in_new > 6;
        if !(few || nothing) || passage(old, cell) >= PASSAGE {
            kept.extend_from_slice(cell);
        }
    }
    kept
}

/// The most words in a row that stay.
fn passage(old: &Side<'_>, cell: &[(usize, usize)]) -> u64 {
    cell.chunk_by(|one, other| one.0 + 1 == other.0 && one.1 + 1 == other.1)
        .map(|run| old.words(run[0].0, run[run.len() - 1].0 + 1))
        .max()
        .unwrap_or(0)
}

/// The pairs with the ends of lines that became lines of another class: a paragraph that is a heading now.
fn with_ends(old: &Side<'_>, new: &Side<'_>, pairs: Pairs) -> Pairs {
    let mut all = Pairs::with_capacity(pairs.len());
    let whole = (old.tokens.len(), new.tokens.len());
    let mut next = (0, 0);
    for pair in pairs.into_iter().chain([whole]) {
        let one_end = |side: &Side<'_>, start: usize, end: usize| {
            end > start && side.is_end(end - 1) && (start..end - 1).all(|place| !side.is_end(place))
        };
        let both = one_end(old, next.0, pair.0) && one_end(new, next.1, pair.1);
        // Something of the line stays before its end.
        let stays = next.0 > 0 && !old.is_end(next.0 - 1);
        if both && stays {
            all.push((pair.0 - 1, pair.1 - 1));
        }
        if pair != whole {
            all.push(pair);
        }
        next = (pair.0 + 1, pair.1 + 1);
    }
    all
}
