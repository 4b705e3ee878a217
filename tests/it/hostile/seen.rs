//! A sample with hostile texts at its places, and what readers see of all that is drafted from it.

use crate::kit::{self, Made};
use crate::plain;
use engross::deal;
use engross::deal::shape::Shape;
use engross::document::{Block, Inline, List, Section, Table, read};
use std::collections::BTreeMap;

/// A place in a deal file.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The places of all free texts that are printed or may be, in the order of the shape.
pub(super) fn free_texts(
    value: &toml::Value,
    shape: Shape,
    at: &[Step],
    found: &mut Vec<Vec<Step>>,
) {
    let under = |step: Step| [at, &[step]].concat();
    match (shape.present(), value) {
        (Shape::Leaf(leaf), toml::Value::String(_))
            if leaf.pattern.is_empty() && leaf.choices.is_empty() && leaf.names.is_none() =>
        {
            found.push(at.to_vec());
        }
        (Shape::Leaf(leaf), toml::Value::Table(table)) if leaf.is_reason() => {
            assert!(table.contains_key("share"));
            found.push(under(Step::Key("share".to_owned())));
        }
        (Shape::Record(record), toml::Value::Table(table)) => {
            for field in record.fields {
                if let Some(value) = table.get(field.key) {
                    free_texts(
                        value,
                        field.shape,
                        &under(Step::Key(field.key.to_owned())),
                        found,
                    );
                }
            }
        }
        (Shape::List(each), toml::Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                free_texts(value, *each, &under(Step::Index(index)), found);
            }
        }
        _ => {}
    }
}

pub(super) fn leaf<'v>(deal: &'v mut toml::Value, at: &[Step]) -> &'v mut toml::Value {
    at.iter().fold(deal, |value, step| match step {
        Step::Key(key) => value.get_mut(key).expect("the key"),
        Step::Index(index) => value.get_mut(index).expect("the item"),
    })
}

pub(super) fn sample() -> (toml::Value, Vec<Vec<Step>>) {
    let table: toml::Table = kit::SAMPLE.parse().expect("the sample is TOML");
    let deal = toml::Value::Table(table);
    let mut found = Vec::new();
    free_texts(&deal, deal::SHAPE, &[], &mut found);
    (deal, found)
}

/// The sample with these texts at these places.
pub(super) fn with(texts: &BTreeMap<usize, String>) -> String {
    let (mut deal, places) = sample();
    for (place, text) in texts {
        *leaf(&mut deal, &places[*place]) = toml::Value::String(text.clone());
    }
    toml::to_string(&deal).expect("a deal can be written")
}

/// The number of the free text at this path, such as `party.0.name`.
pub(super) fn number(path: &str) -> usize {
    let (_, places) = sample();
    let shown = |steps: &Vec<Step>| {
        let keys: Vec<String> = steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.clone(),
                Step::Index(index) => index.to_string(),
            })
            .collect();
        keys.join(".")
    };
    let found = places.iter().position(|steps| shown(steps) == path);
    found.unwrap_or_else(|| panic!("{path} is no free text"))
}

/// The shape of a document without its words and without where its references lead.
pub(super) fn skeleton(section: &Section, out: &mut String) {
    out.push_str("\nsection ");
    words(&section.title, out);
    blocks(&section.blocks, out);
    for section in &section.sections {
        skeleton(section, out);
    }
    out.push_str("\nend");
}

pub(super) fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(inner) => {
                out.push_str("\nparagraph ");
                words(inner, out);
            }
            Block::List(List { items, .. }) => {
                out.push_str("\nlist");
                for item in items {
                    out.push_str("\nitem");
                    blocks(item, out);
                }
                out.push_str("\nend");
            }
            Block::Table(Table {
                caption,
                columns,
                rows,
                ..
            }) => {
                out.push_str("\ntable ");
                words(caption, out);
                for column in columns {
                    out.push_str("\ncolumn ");
                    words(&column.heading, out);
                }
                for cell in rows.iter().flatten() {
                    out.push_str("\ncell ");
                    words(cell, out);
                }
            }
            Block::Note(inner) => {
                out.push_str("\nnote");
                blocks(inner, out);
                out.push_str("\nend");
            }
            Block::Inert(_) => out.push_str("\ninert"),
        }
    }
}

pub(super) fn words(all: &[Inline], out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(_) => out.push('t'),
            Inline::Strong(inner) => {
                out.push('<');
                words(inner, out);
                out.push('>');
            }
            Inline::Emphasis(inner) => {
                out.push('(');
                words(inner, out);
                out.push(')');
            }
            Inline::Reference(_) => out.push('r'),
            Inline::Definition(_) => out.push('d'),
            Inline::Link { .. } => out.push('l'),
            Inline::Inert(_) => out.push('x'),
            Inline::Enumerator(_) => out.push('#'),
        }
    }
}

/// What readers see of everything that is written.
pub(super) struct Seen {
    /// For each file and reader, the structure.
    structure: BTreeMap<String, String>,
    /// For each file and reader, the text.
    text: BTreeMap<String, String>,
}

pub(super) fn seen(made: &Made) -> Seen {
    let mut seen = Seen {
        structure: BTreeMap::new(),
        text: BTreeMap::new(),
    };
    for (name, text) in made.files() {
        // The other lone parts are made of the same words by the same code.
        let (part, _) = name.rsplit_once('.').expect("an ending");
        if !matches!(part, "agreement" | "exhibit-economics") {
            continue;
        }
        if name.ends_with(".md") {
            let ours = read::document(part, &text)
                .unwrap_or_else(|complaints| panic!("{name}: {complaints:#?}"));
            let mut structure = String::new();
            skeleton(&ours.root, &mut structure);
            let ours = plain::words(&ours);
            let (theirs, other) = plain::comrak(&text);
            seen.structure.insert(format!("{name} (ours)"), structure);
            seen.text.insert(format!("{name} (ours)"), ours);
            seen.structure.insert(format!("{name} (comrak)"), theirs);
            seen.text.insert(format!("{name} (comrak)"), other);
        } else {
            let (tags, words) = plain::html(&text);
            seen.structure.insert(name.clone(), tags);
            seen.text.insert(name, words);
        }
    }
    seen
}

/// Expects that hostile texts change nothing but the words. Each text holds a mark that nothing else holds.
pub(super) fn harmless(texts: &BTreeMap<usize, String>, marks: &BTreeMap<usize, String>) {
    let plain = with(marks);
    let made = kit::draft(&plain);
    assert!(made.draft.is_some(), "{}", made.findings());
    let before = seen(&made);
    let made = kit::draft(&with(texts));
    assert!(made.draft.is_some(), "{texts:?}\n{}", made.findings());
    let after = seen(&made);
    for (reader, structure) in &before.structure {
        if let Some(difference) = kit::difference(reader, structure, &after.structure[reader]) {
            panic!("{texts:?}\n{difference}");
        }
    }
    let mut printed = 0;
    for (place, text) in texts {
        let mark = &marks[place];
        for (reader, plain) in &before.text {
            let expected = plain.matches(mark.as_str()).count();
            let found = after.text[reader].matches(text.as_str()).count();
            assert_eq!(found, expected, "{text:?} in {reader}");
            printed += expected;
        }
    }
    assert!(printed > 0);
}
