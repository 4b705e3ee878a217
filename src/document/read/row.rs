//! How many cells a row of a table has, as it is written.

/// The cells of a row of a pipe table.
///
/// As the parser sees them: a pipe divides unless a backslash stands right before it; the outer pipes may
/// be left out. The parser itself drops or adds cells without saying so.
pub(super) fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut before = b' ';
    for byte in row.bytes() {
        if byte == b'|' && before != b'\\' {
            cells += 1;
        }
        before = byte;
    }
    if row.ends_with('|') && !row.ends_with("\\|") {
        cells -= 1;
    }
    cells
}
