//! The site in `book/`: every page is listed, every link leads somewhere, every case and test that a page names exists.
//!
//! `scripts/book` puts its pages together as it does for mdBook, with the program that is being tested; mdBook itself
//! is not needed.
#![cfg(unix)]

use crate::kit;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// The pages of the site by path, with those that the program writes.
fn pages(folder: &Path) -> Vec<(String, String)> {
    let run = kit::run(
        Command::new("bash")
            .arg(kit::root().join("scripts/book"))
            .arg("--sources")
            .arg(folder)
            .env("ENGROSS", env!("CARGO_BIN_EXE_engross")),
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    kit::files(&folder.join("src"))
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
        .collect()
}

/// The targets of the links of a page, from the folder of all pages.
fn targets(name: &str, text: &str) -> BTreeSet<String> {
    let folder = name
        .rsplit_once('/')
        .map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut inside = false;
    let prose = text.lines().filter(|line| {
        let fence = line.starts_with("```");
        inside ^= fence;
        !fence && !inside
    });
    prose
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .map(|target| format!("{folder}{target}"))
        .collect()
}

#[test]
fn the_site_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = pages(folder.path());
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for (name, text) in &pages {
        for target in targets(name, text) {
            assert!(
                names.contains(target.as_str()),
                "{name}: nothing at {target}"
            );
        }
    }
    let (_, summary) = pages
        .iter()
        .find(|(name, _)| name == "SUMMARY.md")
        .expect("a summary");
    let listed = targets("SUMMARY.md", summary);
    for name in names.iter().filter(|name| **name != "SUMMARY.md") {
        assert!(listed.contains(*name), "{name} is not listed");
    }
    for code in engross::diagnostic::Code::ALL {
        assert!(listed.contains(&format!("findings/{code}.md")), "{code}");
    }
    let settings: toml::Table = kit::read("book/book.toml").parse().expect("settings");
    assert_eq!(settings["book"]["src"].as_str(), Some("src"));
}

/// Names in backticks: `bad/tier-gap` is a folder of cases, `package::a_test` a test.
#[test]
fn what_the_site_names_exists() {
    let mut count = 0;
    for page in ["rules", "bad-inputs"] {
        let text = kit::read(&format!("book/src/{page}.md"));
        for name in text.split('`').skip(1).step_by(2) {
            let is_case = ["bad/", "good/", "library/", "new/"]
                .iter()
                .any(|kind| name.starts_with(kind));
            if is_case {
                count += 1;
                let folder = kit::root().join("tests/cases").join(name);
                assert!(folder.is_dir(), "{page}: no case {name}");
            } else if let Some((module, test)) = name.rsplit_once("::") {
                count += 1;
                let file = format!("tests/it/{}.rs", module.replace("::", "/"));
                let has = kit::read(&file).contains(&format!("fn {test}("));
                assert!(has, "{page}: no test {name}");
            }
        }
    }
    assert!(count > 120, "{count}");
}

/// Each public principle has its row.
#[test]
fn every_principle_has_a_row() {
    let text = kit::read("book/src/rules.md");
    // Questions and scripts are for a conversation and refuse nothing.
    for number in (1..=37).filter(|number| ![11, 33].contains(number)) {
        assert!(text.contains(&format!("\n| S{number} |")), "S{number}");
    }
}
