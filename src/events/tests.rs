//! Tests of events.

mod divided;
mod metrics;
mod reference;
mod silence;
mod versions;
mod words;

use super::{Event, Form, Rejected, Seen, in_order, rows};
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
