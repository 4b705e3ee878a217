//! Letters for both sides, and the brief for ours.

use super::{change, ill, sample, text, well};
use crate::findings::engross;
use crate::kit;
use std::fs;

#[test]
fn letters_bind_on_what_is_settled_alone() {
    let folder = sample();
    well(&folder, &["loi", "deal"]);
    let letter = text(&folder, "deal/loi/letter-of-intent.md");
    for words in [
        "18 December 2026",
        "The time of payment",
        "The cap on liability",
        "What binds, and what does not",
    ] {
        assert!(letter.contains(words), "{words}");
    }
    well(&folder, &["addendum", "deal"]);
    let pilot = text(&folder, "deal/pilot/pilot-addendum.md");
    for words in [
        "26 February 2027",
        "USD 15,000",
        "three clinic groups",
        "No precedent",
    ] {
        assert!(pilot.contains(words), "{words}");
    }
    change(
        &folder,
        "deal/deal.toml",
        "binds = [\"economics.payment.due\"]",
        "binds = [\"legal.liability\"]",
    );
    let said = ill(&folder, &["loi", "deal", "--out", "other"]);
    assert!(
        said.contains("letter-binds-open") && said.contains("`liability`"),
        "{said}"
    );
    assert!(!folder.path().join("other").exists());
    let none = kit::root().join("tests/cases/good/minimal");
    for command in ["loi", "addendum"] {
        let (code, _, err) = engross(&none, &[command]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains("the deal has no table"), "{err}");
    }
}

#[test]
fn the_brief_says_internal_wherever_it_is_seen() {
    let folder = sample();
    let out = well(&folder, &["brief", "deal"]);
    assert!(
        out.starts_with("INTERNAL brief: 5 walk-away rules, all hold; 2 issues open\n"),
        "{out}"
    );
    let entries = fs::read_dir(folder.path().join("deal/internal")).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["brief.internal.html", "brief.internal.md"]);
    let page = text(&folder, "deal/internal/brief.internal.html");
    assert!(
        page.contains("@bottom-left{content:\"INTERNAL to Tallowmere"),
        "on every printed page"
    );
    assert!(
        page.contains("<p class=\"imprint\">INTERNAL to Tallowmere."),
        "on the screen"
    );
    let paper = text(&folder, "deal/internal/brief.internal.md");
    for words in [
        "*INTERNAL to Tallowmere.",
        "Oakhythe opens mid-market healthcare",
        "| Expected | USD",
        "Must-haves",
        "An answer for the boards of hospitals",
        "“We would sign that sentence if it bound both of us.",
        "Preferred (in the draft now)",
        "“engross loi”",
        "exclusivity.period: 12 months",
    ] {
        assert!(
            paper.contains(&words.replace('`', "\\`")) || paper.contains(words),
            "{words}\n{paper}"
        );
    }
    change(
        &folder,
        "deal/negotiation.toml",
        "<= '18 months'",
        "<= '6 months'",
    );
    let out = well(&folder, &["brief", "deal"]);
    assert!(out.contains("1 BROKEN"), "{out}");
    assert!(text(&folder, "deal/internal/brief.internal.md").contains("**BROKEN**"));
    let said = ill(&folder, &["check", "deal", "--internal"]);
    assert!(said.contains("error[walk-away]"), "{said}");
    // A package of the other side takes no paper of ours.
    well(&folder, &["draft", "deal"]);
    let (code, _, err) = engross(folder.path(), &["brief", "deal", "--out", "deal/out"]);
    assert_eq!(code, Some(3), "{err}");
}
