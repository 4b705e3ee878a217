//! What counts as a change of a term, and how it is told.

use super::{TermChange, changes};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::source::Source;

const SAMPLE: &str = include_str!("../../../samples/saas-alliance/deal.toml");

fn read(text: &str) -> Deal {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report);
    deal.unwrap_or_else(|| panic!("{report:?}"))
}

/// The changes that replacing each first text by the second makes, each as one line.
fn told(edits: &[(&str, &str)]) -> Vec<String> {
    let mut text = SAMPLE.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let found = changes(&read(SAMPLE), &read(&text));
    found.iter().map(line).collect()
}

fn line(change: &TermChange) -> String {
    let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "{}: {} -> {}",
        change.words,
        side(&change.was),
        side(&change.is)
    )
}

#[test]
fn a_deal_is_equal_to_itself() {
    assert_eq!(told(&[]), Vec::<String>::new());
}

#[test]
fn what_means_the_same_is_no_change() {
    assert_eq!(
        told(&[("\"12.5%\"", "\"1250 bp\""), ("# ", "# Another remark. ")]),
        Vec::<String>::new()
    );
}

#[test]
fn a_value_is_told_in_the_figures_of_its_deal() {
    assert_eq!(
        told(&[
            ("to = \"USD 250000\"", "to = \"USD 200000\""),
            ("pays = \"12.5%\"", "pays = \"13%\""),
        ]),
        [
            "economics, tiers, tier “Base”, to: USD 250,000 -> USD 200,000",
            "economics, tiers, tier “Growth”, pays: 12.5% -> 13%",
        ]
    );
}

#[test]
fn what_comes_or_goes_is_told_whole() {
    assert_eq!(
        told(&[(
            "[[economics.bonus]]\nsegment = \"acute-trusts\"\npays = \"2%\"\n",
            "[economics.fixed_fee]\namount = \"USD 100\"\nper = \"month\"\ncovers = \"hosting\"\n",
        )]),
        [
            "economics, fixed fee: - -> amount USD 100; per month; covers hosting",
            "economics, bonus 1: segment UK Acute Hospitals; pays 2% -> -",
        ]
    );
}

#[test]
fn entries_are_matched_by_name_and_not_by_place() {
    // A new first tier moves all others down, and changes none of them.
    let added = told(&[(
        "[[economics.tiers.tier]]\nname = \"Base\"\n",
        "[[economics.tiers.tier]]\nname = \"Start\"\nfrom = \"USD 0\"\nto = \"USD 1000\"\npays = \"5%\"\n\n[[economics.tiers.tier]]\nname = \"Base\"\n",
    )]);
    assert_eq!(
        added,
        ["economics, tiers, tier “Start”: - -> name Start; from USD 0; to USD 1,000; pays 5%"]
    );
    let acts = told(&[(
        "  \"register accounts with evidence\",\n  \"run joint campaigns in its segments\",\n",
        "  \"run joint campaigns in its segments\",\n  \"register accounts with evidence\",\n",
    )]);
    assert_eq!(acts.len(), 1, "{acts:?}");
    assert!(acts[0].contains("acts, order"), "{acts:?}");
}

#[test]
fn paths_lead_to_the_places_of_both_files() {
    let new = SAMPLE
        .replacen("schema = 1", "# One more line.\nschema = 1", 1)
        .replacen("pays = \"12.5%\"", "pays = \"13%\"", 1);
    let found = changes(&read(SAMPLE), &read(&new));
    let [change] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(change.path(), "economics.tiers.tier.2.pays");
    let at = |at: &Option<crate::source::Span>| {
        let at = at.as_ref().expect("a place");
        (at.text().to_owned(), at.line_column().0)
    };
    let (old, new) = (at(&change.at_old), at(&change.at_new));
    assert_eq!((old.0.as_str(), new.0.as_str()), ("12.5%", "13%"));
    assert_eq!(old.1 + 1, new.1);
}

#[test]
fn the_nearest_reason_of_the_new_deal_is_given() {
    let why = |from: &str, to: &str| {
        let new = SAMPLE.replacen(from, to, 1);
        let found = changes(&read(SAMPLE), &read(&new));
        let change = found.first().cloned().expect("a change");
        change.why.map(|why| (why.text, why.shared))
    };
    // Its own table has none, the table around it has.
    let (text, shared) = why("pays = \"12.5%\"", "pays = \"13%\"").expect("a reason");
    assert!(shared && text.starts_with("Each further slice"), "{text}");
    let (text, shared) =
        why("amount = \"USD 600000\"", "amount = \"USD 700000\"").expect("a reason");
    assert!(!shared && text.starts_with("Tallowmere’s board"), "{text}");
    assert_eq!(why("draft = 4", "draft = 5"), None);
}

#[test]
fn choices_of_wordings_and_what_is_left_out_are_terms() {
    assert_eq!(
        told(&[("assignment = \"preferred\"", "assignment = \"acceptable\"")]),
        ["wording of assignment: preferred -> acceptable"]
    );
}

#[test]
fn every_sample_differs_from_every_other_without_end() {
    let samples = [
        SAMPLE,
        include_str!("../../../samples/co-sell/deal.toml"),
        include_str!("../../../samples/distribution/deal.toml"),
        include_str!("../../../samples/marketplace/deal.toml"),
        include_str!("../../../samples/referral/deal.toml"),
    ]
    .map(read);
    for old in &samples {
        for new in &samples {
            let forth = changes(old, new);
            let back = changes(new, old);
            assert_eq!(forth.len(), back.len());
            assert_eq!(forth.is_empty(), old == new);
            for change in &forth {
                assert_ne!(change.was, change.is, "{}", change.words);
                assert_eq!(change.was.is_some(), change.old_path.is_some());
            }
        }
    }
}
