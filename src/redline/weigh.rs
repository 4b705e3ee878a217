//! What a change weighs: whether it may change what the parties owe.
//!
//! In doubt a change is one of substance: whoever reads those alone must miss nothing.

use super::{Change, Edit, Form, Level, Piece, Start, Weight, What};
use crate::document::Inline;

/// What a change struck and put in.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    deleted: String,
    inserted: String,
    /// Whether a leaf is in it that is not text.
    leaf: bool,
    any_deleted: bool,
    any_inserted: bool,
    /// Lines, rows or columns that it struck or put in.
    pub lines: usize,
}

impl Texts {
    pub fn add(&mut self, piece: &Piece) {
        let (text, any) = match piece.edit {
            Edit::Deleted => (&mut self.deleted, &mut self.any_deleted),
            Edit::Inserted => (&mut self.inserted, &mut self.any_inserted),
            Edit::Kept => return,
        };
        *any = true;
        match &piece.leaf {
            Inline::Text(words) => text.push_str(words),
            Inline::Reference(_)
            | Inline::Definition(_)
            | Inline::Link { .. }
            | Inline::Inert(_) => {
                self.leaf = true;
                text.push('\u{fffc}');
                text.push_str(super::changes::text(&piece.leaf));
            }
            // A typed label says where a line stands, and a wrap is no leaf.
            Inline::Enumerator(_) | Inline::Strong(_) | Inline::Emphasis(_) => {}
        }
    }
}

/// Words of duty, permission, condition, negation and quantity.
const OPERATIVE: [&str; 58] = [
    "shall",
    "must",
    "may",
    "will",
    "can",
    "cannot",
    "should",
    "would",
    "not",
    "no",
    "none",
    "nor",
    "never",
    "neither",
    "only",
    "solely",
    "unless",
    "except",
    "excluding",
    "if",
    "until",
    "and",
    "or",
    "all",
    "any",
    "each",
    "every",
    "either",
    "both",
    "least",
    "most",
    "more",
    "less",
    "than",
    "before",
    "after",
    "within",
    "without",
    "including",
    "exclusive",
    "sole",
    "reasonable",
    "reasonably",
    "material",
    "materially",
    "promptly",
    "immediately",
    "one",
    "two",
    "three",
    "four",
    "five",
    "ten",
    "days",
    "months",
    "years",
    "provided",
    "notwithstanding",
];

/// How many words struck or put in alone are more than wording.
const SENTENCE: usize = 8;

/// Says what `change` weighs, and what was done in it.
pub(super) fn weigh(change: &mut Change, texts: &Texts) {
    match change.what {
        What::Moved => {
            change.weight = Weight::Move;
            return;
        }
        What::Set | What::Formed => {
            change.weight = Weight::Noise;
            return;
        }
        What::Replaced | What::Inserted | What::Deleted => {
            change.what = match (texts.any_deleted, texts.any_inserted) {
                (true, true) => What::Replaced,
                (true, false) => What::Deleted,
                (false, true) => What::Inserted,
                // An empty line, row or column.
                (false, false) => change.what,
            };
        }
        What::Split | What::Merged => {}
    }
    let split = change.what == What::Split || change.what == What::Merged;
    if plain(&texts.deleted) == plain(&texts.inserted) && !texts.leaf {
        change.weight = Weight::Noise;
        if texts.lines == 0 {
            change.what = What::Set;
        }
        return;
    }
    let both = change.deleted > 0 && change.inserted > 0;
    let long = !both && change.deleted.max(change.inserted) >= SENTENCE;
    let whole = texts.lines > 0 && !split;
    let operative = is_operative(&texts.deleted) || is_operative(&texts.inserted);
    change.weight = if texts.leaf || long || whole || operative {
        Weight::Substance
    } else {
        Weight::Wording
    };
}

/// Text as it is compared: spaces and quotation marks folded.
fn plain(text: &str) -> String {
    let folded: String = text
        .chars()
        .map(|letter| match letter {
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' | '‚' => '\'',
            other => other,
        })
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a figure, a name, a mark or a word that a duty hangs on is in `text`.
fn is_operative(text: &str) -> bool {
    let marks = text.chars().any(|letter| {
        matches!(letter, ',' | ';' | ':' | '(' | ')' | '%' | '$') || letter.is_numeric()
    });
    let name = |word: &str| word.starts_with(char::is_uppercase);
    let words = || text.split(|letter: char| !letter.is_alphanumeric());
    marks || words().any(|word| name(word) || OPERATIVE.contains(&word))
}

/// Whether a line has another form than before: not whether its list now begins elsewhere.
pub(super) fn is_formed(old: &Form, new: &Form) -> bool {
    match (old, new) {
        (
            Form::Heading {
                depth: old_depth,
                label: old_label,
                ..
            },
            Form::Heading {
                depth: new_depth,
                label: new_label,
                ..
            },
        ) => old_depth != new_depth || old_label != new_label,
        (
            Form::Block {
                nest: old_nest,
                kind: old_kind,
            },
            Form::Block {
                nest: new_nest,
                kind: new_kind,
            },
        ) => old_kind != new_kind || !same_nest(old_nest, new_nest),
        (Form::Heading { .. }, Form::Block { .. }) | (Form::Block { .. }, Form::Heading { .. }) => {
            true
        }
    }
}

fn same_nest(old: &[Level], new: &[Level]) -> bool {
    let begins = |level: &Level| match level.start {
        Start::Whole | Start::Item => true,
        Start::Nothing => false,
    };
    old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(was, is)| was.container == is.container && begins(was) == begins(is))
}
