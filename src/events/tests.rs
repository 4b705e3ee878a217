//! Tests of events.

mod divided;
mod metrics;
mod reference;
mod silence;
mod spilled;
mod versions;
mod words;

use super::{Event, Form, Leaf, Rejected, Room, Seen, in_order, rows};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::settings::EventFiles;
use crate::source::Source;

/// A sample deal by its name.
#[expect(clippy::disallowed_methods, reason = "a test reads the samples")]
pub(super) fn sample(name: &str) -> Deal {
    let path = format!("{}/samples/{name}/deal.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a deal file");
    deal(&text)
}

/// A deal from its text.
pub(super) fn deal(text: &str) -> Deal {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report);
    assert!(!report.has_errors(), "{report:?}");
    deal.expect("a deal")
}

/// The events of a table, day by day, and the rows that are none.
pub(super) fn read(
    deal: &Deal,
    table: &str,
    settings: Option<&EventFiles>,
) -> (Vec<Event>, Vec<Rejected>) {
    let rows = rows(table.as_bytes(), "q.csv", Form::Table, deal, settings).expect("headings");
    let (mut events, mut rejected) = (Vec::new(), Vec::new());
    in_order(vec![rows], |seen| match seen {
        Seen::Event(event) => events.push(event.clone()),
        Seen::Rejected(row) => rejected.push(row),
    })
    .expect("memory can be read");
    (events, rejected)
}

/// Room in memory, for tests: so many bytes are held before they are put aside.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) held: usize,
}

impl Room for Paper {
    fn leaf(&self) -> std::io::Result<Box<dyn Leaf>> {
        Ok(Box::new(std::io::Cursor::new(Vec::new())))
    }

    fn held(&self) -> usize {
        self.held
    }
}

/// Random numbers (`SplitMix64`): each below what is asked for.
pub(super) fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |sides| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }
}
