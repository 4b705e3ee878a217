//! Words that are read when they are first asked for: most runs never tell of a review or a statement.

use super::{Trust, words};
use crate::deal::record::Field;
use crate::diagnostic::Report;
use crate::source::Source;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A file of words. That of a library which is known to be sound is read late.
#[derive(Debug)]
pub struct Late<T> {
    source: Arc<Source>,
    value: OnceLock<T>,
}

impl<T: Field> Late<T> {
    /// The words of a file, read at once if it has to be checked; `None` if it cannot be used.
    pub(super) fn read(source: Arc<Source>, trust: Trust, report: &mut Report) -> Option<Late<T>> {
        let value = match trust {
            Trust::Check => OnceLock::from(words::table::<T>(&source, report)?),
            Trust::Sound => OnceLock::new(),
        };
        Some(Late { source, value })
    }
}

impl<T: Field> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| {
            // A test has read all files of the one library that is not checked when it is loaded.
            words::table(&self.source, &mut Report::new()).expect("a sound library")
        })
    }
}
