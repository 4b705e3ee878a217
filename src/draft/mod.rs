//! A deal and a library become documents.
//!
//! In: a [`Deal`] and a [`Library`]. Out: a [`Draft`], in which every reference leads somewhere and every term
//! is defined, or a report with every finding at its place in the deal or in a clause file. Pure: the same deal
//! and library give the same draft.

mod assemble;
pub mod coverage;
mod examples;
mod figures;
mod findings;
mod glossary;
pub mod provenance;
mod schedule;
pub(crate) mod seen;
mod select;
mod strangers;
mod view;

pub use schedule::{DateKind, Entry, Schedule, calendar, conventions};
pub use view::root;

use crate::deal::{Deal, fact::Fact, record::Field};
use crate::diagnostic::{Code, Report};
use crate::document::digest::feed;
use crate::document::picture::Pictures;
use crate::document::resolve::{Resolved, resolve};
use crate::library::{Library, fill};
use crate::units::Numerals;
use select::Selection;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use tera::Context;
use view::Computed;

/// An agreement, ready to be written in any format.
#[derive(Debug)]
pub struct Draft {
    /// The documents.
    pub resolved: Resolved,
    /// The pictures that belong to their tables.
    pub pictures: Pictures,
    /// The days that follow from the deal.
    pub schedule: Schedule,
    /// The first letters of the digest of all words, in groups: `5d02 19ab`.
    pub digest: String,
}

/// Drafts the agreement of a deal. All findings are in the report; `None` if nothing may be written.
///
/// A deal with errors is drafted as well, so that one run finds all that is wrong. What then follows from those
/// errors, a name that stands for nothing or a sum that cannot be computed, is not said a second time.
pub fn draft(deal: &Deal, library: &Library, report: &mut Report) -> Option<Draft> {
    let sound = !report.has_errors();
    let mut found = Report::new();
    let draft = made(deal, library, &mut found);
    if !sound {
        found.retain(|finding| !CONSEQUENCES.contains(&finding.code));
    }
    report.append(found);
    draft
}

/// What the drafting of an unsound deal says for reasons that its checks have said before.
const CONSEQUENCES: &[Code] = &[
    Code::BadTag,
    Code::WrongType,
    Code::TooLarge,
    Code::MissingKey,
];

fn made(deal: &Deal, library: &Library, report: &mut Report) -> Option<Draft> {
    let before = report.errors();
    let facts = deal.fact();
    let Prepared {
        selection,
        numerals,
        schedule,
        computed,
        context,
    } = prepare(deal, &facts, library, report)?;
    coverage::check(deal, library, &selection, report);
    let package = assemble::assemble(
        deal, &facts, library, &selection, context, &schedule, report,
    )?;
    if report.errors() > before {
        return None;
    }
    let resolved = match resolve(package, library.words.references()) {
        Ok(resolved) => resolved,
        Err(troubles) => {
            let mut said = BTreeSet::new();
            for trouble in troubles {
                let finding = findings::trouble(&trouble, deal, library, &selection);
                // A clause that the deal leaves out may be missed in many places.
                let at = (finding.at.source().name.clone(), finding.at.range().start);
                if said.insert((at, finding.message.clone())) {
                    report.push(finding);
                }
            }
            return None;
        }
    };
    let digest = digest(&resolved);
    let imprint = fill(
        library.words.imprint.as_str(),
        &[
            ("draft", &deal.agreement.draft.to_string()),
            ("digest", &digest),
        ],
    );
    let resolved = resolved.with_imprint(&imprint);
    let pictures = figures::pictures(&figures::Facts {
        deal,
        library,
        schedule: &schedule,
        ladder: &computed.ladder,
        resolved: &resolved,
        numerals: &numerals,
    });
    Some(Draft {
        resolved,
        pictures,
        schedule,
        digest,
    })
}

/// What the clauses of a deal are filled in from.
struct Prepared<'l> {
    selection: Selection<'l>,
    numerals: Numerals,
    schedule: Schedule,
    computed: Computed,
    context: Context,
}

/// Chooses the clauses of a deal and computes all that they may see.
fn prepare<'l>(
    deal: &Deal,
    facts: &Fact<'_>,
    library: &'l Library,
    report: &mut Report,
) -> Option<Prepared<'l>> {
    let selection = select::select(deal, facts, library, report)?;
    let numerals = view::numerals(deal);
    let schedule = schedule::schedule(deal, &library.calendar, &selection.included, &numerals);
    let (examples, results) = match (
        examples::examples(deal, &numerals, &library.models),
        examples::results(deal, &numerals, &library.models),
    ) {
        (Ok(examples), Ok(results)) => (examples, results),
        (Err(finding), _) | (Ok(_), Err(finding)) => {
            report.push(finding);
            return None;
        }
    };
    let computed = Computed {
        included: selection.included.clone(),
        exhibits: selection.exhibits(),
        dates: view::dates(&schedule),
        calendar: view::calendar(&schedule.entries),
        ladder: view::ladder(deal, &numerals, library.words.and.as_str()),
        example: examples,
        results,
    };
    let context = view::view(deal, facts, &numerals, &computed);
    Some(Prepared {
        selection,
        numerals,
        schedule,
        computed,
        context,
    })
}

/// The digest of every word of the agreement, short enough to be compared by eye.
///
/// The imprint, which names it, is no part of it.
fn digest(resolved: &Resolved) -> String {
    let mut hash = Sha256::new();
    for document in resolved.documents() {
        feed(document, &mut |bytes| hash.update(bytes));
    }
    let hash = hash.finalize();
    format!(
        "{:02x}{:02x} {:02x}{:02x}",
        hash[0], hash[1], hash[2], hash[3]
    )
}

/// Whether a path of the deal holds something: a value, `true`, a list that is not empty.
fn is_present(facts: &Fact<'_>, path: &str) -> bool {
    let mut fact = facts;
    for key in path.split('.') {
        let Fact::Record(fields) = fact else {
            return false;
        };
        let Some((_, next)) = fields.iter().find(|(name, _)| *name == key) else {
            return false;
        };
        fact = next;
    }
    match fact {
        Fact::Absent | Fact::Flag(false) => false,
        Fact::List(items) => !items.is_empty(),
        Fact::Flag(true)
        | Fact::Number(_)
        | Fact::Text(_)
        | Fact::Money(_)
        | Fact::Rate(_)
        | Fact::Count(_)
        | Fact::Measure(_)
        | Fact::Period(_)
        | Fact::Date(_)
        | Fact::Name(_, _)
        | Fact::Record(_) => true,
    }
}
