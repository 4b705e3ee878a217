//! A deal and a library become documents.
//!
//! In: a [`Deal`] and a [`Library`]. Out: a [`Draft`], in which every reference leads somewhere and every term
//! is defined, or a report with every finding at its place in the deal or in a clause file. Pure: the same deal
//! and library give the same draft.

mod assemble;
pub mod coverage;
mod examples;
mod figures;
mod fill;
mod findings;
mod foresee;
mod glossary;
mod keep;
pub mod papers;
mod proofread;
pub mod provenance;
#[cfg(test)]
mod samples;
mod schedule;
pub(crate) mod seen;
mod select;
pub mod statement;
mod strangers;
mod talks;
mod view;

pub use fill::Wordings;
pub use foresee::foresee;
pub use proofread::proofread;
pub use schedule::{DateKind, Entry, Schedule, calendar, conventions, period_name, renewed};
pub use view::root;

use crate::deal::{Deal, fact::Fact, record::Field};
use crate::diagnostic::{Code, Report};
use crate::document::Document;
use crate::document::digest::feed;
use crate::document::picture::Pictures;
use crate::document::resolve::{Resolved, Unresolved, resolve};
use crate::document::terms::Terms;
use crate::economics;
use crate::library::{Library, fill};
use crate::units::{Date, Numerals};
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

/// What a draft after signature must agree with.
#[derive(Debug, Clone, Copy)]
pub struct After<'a> {
    /// The agreement as it was signed.
    pub signed: &'a Draft,
    /// The exhibits that were restated since, as far as they are in this draft.
    pub restated: &'a [Restated],
}

/// An edition of an exhibit that took the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restated {
    /// The exhibit: an anchor.
    pub exhibit: String,
    /// How often it has been restated, this time included.
    pub number: u32,
    /// From which day it holds.
    pub from: Date,
    /// The number of the amendment that it belongs to.
    pub amendment: u32,
}

/// Drafts the agreement of a deal. Everything that stands in its way is in the report, and then it is `None`.
///
/// A deal with errors is drafted as well, so that one run finds all that is wrong. What then follows from those
/// errors, a name that stands for nothing or a sum that cannot be computed, is not said a second time.
///
/// What a careful reader would ask about a draft is the business of [`proofread`]; if there is no draft, that is
/// in the report too.
pub fn draft(deal: &Deal, library: &Library, report: &mut Report) -> Option<Draft> {
    draft_after(deal, library, None, report)
}

/// The same after signature: every section keeps its number, every exhibit its letter, and restated exhibits say so.
pub fn draft_after(
    deal: &Deal,
    library: &Library,
    after: Option<After<'_>>,
    report: &mut Report,
) -> Option<Draft> {
    let sound = !report.has_errors();
    let mut found = Report::new();
    let draft = made(deal, library, after, sound, &mut found);
    if !sound {
        // A clause that could not be filled in defines nothing, and its terms are missed everywhere.
        let hole = found.sorted().iter().any(|at| at.code == Code::BadTag);
        found.retain(|finding| {
            let missed = hole && finding.code == Code::UndefinedTerm;
            !missed && !CONSEQUENCES.contains(&finding.code)
        });
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

fn made(
    deal: &Deal,
    library: &Library,
    after: Option<After<'_>>,
    sound: bool,
    report: &mut Report,
) -> Option<Draft> {
    let before = report.errors();
    let facts = deal.fact();
    let Prepared {
        selection,
        numerals,
        schedule,
        worked,
        outcomes,
        computed,
        context,
    } = prepare(deal, &facts, library, report)?;
    coverage::check(deal, library, &selection, report);
    let draw = || {
        figures::pictures(&figures::Facts {
            deal,
            library,
            schedule: &schedule,
            ladder: &computed.ladder,
            examples: worked.as_ref(),
            results: outcomes.as_ref(),
            numerals: &numerals,
        })
    };
    // Pictures are drawn beside the text, unless something was found that could be in their way.
    let sound = sound && report.errors() == before;
    let (package, pictures) = rayon::join(
        || assemble::assemble(deal, library, &selection, context, &schedule, after, report),
        || sound.then(draw),
    );
    let package = package?;
    let ask = |documents: &[Document], report: &mut Report| {
        let terms = Terms::of(documents);
        proofread::read(deal, documents, &terms, &facts, &selection, report);
    };
    if report.errors() > before {
        ask(&package.documents, report);
        return None;
    }
    let resolved = match resolve(package, library.words.references()) {
        Ok(resolved) => resolved,
        Err(Unresolved { package, troubles }) => {
            ask(&package.documents, report);
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
    let mut pictures = pictures.unwrap_or_else(draw);
    let (digest, map) = rayon::join(|| digest(&resolved), || figures::map(&resolved, library));
    if let Some((anchor, map)) = map {
        pictures.insert(anchor, map);
    }
    let imprint = fill(
        library.words.imprint.as_str(),
        &[
            ("draft", &deal.agreement.draft.to_string()),
            ("digest", &digest),
        ],
    );
    let resolved = resolved.with_imprint(&imprint);
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
    worked: Option<economics::Examples>,
    outcomes: Option<economics::Results>,
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
    let numerals = deal.numerals();
    let schedule = schedule::schedule(deal, &library.calendar, &selection.included, &numerals);
    let compute = || {
        let (worked, outcomes) = (economics::examples(deal)?, economics::results(deal)?);
        let computed = Computed {
            included: selection.included.iter().cloned().collect(),
            exhibits: selection.exhibits.clone(),
            dates: view::dates(&schedule),
            calendar: view::calendar(&schedule.entries),
            ladder: view::ladder(deal, &numerals, library.words.and.as_str()),
            example: examples::examples(deal, worked.as_ref(), &numerals, &library.models),
            results: examples::results(deal, outcomes.as_ref(), &numerals, &library.models),
            talks: talks::talks(deal),
        };
        let seen = view::computed(&computed);
        Ok((worked, outcomes, computed, seen))
    };
    // What a deal says is printed beside what is computed from it.
    let (computed, mut context) = rayon::join(compute, || view::said(deal, facts, &numerals));
    let (worked, outcomes, computed, seen) = match computed {
        Ok(computed) => computed,
        Err(finding) => {
            report.push(finding);
            return None;
        }
    };
    for (key, value) in seen {
        context.insert_value(key, value);
    }
    Some(Prepared {
        selection,
        numerals,
        schedule,
        worked,
        outcomes,
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
