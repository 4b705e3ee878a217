//! The JSON Schema of deal files: valid, true of the sample, and as strict as the reader where a schema can be.

use crate::kit;
use serde_json::{Value, json};
use std::path::Path;

/// `engross schema`, as it prints.
fn printed() -> String {
    let run = kit::engross(Path::new("."), &["schema"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run.out
}

fn schema() -> Value {
    serde_json::from_str(&printed()).expect("the schema is JSON")
}

/// A deal file as the same data in JSON.
fn json(text: &str) -> Value {
    let table: toml::Table = text.parse().expect("the deal is TOML");
    serde_json::to_value(table).expect("TOML fits into JSON")
}

/// What the schema says against a value, with the place of each.
fn complaints(deal: &Value) -> Vec<String> {
    let validator = jsonschema::draft7::new(&schema()).expect("a schema");
    validator
        .iter_errors(deal)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn the_schema_is_valid_draft_7() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    jsonschema::draft7::meta::validate(&schema)
        .unwrap_or_else(|error| panic!("{}: {error}", error.instance_path()));
}

#[test]
fn every_deal_that_is_read_fits_the_schema() {
    assert_eq!(complaints(&json(&kit::SAMPLE)), [] as [String; 0]);
    for folder in ["samples", "tests/cases/good"] {
        for (path, bytes) in kit::files(&kit::root().join(folder)) {
            if path.ends_with("deal.toml") {
                let text = String::from_utf8(bytes).expect("text");
                assert_eq!(
                    complaints(&json(&text)),
                    [] as [String; 0],
                    "{folder}/{path}"
                );
            }
        }
    }
}

/// A value of the sample replaced; the change must be told at its place.
fn refused(pointer: &str, value: &Value) {
    let mut deal = json(&kit::SAMPLE);
    let at = deal
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("{pointer} is not in the sample"));
    *at = value.clone();
    let found = complaints(&deal);
    assert!(
        found.iter().any(|complaint| complaint.starts_with(pointer)),
        "{pointer} = {value}: {found:?}"
    );
}

#[test]
fn what_the_reader_refuses_the_schema_refuses_too() {
    // Bare numbers and other kinds.
    refused("/term/initial", &json!(24));
    refused("/legal/liability/cap_amount", &json!(250_000));
    refused("/economics/revenue_share/renewal/rate", &json!(0.05));
    refused("/agreement/effective", &json!(20_270_101));
    refused("/party", &json!({}));
    refused("/party/0/brings", &json!("host the Product"));
    refused("/term", &json!("24 months"));
    // Texts that are no such value.
    refused("/legal/liability/cap_amount", &json!("250000"));
    refused("/legal/liability/cap_amount", &json!("a lot"));
    refused("/economics/revenue_share/renewal/rate", &json!("5"));
    refused("/term/initial", &json!("two years"));
    refused("/agreement/effective", &json!("01/02/2027"));
    refused("/party/0/id", &json!("Tallowmere Inc"));
    refused("/agreement/title", &json!(""));
    // Words that are no choice.
    refused("/agreement/business_day_rule", &json!("next"));
    refused("/party/0/side", &json!("vendor"));
    refused("/term/renewal/kind", &json!("auto"));
}

#[test]
fn unknown_and_missing_keys_are_told() {
    for table in [
        "",
        "/agreement",
        "/party/0",
        "/economics",
        "/term/renewal",
        "/legal/liability",
    ] {
        let mut deal = json(&kit::SAMPLE);
        let inner = deal
            .pointer_mut(table)
            .and_then(Value::as_object_mut)
            .expect(table);
        inner.insert("walk_away".to_owned(), json!("15%"));
        assert!(!complaints(&deal).is_empty(), "{table}/walk_away");
    }
    for (table, key) in [
        ("", "term"),
        ("", "legal"),
        ("/agreement", "title"),
        ("/party/0", "name"),
    ] {
        let mut deal = json(&kit::SAMPLE);
        let inner = deal
            .pointer_mut(table)
            .and_then(Value::as_object_mut)
            .expect(table);
        assert!(inner.remove(key).is_some(), "{table}/{key}");
        assert!(!complaints(&deal).is_empty(), "{table} without {key}");
    }
}

#[test]
fn a_reason_has_two_forms() {
    let place = "/term/convenience/reason";
    for good in [json!("private"), json!({ "share": "printed" })] {
        let mut deal = json(&kit::SAMPLE);
        *deal.pointer_mut(place).expect(place) = good;
        assert_eq!(complaints(&deal), [] as [String; 0]);
    }
    refused(place, &json!({ "shared": "printed" }));
    refused(place, &json!(true));
}

/// Every property that lacks a description.
fn undescribed(schema: &Value, path: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                let path = format!("{path}/{key}");
                if key == "properties" {
                    for (name, property) in value.as_object().expect("properties") {
                        let words = property["description"].as_str().unwrap_or_default();
                        if words.len() < 5 || words.contains("  ") {
                            found.push(format!("{path}/{name}"));
                        }
                    }
                }
                undescribed(value, &path, found);
            }
        }
        Value::Array(items) => {
            for item in items {
                undescribed(item, path, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_key_is_described() {
    let mut found = Vec::new();
    undescribed(&schema(), "", &mut found);
    assert_eq!(found, [] as [String; 0]);
}

/// Editors find the schema by the path in the first line of a deal file.
#[test]
fn samples_name_a_schema_that_is_there() {
    let mut samples = 0;
    for (path, bytes) in kit::files(&kit::root().join("samples")) {
        if !path.ends_with("deal.toml") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("text");
        let first = text.lines().next().expect("a line");
        let named = first
            .strip_prefix("#:schema ")
            .unwrap_or_else(|| panic!("{path}: {first}"));
        let folder = kit::root().join("samples").join(&path);
        let schema = folder.parent().expect("a folder").join(named);
        assert!(schema.is_file(), "{path}: {named}");
        samples += 1;
    }
    assert!(samples > 0);
}

/// `BLESS=1` writes it anew.
#[test]
fn the_schema_file_is_what_the_program_prints() {
    let path = kit::root().join("deal.schema.json");
    if kit::bless() {
        std::fs::write(&path, printed()).expect("it can be written");
    }
    assert_eq!(
        kit::difference(
            "deal.schema.json",
            &kit::read("deal.schema.json"),
            &printed()
        ),
        None
    );
}
