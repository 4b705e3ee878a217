//! The negotiation of each sample: its file fits the schema, and its history is a whole one.

use crate::findings::engross;
use crate::kit;
use std::fs;
use std::path::Path;

#[test]
fn the_schema_of_negotiation_files_fits_those_that_are_read() {
    let (code, out, _) = engross(Path::new("."), &["schema", "negotiation"]);
    assert_eq!(code, Some(0));
    let schema: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let mut read = 0;
    for (path, bytes) in kit::files(&kit::root().join("samples")) {
        if path.ends_with("negotiation.toml") {
            let text = String::from_utf8(bytes).expect("text");
            let table: toml::Table = text.parse().expect("TOML");
            let json = serde_json::to_value(table).expect("JSON");
            let complaints: Vec<String> = validator
                .iter_errors(&json)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(complaints, [] as [String; 0], "{path}");
            read += 1;
        }
    }
    assert!(read > 0);
}

/// Each sample was negotiated: three meetings, a concession, an earlier version that broke a walk-away rule, and one in
/// which something drifted after it was agreed.
#[test]
fn every_sample_has_a_history() {
    for entry in fs::read_dir(kit::root().join("samples")).expect("samples") {
        let sample = entry.expect("an entry").path();
        let read = |name: &str| fs::read_to_string(sample.join(name)).expect(name);
        let deal = read("deal.toml");
        assert!(
            deal.matches("[[meeting]]").count() >= 3,
            "{}",
            sample.display()
        );
        assert!(deal.contains("[[trade]]"), "{}", sample.display());
        let negotiation = read("negotiation.toml");
        assert!(
            negotiation.matches("[[meeting]]").count() >= 2,
            "{}",
            sample.display()
        );
        let (code, out, err) = engross(&sample, &["check", "--internal"]);
        assert_eq!(code, Some(0), "{out}{err}");
        assert!(out.contains("No findings."), "{out}{err}");
        let (code, _, err) = engross(&sample, &["check", "history/1", "--internal"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains("error[walk-away]"), "{err}");
        assert_eq!(err.matches("error[").count(), 1, "{err}");
        // Nothing of it is said to whoever does not ask for it.
        let (code, _, err) = engross(&sample, &["check", "history/1"]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let (code, _, err) = engross(&sample, &["drift", "history/1", "history/2"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains("error[agreed-changed]"), "{err}");
    }
}
