//! The intake: a partner manager's answers on day one, and what becomes of them.
//!
//! In: a `term-sheet.toml` or a table of two columns. Out: a [`TermSheet`].

mod sheet;
mod slice;

pub use sheet::*;
pub use slice::Slice;
