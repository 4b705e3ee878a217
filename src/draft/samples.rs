//! The samples, for tests that look at all of them.

use crate::diagnostic::Report;
use crate::library::{Library, Trust, embedded};
use crate::source::Source;
use std::path::Path;
use std::sync::Arc;

/// The embedded library.
pub(super) fn library() -> Library {
    let library = Library::load(embedded(), super::root(), Trust::Sound, &mut Report::new());
    library.expect("a library")
}

/// The deal file of every sample.
#[expect(clippy::disallowed_methods, reason = "a test may read its samples")]
pub(super) fn deals() -> Vec<Arc<Source>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let entries = std::fs::read_dir(samples).expect("the samples");
    let paths = entries.map(|entry| entry.expect("a sample").path().join("deal.toml"));
    let found: Vec<Arc<Source>> = paths
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            Some(Source::new(path.display().to_string(), text))
        })
        .collect();
    assert!(found.len() > 3);
    found
}
