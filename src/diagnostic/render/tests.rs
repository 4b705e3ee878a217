//! The formats of machines, on findings that are made to break them.

use super::*;
use crate::diagnostic::Code;
use crate::source::{Source, Span};
use serde_json::Value;

/// Two findings: one in a file with an awkward name, one that spans two lines; and one that is allowed.
fn report() -> Report {
    let deal = Source::new("a folder/100%,é:deal.toml", "é = 1\nb = \"two\"\n");
    let clause = Source::new("clauses/one.md", "One\nand two\n");
    let at = |source, range| Span::new(source, range);
    let mut report = Report::new();
    report.push(
        Diagnostic::error(Code::UnknownKey, &at(&deal, 7..8), "50% of `a`:\r\n, b")
            .also(&at(&clause, 0..3), "here")
            .note("a fact")
            .help("delete it"),
    );
    report.push(
        Diagnostic::warning(Code::UnusedTerm, &at(&clause, 0..7), "over two lines").help("use it"),
    );
    report
        .push(Diagnostic::warning(Code::NoticeDay, &at(&deal, 0..2), "a Saturday").help("move it"));
    report.allow(|finding| (finding.code == Code::NoticeDay).then(|| "agreed".to_owned()));
    report
}

#[test]
fn short_has_one_line_for_each() {
    assert_eq!(
        short(&report()),
        "a folder/100%,é:deal.toml:2:1: error[unknown-key]: 50% of `a`:\\r\\n, b\n\
         clauses/one.md:1:1: warning[unused-term]: over two lines\n"
    );
}

#[test]
fn github_escapes_what_would_end_a_command() {
    assert_eq!(
        github(&report()),
        "::error file=a folder/100%25%2Cé%3Adeal.toml,line=2,col=1,endLine=2,endColumn=2,title=unknown-key::\
         50%25 of `a`:%0D%0A, b%0Anote: a fact%0Ahelp: delete it\n\
         ::warning file=clauses/one.md,line=1,col=1,endLine=2,title=unused-term::over two lines%0Ahelp: use it\n"
    );
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = json_schema();
    let output: Value = serde_json::from_str(&json(&report())).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(&output)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(output["version"], JSON_VERSION);
    assert_eq!(
        output["findings"][0]["at"],
        serde_json::json!({
            "path": "a folder/100%,é:deal.toml",
            "line": 2, "column": 1, "end_line": 2, "end_column": 2, "offset": 7,
        })
    );
    assert_eq!(output["allowed"][0]["reason"], "agreed");
    assert_eq!(output["allowed"][0]["finding"]["at"]["end_column"], 2);
    assert_eq!(
        output["summary"],
        serde_json::json!({ "errors": 1, "warnings": 1, "advice": 0, "allowed": 1 })
    );
    // Every field is described.
    assert!(!schema.to_string().contains("\"properties\":{}"));
    assert!(
        validator
            .validate(&serde_json::json!({ "version": 1 }))
            .is_err()
    );
}

#[test]
fn sarif_has_what_the_standard_asks_for() {
    let log: Value = serde_json::from_str(&sarif(&report())).expect("JSON");
    check_sarif(&log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 3);
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "a%20folder/100%25%2C%C3%A9%3Adeal.toml"
    );
    assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "here");
    assert_eq!(results[2]["suppressions"][0]["justification"], "agreed");
    check_sarif(&serde_json::from_str(&sarif(&Report::new())).expect("JSON"));
}

/// The structural requirements of SARIF 2.1.0 on what we write, by their section.
fn check_sarif(log: &Value) {
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    // 3.13.2, 3.13.4
    assert_eq!(log["version"], "2.1.0");
    for run in log["runs"].as_array().expect("runs") {
        // 3.14.6, 3.18.2, 3.19.8
        let driver = &run["tool"]["driver"];
        assert!(text(&driver["name"]));
        // 3.14.17
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        // 3.49.3: an id; 3.49.9 to 3.49.11: messages with a text
        let rules = driver["rules"].as_array().expect("rules");
        for rule in rules {
            assert!(text(&rule["id"]));
            for message in ["shortDescription", "fullDescription", "help"] {
                assert!(text(&rule[message]["text"]), "{message} of {rule}");
            }
        }
        // 3.14.23
        for result in run["results"].as_array().expect("results") {
            // 3.27.5 and 3.27.6: the index leads to the rule with that id
            let index = result["ruleIndex"].as_u64().expect("an index");
            let rule = &rules[usize::try_from(index).expect("a small index")];
            assert_eq!(result["ruleId"], rule["id"]);
            // 3.27.10, 3.27.11
            assert!(
                ["error", "warning", "note"].contains(&result["level"].as_str().expect("a level"))
            );
            assert!(text(&result["message"]["text"]));
            let places = result["locations"].as_array().expect("locations");
            assert_eq!(places.len(), 1);
            let related = result["relatedLocations"].as_array();
            for place in places.iter().chain(related.into_iter().flatten()) {
                // 3.29, 3.4.3: a URI reference
                let uri = place["physicalLocation"]["artifactLocation"]["uri"]
                    .as_str()
                    .expect("a URI");
                assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
                // 3.30.5 to 3.30.8: from 1, and the end is not before the start
                let number = |key: &str| {
                    place["physicalLocation"]["region"][key]
                        .as_u64()
                        .expect("a number")
                };
                let start = (number("startLine"), number("startColumn"));
                let end = (number("endLine"), number("endColumn"));
                assert!(start >= (1, 1) && end >= start);
            }
            for place in related.into_iter().flatten() {
                // 3.28.2, 3.28.5
                assert!(place["id"].is_u64() && text(&place["message"]["text"]));
            }
            // 3.35.2, 3.35.3
            for suppression in result["suppressions"].as_array().into_iter().flatten() {
                assert_eq!(suppression["kind"], "external");
                assert!(text(&suppression["justification"]));
            }
        }
    }
}

#[test]
fn paths_become_uris() {
    let uri = |name: &str| {
        let mut report = Report::new();
        let source = Source::new(name, "");
        report.push(Diagnostic::error(Code::Syntax, &Span::whole(&source), "x").help("y"));
        let log: Value = serde_json::from_str(&sarif(&report)).expect("JSON");
        log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .expect("a URI")
            .to_owned()
    };
    for (path, expected) in [
        ("deal.toml", "deal.toml"),
        ("/home/a b/deal.toml", "file:///home/a%20b/deal.toml"),
        ("C:/deals/deal.toml", "file:///C:/deals/deal.toml"),
    ] {
        assert_eq!(uri(path), expected);
    }
}
