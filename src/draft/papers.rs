//! Papers that come after the agreement: amendments, scorecards. Each follows an outline of its own.
//!
//! In: a deal, a library, the name of an outline, and what the paper tells. Out: one document in which every
//! reference leads somewhere. Its words stand in the clauses of the outline; what they may see is listed here.

mod tables;

pub use tables::*;

use super::assemble::Making;
use super::seen::Seen;
use super::select::Selection;
use super::{Prepared, prepare};
use crate::deal::Deal;
use crate::deal::record::Field;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::resolve::{Package, Resolved, resolve};
use crate::document::{Document, Inline, Label, Section};
use crate::index::Index;
use crate::library::{Library, PartLabel};
use crate::source::{Source, Span};

/// What a paper is.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The outline that it follows.
    pub outline: &'a str,
    /// Its file name without the ending.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The line under its title.
    pub imprint: &'a str,
}

/// What a paper tells.
#[derive(Debug, Clone, Copy)]
pub enum Tells<'a> {
    /// An amendment.
    Amendment(&'a AmendmentSeen),
    /// A review.
    Review(&'a ReviewSeen),
    /// A simulation.
    Simulation(&'a SimulationSeen),
}

/// Writes a paper. Findings are in the report; `None` if it cannot be written.
pub fn paper(
    deal: &Deal,
    library: &Library,
    plan: Plan<'_>,
    tells: Tells<'_>,
    report: &mut Report,
) -> Option<Resolved> {
    let facts = deal.fact();
    let Prepared {
        computed,
        mut context,
        ..
    } = prepare(deal, &facts, library, report)?;
    match tells {
        Tells::Amendment(seen) => context.insert_value("amendment", seen.value()),
        Tells::Review(seen) => context.insert_value("review", seen.value()),
        Tells::Simulation(seen) => context.insert_value("simulation", seen.value()),
    }
    let Some(outline) = library.outlines.get(plan.outline) else {
        let nowhere = Source::new(format!("templates/{}.toml", plan.outline), "");
        report.push(
            Diagnostic::error(
                Code::MissingKey,
                &Span::whole(&nowhere),
                format!("the library has no outline `{}`", plan.outline),
            )
            .help("copy it from the folder that `engross library export` writes"),
        );
        return None;
    };
    let selection = Selection::whole(outline, library, computed.included);
    let mut made = Making {
        library,
        selection: &selection,
        context: &mut context,
        filled: Index::default(),
        report,
        glossary: None,
    };
    let mut blocks = Vec::new();
    for id in &outline.cover {
        blocks.extend(made.clause(id.as_str(), Label::Title)?.blocks);
    }
    let mut sections = Vec::new();
    for part in &outline.part {
        let section = made.part(part)?;
        // The scorecard is one part, and its title is that of the page.
        if outline.part.len() == 1 && part.label.value == PartLabel::Title {
            sections.extend(section.sections);
        } else {
            sections.push(section);
        }
    }
    let root = Section {
        anchor: plan.name.parse().ok()?,
        label: Label::Title,
        title: vec![Inline::Text(plan.title.to_owned())],
        blocks,
        sections,
    };
    let document = Document {
        name: plan.name.to_owned(),
        imprint: None,
        root,
    };
    let package = Package {
        documents: vec![document],
        lone: Vec::new(),
    };
    match resolve(package, library.words.references()) {
        Ok(resolved) => Some(resolved.with_imprint(plan.imprint)),
        Err(unresolved) => {
            for trouble in unresolved.troubles {
                report.push(super::findings::trouble(
                    &trouble, deal, library, &selection,
                ));
            }
            None
        }
    }
}
