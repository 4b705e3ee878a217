//! Enums that a deal file writes as one word of a few.

/// Gives an enum its words: `ALL`, `word()`, and `Unit` so that it is read like every other value.
macro_rules! choice {
    ($name:ident: $($variant:ident = $word:literal),+; pattern $pattern:literal; expected $expected:literal) => {
        impl $name {
            /// Every choice.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as a deal file writes it.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl $crate::units::Unit for $name {
            const EXPECTED: &'static str = $expected;
            const PATTERN: &'static str = $pattern;

            fn from_text(text: &str) -> Result<$name, $crate::diagnostic::Complaint> {
                $crate::units::choice::read(text, $name::ALL, $name::word)
                    .map_err(|refusal| {
                        refusal.complaint($expected, |word| {
                            $crate::units::choice::read(word, $name::ALL, $name::word)
                        })
                    })
            }
        }
    };
}

pub(super) use choice;

use super::nearest::nearest;
use super::refusal::{Refusal, check_spaces, quote};
use crate::diagnostic::Code;

/// The choice whose word the text is.
pub(super) fn read<T: Copy>(
    text: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, Refusal> {
    if let Some(found) = all.iter().find(|choice| word(**choice) == text) {
        return Ok(*found);
    }
    check_spaces(text, Code::UnknownChoice)?;
    let message = format!("{} is not one of the choices", quote(text));
    let meant = nearest(text, all.iter().map(|choice| word(*choice)));
    Err(Refusal::new(Code::UnknownChoice, 0..text.len(), message).instead(meant.map(str::to_owned)))
}
