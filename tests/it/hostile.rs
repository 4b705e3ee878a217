//! Free text of a deal made of Markdown, HTML, templates and worse: it is printed as text, or refused by name.
//!
//! The same deal is drafted with a plain text and with a hostile one. What is written must have the same
//! structure to our reader, to another reader of Markdown and to a reader of HTML, and must hold the hostile
//! text letter by letter wherever the plain one stood. `PROPTEST_CASES` asks for more random texts.

mod seen;

use crate::kit;
use proptest::prelude::*;
use seen::{Step, harmless, number, sample, with};
use std::collections::BTreeMap;

/// Names in the sample that are printed as they are, in many places each.
const NAMES: [&str; 6] = [
    "party.0.name",
    "party.0.short",
    "party.1.name",
    "party.1.short",
    "agreement.title",
    "role.0.title",
];

/// Marks for the names above: as wide as the names that are tested.
fn marks(names: &[String]) -> (BTreeMap<usize, String>, BTreeMap<usize, String>) {
    let mut texts = BTreeMap::new();
    let mut marks = BTreeMap::new();
    for ((path, name), letter) in NAMES.into_iter().zip(names).zip('a'..) {
        if is_quoted(path, name) {
            continue;
        }
        let number = number(path);
        let mark = format!("Zq{letter}");
        texts.insert(number, name.replace("Zq", &mark));
        marks.insert(number, mark);
    }
    (texts, marks)
}

/// Whether a name must not have its quotation marks at this path.
fn is_quoted(path: &str, name: &str) -> bool {
    const MARKS: [char; 3] = ['"', '“', '”'];
    if path.ends_with("short") {
        name.contains(MARKS)
    } else {
        path.ends_with("name") && name.starts_with(MARKS) && name.ends_with(MARKS)
    }
}

/// Drafts deals with these names, some in each. A name holds `Zq`, which gets another letter in each place.
///
/// A name that the documents define must not hold quotation marks, and is refused by name.
fn all_harmless(names: &[String]) {
    for name in names.iter().filter(|name| is_quoted("short", name)) {
        let made = kit::draft(&with(&BTreeMap::from([(
            number("party.0.short"),
            name.clone(),
        )])));
        assert!(made.draft.is_none(), "{name}");
        assert!(made.findings().contains("error[quoted-name]"), "{name}");
    }
    for names in names.chunks(NAMES.len()) {
        let (texts, marks) = marks(names);
        harmless(&texts, &marks);
    }
}

const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

#[test]
fn punctuation_at_the_start_of_a_name_is_text() {
    let mut names = Vec::new();
    for mark in PUNCTUATION.chars() {
        names.push(format!("{mark}Zq Inc."));
        names.push(format!("{mark}{mark}Zq Inc."));
        names.push(format!("{mark} Zq Inc."));
    }
    all_harmless(&names);
}

#[test]
fn punctuation_inside_a_name_is_text() {
    let mut names = Vec::new();
    for mark in PUNCTUATION.chars() {
        names.push(format!("Zq{mark}x Inc."));
        names.push(format!("The {mark}Zq{mark} Co."));
        names.push(format!("The {mark}{mark}Zq{mark}{mark} Co."));
    }
    all_harmless(&names);
}

#[test]
fn punctuation_at_the_end_of_a_name_is_text() {
    let mut names = Vec::new();
    for mark in PUNCTUATION.chars() {
        names.push(format!("Zq{mark}"));
        names.push(format!("Zq{mark}{mark}"));
        names.push(format!("Zq {mark}"));
    }
    all_harmless(&names);
}

/// Names as somebody would try them.
const TRIED: &[&str] = &[
    "{{ 7*7 }} Zq Ltd",
    "{% if true %}Zq{% endif %}",
    "{! Zq !} Ltd",
    "{# Zq #}",
    "Zq {#liability}",
    "Zq {#Not a name}",
    "{{ __tera_context }}Zq",
    "<b>Zq</b>",
    "<script>alert(1)</script>Zq",
    "Zq<!-- hidden -->",
    "</title></style></script>Zq",
    "<a id=\"liability\"></a>Zq",
    "<img src=x onerror=alert(1)>Zq",
    "Zq&lt;b&gt;&amp;",
    "&#60;Zq&#62;",
    "Zq | two | three",
    "Zq || x",
    "|---|---| Zq",
    "=SUM(A1:A9) Zq",
    "=Zq",
    "+Zq",
    "@Zq",
    "- Zq",
    "* Zq",
    "1986. Zq __Holdings__ #1 & <Sons>",
    "1) Zq",
    "(a) Zq",
    "# Zq",
    "Zq #",
    "> Zq",
    "> [!NOTE] Zq",
    "```Zq```",
    "`Zq`",
    "~~Zq~~",
    "[x] Zq",
    "[Zq](https://evil.example)",
    "[Zq](javascript:alert(1))",
    "![Zq](https://evil.example/x.png)",
    "[](#liability) Zq",
    "[^1]: Zq",
    "[Zq]: https://evil.example",
    "https://evil.example/Zq",
    "www.Zq.example",
    "Zq@evil.example",
    "**Zq",
    "Zq**",
    "**“Zq”**",
    "“Zq”",
    "_Zq_",
    "Zq_x_y",
    "$Zq$",
    "\\Zq\\",
    "\\*Zq\\*",
    "Zq\\",
    "--- Zq",
    "+++ Zq",
    "Zq: x\\nBEGIN:VALARM",
    "/sn1/ Zq",
    "“Zq",
    "Zq’s",
    "Zq 'n' \"x\"",
    "Größe Zq 日本 株式会社",
    "Zq עברית العربية",
    "Zq \u{1F600}",
    "Zq\u{0301}",
    "Section 1 (Zq)",
];

#[test]
fn names_that_somebody_would_try_are_text() {
    let names: Vec<String> = TRIED.iter().map(|name| (*name).to_owned()).collect();
    all_harmless(&names);
}

#[test]
fn every_free_text_at_once_is_text() {
    // Terms are sorted: the plain text must begin with something that stands where the hostile one does.
    for (before, after, first) in [
        ("*a* | <b>_", "_</b> | {#x} **", "1"),
        ("{{ 7*7 }}\\", "\\{% if x %}`", ""),
        ("[", "](javascript:x) &lt; ~~ =1+1", "1"),
    ] {
        let (_, places) = sample();
        let mut texts = BTreeMap::new();
        let mut marks = BTreeMap::new();
        for (place, steps) in places.iter().enumerate() {
            let is = |key: &str| matches!(steps.last(), Some(Step::Key(last)) if last == key);
            // What a trigger changes a term to is read like the term itself.
            if is("to") {
                continue;
            }
            // An address without this is refused by name.
            let mail = if is("email") { "@x.example" } else { "" };
            let mark = if is("email") {
                format!("zq{place}qz")
            } else {
                format!("§{place}§")
            };
            let mut text = format!("{before}{mark}{after}");
            if is("email") {
                // The marks that an address may have: every other is refused by name.
                text.retain(|letter| {
                    letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter)
                });
            }
            texts.insert(place, format!("{text}{mail}"));
            marks.insert(place, format!("{first}{mark}{mail}"));
        }
        harmless(&texts, &marks);
    }
}

/// What cannot be printed as text is refused, with the character and its place.
#[test]
fn what_cannot_be_seen_is_refused_by_name() {
    for (name, code, point) in [
        ("Zq\u{202e}dtL", "invisible-character", "U+202E"),
        ("Zq\u{200f} Ltd", "invisible-character", "U+200F"),
        ("Z\u{200b}q Ltd", "invisible-character", "U+200B"),
        ("Zq\u{a0}Ltd", "invisible-character", "U+00A0"),
        ("Zq\u{2066}Ltd\u{2069}", "invisible-character", "U+2066"),
        ("Z\u{ad}q Ltd", "invisible-character", "U+00AD"),
        ("Zq\\nLtd", "control-character", "U+000A"),
        ("Zq\\u001bLtd", "control-character", "U+001B"),
        ("Zq\\u2028Ltd", "control-character", "U+2028"),
        ("\\u200b", "invisible-character", "U+200B"),
        ("   ", "empty-text", "empty"),
    ] {
        let deal = kit::SAMPLE.replace(
            "name = \"Tallowmere Analytics, Inc.\"",
            &format!("name = \"{name}\""),
        );
        let line = deal[..deal.find(&format!("name = \"{name}\"")).expect("the name")]
            .matches('\n')
            .count()
            + 1;
        let made = kit::draft(&deal);
        let findings = made.findings();
        assert!(made.draft.is_none(), "{name:?}");
        assert!(findings.contains(&format!("error[{code}]")), "{findings}");
        assert!(findings.contains(point), "{findings}");
        assert!(
            findings.contains(&format!("deal.toml:{line}:")),
            "{findings}"
        );
    }
}

/// A name of letters, figures and any punctuation, around the mark.
fn name() -> impl Strategy<Value = String> {
    let piece = || {
        proptest::string::string_regex("[!-/:-@\\[-`{-~ a-zA-Z0-9“”’é]{0,12}").expect("a pattern")
    };
    (piece(), piece()).prop_map(|(before, after)| format!("{before}Zq{after}").trim().to_owned())
}

fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let usual = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let cases = if asked { usual.cases } else { 16 };
    ProptestConfig {
        cases,
        // Each step drafts two agreements.
        max_shrink_iters: 100,
        ..usual
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_names_are_text(names in proptest::collection::vec(name(), NAMES.len())) {
        all_harmless(&names);
    }
}
