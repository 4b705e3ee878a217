//! From what a template sees to the keys of the deal that it came from.

use super::computed::follows;
use super::{How, Threads};
use crate::deal::fact::{Fact, Kind};
use crate::deal::{Deal, Side};
use crate::library::Role;

/// `party.1.short` for `company.short`.
pub(super) fn side(deal: &Deal, path: &str) -> String {
    for (name, side) in [("company", Side::Company), ("partner", Side::Partner)] {
        let Some(rest) = path.strip_prefix(name) else {
            continue;
        };
        let place = deal.party.iter().position(|party| party.side.value == side);
        if let (true, Some(place)) = (rest.is_empty() || rest.starts_with('.'), place) {
            return format!("party.{}{rest}", place + 1);
        }
    }
    path.to_owned()
}

impl Threads<'_, '_> {
    /// The keys of the deal behind a path that a template looked up.
    pub(super) fn keys(&self, path: &str, role: Role) -> Vec<(String, How)> {
        let how = match role {
            Role::Printed => How::Printed,
            Role::Decides => How::Decides,
        };
        let first = path.split('.').next().unwrap_or_default();
        match first {
            // The clause speaks of itself, and the list of exhibits follows from everything.
            "clause" | "exhibits" => Vec::new(),
            "included" => self.inclusion(path.strip_prefix("included.").unwrap_or_default()),
            _ => match follows(path) {
                Some((targets, captured, kind)) => {
                    let how = if how == How::Decides { how } else { kind };
                    targets
                        .iter()
                        .flat_map(|target| self.expand(target, &captured))
                        .flat_map(|path| self.along(&path))
                        .filter(|key| how == How::Decides || self.is_written(key))
                        .map(|key| (key, how))
                        .collect()
                }
                None => self
                    .along(&side(self.deal, path))
                    .into_iter()
                    .map(|key| (key, how))
                    .collect(),
            },
        }
    }

    /// What decides whether the clause, article or part `id` is there.
    fn inclusion(&self, id: &str) -> Vec<(String, How)> {
        let outline = self.selection().outline;
        let mut clauses: Vec<&str> = vec![id];
        for part in &outline.part {
            for article in &part.articles {
                if part.id.as_str() == id || article.id().as_str() == id {
                    clauses.extend(article.clauses().map(|clause| clause.as_str()));
                }
            }
        }
        let mut needs: Vec<&str> = clauses
            .iter()
            .filter_map(|id| self.library.clauses.get(*id))
            .flat_map(|clause| &clause.needs)
            .map(|need| need.as_str())
            .collect();
        needs.sort_unstable();
        needs.dedup();
        // A table that is needed decides for all that is needed of it.
        let mut least: Vec<&str> = Vec::new();
        for need in needs {
            let within = |table: &&str| {
                need.strip_prefix(*table)
                    .is_some_and(|rest| rest.starts_with('.'))
            };
            if !least.iter().any(within) {
                least.push(need);
            }
        }
        least
            .into_iter()
            .map(|need| (need.to_owned(), How::Decides))
            .collect()
    }

    /// The keys along a path of the deal: where it goes through a name, the name and what is named.
    fn along(&self, path: &str) -> Vec<String> {
        let mut keys = Vec::new();
        let mut at = String::new();
        let mut fact = &self.facts;
        for key in path.split('.') {
            if let Fact::Name(kind, id) = fact {
                let named = self.named(*kind, id);
                keys.push(std::mem::take(&mut at));
                match named {
                    // An id is what is written where the name is.
                    Some((base, target)) if key != "id" => {
                        at = base;
                        fact = target;
                    }
                    Some(_) | None => return keys,
                }
            }
            fact = match fact {
                Fact::Record(fields) => fields
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map_or(&Fact::Absent, |(_, fact)| fact),
                Fact::List(items) => key
                    .parse::<usize>()
                    .ok()
                    .and_then(|place| items.get(place.checked_sub(1)?))
                    .unwrap_or(&Fact::Absent),
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
                | Fact::Name(_, _) => &Fact::Absent,
            };
            if !at.is_empty() {
                at.push('.');
            }
            at.push_str(key);
        }
        // The party of a role is itself a name.
        if let Fact::Name(kind, id) = fact
            && let Some((base, _)) = self.named(*kind, id)
            && base.starts_with("party.")
            && keys.last().is_some_and(|name| name != &at)
        {
            keys.push(at);
            keys.push(format!("{base}.short"));
            return keys;
        }
        keys.push(at);
        keys
    }

    /// The table that a name stands for, and its path.
    fn named(&self, kind: Kind, id: &str) -> Option<(String, &Fact<'_>)> {
        let list = match kind {
            Kind::Party => "party",
            Kind::Role => "role",
            Kind::Metric => "metric",
            Kind::Gate => "gate",
            Kind::Segment => "territory.segment",
            Kind::Clause => return None,
        };
        let mut fact = &self.facts;
        for key in list.split('.') {
            let Fact::Record(fields) = fact else {
                return None;
            };
            fact = &fields.iter().find(|(name, _)| *name == key)?.1;
        }
        let Fact::List(items) = fact else {
            return None;
        };
        let is = |item: &Fact<'_>| match item {
            Fact::Record(fields) => fields
                .iter()
                .any(|(name, fact)| *name == "id" && *fact == Fact::Text(id)),
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
            | Fact::List(_) => false,
        };
        let place = items.iter().position(is)?;
        Some((format!("{list}.{}", place + 1), items.get(place)?))
    }

    /// The paths that a target stands for: its `*` are those that were matched, its `#` all that there are.
    fn expand(&self, target: &str, captured: &[&str]) -> Vec<String> {
        let mut captured = captured.iter();
        let mut paths = vec![String::new()];
        for key in target.split('.') {
            let places: Vec<String> = match key {
                "*" => captured
                    .next()
                    .map(|place| (*place).to_owned())
                    .into_iter()
                    .collect(),
                "#" => {
                    let entries = |path: &String| {
                        let found = self.places.find(path);
                        found.ok().flatten().map_or(0, |place| place.entries)
                    };
                    let most = paths.iter().map(entries).max().unwrap_or(0);
                    (1..=most).map(|place| place.to_string()).collect()
                }
                _ => vec![key.to_owned()],
            };
            paths = paths
                .iter()
                .flat_map(|path| {
                    places.iter().map(move |key| {
                        if path.is_empty() {
                            key.clone()
                        } else {
                            format!("{path}.{key}")
                        }
                    })
                })
                .collect();
        }
        paths
    }
}
