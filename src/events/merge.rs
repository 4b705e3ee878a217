//! Several files as one: day by day, and within a day by kind, so that the order of rows decides nothing.

use super::event::{Event, Rejected};
use super::rows::{Next, Rows};
use crate::units::Date;
use std::io::BufRead;
use std::ops::ControlFlow;

/// What comes next.
#[derive(Debug)]
pub enum Seen<'e> {
    /// An event.
    Event(&'e Event),
    /// A row that is none.
    Rejected(Rejected),
}

/// How the rows of the files stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Each file is in the order of its days, and all were read.
    ByDay,
    /// A file is not: reading stopped there. [`in_order`] reads such files at the price of keeping them.
    Mixed,
    /// Whoever was handed the events, or the length of a day, put an end to it.
    Stopped,
}

/// The head of one file.
struct Head<R: BufRead> {
    rows: Rows<R>,
    next: Option<Box<Event>>,
    last: Date,
}

/// Hands over the events of files that are in the order of their days; memory holds one day, of at most `most` events.
///
/// # Errors
///
/// If a file cannot be read on.
pub fn merge<R: BufRead>(
    files: Vec<Rows<R>>,
    most: usize,
    mut each: impl FnMut(Seen<'_>) -> ControlFlow<()>,
) -> std::io::Result<Reading> {
    let mut heads: Vec<Head<R>> = files
        .into_iter()
        .map(|rows| Head {
            rows,
            next: None,
            last: Date::MIN,
        })
        .collect();
    for head in &mut heads {
        if let Some(end) = advance(head, &mut each)? {
            return Ok(end);
        }
    }
    let mut day: Vec<Box<Event>> = Vec::new();
    while let Some(date) = heads
        .iter()
        .filter_map(|head| head.next.as_ref().map(|event| event.date))
        .min()
    {
        day.clear();
        for head in &mut heads {
            while let Some(event) = head.next.take_if(|event| event.date == date) {
                day.push(event);
                if day.len() > most {
                    return Ok(Reading::Stopped);
                }
                if let Some(end) = advance(head, &mut each)? {
                    return Ok(end);
                }
            }
        }
        if day.windows(2).any(|pair| pair[0].kind > pair[1].kind) {
            day.sort_by_key(|event| event.kind);
        }
        for event in &day {
            if each(Seen::Event(event)).is_break() {
                return Ok(Reading::Stopped);
            }
        }
    }
    Ok(Reading::ByDay)
}

/// Goes on to the next event of a file; why reading ends here, if it does.
fn advance<R: BufRead>(
    head: &mut Head<R>,
    each: &mut impl FnMut(Seen<'_>) -> ControlFlow<()>,
) -> std::io::Result<Option<Reading>> {
    for row in head.rows.by_ref() {
        match row? {
            Next::Event(event) => {
                if event.date < head.last {
                    return Ok(Some(Reading::Mixed));
                }
                head.last = event.date;
                head.next = Some(event);
                break;
            }
            Next::Rejected(rejected) => {
                if each(Seen::Rejected(*rejected)).is_break() {
                    return Ok(Some(Reading::Stopped));
                }
            }
        }
    }
    Ok(None)
}

/// Hands over the events of files in any order; memory holds all of them.
///
/// # Errors
///
/// If a file cannot be read on.
pub fn in_order<R: BufRead>(
    files: Vec<Rows<R>>,
    mut each: impl FnMut(Seen<'_>),
) -> std::io::Result<()> {
    let mut events: Vec<Box<Event>> = Vec::new();
    for rows in files {
        for row in rows {
            match row? {
                Next::Event(event) => events.push(event),
                Next::Rejected(rejected) => each(Seen::Rejected(*rejected)),
            }
        }
    }
    events.sort_by_key(|event| (event.date, event.kind));
    for event in &events {
        each(Seen::Event(event));
    }
    Ok(())
}
