//! What reviewers look for: `engross coverage`, as text, as JSON and as an internal page.
#![expect(
    clippy::disallowed_methods,
    reason = "a test writes deals to a folder of its own and reads what became of them"
)]

use engross::deal::Deal;
use engross::diagnostic::{Report, Style, render};
use engross::draft;
use engross::draft::coverage::{Note, Reviewed, State, review};
use engross::library::{Library, Trust, embedded};
use engross::source::Source;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SAMPLE: &str = include_str!("../../samples/saas-alliance/deal.toml");

/// The state of some heads of a deal, with what is said of them, and the findings.
fn states(text: &str, keys: &[&str]) -> (Vec<String>, String) {
    let mut report = Report::new();
    let library = Library::load(embedded(), draft::root(), Trust::Sound, &mut report)
        .expect("a sound library");
    let deal = Deal::read(&Source::new("deal.toml", text), &mut report).expect("a good deal");
    let draft = crate::kit::check_draft(&deal, &library, &mut report);
    let findings = render(&report, Style::Plain);
    let Some(draft) = draft else {
        return (Vec::new(), findings);
    };
    let review = review(&deal, &library, &draft).expect("a review");
    let heads = review.groups.iter().flat_map(|(_, heads)| heads);
    let shown = keys
        .iter()
        .map(|key| {
            let mut heads = heads.clone();
            let head = heads.find(|head| head.head.key.as_str() == *key);
            shown(head.expect("a head"))
        })
        .collect();
    (shown, findings)
}

fn shown(reviewed: &Reviewed<'_>) -> String {
    let mut words = vec![match reviewed.state {
        State::Present => "present".to_owned(),
        State::Absent => "absent".to_owned(),
        State::Undecided => "undecided".to_owned(),
    }];
    words.extend(reviewed.clauses.iter().map(|clause| clause.number.clone()));
    words.extend(reviewed.notes.iter().map(|note| match note {
        Note::InPart => "in part".to_owned(),
        Note::NoClause => "no clause".to_owned(),
        Note::Missing { path } => format!("no {path}"),
        Note::NotListed { clause } => format!("{clause} not listed"),
        Note::LeftOut { clause, reason, at } => {
            format!("without {clause}: {reason} line {}", at.line_column().0)
        }
        Note::Reason { reason, at } => format!("{reason} line {}", at.line_column().0),
        Note::Denied => "denied".to_owned(),
        Note::InDeal { path } => format!("in {path}"),
    }));
    words.join("; ")
}

/// The sample without its table or tables `name` and everything under them.
fn without(name: &str) -> String {
    let mut inside = false;
    let lines = SAMPLE.split_inclusive('\n').filter(|line| {
        if line.starts_with('[') {
            let table = line.trim().trim_matches(['[', ']']);
            inside = table == name || table.starts_with(&format!("{name}."));
        }
        !inside
    });
    lines.collect()
}

#[test]
fn what_nobody_decided_is_undecided() {
    let keys = [
        "liability",
        "mfn",
        "non-compete",
        "liquidated-damages",
        "s31",
        "s12",
    ];
    let (states, findings) = states(SAMPLE, &keys);
    assert_eq!(findings, "");
    assert_eq!(
        states,
        [
            "present; Section 7.1; Section 7.3; Section 7.2",
            "undecided; no mfn",
            "absent; Section 2.5; denied",
            "absent; Section 7.4; denied",
            "present; in letter",
            "present; in trade",
        ]
    );
}

#[test]
fn a_reason_makes_it_absent() {
    let sample = without("letter");
    let last = sample.lines().count();
    let text = format!(
        "{sample}tail = {{ leave_out = \"Nothing is owed after the end.\" }}\n\n\
         [absent]\nmfn = \"Each price stands alone.\"\ns31 = \"All terms are settled.\"\n"
    );
    let (states, findings) = states(&text, &["tail", "mfn", "s31", "s30"]);
    assert_eq!(findings, "");
    assert_eq!(
        states,
        [
            format!(
                "absent; without tail: Nothing is owed after the end. line {}",
                last + 1
            ),
            format!("absent; Each price stands alone. line {}", last + 4),
            format!("absent; All terms are settled. line {}", last + 5),
            // The reason was given for another head.
            "undecided; no mfn".to_owned(),
        ]
    );
}

#[test]
fn a_head_may_be_there_in_part() {
    let text = without("protection.announcements");
    let keys = ["s22"];
    let (found, _) = states(&text, &keys);
    assert_eq!(
        found,
        [
            "undecided; Section 5.2; Section 5.4; Exhibit G, 2; Section 10.1; in part; no protection.announcements"
        ]
    );
    let text = format!("{text}\n[absent]\ns22 = \"The press knows already.\"\n");
    let (found, findings) = states(&text, &keys);
    assert_eq!(findings, "");
    assert!(found[0].starts_with("present; Section 5.2"), "{found:?}");
    assert!(
        found[0].contains("in part; The press knows already."),
        "{found:?}"
    );
}

#[test]
fn what_is_said_to_be_absent_is_a_head_and_is_absent() {
    let text = format!("{SAMPLE}\n[absent]\nnon-competes = \"why\"\naudit = \"why\"\n");
    let (_, findings) = states(&text, &[]);
    for words in [
        "the library has no head `non-competes`",
        "did you mean `non-compete`?",
        "`audit` is said to be absent, and the agreement has the clause `records`",
    ] {
        assert!(findings.contains(words), "{findings}");
    }
}

fn engross(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engross"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("a program that runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_text_is_aligned_and_summed_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed = text(&engross(root, &["coverage", "samples/saas-alliance"]).stdout);
    let states: Vec<usize> = printed
        .lines()
        .filter(|line| line.starts_with("  "))
        .map(|line| {
            let at = [" present  ", " absent  ", " undecided  "]
                .iter()
                .find_map(|word| line.find(word))
                .unwrap_or_else(|| panic!("{line}"));
            line[..at].chars().count()
        })
        .collect();
    assert_eq!(states.len(), 68);
    // Each state stands in one column, after the longest title.
    let first = printed
        .lines()
        .find(|line| line.contains("Cooperation"))
        .expect("a head");
    let column = first.find("present").expect("its state");
    for line in printed.lines().filter(|line| line.starts_with("  ")) {
        let rest: String = line.chars().skip(column).collect();
        let known = ["present", "absent", "undecided"]
            .iter()
            .any(|word| rest.starts_with(word));
        assert!(known, "{line}");
    }
    assert!(
        printed.contains("\n62 of 68 present, 4 deliberately absent, 2 undecided.\n"),
        "{printed}"
    );
    assert!(printed.contains("Exhibit A, 5.1, 5.3, 5.2, 3"), "{printed}");
}

#[test]
fn the_json_has_its_documented_shape() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed = engross(
        root,
        &["coverage", "samples/saas-alliance", "--format", "json"],
    );
    let found: serde_json::Value = serde_json::from_slice(&printed.stdout).expect("JSON");
    assert_eq!(found["agreement"]["title"], "Strategic Alliance Agreement");
    assert_eq!(found["summary"]["all"], 68);
    let groups = found["groups"].as_array().expect("groups");
    let heads: Vec<&serde_json::Value> = groups
        .iter()
        .flat_map(|group| group["heads"].as_array().expect("heads"))
        .collect();
    let head = |key: &str| {
        heads
            .iter()
            .find(|head| head["key"] == key)
            .expect("a head")
    };
    assert_eq!(
        head("capped-liability")["clauses"][0]["section"],
        "Section 7.1"
    );
    assert_eq!(head("mfn")["notes"][0]["kind"], "missing");
    assert_eq!(head("mfn")["notes"][0]["path"], "mfn");
    assert_eq!(head("s31")["notes"][0]["kind"], "in-deal");
}

#[test]
fn the_page_is_internal_and_leads_into_the_agreement() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::write(at.join("deal.toml"), SAMPLE).expect("a file");
    let drafted = engross(at, &["draft", "--format", "html"]);
    assert!(drafted.status.success(), "{}", text(&drafted.stderr));
    let written = engross(at, &["coverage", "--out", "internal"]);
    assert!(written.status.success(), "{}", text(&written.stderr));
    let page = fs::read_to_string(at.join("internal/coverage.internal.html")).expect("the page");
    assert!(page.contains("<title>INTERNAL: Coverage of the Strategic Alliance Agreement</title>"));
    assert!(page.contains("INTERNAL: for our own use, not to be sent. Draft 4"));
    let agreement = fs::read_to_string(at.join("out/agreement.html")).expect("the agreement");
    let mut links = 0;
    for piece in page.split("href=\"../out/agreement.html#").skip(1) {
        let anchor = piece.split('"').next().expect("the end of a link");
        assert!(agreement.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        links += 1;
    }
    assert!(links > 200, "{links}");
    // Of each section it says from which clause, wording and keys its words come.
    let row = page
        .split("<tr>")
        .find(|row| row.contains("clauses/master/liability-cap.md"))
        .expect("the origin of the cap");
    for piece in ["#liability-cap\"", ">preferred<", "legal.liability."] {
        assert!(row.contains(piece), "{row}");
    }
    // Nothing internal goes where the other side looks.
    let refused = engross(at, &["coverage", "--out", "out"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(text(&refused.stderr).contains("is a package for the other side"));
    let again = engross(at, &["draft", "--format", "html"]);
    assert!(
        text(&again.stdout).contains("Nothing changed"),
        "{}",
        text(&again.stderr)
    );
}

#[test]
fn the_reasons_of_what_is_absent_stay_in_the_file() {
    let said = format!("{SAMPLE}\n[absent]\nmfn = \"Zanzibar\"\n");
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::write(at.join("deal.toml"), said).expect("a file");
    assert!(engross(at, &["draft"]).status.success());
    for entry in fs::read_dir(at.join("out")).expect("the package") {
        let bytes = fs::read(entry.expect("a file").path()).expect("its bytes");
        assert!(!text(&bytes).contains("Zanzibar"));
    }
}
