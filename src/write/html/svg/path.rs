//! Steps that change hands: a lane for each who acts, time running down.

use super::sheet::{Area, FULL, Hold, Sheet};
use super::words::{BOLD, Face, SMALL, TEXT, wrap};
use crate::document::picture::{Path, Step};

/// Between the edge of a lane and its boxes; arrows that skip a step run here.
const GUTTER: i64 = 18;

/// A step where it stands.
struct Placed<'a> {
    step: &'a Step,
    area: Area,
}

impl Placed<'_> {
    fn middle(&self) -> i64 {
        i64::midpoint(self.area.left, self.area.right)
    }

    fn centre(&self) -> i64 {
        i64::midpoint(self.area.top, self.area.bottom)
    }
}

/// The words of a step, line by line.
fn words(step: &Step, room: i64) -> Vec<(Face, String)> {
    let mut words = Vec::new();
    let mut add = |face: Face, text: &str, most| {
        let lines = wrap(text, face, room, most);
        words.extend(lines.into_iter().map(|line| (face, line)));
    };
    if let Some(condition) = &step.condition {
        add(SMALL, condition, 2);
    }
    add(BOLD, &step.label, 4);
    if let Some(clock) = &step.clock {
        add(TEXT, clock, 2);
    }
    words
}

pub(super) fn draw(path: &Path) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    let count = i64::try_from(path.lanes.len()).unwrap_or(1).max(1);
    let lane = FULL / count;
    let room = lane - 2 * GUTTER;
    let mut head = 0;
    for (number, name) in (0..count).zip(&path.lanes) {
        let lines = wrap(name, BOLD, lane - 8, 2);
        let middle = lane * number + lane / 2;
        head = head.max(sheet.lines(BOLD, Hold::Middle, (middle, 8), &lines));
    }
    let mut placed: Vec<Placed<'_>> = Vec::new();
    let mut top = head + 18;
    for step in &path.steps {
        let number = i64::try_from(step.lane).unwrap_or(0).min(count - 1);
        let height: i64 = words(step, room - 16)
            .iter()
            .map(|(face, _)| face.leading)
            .sum();
        let left = lane * number + GUTTER;
        let area = Area {
            left,
            top,
            right: left + room,
            bottom: top + height + 14,
        };
        top = area.bottom + 28;
        placed.push(Placed { step, area });
    }
    let bottom = top - 12;
    for number in 0..count {
        let area = Area {
            left: lane * number + 1,
            top: 1,
            right: lane * (number + 1) - 1,
            bottom,
        };
        sheet.rect("lane", &area, 4);
    }
    sheet.line("grid", (0, head + 6), (FULL, head + 6));
    for (number, to) in placed.iter().enumerate() {
        if let Some((from, at)) = to.step.after.and_then(|at| Some((placed.get(at)?, at))) {
            arrow(&mut sheet, from, to, at + 1 == number);
        }
    }
    for place in &placed {
        write(&mut sheet, place, room);
    }
    sheet
}

/// An arrow from one step to a later one: straight down to the next, along the gutter past others.
fn arrow(sheet: &mut Sheet, from: &Placed<'_>, to: &Placed<'_>, next: bool) {
    let class = if to.step.condition.is_some() {
        "flow maybe"
    } else {
        "flow"
    };
    if next {
        let bend = to.area.top - 16;
        let mut points = vec![(from.middle(), from.area.bottom)];
        if from.middle() != to.middle() {
            points.push((from.middle(), bend));
            points.push((to.middle(), bend));
        }
        points.push((to.middle(), to.area.top - 1));
        sheet.route(class, &points, true);
        return;
    }
    // The way leaves on the side of the lane that it leads to, and comes in from there.
    let leftwards = to.area.left < from.area.left;
    // What happens under a condition has a track and a way in of its own.
    let (track, shift) = match to.step.condition {
        Some(_) => (GUTTER * 2 / 3 + 1, 6),
        None => (GUTTER / 3 + 1, -6),
    };
    let (out, gutter) = if leftwards {
        (from.area.left, from.area.left - track)
    } else {
        (from.area.right, from.area.right + track)
    };
    let inwards = if to.area.left > gutter {
        to.area.left - 1
    } else {
        to.area.right + 1
    };
    let points = [
        (out, from.centre() + shift),
        (gutter, from.centre() + shift),
        (gutter, to.centre()),
        (inwards, to.centre()),
    ];
    sheet.route(class, &points, true);
}

fn write(sheet: &mut Sheet, place: &Placed<'_>, room: i64) {
    let class = if place.step.condition.is_some() {
        "box maybe"
    } else {
        "box"
    };
    sheet.rect(class, &place.area, 4);
    let mut y = place.area.top + 7;
    for (face, line) in words(place.step, room - 16) {
        y = sheet.lines(face, Hold::Middle, (place.middle(), y), &[line]);
    }
}
