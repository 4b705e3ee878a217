//! What must move with a term, so that the deal stays whole.
//!
//! In: a deal, a term and its new value. Out: the neighbours that would contradict it, with the values that fit.

use crate::deal::Deal;

/// The terms that must follow if the term at `path` becomes `to`, each with its value.
///
/// A tier begins where the one before it ends.
pub fn following(deal: &Deal, path: &str, to: &str) -> Vec<(String, String)> {
    let Some(tiers) = deal.economics.as_ref().and_then(|pay| pay.tiers.as_ref()) else {
        return Vec::new();
    };
    let Some((place, key)) = path
        .strip_prefix("economics.tiers.tier.")
        .and_then(|rest| rest.split_once('.'))
    else {
        return Vec::new();
    };
    let Ok(place) = place.parse::<usize>() else {
        return Vec::new();
    };
    let neighbour = match key {
        "to" => Some((place + 1, "from")),
        "from" if place > 1 => Some((place - 1, "to")),
        _ => None,
    };
    neighbour
        .filter(|(place, _)| *place <= tiers.tier.len())
        .map(|(place, key)| (format!("economics.tiers.tier.{place}.{key}"), to.to_owned()))
        .into_iter()
        .collect()
}
