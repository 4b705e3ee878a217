//! Slips with defined terms: a definition that is gone or renamed, in the library and in a deal.

use super::{drafted, lines, load, place, sound};
use crate::samples;
use engross::diagnostic::{Code, Report, Style, render};
use engross::library::{LibraryFile, Trust, embedded};

/// The terms whose name is typed in a clause: name, file, line of the definition.
fn typed_terms(files: &[LibraryFile]) -> Vec<(String, String, usize)> {
    let mut terms = Vec::new();
    for sample in samples::names() {
        let draft = drafted(&samples::text(&sample), sound(), &mut Report::new());
        let draft = draft.expect("a draft");
        for term in draft.resolved.terms().list() {
            let marked = format!("**“{}”**", term.name);
            for file in files.iter().filter(|file| file.path.ends_with(".md")) {
                if let Some(line) = lines(&file.text, &marked).first() {
                    terms.push((term.name.clone(), file.path.clone(), *line));
                }
            }
        }
    }
    terms.sort();
    terms.dedup();
    terms
}

/// The alarms of the library and of all samples drafted with it.
fn all_alarms(files: Vec<LibraryFile>) -> Report {
    let mut report = Report::new();
    if let Some(library) = load(files, Trust::Check, &mut report) {
        for sample in samples::names() {
            drafted(&samples::text(&sample), &library, &mut report);
        }
    }
    report
}

/// All definitions are lost at once; each term is a mutant of its own, found where it is used.
#[test]
fn a_term_that_lost_its_definition_is_found_where_it_is_used() {
    let mut files = embedded();
    let terms = typed_terms(&files);
    assert!(terms.len() > 25, "{}", terms.len());
    for (name, _, _) in &terms {
        for file in &mut files {
            file.text = file.text.replace(&format!("**“{name}”**"), "This").into();
        }
    }
    let report = all_alarms(files.clone());
    for (name, _, _) in terms {
        let found = report.sorted().into_iter().any(|found| {
            let (path, line) = place(found);
            let file = files.iter().find(|file| file.path == path);
            let here = file.and_then(|file| file.text.lines().nth(line - 1));
            found.code == Code::UndefinedTerm
                && found.message.contains(&format!("“{name}"))
                && here.is_some_and(|here| here.contains(&name))
        });
        assert!(found, "{name}: {}", render(&report, Style::Plain));
    }
}

/// All definitions get another name at once; each is a mutant of its own.
#[test]
fn a_renamed_definition_is_found_at_its_line() {
    let mut files = embedded();
    let terms = typed_terms(&files);
    for (name, _, _) in &terms {
        for file in &mut files {
            file.text = file
                .text
                .replace(&format!("**“{name}”**"), &format!("**“{name} Proper”**"))
                .into();
        }
    }
    let report = all_alarms(files);
    for (name, path, line) in terms {
        let found = report
            .sorted()
            .into_iter()
            .any(|found| found.code == Code::UnusedTerm && place(found) == (path.as_str(), line));
        assert!(found, "{name}: {}", render(&report, Style::Plain));
    }
}

/// What a deal defines: the keys of the tables whose names become terms.
const DEFINES: &[(&str, &str)] = &[
    ("metric", "name"),
    ("gate", "name"),
    ("territory.segment", "name"),
    ("definition", "term"),
];

/// The terms of a deal file, each with its line from 0.
fn terms_of(text: &str) -> Vec<(String, usize)> {
    let mut table = "";
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            table = line.trim_matches(['[', ']']);
        }
        let key = DEFINES.iter().find(|(name, _)| *name == table);
        if let Some((_, key)) = key
            && let Some(rest) = line.strip_prefix(&format!("{key} = \""))
        {
            let name = rest.split('"').next().unwrap_or_default();
            found.push((name.to_owned(), number));
        }
    }
    found
}

/// The lines, from 1, whose printed text uses the words.
fn printed_uses(text: &str, words: &str) -> Vec<usize> {
    let mut printed = true;
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.starts_with('[') {
            let table = line.trim_matches(['[', ']']);
            printed = !["issue", "trade", "meeting", "absent", "clauses"].contains(&table);
        }
        let unshared = line.starts_with("reason = ");
        if printed && !unshared && !line.starts_with('#') && line.contains(words) {
            found.push(number + 1);
        }
    }
    found
}

/// A line of a deal file changed, or taken out with its table.
fn with_line(text: &str, number: usize, change: impl Fn(&str) -> String) -> String {
    let lines = text.split_inclusive('\n').enumerate();
    lines
        .map(|(at, line)| {
            if at == number {
                change(line)
            } else {
                line.to_owned()
            }
        })
        .collect()
}

/// Each term of each sample gets another name: what the deal says elsewhere in the old one is found there.
#[test]
fn a_renamed_term_of_a_deal_is_found_where_its_old_name_is_used() {
    let mut mutants = 0;
    for sample in samples::names() {
        let text = samples::text(&sample);
        for (term, line) in terms_of(&text) {
            let words: Vec<&str> = term.split(' ').collect();
            let [first, .., last] = words.as_slice() else {
                panic!("{sample}: `{term}` is one word")
            };
            let start = term.trim_end_matches(last);
            let end = term.trim_start_matches(first);
            for name in [
                format!("{term} Proper"),
                format!("{start}Thing"),
                format!("Other{end}"),
            ] {
                let mutant = with_line(&text, line, |old| {
                    old.replacen(&format!("\"{term}\""), &format!("\"{name}\""), 1)
                });
                let uses = printed_uses(&mutant, &term);
                // A new name that holds the old one is no use of the old one.
                let uses: Vec<usize> = uses.into_iter().filter(|at| at - 1 != line).collect();
                if uses.is_empty() {
                    continue;
                }
                mutants += 1;
                let mut report = Report::new();
                drafted(&mutant, sound(), &mut report);
                let found = report.sorted().into_iter().any(|found| {
                    let (file, at) = place(found);
                    found.code == Code::UndefinedTerm && file == "deal.toml" && uses.contains(&at)
                });
                assert!(
                    found,
                    "{sample}: {term} as {name}, used in {uses:?}: {}",
                    render(&report, Style::Plain)
                );
            }
        }
    }
    assert!(mutants > 30, "{mutants}");
}

/// A term of one word is told from the names of the world only where it is the id of what it names, as `lead` is of
/// the gate “Lead”. Any other single word is not searched for: "Lille", "Tuesday" and "Merchant" look alike. Nor is
/// one that a name has in it, as the title "Referral Agreement" has the gate "Referral".
#[test]
fn a_renamed_term_of_one_word_is_found_where_it_is_the_id() {
    for (sample, term, id) in [
        ("co-sell", "Joint Win", "win"),
        ("distribution", "Verified Installation", "installation"),
        ("marketplace", "Qualified Merchant", "merchant"),
    ] {
        let word = term.rsplit(' ').next().expect("a last word");
        let text = samples::text(sample).replace(term, word);
        assert!(text.contains(&format!("id = \"{id}\"")), "{sample}");
        let named = format!("name = \"{word}\"");
        let mutant = text.replacen(&named, "name = \"Something Else\"", 1);
        assert_ne!(mutant, text, "{sample}");
        let uses = printed_uses(&mutant, word);
        let mut report = Report::new();
        drafted(&mutant, sound(), &mut report);
        let found = report.sorted().into_iter().any(|found| {
            let (file, at) = place(found);
            found.code == Code::UndefinedTerm
                && file == "deal.toml"
                && uses.contains(&at)
                && found.message.contains(word)
        });
        assert!(found, "{sample}: {}", render(&report, Style::Plain));
    }
}

/// Each definition that a sample adds is taken out: what uses it is found there.
#[test]
fn a_removed_definition_of_a_deal_is_found_where_it_is_used() {
    let mut mutants = 0;
    for sample in samples::names() {
        let text = samples::text(&sample);
        for (term, line) in terms_of(&text) {
            let head = text.lines().take(line).collect::<Vec<_>>();
            let head = head
                .iter()
                .rposition(|line| line.starts_with('['))
                .expect("a head");
            let end = text
                .lines()
                .skip(head + 1)
                .position(|line| line.starts_with('[') || line.starts_with('#'))
                .map_or(usize::MAX, |count| head + 1 + count);
            if text.lines().nth(head) != Some("[[definition]]") {
                // Metrics, gates and segments are named by their ids, which is found as such.
                continue;
            }
            mutants += 1;
            let mutant = super::without(&text, &(head..end));
            let uses = printed_uses(&mutant, &term);
            let mut report = Report::new();
            drafted(&mutant, sound(), &mut report);
            let found = report.sorted().into_iter().any(|found| {
                let (file, at) = place(found);
                found.code == Code::UndefinedTerm && file == "deal.toml" && uses.contains(&at)
            });
            assert!(
                found,
                "{sample}: {term}, used in {uses:?}: {}",
                render(&report, Style::Plain)
            );
        }
    }
    assert!(mutants >= 2, "{mutants}");
}
