//! Clauses filled in with what a deal says, and read.
//!
//! In: clauses with their wordings, and what templates may see. Out: the blocks of each clause. What one clause
//! says does not depend on any other, so they are compiled and filled in side by side.

use super::seen::Seen;
use super::select::Selection;
use super::view::ClauseSeen;
use crate::deal::record::Field;
use crate::deal::{Deal, Rank};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::Block;
use crate::index::Index;
use crate::library::{Clause, Library, Renderer, SHELVES, Unread};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use tera::Context;

/// A clause filled in.
pub(super) struct Filled {
    /// What it says, as far as it can be read.
    pub(super) blocks: Vec<Block>,
    /// What is wrong with it.
    pub(super) report: Report,
}

/// All clauses of a selection, by id.
pub(super) fn all<'l>(
    library: &Library,
    selection: &Selection<'l>,
    context: &Context,
) -> Index<&'l str, Filled> {
    let on_shelf = |shelf: usize| {
        let here = |(clause, _): &(&'l Clause, Rank)| clause.shelf == shelf;
        let chosen: Vec<(&'l Clause, Rank)> = selection.all().filter(here).collect();
        library.renderer.ready(shelf, &chosen);
        let mut context = context.clone();
        let clauses = chosen.into_iter();
        clauses
            .filter_map(|(chosen, rank)| {
                let filled = clause(library, chosen, rank, &mut context)?;
                Some((chosen.id.as_str(), filled))
            })
            .collect::<Vec<_>>()
    };
    let shelves = (0..SHELVES).into_par_iter().with_max_len(1);
    let filled: Vec<Vec<(&str, Filled)>> = shelves.map(on_shelf).collect();
    filled.into_iter().flatten().collect()
}

/// One clause; `None` if it has no wording of that rank.
pub(super) fn clause(
    library: &Library,
    clause: &Clause,
    rank: Rank,
    context: &mut Context,
) -> Option<Filled> {
    let mut report = Report::new();
    let marked = text(&library.renderer, clause, rank, context).unwrap_or_else(|finding| {
        report.push(*finding);
        String::new()
    });
    let blocks = clause
        .variant(rank)?
        .read(&marked)
        .unwrap_or_else(|unread| {
            complain(clause, &unread, &mut report);
            unread.blocks
        });
    Some(Filled { blocks, report })
}

/// The text of a wording, filled in.
fn text(
    renderer: &Renderer,
    clause: &Clause,
    rank: Rank,
    context: &mut Context,
) -> Result<String, Box<Diagnostic>> {
    let seen = ClauseSeen {
        id: clause.id.as_str().to_owned(),
        title: clause.title.to_string(),
        reason: clause
            .reason
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    };
    context.insert_value("clause", seen.value());
    renderer.render(clause, rank, context)
}

/// Reports what is wrong with a wording once it is filled in.
fn complain(clause: &Clause, unread: &Unread, report: &mut Report) {
    for complaint in &unread.complaints {
        // The filled-in text is in no file: the finding stands at the clause and quotes the words.
        let words = unread
            .text
            .get(complaint.within.clone())
            .unwrap_or_default()
            .trim();
        let finding = Diagnostic::error(
            complaint.code,
            &clause.id.span,
            format!("once filled in, {}", complaint.message),
        )
        .note(format!(
            "in: {}",
            words.chars().take(120).collect::<String>()
        ))
        .help(complaint.help.clone());
        report.push(finding);
    }
}

/// What the template engine has to do for a deal, and nothing else: the yardstick of the benches.
#[derive(Debug)]
pub struct Wordings<'l> {
    renderer: Renderer,
    chosen: Vec<(&'l Clause, Rank)>,
    context: Context,
}

impl<'l> Wordings<'l> {
    /// The wordings of the agreement of `deal`, and all that they may see; `None` if it cannot be drafted.
    pub fn of(deal: &Deal, library: &'l Library) -> Option<Wordings<'l>> {
        let prepared = super::prepare(deal, &deal.fact(), library, &mut Report::new())?;
        let mut wordings = Wordings {
            renderer: Renderer::printing(),
            chosen: prepared.selection.all().collect(),
            context: prepared.context,
        };
        // They are compiled when they are filled in for the first time.
        wordings.text();
        Some(wordings)
    }

    /// Every wording filled in, one after the other, each under its title: nothing is read, checked or numbered.
    pub fn text(&mut self) -> String {
        let mut all = String::new();
        for (clause, rank) in &self.chosen {
            let filled = text(&self.renderer, clause, *rank, &mut self.context);
            all.push_str("## ");
            all.push_str(clause.title.as_str());
            all.push_str("\n\n");
            all.push_str(&filled.unwrap_or_default());
            all.push('\n');
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    /// The engine sees no prose, and each wording says what it says when the engine sees all of it.
    #[test]
    fn prose_stands_where_the_engine_would_have_printed_it() {
        let library = samples::library();
        let printing = Renderer::printing();
        let mut seen = 0;
        for source in samples::deals() {
            let mut report = Report::new();
            let deal = Deal::read(&source, &mut report).expect("a deal");
            let prepared =
                crate::draft::prepare(&deal, &deal.fact(), &library, &mut report).expect("values");
            let mut context = prepared.context;
            for (clause, rank) in prepared.selection.all() {
                let variant = clause.variant(rank).expect("a wording");
                let marked = text(&library.renderer, clause, rank, &mut context).expect("a text");
                let printed = text(&printing, clause, rank, &mut context).expect("a text");
                assert_eq!(variant.text(&marked), printed, "{}", clause.id);
                seen += 1;
            }
        }
        assert!(seen > 300);
    }
}
