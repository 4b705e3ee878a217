//! Documents in their order of precedence, with arrows to what they lean on.

use super::sheet::{Area, Hold, Sheet};
use super::words::{BOLD, SMALL, TEXT, wrap};
use crate::document::picture::Map;

/// Narrow enough to be read on a telephone as it is.
const WIDTH: i64 = 380;
/// Where the boxes begin; the ranks stand before them.
const LEFT: i64 = 26;
/// From one track of an arrow to the next.
const TRACK: i64 = 13;

/// An arrow from a document to one that it uses, and the track that it runs in.
struct Arrow {
    user: usize,
    used: usize,
    track: usize,
}

pub(super) fn draw(map: &Map) -> Sheet {
    let mut sheet = Sheet::new(WIDTH);
    let arrows = arrows(map);
    let tracks = arrows
        .iter()
        .map(|arrow| arrow.track + 1)
        .max()
        .unwrap_or(0);
    let tracks = i64::try_from(tracks).unwrap_or(0);
    let right = (WIDTH - 24 - TRACK * tracks).max(WIDTH / 2);
    let first = wrap(&map.first, SMALL, WIDTH - LEFT, 1);
    let mut top = sheet.lines(SMALL, Hold::Start, (LEFT, 0), &first) + 6;
    let mut areas = Vec::new();
    for (number, document) in map.documents.iter().enumerate() {
        let name = wrap(&document.name, BOLD, right - LEFT - 24, 3);
        let note = wrap(&document.note, TEXT, right - LEFT - 24, 3);
        let lines = i64::try_from(name.len() + note.len()).unwrap_or(0);
        let area = Area {
            left: LEFT,
            top,
            right,
            bottom: top + lines * TEXT.leading + 18,
        };
        sheet.rect("box", &area, 4);
        let y = sheet.lines(BOLD, Hold::Start, (LEFT + 12, top + 9), &name);
        sheet.lines(TEXT, Hold::Start, (LEFT + 12, y), &note);
        let middle = i64::midpoint(area.top, area.bottom);
        let rank = (number + 1).to_string();
        sheet.words_at(BOLD, Hold::Middle, (10, middle + 5), &rank);
        top = area.bottom + 14;
        areas.push(area);
    }
    for arrow in &arrows {
        // Arrows come in a little above the middle and leave a little below it.
        let middle = |at: usize| i64::midpoint(areas[at].top, areas[at].bottom);
        let (from, to) = (middle(arrow.user) + 7, middle(arrow.used) - 7);
        let track = i64::try_from(arrow.track).unwrap_or(0);
        let x = (right + 20 + TRACK * track).min(WIDTH - 2);
        let way = [(right, from), (x, from), (x, to), (right + 1, to)];
        sheet.route("flow", &way, true);
    }
    if !arrows.is_empty() {
        let meaning = wrap(&map.arrow, SMALL, WIDTH - LEFT - 40, 3);
        sheet.route("flow", &[(LEFT + 28, top + 8), (LEFT, top + 8)], true);
        sheet.lines(SMALL, Hold::Start, (LEFT + 38, top + 1), &meaning);
    }
    sheet
}

/// The arrows in tracks where none runs over another, the shortest next to the boxes.
fn arrows(map: &Map) -> Vec<Arrow> {
    let count = map.documents.len();
    let mut uses: Vec<(usize, usize)> = map
        .uses
        .iter()
        .copied()
        .filter(|(user, used)| user != used && *user < count && *used < count)
        .collect();
    uses.sort_by_key(|(user, used)| (user.abs_diff(*used), *user, *used));
    uses.dedup();
    let mut tracks: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut arrows = Vec::new();
    for (user, used) in uses {
        // In thirds of a document: an arrow leaves below the middle and comes in above it.
        let (from, to) = (3 * user + 2, 3 * used + 1);
        let span = (from.min(to), from.max(to));
        let free = |track: &Vec<(usize, usize)>| {
            track
                .iter()
                .all(|taken| taken.1 < span.0 || span.1 < taken.0)
        };
        let track = tracks.iter().position(free).unwrap_or_else(|| {
            tracks.push(Vec::new());
            tracks.len() - 1
        });
        tracks[track].push(span);
        arrows.push(Arrow { user, used, track });
    }
    arrows
}
