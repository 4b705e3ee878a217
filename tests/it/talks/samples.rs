//! The negotiation of each sample: its file fits the schema, its history is a whole one, its papers are what they were,
//! and its agreement may be sent.

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
        // A concession is a trade that was agreed.
        let table: toml::Table = deal.parse().expect("TOML");
        let agreed = |trade: &toml::Value| trade.get("agreed").is_some();
        let trades = table["trade"].as_array().expect("trades");
        assert!(trades.iter().any(agreed), "{}", sample.display());
        let negotiation = read("negotiation.toml");
        assert!(
            negotiation.matches("[[meeting]]").count() >= 3,
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

/// A sample copied to a folder of its own.
fn copied(sample: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in kit::files(sample) {
        if !name.contains('/') {
            fs::write(folder.path().join(name), bytes).expect("a copy");
        }
    }
    folder
}

/// A paper without the digests of its draft, which change with every word of a clause that the paper does not show.
fn without_digests(text: &str) -> String {
    let is_half = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let line = |line: &str| {
        let mut words: Vec<&str> = line.split(' ').collect();
        for place in 1..words.len() {
            let second = words[place].trim_end_matches('*');
            if is_half(words[place - 1]) && is_half(second) {
                let end = &words[place][second.len()..];
                (words[place - 1], words[place]) =
                    ("....", if end.is_empty() { "...." } else { "....*" });
            }
        }
        words.join(" ")
    };
    // The line of the imprint is the only one that has them.
    let lines = text.split('\n');
    let shown = |text: &str| {
        if text.starts_with('*') {
            line(text)
        } else {
            text.to_owned()
        }
    };
    lines.map(shown).collect::<Vec<_>>().join("\n")
}

/// The papers of every sample that no draft holds: `tests/talks/` keeps them. `BLESS=1` writes them anew.
#[test]
fn papers_of_the_talks_are_what_they_were() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(kit::root().join("samples")).expect("samples") {
        let sample = entry.expect("an entry").path();
        let folder = copied(&sample);
        let deal = fs::read_to_string(sample.join("deal.toml")).expect("a deal");
        let table: toml::Table = deal.parse().expect("TOML");
        let meetings = table["meeting"].as_array().expect("meetings");
        let days = meetings
            .iter()
            .map(|one| one["date"].as_str().expect("a day"));
        let mut papers = vec![(vec!["brief"], "internal/brief.internal.md".to_owned())];
        for day in days {
            papers.push((
                vec!["summary", day],
                format!("summary-{day}/meeting-summary.md"),
            ));
        }
        if table.contains_key("letter") {
            papers.push((vec!["loi"], "loi/letter-of-intent.md".to_owned()));
        }
        if table.contains_key("pilot") {
            papers.push((vec!["addendum"], "pilot/pilot-addendum.md".to_owned()));
        }
        for (words, path) in papers {
            let (code, out, err) = engross(folder.path(), &words);
            assert_eq!(code, Some(0), "{words:?}: {out}{err}");
            let made = fs::read_to_string(folder.path().join(&path)).expect("a paper");
            let made = without_digests(&made);
            let name = path
                .replace("summary-", "")
                .replace("/meeting-summary", "-meeting-summary");
            let name = name.rsplit('/').next().expect("a name");
            let kept = kit::root()
                .join("tests/talks")
                .join(sample.file_name().expect("a name"))
                .join(name);
            if kit::bless() {
                fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder");
                fs::write(&kept, &made).expect("written");
            }
            let kept = fs::read_to_string(&kept).unwrap_or_default();
            wrong.extend(kit::difference(&path, &kept, &made));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is drafted of a sample may be sent to either party, with the approvals that the sample has; without them nobody
/// may send the one that has a clause in its last wording.
#[test]
fn every_sample_may_be_sent() {
    for entry in fs::read_dir(kit::root().join("samples")).expect("samples") {
        let sample = entry.expect("an entry").path();
        let folder = copied(&sample);
        let deal = fs::read_to_string(sample.join("deal.toml")).expect("a deal");
        let table: toml::Table = deal.parse().expect("TOML");
        let (code, out, err) = engross(folder.path(), &["draft"]);
        assert_eq!(code, Some(0), "{out}{err}");
        for party in table["party"].as_array().expect("parties") {
            let id = party["id"].as_str().expect("an id");
            let (code, out, err) = engross(folder.path(), &["pack", "--for", id]);
            assert_eq!(code, Some(0), "{}: {out}{err}", sample.display());
            let approvals = folder.path().join("approvals.toml");
            if let Ok(text) = fs::read_to_string(&approvals) {
                assert_eq!(
                    out.matches("  approved: ").count(),
                    text.matches("[[approval]]").count(),
                    "{out}"
                );
                let (before, _) = text.split_once("[[approval]]").expect("an approval");
                fs::write(&approvals, before).expect("written");
                let (code, _, err) = engross(folder.path(), &["pack", "--for", id]);
                assert_eq!(code, Some(1), "{err}");
                assert!(err.contains("and legal has not approved it"), "{err}");
                fs::write(&approvals, text).expect("written");
            }
        }
    }
}
