//! Why a term is as it is: the reason nearest to it.

use super::TermChange;
use crate::deal::Deal;
use crate::source::Span;
use toml::de::{DeTable, DeValue};

/// A reason that a deal file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The reason.
    pub text: String,
    /// Whether the documents print it; otherwise it stays in the deal file.
    pub shared: bool,
    /// Where it is written.
    pub at: Span,
}

/// Gives every change the reason that `deal`, the new one, has for it.
pub(super) fn add(changes: &mut [TermChange], deal: &Deal) {
    let source = deal.at.source();
    // The deal was read from this very text, so reading it again cannot fail.
    let Ok(table) = DeTable::parse(&source.text) else {
        return;
    };
    let root = DeValue::Table(table.into_inner());
    for change in changes {
        let path = change.path().to_owned();
        let found = nearest(&root, &path, source);
        change.why = found.or_else(|| of_issue(deal, &path));
    }
}

/// The reason of the innermost table around `path` that has one. The whole file has none.
fn nearest(
    root: &DeValue<'_>,
    path: &str,
    source: &std::sync::Arc<crate::source::Source>,
) -> Option<Why> {
    let mut node = root;
    let mut found = None;
    for key in path.split('.') {
        let next = match node {
            DeValue::Table(table) => table.get(key),
            DeValue::Array(items) => key
                .parse::<usize>()
                .ok()
                .and_then(|place| items.get(place.checked_sub(1)?)),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => None,
        };
        let Some(next) = next else { break };
        node = next.get_ref();
        let Some(table) = node.as_table() else {
            continue;
        };
        let Some(reason) = table.get("reason") else {
            continue;
        };
        let shared = reason
            .get_ref()
            .as_table()
            .and_then(|table| table.get("share"));
        let said = shared.unwrap_or(reason);
        if let Some(text) = said.get_ref().as_str() {
            found = Some(Why {
                text: text.to_owned(),
                shared: shared.is_some(),
                at: Span::new(source, said.span()),
            });
        }
    }
    found
}

/// The reason of the issue that decides `path`.
fn of_issue(deal: &Deal, path: &str) -> Option<Why> {
    let decides = |term: &str| {
        path.strip_prefix(term)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    deal.issue
        .iter()
        .filter(|issue| issue.terms.iter().any(|term| decides(term.as_str())))
        .find_map(|issue| issue.reason.as_ref())
        .map(|reason| Why {
            text: reason.text.to_string(),
            shared: reason.shared,
            at: reason.text.span.clone(),
        })
}
