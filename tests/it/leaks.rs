//! What an adversary tries, and what the letters and the brief of a sample are, kept.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

use crate::findings::engross;
use crate::kit;
use crate::talks::{ill, sample, text, well};
use std::fs;

/// Texts of the sample's negotiation file that must stand in no message.
const SECRETS: [&str; 4] = ["Oakhythe opens", "410000", "thesis", "walk_away"];

#[test]
fn no_command_takes_the_negotiation_file_for_a_deal() {
    let folder = sample();
    let file = "deal/negotiation.toml";
    for words in [
        &["check", file][..],
        &["check", file, "--format", "json"],
        &["check", file, "--format", "github"],
        &["check", file, "--format", "sarif"],
        &["draft", file, "--out", "out"],
        &["fix", file, "--diff"],
        &["why", file, "agreement", "1"],
        &["set", file, "thesis=x"],
        &["redline", file, "deal"],
        &["redline", "deal", file],
        &["drift", file, "deal"],
        &["meeting", "deal", "2026-12-02", "--notes", file],
    ] {
        let before = text(&folder, file);
        let (code, out, err) = engross(folder.path(), words);
        assert_ne!(code, Some(0), "{words:?}");
        let said = format!("{out}{err}");
        assert!(said.contains("negotiation file"), "{words:?}: {said}");
        for secret in SECRETS
            .iter()
            .filter(|secret| !words.join(" ").contains(**secret))
        {
            assert!(!said.contains(secret), "{words:?}: {said}");
        }
        assert_eq!(text(&folder, file), before);
    }
}

#[test]
fn settings_that_others_read_allow_nothing_of_ours() {
    let folder = sample();
    let allow = "[[check.allow]]\ncode = \"walk-away\"\nreason = \"For this quarter.\"\n";
    fs::write(folder.path().join("deal/engross.toml"), allow).expect("written");
    let said = ill(&folder, &["check", "deal"]);
    assert!(said.contains("cannot-allow"), "{said}");
    // The same whether there is a negotiation file or not.
    fs::remove_file(folder.path().join("deal/negotiation.toml")).expect("removed");
    assert_eq!(ill(&folder, &["check", "deal"]), said);
}

/// The papers of the sample that no draft holds: `tests/talks/` keeps them. `BLESS=1` writes them anew.
#[test]
fn papers_of_the_talks_are_what_they_were() {
    let folder = sample();
    well(&folder, &["brief", "deal"]);
    well(&folder, &["loi", "deal"]);
    well(&folder, &["addendum", "deal"]);
    well(&folder, &["summary", "deal", "2026-10-28"]);
    let mut wrong = Vec::new();
    for path in [
        "internal/brief.internal.md",
        "loi/letter-of-intent.md",
        "pilot/pilot-addendum.md",
        "summary-2026-10-28/meeting-summary.md",
    ] {
        let made = text(&folder, &format!("deal/{path}"));
        let name = path.rsplit('/').next().expect("a name");
        let kept = kit::root().join("tests/talks/saas-alliance").join(name);
        if kit::bless() {
            fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder");
            fs::write(&kept, &made).expect("written");
        }
        let kept = fs::read_to_string(&kept).unwrap_or_default();
        wrong.extend(kit::difference(name, &kept, &made));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
