//! What follows from a changed term: to the figure, and to the sentence.

use super::{Drafted, sheet, weigh};
use crate::deal::{Deal, check};
use crate::diagnostic::Report;
use crate::draft::{self, draft};
use crate::library::{Library, Trust, embedded};
use crate::redline::{Redline, Weight, redline};
use crate::source::Source;
use crate::write::redline::page::{Sheet, Term};
use std::sync::LazyLock;

const SAMPLE: &str = include_str!("../../samples/saas-alliance/deal.toml");

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let library = Library::load(embedded(), draft::root(), Trust::Sound, &mut Report::new());
    library.expect("the embedded library")
});

fn drafted(text: &str) -> Drafted {
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report);
    let deal = deal.unwrap_or_else(|| panic!("{report:?}"));
    check::check(&deal, &mut report);
    let draft = draft(&deal, &LIBRARY, &mut report);
    let draft = draft.unwrap_or_else(|| panic!("{report:?}"));
    Drafted { deal, draft }
}

/// The redline of the sample with each first text replaced by the second, and its cover.
fn compared(edits: &[(&str, &str)]) -> (Redline, Sheet) {
    let mut text = SAMPLE.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let (old, new) = (drafted(SAMPLE), drafted(&text));
    let document = |side: &Drafted| side.draft.resolved.documents()[0].clone();
    let mut made = redline(&document(&old), &document(&new));
    let sheet = sheet(&old, &new, &LIBRARY, &made, false);
    weigh(&mut made, &sheet);
    (made, sheet)
}

fn term<'s>(sheet: &'s Sheet, name: &str) -> &'s Term {
    let mut terms = sheet.terms.iter();
    terms
        .find(|term| term.name == name)
        .unwrap_or_else(|| panic!("{name} in {:?}", sheet.terms))
}

#[test]
fn two_terms_share_no_change_that_only_one_of_them_makes() {
    let (made, sheet) = compared(&[
        ("due = \"30 days\"", "due = \"45 days\""),
        ("pays = \"12.5%\"", "pays = \"13%\""),
    ]);
    let due = &term(&sheet, "the time for payment").changes;
    let pays = &term(&sheet, "what the tier “Growth” pays").changes;
    assert!(due.len() >= 3 && pays.len() > 10, "{due:?} {pays:?}");
    assert!(
        due.iter().all(|number| !pays.contains(number)),
        "{due:?} {pays:?}"
    );
    // All of the text that changed follows from one or the other.
    let all: Vec<usize> = made.changes.iter().map(|change| change.number).collect();
    let mut told: Vec<usize> = due.iter().chain(pays).copied().collect();
    told.sort_unstable();
    assert_eq!(told, all);
    assert!(
        made.changes
            .iter()
            .all(|change| change.weight == Weight::Substance)
    );
    let counted = made.stats.substance;
    assert_eq!(counted, made.changes.len());
}

#[test]
fn the_effect_is_what_the_one_change_does_to_the_payout() {
    let (_, sheet) = compared(&[
        ("due = \"30 days\"", "due = \"45 days\""),
        ("pays = \"12.5%\"", "pays = \"13%\""),
    ]);
    // 750,000 of 1,240,000 are in the second tier: half a point of that.
    assert_eq!(
        term(&sheet, "what the tier “Growth” pays").effect,
        [
            "+0.5 percentage points",
            "+USD 3,750 paid at expected volume (USD 213,500.00, was USD 209,750.00)"
        ]
    );
    assert_eq!(term(&sheet, "the time for payment").effect, ["+15 days"]);
}

#[test]
fn both_ends_of_a_boundary_are_made_together() {
    let (_, sheet) = compared(&[
        ("to = \"USD 250000\"", "to = \"USD 200000\""),
        ("from = \"USD 250000\"", "from = \"USD 200000\""),
    ]);
    for name in [
        "where the tier “Base” ends",
        "where the tier “Growth” begins",
    ] {
        let term = term(&sheet, name);
        assert_eq!(
            term.effect,
            [
                "−USD 50,000",
                "+USD 1,250 paid at expected volume (USD 211,000.00, was USD 209,750.00), with the other changes of this table"
            ]
        );
        assert!(!term.changes.is_empty());
    }
}

#[test]
fn results_stand_old_beside_new() {
    let (_, sheet) = compared(&[("pays = \"12.5%\"", "pays = \"13%\"")]);
    let results = sheet.results.expect("a forecast");
    assert_eq!(results.volumes, ["low", "expected", "high"]);
    let line = |side: &str| {
        let mut lines = results.lines.iter();
        lines.find(|line| line.side == side).expect("a line")
    };
    let pays = line("Tallowmere pays");
    assert_eq!(
        (pays.was[1].as_str(), pays.is[1].as_str()),
        ("USD 209,750.00", "USD 213,500.00")
    );
    let revenue = line("Revenue");
    assert_eq!(revenue.was, revenue.is);
    assert_ne!(line("Oakhythe keeps").was, line("Oakhythe keeps").is);
}

#[test]
fn a_table_that_goes_takes_its_clause_with_it() {
    let start = SAMPLE.find("[economics.spiff]").expect("a table");
    let end = SAMPLE[start..]
        .find("\n[[economics.bonus]]")
        .expect("the next")
        + start;
    let (made, sheet) = compared(&[(&SAMPLE[start..end], "")]);
    let spiff = term(&sheet, "the prize for people");
    assert_eq!(spiff.is, None);
    assert!(!spiff.changes.is_empty(), "{:?}", made.changes);
}
