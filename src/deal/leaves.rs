//! Single values as fields: flags, numbers, and texts with a unit.

use super::fact::Fact;
use super::record::{Field, Node, Reader, kind};
use super::shape::{Leaf, Shape};
use crate::diagnostic::{Code, Complaint};
use crate::source::At;
use crate::units::Unit;

impl Field for At<bool> {
    const SHAPE: Shape = Shape::Flag;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let at = reader.span(node.span());
        let Some(flag) = node.get_ref().as_bool() else {
            reader.error(
                Code::WrongType,
                &at,
                format!("expected `true` or `false`, found {}", kind(node.get_ref())),
                "write `true` or `false` without quotation marks",
            );
            return None;
        };
        Some(At::new(flag, at))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Flag(self.value)
    }
}

impl Field for At<u32> {
    const SHAPE: Shape = Shape::Number;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let at = reader.span(node.span());
        let number = node
            .get_ref()
            .as_integer()
            .filter(|integer| integer.radix() == 10)
            .and_then(|integer| integer.as_str().parse().ok());
        let Some(number) = number else {
            reader.error(
                Code::BadCount,
                &at,
                match node.get_ref().as_integer() {
                    Some(_) => format!("`{}` is below 0 or too large", at.text()),
                    None => format!("expected a whole number, found {}", kind(node.get_ref())),
                },
                "write a whole number such as 1, without quotation marks",
            );
            return None;
        };
        Some(At::new(number, at))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Number(self.value)
    }
}

/// Makes a type that is written as text with a unit readable as a field.
macro_rules! unit_field {
    ($($type:ty => $fact:ident,)+) => { $(
        impl Field for At<$type> {
            const SHAPE: Shape = leaf::<$type>();

            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                read_unit(node, reader)
            }

            fn fact(&self) -> Fact<'_> {
                Fact::$fact(&self.value)
            }
        }
    )+ };
}

impl Field for At<crate::units::Percent> {
    const SHAPE: Shape = leaf::<crate::units::Percent>();

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_unit(node, reader)
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(self.value.as_str())
    }
}

/// Makes a word that `units` reads readable as a field.
macro_rules! word_field {
    ($($type:ty,)+) => { $(
        impl Field for At<$type> {
            const SHAPE: Shape = leaf::<$type>();

            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                read_unit(node, reader)
            }

            fn fact(&self) -> Fact<'_> {
                Fact::Text(self.value.word())
            }
        }
    )+ };
}

word_field! {
    crate::units::RoundingMode,
    crate::units::MonthEnd,
    crate::units::DayRule,
    crate::units::NumberWords,
}

unit_field! {
    crate::units::Money => Money,
    crate::units::Rate => Rate,
    crate::units::Count => Count,
    crate::units::Measure => Measure,
    crate::units::Period => Period,
    crate::units::Date => Date,
}

/// The shape of a text with a unit.
pub(crate) const fn leaf<T: Unit>() -> Shape {
    Shape::Leaf(Leaf {
        expected: T::EXPECTED,
        pattern: T::PATTERN,
        choices: &[],
        names: None,
    })
}

/// A text with a unit.
pub(crate) fn read_unit<T: Unit>(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<T>> {
    let (text, at) = reader.text(node, T::EXPECTED)?;
    match T::from_text(text) {
        Ok(value) => Some(At::new(value, at)),
        Err(complaint) => {
            // Escapes in a quoted text move its bytes, so only an unescaped one can show a part of itself.
            let finding = if at.text() == text {
                complaint.at(&at)
            } else {
                let whole = 0..at.text().len();
                Complaint {
                    within: whole,
                    ..complaint
                }
                .at(&at)
            };
            reader.report.push(finding);
            None
        }
    }
}
