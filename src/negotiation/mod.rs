//! Ours alone: what one side knows and the other must not, and the papers made of it.
//!
//! In: `negotiation.toml`, the deal, the library. Out: findings and papers for our own side. No value leaves this
//! layer except in those: every one is [`Confidential`], the tables are private, and no other layer but `cli` may
//! use this one. Deliberately absent: any way into a draft, a redline or a review.

mod alternatives;
mod approvals;
mod bank;
mod beside;
mod brief;

mod check;
mod confidential;
mod expression;
mod file;
mod inspect;
mod judge;
mod prepared;
mod sent;
mod standing;
mod value;
mod words;

pub use approvals::{APPROVALS, Approvals, approvals, approved};
pub use brief::{BRIEF, Brief, brief};
pub use check::check;
pub use confidential::Confidential;
pub use inspect::{Known, Packed, inspect};
pub use prepared::{Prepared, prepared};
pub use sent::{HEAD, NOTHING, SENT, Sending, Sent, head, sha256};
pub use words::Internal;

use crate::deal::record::{Field, Node, Reader};
use crate::deal::{schema, syntax, telling};
use crate::diagnostic::{Code, Report};
use crate::source::Source;
use file::File;
use serde_json::Value;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file, beside the deal.
pub const NAME: &str = crate::deal::NOT_SHARED;

/// What a new deal's negotiation file is made from.
pub const NEW: &str = "templates/internal/new-negotiation.toml";

/// The folder of papers for our own side, beside the deal.
pub const FOLDER: &str = "internal";

/// A negotiation file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negotiation {
    file: Confidential<File>,
}

impl Negotiation {
    /// Reads a negotiation file. What is wrong with its form is in the report; `None` if it cannot be used.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Negotiation> {
        let file: Confidential<File> = table(source, report)?;
        let schema = &file.reveal().schema;
        if schema.value != SCHEMA {
            let mut reader = Reader::new(source, report);
            reader.error(
                Code::UnknownChoice,
                &schema.span,
                format!(
                    "this file has another format than {SCHEMA}, the one that this engross knows"
                ),
                format!("write `schema = {SCHEMA}`"),
            );
            return None;
        }
        Some(Negotiation { file })
    }

    fn file(&self) -> &File {
        self.file.reveal()
    }
}

/// The format of negotiation files that this version reads.
const SCHEMA: u32 = 1;

/// The JSON Schema of negotiation files.
pub fn json_schema() -> Value {
    schema::of(<File as Field>::SHAPE, "engross negotiation")
}

/// Reads a whole file as one table.
fn table<T: Field>(source: &Arc<Source>, report: &mut Report) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in telling(&source.text, &errors) {
        report.push(syntax(source, error));
    }
    if !errors.is_empty() {
        return None;
    }
    // What is missing in the file as a whole is told at its start.
    let node: Node<'_> = Spanned::new(0..0, DeValue::Table(table.into_inner()));
    T::read(&node, &mut Reader::new(source, report))
}
