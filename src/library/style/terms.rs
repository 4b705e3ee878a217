//! Defined terms over a whole library: what no clause uses, and what no clause defines.
//!
//! A draft sees the terms of one deal only, and drops definitions that this deal does not use. So a definition
//! that was renamed by mistake would vanish from every draft, and its uses would mean nothing.

use super::{Clause, Reading, phrases};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// How often a word must stand with a capital before it looks like a term and not like a name.
const HABIT: usize = 2;

/// Words that have a capital by themselves: references, months, days, and languages of notices and proceedings.
#[rustfmt::skip]
const CAPITALS: &[&str] = &[
    "Section",
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "Arabic", "Chinese", "Danish", "Dutch", "English", "Finnish", "French", "German", "Italian", "Japanese", "Korean",
    "Norwegian", "Polish", "Portuguese", "Spanish", "Swedish", "Turkish",
];

/// Checks the terms of all clauses against each other.
pub(in crate::library) fn check(clauses: &BTreeMap<String, Clause>, report: &mut Report) {
    let mut defined: BTreeMap<&str, Span> = BTreeMap::new();
    for body in bodies(clauses) {
        for (name, within) in definitions(body.text()) {
            defined.entry(name).or_insert_with(|| body.span(within));
        }
    }
    for (name, at) in &defined {
        let used = bodies(clauses).any(|body| {
            let text = body.text();
            let found = forms(name).iter().any(|form| {
                phrases::matches(text, form).any(|within| !is_definition(text, &within))
            });
            found
        });
        if !used {
            let message = format!("“{name}” is defined and no clause uses it");
            report.push(
                Diagnostic::warning(Code::UnusedTerm, at, message)
                    .help("use it, or delete the definition"),
            );
        }
    }
    undefined(clauses, &defined, report);
}

fn bodies(clauses: &BTreeMap<String, Clause>) -> impl Iterator<Item = &super::Body> {
    let variants = clauses.values().flat_map(|clause| &clause.variants);
    variants.map(|variant| &variant.body)
}

/// The terms that a text defines, `**“like this”**`, without those whose name is filled in.
fn definitions(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.match_indices("**“").filter_map(|(at, open)| {
        let start = at + open.len();
        let length = text[start..].find("”**")?;
        let name = &text[start..start + length];
        let typed = !name.contains(['{', '\n']);
        typed.then_some((name, start..start + length))
    })
}

fn is_definition(text: &str, within: &Range<usize>) -> bool {
    text[..within.start].ends_with("**“") && text[within.end..].starts_with("”**")
}

/// The ways to write a term.
fn forms(name: &str) -> [String; 3] {
    let ies = name.strip_suffix('y').unwrap_or(name);
    [name.to_owned(), format!("{name}s"), format!("{ies}ies")]
}

/// Single words with a capital in the middle of a sentence. Phrases of several words are found in each draft.
fn undefined(
    clauses: &BTreeMap<String, Clause>,
    defined: &BTreeMap<&str, Span>,
    report: &mut Report,
) {
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for body in bodies(clauses) {
        for way in 0..Reading::ways(body) {
            let reading = Reading::new(body, way);
            for within in lone_capitals(&reading.text) {
                let word = &reading.text[within.clone()];
                let known = |word: &str| defined.contains_key(word) || CAPITALS.contains(&word);
                let singular = word.strip_suffix('s').unwrap_or(word);
                let from_y = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
                if known(word) || known(singular) || from_y.is_some_and(|word| known(&word)) {
                    continue;
                }
                let at = reading.span(body, &within);
                let places = found.entry(singular.to_owned()).or_default();
                if !places.contains(&at) {
                    places.push(at);
                }
            }
        }
    }
    for (_, places) in found {
        let [first, others @ ..] = &places[..] else {
            continue;
        };
        if places.len() < HABIT {
            continue;
        }
        let message = format!(
            "“{}” has the capital of a defined term and no definition",
            first.text()
        );
        let mut finding = Diagnostic::warning(Code::UndefinedTerm, first, message);
        if let Some(other) = others.first() {
            finding = finding.also(other, "and here");
        }
        report.push(finding.help("define it, or write it in lower case"));
    }
}

/// Words with a capital after a word without one, if no other word with a capital follows.
fn lone_capitals(text: &str) -> Vec<Range<usize>> {
    let words: Vec<Range<usize>> = phrases::split(text).collect();
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some()
            && letters.all(char::is_lowercase)
    };
    let mut found = Vec::new();
    for place in 1..words.len() {
        let (before, here) = (&words[place - 1], &words[place]);
        let after_small = text[before.clone()].starts_with(char::is_lowercase)
            && &text[before.end..here.start] == " ";
        let alone = words.get(place + 1).is_none_or(|next| {
            &text[here.end..next.start] != " "
                || !text[next.clone()].starts_with(char::is_uppercase)
        });
        if after_small && alone && is_name(&text[here.clone()]) {
            found.push(here.clone());
        }
    }
    found
}
