//! From words to keys and back: `engross why`, `engross where`, and what they promise.

use engross::deal::Deal;
use engross::diagnostic::{Report, Style, render};
use engross::document::walk;
use engross::draft::provenance::{How, whereabouts, why};
use engross::draft::{self, Draft};
use engross::library::{Library, Trust, embedded};
use engross::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

const SAMPLE: &str = include_str!("../../samples/saas-alliance/deal.toml");

fn library() -> Library {
    Library::load(embedded(), draft::root(), Trust::Sound, &mut Report::new())
        .expect("a sound library")
}

fn made(text: &str, library: &Library) -> (Deal, Draft) {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report).expect("a good deal");
    let made = draft::draft(&deal, library, &mut report);
    let made = made.unwrap_or_else(|| panic!("{}", render(&report, Style::Plain)));
    (deal, made)
}

/// What stands under each section of the whole agreement, by anchor.
fn words(draft: &Draft) -> BTreeMap<String, String> {
    walk::sections(&draft.resolved.documents()[0].root)
        .map(|section| (section.anchor.to_string(), format!("{:?}", section.blocks)))
        .collect()
}

/// The promise of `where`: change a value, and the sections that change are the ones that it names.
#[test]
fn a_changed_value_changes_the_named_sections() {
    let library = library();
    let (deal, before) = made(SAMPLE, &library);
    let old = words(&before);
    for (key, value) in [
        ("term.cure", "31 days"),
        ("term.renewal.notice", "60 days"),
        ("economics.tiers.tier.2.pays", "12%"),
        ("legal.liability.cap_amount", "USD 260000"),
        ("brand.company_marks.2", "VISTA"),
        ("escalation.level.2.resolve", "6 business days"),
        ("exclusivity.holder", "tallowmere"),
        ("role.5.title", "Brand Guardian"),
        ("guarantee.2.within", "10 months"),
        ("agreement.draft", "5"),
    ] {
        let found = whereabouts(&deal, &library, &before, key).expect("a key of the deal");
        let at = found.value.expect("a value").at.range();
        let (head, rest) = (&SAMPLE[..at.start], &SAMPLE[at.end..]);
        let (_, after) = made(&format!("{head}{value}{rest}"), &library);
        let new = words(&after);
        let changed: BTreeSet<&str> = old
            .iter()
            .filter(|(anchor, words)| new.get(*anchor) != Some(words))
            .map(|(anchor, _)| anchor.as_str())
            .collect();
        let named: BTreeSet<&str> = found
            .found
            .iter()
            .map(|sighting| sighting.printed.anchor.as_str())
            .collect();
        let printed: BTreeSet<&str> = found
            .found
            .iter()
            .filter(|sighting| sighting.hows.contains(&How::Printed))
            .map(|sighting| sighting.printed.anchor.as_str())
            .collect();
        let missed: Vec<_> = changed.difference(&named).collect();
        assert!(missed.is_empty(), "`{key}` is not named in {missed:?}");
        let idle: Vec<_> = printed.difference(&changed).collect();
        assert!(idle.is_empty(), "`{key}` is not printed in {idle:?}");
    }
}

/// Every section of every document has an answer, and every value that it names is in the file.
#[test]
fn every_section_has_an_answer() {
    let library = library();
    let (deal, draft) = made(SAMPLE, &library);
    for part in draft.resolved.parts() {
        for section in walk::sections(part.root()) {
            let found = why(
                &deal,
                &library,
                &draft,
                part.name(),
                section.anchor.as_str(),
            )
            .expect("a section of the document");
            assert_eq!(found.section.anchor, section.anchor);
            let answered =
                !found.clauses.is_empty() || found.outline.is_some() || !found.under.is_empty();
            assert!(answered, "{}", section.anchor);
            for key in found.clauses.iter().flat_map(|explained| &explained.keys) {
                let printed = key.hows != [How::Decides];
                assert!(!printed || key.value.is_some(), "{}", key.path);
            }
        }
    }
}

fn engross(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .output()
        .expect("a program that runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_section_goes_by_number_or_name() {
    let by_number = engross(&["why", "samples/saas-alliance", "agreement", "7.1"]);
    let text = stdout(&by_number);
    assert!(by_number.status.success());
    assert!(
        text.starts_with("Section 7.1 (Cap on liability)\n"),
        "{text}"
    );
    for words in [
        "liability-cap, of the family master, clauses/master/liability-cap.md:2",
        "preferred: the deal names no other",
        "legal.liability.cap_amount",
        "USD 250000",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for names in [
        ["agreement", "liability-cap"],
        ["agreement.html", "Section 7.1"],
    ] {
        let found = engross(&["why", "samples/saas-alliance", names[0], names[1]]);
        assert_eq!(stdout(&found), text);
    }
    let alone = stdout(&engross(&[
        "why",
        "samples/saas-alliance",
        "exhibit-economics",
        "5.3",
    ]));
    let whole = engross(&[
        "why",
        "samples/saas-alliance",
        "agreement",
        "Exhibit A, 5.3",
    ]);
    assert!(alone.starts_with("Exhibit A, 5.3 (Tiers)\n"), "{alone}");
    assert_eq!(stdout(&whole), alone);
}

#[test]
fn what_is_not_there_is_said_with_a_way_out() {
    for (arguments, message, help) in [
        (
            &["why", "samples/saas-alliance", "agrement", "7.1"][..],
            "the agreement has no document `agrement`",
            "did you mean `agreement`?",
        ),
        (
            &["why", "samples/saas-alliance", "agreement", "liability-cp"],
            "the document `agreement` has no section `liability-cp`",
            "did you mean `liability-cap`?",
        ),
        (
            &["where", "samples/saas-alliance", "term.renewal.notce"],
            "`term.renewal` has no term `notce`",
            "did you mean `notice`?",
        ),
        (
            &["where", "samples/saas-alliance", "clauses.liabilty-cap"],
            "the library has no clause `liabilty-cap`",
            "did you mean `liability-cap`?",
        ),
    ] {
        let output = engross(arguments);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert_eq!(text, format!("error: {message}\n  help: {help}\n"));
    }
}

#[test]
fn an_absent_key_names_the_clauses_that_wait_for_it() {
    let text = stdout(&engross(&["where", "samples/saas-alliance", "mfn.period"]));
    assert_eq!(
        text,
        "mfn.period: not in the deal\n\nNo clause of the agreement looks it up.\n\
         Not in the agreement, and need it: mfn.\n"
    );
}

#[test]
fn answers_are_json_too() {
    let output = engross(&[
        "where",
        "samples/saas-alliance",
        "economics.tiers.tier[1].pays",
        "--format",
        "json",
    ]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["key"], "economics.tiers.tier.1.pays");
    assert_eq!(found["value"], "10%");
    let tiers = found["found"]
        .as_array()
        .and_then(|found| found.iter().find(|found| found["clause"] == "tiers-table"))
        .expect("the clause on tiers");
    assert_eq!(tiers["section"], "Exhibit A, 5.4");
    assert_eq!(tiers["documents"][1], "exhibit-economics");
    assert_eq!(tiers["how"][0], "printed");
    let output = engross(&[
        "why",
        "samples/saas-alliance",
        "agreement",
        "renewal",
        "--format",
        "json",
    ]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let clause = &found["clauses"][0];
    assert_eq!(clause["family"], "master");
    assert_eq!(clause["wording"]["rank"], "preferred");
    assert_eq!(clause["needs"][0]["key"], "term.renewal");
    assert_eq!(
        clause["needs"][0]["at"]["file"],
        "samples/saas-alliance/deal.toml"
    );
}
