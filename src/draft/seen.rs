//! How computed values are shown to templates.

use crate::deal::shape::{Leaf, Shape};
use std::collections::BTreeMap;
use tera::Value;

/// A computed value that a template may see.
pub trait Seen {
    /// What it looks like, for the check of every path in every template.
    const SHAPE: Shape;

    /// The value itself.
    fn value(&self) -> Value;
}

impl Seen for String {
    const SHAPE: Shape = Shape::Leaf(Leaf {
        expected: "text",
        pattern: "",
        choices: &[],
        names: None,
    });

    fn value(&self) -> Value {
        Value::normal_string(self)
    }
}

impl Seen for &'static str {
    const SHAPE: Shape = String::SHAPE;

    fn value(&self) -> Value {
        Value::normal_string(self)
    }
}

impl Seen for u64 {
    const SHAPE: Shape = Shape::Number;

    fn value(&self) -> Value {
        Value::from(*self)
    }
}

impl Seen for bool {
    const SHAPE: Shape = Shape::Flag;

    fn value(&self) -> Value {
        Value::from(*self)
    }
}

impl<T: Seen> Seen for Option<T> {
    const SHAPE: Shape = Shape::Option(&T::SHAPE);

    fn value(&self) -> Value {
        self.as_ref().map_or_else(Value::none, Seen::value)
    }
}

impl<T: Seen> Seen for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn value(&self) -> Value {
        Value::from(self.iter().map(Seen::value).collect::<Vec<Value>>())
    }
}

/// A table. Templates ask for its values by name; a hash table would be built twice, here and by the engine.
pub(super) fn table(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from(
        fields
            .into_iter()
            .collect::<BTreeMap<&'static str, Value>>(),
    )
}

/// A computed table: struct, shape and value from one list of fields.
macro_rules! seen {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
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

            fn value(&self) -> tera::Value {
                $crate::draft::seen::table([
                    $( (
                        stringify!($field),
                        $crate::draft::seen::Seen::value(&self.$field),
                    ), )*
                ])
            }
        }
    };
}
pub(crate) use seen;
