use super::super::clause;
use super::super::{LibraryFile, Trust};
use super::{Read, advise_on};
use crate::diagnostic::{Report, Severity};
use crate::source::Source;

/// The advice about a wording: line, column, code and words.
fn advice(body: &str) -> Vec<String> {
    let file = LibraryFile {
        path: "clauses/master/waiver.md".to_owned(),
        text: format!(
            "+++\nid = \"waiver\"\ntitle = \"Waiver\"\nprovenance = \"Written for a test.\"\n+++\n{body}\n"
        )
        .into(),
    };
    let source = Source::new(file.path, file.text);
    let mut report = Report::new();
    let clause = clause::read(&source, Trust::Check, &mut report).expect("a clause");
    assert!(report.is_empty(), "{report:?}");
    advise_on(&Read::new(&clause), &mut report);
    assert_eq!(report.count(Severity::Advice), report.sorted().len());
    report
        .sorted()
        .iter()
        .map(|found| {
            let (line, column) = found.at.line_column();
            format!("{}:{column} {} {}", line - 5, found.code, found.at.text())
        })
        .collect()
}

#[test]
fn each_habit_is_found_at_its_words() {
    for (body, expected) in [
        ("The party shall pay.", "1:11 archaism shall"),
        ("The terms HEREIN hold.", "1:11 archaism HEREIN"),
        ("It is null and void.", "1:7 doublet null and void"),
        ("A party and/or its people act.", "1:9 and-or and/or"),
        ("It is \"done\".", "1:7 straight-quote \""),
        ("It ends the the term.", "1:9 doubled-word the the"),
        ("See Section 4.2 for it.", "1:5 typed-reference Section 4"),
        ("See Exhibit A for it.", "1:5 typed-reference Exhibit A"),
        ("The sums listed below are due.", "1:17 above-below below"),
        ("As said above, it holds.", "1:9 above-below above"),
        ("It pays 12.5% of it.", "1:9 typed-amount 12.5"),
        ("It pays EUR 4,000 then.", "1:13 typed-amount 4,000"),
        ("It pays €4 then.", "1:10 typed-amount 4"),
    ] {
        assert!(
            advice(body).contains(&expected.to_owned()),
            "{body}: {:?}",
            advice(body)
        );
    }
}

#[test]
fn ordinary_words_are_left_alone() {
    for body in [
        "A party whose cover falls below this sum tells the other party. It pays what is above it.",
        "The shallow end. A withstanding. It had had enough that that day.",
        "Within 30 days, {{ company.short }} {{ partner.short }} act. A Section of the Agreement, an exhibit a party adds.",
        "{% if legal.audit %}It says the{% else %}It says the{% endif %} same.",
        "{% if legal.audit %}the {% else %}one of the {% endif %}end",
        "Each party’s “list” of sums above {{ economics.currency }} stays.",
    ] {
        let found = advice(body);
        assert!(found.is_empty(), "{body}: {found:?}");
    }
}

#[test]
fn every_branch_is_read() {
    let found =
        advice("A {% if legal.audit %}shall{% elif mfn %}herein{% else %}thereof{% endif %} b.");
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn a_sentence_is_counted_by_the_longest_way_through_it() {
    let twenty = "some word ".repeat(10);
    let fits = format!("{twenty}{{% if mfn %}}{twenty}{{% else %}}{twenty}{{% endif %}}");
    assert!(advice(&fits).is_empty());
    let long = format!("{twenty}{twenty}and more.");
    assert_eq!(advice(&long).len(), 1);
    let list = format!("{twenty}:\n\n1. {twenty}\n1. {twenty}\n");
    assert!(advice(&list).is_empty());
}

/// Findings about the terms of a library of two clauses: code and words.
fn terms(first: &str, second: &str) -> Vec<String> {
    let mut report = Report::new();
    let mut clauses = std::collections::BTreeMap::new();
    for (id, body) in [("one", first), ("two", second)] {
        let text = format!(
            "+++\nid = \"{id}\"\ntitle = \"Title\"\nprovenance = \"Written for a test.\"\n+++\n{body}\n"
        );
        let source = Source::new(format!("clauses/master/{id}.md"), text);
        let clause = clause::read(&source, Trust::Check, &mut report).expect("a clause");
        clauses.insert(id.to_owned(), clause);
    }
    let read: Vec<Read<'_>> = clauses.values().map(Read::new).collect();
    super::terms::check(&read, &mut report);
    let sorted = report.sorted().into_iter();
    sorted
        .map(|found| format!("{} {}", found.code, found.at.text()))
        .collect()
}

#[test]
fn a_term_is_defined_and_used() {
    let defined = "**“Loss”** means harm. **“Duty of Care”** means care.";
    let none: [&str; 0] = [];
    assert_eq!(
        terms(
            defined,
            "It bears Losses by a Duty of Care and that Duty of Care."
        ),
        none
    );
    assert_eq!(
        terms(defined, "It has a Duty of Care."),
        ["unused-term “Loss”"]
    );
    assert_eq!(
        terms(
            "It names a Gain.",
            "Then it shares Gains in English and in May with the United Nations."
        ),
        ["undefined-term Gain"]
    );
    assert_eq!(
        terms(
            "It pays the Net Gain.",
            "A share of the Net Gain. Gain is good."
        ),
        ["undefined-term Net Gain"]
    );
}
