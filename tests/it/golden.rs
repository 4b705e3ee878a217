//! What the samples become, kept: every change of a wording, a number or a drawing shows in a review.
//!
//! `tests/samples/<name>/` holds what `engross draft` writes for `samples/<name>`: all Markdown, the key dates, and
//! the whole agreement in HTML without its style and script, which have tests of their own. The pages of the exhibits
//! hold the same sections once more; of each, `pages.txt` keeps a digest. With `BLESS=1` in the
//! environment they are written anew: then read the difference.

use crate::{kit, samples};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

/// A short digest.
pub fn short(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8].iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}

/// The page without what every page has, and without its digest.
pub fn body(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    for (open, close) in [
        ("default-src", "\""),
        ("<style", "</style>"),
        ("<script", "</script>"),
    ] {
        let Some(start) = rest.find(open) else {
            continue;
        };
        kept.push_str(&rest[..start]);
        let end = rest[start..].find(close).expect("it ends") + start;
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// The files that are kept of a sample, by name.
fn drafted(sample: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let deal = kit::root().join("samples").join(sample);
    let out = folder.path().join("out");
    let run = kit::run(
        kit::command(folder.path(), &["draft"])
            .arg(deal)
            .arg("--out")
            .arg(&out),
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let mut kept = BTreeMap::new();
    let mut pages = String::new();
    for (name, bytes) in kit::files(&out) {
        let text = String::from_utf8(bytes).expect("text");
        if name.ends_with(".md") || name.ends_with(".ics") {
            kept.insert(name, text);
        } else if name == "agreement.html" {
            kept.insert(name, body(&text));
        } else if name.ends_with(".html") {
            let digest = short(body(&text).as_bytes());
            let _ = writeln!(pages, "{digest}  {name}");
        }
    }
    kept.insert("pages.txt".to_owned(), pages);
    kept
}

#[test]
fn samples_become_what_they_became() {
    let mut wrong = Vec::new();
    let samples = samples::names();
    assert!(!samples.is_empty());
    for sample in samples {
        let made = drafted(&sample);
        let folder = kit::root().join("tests/samples").join(&sample);
        if kit::bless() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder");
            for (name, text) in &made {
                fs::write(folder.join(name), text).expect("it can be written");
            }
            continue;
        }
        let kept: BTreeMap<String, String> = if folder.is_dir() {
            kit::files(&folder)
                .into_iter()
                .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
                .collect()
        } else {
            BTreeMap::new()
        };
        for name in kept.keys().filter(|name| !made.contains_key(*name)) {
            wrong.push(format!("{sample}/{name} is not written any more"));
        }
        for (name, text) in &made {
            let name_of = format!("{sample}/{name}");
            match kept.get(name) {
                Some(kept) => wrong.extend(kit::difference(&name_of, kept, text)),
                None => wrong.push(format!("{name_of} is new")),
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n\nif all of this is meant: BLESS=1 cargo test --test it golden, then read the difference",
        wrong.join("\n")
    );
}
