//! Whether a partner manager can read the agreement: how long its sentences are, how hard its clauses.
//!
//! The grade is that of Flesch and Kincaid: 0.39 × words / sentences + 11.8 × syllables / words − 15.59, computed
//! in whole hundredths. Paragraphs, notes and items of lists are read; tables are not, for their cells are no
//! sentences. An item of a list is a sentence of its own, and so is the line that ends in a colon before it. A
//! reference counts as one word of two syllables ("Section"): its number and title are no prose. Syllables are
//! groups of vowels, with `ia` and `io` parted where they are, and without an `e` that is not heard.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its deals from the disk"
)]

use engross::deal::Deal;
use engross::diagnostic::Report;
use engross::document::{Block, Inline, Section, walk};
use engross::draft::{Draft, draft, root};
use engross::library::{Library, Trust, embedded};
use engross::source::Source;
use std::fs;
use std::path::Path;

/// The words that half of the sentences may have at most.
const MEDIAN: usize = 22;
/// The school grade of the hardest clause.
const GRADE: usize = 14;

fn sample() -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/saas-alliance/deal.toml");
    let text = fs::read_to_string(path).expect("a deal file");
    let mut report = Report::new();
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report).expect("a deal");
    let library =
        Library::load(embedded(), root(), Trust::Sound, &mut report).expect("a sound library");
    draft(&deal, &library, &mut report).expect("a draft")
}

/// The sentences of some blocks, each as its words.
fn sentences(blocks: &[Block], found: &mut Vec<Vec<String>>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => cut(&prose(inlines), found),
            Block::List(list) => list.items.iter().for_each(|item| sentences(item, found)),
            Block::Note(inner) => sentences(inner, found),
            Block::Table(_) => {}
        }
    }
}

fn prose(inlines: &[Inline]) -> String {
    let mut text = String::new();
    walk::leaves(inlines, &mut |inline| match inline {
        Inline::Text(piece) | Inline::Definition(piece) | Inline::Link { text: piece, .. } => {
            text.push_str(piece);
        }
        Inline::Reference(_) => text.push_str("Section"),
        Inline::Strong(_) | Inline::Emphasis(_) => {}
    });
    text
}

/// Cuts a paragraph into sentences. A full stop ends one if a space and a capital letter follow.
fn cut(text: &str, found: &mut Vec<Vec<String>>) {
    let mut sentence = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if word.contains(char::is_alphanumeric) {
            sentence.push(word.to_owned());
        }
        let stops = word
            .trim_end_matches(['”', '’', ')'])
            .ends_with(['.', '?', '!', ':']);
        let begins = words
            .peek()
            .is_none_or(|next| next.starts_with(|c: char| !c.is_lowercase()));
        if stops && begins && !sentence.is_empty() {
            found.push(std::mem::take(&mut sentence));
        }
    }
    if !sentence.is_empty() {
        found.push(sentence);
    }
}

fn syllables(word: &str) -> usize {
    let word: String = word
        .split(['’', '-'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect::<String>()
        .to_lowercase();
    let vowel = |c: char| "aeiouyéü".contains(c);
    let mut groups = 0;
    let mut before = [' '; 2];
    for letter in word.chars() {
        // "liability" and "period" part the vowels that "provision" and "special" join.
        let parted = before[1] == 'i' && "ao".contains(letter) && !"tscx".contains(before[0]);
        groups += usize::from(vowel(letter) && (!vowel(before[1]) || parted));
        before = [before[1], letter];
    }
    // "late", "agreed" and "times" have an `e` that is not heard; "table" and "needed" have one that is.
    let silent = |ending: &str, heard: &[&str]| {
        word.strip_suffix(ending).is_some_and(|stem| {
            !stem.ends_with(vowel) && !heard.iter().any(|heard| stem.ends_with(heard))
        })
    };
    let unheard = silent("e", &["bl", "tl", "pl", "dl", "gl", "cl", "fl", "kl"])
        || silent("ed", &["t", "d"])
        || silent(
            "es",
            &["s", "c", "g", "z", "x", "ch", "sh", "bl", "pl", "tl"],
        );
    (groups - usize::from(unheard && groups > 1)).max(1)
}

/// Words, sentences and syllables of a section without those under it.
fn counts(section: &Section) -> (usize, usize, usize) {
    let mut found = Vec::new();
    sentences(&section.blocks, &mut found);
    let words: Vec<&String> = found.iter().flatten().collect();
    let heard = words.iter().map(|word| syllables(word)).sum();
    (words.len(), found.len(), heard)
}

/// The grade in hundredths, rounded down, and never below zero.
fn grade(words: usize, sentences: usize, syllables: usize) -> usize {
    let whole = words * sentences;
    if whole == 0 {
        return 0;
    }
    let plus = 39 * words * words + 1180 * syllables * sentences;
    plus.saturating_sub(1559 * whole) / whole
}

#[test]
fn sentences_are_short() {
    let draft = sample();
    let mut found = Vec::new();
    for document in draft.resolved.documents().iter().take(1) {
        for section in walk::sections(&document.root) {
            sentences(&section.blocks, &mut found);
        }
    }
    let mut lengths: Vec<usize> = found.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median <= MEDIAN,
        "half of the sentences have more than {median} words"
    );
}

#[test]
fn no_clause_is_hard() {
    let draft = sample();
    let mut hard = Vec::new();
    for document in draft.resolved.documents().iter().take(1) {
        for section in walk::sections(&document.root) {
            let (words, sentences, syllables) = counts(section);
            let grade = grade(words, sentences, syllables);
            if grade > GRADE * 100 {
                hard.push(format!(
                    "{}: {}.{:02} ({words} words, {sentences} sentences, {syllables} syllables)",
                    section.anchor,
                    grade / 100,
                    grade % 100,
                ));
            }
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[test]
fn syllables_are_heard() {
    for (word, heard) in [
        ("late", 1),
        ("agreed", 2),
        ("needed", 2),
        ("table", 2),
        ("times", 1),
        ("party", 2),
        ("services", 3),
        ("agreement", 3),
        ("liability", 5),
        ("period", 3),
        ("provision", 3),
        ("the", 1),
        ("change", 1),
        ("party’s", 2),
        ("2027", 1),
    ] {
        assert_eq!(syllables(word), heard, "{word}");
    }
    assert_eq!(grade(100, 5, 150), 991);
}
