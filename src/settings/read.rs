//! How `engross.toml` is read: with the macros and spans of the deal file.

use super::{Allowance, Settings, Severities};
use crate::deal::fact::Fact;
use crate::deal::record::{Field, Node, Reader, chosen, kind};
use crate::deal::shape::{FieldShape, Leaf, RecordShape, Shape};
use crate::deal::{Text, syntax};
use crate::diagnostic::{Code, Report, Severity};
use crate::source::{At, Source};
use crate::units::nearest;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

impl Settings {
    /// Reads an `engross.toml`. What is wrong with it is in the report; `None` if it cannot be used.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Settings> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if !errors.is_empty() {
            for error in errors {
                report.push(syntax(source, &error));
            }
            return None;
        }
        let node = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        let mut reader = Reader::new(source, report);
        <Settings as Field>::read(&node, &mut reader)
    }
}

/// The code that is written as `name`; reports it if there is none.
fn code(name: &str, at: &crate::source::Span, reader: &mut Reader<'_>) -> Option<Code> {
    let code = Code::named(name);
    if code.is_none() {
        let help = match nearest(name, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`engross explain` lists all codes".to_owned(),
        };
        reader.error(
            Code::UnknownCode,
            at,
            format!("`{name}` is the code of no finding"),
            help,
        );
    }
    code
}

impl Field for At<Code> {
    const SHAPE: Shape = Shape::Leaf(Leaf {
        expected: "the code of a finding, such as \"notice-day\"",
        pattern: "",
        choices: &[],
        names: None,
    });

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let (text, at) = reader.text(node, "the code of a finding, such as \"notice-day\"")?;
        code(text, &at, reader).map(|code| At::new(code, at))
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(self.value.as_str())
    }
}

/// The words for severities, each with its meaning.
const WORDS: &[(&str, &str)] = &[
    ("error", "Nothing is written while one stands."),
    ("warning", "Written, but a careful reader would ask."),
    ("advice", "A matter of style."),
];

impl Field for Severities {
    const SHAPE: Shape = Shape::Choices;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            let at = reader.span(node.span());
            reader.error(
                Code::WrongType,
                &at,
                format!("expected a table, found {}", kind(node.get_ref())),
                "write `severity = { edge-space = \"error\" }`",
            );
            return None;
        };
        let mut list = Vec::new();
        for (key, value) in table {
            let at = reader.span(key.span());
            let code = code(key.get_ref(), &at, reader).map(|code| At::new(code, at));
            let word = chosen(value, reader, WORDS);
            if let (Some(code), Some((word, at))) = (code, word)
                && let Some(severity) = Severity::ALL.into_iter().find(|each| each.as_str() == word)
            {
                list.push((code, At::new(severity, at)));
            }
        }
        list.sort_by_key(|(code, _)| code.span.range().start);
        Some(Severities { list })
    }

    fn absent() -> Option<Self> {
        Some(Severities::default())
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}

// Written out, as `record!` gives each struct a field `at` of its own: the place of its table.
impl Allowance {
    const RECORD: RecordShape = RecordShape {
        name: "Allowance",
        doc: "Findings that may stand, and why.",
        fields: &[
            FieldShape {
                key: "code",
                doc: "The code of the findings.",
                shape: <At<Code>>::SHAPE,
            },
            FieldShape {
                key: "at",
                doc: "A path to a term of the deal, or a file of the library: only findings there.",
                shape: <Option<At<Text>>>::SHAPE,
            },
            FieldShape {
                key: "reason",
                doc: "Why they may stand.",
                shape: <At<Text>>::SHAPE,
            },
        ],
    };
}

impl Field for Allowance {
    const SHAPE: Shape = Shape::Record(&Allowance::RECORD);

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let place = reader.span(node.span());
        let table = reader.table(node, &Allowance::RECORD)?;
        let [code, at, reason] = Allowance::RECORD.fields else {
            return None;
        };
        let code = reader.field(table, &place, code);
        let at = reader.field(table, &place, at);
        let reason = reader.field(table, &place, reason);
        reader.unknown_keys(table, &Allowance::RECORD);
        Some(Allowance {
            code: code?,
            at: at?,
            reason: reason?,
        })
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}
