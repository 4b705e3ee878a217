//! The coverage of a deal as an internal page, whose places are links into the agreement.

use super::{Note, Printed, Review, Reviewed, State};
use crate::deal::Deal;
use crate::document::resolve::{Package, Resolved, resolve};
use crate::document::{Align, Anchor, Block, Column, Document, Inline, Label, Section, Table};
use crate::draft::{Draft, provenance};
use crate::library::{CoverageWords, Library, fill};

/// The name of the page as a file, without its ending.
pub const PAGE: &str = "coverage.internal";

/// The page, in one package with the agreement, so that each place is a reference that is known to lead there.
///
/// `folder` is the way from the page to the folder of the agreement, such as `../out/`. `None` if a section of
/// the agreement has the name of a section of the page.
pub fn page(
    review: &Review<'_>,
    deal: &Deal,
    library: &Library,
    draft: &Draft,
    folder: &str,
) -> Option<Resolved> {
    let words = &library.coverage.words;
    let mut blocks = vec![Block::Paragraph(text(&summary(review, words)))];
    if review.count(State::Undecided) > 0 {
        let how = Block::Paragraph(text(&how(review, words)));
        blocks.push(Block::Note(vec![how]));
    }
    let mut sections = Vec::new();
    for (group, heads) in &review.groups {
        sections.push(Section {
            anchor: anchor(&format!("coverage-{}", group.key.as_str()))?,
            label: Label::Title,
            title: text(group.title.as_str()),
            blocks: vec![table(heads, words)],
            sections: Vec::new(),
        });
    }
    sections.push(Section {
        anchor: anchor("coverage-origins")?,
        label: Label::Title,
        title: text(words.origins.as_str()),
        blocks: vec![origins(deal, library, draft)?],
        sections: Vec::new(),
    });
    let root = Section {
        anchor: anchor("coverage")?,
        label: Label::Title,
        title: text(&fill(
            words.title.as_str(),
            &[("title", deal.agreement.title.as_str())],
        )),
        blocks,
        sections,
    };
    let mut documents = draft.resolved.documents().to_vec();
    for document in &mut documents {
        document.name.insert_str(0, folder);
    }
    documents.push(Document {
        name: PAGE.to_owned(),
        imprint: None,
        root,
    });
    let package = Package {
        documents,
        lone: Vec::new(),
    };
    let resolved = resolve(package, draft.resolved.words().clone()).ok()?;
    let mark = fill(
        words.mark.as_str(),
        &[
            ("draft", &deal.agreement.draft.to_string()),
            ("digest", &draft.digest),
        ],
    );
    Some(resolved.with_imprint(&mark))
}

/// `52 of 68 present, 4 deliberately absent, 12 undecided.`
pub fn summary(review: &Review<'_>, words: &CoverageWords) -> String {
    let count = |state| review.count(state).to_string();
    fill(
        words.summary.as_str(),
        &[
            ("present", &count(State::Present)),
            ("absent", &count(State::Absent)),
            ("undecided", &count(State::Undecided)),
            ("all", &review.all().to_string()),
        ],
    )
}

/// How a head is decided, with one that is not for an example.
pub fn how(review: &Review<'_>, words: &CoverageWords) -> String {
    let open = review.heads().find(|head| head.state == State::Undecided);
    let key = open.map_or("non-compete", |open| open.head.key.as_str());
    fill(words.how.as_str(), &[("head", key)])
}

/// The title of a head, with its key while somebody has to decide it.
pub fn title(reviewed: &Reviewed<'_>) -> String {
    let head = reviewed.head;
    match reviewed.state {
        State::Present | State::Absent => head.title.to_string(),
        State::Undecided => format!("{} ({})", head.title, head.key),
    }
}

/// The word for a state.
pub fn state(state: State, words: &CoverageWords) -> &str {
    match state {
        State::Present => words.present.as_str(),
        State::Absent => words.absent.as_str(),
        State::Undecided => words.undecided.as_str(),
    }
}

/// A note in words.
pub fn note(note: &Note, words: &CoverageWords) -> String {
    match note {
        Note::InPart => words.in_part.to_string(),
        Note::NoClause => words.no_clause.to_string(),
        Note::Missing { path } => fill(words.missing.as_str(), &[("path", path)]),
        Note::NotListed { clause } => fill(words.not_listed.as_str(), &[("clause", clause)]),
        Note::LeftOut { clause, reason, .. } => fill(
            words.left_out.as_str(),
            &[("clause", clause), ("reason", reason)],
        ),
        Note::Reason { reason, .. } => reason.clone(),
        Note::Denied => words.denied.to_string(),
        Note::InDeal { path } => fill(words.in_deal.as_str(), &[("path", path)]),
    }
}

/// Each section once, in the order in which it is first named.
pub fn places(clauses: &[Printed]) -> Vec<&Printed> {
    let mut places: Vec<&Printed> = Vec::new();
    for clause in clauses {
        if places.iter().all(|known| known.anchor != clause.anchor) {
            places.push(clause);
        }
    }
    places
}

fn table(heads: &[Reviewed<'_>], words: &CoverageWords) -> Block {
    let column = |heading: &str| Column {
        heading: text(heading),
        align: Align::Start,
    };
    Block::Table(Table {
        anchor: None,
        caption: Vec::new(),
        columns: vec![
            column(words.head.as_str()),
            column(words.state.as_str()),
            column(words.place.as_str()),
            column(words.note.as_str()),
        ],
        rows: heads
            .iter()
            .map(|reviewed| {
                let state = text(self::state(reviewed.state, words));
                vec![
                    text(&title(reviewed)),
                    match reviewed.state {
                        State::Present | State::Absent => state,
                        State::Undecided => vec![Inline::Strong(state)],
                    },
                    references(&reviewed.clauses),
                    notes(&reviewed.notes, words),
                ]
            })
            .collect(),
    })
}

/// Where the words of each section come from: the clause file, the wording, and the keys of the deal that made them.
fn origins(deal: &Deal, library: &Library, draft: &Draft) -> Option<Block> {
    let words = &library.coverage.words;
    let column = |heading: &str| Column {
        heading: text(heading),
        align: Align::Start,
    };
    let origins = provenance::origins(deal, library, draft).ok()?;
    Some(Block::Table(Table {
        anchor: None,
        caption: Vec::new(),
        columns: vec![
            column(words.place.as_str()),
            column(words.clause.as_str()),
            column(words.wording.as_str()),
            column(words.keys.as_str()),
        ],
        rows: origins
            .iter()
            .map(|(printed, explained)| {
                let keys = explained.keys.iter().map(|key| key.path.as_str());
                vec![
                    vec![Inline::Reference(printed.anchor.clone())],
                    text(&explained.at.source().name),
                    text(explained.rank.as_str()),
                    text(&keys.collect::<Vec<_>>().join(", ")),
                ]
            })
            .collect(),
    }))
}

/// The places, as references and nothing else, so that they are printed in short.
fn references(clauses: &[Printed]) -> Vec<Inline> {
    let mut cell = Vec::new();
    for place in places(clauses) {
        if !cell.is_empty() {
            cell.push(Inline::Text("; ".to_owned()));
        }
        cell.push(Inline::Reference(place.anchor.clone()));
    }
    cell
}

fn notes(notes: &[Note], words: &CoverageWords) -> Vec<Inline> {
    let notes: Vec<String> = notes.iter().map(|note| self::note(note, words)).collect();
    if notes.is_empty() {
        return Vec::new();
    }
    text(&notes.join("; "))
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn anchor(name: &str) -> Option<Anchor> {
    name.parse().ok()
}
