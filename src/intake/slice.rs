//! One tier in one line: `10% to USD 250000`.

use crate::deal::Reward;
use crate::deal::fact::Fact;
use crate::deal::leaves::{leaf, read_unit};
use crate::deal::record::{Field, Node, Reader};
use crate::deal::shape::Shape;
use crate::diagnostic::Complaint;
use crate::source::At;
use crate::units::{Measure, Unit};

/// What a tier pays, and where it ends.
///
/// It begins where the one before it ends, and the last has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// What it pays: a share, or a sum for each.
    pub pays: Reward,
    /// Where it ends; none in the last.
    pub to: Option<Measure>,
    text: String,
}

impl Slice {
    /// What it pays and where it ends, as they are written.
    pub fn parts(&self) -> (&str, Option<&str>) {
        parts(&self.text)
    }
}

fn parts(text: &str) -> (&str, Option<&str>) {
    match text.split_once(" to ") {
        Some((pays, to)) => (pays, Some(to)),
        None => (text, None),
    }
}

impl Unit for Slice {
    const EXPECTED: &'static str =
        "a rate with the end of its slice such as \"10% to USD 250000\", and \"15%\" for the last";
    const PATTERN: &'static str =
        "^([A-Z]{3} [0-9].*|[0-9][0-9.,_]*(%|bp))( to ([A-Z]{3} )?[0-9].*)?$";

    fn from_text(text: &str) -> Result<Slice, Complaint> {
        let (pays, to) = parts(text);
        let end = to.map(|to| {
            Measure::from_text(to).map_err(|complaint| {
                let start = text.len() - to.len();
                let within = start + complaint.within.start..start + complaint.within.end;
                Complaint {
                    within,
                    ..complaint
                }
            })
        });
        Ok(Slice {
            pays: Reward::from_text(pays)?,
            to: end.transpose()?,
            text: text.to_owned(),
        })
    }
}

impl Field for At<Slice> {
    const SHAPE: Shape = leaf::<Slice>();

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_unit(node, reader)
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(&self.value.text)
    }
}
