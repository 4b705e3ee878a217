//! References led to their targets: from documents that say "the section named `liability`" to a package in
//! which that prints as "Section 9 (Limitation of Liability)".
//!
//! In: the documents and the words that references are printed with. Out: [`Resolved`], whose fields are
//! private, so that a reference that leads nowhere cannot reach a writer; or every [`Trouble`].

use super::number::Numbers;
use super::terms::Terms;
use super::{Anchor, Document, Inline, Label, Section, walk};
use serde::Deserialize;
use std::collections::BTreeMap;

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
    targets: BTreeMap<Anchor, Target>,
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
pub fn resolve(package: Package, words: Words) -> Result<Resolved, Vec<Trouble>> {
    let Package { documents, lone } = package;
    let numbers = Numbers::of(&documents);
    let terms = Terms::of(&documents);
    let mut survey = Survey::default();
    for (document, Document { root, .. }) in documents.iter().enumerate() {
        survey.visit(root, document, None, None, &numbers);
    }
    survey.definitions(&documents, &terms);
    survey.references(&documents);
    survey.files(&documents, &lone);
    let Survey {
        sections,
        targets,
        troubles,
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
        })
    } else {
        Err(troubles)
    }
}

/// What is gathered on the way.
#[derive(Default)]
struct Survey {
    sections: Vec<Known>,
    targets: BTreeMap<Anchor, Target>,
    troubles: Vec<Trouble>,
}

impl Survey {
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
        let has_number = numbers.get(&section.anchor).is_some();
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
        let mut seen: BTreeMap<&str, &Anchor> = BTreeMap::new();
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

impl Resolved {
    /// The documents.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The numbers of sections and letters of exhibits.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The defined terms.
    pub fn terms(&self) -> &Terms {
        &self.terms
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
        self.parts().find(|part| part.name == name)
    }

    /// The section `anchor` as the file `name`.
    fn view<'a>(&'a self, name: &'a str, anchor: &Anchor) -> Option<Part<'a>> {
        let Some(Target::Section(place)) = self.targets.get(anchor) else {
            return None;
        };
        let document = &self.documents[self.sections[*place].document];
        let root = walk::sections(&document.root).find(|section| section.anchor == *anchor)?;
        Some(Part {
            resolved: self,
            name,
            imprint: document.imprint.as_deref(),
            place: *place,
            root,
        })
    }
}

/// A section as a file: a whole document, or an exhibit alone.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    resolved: &'a Resolved,
    name: &'a str,
    imprint: Option<&'a str>,
    place: usize,
    root: &'a Section,
}

/// A reference as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words: "Section 9 (Limitation of Liability)".
    pub text: String,
    /// The file that the target is in, without its ending, if it is another one.
    pub file: Option<&'a str>,
}

impl<'a> Part<'a> {
    /// The package that this is a part of.
    pub fn resolved(&self) -> &'a Resolved {
        self.resolved
    }

    /// The file name without its ending.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The line that says which draft this is.
    pub fn imprint(&self) -> Option<&'a str> {
        self.imprint
    }

    /// The title and all that stands under it.
    pub fn root(&self) -> &'a Section {
        self.root
    }

    /// The label of `section` as its heading prints it: `9.`, `9.1`, `Exhibit A:`; `None` if it has none.
    pub fn label(&self, section: &Section) -> Option<String> {
        let number = self.resolved.numbers.get(&section.anchor)?;
        match section.label {
            Label::Number if number.contains('.') => Some(number.to_owned()),
            Label::Number => Some(format!("{number}.")),
            Label::Exhibit => Some(format!("{} {number}:", self.resolved.words.exhibit)),
            Label::Title | Label::Part => None,
        }
    }

    /// The reference to `to` as it is printed in the section `from`.
    pub fn reference(&self, from: &Anchor, to: &Anchor) -> Shown<'a> {
        let resolved = self.resolved;
        let Some(target) = resolved.targets.get(to) else {
            // Not reached: the references of a resolved package all lead somewhere.
            return Shown {
                text: String::new(),
                file: None,
            };
        };
        let (Target::Section(place) | Target::Table { section: place, .. }) = target;
        let within = self.place..resolved.sections[self.place].end;
        let file = (!within.contains(place))
            .then(|| &*resolved.documents[resolved.sections[*place].document].name);
        let text = match target {
            Target::Section(place) => resolved.print(from, *place),
            Target::Table { caption, .. } => caption.clone(),
        };
        Shown { text, file }
    }
}

impl Resolved {
    /// The section at `place` as a reference in the section `from` names it.
    fn print(&self, from: &Anchor, place: usize) -> String {
        let words = &self.words;
        let home_of_reader = match self.targets.get(from) {
            Some(Target::Section(from) | Target::Table { section: from, .. }) => {
                Some(self.sections[*from].home)
            }
            None => None,
        };
        let shown = &self.sections[self.sections[place].shown];
        let inside = home_of_reader == Some(shown.home);
        let number = self.numbers.get(&shown.anchor).unwrap_or_default();
        let title = &shown.title;
        match shown.label {
            Label::Title => title.clone(),
            Label::Part if inside => format!("{} {title}", words.this),
            Label::Part => format!("{} {title}", words.the),
            Label::Exhibit if inside => words.this_exhibit.clone(),
            Label::Exhibit => format!("{} {number} ({title})", words.exhibit),
            Label::Number => {
                let section = format!("{} {number} ({title})", words.section);
                match self.whereabouts(shown.home, inside) {
                    Some(home) => format!("{section} {} {home}", words.of),
                    None => section,
                }
            }
        }
    }

    /// The part at `home` as the end of a reference: "Exhibit A", "the Master Agreement".
    fn whereabouts(&self, home: usize, inside: bool) -> Option<String> {
        let words = &self.words;
        let home = &self.sections[home];
        match home.label {
            Label::Exhibit if inside => Some(words.this_exhibit.clone()),
            Label::Exhibit => {
                let letter = self.numbers.get(&home.anchor).unwrap_or_default();
                Some(format!("{} {letter}", words.exhibit))
            }
            Label::Title | Label::Number | Label::Part if inside => None,
            Label::Title | Label::Number | Label::Part => {
                Some(format!("{} {}", words.the, home.title))
            }
        }
    }
}
