//! Where an insertion or a deletion begins, when it could begin at several places.
//!
//! Between "a b" and "a b a b", the inserted words may be the first two, the last two, or "b a". Which of them
//! makes no difference to the documents; to a reader it does.

use super::token::{Is, Token};
use super::words::Pairs;

/// How far an edit is slid, in tokens.
const FARTHEST: usize = 400;

/// Slides every edit that only strikes or only puts in to the place where it reads best.
pub(super) fn slide(old: &[Token], new: &[Token], pairs: &mut Pairs) {
    // An edit stands before the pair at `place`.
    for place in 0..=pairs.len() {
        let start = match place {
            0 => (0, 0),
            _ => (pairs[place - 1].0 + 1, pairs[place - 1].1 + 1),
        };
        let end = pairs.get(place).copied().unwrap_or((old.len(), new.len()));
        if start == end {
            continue;
        }
        if start.0 == end.0 {
            let run = (start.1, end.1);
            let moved = best(new, run, reach(pairs, place, run, new));
            shift(
                pairs,
                place,
                moved,
                |pair, by| {
                    pair.1 = pair.1.wrapping_add_signed(by);
                },
                run.1 - run.0,
            );
        } else if start.1 == end.1 {
            let run = (start.0, end.0);
            let moved = best(old, run, reach(pairs, place, run, old));
            shift(
                pairs,
                place,
                moved,
                |pair, by| {
                    pair.0 = pair.0.wrapping_add_signed(by);
                },
                run.1 - run.0,
            );
        }
    }
}

/// How far the run may go to the left and to the right, over pairs that stay side by side.
fn reach(pairs: &Pairs, place: usize, run: (usize, usize), tokens: &[Token]) -> Reach {
    let same = |one: usize, other: usize| tokens[one].key == tokens[other].key;
    let beside =
        |one: usize| pairs[one].0 + 1 == pairs[one + 1].0 && pairs[one].1 + 1 == pairs[one + 1].1;
    // Where a slide ends at another edit, both are one.
    let parted = |one: usize| one + 1 < pairs.len() && !beside(one);
    let mut left = 0;
    while left < FARTHEST.min(place).min(run.0)
        && (left == 0 || beside(place - left - 1))
        && same(run.0 - left - 1, run.1 - left - 1)
    {
        left += 1;
    }
    let mut right = 0;
    while right < FARTHEST.min(pairs.len() - place)
        && (right == 0 || beside(place + right - 1))
        && same(run.0 + right, run.1 + right)
    {
        right += 1;
    }
    let meets_left = left > 0 && place > left && parted(place - left - 1);
    let meets_right = right > 0 && place + right < pairs.len() && parted(place + right - 1);
    Reach {
        left,
        right,
        meets_left,
        meets_right,
    }
}

/// How far an edit may slide, and whether it meets another there.
#[derive(Debug, Clone, Copy)]
struct Reach {
    left: usize,
    right: usize,
    meets_left: bool,
    meets_right: bool,
}

/// By how much `run` is slid.
fn best(tokens: &[Token], run: (usize, usize), reach: Reach) -> isize {
    let (left, right) = (-reach.left.cast_signed(), reach.right.cast_signed());
    let mut best = (i32::MIN, 0);
    for by in left..=right {
        let start = run.0.wrapping_add_signed(by);
        let end = run.1.wrapping_add_signed(by);
        let mut score = score(tokens, start, end);
        if (by == left && reach.meets_left) || (by == right && reach.meets_right) {
            score += 500;
        }
        // Of places that read as well, the one that the search has found, or else the first.
        if score > best.0 || (score == best.0 && by == 0) {
            best = (score, by);
        }
    }
    best.1
}

/// Moves the `by` pairs next to the edit to its other side.
fn shift(
    pairs: &mut Pairs,
    place: usize,
    by: isize,
    put: fn(&mut (usize, usize), isize),
    length: usize,
) {
    let length = length.cast_signed();
    if by < 0 {
        for pair in &mut pairs[place - by.unsigned_abs()..place] {
            put(pair, length);
        }
    } else {
        for pair in &mut pairs[place..place + by.unsigned_abs()] {
            put(pair, -length);
        }
    }
}

/// How well the tokens from `start` to `end` read as one edit.
fn score(tokens: &[Token], start: usize, end: usize) -> i32 {
    let before = start.checked_sub(1).map(|place| tokens[place]);
    let first = tokens[start];
    let last = tokens[end - 1];
    let after = tokens.get(end);
    let line_starts = before.is_none_or(|token| token.is == Is::End);
    let is =
        |token: Token, marks: &[u8]| matches!(token.is, Is::Mark(mark) if marks.contains(&mark));
    let mut score = 0;
    if line_starts && last.is == Is::End {
        score += 200;
    } else if tokens[start..end].iter().any(|token| token.is == Is::End) {
        score -= 20;
    }
    let sentence_ends = |token: Token| is(token, b".?!");
    if sentence_ends(last) && (line_starts || before.is_some_and(sentence_ends)) {
        score += 80;
    }
    let clause_ends = |token: Token| is(token, b",;:");
    if clause_ends(last) && (line_starts || before.is_some_and(clause_ends)) {
        score += 25;
    }
    if clause_ends(first) && after.is_some_and(|after| is(*after, b",;:.") || after.is == Is::End) {
        score += 30;
    }
    if balanced(&tokens[start..end]) {
        score += 40;
    }
    if is(first, b")]") || is(last, b"([") {
        score -= 20;
    }
    score
}

/// Whether brackets and quotation marks stand in pairs.
fn balanced(tokens: &[Token]) -> bool {
    let mut round = 0i32;
    let mut square = 0i32;
    let mut quotes = 0;
    for token in tokens {
        match token.is {
            Is::Mark(b'(') => round += 1,
            Is::Mark(b')') => round -= 1,
            Is::Mark(b'[') => square += 1,
            Is::Mark(b']') => square -= 1,
            Is::Mark(b'"') => quotes += 1,
            Is::Mark(_) | Is::Word | Is::Figure | Is::Whole | Is::End => {}
        }
        if round < 0 || square < 0 {
            return false;
        }
    }
    round == 0 && square == 0 && quotes % 2 == 0
}
