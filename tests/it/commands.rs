//! What the commands say to a person who calls them.

use crate::kit;
use std::fs;
use std::path::Path;
use std::process::Stdio;

fn help(arguments: &[&str]) -> String {
    let run = kit::engross(Path::new("."), arguments);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.err, "");
    run.out
}

#[test]
fn every_help_is_complete() {
    let all = help(&["--help"]);
    for command in ["check", "draft", "schema", "library"] {
        assert!(all.contains(&format!("\n  {command} ")), "{all}");
    }
    for status in [
        "0  clean",
        "1  findings",
        "2  wrong usage",
        "3  the outside world",
    ] {
        assert!(all.contains(status), "{all}");
    }
    for command in [
        &["check"][..],
        &["draft"],
        &["schema"],
        &["library"],
        &["library", "export"],
    ] {
        let text = help(&[command, &["--help"]].concat());
        assert!(
            text.contains(&format!("Usage: engross {}", command.join(" "))),
            "{text}"
        );
        assert!(!text.contains("\n\n\n"), "{text}");
        // Every option and argument is explained: on its line or on the one below.
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let option = line.trim_start();
            if option.starts_with("[default") || option.starts_with("[possible") {
                continue;
            }
            if option.starts_with('-') || option.starts_with('[') || option.starts_with('<') {
                let here = option.contains("  ");
                let below = lines
                    .peek()
                    .is_some_and(|next| next.starts_with("        "));
                assert!(here || below, "{line} in {text}");
            }
        }
    }
}

#[test]
fn each_command_says_of_itself_what_the_list_says() {
    let all = help(&["--help"]);
    let (_, list) = all.split_once("Commands:\n").expect("a list of commands");
    // Long descriptions go on in lines of their own, further in.
    let named = list.lines().take_while(|line| !line.is_empty());
    let mut seen = 0;
    for line in named.filter(|line| !line.starts_with("   ")) {
        let (command, said) = line.trim().split_once(' ').expect("a description");
        if command == "help" {
            continue;
        }
        let own = help(&[command, "--help"]);
        assert!(own.starts_with(said.trim()), "{command}: {own}");
        seen += 1;
    }
    assert!(seen > 20, "{all}");
}

#[test]
fn the_sample_has_no_findings() {
    let run = kit::engross(kit::root(), &["check", "samples/saas-alliance"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(run.err, "");
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("Term sheet: "), "{}", run.out);
    assert!(lines[1].starts_with("No findings. "), "{}", run.out);
    assert_eq!(lines.len(), 2);
    for (noun, least) in [
        ("clauses", 100),
        ("exhibits", 10),
        ("defined terms", 30),
        ("cross-references", 100),
    ] {
        let (before, _) = run.out.split_once(&format!(" {noun}")).expect(noun);
        let count = before
            .rsplit([' ', ','])
            .next()
            .and_then(|count| count.parse().ok());
        assert!(
            count.is_some_and(|count: usize| count >= least),
            "{noun}: {}",
            run.out
        );
    }
}

#[test]
fn a_deal_is_found_by_folder_by_file_and_where_one_stands() {
    let folder = kit::folder();
    let inner = folder.path().join("a b");
    fs::create_dir(&inner).expect("a folder");
    fs::copy(folder.path().join("deal.toml"), inner.join("other.toml")).expect("a copy");
    for deal in [
        &[][..],
        &["."],
        &["deal.toml"],
        &["./deal.toml"],
        &["a b/other.toml"],
    ] {
        let run = kit::engross(folder.path(), &[&["check"], deal].concat());
        assert_eq!(run.code, Some(0), "{deal:?}: {run:?}");
    }
    let run = kit::engross(folder.path(), &["check", "a b"]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.err
            .starts_with("error: there is no `deal.toml` in `a b`"),
        "{}",
        run.err
    );
    // Findings name the file as it was given.
    fs::write(inner.join("other.toml"), "schema = ").expect("a deal");
    let run = kit::engross(folder.path(), &["check", "a b/other.toml"]);
    assert!(run.err.contains("--> a b/other.toml:1:"), "{}", run.err);
}

#[test]
fn colours_come_only_when_asked_for() {
    let folder = kit::folder();
    fs::write(folder.path().join("deal.toml"), "schema = ").expect("a deal");
    let plain = kit::engross(folder.path(), &["check"]).err;
    assert!(!plain.contains('\u{1b}'));
    let coloured = kit::engross(folder.path(), &["check", "--color", "always"]).err;
    assert!(coloured.contains('\u{1b}'));
    let never = kit::engross(folder.path(), &["--color", "never", "check"]).err;
    assert_eq!(never, plain);
}

#[test]
fn an_exported_library_drafts_the_same_bytes() {
    let folder = kit::folder();
    let run = kit::engross(folder.path(), &["library", "export", "house/library"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out
            .contains("Use it with `engross draft --library house/library`"),
        "{}",
        run.out
    );
    for arguments in [
        &["draft", "--out", "ours"][..],
        &["draft", "--out", "theirs", "--library", "house/library"],
    ] {
        let run = kit::engross(folder.path(), arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let ours = kit::files(&folder.path().join("ours"));
    let theirs = kit::files(&folder.path().join("theirs"));
    assert!(ours == theirs);
    // What is exported is what is in the repository.
    let exported = kit::files(&folder.path().join("house/library"));
    for (path, bytes) in &exported {
        assert!(
            fs::read(kit::root().join(path)).ok().as_ref() == Some(bytes),
            "{path}"
        );
    }
    assert!(exported.len() > 100);
}

#[test]
fn export_does_not_write_over_anything() {
    let folder = kit::folder();
    let run = kit::engross(folder.path(), &["library", "export", "."]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(
        run.err.starts_with("error: `.` is not empty"),
        "{}",
        run.err
    );
    let run = kit::engross(folder.path(), &["library", "export", "deal.toml"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert_eq!(kit::files(folder.path()).len(), 1);
    // An empty folder will do.
    fs::create_dir(folder.path().join("new")).expect("a folder");
    let run = kit::engross(folder.path(), &["library", "export", "new"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn a_changed_clause_changes_the_draft_and_a_broken_one_stops_it() {
    let folder = kit::folder();
    kit::engross(folder.path(), &["library", "export", "library"]);
    let clause = folder.path().join("library/clauses/master/waiver.md");
    let text = fs::read_to_string(&clause).expect("the clause");
    let (front, _) = text.rsplit_once("+++\n").expect("front matter");
    let draft = || kit::engross(folder.path(), &["draft", "--library", "library"]);
    fs::write(
        &clause,
        format!("{front}+++\nSilence gives up no right at all.\n"),
    )
    .expect("an edit");
    assert_eq!(draft().code, Some(0));
    let out = folder.path().join("out");
    let text = fs::read_to_string(out.join("agreement.md")).expect("the agreement");
    assert!(text.contains("Silence gives up no right at all."));
    let before = kit::files(&out);
    fs::write(
        &clause,
        format!("{front}+++\nSilence of {{{{ compny.short }}}}.\n"),
    )
    .expect("an edit");
    let run = draft();
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("--> clauses/master/waiver.md:"),
        "{}",
        run.err
    );
    assert!(
        run.err.ends_with("1 error. Nothing was written.\n"),
        "{}",
        run.err
    );
    assert_eq!(kit::files(&out), before);
}

/// A reader that has seen enough is no error.
#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error() {
    let mut command = kit::command(Path::new("."), &["schema"]);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
