//! Outlines: which clauses an agreement has, in what order, under which headings.

use super::clause::Clause;
use crate::deal::record::{Field, Node, Reader, choice, record};
use crate::deal::shape::Shape;
use crate::deal::{Id, Text, fact::Fact};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The outline of a deal that names none.
pub const DEFAULT_OUTLINE: &str = "partnership";

record! {
    /// The plan of an agreement.
    pub struct Outline {
        /// The title, with `{title}` of the agreement; that of the agreement if left out.
        title: Option<At<Text>>,
        /// The name of the file that holds the whole; "agreement" if left out.
        name: Option<At<Id>>,
        /// Clauses whose text stands under the title, without headings of their own.
        cover: Vec<At<Id>>,
        /// Its parts, in the order in which they are printed.
        part: Vec<Part>,
    }
}

record! {
    /// A part: the key terms, the master agreement, an exhibit, the signature page.
    pub struct Part {
        /// Its anchor.
        id: At<Id>,
        /// Its heading.
        title: At<Text>,
        /// Other headings, for agreements without a clause that the heading speaks of; the first that fits is taken.
        otherwise: Vec<Otherwise>,
        /// How it is labelled.
        label: At<PartLabel>,
        /// The name of the file in which it is also written alone; exhibits always are.
        alone: Option<At<Id>>,
        /// What it holds, in order.
        articles: Vec<Article>,
    }
}

record! {
    /// The heading of a part or of an article in agreements that lack a clause.
    pub struct Otherwise {
        /// The clause.
        without: At<Id>,
        /// The heading.
        title: At<Text>,
    }
}

choice! {
    /// How a part is labelled.
    pub enum PartLabel {
        /// By its title.
        Title = "title",
        /// By its title, with numbered sections.
        Part = "part",
        /// By a letter, with numbered sections.
        Exhibit = "exhibit",
    }
}

record! {
    /// A numbered heading with clauses under it.
    pub struct Heading {
        /// Its anchor.
        id: At<Id>,
        /// Its heading.
        title: At<Text>,
        /// Other headings, for agreements without a clause that the heading speaks of; the first that fits is taken.
        otherwise: Vec<Otherwise>,
        /// The clauses under it, in order.
        clauses: Vec<At<Id>>,
        /// Clauses whose definitions it sorts and lists, as far as they are used.
        glossary: Vec<At<Id>>,
        /// Whether it lists the terms that are defined elsewhere.
        elsewhere: Option<At<bool>>,
    }
}

/// What stands under a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Article {
    /// A clause that is a section by itself.
    Clause(At<Id>),
    /// A heading with clauses.
    Heading(Heading),
}

impl Article {
    /// Its anchor.
    pub fn id(&self) -> &At<Id> {
        match self {
            Article::Clause(id) => id,
            Article::Heading(heading) => &heading.id,
        }
    }

    /// The clauses whose definitions it sorts and lists.
    pub fn glossary(&self) -> &[At<Id>] {
        match self {
            Article::Clause(_) => &[],
            Article::Heading(heading) => &heading.glossary,
        }
    }

    /// Its other headings.
    fn otherwise(&self) -> &[Otherwise] {
        match self {
            Article::Clause(_) => &[],
            Article::Heading(heading) => &heading.otherwise,
        }
    }

    /// The clauses that it prints.
    pub fn clauses(&self) -> impl Iterator<Item = &At<Id>> {
        let (one, clauses, glossary) = match self {
            Article::Clause(id) => (Some(id), &[][..], &[][..]),
            Article::Heading(heading) => (None, &heading.clauses[..], &heading.glossary[..]),
        };
        one.into_iter().chain(clauses).chain(glossary)
    }
}

impl Field for Article {
    const SHAPE: Shape = <Heading as Field>::SHAPE;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.get_ref().is_str() {
            <At<Id>>::read(node, reader).map(Article::Clause)
        } else {
            Heading::read(node, reader).map(Article::Heading)
        }
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}

impl Part {
    /// The heading in an agreement with these clauses.
    pub fn heading(&self, has: impl Fn(&str) -> bool) -> &Text {
        fitting(&self.title, &self.otherwise, has)
    }
}

impl Heading {
    /// The heading in an agreement with these clauses.
    pub fn heading(&self, has: impl Fn(&str) -> bool) -> &Text {
        fitting(&self.title, &self.otherwise, has)
    }
}

fn fitting<'a>(
    title: &'a At<Text>,
    others: &'a [Otherwise],
    has: impl Fn(&str) -> bool,
) -> &'a Text {
    let other = others.iter().find(|other| !has(other.without.as_str()));
    other.map_or(&title.value, |other| &other.title.value)
}

impl Outline {
    /// Whether the clause `id` is printed by this outline.
    pub fn lists(&self, id: &str) -> bool {
        self.clauses().any(|clause| clause.as_str() == id)
    }

    fn clauses(&self) -> impl Iterator<Item = &At<Id>> {
        let parts = self
            .part
            .iter()
            .flat_map(|part| part.articles.iter().flat_map(Article::clauses));
        self.cover.iter().chain(parts)
    }
}

/// Reads one outline.
pub(super) fn read(source: &Arc<Source>, report: &mut Report) -> Option<Outline> {
    super::words::table(source, report)
}

/// Reports clauses that do not exist and anchors that are used twice. `unread` are clauses whose files are
/// there and could not be read.
pub(super) fn check(
    outline: &Outline,
    clauses: &BTreeMap<String, Clause>,
    unread: &BTreeSet<String>,
    report: &mut Report,
) {
    let mut seen: BTreeMap<&str, &At<Id>> = BTreeMap::new();
    let mut once = |id, report: &mut Report| {
        let id: &At<Id> = id;
        if let Some(first) = seen.insert(id.value.as_str(), id) {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &id.span,
                    format!("`{}` stands in the outline twice", id.value.as_str()),
                )
                .also(&first.span, "first here")
                .help("each anchor leads to one place: give one of them another id, or delete it"),
            );
        }
    };
    for part in &outline.part {
        once(&part.id, report);
        for article in &part.articles {
            if let Article::Heading(heading) = article {
                once(&heading.id, report);
            }
        }
    }
    for id in outline.clauses() {
        once(id, report);
    }
    let conditions = outline.part.iter().flat_map(|part| {
        let articles = part.articles.iter().flat_map(Article::otherwise);
        part.otherwise.iter().chain(articles)
    });
    let conditions = conditions.map(|other| &other.without);
    for id in outline.clauses().chain(conditions) {
        if !clauses.contains_key(id.as_str()) && !unread.contains(id.as_str()) {
            let near = crate::units::nearest(id.as_str(), clauses.keys().map(String::as_str));
            report.push(
                Diagnostic::error(
                    Code::UnknownName,
                    &id.span,
                    format!("there is no clause `{}`", id.as_str()),
                )
                .help(near.map_or_else(
                    || {
                        format!(
                            "write `clauses/<family>/{}.md`, or delete the line",
                            id.as_str()
                        )
                    },
                    |near| format!("did you mean `{near}`?"),
                )),
            );
        }
    }
}

/// Every anchor that some agreement of this library can have.
pub(super) fn anchors(
    outlines: &BTreeMap<String, Outline>,
    clauses: &BTreeMap<String, Clause>,
) -> BTreeSet<String> {
    let mut anchors: BTreeSet<String> = clauses.keys().cloned().collect();
    for outline in outlines.values() {
        for part in &outline.part {
            anchors.insert(part.id.as_str().to_owned());
            for article in &part.articles {
                anchors.insert(article.id().as_str().to_owned());
            }
        }
    }
    anchors
}
