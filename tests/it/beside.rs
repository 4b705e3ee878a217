//! Events beside memory: whatever is held of them in memory, the real command says and writes the same; and what comes
//! through a pipe, or is one wrong row among very many.
//!
//! `--memory` says how many bytes are held. With 0 every record is put aside by itself.

#[cfg(unix)]
use crate::history::{FIRST, SECOND, SIGN};
use crate::kit;
use crate::statement::{STATEMENTS, copy, folders, said_of, statement};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

#[test]
fn every_case_of_events_says_the_same_beside_memory() {
    let mut wrong = Vec::new();
    for case in folders("tests/cases/events") {
        let expected = fs::read_to_string(case.join("expected.txt")).expect("an expectation");
        let found = said_of(&case, None, &["--memory", "0"]);
        if found != expected {
            wrong.push(format!("{}:\n{found}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn samples_are_paid_the_same_beside_memory() {
    for (sample, period, more) in STATEMENTS {
        let made = statement(sample, period, more);
        for held in ["0", "9000"] {
            let aside = statement(sample, period, &[more, &["--memory", held]].concat());
            for (name, text) in &made {
                assert!(aside[name] == *text, "{sample} {period} {held} {name}");
            }
            assert_eq!(aside.len(), made.len());
        }
    }
}

/// What `explain-line` says of a line hangs on every event that it pays.
#[test]
fn a_line_is_explained_the_same_beside_memory() {
    let folder = copy("saas-alliance");
    let all = ["explain-line", "deal.toml", "--events", "events"];
    let all = [&all[..], &["--period", "2027-Q2", "--line", "1"]].concat();
    let one = kit::engross(folder.path(), &all);
    let two = kit::engross(folder.path(), &[&all[..], &["--memory", "0"]].concat());
    assert_eq!((one.code, &one.out), (Some(0), &two.out));
    assert!(one.out.contains("events:"), "{}", one.out);
}

/// Rows of a quarter for so many accounts, in the order of their days: five each.
fn rows(accounts: usize) -> String {
    let mut text =
        String::from("id,date,account,kind,amount,currency,attribution,invoice,reason\n");
    for (day, kind) in [
        ("01-04", "registration,,,sourced,,"),
        ("01-20", "order,,,,,"),
        ("02-01", "invoice,1000,USD,,I#,"),
        ("02-20", "collection,1000,USD,,I#,"),
        ("03-01", "ticket,,,,,"),
    ] {
        for number in 0..accounts {
            let cells = kind.replace('#', &number.to_string());
            let _ = writeln!(text, "{day}-{number},2027-{day},Account {number},{cells}");
        }
    }
    text
}

/// One wrong row: told with its row and column, listed in a file, and nothing else is written.
fn one_wrong_row(accounts: usize, more: &[&str]) {
    let folder = copy("saas-alliance");
    let mut text = rows(accounts);
    let wrong = format!("02-20-{},2027-02-20,", accounts * 3 / 4);
    let start = text.find(&wrong).expect("the row");
    let cell = start + text[start..].find("1000").expect("an amount");
    text.replace_range(cell..cell + 4, "1O00");
    let line = text[..start].matches('\n').count() + 1;
    let column = cell - start + 1;
    fs::write(folder.path().join("many.csv"), &text).expect("it can be written");
    let before = kit::files(folder.path());
    let all = [
        "statement",
        "deal.toml",
        "--events",
        "many.csv",
        "--out",
        "paid",
    ];
    let all = [&all[..], &["--period", "2027-Q1"], more].concat();
    let run = kit::engross(folder.path(), &all);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let place = format!("many.csv:{line}:{column}");
    assert!(run.err.contains(&place), "{place}: {}", run.err);
    assert!(run.err.contains("`1O00` is not an amount"), "{}", run.err);
    assert!(run.err.contains("1 row rejected"), "{}", run.err);
    let rejected = fs::read_to_string(folder.path().join("paid.rejected.csv"));
    let rejected = rejected.expect("the rejected rows");
    let start = format!("many.csv,{line},{column},bad-money,");
    let listed: Vec<&str> = rejected.lines().collect();
    assert_eq!(listed.len(), 2, "{rejected}");
    assert!(listed[1].starts_with(&start), "{rejected}");
    assert!(listed[1].contains("1O00,USD"), "{rejected}");
    let mut after = kit::files(folder.path());
    after.retain(|name, _| name != "paid.rejected.csv");
    assert!(before == after, "nothing else is written");
}

#[test]
fn one_wrong_row_among_many_is_told_and_nothing_is_written() {
    one_wrong_row(1_000, &[]);
    one_wrong_row(1_000, &["--memory", "100000"]);
}

/// `cargo test --test it a_million_rows -- --ignored`
#[test]
#[ignore = "a million rows take 40 seconds; see BENCHMARKS.md"]
fn one_wrong_row_among_a_million_rows_is_told_and_nothing_is_written() {
    one_wrong_row(200_000, &[]);
    one_wrong_row(200_000, &["--memory", "8000000"]);
}

/// A pipe can be read once: rows in no order and ids that stand twice are found all the same.
#[cfg(unix)]
#[test]
fn what_comes_through_a_pipe_is_read_once() {
    let text = rows(300);
    let (head, body) = text.split_once('\n').expect("headings");
    let mut lines: Vec<&str> = body.lines().collect();
    lines.reverse();
    lines.push(lines[40]);
    let text = format!("{head}\n{}\n", lines.join("\n"));
    let said = |events: &str, memory: &[&str]| {
        let folder = copy("saas-alliance");
        fs::write(folder.path().join("many.csv"), &text).expect("it can be written");
        let all = [
            "statement",
            "deal.toml",
            "--events",
            events,
            "--out",
            "paid",
        ];
        let all = [&all[..], &["--period", "2027-Q1"], memory].concat();
        let mut command = kit::command(folder.path(), &all);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let mut pipe = running.stdin.take().expect("a pipe");
        let text = &text;
        let output = std::thread::scope(|scope| {
            // Whoever reads a file leaves the pipe alone.
            scope.spawn(move || pipe.write_all(text.as_bytes()));
            running.wait_with_output().expect("it ends")
        });
        let rejected = fs::read_to_string(folder.path().join("paid.rejected.csv"));
        assert!(!folder.path().join("paid").exists());
        let said = String::from_utf8(output.stderr).expect("text");
        format!("{said}{}", rejected.expect("rejected rows")).replace("/dev/stdin", "many.csv")
    };
    let expected = said("many.csv", &[]);
    assert!(expected.contains("stands twice"), "{expected}");
    for memory in [&[][..], &["--memory", "0"], &["--memory", "5000"]] {
        assert_eq!(said("/dev/stdin", memory), expected, "{memory:?}");
    }
}

/// Two reviews with their papers, and the record: whatever is held in memory.
#[cfg(unix)]
#[test]
fn reviews_come_to_the_same_beside_memory() {
    let reviewed = |memory: &str| {
        let scripts = [
            SIGN,
            &format!("{FIRST} {memory}"),
            &format!("{SECOND} {memory}"),
        ];
        let folder = crate::history::reviewed(&scripts);
        let again = crate::history::shell(folder.path(), &format!("{SECOND} {memory}"));
        assert!(
            again.out.starts_with("Nothing changed"),
            "{}{}",
            again.out,
            again.err
        );
        kit::files(&folder.path().join("deal"))
    };
    let one = reviewed("");
    for memory in ["--memory 0", "--memory 7000"] {
        let two = reviewed(memory);
        assert!(one.keys().eq(two.keys()), "{memory}");
        for (name, bytes) in &one {
            assert!(two[name] == *bytes, "{memory}: {name}");
        }
    }
}

/// A statement that an amendment divides, and leads on which nobody decides: paid, explained and reviewed the same.
#[cfg(unix)]
#[test]
fn a_divided_statement_and_silence_come_to_the_same_beside_memory() {
    let worked = |memory: &str| {
        let folder = crate::history::reviewed(&[
            "cp -r \"$SAMPLES\"/saas-alliance deal && \
             sed -i 's/^assignment = \"preferred\"/&\\ntrigger-effect = \"acceptable\"/' deal/deal.toml && \
             engross sign-off deal --on 2026-12-15",
            "engross set deal economics.tiers.2.pays=14% --reason 'Agreed.'",
            &format!("{FIRST} {memory}"),
            "grep -v ',lead-accepted,' \"$EVENTS\"/2027-q2.csv > q2.csv",
        ]);
        let events = "--events \"$EVENTS\"/2027-q1.csv --events q2.csv --period 2027-Q2";
        let mut said = String::new();
        for script in [
            format!("engross statement deal {events} {memory}"),
            format!("engross explain-line deal {events} --line 4 {memory}"),
            format!("engross review deal --on 2027-07-14 --events q2.csv {memory}"),
        ] {
            let ran = crate::history::shell(folder.path(), &script);
            assert_eq!(ran.code, Some(0), "{script}\n{}{}", ran.out, ran.err);
            let _ = write!(said, "{}{}", ran.out, ran.err);
        }
        (said, kit::files(&folder.path().join("deal")))
    };
    let (said, files) = worked("");
    assert!(
        said.contains("Tier Growth, from 1 June 2027") && said.contains("until 31 May 2027"),
        "{said}"
    );
    let made = &files["statements/2027-Q2/statement.json"];
    let made = String::from_utf8_lossy(made);
    let silent = made.split("\"by_silence\": ").nth(1).expect("a count");
    assert!(!silent.starts_with('0'), "{made}");
    for memory in ["--memory 0", "--memory 6000"] {
        let (two, written) = worked(memory);
        assert_eq!(two, said, "{memory}");
        assert!(files.keys().eq(written.keys()), "{memory}");
        for (name, bytes) in &files {
            assert!(written[name] == *bytes, "{memory}: {name}");
        }
    }
}

/// A row that stands twice is counted once or not at all: a review says so, whatever the row is about.
#[cfg(unix)]
#[test]
fn a_review_refuses_an_id_that_stands_twice() {
    let folder = crate::history::reviewed(&[SIGN]);
    let script = "cp \"$EVENTS\"/2027-q1.csv q1.csv && tail -1 q1.csv | sed 's/^/x/' >> q1.csv && \
         tail -1 q1.csv >> q1.csv && engross review deal --on 2027-04-14 --events q1.csv";
    for memory in ["", " --memory 0"] {
        let before = kit::files(&folder.path().join("deal"));
        let ran = crate::history::shell(folder.path(), &format!("{script}{memory}"));
        assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
        assert!(ran.err.contains("error[duplicate-event]"), "{}", ran.err);
        assert!(
            ran.err.contains("stands twice: first at q1.csv:"),
            "{}",
            ran.err
        );
        assert!(
            kit::files(&folder.path().join("deal")) == before,
            "nothing is written"
        );
    }
}
