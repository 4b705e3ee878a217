//! Documents in their order of precedence, and in words which of them each refers to.
//!
//! In words, because nearly every document of a package refers to most of the others: arrows between them are a
//! thicket that nobody follows.

use super::sheet::{Area, Hold, Sheet};
use super::words::{BOLD, SMALL, wrap};
use crate::document::picture::Map;

/// Narrow enough to be read on a telephone as it is.
const WIDTH: i64 = 380;
/// Where the boxes begin; the ranks stand before them.
const LEFT: i64 = 34;

pub(super) fn draw(map: &Map) -> Sheet {
    let mut sheet = Sheet::new(WIDTH);
    let first = wrap(&map.first, SMALL, WIDTH - LEFT, 1);
    let mut top = sheet.lines(SMALL, Hold::Start, (LEFT, 0), &first) + 6;
    let room = WIDTH - LEFT - 24;
    for (number, document) in map.documents.iter().enumerate() {
        let name = wrap(&document.name, BOLD, room, 2);
        let note = match uses(map, number) {
            Some(uses) if document.note.is_empty() => uses,
            Some(uses) => format!("{} · {uses}", document.note),
            None => document.note.clone(),
        };
        let note = wrap(&note, SMALL, room, 3);
        let height = count(&name) * BOLD.leading + count(&note) * SMALL.leading + 12;
        let area = Area {
            left: LEFT,
            top,
            right: WIDTH - 1,
            bottom: top + height,
        };
        sheet.rect("box", &area, 3);
        let y = sheet.lines(BOLD, Hold::Start, (LEFT + 12, top + 6), &name);
        sheet.lines(SMALL, Hold::Start, (LEFT + 12, y), &note);
        let middle = i64::midpoint(area.top, area.bottom);
        let rank = (number + 1).to_string();
        sheet.words_at(BOLD, Hold::Middle, (13, middle + 5), &rank);
        top = area.bottom + 6;
    }
    sheet
}

fn count(lines: &[String]) -> i64 {
    i64::try_from(lines.len()).unwrap_or(0)
}

/// "refers to 2, 5, 7": the ranks of the documents that this one uses, or nothing.
fn uses(map: &Map, user: usize) -> Option<String> {
    let documents = map.documents.len();
    let mut ranks: Vec<usize> = map
        .uses
        .iter()
        .filter(|(from, used)| *from == user && *used != user && *used < documents)
        .map(|(_, used)| used + 1)
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    if ranks.is_empty() {
        return None;
    }
    let ranks: Vec<String> = ranks.iter().map(ToString::to_string).collect();
    Some(format!("{} {}", map.arrow, ranks.join(", ")))
}
