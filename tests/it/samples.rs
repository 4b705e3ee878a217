//! Whether the samples show what the deal file can say: every key stands in one of them, and every choice in one of
//! them or in a good case, where a fifth deal with that choice would be far-fetched.

use crate::kit;
use engross::deal;
use engross::deal::shape::{RecordShape, Shape};
use std::collections::BTreeSet;
use std::fs;

/// The names of the samples, in order.
pub(crate) fn names() -> Vec<String> {
    let root = kit::root().join("samples");
    let mut names: Vec<String> = fs::read_dir(&root)
        .expect("the samples")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| root.join(name).join("deal.toml").is_file())
        .collect();
    names.sort();
    names
}

/// The deal file of a sample.
pub(crate) fn text(name: &str) -> String {
    kit::read(&format!("samples/{name}/deal.toml"))
}

/// Every key of a table and below it, and every choice that a key has: `economics.tiers.basis = "whole"`.
fn sayable(record: &RecordShape, path: &str, found: &mut BTreeSet<String>) {
    for field in record.fields {
        let path = format!("{path}{}", field.key);
        found.insert(path.clone());
        below(field.shape, &path, found);
    }
}

fn below(shape: Shape, path: &str, found: &mut BTreeSet<String>) {
    match shape {
        Shape::Record(record) => sayable(record, &format!("{path}."), found),
        Shape::List(inner) | Shape::Option(inner) => below(*inner, path, found),
        Shape::Leaf(leaf) => {
            for word in words(leaf.choices, leaf.pattern) {
                found.insert(format!("{path} = \"{word}\""));
            }
            if leaf.is_reason() {
                found.insert(format!("{path}.share"));
            }
        }
        Shape::Flag | Shape::Number | Shape::Choices | Shape::Reasons => {}
    }
}

/// The words to choose from. Those of units stand in the pattern alone: `^(up|down)$`.
fn words(choices: &[(&str, &str)], pattern: &str) -> Vec<String> {
    if !choices.is_empty() {
        return choices.iter().map(|(word, _)| (*word).to_owned()).collect();
    }
    let inner = pattern
        .strip_prefix("^(")
        .and_then(|rest| rest.strip_suffix(")$"));
    let plain = |inner: &&str| inner.chars().all(|c| c.is_alphabetic() || "-|".contains(c));
    inner.filter(plain).map_or_else(Vec::new, |inner| {
        inner.split('|').map(str::to_owned).collect()
    })
}

/// What a deal file says, in the same form.
fn said(value: &toml::Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                found.insert(path.clone());
                said(value, &path, found);
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|item| said(item, path, found)),
        toml::Value::String(text) => {
            found.insert(format!("{path} = \"{text}\""));
        }
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

/// What some deal files say.
fn said_in(texts: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts {
        let table: toml::Table = text.parse().expect("a deal file");
        said(&toml::Value::Table(table), "", &mut found);
    }
    found
}

/// Keys that engross writes into a deal after its signature.
const WRITTEN: &[&str] = &[
    "reviews.trigger.fired",
    "exclusivity.reverted",
    "exclusivity.regained",
];

/// Choices of which there is a long list with cases of its own: the kinds of events, under `tests/cases/events`.
const LISTED: &[&str] = &["metric.from_events."];

#[test]
fn the_samples_use_every_key_and_the_good_cases_every_choice() {
    let Shape::Record(deal) = deal::SHAPE else {
        panic!("a deal is a table")
    };
    let mut wanted = BTreeSet::new();
    sayable(deal, "", &mut wanted);
    let (choices, keys): (BTreeSet<String>, BTreeSet<String>) =
        wanted.into_iter().partition(|path| path.contains(" = "));
    assert!(
        keys.len() > 250 && choices.len() > 100,
        "{} {}",
        keys.len(),
        choices.len()
    );
    let samples = said_in(names().iter().map(|name| text(name)));
    let unused: Vec<&String> = keys
        .difference(&samples)
        .filter(|key| !WRITTEN.contains(&key.as_str()))
        .collect();
    assert!(unused.is_empty(), "no sample says:\n{unused:#?}");

    let good = kit::root().join("tests/cases/good");
    let good = fs::read_dir(good).expect("the good cases");
    let good = good.map(|entry| entry.expect("an entry").path().join("deal.toml"));
    let good = said_in(good.map(|path| fs::read_to_string(path).expect("a deal file")));
    let unused: Vec<&String> = choices
        .iter()
        .filter(|choice| !samples.contains(*choice) && !good.contains(*choice))
        .filter(|choice| !LISTED.iter().any(|list| choice.starts_with(list)))
        .collect();
    assert!(
        unused.is_empty(),
        "no sample and no good case says:\n{unused:#?}"
    );
}

/// A clause that cannot be filled in defines nothing; that its terms are then undefined is nobody's second mistake.
#[test]
fn a_deal_with_one_side_hears_of_that_alone() {
    for sample in names() {
        let mutant = text(&sample).replacen("side = \"partner\"", "side = \"company\"", 1);
        let made = crate::kit::draft(&mutant);
        let codes: Vec<&str> = made
            .report
            .sorted()
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        assert!(codes.contains(&"party-sides"), "{sample}: {codes:?}");
        assert!(!codes.contains(&"undefined-term"), "{sample}: {codes:?}");
    }
}
