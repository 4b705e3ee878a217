//! What only our side may know, as a type: nothing can print, serialise or copy it into a text unasked.
//!
//! In: a value of the negotiation file. Out: the value again, to this layer alone. Deliberately absent:
//! `Display`, `Deref`, `Serialize`, `AsRef`, and a `Debug` that shows anything.
//!
//! ```compile_fail
//! fn printed<T: std::fmt::Display>(_: T) {}
//! fn of(secret: engross::negotiation::Confidential<String>) { printed(secret) }
//! ```
//!
//! ```compile_fail
//! fn serialised<T: serde::Serialize>(_: T) {}
//! fn of(secret: engross::negotiation::Confidential<String>) { serialised(secret) }
//! ```
//!
//! ```compile_fail
//! fn of(secret: engross::negotiation::Confidential<String>) -> usize { secret.len() }
//! ```
//!
//! ```compile_fail
//! fn of(secret: &engross::negotiation::Confidential<String>) -> &str { secret.reveal() }
//! ```
//!
//! ```compile_fail
//! fn of(secret: engross::negotiation::Confidential<String>) -> String { secret.0 }
//! ```
//!
//! What may be asked is whether two of them are the same:
//!
//! ```
//! fn of(one: engross::negotiation::Confidential<String>) -> bool { one == one.clone() }
//! ```

use crate::deal::fact::Fact;
use crate::deal::record::{Field, Node, Reader};
use crate::deal::shape::Shape;
use std::fmt;

/// A value that never leaves the house.
#[derive(Clone, PartialEq, Eq)]
pub struct Confidential<T>(T);

impl<T> Confidential<T> {
    /// The value, for the papers that only our side reads.
    pub(super) fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Confidential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential")
    }
}

impl<T: Field> Field for Confidential<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Confidential)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Confidential)
    }

    /// Nothing: no template, comparison or look-up sees an internal value.
    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}

#[cfg(test)]
mod tests {
    use super::Confidential;
    use crate::deal::fact::Fact;
    use crate::deal::record::Field;
    use crate::source::{At, Source, Span};
    use crate::units::Date;

    #[test]
    fn shows_nothing() {
        let at = Span::whole(&Source::new("a", "b"));
        let day = Date::new(2027, 1, 31).expect("a day");
        let secret = Confidential(At::new(day, at));
        assert_eq!(
            format!("{secret:?} {secret:#?}"),
            "Confidential Confidential"
        );
        assert_eq!(secret.fact(), Fact::Absent);
        assert_eq!(secret.reveal().value, day);
    }
}
