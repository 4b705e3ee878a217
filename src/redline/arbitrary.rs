//! Random pairs of documents: one, and what a hand at random has made of it.

mod edit;

use crate::document::arbitrary::{anchor, resolved};
use crate::document::{Align, Block, Column, Document, Inline, Label, List, Section, Table};
use edit::edit;
use proptest::collection::vec;
use proptest::prelude::*;

/// Words that clauses are made of, some common and some rare.
const VOCABULARY: [&str; 40] = [
    "the",
    "of",
    "and",
    "to",
    "a",
    "in",
    "shall",
    "Partner",
    "Company",
    "any",
    "other",
    "party",
    "within",
    "30",
    "days",
    "notice",
    "fee",
    "under",
    "this",
    "Agreement,",
    "or",
    "may",
    "not",
    "written",
    "by",
    "USD 1,000",
    "12.5%",
    "services;",
    "customer",
    "data",
    "liability",
    "“Fee”",
    "(iv)",
    "terminate",
    "renewal",
    "breach",
    "cure",
    "confidential",
    "audit",
    "records",
];

/// Two documents; the second is the first after some edits, or another document.
pub(crate) fn pair() -> impl Strategy<Value = (Document, Document)> {
    let start = prop_oneof![
        2 => prose(),
        1 => resolved().prop_map(|package| package.documents()[0].clone()),
    ];
    prop_oneof![
        9 => (start.clone(), vec(edit(), 0..9)).prop_map(|(old, edits)| {
            let mut new = old.clone();
            for edit in edits {
                edit.apply(&mut new);
            }
            mend(&mut new.root);
            (old, new)
        }),
        1 => (start.clone(), start),
    ]
}

/// Words of a clause.
fn sentence() -> impl Strategy<Value = String> {
    vec(prop::sample::select(VOCABULARY.to_vec()), 1..25)
        .prop_map(|words| format!("{}.", words.join(" ")))
}

fn run() -> impl Strategy<Value = Vec<Inline>> {
    (sentence(), sentence(), 0..8u8, 0..4u8).prop_map(|(one, other, kind, to)| match kind {
        0 => vec![
            Inline::Strong(vec![Inline::Text(one)]),
            Inline::Text(format!(" {other}")),
        ],
        1 => vec![
            Inline::Text(format!("{one} ")),
            Inline::Reference(anchor(&format!("s-{to}"))),
            Inline::Text(format!(" {other}")),
        ],
        2 => vec![Inline::Enumerator("(a) ".into()), Inline::Text(one)],
        3 => vec![
            Inline::Inert("`code`".into()),
            Inline::Text(format!(" {one}")),
        ],
        _ => vec![Inline::Text(format!("{one} {other}"))],
    })
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        6 => run().prop_map(Block::Paragraph),
        1 => sentence().prop_map(Block::Inert),
        2 => (1..4usize, 0..5usize, vec(sentence(), 20)).prop_map(|(columns, rows, words)| {
            let mut words = words.into_iter().cycle();
            let mut cell = move || vec![Inline::Text(words.next().unwrap_or_default())];
            Block::Table(Table {
                anchor: None,
                caption: Vec::new(),
                columns: (0..columns)
                    .map(|_| Column { heading: cell(), align: Align::Start })
                    .collect(),
                rows: (0..rows).map(|_| (0..columns).map(|_| cell()).collect()).collect(),
            })
        }),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (any::<bool>(), vec(vec(inner.clone(), 1..3), 1..4))
                .prop_map(|(ordered, items)| Block::List(List { ordered, items })),
            vec(inner, 1..3).prop_map(Block::Note),
        ]
    })
}

/// A document of clauses.
fn prose() -> impl Strategy<Value = Document> {
    let section = (vec(block(), 0..5), sentence(), any::<bool>());
    vec(section, 1..7).prop_map(|sections| Document {
        name: "agreement".into(),
        imprint: None,
        root: Section {
            anchor: anchor("agreement"),
            label: Label::Title,
            title: vec![Inline::Text("Agreement".into())],
            blocks: Vec::new(),
            sections: sections
                .into_iter()
                .enumerate()
                .map(|(at, (blocks, title, numbered))| Section {
                    anchor: anchor(&format!("s-{at}")),
                    label: if numbered {
                        Label::Number
                    } else {
                        Label::Title
                    },
                    title: vec![Inline::Text(title)],
                    blocks,
                    sections: Vec::new(),
                })
                .collect(),
        },
    })
}

/// Texts side by side are one.
fn mend(section: &mut Section) {
    for block in &mut section.blocks {
        mend_block(block);
    }
    for child in &mut section.sections {
        mend(child);
    }
}

fn mend_block(block: &mut Block) {
    match block {
        Block::Paragraph(run) => {
            let leaves = crate::redline::flat::spans(run)
                .iter()
                .map(|span| (span.leaf.inline(), span.style))
                .filter(|(leaf, _)| *leaf != Inline::Text(String::new()))
                .collect();
            *run = crate::redline::flat::inlines(leaves);
        }
        Block::List(list) => list.items.iter_mut().flatten().for_each(mend_block),
        Block::Note(inner) => inner.iter_mut().for_each(mend_block),
        Block::Table(_) | Block::Inert(_) => {}
    }
}
