//! Redlines of what is no text, of what is hard to compare, of hostile markup, and of real documents.

use super::{OLD, folder, redline};
use crate::kit::{self, SAMPLE};
use std::fs;
use std::time::{Duration, Instant};

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
