//! Slips that somebody will make, made here one after the other: each must be found, and at its place.
//!
//! Definitions, references, exhibits and required keys of the sample are removed or renamed; and every clause
//! is drafted in every wording that it has.

use engross::deal::shape::{RecordShape, Shape};
use engross::deal::{self, Deal};
use engross::diagnostic::{Code, Diagnostic, Report, Severity, Style, render};
use engross::draft::{Draft, draft, root};
use engross::library::{Library, LibraryFile, Trust, embedded};
use engross::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const OUTLINE: &str = "templates/partnership.toml";

pub(crate) fn sample() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/saas-alliance/deal.toml");
    fs::read_to_string(path).expect("a deal file")
}

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

fn read(text: &str, report: &mut Report) -> Option<Deal> {
    Deal::read(&Source::new("deal.toml", text), report)
}

fn load(files: Vec<LibraryFile>, trust: Trust, report: &mut Report) -> Option<Library> {
    let library = Library::load(files, root(), trust, report)?;
    if trust == Trust::Check {
        report.append(library.advice());
    }
    Some(library)
}

pub(crate) fn library() -> Library {
    load(embedded(), Trust::Sound, &mut Report::new()).expect("a sound library")
}

pub(crate) fn drafted(text: &str, library: &Library, report: &mut Report) -> Option<Draft> {
    let deal = read(text, report)?;
    crate::kit::check_draft(&deal, library, report)
}

/// A finding as a reviewer needs it: the file and the line.
fn place(found: &Diagnostic) -> (&str, usize) {
    (&found.at.source().name, found.at.line_column().0)
}

fn is_alarm(found: &Diagnostic) -> bool {
    found.severity != Severity::Advice
}

/// The numbers of the lines of `text` that hold `words`, from 1.
fn lines(text: &str, words: &str) -> Vec<usize> {
    let numbered = text.lines().enumerate();
    numbered
        .filter(|(_, line)| line.contains(words))
        .map(|(number, _)| number + 1)
        .collect()
}

// Every wording.

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

// The deal file.

/// A statement of the deal file: its lines, the table that it is in, its key.
struct Statement {
    lines: std::ops::Range<usize>,
    table: String,
    head: usize,
    key: String,
}

/// The statements and the heads of tables of a deal file, lines counted from 0.
fn statements(text: &str) -> (Vec<Statement>, Vec<usize>) {
    let all: Vec<&str> = text.lines().collect();
    let (mut statements, mut heads) = (Vec::new(), Vec::new());
    let (mut table, mut head, mut at) = (String::new(), 0, 0);
    while at < all.len() {
        let line = all[at];
        let start = at;
        at += 1;
        if line.starts_with('[') {
            line.trim_matches(['[', ']']).clone_into(&mut table);
            head = start;
            heads.push(start);
        } else if let Some((key, value)) = line.split_once(" = ")
            && !line.starts_with('#')
        {
            if value.trim_end() == "[" {
                while all[at] != "]" {
                    at += 1;
                }
                at += 1;
            }
            statements.push(Statement {
                lines: start..at,
                table: table.clone(),
                head,
                key: key.to_owned(),
            });
        }
    }
    (statements, heads)
}

/// What a key of a table of the deal file takes.
fn shape(table: &str, key: &str) -> Option<Shape> {
    let mut shape = deal::SHAPE;
    for step in table
        .split('.')
        .chain([key])
        .filter(|step| !step.is_empty())
    {
        shape = record(shape)?.field(step)?.shape;
    }
    Some(shape)
}

fn record(shape: Shape) -> Option<&'static RecordShape> {
    match shape.present() {
        Shape::Record(record) => Some(record),
        Shape::List(inner) => record(*inner),
        Shape::Option(_)
        | Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::Choices
        | Shape::Reasons => None,
    }
}

fn without(text: &str, lines: &std::ops::Range<usize>) -> String {
    let all = text.split_inclusive('\n').enumerate();
    all.filter(|(number, _)| !lines.contains(number))
        .map(|(_, line)| line)
        .collect()
}

#[test]
fn a_required_key_is_missed_in_its_table() {
    let text = sample();
    let mut mutants = 0;
    for statement in statements(&text).0 {
        let required =
            shape(&statement.table, &statement.key).is_some_and(|shape| !shape.is_optional());
        if !required {
            continue;
        }
        mutants += 1;
        let mut report = Report::new();
        read(&without(&text, &statement.lines), &mut report);
        let wanted = format!("`{}` is missing", statement.key);
        let found = report.sorted().into_iter().find(|found| {
            found.code == Code::MissingKey
                && found.message == wanted
                && place(found) == ("deal.toml", statement.head + 1)
        });
        assert!(
            found.is_some(),
            "{}.{}: {}",
            statement.table,
            statement.key,
            render(&report, Style::Plain)
        );
    }
    assert!(mutants > 300, "{mutants}");
}

/// Without its head, a table runs into the one before it.
#[test]
fn a_lost_head_of_a_table_is_found() {
    let text = sample();
    for head in statements(&text).1 {
        let mut report = Report::new();
        let library = library_of_names();
        let deal = read(&without(&text, &(head..head + 1)), &mut report);
        if let Some(deal) = &deal {
            deal::check::check(deal, &mut report);
            draft(deal, library, &mut report);
        }
        let found = report.sorted().into_iter().any(is_alarm);
        assert!(found, "{}", text.lines().nth(head).unwrap_or_default());
    }
}

/// The embedded library, loaded once for all mutants of the deal.
fn library_of_names() -> &'static Library {
    static LIBRARY: std::sync::OnceLock<Library> = std::sync::OnceLock::new();
    LIBRARY.get_or_init(library)
}

// The outline and its references.

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
    let outline = files
        .iter_mut()
        .find(|file| file.path == OUTLINE)
        .expect("an outline");
    for target in &targets {
        let renamed = outline
            .text
            .replace(&format!("\"{target}\""), &format!("\"{target}-renamed\""));
        assert_ne!(renamed, outline.text, "{target} is in no outline");
        outline.text = renamed;
    }
    for file in &mut files {
        let Some(stem) = file.path.strip_suffix(".md") else {
            continue;
        };
        let id = stem.rsplit('/').next().unwrap_or_default().to_owned();
        if targets.contains(&id) {
            file.path = format!("{stem}-renamed.md");
            file.text = file.text.replacen(
                &format!("id = \"{id}\""),
                &format!("id = \"{id}-renamed\""),
                1,
            );
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
    let outline = files
        .iter()
        .find(|file| file.path == OUTLINE)
        .expect("an outline")
        .text
        .clone();
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
fn exhibits(outline: &str) -> Vec<(String, std::ops::Range<usize>)> {
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
    let outline = files
        .iter()
        .find(|file| file.path == OUTLINE)
        .expect("an outline")
        .text
        .clone();
    let exhibits = exhibits(&outline);
    assert_eq!(exhibits.len(), 10);
    for (id, block) in exhibits {
        let mut mutant = files.clone();
        for file in &mut mutant {
            if file.path == OUTLINE {
                file.text = without(&outline, &block);
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
    let outline = files
        .iter()
        .find(|file| file.path == OUTLINE)
        .expect("an outline")
        .text
        .clone();
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
                file.text = file.text.replace(&format!("[](#{name})"), "it");
            }
            // Lists of terms, exhibits, dates and answers to risks name what the deal has.
            file.text = file.text.replace("elsewhere = true", "elsewhere = false");
            for filled in ["exhibit.id", "entry.clause", "answer.id"] {
                file.text = file.text.replace(&format!("[](#{{{{ {filled} }}}})"), "it");
            }
        }
        let mut report = Report::new();
        let library = load(mutant, Trust::Sound, &mut report).expect("a library");
        drafted(&sample(), &library, &mut report);
        let wanted = (OUTLINE, block.start + 2);
        let found = report
            .sorted()
            .into_iter()
            .any(|found| found.code == Code::OrphanExhibit && place(found) == wanted);
        assert!(found, "{id}: {}", render(&report, Style::Plain));
    }
}

// Defined terms.

/// The terms whose name is typed in a clause: name, file, line of the definition.
fn typed_terms(files: &[LibraryFile]) -> Vec<(String, String, usize)> {
    let library = library_of_names();
    let mut report = Report::new();
    let draft = drafted(&sample(), library, &mut report).expect("a draft");
    let mut terms = Vec::new();
    for term in draft.resolved.terms().list() {
        let marked = format!("**“{}”**", term.name);
        for file in files.iter().filter(|file| file.path.ends_with(".md")) {
            if let Some(line) = lines(&file.text, &marked).first() {
                terms.push((term.name.clone(), file.path.clone(), *line));
            }
        }
    }
    terms
}

/// The alarms of the library and of the sample drafted with it.
fn all_alarms(files: Vec<LibraryFile>) -> Report {
    let mut report = Report::new();
    if let Some(library) = load(files, Trust::Check, &mut report) {
        drafted(&sample(), &library, &mut report);
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
            file.text = file.text.replace(&format!("**“{name}”**"), "This");
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
                .replace(&format!("**“{name}”**"), &format!("**“{name} Proper”**"));
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

/// Names that the deal gives its things: each place that uses one is a mutant of its own.
#[test]
fn a_name_that_stands_for_nothing_is_found_at_its_line() {
    let text = sample();
    let mut mutants = 0;
    for statement in statements(&text).0 {
        let line = text.lines().nth(statement.lines.start).unwrap_or_default();
        let Some(name) = line.split('"').nth(1).filter(|_| statement.key == "id") else {
            continue;
        };
        let mutant = text.replacen(
            &format!("id = \"{name}\""),
            &format!("id = \"{name}-renamed\""),
            1,
        );
        let mut report = Report::new();
        if let Some(deal) = read(&mutant, &mut report) {
            deal::check::check(&deal, &mut report);
        }
        let found: BTreeSet<usize> = report
            .sorted()
            .into_iter()
            .filter(|found| found.code == Code::UnknownName)
            .map(|found| place(found).1)
            .collect();
        for used in lines(&mutant, &format!("\"{name}\"")) {
            mutants += 1;
            assert!(found.contains(&used), "{name} in line {used}: {found:?}");
        }
    }
    assert!(mutants > 100, "{mutants}");
}
