//! Slips in a deal file: a key that is gone, a head of a table that is gone, a name that stands for nothing.

use super::{is_alarm, lines, place, read, sound, without};
use crate::samples;
use engross::deal;
use engross::deal::shape::{RecordShape, Shape};
use engross::diagnostic::{Code, Report, Style, render};
use std::collections::BTreeSet;
use std::ops::Range;

/// A statement of the deal file: its lines, the table that it is in, its key.
struct Statement {
    lines: Range<usize>,
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

/// Every statement of every sample, with the name and the text of the sample.
fn all_statements() -> Vec<(String, String, Statement)> {
    let mut all = Vec::new();
    for name in samples::names() {
        let text = samples::text(&name);
        let found = statements(&text).0.into_iter();
        all.extend(found.map(|statement| (name.clone(), text.clone(), statement)));
    }
    all
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

#[test]
fn a_required_key_is_missed_in_its_table() {
    let mut mutants = 0;
    for (sample, text, statement) in all_statements() {
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
            "{sample}: {}.{}: {}",
            statement.table,
            statement.key,
            render(&report, Style::Plain)
        );
    }
    assert!(mutants > 1200, "{mutants}");
}

/// Reads, checks and drafts a deal.
fn look(text: &str, report: &mut Report) {
    if let Some(deal) = read(text, report) {
        deal::check::check(&deal, report);
        if !report.has_errors() {
            crate::kit::check_draft(&deal, sound(), report);
        }
    }
}

/// What is found, without places: a line is missing, so all after it have moved.
fn alarms(report: &Report) -> Vec<(Code, String)> {
    let found = report.sorted().into_iter().filter(|found| is_alarm(found));
    found
        .map(|found| (found.code, found.message.clone()))
        .collect()
}

/// Without its head, a table runs into the one before it.
#[test]
fn a_lost_head_of_a_table_is_found() {
    let mut mutants = 0;
    for sample in samples::names() {
        let text = samples::text(&sample);
        let mut usual = Report::new();
        look(&text, &mut usual);
        for head in statements(&text).1 {
            mutants += 1;
            let mut report = Report::new();
            look(&without(&text, &(head..head + 1)), &mut report);
            let found = alarms(&report) != alarms(&usual);
            let line = text.lines().nth(head).unwrap_or_default();
            assert!(found, "{sample}:{}: {line}", head + 1);
        }
    }
    assert!(mutants > 300, "{mutants}");
}

/// Names that the deal gives its things: each place that uses one is a mutant of its own.
#[test]
fn a_name_that_stands_for_nothing_is_found_at_its_line() {
    let mut mutants = 0;
    for (sample, text, statement) in all_statements() {
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
            // A word to choose from may read like an id.
            let line = mutant.lines().nth(used - 1).unwrap_or_default();
            if ["forum = ", "basis = ", "from_events = "]
                .iter()
                .any(|key| line.starts_with(key))
            {
                continue;
            }
            mutants += 1;
            assert!(
                found.contains(&used),
                "{sample}: {name} in line {used}: {found:?}"
            );
        }
    }
    assert!(mutants > 300, "{mutants}");
}

/// Every table that a deal may leave out: without it, its clauses are left out and nothing refers to them.
#[test]
fn a_table_that_is_left_out_leaves_no_hole() {
    let Shape::Record(record) = deal::SHAPE else {
        panic!("a deal is a table")
    };
    let mut mutants = 0;
    for sample in samples::names() {
        let text = samples::text(&sample);
        for field in record
            .fields
            .iter()
            .filter(|field| field.shape.is_optional())
        {
            let mutant = without_table(&text, field.key);
            if mutant == text {
                continue;
            }
            mutants += 1;
            let mut report = Report::new();
            look(&mutant, &mut report);
            for found in report.sorted().into_iter().filter(|found| is_alarm(found)) {
                assert_eq!(
                    place(found).0,
                    "deal.toml",
                    "{sample} without {}: {}",
                    field.key,
                    render(&report, Style::Plain)
                );
            }
        }
    }
    assert!(mutants > 60, "{mutants}");
}

/// The deal without the table or tables `name` and everything under them.
fn without_table(text: &str, name: &str) -> String {
    let mut inside = false;
    let lines = text.split_inclusive('\n').filter(|line| {
        if line.starts_with('[') {
            let table = line.trim().trim_matches(['[', ']']);
            inside = table == name || table.starts_with(&format!("{name}."));
        }
        !inside
    });
    lines.collect()
}
