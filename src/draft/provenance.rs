//! Where words come from and where values go: from a section to its clause and its keys, and back.
//!
//! In: a deal, a library, the draft that they make. Out: for a section, the clauses that it was filled in from and
//! every key that made its words ([`why`]); for a key, every place where its value appears ([`whereabouts`]).
//! Both follow what this deal makes the wordings do, not what they might: a branch that was not taken
//! names no key.

mod answer;
mod computed;
mod find;
mod follow;

pub use answer::{Explained, How, Key, Lost, Place, Sighting, Whereabouts, Why, Written};

use super::coverage::{Printed, printed};
use super::select::Selection;
use super::view::ClauseSeen;
use super::{Draft, Prepared, prepare, seen::Seen};
use crate::deal::check::places::Places;
use crate::deal::shape::Shape;
use crate::deal::{Deal, Rank, fact::Fact, record::Field};
use crate::diagnostic::Report;
use crate::document::Anchor;
use crate::document::resolve::{Form, Part};
use crate::library::{Clause, Library, trace};
use crate::source::Span;
use crate::units::nearest;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tera::Context;

/// Where the words of `section` in `document` come from. The section goes by its number or its anchor.
///
/// # Errors
///
/// If there is no such document or section.
pub fn why<'l>(
    deal: &Deal,
    library: &'l Library,
    draft: &Draft,
    document: &str,
    section: &str,
) -> Result<Why<'l>, Lost> {
    let threads = Threads::of(deal, library, draft)?;
    let part = find::part(draft, document)?;
    let section = find::section(&part, section)?;
    let id = section.anchor.as_str();
    let selection = &threads.prepared.selection;
    let under = section
        .sections
        .iter()
        .map(|section| threads.place(&section.anchor, &section.title))
        .collect();
    let clauses = selection
        .all()
        .filter(|(clause, _)| selection.section_of(clause.id.as_str()) == id)
        .map(|(clause, rank)| threads.explain(clause, rank))
        .collect();
    Ok(Why {
        section: threads.place(&section.anchor, &section.title),
        outline: find::heading(selection, id),
        clauses,
        under,
    })
}

/// Where all words of the agreement come from: each section that prints a clause, with that clause, in the order of
/// the agreement.
///
/// # Errors
///
/// If the deal cannot be drafted.
pub fn origins<'l>(
    deal: &Deal,
    library: &'l Library,
    draft: &Draft,
) -> Result<Vec<(Printed, Explained<'l>)>, Lost> {
    let threads = Threads::of(deal, library, draft)?;
    let clauses = threads.prepared.selection.all();
    Ok(clauses
        .filter_map(|(clause, rank)| {
            let printed = threads.printed(clause.id.as_str())?;
            Some((printed, threads.explain(clause, rank)))
        })
        .collect())
}

/// Every place where the value under `key` appears.
///
/// # Errors
///
/// If no deal has such a key, or this one has no such entry of a list.
pub fn whereabouts(
    deal: &Deal,
    library: &Library,
    draft: &Draft,
    key: &str,
) -> Result<Whereabouts, Lost> {
    let mut all = whereabouts_of(deal, library, draft, &[key])?;
    all.remove(0)
}

/// Every place where the value under each of `keys` appears, as [`whereabouts`] of each: what the wordings look up
/// is found out once.
///
/// # Errors
///
/// If the deal cannot be drafted.
pub fn whereabouts_of(
    deal: &Deal,
    library: &Library,
    draft: &Draft,
    keys: &[&str],
) -> Result<Vec<Result<Whereabouts, Lost>>, Lost> {
    let threads = Threads::of(deal, library, draft)?;
    let chosen: Vec<(&Clause, Rank)> = threads.selection().all().collect();
    let of_each = chosen.par_iter();
    let of_each = of_each.map(|(clause, rank)| (*clause, threads.uses(clause, *rank)));
    let used: Vec<(&Clause, Uses)> = of_each.collect();
    Ok(keys.iter().map(|key| threads.find(key, &used)).collect())
}

/// What some keys do outside all clauses.
const BESIDES: &[(&str, &str)] = &[
    (
        "agreement.title",
        "the title of the agreement, and the line under the title of each exhibit",
    ),
    (
        "agreement.effective",
        "the line under the title of each exhibit, and every date that is counted from it",
    ),
    ("agreement.draft", "the line that says which draft it is"),
    (
        "agreement.outline",
        "which clauses there are, in what order",
    ),
    ("agreement.language", "the language of every page"),
    ("agreement.figures", "how every figure is written"),
    ("agreement.count_words", "how every count is written"),
    ("clauses", "which wording each clause has"),
    ("absent", "the coverage of the deal"),
];

/// Whether a use of the path `used` is one of the value under `key`.
///
/// A table is used where one of its values is. A value is used where the whole table or list is printed, but
/// not where only its being there decides.
fn concerns(used: &str, how: How, key: &str) -> bool {
    let under = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    match how {
        How::Printed | How::Computed => under(used, key) || under(key, used),
        How::Decides => under(used, key),
    }
}

/// Keys of the deal that a wording looks up, each with what for, and where in the clause file.
type Uses = Vec<(String, How, Span)>;

/// A deal, its library and its draft, side by side.
struct Threads<'a, 'l> {
    deal: &'a Deal,
    facts: Fact<'a>,
    places: Places<'a>,
    library: &'l Library,
    draft: &'a Draft,
    whole: Part<'a>,
    prepared: Prepared<'l>,
}

impl<'a, 'l> Threads<'a, 'l> {
    fn of(deal: &'a Deal, library: &'l Library, draft: &'a Draft) -> Result<Self, Lost> {
        // The deal was drafted, so there is nothing to report that was not reported then.
        let facts = deal.fact();
        let prepared = prepare(deal, &facts, library, &mut Report::new());
        let (Some(prepared), Some(whole)) = (prepared, draft.resolved.parts().next()) else {
            return Err(Lost {
                message: "the agreement cannot be drafted".to_owned(),
                help: "`engross check` says why".to_owned(),
            });
        };
        Ok(Threads {
            deal,
            facts,
            places: Places::of(deal),
            library,
            draft,
            whole,
            prepared,
        })
    }

    /// Every place where the value under `key` appears. `used` is what each clause looks up.
    fn find(&self, key: &str, used: &[(&Clause, Uses)]) -> Result<Whereabouts, Lost> {
        let key = follow::side(self.deal, &key.replace('[', ".").replace(']', ""));
        if let Some(id) = key.strip_prefix("clauses.") {
            return self.choice(id);
        }
        self.places.find(&key).map_err(|lost| Lost {
            message: lost.message,
            help: lost.help,
        })?;
        let mut found = Vec::new();
        for (clause, uses) in used {
            let mut hows: Vec<How> = Vec::new();
            let mut at: Vec<Span> = Vec::new();
            for (used, how, place) in uses {
                if concerns(used, *how, &key) {
                    if !at.contains(place) {
                        at.push(place.clone());
                    }
                    if !hows.contains(how) {
                        hows.push(*how);
                    }
                }
            }
            if hows.is_empty() {
                continue;
            }
            hows.sort();
            if let Some(printed) = self.printed(clause.id.as_str()) {
                found.push(Sighting {
                    documents: self.documents(&printed.anchor),
                    printed,
                    hows,
                    at,
                });
            }
        }
        let would = self.library.clauses.values().filter(|clause| {
            let id = clause.id.as_str();
            !self.prepared.selection.has(id)
                && clause
                    .needs
                    .iter()
                    .any(|need| concerns(need.as_str(), How::Computed, &key))
        });
        Ok(Whereabouts {
            value: self.written(&key),
            found,
            besides: BESIDES
                .iter()
                .filter(|(path, _)| concerns(path, How::Printed, &key))
                .map(|(_, what)| *what)
                .collect(),
            would: would.map(|clause| clause.id.to_string()).collect(),
            key,
        })
    }

    /// Where what the deal says about the clause `id` appears: in that clause.
    fn choice(&self, id: &str) -> Result<Whereabouts, Lost> {
        let Some(clause) = self.library.clauses.get(id) else {
            let ids = self.library.clauses.keys().map(String::as_str);
            return Err(Lost {
                message: format!("the library has no clause `{id}`"),
                help: nearest(id, ids).map_or_else(
                    || "`engross library export` shows all clauses".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            });
        };
        let printed = self
            .printed(id)
            .filter(|_| self.selection().has(id))
            .map(|printed| Sighting {
                documents: self.documents(&printed.anchor),
                printed,
                hows: vec![How::Decides],
                at: vec![clause.id.span.clone()],
            });
        let mut choices = self.deal.clauses.choices.iter();
        let choice = choices.find(|(name, _)| name.id() == id);
        Ok(Whereabouts {
            key: format!("clauses.{id}"),
            value: choice.map(|(_, choice)| Written {
                text: choice.span.text().to_owned(),
                at: choice.span.clone(),
            }),
            found: printed.into_iter().collect(),
            besides: Vec::new(),
            would: Vec::new(),
        })
    }

    fn selection(&self) -> &Selection<'l> {
        &self.prepared.selection
    }

    fn place(&self, anchor: &Anchor, title: &[crate::document::Inline]) -> Place {
        let root = &self.whole.root().anchor;
        Place {
            number: self.whole.reference(root, anchor, Form::Short).text,
            title: crate::document::walk::text(title),
            anchor: anchor.clone(),
        }
    }

    fn printed(&self, id: &str) -> Option<Printed> {
        printed(id, self.library, self.selection(), &self.whole)
    }

    /// The documents that hold the section `anchor`.
    fn documents(&self, anchor: &Anchor) -> Vec<String> {
        self.draft
            .resolved
            .parts()
            .filter(|part| part.file(anchor).is_none())
            .map(|part| part.name().to_owned())
            .collect()
    }

    /// What the deal has under `path`.
    fn written(&self, path: &str) -> Option<Written> {
        let place = self.places.find(path).ok()??;
        let text = match place.shape {
            Shape::Record(_) => "a table".to_owned(),
            Shape::List(_) => format!("a list of {}", place.entries),
            Shape::Leaf(_)
            | Shape::Flag
            | Shape::Number
            | Shape::Option(_)
            | Shape::Choices
            | Shape::Reasons => place.at.text().to_owned(),
        };
        Some(Written {
            text,
            at: place.at.clone(),
        })
    }

    /// Whether the deal has anything under `path`.
    fn is_written(&self, path: &str) -> bool {
        matches!(self.places.find(path), Ok(Some(_)))
    }

    fn explain(&self, clause: &'l Clause, rank: Rank) -> Explained<'l> {
        let id = clause.id.as_str();
        let mut keys: Vec<Key> = Vec::new();
        for (path, how, _) in self.uses(clause, rank) {
            // Ids are compared to look something up; which letters they are changes no word.
            if how == How::Decides && path.ends_with(".id") {
                continue;
            }
            match keys.iter_mut().find(|key| key.path == path) {
                Some(key) if key.hows.contains(&how) => {}
                Some(key) => {
                    key.hows.push(how);
                    key.hows.sort();
                }
                None => keys.push(Key {
                    value: self.written(&path),
                    path,
                    hows: vec![how],
                }),
            }
        }
        let needs = clause.needs.iter().map(|need| Key {
            path: need.as_str().to_owned(),
            value: self.written(need.as_str()),
            hows: vec![How::Decides],
        });
        let choices = &self.deal.clauses.choices;
        let chosen = choices.iter().find(|(name, _)| name.id() == id);
        Explained {
            clause,
            rank,
            chosen: chosen.map(|(name, _)| name.span.clone()),
            at: clause
                .variant(rank)
                .map_or_else(|| clause.id.span.clone(), |variant| variant.body.span(0..1)),
            needs: needs.collect(),
            keys,
        }
    }

    /// Every key of the deal that this wording looks up, what for, and where in the clause file.
    fn uses(&self, clause: &Clause, rank: Rank) -> Uses {
        let mut uses: Uses = clause
            .needs
            .iter()
            .map(|need| {
                let path = need.as_str().to_owned();
                (path, How::Decides, need.span.clone())
            })
            .collect();
        let Some(variant) = clause.variant(rank) else {
            return uses;
        };
        for used in trace(&variant.body, &self.context(clause)) {
            for (path, how) in self.keys(&used.path, used.role) {
                uses.push((path, how, used.at.clone()));
            }
        }
        uses
    }

    /// What the clause is filled in from.
    fn context(&self, clause: &Clause) -> Context {
        let mut context = self.prepared.context.clone();
        let reason = clause.reason.as_ref();
        let seen = ClauseSeen {
            id: clause.id.to_string(),
            title: clause.title.to_string(),
            reason: reason.map_or_else(String::new, ToString::to_string),
        };
        context.insert_value("clause", seen.value());
        context
    }
}
