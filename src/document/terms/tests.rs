use super::{Finding, Terms, circles, findings};
use crate::document::{Anchor, Document, Label, Section, read};

/// A document of one section with these blocks.
fn document(markdown: &str) -> Document {
    let (blocks, complaints) = read::blocks(markdown);
    assert_eq!(complaints, []);
    Document {
        name: "agreement".into(),
        imprint: None,
        root: Section {
            anchor: here(),
            label: Label::Title,
            title: read::line("Termination for Convenience").0,
            blocks,
            sections: Vec::new(),
        },
    }
}

fn here() -> Anchor {
    "here".parse().unwrap()
}

fn found(markdown: &str) -> Vec<String> {
    let documents = [document(markdown)];
    let terms = Terms::of(&documents);
    let circles = circles(&documents, &terms).into_iter().map(|circle| {
        let names: Vec<&str> = circle.iter().map(|term| term.name.as_str()).collect();
        format!("circle {}", names.join(", "))
    });
    let findings = findings(&documents, &terms, &["Acme Widgets Ltd"], None);
    let findings = findings.into_iter().map(|finding| match finding {
        Finding::Unused { term, .. } => format!("unused {term}"),
        Finding::Undefined { phrase, .. } => format!("undefined {phrase}"),
        Finding::Drift {
            written,
            term,
            uses,
            ..
        } => format!("drift {written} for {term}, {uses} uses"),
    });
    circles.chain(findings).collect()
}

fn uses(text: &str) -> Vec<String> {
    let documents = [document(
        "**“Net Revenue”** **“Net Revenue Share”** **“Party”** **“Partner”** **“Change of Control”** **“Tax”** **“Fee”** **“C++ Mark”**",
    )];
    let terms = Terms::of(&documents);
    terms
        .uses(text)
        .map(|(range, term)| format!("{}={}", &text[range], terms.list()[term].anchor))
        .collect()
}

#[test]
fn uses_are_whole_words_the_longest_first() {
    assert_eq!(
        uses(
            "Net Revenue Share, Net Revenue, Partnership, Net Revenue Shareholder, partner, NonPartner Fee"
        ),
        [
            "Net Revenue Share=term-net-revenue-share",
            "Net Revenue=term-net-revenue",
            "Net Revenue=term-net-revenue",
            "Fee=term-fee",
        ]
    );
}

#[test]
fn plural_and_possessive_forms_are_uses() {
    assert_eq!(
        uses("Parties’ Taxes; Partner’s and Partner's Fees on Changes of Control (C++ Marks)"),
        [
            "Parties=term-party",
            "Taxes=term-tax",
            "Partner=term-partner",
            "Partner=term-partner",
            "Fees=term-fee",
            "Changes of Control=term-change-of-control",
            "C++ Marks=term-c-mark",
        ]
    );
}

#[test]
fn a_plural_that_is_a_term_is_not_another_terms_form() {
    let documents = [document("**“Party”** **“Parties”**")];
    let terms = Terms::of(&documents);
    let text = "The Parties and each Party";
    let places: Vec<usize> = terms.uses(text).map(|(_, term)| term).collect();
    assert_eq!(places, [1, 0]);
}

#[test]
fn terms_that_slug_alike_have_names_of_their_own() {
    let documents = [document("**“A-B”** **“A B”** **“A/B”** **“Ü”**")];
    let names: Vec<String> = Terms::of(&documents)
        .list()
        .iter()
        .map(|term| term.anchor.to_string())
        .collect();
    assert_eq!(names, ["term-a-b", "term-a-b-2", "term-a-b-3", "term"]);
}

#[test]
fn a_term_used_only_where_it_is_defined_is_unused() {
    assert_eq!(
        found("**“Fee”** means money. A Fee is due.\n\n**“Tax”** means tax.\n\nPay the Tax."),
        ["unused Fee"]
    );
}

#[test]
fn a_phrase_with_capitals_needs_a_meaning() {
    assert_eq!(
        found(
            "A share of Gross Margin is due to Acme Widgets Ltd on 1 October May. The Long Night. See Termination for Convenience, the Great Northern Road and the Gross Margin."
        ),
        ["undefined Gross Margin", "undefined Great Northern Road"]
    );
}

#[test]
fn a_term_in_other_capitals_drifts() {
    assert_eq!(
        found(
            "**“Net Revenue”** means sales.\n\nA share of Net revenue, of Net Revenue, of NET REVENUE and of net revenue."
        ),
        ["drift Net revenue for Net Revenue, 1 uses"]
    );
    assert_eq!(
        found(
            "**“Net Revenue”** means sales.\n\n**“Net Revenue Share”** means half.\n\nA Net Revenue share is a Net Revenue Share."
        ),
        Vec::<String>::new()
    );
}

#[test]
fn meanings_do_not_run_in_circles() {
    assert_eq!(
        found(
            "**“Sales”** means what Revenue counts.\n\n**“Revenue”** means all Proceeds.\n\n**“Proceeds”** means Sales.\n\n**“Cost”** means what reduces Revenue. Cost is Cost.\n\nCost."
        ),
        ["circle Sales, Revenue, Proceeds"]
    );
    assert_eq!(
        found(
            "The parties (each a **“Party”**) sign this **“Agreement”**.\n\nEach Party keeps the Agreement."
        ),
        Vec::<String>::new()
    );
}

#[test]
fn a_term_may_begin_with_a_mark() {
    let documents = [document("**“@Home”** **“&c.”** **“(New) Fee”** **“Fee”**")];
    let terms = Terms::of(&documents);
    let text = "@Home or x@Home, &c. and a (New) Fee, a Fee.";
    let uses: Vec<&str> = terms.uses(text).map(|(range, _)| &text[range]).collect();
    assert_eq!(uses, ["@Home", "&c.", "(New) Fee", "Fee"]);
}
