//! Defined terms over a whole library: what no clause uses, and what no clause defines.
//!
//! A draft sees the terms of one deal only, and drops definitions that this deal does not use. So a definition
//! that was renamed by mistake would vanish from every draft, and its uses would mean nothing.

use super::Read;
use super::finder::{Finder, words};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// How often words must stand with capitals before they look like a term and not like a name.
const HABIT: usize = 2;

/// Words that have capitals by themselves: references, numbered documents, nations, months, days, and languages of
/// notices and proceedings.
#[rustfmt::skip]
const CAPITALS: &[&str] = &[
    "Section", "Amendment", "United Nations",
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "Arabic", "Chinese", "Danish", "Dutch", "English", "Finnish", "French", "German", "Italian", "Japanese", "Korean",
    "Norwegian", "Polish", "Portuguese", "Spanish", "Swedish", "Turkish",
];

/// Checks the terms of all clauses against each other.
pub(super) fn check(read: &[Read<'_>], report: &mut Report) {
    let wordings = || read.iter().flat_map(|read| &read.wordings);
    let mut defined: BTreeMap<&str, Span> = BTreeMap::new();
    for (body, _) in wordings() {
        for (name, within) in definitions(body.text()) {
            // The marks are part of the place, as in a draft, which may find the same.
            let marked = within.start - "“".len()..within.end + "”".len();
            defined.entry(name).or_insert_with(|| body.span(marked));
        }
    }
    let written: Vec<String> = defined.keys().flat_map(|name| forms(name)).collect();
    let finder = Finder::new(written.iter().map(String::as_str));
    let mut used = vec![false; written.len()];
    for (body, _) in wordings() {
        let text = body.text();
        let words: Vec<Range<usize>> = words(text).collect();
        for (form, within) in finder.matches(text, &words) {
            used[form] |= !is_definition(text, &within);
        }
    }
    for ((name, at), forms) in defined.iter().zip(used.chunks(FORMS)) {
        if !forms.contains(&true) {
            let message = format!("“{name}” is defined and never used");
            report.push(
                Diagnostic::warning(Code::UnusedTerm, at, message)
                    .help("use it, or delete the definition"),
            );
        }
    }
    undefined(read, &defined, report);
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

/// So many ways there are to write a term.
const FORMS: usize = 4;

/// The ways to write a term.
fn forms(name: &str) -> [String; FORMS] {
    let stem = name.strip_suffix('y').unwrap_or(name);
    let endings = [(name, ""), (name, "s"), (name, "es"), (stem, "ies")];
    endings.map(|(stem, ending)| format!("{stem}{ending}"))
}

/// Words with capitals in the middle of a sentence. A draft takes every text of its deal for a name, so it sees
/// fewer of them than a library does.
fn undefined(read: &[Read<'_>], defined: &BTreeMap<&str, Span>, report: &mut Report) {
    let known: Vec<String> = defined
        .keys()
        .chain(CAPITALS)
        .flat_map(|name| forms(name))
        .collect();
    let finder = Finder::new(known.iter().map(String::as_str));
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for (body, readings) in read.iter().flat_map(|read| &read.wordings) {
        for reading in readings {
            let capitals = capitals(&reading.text, &reading.words);
            if capitals.is_empty() {
                continue;
            }
            let known = finder.matches(&reading.text, &reading.words);
            for within in capitals {
                let meets =
                    |known: &Range<usize>| known.start < within.end && within.start < known.end;
                if known.iter().any(|(_, known)| meets(known)) {
                    continue;
                }
                let word = &reading.text[within.clone()];
                let singular = word.strip_suffix('s').unwrap_or(word);
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
            "“{}” has the capitals of a defined term and no definition",
            first.text()
        );
        let mut finding = Diagnostic::warning(Code::UndefinedTerm, first, message);
        if let Some(other) = others.first() {
            finding = finding.also(other, "and here");
        }
        report.push(finding.help("define it, or write it in lower case"));
    }
}

/// Runs of words with capitals after a word without one.
fn capitals(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some()
            && letters.all(char::is_lowercase)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before: Option<Range<usize>> = None;
    for word in words.iter().cloned() {
        let follows = before
            .as_ref()
            .is_some_and(|before| &text[before.end..word.start] == " ");
        if follows && is_name(&text[word.clone()]) {
            let small = before
                .as_ref()
                .is_some_and(|before| text[before.clone()].starts_with(char::is_lowercase));
            match found.last_mut() {
                Some(run) if before.as_ref().is_some_and(|before| run.end == before.end) => {
                    run.end = word.end;
                }
                Some(_) | None if small => found.push(word.clone()),
                Some(_) | None => {}
            }
        }
        before = Some(word);
    }
    found
}
