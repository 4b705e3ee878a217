//! Of pairs that cross, those that stay in order.

/// Something at a place in the old document that is at a place in the new, and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub old: usize,
    pub new: usize,
    pub weight: u64,
}

/// The places in `pairs` of the heaviest that do not cross: what is heavy stays, what is light moves.
///
/// `pairs` are sorted, and no two have the same old or the same new place.
pub(super) fn heaviest(pairs: &[Pair]) -> Vec<usize> {
    let mut places: Vec<usize> = pairs.iter().map(|pair| pair.new).collect();
    places.sort_unstable();
    // For each new place, the heaviest chain that ends there or in some places before it: a Fenwick tree.
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); places.len() + 1];
    let mut before = vec![None; pairs.len()];
    let mut best = (0, None);
    for (place, pair) in pairs.iter().enumerate() {
        let rank = places.partition_point(|new| *new < pair.new);
        let mut chain = (0, None);
        let mut slot = rank;
        while slot > 0 {
            if tree[slot].0 > chain.0 {
                chain = tree[slot];
            }
            slot &= slot - 1;
        }
        before[place] = chain.1;
        let weight = chain.0 + pair.weight;
        if weight > best.0 {
            best = (weight, Some(place));
        }
        let mut slot = rank + 1;
        while slot < tree.len() {
            if weight > tree[slot].0 {
                tree[slot] = (weight, Some(place));
            }
            slot += slot & slot.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut next = best.1;
    while let Some(place) = next {
        chain.push(place);
        next = before[place];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::{Pair, heaviest};

    fn check(pairs: &[(usize, usize, u64)], stay: &[usize]) {
        let pairs: Vec<Pair> = pairs
            .iter()
            .map(|&(old, new, weight)| Pair { old, new, weight })
            .collect();
        assert_eq!(heaviest(&pairs), stay);
    }

    #[test]
    fn the_light_one_moves() {
        check(&[(0, 1, 5), (1, 0, 9)], &[1]);
        check(&[(0, 2, 5), (1, 0, 3), (2, 1, 3)], &[1, 2]);
        check(&[(0, 0, 1), (3, 4, 1), (5, 7, 1)], &[0, 1, 2]);
        check(&[], &[]);
    }
}
