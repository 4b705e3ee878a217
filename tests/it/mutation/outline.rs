//! Slips in the outline: clauses and exhibits that are gone, renamed, or named by nothing.

use super::{OUTLINE, drafted, is_alarm, lines, load, outline_of, place, sound, without};
use crate::samples;
use engross::diagnostic::{Code, Report, Style, render};
use engross::document::walk;
use engross::library::{LibraryFile, Trust, embedded};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Every name in `[](#name)` of the clauses.
fn targets(files: &[LibraryFile]) -> BTreeSet<String> {
    let mut targets = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        for (at, _) in file.text.match_indices("](#") {
            let name: String = file.text[at + 3..]
                .chars()
                .take_while(|c| *c != ')')
                .collect();
            if !name.contains('{') {
                targets.insert(name);
            }
        }
    }
    targets
}

/// Agreements and letters have outlines; words, pictures and defaults stand in their own tables.
fn is_outline(path: &str) -> bool {
    path == OUTLINE || (path.starts_with("templates/") && path.ends_with(".toml"))
}

/// The alarms about the library that these files are, by place.
fn alarms(files: Vec<LibraryFile>) -> BTreeMap<(String, usize), BTreeSet<Code>> {
    let mut report = Report::new();
    load(files, Trust::Check, &mut report);
    let mut alarms: BTreeMap<(String, usize), BTreeSet<Code>> = BTreeMap::new();
    for found in report.sorted().into_iter().filter(|found| is_alarm(found)) {
        let (file, line) = place(found);
        alarms
            .entry((file.to_owned(), line))
            .or_default()
            .insert(found.code);
    }
    alarms
}

/// All targets get other names at once: each reference is a mutant of its own, found at its own line.
#[test]
fn a_reference_to_a_renamed_target_is_found_at_its_line() {
    let mut files = embedded();
    let targets = targets(&files);
    for target in &targets {
        let mut renamed = false;
        for file in files.iter_mut().filter(|file| is_outline(&file.path)) {
            let text = file
                .text
                .replace(&format!("\"{target}\""), &format!("\"{target}-renamed\""));
            renamed |= text != file.text;
            file.text = text.into();
        }
        assert!(renamed, "{target} is in no outline");
    }
    for file in &mut files {
        let Some(stem) = file.path.strip_suffix(".md") else {
            continue;
        };
        let id = stem.rsplit('/').next().unwrap_or_default().to_owned();
        if targets.contains(&id) {
            file.path = format!("{stem}-renamed.md");
            file.text = file
                .text
                .replacen(
                    &format!("id = \"{id}\""),
                    &format!("id = \"{id}-renamed\""),
                    1,
                )
                .into();
        }
    }
    let alarms = alarms(files.clone());
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        for line in lines(&file.text, "](#") {
            // A name that is filled in is known only in a draft.
            let typed = file
                .text
                .lines()
                .nth(line - 1)
                .is_some_and(|line| !line.contains("](#{{"));
            let codes = alarms.get(&(file.path.clone(), line));
            let found = codes.is_some_and(|codes| codes.contains(&Code::UnknownReference));
            assert!(found || !typed, "{}:{line} {codes:?}", file.path);
        }
    }
}

#[test]
fn a_removed_clause_is_missed_in_the_outline() {
    let mut files = embedded();
    let targets = targets(&files);
    let outline = outline_of(&files);
    let mut removed = Vec::new();
    files.retain(|file| {
        let id = file
            .path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".md"));
        let gone = id.filter(|id| targets.contains(*id));
        removed.extend(gone.map(str::to_owned));
        gone.is_none()
    });
    assert!(removed.len() > 50, "{}", removed.len());
    let alarms = alarms(files);
    for id in removed {
        for line in lines(&outline, &format!("\"{id}\"")) {
            let codes = alarms.get(&(OUTLINE.to_owned(), line));
            assert!(
                codes.is_some_and(|codes| codes.contains(&Code::UnknownName)),
                "{id}"
            );
        }
    }
}

/// The exhibits of the outline: id, and the lines of its block counted from 0.
fn exhibits(outline: &str) -> Vec<(String, Range<usize>)> {
    let starts = lines(outline, "[[part]]");
    let ends = starts
        .iter()
        .skip(1)
        .copied()
        .chain([outline.lines().count() + 1]);
    let blocks = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| start - 1..end - 1);
    blocks
        .filter_map(|block| {
            let text: Vec<&str> = outline.lines().take(block.end).skip(block.start).collect();
            let id = text
                .iter()
                .find_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'))?;
            text.contains(&"label = \"exhibit\"")
                .then(|| (id.to_owned(), block))
        })
        .collect()
}

#[test]
fn a_removed_exhibit_is_missed_wherever_it_is_named() {
    let files = embedded();
    let outline = outline_of(&files);
    let exhibits = exhibits(&outline);
    assert_eq!(exhibits.len(), 10);
    for (id, block) in exhibits {
        let mut mutant = files.clone();
        for file in &mut mutant {
            if file.path == OUTLINE {
                file.text = without(&outline, &block).into();
            }
        }
        let alarms = alarms(mutant);
        let mut named = 0;
        for file in files.iter().filter(|file| file.path.ends_with(".md")) {
            for line in lines(&file.text, &format!("(#{id})")) {
                named += 1;
                let codes = alarms.get(&(file.path.clone(), line));
                let found = codes.is_some_and(|codes| codes.contains(&Code::UnknownReference));
                assert!(found, "{id} in {}:{line}", file.path);
            }
        }
        assert!(named > 0, "{id}");
    }
}

#[test]
fn an_exhibit_that_nothing_names_is_found_in_the_outline() {
    let files = embedded();
    let outline = outline_of(&files);
    for (id, block) in exhibits(&outline) {
        let mut mutant = files.clone();
        let inside: Vec<&str> = outline
            .lines()
            .take(block.end)
            .skip(block.start)
            .flat_map(|line| line.split('"').skip(1).step_by(2))
            .collect();
        for file in &mut mutant {
            for name in &inside {
                file.text = file.text.replace(&format!("[](#{name})"), "it").into();
            }
            // Lists of terms, exhibits, dates and answers to risks name what the deal has.
            file.text = file
                .text
                .replace("elsewhere = true", "elsewhere = false")
                .into();
            for filled in ["exhibit.id", "entry.clause", "answer.id"] {
                file.text = file
                    .text
                    .replace(&format!("[](#{{{{ {filled} }}}})"), "it")
                    .into();
            }
        }
        let library = load(mutant, Trust::Sound, &mut Report::new()).expect("a library");
        let wanted = (OUTLINE, block.start + 2);
        for sample in samples_with(&id) {
            let mut report = Report::new();
            drafted(&samples::text(&sample), &library, &mut report);
            let found = report
                .sorted()
                .into_iter()
                .any(|found| found.code == Code::OrphanExhibit && place(found) == wanted);
            assert!(found, "{sample}: {id}: {}", render(&report, Style::Plain));
        }
    }
}

/// The samples whose agreement has the exhibit.
fn samples_with(exhibit: &str) -> Vec<String> {
    let has = |sample: &String| {
        let draft = drafted(&samples::text(sample), sound(), &mut Report::new());
        let draft = draft.expect("a draft");
        draft
            .resolved
            .documents()
            .iter()
            .flat_map(|document| walk::sections(&document.root))
            .any(|section| section.anchor.as_str() == exhibit)
    };
    let samples: Vec<String> = samples::names().into_iter().filter(has).collect();
    assert!(!samples.is_empty(), "{exhibit}");
    samples
}
