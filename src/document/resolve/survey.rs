//! What names there are in a package, and what is wrong with them.

use super::{Known, Lone, Target, Trouble};
use crate::document::number::Numbers;
use crate::document::terms::Terms;
use crate::document::{Anchor, Document, Inline, Label, Section, walk};
use crate::index::Index;

/// What is gathered on the way.
#[derive(Default)]
pub(super) struct Survey<'d> {
    pub(super) sections: Vec<Known>,
    pub(super) targets: Index<Anchor, Target>,
    pub(super) troubles: Vec<Trouble>,
    /// Which section leads to which: their places, in reading order.
    pub(super) links: Vec<(usize, usize)>,
    /// Every term where it is defined, and its section.
    definitions: Vec<Definition<'d>>,
    /// Every reference, with the place of its section.
    references: Vec<(usize, &'d Anchor)>,
}

/// A term where it is defined.
struct Definition<'d> {
    term: &'d str,
    section: &'d Anchor,
    /// Whether it stands in a title, where nothing is given a meaning.
    titled: bool,
}

impl<'d> Survey<'d> {
    /// All names in `documents`, everything that is wrong with them, and the terms.
    pub(super) fn of(
        documents: &'d [Document],
        lone: &[Lone],
        numbers: &Numbers,
    ) -> (Survey<'d>, Terms) {
        let mut survey = Survey::default();
        for (document, Document { root, .. }) in documents.iter().enumerate() {
            survey.visit(root, document, None, None, numbers);
        }
        let definitions = survey.definitions.iter();
        let definitions = definitions.filter(|definition| !definition.titled);
        let terms = Terms::defined(definitions.map(|found| (found.term, found.section)));
        survey.check_definitions(&terms);
        survey.follow_references();
        survey.files(documents, lone);
        (survey, terms)
    }

    /// Notes `section` and all that is under it.
    fn visit(
        &mut self,
        section: &'d Section,
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
        walk::leaves(&section.title, &mut |leaf| {
            self.note(leaf, section, place, true);
        });
        walk::runs(&section.blocks, &mut |words| {
            walk::leaves(words, &mut |leaf| self.note(leaf, section, place, false));
        });
        for child in &section.sections {
            self.visit(child, document, Some(home), numbered, numbers);
        }
        self.sections[place].end = self.sections.len();
    }

    /// Notes a definition or a reference in the section at `place`.
    fn note(&mut self, leaf: &'d Inline, section: &'d Section, place: usize, titled: bool) {
        match leaf {
            Inline::Definition(term) => self.definitions.push(Definition {
                term,
                section: &section.anchor,
                titled,
            }),
            Inline::Reference(to) => self.references.push((place, to)),
            Inline::Text(_)
            | Inline::Strong(_)
            | Inline::Emphasis(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_) => {}
        }
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
    fn check_definitions(&mut self, terms: &Terms) {
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
        for Definition { term, section, .. } in &self.definitions {
            if let Some(first) = seen.insert(term, section) {
                self.troubles.push(Trouble::DoubledDefinition {
                    term: (*term).to_owned(),
                    first: first.clone(),
                    again: (*section).clone(),
                });
            }
        }
    }

    /// Notes where references lead, and finds those that lead nowhere.
    fn follow_references(&mut self) {
        for (from, to) in &self.references {
            match self.targets.get(*to) {
                Some(
                    Target::Section(target)
                    | Target::Table {
                        section: target, ..
                    },
                ) => {
                    self.links.push((*from, *target));
                }
                None => self.troubles.push(Trouble::Dangling {
                    from: self.sections[*from].anchor.clone(),
                    to: (*to).clone(),
                }),
            }
        }
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
