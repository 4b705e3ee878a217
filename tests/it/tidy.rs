//! Rules about the source that no compiler checks: layers, lengths, whose words stand where.

use crate::kit;
use std::collections::BTreeMap;

/// The layers from the lowest up, each with those that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("index", &[]),
    ("skim", &[]),
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("units", &["source", "diagnostic"]),
    ("document", &["index", "skim", "source", "diagnostic"]),
    // Of the document a deal knows only what an anchor looks like.
    (
        "deal",
        &["index", "source", "diagnostic", "units", "document"],
    ),
    ("intake", &["source", "diagnostic", "units", "deal"]),
    ("settings", &["source", "diagnostic", "units", "deal"]),
    ("explain", &["source", "diagnostic", "units", "deal"]),
    ("economics", &["source", "diagnostic", "units", "deal"]),
    (
        "events",
        &[
            "source",
            "diagnostic",
            "units",
            "deal",
            "settings",
            "economics",
        ],
    ),
    (
        "library",
        &["index", "source", "diagnostic", "units", "document", "deal"],
    ),
    ("redline", &["document"]),
    ("write", &["skim", "document", "redline"]),
    ("foreign", &["document", "redline", "write"]),
    (
        "draft",
        &[
            "index",
            "source",
            "diagnostic",
            "units",
            "document",
            "deal",
            "economics",
            "events",
            "library",
            "write",
        ],
    ),
    (
        "comparison",
        &[
            "source",
            "diagnostic",
            "units",
            "document",
            "deal",
            "economics",
            "library",
            "redline",
            "write",
            "draft",
        ],
    ),
    // Ours alone: no other layer but the commands may know it.
    (
        "negotiation",
        &[
            "source",
            "diagnostic",
            "units",
            "document",
            "deal",
            "economics",
            "events",
            "library",
            "draft",
        ],
    ),
    (
        "review",
        &[
            "index",
            "source",
            "diagnostic",
            "units",
            "document",
            "deal",
            "economics",
            "events",
            "library",
            "write",
            "draft",
        ],
    ),
    (
        "cli",
        &[
            "negotiation",
            "review",
            "events",
            "source",
            "diagnostic",
            "units",
            "document",
            "deal",
            "economics",
            "library",
            "redline",
            "write",
            "foreign",
            "draft",
            "comparison",
            "intake",
            "settings",
            "explain",
        ],
    ),
];

/// Every file of the program by its path under `src`, without the tests at its end.
fn sources() -> BTreeMap<String, String> {
    kit::files(&kit::root().join("src"))
        .into_iter()
        .filter(|(path, _)| is_rust(path))
        .filter(|(path, _)| !is_test(path))
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("text");
            let text = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default()
                .to_owned();
            (path, text)
        })
        .collect()
}

fn is_rust(path: &str) -> bool {
    path.rsplit('.').next() == Some("rs")
}

/// Tests of one file, and makers of trees and pictures for them.
fn is_test(path: &str) -> bool {
    path.split(['/', '.'])
        .any(|name| matches!(name, "tests" | "arbitrary" | "samples"))
}

fn layer(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or_default()
}

/// Lines of code, numbered, without those that are only a remark.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

/// The names that stand after `mark` in a line.
fn names_after<'l>(line: &'l str, mark: &'l str) -> impl Iterator<Item = &'l str> {
    line.split(mark).skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let here = layer(&path);
        if matches!(here, "lib" | "main") {
            continue;
        }
        let (_, allowed) = LAYERS
            .iter()
            .find(|(layer, _)| *layer == here)
            .unwrap_or_else(|| panic!("{path} is in no layer"));
        for (number, line) in code(&text) {
            for used in names_after(line, "crate::") {
                // `$crate::` of a macro leads to the same place.
                if used != here && !allowed.contains(&used) {
                    wrong.push(format!(
                        "src/{path}:{number}: {here} must not use {used}: {line}"
                    ));
                }
            }
        }
    }
    none(&wrong);
}

/// What only our side knows is in the hands of few commands, and of none that writes an agreement.
#[test]
fn few_commands_know_the_negotiation() {
    const KNOW: &[&str] = &[
        "cli/brief.rs",
        "cli/internal.rs",
        "cli/new/mod.rs",
        "cli/pack.rs",
        "cli/pack/record.rs",
        "cli/schema.rs",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if layer(&path) == "negotiation" || path == "lib.rs" || KNOW.contains(&path.as_str()) {
            continue;
        }
        for (number, line) in code(&text) {
            if line.contains("negotiation::") || line.contains("crate::negotiation") {
                wrong.push(format!("src/{path}:{number}: {line}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_layers_stand_in_their_order() {
    let names: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    let lib = kit::read("src/lib.rs");
    let modules: Vec<&str> = lib
        .lines()
        .flat_map(|line| names_after(line, "pub mod "))
        .collect();
    assert_eq!(modules, names);
    for (place, (layer, allowed)) in LAYERS.iter().enumerate() {
        for used in *allowed {
            let below = names.iter().position(|name| name == used).expect("a layer");
            assert!(below < place, "{layer} uses {used} above it");
        }
    }
}

#[test]
fn only_cli_touches_the_outside_world() {
    const OUTSIDE: &[&str] = &["fs", "env", "net", "process", "thread", "os"];
    const CALLS: &[&str] = &[
        "println!",
        "eprintln!",
        "print!",
        "eprint!",
        "dbg!",
        "stdin(",
        "stdout(",
        "stderr(",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if matches!(layer(&path), "cli" | "main") {
            continue;
        }
        for (number, line) in code(&text) {
            let outside = names_after(line, "std::").any(|name| OUTSIDE.contains(&name));
            let clock = line.contains("Instant::now")
                || line.contains("SystemTime")
                || line.contains("::today");
            let calls = CALLS.iter().any(|call| line.contains(call));
            if outside || clock || calls {
                wrong.push(format!("src/{path}:{number}: {line}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn files_are_short_enough_to_read() {
    const MOST: usize = 450;
    let mut wrong = Vec::new();
    for (path, bytes) in kit::files(&kit::root().join("src")) {
        let lines = String::from_utf8_lossy(&bytes).lines().count();
        if is_rust(&path) && lines > MOST {
            wrong.push(format!(
                "src/{path} has {lines} lines, at most {MOST}: one idea, one file"
            ));
        }
    }
    none(&wrong);
}

#[test]
fn modules_are_called_after_what_they_are_about() {
    let mut wrong = Vec::new();
    for path in kit::files(&kit::root().join("src")).keys() {
        let vague = path.split(['/', '.']).any(|name| {
            matches!(
                name,
                "util" | "utils" | "common" | "helpers" | "helper" | "types" | "misc"
            )
        });
        if vague {
            wrong.push(format!("src/{path}"));
        }
    }
    none(&wrong);
}

#[test]
fn every_file_says_what_it_is() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests/it"] {
        for (path, bytes) in kit::files(&kit::root().join(folder)) {
            let tests = path.ends_with("tests.rs") || path.contains("tests/");
            if is_rust(&path) && !tests && !bytes.starts_with(b"//! ") {
                wrong.push(format!("{folder}/{path}"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn nothing_is_left_unfinished() {
    // In two parts, so that this file does not find itself.
    let marks: Vec<String> = [
        ("to", "do!"),
        ("un", "implemented!"),
        ("FIX", "ME"),
        ("TO", "DO"),
        ("HA", "CK"),
    ]
    .iter()
    .map(|(start, end)| format!("{start}{end}"))
    .collect();
    let mut wrong = Vec::new();
    for folder in ["src", "clauses", "templates", "tests/it", "samples"] {
        for (path, bytes) in kit::files(&kit::root().join(folder)) {
            let text = String::from_utf8(bytes).expect("text");
            for (number, line) in text.lines().enumerate() {
                // The leftovers that a test looks for in what is printed.
                let looked_for = marks
                    .iter()
                    .any(|mark| line.contains(&format!("\"{mark}\"")));
                if !looked_for && marks.iter().any(|mark| line.contains(mark.as_str())) {
                    wrong.push(format!("{folder}/{path}:{}: {line}", number + 1));
                }
            }
        }
    }
    none(&wrong);
}

/// The texts in quotation marks on a line.
fn literals(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = None;
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if start.is_some() => escaped = true,
            b'"' if line[..at].ends_with('\'') => {}
            b'"' => match start.take() {
                Some(start) => found.push(&line[start..at]),
                None => start = Some(at + 1),
            },
            _ => {}
        }
    }
    found
}

/// Words of a language in a literal, not names of tags, attributes, keys or formats.
fn words(literal: &str) -> usize {
    literal
        .split(' ')
        .filter(|word| {
            word.len() > 1
                && word
                    .chars()
                    .all(|letter| letter.is_alphabetic() || letter == '’')
        })
        .count()
}

/// Lawyers own every printed word: it stands in `clauses/` or `templates/`, never in Rust. What a finding says
/// is ours; it is told by files or functions that make findings.
#[test]
fn printed_words_stand_in_no_rust_file() {
    /// Files that speak to the lawyer and print nothing; and the labels of buttons, which are in no contract.
    const OTHERS: &[&str] = &[
        "draft/findings.rs",
        "draft/select.rs",
        "draft/coverage.rs",
        "draft/provenance.rs",
        "draft/provenance/find.rs",
        "write/html/mod.rs",
    ];
    const MOST: usize = 3;
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if !matches!(layer(&path), "draft" | "write" | "document")
            || OTHERS.contains(&path.as_str())
        {
            continue;
        }
        // Complaints about the form of a text are made where the text is read.
        if path.starts_with("document/read") {
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in code(&text) {
            let context = &lines[number.saturating_sub(8)..number];
            let told = context.iter().any(|line| {
                [
                    "Diagnostic::",
                    ".help(",
                    ".note(",
                    ".also(",
                    "assert",
                    "Err(\"",
                    "expect(",
                    "must_use",
                ]
                .iter()
                .any(|mark| line.contains(mark))
            });
            let documented = line.trim_start().starts_with("doc:");
            if told || documented {
                continue;
            }
            for literal in literals(line) {
                if words(literal) > MOST {
                    wrong.push(format!("src/{path}:{number}: {literal}"));
                }
            }
        }
    }
    none(&wrong);
}

/// Deal data is shown to templates by `draft::view` alone; nothing else may turn it into text unasked.
#[test]
fn deal_data_is_not_serialised() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        // Findings are written as JSON for other programs; they hold nothing of a deal but what is wrong with it.
        // The record of what was signed holds digests and dates. Templates get what the view prints and what is computed,
        // whose types are not those of a deal.
        if layer(&path) == "cli"
            || path == "draft/view.rs"
            || path == "draft/seen.rs"
            || path == "diagnostic/render/json.rs"
            || path == "review/record.rs"
        {
            continue;
        }
        for (number, line) in code(&text) {
            if names_after(line, "Seriali").any(|rest| rest.starts_with("ze")) {
                wrong.push(format!("src/{path}:{number}: {line}"));
            }
        }
    }
    none(&wrong);
}

/// Every case folder has what its test reads: a stray one would silently test nothing.
#[test]
fn every_case_has_its_expectation() {
    let mut wrong = Vec::new();
    for kind in ["bad", "library", "commands"] {
        let root = kit::root().join("tests/cases").join(kind);
        for entry in std::fs::read_dir(&root).expect("cases") {
            let folder = entry.expect("an entry").path();
            if !folder.join("expected.txt").is_file() {
                wrong.push(folder.display().to_string());
            }
        }
    }
    none(&wrong);
}
