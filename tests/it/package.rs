//! The package on the disk, written by the real program: whole or not at all, and never over a person's work.

use crate::kit::{self, Run};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
fn a_disk_that_takes_no_more_leaves_the_old_package() {
    let folder = kit::folder();
    draft(folder.path());
    let out = folder.path().join("out");
    let before = kit::files(&out);
    write_deal(folder.path(), &kit::numbered(5));
    // No file may grow over eight blocks; the signal that says so is ignored, as a full disk sends none.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' draft",
        env!("CARGO_BIN_EXE_engross")
    );
    let run = kit::run(
        Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path()),
    );
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(
        run.err
            .starts_with("error: cannot write `./out`; the package that was there is unchanged: "),
        "{}",
        run.err
    );
    assert_eq!(kit::files(&out), before);
    assert_eq!(names(folder.path()), only_deal_and_out());
    draft(folder.path());
    assert_eq!(mixture(&out), None);
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
fn what_a_stopped_run_left_is_cleaned_up() {
    for changed in [false, true] {
        let folder = kit::folder();
        draft(folder.path());
        for stale in [".out.engross-new", ".out.engross-old"] {
            let stale = folder.path().join(stale);
            fs::create_dir(&stale).expect("a folder");
            fs::write(stale.join("agreement.md"), "half").expect("a file");
        }
        if changed {
            write_deal(folder.path(), &kit::numbered(5));
        }
        draft(folder.path());
        assert_eq!(names(folder.path()), only_deal_and_out(), "{changed}");
        assert_eq!(mixture(&folder.path().join("out")), None);
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_mixture() {
    const RUNS: u32 = 60;
    let folder = kit::folder();
    let start = Instant::now();
    draft(folder.path());
    let whole = start.elapsed() + Duration::from_millis(20);
    let out = folder.path().join("out");
    let deals = [kit::numbered(4), kit::numbered(5)];
    let mut unchanged = 0;
    for run in 0..RUNS {
        let before = fs::read(out.join("agreement.md")).expect("a package");
        write_deal(folder.path(), &deals[(run % 2) as usize]);
        let mut child = kit::command(folder.path(), &["draft"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // The later moments, when it writes, are tried more often.
        std::thread::sleep(whole * (RUNS / 4 + run) / (RUNS + RUNS / 4));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        assert_eq!(mixture(&out), None, "run {run}");
        let after = fs::read(out.join("agreement.md")).expect("a package");
        unchanged += u32::from(before == after);
    }
    assert!(unchanged > 0, "every run ended before it was killed");
    write_deal(folder.path(), &kit::numbered(6));
    draft(folder.path());
    assert_eq!(mixture(&out), None);
    assert_eq!(names(folder.path()), only_deal_and_out());
}

#[test]
fn runs_at_the_same_time_end_well() {
    let folder = kit::folder();
    let other = kit::folder();
    write_deal(other.path(), &kit::numbered(5));
    let out = folder.path().join("out");
    let deal = |folder: &tempfile::TempDir| folder.path().join("deal.toml");
    for _ in 0..5 {
        let children: Vec<_> = [deal(&folder), deal(&other), deal(&folder), deal(&other)]
            .iter()
            .map(|deal| {
                kit::command(Path::new("/"), &[Path::new("draft"), deal])
                    .arg("--out")
                    .arg(&out)
                    .spawn()
                    .expect("the program starts")
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{output:?}");
        }
        assert_eq!(mixture(&out), None);
    }
    assert_eq!(names(folder.path()), only_deal_and_out());
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

/// The output of `check -` for these bytes.
fn check_bytes(bytes: &[u8]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bytes"), bytes).expect("a file");
    let mut command = kit::command(folder.path(), &["check", "-"]);
    command.stdin(fs::File::open(folder.path().join("bytes")).expect("the bytes"));
    kit::run(&mut command)
}

#[test]
fn a_dash_reads_the_deal_from_standard_input() {
    let run = check_bytes(kit::SAMPLE.as_bytes());
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = check_bytes(b"schema = 1\n");
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("--> -:1:1"), "{}", run.err);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bytes"), &*kit::SAMPLE).expect("a file");
    let mut command = kit::command(folder.path(), &["draft", "-"]);
    command.stdin(fs::File::open(folder.path().join("bytes")).expect("the bytes"));
    let run = kit::run(&mut command);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(mixture(&folder.path().join("out")), None);
}

#[test]
fn a_file_of_five_megabytes_is_refused() {
    let mut text = kit::SAMPLE.clone();
    text.push_str(&"# a long remark\n".repeat(5 * 1024 * 1024 / 16));
    let run = check_bytes(text.as_bytes());
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("error[file-too-large]"), "{}", run.err);
    assert!(run.err.contains("4 MiB"), "{}", run.err);
    assert!(run.err.len() < 1000);
}

#[test]
fn what_is_not_utf_8_is_refused_at_its_place() {
    let mut bytes = b"schema = 1\n[agreement]\ntitle = \"Caf".to_vec();
    bytes.extend(b"\xe9 Agreement\"\n");
    let run = check_bytes(&bytes);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("error[not-text]"), "{}", run.err);
    assert!(run.err.contains("--> -:3:13"), "{}", run.err);
    // As Windows editors save it: two bytes for each letter.
    let wide: Vec<u8> = "schema = 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let run = check_bytes(&[b"\xff\xfe", &wide[..]].concat());
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("--> -:1:1"), "{}", run.err);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_not_matter() {
    let windows = format!("\u{feff}{}", kit::SAMPLE.replace('\n', "\r\n"));
    let run = check_bytes(windows.as_bytes());
    assert_eq!(run.code, Some(0), "{run:?}");
    let wrong = |text: String| check_bytes(text.as_bytes()).err;
    let broken = kit::SAMPLE.replace("side = \"partner\"", "side = \"partnr\"");
    let place = |text: String| {
        let found = wrong(text);
        let (_, rest) = found.split_once("--> -:").expect("a place");
        rest.lines().next().map(str::to_owned)
    };
    let plain = place(broken.clone());
    assert_eq!(place(broken.replace('\n', "\r\n")), plain);
    assert_eq!(place(format!("\u{feff}{broken}")), plain);
    // On the first line too the mark does not count.
    let first = place("\u{feff}schem = 1\n".to_owned());
    assert_eq!(first, place("schem = 1\n".to_owned()));
}

#[test]
fn line_ends_do_not_change_what_is_drafted() {
    let folder = kit::folder();
    draft(folder.path());
    write_deal(folder.path(), &kit::SAMPLE.replace('\n', "\r\n"));
    let run = draft(folder.path());
    assert!(run.out.contains("Nothing changed"), "{}", run.out);
}
