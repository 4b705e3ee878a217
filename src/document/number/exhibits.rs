//! The exhibits in the order of the first references to them, which is the order of their letters.

use crate::document::{Anchor, Document, Inline, Label, Section, walk};
use crate::index::Index;

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
    let mut met = Met::of(documents);
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
    let mut met = Met::of(documents);
    let roots = documents.iter().map(|document| &document.root);
    let sections = roots.flat_map(walk::sections);
    // How many were met where what may be the list began, and how much of it was read.
    let (mut before, mut read) = (0, 0);
    for section in sections {
        if met.inside.contains_key(&section.anchor) {
            continue;
        }
        each_reference(section, &mut |to| {
            if read < listed.len() {
                if listed[read] != *to {
                    read = 0;
                }
                if read == 0 {
                    before = met.order.len();
                }
                read += usize::from(listed[read] == *to);
                met.follow(to);
            }
        });
        if read == listed.len() {
            return Some(before);
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
    /// The exhibits of `documents`, none of them met.
    fn of(documents: &'a [Document]) -> Met<'a> {
        let mut met = Met::default();
        for document in documents {
            met.place(&document.root, None);
        }
        met.found = vec![false; met.exhibits.len()];
        met
    }

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
        if self.order.len() < self.exhibits.len() {
            each_reference(section, &mut |to| self.follow(to));
        }
    }

    /// Notes the exhibit that a reference leads to.
    fn follow(&mut self, to: &Anchor) {
        if let Some(&exhibit) = self.inside.get(to)
            && !std::mem::replace(&mut self.found[exhibit], true)
        {
            self.order.push(exhibit);
        }
    }
}

/// Shows `see` the references in the blocks of `section` itself, in reading order.
fn each_reference<'s>(section: &'s Section, see: &mut impl FnMut(&'s Anchor)) {
    walk::runs(&section.blocks, &mut |words| {
        walk::leaves(words, &mut |inline| {
            if let Inline::Reference(to) = inline {
                see(to);
            }
        });
    });
}
