//! The package on the disk, written by the real program: whole or not at all, and never over a person's work.

mod input;
mod stopped;

use crate::kit::{self, Run};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

/// Runs `engross draft` on the deal of `folder` and expects it to end well.
fn draft(folder: &Path) -> Run {
    let run = kit::engross(folder, &["draft"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run
}

/// Runs `engross` and expects that it refuses: with this exit status, and these words among the others.
fn refused(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) {
    let run = kit::engross(folder, arguments);
    assert_eq!(run.code, Some(code), "{run:?}");
    assert_eq!(run.out, "", "{run:?}");
    for words in words {
        assert!(run.err.contains(words), "{words} is not in {}", run.err);
    }
}

fn write_deal(folder: &Path, text: &str) {
    fs::write(folder.join("deal.toml"), text).expect("a deal file");
}

fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The names and digests that a manifest gives.
fn manifest(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let manifest: serde_json::Value =
        serde_json::from_slice(&files["manifest.json"]).expect("a manifest");
    let listed = manifest["files"].as_object().expect("a list of files");
    listed
        .iter()
        .map(|(name, digest)| (name.clone(), digest.as_str().expect("a digest").to_owned()))
        .collect()
}

/// What is wrong with a package: files that its manifest does not list, or lists with another digest.
fn mixture(package: &Path) -> Option<String> {
    let mut files = kit::files(package);
    if !files.contains_key("manifest.json") {
        return Some("no manifest".to_owned());
    }
    let listed = manifest(&files);
    files.remove("manifest.json");
    let found: BTreeMap<String, String> = files
        .iter()
        .map(|(name, bytes)| (name.clone(), digest(bytes)))
        .collect();
    (found != listed).then(|| format!("{found:?} is not {listed:?}"))
}

/// What a file is on the disk: its number and when it was written.
fn identity(path: &Path) -> (u64, i64, i64) {
    let about = fs::metadata(path).expect("a file");
    (about.ino(), about.mtime(), about.mtime_nsec())
}

/// The names in a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            name.to_string_lossy().into_owned()
        })
        .collect()
}

fn only_deal_and_out() -> BTreeSet<String> {
    BTreeSet::from(["deal.toml".to_owned(), "out".to_owned()])
}

#[test]
fn a_first_draft_is_whole_and_lists_itself() {
    let folder = kit::folder();
    let run = draft(folder.path());
    assert!(run.out.ends_with("Wrote ./out/\n"), "{}", run.out);
    assert_eq!(run.err, "");
    assert_eq!(mixture(&folder.path().join("out")), None);
    assert_eq!(names(folder.path()), only_deal_and_out());
    let files = kit::files(&folder.path().join("out"));
    for name in ["agreement.md", "agreement.html", "key-dates.ics"] {
        assert!(files.contains_key(name), "{name}");
    }
}

#[test]
fn a_second_draft_changes_nothing() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    let look = || -> Vec<(String, (u64, i64, i64))> {
        let mut seen = vec![("out".to_owned(), identity(&out))];
        for name in names(&out) {
            seen.push((name.clone(), identity(&out.join(&name))));
        }
        seen
    };
    let before = look();
    let run = draft(folder.path());
    assert!(
        run.out.ends_with("Nothing changed in ./out/\n"),
        "{}",
        run.out
    );
    assert_eq!(look(), before);
    assert_eq!(names(folder.path()), only_deal_and_out());
}

#[test]
fn a_changed_deal_replaces_everything_and_drops_what_vanished() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    let before = kit::files(&out);
    assert!(before.contains_key("exhibit-investment.md"));
    let smaller = kit::edited(|deal| {
        deal.remove("investment");
        deal["agreement"]["draft"] = 5.into();
    });
    write_deal(folder.path(), &smaller);
    draft(folder.path());
    let after = kit::files(&out);
    assert!(!after.contains_key("exhibit-investment.md"));
    assert!(!after.contains_key("exhibit-investment.html"));
    assert_eq!(mixture(&out), None);
    for (name, bytes) in &after {
        // Dates do not change with the number of a draft.
        assert!(
            name == "key-dates.ics" || before.get(name) != Some(bytes),
            "{name}"
        );
    }
    assert_eq!(names(folder.path()), only_deal_and_out());
}

#[test]
fn fewer_formats_drop_the_files_of_the_others() {
    let folder = kit::folder();
    draft(folder.path());
    let run = kit::engross(folder.path(), &["draft", "--format", "md"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let out = folder.path().join("out");
    assert_eq!(mixture(&out), None);
    assert!(names(&out).iter().all(|name| !name.ends_with(".html")));
}

#[test]
fn a_missing_file_comes_back() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    fs::remove_file(out.join("agreement.md")).expect("it is there");
    let run = draft(folder.path());
    assert!(run.out.ends_with("Wrote ./out/\n"), "{}", run.out);
    assert_eq!(mixture(&out), None);
}

#[test]
fn a_foreign_file_is_never_touched() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    fs::write(out.join("notes.md"), "mine").expect("a file");
    fs::create_dir(out.join("old")).expect("a folder");
    fs::write(out.join("old/letter.txt"), "mine too").expect("a file");
    let before = kit::files(&out);
    write_deal(folder.path(), &kit::numbered(5));
    for arguments in [&["draft"][..], &["draft", "--discard-edits"]] {
        refused(
            folder.path(),
            arguments,
            1,
            &[
                "error[foreign-file]",
                "--> ./out/notes.md:1:1",
                "--> ./out/old/letter.txt:1:1",
                "help: move it elsewhere",
                "2 errors. Nothing was written.",
            ],
        );
        assert_eq!(kit::files(&out), before);
        assert_eq!(names(folder.path()), only_deal_and_out());
    }
}

#[test]
fn a_folder_that_engross_did_not_write_is_not_replaced() {
    let folder = kit::folder();
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("agreement.md"), "written by hand").expect("a file");
    fs::write(out.join("manifest.json"), "{ \"name\": \"an app\" }").expect("a file");
    let before = kit::files(&out);
    refused(
        folder.path(),
        &["draft", "--discard-edits"],
        1,
        &["out/agreement.md:1:1", "out/manifest.json:1:1"],
    );
    assert_eq!(kit::files(&out), before);
}

#[test]
fn an_edited_file_is_kept_until_it_is_given_up() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    let page = out.join("agreement.md");
    let mut text = fs::read_to_string(&page).expect("the agreement");
    text.push_str("\nAgreed on the phone.\n");
    fs::write(&page, &text).expect("an edit");
    let before = kit::files(&out);
    // Even a deal that would give the same package must not silently undo the edit.
    for draft in [4, 5] {
        write_deal(folder.path(), &kit::numbered(draft));
        refused(
            folder.path(),
            &["draft"],
            1,
            &[
                "error[edited-by-hand]: this file was edited since it was written",
                // What the deal changed and what the person changed cannot be told apart.
                if draft == 4 {
                    "| Agreed on the phone."
                } else {
                    "and the deal has changed: 3 lines would be lost"
                },
                "`--discard-edits`",
                "1 error. Nothing was written.",
            ],
        );
        assert_eq!(kit::files(&out), before);
    }
    let run = kit::engross(folder.path(), &["draft", "--discard-edits"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(mixture(&out), None);
    let text = fs::read_to_string(&page).expect("the agreement");
    assert!(text.contains("Draft 5"));
    assert!(!text.contains("on the phone"));
}

#[test]
fn the_folder_of_the_deal_is_no_place_to_write_to() {
    let folder = kit::folder();
    let inner = folder.path().join("deals/first");
    fs::create_dir_all(&inner).expect("folders");
    fs::copy(folder.path().join("deal.toml"), inner.join("deal.toml")).expect("a copy");
    let before = kit::files(folder.path());
    for (deal, out) in [
        (".", "."),
        (".", "./"),
        ("deal.toml", "../here/."),
        ("deals/first", "deals/first"),
        ("deals/first", "deals"),
        ("deals/first", "."),
        ("deal.toml", "deals/first"),
        ("-", "."),
    ] {
        let out = out.replace(
            "here",
            &folder.path().file_name().unwrap().to_string_lossy(),
        );
        let mut command = kit::command(folder.path(), &["draft", deal, "--out", &out]);
        command.stdin(fs::File::open(folder.path().join("deal.toml")).expect("the deal"));
        let run = kit::run(&mut command);
        assert_eq!(run.code, Some(1), "{deal} to {out}: {run:?}");
        assert!(run.err.contains("error[bad-output]"), "{run:?}");
        assert_eq!(kit::files(folder.path()), before);
    }
}

#[test]
fn a_file_or_a_link_is_no_folder_to_write_to() {
    let folder = kit::folder();
    let other = folder.path().join("other");
    fs::create_dir(&other).expect("a folder");
    fs::write(folder.path().join("file"), "mine").expect("a file");
    symlink("other", folder.path().join("link")).expect("a link");
    symlink("nowhere", folder.path().join("dangling")).expect("a link");
    for out in ["file", "link", "dangling"] {
        refused(
            folder.path(),
            &["draft", "--out", out],
            1,
            &[
                "error[bad-output]: this is a file or a link, not a folder",
                &format!("--> {out}:1:1"),
            ],
        );
    }
    assert_eq!(names(&other), BTreeSet::new());
    let file = fs::read_to_string(folder.path().join("file"));
    assert_eq!(file.ok().as_deref(), Some("mine"));
    assert!(folder.path().join("link").is_symlink());
}

#[test]
fn a_file_in_the_place_of_a_folder_is_the_outside_world() {
    let folder = kit::folder();
    fs::write(folder.path().join("file"), "mine").expect("a file");
    refused(
        folder.path(),
        &["draft", "--out", "file/out"],
        3,
        &["error: cannot make the folder `file`", "exists"],
    );
    refused(
        folder.path(),
        &["draft", "nowhere.toml"],
        3,
        &["error: cannot find the deal `nowhere.toml`"],
    );
    refused(
        folder.path(),
        &["draft", "--library", "nowhere"],
        3,
        &["`nowhere` is not a clause library", "library export"],
    );
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn exit_statuses_tell_what_happened() {
    let folder = kit::folder();
    let status = |arguments: &[&str]| kit::engross(folder.path(), arguments).code;
    assert_eq!(status(&["check"]), Some(0));
    assert_eq!(status(&["draft"]), Some(0));
    assert_eq!(status(&["draft", "--format", "doc"]), Some(2));
    assert_eq!(status(&["drfat"]), Some(2));
    assert_eq!(status(&[]), Some(2));
    assert_eq!(status(&["check", "--out", "x"]), Some(2));
    assert_eq!(status(&["check", "nowhere"]), Some(3));
    write_deal(folder.path(), "schema = ");
    assert_eq!(status(&["check"]), Some(1));
    assert_eq!(status(&["draft"]), Some(1));
    fs::remove_file(folder.path().join("deal.toml")).expect("it is there");
    assert_eq!(status(&["check"]), Some(3));
    assert_eq!(status(&["draft"]), Some(3));
}
