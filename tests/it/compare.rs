//! `engross redline`: what can be compared, and what comes out.

mod git;
mod hard;

use crate::kit::{self, Run, SAMPLE};
use serde_json::Value;
use std::fs;
use std::path::Path;

const OLD: &str = "# Terms of Service\n\nYou pay **USD 100** within 30 days.\n\n## 4.2 Fees\n\nFees are due on the first day.\n\n## 4.3 Term\n\nThe term is a year.\n";

const NEW: &str = "# Terms of Service\n\nYou pay **USD 120** within 30 days.\n\n## 4.2 Scope\n\nThe service is for companies alone.\n\n## 4.3 Fees\n\nFees are due on the first day.\n\n## 4.4 Term\n\nThe term is a year.\n";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn redline(folder: &Path, arguments: &[&str]) -> Run {
    kit::engross(folder, &[&["redline"], arguments].concat())
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let run = redline(folder, &[arguments, &["--format", "json"]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    serde_json::from_str(&run.out).expect("JSON")
}

/// The text of one side of a redline in JSON, row by row.
fn side(redline: &Value, left_out: &str) -> Vec<String> {
    let spans = |spans: &Value| -> String {
        let spans = spans.as_array().map(Vec::as_slice).unwrap_or_default();
        spans
            .iter()
            .filter(|span| span["edit"] != left_out)
            .map(|span| span["text"].as_str().unwrap_or_default())
            .collect()
    };
    let rows = redline["rows"].as_array().expect("rows");
    rows.iter()
        .filter(|row| row["edit"] != left_out)
        .map(|row| {
            let cells = row["cells"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let cells: Vec<String> = cells.iter().map(spans).collect();
            spans(&row["spans"]) + &cells.join("|")
        })
        .filter(|text| !text.is_empty())
        .collect()
}

/// The sample with a lower boundary between its tiers and later payment.
fn changed() -> String {
    SAMPLE
        .replace("\"USD 250000\"", "\"USD 200000\"")
        .replacen("due = \"30 days\"", "due = \"45 days\"", 1)
        .replacen("draft = 4", "draft = 5", 1)
}

fn deals() -> tempfile::TempDir {
    folder(&[("old.toml", &SAMPLE), ("new.toml", &changed())])
}

#[test]
fn two_documents_that_are_not_ours() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    let run = redline(folder.path(), &["old.md", "new.md"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("USD 100") && run.out.contains("USD 120"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("The service is for companies alone."),
        "{}",
        run.out
    );
    // What did not change is not shown as changed, and numbers that moved on are no change.
    assert!(!run.out.contains("Fees are due"), "{}", run.out);
    let found = json(folder.path(), &["old.md", "new.md"]);
    assert_eq!(found["proved"], true);
    assert!(side(&found, "inserted").contains(&"The term is a year.".to_owned()));
    assert!(
        !side(&found, "inserted")
            .concat()
            .contains("companies alone")
    );
    assert!(side(&found, "deleted").concat().contains("companies alone"));
    assert_eq!(found["statistics"]["moves"], 0, "{}", found["changes"]);
}

#[test]
fn either_text_comes_back_byte_for_byte() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    for (how, text) in [("accept", NEW), ("reject", OLD)] {
        let run = redline(folder.path(), &["old.md", "new.md", "--resolve", how]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), text));
    }
    let run = redline(
        folder.path(),
        &["old.md", "new.md", "--resolve", "accept", "--out", "r"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let written = fs::read_to_string(folder.path().join("r/accepted.md")).expect("a file");
    assert_eq!(written, NEW);
}

#[test]
fn the_same_text_twice_has_no_change() {
    let folder = folder(&[("a.md", OLD), ("deal.toml", &SAMPLE)]);
    for file in ["a.md", "deal.toml"] {
        let run = redline(folder.path(), &[file, file, "--exit-code"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(
            run.out.contains("The two texts are the same."),
            "{}",
            run.out
        );
        let found = json(folder.path(), &[file, file]);
        assert_eq!(found["changes"].as_array().map(Vec::len), Some(0));
        assert_eq!(found["terms"].as_array().map(Vec::len), Some(0));
    }
}

#[test]
fn exit_code_and_quiet() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    let run = redline(
        folder.path(),
        &["old.md", "new.md", "--exit-code", "--quiet"],
    );
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (Some(1), "", "")
    );
    let run = redline(folder.path(), &["old.md", "new.md", "--quiet"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
}

#[test]
fn a_package_is_written_as_a_whole() {
    let folder = deals();
    let run = redline(
        folder.path(),
        &[
            "old.toml",
            "new.toml",
            "--out",
            "r",
            "--format",
            "html,md,json",
        ],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = kit::files(&folder.path().join("r"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "manifest.json",
            "new.md",
            "old.md",
            "redline.html",
            "redline.json",
            "redline.md"
        ]
    );
    // Once more, and nothing changes.
    redline(
        folder.path(),
        &[
            "old.toml",
            "new.toml",
            "--out",
            "r",
            "--format",
            "html,md,json",
        ],
    );
    assert_eq!(kit::files(&folder.path().join("r")), files);
    // What somebody put there is not lost.
    fs::write(folder.path().join("r/notes.txt"), "mine").expect("a file");
    let run = redline(folder.path(), &["old.toml", "new.toml", "--out", "r"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("Nothing was written."), "{}", run.err);
}

#[test]
fn terms_lead_to_the_text_and_back() {
    let folder = deals();
    let found = json(folder.path(), &["old.toml", "new.toml"]);
    let terms = found["terms"].as_array().expect("terms");
    let term = |name: &str| {
        terms
            .iter()
            .find(|term| {
                term["name"]
                    .as_str()
                    .is_some_and(|found| found.contains(name))
            })
            .unwrap_or_else(|| panic!("{name} in {terms:?}"))
    };
    let due = term("the time for payment");
    assert_eq!(
        (&due["was"], &due["is"]),
        (&"30 days".into(), &"45 days".into())
    );
    assert_eq!(due["effect"][0], "+15 days");
    assert!(
        due["reason"]
            .as_str()
            .is_some_and(|reason| reason.starts_with("Nobody pays"))
    );
    let base = term("where the tier “Base” ends");
    assert!(base["effect"].to_string().contains("−USD 50,000"), "{base}");
    // The draft's number is no term.
    assert!(
        !terms
            .iter()
            .any(|term| term["name"].to_string().contains("draft"))
    );
    for term in [due, base] {
        let numbers = term["changes"].as_array().expect("numbers");
        assert!(!numbers.is_empty(), "{term}");
        for number in numbers {
            let change = &found["changes"]
                [usize::try_from(number.as_u64().expect("a number")).expect("small") - 1];
            assert_eq!(&change["number"], number);
            assert_eq!(change["weight"], "substance", "{change}");
            let back = change["follows_from"].as_array().expect("names");
            assert!(back.contains(&term["name"]), "{change}");
        }
    }
    // The boundary is in key terms, tiers, examples: the changes that follow stand in several sections.
    let sections: std::collections::BTreeSet<String> = base["changes"]
        .as_array()
        .expect("numbers")
        .iter()
        .map(|number| {
            let at = usize::try_from(number.as_u64().expect("a number")).expect("small") - 1;
            found["changes"][at]["section"].to_string()
        })
        .collect();
    assert!(sections.len() > 2, "{sections:?}");
    // A lower boundary pays more, at each volume that reaches it.
    let results = found["results"]["lines"].as_array().expect("lines");
    let pays = results
        .iter()
        .find(|line| {
            line["name"]
                .as_str()
                .is_some_and(|name| name.ends_with("pays"))
        })
        .expect("a payout");
    assert_ne!(pays["was"], pays["is"]);
}

#[test]
fn reasons_that_stay_in_the_file_can_be_left_out() {
    let new = SAMPLE.replacen("amount = \"USD 600000\"", "amount = \"USD 700000\"", 1);
    let folder = folder(&[("old.toml", &SAMPLE), ("new.toml", &new)]);
    let reason = |arguments: &[&str]| {
        let found = json(
            folder.path(),
            &[&["old.toml", "new.toml"], arguments].concat(),
        );
        found["terms"][0]["reason"].clone()
    };
    assert!(
        reason(&[])
            .as_str()
            .is_some_and(|text| text.contains("known ceiling"))
    );
    assert_eq!(reason(&["--shared-reasons"]), Value::Null);
}

#[test]
fn what_is_json_keeps_to_its_schema() {
    let folder = deals();
    fs::write(folder.path().join("old.md"), OLD).expect("a file");
    fs::write(folder.path().join("new.md"), NEW).expect("a file");
    let schema = kit::engross(folder.path(), &["schema", "redline"]);
    let schema: Value = serde_json::from_str(&schema.out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for pair in [
        ["old.toml", "new.toml"],
        ["old.md", "new.md"],
        ["old.toml", "new.md"],
    ] {
        let found = json(folder.path(), &pair);
        let wrong: Vec<String> = validator
            .iter_errors(&found)
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{pair:?}: {wrong:?}");
    }
}

#[test]
fn a_deal_its_folder_its_package_and_its_agreement_are_one_text() {
    let folder = folder(&[("deal/deal.toml", &SAMPLE)]);
    let drafted = kit::engross(folder.path(), &["draft", "deal", "--quiet"]);
    if drafted.code != Some(0) {
        kit::engross(folder.path(), &["draft", "deal"]);
    }
    for (old, new) in [
        ("deal", "deal/deal.toml"),
        ("deal", "deal/out"),
        ("deal/out", "deal/out/agreement.md"),
    ] {
        let run = redline(folder.path(), &[old, new, "--exit-code"]);
        assert_eq!(run.code, Some(0), "{old} {new}: {run:?}");
    }
    // One of its exhibits alone refers to what is not in it.
    let exhibit = "deal/out/exhibit-economics.md";
    let run = redline(folder.path(), &[exhibit, exhibit, "--exit-code"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn ours_and_anybodys_can_be_compared() {
    let folder = folder(&[("deal.toml", &SAMPLE), ("theirs.md", OLD)]);
    let run = redline(folder.path(), &["deal.toml", "theirs.md"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    // The same agreement typed by somebody: only what they changed is a change.
    let typed = "# Agreement\n\n## 1. Fees\n\nThe fee is USD 100, see Section 2 (Term).\n\n## 2. Term\n\nOne year.\n";
    let ours = "# <a id=\"agreement\"></a>Agreement\n\n## <a id=\"fees\"></a>1.\u{a0}Fees\n\nThe fee is USD 90, see [Section 2 (Term)](#term).\n\n## <a id=\"term\"></a>2.\u{a0}Term\n\nOne year.\n";
    fs::write(folder.path().join("typed.md"), typed).expect("a file");
    fs::write(folder.path().join("ours.md"), ours).expect("a file");
    let found = json(folder.path(), &["ours.md", "typed.md"]);
    assert_eq!(
        found["changes"].as_array().map(Vec::len),
        Some(1),
        "{}",
        found["changes"]
    );
}

#[test]
fn only_words_and_only_numbers() {
    let folder = folder(&[("old.md", OLD), ("new.md", NEW)]);
    let words = redline(folder.path(), &["old.md", "new.md", "--word"]).out;
    assert!(
        words.contains("[-") && words.contains("{+") && !words.contains("Checked"),
        "{words}"
    );
    let stat = redline(folder.path(), &["old.md", "new.md", "--stat"]).out;
    assert!(stat.contains("1 change") && !stat.contains("{+"), "{stat}");
    let coloured = redline(folder.path(), &["old.md", "new.md", "--color", "always"]).out;
    assert!(
        coloured.contains("\u{1b}[31;9m") && coloured.contains("\u{1b}[34;4m"),
        "{coloured}"
    );
    let changed = redline(
        folder.path(),
        &["old.md", "new.md", "--format", "md", "--changed-only"],
    )
    .out;
    assert!(
        !changed.contains("The term is a year") && changed.contains("companies alone"),
        "{changed}"
    );
}

#[test]
fn a_typed_reference_that_follows_its_section_is_no_change_of_substance() {
    let old = "# A\n\n## 7.2 Fees\n\nFees are due monthly.\n\n## 7.3 Term\n\nA year.\n\n## 7.4 End\n\nAfter the term of Section 7.3 it ends.\n";
    let new = "# A\n\n## 7.2 Fees\n\nFees are due monthly.\n\n## 7.3 Tax\n\nEach party pays its own tax.\n\n## 7.4 Term\n\nA year.\n\n## 7.5 End\n\nAfter the term of Section 7.4 it ends.\n";
    let wrong = new.replace("of Section 7.4", "of Section 7.2");
    let folder = folder(&[("old.md", old), ("new.md", new), ("wrong.md", &wrong)]);
    let weights = |name: &str| -> Vec<String> {
        let found = json(folder.path(), &["old.md", name]);
        let changes = found["changes"].as_array().expect("changes");
        changes
            .iter()
            .map(|change| change["weight"].to_string())
            .collect()
    };
    assert_eq!(weights("new.md"), ["\"substance\"", "\"noise\""]);
    assert_eq!(weights("wrong.md"), ["\"substance\"", "\"substance\""]);
}

#[test]
fn each_exhibit_has_a_redline_of_its_own_if_asked() {
    let folder = deals();
    let run = redline(
        folder.path(),
        &["old.toml", "new.toml", "--out", "r", "--exhibits"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = kit::files(&folder.path().join("r"));
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("text");
    let economics = text("exhibit-economics.md");
    assert!(
        economics.contains("<del>USD 250,000</del><ins>USD 200,000</ins>"),
        "{economics}"
    );
    assert!(economics.contains("Exhibit A:"), "{economics}");
    assert!(text("exhibit-definitions.html").contains("<html"));
}
