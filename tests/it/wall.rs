//! The wall: nothing that only our side knows reaches anything that the other side could see.
//!
//! Commands are run as a user runs them, with one negotiation file, with another, and with none: all bytes that they
//! write, the names and the order of files, what they say, and how they end must be the same.
#![expect(
    clippy::disallowed_methods,
    reason = "a test looks at what was written to the disk"
)]

mod random;
mod ways;

use crate::findings::engross;
use crate::kit;
use engross::deal::{Deal, check};
use engross::diagnostic::{Report, Style, render};
use engross::negotiation::Negotiation;
use engross::source::Source;
use random::{Chance, random};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use ways::{Marks, is_packed};

/// All that a run of the commands for the other side leaves behind.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    said: Vec<(Option<i32>, String, String)>,
    /// Before anything was packed.
    files: Files,
    /// And after.
    sent: Files,
}

type Files = BTreeMap<String, Vec<u8>>;

/// What stands in every internal field.
const MARK: &str = "zqcanary";

/// Every command that prints or writes what the other side may see, in the order of a deal's life. Not one of them may
/// tell that there is a negotiation file. `{ours}` and `{theirs}` are the parties, `{issue}`
/// is one that is open.
const COMMANDS: &[&str] = &[
    "check",
    "check --format json",
    "check --format sarif",
    "check --format github",
    "check --format short",
    "check history/1",
    "draft",
    "coverage",
    "coverage --format json",
    "where . term.cure",
    "where . term.cure --format json",
    "why . agreement 1",
    "why . agreement 1 --format json",
    "fix --diff",
    "loi",
    "addendum",
    "what-if . term.cure=40_days",
    "simulate --out played",
    "redline deal.toml other.toml --format md,html,json --out red",
    "redline history/1 deal.toml",
    "drift history/1 history/2",
    "statement --events events --period 2027-Q2 --effective 2027-01-01 --out paid",
    "meeting 2027-06-09 --open {issue} --next Each_side_proposes_a_date.",
    "summary 2027-06-09",
    "trade --giver {ours} --if the_one_pays --give economics.payment.due=20_days --then the_other_waits --get term.renewal.notice=120_days --reason Both_win.",
    "set . term.cure=40_days --reason Both_asked_for_it.",
    "sign-off --on 2026-12-15",
    "review --on 2027-04-14 --events q1.csv",
    "in-force --on 2027-11-01",
    "register",
    "register --format json",
    "explain walk-away",
    "schema",
    "schema negotiation",
    "library export house",
    "draft --discard-edits",
    // Last: with a negotiation file that does not read, nobody knows what must not be sent, and it is refused.
    "pack --for {theirs} --on 2027-11-02",
];

/// Runs every command for the other side in a copy of a sample, with this negotiation file beside it.
fn seen(sample: &Path, negotiation: Option<&str>, commands: &[String]) -> Seen {
    let folder = tempfile::tempdir().expect("a folder");
    // The same name of the folder in every run: it stands in no message, and must not be a difference.
    let deal = folder.path().join("deal");
    for (name, bytes) in kit::files(sample) {
        if !name.ends_with("negotiation.toml") {
            let path = deal.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a copy");
        }
    }
    let text = fs::read_to_string(deal.join("deal.toml")).expect("a deal");
    fs::write(
        deal.join("other.toml"),
        text.replacen("draft = ", "draft = 1", 1),
    )
    .expect("written");
    fs::write(deal.join("q1.csv"), kit::read("docs/history/2027-q1.csv")).expect("written");
    if let Some(text) = negotiation {
        fs::write(deal.join("negotiation.toml"), text).expect("written");
        fs::write(deal.join("history/1/negotiation.toml"), text).expect("written");
    }
    let run = |command: &String| {
        let words: Vec<String> = command
            .split(' ')
            .map(|word| word.replace('_', " "))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        engross(&deal, &words)
    };
    let files = || {
        let mut files = kit::files(&deal);
        files.retain(|name, _| !name.ends_with("negotiation.toml"));
        files
    };
    let (last, others) = commands.split_last().expect("commands");
    let mut said: Vec<_> = others.iter().map(run).collect();
    let before = files();
    said.push(run(last));
    Seen {
        said,
        files: before,
        sent: files(),
    }
}

fn samples() -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(kit::root().join("samples")).expect("samples");
    let mut samples: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    samples.sort();
    samples
}

fn parties(sample: &Path) -> (String, String) {
    let text = fs::read_to_string(sample.join("deal.toml")).expect("a deal");
    let source = Source::new("deal.toml", text);
    let deal = Deal::read(&source, &mut Report::new()).expect("a deal");
    let id = |place: usize| deal.party[place].id.as_str().to_owned();
    (id(0), id(1))
}

/// An issue that is not settled.
fn open_issue(sample: &Path) -> String {
    let text = fs::read_to_string(sample.join("deal.toml")).expect("a deal");
    let table: toml::Table = text.parse().expect("TOML");
    let issues = table["issue"].as_array().expect("issues");
    let open = |issue: &&toml::Value| issue["state"].as_str() != Some("agreed");
    let open = issues.iter().find(open).expect("an open issue");
    open["id"].as_str().expect("an id").to_owned()
}

/// One sample, with no negotiation file, one by chance, and one that cannot be read: all bytes, names, messages and exit
/// statuses are the same, and no mark of an internal field stands anywhere. Returns how the commands ended.
fn the_same_whatever_we_know(sample: &Path, text: &str, marks: &Marks) -> Vec<Option<i32>> {
    let (ours, theirs) = parties(sample);
    let issue = open_issue(sample);
    let commands: Vec<String> = COMMANDS
        .iter()
        .map(|command| {
            command
                .replace("{ours}", &ours)
                .replace("{theirs}", &theirs)
                .replace("{issue}", &issue)
        })
        .collect();
    let broken = format!("schema = \"{MARK}\"\nthesis = 7\n[[walk_away]\n");
    // Runs know nothing of each other.
    let (without, with, unread) = std::thread::scope(|scope| {
        let without = scope.spawn(|| seen(sample, None, &commands));
        let with = scope.spawn(|| seen(sample, Some(text), &commands));
        let unread = seen(sample, Some(&broken), &commands);
        (
            without.join().expect("runs"),
            with.join().expect("runs"),
            unread,
        )
    });
    assert!(without.sent.len() > 60, "something was written");
    let silent = |what: &str, bytes: &[u8]| {
        assert!(!marks.stand_in(bytes) && !is_packed(bytes), "{what}");
    };
    let last = commands.len() - 1;
    for (known, runs) in [(&with, commands.len()), (&unread, last)] {
        for (place, command) in commands.iter().enumerate() {
            let (one, other) = (&known.said[place], &without.said[place]);
            assert!(
                place >= runs || one == other,
                "{}: {command}: {one:?} {other:?}",
                sample.display()
            );
            silent(command, one.1.as_bytes());
            silent(command, one.2.as_bytes());
        }
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        let stages = [(&known.files, &without.files), (&known.sent, &without.sent)];
        for (one, other) in stages.into_iter().take(runs - last + 1) {
            assert_eq!(names(one), names(other));
            for (name, bytes) in one {
                assert!(bytes == &other[name], "{}: {name}", sample.display());
                silent(name, name.as_bytes());
                silent(name, bytes);
            }
        }
    }
    let (code, _, said) = &unread.said[last];
    assert!(*code == Some(1) && said.contains("does not read"), "{said}");
    with.said.iter().map(|(code, _, _)| *code).collect()
}

#[test]
fn the_other_side_sees_the_same_whatever_we_know() {
    let mut chance = Chance(0x2026_1125_0000_0001);
    let marks = Marks::of(MARK);
    let mut ended = vec![false; COMMANDS.len()];
    for sample in samples() {
        let (ours, theirs) = parties(&sample);
        let text = random(&ours, &theirs, MARK, &mut chance);
        assert!(text.matches(MARK).count() > 10, "every field has its own");
        let codes = the_same_whatever_we_know(&sample, &text, &marks);
        for (ended, code) in ended.iter_mut().zip(codes) {
            *ended |= code == Some(0);
        }
    }
    // Each of them was seen doing its work, not only refusing it; drift always has something to tell.
    for (command, ended) in COMMANDS.iter().zip(ended) {
        assert!(ended || command.starts_with("drift"), "{command}");
    }
}

#[test]
fn thousands_of_pairs_of_what_we_know_give_one_answer() {
    let text = kit::read("tests/cases/good/minimal/deal.toml");
    let answer = |negotiation: &str| {
        let source = Source::new("deal.toml", text.as_str());
        let mut ours = Report::new();
        let mut theirs = Report::new();
        let deal = Deal::read(&source, &mut theirs).expect("a deal");
        let known = Negotiation::read(&Source::new("negotiation.toml", negotiation), &mut ours);
        // What we know is read and judged in the same process, before and between.
        if let Some(known) = &known {
            engross::negotiation::check(known, &deal, &mut ours);
            let shown = format!("{known:?} {known:#?}");
            assert!(!shown.contains(MARK), "{shown}");
        }
        check::check(&deal, &mut theirs);
        (
            render(&theirs, Style::Plain),
            known.is_some(),
            format!("{deal:?}"),
        )
    };
    let mut chance = Chance(0x2026_1125_0000_0002);
    let (mut read, mut first) = (0, None);
    for _ in 0..2_000 {
        let one = answer(&random("acme", "beta", MARK, &mut chance));
        let two = answer(&random("beta", "acme", MARK, &mut chance));
        read += usize::from(one.1) + usize::from(two.1);
        assert_eq!((&one.0, &one.2), (&two.0, &two.2));
        let seen = (one.0, one.2);
        assert_eq!(first.get_or_insert_with(|| seen.clone()), &seen);
    }
    assert_eq!(read, 4_000, "every random file is one that can be read");
    let made = [kit::draft(&text).files(), kit::draft(&text).files()];
    assert_eq!(made[0], made[1]);
}
