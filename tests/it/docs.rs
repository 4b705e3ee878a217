//! What the documents of the project say, held against the project.
//!
//! Every line of a `console` block that begins with `$ ` is run, in a copy of the samples, with the program on
//! the path; what follows must be what it prints. Three dots stand for whatever changes from draft to draft:
//! within a line for any text, alone in a line for any lines. Blocks of one document share a folder, in order.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the documents from the disk"
)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const DOCUMENTS: &[&str] = &[
    "README.md",
    "docs/history.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "BENCHMARKS.md",
    "docs/events.md",
    "docs/git.md",
    "docs/negotiation.md",
];

/// Pages of the site that show a console; their links are tested where the site is.
const PAGES: [&str; 2] = ["book/src/add-a-clause.md", "book/src/add-an-exhibit.md"];

/// A picture that is larger keeps readers waiting.
const LARGEST_PICTURE: u64 = 300 * 1024;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks in this language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        let Some(found) = line.strip_prefix("```") else {
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if found == language {
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

/// The commands of a block, each with what it is said to print.
fn commands(block: &str) -> Vec<(&str, Vec<&str>)> {
    let mut commands: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in block.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            commands.push((command, Vec::new()));
        } else {
            let (_, output) = commands.last_mut().expect("a block begins with a command");
            output.push(line);
        }
    }
    commands
}

/// Whether `line` is what `said` says, where three dots stand for any text.
fn fits(said: &str, line: &str) -> bool {
    let mut pieces = said.split("...");
    let Some(mut rest) = pieces.next().and_then(|first| line.strip_prefix(first)) else {
        return false;
    };
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return rest.is_empty();
    };
    for piece in middle {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// Whether `lines` are what `said` says, where three dots alone stand for any lines.
fn fit(said: &[&str], lines: &[&str]) -> bool {
    match (said, lines) {
        ([], []) => true,
        (["...", said_rest @ ..], _) => {
            (0..=lines.len()).any(|skipped| fit(said_rest, &lines[skipped..]))
        }
        ([first, said_rest @ ..], [line, rest @ ..]) => fits(first, line) && fit(said_rest, rest),
        ([], [_, ..]) | ([_, ..], []) => false,
    }
}

#[test]
fn three_dots_stand_for_anything() {
    assert!(fits("a ... c", "a b b c") && fits("a...", "a") && fits("...", "a"));
    assert!(!fits("a ... c", "a b b d") && !fits("a", "ab") && !fits("ab...b", "ab"));
    assert!(fit(&["a", "...", "c"], &["a", "b", "b", "c"]) && fit(&["...", "c"], &["c"]));
    assert!(!fit(&["a", "...", "c"], &["a", "b"]) && !fit(&[], &["a"]) && !fit(&["a"], &[]));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if path.is_dir() {
            // A draft of the sample that somebody made is no part of it.
            if name != "out" {
                copy(&path, &to.join(name));
            }
        } else {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

#[test]
fn consoles_show_what_happens() {
    let program = Path::new(env!("CARGO_BIN_EXE_engross"));
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().expect("a folder").display()
    );
    let mut wrong = Vec::new();
    let mut count = 0;
    for document in DOCUMENTS.iter().copied().chain(PAGES) {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&root().join("samples"), &folder.path().join("samples"));
        copy(
            &root().join("docs/history"),
            &folder.path().join("docs/history"),
        );
        for block in blocks(&text(document), "console") {
            let mut status = 0;
            for (command, said) in commands(&block) {
                // Each runs in a shell of its own, which is told how the one before ended.
                let ran = Command::new("sh")
                    .args(["-c", &format!("exec 2>&1; (exit {status}); {command}")])
                    .current_dir(folder.path())
                    .env_clear()
                    .env("PATH", &path)
                    .output()
                    .expect("a shell");
                status = ran.status.code().expect("a status");
                let printed = String::from_utf8(ran.stdout).expect("text");
                let lines: Vec<&str> = printed.lines().collect();
                count += 1;
                if !fit(&said, &lines) {
                    wrong.push(format!(
                        "{document} says\n\n$ {command}\n{}\n\nbut it prints\n\n{printed}",
                        said.join("\n")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
    assert!(count >= 8, "only {count} commands");
}

#[test]
fn the_readme_begins_with_two_commands_that_the_tests_run() {
    let readme = text("README.md");
    let shell = blocks(&readme, "sh");
    let first: Vec<&str> = shell.iter().take(2).map(String::as_str).collect();
    let [draft, test] = first.as_slice() else {
        panic!("two blocks");
    };
    assert_eq!(*draft, "cargo run --release -- draft samples/saas-alliance");
    assert_eq!(*test, "scripts/test");
    assert!(
        readme.find("```sh") < readme.find("```console"),
        "they come first"
    );
    let script = text("scripts/test");
    let run = draft.replace("--release --", "--release --locked --");
    assert!(script.contains(&run), "scripts/test runs `{run}`");
    assert!(text(".ci/run").contains("scripts/test"));
    for name in ["scripts/test", "scripts/bench", "scripts/book", ".ci/run"] {
        let mode = fs::metadata(root().join(name))
            .expect(name)
            .permissions()
            .mode();
        assert_ne!(mode & 0o111, 0, "{name} cannot be run");
    }
}

/// The targets of links and pictures that lead to files.
fn links(document: &str) -> Vec<&str> {
    document
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

#[test]
fn links_lead_to_files() {
    for document in DOCUMENTS {
        for target in links(&text(document)) {
            let folder = root().join(document);
            let path = folder.parent().expect("a folder").join(target);
            assert!(path.exists(), "{document}: nothing at {target}");
            if path.extension().is_some_and(|ending| ending == "png") {
                let size = fs::metadata(&path).expect("a picture").len();
                assert!(size < LARGEST_PICTURE, "{target}: {size} bytes");
            }
        }
    }
}

/// Pieces in backticks, outside of blocks.
fn code(document: &str) -> Vec<String> {
    let mut inside = false;
    let running: Vec<&str> = document
        .lines()
        .filter(|line| {
            let fence = line.starts_with("```");
            inside ^= fence;
            !fence && !inside
        })
        .collect();
    let running = running.join("\n");
    running
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Paths are read up to the first thing that is to be filled in: `clauses/<family>/<id>.md`.
#[test]
fn paths_exist() {
    let tops = [
        "src/",
        "templates/",
        "clauses/",
        "samples/",
        "tests/",
        "scripts/",
        "benches/",
        "docs/",
        ".ci/",
    ];
    for document in DOCUMENTS {
        for piece in code(&text(document)) {
            // What a draft writes is there after a draft.
            let is_written = piece.contains("/out/");
            if piece.contains(' ') || is_written || !tops.iter().any(|top| piece.starts_with(top)) {
                continue;
            }
            let known = piece.split(['<', '*', '{']).next().unwrap_or_default();
            let path: PathBuf = root().join(known);
            let exists = path.exists() || path.parent().is_some_and(Path::exists) && known != piece;
            assert!(exists, "{document}: no `{piece}`");
        }
    }
}

fn manifest() -> toml::Table {
    text("Cargo.toml").parse().expect("a manifest")
}

#[test]
fn the_architecture_is_short_and_whole() {
    let architecture = text("ARCHITECTURE.md");
    let lines = architecture.lines().count();
    assert!(lines <= 150, "{lines} lines");
    let named: BTreeSet<String> = code(&architecture).into_iter().collect();
    let manifest = manifest();
    let mut crates = BTreeSet::new();
    for table in ["dependencies", "dev-dependencies"] {
        for name in manifest[table].as_table().expect("a table").keys() {
            assert!(named.contains(name), "no reason for `{name}`");
            crates.insert(name.clone());
        }
    }
    let (_, listed) = architecture
        .split_once("| crate | why |")
        .expect("a table of crates");
    for row in listed.lines().filter_map(|line| line.strip_prefix("| `")) {
        let name = row.split('`').next().unwrap_or_default();
        assert!(crates.contains(name), "`{name}` is no dependency");
    }
    for line in text("src/lib.rs").lines() {
        if let Some(module) = line.strip_prefix("pub mod ") {
            let module = module.trim_end_matches(';');
            let layer = [module.to_owned(), format!("{module}/")];
            assert!(
                layer.iter().any(|name| named.contains(name)),
                "no layer `{module}`"
            );
        }
    }
}

#[test]
fn the_changelog_has_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(text("CHANGELOG.md").contains(&format!("## [{version}]")));
}

/// Whether one may choose licences of `allowed` alone. `/` is an old way to write `OR`.
fn allows(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    // In this tree `AND` always joins groups of choices, never the other way round.
    expression.split(" AND ").all(|choices| {
        choices
            .split(" OR ")
            .any(|one| allowed.contains(one.trim()))
    })
}

#[test]
fn licences_are_those_that_are_allowed() {
    let deny: toml::Table = text("deny.toml").parse().expect("rules");
    let allowed: BTreeSet<String> = deny["licenses"]["allow"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|name| name.as_str().expect("a name").to_owned())
        .collect();
    let about = Command::new("rustc").arg("-vV").output().expect("rustc");
    let about = String::from_utf8(about.stdout).expect("text");
    let host = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("a host");
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo");
    let complaint = String::from_utf8_lossy(&metadata.stderr);
    assert!(metadata.status.success(), "{complaint}");
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50);
    for package in packages {
        let license = package["license"].as_str().unwrap_or_default();
        let name = &package["name"];
        assert!(allows(license, &allowed), "{name}: {license}");
        let source = package["source"].as_str().unwrap_or("here");
        assert!(
            source == "here" || source.contains("github.com/rust-lang/crates.io-index"),
            "{name}: from {source}"
        );
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(root().join(name).exists(), "no {name}");
    }
}
