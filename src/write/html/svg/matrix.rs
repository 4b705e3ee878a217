//! Who does what: letters in a grid, the loudest in white on black.

use super::sheet::{Area, FULL, Hold, Sheet};
use super::words::{BOLD, SMALL, TEXT, width, wrap};
use crate::document::picture::{Letter, Matrix, Weight};

pub(super) fn draw(matrix: &Matrix) -> Sheet {
    let mut sheet = Sheet::new(FULL);
    let columns: usize = matrix.groups.iter().map(|group| group.columns.len()).sum();
    let columns = i64::try_from(columns).unwrap_or(1).max(1);
    // Columns are as wide as the longest word at their head, if the tasks keep enough room.
    let words = matrix
        .groups
        .iter()
        .flat_map(|group| &group.columns)
        .flat_map(|name| name.split_whitespace());
    let widest = words.map(|word| width(word, SMALL)).max().unwrap_or(0) + 8;
    let left = (FULL - columns * widest.max(44)).clamp(120, FULL * 2 / 5);
    let cell = (FULL - left) / columns;
    let mut top = heads(&mut sheet, matrix, left, cell);
    for row in &matrix.rows {
        let lines = wrap(&row.label, TEXT, left - 14, 3);
        let count = i64::try_from(lines.len()).unwrap_or(1).max(1);
        let height = (count * TEXT.leading + 12).max(34);
        let middle = top + height / 2;
        sheet.line("grid", (0, top), (FULL, top));
        let first = middle - count * TEXT.leading / 2;
        sheet.lines(TEXT, Hold::Start, (0, first), &lines);
        for (column, letter) in (0..columns).zip(&row.cells) {
            if let Some(letter) = letter {
                let x = left + cell * column + cell / 2;
                mark(&mut sheet, letter, (x, middle));
            }
        }
        top += height;
    }
    sheet.line("axis", (0, top), (FULL, top));
    separators(&mut sheet, matrix, left, cell, top);
    legend(&mut sheet, matrix, top + 14);
    sheet
}

/// The parties, and their roles under them.
fn heads(sheet: &mut Sheet, matrix: &Matrix, left: i64, cell: i64) -> i64 {
    let mut column = 0;
    let mut below = 0;
    let mut names = Vec::new();
    for group in &matrix.groups {
        let count = i64::try_from(group.columns.len()).unwrap_or(0);
        let x = left + cell * column;
        let lines = wrap(&group.name, BOLD, cell * count - 12, 2);
        below = below.max(sheet.lines(BOLD, Hold::Start, (x + 6, 0), &lines));
        for (number, role) in (column..).zip(&group.columns) {
            names.push((number, wrap(role, SMALL, cell - 6, 4)));
        }
        column += count;
    }
    let most = names
        .iter()
        .map(|(_, lines)| lines.len())
        .max()
        .unwrap_or(0);
    let height = i64::try_from(most).unwrap_or(0) * SMALL.leading;
    for (number, lines) in &names {
        let used = i64::try_from(lines.len()).unwrap_or(0) * SMALL.leading;
        let x = left + cell * number + cell / 2;
        sheet.lines(SMALL, Hold::Middle, (x, below + 6 + height - used), lines);
    }
    below + 6 + height + 8
}

/// A line between the columns of one party and the next.
fn separators(sheet: &mut Sheet, matrix: &Matrix, left: i64, cell: i64, bottom: i64) {
    let mut column = 0;
    for group in &matrix.groups {
        let x = left + cell * column;
        sheet.line("axis", (x, 0), (x, bottom));
        column += i64::try_from(group.columns.len()).unwrap_or(0);
    }
}

fn mark(sheet: &mut Sheet, letter: &Letter, (x, y): (i64, i64)) {
    let half = (width(&letter.text, BOLD) / 2 + 6).max(12);
    let area = Area {
        left: x - half,
        top: y - 12,
        right: x + half,
        bottom: y + 12,
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

fn legend(sheet: &mut Sheet, matrix: &Matrix, top: i64) {
    let (mut x, mut y) = (0, top);
    for (letter, meaning) in &matrix.legend {
        let box_width = (width(&letter.text, BOLD) + 12).max(24);
        let lines = wrap(meaning, SMALL, FULL - box_width - 10, 1);
        let wide = lines.first().map_or(0, |line| width(line, SMALL));
        if x > 0 && x + box_width + 8 + wide > FULL {
            x = 0;
            y += 28;
        }
        mark(sheet, letter, (x + box_width / 2, y + 12));
        sheet.lines(SMALL, Hold::Start, (x + box_width + 8, y + 6), &lines);
        x += box_width + 8 + wide + 22;
    }
}
