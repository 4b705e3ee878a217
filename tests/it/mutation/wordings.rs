//! Every wording that a clause has drafts as well as the preferred one.

use super::{drafted, library};
use engross::diagnostic::{Report, Style, render};
use engross::library::Library;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every sample and every good case that drafts without a finding.
fn deals() -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["samples", "tests/cases/good"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(root).expect("a folder of deals") {
            let file = entry.expect("an entry").path().join("deal.toml");
            texts.extend(fs::read_to_string(file));
        }
    }
    texts.sort();
    texts
}

/// The deal with each clause that has a wording of this rank in that wording; what it leaves out stays out.
pub(crate) fn at_rank(text: &str, rank: &str, library: &Library) -> String {
    let mut kept = String::new();
    let mut left_out = String::new();
    let mut within = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            within = line.trim_end() == "[clauses]";
        }
        if !within {
            kept.push_str(line);
        } else if line.contains("leave_out") {
            left_out.push_str(line);
        }
    }
    let named = |id: &str| left_out.lines().any(|line| line.starts_with(id));
    let ranked = library
        .clauses
        .values()
        .filter(|clause| clause.variants.iter().any(|one| one.rank.as_str() == rank))
        .map(|clause| clause.id.as_str())
        .filter(|id| !named(id))
        .fold(String::new(), |all, id| {
            all + &format!("{id} = \"{rank}\"\n")
        });
    format!("{kept}\n[clauses]\n{left_out}{ranked}")
}

#[test]
fn every_wording_drafts_as_well_as_the_preferred_one() {
    let library = library();
    for text in deals() {
        let findings = |rank| {
            let mut report = Report::new();
            drafted(&at_rank(&text, rank, &library), &library, &mut report);
            render(&report, Style::Plain)
        };
        let preferred = findings("preferred");
        for rank in ["acceptable", "escalate"] {
            assert_eq!(findings(rank), preferred, "{rank}\n{text}");
        }
    }
}

#[test]
fn alternatives_differ_and_say_when_they_are_used() {
    for clause in library().clauses.values() {
        let mut seen = BTreeSet::new();
        for variant in &clause.variants {
            let text = variant.body.text().trim();
            assert!(!text.is_empty() && seen.insert(text), "{}", clause.id);
            let spoken = variant
                .when
                .as_ref()
                .is_none_or(|when| when.as_str().ends_with('.'));
            assert!(spoken, "{}", clause.id);
        }
    }
}
