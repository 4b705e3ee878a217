//! What stands before the words of a line, and what places are called.

use super::Side;
use crate::document::{Anchor, Label, number, walk};
use crate::redline::{Body, Container, Edit, Form, Level, MarkedLine, Redline, Start};
use std::collections::{BTreeMap, BTreeSet};

/// Which of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::write::redline) enum Which {
    Old,
    New,
}

/// The label at the beginning of each line, as each document has it.
#[derive(Debug)]
pub(in crate::write::redline) struct Labels {
    pub(in crate::write::redline) old: Vec<Lead>,
    pub(in crate::write::redline) new: Vec<Lead>,
    /// Lines that are one paragraph in the new document, and in the old one: the first and the last.
    pub(in crate::write::redline) joined: Vec<(usize, usize, Which)>,
}

/// What stands before the words of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::write::redline) struct Lead {
    /// Number or letter, without the space after it.
    pub(in crate::write::redline) label: Option<String>,
    /// Whether it begins an item of a list without letters.
    pub(in crate::write::redline) dash: bool,
}

impl Labels {
    pub(in crate::write::redline) fn of(
        redline: &Redline,
        old: &Side<'_>,
        new: &Side<'_>,
    ) -> Labels {
        let mut joined = Vec::new();
        let old = leads(redline, old, Which::Old, &mut joined);
        let new = leads(redline, new, Which::New, &mut joined);
        joined.sort_by_key(|(first, _, _)| *first);
        // Where halves of one side overlap those of the other, neither is put together.
        let mut apart: Vec<(usize, usize, Which)> = Vec::new();
        for run in joined {
            match apart.last() {
                Some(last) if last.1 >= run.0 => {}
                Some(_) | None => apart.push(run),
            }
        }
        Labels {
            old,
            new,
            joined: apart,
        }
    }
}

/// The leads of one side. The label of a paragraph stands before its first words, and those may stand in an
/// earlier line than its end, if a mark within it belongs to the other document alone.
fn leads(
    redline: &Redline,
    side: &Side<'_>,
    which: Which,
    joined: &mut Vec<(usize, usize, Which)>,
) -> Vec<Lead> {
    let mut leads = vec![Lead::default(); redline.lines.len()];
    let mut items = Items::default();
    let mut first = None;
    for (place, line) in redline.lines.iter().enumerate() {
        let (is_in, form) = match which {
            Which::Old => (line.in_old(), line.old.as_ref()),
            Which::New => (line.in_new(), line.new.as_ref()),
        };
        if !is_in {
            continue;
        }
        if first.is_none() && (form.is_some() || has_words(line, which)) {
            first = Some(place);
        }
        let Some(form) = form else { continue };
        let start = first.take().unwrap_or(place);
        leads[start] = match form {
            Form::Heading { anchor, label, .. } => {
                items.clear();
                Lead {
                    label: side.part.label_of(anchor, *label),
                    dash: false,
                }
            }
            Form::Block { nest, .. } => items.lead(nest),
        };
        if start < place {
            joined.push((start, place, which));
        }
    }
    leads
}

/// Whether `line` has words of this document.
fn has_words(line: &MarkedLine, which: Which) -> bool {
    let other = match which {
        Which::Old => Edit::Inserted,
        Which::New => Edit::Deleted,
    };
    match &line.body {
        Body::Words(pieces) => pieces.iter().any(|piece| piece.edit != other),
        // A table is one line on each side that has it.
        Body::Table(_) => false,
    }
}

/// The lists that are open, the outermost first.
#[derive(Debug, Default)]
struct Items {
    /// The place of the item that is open at each level; notes count nothing.
    open: Vec<usize>,
}

impl Items {
    fn clear(&mut self) {
        self.open.clear();
    }

    /// What stands before a block in `nest`.
    fn lead(&mut self, nest: &[Level]) -> Lead {
        let mut lead = Lead::default();
        let mut depth = 0;
        for (place, level) in nest.iter().enumerate() {
            match level.start {
                Start::Whole => {
                    self.open.truncate(place);
                    self.open.push(0);
                }
                Start::Item => {
                    self.open.truncate(place + 1);
                    match self.open.get_mut(place) {
                        Some(count) => *count += 1,
                        None => self.open.push(0),
                    }
                }
                Start::Nothing if self.open.len() <= place => self.open.push(0),
                Start::Nothing => {}
            }
            let begins = level.start != Start::Nothing;
            match level.container {
                Container::Note => depth = 0,
                Container::Item { ordered: true } => {
                    if begins {
                        let label = number::item(depth, self.open[place]);
                        lead.label = Some(match lead.label.take() {
                            Some(outer) => format!("{outer} {label}"),
                            None => label,
                        });
                    }
                    depth += 1;
                }
                Container::Item { ordered: false } => lead.dash |= begins,
            }
        }
        self.open.truncate(nest.len());
        lead
    }
}

/// What can be linked to on the page, and what sections are called.
#[derive(Debug)]
pub(in crate::write::redline) struct Places<'a> {
    /// What has the name `at_...`: sections and tables of the new document.
    at: BTreeSet<&'a Anchor>,
    /// What has the name `was_...`: those of the old document that are not there, or not in their place.
    was: BTreeSet<&'a Anchor>,
    /// What an old section is called now.
    now: BTreeMap<&'a Anchor, &'a Anchor>,
    old: BTreeMap<&'a Anchor, Name>,
    new: BTreeMap<&'a Anchor, Name>,
}

/// What a section is called.
#[derive(Debug, Clone, Default)]
pub(in crate::write::redline) struct Name {
    /// Its number or letter, without the stop after it.
    pub(in crate::write::redline) number: Option<String>,
    pub(in crate::write::redline) title: String,
}

impl Name {
    /// Number and title.
    pub(in crate::write::redline) fn full(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }

    /// The number, or the title if there is none.
    pub(in crate::write::redline) fn short(&self) -> &str {
        self.number.as_ref().unwrap_or(&self.title)
    }
}

impl<'a> Places<'a> {
    pub(in crate::write::redline) fn of(
        redline: &'a Redline,
        old: &Side<'a>,
        new: &Side<'a>,
    ) -> Places<'a> {
        let mut at = BTreeSet::new();
        let mut was = BTreeSet::new();
        for line in &redline.lines {
            let (before, after) = (anchor(line, Which::Old), anchor(line, Which::New));
            match after {
                Some(after) if line.in_new() => {
                    at.insert(after);
                }
                Some(_) | None => was.extend(before),
            }
        }
        Places {
            at,
            was,
            now: redline
                .sections
                .iter()
                .map(|(old, new)| (old, new))
                .collect(),
            old: names(old),
            new: names(new),
        }
    }

    /// The element that `to` leads to, if it is on the page.
    pub(in crate::write::redline) fn link(&self, to: &Anchor, which: Which) -> Option<String> {
        let now = self.now.get(to).copied();
        match which {
            Which::Old if self.was.contains(to) => Some(format!("#was_{to}")),
            Which::Old => {
                let now = now.unwrap_or(to);
                self.at.contains(now).then(|| format!("#at_{now}"))
            }
            Which::New if self.at.contains(to) => Some(format!("#at_{to}")),
            Which::New => self.was.contains(to).then(|| format!("#was_{to}")),
        }
    }

    /// What the section `anchor` is called, in the new document if it has it.
    pub(in crate::write::redline) fn name(&self, anchor: &Anchor) -> Name {
        let name = self.new.get(anchor).or_else(|| self.old.get(anchor));
        name.cloned().unwrap_or_default()
    }

    /// What the section `anchor` is called in one of the documents.
    pub(in crate::write::redline) fn name_in(&self, anchor: &Anchor, which: Which) -> Name {
        let names = match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        };
        names.get(anchor).cloned().unwrap_or_default()
    }
}

/// The name of the section or table that `line` is in one of the documents.
pub(in crate::write::redline) fn anchor(line: &MarkedLine, which: Which) -> Option<&Anchor> {
    let form = match which {
        Which::Old => line.old.as_ref()?,
        Which::New => line.new.as_ref()?,
    };
    match (form, &line.body) {
        (Form::Heading { anchor, .. }, _) => Some(anchor),
        (Form::Block { .. }, Body::Table(table)) => match which {
            Which::Old => table.old_anchor.as_ref(),
            Which::New => table.new_anchor.as_ref(),
        },
        (Form::Block { .. }, Body::Words(_)) => None,
    }
}

fn names<'a>(side: &Side<'a>) -> BTreeMap<&'a Anchor, Name> {
    let mut names = BTreeMap::new();
    let mut exhibit = None;
    for section in walk::sections(side.part.root()) {
        let number = side.part.label(section);
        let number = number.map(|number| number.trim_end_matches(['.', ':']).to_owned());
        match section.label {
            Label::Exhibit => exhibit = side.part.resolved().numbers().get(&section.anchor),
            Label::Part => exhibit = None,
            Label::Title | Label::Number => {}
        }
        // Numbers begin anew in every exhibit: "A, 5.3".
        let number = match (section.label, exhibit) {
            (Label::Number, Some(letter)) => number.map(|number| format!("{letter}, {number}")),
            (Label::Title | Label::Number | Label::Part | Label::Exhibit, _) => number,
        };
        let title = walk::text(&section.title);
        names.insert(&section.anchor, Name { number, title });
    }
    names
}
