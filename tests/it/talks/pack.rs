//! Packing: what may be sent, with whose approval, and the record of it.

use super::{change, ill, sample, text, well};
use crate::findings::engross;
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
