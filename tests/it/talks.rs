//! Meetings, trades, drift, letters, the brief and packing, run as their users run them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

use crate::findings::engross;
use crate::kit;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A copy of the sample in a folder of its own, `deal`.
pub fn sample() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let deal = folder.path().join("deal");
    fs::create_dir(&deal).expect("a folder");
    let from = kit::root().join("samples/saas-alliance");
    for name in ["deal.toml", "negotiation.toml", "term-sheet.toml"] {
        fs::copy(from.join(name), deal.join(name)).expect("a copy");
    }
    folder
}

pub fn text(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn change(folder: &TempDir, name: &str, old: &str, new: &str) {
    let before = text(folder, name);
    assert!(before.contains(old), "{old}");
    fs::write(folder.path().join(name), before.replacen(old, new, 1)).expect("written");
}

/// Runs a command in the folder that must end well.
pub fn well(folder: &TempDir, words: &[&str]) -> String {
    let (code, out, err) = engross(folder.path(), words);
    assert_eq!(code, Some(0), "{words:?}: {out}{err}");
    out
}

/// Runs a command that must find something, and answers what it says.
pub fn ill(folder: &TempDir, words: &[&str]) -> String {
    let (code, out, err) = engross(folder.path(), words);
    assert_eq!(code, Some(1), "{words:?}: {out}{err}");
    err
}

#[test]
fn a_meeting_is_recorded_and_told() {
    let folder = sample();
    let words = [
        "meeting",
        "deal",
        "2026-12-02",
        "--agreed",
        "liability=The cap is a fixed sum of USD 250,000 for each party.",
        "--reason",
        "liability=Both insurers cover it.",
        "--open",
        "annual-minimum",
        "--attendee",
        "Ana Ruiz (Oakhythe)",
        "--next",
        "Oakhythe will propose half of the first quarter.",
    ];
    let before = text(&folder, "deal/deal.toml");
    well(&folder, &words);
    let after = text(&folder, "deal/deal.toml");
    // Comments and order stay.
    for line in before.lines().filter(|line| line.starts_with('#')) {
        assert!(after.contains(line), "{line}");
    }
    assert!(after.contains("agreed = \"2026-12-02\""));
    let told = well(&folder, &["summary", "deal", "2026-12-02"]);
    assert!(told.contains("Record of a meeting"), "{told}");
    let letter = text(&folder, "deal/summary-2026-12-02/meeting-summary.md");
    for words in [
        "met on 2 December 2026",
        "The cap is a fixed sum of USD 250,000",
        "Oakhythe will propose half",
        "settled once, and opened again",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    // A reason that is not shared stays in the file.
    assert!(!letter.contains("Both insurers"), "{letter}");
    // The same day again, an issue that is none, an issue both agreed and open: nothing is written.
    for bad in [
        &["meeting", "deal", "2026-12-02", "--open", "liability"][..],
        &["meeting", "deal", "2026-11-12", "--open", "liabilty"],
        &[
            "meeting",
            "deal",
            "2026-11-12",
            "--open",
            "liability",
            "--agreed",
            "liability",
        ],
        &["meeting", "deal", "2026-11-31", "--open", "liability"],
        &["meeting", "deal", "2026-11-12"],
        &["summary", "deal", "2026-11-12"],
    ] {
        let said = ill(&folder, bad);
        assert!(
            said.contains("help:") && said.contains("Nothing was written."),
            "{said}"
        );
        assert_eq!(text(&folder, "deal/deal.toml"), after);
    }
}

#[test]
fn notes_say_what_flags_say() {
    let (flags, notes) = (sample(), sample());
    well(
        &flags,
        &[
            "meeting",
            "deal",
            "2026-12-02",
            "--open",
            "exclusive-segment",
            "--proposed",
            "liability=oakhythe",
        ],
    );
    let file =
        "open = [\"exclusive-segment\"]\n[[proposed]]\nissue = \"liability\"\nby = \"oakhythe\"\n";
    fs::write(notes.path().join("notes.toml"), file).expect("written");
    well(
        &notes,
        &["meeting", "deal", "2026-12-02", "--notes", "notes.toml"],
    );
    let deal = text(&flags, "deal/deal.toml");
    assert_eq!(deal, text(&notes, "deal/deal.toml"));
    assert!(
        deal.contains("state = \"reopened\"\nproposed_by = \"oakhythe\"\nagreed = \"2026-10-28\"")
    );
}

#[test]
fn a_trade_is_whole_or_not_at_all() {
    let folder = sample();
    let before = text(&folder, "deal/deal.toml");
    let trade = |give: &str, get: &str| {
        let words = [
            "trade",
            "deal",
            "--giver",
            "tallowmere",
            "--if",
            "Tallowmere pays within 20 days",
            "--give",
            give,
            "--then",
            "Oakhythe renews with longer notice",
            "--get",
            get,
            "--reason",
            "Speed for planning.",
        ];
        engross(folder.path(), &words)
    };
    for (give, get) in [
        (
            "economics.payment.due=20 days",
            "term.renewal.notise=120 days",
        ),
        (
            "economics.payment.due=twenty",
            "term.renewal.notice=120 days",
        ),
        ("economics.payment.due=20 days", "economics.payment.due"),
        (
            "economics.payment.due=20 days",
            "legal.insurance.9.amount=USD 1",
        ),
    ] {
        let (code, _, err) = trade(give, get);
        assert_eq!(code, Some(1), "{give}, {get}: {err}");
        assert!(err.contains("help:"), "{err}");
        assert_eq!(text(&folder, "deal/deal.toml"), before, "{give}, {get}");
    }
    let (code, out, err) = trade(
        "economics.payment.due=20 days",
        "term.renewal.notice=120 days",
    );
    assert_eq!(code, Some(0), "{err}");
    assert!(
        out.contains("economics.payment.due: 30 days -> 20 days"),
        "{out}"
    );
    assert!(
        out.contains("term.renewal.notice: 90 days -> 120 days"),
        "{out}"
    );
    let after = text(&folder, "deal/deal.toml");
    assert!(after.contains("terms = [\"economics.payment.due\", \"term.renewal.notice\"]"));
}

#[test]
fn what_was_agreed_does_not_drift_unseen() {
    let folder = sample();
    fs::copy(
        folder.path().join("deal/deal.toml"),
        folder.path().join("old.toml"),
    )
    .expect("a copy");
    let clean = well(&folder, &["drift", "old.toml", "deal"]);
    assert_eq!(clean, "0 terms changed, none that was agreed.\n");
    change(
        &folder,
        "deal/deal.toml",
        "pays = \"12.5%\"",
        "pays = \"13%\"",
    );
    let said = ill(&folder, &["drift", "old.toml", "deal"]);
    assert!(
        said.contains("was 12.5% and is 13%; it was agreed on 14 October 2026"),
        "{said}"
    );
    well(
        &folder,
        &[
            "meeting",
            "deal",
            "2026-12-02",
            "--open",
            "first-term-share",
        ],
    );
    well(&folder, &["drift", "old.toml", "deal"]);
    let (code, _, err) = engross(folder.path(), &["drift", "HEAD~1", "deal"]);
    assert_eq!(code, Some(3), "{err}");
}

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
        "`engross loi`",
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

#[test]
fn only_a_clean_package_is_marked_as_sendable() {
    let folder = sample();
    let pack = ["pack", "deal", "--for", "oakhythe", "--on", "2026-10-29"];
    assert!(ill(&folder, &pack).contains("no package here"));
    well(&folder, &["draft", "deal"]);
    let out = well(&folder, &pack);
    assert!(out.contains("Recorded as number 1 in sent.jsonl"), "{out}");
    for (name, bytes) in kit::files(&folder.path().join("deal/out")) {
        assert_eq!(
            kit::files(&folder.path().join("deal/to-oakhythe")).get(&name),
            Some(&bytes)
        );
    }
    let record = text(&folder, "deal/sent.jsonl");
    assert!(well(&folder, &pack).contains("Sent before as number 1"));
    assert_eq!(text(&folder, "deal/sent.jsonl"), record);
    assert!(ill(&folder, &["pack", "deal", "--for", "oakhyth"]).contains("no party `oakhyth`"));

    // A redline leaves only for who has its old text.
    fs::copy(
        folder.path().join("deal/deal.toml"),
        folder.path().join("old.toml"),
    )
    .expect("a copy");
    change(
        &folder,
        "deal/deal.toml",
        "notice = \"90 days\"",
        "notice = \"60 days\"",
    );
    assert!(ill(&folder, &pack).contains("stale-package"));
    let red = [
        "redline",
        "deal/to-oakhythe",
        "deal",
        "--format",
        "html,md",
        "--out",
        "red",
    ];
    well(&folder, &red);
    let other = ill(
        &folder,
        &["pack", "deal", "--for", "tallowmere", "--package", "red"],
    );
    assert!(other.contains("base-not-sent"), "{other}");
    let out = well(
        &folder,
        &[
            "pack",
            "deal",
            "--for",
            "oakhythe",
            "--package",
            "red",
            "--out",
            "red-sent",
        ],
    );
    assert!(out.contains("number 2"), "{out}");

    // Nor is one whose end was cut off, or that is gone.
    let whole = text(&folder, "deal/sent.jsonl");
    let first = whole.split_inclusive('\n').next().expect("an entry");
    let record_is = |text: &str| fs::write(folder.path().join("deal/sent.jsonl"), text);
    let again = ["pack", "deal", "--for", "oakhythe", "--package", "red"];
    let third = whole.clone();
    well(&folder, &["draft", "deal", "--discard-edits"]);
    well(&folder, &["pack", "deal", "--for", "oakhythe"]);
    let whole = text(&folder, "deal/sent.jsonl");
    for cut in [first, "", third.as_str()] {
        record_is(cut).expect("written");
        let said = engross(folder.path(), &again);
        // One entry more than the head knows is a run that was stopped; one less never is.
        assert_eq!(said.0, Some(1), "{cut}: {said:?}");
        assert!(said.2.contains("sent-record"), "{said:?}");
    }
    record_is(&whole).expect("written");

    // A record that was changed is no record.
    change(&folder, "deal/sent.jsonl", "2026-10-29", "2026-10-28");
    let said = ill(
        &folder,
        &["pack", "deal", "--for", "oakhythe", "--package", "red"],
    );
    assert!(said.contains("sent-record"), "{said}");
}

#[test]
fn what_must_not_leave_the_house_stays() {
    let folder = sample();
    change(
        &folder,
        "deal/deal.toml",
        "A named team at Tallowmere is worth its cost only above this volume.",
        "They need something to show their board before the year ends.",
    );
    well(&folder, &["draft", "deal"]);
    // What the deal says is known to both, so the same words in both files are no secret.
    well(&folder, &["pack", "deal", "--for", "oakhythe"]);
    let page = folder.path().join("deal/out/key-terms.html");
    let html = fs::read_to_string(&page).expect("a page");
    fs::write(&page, html.replace("</main>", "<!-- x --></main>")).expect("written");
    let said = ill(&folder, &["pack", "deal", "--for", "oakhythe"]);
    assert!(
        said.contains("edited-by-hand") && said.contains("hidden-content"),
        "{said}"
    );
}

#[test]
fn deviations_are_approved_by_whom_they_concern() {
    let folder = sample();
    change(
        &folder,
        "deal/deal.toml",
        "assignment = \"preferred\"",
        "assignment = \"escalate\"",
    );
    well(&folder, &["draft", "deal"]);
    let pack = ["pack", "deal", "--for", "oakhythe"];
    let said = ill(&folder, &pack);
    assert!(
        said.contains(
            "the clause `assignment` has its escalate wording, and legal has not approved it"
        ),
        "{said}"
    );
    let digest = said
        .split("digest = \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a digest to copy");
    let approval = |digest: &str| {
        format!(
            "[[approval]]\nof = \"clause assignment\"\nby = \"legal\"\nname = \"Ana Ruiz\"\non = \"2026-10-29\"\ndigest = \"{digest}\"\n"
        )
    };
    let file = folder.path().join("deal/approvals.toml");
    fs::write(&file, approval("0000000000000000")).expect("written");
    let stale = ill(&folder, &pack);
    assert!(
        stale.contains("approved another text of `clause assignment`"),
        "{stale}"
    );
    fs::write(&file, approval(digest)).expect("written");
    assert!(well(&folder, &pack).contains(&format!("approved: clause assignment {digest}")));
    // A limit of the house, as a rule over the deal.
    let limit = "[[limit]]\nid = \"tiers\"\nsays = \"No tier above 12 %.\"\nrule = \"economics.tiers.tier.all(t, t.pays <= '12%')\"\nby = \"cfo\"\n";
    fs::write(&file, format!("{limit}{}", approval(digest))).expect("written");
    assert!(ill(&folder, &pack).contains("beyond the limit `tiers`, and cfo has not approved it"));
}

#[test]
fn the_schema_of_negotiation_files_fits_those_that_are_read() {
    let (code, out, _) = engross(Path::new("."), &["schema", "negotiation"]);
    assert_eq!(code, Some(0));
    let schema: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let mut read = 0;
    for (path, bytes) in kit::files(&kit::root().join("samples")) {
        if path.ends_with("negotiation.toml") {
            let text = String::from_utf8(bytes).expect("text");
            let table: toml::Table = text.parse().expect("TOML");
            let json = serde_json::to_value(table).expect("JSON");
            let complaints: Vec<String> = validator
                .iter_errors(&json)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(complaints, [] as [String; 0], "{path}");
            read += 1;
        }
    }
    assert!(read > 0);
}

/// Each sample was negotiated: three meetings, a concession, an earlier version that broke a walk-away rule, and one in
/// which something drifted after it was agreed.
#[test]
fn every_sample_has_a_history() {
    for entry in fs::read_dir(kit::root().join("samples")).expect("samples") {
        let sample = entry.expect("an entry").path();
        let read = |name: &str| fs::read_to_string(sample.join(name)).expect(name);
        let deal = read("deal.toml");
        assert!(
            deal.matches("[[meeting]]").count() >= 3,
            "{}",
            sample.display()
        );
        assert!(deal.contains("[[trade]]"), "{}", sample.display());
        let negotiation = read("negotiation.toml");
        assert!(
            negotiation.matches("[[meeting]]").count() >= 2,
            "{}",
            sample.display()
        );
        let (code, out, err) = engross(&sample, &["check", "--internal"]);
        assert_eq!(code, Some(0), "{out}{err}");
        assert!(out.contains("No findings."), "{out}{err}");
        let (code, _, err) = engross(&sample, &["check", "history/1", "--internal"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains("error[walk-away]"), "{err}");
        assert_eq!(err.matches("error[").count(), 1, "{err}");
        // Nothing of it is said to whoever does not ask for it.
        let (code, _, err) = engross(&sample, &["check", "history/1"]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let (code, _, err) = engross(&sample, &["drift", "history/1", "history/2"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains("error[agreed-changed]"), "{err}");
    }
}
