//! Resolved documents to bytes: one file or folder per format.
//!
//! A writer takes a [`Part`](crate::document::resolve::Part), in which every reference is known to lead
//! somewhere. It knows no deals and decides no words.

pub mod html;
mod ics;
pub mod markdown;
pub mod redline;

pub use html::{Look, Script, html};
pub use ics::{Calendar, Event, calendar};
pub use markdown::markdown;

use crate::document::picture::Pictures;
use crate::document::resolve::Part;
use std::fmt;

/// The formats that documents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Markdown, the format of record
    Md,
    /// One page that opens from disk
    Html,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 2] = [Format::Md, Format::Html];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Md => "md",
            Format::Html => "html",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.ending())
    }
}

/// Writes `part` in `format`. Same input, same bytes.
pub fn write(part: &Part<'_>, pictures: &Pictures, look: &Look, format: Format) -> Vec<u8> {
    match format {
        Format::Md => markdown(part).into_bytes(),
        Format::Html => html(part, pictures, look).into_bytes(),
    }
}
