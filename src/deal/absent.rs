//! `[absent]`: what a reviewer will look for and this deal leaves out on purpose, each with its reason.

use super::fact::Fact;
use super::record::{Field, Node, Reader, kind};
use super::shape::Shape;
use super::text::Text;
use crate::diagnostic::Code;
use crate::source::At;

/// What the deal leaves out on purpose: `[absent]`.
///
/// The reasons stay in the file: no template sees them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Absences {
    /// The heads of `templates/coverage.toml`, each with its reason, in the order of the file.
    pub heads: Vec<(At<String>, At<Text>)>,
}

impl Absences {
    /// Why the head `key` is left out, if it is.
    pub fn of(&self, key: &str) -> Option<&At<Text>> {
        self.heads
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, reason)| reason)
    }
}

impl Field for Absences {
    const SHAPE: Shape = Shape::Reasons;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            let at = reader.span(node.span());
            reader.error(
                Code::WrongType,
                &at,
                format!("expected a table, found {}", kind(node.get_ref())),
                "write `[absent]` and under it `non-compete = \"why\"`",
            );
            return None;
        };
        let mut heads = Vec::new();
        for (key, value) in table {
            let name = At::new(key.get_ref().to_string(), reader.span(key.span()));
            heads.push((name, <At<Text>>::read(value, reader)?));
        }
        heads.sort_by_key(|(name, _)| name.span.range().start);
        Some(Absences { heads })
    }

    fn absent() -> Option<Self> {
        Some(Absences::default())
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}
