//! Lines over a volume: bands on top, the lines below, a worked example marked.

use super::sheet::{Area, FULL, Hold, Sheet, apart, place};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::picture::{Axis, Boundary, Chart, Example, Line, Side, Tick};
use rust_decimal::Decimal;

/// How high the plot is.
const HEIGHT: i64 = 260;

/// Where things stand on the sheet.
struct Plot {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
    across: (Decimal, Decimal),
    up: (Decimal, Decimal),
}

impl Plot {
    fn x(&self, value: Decimal) -> i64 {
        place(value, self.across, (self.left, self.right))
    }

    fn y(&self, value: Decimal) -> i64 {
        place(value, self.up, (self.bottom, self.top))
    }
}

pub(super) fn draw(chart: &Chart) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    let scale = |ticks: &[Tick<Decimal>]| ticks.iter().map(|tick| width(&tick.label, SMALL)).max();
    let names = chart.lines.iter().map(|line| width(&line.name, BOLD)).max();
    let left = scale(&chart.up.ticks).unwrap_or(0) + 12;
    let last = chart.across.ticks.last();
    let overhang = last.map_or(0, |tick| width(&tick.label, SMALL) / 2);
    let right = FULL - (names.unwrap_or(0).min(110) + 12).max(overhang + 2);
    let title = wrap(&chart.up.label, SMALL, FULL - 2, 2);
    let head = sheet.lines(SMALL, Hold::Start, (0, 0), &title) + 8;
    let mut plot = Plot {
        left,
        right,
        top: 0,
        bottom: 0,
        across: extent(&chart.across),
        up: extent(&chart.up),
    };
    plot.top = bands(&mut sheet, chart, &plot, head) + 14;
    plot.bottom = plot.top + HEIGHT;
    grid(&mut sheet, chart, &plot);
    for (number, line) in chart.lines.iter().enumerate() {
        draw_line(
            &mut sheet,
            line,
            STYLES[number % STYLES.len()],
            chart,
            &plot,
        );
    }
    name_lines(&mut sheet, chart, &plot);
    jumps(&mut sheet, chart, &plot);
    if let Some(example) = &chart.example {
        mark(&mut sheet, example, chart, &plot);
    }
    sheet
}

const STYLES: [&str; 4] = ["line one", "line two", "line three", "line four"];

fn extent(axis: &Axis) -> (Decimal, Decimal) {
    let at = |tick: Option<&Tick<Decimal>>| tick.map_or(Decimal::ZERO, |tick| tick.at);
    (at(axis.ticks.first()), at(axis.ticks.last()))
}

/// The bands as a row of brackets whose ends are filled where the edge belongs to them.
fn bands(sheet: &mut Sheet, chart: &Chart, plot: &Plot, top: i64) -> i64 {
    if chart.boundaries.is_empty() {
        return top;
    }
    let edges: Vec<i64> = std::iter::once(plot.left)
        .chain(chart.boundaries.iter().map(|edge| plot.x(edge.at)))
        .chain(std::iter::once(plot.right))
        .collect();
    // A short name may be wider than its band, if it keeps clear of the others.
    let whole: Vec<Area> = chart
        .bands
        .iter()
        .zip(edges.windows(2))
        .map(|(name, ends)| {
            let at = (i64::midpoint(ends[0], ends[1]), top + BOLD.leading);
            Area::of(name, BOLD, Hold::Middle, at)
        })
        .collect();
    let fits = whole
        .iter()
        .all(|area| area.left >= 0 && area.right <= FULL)
        && whole.windows(2).all(|two| two[0].right + 8 < two[1].left);
    let names: Vec<Vec<String>> = chart
        .bands
        .iter()
        .zip(edges.windows(2))
        .map(|(name, ends)| {
            if fits {
                vec![name.clone()]
            } else {
                wrap(name, BOLD, (ends[1] - ends[0] - 8).max(12), 4)
            }
        })
        .collect();
    let height = |name: &Vec<String>| i64::try_from(name.len()).unwrap_or(0) * BOLD.leading;
    let bottom = top + names.iter().map(height).max().unwrap_or(0);
    for (name, ends) in names.iter().zip(edges.windows(2)) {
        let at = (i64::midpoint(ends[0], ends[1]), bottom - height(name));
        sheet.lines(BOLD, Hold::Middle, at, name);
    }
    let rail = bottom + 8;
    for (number, ends) in edges.windows(2).enumerate() {
        let from = ends[0] + if number == 0 { 0 } else { 7 };
        let to = ends[1]
            - if number == chart.boundaries.len() {
                0
            } else {
                7
            };
        sheet.line("rail", (from, rail), (to, rail));
    }
    for edge in &chart.boundaries {
        let x = plot.x(edge.at);
        let (below, above) = dots(edge.owner);
        sheet.circle(below, (x - 7, rail), 4);
        sheet.circle(above, (x + 7, rail), 4);
    }
    rail
}

/// The classes of the dots below and above an edge: the filled one owns it.
fn dots(owner: Side) -> (&'static str, &'static str) {
    match owner {
        Side::Below => ("full", "hollow"),
        Side::Above => ("hollow", "full"),
    }
}

fn grid(sheet: &mut Sheet, chart: &Chart, plot: &Plot) {
    for tick in &chart.up.ticks {
        let y = plot.y(tick.at);
        sheet.line("grid", (plot.left, y), (plot.right, y));
        sheet.words_at(SMALL, Hold::End, (plot.left - 8, y + 4), &tick.label);
    }
    for edge in &chart.boundaries {
        let x = plot.x(edge.at);
        sheet.line("edge", (x, plot.top - 14), (x, plot.bottom));
    }
    sheet.line("axis", (plot.left, plot.bottom), (plot.right, plot.bottom));
    // The edges of the bands are what a reader looks for, so their figures come before the round ones.
    let mut lowest = plot.bottom + 16;
    for edge in &chart.boundaries {
        lowest = lowest.max(edge_label(sheet, edge, plot));
    }
    for tick in &chart.across.ticks {
        let at = (plot.x(tick.at), plot.bottom + 16);
        let mut area = Area::of(&tick.label, SMALL, Hold::Middle, at);
        area.left -= 8;
        area.right += 8;
        sheet.line("axis", (at.0, plot.bottom), (at.0, plot.bottom + 4));
        if sheet.is_clear(&area) {
            sheet.words_at(SMALL, Hold::Middle, at, &tick.label);
        }
    }
    let middle = i64::midpoint(plot.left, plot.right);
    let label = wrap(&chart.across.label, SMALL, FULL - 2 * plot.left.min(60), 2);
    sheet.lines(SMALL, Hold::Middle, (middle, lowest + 10), &label);
}

/// The figure of an edge under the axis, in the first row where there is room for it.
fn edge_label(sheet: &mut Sheet, edge: &Boundary, plot: &Plot) -> i64 {
    let half = width(&edge.label, BOLD) / 2 + 1;
    let x = plot.x(edge.at).clamp(half, FULL - half);
    let mut y = plot.bottom + 16;
    loop {
        let mut area = Area::of(&edge.label, BOLD, Hold::Middle, (x, y));
        area.left -= 6;
        area.right += 6;
        if sheet.is_clear(&area) {
            break;
        }
        y += BOLD.leading;
    }
    sheet.words_at(BOLD, Hold::Middle, (x, y), &edge.label);
    y
}

/// A line, broken where two points stand over each other.
fn draw_line(sheet: &mut Sheet, line: &Line, class: &'static str, chart: &Chart, plot: &Plot) {
    for run in line.points.chunk_by(|one, next| one.x != next.x) {
        let points: Vec<(i64, i64)> = run
            .iter()
            .map(|point| (plot.x(point.x), plot.y(point.y)))
            .collect();
        sheet.route(class, &points, false);
    }
    for pair in line.points.windows(2) {
        if pair[0].x != pair[1].x {
            continue;
        }
        let x = plot.x(pair[0].x);
        let owner = chart.boundaries.iter().find(|edge| edge.at == pair[0].x);
        let (below, above) = dots(owner.map_or(Side::Below, |edge| edge.owner));
        sheet.line("gap", (x, plot.y(pair[0].y)), (x, plot.y(pair[1].y)));
        sheet.circle(below, (x, plot.y(pair[0].y)), 4);
        sheet.circle(above, (x, plot.y(pair[1].y)), 4);
    }
}

/// The name of each line at its end, moved apart where lines end close together.
fn name_lines(sheet: &mut Sheet, chart: &Chart, plot: &Plot) {
    let room = FULL - plot.right - 10;
    let names: Vec<Vec<String>> = chart
        .lines
        .iter()
        .map(|line| wrap(&line.name, BOLD, room, 3))
        .collect();
    let wanted: Vec<(i64, i64)> = chart
        .lines
        .iter()
        .zip(&names)
        .map(|(line, name)| {
            let end = line
                .points
                .last()
                .map_or(plot.bottom, |point| plot.y(point.y));
            let height = i64::try_from(name.len()).unwrap_or(0) * BOLD.leading;
            (end - height / 2, height)
        })
        .collect();
    let tops = apart(&wanted, plot.top, plot.bottom);
    for (name, top) in names.iter().zip(tops) {
        sheet.lines(BOLD, Hold::Start, (plot.right + 8, top), name);
    }
}

/// The size of each jump, beside its gap.
fn jumps(sheet: &mut Sheet, chart: &Chart, plot: &Plot) {
    for edge in &chart.boundaries {
        let Some(size) = &edge.jump else { continue };
        let ends: Vec<i64> = chart
            .lines
            .iter()
            .flat_map(|line| &line.points)
            .filter(|point| point.x == edge.at)
            .map(|point| plot.y(point.y))
            .collect();
        let (Some(high), Some(low)) = (ends.iter().min(), ends.iter().max()) else {
            continue;
        };
        let x = plot.x(edge.at);
        let y = i64::midpoint(*high, *low) + 4;
        set_aside(sheet, size, (x, y), chart, plot);
    }
}

/// The worked example: a dot, lines to both axes, and its words where there is room.
fn mark(sheet: &mut Sheet, example: &Example, chart: &Chart, plot: &Plot) {
    let (x, y) = (plot.x(example.at.x), plot.y(example.at.y));
    sheet.line("lead", (x, y), (x, plot.bottom));
    sheet.line("lead", (plot.left, y), (x, y));
    sheet.circle("example", (x, y), 6);
    set_aside(sheet, &example.label, (x, y), chart, plot);
}

/// Sets words near a point where they cover neither other words nor a line, if there is such a place.
fn set_aside(sheet: &mut Sheet, text: &str, (x, y): (i64, i64), chart: &Chart, plot: &Plot) {
    let lines = wrap(text, TEXT, 150, 4);
    let wide = lines
        .iter()
        .map(|line| width(line, TEXT))
        .max()
        .unwrap_or(0);
    let high = i64::try_from(lines.len()).unwrap_or(1) * TEXT.leading;
    let mut spots = Vec::new();
    for off in [10, 24, 40, 60, 80, 100, 120, 140, 170, 200] {
        spots.push((x - off - wide, y - 5 - high));
        spots.push((x - off - wide, y - off / 2 - high));
        spots.push((x + off, y + off / 2));
        spots.push((x + off, y - high / 2));
        spots.push((x - off - wide, y - high / 2));
        spots.push((x - wide / 2, y + off));
        spots.push((x - wide / 2, y - off - high));
    }
    let area = |&(left, top): &(i64, i64)| Area {
        left: left - 3,
        top: top - 2,
        right: left + wide + 3,
        bottom: top + high + 2,
    };
    let inside = |area: &Area| {
        area.left > plot.left
            && area.right < plot.right
            && area.top > plot.top
            && area.bottom < plot.bottom
    };
    let free = |spot: &&(i64, i64)| {
        let area = area(spot);
        inside(&area) && sheet.is_clear(&area) && !crossed(&area, chart, plot)
    };
    let spot = spots.iter().find(free).copied().or_else(|| {
        // Over a line is better than over words.
        let clear = |spot: &&(i64, i64)| inside(&area(spot)) && sheet.is_clear(&area(spot));
        spots.iter().find(clear).copied()
    });
    if let Some(spot) = spot {
        sheet.lines(TEXT, Hold::Start, spot, &lines);
    }
}

/// Whether a line of the chart or an edge runs through `area`.
fn crossed(area: &Area, chart: &Chart, plot: &Plot) -> bool {
    let edges = chart
        .boundaries
        .iter()
        .map(|edge| plot.x(edge.at))
        .any(|x| area.left < x && x < area.right);
    // The lines that lead from the worked example to the axes.
    let leads = chart.example.as_ref().is_some_and(|example| {
        let (x, y) = (plot.x(example.at.x), plot.y(example.at.y));
        let level = area.top < y && y < area.bottom && area.left < x;
        level || (area.left < x && x < area.right && area.bottom > y)
    });
    edges
        || leads
        || chart.lines.iter().any(|line| {
            line.points.windows(2).any(|pair| {
                let from = (plot.x(pair[0].x), plot.y(pair[0].y));
                let to = (plot.x(pair[1].x), plot.y(pair[1].y));
                (0..=64).any(|part| {
                    let x = from.0 + (to.0 - from.0) * part / 64;
                    let y = from.1 + (to.1 - from.1) * part / 64;
                    area.left < x && x < area.right && area.top < y && y < area.bottom
                })
            })
        })
}
