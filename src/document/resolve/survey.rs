//! What names there are in a package, and what is wrong with them.

use super::{Known, Lone, Target, Trouble};
use crate::document::number::Numbers;
use crate::document::terms::Terms;
use crate::document::{Anchor, Document, Inline, Label, Section, walk};
use crate::index::Index;

/// What is gathered on the way.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) sections: Vec<Known>,
    pub(super) targets: Index<Anchor, Target>,
    pub(super) troubles: Vec<Trouble>,
}

impl Survey {
    /// All names in `documents`, and everything that is wrong with them.
    pub(super) fn of(
        documents: &[Document],
        lone: &[Lone],
        numbers: &Numbers,
        terms: &Terms,
    ) -> Survey {
        let mut survey = Survey::default();
        for (document, Document { root, .. }) in documents.iter().enumerate() {
            survey.visit(root, document, None, None, numbers);
        }
        survey.definitions(documents, terms);
        survey.references(documents);
        survey.files(documents, lone);
        survey
    }

    /// Notes `section` and all that is under it.
    fn visit(
        &mut self,
        section: &Section,
        document: usize,
        home: Option<usize>,
        numbered: Option<usize>,
        numbers: &Numbers,
    ) {
        let place = self.sections.len();
        let home = match (section.label, home) {
            (Label::Part | Label::Exhibit, _) | (Label::Title | Label::Number, None) => place,
            (Label::Title | Label::Number, Some(home)) => home,
        };
        let number = numbers.get(&section.anchor).unwrap_or_default();
        let has_number = !number.is_empty();
        let (shown, numbered) = match section.label {
            Label::Number if has_number => (place, Some(place)),
            Label::Number => (numbered.unwrap_or(place), numbered),
            Label::Title => (place, numbered),
            Label::Part | Label::Exhibit => (place, None),
        };
        self.sections.push(Known {
            document,
            end: place,
            home,
            shown,
            anchor: section.anchor.clone(),
            label: section.label,
            number: number.to_owned(),
            title: walk::text(&section.title),
        });
        self.name(&section.anchor, Target::Section(place));
        walk::tables(&section.blocks, &mut |table| {
            if let Some(anchor) = &table.anchor {
                let caption = walk::text(&table.caption);
                self.name(
                    anchor,
                    Target::Table {
                        section: place,
                        caption,
                    },
                );
            }
        });
        for child in &section.sections {
            self.visit(child, document, Some(home), numbered, numbers);
        }
        self.sections[place].end = self.sections.len();
    }

    /// Gives the name `anchor` to `target`, unless it is taken.
    fn name(&mut self, anchor: &Anchor, target: Target) {
        let again = self.section_of(&target).clone();
        if let Some(taken) = self.targets.get(anchor) {
            let trouble = Trouble::DuplicateAnchor {
                anchor: anchor.clone(),
                first: self.section_of(taken).clone(),
                again,
            };
            self.troubles.push(trouble);
        } else {
            self.targets.insert(anchor.clone(), target);
        }
    }

    /// The section that `target` is or stands in.
    fn section_of(&self, target: &Target) -> &Anchor {
        match target {
            Target::Section(place) | Target::Table { section: place, .. } => {
                &self.sections[*place].anchor
            }
        }
    }

    /// Finds terms that are defined twice, or whose names are taken.
    fn definitions(&mut self, documents: &[Document], terms: &Terms) {
        for term in terms.list() {
            if let Some(taken) = self.targets.get(&term.anchor) {
                let trouble = Trouble::DuplicateAnchor {
                    anchor: term.anchor.clone(),
                    first: self.section_of(taken).clone(),
                    again: term.section.clone(),
                };
                self.troubles.push(trouble);
            }
        }
        let mut seen: Index<&str, &Anchor> = Index::default();
        each_leaf(documents, |section, inline| {
            if let Inline::Definition(term) = inline
                && let Some(first) = seen.insert(term, &section.anchor)
            {
                self.troubles.push(Trouble::DoubledDefinition {
                    term: term.clone(),
                    first: first.clone(),
                    again: section.anchor.clone(),
                });
            }
        });
    }

    /// Finds references that lead nowhere.
    fn references(&mut self, documents: &[Document]) {
        each_leaf(documents, |section, inline| {
            if let Inline::Reference(to) = inline
                && !self.targets.contains_key(to)
            {
                self.troubles.push(Trouble::Dangling {
                    from: section.anchor.clone(),
                    to: to.clone(),
                });
            }
        });
    }

    /// Finds files without a section, and names that are taken.
    fn files(&mut self, documents: &[Document], lone: &[Lone]) {
        for Lone { name, anchor } in lone {
            if !matches!(self.targets.get(anchor), Some(Target::Section(_))) {
                self.troubles.push(Trouble::NoSuchPart {
                    name: name.clone(),
                    anchor: anchor.clone(),
                });
            }
        }
        let mut names: Vec<&str> = documents
            .iter()
            .map(|document| document.name.as_str())
            .chain(lone.iter().map(|lone| lone.name.as_str()))
            .collect();
        names.sort_unstable();
        for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
            self.troubles.push(Trouble::DuplicateName {
                name: pair[0].to_owned(),
            });
        }
    }
}

/// Shows `see` every leaf of every run of words, titles too, with its section.
fn each_leaf<'a>(documents: &'a [Document], mut see: impl FnMut(&'a Section, &'a Inline)) {
    for section in documents
        .iter()
        .flat_map(|document| walk::sections(&document.root))
    {
        walk::leaves(&section.title, &mut |inline| see(section, inline));
        walk::runs(&section.blocks, &mut |words| {
            walk::leaves(words, &mut |inline| see(section, inline));
        });
    }
}
