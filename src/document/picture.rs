//! Pictures as data: what a table shows, laid out for the eye.
//!
//! A picture stands beside the table with the same figures, never instead of it, and is found by that table's
//! anchor. Every word in it is given by the caller; nothing here knows deals. How a picture is drawn is the
//! business of a writer, and a writer that cannot draw loses nothing but the picture.

use crate::document::Anchor;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The pictures of a package: a side table from a table's anchor to its picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures {
    by_table: BTreeMap<Anchor, Picture>,
}

impl Pictures {
    /// No pictures.
    pub fn new() -> Pictures {
        Pictures::default()
    }

    /// Puts `picture` beside the table named `table`, in the place of an earlier one.
    pub fn insert(&mut self, table: Anchor, picture: Picture) {
        self.by_table.insert(table, picture);
    }

    /// The picture of the table named `table`.
    pub fn get(&self, table: &Anchor) -> Option<&Picture> {
        self.by_table.get(table)
    }

    /// All of them, by the name of their table.
    pub fn iter(&self) -> impl Iterator<Item = (&Anchor, &Picture)> {
        self.by_table.iter()
    }
}

/// A drawing and what it says to those who cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it shows, in a few words.
    pub title: String,
    /// What a reader is meant to see in it, in a sentence or two.
    pub description: String,
    /// The drawing.
    pub drawing: Drawing,
}

/// The kinds of drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    /// Lines over a volume.
    Chart(Chart),
    /// Groups of bars.
    Bars(Bars),
    /// Dates to true scale.
    Timeline(Timeline),
    /// Who does what.
    Matrix(Matrix),
    /// Whom to call next.
    Ladder(Ladder),
    /// Steps that change hands.
    Path(Path),
    /// Documents and which of them wins.
    Map(Map),
}

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick<T> {
    /// Where.
    pub at: T,
    /// What is printed there.
    pub label: String,
}

/// An axis. It runs from its least tick to its greatest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What is measured, with its unit.
    pub label: String,
    /// The marks, in rising order, at least two.
    pub ticks: Vec<Tick<Decimal>>,
}

/// Round steps from zero, or from below it, up to at least `most`: what an axis is marked with.
///
/// At most six or seven steps of 1, 2 or 5 times a power of ten. Zero is always one of them, so that a picture
/// cannot make a small difference look large.
pub fn steps(least: Decimal, most: Decimal) -> Vec<Decimal> {
    let least = least.min(Decimal::ZERO);
    let most = match most.max(Decimal::ZERO) {
        // An axis needs some extent.
        most if most == least => Decimal::ONE,
        most => most,
    };
    let span = most - least;
    let step = step_for(span);
    let first = (least / step).floor() * step;
    let mut at = first;
    let mut marks = vec![at];
    while at < most {
        at += step;
        marks.push(at);
    }
    marks.into_iter().map(|mark| mark.normalize()).collect()
}

/// The least of 1, 2, 5 times a power of ten that divides `span` in at most six.
fn step_for(span: Decimal) -> Decimal {
    let six = Decimal::from(6);
    let mut power = Decimal::ONE;
    while power * six >= span && power.scale() < 12 {
        power /= Decimal::TEN;
    }
    loop {
        for factor in [1, 2, 5] {
            let step = power * Decimal::from(factor);
            if step * six >= span {
                return step;
            }
        }
        power *= Decimal::TEN;
    }
}

/// Lines over a volume, such as a payout over sales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The axis from left to right.
    pub across: Axis,
    /// The axis from bottom to top.
    pub up: Axis,
    /// The lines, at most four.
    pub lines: Vec<Line>,
    /// The edges between bands, in rising order.
    pub boundaries: Vec<Boundary>,
    /// The names of the bands, one more than there are boundaries, or none.
    pub bands: Vec<String>,
    /// The worked example.
    pub example: Option<Example>,
}

/// A line from point to point. Two points in a row with the same `x` are a jump, which is drawn as a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it stands for.
    pub name: String,
    /// Its points, in rising order of `x`.
    pub points: Vec<Point>,
}

/// A point of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Across.
    pub x: Decimal,
    /// Up.
    pub y: Decimal,
}

/// An edge between two bands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    /// Where, across.
    pub at: Decimal,
    /// What is printed at it.
    pub label: String,
    /// Which band the edge itself belongs to.
    pub owner: Side,
    /// The size of the jump at it, such as "+12,500.00", if there is one.
    pub jump: Option<String>,
}

/// A side of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The band with the smaller values.
    Below,
    /// The band with the greater values.
    Above,
}

/// A marked point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Where.
    pub at: Point,
    /// What is printed at it, such as "1,240,000 pays 154,750.00".
    pub label: String,
}

/// Groups of bars from a common zero: the result of each party at each volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// The axis from bottom to top; its ticks hold zero.
    pub up: Axis,
    /// What the bars of a group stand for, at most three.
    pub series: Vec<String>,
    /// The groups, left to right.
    pub groups: Vec<BarGroup>,
}

/// Bars that are compared with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarGroup {
    /// What the group is.
    pub label: String,
    /// A bar for each series.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its height; below zero it hangs.
    pub value: Decimal,
    /// What is printed at its end.
    pub label: String,
}

/// Dates to true scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The first day drawn.
    pub from: Date,
    /// The last day drawn.
    pub to: Date,
    /// The marks under the line, such as the first day of each quarter.
    pub ticks: Vec<Tick<Date>>,
    /// What happens on a day.
    pub events: Vec<Event>,
    /// What lasts for some days.
    pub windows: Vec<Window>,
    /// What the marks mean.
    pub legend: Vec<(Mark, String)>,
}

/// What happens on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub on: Date,
    /// The day as printed, such as "Fri 1 Oct 2027".
    pub when: String,
    /// What happens; if empty, only its mark is drawn.
    pub label: String,
    /// How it is marked.
    pub mark: Mark,
}

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A beginning or an end: a bar.
    Edge,
    /// What comes round, such as a review: a ring.
    Regular,
    /// A last day to act: a filled diamond.
    Deadline,
}

/// Some days on end, shaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: Date,
    /// The last day, which belongs to it.
    pub to: Date,
    /// What it is.
    pub label: String,
}

/// Who does what: a letter for each task and role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The columns, by the party they belong to.
    pub groups: Vec<RoleGroup>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
    /// What the letters mean.
    pub legend: Vec<(Letter, String)>,
}

/// The columns of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGroup {
    /// The party.
    pub name: String,
    /// Its roles.
    pub columns: Vec<String>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// What is to be done.
    pub label: String,
    /// A letter or nothing for each column of each group.
    pub cells: Vec<Option<Letter>>,
}

/// A letter in a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The letter, or two: "A", "R", "A/R".
    pub text: String,
    /// How loud it is.
    pub weight: Weight,
}

/// How loud a letter is, told by its shape and not by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// White on black: the one who answers for it.
    Heavy,
    /// In a frame: those who do it.
    Medium,
    /// Bare: those who are asked or told.
    Light,
}

/// Whom to call next, first level first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The levels.
    pub rungs: Vec<Rung>,
}

/// A level of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its name in a few letters, such as "1".
    pub level: String,
    /// Who.
    pub who: String,
    /// How long they have, such as "2 business days to reply".
    pub reply: String,
    /// How long it has taken by then, such as "by business day 2".
    pub total: String,
}

/// Steps that change hands, such as the approval of a logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Who acts, left to right.
    pub lanes: Vec<String>,
    /// The steps in order, at most seven.
    pub steps: Vec<Step>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which lane it stands in, counted from zero.
    pub lane: usize,
    /// What is done.
    pub label: String,
    /// How long it may take, such as "5 business days".
    pub clock: Option<String>,
    /// The earlier step that it follows, counted from zero; the first follows none.
    pub after: Option<usize>,
    /// When it is taken, such as "no answer in time"; such a step has a broken outline.
    pub condition: Option<String>,
}

/// Documents in their order of precedence, and which of them leans on which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The documents; the first wins over the second, and so on.
    pub documents: Vec<MapDocument>,
    /// `(user, used)`, counted from zero.
    pub uses: Vec<(usize, usize)>,
    /// What stands at the top of the stack, such as "wins".
    pub first: String,
    /// What an arrow between two documents means, such as "refers to".
    pub arrow: String,
}

/// A document of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapDocument {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_hold_zero() {
        let check = |least: &str, most: &str, expected: &[&str]| {
            let marks = steps(
                least.parse().expect("number"),
                most.parse().expect("number"),
            );
            let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
            assert_eq!(marks, expected, "{least} to {most}");
        };
        check("0", "1240000", &["0", "500000", "1000000", "1500000"]);
        check("0", "6", &["0", "1", "2", "3", "4", "5", "6"]);
        check("-30", "100", &["-50", "0", "50", "100"]);
        check("0", "0", &["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        check("0", "0.05", &["0", "0.01", "0.02", "0.03", "0.04", "0.05"]);
    }
}
