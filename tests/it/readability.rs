//! Whether a partner manager can read the agreement: how long its sentences are, how hard its clauses.
//!
//! The grade is that of Flesch and Kincaid: 0.39 × words / sentences + 11.8 × syllables / words − 15.59, computed
//! in whole hundredths. Paragraphs, notes and items of lists are read; tables are not, for their cells are no
//! sentences. An item of a list is a sentence of its own, and so is the line that ends in a colon before it. A
//! reference counts as one word of two syllables ("Section"): its number and title are no prose. Syllables are
//! groups of vowels, with `ia` and `io` parted where they are, and without an `e` that is not heard.

use crate::mutation::{at_rank, drafted, library, sample};
use engross::diagnostic::Report;
use engross::document::{Block, Inline, Section, walk};
use engross::draft::Draft;
use std::collections::BTreeSet;

/// The words that half of the sentences may have at most.
const MEDIAN: usize = 22;
/// The school grade of the hardest clause.
const GRADE: usize = 14;

/// The sample in the preferred wording, and with every alternative.
fn drafts() -> Vec<Draft> {
    let library = library();
    ["preferred", "acceptable", "escalate"]
        .into_iter()
        .map(|rank| {
            let text = at_rank(&sample(), rank, &library);
            drafted(&text, &library, &mut Report::new()).expect("a draft")
        })
        .collect()
}

/// The sections of the whole agreement.
fn sections(draft: &Draft) -> impl Iterator<Item = &Section> {
    let whole = draft.resolved.documents().first();
    whole
        .into_iter()
        .flat_map(|document| walk::sections(&document.root))
}

/// The sentences of some blocks, each as its words.
fn sentences(blocks: &[Block], found: &mut Vec<Vec<String>>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => cut(&prose(inlines), found),
            Block::List(list) => list.items.iter().for_each(|item| sentences(item, found)),
            Block::Note(inner) => sentences(inner, found),
            Block::Table(_) | Block::Inert(_) => {}
        }
    }
}

fn prose(inlines: &[Inline]) -> String {
    let mut text = String::new();
    walk::leaves(inlines, &mut |inline| match inline {
        Inline::Text(piece) | Inline::Definition(piece) | Inline::Link { text: piece, .. } => {
            text.push_str(piece);
        }
        Inline::Inert(piece) | Inline::Enumerator(piece) => text.push_str(piece),
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
    for draft in drafts() {
        let mut found = Vec::new();
        for section in sections(&draft) {
            sentences(&section.blocks, &mut found);
        }
        let mut lengths: Vec<usize> = found.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        let median = lengths[lengths.len() / 2];
        assert!(
            median <= MEDIAN,
            "half of the sentences have {median} words or more"
        );
    }
}

#[test]
fn no_clause_is_hard() {
    let mut hard = BTreeSet::new();
    for draft in drafts() {
        for section in sections(&draft) {
            let (words, sentences, syllables) = counts(section);
            let grade = grade(words, sentences, syllables);
            if grade > GRADE * 100 {
                hard.insert(format!(
                    "{}: {}.{:02} ({words} words, {sentences} sentences, {syllables} syllables)",
                    section.anchor,
                    grade / 100,
                    grade % 100,
                ));
            }
        }
    }
    assert!(hard.is_empty(), "{hard:#?}");
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
