//! Deal files and what the checks say about them: a folder is a test.
//!
//! `tests/cases/good/<name>/deal.toml` and every sample must give no finding. `tests/cases/bad/<code>/deal.toml`
//! must give the findings of `expected.txt`, one of which has that code; a second folder for a code is `<code>--<variant>`.
//! A `term-sheet.toml` or `term-sheet.csv` beside a deal is compared with it.
//! A `negotiation.toml` beside it is checked as `check --internal` does. An `engross.toml` beside a deal is obeyed. `mended.diff`, one for each code, takes that code away and brings no other.
//! With `BLESS=1` in the environment the expectations are written anew: then read them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its cases from the disk, and `BLESS` from the environment"
)]

use crate::statement::EVENT_CODES;
use engross::deal::{Deal, check};
use engross::diagnostic::{Code, Report, Severity, Style, render};
use engross::draft;
use engross::intake::{Answers, Form, reconcile};
use engross::library::{Library, Trust, embedded};
use engross::negotiation::Negotiation;
use engross::settings::{Run, Settings, apply};
use engross::source::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes that no deal file alone can bring about; each gets its case where its layer is tested.
const OTHER_LAYERS: &[Code] = &[
    // Files.
    Code::NoNegotiation,
    // What leaves the house.
    Code::InternalContent,
    Code::HiddenContent,
    Code::NotApproved,
    Code::SentRecord,
    Code::BaseNotSent,
    Code::StalePackage,
    // Two versions of a deal.
    Code::AgreedChanged,
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
    // Commands after the draft: `tests/cases/commands`.
    Code::BadAssignment,
    Code::TriggerClash,
    Code::BadRecord,
    Code::SignedChanged,
    Code::SignedMaster,
    Code::AlreadySigned,
    Code::NotReady,
    Code::NotSigned,
    Code::LibraryMoved,
    Code::StaleExhibit,
    Code::AmendmentOrder,
    Code::NotInForce,
    Code::BeforeStart,
    Code::PeriodReviewed,
    Code::PeriodSkipped,
    Code::PeriodOpen,
    Code::NoFigure,
    Code::BadActuals,
    Code::DeadTier,
    Code::GateDecides,
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
    let settings = fs::read_to_string(folder.join("engross.toml")).ok();
    let report = report(folder, &text, settings.as_deref());
    let printed = render(&report, Style::Plain);
    (report, printed)
}

/// The findings about a deal and the settings beside it.
fn report(folder: &Path, deal: &str, settings: Option<&str>) -> Report {
    let negotiation = fs::read_to_string(folder.join("negotiation.toml")).ok();
    report_with(folder, deal, settings, negotiation.as_deref())
}

/// The same with another negotiation file than the one in the folder.
fn report_with(
    folder: &Path,
    deal: &str,
    settings: Option<&str>,
    negotiation: Option<&str>,
) -> Report {
    let source = Source::new("deal.toml", deal);
    let mut report = Report::new();
    let deal = Deal::read(&source, &mut report);
    if let Some(deal) = &deal {
        check::check(deal, &mut report);
    }
    if let Some(text) = negotiation {
        let source = Source::new("negotiation.toml", text);
        let negotiation = Negotiation::read(&source, &mut report);
        if let (Some(negotiation), Some(deal)) = (&negotiation, &deal) {
            engross::negotiation::check(negotiation, deal, &mut report);
        }
    }
    for name in ["term-sheet.toml", "term-sheet.csv"] {
        if let Ok(text) = fs::read_to_string(folder.join(name)) {
            let sheet = Source::new(name, text);
            if let Some(answers) = Answers::read(&sheet, Form::of(name), &mut report) {
                reconcile(&answers, &source, &mut report);
            }
        }
    }
    let settings =
        settings.and_then(|text| Settings::read(&Source::new("engross.toml", text), &mut report));
    if let Some(settings) = settings {
        let run = Run {
            deal: deal.as_ref(),
            complete: deal.is_some(),
            own: true,
        };
        apply(&settings, run, &mut report);
    }
    report
}

/// A text with a unified difference applied: every line of it must be as the difference says.
pub(crate) fn patched(text: &str, diff: &str) -> String {
    let old: Vec<&str> = text.split_inclusive('\n').collect();
    let mut new = String::new();
    let mut at = 0;
    for line in diff.split_inclusive('\n').skip(2) {
        if let Some(head) = line.strip_prefix("@@ -") {
            let (start, count) = head
                .split_once(' ')
                .expect("a range")
                .0
                .split_once(',')
                .unwrap_or_else(|| (head.split_once(' ').expect("a range").0, "1"));
            let start: usize = start.parse().expect("a line number");
            // Where nothing is taken out, the number is that of the line before.
            let start = if count == "0" { start } else { start - 1 };
            new.extend(old[at..start].iter().copied());
            at = start;
            continue;
        }
        let (mark, line) = line.split_at(1);
        if mark != "+" {
            assert_eq!(old[at], line, "line {}", at + 1);
            at += 1;
        }
        if mark != "-" {
            new.push_str(line);
        }
    }
    new.extend(old[at..].iter().copied());
    new
}

fn codes(report: &Report) -> BTreeSet<Code> {
    report.sorted().iter().map(|found| found.code).collect()
}

#[test]
fn every_code_of_a_deal_has_a_mended_example() {
    let mut wrong = Vec::new();
    for folder in folders("tests/cases/bad") {
        let name = name(&folder);
        let Ok(diff) = fs::read_to_string(folder.join("mended.diff")) else {
            if !name.contains("--") {
                wrong.push(format!("{name} has no mended.diff"));
            }
            continue;
        };
        let before = codes(&findings(&folder).0);
        let deal = fs::read_to_string(folder.join("deal.toml")).expect("a deal file");
        let settings = fs::read_to_string(folder.join("engross.toml")).ok();
        // The difference names the file that it mends.
        let mended = diff
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("--- "))
            .unwrap_or_default();
        if mended.starts_with("term-sheet") {
            let sheet = fs::read_to_string(folder.join(mended)).expect("a term sheet");
            let twin = tempfile::tempdir().expect("a folder");
            fs::write(twin.path().join(mended), patched(&sheet, &diff)).expect("written");
            let left = codes(&report(twin.path(), &deal, settings.as_deref()));
            if left.iter().any(|code| code.as_str() == name) || !left.is_subset(&before) {
                wrong.push(format!("--- {name} is not mended"));
            }
            continue;
        }
        let after = if diff.starts_with("--- engross.toml") {
            report(
                &folder,
                &deal,
                settings.map(|text| patched(&text, &diff)).as_deref(),
            )
        } else if diff.starts_with("--- negotiation.toml") {
            let text = fs::read_to_string(folder.join("negotiation.toml")).expect("a file");
            let mended = patched(&text, &diff);
            report_with(&folder, &deal, settings.as_deref(), Some(&mended))
        } else {
            report(&folder, &patched(&deal, &diff), settings.as_deref())
        };
        let left = codes(&after);
        let gone = left.iter().all(|code| code.as_str() != name);
        if !gone || !left.is_subset(&before) {
            wrong.push(format!("--- {name}\n{}", render(&after, Style::Plain)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What an `engross.toml` may allow leaves something to write, and what it may not leaves nothing.
#[test]
fn what_may_be_allowed_can_be_written() {
    let mut trash = Report::new();
    let library =
        Library::load(embedded(), draft::root(), Trust::Sound, &mut trash).expect("a library");
    let mut wrong = Vec::new();
    let mut stops = BTreeSet::new();
    for folder in folders("tests/cases/bad") {
        let text = fs::read_to_string(folder.join("deal.toml")).expect("a deal file");
        let mut report = Report::new();
        let deal = Deal::read(&Source::new("deal.toml", text), &mut report);
        if let Some(deal) = &deal {
            check::check(deal, &mut report);
        }
        let errors: BTreeSet<Code> = report
            .sorted()
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| found.code)
            .collect();
        let mut drafting = Report::new();
        let drafted = deal
            .as_ref()
            .and_then(|deal| draft::draft(deal, &library, &mut drafting))
            .is_some();
        if drafted {
            continue;
        }
        if !errors.iter().any(|code| code.must_be_mended()) {
            wrong.push(format!(
                "{}: {errors:?} may be allowed, and then nothing can be written\n{}",
                name(&folder),
                render(&drafting, Style::Plain)
            ));
        }
        stops.extend(errors);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let by_rule = [Code::InternalKey, Code::UnknownCode, Code::CannotAllow];
    for code in Code::ALL.iter().filter(|code| code.must_be_mended()) {
        assert!(
            stops.contains(code)
                || OTHER_LAYERS.contains(code)
                || EVENT_CODES.contains(code)
                || by_rule.contains(code),
            "`{code}` stops no writing, so it may be allowed"
        );
    }
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
        let elsewhere = OTHER_LAYERS.contains(code) || EVENT_CODES.contains(code);
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
        let source = found.at.source();
        assert!(
            !source.name.is_empty() && !source.text.is_empty(),
            "{place}: {} stands nowhere",
            found.message
        );
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
