//! The page as a whole: a sample to look at, and what no text may do to it.

use super::svg::samples;
use super::*;
use crate::document::Document;
use crate::document::read;
use crate::document::resolve::{Lone, Package, Resolved, Words, resolve};
use proptest::prelude::*;
use std::path::PathBuf;

/// The sample, written for people: `{name}` in headings, `~` for a no-break space.
const SAMPLE: &str = include_str!("tests/sample.md");

/// The sample as the Markdown that [`read::document`] takes.
fn markdown() -> String {
    let mut out = String::new();
    for line in SAMPLE.lines() {
        match line
            .split_once('{')
            .filter(|(marks, _)| line.starts_with('#') && marks.ends_with("# "))
        {
            Some((marks, rest)) => {
                let (name, title) = rest.split_once("} ").expect("a name");
                out.push_str(&format!("{marks}<a id=\"{name}\"></a>{title}"));
            }
            None if line == "RACI_TABLE" => out.push_str(&raci_table()),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out.replace('~', "\u{A0}")
}

fn raci_table() -> String {
    let mut out = "*Tasks and roles* {#figure-raci}\n\n| Task |".to_owned();
    for (party, roles) in samples::ROLES {
        for role in roles {
            let party = party.split(' ').next().unwrap_or_default();
            out.push_str(&format!(" {party}: {role} |"));
        }
    }
    out.push_str("\n|---|:-:|:-:|:-:|:-:|:-:|:-:|\n");
    for (task, letters) in samples::TASKS {
        out.push_str(&format!("| {task} |"));
        for letter in letters {
            out.push_str(&format!(" {letter} |"));
        }
        out.push('\n');
    }
    out
}

fn words() -> Words {
    Words {
        section: "Section".to_owned(),
        exhibit: "Exhibit".to_owned(),
        of: "of".to_owned(),
        the: "the".to_owned(),
        this: "this".to_owned(),
        this_exhibit: "this Exhibit".to_owned(),
    }
}

fn sample() -> Resolved {
    let document = read::document("agreement", &markdown()).expect("the sample reads");
    let lone = |name: &str, anchor: &str| Lone {
        name: name.to_owned(),
        anchor: anchor.parse().expect("an anchor"),
    };
    let package = Package {
        documents: vec![document],
        lone: vec![
            lone("exhibit-economics", "economics"),
            lone("key-terms-page", "key-terms"),
        ],
    };
    resolve(package, words()).expect("the sample resolves")
}

fn pictures() -> Pictures {
    let mut pictures = Pictures::new();
    for (name, picture) in samples::all() {
        pictures.insert(name.parse().expect("an anchor"), picture);
    }
    pictures
}

fn page(name: &str) -> String {
    let resolved = sample();
    html(
        &resolved.part(name).expect("a part"),
        &pictures(),
        &Look::default(),
    )
}

/// Writes the sample to `target/demo`, for people and `scripts/browser-test` to look at.
#[test]
#[ignore = "writes files; run it to look at them"]
#[allow(clippy::disallowed_methods, reason = "a person asked for files")]
fn demo() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/demo");
    std::fs::create_dir_all(&folder).expect("a folder");
    let resolved = sample();
    for part in resolved.parts() {
        let page = html(&part, &pictures(), &Look::default());
        std::fs::write(folder.join(format!("{}.html", part.name())), page).expect("a file");
    }
}
