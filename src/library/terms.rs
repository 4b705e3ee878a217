//! What the terms of a deal are called where a change of one is told: `templates/terms.toml`.
//!
//! In: the file. Out: [`TermNames`], which names only paths that a deal can have. Where no name is given, whoever
//! tells of the change falls back on the path in words; that is not decided here.

use super::words::fill;
use crate::deal;
use crate::deal::record::record;
use crate::deal::shape::{RecordShape, Shape};
use crate::deal::{TermPath, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::nearest;
use std::collections::BTreeMap;

record! {
    /// The names of terms.
    pub struct TermNames {
        /// The names, in any order.
        term: Vec<TermName>,
    }
}

record! {
    /// What a term is called.
    pub struct TermName {
        /// Its path in the deal file, without places in lists.
        path: At<TermPath>,
        /// What it is called in the middle of a sentence, with `{1}` and `{2}` for the entries on the way to it.
        says: At<Text>,
    }
}

impl TermNames {
    /// What the term at `path` is called, with `entries` for the names of the entries on the way to it.
    ///
    /// `path` may have places in lists. `None` if the file does not name the term, or names more entries than there
    /// are.
    pub fn name(&self, path: &str, entries: &[String]) -> Option<String> {
        let wanted = bare(path);
        let found = self.term.iter().find(|term| term.path.as_str() == wanted)?;
        let says = found.says.as_str();
        let numbers: Vec<String> = (1..=entries.len()).map(|at| at.to_string()).collect();
        let values: Vec<(&str, &str)> = numbers
            .iter()
            .zip(entries)
            .map(|(number, entry)| (number.as_str(), entry.as_str()))
            .collect();
        let wants = |place: usize| says.contains(&format!("{{{place}}}"));
        let lacks = (entries.len() + 1..=MOST).any(wants);
        (!lacks).then(|| fill(says, &values))
    }
}

/// A value of the term at `path` as people read it: a word to choose from without its hyphens.
pub fn in_words(path: &str, value: &str) -> String {
    let mut shape = deal::SHAPE;
    for key in bare(path).split('.') {
        let Some(field) = within(shape).and_then(|table| table.field(key)) else {
            return value.to_owned();
        };
        shape = field.shape;
    }
    match shape.present() {
        Shape::Leaf(leaf) if leaf.choices.iter().any(|(word, _)| *word == value) => {
            value.replace('-', " ")
        }
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::Record(_)
        | Shape::List(_)
        | Shape::Option(_)
        | Shape::Choices
        | Shape::Reasons => value.to_owned(),
    }
}

/// How deep lists lie within lists in a deal.
const MOST: usize = 3;

/// A path without its places in lists.
fn bare(path: &str) -> String {
    let keys: Vec<&str> = path
        .split('.')
        .filter(|key| !key.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    keys.join(".")
}

/// Reports paths that no deal has, and paths that are named twice.
pub(super) fn check(names: &TermNames, root: &'static RecordShape, report: &mut Report) {
    let mut seen: BTreeMap<&str, &At<TermPath>> = BTreeMap::new();
    for term in &names.term {
        let path = &term.path;
        if let Some(first) = seen.insert(path.as_str(), path) {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &path.span,
                    format!("two names are given to `{}`", path.as_str()),
                )
                .also(&first.span, "the first one")
                .help("keep one of them"),
            );
        }
        let mut table = Some(root);
        for key in path.as_str().split('.') {
            let field = table.and_then(|table| table.field(key));
            let Some(field) = field else {
                let known = table.map_or(&[][..], |table| table.fields);
                let near = nearest(key, known.iter().map(|field| field.key));
                report.push(
                    Diagnostic::error(
                        Code::UnknownPath,
                        &path.span,
                        format!("`{}`: there is no `{key}`", path.as_str()),
                    )
                    .help(near.map_or_else(
                        || "name a term of the deal, or delete the line".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    )),
                );
                break;
            };
            table = within(field.shape);
        }
    }
}

/// The table that a key holds, or that the entries of its list are.
fn within(shape: Shape) -> Option<&'static RecordShape> {
    match shape {
        Shape::Option(inner) | Shape::List(inner) => within(*inner),
        Shape::Record(record) => Some(record),
        Shape::Leaf(_) | Shape::Flag | Shape::Number | Shape::Choices | Shape::Reasons => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Style, render};
    use crate::library::{Library, Trust, embedded};

    fn names() -> crate::library::Late<TermNames> {
        let mut report = Report::new();
        let library = Library::load(embedded(), crate::draft::root(), Trust::Sound, &mut report)
            .expect("a sound library");
        library.terms
    }

    #[test]
    fn says_a_term_with_its_entries() {
        let names = names();
        let name = |path: &str, entries: &[&str]| {
            let entries: Vec<String> = entries.iter().map(ToString::to_string).collect();
            names.name(path, &entries)
        };
        let said = name("economics.tiers.tier.1.to", &["“Base”"]);
        assert_eq!(said.as_deref(), Some("where the tier “Base” ends"));
        let said = name("gate.2.reject.1.means", &["“Lead”", "“L1”"]);
        assert_eq!(
            said.as_deref(),
            Some("what the reason code “L1” of the gate “Lead” means")
        );
        assert_eq!(name("gate.2.reject.1.means", &["“Lead”"]), None);
        assert_eq!(name("economics.tiers.colour", &[]), None);
    }

    #[test]
    fn a_name_belongs_to_one_term_that_there_is() {
        let findings = |old: &str, new: &str| {
            let mut files = embedded();
            let file = files
                .iter_mut()
                .find(|file| file.path == "templates/terms.toml")
                .expect("the names");
            assert!(file.text.contains(old), "{old}");
            file.text = file.text.replacen(old, new, 1).into();
            let mut report = Report::new();
            let library = Library::load(files, crate::draft::root(), Trust::Check, &mut report);
            assert!(library.is_none(), "{new}");
            render(&report, Style::Plain)
        };
        let found = findings("\"mfn.period\"", "\"mfn.periot\"");
        assert!(found.contains("there is no `periot`"), "{found}");
        assert!(found.contains("did you mean `period`?"), "{found}");
        let found = findings("\"mfn.period\"", "\"mfn.segment\"");
        assert!(found.contains("two names are given"), "{found}");
    }

    /// Exhibits are what an amendment restates.
    #[test]
    fn every_term_of_an_exhibit_has_a_name() {
        const TABLES: [&str; 20] = [
            "metric",
            "risk",
            "economics",
            "forecast",
            "attribution",
            "gate",
            "registration",
            "raci",
            "reviews",
            "exclusivity",
            "territory",
            "brand",
            "data",
            "investment",
            "guarantee",
            "mfn",
            "escalation",
            "definition",
            "value",
            "role",
        ];
        let names = names();
        let listed: std::collections::BTreeSet<&str> =
            names.term.iter().map(|term| term.path.as_str()).collect();
        let mut missing = Vec::new();
        for table in TABLES {
            let field = crate::draft::root().field(table).expect(table);
            walk(table, field.shape, &mut |path| {
                if !listed.contains(path) {
                    missing.push(path.to_owned());
                }
            });
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    fn walk(path: &str, shape: Shape, leaf: &mut dyn FnMut(&str)) {
        // Ids are changed by nobody; what a review writes and how events are read, nobody reads as a term.
        const APART: [&str; 4] = ["id", "reason", "from_events", "fired"];
        match within(shape) {
            Some(table) => {
                for field in table.fields {
                    if !APART.contains(&field.key) {
                        walk(&format!("{path}.{}", field.key), field.shape, leaf);
                    }
                }
            }
            None => leaf(path),
        }
    }
}
