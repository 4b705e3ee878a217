//! Who does what: letters in a grid, the loudest in white on black.

use super::sheet::{Area, FULL, Hold, Sheet};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::picture::{Letter, Matrix, Weight};

/// The least room of a column: its loudest letters and a little air.
const CELL: i64 = 36;
/// The most room of a column.
const ROOMY: i64 = 64;
/// The room of the tasks.
const TASKS: i64 = 260;
/// How long a role may be that stands upright over its column.
const UPRIGHT: i64 = 130;

/// Where things stand on the sheet.
struct Grid {
    left: i64,
    cell: i64,
    right: i64,
}

impl Grid {
    /// The middle of a column.
    fn middle(&self, column: i64) -> i64 {
        self.left + self.cell * column + self.cell / 2
    }
}

pub(super) fn draw(matrix: &Matrix) -> Sheet {
    let columns: usize = matrix.groups.iter().map(|group| group.columns.len()).sum();
    let columns = i64::try_from(columns).unwrap_or(1).max(1);
    let right = (TASKS + columns * CELL).max(FULL);
    let cell = ((right - TASKS) / columns).min(ROOMY);
    let grid = Grid {
        left: right - columns * cell,
        cell,
        right,
    };
    let mut sheet = Sheet::new(right);
    let mut top = heads(&mut sheet, matrix, &grid);
    for row in &matrix.rows {
        let lines = wrap(&row.label, TEXT, grid.left - 14, 3);
        let count = i64::try_from(lines.len()).unwrap_or(1).max(1);
        let height = (count * TEXT.leading + 8).max(28);
        let middle = top + height / 2;
        sheet.line("grid", (0, top), (grid.right, top));
        let first = middle - count * TEXT.leading / 2;
        sheet.lines(TEXT, Hold::Start, (0, first), &lines);
        for (column, letter) in (0..columns).zip(&row.cells) {
            if let Some(letter) = letter {
                mark(&mut sheet, letter, (grid.middle(column), middle));
            }
        }
        top += height;
    }
    sheet.line("axis", (0, top), (grid.right, top));
    separators(&mut sheet, matrix, &grid, top);
    legend(&mut sheet, matrix, top + 14, grid.right);
    sheet
}

/// The parties, and their roles upright under them.
fn heads(sheet: &mut Sheet, matrix: &Matrix, grid: &Grid) -> i64 {
    let mut column = 0;
    let mut below = 0;
    let mut names = Vec::new();
    for group in &matrix.groups {
        let count = i64::try_from(group.columns.len()).unwrap_or(0);
        let x = grid.left + grid.cell * column;
        let lines = wrap(&group.name, BOLD, grid.cell * count - 12, 2);
        below = below.max(sheet.lines(BOLD, Hold::Start, (x + 6, 0), &lines));
        let most = if grid.cell >= 2 * SMALL.leading + 4 {
            2
        } else {
            1
        };
        for (number, role) in (column..).zip(&group.columns) {
            names.push((number, wrap(role, SMALL, UPRIGHT, most)));
        }
        column += count;
    }
    let longest = names
        .iter()
        .flat_map(|(_, lines)| lines)
        .map(|line| width(line, SMALL))
        .max()
        .unwrap_or(0);
    let foot = below + 8 + longest;
    for (number, lines) in &names {
        let count = i64::try_from(lines.len()).unwrap_or(0);
        // The base line of the first, so that all of them stand about the middle.
        let mut x = grid.middle(*number) - (count - 1) * SMALL.leading / 2 + 4;
        for line in lines {
            sheet.words_up(SMALL, (x, foot), line);
            x += SMALL.leading;
        }
    }
    foot + 8
}

/// A line between the columns of one party and the next.
fn separators(sheet: &mut Sheet, matrix: &Matrix, grid: &Grid, bottom: i64) {
    let mut column = 0;
    for group in &matrix.groups {
        let x = grid.left + grid.cell * column;
        sheet.line("axis", (x, 0), (x, bottom));
        column += i64::try_from(group.columns.len()).unwrap_or(0);
    }
}

fn mark(sheet: &mut Sheet, letter: &Letter, (x, y): (i64, i64)) {
    let half = (width(&letter.text, BOLD) / 2 + 3).max(11);
    let area = Area {
        left: x - half,
        top: y - 11,
        right: x + half,
        bottom: y + 11,
    };
    let at = (x, y + 5);
    match letter.weight {
        Weight::Heavy => {
            sheet.rect("solid-ink", &area, 3);
            sheet.words_as("b inverse", BOLD, Hold::Middle, at, &letter.text);
        }
        Weight::Medium => {
            sheet.rect("frame", &area, 3);
            sheet.words_at(BOLD, Hold::Middle, at, &letter.text);
        }
        Weight::Light => sheet.words_at(TEXT, Hold::Middle, at, &letter.text),
    }
}

fn legend(sheet: &mut Sheet, matrix: &Matrix, top: i64, right: i64) {
    let (mut x, mut y) = (0, top);
    for (letter, meaning) in &matrix.legend {
        let box_width = (width(&letter.text, BOLD) + 12).max(24);
        let lines = wrap(meaning, SMALL, right - box_width - 10, 1);
        let wide = lines.first().map_or(0, |line| width(line, SMALL));
        if x > 0 && x + box_width + 8 + wide > right {
            x = 0;
            y += 28;
        }
        mark(sheet, letter, (x + box_width / 2, y + 12));
        sheet.lines(SMALL, Hold::Start, (x + box_width + 8, y + 6), &lines);
        x += box_width + 8 + wide + 22;
    }
}
