//! What a reviewer looks for, and which clauses answer it: `templates/coverage.toml`.
//!
//! In: the file and the clauses. Out: [`Coverage`], which names only clauses that there are and paths that a
//! deal can have. What one deal makes of it is the business of `draft::coverage`.

use super::clause::Clause;
use super::paths;
use crate::deal::record::record;
use crate::deal::shape::RecordShape;
use crate::deal::{Id, TermPath, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::nearest;
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// The heads of a review.
    pub struct Coverage {
        /// The words of the page and of the text.
        words: CoverageWords,
        /// The heads, group by group.
        group: Vec<HeadGroup>,
    }
}

record! {
    /// Heads that belong together.
    pub struct HeadGroup {
        /// Its stable name.
        key: At<Id>,
        /// Its heading.
        title: At<Text>,
        /// The heads, in order.
        head: Vec<Head>,
    }
}

record! {
    /// One thing that a reviewer looks for.
    pub struct Head {
        /// Its stable name.
        key: At<Id>,
        /// What it is called.
        title: At<Text>,
        /// Clauses of which it takes each one.
        all: Vec<At<Id>>,
        /// Clauses of which it takes one at least.
        any: Vec<At<Id>>,
        /// Clauses that are shown where the agreement has them, and decide nothing.
        also: Vec<At<Id>>,
        /// Paths of the deal that answer it, where that is not the business of a clause.
        decides: Vec<At<TermPath>>,
        /// A clause that, if the head is not there, says that there is none.
        denied_by: Option<At<Id>>,
    }
}

record! {
    /// The words of the page and of the text.
    pub struct CoverageWords {
        /// The title of the page, with `{title}`.
        title: At<Text>,
        /// The line that marks the page, with `{draft}` and `{digest}`.
        mark: At<Text>,
        /// The sum, with `{present}`, `{absent}`, `{undecided}` and `{all}`.
        summary: At<Text>,
        /// The heading over heads.
        head: At<Text>,
        /// The heading over states.
        state: At<Text>,
        /// The heading over places.
        place: At<Text>,
        /// The heading over notes.
        note: At<Text>,
        /// A head that is there.
        present: At<Text>,
        /// A head that is left out on purpose.
        absent: At<Text>,
        /// A head that is neither.
        undecided: At<Text>,
        /// A head of which only some clauses are there.
        in_part: At<Text>,
        /// A head that no clause answers.
        no_clause: At<Text>,
        /// What the deal lacks, with `{path}`.
        missing: At<Text>,
        /// A clause that the outline does not list, with `{clause}`.
        not_listed: At<Text>,
        /// A clause that is left out, with `{clause}` and `{reason}`.
        left_out: At<Text>,
        /// A head that a clause denies.
        denied: At<Text>,
        /// A head that the deal file answers, with `{path}`.
        in_deal: At<Text>,
        /// How a head is decided, with `{head}`.
        how: At<Text>,
        /// The heading over where the words of each section come from.
        origins: At<Text>,
        /// The heading over clause files.
        clause: At<Text>,
        /// The heading over ranks of wordings.
        wording: At<Text>,
        /// The heading over keys of the deal.
        keys: At<Text>,
    }
}

impl Coverage {
    /// Every head, in order.
    pub fn heads(&self) -> impl Iterator<Item = &Head> {
        self.group.iter().flat_map(|group| &group.head)
    }
}

impl Head {
    /// The clauses on which it depends whether the head is there.
    pub fn deciding(&self) -> impl Iterator<Item = &At<Id>> {
        self.all.iter().chain(&self.any)
    }

    /// Every clause that it names.
    pub fn clauses(&self) -> impl Iterator<Item = &At<Id>> {
        self.deciding().chain(&self.also)
    }
}

/// Reports heads and groups of one name, clauses that there are not, and paths that no deal has.
pub(super) fn check(
    coverage: &Coverage,
    clauses: &BTreeMap<String, Clause>,
    unread: &BTreeSet<String>,
    root: &'static RecordShape,
    report: &mut Report,
) {
    let mut seen: BTreeMap<&str, &At<Id>> = BTreeMap::new();
    let groups = coverage.group.iter().map(|group| &group.key);
    for key in groups.chain(coverage.heads().map(|head| &head.key)) {
        if let Some(first) = seen.insert(key.as_str(), key) {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &key.span,
                    format!("two heads or groups are called `{}`", key.as_str()),
                )
                .also(&first.span, "the first one")
                .help("give one of them another key"),
            );
        }
    }
    for head in coverage.heads() {
        for id in head.clauses().chain(&head.denied_by) {
            // A clause whose file cannot be used is reported at that file.
            if clauses.contains_key(id.as_str()) || unread.contains(id.as_str()) {
                continue;
            }
            let near = nearest(id.as_str(), clauses.keys().map(String::as_str));
            report.push(
                Diagnostic::error(
                    Code::UnknownName,
                    &id.span,
                    format!("there is no clause `{}`", id.as_str()),
                )
                .help(near.map_or_else(
                    || "name a clause of the library, or delete the name".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                )),
            );
        }
        paths::needs(&head.decides, root, report);
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Report, Style, render};
    use crate::library::{Library, Trust, embedded};

    /// The findings about the embedded library with one text in the place of another.
    fn findings(old: &str, new: &str) -> String {
        let mut files = embedded();
        let file = files
            .iter_mut()
            .find(|file| file.path == "templates/coverage.toml")
            .expect("the heads");
        assert!(file.text.contains(old), "{old}");
        file.text = file.text.replacen(old, new, 1).into();
        let mut report = Report::new();
        let library = Library::load(files, crate::draft::root(), Trust::Check, &mut report);
        assert!(library.is_none(), "{new}");
        render(&report, Style::Plain)
    }

    #[test]
    fn a_head_names_what_there_is() {
        let found = findings("all = [\"mfn\"]", "all = [\"mfm\"]");
        assert!(found.contains("there is no clause `mfm`"), "{found}");
        assert!(found.contains("did you mean `mfn`?"), "{found}");
        let found = findings("decides = [\"trade\"]", "decides = [\"trades\"]");
        assert!(found.contains("there is no `trades`"), "{found}");
        let found = findings("key = \"tail\"", "key = \"audit\"");
        assert!(found.contains("are called `audit`"), "{found}");
        let found = findings(
            "denied_by = \"non-exclusive\"",
            "denied_by = \"not-exclusive\"",
        );
        assert!(found.contains("did you mean `non-exclusive`?"), "{found}");
    }

    /// Sections of a public standard, points of review checklists, public rows of the plan.
    #[test]
    fn no_head_is_forgotten() {
        let mut report = Report::new();
        let library = Library::load(embedded(), crate::draft::root(), Trust::Sound, &mut report)
            .expect("a sound library");
        let count = |key: &str| {
            let groups = &library.coverage.group;
            let group = groups.iter().find(|group| group.key.as_str() == key);
            group.map_or(0, |group| group.head.len())
        };
        assert_eq!(count("sections"), 13);
        assert_eq!(count("checklist"), 24);
        // 37 rows, 6 of them internal.
        assert_eq!(count("principles"), 31);
    }
}
