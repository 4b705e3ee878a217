//! Meetings, trades and drift: what is written into the deal, and what is never lost of it.

use super::{change, ill, sample, text, well};
use crate::findings::engross;
use std::fs;

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
fn a_trade_that_is_ready_is_proposed_by_its_name() {
    let folder = sample();
    let before = text(&folder, "deal/deal.toml");
    for bad in [
        &["trade", "deal", "--take", "renewals"][..],
        &[
            "trade",
            "deal",
            "--take",
            "renewals-for-care",
            "--give",
            "term.cure=soon",
        ],
    ] {
        let said = ill(&folder, bad);
        assert!(said.contains("help:"), "{said}");
        assert!(!said.contains("renewals-for-care`"), "{said}");
        assert_eq!(text(&folder, "deal/deal.toml"), before);
    }
    let out = well(
        &folder,
        &[
            "trade",
            "deal",
            "--take",
            "renewals-for-care",
            "--give",
            "economics.payment.due=20 days",
            "--reason",
            "Care is what renews.",
        ],
    );
    assert!(
        out.starts_with("If Tallowmere pays a share of renewals, then Oakhythe stays"),
        "{out}"
    );
    let after = text(&folder, "deal/deal.toml");
    assert!(
        after.contains("gives = \"Tallowmere pays a share of renewals\""),
        "{after}"
    );
    assert!(after.contains(
        "terms = [\"economics.revenue_share.renewal\", \"economics.payment.due\", \"economics.revenue_share.step_down\"]"
    ));
    // What it costs and brings us stays where it is.
    for secret in ["55000", "90000", "renewals-for-care"] {
        assert_eq!(
            before.matches(secret).count(),
            after.matches(secret).count(),
            "{secret}"
        );
        assert!(!out.contains(secret), "{out}");
    }
    // A file that does not read is not quoted.
    fs::write(
        folder.path().join("deal/negotiation.toml"),
        "thesis = \"zqcanary",
    )
    .expect("written");
    let said = ill(&folder, &["trade", "deal", "--take", "cap-for-insurance"]);
    assert!(
        !said.contains("zqcanary") && said.contains("check --internal"),
        "{said}"
    );
}
