//! Statements: events that are wrong and what is said of them, and what the samples are paid.
//!
//! `tests/cases/events/<name>/` holds a file of events and what the real command says of it: `expected.txt` has its exit
//! status, what it printed, and the rows that it rejected. `args` has other arguments than `--period 2027-Q1`, `sample`
//! another deal than the `SaaS` alliance. `tests/samples/<name>/statements/` holds what each statement of the samples
//! becomes. With `BLESS=1` in the environment both are written anew: then read the difference.

use crate::kit;
use engross::diagnostic::Code;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What every statement of the samples is made with: sample, period, further arguments.
const STATEMENTS: [(&str, &str, &[&str]); 10] = [
    ("saas-alliance", "2027-Q1", &[]),
    ("saas-alliance", "2027-Q2", &[]),
    ("co-sell", "2027-Q2", &[]),
    ("co-sell", "2027-Q3", &[]),
    ("distribution", "2027-Q3", &[]),
    ("distribution", "2027-Q4", &[]),
    ("marketplace", "2027-03", &[]),
    ("marketplace", "2027-06", &[]),
    ("referral", "2027-Q1", &["--effective", "2027-02-15"]),
    ("referral", "2027-Q2", &["--effective", "2027-02-15"]),
];

fn folders(path: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(kit::root().join(path))
        .expect("a folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

/// A folder with a copy of a sample: its deal, its events, its settings.
fn copy(sample: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = kit::root().join("samples").join(sample);
    for name in ["deal.toml", "engross.toml"] {
        if from.join(name).is_file() {
            fs::copy(from.join(name), folder.path().join(name)).expect("a copy");
        }
    }
    let _ = fs::create_dir(folder.path().join("events"));
    for entry in fs::read_dir(from.join("events")).expect("events") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, folder.path().join("events").join(name)).expect("a copy");
    }
    folder
}

fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// What the command says of a case.
fn said(case: &Path) -> String {
    said_of(case, None)
}

/// The same of the case with another text of one of its files.
fn said_of(case: &Path, other: Option<(&str, &str)>) -> String {
    let sample = text(&case.join("sample"));
    let sample = sample.as_deref().map_or("saas-alliance", str::trim);
    let folder = copy(sample);
    for entry in fs::read_dir(case).expect("a case") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_os_string();
        if !["expected.txt", "mended.diff"]
            .iter()
            .any(|skipped| name == *skipped)
        {
            fs::copy(&path, folder.path().join(name)).expect("a copy");
        }
    }
    if let Some((name, text)) = other {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let arguments = text(&folder.path().join("args"));
    let arguments = arguments.unwrap_or_else(|| "--period 2027-Q1".to_owned());
    let mut all = vec!["statement", "deal.toml", "--out", "paid"];
    all.extend(arguments.split_whitespace());
    if !all.contains(&"--events") {
        all.extend(["--events", "events.csv"]);
    }
    let run = kit::engross(folder.path(), &all);
    let mut said = format!(
        "{}{}exit status {}\n",
        run.err,
        run.out,
        run.code.unwrap_or(-1)
    );
    for name in ["paid.rejected.csv", "paid/rejected.csv"] {
        if let Some(rejected) = text(&folder.path().join(name)) {
            let _ = write!(said, "\n{name}:\n{rejected}");
        }
    }
    let written = folder.path().join("paid/statement.json").exists();
    assert_eq!(written, run.code == Some(0), "{}", case.display());
    said
}

#[test]
fn every_case_says_what_it_said() {
    let mut wrong = Vec::new();
    for case in folders("tests/cases/events") {
        let found = said(&case);
        let path = case.join("expected.txt");
        if kit::bless() {
            fs::write(&path, &found).expect("it can be written");
        } else if text(&path).as_deref() != Some(found.as_str()) {
            wrong.push(format!("{}:\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_about_events_has_a_case_that_brings_it_about() {
    for code in EVENT_CODES {
        let name = code.as_str();
        let folder = kit::root().join("tests/cases/events").join(name);
        let expected =
            text(&folder.join("expected.txt")).unwrap_or_else(|| panic!("no case for `{name}`"));
        assert!(
            expected.contains(&format!("[{name}]")),
            "`{name}` is not found in its case"
        );
    }
}

/// `mended.diff` takes the code away and brings no other: it mends the events, or the arguments of the command.
#[test]
fn every_code_about_events_has_a_mended_example() {
    let mut wrong = Vec::new();
    for code in EVENT_CODES {
        let folder = kit::root().join("tests/cases/events").join(code.as_str());
        let Some(diff) = text(&folder.join("mended.diff")) else {
            wrong.push(format!("{code} has no mended.diff"));
            continue;
        };
        let name = diff
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("--- "));
        let name = name.expect("the head of a difference");
        let old = text(&folder.join(name)).expect(name);
        let said = said_of(&folder, Some((name, &crate::cases::patched(&old, &diff))));
        if said.contains("error[") || said.contains(&format!("[{code}]")) {
            wrong.push(format!("--- {code} is not mended\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The codes of findings that only events bring about.
pub const EVENT_CODES: &[Code] = &[
    Code::MissingColumn,
    Code::MissingCell,
    Code::UnknownKind,
    Code::UnmatchedAccount,
    Code::EventConflict,
    Code::EventOrder,
    Code::EventAmount,
    Code::EventDate,
    Code::NotAllowed,
    Code::RegistrationEnded,
    Code::GateUndecided,
    Code::DuplicateEvent,
    Code::MissingEvents,
    Code::StatementPeriod,
    Code::NotReadable,
    Code::StatementDiffers,
];

/// Every file of a statement, without what every page has.
fn statement(sample: &str, period: &str, more: &[&str]) -> BTreeMap<String, String> {
    let folder = copy(sample);
    let mut all = vec!["statement", "--events", "events", "--period", period];
    all.extend(more);
    let run = kit::engross(folder.path(), &all);
    assert_eq!(run.code, Some(0), "{run:?}");
    let out = folder.path().join("statements").join(period);
    let mut kept = BTreeMap::new();
    for (name, bytes) in kit::files(&out) {
        let text = String::from_utf8(bytes).expect("text");
        let text = if name.ends_with(".html") {
            crate::golden::body(&text)
        } else {
            text
        };
        if name != "manifest.json" {
            kept.insert(name, text);
        }
    }
    kept.insert("printed.txt".to_owned(), run.out);
    kept
}

#[test]
fn samples_are_paid_what_they_were_paid() {
    let mut wrong = Vec::new();
    for (sample, period, more) in STATEMENTS {
        let made = statement(sample, period, more);
        let folder = kit::root()
            .join("tests/statements")
            .join(sample)
            .join(period);
        if kit::bless() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder");
            for (name, text) in &made {
                fs::write(folder.join(name), text).expect("it can be written");
            }
            continue;
        }
        for (name, text) in &made {
            if self::text(&folder.join(name)).as_deref() != Some(text) {
                wrong.push(format!("{sample} {period} {name}"));
            }
        }
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), made.len());
    }
    assert!(wrong.is_empty(), "other than kept: {}", wrong.join(", "));
}

#[test]
fn a_statement_is_what_its_schema_says_and_adds_up() {
    let schema = kit::engross(Path::new("."), &["schema", "statement"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.out).expect("JSON");
    for (sample, period, more) in STATEMENTS {
        let made = statement(sample, period, more);
        let json: serde_json::Value = serde_json::from_str(&made["statement.json"]).expect("JSON");
        assert!(jsonschema::is_valid(&schema, &json), "{sample} {period}");
        let number = |value: &serde_json::Value| {
            engross::units::Decimal::from_str_exact(value.as_str().expect("text"))
                .expect("a number")
        };
        let sum = |rows: &serde_json::Value, key: &str| -> engross::units::Decimal {
            let rows = rows.as_array().expect("rows");
            rows.iter().map(|row| number(&row[key])).sum()
        };
        let total = number(&json["total"]);
        assert_eq!(
            sum(&json["lines"], "exact") + number(&json["rounding_difference"]),
            total
        );
        assert_eq!(
            total + sum(&json["settlement"], "amount"),
            number(&json["pay"])
        );
    }
}

#[test]
fn the_order_of_rows_and_files_decides_nothing() {
    let made = statement("saas-alliance", "2027-Q2", &[]);
    let folder = copy("saas-alliance");
    let events = folder.path().join("events");
    let mut rows = Vec::new();
    let mut head = String::new();
    for name in ["2027-q1.csv", "2027-q2.csv"] {
        let text = fs::read_to_string(events.join(name)).expect("events");
        let mut lines = text.lines().map(str::to_owned);
        head = lines.next().expect("headings");
        rows.extend(lines);
        fs::remove_file(events.join(name)).expect("it is there");
    }
    rows.reverse();
    let shuffled = format!("{head}\n{}\n", rows.join("\n"));
    fs::write(events.join("all.csv"), shuffled).expect("it can be written");
    let run = kit::engross(
        folder.path(),
        &["statement", "--events", "events", "--period", "2027-Q2"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.out, made["printed.txt"]);
}

#[test]
fn a_line_is_explained_to_its_events() {
    let folder = copy("saas-alliance");
    let explain = |line: &str| {
        kit::engross(
            folder.path(),
            &[
                "explain-line",
                "--events",
                "events",
                "--period",
                "2027-Q2",
                "--line",
                line,
            ],
        )
    };
    let run = explain("2");
    assert_eq!(run.code, Some(0), "{run:?}");
    for words in [
        "Line 2 of statement 2027-Q2: Tier Growth, USD 47,198.81",
        "(What the tiers pay)",
        "USD 377,590.50 × 12.5% = USD 47,198.8125",
        "4 events:",
        "events/2027-q2.csv:43",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let run = explain("99");
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("help: name one from 1 to 7"), "{run:?}");
}

#[test]
fn one_bad_row_among_many_is_found_at_its_line() {
    let folder = copy("referral");
    let mut text = String::from("id,date,account,kind,reason\n");
    for row in 0..20_000 {
        let kind = if row == 12_344 {
            "lead-acepted"
        } else {
            "lead"
        };
        let _ = writeln!(text, "R{row},2027-03-01,Firm {row},{kind},");
    }
    fs::write(folder.path().join("many.csv"), text).expect("it can be written");
    let all = [
        "statement",
        "--effective",
        "2027-02-15",
        "--period",
        "2027-Q1",
        "--events",
        "many.csv",
    ];
    let run = kit::engross(folder.path(), &all);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("many.csv:12346:30"), "{run:?}");
    assert!(run.err.contains("did you mean `lead-accepted`?"), "{run:?}");
    let listed =
        self::text(&folder.path().join("statements/2027-Q1.rejected.csv")).expect("a list");
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(!folder.path().join("statements/2027-Q1").exists());
    // Mended, the list goes away.
    let text = fs::read_to_string(folder.path().join("many.csv")).expect("events");
    fs::write(
        folder.path().join("many.csv"),
        text.replace("acepted", "accepted"),
    )
    .expect("it can be written");
    let run = kit::engross(folder.path(), &all);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        !folder
            .path()
            .join("statements/2027-Q1.rejected.csv")
            .exists()
    );
}

/// A statement goes to the other side: no page of it names a folder that is not one of the deal.
#[test]
fn a_statement_elsewhere_names_no_folder_of_ours() {
    let home = tempfile::tempdir().expect("a folder");
    let deal = home.path().join("ana-private/deals/alliance");
    fs::create_dir_all(&deal).expect("a folder");
    let sample = kit::root().join("samples/saas-alliance");
    fs::copy(sample.join("deal.toml"), deal.join("deal.toml")).expect("a copy");
    let events = sample.join("events/2027-q1.csv");
    let elsewhere = home.path().join("for-oakhythe");
    let secret = home.path().join("ana-private/secret-drafts");
    let made = |out: &Path, agreement: Option<&Path>| -> BTreeMap<String, String> {
        let mut all = vec!["statement".into(), "--period".into(), "2027-Q1".into()];
        all.extend(["--events".into(), events.display().to_string()]);
        all.extend(["--out".into(), out.display().to_string()]);
        if let Some(agreement) = agreement {
            all.extend(["--agreement".into(), agreement.display().to_string()]);
        }
        let words: Vec<&str> = all.iter().map(String::as_str).collect();
        let run = kit::engross(&deal, &words);
        assert_eq!(run.code, Some(0), "{run:?}");
        let files = kit::files(out).into_iter();
        files
            .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
            .collect()
    };
    for (out, agreement) in [
        (elsewhere.as_path(), None),
        (&home.path().join("both"), Some(secret.as_path())),
        (&deal.join("statements/q1"), Some(secret.as_path())),
    ] {
        for (name, text) in made(out, agreement) {
            for word in [
                "ana-private",
                "deals",
                "alliance/",
                "secret",
                "../",
                "href=\"..",
                "samples",
            ] {
                assert!(!text.contains(word), "{name} of {}: {word}", out.display());
            }
            if name == "statement.md" {
                assert!(text.contains("Section 5.4"), "{text}");
                assert!(text.contains("draft 4"), "{text}");
            }
        }
    }
    // Within the folder of the deal, links lead to the agreement.
    let near = made(&deal.join("statements/2027-Q1"), None);
    assert!(near["statement.md"].contains("(../../out/agreement.md#"));
    let beside = made(&deal.join("out-and-statement"), Some(&deal.join("signed")));
    assert!(beside["statement.md"].contains("(../signed/agreement.md#"));
}
