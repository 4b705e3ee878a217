//! Clauses filled in, read, and put in their places.

use super::fill::{self, Filled};
use super::glossary::{self, Glossary};
use super::schedule::Schedule;
use super::seen::Seen;
use super::select::Selection;
use super::view::ExhibitSeen;
use super::{After, Restated, findings, keep};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::resolve::{Lone, Package};
use crate::document::terms::{self, Terms};
use crate::document::{Anchor, Block, Document, Inline, Label, Section, number, walk};
use crate::index::Index;
use crate::library::{Article, Library, Part, PartLabel, fill as put};
use tera::Context;

/// The name of the file that holds the whole agreement.
pub(super) const WHOLE: &str = "agreement";

/// Fills in every clause of the selection and puts it in its place.
pub(super) fn assemble(
    deal: &Deal,
    library: &Library,
    selection: &Selection<'_>,
    mut context: Context,
    schedule: &Schedule,
    after: Option<After<'_>>,
    report: &mut Report,
) -> Option<Package> {
    let mut made = Making {
        library,
        selection,
        filled: fill::all(library, selection, &context),
        context: &mut context,
        report,
        glossary: None,
    };
    let mut sections = Vec::new();
    let mut lone = Vec::new();
    for part in &selection.outline.part {
        if !selection.has(part.id.as_str()) {
            continue;
        }
        let mut section = made.part(part)?;
        if part.label.value == PartLabel::Exhibit {
            section.blocks.push(belongs_to(deal, library, schedule));
            let restated = after.into_iter().flat_map(|after| after.restated);
            for edition in restated.filter(|edition| edition.exhibit == part.id.as_str()) {
                section.blocks.push(restated_as(edition, library));
            }
        }
        let alone = match (&part.alone, part.label.value) {
            (Some(name), _) => Some(name.as_str()),
            (None, PartLabel::Exhibit) => Some(part.id.as_str()),
            (None, PartLabel::Title | PartLabel::Part) => None,
        };
        if let Some(name) = alone {
            lone.push(Lone {
                name: name.to_owned(),
                anchor: section.anchor.clone(),
            });
        }
        sections.push(section);
    }
    let mut cover = Vec::new();
    for id in &selection.outline.cover {
        if selection.has(id.as_str()) {
            cover.extend(made.clause(id.as_str(), Label::Title)?.blocks);
        }
    }
    let glossary = made.glossary.take();
    let outline = selection.outline;
    let title = deal.agreement.title.as_str();
    let title = match &outline.title {
        Some(of) => put(of.as_str(), &[("title", title)]),
        None => title.to_owned(),
    };
    let name = outline.name.as_ref().map_or(WHOLE, |name| name.as_str());
    let root = Section {
        anchor: anchor(WHOLE)?,
        label: Label::Title,
        title: vec![Inline::Text(title)],
        blocks: cover,
        sections,
    };
    let mut documents = vec![Document {
        name: name.to_owned(),
        imprint: None,
        root,
    }];
    made.list_exhibits_by_letter(&mut documents);
    let mut terms = Terms::of(&documents);
    if let Some(glossary) = &glossary
        && glossary::keep_used(&mut documents, glossary, &terms)
    {
        terms = Terms::of(&documents);
    }
    for circle in terms::circles(&documents, &terms) {
        report.push(findings::circle(&circle, selection));
    }
    if let Some(glossary) = &glossary {
        glossary::list_elsewhere(&mut documents, glossary, &terms, library);
    }
    order_exhibits(&mut documents, selection, report);
    if let (Some(after), Some(document)) = (after, documents.first_mut())
        && let Some(signed) = after.signed.resolved.documents().first()
    {
        let reserved = library.words.reserved.as_str();
        keep::keep(&signed.root, &mut document.root, reserved);
        lone.retain(|lone| {
            let sections = &document.root.sections;
            sections
                .iter()
                .any(|section| section.anchor == lone.anchor && !keep::is_reserved(section))
        });
    }
    let sections = &documents[0].root.sections;
    lone.sort_by_key(|lone| {
        sections
            .iter()
            .position(|section| section.anchor == lone.anchor)
    });
    Some(Package { documents, lone })
}

/// What filling in needs.
pub(super) struct Making<'a, 'l> {
    pub(super) library: &'l Library,
    pub(super) selection: &'a Selection<'l>,
    pub(super) context: &'a mut Context,
    /// Clauses that were filled in before they are asked for.
    pub(super) filled: Index<&'l str, Filled>,
    pub(super) report: &'a mut Report,
    pub(super) glossary: Option<Glossary>,
}

impl Making<'_, '_> {
    pub(super) fn part(&mut self, part: &Part) -> Option<Section> {
        let (label, below) = match part.label.value {
            PartLabel::Title => (Label::Title, Label::Title),
            PartLabel::Part => (Label::Part, Label::Number),
            PartLabel::Exhibit => (Label::Exhibit, Label::Number),
        };
        let mut sections = Vec::new();
        for article in &part.articles {
            if self.selection.has(article.id().as_str()) {
                sections.push(self.article(article, below)?);
            }
        }
        Some(Section {
            anchor: anchor(part.id.as_str())?,
            label,
            title: words(part.heading(|clause| self.selection.has(clause)).as_str()),
            blocks: Vec::new(),
            sections,
        })
    }

    fn article(&mut self, article: &Article, label: Label) -> Option<Section> {
        let heading = match article {
            Article::Clause(id) => return self.clause(id.as_str(), label),
            Article::Heading(heading) => heading,
        };
        let mut section = Section {
            anchor: anchor(heading.id.as_str())?,
            label,
            title: words(
                heading
                    .heading(|clause| self.selection.has(clause))
                    .as_str(),
            ),
            blocks: Vec::new(),
            sections: Vec::new(),
        };
        for id in &heading.clauses {
            if self.selection.has(id.as_str()) {
                section.sections.push(self.clause(id.as_str(), label)?);
            }
        }
        if heading.elsewhere.as_ref().is_some_and(|flag| flag.value) {
            let glossary = self.glossary.get_or_insert_default();
            glossary.elsewhere = Some(section.anchor.clone());
        }
        if !heading.glossary.is_empty() {
            let glossary = self.glossary.get_or_insert_default();
            glossary.section = Some(section.anchor.clone());
            let mut blocks = Vec::new();
            for id in &heading.glossary {
                if self.selection.has(id.as_str()) {
                    blocks.extend(self.clause(id.as_str(), label)?.blocks);
                }
            }
            section.blocks = glossary::sorted(blocks);
        }
        Some(section)
    }

    /// Letters follow the first references, which are known only now: where they are not as foreseen, clauses that list
    /// the exhibits are filled in once more, so that their lists run from A on.
    ///
    /// Exhibits that no text before the first list refers to come in the order of the outline: what a wording names
    /// and does not print decides nothing.
    fn list_exhibits_by_letter(&mut self, documents: &mut [Document]) {
        let mut exhibits = self.selection.exhibits.clone();
        if self.selection.named > 0 {
            let listed = exhibits.iter().filter_map(|exhibit| anchor(&exhibit.id));
            let met = number::met_before_list(documents, &listed.collect::<Vec<_>>());
            if met.is_none_or(|met| met < self.selection.named) {
                exhibits = self.selection.exhibits_by_outline();
                self.list_exhibits(&exhibits, documents);
            }
        }
        let order = number::exhibit_order(documents);
        let place = |id: &str| order.iter().position(|anchor| anchor.as_str() == id);
        if !exhibits.is_sorted_by_key(|exhibit| place(&exhibit.id)) {
            exhibits.sort_by_key(|exhibit| place(&exhibit.id));
            self.list_exhibits(&exhibits, documents);
        }
    }

    /// Fills in the clauses that list the exhibits, once more, with these.
    fn list_exhibits(&mut self, exhibits: &Vec<ExhibitSeen>, documents: &mut [Document]) {
        self.context.insert_value("exhibits", exhibits.value());
        for (clause, rank) in self.selection.all() {
            let lists = clause
                .variant(rank)
                .is_some_and(|variant| variant.body.text().contains(" exhibits"));
            let id = clause.id.as_str();
            if lists
                && let Some(section) = anchor(id).and_then(|id| walk::find_mut(documents, &id))
                && let Some(made) = self.clause(id, section.label)
            {
                section.blocks = made.blocks;
            }
        }
    }

    pub(super) fn clause(&mut self, id: &str, label: Label) -> Option<Section> {
        let (clause, rank) = self.selection.chosen(id)?;
        let filled = match self.filled.swap_remove(id) {
            Some(filled) => filled,
            None => fill::clause(self.library, clause, rank, self.context)?,
        };
        self.report.append(filled.report);
        Some(Section {
            anchor: anchor(id)?,
            label,
            title: words(clause.title.as_str()),
            blocks: filled.blocks,
            sections: Vec::new(),
        })
    }
}

/// The line under the title of an exhibit: which agreement it belongs to.
fn belongs_to(deal: &Deal, library: &Library, schedule: &Schedule) -> Block {
    let title = deal.agreement.title.as_str();
    let text = match schedule.effective {
        Some(date) => put(
            library.words.exhibit_of_dated.as_str(),
            &[("title", title), ("date", &date.print())],
        ),
        None => put(library.words.exhibit_of.as_str(), &[("title", title)]),
    };
    Block::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(text)])])
}

/// The line that says which edition of an exhibit this is.
fn restated_as(edition: &Restated, library: &Library) -> Block {
    let text = put(
        library.words.restated.as_str(),
        &[
            ("number", &edition.number.to_string()),
            ("date", &edition.from.print()),
            ("amendment", &edition.amendment.to_string()),
        ],
    );
    Block::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(text)])])
}

/// Puts exhibits in the order in which the text first refers to them, which is the order of their letters.
fn order_exhibits(documents: &mut [Document], selection: &Selection<'_>, report: &mut Report) {
    let (mut order, orphans) = number::exhibits_met(documents);
    for orphan in &orphans {
        let part = selection
            .outline
            .part
            .iter()
            .find(|part| part.id.as_str() == orphan.as_str());
        if let Some(part) = part {
            report.push(
                Diagnostic::error(
                    Code::OrphanExhibit,
                    &part.id.span,
                    format!("nothing refers to the exhibit `{}`", orphan.as_str()),
                )
                .help(format!(
                    "refer to it in a clause: `[](#{})`",
                    orphan.as_str()
                )),
            );
        }
    }
    order.extend(orphans);
    let place = |section: &Section| order.iter().position(|anchor| *anchor == section.anchor);
    let Some(document) = documents.first_mut() else {
        return;
    };
    let slots: Vec<usize> = (0..document.root.sections.len())
        .filter(|at| document.root.sections[*at].label == Label::Exhibit)
        .collect();
    let mut exhibits: Vec<Section> = Vec::new();
    for slot in slots.iter().rev() {
        exhibits.push(document.root.sections.remove(*slot));
    }
    exhibits.sort_by_key(place);
    if let Some(first) = slots.first() {
        for (index, exhibit) in exhibits.into_iter().enumerate() {
            document.root.sections.insert(first + index, exhibit);
        }
    }
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn anchor(id: &str) -> Option<Anchor> {
    id.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::{draft, root, samples};
    use super::*;
    use crate::library::{Trust, embedded};
    use crate::write;

    /// A wording names an exhibit that it does not print: the order of exhibits is not as foreseen.
    #[test]
    fn lists_of_exhibits_run_from_a_on_whatever_was_foreseen() {
        let source = &samples::deals()[0];
        let mut report = Report::new();
        let deal = Deal::read(source, &mut report).expect("a deal");
        let lists = |edit: &dyn Fn(&str) -> String| {
            let mut files = embedded();
            let sheet = files
                .iter_mut()
                .find(|file| file.path.ends_with("key-sheet.md"));
            let sheet = sheet.expect("a key sheet");
            sheet.text = edit(&sheet.text).into();
            let mut report = Report::new();
            let library = Library::load(files, root(), Trust::Check, &mut report);
            let library = library.expect("a library");
            let draft = draft(&deal, &library, &mut report).expect("a draft");
            let part = draft.resolved.parts().next().expect("an agreement");
            let exhibits = &draft.resolved.documents()[0].root.sections;
            let exhibits = exhibits.iter().filter(|part| part.label == Label::Exhibit);
            let ids: Vec<String> = exhibits.map(|part| part.anchor.to_string()).collect();
            let text = write::markdown(&part);
            let row = text.lines().find(|line| line.starts_with("| Exhibits |"));
            let row = row.expect("a list").to_owned();
            let place = |letter: char| row.find(&format!("[Exhibit {letter} "));
            let letters: Vec<_> = ('A'..).take(ids.len()).map(place).collect();
            assert!(
                letters.iter().all(Option::is_some) && letters.is_sorted(),
                "{row}"
            );
            ids
        };
        let plain = lists(&str::to_owned);
        let last = plain.last().expect("an exhibit");
        let unprinted =
            format!("| Parties | {{% if agreement.title == \"\" %}}[](#{last}){{% endif %}}");
        let odd = lists(&|text| text.replacen("| Parties | ", &unprinted, 1));
        assert_eq!(odd, plain);
    }
}
