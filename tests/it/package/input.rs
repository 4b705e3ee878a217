//! The bytes of a deal file: from standard input, too many, not text, with the marks of other systems.

use super::{draft, mixture, write_deal};
use crate::kit::{self, Run};
use std::fs;

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
