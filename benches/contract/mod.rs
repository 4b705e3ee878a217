//! A contract of any length, made from a seed, and what a hand has changed in it: with the truth of every edit.
//!
//! Words are drawn at random, the common ones often, so that no two paragraphs are alike and every phrase is new.
//! Each edit stands in a paragraph of its own; where it begins and ends is never in doubt.

use engross::document::{Anchor, Block, Document, Inline, Label, Section};
use std::collections::BTreeMap;

/// How many of each edit are made.
#[derive(Debug, Clone, Copy)]
pub struct Edits {
    pub words: usize,
    pub phrases_in: usize,
    pub phrases_out: usize,
    pub sentences_in: usize,
    pub sentences_out: usize,
    pub sections_in: usize,
    pub sections_out: usize,
    pub sections_moved: usize,
    pub paragraphs_moved: usize,
}

/// Five hundred edits in 300 pages.
pub const FULL: Edits = Edits {
    words: 300,
    phrases_in: 60,
    phrases_out: 60,
    sentences_in: 30,
    sentences_out: 20,
    sections_in: 10,
    sections_out: 10,
    sections_moved: 5,
    paragraphs_moved: 5,
};

/// A contract, what became of it, and what was done.
#[derive(Debug, Clone)]
pub struct Contract {
    pub old: Document,
    pub new: Document,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "benches measure, tests compare")
    )]
    #[allow(
        dead_code,
        reason = "the bench reads the texts alone, and a test what was done to them"
    )]
    pub truth: Truth,
}

/// What was done, to the word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// Each edit, as what it struck and what it put in, and how often that was done.
    pub edits: BTreeMap<(String, String), usize>,
    /// What moved: the words of every section and paragraph that stands elsewhere.
    pub moved: Vec<String>,
    pub deleted: usize,
    pub inserted: usize,
    pub words_moved: usize,
}

impl Truth {
    fn edit(&mut self, struck: &str, written: &str) {
        self.deleted += count(struck);
        self.inserted += count(written);
        let edit = (struck.to_owned(), written.to_owned());
        *self.edits.entry(edit).or_default() += 1;
    }
}

/// Words parted by spaces.
fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A generator of numbers that is the same everywhere: xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).expect("48 bits") % most
    }
}

const COMMON: &str = "the of and to in or any by for shall be that this such with not as under its on may \
    will is other from at an all no which are has been each either";

const RARE: &str = "agreement party parties services customer provider fees notice term termination \
    obligations rights information confidential data personal property intellectual license software \
    liability damages breach cure period business written consent applicable law regulation governing \
    jurisdiction dispute arbitration warranty disclaimer indemnify defend claims losses third insurance \
    force majeure assignment successor amendment waiver severability entire counterpart notices delivery \
    acceptance payment invoice taxes interest currency records audit inspection report review schedule \
    exhibit order statement work deliverable milestone specification standard performance level support \
    maintenance update release documentation training personnel subcontractor affiliate control change \
    ownership merger acquisition sale asset security incident privacy compliance certification policy \
    procedure access use restriction permitted prohibited purpose reasonable effort material prompt \
    immediate prior subsequent effective date renewal extension expiry survival remedy equitable relief \
    injunction costs expenses attorney proceeding settlement judgment exclusion limitation aggregate cap \
    direct indirect consequential special punitive revenue profit goodwill reputation territory market \
    channel referral commission lead account prospect qualified registration approval brand trademark \
    publicity announcement marketing material campaign budget forecast target threshold tier bonus";

/// Words that stand in no contract until they are put in.
const NEW: &str = "amber basalt cedar dune ember fjord garnet heron indigo jasper kelp larch maple nectar \
    onyx poplar quartz raven saffron thistle umber vervain willow yarrow zephyr";

struct Writer {
    dice: Dice,
    common: Vec<&'static str>,
    rare: Vec<&'static str>,
    new: Vec<&'static str>,
}

impl Writer {
    fn word(&mut self) -> &'static str {
        let from = if self.dice.below(100) < 45 {
            &self.common
        } else {
            &self.rare
        };
        from[self.dice.below(from.len())]
    }

    fn new_word(&mut self) -> &'static str {
        self.new[self.dice.below(self.new.len())]
    }

    fn sentence(&mut self) -> String {
        let length = 14 + self.dice.below(15);
        let mut text = String::new();
        let mut last = "";
        for place in 0..length {
            let mut word = self.word();
            while word == last {
                word = self.word();
            }
            last = word;
            if place == 0 {
                text.push_str(&word[..1].to_uppercase());
                text.push_str(&word[1..]);
            } else {
                text.push(' ');
                text.push_str(word);
            }
        }
        text + "."
    }

    fn paragraph(&mut self) -> Vec<String> {
        (0..4 + self.dice.below(3))
            .map(|_| self.sentence())
            .collect()
    }

    fn section(&mut self, name: String) -> Draft {
        let title = format!("{} {} {}", self.word(), self.word(), self.new_word());
        Draft {
            title: format!("{title} {name}"),
            name,
            paragraphs: (0..5).map(|_| self.paragraph()).collect(),
        }
    }
}

/// A section, its paragraphs by sentences.
#[derive(Debug, Clone)]
struct Draft {
    name: String,
    title: String,
    paragraphs: Vec<Vec<String>>,
}

impl Draft {
    fn text(&self) -> String {
        let paragraphs: Vec<String> = self
            .paragraphs
            .iter()
            .map(|sentences| sentences.join(" "))
            .collect();
        format!("{} {}", self.title, paragraphs.join(" "))
    }

    fn section(&self) -> Section {
        Section {
            anchor: anchor(&self.name),
            label: Label::Number,
            title: vec![Inline::Text(self.title.clone())],
            blocks: self
                .paragraphs
                .iter()
                .map(|sentences| Block::Paragraph(vec![Inline::Text(sentences.join(" "))]))
                .collect(),
            sections: Vec::new(),
        }
    }
}

fn anchor(name: &str) -> Anchor {
    name.parse().expect("an anchor")
}

fn document(name: &str, sections: &[Draft]) -> Document {
    Document {
        name: name.to_owned(),
        imprint: None,
        root: Section {
            anchor: anchor("agreement"),
            label: Label::Title,
            title: vec![Inline::Text("Master Agreement".into())],
            blocks: Vec::new(),
            sections: sections.iter().map(Draft::section).collect(),
        },
    }
}

/// A contract of about `words` words, and the same after `edits`, of which there must be room for all.
///
/// With `renumbered`, a section of one word is put before all others, so that every number is another.
pub fn contract(seed: u64, words: usize, edits: &Edits, renumbered: bool) -> Contract {
    let list = |words: &'static str| -> Vec<&'static str> { words.split_whitespace().collect() };
    let mut writer = Writer {
        dice: Dice(seed.wrapping_mul(2) + 1),
        common: list(COMMON),
        rare: list(RARE),
        new: list(NEW),
    };
    let mut old = Vec::new();
    let mut length = 0;
    while length < words {
        let section = writer.section(format!("s{}", old.len()));
        length += count(&section.text());
        old.push(section);
    }
    let mut truth = Truth::default();
    let mut new = old.clone();
    // Every edit has a paragraph to itself; whole sections come from the end of a shuffled list.
    let mut sections = shuffled(&mut writer.dice, (0..old.len()).collect());
    let struck = sections.split_off(sections.len() - edits.sections_out);
    let moved = sections.split_off(sections.len() - edits.sections_moved);
    let places: Vec<(usize, usize)> = sections
        .iter()
        .flat_map(|section| (0..5).map(|paragraph| (*section, paragraph)))
        .collect();
    let mut places = shuffled(&mut writer.dice, places).into_iter();
    let mut place = || places.next().expect("room for every edit");
    for _ in 0..edits.words {
        let (section, paragraph) = place();
        let with = writer.new_word();
        change(
            &mut writer.dice,
            &mut new[section].paragraphs[paragraph],
            &mut truth,
            1,
            Some(with),
        );
    }
    for _ in 0..edits.phrases_in {
        let (section, paragraph) = place();
        let phrase: Vec<&str> = (0..3 + writer.dice.below(4))
            .map(|_| writer.new_word())
            .collect();
        change(
            &mut writer.dice,
            &mut new[section].paragraphs[paragraph],
            &mut truth,
            0,
            Some(&phrase.join(" ")),
        );
    }
    for _ in 0..edits.phrases_out {
        let (section, paragraph) = place();
        let length = 3 + writer.dice.below(4);
        change(
            &mut writer.dice,
            &mut new[section].paragraphs[paragraph],
            &mut truth,
            length,
            None,
        );
    }
    for _ in 0..edits.sentences_in {
        let (section, paragraph) = place();
        let sentence = writer.sentence();
        truth.edit("", &sentence);
        let sentences = &mut new[section].paragraphs[paragraph];
        let at = 1 + writer.dice.below(sentences.len() - 1);
        sentences.insert(at, sentence);
    }
    for _ in 0..edits.sentences_out {
        let (section, paragraph) = place();
        let sentences = &mut new[section].paragraphs[paragraph];
        let at = 1 + writer.dice.below(sentences.len() - 2);
        truth.edit(&sentences.remove(at), "");
    }
    let mut used = Vec::new();
    for _ in 0..edits.paragraphs_moved {
        // From and to sections that no other paragraph moves from or to.
        let mut fresh = || loop {
            let (section, paragraph) = place();
            if !used.contains(&section) {
                used.push(section);
                return (section, paragraph);
            }
        };
        let (from, paragraph) = fresh();
        let (to, _) = fresh();
        let taken = new[from].paragraphs.remove(paragraph);
        truth.moved.push(taken.join(" "));
        let at = writer.dice.below(new[to].paragraphs.len() + 1);
        new[to].paragraphs.insert(at, taken);
    }
    for section in &struck {
        truth.edit(&old[*section].text(), "");
    }
    for section in &moved {
        truth.moved.push(old[*section].text());
    }
    truth.words_moved = truth.moved.iter().map(|text| count(text)).sum();
    let mut order: Vec<Draft> = Vec::new();
    let mut taken: Vec<Draft> = Vec::new();
    for (at, section) in new.into_iter().enumerate() {
        if moved.contains(&at) {
            taken.push(section);
        } else if !struck.contains(&at) {
            order.push(section);
        }
    }
    // A section moves by at least a quarter of the contract.
    for (number, section) in taken.into_iter().enumerate() {
        let was: usize = section.name[1..].parse().expect("a number");
        let quarter = order.len() / 4;
        let by = quarter + number * quarter / edits.sections_moved;
        order.insert((was + by) % order.len(), section);
    }
    for number in 0..edits.sections_in {
        let section = writer.section(format!("added-{number}"));
        truth.edit("", &section.text());
        let at = (number * 2 + 1) * order.len() / (2 * edits.sections_in);
        order.insert(at, section);
    }
    let mut new = document("new", &order);
    if renumbered {
        let first = Draft {
            name: "before-all".into(),
            title: "Preliminary".into(),
            paragraphs: Vec::new(),
        };
        truth.edit("", "Preliminary");
        new.root.sections.insert(0, first.section());
    }
    Contract {
        old: document("old", &old),
        new,
        truth,
    }
}

fn shuffled<T>(dice: &mut Dice, mut list: Vec<T>) -> Vec<T> {
    for at in (1..list.len()).rev() {
        list.swap(at, dice.below(at + 1));
    }
    list
}

/// Strikes `length` words within a sentence and puts `with` in their place.
///
/// The words before and after stay, and differ from the ends of what is struck, so that it is in no doubt.
fn change(
    dice: &mut Dice,
    sentences: &mut [String],
    truth: &mut Truth,
    length: usize,
    with: Option<&str>,
) {
    loop {
        let at = dice.below(sentences.len());
        let words: Vec<&str> = sentences[at].split(' ').collect();
        let Some(room) = words.len().checked_sub(length + 3) else {
            continue;
        };
        let start = 1 + dice.below(room);
        let end = start + length;
        if with.is_none() && (words[start] == words[end] || words[start - 1] == words[end - 1]) {
            continue;
        }
        let mut left: Vec<&str> = words[..start].to_vec();
        left.extend(with);
        left.extend(&words[end..]);
        truth.edit(&words[start..end].join(" "), with.unwrap_or_default());
        sentences[at] = left.join(" ");
        return;
    }
}
