//! A statement as a page: what is paid, line by line, with the way of every amount and the clause behind it.
//!
//! In: a statement that was made from events, the deal, and its draft. Out: a document in one package with the
//! agreement, so that each clause is a reference that is known to lead there.

mod after;
mod steps;
mod tables;

use crate::deal::Deal;
use crate::document::resolve::{Form, Package, Resolved, resolve};
use crate::document::{Anchor, Block, Document, Inline, Label, Section, walk};
use crate::draft::Draft;
use crate::economics::{Line, Model};
use crate::events::Made;
use crate::library::{Library, StatementWords, fill, sentence};
use crate::units::{Money, Numerals};
use std::collections::BTreeSet;

pub use steps::step;
pub use tables::event;

/// The name of the page as a file, without its ending.
pub const PAGE: &str = "statement";

/// What a page of a statement is made from.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The statement.
    pub made: &'a Made,
    /// The deal.
    pub deal: &'a Deal,
    /// The library with the words.
    pub library: &'a Library,
    /// The agreement.
    pub draft: &'a Draft,
    /// How many rows are left out.
    pub left_out: usize,
}

impl Shown<'_> {
    fn words(&self) -> &StatementWords {
        &self.library.statement
    }

    fn numerals(&self) -> Numerals {
        self.deal.numerals()
    }

    fn money(&self, money: Money) -> String {
        money.print_exact(&self.numerals())
    }
}

/// The statement as a document, and the sections of it that a screen folds away. `folder` is the way from the page to
/// the folder of the agreement, such as `../out/`; without it the page names the clauses and has no links to them, as
/// a way through the folders of one side is none of the other's business. `None` if a section of the agreement has
/// the name of one of the page.
pub fn page(shown: &Shown<'_>, folder: Option<&str>) -> Option<(Resolved, BTreeSet<Anchor>)> {
    let clauses: BTreeSet<&Anchor> = shown
        .draft
        .resolved
        .documents()
        .iter()
        .flat_map(|document| walk::sections(&document.root))
        .map(|section| &section.anchor)
        .collect();
    let words = shown.words();
    let mut folds = BTreeSet::new();
    let mut sections = tables::sums(shown)?;
    let mut lines = Vec::new();
    for (index, line) in shown.made.closed.statement.lines.iter().enumerate() {
        let section = self::line(shown, index + 1, line, &clauses, folder.is_some())?;
        folds.insert(section.anchor.clone());
        lines.push(section);
    }
    if !lines.is_empty() {
        let mut all = titled("statement-lines", words.lines.as_str(), Vec::new())?;
        all.sections = lines;
        sections.push(all);
    }
    sections.extend(after::rest(shown)?);
    let time = &shown.made.closed.time;
    let mut root = titled(
        "statement",
        &fill(words.title.as_str(), &[("period", &time.name)]),
        tables::front(shown),
    )?;
    root.sections = sections;
    let mut documents = match folder {
        Some(_) => shown.draft.resolved.documents().to_vec(),
        None => Vec::new(),
    };
    for document in &mut documents {
        document.name.insert_str(0, folder.unwrap_or_default());
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
    let resolved = resolve(package, shown.draft.resolved.words().clone()).ok()?;
    let mark = fill(
        words.mark.as_str(),
        &[
            ("period", &time.name),
            ("title", shown.deal.agreement.title.as_str()),
            ("draft", &shown.deal.agreement.draft.to_string()),
            ("digest", &shown.draft.digest),
        ],
    );
    Some((resolved.with_imprint(&mark), folds))
}

/// The section of one line: its clause, its arithmetic, its events.
fn line(
    shown: &Shown<'_>,
    number: usize,
    line: &Line,
    clauses: &BTreeSet<&Anchor>,
    linked: bool,
) -> Option<Section> {
    let words = shown.words();
    let mut blocks = Vec::new();
    if let Some(clause) = clause(line.model).parse::<Anchor>().ok()
        && clauses.contains(&clause)
    {
        let clause = if linked {
            Inline::Reference(clause)
        } else {
            Inline::Text(place(shown.draft, &clause)?)
        };
        blocks.push(Block::Paragraph(vec![
            Inline::Text(words.clause.as_str().trim_end().to_owned() + " "),
            clause,
            Inline::Text(".".to_owned()),
        ]));
    }
    let steps: Vec<Vec<Block>> = line
        .trace
        .iter()
        .map(|step| steps::step(step, shown.made.deal(line, shown.deal), words))
        .map(|step| vec![Block::Paragraph(text(&step))])
        .collect();
    if !steps.is_empty() {
        blocks.push(Block::Paragraph(text(words.arithmetic.as_str())));
        blocks.push(Block::List(crate::document::List {
            ordered: false,
            items: steps,
        }));
    }
    blocks.extend(tables::events(shown, number, line));
    let title = fill(
        words.line_title.as_str(),
        &[
            ("number", &number.to_string()),
            ("what", &what(shown, line)),
            ("sum", &shown.money(line.paid)),
        ],
    );
    titled(&format!("statement-line-{number}"), &title, blocks)
}

/// What pays a line, in the words of the agreement's tables.
fn what(shown: &Shown<'_>, line: &Line) -> String {
    name(line, shown.made, shown.deal, shown.library)
}

/// What pays a line, in words that begin a cell; where an amendment divides the time, with the days that the line is
/// about.
pub fn name(line: &Line, made: &Made, deal: &Deal, library: &Library) -> String {
    let terms = made.deal(line, deal);
    let model = super::examples::model(line, terms, &terms.numerals(), &library.models);
    let model = sentence(&model);
    let Some(stretch) = made.stretch(line) else {
        return model;
    };
    let time = &made.closed.time;
    let words = &library.statement;
    // What fills up or cuts off is about the whole time, or about a year that ends within it.
    let limit = matches!(line.model, Model::Floor | Model::Cap);
    let word = match (stretch.from == time.from || limit, stretch.to == time.to) {
        (true, true) => return model,
        (true, false) => &words.line_until,
        (false, true) => &words.line_from,
        (false, false) => &words.line_between,
    };
    let (from, to) = (stretch.from.print(), stretch.to.print());
    let values = [("what", model.as_str()), ("from", &from), ("to", &to)];
    fill(word.as_str(), &values)
}

/// Where a section stands in a draft, in words: `Section 5.4 (What the tiers pay) of Exhibit A`.
pub fn place(draft: &Draft, section: &Anchor) -> Option<String> {
    let document = draft.resolved.documents().first()?;
    let part = draft.resolved.part(&document.name)?;
    let shown = part.reference(&document.root.anchor, section, Form::Full);
    Some(shown.text).filter(|text| !text.is_empty())
}

/// The clause that says what a line pays: its id.
pub fn clause(model: Model) -> &'static str {
    match model {
        Model::ReferralFee => "referral-fee",
        Model::FirstTerm | Model::StepDown => "revenue-share",
        Model::Tiers | Model::TiersEarlier => "tiers-table",
        Model::Renewal => "renewal-share",
        Model::Bounty => "bounty",
        Model::FixedFee => "fixed-fee",
        Model::Spiff => "spiff",
        Model::Bonus => "strategic-bonus",
        Model::Influenced | Model::Split => "attribution",
        Model::Clawback => "clawback",
        Model::Floor => "payment-floor",
        Model::Cap => "payment-cap",
    }
}

/// Words as a run; what a line cannot hold becomes a space.
fn text(words: &str) -> Vec<Inline> {
    let kept: String = words
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if kept.is_empty() {
        Vec::new()
    } else {
        vec![Inline::Text(kept)]
    }
}

fn titled(anchor: &str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    Some(Section {
        anchor: anchor.parse().ok()?,
        label: Label::Title,
        title: text(title),
        blocks,
        sections: Vec::new(),
    })
}
