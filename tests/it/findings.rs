//! The commands that tell, settle and mend findings, run as a person runs them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test makes its folders on the disk"
)]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// How a run ended: exit status, stdout, stderr.
pub type Run = (Option<i32>, String, String);

pub fn engross(folder: &Path, arguments: &[&str]) -> Run {
    with_input(folder, arguments, "")
}

fn with_input(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_engross"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // Most commands read nothing and close it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A deal of the fixtures.
fn case(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name);
    fs::read_to_string(path.join("deal.toml")).expect("a deal file")
}

/// A new folder with this deal.
fn folder(deal: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("deal.toml"), deal).expect("a file");
    folder
}

#[test]
fn check_prints_in_each_format() {
    let folder =
        folder(&case("bad/edge-space").replace("cure = \"30 days\"", "cure = \"6 months\""));
    let check = |format: &str| engross(folder.path(), &["check", "--format", format]);

    let (code, out, err) = check("human");
    assert_eq!((code, out.as_str()), (Some(1), "1 error, 1 warning.\n"));
    assert!(err.starts_with("warning[edge-space]"), "{err}");

    let (code, out, err) = check("short");
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert_eq!(
        out,
        "deal.toml:18:29: warning[edge-space]: the text begins or ends with a space, which is dropped\n\
         deal.toml:63:9: error[cure-too-long]: a breach may be mended for 6 months, longer than the term of 3 months\n"
    );

    let (code, out, err) = check("github");
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(
        out.starts_with(
            "::warning file=deal.toml,line=18,col=29,endLine=18,endColumn=30,title=edge-space::the text begins"
        ),
        "{out}"
    );

    let (code, out, err) = check("json");
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["findings"][1]["code"], "cure-too-long");
    assert_eq!(json["findings"][1]["also"][0]["at"]["line"], 62);
    let (code, schema, _) = engross(folder.path(), &["schema", "report"]);
    assert_eq!(code, Some(0));
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    assert!(jsonschema::is_valid(&schema, &json));

    let (code, out, err) = check("sarif");
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let log: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(log["runs"][0]["results"][1]["ruleId"], "cure-too-long");

    fs::write(folder.path().join("deal.toml"), case("good/minimal")).expect("a file");
    for format in ["short", "github"] {
        assert_eq!(check(format), (Some(0), String::new(), String::new()));
    }
    let (code, out, _) = check("json");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        (code, json["findings"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
}

/// Every fixture as JSON is as the schema says, and every finding in it has a place and a way out.
#[test]
fn all_fixtures_fit_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bad");
    let (_, schema, _) = engross(&root, &["schema", "report"]);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for entry in fs::read_dir(&root).expect("a folder of cases") {
        let folder = entry.expect("an entry").path();
        // What is wrong with the negotiation alone is told to our own side alone.
        let internal = folder.join("negotiation.toml").exists();
        let arguments: &[&str] = if internal {
            &["check", "--internal", "--format", "json"]
        } else {
            &["check", "--format", "json"]
        };
        let (code, out, err) = engross(&folder, arguments);
        assert!(
            code == Some(0) || code == Some(1),
            "{}: {err}",
            folder.display()
        );
        let json: Value = serde_json::from_str(&out).expect("JSON");
        assert!(validator.is_valid(&json), "{}", folder.display());
        let findings = json["findings"].as_array().expect("findings");
        assert!(!findings.is_empty(), "{}", folder.display());
        for finding in findings {
            assert_ne!(finding["help"], "", "{finding}");
            assert_ne!(finding["at"]["path"], "", "{finding}");
            assert!(finding["at"]["line"].as_u64() >= Some(1), "{finding}");
        }
    }
}

#[test]
fn an_allowed_finding_stops_nothing() {
    let folder = folder(&case("bad/one-sided"));
    let settings = folder.path().join("engross.toml");
    let (code, _, _) = engross(folder.path(), &["draft"]);
    assert_eq!(code, Some(1));
    let allow = |at: &str| {
        format!(
            "[[check.allow]]\ncode = \"one-sided\"\nat = \"{at}\"\nreason = \"Agreed on 1 May.\"\n"
        )
    };

    // One of the two.
    fs::write(&settings, allow("term.convenience")).expect("a file");
    let (code, out, err) = engross(folder.path(), &["check"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "1 error, 1 allowed.\n"),
        "{err}"
    );
    assert!(
        err.contains("deal.toml:91:10") && !err.contains("deal.toml:64"),
        "{err}"
    );

    // Both.
    fs::write(
        &settings,
        allow("term.convenience.by") + &allow("protection"),
    )
    .expect("a file");
    let (code, out, err) = engross(folder.path(), &["check"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("No findings. 2 allowed. "), "{out}");
    let (_, out, _) = engross(folder.path(), &["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["summary"]["allowed"], 2);
    assert_eq!(json["allowed"][0]["reason"], "Agreed on 1 May.");
    let (code, _, err) = engross(folder.path(), &["draft"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(folder.path().join("out").is_dir());

    // Most unanswered risks can be written with; one whose clause is left out cannot.
    let risk = "[[risk]]\nwhat = \"late answers\"\ncarried_by = \"acme\"\nbecause = \"Acme answers.\"\nanswered_by = [\"clawback\"]\n";
    let deal = format!("{}\n{risk}", case("good/minimal"));
    fs::write(folder.path().join("deal.toml"), deal).expect("a file");
    fs::remove_dir_all(folder.path().join("out")).expect("the package");
    let allowance =
        "[[check.allow]]\ncode = \"unanswered-risk\"\nat = \"risk.1\"\nreason = \"Rare.\"\n";
    fs::write(&settings, "").expect("a file");
    assert_eq!(engross(folder.path(), &["draft"]).0, Some(1));
    fs::write(&settings, allowance).expect("a file");
    let (code, _, err) = engross(folder.path(), &["draft"]);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("error[cannot-allow]: `unanswered-risk` cannot be allowed here"),
        "{err}"
    );
    assert!(!folder.path().join("out").exists());

    fs::write(folder.path().join("deal.toml"), case("bad/one-sided")).expect("a file");

    // Without a reason, with a path that leads nowhere, and with a key that nothing reads.
    for (text, finding) in [
        (
            "[[check.allow]]\ncode = \"one-sided\"\n",
            "engross.toml:1:1: error[missing-key]: `reason` is missing",
        ),
        (
            &*allow("term.convenence"),
            "engross.toml:3:12: error[unknown-term]: `term` has no term `convenence`",
        ),
        (
            "[chek]\n",
            "engross.toml:1:2: error[unknown-key]: unknown key `chek`",
        ),
        ("check = = 1\n", "engross.toml:1:9: error[syntax]"),
    ] {
        fs::write(&settings, text).expect("a file");
        let (code, out, _) = engross(folder.path(), &["check", "--format", "short"]);
        assert_eq!(code, Some(1));
        assert!(out.contains(finding), "{out}");
    }
}

#[test]
fn a_severity_can_be_changed() {
    let folder = folder(&case("bad/edge-space"));
    let settings = folder.path().join("engross.toml");
    assert_eq!(engross(folder.path(), &["check"]).0, Some(0));
    fs::write(
        &settings,
        "[check]\nseverity = { edge-space = \"error\" }\n",
    )
    .expect("a file");
    let (code, _, err) = engross(folder.path(), &["draft"]);
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("error[edge-space]") && err.contains("Nothing was written"),
        "{err}"
    );
    assert!(!folder.path().join("out").exists());

    // A finding that stops the reading of the deal stays, whatever is said of it.
    fs::write(folder.path().join("deal.toml"), case("bad/missing-key")).expect("a file");
    fs::write(
        &settings,
        "[check]\nseverity = { missing-key = \"advice\" }\n",
    )
    .expect("a file");
    let (code, out, _) = engross(folder.path(), &["check", "--format", "short"]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("error[missing-key]") && out.contains("error[cannot-allow]"),
        "{out}"
    );
}

#[test]
fn settings_are_found_above_the_deal() {
    let house = tempfile::tempdir().expect("a folder");
    let deal = house.path().join("deals/one");
    fs::create_dir_all(&deal).expect("a folder");
    fs::write(deal.join("deal.toml"), case("bad/edge-space")).expect("a file");
    let settings = house.path().join("engross.toml");
    // An allowance for another deal of the house is not reported as unused.
    fs::write(
        &settings,
        "[[check.allow]]\ncode = \"edge-space\"\nreason = \"So it is registered.\"\n\
         [[check.allow]]\ncode = \"cliff\"\nat = \"economics.tiers.tier.3\"\nreason = \"Another deal.\"\n",
    )
    .expect("a file");
    for (folder, argument) in [
        (house.path(), "deals/one"),
        (&deal, "."),
        (&deal, "deal.toml"),
    ] {
        let (code, out, err) = engross(folder, &["check", argument]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.starts_with("No findings. 1 allowed."), "{out}");
    }
    // It is named as the user would type it.
    fs::write(&settings, "[chek]\n").expect("a file");
    for (folder, argument, name) in [
        (house.path(), "deals/one", "engross.toml:1:2"),
        (&deal, ".", "../../engross.toml:1:2"),
    ] {
        let (_, out, _) = engross(folder, &["check", argument, "--format", "short"]);
        assert!(
            out.contains(&format!("{name}: error[unknown-key]")),
            "{out}"
        );
    }
    // The nearest one counts.
    fs::write(deal.join("engross.toml"), "").expect("a file");
    let (_, out, _) = engross(&deal, &["check", "--format", "short"]);
    assert!(out.contains("warning[edge-space]"), "{out}");
}

#[test]
fn fix_mends_in_place_and_says_so() {
    let deal = case("bad/edge-space").replace("Beta Advisory", "Be\u{200B}ta Advisory");
    let folder = folder(&format!("\u{FEFF}{deal}"));
    let path = folder.path().join("deal.toml");
    let (code, out, err) = engross(folder.path(), &["fix", "--diff"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(
        out.starts_with("--- deal.toml\n+++ deal.toml\n@@ "),
        "{out}"
    );
    assert!(
        out.contains("\n-name = \"Acme Analytics, Inc. \"\n+name = \"Acme Analytics, Inc.\"\n"),
        "{out}"
    );
    assert_eq!(
        fs::read_to_string(&path).expect("a file"),
        format!("\u{FEFF}{deal}")
    );

    let (code, out, err) = engross(folder.path(), &["fix"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "deal.toml:1:1: deleted a byte order mark\n\
         deal.toml:18:29: removed a space at the edge\n\
         deal.toml:30:11: deleted U+200B (ZERO WIDTH SPACE)\n\
         3 changes in deal.toml\n"
    );
    assert_eq!(
        fs::read_to_string(&path).expect("a file"),
        case("good/minimal")
    );
    let names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(names.len(), 1, "nothing is left behind: {names:?}");

    let (code, out, _) = engross(folder.path(), &["fix"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "Nothing to mend in deal.toml\n")
    );
    assert_eq!(
        engross(folder.path(), &["fix", "--diff"]),
        (Some(0), String::new(), String::new())
    );

    let (code, out, err) = with_input(folder.path(), &["fix", "-"], &deal);
    assert_eq!((code, out), (Some(0), case("good/minimal")));
    assert!(err.ends_with("2 changes in -\n"), "{err}");

    fs::write(&path, case("bad/syntax")).expect("a file");
    let (code, out, err) = engross(folder.path(), &["fix"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("error[syntax]"), "{err}");
}

#[cfg(unix)]
#[test]
fn fix_keeps_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let store = folder(&case("bad/edge-space"));
    let real = store.path().join("deal.toml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("permissions");
    let folder = tempfile::tempdir().expect("a folder");
    let link = folder.path().join("deal.toml");
    symlink(&real, &link).expect("a link");
    assert_eq!(engross(folder.path(), &["fix"]).0, Some(0));
    assert!(link.is_symlink());
    assert_eq!(
        fs::read_to_string(&real).expect("a file"),
        case("good/minimal")
    );
    let mode = fs::metadata(&real).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
