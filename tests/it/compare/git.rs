//! Redlines of revisions: asked for by name, shown by git itself, made by a pipeline.

use super::{NEW, OLD, changed, folder, redline};
use crate::kit::{self, Run, SAMPLE};
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let run = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git");
    assert!(run.status.success(), "{arguments:?}: {run:?}");
}

/// A repository with two revisions of a deal and of a document.
fn repository() -> tempfile::TempDir {
    let folder = folder(&[
        ("deals/deal.toml", &SAMPLE),
        ("terms.md", OLD),
        ("gone.md", OLD),
    ]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "one"]);
    fs::write(folder.path().join("deals/deal.toml"), changed()).expect("a file");
    fs::write(folder.path().join("terms.md"), NEW).expect("a file");
    fs::remove_file(folder.path().join("gone.md")).expect("a file");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "two"]);
    folder
}

#[test]
fn a_revision_is_compared_with_another_or_with_now() {
    let folder = repository();
    let run = redline(folder.path(), &["terms.md", "--from", "HEAD~1"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("terms.md at HEAD~1") && run.out.contains("USD 120"),
        "{}",
        run.out
    );
    let run = redline(
        folder.path(),
        &["terms.md", "--from", "HEAD", "--exit-code"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    // A deal's folder, between two revisions.
    let run = redline(
        folder.path(),
        &["deals", "--from", "HEAD~1", "--to", "HEAD", "--stat"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.out.contains("45 days"), "{}", run.out);
    // From within a folder, and what is there no more.
    let run = redline(
        &folder.path().join("deals"),
        &["deal.toml", "--from", "HEAD~1"],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = redline(
        folder.path(),
        &[
            "gone.md",
            "--from",
            "HEAD~1",
            "--to",
            "HEAD~1",
            "--exit-code",
        ],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn what_git_does_not_have_is_said() {
    let folder = repository();
    for (arguments, said) in [
        (
            &["terms.md", "--from", "v9"][..],
            "there is no revision `v9`",
        ),
        // Nothing that is typed becomes an option of git.
        (
            &["terms.md", "--from=--output=x"],
            "there is no revision `--output=x`",
        ),
        (
            &["gone.md", "--from", "HEAD~1", "--to", "HEAD"],
            "there is no `gone.md` at the revision HEAD",
        ),
        (
            &["never.md", "--from", "HEAD", "--to", "HEAD~1"],
            "there is no `never.md` at the revision HEAD",
        ),
    ] {
        let run = redline(folder.path(), arguments);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(said), "{}", run.err);
        assert!(run.err.contains("help: "), "{}", run.err);
    }
    assert!(!folder.path().join("x").exists());
    let outside = self::folder(&[("a.md", OLD)]);
    let run = redline(outside.path(), &["a.md", "--from", "HEAD"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("is in no git repository"), "{}", run.err);
}

/// The configuration that `docs/git.md` shows, taken from there.
fn configured(line: &str) -> String {
    let text = kit::read("docs/git.md");
    let found = text.lines().find(|found| found.starts_with(line));
    found.unwrap_or_else(|| panic!("{line}")).to_owned()
}

/// Runs a line of a shell in `folder` with the program on the path.
fn shell(folder: &Path, line: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_engross"));
    let path = format!(
        "{}:/usr/local/bin:/usr/bin:/bin",
        program.parent().expect("a folder").display()
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path);
    kit::run(&mut command)
}

#[test]
fn git_shows_redlines_as_its_document_says() {
    let folder = repository();
    let deals = folder.path().join("deals");
    fs::write(
        deals.join(".gitattributes"),
        configured("deal.toml diff=engross"),
    )
    .expect("a file");
    let configure = |line: &str| {
        let run = shell(&deals, &configured(line));
        assert_eq!(run.code, Some(0), "{run:?}");
    };
    configure("git config difftool.engross.cmd");
    let run = shell(&deals, &configured("git difftool"));
    assert!(
        run.out
            .contains("the time for payment: [-30 days-] → {+45 days+}"),
        "{run:?}"
    );
    configure("git config diff.engross.command");
    let run = shell(&deals, "git diff HEAD~1 -- deal.toml");
    assert!(
        run.out.contains("\u{1b}[34;4m45 days") && run.out.contains("Checked: "),
        "{run:?}"
    );
    let run = shell(&deals, "git config --unset diff.engross.command");
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = shell(&deals, &configured("git config diff.engross.textconv"));
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = shell(&deals, "git diff HEAD~1 -- deal.toml");
    assert!(
        run.out
            .lines()
            .any(|line| line.starts_with("+Tallowmere will pay each Statement within 45 days")),
        "{}",
        run.out
    );
}

#[test]
fn a_pipeline_gets_a_redline_of_each_changed_file() {
    let folder = repository();
    let script = kit::root().join("scripts/redline-changed");
    fs::write(folder.path().join("new.md"), OLD).expect("a file");
    git(folder.path(), &["add", "."]);
    let run = shell(
        folder.path(),
        &format!("{} HEAD~1 redlines '*.md' '*.toml'", script.display()),
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    let files = kit::files(&folder.path().join("redlines"));
    for name in [
        "deals-deal.toml/redline.html",
        "terms.md/redline.json",
        "new.md/redline.md",
    ] {
        assert!(files.contains_key(name), "{:?}", files.keys());
    }
    let summary = String::from_utf8(files["summary.md"].clone()).expect("text");
    assert!(
        summary.contains("45 days") && summary.contains("USD 120"),
        "{summary}"
    );
    assert!(
        summary.contains("## gone.md\n\nThis file is gone."),
        "{summary}"
    );
    // The action and the hooks name what is there.
    let action = kit::read("action.yml");
    assert!(action.contains("scripts/redline-changed") && action.contains("required: true"));
    let hooks = kit::read(".pre-commit-hooks.yaml");
    for line in hooks
        .lines()
        .filter_map(|line| line.trim().strip_prefix("entry: "))
    {
        let run = shell(&folder.path().join("deals"), &format!("{line} deal.toml"));
        assert_eq!(run.code, Some(0), "{line}: {run:?}");
    }
}
