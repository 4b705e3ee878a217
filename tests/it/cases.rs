//! Deal files and what the checks say about them: a folder is a test.
//!
//! `tests/cases/good/<name>/deal.toml` and every sample must give no finding. `tests/cases/bad/<code>/deal.toml`
//! must give the findings of `expected.txt`, one of which has that code; a second folder for a code is `<code>--<variant>`.
//! A `term-sheet.toml` or `term-sheet.csv` beside a deal is compared with it.
//! With `BLESS=1` in the environment the expectations are written anew: then read them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its cases from the disk, and `BLESS` from the environment"
)]

use engross::deal::{Deal, check};
use engross::diagnostic::{Code, Report, Style, render};
use engross::intake::{Answers, Form, reconcile};
use engross::source::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no deal file alone can bring about; each gets its case where its layer is tested.
const OTHER_LAYERS: &[Code] = &[
    // Files.
    Code::FileTooLarge,
    Code::NotText,
    Code::EditedByHand,
    Code::ForeignFile,
    Code::BadOutput,
    // The clause library.
    Code::BadFrontMatter,
    Code::UnlistedClause,
    Code::UnknownPath,
    Code::MaybeAbsent,
    Code::BadTag,
    Code::UnknownReference,
    // The style of clauses.
    Code::Archaism,
    Code::Doublet,
    Code::AndOr,
    Code::StraightQuote,
    Code::DoubledWord,
    Code::TypedReference,
    Code::AboveBelow,
    Code::LongSentence,
    Code::TypedAmount,
    // The text of clauses.
    Code::RawHtml,
    Code::RefusedMarkup,
    Code::LinkTarget,
    Code::CellCount,
    Code::HeadingInText,
    Code::BadAnchor,
    Code::DocumentShape,
    Code::DanglingReference,
    Code::DuplicateAnchor,
    Code::UnusedTerm,
    Code::UndefinedTerm,
    Code::TermDrift,
    Code::CircularDefinition,
    Code::OrphanExhibit,
    // A deal always says what the end of a month means.
    Code::MonthEnd,
];

fn folders(kind: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind);
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

/// The findings about a deal file, as they are printed.
fn findings(folder: &Path) -> (Report, String) {
    let text = fs::read_to_string(folder.join("deal.toml")).expect("a deal file");
    let source = Source::new("deal.toml", text);
    let mut report = Report::new();
    if let Some(deal) = Deal::read(&source, &mut report) {
        check::check(&deal, &mut report);
    }
    for name in ["term-sheet.toml", "term-sheet.csv"] {
        if let Ok(text) = fs::read_to_string(folder.join(name)) {
            let sheet = Source::new(name, text);
            if let Some(answers) = Answers::read(&sheet, Form::of(name), &mut report) {
                reconcile(&answers, &source, &mut report);
            }
        }
    }
    let printed = render(&report, Style::Plain);
    (report, printed)
}

#[test]
fn good_deals_give_no_finding() {
    for folder in folders("tests/cases/good")
        .into_iter()
        .chain(folders("samples"))
    {
        let (_, printed) = findings(&folder);
        assert_eq!(printed, "", "{}", name(&folder));
    }
}

#[test]
fn bad_deals_give_the_expected_findings() {
    let bless = std::env::var("BLESS").is_ok_and(|value| value == "1");
    let mut wrong = Vec::new();
    for folder in folders("tests/cases/bad") {
        let (report, printed) = findings(&folder);
        let code = name(&folder).split("--").next().expect("a first part");
        let codes: Vec<&str> = report
            .sorted()
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert!(codes.contains(&code), "{} gives {codes:?}", name(&folder));
        let expected = folder.join("expected.txt");
        if bless {
            fs::write(&expected, &printed).expect("a folder that can be written");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(printed.as_str()) {
            wrong.push(format!("--- {}\n{printed}", name(&folder)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_a_deal_has_a_case() {
    let covered: BTreeSet<String> = folders("tests/cases/bad")
        .iter()
        .map(|folder| {
            name(folder)
                .split("--")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    for code in Code::ALL {
        let elsewhere = OTHER_LAYERS.contains(code);
        assert_ne!(
            covered.contains(code.as_str()),
            elsewhere,
            "`{code}` needs a folder under tests/cases/bad, or a line in OTHER_LAYERS, and not both"
        );
    }
    for code in &covered {
        let known = Code::ALL.iter().any(|known| known.as_str() == code);
        assert!(known, "`{code}` is no code");
    }
}

/// Every finding as a person meets it: a message in lower case without a full stop, and a way out.
fn well_worded(report: &Report, place: &str) {
    for found in report.sorted() {
        assert!(!found.help.is_empty(), "{place}: {}", found.message);
        for text in [&found.message, &found.help] {
            assert!(!text.ends_with('.'), "{place}: {text}");
            // Codes such as `JPY` may begin a message.
            let word = text.split(' ').next().unwrap_or_default();
            let shouted = word.chars().all(|letter| !letter.is_lowercase());
            assert!(
                shouted || !text.starts_with(char::is_uppercase),
                "{place}: {text}"
            );
        }
    }
}

#[test]
fn every_finding_says_what_to_do() {
    for folder in folders("tests/cases/bad") {
        well_worded(&findings(&folder).0, name(&folder));
    }
}

/// A deal with any one line missing is read without a panic, and what is found is worded as all else.
#[test]
fn any_line_may_be_missing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/saas-alliance/deal.toml");
    let text = fs::read_to_string(folder).expect("a deal file");
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for missing in 0..lines.len() {
        if lines[missing].trim().is_empty() || lines[missing].starts_with('#') {
            continue;
        }
        let rest = [&lines[..missing], &lines[missing + 1..]].concat().concat();
        let source = Source::new("deal.toml", rest);
        let mut report = Report::new();
        if let Some(deal) = Deal::read(&source, &mut report) {
            check::check(&deal, &mut report);
        }
        // The wording of syntax errors is that of the TOML reader.
        if !report
            .sorted()
            .iter()
            .any(|found| found.code == Code::Syntax)
        {
            well_worded(&report, lines[missing]);
        }
    }
}
