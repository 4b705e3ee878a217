//! What nobody could dispute, mended in the text of a deal file.
//!
//! In: the text. Out: the same text with a few characters fewer, and what was changed. Mended are spaces at the
//! edges of a printed text, and characters that a reader cannot see and that move nothing beside them. Everything
//! else keeps its bytes: comments, order, line ends, and each text that only a person can decide on.

use super::Deal;
use super::record::Node;
use super::text::invisible;
use crate::diagnostic::{Code, Report};
use crate::source::{Source, Span};
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where in the old text.
    pub at: Span,
    /// What was done, in the past tense: `removed a space at the edge`.
    pub what: String,
}

/// The text mended, and every change in the order of the file. `None` if it is not valid TOML.
pub fn mend(source: &Arc<Source>) -> Option<(String, Vec<Change>)> {
    let table = DeTable::parse(&source.text).ok()?;
    let mut report = Report::new();
    // Only texts that are printed are complained about; an id or an amount is read to the letter.
    Deal::read(source, &mut report);
    let found: Vec<Range<usize>> = report
        .sorted()
        .into_iter()
        .filter(|finding| matches!(finding.code, Code::EdgeSpace | Code::InvisibleCharacter))
        .map(|finding| finding.at.range())
        .collect();
    let mut texts = Vec::new();
    for value in table.get_ref().values() {
        gather(value, &mut texts);
    }
    texts.sort_by_key(|range| range.start);
    let mut edits: Vec<Edit> = Vec::new();
    for text in texts {
        if found
            .iter()
            .any(|at| text.start <= at.start && at.end <= text.end)
        {
            edits.extend(mend_text(&source.text, text));
        }
    }
    let mut mended = String::with_capacity(source.text.len());
    let mut end = 0;
    for edit in &edits {
        mended.push_str(&source.text[end..edit.range.start]);
        mended.push_str(edit.by);
        end = edit.range.end;
    }
    mended.push_str(&source.text[end..]);
    let changes = edits
        .into_iter()
        .map(|edit| Change {
            at: Span::new(source, edit.range),
            what: edit.what,
        })
        .collect();
    Some((mended, changes))
}

/// The bytes of every text of the file, with their quotation marks.
fn gather(node: &Node<'_>, texts: &mut Vec<Range<usize>>) {
    match node.get_ref() {
        DeValue::String(_) => texts.push(node.span()),
        DeValue::Array(items) => {
            for item in items {
                gather(item, texts);
            }
        }
        DeValue::Table(table) => {
            for value in table.values() {
                gather(value, texts);
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

struct Edit {
    range: Range<usize>,
    by: &'static str,
    what: String,
}

/// The edits of one text in one pair of quotation marks; none for a text over several lines.
fn mend_text(file: &str, text: Range<usize>) -> Vec<Edit> {
    let raw = &file[text.clone()];
    let escapes = raw.starts_with('"');
    if raw.len() < 2 || raw.starts_with("\"\"\"") || raw.starts_with("'''") {
        return Vec::new();
    }
    let mut letters = letters(&raw[1..raw.len() - 1], text.start + 1, escapes);
    let mut edits = Vec::new();
    letters.retain_mut(|(letter, range)| match remedy(*letter) {
        Remedy::Keep => true,
        Remedy::Delete => {
            edits.push(Edit {
                range: range.clone(),
                by: "",
                what: format!("deleted {}", described(*letter)),
            });
            false
        }
        Remedy::Space => {
            edits.push(Edit {
                range: range.clone(),
                by: " ",
                what: format!("wrote a plain space for {}", described(*letter)),
            });
            *letter = ' ';
            true
        }
    });
    let is_space = |(letter, _): &&(char, Range<usize>)| *letter == ' ';
    let leading: Vec<_> = letters.iter().take_while(is_space).collect();
    if leading.len() == letters.len() {
        // Nothing would be left: whoever wrote it must say what was meant.
        return Vec::new();
    }
    let trailing: Vec<_> = letters.iter().rev().take_while(is_space).collect();
    for (_, range) in leading.into_iter().chain(trailing) {
        // A space that stood for another character at the edge goes as well.
        edits.retain(|edit| edit.range != *range);
        edits.push(Edit {
            range: range.clone(),
            by: "",
            what: "removed a space at the edge".to_owned(),
        });
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Each character of a text, with the bytes that stand for it.
fn letters(inner: &str, start: usize, escapes: bool) -> Vec<(char, Range<usize>)> {
    let mut letters = Vec::new();
    let mut at = 0;
    while let Some(letter) = inner[at..].chars().next() {
        let rest = &inner[at..];
        let (letter, length) = if escapes && letter == '\\' {
            let digits = match rest.as_bytes().get(1) {
                Some(b'u') => 4,
                Some(b'U') => 8,
                Some(_) | None => 0,
            };
            let code = rest
                .get(2..2 + digits)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                .and_then(char::from_u32);
            match code {
                // A space that somebody took the trouble to write as an escape is meant.
                Some(' ') => ('\\', 2 + digits),
                Some(letter) => (letter, 2 + digits),
                None => ('\\', rest.chars().take(2).map(char::len_utf8).sum()),
            }
        } else {
            (letter, letter.len_utf8())
        };
        letters.push((letter, start + at..start + at + length));
        at += length;
    }
    letters
}

enum Remedy {
    Keep,
    Delete,
    Space,
}

/// What may be done with a character without changing what anybody reads.
fn remedy(letter: char) -> Remedy {
    match letter {
        // They allow or forbid a line break, and show nothing.
        '\u{00AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => Remedy::Delete,
        // They look like a space.
        '\u{00A0}' | '\u{202F}' => Remedy::Space,
        // All others join letters, turn their direction, or hide text: a person must look.
        _ => Remedy::Keep,
    }
}

fn described(letter: char) -> String {
    let name = invisible(letter).unwrap_or("UNNAMED");
    format!("U+{:04X} ({name})", u32::from(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = include_str!("../../tests/cases/good/minimal/deal.toml");

    /// The minimal deal with one line changed, mended; the changed line and what was done.
    fn mended(old: &str, new: &str) -> (String, Vec<String>) {
        assert!(MINIMAL.contains(old));
        let text = MINIMAL.replacen(old, new, 1);
        let source = Source::new("deal.toml", text.as_str());
        let (mended, changes) = mend(&source).expect("valid TOML");
        let pairs: Vec<(&str, &str)> = text.split('\n').zip(mended.split('\n')).collect();
        assert_eq!(mended.split('\n').count(), text.split('\n').count());
        let line = pairs
            .iter()
            .find(|(before, after)| before != after)
            .map_or(String::new(), |(_, after)| (*after).to_owned());
        assert!(pairs.iter().filter(|(a, b)| a != b).count() <= 1);
        let again = mend(&Source::new("deal.toml", mended)).expect("valid TOML");
        assert_eq!(again.1, [], "a second time finds nothing");
        (
            line,
            changes.into_iter().map(|change| change.what).collect(),
        )
    }

    #[test]
    fn mends_what_nobody_could_dispute() {
        let space = "removed a space at the edge";
        for (new, line, done) in [
            (
                "short = \"  Acme \" # \u{200B} stays",
                "short = \"Acme\" # \u{200B} stays",
                vec![space, space, space],
            ),
            (
                "short = 'Ac\u{200B}me'",
                "short = 'Acme'",
                vec!["deleted U+200B (ZERO WIDTH SPACE)"],
            ),
            (
                "short = \"A\\u00ADc\\\\u00ADme\\u00a0Ltd\"",
                "short = \"Ac\\\\u00ADme Ltd\"",
                vec![
                    "deleted U+00AD (SOFT HYPHEN)",
                    "wrote a plain space for U+00A0 (NO-BREAK SPACE)",
                ],
            ),
            ("short = \"\u{00A0}Acme\"", "short = \"Acme\"", vec![space]),
            // A person must look.
            ("short = \"Ac\u{202E}me\"", "", vec![]),
            ("short = \"Ac\u{200D}me\"", "", vec![]),
            ("short = \" \u{200B} \"", "", vec![]),
            ("short = \"\"\" Acme\"\"\"", "", vec![]),
            ("short = \"\\u0020Acme\"", "", vec![]),
            ("short = \" Ac\\tme\"", "short = \"Ac\\tme\"", vec![space]),
        ] {
            let (found, what) = mended("short = \"Acme\"", new);
            assert_eq!(
                (found.as_str(), what),
                (line, done.iter().map(|what| (*what).to_owned()).collect()),
                "{new}"
            );
        }
    }

    #[test]
    fn leaves_everything_else_alone() {
        for (old, new) in [
            ("id = \"acme\"", "id = \" acme\""),
            ("cure = \"30 days\"", "cure = \" 30 days\""),
            ("schema = 1", "schema = 1 # a\u{00A0}comment "),
        ] {
            assert_eq!(mended(old, new), (String::new(), Vec::new()), "{new}");
        }
        let windows = MINIMAL
            .replace('\n', "\r\n")
            .replace("\"Acme\"", "\"Acme \"");
        let (text, changes) = mend(&Source::new("deal.toml", windows)).expect("valid TOML");
        assert_eq!(changes.len(), 1);
        assert_eq!(text, MINIMAL.replace('\n', "\r\n"));
        assert_eq!(mend(&Source::new("deal.toml", "a = = 1")), None);
    }
}
