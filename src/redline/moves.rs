//! Moves that are seen only once words have been compared: a line struck here and written there, near enough.

use super::align::LONG;
use super::flat::Line;
use super::group::{Likeness, alike};
use super::marks::{Drawn, Sides};
use super::token::{Is, Renames, Side, Stream, said};
use super::{Body, Edit, End, Moved, Piece};

/// How many words a line has at least that is known again though some of it has changed.
const NEAR_LONG: usize = 12;

/// How many lines may share a phrase that is looked for.
const COMMON: usize = 8;

/// Words in a row by which lines are looked for.
const PHRASE: usize = 3;

/// Makes moves of lines that were struck whole and written whole elsewhere. The first id is `id`.
pub(super) fn find(sides: Sides<'_, '_>, drawn: &mut [Drawn], mut id: usize) {
    let struck = alone(drawn, Side::Old);
    let written = alone(drawn, Side::New);
    let was: Vec<Known> = known(drawn, &struck, sides.old, |drawn| drawn.old);
    let is: Vec<Known> = known(drawn, &written, sides.new, |drawn| drawn.new);
    let mut pair: Vec<Option<usize>> = vec![None; was.len()];
    let mut taken = vec![false; is.len()];
    same(&was, &is, &mut pair, &mut taken);
    near(&was, &is, &mut pair, &mut taken);
    beside(&was, &is, &mut pair, &mut taken, drawn);
    let mut last: Option<(usize, usize)> = None;
    for (place, written) in pair.iter().enumerate() {
        let Some(written) = *written else {
            last = None;
            continue;
        };
        let (from, to) = (was[place].drawn, is[written].drawn);
        let joins = last == Some((from.wrapping_sub(1), to.wrapping_sub(1)));
        if !joins {
            id += 1;
        }
        last = Some((from, to));
        let id = id - 1;
        if let (Some(old), Some(new)) = (drawn[from].old, drawn[to].new) {
            let moved = Moved { id, end: End::From };
            drawn[from] = sides.old_line(old, Edit::Kept, moved);
            let mut line = sides.pair(old, new);
            line.line.moved = Some(Moved { id, end: End::To });
            // The old line ends at the other end of the move.
            line.old = None;
            drawn[to] = line;
        }
    }
}

/// A line that stands alone on its side.
struct Known {
    /// Its place among the marked lines.
    drawn: usize,
    key: u64,
    words: u32,
    heading: bool,
    /// What it says, word by word.
    said: Vec<u64>,
}

/// The lines of which all is struck, or all is new, and to which nothing else runs on.
fn alone(drawn: &[Drawn], side: Side) -> Vec<usize> {
    let mut open = false;
    let mut found = Vec::new();
    for (place, drawn) in drawn.iter().enumerate() {
        let line = &drawn.line;
        let (mine, other, edit) = match side {
            Side::Old => (&line.old, &line.new, Edit::Deleted),
            Side::New => (&line.new, &line.old, Edit::Inserted),
        };
        if line.moved.is_some() {
            continue;
        }
        let all = match &line.body {
            Body::Words(pieces) => pieces.iter().all(|piece| piece.edit == edit),
            Body::Table(_) => false,
        };
        if all && !open && mine.is_some() && other.is_none() {
            found.push(place);
        }
        if let Body::Words(pieces) = &line.body {
            let has = |piece: &Piece| piece.edit == Edit::Kept || piece.edit == edit;
            open = mine.is_none() && (open || pieces.iter().any(has));
        }
    }
    found
}

fn known(
    drawn: &[Drawn],
    places: &[usize],
    lines: &[Line<'_>],
    at: fn(&Drawn) -> Option<usize>,
) -> Vec<Known> {
    places
        .iter()
        .filter_map(|place| {
            let line = &lines[at(&drawn[*place])?];
            let said = said(line);
            let mut stream = Stream::new(Side::Old);
            stream.add(line, 0, &Renames::new());
            Some(Known {
                drawn: *place,
                key: said.key,
                words: said.words,
                heading: super::token::class(&line.form) == b'h',
                said: stream
                    .tokens
                    .iter()
                    .filter(|token| match token.is {
                        Is::Word | Is::Figure | Is::Whole => true,
                        Is::Mark(_) | Is::End => false,
                    })
                    .map(|token| token.key)
                    .collect(),
            })
        })
        .collect()
}

/// Pairs lines that say the same, in order.
fn same(was: &[Known], is: &[Known], pair: &mut [Option<usize>], taken: &mut [bool]) {
    let mut by_key: Vec<(u64, usize)> = is
        .iter()
        .enumerate()
        .filter(|(_, known)| known.words >= LONG)
        .map(|(place, known)| (known.key, place))
        .collect();
    by_key.sort_unstable();
    for (place, known) in was.iter().enumerate() {
        let start = by_key.partition_point(|(key, _)| *key < known.key);
        let found = by_key[start..]
            .iter()
            .take_while(|(key, _)| *key == known.key)
            .find(|(_, other)| !taken[*other]);
        if let Some((_, other)) = found {
            pair[place] = Some(*other);
            taken[*other] = true;
        }
    }
}

/// Pairs long lines that say nearly the same, the most alike first.
fn near(was: &[Known], is: &[Known], pair: &mut [Option<usize>], taken: &mut [bool]) {
    let phrases = |known: &Known| -> Vec<u64> {
        let mix = |words: &[u64]| {
            words.iter().fold(0u64, |key, word| {
                key.rotate_left(21).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
            })
        };
        known.said.windows(PHRASE).map(mix).collect()
    };
    let mut index: Vec<(u64, usize)> = Vec::new();
    for (place, known) in is.iter().enumerate() {
        if !taken[place] && known.said.len() >= NEAR_LONG {
            index.extend(phrases(known).into_iter().map(|phrase| (phrase, place)));
        }
    }
    index.sort_unstable();
    index.dedup();
    let sorted = |known: &Known| {
        let mut bag = known.said.clone();
        bag.sort_unstable();
        bag
    };
    let mut found: Vec<(Likeness, usize, usize)> = Vec::new();
    for (place, known) in was.iter().enumerate() {
        if pair[place].is_some() || known.said.len() < NEAR_LONG {
            continue;
        }
        let mut votes: Vec<usize> = Vec::new();
        for phrase in phrases(known) {
            let start = index.partition_point(|(key, _)| *key < phrase);
            let same = index[start..]
                .iter()
                .take(COMMON + 1)
                .take_while(|(key, _)| *key == phrase);
            if same.clone().count() <= COMMON {
                votes.extend(same.map(|(_, place)| *place));
            }
        }
        votes.sort_unstable();
        let mut best: Vec<(usize, usize)> = votes
            .chunk_by(|one, other| one == other)
            .map(|same| (same.len(), same[0]))
            .collect();
        best.sort_unstable_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
        let bag = sorted(known);
        for (_, other) in best.into_iter().take(4) {
            let likeness = alike(&bag, &sorted(&is[other]));
            if known.heading == is[other].heading && likeness >= Likeness::NEAR {
                found.push((likeness, place, other));
            }
        }
    }
    found.sort_unstable_by_key(|(likeness, place, other)| {
        (std::cmp::Reverse(*likeness), *place, *other)
    });
    for (_, place, other) in found {
        if pair[place].is_none() && !taken[other] {
            pair[place] = Some(other);
            taken[other] = true;
        }
    }
}

/// Pairs short lines, such as headings, that say the same and stand beside lines that moved.
fn beside(
    was: &[Known],
    is: &[Known],
    pair: &mut [Option<usize>],
    taken: &mut [bool],
    drawn: &[Drawn],
) {
    let next_to =
        |one: usize, other: usize| drawn.len() > one.max(other) && one.abs_diff(other) == 1;
    let mut join = |place: usize, neighbour: Option<usize>, pair: &mut [Option<usize>]| {
        let Some(neighbour) = neighbour else {
            return;
        };
        if pair[place].is_some() || !next_to(was[place].drawn, was[neighbour].drawn) {
            return;
        }
        let Some(there) = pair[neighbour] else {
            return;
        };
        let wanted = if neighbour > place {
            there.checked_sub(1)
        } else {
            Some(there + 1)
        };
        if let Some(other) = wanted.filter(|other| *other < is.len())
            && !taken[other]
            && is[other].key == was[place].key
            && next_to(is[other].drawn, is[there].drawn)
        {
            pair[place] = Some(other);
            taken[other] = true;
        }
    };
    for place in 1..was.len() {
        join(place, Some(place - 1), pair);
    }
    for place in (0..was.len().saturating_sub(1)).rev() {
        join(place, Some(place + 1), pair);
    }
}
