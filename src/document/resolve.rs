//! References led to their targets: from documents that say "the section named `liability`" to a package in
//! which that prints as "Section 9 (Limitation of Liability)".
//!
//! In: the documents and the words that references are printed with. Out: [`Resolved`], whose fields are
//! private, so that a reference that leads nowhere cannot reach a writer; or every [`Trouble`].

mod part;
mod survey;

pub use part::{Form, Part, Shown};

use super::number::Numbers;
use super::terms::Terms;
use super::{Anchor, Document, Label, Section};
use crate::index::Index;
use serde::Deserialize;
use survey::Survey;

/// Every printed word of labels and references: lawyers own them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Before the number of a section: "Section".
    pub section: String,
    /// Before the letter of an exhibit: "Exhibit".
    pub exhibit: String,
    /// Between a section and the part that it is in: "of".
    pub of: String,
    /// Before the title of a part, seen from outside: "the".
    pub the: String,
    /// Before the title of a part, seen from inside: "this".
    pub this: String,
    /// An exhibit, seen from inside: "this Exhibit".
    pub this_exhibit: String,
}

/// What is written together: documents, and which of their sections are written as files of their own too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The documents; the first is the main one, which holds the agreement with all its exhibits.
    pub documents: Vec<Document>,
    /// The sections that are also written alone. They are views of the tree, not copies.
    pub lone: Vec<Lone>,
}

/// A section that is also written as a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lone {
    /// The file name without its ending, such as `exhibit-economics`.
    pub name: String,
    /// The section.
    pub anchor: Anchor,
}

/// What stands in the way of printing. Places are the anchors of sections: the tree knows no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A reference to a name that no section and no table has.
    Dangling {
        /// The section where the reference stands.
        from: Anchor,
        /// The name that it gives.
        to: Anchor,
    },
    /// Two sections or tables with one name, or a term's name taken by one of them.
    DuplicateAnchor {
        /// The name.
        anchor: Anchor,
        /// The section that has it first, or holds the table or term that does.
        first: Anchor,
        /// The section that has it again, or holds the table or term that does.
        again: Anchor,
    },
    /// A term that is defined twice.
    DoubledDefinition {
        /// The term.
        term: String,
        /// The section that defines it first.
        first: Anchor,
        /// The section that defines it again.
        again: Anchor,
    },
    /// A file of its own for a section that does not exist.
    NoSuchPart {
        /// The file.
        name: String,
        /// The missing section.
        anchor: Anchor,
    },
    /// Two files with one name.
    DuplicateName {
        /// The name.
        name: String,
    },
}

/// A package that cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The package as it was.
    pub package: Package,
    /// What stands in the way.
    pub troubles: Vec<Trouble>,
}

/// Documents in which every reference leads somewhere.
#[derive(Debug, Clone)]
pub struct Resolved {
    documents: Vec<Document>,
    lone: Vec<Lone>,
    words: Words,
    numbers: Numbers,
    terms: Terms,
    /// Every section of every document, in reading order.
    sections: Vec<Known>,
    targets: Index<Anchor, Target>,
    /// Which section refers to which: their places, in reading order.
    links: Vec<(usize, usize)>,
}

/// What references need to know of a section.
#[derive(Debug, Clone)]
struct Known {
    /// Its document.
    document: usize,
    /// The place after the last section under it.
    end: usize,
    /// The part or exhibit, or else the document, whose numbers it takes.
    home: usize,
    /// The section whose number and title stand for it: itself, or its parent if it is alone there.
    shown: usize,
    anchor: Anchor,
    label: Label,
    /// Its number or letter, or nothing.
    number: String,
    title: String,
}

/// Where an anchor leads.
#[derive(Debug, Clone)]
enum Target {
    Section(usize),
    Table { section: usize, caption: String },
}

/// Leads every reference of `package` to its target.
///
/// # Errors
///
/// Every [`Trouble`], in reading order by kind: names, definitions, references, files.
pub fn resolve(package: Package, words: Words) -> Result<Resolved, Unresolved> {
    let Package { documents, lone } = package;
    let numbers = Numbers::of(&documents);
    let (survey, terms) = Survey::of(&documents, &lone, &numbers);
    let Survey {
        sections,
        targets,
        troubles,
        links,
        ..
    } = survey;
    if troubles.is_empty() {
        Ok(Resolved {
            documents,
            lone,
            words,
            numbers,
            terms,
            sections,
            targets,
            links,
        })
    } else {
        let package = Package { documents, lone };
        Err(Unresolved { package, troubles })
    }
}

impl Resolved {
    /// The documents.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The same documents with the line that says which draft they are.
    #[must_use]
    pub fn with_imprint(mut self, imprint: &str) -> Resolved {
        for document in &mut self.documents {
            document.imprint = Some(imprint.to_owned());
        }
        self
    }

    /// The numbers of sections and letters of exhibits.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The defined terms.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Which of `parts`, by their places, refer to which others: in order, each pair once.
    pub fn links_between(&self, parts: &[&Section]) -> Vec<(usize, usize)> {
        let mut part_of = vec![None; self.sections.len()];
        for (part, root) in parts.iter().enumerate() {
            if let Some(Target::Section(place)) = self.targets.get(&root.anchor) {
                part_of[*place..self.sections[*place].end].fill(Some(part));
            }
        }
        let links = self.links.iter();
        let between = links.filter_map(|(from, to)| Some((part_of[*from]?, part_of[*to]?)));
        let mut between: Vec<(usize, usize)> = between.filter(|(from, to)| from != to).collect();
        between.sort_unstable();
        between.dedup();
        between
    }

    /// The words that labels and references are printed with.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Everything that is written as a file: the documents, then the sections that are written alone.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let whole = self
            .documents
            .iter()
            .map(|document| (&document.name, &document.root.anchor));
        let lone = self.lone.iter().map(|lone| (&lone.name, &lone.anchor));
        whole
            .chain(lone)
            .filter_map(|(name, anchor)| self.view(name, anchor))
    }

    /// The part with this file name.
    pub fn part(&self, name: &str) -> Option<Part<'_>> {
        self.parts().find(|part| part.name() == name)
    }
}

#[cfg(test)]
mod tests;
