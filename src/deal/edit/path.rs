//! Where a path leads in the text of a deal file: keys, and places in lists.

use super::super::SHAPE;
use super::super::shape::{RecordShape, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;
use crate::units::nearest;
use toml_edit::{DocumentMut, Item};

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// To the value of a key.
    Key(String),
    /// To an entry of a list, counted from 0; one beyond the last stands for a new one.
    Entry(usize),
}

/// The end of a path.
#[derive(Debug)]
pub(super) struct Target {
    /// The steps from the top of the file.
    pub(super) steps: Vec<Step>,
    /// What stands there.
    pub(super) shape: Shape,
    /// How many steps lead to the nearest table that takes a reason.
    pub(super) reasoned: Option<usize>,
    /// Whether the last step is a name of a clause or a head.
    pub(super) named: bool,
}

impl Target {
    /// The path with places counted from 1.
    pub(super) fn path(&self) -> String {
        let steps = self.steps.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Entry(index) => (index + 1).to_string(),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}

/// Follows `path` through the shapes of a deal and the text of this one.
pub(super) fn resolve(
    document: &DocumentMut,
    path: &At<String>,
) -> Result<Target, Box<Diagnostic>> {
    let mut target = Target {
        steps: Vec::new(),
        shape: SHAPE,
        reasoned: None,
        named: false,
    };
    let mut item = Some(document.as_item());
    let mut start = 0;
    for segment in path.value.split('.') {
        let within = start..start + segment.len();
        let before = path.value[..start].trim_end_matches('.').to_owned();
        start = within.end + 1;
        let lost = |message: String, help: String| {
            let at = path.span.part(within.clone());
            Box::new(Diagnostic::error(Code::UnknownTerm, &at, message).help(help))
        };
        if let Shape::Record(record) = target.shape.present()
            && record.field(segment).is_none()
            && let Some(list) = only_list(record)
            && (segment.parse::<usize>().is_ok()
                || named(item.and_then(|item| item.get(list)), segment).is_some())
        {
            // `tiers.1` is short for `tiers.tier.1`: the table has one list.
            let list = list.to_owned();
            if takes_reason(record) {
                target.reasoned = Some(target.steps.len());
            }
            item = item.and_then(|item| item.get(list.as_str()));
            target.shape = record
                .field(&list)
                .map_or(target.shape, |field| field.shape);
            target.steps.push(Step::Key(list));
        }
        match target.shape.present() {
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
                if takes_reason(record) && segment != "reason" {
                    target.reasoned = Some(target.steps.len());
                }
                target.shape = field.shape;
                item = item.and_then(|item| item.get(segment));
                target.steps.push(Step::Key(segment.to_owned()));
            }
            Shape::List(entry) => {
                let entries = item.map_or(0, entries);
                let place = match segment.parse::<usize>() {
                    Ok(place) => (1..=entries + 1).contains(&place).then(|| place - 1),
                    Err(_) => named(item, segment),
                };
                let Some(place) = place else {
                    let message = match entries {
                        0 => format!("the deal has no entry under `{before}`"),
                        1 => format!("`{before}` has 1 entry and no `{segment}`"),
                        _ => format!("`{before}` has {entries} entries and no `{segment}`"),
                    };
                    let help = format!(
                        "write the place of an entry, counted from 1, or its id; {} would be a new one",
                        entries + 1
                    );
                    return Err(lost(message, help));
                };
                target.shape = *entry;
                item = item.and_then(|item| item.get(place));
                target.steps.push(Step::Entry(place));
            }
            Shape::Leaf(leaf) if leaf.is_reason() && segment == "share" => {
                item = item.and_then(|item| item.get(segment));
                target.steps.push(Step::Key(segment.to_owned()));
            }
            Shape::Choices | Shape::Reasons if !target.named => {
                item = item.and_then(|item| item.get(segment));
                target.steps.push(Step::Key(segment.to_owned()));
                target.named = true;
            }
            Shape::Leaf(_)
            | Shape::Flag
            | Shape::Number
            | Shape::Choices
            | Shape::Reasons
            | Shape::Option(_) => {
                let message = format!("`{before}` is one value, with nothing under it");
                return Err(lost(message, format!("write `{before}`")));
            }
        }
    }
    Ok(target)
}

/// The one list of tables that a table has, if it has just one.
fn only_list(record: &RecordShape) -> Option<&'static str> {
    let mut lists = record.fields.iter().filter(|field| {
        matches!(field.shape.present(), Shape::List(entry) if matches!(entry.present(), Shape::Record(_)))
    });
    let first = lists.next()?;
    lists.next().is_none().then_some(first.key)
}

/// Whether the table has a key `reason`.
fn takes_reason(record: &RecordShape) -> bool {
    record
        .field("reason")
        .is_some_and(|field| matches!(field.shape.present(), Shape::Leaf(leaf) if leaf.is_reason()))
}

fn entries(item: &Item) -> usize {
    match item {
        Item::ArrayOfTables(entries) => entries.len(),
        Item::Value(value) => value.as_array().map_or(0, toml_edit::Array::len),
        Item::Table(_) | Item::None => 0,
    }
}

/// The place of the entry with this id.
fn named(item: Option<&Item>, id: &str) -> Option<usize> {
    let item = item?;
    (0..entries(item)).find(|place| {
        item.get(*place)
            .and_then(|entry| entry.get("id"))
            .and_then(Item::as_str)
            == Some(id)
    })
}
