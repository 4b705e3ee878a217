//! Words in the deal file: free text, ids, and names that stand for something else in the file.

use super::fact::Fact;
use super::names::ClauseName;
use super::record::{Field, Node, Reader, kind};
use super::shape::{Leaf, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Span};
use std::fmt;

/// One line of words, as they will be printed: never empty, without control or invisible characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

impl Text {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Field for At<Text> {
    const SHAPE: Shape = free_text("words on one line");

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let (text, at) = reader.text(node, "words")?;
        let sound = check(text, &at, reader);
        sound.then(|| At::new(Text(text.trim().to_owned()), at))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(&self.value.0)
    }
}

pub(super) const fn free_text(expected: &'static str) -> Shape {
    Shape::Leaf(Leaf {
        expected,
        pattern: "",
        choices: &[],
        names: None,
    })
}

/// Reports what a printed text may not hold; false if it cannot be used.
fn check(text: &str, at: &Span, reader: &mut Reader<'_>) -> bool {
    // Most texts are letters and plain marks, and there is nothing to look for in them.
    let edges = text.starts_with(' ') || text.ends_with(' ');
    let ordinary = |byte: u8| (b' '..=b'z').contains(&byte);
    if !text.is_empty() && !edges && text.bytes().all(ordinary) {
        return true;
    }
    let plain = at.text() == text;
    let place = |start: usize, length: usize| {
        if plain {
            at.part(start..start + length)
        } else {
            at.clone()
        }
    };
    if text.trim().is_empty() {
        reader.error(
            Code::EmptyText,
            at,
            "the text is empty",
            "write the words, or leave the key out",
        );
        return false;
    }
    let mut sound = true;
    for (index, letter) in text.char_indices() {
        let here = place(index, letter.len_utf8());
        if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') {
            sound = false;
            reader.error(
                Code::ControlCharacter,
                &here,
                format!(
                    "the text holds a control character U+{:04X}",
                    u32::from(letter)
                ),
                "write it on one line, with plain spaces",
            );
        } else if let Some(name) = invisible(letter) {
            sound = false;
            reader.error(
                Code::InvisibleCharacter,
                &here,
                format!(
                    "the text holds an invisible character U+{:04X} ({name})",
                    u32::from(letter)
                ),
                "delete it; if a space is meant, type a plain space",
            );
        }
    }
    if text.trim() != text {
        let start = if text.trim_start() == text {
            text.trim_end().len()
        } else {
            0
        };
        reader.report.push(
            Diagnostic::warning(
                Code::EdgeSpace,
                &place(start, 1),
                "the text begins or ends with a space, which is dropped",
            )
            .help("delete the space: in another version it would show as a change"),
        );
    }
    for mark in ["{{", "{%", "}}", "%}"] {
        if let Some(start) = text.find(mark) {
            reader.report.push(
                Diagnostic::warning(
                    Code::TemplateSyntax,
                    &place(start, mark.len()),
                    format!("`{mark}` looks like template syntax; it is printed literally"),
                )
                .help("nothing in the deal file is evaluated; if it is a leftover, replace it"),
            );
            break;
        }
    }
    sound
}

/// The name of a character that a reader cannot see, or that moves what stands beside it.
pub(crate) fn invisible(letter: char) -> Option<&'static str> {
    // Nearly all letters are these, and none of them is hidden.
    if letter.is_ascii() {
        return None;
    }
    Some(match letter {
        '\u{00A0}' => "NO-BREAK SPACE",
        '\u{00AD}' => "SOFT HYPHEN",
        '\u{034F}' => "COMBINING GRAPHEME JOINER",
        '\u{061C}' => "ARABIC LETTER MARK",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "HANGUL FILLER",
        '\u{180E}' => "MONGOLIAN VOWEL SEPARATOR",
        '\u{200B}' => "ZERO WIDTH SPACE",
        '\u{200C}' => "ZERO WIDTH NON-JOINER",
        '\u{200D}' => "ZERO WIDTH JOINER",
        '\u{200E}' => "LEFT-TO-RIGHT MARK",
        '\u{200F}' => "RIGHT-TO-LEFT MARK",
        '\u{202A}'..='\u{202E}' => "BIDIRECTIONAL CONTROL",
        '\u{202F}' => "NARROW NO-BREAK SPACE",
        '\u{2060}'..='\u{2064}' => "INVISIBLE OPERATOR",
        '\u{2066}'..='\u{2069}' => "BIDIRECTIONAL ISOLATE",
        '\u{206A}'..='\u{206F}' => "DEPRECATED FORMAT CHARACTER",
        '\u{FEFF}' => "BYTE ORDER MARK",
        '\u{FFF9}'..='\u{FFFB}' => "INTERLINEAR ANNOTATION",
        '\u{E0000}'..='\u{E007F}' => "TAG CHARACTER",
        _ => return None,
    })
}

/// A short stable name, such as `health-uk`: lower-case words joined by hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(String);

impl Id {
    /// The id `name`, which is known to be one.
    pub(crate) fn of(name: &str) -> Id {
        Id(name.to_owned())
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) const ID_PATTERN: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

pub(super) fn read_id(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<String>> {
    let (text, at) = reader.text(node, "a name such as \"health-uk\"")?;
    if text.parse::<crate::document::Anchor>().is_ok() {
        return Some(At::new(text.to_owned(), at));
    }
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let help = if words.is_empty() {
        "write a name such as \"health-uk\"".to_owned()
    } else {
        format!("try \"{}\"", words.join("-"))
    };
    reader.error(
        Code::BadId,
        &at,
        format!("`{text}` is not an id: lower-case letters, digits and `-` only"),
        help,
    );
    None
}

impl Field for At<Id> {
    const SHAPE: Shape = Shape::Leaf(Leaf {
        expected: "a name such as \"health-uk\": lower-case words joined by hyphens",
        pattern: ID_PATTERN,
        choices: &[],
        names: None,
    });

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_id(node, reader).map(|id| At::new(Id(id.value), id.span))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(&self.value.0)
    }
}

/// A path to a term of this file, such as `economics.tiers.tier.1.rate`. Places in a list count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermPath(String);

impl TermPath {
    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for At<TermPath> {
    const SHAPE: Shape = Shape::Leaf(Leaf {
        expected: "a path such as \"economics.tiers.tier.1.rate\", places in a list counted from 1",
        pattern: r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$",
        choices: &[],
        names: None,
    });

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let (text, at) = reader.text(node, "a path such as \"economics.tiers.tier.1.rate\"")?;
        check(text, &at, reader).then(|| At::new(TermPath(text.trim().to_owned()), at))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(&self.value.0)
    }
}

/// Why a term is as it is.
///
/// `reason = "..."` stays in the file; `reason.share = "..."` is printed beside the clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The reason.
    pub text: At<Text>,
    /// Whether the documents show it.
    pub shared: bool,
}

impl Field for Reason {
    // Printed only if it is shared, so to templates every reason may be absent.
    const SHAPE: Shape = Shape::Option(&free_text(super::shape::REASON));

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            return <At<Text>>::read(node, reader).map(|text| Reason {
                text,
                shared: false,
            });
        };
        let at = reader.span(node.span());
        let (Some(node), 1) = (table.get("share"), table.len()) else {
            reader.error(
                Code::UnknownKey,
                &at,
                "a reason is a text, or has the one key `share`",
                "write `reason = \"...\"` to keep it in the file, `reason.share = \"...\"` to print it",
            );
            return None;
        };
        <At<Text>>::read(node, reader).map(|text| Reason { text, shared: true })
    }

    fn fact(&self) -> Fact<'_> {
        if self.shared {
            self.text.fact()
        } else {
            Fact::Absent
        }
    }
}

/// What the deal says about clauses by name: `[clauses]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The clauses it names, in the order of the file.
    pub choices: Vec<(At<ClauseName>, At<Choice>)>,
}

/// What the deal says about one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Use this alternative.
    Rank(Rank),
    /// Leave the clause out, for this reason.
    LeaveOut(Text),
}

/// How good an alternative wording is for the house that owns the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The wording to start from.
    Preferred,
    /// A wording that may be given without asking.
    Acceptable,
    /// A wording that somebody must approve.
    Escalate,
}

impl Rank {
    /// All ranks, best first.
    pub const ALL: [Rank; 3] = [Rank::Preferred, Rank::Acceptable, Rank::Escalate];

    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Rank::Preferred => "preferred",
            Rank::Acceptable => "acceptable",
            Rank::Escalate => "escalate",
        }
    }
}

impl Choices {
    /// What the deal says about the clause `id`.
    pub fn of(&self, id: &str) -> Option<&Choice> {
        self.choices
            .iter()
            .find(|(name, _)| name.id() == id)
            .map(|(_, choice)| &choice.value)
    }
}

impl Field for Choices {
    const SHAPE: Shape = Shape::Choices;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let at = reader.span(node.span());
        let Some(table) = node.get_ref().as_table() else {
            reader.error(
                Code::WrongType,
                &at,
                format!("expected a table, found {}", kind(node.get_ref())),
                "write `[clauses]` and under it `liability-cap = \"acceptable\"`",
            );
            return None;
        };
        let mut choices = Vec::new();
        for (key, value) in table {
            let name = At::new(ClauseName::of(key.get_ref()), reader.span(key.span()));
            choices.push((name, read_choice(value, reader)?));
        }
        choices.sort_by_key(|(name, _)| name.span.range().start);
        Some(Choices { choices })
    }

    fn absent() -> Option<Self> {
        Some(Choices::default())
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}

fn read_choice(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<Choice>> {
    let at = reader.span(node.span());
    if let Some(reason) = node
        .get_ref()
        .as_table()
        .and_then(|table| table.get("leave_out"))
    {
        let text = <At<Text>>::read(reason, reader)?;
        return Some(At::new(Choice::LeaveOut(text.value), text.span));
    }
    let word = node.get_ref().as_str();
    if let Some(rank) = Rank::ALL
        .into_iter()
        .find(|rank| Some(rank.as_str()) == word)
    {
        return Some(At::new(Choice::Rank(rank), at));
    }
    reader.error(
        Code::UnknownChoice,
        &at,
        "a clause is \"preferred\", \"acceptable\" or \"escalate\", or is left out",
        "write one of the three, or `{ leave_out = \"why\" }`",
    );
    None
}
