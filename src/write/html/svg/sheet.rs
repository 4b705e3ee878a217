//! The sheet that a picture is drawn on: shapes and words, with a record of where the words stand.

use super::words::{self, Face};
use crate::document::Anchor;
use crate::document::picture::Picture;
use crate::write::html::markup::Markup;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::cmp::Ordering;

/// Where a word or shape stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) right: i64,
    pub(super) bottom: i64,
}

impl Area {
    /// The area of a line of words.
    pub(super) fn of(text: &str, face: Face, hold: Hold, at: (i64, i64)) -> Area {
        let width = words::width(text, face);
        let left = match hold {
            Hold::Start => at.0,
            Hold::Middle => at.0 - width / 2,
            Hold::End => at.0 - width,
        };
        Area {
            left,
            top: at.1 - face.size * 8 / 10,
            right: left + width,
            bottom: at.1 + face.size * 2 / 10,
        }
    }

    /// Whether they share a point.
    pub(super) fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Which point of a line of words is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Start,
    Middle,
    End,
}

/// A picture in the making. It grows downwards with what is drawn on it.
#[derive(Debug)]
pub(super) struct Sheet {
    body: Markup,
    width: i64,
    height: i64,
    words: Vec<Area>,
}

/// The width of a picture that fills the column of text.
pub(super) const FULL: i64 = 600;

impl Sheet {
    /// An empty sheet.
    pub(super) fn new(width: i64) -> Sheet {
        Sheet {
            body: Markup::default(),
            width,
            height: 0,
            words: Vec::new(),
        }
    }

    /// Makes the sheet reach down to `bottom`.
    pub(super) fn reach(&mut self, bottom: i64) {
        self.height = self.height.max(bottom);
    }

    /// Whether no words stand in `area`.
    pub(super) fn is_clear(&self, area: &Area) -> bool {
        !self.words.iter().any(|taken| taken.meets(area))
    }

    /// Where the words stand.
    #[cfg(test)]
    pub(super) fn words(&self) -> &[Area] {
        &self.words
    }

    /// How far down it reaches.
    pub(super) fn bottom(&self) -> i64 {
        self.height
    }

    /// How wide and how high it is.
    #[cfg(test)]
    pub(super) fn size(&self) -> (i64, i64) {
        (self.width, self.height)
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &'static str, from: (i64, i64), to: (i64, i64)) {
        self.body
            .tag("line")
            .set("class", class)
            .put("x1", from.0)
            .put("y1", from.1)
            .put("x2", to.0)
            .put("y2", to.1)
            .done();
        self.reach(from.1.max(to.1) + 1);
    }

    /// A line through several points, perhaps with an arrowhead at its end.
    pub(super) fn route(&mut self, class: &'static str, points: &[(i64, i64)], arrow: bool) {
        let list: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        self.body
            .tag("polyline")
            .set("class", class)
            .put("points", list.join(" "))
            .done();
        for (_, y) in points {
            self.reach(y + 1);
        }
        if let (true, [.., before, end]) = (arrow, points) {
            self.head(*before, *end);
        }
    }

    /// An arrowhead at `end`, pointing away from `before`.
    fn head(&mut self, before: (i64, i64), end: (i64, i64)) {
        let (x, y) = end;
        let (along, across) = ((x - before.0).signum(), (y - before.1).signum());
        // The base stands 8 behind the tip and 4 to each side of the line.
        let (back_x, back_y) = (x - 8 * along, y - 8 * across);
        let (side_x, side_y) = (4 * across.abs(), 4 * along.abs());
        self.shape(
            "head",
            &[
                (x, y),
                (back_x - side_x, back_y - side_y),
                (back_x + side_x, back_y + side_y),
            ],
        );
    }

    /// A closed shape.
    pub(super) fn shape(&mut self, class: &'static str, points: &[(i64, i64)]) {
        let list: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        self.body
            .tag("polygon")
            .set("class", class)
            .put("points", list.join(" "))
            .done();
        for (_, y) in points {
            self.reach(y + 1);
        }
    }

    /// A rectangle with slightly rounded corners if `round` is not zero.
    pub(super) fn rect(&mut self, class: &'static str, area: &Area, round: i64) {
        self.body
            .tag("rect")
            .set("class", class)
            .put("x", area.left)
            .put("y", area.top)
            .put("width", area.right - area.left)
            .put("height", area.bottom - area.top)
            .put("rx", round)
            .done();
        self.reach(area.bottom + 1);
    }

    /// A rectangle filled with a pattern of this sheet, over its plain ground.
    pub(super) fn hatched(&mut self, area: &Area, pattern: Pattern, table: &Anchor) {
        self.rect("ground", area, 0);
        self.body
            .tag("rect")
            .fixed("class", "hatched")
            .put("x", area.left)
            .put("y", area.top)
            .put("width", area.right - area.left)
            .put("height", area.bottom - area.top)
            .put("fill", format_args!("url(#{}_{table})", pattern.name()))
            .done();
    }

    /// Defines a pattern for [`Sheet::hatched`].
    pub(super) fn pattern(&mut self, pattern: Pattern, table: &Anchor) {
        self.body.open("defs");
        self.body
            .tag("pattern")
            .put("id", format_args!("{}_{table}", pattern.name()))
            .fixed("width", "6")
            .fixed("height", "6")
            .set("patternUnits", "userSpaceOnUse")
            .set("patternTransform", "rotate(45)")
            .open();
        match pattern {
            Pattern::Hatch => self
                .body
                .fixed("<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/>"),
            Pattern::Dots => self
                .body
                .fixed("<circle class=\"dot\" cx=\"3\" cy=\"3\" r=\"1\"/>"),
        }
        self.body.close("pattern");
        self.body.close("defs");
    }

    /// A circle.
    pub(super) fn circle(&mut self, class: &'static str, at: (i64, i64), radius: i64) {
        self.body
            .tag("circle")
            .set("class", class)
            .put("cx", at.0)
            .put("cy", at.1)
            .put("r", radius)
            .done();
        self.reach(at.1 + radius + 1);
    }

    /// One line of words on a base line.
    pub(super) fn words_at(&mut self, face: Face, hold: Hold, at: (i64, i64), text: &str) {
        self.words_as(face.class, face, hold, at, text);
    }

    /// One line of words in another class than that of its face, such as the inverse of it.
    pub(super) fn words_as(
        &mut self,
        class: &'static str,
        face: Face,
        hold: Hold,
        at: (i64, i64),
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        let anchor = match hold {
            Hold::Start => None,
            Hold::Middle => Some("middle"),
            Hold::End => Some("end"),
        };
        let mut tag = self.body.tag("text").set("class", class);
        tag = tag.put("x", at.0).put("y", at.1);
        if let Some(anchor) = anchor {
            tag = tag.set("text-anchor", anchor);
        }
        tag.open();
        self.body.text(text);
        self.body.close("text");
        self.words.push(Area::of(text, face, hold, at));
        self.reach(at.1 + face.size * 3 / 10 + 1);
    }

    /// One line of words that runs upwards from `at`, where it begins.
    pub(super) fn words_up(&mut self, face: Face, at: (i64, i64), text: &str) {
        if text.is_empty() {
            return;
        }
        self.body
            .tag("text")
            .set("class", face.class)
            .put("x", at.0)
            .put("y", at.1)
            .put("transform", format_args!("rotate(-90 {} {})", at.0, at.1))
            .open();
        self.body.text(text);
        self.body.close("text");
        self.words.push(Area {
            left: at.0 - face.size * 8 / 10,
            top: at.1 - words::width(text, face),
            right: at.0 + face.size * 2 / 10,
            bottom: at.1,
        });
        self.reach(at.1 + 1);
    }

    /// Lines of words from `top` down. Gives back where the next line would begin.
    pub(super) fn lines(
        &mut self,
        face: Face,
        hold: Hold,
        (x, top): (i64, i64),
        lines: &[String],
    ) -> i64 {
        let mut y = top;
        for line in lines {
            self.words_at(face, hold, (x, y + face.size * 9 / 10), line);
            y += face.leading;
        }
        y
    }

    /// Writes the picture into `page`.
    pub(super) fn write(self, page: &mut Markup, table: &Anchor, picture: &Picture) {
        page.tag("svg")
            .fixed("role", "img")
            .set(
                "class",
                match self.width.cmp(&FULL) {
                    Ordering::Less => "drawing small",
                    Ordering::Equal => "drawing",
                    Ordering::Greater => "drawing large",
                },
            )
            .put(
                "aria-labelledby",
                format_args!("title_{table} desc_{table}"),
            )
            .put(
                "viewBox",
                format_args!("0 0 {} {}", self.width, self.height + 2),
            )
            .put("width", self.width)
            .put("height", self.height + 2)
            .open();
        page.tag("title")
            .put("id", format_args!("title_{table}"))
            .open();
        page.text(&picture.title);
        page.close("title");
        page.tag("desc")
            .put("id", format_args!("desc_{table}"))
            .open();
        page.text(&picture.description);
        page.close("desc");
        page.append(&self.body);
        page.close("svg");
        page.line();
    }
}

/// A filling that tells two areas apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    /// Slanted lines.
    Hatch,
    /// Dots.
    Dots,
}

impl Pattern {
    fn name(self) -> &'static str {
        match self {
            Pattern::Hatch => "hatch",
            Pattern::Dots => "dots",
        }
    }
}

/// Where `value` stands between `from` and `to` when `low` stands at `from` and `high` at `to`.
///
/// What lies outside is drawn at the nearer end, and an axis without extent draws all at its beginning: the
/// figures are in the table, and a picture must not stop a contract from being printed.
pub(super) fn place(
    value: Decimal,
    (low, high): (Decimal, Decimal),
    (from, to): (i64, i64),
) -> i64 {
    let value = value.max(low).min(high);
    let part = || {
        let above = value.checked_sub(low)?;
        let span = high.checked_sub(low)?;
        above
            .checked_mul(Decimal::from(to - from))?
            .checked_div(span)?
            .round()
            .to_i64()
    };
    from + part().unwrap_or(0)
}

/// Labels that want to stand at `wanted` heights, moved apart so that none covers another.
///
/// Each is `(wanted top, height)`, in any order; the answer is in the same order. Nothing is moved above `top`.
pub(super) fn apart(wanted: &[(i64, i64)], top: i64, bottom: i64) -> Vec<i64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&at| wanted[at]);
    let mut tops: Vec<i64> = wanted.iter().map(|want| want.0).collect();
    let mut free = top;
    for &at in &order {
        tops[at] = tops[at].max(free);
        free = tops[at] + wanted[at].1;
    }
    let mut end = bottom;
    for &at in order.iter().rev() {
        let highest = end - wanted[at].1;
        tops[at] = tops[at].min(highest);
        end = tops[at];
    }
    // If there is not room enough for all, order wins over the bottom edge.
    let mut free = top;
    for &at in &order {
        tops[at] = tops[at].max(free);
        free = tops[at] + wanted[at].1;
    }
    tops
}
