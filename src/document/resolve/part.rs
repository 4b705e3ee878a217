//! A part of a resolved package, and the words of its labels and references.

use super::{Resolved, Target};
use crate::document::{Anchor, Document, Label, Section, walk};

/// A section as a file: a whole document, or an exhibit alone.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    resolved: &'a Resolved,
    name: &'a str,
    imprint: Option<&'a str>,
    place: usize,
    root: &'a Section,
    /// Whether the other files of the package stand beside this one.
    beside: bool,
}

/// How much of its target a reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Number and title: "Section 9 (Limitation of Liability)".
    Full,
    /// The number alone, for the cells of a table that hold nothing else: their row says what it is about.
    Short,
}

/// A reference as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words: "Section 9 (Limitation of Liability)".
    pub text: String,
    /// The file that the target is in, without its ending, if it is another one.
    pub file: Option<&'a str>,
    /// Whether a link gets there: not if that file does not stand beside this one.
    pub linked: bool,
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

    /// The part as a file that is given away alone: words name what it refers to, and no link leads out of it.
    #[must_use]
    pub fn alone(self) -> Part<'a> {
        Part {
            beside: false,
            ..self
        }
    }

    /// The part without the line that says which draft it is.
    #[must_use]
    pub fn without_imprint(self) -> Part<'a> {
        Part {
            imprint: None,
            ..self
        }
    }

    /// The part as a document of its own. What it refers to may be in another one.
    pub fn document(&self) -> Document {
        Document {
            name: self.name.to_owned(),
            imprint: self.imprint.map(str::to_owned),
            root: self.root.clone(),
        }
    }

    /// The label of `section` as its heading prints it: `9.`, `9.1`, `Exhibit A:`; `None` if it has none.
    pub fn label(&self, section: &Section) -> Option<String> {
        self.label_of(&section.anchor, section.label)
    }

    /// The label of the section `anchor`, which is labelled as `label`.
    pub fn label_of(&self, anchor: &Anchor, label: Label) -> Option<String> {
        let number = self.resolved.numbers.get(anchor)?;
        match label {
            Label::Number if number.contains('.') => Some(number.to_owned()),
            Label::Number => Some(format!("{number}.")),
            Label::Exhibit => Some(format!("{} {number}:", self.resolved.words.exhibit)),
            Label::Title | Label::Part => None,
        }
    }

    /// The reference to `to` as it is printed in the section `from`: number and title, and the part that
    /// they are in unless the reader is in the master agreement and so are they.
    ///
    /// A numbered section that is alone under its parent goes by the number and title of the parent.
    pub fn reference(&self, from: &Anchor, to: &Anchor, form: Form) -> Shown<'a> {
        let resolved = self.resolved;
        let Some(target) = resolved.targets.get(to) else {
            // Not reached: the references of a resolved package all lead somewhere.
            return Shown {
                text: String::new(),
                file: None,
                linked: false,
            };
        };
        let text = match target {
            Target::Section(place) => resolved.print(from, *place, form),
            // A table without a caption goes by the section that it stands in.
            Target::Table { section, caption } if caption.is_empty() => {
                resolved.print(from, *section, form)
            }
            Target::Table { caption, .. } => caption.clone(),
        };
        let file = self.file_of(target);
        Shown {
            text,
            file,
            linked: file.is_none() || self.beside,
        }
    }

    /// Whether a link from here to the section or table `to` gets there.
    pub fn reaches(&self, to: &Anchor) -> bool {
        self.beside || self.file(to).is_none()
    }

    /// The file that the section or table `to` is in, without its ending, if it is not in this part.
    pub fn file(&self, to: &Anchor) -> Option<&'a str> {
        self.file_of(self.resolved.targets.get(to)?)
    }

    fn file_of(&self, target: &Target) -> Option<&'a str> {
        let resolved = self.resolved;
        let (Target::Section(place) | Target::Table { section: place, .. }) = target;
        let here = self.place..resolved.sections[self.place].end;
        let document = resolved.sections[*place].document;
        (!here.contains(place)).then(|| resolved.documents[document].name.as_str())
    }
}

impl Resolved {
    /// The section `anchor` as the file `name`.
    pub fn view<'a>(&'a self, name: &'a str, anchor: &Anchor) -> Option<Part<'a>> {
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
            beside: true,
        })
    }

    /// The section at `place` as a reference in the section `from` names it.
    fn print(&self, from: &Anchor, place: usize, form: Form) -> String {
        let words = &self.words;
        let home_of_reader = match self.targets.get(from) {
            Some(Target::Section(from) | Target::Table { section: from, .. }) => {
                Some(self.sections[*from].home)
            }
            None => None,
        };
        let shown = &self.sections[self.sections[place].shown];
        let inside = home_of_reader == Some(shown.home);
        // The key terms and the signature page have no numbers: there a bare number is one of the agreement.
        let unnumbered =
            home_of_reader.is_some_and(|home| self.sections[home].label == Label::Title);
        let plain = inside || (unnumbered && self.sections[shown.home].label == Label::Part);
        let number = &shown.number;
        let title = &shown.title;
        match shown.label {
            Label::Title if self.is_part(place) => format!("{} {title}", words.the),
            Label::Title => title.clone(),
            Label::Part if inside => format!("{} {title}", words.this),
            Label::Part => format!("{} {title}", words.the),
            Label::Exhibit if inside => words.this_exhibit.clone(),
            Label::Exhibit => [words.exhibit.as_str(), " ", number, " (", title, ")"].concat(),
            Label::Number if form == Form::Short => self.short(shown.home, plain, number),
            Label::Number => {
                // One piece of memory for each reference: a contract has hundreds.
                let section = words.section.as_str();
                match self.whereabouts(shown.home, inside) {
                    Some(home) => {
                        let of = words.of.as_str();
                        [section, " ", number, " (", title, ") ", of, " ", &home].concat()
                    }
                    None => [section, " ", number, " (", title, ")"].concat(),
                }
            }
        }
    }

    /// Whether the section at `place` stands right under the title of its document.
    fn is_part(&self, place: usize) -> bool {
        let root = &self.documents[self.sections[place].document].root;
        root.sections
            .iter()
            .any(|section| section.anchor == self.sections[place].anchor)
    }

    /// A section in short: "Section 9.1" where no other part can be meant, "Exhibit A, 5.3" or "Master Agreement, 9.1" elsewhere.
    fn short(&self, home: usize, plain: bool, number: &str) -> String {
        let home = &self.sections[home];
        match home.label {
            Label::Title | Label::Number | Label::Part | Label::Exhibit if plain => {
                format!("{} {number}", self.words.section)
            }
            Label::Exhibit => {
                format!("{} {}, {number}", self.words.exhibit, home.number)
            }
            Label::Title | Label::Number | Label::Part => format!("{}, {number}", home.title),
        }
    }

    /// The part at `home` as the end of a reference: "Exhibit A", "the Master Agreement".
    fn whereabouts(&self, home: usize, inside: bool) -> Option<String> {
        let words = &self.words;
        let home = &self.sections[home];
        match home.label {
            Label::Exhibit if inside => Some(words.this_exhibit.clone()),
            Label::Exhibit => Some([words.exhibit.as_str(), " ", &home.number].concat()),
            Label::Title | Label::Number | Label::Part if inside => None,
            Label::Title | Label::Number | Label::Part => {
                Some([words.the.as_str(), " ", &home.title].concat())
            }
        }
    }
}
