//! Groups of bars from a common zero.

use super::sheet::{Area, FULL, Hold, Pattern, Sheet, place};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::Anchor;
use crate::document::picture::Bars;
use rust_decimal::Decimal;

/// How high the plot is.
const HEIGHT: i64 = 220;

pub(super) fn draw(bars: &Bars, table: &Anchor) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    sheet.pattern(Pattern::Hatch, table);
    sheet.pattern(Pattern::Dots, table);
    let scale = bars
        .up
        .ticks
        .iter()
        .map(|tick| width(&tick.label, SMALL))
        .max();
    let left = scale.unwrap_or(0) + 12;
    let title = wrap(&bars.up.label, SMALL, FULL - 2, 2);
    let top = sheet.lines(SMALL, Hold::Start, (0, 0), &title) + 26;
    let bottom = top + HEIGHT;
    let range = (
        bars.up.ticks.first().map_or(Decimal::ZERO, |tick| tick.at),
        bars.up.ticks.last().map_or(Decimal::ONE, |tick| tick.at),
    );
    let height = |value: Decimal| place(value, range, (bottom, top));
    for tick in &bars.up.ticks {
        let y = height(tick.at);
        sheet.line("grid", (left, y), (FULL, y));
        sheet.words_at(SMALL, Hold::End, (left - 8, y + 4), &tick.label);
    }
    let zero = height(Decimal::ZERO);
    let groups = i64::try_from(bars.groups.len()).unwrap_or(1).max(1);
    let slot = (FULL - left) / groups;
    let count = i64::try_from(bars.series.len()).unwrap_or(1).max(1);
    let wide = ((slot - 24) / count).clamp(4, 64);
    let mut lowest = bottom;
    for (number, group) in (0..groups).zip(&bars.groups) {
        let middle = left + slot * number + slot / 2;
        let first = middle - wide * count / 2;
        for (place, bar) in (0..count).zip(&group.bars) {
            let end = height(bar.value);
            let area = Area {
                left: first + wide * place + 2,
                top: end.min(zero),
                right: first + wide * (place + 1) - 2,
                bottom: end.max(zero),
            };
            fill(&mut sheet, place, &area, table);
            value_label(&mut sheet, &bar.label, &area, end > zero);
        }
        let lines = wrap(&group.label, BOLD, slot - 8, 3);
        lowest = lowest.max(sheet.lines(BOLD, Hold::Middle, (middle, bottom + 22), &lines));
    }
    sheet.line("axis", (left, zero), (FULL, zero));
    legend(&mut sheet, bars, left, lowest + 10, table);
    sheet
}

/// Fills the bar of the series with this number: solid, hatched, dotted.
fn fill(sheet: &mut Sheet, series: i64, area: &Area, table: &Anchor) {
    match series {
        0 => sheet.rect("solid", area, 0),
        1 => sheet.hatched(area, Pattern::Hatch, table),
        2.. => sheet.hatched(area, Pattern::Dots, table),
        ..0 => {}
    }
}

/// The figure at the end of a bar, moved away from it until it covers no other.
fn value_label(sheet: &mut Sheet, text: &str, bar: &Area, hangs: bool) {
    let half = width(text, SMALL) / 2 + 1;
    let x = i64::midpoint(bar.left, bar.right).clamp(half, FULL - half);
    let (mut y, away) = if hangs {
        (bar.bottom + 15, SMALL.leading)
    } else {
        (bar.top - 6, -SMALL.leading)
    };
    for _ in 0..4 {
        let mut area = Area::of(text, SMALL, Hold::Middle, (x, y));
        area.left -= 3;
        area.right += 3;
        if sheet.is_clear(&area) {
            sheet.words_at(SMALL, Hold::Middle, (x, y), text);
            return;
        }
        y += away;
    }
    // Left out rather than set over another: the table has it.
}

fn legend(sheet: &mut Sheet, bars: &Bars, left: i64, top: i64, table: &Anchor) {
    let (mut x, mut y) = (left, top);
    for (number, name) in (0_i64..).zip(&bars.series) {
        let lines = wrap(name, TEXT, FULL - left - 30, 1);
        let wide = lines.first().map_or(0, |line| width(line, TEXT)) + 48;
        if x > left && x + wide > FULL {
            x = left;
            y += 22;
        }
        let area = Area {
            left: x + 1,
            top: y,
            right: x + 17,
            bottom: y + 14,
        };
        fill(sheet, number, &area, table);
        sheet.lines(TEXT, Hold::Start, (x + 24, y), &lines);
        x += wide;
    }
}
