//! The copy of the events in the folder of a review: a table that engross reads without any settings.

use super::super::events::Aside;
use crate::events::{Column, Event, Pile};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Result, Write};

/// Its name.
pub(super) const EVENTS: &str = "events.csv";

/// A table of events.
pub(super) enum Copied {
    /// As it is.
    Held(String),
    /// In a file without a name, where memory does not hold it.
    Aside(File),
}

/// The events that were handed in.
pub(super) struct Handed {
    /// In their order.
    pub(super) pile: Pile,
    /// As a table, unless they are many.
    pub(super) table: Option<String>,
}

impl Handed {
    /// The events of a pile, whose table goes into a digest. `held` is how many bytes memory holds.
    pub(super) fn of(mut pile: Pile, held: usize, digest: &mut impl Write) -> Result<Handed> {
        if pile.count() > most_held(held) {
            table(&mut pile, 0, digest)?;
            return Ok(Handed { pile, table: None });
        }
        let mut text = Vec::new();
        table(&mut pile, 0, &mut text)?;
        digest.write_all(&text)?;
        let table = String::from_utf8(text).ok();
        Ok(Handed { pile, table })
    }
}

/// More events than these are copied to a file beside memory. `held` is how many bytes memory holds.
pub(super) fn most_held(held: usize) -> u64 {
    20_000.min(held as u64)
}

/// The table of the events from one with a number on.
pub(super) fn copied(events: &mut Pile, from: u64, large: bool, aside: &Aside) -> Result<Copied> {
    if large {
        let mut file = aside.file()?;
        table(events, from, &mut file)?;
        return Ok(Copied::Aside(file));
    }
    let mut text = Vec::new();
    table(events, from, &mut text)?;
    Ok(Copied::Held(String::from_utf8(text).unwrap_or_default()))
}

/// The cells of an event in the order of the columns, in the forms of engross.
pub(super) fn row(event: &Event) -> [Cow<'_, str>; Column::ALL.len()] {
    Column::ALL.map(|column| match column {
        Column::Date => event.date.iso().into(),
        Column::Kind => event.kind.as_str().into(),
        Column::Amount => event.amount.map_or(Cow::Borrowed(""), |amount| {
            amount.amount().normalize().to_string().into()
        }),
        Column::Currency => event
            .amount
            .map_or("", |amount| amount.currency().code())
            .into(),
        Column::Attribution => event
            .attribution
            .map_or("", |credit| credit.as_str())
            .into(),
        Column::Id
        | Column::Account
        | Column::Item
        | Column::Segment
        | Column::Territory
        | Column::Registration
        | Column::Invoice
        | Column::Reason => event.cell(column).into(),
    })
}

/// Writes events, from one with a number on, as a table.
fn table(events: &mut Pile, from: u64, to: impl Write) -> Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(Column::ALL.map(Column::as_str))?;
    let mut written = Ok(());
    events.each(|event, number| {
        if written.is_ok() && number >= from {
            let cells = row(event);
            written = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
        }
    })?;
    written?;
    writer.flush()
}
