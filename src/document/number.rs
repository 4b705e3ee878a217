//! The numbers of sections and the letters of exhibits, as a side table.
//!
//! In: documents in the order in which they are read. Out: [`Numbers`]. The tree holds no number, so a new
//! first clause is one insertion and not fifty changed headings.

mod exhibits;

pub use exhibits::{exhibit_order, exhibits_met, met_before_list};

use super::{Anchor, Document, Label, Section};
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

#[cfg(test)]
mod tests;
