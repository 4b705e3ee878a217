//! Names that stand for something else in the file.

use super::fact::{Fact, Kind};
use super::record::{Field, Node, Reader};
use super::shape::{FieldShape, Leaf, RecordShape, Shape};
use super::text::{ID_PATTERN, free_text, read_id};
use crate::source::At;

const fn named(key: &'static str, doc: &'static str) -> FieldShape {
    FieldShape {
        key,
        doc,
        shape: free_text("words"),
    }
}

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident is $kind:ident { $($key:literal: $key_doc:literal,)+ })+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The id that it names.
            pub fn id(&self) -> &str {
                &self.0
            }

            /// The name of the thing with this id.
            pub fn of(id: &str) -> $name {
                $name(id.to_owned())
            }

            const SEEN: RecordShape = RecordShape {
                name: stringify!($name),
                doc: concat!($($doc),+),
                fields: &[$(named($key, $key_doc),)+],
            };
        }

        impl Field for At<$name> {
            const SHAPE: Shape = Shape::Leaf(Leaf {
                expected: concat!($($doc),+),
                pattern: ID_PATTERN,
                choices: &[],
                names: Some(&$name::SEEN),
            });

            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                read_id(node, reader).map(|id| At::new($name(id.value), id.span))
            }

            fn fact(&self) -> Fact<'_> {
                Fact::Name(Kind::$kind, &self.value.0)
            }
        }
    )+ };
}

names! {
    /// The id of a party, such as "acme"
    PartyName is Party {
        "id": "Its id.",
        "short": "The name that the documents use for it.",
        "name": "Its full registered name.",
    }
    /// The id of a role, such as "acme-partner-manager"
    RoleName is Role {
        "id": "Its id.",
        "title": "What the role is called.",
        "party": "The short name of the party it belongs to.",
    }
    /// The id of a metric, such as "net-revenue"
    MetricName is Metric {
        "id": "Its id.",
        "name": "What the metric is called.",
        "unit": "What kind of number it is: money, count or rate.",
    }
    /// The id of a gate, such as "lead"
    GateName is Gate {
        "id": "Its id.",
        "name": "What the gate is called.",
    }
    /// The id of a segment, such as "health-uk"
    SegmentName is Segment {
        "id": "Its id.",
        "name": "What the segment is called.",
    }
    /// The id of a clause of the library, such as "liability-cap"
    ClauseName is Clause {
        "id": "Its id, which is also its anchor.",
    }
}
