//! Whether a text has all the words of another one.

use std::collections::BTreeMap;

/// Whether every word of `source` is in `written`, as often or more.
///
/// Words are runs of letters and digits; a character written by name or number counts as none.
pub(super) fn all_of(source: &str, written: &str) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    each(written, &mut |word| *counts.entry(word).or_default() += 1);
    let mut all = true;
    each(source, &mut |word| match counts.get_mut(word) {
        Some(count) if *count > 0 => *count -= 1,
        Some(_) | None => all = false,
    });
    all
}

fn each<'t>(text: &'t str, see: &mut impl FnMut(&'t str)) {
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || c == '&') {
        rest = &rest[start..];
        if let Some(name) = rest.strip_prefix('&') {
            let inside = name.trim_start_matches('#');
            let end = inside
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(inside.len());
            let is_name = end > 0 && inside[end..].starts_with(';');
            rest = if is_name { &inside[end..] } else { name };
            continue;
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        see(&rest[..end]);
        rest = &rest[end..];
    }
}
