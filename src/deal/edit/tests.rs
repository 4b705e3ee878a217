//! Edits of the sample: what they change, and that they change nothing else.

use super::*;
use crate::diagnostic::{Style, render};
use similar::{ChangeTag, TextDiff};

fn sample() -> Arc<Source> {
    Source::new(
        "deal.toml",
        include_str!("../../../samples/saas-alliance/deal.toml"),
    )
}

fn set(source: &Arc<Source>, pairs: &[&str], reason: Option<&str>) -> Result<Edited, String> {
    let assignments: Vec<Assignment> = pairs
        .iter()
        .map(|pair| {
            let text = Source::new("arguments", *pair);
            Assignment::parse(&text, reason).expect("an assignment")
        })
        .collect();
    let mut report = Report::new();
    edit(source, &assignments, &mut report).ok_or_else(|| render(&report, Style::Plain))
}

/// The lines taken out and put in.
fn lines(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let changed = diff
        .iter_all_changes()
        .filter(|change| change.tag() != ChangeTag::Equal);
    changed.fold(String::new(), |all, change| {
        all + &change.tag().to_string() + change.value()
    })
}

#[test]
fn a_boundary_moves_with_its_neighbour_and_its_reason() {
    let old = sample();
    let edited = set(
        &old,
        &[
            "economics.tiers.tier.1.to=USD 200000",
            "economics.tiers.2.from = \"USD 200000\"",
        ],
        Some("Agreed in the review of June."),
    )
    .expect("a sound deal");
    assert_eq!(
        lines(&old.text, &edited.source.text),
        "-reason.share = \"Each further slice earns more, because a practice that has found its market deserves the resources to grow it.\"\n\
         +reason.share = \"Agreed in the review of June.\"\n\
         -to = \"USD 250000\"\n\
         +to = \"USD 200000\"\n\
         -from = \"USD 250000\"\n\
         +from = \"USD 200000\"\n"
    );
    let paths: Vec<&str> = edited
        .changes
        .iter()
        .map(|change| change.path.as_str())
        .collect();
    assert_eq!(
        paths,
        ["economics.tiers.tier.1.to", "economics.tiers.tier.2.from"]
    );
    assert_eq!(edited.changes[0].from.as_deref(), Some("USD 250000"));
}

#[test]
fn alone_a_boundary_is_refused_and_the_neighbour_named() {
    let said = set(&sample(), &["economics.tiers.tier.1.to=USD 200000"], None).unwrap_err();
    assert!(said.contains("error[tier-gap]"), "{said}");
    let mut report = Report::new();
    let deal = Deal::read(&sample(), &mut report).expect("a deal");
    assert_eq!(
        following(&deal, "economics.tiers.tier.1.to", "USD 200000"),
        [(
            "economics.tiers.tier.2.from".to_owned(),
            "USD 200000".to_owned()
        )]
    );
}

#[test]
fn nothing_assigned_changes_no_byte() {
    let old = sample();
    assert_eq!(set(&old, &[], None).expect("a deal").source.text, old.text);
    for text in [
        old.text.replace('\n', "\r\n"),
        old.text.trim_end().to_owned(),
        format!("{}\n# The end.\n\n", old.text),
    ] {
        let source = Source::new("deal.toml", text);
        let same =
            set(&source, &["registration.valid=90 days"], Some("No change.")).expect("a deal");
        assert!(same.source.text == source.text);
        assert!(!same.changes[0].differs());
    }
}

#[test]
fn a_comment_stays_behind_its_value() {
    let old = sample();
    let edited = set(&old, &["agreement.draft=5"], Some("The review of June.")).expect("a deal");
    assert_eq!(
        lines(&old.text, &edited.source.text),
        "-draft = 4                          # count it up with each version that leaves the house\n\
         +# The review of June.\n\
         +draft = 5                          # count it up with each version that leaves the house\n"
    );
}

#[test]
fn ids_lists_and_new_tables_are_reached() {
    let old = sample();
    let edited = set(
        &old,
        &[
            "metric.support-load.example=One.",
            "reviews.trigger.support-check.threshold=5 tickets",
            "reviews.agenda=[\"the state of each trigger\"]",
            "reviews.early.1=20 days",
            "legal.insurance.3.kind=public liability insurance",
            "legal.insurance.3.amount=USD 1000000",
            "clauses.assignment=acceptable",
        ],
        None,
    );
    let edited = match edited {
        Ok(edited) => edited,
        Err(said) => panic!("{said}"),
    };
    let deal = &edited.deal;
    assert_eq!(deal.legal.insurance.len(), 3);
    assert_eq!(
        deal.reviews.as_ref().map(|reviews| reviews.agenda.len()),
        Some(1)
    );
    assert!(edited.source.text.contains("# --- Law ---"));
}

#[test]
fn what_leads_nowhere_is_told_at_its_characters() {
    for (pair, said) in [
        ("economics.tears.1=x", "`economics` has no term `tears`"),
        ("economics.tiers.tier.9.to=x", "has 3 entries and no `9`"),
        ("economics.tiers=x", "is more than one value"),
        (
            "economics.tiers.period.x=y",
            "is one value, with nothing under it",
        ),
        ("data.item.1.personal=perhaps", "is not `true` or `false`"),
        ("agreement.draft=many", "is not a whole number"),
        ("registration.valid=soon", "error[bad-period]"),
        ("thesis=win", "the deal has no term `thesis`"),
    ] {
        let found = set(&sample(), &[pair], None).expect_err(pair);
        assert!(found.contains(said), "{pair}: {found}");
    }
    let text = Source::new("arguments", "economics.cap");
    assert!(Assignment::parse(&text, None).is_err());
}

#[test]
fn a_term_can_be_taken_out() {
    let path = Source::new("arguments", "economics.cap");
    let span = crate::source::Span::new(&path, 0..path.text.len());
    let assignment = Assignment {
        path: At::new("economics.cap".to_owned(), span),
        to: None,
        reason: None,
        remark: None,
    };
    let mut report = Report::new();
    let edited = edit(&sample(), &[assignment], &mut report);
    let Some(edited) = edited else {
        panic!("{}", render(&report, Style::Plain));
    };
    assert!(edited.deal.economics.is_some_and(|pay| pay.cap.is_none()));
}
