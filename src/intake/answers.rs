//! The answers of a term sheet, each with its place, from either form of file.

use super::TermSheet;
use super::table;
use crate::deal::record::{Field, Node, Reader};
use crate::deal::shape::{FieldShape, RecordShape, Shape};
use crate::diagnostic::{Report, Severity};
use crate::source::{At, Source};
use std::fmt::Write;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How a term sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `key = "value"`
    Toml,
    /// Two columns, a key and its value.
    Table,
}

impl Form {
    /// The form of a file with this name.
    pub fn of(name: &str) -> Form {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        if ending.is_some_and(|ending| {
            ["csv", "tsv"]
                .iter()
                .any(|e| ending.eq_ignore_ascii_case(e))
        }) {
            Form::Table
        } else {
            Form::Toml
        }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The key of its question.
    pub key: &'static str,
    /// What was written: one text, or one for each tier.
    pub values: Vec<At<String>>,
}

/// All answers of a term sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The answers as values.
    pub sheet: TermSheet,
    /// The answers as they were written, in the order of the questions.
    pub given: Vec<Answer>,
}

impl Answers {
    /// Reads a term sheet. Everything wrong with it is in the report; `None` if it cannot be used.
    pub fn read(source: &Arc<Source>, form: Form, report: &mut Report) -> Option<Answers> {
        let before = report.errors();
        let table = match form {
            Form::Toml => parse(source, report)?,
            Form::Table => table::parse(source, report),
        };
        let whole = 0..source.text.len();
        let node = Spanned::new(whole, DeValue::Table(table));
        let mut reader = Reader::new(source, report);
        let sheet = TermSheet::read(&node, &mut reader)?;
        let table = node.get_ref().as_table()?;
        let given = questions()
            .iter()
            .filter_map(|question| {
                let values = texts(table.get(question.key)?, &mut reader);
                (!values.is_empty()).then_some(Answer {
                    key: question.key,
                    values,
                })
            })
            .collect();
        (report.errors() == before).then_some(Answers { sheet, given })
    }

    /// The answer to a question.
    pub fn get(&self, key: &str) -> Option<&Answer> {
        self.given.iter().find(|answer| answer.key == key)
    }

    /// The answer to a question that takes one text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.values.first().map(|text| text.value.trim())
    }
}

/// The questions, in their order.
pub fn questions() -> &'static [FieldShape] {
    const EMPTY: RecordShape = RecordShape {
        name: "",
        doc: "",
        fields: &[],
    };
    match TermSheet::SHAPE {
        Shape::Record(record) => record.fields,
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::List(_)
        | Shape::Option(_)
        | Shape::Choices
        | Shape::Reasons => EMPTY.fields,
    }
}

/// What is wrong with an answer, in a line; none if nothing is. What is merely odd is told by `check` later.
pub fn complaint(key: &str, values: &[String]) -> Option<String> {
    let source = Source::new("answer", written(&[(key.to_owned(), values.to_vec())]));
    let mut report = Report::new();
    Answers::read(&source, Form::Toml, &mut report);
    let mut found = report.sorted().into_iter();
    let first = found.find(|found| found.severity == Severity::Error)?;
    Some(format!("{}; {}", first.message, first.help))
}

/// A term sheet with every question: the answers as values, the rest as comments.
pub fn written(answers: &[(String, Vec<String>)]) -> String {
    let mut text = String::from(
        "# A term sheet: what is known about the deal on day one. All answers are optional.\n",
    );
    for question in questions() {
        let doc: Vec<&str> = question.doc.split_whitespace().collect();
        let _ = writeln!(text, "\n# {}", doc.join(" "));
        let values = answers
            .iter()
            .find(|(key, values)| key == question.key && !values.is_empty())
            .map(|(_, values)| values);
        let Some(values) = values else {
            let choices = choices(question);
            let _ = match choices.as_slice() {
                [] => writeln!(text, "# {} = \"\"", question.key),
                words => writeln!(text, "# {} = \"\" # {}", question.key, words.join(", ")),
            };
            continue;
        };
        let quoted: Vec<String> = values.iter().map(|value| quote(value)).collect();
        let _ = match question.shape.present() {
            Shape::List(_) => writeln!(text, "{} = [{}]", question.key, quoted.join(", ")),
            Shape::Leaf(_)
            | Shape::Flag
            | Shape::Number
            | Shape::Record(_)
            | Shape::Option(_)
            | Shape::Choices
            | Shape::Reasons => writeln!(text, "{} = {}", question.key, quoted.join(", ")),
        };
    }
    text
}

/// The words that a question lets choose from.
pub fn choices(question: &FieldShape) -> Vec<&'static str> {
    match question.shape.present() {
        Shape::Leaf(leaf) => leaf.choices.iter().map(|(word, _)| *word).collect(),
        Shape::Flag
        | Shape::Number
        | Shape::Record(_)
        | Shape::List(_)
        | Shape::Option(_)
        | Shape::Choices
        | Shape::Reasons => Vec::new(),
    }
}

/// A text as TOML writes it.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// A text as it stands between the quotation marks of TOML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(letter));
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn parse<'a>(source: &'a Arc<Source>, report: &mut Report) -> Option<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    for error in &errors {
        report.push(crate::deal::syntax(source, error));
    }
    errors.is_empty().then(|| table.into_inner())
}

fn texts(node: &Node<'_>, reader: &mut Reader<'_>) -> Vec<At<String>> {
    let one = |node: &Node<'_>, reader: &mut Reader<'_>| {
        let (text, at) = reader.text(node, "text")?;
        Some(At::new(text.to_owned(), at))
    };
    match node.get_ref().as_array() {
        Some(items) => items.iter().filter_map(|item| one(item, reader)).collect(),
        None => one(node, reader).into_iter().collect(),
    }
}
