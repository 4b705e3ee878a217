//! Words that become part of a sentence: they do not repeat what stands before them, nor end it too early.
//!
//! The documentation of a key says which form of words it takes ("as a clause that follows \"if\""); the
//! documents put them into sentences accordingly. So the documentation is what decides here.

use super::places::{Place, Places};
use crate::deal::fact::Fact;
use crate::deal::shape::Shape;
use crate::diagnostic::{Code, Diagnostic, Report};

pub(super) fn check(places: &Places<'_>, report: &mut Report) {
    for (_, place) in places.iter() {
        if let (Shape::Leaf(leaf), Fact::Text(text)) = (place.shape, &place.fact)
            && leaf.choices.is_empty()
            && leaf.pattern.is_empty()
        {
            doubled(place, text, report);
            stops(place, text, report);
        }
    }
}

/// "if if the customer leaves".
fn doubled(place: &Place<'_>, text: &str, report: &mut Report) {
    let Some((_, rest)) = place.doc.split_once("follows \"") else {
        return;
    };
    let Some((word, _)) = rest.split_once('"') else {
        return;
    };
    let repeats = text
        .get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
        && text[word.len()..].starts_with(' ');
    if repeats {
        report.push(
            Diagnostic::warning(
                Code::PhraseForm,
                &place.at,
                format!("the documents put `{word}` before this, so it would stand twice"),
            )
            .help(format!("leave out `{}` at the start", &text[..word.len()])),
        );
    }
}

/// A full stop within a sentence, or a sentence without one.
fn stops(place: &Place<'_>, text: &str, report: &mut Report) {
    let doc = place.doc;
    let phrase = [
        "noun phrase",
        "verb phrase",
        "clause that follows",
        "phrase that follows",
        "without the full stop",
    ]
    .iter()
    .any(|form| doc.contains(form));
    let sentence = !phrase && (doc.contains("as a sentence") || doc.contains("in a sentence"));
    let last = text.split_whitespace().next_back().unwrap_or_default();
    if phrase && ends_a_sentence(last) {
        report.push(
            Diagnostic::warning(
                Code::PhraseForm,
                &place.at,
                "this becomes a part of a sentence, and ends with a full stop",
            )
            .help("leave out the full stop"),
        );
    }
    let closed = text
        .trim_end_matches(['"', '\'', ')', '\u{201D}', '\u{2019}'])
        .ends_with(['.', '!', '?']);
    if sentence && !closed {
        report.push(
            Diagnostic::warning(
                Code::PhraseForm,
                &place.at,
                "this stands as a sentence of its own, and has no full stop",
            )
            .help("end it with a full stop"),
        );
    }
}

/// Whether the last word ends with a full stop that is no part of an abbreviation such as `Inc.` or `etc.`.
fn ends_a_sentence(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else {
        return false;
    };
    let word = stem.chars().all(char::is_lowercase) && stem.chars().count() >= 3;
    word && !["etc", "approx", "incl", "excl", "corp", "inc", "ltd", "plc"].contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::ends_a_sentence;

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        for (word, ends) in [
            ("first.", true),
            ("Inc.", false),
            ("etc.", false),
            ("D.C.", false),
            ("it", false),
        ] {
            assert_eq!(ends_a_sentence(word), ends, "{word}");
        }
    }
}
