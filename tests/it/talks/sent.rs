//! The record of what was sent: whatever is taken out of it, put into it or changed is missed.

use super::{change, ill, small, text, well};
use std::fs;

const PACK: [&str; 4] = ["pack", "deal", "--for", "beta"];

/// A deal of which three drafts were sent.
fn sent() -> tempfile::TempDir {
    let folder = small();
    for draft in 1..4 {
        if draft > 1 {
            let old = format!("draft = {}", draft - 1);
            change(&folder, "deal/deal.toml", &old, &format!("draft = {draft}"));
        }
        well(&folder, &["draft", "deal"]);
        well(&folder, &[&PACK[..], &["--on", "2026-10-29"]].concat());
    }
    assert_eq!(text(&folder, "deal/sent.jsonl").lines().count(), 3);
    folder
}

#[test]
fn whatever_was_done_to_the_record_is_missed() {
    let folder = sent();
    let path = |name: &str| folder.path().join("deal").join(name);
    let whole = text(&folder, "deal/sent.jsonl");
    let head = text(&folder, "deal/sent.head");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let one = format!(
        "{}\n",
        serde_json::from_str::<serde_json::Value>(lines[0]).expect("JSON")["digest"]
            .as_str()
            .expect("a digest")
    );
    let changed = whole.replacen("2026-10-29", "2026-10-28", 1);
    for (what, record, head) in [
        (
            "cut off the end",
            Some([lines[0], lines[1]].concat()),
            Some(head.as_str()),
        ),
        ("cut to one", Some(lines[0].to_owned()), Some(head.as_str())),
        ("cut to one, no head", Some(lines[0].to_owned()), None),
        (
            "cut to one, with its head",
            Some(lines[0].to_owned()),
            Some(one.as_str()),
        ),
        (
            "cut to one, as if it were the first",
            Some(lines[0].to_owned()),
            Some("none\n"),
        ),
        ("no record", None, Some(head.as_str())),
        ("neither", None, None),
        ("emptied", Some(String::new()), Some("none\n")),
        ("no head", Some(whole.clone()), None),
        ("another head", Some(whole.clone()), Some("0000\n")),
        (
            "one taken out",
            Some([lines[0], lines[2]].concat()),
            Some(head.as_str()),
        ),
        (
            "turned round",
            Some([lines[1], lines[0], lines[2]].concat()),
            Some(head.as_str()),
        ),
        ("changed", Some(changed), Some(head.as_str())),
        ("not JSON", Some(format!("{whole}x\n")), Some(head.as_str())),
        (
            "no line break",
            Some(whole.trim_end().to_owned()),
            Some(head.as_str()),
        ),
    ] {
        for (name, text) in [("sent.jsonl", record.as_deref()), ("sent.head", head)] {
            match text {
                Some(text) => fs::write(path(name), text).expect("written"),
                None => fs::remove_file(path(name)).unwrap_or_default(),
            }
        }
        let said = ill(&folder, &PACK);
        assert!(said.contains("error[sent-record]"), "{what}: {said}");
        assert!(said.contains("help: restore"), "{what}: {said}");
        let left = fs::read_to_string(path("sent.jsonl")).ok();
        assert_eq!(left, record, "{what}: nothing is written");
    }
    fs::write(path("sent.jsonl"), &whole).expect("written");
    fs::write(path("sent.head"), &head).expect("written");
    assert!(well(&folder, &PACK).contains("Sent before as number 3"));
}

#[test]
fn a_run_that_was_stopped_is_taken_up_again() {
    let folder = small();
    well(&folder, &["draft", "deal"]);
    well(&folder, &PACK);
    let path = |name: &str| folder.path().join("deal").join(name);
    let whole = text(&folder, "deal/sent.jsonl");
    // After the first entry and before its head; after the head and before the package; before the first entry.
    fs::write(path("sent.head"), "none\n").expect("written");
    well(&folder, &PACK);
    fs::remove_dir_all(path("to-beta")).expect("a package");
    let said = well(&folder, &PACK);
    assert!(said.contains("Sent before as number 1"), "{said}");
    assert_eq!(text(&folder, "deal/sent.jsonl"), whole);
    assert!(path("to-beta/agreement.html").is_file());
    fs::remove_dir_all(path("to-beta")).expect("a package");
    fs::remove_file(path("sent.jsonl")).expect("a record");
    fs::write(path("sent.head"), "none\n").expect("written");
    well(&folder, &PACK);
    assert_eq!(text(&folder, "deal/sent.jsonl"), whole);
}

#[test]
fn what_cannot_be_written_is_not_recorded() {
    let folder = small();
    well(&folder, &["draft", "deal"]);
    fs::create_dir(folder.path().join("deal/to-beta")).expect("a folder");
    fs::write(folder.path().join("deal/to-beta/mine.md"), "mine").expect("written");
    let said = ill(&folder, &PACK);
    assert!(said.contains("foreign-file"), "{said}");
    assert!(!folder.path().join("deal/sent.jsonl").exists());
}
