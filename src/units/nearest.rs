//! The word that a person meant.

/// The candidate that differs least from `word`: at most two letters, and less than half of the word.
///
/// A letter added, left out, changed, or swapped with its neighbour is one difference; case is none.
/// Among equals the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| -> Vec<char> { text.chars().flat_map(char::to_lowercase).collect() };
    let word = letters(word);
    // A word this long is no slip, and comparing it would only cost time.
    if word.len() > 64 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = distance(&word, &letters(candidate));
        let close = distance <= 2 && distance * 2 < word.len().max(2);
        if close && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many slips lead from one word to the other (optimal string alignment).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    for (i, letter) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in to.iter().enumerate() {
            let change = rows[i][j] + usize::from(letter != other);
            let mut least = change.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == to[j - 1] && from[i - 1] == *other {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_word_that_was_meant() {
        let candidates = ["quarterly", "monthly", "half-yearly", "yearly"];
        for (word, meant) in [
            ("quaterly", Some("quarterly")),
            ("Monthly", Some("monthly")),
            ("motnhly", Some("monthly")),
            ("weekly", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, candidates), meant, "{word}");
        }
    }
}
