//! Every value of a deal with its path, its shape and its place in the file.
//!
//! In: a deal, and the text it was read from. Out: what a path such as `economics.tiers.tier.2.pays` stands
//! for. Places in a list count from 1.

use crate::deal::fact::Fact;
use crate::deal::record::{Field as _, Node};
use crate::deal::shape::Shape;
use crate::deal::{Deal, SHAPE, Tree};
use crate::index::Index;
use crate::source::{Source, Span};
use crate::units::nearest;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// One value, table or list of a deal.
pub(crate) struct Place<'a> {
    /// How it is described: what it takes, and what its documentation says.
    pub(crate) shape: Shape,
    /// The documentation of its key.
    pub(crate) doc: &'static str,
    /// The value, or `Absent` for tables and lists.
    pub(crate) fact: Fact<'a>,
    /// How many entries a list has.
    pub(crate) entries: usize,
    /// Where it was written.
    pub(crate) at: Span,
    /// Whether it is a table that says why it is so, to both sides or to one.
    pub(crate) reasoned: bool,
}

/// Every place of a deal, by its path.
pub(crate) struct Places<'a> {
    by_path: Index<String, Place<'a>>,
}

/// Why a path leads nowhere.
pub(crate) struct Lost {
    /// The bytes of the path at fault.
    pub(crate) within: Range<usize>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

impl<'a> Places<'a> {
    /// The places of `deal`.
    pub(crate) fn of(deal: &'a Deal) -> Places<'a> {
        Places::in_tree(&Tree::of(deal.at.source()), deal)
    }

    /// The places of a deal that was made of this tree.
    pub(crate) fn in_tree(tree: &Tree<'_>, deal: &'a Deal) -> Places<'a> {
        let mut places = Places {
            by_path: Index::default(),
        };
        if let Some(root) = tree.root() {
            let source = tree.source();
            places.walk(source, &mut String::new(), "", SHAPE, deal.fact(), root);
        }
        places
    }

    /// Every place with its path, in the order of the keys that a table can have, what is in a table before it.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Place<'a>)> {
        self.by_path
            .iter()
            .map(|(path, place)| (path.as_str(), place))
    }

    /// What `path` stands for; `None` if the deal leaves it out.
    pub(crate) fn find(&self, path: &str) -> Result<Option<&Place<'a>>, Lost> {
        let mut shape = SHAPE;
        let mut start = 0;
        for segment in path.split('.') {
            let within = start..start + segment.len();
            let before = path[..start].trim_end_matches('.');
            start = within.end + 1;
            let lost = |message: String, help: String| Lost {
                within: within.clone(),
                message,
                help,
            };
            shape = match shape.present() {
                Shape::Record(record) => {
                    let Some(field) = record.field(segment) else {
                        let keys = record.fields.iter().map(|field| field.key);
                        let help = match nearest(segment, keys.clone()) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => format!("known there: {}", keys.collect::<Vec<_>>().join(", ")),
                        };
                        let there = if before.is_empty() {
                            "the deal".to_owned()
                        } else {
                            format!("`{before}`")
                        };
                        return Err(lost(format!("{there} has no term `{segment}`"), help));
                    };
                    field.shape
                }
                Shape::List(entry) => {
                    let entries = self.by_path.get(before).map_or(0, |place| place.entries);
                    match segment.parse::<usize>() {
                        Ok(index) if (1..=entries).contains(&index) => *entry,
                        Ok(_) | Err(_) => {
                            let message = match entries {
                                0 => format!("the deal has no entry under `{before}`"),
                                1 => format!("`{before}` has 1 entry and no `{segment}`"),
                                _ => format!("`{before}` has {entries} entries and no `{segment}`"),
                            };
                            let help = "write the number of an entry, counted from 1 in the order of the file";
                            return Err(lost(message, help.to_owned()));
                        }
                    }
                }
                Shape::Leaf(_) | Shape::Flag | Shape::Number => {
                    let message = format!("`{before}` is one value, with nothing under it");
                    return Err(lost(message, format!("write `{before}`")));
                }
                Shape::Choices | Shape::Reasons | Shape::Option(_) => return Ok(None),
            };
        }
        Ok(self.by_path.get(path))
    }

    /// Whether the term at `path`, or a table that it stands in, says why it is so.
    pub(crate) fn is_reasoned(&self, path: &str) -> bool {
        let ends = path.match_indices('.').map(|(end, _)| end);
        ends.chain([path.len()]).any(|end| {
            self.by_path
                .get(&path[..end])
                .is_some_and(|place| place.reasoned)
        })
    }

    /// Adds what stands at `path`; the path is the same again afterwards.
    fn walk(
        &mut self,
        source: &Arc<Source>,
        path: &mut String,
        doc: &'static str,
        shape: Shape,
        fact: Fact<'a>,
        node: &Node<'_>,
    ) {
        let mut place = Place {
            shape: shape.present(),
            doc,
            fact: Fact::Absent,
            entries: 0,
            at: Span::new(source, node.span()),
            reasoned: false,
        };
        let length = path.len();
        let dot = if length == 0 { "" } else { "." };
        match (shape.present(), fact) {
            (Shape::Record(record), Fact::Record(facts)) => {
                let Some(table) = node.get_ref().as_table() else {
                    return;
                };
                for (key, fact) in facts {
                    // A table of the file has few of the keys that it could have.
                    if matches!(fact, Fact::Absent) {
                        continue;
                    }
                    if let (Some(node), Some(field)) = (table.get(key), record.field(key)) {
                        path.push_str(dot);
                        path.push_str(key);
                        self.walk(source, path, field.doc, field.shape, fact, node);
                        path.truncate(length);
                    }
                }
                place.reasoned = table.contains_key("reason");
            }
            (Shape::List(entry), Fact::List(facts)) => {
                let Some(items) = node.get_ref().as_array() else {
                    return;
                };
                place.entries = items.len();
                for (index, (fact, node)) in facts.into_iter().zip(items.iter()).enumerate() {
                    // A `String` takes what it is given.
                    let _ = write!(path, "{dot}{}", index + 1);
                    self.walk(source, path, doc, *entry, fact, node);
                    path.truncate(length);
                }
            }
            (_, Fact::Absent) => return,
            (_, leaf) => {
                // A reason that both sides see stands under the key `share`.
                let node = node
                    .get_ref()
                    .as_table()
                    .and_then(|table| table.get("share"))
                    .unwrap_or(node);
                place.at = inner(&Span::new(source, node.span()));
                place.fact = leaf;
            }
        }
        self.by_path.insert(path.clone(), place);
    }
}

/// The place of a text without its quotation marks.
fn inner(at: &Span) -> Span {
    let raw = at.text();
    let one = |mark: &str, triple: &str| {
        raw.starts_with(mark) && !raw.starts_with(triple) && raw.len() >= 2
    };
    if one("\"", "\"\"\"") || one("'", "'''") {
        at.part(1..raw.len() - 1)
    } else {
        at.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;

    fn sample() -> Deal {
        let source = Source::new(
            "deal.toml",
            include_str!("../../../samples/saas-alliance/deal.toml"),
        );
        Deal::read(&source, &mut Report::new()).expect("a good deal")
    }

    #[test]
    fn a_path_leads_to_its_value() {
        let deal = sample();
        let places = Places::of(&deal);
        let text = |path: &str| match places.find(path) {
            Ok(Some(place)) => place.at.text().to_owned(),
            Ok(None) => "left out".to_owned(),
            Err(lost) => format!("{}: {}", &path[lost.within], lost.message),
        };
        for (path, found) in [
            ("economics.tiers.tier.2.pays", "12.5%"),
            ("party.1.side", "company"),
            ("economics.fixed_fee.amount", "left out"),
            (
                "economics.tiers.tier.9.pays",
                "9: `economics.tiers.tier` has 3 entries and no `9`",
            ),
            (
                "economics.tiers.tier.0",
                "0: `economics.tiers.tier` has 3 entries and no `0`",
            ),
            ("economics.tears", "tears: `economics` has no term `tears`"),
            (
                "term.initial.count",
                "count: `term.initial` is one value, with nothing under it",
            ),
            ("nothing", "nothing: the deal has no term `nothing`"),
        ] {
            assert_eq!(text(path), found, "{path}");
        }
        assert!(places.is_reasoned("economics.tiers.tier.2.pays"));
        assert!(!places.is_reasoned("legal.signing"));
    }
}
