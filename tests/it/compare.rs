//! `engross redline`: what can be compared, what comes out, and what bad input gets.

use crate::kit::{self, Run, SAMPLE};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

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
    let due = term("payment, due");
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
    let base = term("“Base”, to");
    assert!(base["effect"].to_string().contains("−USD 50,000"), "{base}");
    // The draft's number is no term.
    assert!(!terms.iter().any(|term| term["name"] == "agreement, draft"));
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

fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git");
    assert!(run.status.success(), "{arguments:?}: {run:?}");
}

/// A repository with two revisions of a deal and of a document.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[
        ("deals/deal.toml", &SAMPLE),
        ("terms.md", OLD),
        ("gone.md", OLD),
    ]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "one"]);
    fs::write(folder.path().join("deals/deal.toml"), changed()).expect("a file");
    fs::write(folder.path().join("terms.md"), NEW).expect("a file");
    fs::remove_file(folder.path().join("gone.md")).expect("a file");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "two"]);
    folder
}

#[test]
fn a_revision_is_compared_with_another_or_with_now() {
    let folder = repository();
    let run = redline(folder.path(), &["terms.md", "--from", "HEAD~1"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("terms.md at HEAD~1") && run.out.contains("USD 120"),
        "{}",
        run.out
    );
    let run = redline(
        folder.path(),
        &["terms.md", "--from", "HEAD", "--exit-code"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    // A deal's folder, between two revisions.
    let run = redline(
        folder.path(),
        &["deals", "--from", "HEAD~1", "--to", "HEAD", "--stat"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("45 days"), "{}", run.out);
    // From within a folder, and what is there no more.
    let run = redline(
        &folder.path().join("deals"),
        &["deal.toml", "--from", "HEAD~1"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = redline(
        folder.path(),
        &[
            "gone.md",
            "--from",
            "HEAD~1",
            "--to",
            "HEAD~1",
            "--exit-code",
        ],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn what_git_does_not_have_is_said() {
    let folder = repository();
    for (arguments, said) in [
        (
            &["terms.md", "--from", "v9"][..],
            "there is no revision `v9`",
        ),
        // Nothing that is typed becomes an option of git.
        (
            &["terms.md", "--from=--output=x"],
            "there is no revision `--output=x`",
        ),
        (
            &["gone.md", "--from", "HEAD~1", "--to", "HEAD"],
            "there is no `gone.md` at the revision HEAD",
        ),
        (
            &["never.md", "--from", "HEAD", "--to", "HEAD~1"],
            "there is no `never.md` at the revision HEAD",
        ),
    ] {
        let run = redline(folder.path(), arguments);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(said), "{}", run.err);
        assert!(run.err.contains("help: "), "{}", run.err);
    }
    assert!(!folder.path().join("x").exists());
    let outside = self::folder(&[("a.md", OLD)]);
    let run = redline(outside.path(), &["a.md", "--from", "HEAD"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("is in no git repository"), "{}", run.err);
}

#[test]
fn what_is_no_text_is_refused() {
    let folder = folder(&[("a.md", OLD)]);
    let cases: [(&str, Vec<u8>, i32, &str); 8] = [
        (
            "latin.md",
            b"Fees \xe9t\xe9".to_vec(),
            1,
            "the file is not UTF-8 text",
        ),
        ("zero.md", b"a\0b".to_vec(), 1, "it holds a zero byte"),
        (
            "x.pdf",
            b"%PDF-1.7 ...".to_vec(),
            2,
            "is a PDF, not Markdown",
        ),
        ("x.docx", b"PK\x03\x04...".to_vec(), 2, "is a Word document"),
        (
            "x.doc",
            b"\xd0\xcf\x11\xe0...".to_vec(),
            2,
            "is an old Word document",
        ),
        ("x.rtf", b"{\\rtf1".to_vec(), 2, "is a Rich Text document"),
        (
            "x.html",
            b"\n<!DOCTYPE html><p>x".to_vec(),
            2,
            "is a web page",
        ),
        (
            "big.md",
            vec![b'a'; 50 * 1024 * 1024],
            1,
            "larger than 16 MiB",
        ),
    ];
    for (name, bytes, code, said) in cases {
        fs::write(folder.path().join(name), bytes).expect("a file");
        for pair in [["a.md", name], [name, "a.md"]] {
            let run = redline(folder.path(), &pair);
            assert_eq!(run.code, Some(code), "{name}: {run:?}");
            assert!(run.err.contains(said), "{}", run.err);
            assert_eq!(run.out, "");
        }
    }
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    let run = redline(folder.path(), &["a.md", "empty"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    let run = redline(folder.path(), &["a.md", "nowhere.md"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    let run = redline(folder.path(), &["a.md"]);
    assert_eq!(run.code, Some(2), "{run:?}");
}

#[test]
fn a_deal_that_cannot_be_drafted_is_shown_at_its_line() {
    let broken = SAMPLE.replacen("pays = \"12.5%\"", "pays = \"12.5\"", 1);
    let folder = folder(&[("old.toml", &SAMPLE), ("new.toml", &broken)]);
    let run = redline(folder.path(), &["old.toml", "new.toml", "--out", "r"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.contains("new.toml:"), "{}", run.err);
    assert!(!folder.path().join("r").exists());
}

/// Inputs that are hard: each is compared with a changed copy of itself, both ways, in bounded time.
#[test]
fn hard_input_is_compared_all_the_same() {
    let table = |rows: usize, changed: usize| {
        let mut text = "# T\n\n| key | value |\n|---|--:|\n".to_owned();
        for row in 0..rows {
            let value = if row == changed { row + 1_000_000 } else { row };
            text.extend([format!("| row {row} | {value} |\n")]);
        }
        text
    };
    let paragraph = |words: usize, changed: usize| {
        let mut text = String::new();
        for word in 0..words {
            let number = if word == changed {
                999_999_999
            } else {
                word % 5_000
            };
            text.extend([format!("w{number} ")]);
        }
        text
    };
    let nested = |depth: usize, end: &str| {
        (0..depth)
            .map(|at| "  ".repeat(at) + "- level\n")
            .collect::<String>()
            + end
    };
    let headings = |word: &str| "## General\n\nText.\n\n".repeat(200) + word;
    let cases = [
        (
            "a table of 10,000 rows",
            table(10_000, usize::MAX),
            table(10_000, 5_000),
        ),
        (
            "a paragraph of 200,000 words",
            paragraph(200_000, usize::MAX),
            paragraph(200_000, 100_000),
        ),
        ("deep lists", nested(400, ""), nested(400, "\nEnd.\n")),
        (
            "deep quotes",
            "> ".repeat(10_000) + "a",
            "> ".repeat(10_000) + "b",
        ),
        ("duplicate headings", headings("One."), headings("Two.")),
        ("nothing", String::new(), "Something.\n".to_owned()),
        ("one line", "a".to_owned(), "b".to_owned()),
    ];
    for (name, old, new) in cases {
        let folder = folder(&[("old.md", &old), ("new.md", &new)]);
        let start = Instant::now();
        let run = redline(
            folder.path(),
            &["old.md", "new.md", "--exit-code", "--stat"],
        );
        assert_eq!(run.code, Some(1), "{name}: {run:?}");
        // A debug build on a busy machine; it is seconds at most for users.
        assert!(
            start.elapsed() < Duration::from_mins(2),
            "{name}: {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn markup_of_compared_documents_is_inert_in_all_formats() {
    let hostile = "# <script>alert(1)</script> T\n\n<img src=x onerror=alert(1)> [go](javascript:alert(1)) ![p](https://track.example/p.png)\n\n<iframe src=\"https://evil.example\"></iframe>\n\n```\n</code></pre><script>alert(2)</script>\n```\n\n| <b>a</b> | `</td>` |\n|---|---|\n| <svg onload=alert(3)> | [x](data:text/html,x) |\n\n\u{1b}[31mred\u{202e}evil\n\n<!-- --><ins>fake</ins> <del>fake</del>\n";
    let folder = folder(&[("old.md", OLD), ("new.md", hostile)]);
    for pair in [["old.md", "new.md"], ["new.md", "old.md"]] {
        let run = redline(
            folder.path(),
            &[&pair[..], &["--out", "r", "--format", "html,md,json"]].concat(),
        );
        assert_eq!(run.code, Some(0), "{run:?}");
        let page = fs::read_to_string(folder.path().join("r/redline.html")).expect("a page");
        for bad in [
            "<script>alert",
            "<img",
            "<iframe",
            "<svg onload",
            "href=\"javascript:",
            "src=\"http",
            "<b>a</b>",
            "<!-- --><ins>",
        ] {
            assert!(!page.contains(bad), "{bad} in the page");
        }
        let markdown = fs::read_to_string(folder.path().join("r/redline.md")).expect("a file");
        // What another parser makes of it: no HTML but our marks, no links, no images.
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = false;
        options.render.r#unsafe = true;
        let shown = comrak::markdown_to_html(&markdown, &options);
        for bad in [
            "<script",
            "<img",
            "<iframe",
            "<svg",
            "<a ",
            "onerror=alert(1)>",
            "<b>a",
        ] {
            assert!(!shown.contains(bad), "{bad} in {shown}");
        }
        let run = redline(folder.path(), &pair);
        assert!(
            !run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'),
            "{}",
            run.out
        );
        fs::remove_dir_all(folder.path().join("r")).expect("a folder");
    }
}

/// Every real pair: proved, and either text comes back with every word.
#[test]
fn real_documents_are_compared() {
    let root = kit::root().join("tests/redline/pairs");
    let mut count = 0;
    for entry in fs::read_dir(root).expect("pairs") {
        let folder = entry.expect("an entry").path();
        if !folder.join("old.md").is_file() {
            continue;
        }
        let run = redline(&folder, &["old.md", "new.md", "--exit-code", "--stat"]);
        assert_eq!(run.code, Some(1), "{}: {run:?}", folder.display());
        assert!(run.out.contains("Checked: "), "{}", run.out);
        count += 1;
    }
    assert!(count >= 10, "only {count} pairs");
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

/// The configuration that `docs/git.md` shows, taken from there.
fn configured(line: &str) -> String {
    let text = kit::read("docs/git.md");
    let found = text.lines().find(|found| found.starts_with(line));
    found.unwrap_or_else(|| panic!("{line}")).to_owned()
}

/// Runs a line of a shell in `folder` with the program on the path.
fn shell(folder: &Path, line: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_engross"));
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().expect("a folder").display()
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path);
    kit::run(&mut command)
}

#[test]
fn git_shows_redlines_as_its_document_says() {
    let folder = repository();
    let deals = folder.path().join("deals");
    fs::write(
        deals.join(".gitattributes"),
        configured("deal.toml diff=engross"),
    )
    .expect("a file");
    let configure = |line: &str| {
        let run = shell(&deals, &configured(line));
        assert_eq!(run.code, Some(0), "{run:?}");
    };
    configure("git config difftool.engross.cmd");
    let run = shell(&deals, &configured("git difftool"));
    assert!(
        run.out
            .contains("economics, payment, due: [-30 days-] → {+45 days+}"),
        "{run:?}"
    );
    configure("git config diff.engross.command");
    let run = shell(&deals, "git diff HEAD~1 -- deal.toml");
    assert!(
        run.out.contains("\u{1b}[34;4m45 days") && run.out.contains("Checked: "),
        "{run:?}"
    );
    let run = shell(&deals, "git config --unset diff.engross.command");
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = shell(&deals, &configured("git config diff.engross.textconv"));
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = shell(&deals, "git diff HEAD~1 -- deal.toml");
    assert!(
        run.out
            .lines()
            .any(|line| line.starts_with("+Tallowmere will pay each Statement within 45 days")),
        "{}",
        run.out
    );
}

#[test]
fn a_pipeline_gets_a_redline_of_each_changed_file() {
    let folder = repository();
    let script = kit::root().join("scripts/redline-changed");
    fs::write(folder.path().join("new.md"), OLD).expect("a file");
    git(folder.path(), &["add", "."]);
    let run = shell(
        folder.path(),
        &format!("{} HEAD~1 redlines '*.md' '*.toml'", script.display()),
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = kit::files(&folder.path().join("redlines"));
    for name in [
        "deals-deal.toml/redline.html",
        "terms.md/redline.json",
        "new.md/redline.md",
    ] {
        assert!(files.contains_key(name), "{:?}", files.keys());
    }
    let summary = String::from_utf8(files["summary.md"].clone()).expect("text");
    assert!(
        summary.contains("45 days") && summary.contains("USD 120"),
        "{summary}"
    );
    assert!(
        summary.contains("## gone.md\n\nThis file is gone."),
        "{summary}"
    );
    // The action and the hooks name what is there.
    let action = kit::read("action.yml");
    assert!(action.contains("scripts/redline-changed") && action.contains("required: true"));
    let hooks = kit::read(".pre-commit-hooks.yaml");
    for line in hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: "))
    {
        let run = shell(&folder.path().join("deals"), &format!("{line} deal.toml"));
        assert_eq!(run.code, Some(0), "{line}: {run:?}");
    }
}

/// Real documents: read as trees and not kept as one piece of source, and the same when written and read again.
#[test]
fn real_documents_are_trees_and_keep_every_word() {
    use engross::document::{Block, walk};
    use engross::foreign;
    let mut files: Vec<String> = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/git.md",
    ]
    .map(kit::read)
    .to_vec();
    for (path, bytes) in kit::files(&kit::root().join("tests/redline/pairs")) {
        if path.ends_with("old.md") || path.ends_with("new.md") {
            files.push(String::from_utf8(bytes).expect("text"));
        }
    }
    assert!(files.len() >= 24, "only {}", files.len());
    let words = |text: &str| {
        let mut words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words
    };
    for text in files {
        let document = foreign::read("x", &text);
        let written = foreign::write(&document);
        assert!(foreign::read("x", &written) == document, "{written}");
        let written = words(&written);
        for word in words(&text) {
            assert!(written.binary_search(&word).is_ok(), "{word} of {text}");
        }
        let blocks: Vec<&Block> = walk::sections(&document.root)
            .flat_map(|section| &section.blocks)
            .collect();
        let source = |block: &&&Block| matches!(block, Block::Inert(_));
        let inert = blocks.iter().filter(source).count();
        assert!(
            inert * 2 <= blocks.len(),
            "{inert} of {} in {text}",
            blocks.len()
        );
    }
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
