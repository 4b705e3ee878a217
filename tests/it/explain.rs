//! `engross explain`: a page for each code, made of the fixtures.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

use crate::findings::engross;
use engross::diagnostic::Code;
use std::fs;
use std::path::Path;

const EXPLAINED: &str = r#"notice-day

  A last day on which nobody works is missed, or argued about.

An example that fails:

    warning[notice-day]: the last day for notice to end the agreement is Saturday 2 October 2027
      --> deal.toml:65:65
       |
    13 | business_day_rule = "none"
       |                      ---- days stay as they are
    ...
    65 | renewal = { kind = "automatic", period = "12 months", notice = "90 days" }
       |                                                                 ^^^^^^^
       |
       = note: the term ends on Friday 31 December 2027
       = help: write `business_day_rule = "previous"` for Friday 1 October 2027, or "following" for Monday 4 October 2027

Mended:

     count_words = "to-ten"
     business_days = "banks in London are open"
    -business_day_rule = "none"
    +business_day_rule = "previous"
     month_end = "last-day"

`engross.toml` may allow `notice-day` with a reason, or change how bad it is.
"#;

#[test]
fn explain_tells_why_with_an_example() {
    let here = Path::new(".");
    let (code, out, err) = engross(here, &["explain", "notice-day"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, EXPLAINED);
    for code in Code::ALL {
        let (status, out, _) = engross(here, &["explain", code.as_str()]);
        assert_eq!(status, Some(0));
        let first = code.why().split(' ').next().expect("a word");
        assert!(out.starts_with(&format!("{code}\n\n  {first}")), "{out}");
        assert!(!out.contains(['\u{200B}', '\u{00A0}', '\u{202E}']), "{out}");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/bad/{code}"));
        let parts = [
            format!("\n    error[{code}]: "),
            format!("\n    warning[{code}]: "),
        ];
        let fails = parts.iter().any(|part| out.contains(part));
        let mended =
            out.contains("\nMended:\n\n") && out.contains("\n    -") || out.contains("\n    +");
        assert!(!folder.exists() || (fails && mended), "{out}");
    }
    let (code, out, _) = engross(here, &["explain"]);
    assert_eq!((code, out.lines().count()), (Some(0), Code::ALL.len()));

    for (word, hint) in [
        ("teir-gap", "did you mean `tier-gap`?"),
        ("silence", "`engross explain` lists all codes"),
        ("notice", "there is `notice-too-long`, `notice-day`"),
    ] {
        let (code, out, err) = engross(here, &["explain", word]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains(hint), "{err}");
    }
}

#[test]
fn explain_writes_a_book() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("site/findings");
    let write = || engross(folder.path(), &["explain", "--markdown", "site/findings"]);
    let (code, out, err) = write();
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let pages = Code::ALL.len() + 2;
    assert_eq!(out, format!("Wrote {pages} pages to site/findings/\n"));
    let read = |name: &str| fs::read_to_string(book.join(name)).expect("a page");
    for list in ["SUMMARY.md", "README.md"] {
        let text = read(list);
        let links: Vec<&str> = text
            .split("](")
            .skip(1)
            .map(|rest| rest.split(')').next().expect("a target"))
            .collect();
        for link in &links {
            assert!(book.join(link).is_file(), "{list}: {link}");
        }
        for code in Code::ALL {
            assert!(
                links.contains(&format!("{code}.md").as_str()),
                "{list}: {code}"
            );
        }
    }
    let page = read("tier-gap.md");
    assert!(
        page.contains("\n# `tier-gap`\n\nBetween two tiers"),
        "{page}"
    );
    assert!(page.contains("\n```text\nerror[tier-gap]: "), "{page}");
    assert!(
        page.contains("\n```diff\n") && page.contains("\n+from = \"USD 250000\"\n"),
        "{page}"
    );

    // Again over its own pages, and over nothing that a person wrote.
    assert_eq!(write().0, Some(0));
    fs::write(book.join("README.md"), "# Ours\n").expect("a file");
    fs::remove_file(book.join("tier-gap.md")).expect("a file");
    let (code, _, err) = write();
    assert_eq!(code, Some(3));
    assert!(
        err.contains("README.md` was not written by engross"),
        "{err}"
    );
    assert_eq!(read("README.md"), "# Ours\n");
    assert!(!book.join("tier-gap.md").exists());
}
