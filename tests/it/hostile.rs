//! Free text of a deal made of Markdown, HTML, templates and worse: it is printed as text, or refused by name.
//!
//! The same deal is drafted with a plain text and with a hostile one. What is written must have the same
//! structure to our reader, to another reader of Markdown and to a reader of HTML, and must hold the hostile
//! text letter by letter wherever the plain one stood. `PROPTEST_CASES` asks for more random texts.

use crate::kit::{self, Made};
use crate::plain;
use engross::deal;
use engross::deal::shape::Shape;
use engross::document::{Block, Inline, List, Section, Table, read};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A place in a deal file.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// The places of all free texts that are printed or may be, in the order of the shape.
fn free_texts(value: &toml::Value, shape: Shape, at: &[Step], found: &mut Vec<Vec<Step>>) {
    let under = |step: Step| [at, &[step]].concat();
    match (shape.present(), value) {
        (Shape::Leaf(leaf), toml::Value::String(_))
            if leaf.pattern.is_empty() && leaf.choices.is_empty() && leaf.names.is_none() =>
        {
            found.push(at.to_vec());
        }
        (Shape::Leaf(leaf), toml::Value::Table(table)) if leaf.is_reason() => {
            assert!(table.contains_key("share"));
            found.push(under(Step::Key("share".to_owned())));
        }
        (Shape::Record(record), toml::Value::Table(table)) => {
            for field in record.fields {
                if let Some(value) = table.get(field.key) {
                    free_texts(
                        value,
                        field.shape,
                        &under(Step::Key(field.key.to_owned())),
                        found,
                    );
                }
            }
        }
        (Shape::List(each), toml::Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                free_texts(value, *each, &under(Step::Index(index)), found);
            }
        }
        _ => {}
    }
}

fn leaf<'v>(deal: &'v mut toml::Value, at: &[Step]) -> &'v mut toml::Value {
    at.iter().fold(deal, |value, step| match step {
        Step::Key(key) => value.get_mut(key).expect("the key"),
        Step::Index(index) => value.get_mut(index).expect("the item"),
    })
}

fn sample() -> (toml::Value, Vec<Vec<Step>>) {
    let table: toml::Table = kit::SAMPLE.parse().expect("the sample is TOML");
    let deal = toml::Value::Table(table);
    let mut found = Vec::new();
    free_texts(&deal, deal::SHAPE, &[], &mut found);
    (deal, found)
}

/// The sample with these texts at these places.
fn with(texts: &BTreeMap<usize, String>) -> String {
    let (mut deal, places) = sample();
    for (place, text) in texts {
        *leaf(&mut deal, &places[*place]) = toml::Value::String(text.clone());
    }
    toml::to_string(&deal).expect("a deal can be written")
}

/// The number of the free text at this path, such as `party.0.name`.
fn number(path: &str) -> usize {
    let (_, places) = sample();
    let shown = |steps: &Vec<Step>| {
        let keys: Vec<String> = steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.clone(),
                Step::Index(index) => index.to_string(),
            })
            .collect();
        keys.join(".")
    };
    let found = places.iter().position(|steps| shown(steps) == path);
    found.unwrap_or_else(|| panic!("{path} is no free text"))
}

/// The shape of a document without its words and without where its references lead.
fn skeleton(section: &Section, out: &mut String) {
    out.push_str("\nsection ");
    words(&section.title, out);
    blocks(&section.blocks, out);
    for section in &section.sections {
        skeleton(section, out);
    }
    out.push_str("\nend");
}

fn blocks(all: &[Block], out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(inner) => {
                out.push_str("\nparagraph ");
                words(inner, out);
            }
            Block::List(List { items, .. }) => {
                out.push_str("\nlist");
                for item in items {
                    out.push_str("\nitem");
                    blocks(item, out);
                }
                out.push_str("\nend");
            }
            Block::Table(Table {
                caption,
                columns,
                rows,
                ..
            }) => {
                out.push_str("\ntable ");
                words(caption, out);
                for column in columns {
                    out.push_str("\ncolumn ");
                    words(&column.heading, out);
                }
                for cell in rows.iter().flatten() {
                    out.push_str("\ncell ");
                    words(cell, out);
                }
            }
            Block::Note(inner) => {
                out.push_str("\nnote");
                blocks(inner, out);
                out.push_str("\nend");
            }
            Block::Inert(_) => out.push_str("\ninert"),
        }
    }
}

fn words(all: &[Inline], out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(_) => out.push('t'),
            Inline::Strong(inner) => {
                out.push('<');
                words(inner, out);
                out.push('>');
            }
            Inline::Emphasis(inner) => {
                out.push('(');
                words(inner, out);
                out.push(')');
            }
            Inline::Reference(_) => out.push('r'),
            Inline::Definition(_) => out.push('d'),
            Inline::Link { .. } => out.push('l'),
            Inline::Inert(_) => out.push('x'),
            Inline::Enumerator(_) => out.push('#'),
        }
    }
}

/// What readers see of everything that is written.
struct Seen {
    /// For each file and reader, the structure.
    structure: BTreeMap<String, String>,
    /// For each file and reader, the text.
    text: BTreeMap<String, String>,
}

fn seen(made: &Made) -> Seen {
    let mut seen = Seen {
        structure: BTreeMap::new(),
        text: BTreeMap::new(),
    };
    for (name, text) in made.files() {
        // The other lone parts are made of the same words by the same code.
        let (part, _) = name.rsplit_once('.').expect("an ending");
        if !matches!(part, "agreement" | "exhibit-economics") {
            continue;
        }
        if name.ends_with(".md") {
            let ours = read::document(part, &text)
                .unwrap_or_else(|complaints| panic!("{name}: {complaints:#?}"));
            let mut structure = String::new();
            skeleton(&ours.root, &mut structure);
            let ours = plain::words(&ours);
            let (theirs, other) = plain::comrak(&text);
            seen.structure.insert(format!("{name} (ours)"), structure);
            seen.text.insert(format!("{name} (ours)"), ours);
            seen.structure.insert(format!("{name} (comrak)"), theirs);
            seen.text.insert(format!("{name} (comrak)"), other);
        } else {
            let (tags, words) = plain::html(&text);
            seen.structure.insert(name.clone(), tags);
            seen.text.insert(name, words);
        }
    }
    seen
}

/// Expects that hostile texts change nothing but the words. Each text holds a mark that nothing else holds.
fn harmless(texts: &BTreeMap<usize, String>, marks: &BTreeMap<usize, String>) {
    let plain = with(marks);
    let made = kit::draft(&plain);
    assert!(made.draft.is_some(), "{}", made.findings());
    let before = seen(&made);
    let made = kit::draft(&with(texts));
    assert!(made.draft.is_some(), "{texts:?}\n{}", made.findings());
    let after = seen(&made);
    for (reader, structure) in &before.structure {
        if let Some(difference) = kit::difference(reader, structure, &after.structure[reader]) {
            panic!("{texts:?}\n{difference}");
        }
    }
    let mut printed = 0;
    for (place, text) in texts {
        let mark = &marks[place];
        for (reader, plain) in &before.text {
            let expected = plain.matches(mark.as_str()).count();
            let found = after.text[reader].matches(text.as_str()).count();
            assert_eq!(found, expected, "{text:?} in {reader}");
            printed += expected;
        }
    }
    assert!(printed > 0);
}

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
