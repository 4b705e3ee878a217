//! The tree as Markdown.

use crate::document::resolve::Part;

/// `part` as Markdown.
pub fn markdown(part: &Part<'_>) -> String {
    part.name().to_owned()
}
