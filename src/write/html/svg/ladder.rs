//! Whom to call next: a rail from the first level down to the last.

use super::sheet::{Hold, Sheet};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::picture::Ladder;

/// Narrow enough to be read on a telephone as it is.
const WIDTH: i64 = 360;
/// Where the rail runs.
const RAIL: i64 = 22;

pub(super) fn draw(ladder: &Ladder) -> Sheet {
    let mut sheet = Sheet::new(WIDTH);
    let (mut top, left) = (0, RAIL + 34);
    let last = ladder.rungs.len().saturating_sub(1);
    for (number, rung) in ladder.rungs.iter().enumerate() {
        let who = wrap(&rung.who, BOLD, WIDTH - left, 3);
        let reply = wrap(&rung.reply, TEXT, WIDTH - left, 3);
        let total = wrap(&rung.total, SMALL, WIDTH - left, 2);
        let mut y = sheet.lines(BOLD, Hold::Start, (left, top + 4), &who);
        y = sheet.lines(TEXT, Hold::Start, (left, y + 2), &reply);
        y = sheet.lines(SMALL, Hold::Start, (left, y + 2), &total);
        let bottom = y.max(top + 44) + 12;
        if number < last {
            sheet.route("flow", &[(RAIL, top + 40), (RAIL, bottom - 3)], true);
        }
        sheet.circle("rung", (RAIL, top + 20), 19);
        let level = wrap(&rung.level, BOLD, 32, 1);
        let level = level.first().map_or("", String::as_str);
        debug_assert!(width(level, BOLD) <= 40, "a level fits its ring");
        sheet.words_at(BOLD, Hold::Middle, (RAIL, top + 25), level);
        top = bottom;
    }
    sheet
}
