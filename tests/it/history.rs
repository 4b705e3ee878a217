//! One deal from its draft over the signature to two reviews, and everything that can go wrong on the way.
//!
//! `tests/cases/commands/<code>/run.sh` is a test: the script runs in an empty folder with the real program on its
//! path, and what it says on stderr is `expected.txt`. `tests/history/` holds what the two reviews write.

use crate::kit;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A shell in `folder` with the program on its path.
pub(crate) fn shell(folder: &Path, script: &str) -> kit::Run {
    let program = Path::new(env!("CARGO_BIN_EXE_engross"));
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().expect("a folder").display()
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("SAMPLES", kit::root().join("samples"))
        .env("EVENTS", kit::root().join("docs/history"));
    kit::run(&mut command)
}

#[test]
fn commands_say_what_is_wrong() {
    let mut wrong = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(kit::root().join("tests/cases/commands"))
        .expect("cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    folders.sort();
    for case in folders {
        let code = case
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let script = fs::read_to_string(case.join("run.sh")).expect("a script");
        let folder = tempfile::tempdir().expect("a folder");
        let ran = shell(folder.path(), &script);
        // Findings stand on stderr; what a folder of the tests is called is nobody's business.
        let said = ran.err.replace(&*kit::root().to_string_lossy(), "");
        let said = masked(said.as_bytes());
        if !said.contains(&format!("[{code}]")) {
            wrong.push(format!("--- {code} is not among\n{said}\n{}", ran.out));
        }
        let expected = case.join("expected.txt");
        if kit::bless() {
            fs::write(&expected, &said).expect("written");
        } else if let Some(difference) = kit::difference(
            &code,
            &fs::read_to_string(&expected).unwrap_or_default(),
            &said,
        ) {
            wrong.push(difference);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `mended.diff` of each script takes its code away and brings no error.
#[test]
fn every_code_of_a_command_has_a_mended_example() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(kit::root().join("tests/cases/commands")).expect("cases") {
        let case = entry.expect("an entry").path();
        let code = case
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let Ok(diff) = fs::read_to_string(case.join("mended.diff")) else {
            wrong.push(format!("{code} has no mended.diff"));
            continue;
        };
        let script = fs::read_to_string(case.join("run.sh")).expect("a script");
        let folder = tempfile::tempdir().expect("a folder");
        let ran = shell(folder.path(), &crate::cases::patched(&script, &diff));
        if ran.code != Some(0)
            || ran.err.contains("error[")
            || ran.err.contains(&format!("[{code}]"))
        {
            wrong.push(format!("--- {code} is not mended\n{}{}", ran.out, ran.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

pub(crate) const SIGN: &str =
    "cp -r \"$SAMPLES\"/saas-alliance deal && engross sign-off deal --on 2026-12-15";
pub(crate) const FIRST: &str =
    "engross review deal --on 2027-04-14 --events \"$EVENTS\"/2027-q1.csv";
pub(crate) const SECOND: &str = "engross review deal --on 2027-07-14 --events \"$EVENTS\"/2027-q2.csv \
     --set economics.tiers.1.to='USD 200000' --reason 'Agreed in the review of 14 July 2027: the first step was out of reach.'";

/// A folder with a signed deal and its reviews.
pub(crate) fn reviewed(scripts: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for script in scripts {
        let ran = shell(folder.path(), script);
        assert_eq!(ran.code, Some(0), "{script}\n{}{}", ran.out, ran.err);
    }
    folder
}

/// The text without digests: they change with every word of the library.
fn masked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let is_hex = |word: &str, length: usize| {
        word.len() == length
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut words: Vec<String> = Vec::new();
        let core = |word: &str| {
            word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric())
                .to_owned()
        };
        let cores: Vec<String> = line.split(' ').map(core).collect();
        let short = |place: Option<usize>| {
            let word = place.and_then(|place| cores.get(place));
            word.is_some_and(|word| is_hex(word, 4))
        };
        for (place, word) in line.split(' ').enumerate() {
            let core = cores[place].as_str();
            // A short digest is two groups of four, and one of them may be figures alone.
            let paired = short(place.checked_sub(1)) || short(Some(place + 1));
            let digest =
                is_hex(core, 64) || (is_hex(core, 4) && (paired || core.parse::<u32>().is_err()));
            words.push(if digest {
                word.replace(core, "digest")
            } else {
                word.to_owned()
            });
        }
        out.push_str(&words.join(" "));
    }
    out
}

/// Everything under the deal but what the sample brought along and what was signed.
fn papers(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    kit::files(&folder.join("deal"))
        .into_iter()
        .filter(|(name, _)| {
            name.starts_with("amendments/")
                || name.starts_with("reviews/")
                || name == "engross.lock"
        })
        .collect()
}

/// A digest of each page, without what every page has and without digests of the library.
fn digests(files: &BTreeMap<String, Vec<u8>>) -> String {
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    pages.fold(String::new(), |mut all, (name, bytes)| {
        let text = masked(crate::golden::body(&String::from_utf8_lossy(bytes)).as_bytes());
        let _ = writeln!(all, "{}  {name}", crate::golden::short(text.as_bytes()));
        all
    })
}

#[test]
fn two_reviews_write_what_they_wrote_before() {
    let folder = reviewed(&[SIGN, FIRST, SECOND]);
    let golden = kit::root().join("tests/history");
    let mut found = papers(folder.path());
    let pages = digests(&found);
    found.insert("pages.txt".to_owned(), pages.into_bytes());
    // Of pages, which are long, a digest is kept.
    let kept = |name: &str| !name.ends_with(".html") && !name.ends_with("manifest.json");
    if kit::bless() {
        let _ = fs::remove_dir_all(&golden);
        for (name, bytes) in found.iter().filter(|(name, _)| kept(name)) {
            let path = golden.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, masked(bytes)).expect("written");
        }
    }
    let expected = kit::files(&golden);
    let names = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.keys().filter(|name| kept(name)).cloned().collect()
    };
    assert_eq!(names(&found), names(&expected));
    let mut wrong = Vec::new();
    for (name, bytes) in &expected {
        wrong.extend(kit::difference(name, &masked(bytes), &masked(&found[name])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_review_moves_terms_and_never_the_master() {
    let folder = reviewed(&[SIGN, FIRST]);
    let before = kit::files(&folder.path().join("deal/signed"));
    let ran = shell(folder.path(), SECOND);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("how long a registration holds"),
        "{}",
        ran.out
    );
    assert_eq!(kit::files(&folder.path().join("deal/signed")), before);
    let files = papers(folder.path());
    let names: Vec<&str> = files
        .keys()
        .filter_map(|name| name.strip_prefix("amendments/01/"))
        .filter(|name| name.ends_with(".md") && !name.starts_with("redline"))
        .collect();
    assert_eq!(
        names,
        [
            "amendment.md",
            "exhibit-economics.md",
            "exhibit-quality.md",
            "exhibit-reviews.md",
            "key-terms.md",
            "scorecard.md",
            "statement-2027-q2.md"
        ]
    );
    let deal = fs::read_to_string(folder.path().join("deal/deal.toml")).expect("a deal");
    assert_eq!(files["amendments/01/deal.toml"], deal.as_bytes());
    for line in [
        "valid = \"120 days\"",
        "fired = \"2027-07-01\"",
        "to = \"USD 200000\"",
        "from = \"USD 200000\"",
        "# --- Law ---",
    ] {
        assert!(deal.contains(line), "{line}");
    }
    // The signed edition is replaced in the new one alone, and both say which they are.
    let exhibit = String::from_utf8_lossy(&files["amendments/01/exhibit-quality.md"]).into_owned();
    assert!(exhibit.contains("Amended and restated: edition no. 1."));
    assert!(exhibit.contains("120 days"));
    // What is sent with an amendment leads nowhere that is not there.
    let here = folder.path().join("deal/amendments/01");
    for (name, bytes) in kit::files(&here) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let links = text
            .split("href=\"")
            .skip(1)
            .chain(text.split("](").skip(1));
        for link in links.filter_map(|rest| rest.split(['"', ')']).next()) {
            let file = link.split('#').next().unwrap_or_default();
            let is_page = [".html", ".md"].iter().any(|end| file.ends_with(end));
            assert!(!is_page || here.join(file).is_file(), "{name}: {link}");
        }
    }
}

#[test]
fn the_same_review_changes_nothing_and_another_is_refused() {
    let folder = reviewed(&[SIGN, FIRST, SECOND]);
    let before = kit::files(&folder.path().join("deal"));
    let again = shell(folder.path(), SECOND);
    assert_eq!(again.code, Some(0));
    assert!(again.out.starts_with("Nothing changed"), "{}", again.out);
    for other in [
        FIRST,
        "engross review deal --on 2027-07-15 --events \"$EVENTS\"/2027-q2.csv",
        "engross review deal --on 2027-12-31 --events \"$EVENTS\"/2027-q2.csv",
    ] {
        let ran = shell(folder.path(), other);
        assert_ne!(
            ran.out
                .lines()
                .next()
                .map(|line| line.starts_with("Review of")),
            Some(true)
        );
        let same = kit::files(&folder.path().join("deal"));
        assert!(same == before, "{other} changed something");
    }
}

#[test]
fn what_is_in_force_is_put_together_on_any_day() {
    let folder = reviewed(&[SIGN, FIRST, SECOND]);
    let deal = folder.path().join("deal");
    for (day, valid, from) in [
        ("2027-01-01", "90 days", "signed"),
        ("2027-06-30", "90 days", "signed"),
        ("2027-07-01", "120 days", "amendments/01"),
    ] {
        let ran = shell(
            folder.path(),
            &format!("engross in-force deal --on {day} --out held"),
        );
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let held = folder.path().join("held");
        let read = |path: PathBuf| fs::read(path).expect("a file");
        assert_eq!(
            read(held.join("exhibit-quality.md")),
            read(deal.join(from).join("exhibit-quality.md"))
        );
        assert_eq!(
            read(held.join("exhibit-raci.md")),
            read(deal.join("signed/exhibit-raci.md"))
        );
        assert_eq!(
            read(held.join("master.md")),
            read(deal.join("signed/master.md"))
        );
        let whole = String::from_utf8(read(held.join("agreement.md"))).expect("text");
        assert!(whole.contains(&format!("reserved for {valid}")) || whole.contains(valid));
        // The exhibit inside the whole agreement is the one that was issued.
        let exhibit = String::from_utf8(read(held.join("exhibit-quality.md"))).expect("text");
        let sentence = exhibit
            .lines()
            .find(|line| line.contains(valid))
            .expect("the term");
        assert!(whole.contains(sentence), "{sentence}");
    }
    let json = shell(folder.path(), "engross register deal --format json");
    let value: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let editions = value["editions"].as_array().expect("editions");
    let quality: Vec<_> = editions
        .iter()
        .filter(|edition| edition["document"] == "exhibit-quality")
        .collect();
    assert_eq!(quality.len(), 2);
    assert_eq!(quality[0]["until"], "2027-06-30");
    assert_eq!(quality[1]["replaces"], 0);
}

/// A clause that the deal leaves out after signature is a reserved heading, so that every signed number stays.
#[test]
fn what_is_left_out_after_signature_is_reserved() {
    let folder = reviewed(&[SIGN, FIRST]);
    let ran = shell(
        folder.path(),
        "engross set deal --unset economics.spiff --reason 'The prize has done its work.' && engross draft deal",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let exhibit = fs::read_to_string(folder.path().join("deal/out/exhibit-economics.md"))
        .expect("an exhibit");
    assert!(
        exhibit.contains("5.4") && exhibit.contains("Reserved"),
        "{exhibit}"
    );
}

#[test]
fn set_and_what_if_show_both_sides_and_write_all_or_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |script: &str| shell(folder.path(), script);
    run("cp -r \"$SAMPLES\"/saas-alliance deal");
    let before = kit::files(folder.path());
    let asked = run("engross what-if deal economics.tiers.3.pays=14%");
    assert_eq!(asked.code, Some(0), "{}", asked.err);
    assert!(
        asked.out.contains("Oakhythe is paid") && asked.out.contains("->"),
        "{}",
        asked.out
    );
    let alone = run("engross set deal economics.tiers.1.to='USD 200000' agreement.draft=9");
    assert_eq!(alone.code, Some(1));
    assert!(
        alone
            .err
            .contains("economics.tiers.tier.2.from=\"USD 200000\""),
        "{}",
        alone.err
    );
    assert!(kit::files(folder.path()) == before);
    let both =
        run("engross set deal economics.tiers.1.to='USD 200000' --follow --reason 'Agreed.'");
    assert_eq!(both.code, Some(0), "{}", both.err);
    assert!(
        both.out.ends_with("2 changes in deal/deal.toml\n"),
        "{}",
        both.out
    );
}

#[test]
fn a_simulation_is_a_page_with_charts() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = shell(
        folder.path(),
        "cp -r \"$SAMPLES\"/saas-alliance deal && engross simulate deal --out played",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for said in [
        "expected",
        "month 9",
        "trigger on Sourced Net Revenue fires",
        "on the last day                     23 ",
        "after one rejection that is mended  21 ",
        "Wrote played/",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    let page = fs::read_to_string(folder.path().join("played/simulation.html")).expect("a page");
    assert_eq!(page.matches("<svg").count(), 3);
}
