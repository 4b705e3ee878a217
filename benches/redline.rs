//! What a redline costs in the library: the contract of 300 pages, longer and shorter ones, and the worst of inputs.
//!
//! `cargo bench --bench redline -- --write DIR` writes the contract of 300 pages before and after as Markdown.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench measures time, and writes files"
)]

use engross::document::{Align, Block, Column, Document, Inline, List, Table};
use engross::redline::{Redline, holds, redline};
use std::path::Path;
use std::time::{Duration, Instant};

mod contract;

use contract::{Edits, FULL};

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|word| word == "--write") {
        let folder = Path::new(arguments.get(at + 1).expect("a folder after --write"));
        std::fs::create_dir_all(folder).expect("a folder");
        for (name, renumbered) in [("plain", false), ("renumbered", true)] {
            let made = contract::contract(7, 152_000, &FULL, renumbered);
            for (side, document) in [("old", &made.old), ("new", &made.new)] {
                let path = folder.join(format!("{name}-{side}.md"));
                std::fs::write(path, engross::foreign::write(document)).expect("a file");
            }
        }
        return;
    }
    println!(
        "{:44} {:>10} {:>10}  limit",
        "redline and its proof", "median", "a word"
    );
    for words in [1_000, 3_000, 10_000, 30_000, 100_000, 300_000] {
        let made = contract::contract(1, words, &scaled(words), false);
        row(&format!("{words} words"), &made.old, &made.new, None);
    }
    let made = contract::contract(7, 152_000, &FULL, false);
    row("300 pages, 500 edits", &made.old, &made.new, Some(120));
    let made = contract::contract(7, 152_000, &FULL, true);
    row(
        "the same, every section renumbered",
        &made.old,
        &made.new,
        Some(120),
    );
    let other = contract::contract(8, 152_000, &FULL, false);
    row(
        "two that have nothing in common",
        &made.old,
        &other.old,
        Some(3_000),
    );
    let (old, new) = one_paragraph(200_000);
    row("one paragraph of 200,000 words", &old, &new, Some(3_000));
    let (old, new) = one_table(10_000);
    row("one table of 10,000 rows", &old, &new, Some(3_000));
    let (old, new) = deep_lists(1_000);
    row("1,000 lists, ten deep", &old, &new, Some(3_000));
}

/// As many edits for their length as the full contract has.
fn scaled(words: usize) -> Edits {
    let of = |count: usize| count * words / 152_000;
    Edits {
        words: of(FULL.words),
        phrases_in: of(FULL.phrases_in),
        phrases_out: of(FULL.phrases_out),
        sentences_in: of(FULL.sentences_in),
        sentences_out: of(FULL.sentences_out),
        sections_in: of(FULL.sections_in).max(1),
        sections_out: of(FULL.sections_out),
        sections_moved: of(FULL.sections_moved),
        paragraphs_moved: of(FULL.paragraphs_moved),
    }
}

/// Prints one row, of the median of several runs.
fn row(name: &str, old: &Document, new: &Document, limit: Option<u128>) {
    let run = || {
        let start = Instant::now();
        let made = redline(old, new);
        assert!(holds(&made, old, new), "the proof of {name}");
        (start.elapsed(), made)
    };
    let (first, made): (Duration, Redline) = run();
    let count = if first > Duration::from_secs(1) {
        3
    } else {
        11
    };
    let mut times: Vec<Duration> = (0..count).map(|_| run().0).collect();
    times.sort();
    let median = times[count / 2];
    let words = (made.stats.old_words + made.stats.new_words).max(1) as u128;
    let verdict = match limit {
        Some(limit) if median.as_millis() <= limit => format!("{limit} ms: met"),
        Some(limit) => format!("{limit} ms: not met"),
        None => String::new(),
    };
    let each = median.as_nanos() / words;
    println!(
        "{name:44} {:>7}.{:02} ms {each:>7} ns  {verdict}",
        median.as_millis(),
        median.as_micros() / 10 % 100
    );
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

/// The words of a contract as one paragraph, before and after its edits.
fn one_paragraph(words: usize) -> (Document, Document) {
    let made = contract::contract(3, words, &scaled(words), false);
    let whole = |document: &Document| {
        let mut all = String::new();
        for section in &document.root.sections {
            for block in &section.blocks {
                if let Block::Paragraph(run) = block
                    && let [Inline::Text(text)] = run.as_slice()
                {
                    all.push_str(text);
                    all.push(' ');
                }
            }
        }
        with(document, vec![Block::Paragraph(text(all.trim()))])
    };
    (whole(&made.old), whole(&made.new))
}

/// The document with these blocks and no sections.
fn with(document: &Document, blocks: Vec<Block>) -> Document {
    let mut document = document.clone();
    document.root.blocks = blocks;
    document.root.sections.clear();
    document
}

/// A table in which some rows came, went, moved and changed.
fn one_table(rows: usize) -> (Document, Document) {
    let made = contract::contract(3, 1_000, &scaled(1_000), false);
    let row = |number: usize| -> Vec<Vec<Inline>> {
        let name = format!("account {number}");
        vec![
            text(&name),
            text(&format!("{}.50", number * 7)),
            text("in force"),
        ]
    };
    let table = |rows: Vec<Vec<Vec<Inline>>>| {
        let heading = |words: &str| Column {
            heading: text(words),
            align: Align::Start,
        };
        Block::Table(Table {
            anchor: None,
            caption: Vec::new(),
            columns: vec![heading("Account"), heading("Fee"), heading("State")],
            rows,
        })
    };
    let old: Vec<_> = (0..rows).map(row).collect();
    let mut new = old.clone();
    for at in (0..rows).step_by(97) {
        new[at][2] = text("ended");
    }
    for at in (0..rows / 2).step_by(211) {
        new.remove(at);
    }
    for at in (0..rows / 2).step_by(307) {
        new.insert(at, row(rows + at));
    }
    let last = new.len() - 1;
    new.swap(5, last);
    (
        with(&made.old, vec![table(old)]),
        with(&made.new, vec![table(new)]),
    )
}

/// Lists in lists, some items of which changed.
fn deep_lists(count: usize) -> (Document, Document) {
    let made = contract::contract(3, 1_000, &scaled(1_000), false);
    let list = |number: usize, word: &str| {
        (0..10).fold(
            Block::Paragraph(text(&format!("the last item of list {number} {word}"))),
            |inner, depth| {
                let head = Block::Paragraph(text(&format!("item {depth} of list {number}")));
                Block::List(List {
                    ordered: true,
                    items: vec![vec![head, inner]],
                })
            },
        )
    };
    let old = (0..count).map(|number| list(number, "stays")).collect();
    let new = (0..count)
        .map(|number| list(number, if number % 10 == 0 { "goes" } else { "stays" }))
        .collect();
    (with(&made.old, old), with(&made.new, new))
}
