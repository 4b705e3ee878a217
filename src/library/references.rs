//! References of clauses, checked when the library is loaded: also those in wordings that no deal has yet.

use super::Clause;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reports each reference to a name that is neither in `anchors` nor the name of a table. A name that is filled
/// in from the deal is checked in each draft.
pub(super) fn check(
    clauses: &BTreeMap<String, Clause>,
    anchors: &BTreeSet<String>,
    report: &mut Report,
) {
    let bodies = || {
        let variants = clauses.values().flat_map(|clause| &clause.variants);
        variants.map(|variant| &variant.body)
    };
    let tables: BTreeSet<&str> = bodies()
        .flat_map(|body| names(body.text(), "{#", '}'))
        .map(|(name, _)| name)
        .collect();
    for body in bodies() {
        for (target, within) in names(body.text(), "](#", ')') {
            if !anchors.contains(target) && !tables.contains(target) {
                // The parentheses are part of the place, as in a draft.
                let at = body.span(within.start - "(#".len()..within.end + ")".len());
                let message = format!("`{target}` is no clause, article, part or table");
                let known = anchors.iter().map(String::as_str);
                let help = nearest(target, known).map_or_else(
                    || "references go by the id of a clause, an article or a part".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                report.push(Diagnostic::error(Code::UnknownReference, &at, message).help(help));
            }
        }
    }
}

/// The names that stand between `open` and `close`.
fn names<'a>(
    text: &'a str,
    open: &'a str,
    close: char,
) -> impl Iterator<Item = (&'a str, Range<usize>)> + 'a {
    text.match_indices(open).filter_map(move |(at, _)| {
        let start = at + open.len();
        let length = text[start..].find(close)?;
        let name = &text[start..start + length];
        let typed = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        (typed && !name.is_empty()).then_some((name, start..start + length))
    })
}
