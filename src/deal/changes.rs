//! Two versions of a deal, term by term: what was, what is, and why.
//!
//! In: two deals. Out: one [`TermChange`] for each value, table or entry that differs, in the order of the deal
//! file's documentation. Entries of lists are matched by their name where they have one, so a party that moves up
//! in the file is no change of anything else. Two values are the same if they mean the same, however they are
//! written. What a change does to the money, and where it appears, is not said here.

pub(crate) mod difference;
mod entries;
mod reason;
mod words;

#[cfg(test)]
mod tests;

use super::check::places::Places;
use super::fact::Fact;
use super::record::Field as _;
use super::{Choice, Deal};
use crate::source::Span;
use entries::{Pairing, pair};
pub use reason::Why;
use words::Printer;

/// A term of a deal that another version of it has otherwise, or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermChange {
    /// The path in the old deal file, places in lists counted from 1; `None` if the term is new.
    pub old_path: Option<String>,
    /// The path in the new deal file; `None` if the term is gone.
    pub new_path: Option<String>,
    /// The path in words: "economics, tiers, tier 2, pays".
    pub words: String,
    /// The names of the entries of lists on the way: "“Growth”", or the place of an entry without a name.
    pub entries: Vec<String>,
    /// What it was, in the figures of the old deal; `None` if the term is new.
    pub was: Option<String>,
    /// What it is, in the figures of the new deal; `None` if the term is gone.
    pub is: Option<String>,
    /// How far apart they are, in money, points, days: "+USD 50,000"; `None` where that makes no sense.
    pub difference: Option<String>,
    /// Where it was written.
    pub at_old: Option<Span>,
    /// Where it is written.
    pub at_new: Option<Span>,
    /// Why it is as it is now: the reason that the new deal gives for it, for its table, or for its issue.
    pub why: Option<Why>,
}

impl TermChange {
    /// The path in the new deal, or in the old one if the term is gone.
    pub fn path(&self) -> &str {
        self.new_path
            .as_deref()
            .or(self.old_path.as_deref())
            .unwrap_or_default()
    }
}

/// Every term in which `new` differs from `old`.
pub fn changes(old: &Deal, new: &Deal) -> Vec<TermChange> {
    let mut comparison = Comparison {
        old: Side::of(old),
        new: Side::of(new),
        found: Vec::new(),
    };
    let (facts_old, facts_new) = (old.fact(), new.fact());
    comparison.values(&Path::default(), &Path::default(), &facts_old, &facts_new);
    comparison.choices(old, new);
    comparison.absences(old, new);
    reason::add(&mut comparison.found, new);
    comparison.found
}

/// One of the two deals.
struct Side<'d> {
    places: Places<'d>,
    printer: Printer<'d>,
}

impl<'d> Side<'d> {
    fn of(deal: &'d Deal) -> Side<'d> {
        Side {
            places: Places::of(deal),
            printer: Printer::of(deal),
        }
    }

    fn at(&self, path: &Path) -> Option<Span> {
        let place = self.places.find(&path.keys).ok()??;
        Some(place.at.clone())
    }
}

/// A path as the file has it, and in words.
#[derive(Debug, Clone, Default)]
struct Path {
    keys: String,
    words: String,
    entries: Vec<String>,
}

impl Path {
    fn under(&self, key: &str, words: &str) -> Path {
        let join = |before: &str, with: &str, key: &str| {
            if before.is_empty() {
                key.to_owned()
            } else {
                format!("{before}{with}{key}")
            }
        };
        Path {
            keys: join(&self.keys, ".", key),
            words: join(&self.words, ", ", words),
            entries: self.entries.clone(),
        }
    }

    /// The key of a table.
    fn key(&self, key: &str) -> Path {
        self.under(key, &key.replace('_', " "))
    }

    /// The entry at `place` of a list, whose name in words replaces that of the list: "party Acme".
    fn entry(&self, place: usize, name: Option<&str>) -> Path {
        let number = (place + 1).to_string();
        let name = name.map_or_else(|| number.clone(), |name| format!("“{name}”"));
        let mut entries = self.entries.clone();
        entries.push(name.clone());
        Path {
            keys: format!("{}.{number}", self.keys),
            words: format!("{} {name}", self.words),
            entries,
        }
    }
}

struct Comparison<'d> {
    old: Side<'d>,
    new: Side<'d>,
    found: Vec<TermChange>,
}

impl Comparison<'_> {
    /// Compares two values of one term.
    fn values(&mut self, at_old: &Path, at_new: &Path, old: &Fact<'_>, new: &Fact<'_>) {
        match (old, new) {
            _ if old == new => {}
            (Fact::Record(old), Fact::Record(new)) => {
                // Both are of one type, so they have the same keys in the same order.
                for ((key, old), (_, new)) in old.iter().zip(new) {
                    self.values(&at_old.key(key), &at_new.key(key), old, new);
                }
            }
            (Fact::List(old), Fact::List(new)) => self.lists(at_old, at_new, old, new),
            (
                Fact::Absent
                | Fact::Flag(_)
                | Fact::Number(_)
                | Fact::Text(_)
                | Fact::Money(_)
                | Fact::Rate(_)
                | Fact::Count(_)
                | Fact::Measure(_)
                | Fact::Period(_)
                | Fact::Date(_)
                | Fact::Name(_, _)
                | Fact::List(_)
                | Fact::Record(_),
                _,
            ) => self.changed(
                (*old != Fact::Absent).then_some((at_old, old)),
                (*new != Fact::Absent).then_some((at_new, new)),
            ),
        }
    }

    fn lists(&mut self, at_old: &Path, at_new: &Path, old: &[Fact<'_>], new: &[Fact<'_>]) {
        let Pairing { pairs, reordered } = pair(old, new);
        for (before, now) in pairs {
            let named = |side: &Side<'_>, facts: &[Fact<'_>], place: Option<usize>| {
                place.and_then(|place| side.printer.name(&facts[place]))
            };
            let name = named(&self.new, new, now).or_else(|| named(&self.old, old, before));
            let entry = |path: &Path, place: Option<usize>| {
                place.map(|place| path.entry(place, name.as_deref()))
            };
            match (
                before.zip(entry(at_old, before)),
                now.zip(entry(at_new, now)),
            ) {
                (Some((before, path_old)), Some((now, path_new))) => {
                    self.values(&path_old, &path_new, &old[before], &new[now]);
                }
                (before, now) => self.changed(
                    before.as_ref().map(|(place, path)| (path, &old[*place])),
                    now.as_ref().map(|(place, path)| (path, &new[*place])),
                ),
            }
        }
        if reordered {
            let order = |path: &Path| Path {
                keys: path.keys.clone(),
                words: format!("{}, order", path.words),
                entries: path.entries.clone(),
            };
            let listed = |side: &Side<'_>, facts: &[Fact<'_>]| {
                let names = facts.iter().map(|fact| side.printer.short(fact));
                names.collect::<Vec<_>>().join(", ")
            };
            let (was, is) = (listed(&self.old, old), listed(&self.new, new));
            self.push(Some((&order(at_old), was)), Some((&order(at_new), is)));
        }
    }

    fn changed(&mut self, old: Option<(&Path, &Fact<'_>)>, new: Option<(&Path, &Fact<'_>)>) {
        let was = old.map(|(path, fact)| (path, self.old.printer.whole(fact)));
        let is = new.map(|(path, fact)| (path, self.new.printer.whole(fact)));
        let difference = old.zip(new).and_then(|((_, old), (_, new))| {
            difference::between(old, new, self.new.printer.numerals())
        });
        self.push(was, is);
        if let Some(last) = self.found.last_mut() {
            last.difference = difference;
        }
    }

    fn push(&mut self, old: Option<(&Path, String)>, new: Option<(&Path, String)>) {
        let words = new
            .as_ref()
            .or(old.as_ref())
            .map(|(path, _)| path.words.clone());
        let entries = new
            .as_ref()
            .or(old.as_ref())
            .map(|(path, _)| path.entries.clone());
        self.found.push(TermChange {
            at_old: old.as_ref().and_then(|(path, _)| self.old.at(path)),
            at_new: new.as_ref().and_then(|(path, _)| self.new.at(path)),
            old_path: old.as_ref().map(|(path, _)| path.keys.clone()),
            new_path: new.as_ref().map(|(path, _)| path.keys.clone()),
            words: words.unwrap_or_default(),
            entries: entries.unwrap_or_default(),
            was: old.map(|(_, text)| text),
            is: new.map(|(_, text)| text),
            why: None,
            difference: None,
        });
    }

    /// Compares which wording each clause has.
    fn choices(&mut self, old: &Deal, new: &Deal) {
        let of = |deal: &Deal| -> Vec<(String, String, Span)> {
            let choices = deal.clauses.choices.iter();
            choices
                .map(|(name, choice)| {
                    let text = match &choice.value {
                        Choice::Rank(rank) => rank.as_str().to_owned(),
                        Choice::LeaveOut(why) => format!("left out: {why}"),
                    };
                    (name.id().to_owned(), text, choice.span.clone())
                })
                .collect()
        };
        self.named("clauses", "wording of", &of(old), &of(new));
    }

    /// Compares what is left out on purpose.
    fn absences(&mut self, old: &Deal, new: &Deal) {
        let of = |deal: &Deal| -> Vec<(String, String, Span)> {
            let heads = deal.absent.heads.iter();
            heads
                .map(|(name, why)| (name.value.clone(), why.to_string(), why.span.clone()))
                .collect()
        };
        self.named("absent", "left out on purpose:", &of(old), &of(new));
    }

    /// Compares two tables whose keys are names, each with a text.
    fn named(
        &mut self,
        table: &str,
        words: &str,
        old: &[(String, String, Span)],
        new: &[(String, String, Span)],
    ) {
        let find = |list: &[(String, String, Span)], name: &str| {
            list.iter().find(|(other, ..)| other == name).cloned()
        };
        let gone = old.iter().filter(|(name, ..)| find(new, name).is_none());
        let names: Vec<&String> = new.iter().chain(gone).map(|(name, ..)| name).collect();
        for name in names {
            let (was, is) = (find(old, name), find(new, name));
            let text = |side: &Option<(String, String, Span)>| {
                side.as_ref().map(|(_, text, _)| text.clone())
            };
            if text(&was) == text(&is) {
                continue;
            }
            let path = format!("{table}.{name}");
            self.found.push(TermChange {
                old_path: was.as_ref().map(|_| path.clone()),
                new_path: is.as_ref().map(|_| path.clone()),
                words: format!("{words} {name}"),
                entries: Vec::new(),
                was: text(&was),
                is: text(&is),
                at_old: was.map(|(.., at)| at),
                at_new: is.map(|(.., at)| at),
                why: None,
                difference: None,
            });
        }
    }
}
