//! Meetings, trades, drift, letters, the brief and packing, run as their users run them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

mod letters;
mod meetings;
mod pack;
mod samples;
mod sent;

use crate::findings::engross;
use crate::kit;
use std::fs;
use tempfile::TempDir;

/// A copy of the sample in a folder of its own, `deal`.
pub fn sample() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let deal = folder.path().join("deal");
    fs::create_dir(&deal).expect("a folder");
    let from = kit::root().join("samples/saas-alliance");
    for name in ["deal.toml", "negotiation.toml", "term-sheet.toml"] {
        fs::copy(from.join(name), deal.join(name)).expect("a copy");
    }
    folder
}

/// The smallest deal with a negotiation file, in a folder of its own, `deal`: what takes long on the sample is quick on it.
fn small() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let deal = folder.path().join("deal");
    fs::create_dir(&deal).expect("a folder");
    let text = kit::read("tests/cases/good/minimal/deal.toml");
    fs::write(deal.join("deal.toml"), text).expect("written");
    let ours =
        "schema = 1\nours = \"acme\"\nthesis = \"The zqcanary of this deal sings for us alone.\"\n";
    fs::write(deal.join("negotiation.toml"), ours).expect("written");
    folder
}

pub fn text(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn change(folder: &TempDir, name: &str, old: &str, new: &str) {
    let before = text(folder, name);
    assert!(before.contains(old), "{old}");
    fs::write(folder.path().join(name), before.replacen(old, new, 1)).expect("written");
}

/// Runs a command in the folder that must end well.
pub fn well(folder: &TempDir, words: &[&str]) -> String {
    let (code, out, err) = engross(folder.path(), words);
    assert_eq!(code, Some(0), "{words:?}: {out}{err}");
    out
}

/// Runs a command that must find something, and answers what it says.
pub fn ill(folder: &TempDir, words: &[&str]) -> String {
    let (code, out, err) = engross(folder.path(), words);
    assert_eq!(code, Some(1), "{words:?}: {out}{err}");
    err
}
