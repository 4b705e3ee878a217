//! How computed values are shown to templates.

use crate::deal::shape::{Leaf, Shape};
use serde::Serialize;
use tera::Value;

/// A computed value that a template may see.
pub trait Seen: Serialize {
    /// What it looks like, for the check of every path in every template.
    const SHAPE: Shape;

    /// The value itself.
    fn value(&self) -> Value {
        value(self)
    }
}

/// What a template gets of something; nothing of what could not be shown, which our tables always can.
pub(super) fn value(of: &(impl Serialize + ?Sized)) -> Value {
    Value::try_from_serializable(of).unwrap_or_else(|_| Value::none())
}

impl Seen for String {
    const SHAPE: Shape = Shape::Leaf(Leaf {
        expected: "text",
        pattern: "",
        choices: &[],
        names: None,
    });
}

impl Seen for &'static str {
    const SHAPE: Shape = String::SHAPE;
}

impl Seen for u64 {
    const SHAPE: Shape = Shape::Number;
}

impl Seen for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl<T: Seen> Seen for Option<T> {
    const SHAPE: Shape = Shape::Option(&T::SHAPE);
}

impl<T: Seen> Seen for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

/// A computed table: struct and shape from one list of fields.
macro_rules! seen {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
        pub struct $name {
            $( $(#[doc = $field_doc])+ pub $field: $type, )*
        }

        impl $name {
            /// The keys that a template sees.
            pub const RECORD: $crate::deal::shape::RecordShape = $crate::deal::shape::RecordShape {
                name: stringify!($name),
                doc: concat!($($doc),+),
                fields: &[
                    $( $crate::deal::shape::FieldShape {
                        key: stringify!($field),
                        doc: concat!($($field_doc),+),
                        shape: <$type as $crate::draft::seen::Seen>::SHAPE,
                    }, )*
                ],
            };
        }

        impl $crate::draft::seen::Seen for $name {
            const SHAPE: $crate::deal::shape::Shape =
                $crate::deal::shape::Shape::Record(&$name::RECORD);
        }
    };
}
pub(crate) use seen;
