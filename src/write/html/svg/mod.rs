//! Pictures drawn as SVG: a [`Picture`] in, one `<svg>` in the page out.
//!
//! Coordinates are integers, so the same picture is the same bytes on every machine. Words are real text,
//! broken by estimated widths. Colours, weights and fonts stand in the style sheet under class names; what a
//! shape means is told by its form or pattern first, so that it reads in black and white.

mod bars;
mod chart;
mod ladder;
mod map;
mod matrix;
mod path;
mod sheet;
mod timeline;
mod words;

use crate::document::Anchor;
use crate::document::picture::{Drawing, Picture};
use crate::write::html::markup::Markup;
use sheet::Sheet;

/// Draws the picture of the table named `table`.
pub(super) fn draw(page: &mut Markup, table: &Anchor, picture: &Picture) {
    let sheet = drawn(table, picture);
    sheet.write(page, table, picture);
}

fn drawn(table: &Anchor, picture: &Picture) -> Sheet {
    match &picture.drawing {
        Drawing::Chart(chart) => chart::draw(chart),
        Drawing::Bars(bars) => bars::draw(bars, table),
        Drawing::Timeline(timeline) => timeline::draw(timeline, table),
        Drawing::Matrix(matrix) => matrix::draw(matrix),
        Drawing::Ladder(ladder) => ladder::draw(ladder),
        Drawing::Path(path) => path::draw(path),
        Drawing::Map(map) => map::draw(map),
    }
}

#[cfg(test)]
pub(super) mod samples;
#[cfg(test)]
mod tests;
