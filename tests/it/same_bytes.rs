//! The same deal gives the same bytes: whenever, wherever and in whatever language the program runs.

use crate::kit;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files that a run in `folder` writes to `out`, with these words about the environment.
fn drafted(
    folder: &Path,
    deal: &str,
    out: &str,
    environment: &[(&str, &str)],
) -> BTreeMap<String, Vec<u8>> {
    let mut command = kit::command(folder, &["draft", deal, "--out", out]);
    let run = kit::run(command.envs(environment.iter().copied()));
    assert_eq!(run.code, Some(0), "{run:?}");
    kit::files(&folder.join(out))
}

#[test]
fn twenty_runs_write_the_same_bytes() {
    let environments: [&[(&str, &str)]; 5] = [
        &[],
        &[("TZ", "Asia/Tokyo"), ("LC_ALL", "C")],
        &[("TZ", "America/New_York"), ("LC_ALL", "de_DE.UTF-8")],
        &[
            ("LANG", "ar_EG.UTF-8"),
            ("NO_COLOR", "1"),
            ("COLUMNS", "20"),
        ],
        &[
            ("SOURCE_DATE_EPOCH", "1"),
            ("CLICOLOR_FORCE", "1"),
            ("HOME", "/nowhere"),
        ],
    ];
    let outer = tempfile::tempdir().expect("a folder");
    let first = {
        let folder = kit::folder();
        drafted(folder.path(), "deal.toml", "out", &[])
    };
    for run in 0..20 {
        // Another folder with another name, and another name for what is written.
        let folder = outer.path().join(format!("Größe {run}/b"));
        fs::create_dir_all(&folder).expect("folders");
        fs::write(folder.join("deal.toml"), &*kit::SAMPLE).expect("a deal file");
        let out = ["out", "../v 4", "x/y/z", "Ausgang", "OUT"][run % 5];
        let environment = environments[(run / 5 + run) % 5];
        let made = if run % 2 == 0 {
            drafted(&folder, "deal.toml", out, environment)
        } else {
            drafted(outer.path(), &format!("Größe {run}/b"), out, environment)
        };
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            first.keys().collect::<Vec<_>>()
        );
        for (name, bytes) in &made {
            assert!(first[name] == *bytes, "{name} differs in run {run}");
        }
    }
}

#[test]
fn findings_have_the_same_bytes_too() {
    let folder = kit::folder();
    let broken = kit::SAMPLE.replace("payer = \"tallowmere\"", "payer = \"talowmere\"");
    fs::write(folder.path().join("deal.toml"), broken).expect("a deal file");
    let first = kit::engross(folder.path(), &["check"]);
    assert_eq!(first.code, Some(1));
    for zone in ["Asia/Tokyo", "America/New_York"] {
        for language in ["C", "de_DE.UTF-8"] {
            let mut command = kit::command(folder.path(), &["check"]);
            let run = kit::run(command.env("TZ", zone).env("LC_ALL", language));
            assert_eq!(run.err, first.err);
        }
    }
}
