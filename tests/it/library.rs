//! Broken libraries and what is said about them: a folder is a test.
//!
//! `tests/cases/library/<code>/` holds the files that are changed or added over the embedded library, under
//! `clauses/` and `templates/`, and `expected.txt`: the findings as they are printed, one of which has that code.
//! A second folder for a code is `<code>--<variant>`. `removed.txt` names files to leave out, one a line.
//! `edits.txt` changes the sample deal or a file of the library: `<path>: <old> => <new>`, one a line, with `\n`
//! for a line break. With `BLESS=1` the expectations are written anew: then read them.

use crate::kit;
use engross::diagnostic::{Code, Diagnostic};
use engross::library::{LibraryFile, embedded};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every code that a library can bring about.
const CODES: &[Code] = &[
    Code::Syntax,
    Code::UnknownKey,
    Code::MissingKey,
    Code::MissingPart,
    Code::WrongType,
    Code::DuplicateId,
    Code::UnknownName,
    Code::UnknownChoice,
    Code::BadId,
    Code::EmptyText,
    Code::InvisibleCharacter,
    Code::BadFrontMatter,
    Code::UnlistedClause,
    Code::UnknownPath,
    Code::MaybeAbsent,
    Code::BadTag,
    Code::UnansweredRisk,
    Code::UnknownReference,
    Code::RawHtml,
    Code::RefusedMarkup,
    Code::LinkTarget,
    Code::CellCount,
    Code::HeadingInText,
    Code::BadAnchor,
    Code::DanglingReference,
    Code::DuplicateAnchor,
    Code::DoubledDefinition,
    Code::UnusedTerm,
    Code::UndefinedTerm,
    Code::TermDrift,
    Code::CircularDefinition,
    Code::OrphanExhibit,
    Code::Archaism,
    Code::Doublet,
    Code::AndOr,
    Code::StraightQuote,
    Code::DoubledWord,
    Code::TypedReference,
    Code::AboveBelow,
    Code::LongSentence,
    Code::TypedAmount,
];

fn folders() -> Vec<PathBuf> {
    let root = kit::root().join("tests/cases/library");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)
        .expect("a folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name in letters")
}

fn code(folder: &Path) -> &str {
    name(folder).split("--").next().expect("a first part")
}

/// The sample deal, and the embedded library with the files of a case over it.
fn project(folder: &Path) -> (String, Vec<LibraryFile>) {
    let mut files: BTreeMap<String, String> = embedded()
        .into_iter()
        .map(|file| (file.path, file.text.into_owned()))
        .collect();
    for (path, bytes) in kit::files(folder) {
        if path.starts_with("clauses/") || path.starts_with("templates/") {
            files.insert(path, String::from_utf8(bytes).expect("text"));
        }
    }
    for path in fs::read_to_string(folder.join("removed.txt"))
        .unwrap_or_default()
        .lines()
    {
        assert!(files.remove(path).is_some(), "there is no {path} to remove");
    }
    files.insert("deal.toml".to_owned(), kit::SAMPLE.clone());
    for edit in fs::read_to_string(folder.join("edits.txt"))
        .unwrap_or_default()
        .lines()
    {
        let (path, edit) = edit.split_once(": ").expect("a path");
        let (old, new) = edit.split_once(" => ").expect("an edit");
        let old = &old.replace("\\n", "\n");
        let text = files.get_mut(path).expect("a file to edit");
        assert!(text.contains(old), "there is no {old} in {path}");
        *text = text.replacen(old, &new.replace("\\n", "\n"), 1);
    }
    let deal = files.remove("deal.toml").expect("the deal");
    let files = files
        .into_iter()
        .map(|(path, text)| LibraryFile {
            path,
            text: text.into(),
        })
        .collect();
    (deal, files)
}

/// What is wrong with how a finding is told.
fn flaw(finding: &Diagnostic) -> Option<&'static str> {
    let help = &finding.help;
    if help.is_empty() {
        return Some("it has no help");
    }
    if finding.message.ends_with('.') || help.ends_with('.') {
        return Some("it ends with a full stop");
    }
    if finding.message.starts_with(char::is_uppercase) || help.starts_with(char::is_uppercase) {
        return Some("it begins with a capital");
    }
    let of_library = ["clauses/", "templates/", "deal.toml"]
        .iter()
        .any(|start| finding.at.source().name.starts_with(start));
    if !of_library {
        return Some("it stands in no file");
    }
    None
}

#[test]
fn the_embedded_library_gives_no_finding() {
    assert_eq!(kit::draft_with(&kit::SAMPLE, embedded()).findings(), "");
}

#[test]
fn broken_libraries_give_the_expected_findings() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let (deal, files) = project(&folder);
        let made = kit::draft_with(&deal, files);
        let printed = made.findings();
        let codes: Vec<&str> = made
            .report
            .sorted()
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        let name = name(&folder);
        if !codes.contains(&code(&folder)) {
            wrong.push(format!("--- {name} gives {codes:?}\n{printed}"));
        }
        if made.report.has_errors() != made.draft.is_none() {
            wrong.push(format!("--- {name}: errors and a draft, or neither"));
        }
        for finding in made.report.sorted() {
            if let Some(flaw) = flaw(finding) {
                wrong.push(format!("--- {name}: {flaw}\n{printed}"));
            }
        }
        let expected = folder.join("expected.txt");
        if kit::bless() {
            fs::write(&expected, &printed).expect("a folder that can be written");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(printed.as_str()) {
            wrong.push(format!("--- {name}\n{printed}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_a_library_has_a_case() {
    let folders = folders();
    let covered: BTreeSet<&str> = folders.iter().map(|folder| code(folder)).collect();
    let known: BTreeSet<&str> = CODES.iter().map(|code| code.as_str()).collect();
    assert_eq!(covered, known);
}
