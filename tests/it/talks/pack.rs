//! Packing: what may be sent, with whose approval, and the record of it.

use super::{change, ill, sample, small, text, well};
use crate::kit;
use std::fs;

#[test]
fn only_a_clean_package_is_marked_as_sendable() {
    let folder = sample();
    let pack = ["pack", "deal", "--for", "oakhythe", "--on", "2026-10-29"];
    assert!(ill(&folder, &pack).contains("no package here"));
    well(&folder, &["draft", "deal"]);
    let out = well(&folder, &pack);
    assert!(out.contains("Recorded as number 1 in sent.jsonl"), "{out}");
    let mut sent = kit::files(&folder.path().join("deal/to-oakhythe"));
    let mut drafted = kit::files(&folder.path().join("deal/out"));
    let [sent_list, list_of_out] =
        [&mut sent, &mut drafted].map(|files| files.remove("manifest.json"));
    assert!(sent == drafted, "what is sent is what was drafted");
    // Its list names the entry of the record besides.
    let list = |bytes: Option<Vec<u8>>| -> serde_json::Value {
        serde_json::from_slice(&bytes.expect("a manifest")).expect("JSON")
    };
    let mut named = list(sent_list);
    let entry = named["sent"].take();
    assert_eq!(named["files"], list(list_of_out)["files"]);
    assert_eq!(entry.as_str(), Some(text(&folder, "deal/sent.head").trim()));
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

#[cfg(unix)]
type Way = fn(&std::path::Path, &std::path::Path) -> std::io::Result<()>;

/// A file of our own side in the folder to be packed: renamed, copied, linked either way, or in the place of another.
#[cfg(unix)]
#[test]
fn a_file_of_ours_under_another_name_is_refused() {
    let folder = small();
    well(&folder, &["draft", "deal"]);
    let deal = folder.path().join("deal");
    let [from, page] = ["negotiation.toml", "out/key-terms.md"].map(|name| deal.join(name));
    let list = fs::read_to_string(deal.join("out/manifest.json")).expect("a list");
    let refused = |what: &str| {
        let said = ill(&folder, &["pack", "deal", "--for", "beta"]);
        assert!(said.contains("Nothing was written."), "{what}: {said}");
        assert!(!said.contains("zqcanary"), "{what}: {said}");
        assert!(!deal.join("sent.jsonl").exists() && !deal.join("to-beta").exists());
        said
    };
    for name in [
        "negotiation.toml",
        "notes.md",
        "key-dates.html",
        "sub/notes.md",
    ] {
        let to = deal.join("out").join(name);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        let ways: [(&str, Way); 4] = [
            ("copied", |from, to| fs::copy(from, to).map(|_| ())),
            ("linked", |from, to| std::os::unix::fs::symlink(from, to)),
            ("hard-linked", |from, to| fs::hard_link(from, to)),
            ("renamed", |from, to| fs::rename(from, to)),
        ];
        for (what, way) in ways {
            way(&from, &to).expect("it is there");
            refused(&format!("{name} {what}"));
            // Even if somebody adds it to the list of the package.
            let bytes = fs::read(&to).expect("a file");
            let digest = engross::negotiation::sha256(&bytes);
            let named = list.replacen(
                "\"files\": {",
                &format!("\"files\": {{\n \"{name}\": \"{digest}\","),
                1,
            );
            fs::write(deal.join("out/manifest.json"), named).expect("written");
            let said = refused(&format!("{name} {what} and listed"));
            assert!(
                said.contains("internal-content") || said.contains("hidden-content"),
                "{said}"
            );
            fs::write(deal.join("out/manifest.json"), &list).expect("written");
            if what == "renamed" {
                fs::rename(&to, &from).expect("it is there");
            } else {
                fs::remove_file(&to).expect("it is there");
            }
        }
        if name.contains('/') {
            fs::remove_dir(deal.join("out/sub")).expect("an empty folder");
        }
    }
    // In the place of a file of the package: no line of it is shown as an edit.
    fs::remove_file(&page).expect("a page");
    assert!(refused("gone").contains("is gone"));
    fs::hard_link(&from, &page).expect("a link");
    let said = refused("in the place of another");
    assert!(said.contains("edited-by-hand"), "{said}");
}

#[test]
fn a_negotiation_file_that_does_not_read_is_not_quoted() {
    let folder = small();
    well(&folder, &["draft", "deal"]);
    for broken in [
        "schema = 1\nours = \"acme\"\nthesis = \"We would take zqcanary",
        "schema = 1\nours = \"acme\"\nthesis = \"A.\"\nzqcanary = 1\n",
        "schema = 9\nours = \"zqcanary\"\nthesis = \"A.\"\n",
    ] {
        fs::write(folder.path().join("deal/negotiation.toml"), broken).expect("written");
        let said = ill(&folder, &["pack", "deal", "--for", "beta"]);
        assert!(!said.contains("zqcanary"), "{said}");
        assert!(said.contains("negotiation file does not read"), "{said}");
        assert!(said.contains("engross check --internal"), "{said}");
        assert!(!folder.path().join("deal/sent.jsonl").exists());
    }
}

/// A walk-away price that somebody typed into a clause of the house is found; one that the deal gives is none.
#[test]
fn a_figure_of_ours_in_the_library_of_the_house_is_found() {
    let folder = sample();
    well(&folder, &["library", "export", "house"]);
    let draft = ["draft", "deal", "--library", "house", "--discard-edits"];
    let pack = ["pack", "deal", "--library", "house", "--for", "oakhythe"];
    let clause = "house/clauses/master/notices.md";
    let before = text(&folder, clause);
    let with = |words: &str| {
        before.replacen(
            "\n+++ acceptable",
            &format!("\n\n{words}\n\n+++ acceptable"),
            1,
        )
    };
    for (words, found) in [
        // The worth of an alternative, a margin, and a share somebody else would pay.
        ("The budget of the year is USD 410,000 in all.", true),
        (
            "The budget of the year is four hundred ten thousand dollars.",
            true,
        ),
        ("A margin of 71 % is assumed.", true),
        // What the deal says itself, whatever the negotiation file says of it.
        ("The budget of the year is USD 250,000 in all.", false),
        ("The budget of the year is USD 411,000 in all.", false),
    ] {
        fs::write(folder.path().join(clause), with(words)).expect("written");
        well(&folder, &draft);
        if found {
            let said = ill(&folder, &pack);
            assert!(said.contains("error[internal-content]"), "{words}: {said}");
            assert!(said.contains("of the negotiation file says"), "{said}");
            for secret in ["410", "71", "alternative"] {
                assert!(!said.contains(secret), "{secret}: {said}");
            }
        } else {
            well(&folder, &pack);
        }
    }
    // A limit of the house is no more for the other side than a walk-away rule.
    fs::write(
        folder.path().join(clause),
        with("No tier pays more than 17 %."),
    )
    .expect("written");
    let limit = "[[limit]]\nid = \"tiers\"\nsays = \"No tier above 17 %.\"\nrule = \"true\"\nby = \"cfo\"\n";
    fs::write(folder.path().join("deal/approvals.toml"), limit).expect("written");
    well(&folder, &draft);
    let said = ill(&folder, &pack);
    assert!(
        said.contains("of approvals.toml says") && !said.contains("17"),
        "{said}"
    );
}

#[test]
fn letters_and_redlines_are_what_the_deal_says_today() {
    let folder = sample();
    let run = |package: &str, fine: bool| {
        let words = ["pack", "deal", "--for", "oakhythe", "--package", package];
        if fine {
            well(&folder, &words)
        } else {
            ill(&folder, &words)
        }
    };
    let letters = [
        (&["loi", "deal"][..], "deal/loi"),
        (&["addendum", "deal"], "deal/pilot"),
        (
            &["summary", "deal", "2026-10-28"],
            "deal/summary-2026-10-28",
        ),
        (
            &["summary", "deal", "2026-10-14"],
            "deal/summary-2026-10-14",
        ),
    ];
    well(&folder, &["draft", "deal"]);
    well(&folder, &["pack", "deal", "--for", "oakhythe"]);
    let red = |folder: &tempfile::TempDir| {
        well(
            folder,
            &[
                "redline",
                "deal/to-oakhythe",
                "deal",
                "--format",
                "html,md",
                "--out",
                "red",
            ],
        )
    };
    for (make, package) in letters {
        well(&folder, make);
        run(package, true);
    }
    // One format alone is a whole letter too.
    well(&folder, &["loi", "deal", "--format", "md"]);
    run("deal/loi", true);
    change(
        &folder,
        "deal/deal.toml",
        "notice = \"90 days\"",
        "notice = \"60 days\"",
    );
    red(&folder);
    run("red", true);
    // Everything that all of these papers say: the name of a party.
    let deal = text(&folder, "deal/deal.toml");
    fs::write(
        folder.path().join("deal/deal.toml"),
        deal.replace("short = \"Oakhythe\"", "short = \"Oakhithe\""),
    )
    .expect("written");
    let record = text(&folder, "deal/sent.jsonl");
    for (package, command) in letters
        .iter()
        .map(|(make, package)| (*package, format!("engross {}", make[0])))
        .chain([("red", "engross redline".to_owned())])
    {
        let said = run(package, false);
        assert!(said.contains("error[stale-package]"), "{package}: {said}");
        assert!(said.contains(&format!("`{command}`")), "{package}: {said}");
    }
    assert_eq!(text(&folder, "deal/sent.jsonl"), record);
    for (make, package) in letters {
        well(&folder, make);
        run(package, true);
    }
    red(&folder);
    run("red", true);
}

/// A statement goes out with its sheet; a cell that a spreadsheet would compute is nothing that anybody should open.
#[test]
fn a_statement_goes_out_with_its_sheet() {
    let folder = sample();
    let events = kit::root().join("samples/saas-alliance/events");
    let events = events.to_str().expect("a path");
    well(
        &folder,
        &[
            "statement",
            "deal",
            "--events",
            events,
            "--period",
            "2027-Q2",
            "--out",
            "paid",
        ],
    );
    let pack = ["pack", "deal", "--for", "oakhythe", "--package", "paid"];
    let said = well(&folder, &pack);
    assert!(said.contains("Send deal/to-oakhythe-paid/"), "{said}");
    assert!(
        folder
            .path()
            .join("deal/to-oakhythe-paid/statement.csv")
            .is_file()
    );
}
