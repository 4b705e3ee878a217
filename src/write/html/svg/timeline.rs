//! Dates to true scale: time runs down a rail, what happens on a day stands beside it.
//!
//! Down, because a line of words is longer than it is high: many dates then need little more room than their
//! words, and the picture is narrow enough for a telephone. Where days crowd, their words are moved apart and
//! a thin line leads from each to its day.

use super::sheet::{Area, Hold, Pattern, Sheet, apart, place};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::Anchor;
use crate::document::picture::{Event, Mark, Timeline, Window};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Narrow enough to be read on a telephone as it is.
const WIDTH: i64 = 380;
/// Where the rail runs; the marks of the scale stand before it.
const RAIL: i64 = 76;
/// Where the first window stands, and how far the next is from it.
const WINDOW: i64 = RAIL + 18;
/// How wide a window is.
const BAR: i64 = 10;
/// The most windows that stand side by side before the words.
const LANES: usize = 3;
/// Between the words of one day and the next.
const GAP: i64 = 7;
/// Between two things that happen on one day.
const BETWEEN: i64 = 4;
/// How many days part two windows that stand one below the other.
const APART: i64 = 21;
/// The least height of the rail, for pictures with few words.
const LEAST: i64 = 300;
/// From the top of the sheet to the first day.
const TOP: i64 = 14;

/// The number of a day, counted from a fixed one.
fn day(date: Date) -> Decimal {
    let since = date - Date::constant(2000, 1, 1);
    Decimal::from(since.get_days())
}

/// Words beside the rail: those of a day, or of a window that begins on it.
struct Entry<'a> {
    on: Date,
    /// From where the line to the words leads.
    from: i64,
    when: &'a str,
    /// What happens, each broken into lines.
    labels: Vec<Vec<String>>,
    is_window: bool,
}

impl Entry<'_> {
    fn height(&self) -> i64 {
        let lines = self.labels.iter().map(Vec::len).sum::<usize>();
        let lines = lines + usize::from(!self.when.is_empty());
        let between = self.labels.len().saturating_sub(1);
        let count = |number| i64::try_from(number).unwrap_or(0);
        count(lines) * TEXT.leading + count(between) * BETWEEN + GAP
    }
}

/// A window and the lane that it stands in.
struct Stood<'a> {
    window: &'a Window,
    lane: usize,
}

impl Stood<'_> {
    fn left(&self) -> i64 {
        WINDOW + (BAR + 5) * i64::try_from(self.lane).unwrap_or(0)
    }
}

pub(super) fn draw(timeline: &Timeline, table: &Anchor) -> Sheet {
    let mut sheet = Sheet::new(WIDTH);
    sheet.pattern(Pattern::Hatch, table);
    let windows = lanes(timeline);
    let lanes = windows.iter().map(|stood| stood.lane + 1).max();
    let left = WINDOW + (BAR + 5) * i64::try_from(lanes.unwrap_or(0)).unwrap_or(0) + 26;
    let entries = entries(timeline, &windows, left);
    let words: i64 = entries.iter().map(Entry::height).sum();
    let bottom = TOP + words.max(LEAST);
    let days = (day(timeline.from), day(timeline.to));
    let y = |date: Date| place(day(date), days, (TOP, bottom));

    let wanted: Vec<(i64, i64)> = entries
        .iter()
        .map(|entry| (y(entry.on) - TEXT.leading / 2, entry.height()))
        .collect();
    let tops = apart(&wanted, 2, bottom + TEXT.leading);
    for stood in &windows {
        let area = Area {
            left: stood.left(),
            top: y(stood.window.from),
            right: stood.left() + BAR,
            // Even one day is seen.
            bottom: y(stood.window.to).max(y(stood.window.from) + 4),
        };
        sheet.hatched(&area, Pattern::Hatch, table);
    }
    for (entry, top) in entries.iter().zip(&tops) {
        let (from, to) = (y(entry.on), top + TEXT.leading / 2);
        let way = [
            (entry.from, from),
            (left - 22, from),
            (left - 8, to),
            (left - 4, to),
        ];
        sheet.route("lead", &way, false);
    }
    for (entry, top) in entries.iter().zip(tops) {
        let mut below = top;
        if !entry.when.is_empty() {
            let when = wrap(entry.when, BOLD, WIDTH - left, 1);
            below = sheet.lines(BOLD, Hold::Start, (left, below), &when);
        }
        let face = if entry.is_window { SMALL } else { TEXT };
        for label in &entry.labels {
            below = sheet.lines(face, Hold::Start, (left, below), label) + BETWEEN;
        }
    }
    sheet.line("rail", (RAIL, TOP), (RAIL, bottom));
    ticks(&mut sheet, timeline, y);
    // The loudest last, so that it is seen where several fall on a day.
    for loud in [Mark::Edge, Mark::Regular, Mark::Deadline] {
        for event in timeline.events.iter().filter(|event| event.mark == loud) {
            mark(&mut sheet, event.mark, (RAIL, y(event.on)));
        }
    }
    let below = sheet.bottom() + 14;
    legend(&mut sheet, timeline, below);
    sheet
}

/// The words in the order of their days; what falls on one day stands under one date.
fn entries<'a>(timeline: &'a Timeline, windows: &[Stood<'a>], left: i64) -> Vec<Entry<'a>> {
    let mut events: Vec<&Event> = timeline
        .events
        .iter()
        .filter(|event| !event.label.is_empty())
        .collect();
    events.sort_by_key(|event| event.on);
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for event in events {
        let lines = wrap(&event.label, TEXT, WIDTH - left, 4);
        match entries.last_mut() {
            Some(last) if last.on == event.on && last.when == event.when => {
                last.labels.push(lines);
            }
            _ => entries.push(Entry {
                on: event.on,
                from: RAIL,
                when: &event.when,
                labels: vec![lines],
                is_window: false,
            }),
        }
    }
    entries.extend(windows.iter().map(|stood| Entry {
        on: stood.window.from,
        from: stood.left() + BAR,
        when: "",
        labels: vec![wrap(&stood.window.label, SMALL, WIDTH - left, 4)],
        is_window: true,
    }));
    entries.sort_by_key(|entry| (entry.on, entry.is_window));
    entries
}

/// The windows side by side where they meet; if there are too many for that, the last lane takes the rest.
fn lanes(timeline: &Timeline) -> Vec<Stood<'_>> {
    let mut order: Vec<&Window> = timeline.windows.iter().collect();
    order.sort_by_key(|window| (window.from, window.to));
    let mut ends: Vec<Date> = Vec::new();
    let mut stood = Vec::new();
    for window in order {
        let free = ends
            .iter()
            .position(|end| day(*end) + Decimal::from(APART) < day(window.from));
        let lane = match free {
            Some(lane) => lane,
            None if ends.len() < LANES => {
                ends.push(window.to);
                ends.len() - 1
            }
            None => LANES - 1,
        };
        ends[lane] = ends[lane].max(window.to);
        stood.push(Stood { window, lane });
    }
    stood
}

/// The marks of the scale. Those that would cover another are left out.
fn ticks(sheet: &mut Sheet, timeline: &Timeline, y: impl Fn(Date) -> i64) {
    for tick in &timeline.ticks {
        let at = (RAIL - 20, y(tick.at) + 4);
        sheet.line("axis", (RAIL - 14, y(tick.at)), (RAIL, y(tick.at)));
        let label = wrap(&tick.label, SMALL, RAIL - 22, 1);
        let label = label.first().map_or("", String::as_str);
        let mut area = Area::of(label, SMALL, Hold::End, at);
        area.top -= 4;
        area.bottom += 4;
        if sheet.is_clear(&area) {
            sheet.words_at(SMALL, Hold::End, at, label);
        }
    }
}

fn mark(sheet: &mut Sheet, mark: Mark, (x, y): (i64, i64)) {
    match mark {
        Mark::Edge => sheet.rect(
            "solid-ink",
            &Area {
                left: x - 10,
                top: y - 2,
                right: x + 10,
                bottom: y + 2,
            },
            0,
        ),
        Mark::Regular => sheet.circle("hollow", (x, y), 5),
        Mark::Deadline => sheet.shape("mark", &[(x, y - 8), (x + 7, y), (x, y + 8), (x - 7, y)]),
    }
}

fn legend(sheet: &mut Sheet, timeline: &Timeline, top: i64) {
    let (mut x, mut y) = (0, top);
    for (sign, meaning) in &timeline.legend {
        let lines = wrap(meaning, SMALL, WIDTH - 40, 1);
        let wide = lines.first().map_or(0, |line| width(line, SMALL));
        if x > 0 && x + wide + 28 > WIDTH {
            x = 0;
            y += 22;
        }
        mark(sheet, *sign, (x + 12, y + 9));
        sheet.lines(SMALL, Hold::Start, (x + 28, y + 3), &lines);
        x += wide + 46;
    }
}
