//! The JSON Schema of deal files, made from the same description that reads them.
//!
//! Draft 7, which editors for TOML understand. Every key has a description; every text with a unit has a pattern.

use super::shape::{FieldShape, Leaf, RecordShape, Shape};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The schema of a whole deal file.
pub fn json_schema() -> Value {
    of(super::SHAPE, "engross deal")
}

/// The schema of a whole file of this shape.
pub(crate) fn of(shape: Shape, title: &str) -> Value {
    let mut schema = value(shape);
    if let Value::Object(map) = &mut schema {
        map.insert(
            "$schema".into(),
            "http://json-schema.org/draft-07/schema#".into(),
        );
        map.insert("title".into(), title.into());
    }
    schema
}

fn value(shape: Shape) -> Value {
    match shape {
        Shape::Leaf(leaf) => text(&leaf),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "integer", "minimum": 0 }),
        Shape::Record(record) => table(record),
        Shape::List(each) => json!({ "type": "array", "items": value(*each) }),
        Shape::Option(inner) => value(*inner),
        Shape::Reasons => json!({
            "type": "object",
            "additionalProperties": { "type": "string", "minLength": 1 }
        }),
        Shape::Choices => json!({
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    { "enum": ["preferred", "acceptable", "escalate"] },
                    {
                        "type": "object",
                        "properties": { "leave_out": {
                            "type": "string",
                            "description": "Why the clause is left out."
                        } },
                        "required": ["leave_out"],
                        "additionalProperties": false
                    }
                ]
            }
        }),
    }
}

fn text(leaf: &Leaf) -> Value {
    if leaf.is_reason() {
        return json!({
            "anyOf": [
                { "type": "string", "description": "Stays in this file." },
                {
                    "type": "object",
                    "properties": { "share": {
                        "type": "string",
                        "description": "Printed beside the clause."
                    } },
                    "required": ["share"],
                    "additionalProperties": false
                }
            ]
        });
    }
    let mut map = Map::new();
    map.insert("type".into(), "string".into());
    if !leaf.choices.is_empty() {
        let words: Vec<&str> = leaf.choices.iter().map(|(word, _)| *word).collect();
        map.insert("enum".into(), words.into());
    }
    if leaf.pattern.is_empty() {
        map.insert("minLength".into(), 1.into());
    } else {
        map.insert("pattern".into(), leaf.pattern.into());
    }
    Value::Object(map)
}

fn table(record: &RecordShape) -> Value {
    let properties: Map<String, Value> = record
        .fields
        .iter()
        .map(|field| (field.key.to_owned(), property(field)))
        .collect();
    let required: Vec<&str> = record
        .fields
        .iter()
        .filter(|field| !field.shape.is_optional())
        .map(|field| field.key)
        .collect();
    json!({
        "type": "object",
        "description": sentence(record.doc),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(field: &FieldShape) -> Value {
    let mut description = sentence(field.doc);
    if let Shape::Leaf(leaf) = field.shape.present() {
        for (word, meaning) in leaf.choices {
            let _ = write!(description, "\n- \"{word}\": {}", sentence(meaning));
        }
        if !leaf.pattern.is_empty() {
            let expected = sentence(leaf.expected);
            let mut letters = expected.chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            description.push_str("\nWritten as ");
            description.extend(first.into_iter().chain(letters));
            description.push('.');
        }
    }
    let mut schema = value(field.shape);
    if let Value::Object(map) = &mut schema {
        map.insert("description".into(), description.into());
    }
    schema
}

/// The words of a doc comment on one line.
fn sentence(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
