//! Places in the text of a deal file: reached, begun where they are missing, and written.

use super::path::Step;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::At;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

/// A place inside a document that holds keys or entries.
pub(super) enum Holder<'d> {
    Table(&'d mut dyn TableLike),
    Entries(&'d mut ArrayOfTables),
    Values(&'d mut toml_edit::Array),
}

/// What stands at the end of `steps`; tables on the way that are not there are begun.
pub(super) fn reach<'d>(
    document: &'d mut DocumentMut,
    steps: &[Step],
    path: &At<String>,
) -> Result<Holder<'d>, Box<Diagnostic>> {
    let mut holder = Holder::Table(document.as_table_mut());
    for (place, step) in steps.iter().enumerate() {
        let list_next = matches!(steps.get(place + 1), Some(Step::Entry(_)));
        holder = match (holder, step) {
            (Holder::Table(table), Step::Key(key)) => {
                let item = table.entry(key).or_insert_with(|| {
                    if list_next {
                        Item::ArrayOfTables(ArrayOfTables::new())
                    } else {
                        let mut table = Table::new();
                        // `[economics.cap]` is written for its keys, and not once more for its own sake.
                        table.set_implicit(true);
                        Item::Table(table)
                    }
                });
                match item {
                    Item::Table(table) => {
                        table.set_implicit(false);
                        Holder::Table(table)
                    }
                    Item::ArrayOfTables(entries) => Holder::Entries(entries),
                    Item::Value(Value::InlineTable(table)) => Holder::Table(table),
                    Item::Value(Value::Array(values)) => Holder::Values(values),
                    Item::Value(_) | Item::None => return Err(Box::new(lost(path))),
                }
            }
            (Holder::Entries(entries), Step::Entry(index)) => {
                if *index == entries.len() {
                    let mut table = Table::new();
                    table.decor_mut().set_prefix("\n");
                    entries.push(table);
                }
                match entries.get_mut(*index) {
                    Some(table) => Holder::Table(table),
                    None => return Err(Box::new(lost(path))),
                }
            }
            (Holder::Values(values), Step::Entry(index)) => match values.get_mut(*index) {
                Some(Value::InlineTable(table)) => Holder::Table(table),
                Some(_) | None => return Err(Box::new(lost(path))),
            },
            (Holder::Table(_), Step::Entry(_))
            | (Holder::Entries(_) | Holder::Values(_), Step::Key(_)) => {
                return Err(Box::new(lost(path)));
            }
        };
    }
    Ok(holder)
}

/// Puts a value in its place, with the comment that stands behind the old one.
pub(super) fn put(
    holder: Holder<'_>,
    last: &Step,
    new: Option<Value>,
    path: &At<String>,
) -> Result<(), Box<Diagnostic>> {
    match (holder, last, new) {
        (Holder::Table(table), Step::Key(key), Some(mut new)) => {
            if let Some(Item::Value(old)) = table.get(key) {
                *new.decor_mut() = old.decor().clone();
            }
            table.insert(key, Item::Value(new));
        }
        (Holder::Table(table), Step::Key(key), None) => {
            table.remove(key);
        }
        (Holder::Values(values), Step::Entry(index), Some(mut new)) => {
            match values.get_mut(*index) {
                Some(old) => {
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                None => values.push(new),
            }
        }
        (Holder::Values(values), Step::Entry(index), None) if *index < values.len() => {
            values.remove(*index);
        }
        (Holder::Entries(entries), Step::Entry(index), None) if *index < entries.len() => {
            entries.remove(*index);
        }
        (Holder::Table(_) | Holder::Entries(_), Step::Entry(_), _)
        | (Holder::Entries(_) | Holder::Values(_), Step::Key(_), _)
        | (Holder::Values(_), Step::Entry(_), None) => return Err(Box::new(lost(path))),
    }
    Ok(())
}

/// Writes the reason of a table. One that both sides read stays one that both sides read.
pub(super) fn put_reason(holder: Holder<'_>, reason: &str) {
    let Holder::Table(table) = holder else {
        return;
    };
    let mut new = Value::from(reason);
    let old = match table.get_mut("reason") {
        Some(Item::Table(shared)) => shared.get_mut("share"),
        Some(Item::Value(Value::InlineTable(shared))) => {
            if let Some(share) = shared.get_mut("share") {
                *new.decor_mut() = share.decor().clone();
                *share = new;
            }
            return;
        }
        Some(item) => Some(item),
        None => {
            table.insert("reason", Item::Value(new));
            return;
        }
    };
    if let Some(item) = old {
        if let Item::Value(old) = &*item {
            *new.decor_mut() = old.decor().clone();
        }
        *item = Item::Value(new);
    }
}

/// Writes the reason as a comment above a key whose table has no place for one.
pub(super) fn remark(holder: Holder<'_>, last: &Step, reason: &str) {
    let (Holder::Table(table), Step::Key(key)) = (holder, last) else {
        return;
    };
    let line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(mut key) = table.key_mut(key) {
        let decor = key.leaf_decor_mut();
        let before = decor
            .prefix()
            .and_then(|prefix| prefix.as_str())
            .unwrap_or_default()
            .to_owned();
        decor.set_prefix(format!("{before}# {line}\n"));
    }
}

fn lost(path: &At<String>) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownTerm,
        &path.span,
        format!("`{}` cannot be written where the file has it", path.value),
    )
    .help("change it in the file itself, in your editor")
}
