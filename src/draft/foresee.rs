//! Wordings compiled while the deal that needs them is still being read.
//!
//! In: the tree of a deal file, and a library. Out: nothing but time. Which clauses an agreement has is decided by
//! [`select`](super::select), from a deal that was read and checked; what was foreseen in vain is never printed, and
//! what was not foreseen is compiled when it is asked for.

use crate::deal::{Rank, Tree};
use crate::library::{Article, Clause, DEFAULT_OUTLINE, Library, SHELVES};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use toml::de::{DeTable, DeValue};

/// Compiles the wordings that a draft of the deal will most likely ask for.
pub fn foresee(tree: &Tree<'_>, library: &Library) {
    let likely = likely(tree, library);
    let shelves = (0..SHELVES).into_par_iter().with_max_len(1);
    shelves.for_each(|shelf| {
        let here = |(clause, _): &&(&Clause, Rank)| clause.shelf == shelf;
        let wordings: Vec<(&Clause, Rank)> = likely.iter().filter(here).copied().collect();
        library.renderer.ready(shelf, &wordings);
    });
}

/// The clauses that the deal seems to have, each with its wording.
fn likely<'l>(tree: &Tree<'_>, library: &'l Library) -> Vec<(&'l Clause, Rank)> {
    let Some(DeValue::Table(deal)) = tree.root().map(toml::Spanned::get_ref) else {
        return Vec::new();
    };
    let named = at(deal, "agreement.outline").and_then(DeValue::as_str);
    let Some(outline) = library.outlines.get(named.unwrap_or(DEFAULT_OUTLINE)) else {
        return Vec::new();
    };
    let articles = outline.part.iter().flat_map(|part| &part.articles);
    let ids = outline
        .cover
        .iter()
        .chain(articles.flat_map(Article::clauses));
    let choices = at(deal, "clauses").and_then(DeValue::as_table);
    ids.filter_map(|id| {
        let clause = library.clauses.get(id.as_str())?;
        let choice = choices.and_then(|choices| choices.get(id.as_str()));
        let rank = match choice.map(|choice| choice.get_ref().as_str()) {
            // The preferred wording, or one that is named; a table says why the clause is left out.
            None => Rank::Preferred,
            Some(Some(name)) => Rank::ALL.into_iter().find(|rank| rank.as_str() == name)?,
            Some(None) => return None,
        };
        let needed = clause.needs.iter().all(|need| says(deal, need.as_str()));
        needed.then_some((clause, rank))
    })
    .collect()
}

/// Whether the deal says something at this path.
fn says(deal: &DeTable<'_>, path: &str) -> bool {
    match at(deal, path) {
        None | Some(DeValue::Boolean(false)) => false,
        Some(DeValue::Array(items)) => !items.is_empty(),
        Some(
            DeValue::Boolean(true)
            | DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Datetime(_)
            | DeValue::Table(_),
        ) => true,
    }
}

fn at<'d, 's>(deal: &'d DeTable<'s>, path: &str) -> Option<&'d DeValue<'s>> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut value = deal.get(first)?.get_ref();
    for key in rest.split('.').filter(|key| !key.is_empty()) {
        value = value.as_table()?.get(key)?.get_ref();
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::super::{samples, select};
    use super::*;
    use crate::deal::Deal;
    use crate::deal::record::Field as _;
    use crate::diagnostic::Report;
    use crate::document::Label;

    /// Nothing depends on it but time, so nothing else would tell that it sees the wrong thing.
    #[test]
    fn what_is_foreseen_is_what_is_chosen() {
        let library = samples::library();
        for source in samples::deals() {
            let tree = Tree::of(&source);
            let mut report = Report::new();
            let deal = Deal::of(&tree, &mut report).expect("a deal");
            let chosen = select::select(&deal, &deal.fact(), &library, &mut report);
            let name = |(clause, rank): (&Clause, Rank)| (clause.id.to_string(), rank);
            let chosen: Vec<_> = chosen.expect("clauses").all().map(name).collect();
            let likely: Vec<_> = likely(&tree, &library).into_iter().map(name).collect();
            assert_eq!(likely, chosen, "{}", source.name);
        }
    }

    /// Where it is not, clauses that list the exhibits are filled in twice.
    #[test]
    fn the_order_of_exhibits_is_foreseen() {
        let library = samples::library();
        for source in samples::deals() {
            let mut report = Report::new();
            let deal = Deal::read(&source, &mut report).expect("a deal");
            let chosen = select::select(&deal, &deal.fact(), &library, &mut report);
            let exhibits = chosen.expect("clauses").exhibits;
            let foreseen: Vec<&str> = exhibits.iter().map(|exhibit| exhibit.id.as_str()).collect();
            let draft = crate::draft::draft(&deal, &library, &mut report).expect("a draft");
            let sections = &draft.resolved.documents()[0].root.sections;
            let exhibits = sections.iter().filter(|part| part.label == Label::Exhibit);
            let found: Vec<&str> = exhibits.map(|part| part.anchor.as_str()).collect();
            assert_eq!(foreseen, found, "{}", source.name);
        }
    }
}
