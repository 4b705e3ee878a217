//! Documents in their order of precedence, with arrows to what they lean on.

use super::sheet::{Area, FULL, Hold, Sheet};
use super::words::{BOLD, SMALL, TEXT, wrap};
use crate::document::picture::Map;

/// Where the boxes begin; the ranks stand before them.
const LEFT: i64 = 40;
/// How wide the boxes are.
const BOX: i64 = 330;

pub(super) fn draw(map: &Map) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    let first = wrap(&map.first, SMALL, LEFT + BOX, 1);
    let mut top = sheet.lines(SMALL, Hold::Start, (0, 0), &first) + 6;
    let mut areas = Vec::new();
    for (number, document) in map.documents.iter().enumerate() {
        let name = wrap(&document.name, BOLD, BOX - 24, 3);
        let note = wrap(&document.note, TEXT, BOX - 24, 3);
        let lines = i64::try_from(name.len() + note.len()).unwrap_or(0);
        let area = Area {
            left: LEFT,
            top,
            right: LEFT + BOX,
            bottom: top + lines * TEXT.leading + 18,
        };
        sheet.rect("box", &area, 4);
        let y = sheet.lines(BOLD, Hold::Start, (LEFT + 12, top + 9), &name);
        sheet.lines(TEXT, Hold::Start, (LEFT + 12, y), &note);
        let middle = i64::midpoint(area.top, area.bottom);
        sheet.words_at(
            BOLD,
            Hold::Middle,
            (14, middle + 5),
            &(number + 1).to_string(),
        );
        top = area.bottom + 14;
        areas.push(area);
    }
    arrows(&mut sheet, map, &areas);
    sheet
}

/// Arrows in tracks to the right of the boxes, the shortest next to them.
fn arrows(sheet: &mut Sheet, map: &Map, areas: &[Area]) {
    let mut uses: Vec<(usize, usize)> = map
        .uses
        .iter()
        .copied()
        .filter(|(user, used)| user != used && *user < areas.len() && *used < areas.len())
        .collect();
    uses.sort_by_key(|(user, used)| (user.abs_diff(*used), *user, *used));
    let mut tracks: Vec<Vec<(i64, i64)>> = Vec::new();
    let middle = |at: usize| i64::midpoint(areas[at].top, areas[at].bottom);
    for (user, used) in uses {
        // Arrows come in a little above the middle and leave a little below it.
        let (from, to) = (middle(user) + 7, middle(used) - 7);
        let span = (from.min(to) - 4, from.max(to) + 4);
        let free = |track: &Vec<(i64, i64)>| track.iter().all(|it| it.1 < span.0 || span.1 < it.0);
        let track = tracks.iter().position(free).unwrap_or_else(|| {
            tracks.push(Vec::new());
            tracks.len() - 1
        });
        tracks[track].push(span);
        let right = LEFT + BOX;
        let x = (right + 26 + 14 * i64::try_from(track).unwrap_or(0)).min(FULL - 2);
        sheet.route(
            "flow",
            &[(right, from), (x, from), (x, to), (right + 1, to)],
            true,
        );
    }
    if !tracks.is_empty() {
        let widest = LEFT + BOX + 26 + 14 * i64::try_from(tracks.len()).unwrap_or(0);
        let lines = wrap(&map.arrow, SMALL, (FULL - widest - 4).max(0), 4);
        let top = areas.first().map_or(0, |area| area.top);
        sheet.lines(SMALL, Hold::Start, (widest + 4, top), &lines);
    }
}
