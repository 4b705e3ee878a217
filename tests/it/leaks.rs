//! What an adversary tries: the negotiation file named as a deal, settings that would speak of it.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

use crate::findings::engross;
use crate::talks::{ill, sample, text};
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
