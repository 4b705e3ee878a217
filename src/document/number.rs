//! The numbers of sections and the letters of exhibits, as a side table.
//!
//! In: documents in the order in which they are read. Out: [`Numbers`]. The tree holds no number, so a new
//! first clause is one insertion and not fifty changed headings.

use super::walk;
use super::{Anchor, Document, Inline, Label, Section};
use crate::index::Index;

/// The bare number or letter of each section that has one: `9`, `9.1`, `A`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    by_anchor: Index<Anchor, String>,
}

impl Numbers {
    /// The numbers of all sections of `documents`.
    ///
    /// Numbers start afresh in every part and exhibit; sections with a title alone are passed through.
    /// The only numbered section under a numbered one has no number: it is read as a piece of its parent.
    /// Exhibits have letters in the order in which they stand.
    pub fn of(documents: &[Document]) -> Numbers {
        let mut numbers = Numbers::default();
        let mut exhibits = 0;
        for document in documents {
            numbers.place(&document.root, "", &mut 0, false, &mut exhibits);
        }
        numbers
    }

    /// The number or letter of this section, if it has one.
    pub fn get(&self, section: &Anchor) -> Option<&str> {
        self.by_anchor.get(section).map(String::as_str)
    }

    /// Numbers `section`, the next after `count` others under the number `prefix`.
    fn place(
        &mut self,
        section: &Section,
        prefix: &str,
        count: &mut usize,
        lone: bool,
        exhibits: &mut usize,
    ) {
        match section.label {
            Label::Title => {
                for child in &section.sections {
                    self.place(child, prefix, count, lone, exhibits);
                }
            }
            Label::Number => {
                *count += 1;
                let number = if lone {
                    prefix.to_owned()
                } else if prefix.is_empty() {
                    count.to_string()
                } else {
                    format!("{prefix}.{count}")
                };
                let lone_child = numbered(&section.sections) == 1;
                let mut below = 0;
                for child in &section.sections {
                    self.place(child, &number, &mut below, lone_child, exhibits);
                }
                if !lone {
                    self.by_anchor.insert(section.anchor.clone(), number);
                }
            }
            Label::Part | Label::Exhibit => {
                if section.label == Label::Exhibit {
                    *exhibits += 1;
                    let letter = letters(*exhibits).to_ascii_uppercase();
                    self.by_anchor.insert(section.anchor.clone(), letter);
                }
                let mut below = 0;
                for child in &section.sections {
                    self.place(child, "", &mut below, false, exhibits);
                }
            }
        }
    }
}

/// How many sections take a number side by side, looking through those with a title alone.
fn numbered(sections: &[Section]) -> usize {
    sections
        .iter()
        .map(|section| match section.label {
            Label::Number => 1,
            Label::Title => numbered(&section.sections),
            Label::Part | Label::Exhibit => 0,
        })
        .sum()
}

/// The label of an item of an ordered list: its place from 0, under `depth` other ordered lists.
///
/// `(a)`, then `(i)`, then `(A)`, then `(1)`, and round again.
pub fn item(depth: usize, place: usize) -> String {
    let count = place + 1;
    match depth % 4 {
        0 => format!("({})", letters(count)),
        1 => format!("({})", roman(count)),
        2 => format!("({})", letters(count).to_ascii_uppercase()),
        _ => format!("({count})"),
    }
}

/// `count`, from 1, in letters: a, b, ... z, aa, ab.
fn letters(mut count: usize) -> String {
    let mut reversed = Vec::new();
    while count > 0 {
        count -= 1;
        reversed.push(char::from(b'a' + u8::try_from(count % 26).unwrap_or(0)));
        count /= 26;
    }
    reversed.iter().rev().collect()
}

/// `count`, from 1, in small Roman figures.
fn roman(mut count: usize) -> String {
    const FIGURES: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, figure) in FIGURES {
        while count >= value {
            text.push_str(figure);
            count -= value;
        }
    }
    text
}

/// The exhibits by first reference, for those who put them in order.
///
/// Reading starts with everything that is in no exhibit; then come the exhibits in the order in which they
/// were found, each adding those that it is the first to name. Exhibits that nothing refers to come last,
/// in the order in which they stand; see [`exhibits_met`].
pub fn exhibit_order(documents: &[Document]) -> Vec<Anchor> {
    let (mut order, orphans) = exhibits_met(documents);
    order.extend(orphans);
    order
}

/// The exhibits that references lead to, in that order; and the orphans, to which none leads from outside or
/// from an exhibit that is itself referred to.
pub fn exhibits_met(documents: &[Document]) -> (Vec<Anchor>, Vec<Anchor>) {
    let mut met = Met::default();
    for document in documents {
        met.place(&document.root, None);
    }
    met.found = vec![false; met.exhibits.len()];
    for document in documents {
        met.read_outside(&document.root);
    }
    let mut next = 0;
    while let Some(&exhibit) = met.order.get(next) {
        next += 1;
        for section in walk::sections(met.exhibits[exhibit]) {
            met.read(section);
        }
    }
    let anchor = |exhibit: usize| met.exhibits[exhibit].anchor.clone();
    let orphans = (0..met.exhibits.len()).filter(|exhibit| !met.found[*exhibit]);
    (
        met.order.iter().copied().map(anchor).collect(),
        orphans.map(anchor).collect(),
    )
}

/// How many of the exhibits `listed` references lead to before the first list of all of them, one after the other;
/// `None` if there is none.
pub fn met_before_list(documents: &[Document], listed: &[Anchor]) -> Option<usize> {
    let mut met = Met::default();
    for document in documents {
        met.place(&document.root, None);
    }
    let mut found = vec![false; met.exhibits.len()];
    // How many exhibits were met, now and where what may be the list began; and how much of it was read.
    let (mut count, mut before, mut read) = (0, 0, 0);
    for document in documents {
        for section in walk::sections(&document.root) {
            if met.inside.contains_key(&section.anchor) {
                continue;
            }
            walk::runs(&section.blocks, &mut |words| {
                walk::leaves(words, &mut |inline| {
                    let Inline::Reference(to) = inline else {
                        return;
                    };
                    if read == listed.len() {
                        return;
                    }
                    if listed[read] != *to {
                        read = 0;
                    }
                    if listed[read] == *to {
                        before = if read == 0 { count } else { before };
                        read += 1;
                    }
                    if let Some(&exhibit) = met.inside.get(to)
                        && !std::mem::replace(&mut found[exhibit], true)
                    {
                        count += 1;
                    }
                });
            });
            if read == listed.len() {
                return Some(before);
            }
        }
    }
    None
}

/// Which exhibits there are, and which were met.
#[derive(Default)]
struct Met<'a> {
    exhibits: Vec<&'a Section>,
    /// Which exhibit, by its place in `exhibits`, each anchor of a section or table lies in.
    inside: Index<&'a Anchor, usize>,
    /// The exhibits that a reference led to, by their places.
    order: Vec<usize>,
    /// Whether each is one of them.
    found: Vec<bool>,
}

impl<'a> Met<'a> {
    /// Notes the exhibits in `section`, and what lies in them.
    fn place(&mut self, section: &'a Section, within: Option<usize>) {
        let within = match (section.label, within) {
            (Label::Exhibit, None) => {
                self.exhibits.push(section);
                Some(self.exhibits.len() - 1)
            }
            (Label::Exhibit | Label::Title | Label::Number | Label::Part, within) => within,
        };
        if let Some(exhibit) = within {
            self.inside.insert(&section.anchor, exhibit);
            walk::tables(&section.blocks, &mut |table| {
                if let Some(anchor) = &table.anchor {
                    self.inside.insert(anchor, exhibit);
                }
            });
        }
        for child in &section.sections {
            self.place(child, within);
        }
    }

    /// Follows the references that stand in no exhibit, in reading order.
    fn read_outside(&mut self, section: &Section) {
        if section.label == Label::Exhibit {
            return;
        }
        self.read(section);
        for child in &section.sections {
            self.read_outside(child);
        }
    }

    /// Follows the references in the blocks of `section` itself, as long as there is an exhibit to be found.
    fn read(&mut self, section: &Section) {
        if self.order.len() == self.exhibits.len() {
            return;
        }
        walk::runs(&section.blocks, &mut |words| {
            walk::leaves(words, &mut |inline| {
                if let Inline::Reference(to) = inline
                    && let Some(&exhibit) = self.inside.get(to)
                    && !std::mem::replace(&mut self.found[exhibit], true)
                {
                    self.order.push(exhibit);
                }
            });
        });
    }
}

#[cfg(test)]
mod tests;
