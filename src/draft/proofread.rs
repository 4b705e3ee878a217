//! What a careful reader of a draft would ask about its defined terms.
//!
//! In: a deal and the documents that were made of it. Out: warnings at their places in clause files. Nothing
//! here stops a draft, so drafting does not wait for it: the commands ask for it where their user wants to know.

use super::select::{self, Selection};
use super::{Draft, findings, strangers};
use crate::deal::fact::Fact;
use crate::deal::{Deal, Id, record::Field};
use crate::diagnostic::Report;
use crate::document::Document;
use crate::document::terms::{self, Terms};
use crate::library::Library;

/// What a careful reader would ask about the terms of a draft of `deal`.
pub fn proofread(deal: &Deal, library: &Library, draft: &Draft) -> Report {
    let mut report = Report::new();
    let facts = deal.fact();
    // What is wrong with the choice of clauses was told when they were drafted.
    let selection = select::select(deal, &facts, library, &mut Report::new());
    if let Some(selection) = selection {
        let (documents, terms) = (draft.resolved.documents(), draft.resolved.terms());
        read(deal, documents, terms, &facts, &selection, &mut report);
    }
    report
}

/// The same for documents that are not a draft yet, and may never be one.
pub(super) fn read(
    deal: &Deal,
    documents: &[Document],
    terms: &Terms,
    facts: &Fact<'_>,
    selection: &Selection<'_>,
    report: &mut Report,
) {
    let mut names = Vec::new();
    proper_names(facts, false, &mut names);
    let listed = selection.elsewhere().map(Id::as_str);
    for finding in terms::findings(documents, terms, &names, listed) {
        report.push(findings::term(&finding, selection));
    }
    strangers::check(deal, facts, terms, report);
}

/// Every text of the deal: names of people, laws and institutions in it look like defined terms and are not.
///
/// Those of what it `defines` are terms, or their definition was left out.
fn proper_names<'f>(fact: &Fact<'f>, defines: bool, names: &mut Vec<&'f str>) {
    match fact {
        Fact::Text(text) => names.push(text),
        Fact::List(items) => items
            .iter()
            .for_each(|item| proper_names(item, defines, names)),
        Fact::Record(fields) => {
            for (key, field) in fields {
                if !(defines && matches!(*key, "name" | "term")) {
                    let below = matches!(*key, "metric" | "gate" | "segment" | "definition");
                    proper_names(field, below, names);
                }
            }
        }
        Fact::Absent
        | Fact::Flag(_)
        | Fact::Number(_)
        | Fact::Money(_)
        | Fact::Rate(_)
        | Fact::Count(_)
        | Fact::Measure(_)
        | Fact::Period(_)
        | Fact::Date(_)
        | Fact::Name(_, _) => {}
    }
}
