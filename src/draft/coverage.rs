//! What a reviewer will look for, and what this deal makes of it: present, absent on purpose, or undecided.
//!
//! In: a deal, a library with its heads, the draft that they make. Out: a [`Review`], every head with the
//! clauses that answer it and why it is as it is. A head is absent only where somebody said so: the deal under
//! `[absent]` or `[clauses]`, or a clause of the agreement. What nobody decided is undecided.

mod page;

pub use page::{PAGE, how, note, page, places, state, summary, title};

use super::select::Selection;
use super::{Draft, is_present, prepare};
use crate::deal::record::Field;
use crate::deal::{Choice, Deal, fact::Fact};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::Anchor;
use crate::document::resolve::{Form, Part};
use crate::library::{Head, HeadGroup, Library};
use crate::source::Span;
use crate::units::nearest;

/// What is known of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The agreement or the deal answers it.
    Present,
    /// Somebody decided that there is none.
    Absent,
    /// Nobody decided.
    Undecided,
}

/// Why a head is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Some of its clauses are there and some are not.
    InPart,
    /// The library has no clause for it.
    NoClause,
    /// The deal lacks what a clause of it needs.
    Missing {
        /// The path that the deal does not have.
        path: String,
    },
    /// The outline does not list a clause of it.
    NotListed {
        /// The clause.
        clause: String,
    },
    /// The deal leaves a clause of it out.
    LeftOut {
        /// The clause.
        clause: String,
        /// Why.
        reason: String,
        /// Where the deal says so.
        at: Span,
    },
    /// The deal says why there is none.
    Reason {
        /// Why.
        reason: String,
        /// Where the deal says so.
        at: Span,
    },
    /// A clause of the agreement says that there is none.
    Denied,
    /// The deal file answers it, and no clause does.
    InDeal {
        /// The path that answers it.
        path: String,
    },
}

/// A clause in the agreement, and where it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Its id.
    pub clause: String,
    /// Its heading.
    pub title: String,
    /// The section that it is printed in.
    pub anchor: Anchor,
    /// That section in short: `Section 7.1`, `Exhibit A, 5.3`.
    pub number: String,
}

/// A head, and what the deal makes of it.
#[derive(Debug, Clone)]
pub struct Reviewed<'l> {
    /// The head.
    pub head: &'l Head,
    /// What is known of it.
    pub state: State,
    /// The clauses that answer it, or that deny it.
    pub clauses: Vec<Printed>,
    /// Why it is so.
    pub notes: Vec<Note>,
}

/// All heads of a library, and what a deal makes of them.
#[derive(Debug, Clone)]
pub struct Review<'l> {
    /// The heads, group by group.
    pub groups: Vec<(&'l HeadGroup, Vec<Reviewed<'l>>)>,
}

impl Review<'_> {
    /// How many heads are in this state.
    pub fn count(&self, state: State) -> usize {
        self.heads().filter(|head| head.state == state).count()
    }

    /// How many heads there are.
    pub fn all(&self) -> usize {
        self.heads().count()
    }

    fn heads(&self) -> impl Iterator<Item = &Reviewed<'_>> {
        self.groups.iter().flat_map(|(_, heads)| heads)
    }
}

/// What a deal makes of every head. `draft` is what became of it.
pub fn review<'l>(deal: &Deal, library: &'l Library, draft: &Draft) -> Option<Review<'l>> {
    // The deal was drafted, so there is nothing to report that was not reported then.
    let selection = prepare(deal, &deal.fact(), library, &mut Report::new())?.selection;
    let whole = draft.resolved.parts().next()?;
    let judge = Judge {
        deal,
        facts: deal.fact(),
        library,
        selection: &selection,
    };
    let reviewed = |head| {
        let Judged {
            state,
            clauses,
            notes,
        } = judge.head(head);
        Reviewed {
            head,
            state,
            clauses: clauses
                .into_iter()
                .filter_map(|id| printed(id, library, &selection, &whole))
                .collect(),
            notes,
        }
    };
    let groups = library.coverage.group.iter();
    Some(Review {
        groups: groups
            .map(|group| (group, group.head.iter().map(reviewed).collect()))
            .collect(),
    })
}

/// Where the clause `id` is printed.
pub(super) fn printed(
    id: &str,
    library: &Library,
    selection: &Selection<'_>,
    whole: &Part<'_>,
) -> Option<Printed> {
    let anchor: Anchor = selection.section_of(id).parse().ok()?;
    Some(Printed {
        clause: id.to_owned(),
        title: library.clauses.get(id)?.title.to_string(),
        number: whole
            .reference(&whole.root().anchor, &anchor, Form::Short)
            .text,
        anchor,
    })
}

/// Heads that the deal calls absent must be heads, and must not be there.
pub(super) fn check(
    deal: &Deal,
    library: &Library,
    selection: &Selection<'_>,
    report: &mut Report,
) {
    if deal.absent.heads.is_empty() {
        return;
    }
    let judge = Judge {
        deal,
        facts: deal.fact(),
        library,
        selection,
    };
    for (name, reason) in &deal.absent.heads {
        let mut heads = library.coverage.heads();
        let Some(head) = heads.find(|head| head.key.as_str() == name.value) else {
            let keys = library.coverage.heads().map(|head| head.key.as_str());
            let help = nearest(name, keys).map_or_else(
                || "`engross coverage --format json` lists the keys of all heads".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            report.push(
                Diagnostic::error(
                    Code::UnknownName,
                    &name.span,
                    format!("the library has no head `{}`", name.value),
                )
                .help(help),
            );
            continue;
        };
        let judged = judge.without_reason(head);
        if judged.state == State::Present {
            let what = judged.clauses.first().map_or_else(
                || "the deal has it".to_owned(),
                |clause| format!("the agreement has the clause `{clause}`"),
            );
            report.push(
                Diagnostic::warning(
                    Code::NoEffect,
                    &reason.span,
                    format!("`{}` is said to be absent, and {what}", name.value),
                )
                .help("delete the line, or leave the clause out under `[clauses]`"),
            );
        }
    }
}

/// What a head is judged by.
struct Judge<'a> {
    deal: &'a Deal,
    facts: Fact<'a>,
    library: &'a Library,
    selection: &'a Selection<'a>,
}

/// A head, judged.
struct Judged<'l> {
    state: State,
    clauses: Vec<&'l str>,
    notes: Vec<Note>,
}

impl Judge<'_> {
    /// The state of a head, with what the deal says about it under `[absent]`.
    fn head<'l>(&self, head: &'l Head) -> Judged<'l> {
        let mut judged = self.without_reason(head);
        let said = self.deal.absent.of(head.key.as_str());
        match (said, judged.state) {
            (Some(said), State::Undecided | State::Absent) => {
                let in_part = judged.notes.contains(&Note::InPart);
                judged.state = if in_part {
                    State::Present
                } else {
                    State::Absent
                };
                judged.notes.retain(|note| match note {
                    Note::InPart | Note::LeftOut { .. } => true,
                    Note::NoClause
                    | Note::Missing { .. }
                    | Note::NotListed { .. }
                    | Note::Reason { .. }
                    | Note::Denied
                    | Note::InDeal { .. } => false,
                });
                judged.notes.push(Note::Reason {
                    reason: said.to_string(),
                    at: said.span.clone(),
                });
                judged
            }
            (Some(_), State::Present) | (None, _) => judged,
        }
    }

    /// The state of a head as the clauses and the data alone have it.
    fn without_reason<'l>(&self, head: &'l Head) -> Judged<'l> {
        let has = |id: &&str| self.selection.has(id);
        let mut notes = Vec::new();
        let mut lacks: Vec<&str> = Vec::new();
        let all = head.all.iter().map(|id| id.as_str());
        lacks.extend(all.filter(|id| !has(id)));
        let any: Vec<&str> = head.any.iter().map(|id| id.as_str()).collect();
        if !any.iter().any(has) {
            lacks.extend(any);
        }
        let mut open = false;
        for id in lacks {
            let note = self.lack(id);
            open |= !matches!(note, Note::LeftOut { .. });
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        let mut any_data = false;
        for path in &head.decides {
            let path = path.as_str().to_owned();
            if is_present(&self.facts, &path) {
                any_data = true;
                notes.push(Note::InDeal { path });
            } else {
                open = true;
                notes.push(Note::Missing { path });
            }
        }
        let answered = any_data || head.deciding().any(|id| has(&id.as_str()));
        let mut clauses: Vec<&str> = head.clauses().map(|id| id.as_str()).filter(has).collect();
        if answered {
            if open {
                notes.insert(0, Note::InPart);
            }
            let state = if open {
                State::Undecided
            } else {
                State::Present
            };
            return Judged {
                state,
                clauses,
                notes,
            };
        }
        let nothing = head.deciding().next().is_none() && head.decides.is_empty();
        let denied = head.denied_by.as_ref().map(|id| id.as_str()).filter(has);
        let state = if let Some(denied) = denied {
            clauses = vec![denied];
            notes.retain(|note| matches!(note, Note::LeftOut { .. }));
            notes.push(Note::Denied);
            State::Absent
        } else if nothing {
            notes.push(Note::NoClause);
            State::Undecided
        } else if open {
            State::Undecided
        } else {
            State::Absent
        };
        Judged {
            state,
            clauses,
            notes,
        }
    }

    /// Why the agreement does not have the clause `id`.
    fn lack(&self, id: &str) -> Note {
        let choices = self.deal.clauses.choices.iter();
        for (name, choice) in choices {
            if let (true, Choice::LeaveOut(reason)) = (name.id() == id, &choice.value) {
                return Note::LeftOut {
                    clause: id.to_owned(),
                    reason: reason.to_string(),
                    at: choice.span.clone(),
                };
            }
        }
        let needs = self.library.clauses.get(id).map(|clause| &clause.needs);
        let missing = needs
            .into_iter()
            .flatten()
            .find(|need| !is_present(&self.facts, need.as_str()));
        match missing {
            Some(need) => Note::Missing {
                path: need.as_str().to_owned(),
            },
            None => Note::NotListed {
                clause: id.to_owned(),
            },
        }
    }
}
