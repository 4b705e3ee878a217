//! The register: every edition of each exhibit, from which day to which it holds, and what it replaced.
//!
//! In: a record. Out: rows, exhibit by exhibit. How they are printed is not said here.

use super::record::{Edition, Record, folder};
use crate::units::Date;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'r> {
    /// The edition.
    pub edition: &'r Edition,
    /// The last day on which it holds; none while nothing replaces it.
    pub until: Option<Date>,
    /// The number of the edition that it replaced; none for what was signed.
    pub replaced: Option<u32>,
    /// The folder with its files.
    pub folder: String,
}

/// Every edition, by exhibit in the order of the agreement and then by number.
pub fn register(record: &Record) -> Vec<Row<'_>> {
    let mut exhibits: Vec<&str> = Vec::new();
    for edition in &record.editions {
        if !exhibits.contains(&edition.exhibit.as_str()) {
            exhibits.push(&edition.exhibit);
        }
    }
    let mut rows = Vec::new();
    for exhibit in exhibits {
        let editions: Vec<&Edition> = record
            .editions
            .iter()
            .filter(|edition| edition.exhibit == exhibit)
            .collect();
        for (place, edition) in editions.iter().enumerate() {
            let next = editions.get(place + 1);
            rows.push(Row {
                edition,
                until: next.map(|next| next.from.plus_days(-1)),
                replaced: place
                    .checked_sub(1)
                    .and_then(|before| editions.get(before))
                    .map(|before| before.number),
                folder: folder(edition.amendment),
            });
        }
    }
    rows
}
