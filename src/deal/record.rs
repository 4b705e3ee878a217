//! How a table of the deal file becomes a struct, with every error at its characters.
//!
//! [`record!`] writes a struct, its reader, its [`Shape`] and its [`Fact`] from one list of fields, so that the
//! four cannot drift apart. A field that cannot be read is reported and the reading goes on: one run shows
//! all errors of a file.

use super::fact::Fact;
use super::shape::{FieldShape, RecordShape, Shape};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::units::nearest;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of the deal file.
pub type Node<'a> = Spanned<DeValue<'a>>;

/// A type that a key of the deal file can have.
pub trait Field: Sized {
    /// What its values look like.
    const SHAPE: Shape;

    /// Reads the value; `None` if that was reported as an error.
    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// The value when the key is absent; `None` where that is an error.
    fn absent() -> Option<Self> {
        None
    }

    /// The value as data, for templates and comparisons.
    fn fact(&self) -> Fact<'_>;
}

/// What reading needs: the file and the findings so far.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The file being read.
    pub source: &'a Arc<Source>,
    /// The findings so far.
    pub report: &'a mut Report,
    /// Where in the file the text begins that was parsed.
    start: usize,
}

impl<'a> Reader<'a> {
    /// A reader of a whole file.
    pub fn new(source: &'a Arc<Source>, report: &'a mut Report) -> Reader<'a> {
        Reader::within(source, 0, report)
    }

    /// A reader of the part of a file that begins at the byte `start`.
    pub fn within(source: &'a Arc<Source>, start: usize, report: &'a mut Report) -> Reader<'a> {
        Reader {
            source,
            report,
            start,
        }
    }
}

impl Reader<'_> {
    /// The place of some bytes of the text that was parsed.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(
            self.source,
            self.start + range.start..self.start + range.end,
        )
    }

    /// Reports an error.
    pub fn error(
        &mut self,
        code: Code,
        at: &Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report
            .push(Diagnostic::error(code, at, message).help(help));
    }

    /// The table that `node` must be.
    pub fn table<'n, 'i>(
        &mut self,
        node: &'n Node<'i>,
        shape: &RecordShape,
    ) -> Option<&'n DeTable<'i>> {
        let table = node.get_ref().as_table();
        if table.is_none() {
            let at = self.span(node.span());
            let keys: Vec<&str> = shape.fields.iter().map(|field| field.key).collect();
            let keys = format!("its keys are `{}`", keys.join("`, `"));
            let help = match at.text().strip_prefix("[[") {
                Some(name) => format!(
                    "it stands once, so write `[{}]`; {keys}",
                    name.trim_end_matches(']')
                ),
                None => keys,
            };
            self.error(
                Code::WrongType,
                &at,
                format!("expected a table, found {}", kind(node.get_ref())),
                help,
            );
        }
        table
    }

    /// The value of `key`; `None` if that was reported as an error.
    pub fn field<T: Field>(
        &mut self,
        table: &DeTable<'_>,
        at: &Span,
        field: &FieldShape,
    ) -> Option<T> {
        match table.get(field.key) {
            Some(node) => T::read(node, self),
            None => T::absent().or_else(|| {
                self.error(
                    Code::MissingKey,
                    at,
                    format!("`{}` is missing", field.key),
                    format!("{}: {}", example(field), first_sentence(field.doc)),
                );
                None
            }),
        }
    }

    /// Reports every key of `table` that `shape` does not have.
    pub fn unknown_keys(&mut self, table: &DeTable<'_>, shape: &RecordShape) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if shape.field(name).is_some() {
                continue;
            }
            let at = self.span(key.span());
            if INTERNAL.contains(&name) && !self.is_internal() {
                self.error(
                    Code::InternalKey,
                    &at,
                    format!("`{name}` is internal and this file is known to both sides"),
                    "move it to `negotiation.toml`, which is never rendered for the other side",
                );
                continue;
            }
            let keys = shape.fields.iter().map(|field| field.key);
            let help = match nearest(name, keys.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", keys.collect::<Vec<_>>().join(", ")),
            };
            self.error(Code::UnknownKey, &at, format!("unknown key `{name}`"), help);
        }
    }

    /// Whether the file is the one that only our side knows, in which such keys are at home.
    fn is_internal(&self) -> bool {
        let name = self.source.name.rsplit('/').next();
        name == Some("negotiation.toml")
    }

    /// The text that `node` must be, and its place without the quotation marks.
    pub fn text<'n>(&mut self, node: &'n Node<'_>, expected: &str) -> Option<(&'n str, Span)> {
        let at = self.span(node.span());
        let value = node.get_ref();
        if let Some(text) = value.as_str() {
            let raw = at.text();
            let inner = match raw.as_bytes().first() {
                Some(b'"' | b'\'') if raw.len() == text.len() + 2 => at.part(1..raw.len() - 1),
                _ => at,
            };
            return Some((text, inner));
        }
        let number = value.as_integer().is_some() || value.as_float().is_some();
        let (code, message) = if number {
            (
                Code::BareNumber,
                format!("`{}` is a bare number without a unit", at.text()),
            )
        } else {
            (
                Code::WrongType,
                format!("expected text, found {}", kind(value)),
            )
        };
        self.error(
            code,
            &at,
            message,
            format!("write {expected}, in quotation marks"),
        );
        None
    }
}

/// Keys that belong to the negotiation file; naming them helps whoever pastes one here.
const INTERNAL: &[&str] = &[
    "internal",
    "negotiation",
    "thesis",
    "batna",
    "walk_away",
    "walkaway",
    "must_haves",
    "tradables",
    "giveaways",
    "interests",
    "positions",
    "bucket",
    "interest",
    "position",
    "fallback",
    "worth",
    "alternative",
    "alternatives",
    "pressure",
    "estimate",
    "script",
    "scripts",
];

/// What a TOML value is, in words.
pub fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a bare date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// How a key is written, for messages about a missing one.
fn example(field: &FieldShape) -> String {
    match field.shape.present() {
        Shape::Leaf(leaf) if !leaf.choices.is_empty() => {
            let words: Vec<&str> = leaf.choices.iter().map(|(word, _)| *word).collect();
            format!("add `{} = \"{}\"`", field.key, words.join("\"` or `\""))
        }
        Shape::Leaf(leaf) => {
            // The expectation of a name is the first line of a docstring: " The id of a role".
            let expected = leaf.expected.trim();
            let expected = expected
                .strip_prefix("The ")
                .map_or_else(|| expected.to_owned(), |rest| format!("the {rest}"));
            format!("add `{} = \"...\"`, {expected}", field.key)
        }
        Shape::Flag => format!("add `{} = true` or `false`", field.key),
        Shape::Number => format!("add `{} = 1`", field.key),
        Shape::Record(_) | Shape::Choices | Shape::Reasons => {
            format!("add the table `{}`", field.key)
        }
        Shape::List(_) | Shape::Option(_) => format!("add `{}`", field.key),
    }
}

fn first_sentence(doc: &str) -> &str {
    doc.trim()
        .split_once(". ")
        .map_or(doc.trim(), |(first, _)| first)
        .trim_end_matches('.')
}

/// A table of the deal file: struct, reader, shape and facts from one list of fields.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            /// The place of the table.
            pub at: $crate::source::Span,
            $( $(#[doc = $field_doc])+ pub $field: $type, )*
        }

        impl $name {
            const RECORD: $crate::deal::shape::RecordShape = $crate::deal::shape::RecordShape {
                name: stringify!($name),
                doc: concat!($($doc),+),
                fields: &[
                    $( $crate::deal::shape::FieldShape {
                        key: stringify!($field),
                        doc: concat!($($field_doc),+),
                        shape: <$type as $crate::deal::record::Field>::SHAPE,
                    }, )*
                ],
            };
        }

        impl $crate::deal::record::Field for $name {
            const SHAPE: $crate::deal::shape::Shape =
                $crate::deal::shape::Shape::Record(&$name::RECORD);

            fn read(
                node: &$crate::deal::record::Node<'_>,
                reader: &mut $crate::deal::record::Reader<'_>,
            ) -> Option<Self> {
                let at = reader.span(node.span());
                let table = reader.table(node, &$name::RECORD)?;
                let mut fields = $name::RECORD.fields.iter();
                $( let $field = reader.field::<$type>(
                    table,
                    &at,
                    fields.next().expect("one shape per field"),
                ); )*
                reader.unknown_keys(table, &$name::RECORD);
                Some($name { at, $( $field: $field?, )* })
            }

            fn fact(&self) -> $crate::deal::fact::Fact<'_> {
                $crate::deal::fact::Fact::Record(vec![
                    $( (stringify!($field), $crate::deal::record::Field::fact(&self.$field)), )*
                ])
            }
        }
    };
}
pub(crate) use record;

/// A word to choose from: enum, reader, shape and facts from one list of words.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        pub enum $name:ident {
            $( $(#[doc = $word_doc:literal])+ $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[doc = $word_doc])+ $variant, )+
        }

        impl $name {
            const WORDS: &'static [(&'static str, &'static str)] =
                &[$( ($word, concat!($($word_doc),+)), )+];

            /// The word as it is written in the deal file.
            pub fn as_str(self) -> &'static str {
                match self {
                    $( $name::$variant => $word, )+
                }
            }
        }

        impl $crate::deal::record::Field for $crate::source::At<$name> {
            const SHAPE: $crate::deal::shape::Shape =
                $crate::deal::shape::Shape::Leaf($crate::deal::shape::Leaf {
                    expected: "one of its words",
                    pattern: "",
                    choices: $name::WORDS,
                    names: None,
                });

            fn read(
                node: &$crate::deal::record::Node<'_>,
                reader: &mut $crate::deal::record::Reader<'_>,
            ) -> Option<Self> {
                let (word, at) = $crate::deal::record::chosen(node, reader, $name::WORDS)?;
                let value = match word {
                    $( $word => $name::$variant, )+
                    _ => return None,
                };
                Some($crate::source::At::new(value, at))
            }

            fn fact(&self) -> $crate::deal::fact::Fact<'_> {
                $crate::deal::fact::Fact::Text(self.as_str())
            }
        }
    };
}
pub(crate) use choice;

/// The word that `node` holds, one of `words`.
pub(crate) fn chosen(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    words: &[(&'static str, &'static str)],
) -> Option<(&'static str, Span)> {
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let (text, at) = reader.text(node, &format!("one of \"{}\"", list.join("\", \"")))?;
    if let Some((word, _)) = words.iter().find(|(word, _)| *word == text) {
        return Some((word, at));
    }
    let help = match nearest(text, list.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("choose one of \"{}\"", list.join("\", \"")),
    };
    reader.error(
        Code::UnknownChoice,
        &at,
        format!("`{text}` is not a choice here"),
        help,
    );
    None
}

impl<T: Field> Field for Option<T> {
    const SHAPE: Shape = Shape::Option(&T::SHAPE);

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn fact(&self) -> Fact<'_> {
        self.as_ref().map_or(Fact::Absent, Field::fact)
    }
}

impl<T: Field> Field for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(items) = node.get_ref().as_array() else {
            let at = reader.span(node.span());
            reader.error(
                Code::WrongType,
                &at,
                format!("expected a list, found {}", kind(node.get_ref())),
                "put it in square brackets, or write the table with double brackets `[[...]]`",
            );
            return None;
        };
        let read: Vec<Option<T>> = items.iter().map(|item| T::read(item, reader)).collect();
        read.into_iter().collect()
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn fact(&self) -> Fact<'_> {
        Fact::List(self.iter().map(Field::fact).collect())
    }
}
