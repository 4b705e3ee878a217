//! Which entry of an old list is which entry of the new one.

use crate::deal::fact::Fact;

/// The keys that name an entry, the most telling first.
const NAMES: [&str; 11] = [
    "id", "term", "name", "title", "task", "what", "asset", "item", "metric", "date", "short",
];

/// Two lists side by side.
pub(super) struct Pairing {
    /// Places in the old and in the new list, in the order of the new one; entries that are gone stand where they
    /// stood.
    pub(super) pairs: Vec<(Option<usize>, Option<usize>)>,
    /// Whether entries that both lists have stand in another order.
    pub(super) reordered: bool,
}

/// The name of an entry, or the entry itself if it is a single value.
pub(super) fn key<'f>(fact: &Fact<'f>) -> Option<(&'static str, &'f str)> {
    match fact {
        Fact::Record(fields) => NAMES.iter().find_map(|name| {
            let (_, value) = fields.iter().find(|(key, _)| key == name)?;
            match value {
                Fact::Text(text) | Fact::Name(_, text) => Some((*name, *text)),
                Fact::Absent
                | Fact::Flag(_)
                | Fact::Number(_)
                | Fact::Money(_)
                | Fact::Rate(_)
                | Fact::Count(_)
                | Fact::Measure(_)
                | Fact::Period(_)
                | Fact::Date(_)
                | Fact::List(_)
                | Fact::Record(_) => None,
            }
        }),
        Fact::Name(_, text) | Fact::Text(text) => Some(("", text)),
        Fact::Absent
        | Fact::Flag(_)
        | Fact::Number(_)
        | Fact::Money(_)
        | Fact::Rate(_)
        | Fact::Count(_)
        | Fact::Measure(_)
        | Fact::Period(_)
        | Fact::Date(_)
        | Fact::List(_) => None,
    }
}

/// Pairs the entries of two lists: equal names first, then equal entries in their order, then what is left
/// between them in its order.
pub(super) fn pair(old: &[Fact<'_>], new: &[Fact<'_>]) -> Pairing {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    // A name that two entries share names neither.
    let lone = |list: &[Fact<'_>], wanted: (&str, &str)| {
        let mut places = (0..list.len()).filter(|place| key(&list[*place]) == Some(wanted));
        places.next().filter(|_| places.next().is_none())
    };
    for (place, fact) in new.iter().enumerate() {
        let Some(name) = key(fact) else { continue };
        if lone(new, name).is_some()
            && let Some(before) = lone(old, name)
        {
            partner[place] = Some(before);
            taken[before] = true;
        }
    }
    let named: Vec<usize> = partner.iter().flatten().copied().collect();
    let reordered = !named.is_sorted();
    equal(old, new, &mut partner, &mut taken);
    in_order(old, new, &mut partner, &mut taken);
    Pairing {
        pairs: listed(&partner, &taken),
        reordered,
    }
}

/// Pairs equal entries, each with the first equal one that no other has.
fn equal(old: &[Fact<'_>], new: &[Fact<'_>], partner: &mut [Option<usize>], taken: &mut [bool]) {
    let mut from = 0;
    for (place, fact) in new.iter().enumerate() {
        if partner[place].is_some() {
            continue;
        }
        let same = (from..old.len()).find(|before| !taken[*before] && old[*before] == *fact);
        if let Some(before) = same {
            partner[place] = Some(before);
            taken[before] = true;
            from = before + 1;
        }
    }
}

/// Pairs tables without names that stand between the same neighbours. A named one without its namesake is new.
fn in_order(old: &[Fact<'_>], new: &[Fact<'_>], partner: &mut [Option<usize>], taken: &mut [bool]) {
    let mut from = 0;
    for place in 0..new.len() {
        if let Some(before) = partner[place] {
            from = before + 1;
            continue;
        }
        let ends = partner[place..].iter().flatten().copied().min();
        let fits = |before: &usize| {
            !taken[*before] && key(&old[*before]).is_none() && key(&new[place]).is_none()
        };
        if let Some(before) = (from..ends.unwrap_or(old.len())).find(fits) {
            partner[place] = Some(before);
            taken[before] = true;
            from = before + 1;
        }
    }
}

/// All pairs in the order of the new list, with what is gone where it stood.
fn listed(partner: &[Option<usize>], taken: &[bool]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut gone = (0..taken.len()).filter(|before| !taken[*before]).peekable();
    let mut pairs = Vec::new();
    for (place, before) in partner.iter().enumerate() {
        if let Some(before) = before {
            while let Some(lost) = gone.next_if(|lost| lost < before) {
                pairs.push((Some(lost), None));
            }
        }
        pairs.push((*before, Some(place)));
    }
    pairs.extend(gone.map(|lost| (Some(lost), None)));
    pairs
}
