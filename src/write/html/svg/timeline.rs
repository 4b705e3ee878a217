//! Dates to true scale: events on flags above the line, windows below it.

use super::sheet::{Area, FULL, Hold, Pattern, Sheet, place};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::Anchor;
use crate::document::picture::{Event, Mark, Timeline, Window};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The widest a flag may be.
const FLAG: i64 = 128;
/// From the left edge of the sheet to the first day.
const LEFT: i64 = 10;

/// Where the days stand.
struct Scale {
    days: (Decimal, Decimal),
    right: i64,
}

impl Scale {
    fn x(&self, date: Date) -> i64 {
        place(day(date), self.days, (LEFT, self.right))
    }
}

/// The number of a day, counted from a fixed one.
fn day(date: Date) -> Decimal {
    let since = date - Date::constant(2000, 1, 1);
    Decimal::from(since.get_days())
}

/// An event with its words broken into lines.
struct Flag<'a> {
    event: &'a Event,
    x: i64,
    when: Vec<String>,
    label: Vec<String>,
    lane: usize,
}

impl Flag<'_> {
    fn width(&self) -> i64 {
        let when = self.when.iter().map(|line| width(line, BOLD));
        let label = self.label.iter().map(|line| width(line, TEXT));
        when.chain(label).max().unwrap_or(0)
    }

    fn height(&self) -> i64 {
        let lines = self.when.len() + self.label.len();
        i64::try_from(lines).unwrap_or(0) * TEXT.leading
    }
}

pub(super) fn draw(timeline: &Timeline, table: &Anchor) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    sheet.pattern(Pattern::Hatch, table);
    let scale = Scale {
        days: (day(timeline.from), day(timeline.to)),
        right: FULL - right_margin(timeline),
    };
    let flags = flags(timeline, &scale);
    let heights = lane_heights(&flags);
    let rail = heights.iter().map(|height| height + 12).sum::<i64>() + 14;
    for flag in &flags {
        if flag.label.is_empty() {
            continue;
        }
        let above: i64 = heights[..=flag.lane].iter().map(|height| height + 12).sum();
        let top = rail - 14 - above;
        sheet.line("lead", (flag.x, top), (flag.x, rail));
        let y = sheet.lines(BOLD, Hold::Start, (flag.x + 6, top), &flag.when);
        sheet.lines(TEXT, Hold::Start, (flag.x + 6, y), &flag.label);
    }
    sheet.line("rail", (LEFT, rail), (scale.right, rail));
    let below = ticks(&mut sheet, timeline, &scale, rail);
    let below = windows(&mut sheet, timeline, &scale, (rail, below), table);
    for event in &timeline.events {
        mark(&mut sheet, event.mark, (scale.x(event.on), rail));
    }
    legend(&mut sheet, timeline, below + 8);
    sheet
}

/// How much the last flags and windows need beyond the end of the line.
fn right_margin(timeline: &Timeline) -> i64 {
    let most = |text: &str, face, room| {
        let lines = wrap(text, face, room, 4);
        lines
            .iter()
            .map(|line| width(line, face))
            .max()
            .unwrap_or(0)
    };
    let span = (day(timeline.to) - day(timeline.from)).max(Decimal::ONE);
    // A label that begins at some part of the way needs room only for what it overhangs.
    let overhang = |from: Date, wide: i64| {
        let left = day(timeline.to) - day(from);
        let full = place(left, (Decimal::ZERO, span), (0, FULL - LEFT - FLAG - 24));
        (wide + 8 - full).max(0)
    };
    let flags = timeline.events.iter().map(|event| {
        let wide = most(&event.when, BOLD, FLAG).max(most(&event.label, TEXT, FLAG));
        overhang(event.on, wide)
    });
    let windows = timeline
        .windows
        .iter()
        .map(|window| overhang(window.from, most(&window.label, TEXT, FLAG + 16)));
    flags.chain(windows).max().unwrap_or(0).clamp(10, FLAG + 24)
}

/// The flags with their lanes, left to right; lane 0 is next to the line.
///
/// A flag flies to the right of its pole. It must hang above every pole that stands under it, so lanes are
/// given from the right: then neither words nor poles ever cross.
fn flags<'a>(timeline: &'a Timeline, scale: &Scale) -> Vec<Flag<'a>> {
    let mut flags: Vec<Flag<'a>> = timeline
        .events
        .iter()
        .map(|event| Flag {
            event,
            x: scale.x(event.on),
            when: wrap(&event.when, BOLD, FLAG, 2),
            label: wrap(&event.label, TEXT, FLAG, 4),
            lane: 0,
        })
        .collect();
    flags.sort_by_key(|flag| flag.event.on);
    for at in (0..flags.len()).rev() {
        let end = flags[at].x + flags[at].width() + 14;
        let under = flags[at + 1..]
            .iter()
            .filter(|other| other.x < end && !other.label.is_empty());
        flags[at].lane = under.map(|other| other.lane + 1).max().unwrap_or(0);
    }
    flags
}

fn lane_heights(flags: &[Flag<'_>]) -> Vec<i64> {
    let lanes = flags.iter().map(|flag| flag.lane + 1).max().unwrap_or(1);
    let mut heights = vec![0; lanes];
    for flag in flags.iter().filter(|flag| !flag.label.is_empty()) {
        heights[flag.lane] = heights[flag.lane].max(flag.height());
    }
    heights
}

/// The marks under the line. Those that would cover another are left out.
fn ticks(sheet: &mut Sheet, timeline: &Timeline, scale: &Scale, rail: i64) -> i64 {
    for tick in &timeline.ticks {
        let x = scale.x(tick.at);
        sheet.line("axis", (x, rail), (x, rail + 6));
        let half = width(&tick.label, SMALL) / 2 + 1;
        let at = (x.clamp(half, FULL - half), rail + 26);
        let mut area = Area::of(&tick.label, SMALL, Hold::Middle, at);
        area.left -= 6;
        area.right += 6;
        if sheet.is_clear(&area) {
            sheet.words_at(SMALL, Hold::Middle, at, &tick.label);
        }
    }
    rail + 40
}

fn mark(sheet: &mut Sheet, mark: Mark, (x, y): (i64, i64)) {
    match mark {
        Mark::Edge => sheet.rect(
            "solid-ink",
            &Area {
                left: x - 2,
                top: y - 10,
                right: x + 2,
                bottom: y + 10,
            },
            0,
        ),
        Mark::Regular => sheet.circle("hollow", (x, y), 6),
        Mark::Deadline => sheet.shape("mark", &[(x, y - 9), (x + 8, y), (x, y + 9), (x - 8, y)]),
    }
}

/// The windows in lanes under the line, each shaded from its first day to the end of its last.
fn windows(
    sheet: &mut Sheet,
    timeline: &Timeline,
    scale: &Scale,
    (rail, top): (i64, i64),
    table: &Anchor,
) -> i64 {
    let mut order: Vec<&Window> = timeline.windows.iter().collect();
    order.sort_by_key(|window| (window.from, window.to));
    // From the right, as with flags: a window hangs below every line that comes down beside it.
    let mut placed: Vec<Hung> = Vec::new();
    for window in order.into_iter().rev() {
        let lines = wrap(&window.label, TEXT, FLAG + 16, 4);
        let wide = lines
            .iter()
            .map(|line| width(line, TEXT))
            .max()
            .unwrap_or(0);
        let left = scale.x(window.from);
        // Even one day is seen.
        let right = scale.x(window.to).max(left + 4);
        let end = right.max(left + wide) + 12;
        let beside = placed.iter().filter(|other| other.left < end);
        placed.push(Hung {
            lane: beside.map(|other| other.lane + 1).max().unwrap_or(0),
            left,
            right,
            lines,
        });
    }
    let mut heights = vec![0; placed.iter().map(|hung| hung.lane + 1).max().unwrap_or(0)];
    for hung in &placed {
        let height = i64::try_from(hung.lines.len()).unwrap_or(0) * TEXT.leading + 28;
        heights[hung.lane] = height.max(heights[hung.lane]);
    }
    for hung in &placed {
        let y = top + heights[..hung.lane].iter().sum::<i64>();
        let bar = Area {
            left: hung.left,
            top: y,
            right: hung.right,
            bottom: y + 12,
        };
        sheet.line("edge", (hung.left, rail), (hung.left, y));
        sheet.hatched(&bar, Pattern::Hatch, table);
        sheet.lines(TEXT, Hold::Start, (hung.left, y + 16), &hung.lines);
    }
    top + heights.iter().sum::<i64>()
}

/// A window where it hangs.
struct Hung {
    lane: usize,
    left: i64,
    right: i64,
    lines: Vec<String>,
}

fn legend(sheet: &mut Sheet, timeline: &Timeline, top: i64) {
    let (mut x, mut y) = (0, top);
    for (sign, meaning) in &timeline.legend {
        let lines = wrap(meaning, SMALL, FULL - 40, 1);
        let wide = lines.first().map_or(0, |line| width(line, SMALL));
        if x > 0 && x + wide + 24 > FULL {
            x = 0;
            y += 26;
        }
        mark(sheet, *sign, (x + 10, y + 10));
        sheet.lines(SMALL, Hold::Start, (x + 24, y + 4), &lines);
        x += wide + 46;
    }
}
