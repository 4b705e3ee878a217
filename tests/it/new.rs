//! `engross new`, run as its users run it.
//!
//! `tests/cases/new/<name>/` holds a term sheet, the `deal.toml` that must come of it, and `expected.txt`: what `new` and
//! `check` then print. With `BLESS=1` in the environment both are written anew: then read them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its cases from the disk, and `BLESS` from the environment"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a command prints and how it ends; it runs in `folder` and reads nothing.
fn engross(folder: &Path, words: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_engross"))
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("UTF-8");
    (text, output.status.code().expect("an exit status"))
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/new");
    let entries = fs::read_dir(root).expect("a folder of cases");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    folders
}

fn sheet(folder: &Path) -> PathBuf {
    ["term-sheet.toml", "term-sheet.csv"]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| path.exists())
        .expect("a term sheet")
}

#[test]
fn a_term_sheet_becomes_a_deal() {
    let bless = std::env::var("BLESS").is_ok_and(|value| value == "1");
    for case in cases() {
        let work = tempfile::tempdir().expect("a folder");
        let sheet = sheet(&case);
        let name = sheet.file_name().expect("a name");
        fs::copy(&sheet, work.path().join(name)).expect("a copy");
        let (made, status) = engross(
            work.path(),
            &["new", "deal", "--from", name.to_str().expect("a name")],
        );
        assert_eq!(status, 0, "{made}");
        let (checked, _) = engross(work.path(), &["check", "deal"]);
        // How much the agreement holds is the clause library's affair.
        let counts = checked
            .find("No findings.")
            .map(|at| at + "No findings.".len());
        let checked = counts.map_or(checked.as_str(), |end| &checked[..end]);
        let printed = format!("{made}\n{checked}\n");
        let deal = fs::read_to_string(work.path().join("deal/deal.toml")).expect("a deal");
        let copied =
            fs::read(work.path().join("deal").join(name)).expect("the term sheet beside it");
        let text = fs::read_to_string(&sheet).expect("a term sheet");
        assert_eq!(copied, text.trim_start_matches('\u{FEFF}').as_bytes());
        for (file, text) in [("deal.toml", deal), ("expected.txt", printed)] {
            let path = case.join(file);
            if bless {
                fs::write(&path, &text).expect("a folder that can be written");
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert!(text == expected, "{} differs; now:\n{text}", path.display());
        }
    }
}

/// Every model, with what usually goes with it: the deal has no finding, and says all that the term sheet says.
#[test]
fn every_model_makes_a_sound_deal() {
    let common = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/new/tiers/term-sheet.toml"),
    )
    .expect("a term sheet");
    let common: Vec<&str> = common
        .lines()
        .filter(|line| {
            let key = line.split(' ').next().unwrap_or_default();
            ![
                "model",
                "tiers",
                "renewal_rate",
                "exclusivity",
                "commitment",
                "segment",
                "segment_industry",
                "territory",
                "liability_cap",
            ]
            .contains(&key)
        })
        .collect();
    let narrow = "exclusivity = \"12 months\"\nsegment = \"Care Homes\"\nsegment_industry = \"care homes with 20 beds or more\"\nterritory = \"the British Isles\"";
    for model in [
        "model = \"referral fee\"\nreferral_fee = \"10%\"\nregistration = \"60 days\"",
        "referral_fee = \"USD 1500\"\nliability_share = \"100%\"\nliability_cap = \"USD 50000\"",
        "referral_fee = \"10%\"\nrenewal_rate = \"5%\"",
        "model = \"revenue share\"\nrevenue_share = \"15%\"\nrenewal_rate = \"5%\"\nstatements = \"month\"",
        "tiers = [\"USD 300 to 10 activations\", \"USD 500\"]",
        "tiers = [\"2% to USD 1000000\", \"3%\"]\ntier_metric = \"net-revenue\"",
        "tiers = [\"10% to USD 250000\", \"15%\"]\ntier_metric = \"sourced-revenue\"\nrenewal = \"by-agreement\"",
        "bounty = \"USD 400\"\ncommitment = \"6 activations\"\n{narrow}",
        "revenue_share = \"15%\"\ncommitment = \"USD 200000\"\n{narrow}",
        "fixed_fee = \"USD 15000\"\ncommitment = \"4 customers\"\n{narrow}",
        "model = \"fixed fee\"\nfixed_fee = \"USD 15000\"\nbounty = \"USD 400\"\nreviews = \"monthly\"",
    ] {
        let model = model.replace("{narrow}", narrow);
        let work = tempfile::tempdir().expect("a folder");
        let text = format!("{}\n{model}\n", common.join("\n"));
        fs::write(work.path().join("sheet.toml"), text).expect("a term sheet");
        let (made, status) = engross(work.path(), &["new", "deal", "--from", "sheet.toml"]);
        assert_eq!(status, 0, "{model}\n{made}");
        let (checked, status) = engross(work.path(), &["check", "deal"]);
        assert_eq!(status, 0, "{model}\n{checked}");
        let (first, rest) = checked.split_once('\n').expect("two lines");
        let words: Vec<&str> = first.split(' ').collect();
        assert_eq!(words[2], words[4], "{model}\n{checked}");
        assert!(rest.starts_with("No findings."), "{model}\n{checked}");
    }
}

/// The samples' own term sheets: what they do not say is missing in the new deal, and nothing else is wrong with it.
#[test]
fn the_samples_begin_as_sound_deals() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for entry in fs::read_dir(samples).expect("the samples") {
        let sheet = entry.expect("an entry").path().join("term-sheet.toml");
        let work = tempfile::tempdir().expect("a folder");
        fs::copy(&sheet, work.path().join("sheet.toml")).expect("a copy");
        let (made, status) = engross(work.path(), &["new", "deal", "--from", "sheet.toml"]);
        assert_eq!(status, 0, "{made}");
        let (checked, _) = engross(work.path(), &["check", "deal"]);
        for line in checked.lines() {
            let finding = line.starts_with("error[") || line.starts_with("warning[");
            assert!(
                !finding || line.starts_with("error[missing-key]"),
                "{checked}"
            );
        }
        assert!(
            !checked.contains("changed") && !checked.contains(" open"),
            "{checked}"
        );
    }
}

#[test]
fn nothing_is_overwritten() {
    let work = tempfile::tempdir().expect("a folder");
    fs::write(work.path().join("notes.txt"), "mine").expect("a file");
    let (printed, status) = engross(work.path(), &["new", "."]);
    assert_eq!(status, 1, "{printed}");
    assert!(printed.contains("bad-output"), "{printed}");
    let names: Vec<_> = fs::read_dir(work.path()).expect("a folder").collect();
    assert_eq!(names.len(), 1);
}

/// A sheet with errors makes nothing, and each error is shown at its place.
#[test]
fn a_faulty_sheet_makes_nothing() {
    let work = tempfile::tempdir().expect("a folder");
    let text = "Key;Value\r\nterm;24\r\npartner_shrt;Beta\r\n;lost\r\n";
    fs::write(work.path().join("sheet.csv"), text).expect("a term sheet");
    let (printed, status) = engross(work.path(), &["new", "deal", "--from", "sheet.csv"]);
    assert_eq!(status, 1, "{printed}");
    for place in ["sheet.csv:2:6", "sheet.csv:3:1", "sheet.csv:4:2"] {
        assert!(printed.contains(place), "{place}\n{printed}");
    }
    assert!(!work.path().join("deal").exists());
}

/// A house's own defaults, and what is wrong with them at its line.
#[test]
fn the_house_owns_the_defaults() {
    let work = tempfile::tempdir().expect("a folder");
    let (printed, status) = engross(work.path(), &["library", "export", "house"]);
    assert_eq!(status, 0, "{printed}");
    let path = work.path().join("house/templates/new-deal.toml");
    let text = fs::read_to_string(&path).expect("the defaults");
    let own = text.replace("\"15 business days\"", "\"20 business days\"");
    fs::write(&path, own).expect("own defaults");
    fs::write(work.path().join("sheet.toml"), "bounty = \"USD 400\"\n").expect("a term sheet");
    let words = ["new", "deal", "--from", "sheet.toml", "--library", "house"];
    let (printed, status) = engross(work.path(), &words);
    assert_eq!(status, 0, "{printed}");
    let deal = fs::read_to_string(work.path().join("deal/deal.toml")).expect("a deal");
    assert!(deal.contains("statement_due = \"20 business days\""));

    fs::write(&path, "schema = 1\n#> if tires\nx = \"1\" #> term\n").expect("faulty defaults");
    let (printed, status) = engross(work.path(), &["new", "other", "--library", "house"]);
    assert_eq!(status, 1, "{printed}");
    for words in [
        "new-deal.toml:2:1",
        "did you mean `tiers`?",
        "new-deal.toml:2:1",
        "this part has no end",
    ] {
        assert!(printed.contains(words), "{words}\n{printed}");
    }
}
