//! The page as a whole: a sample to look at, and what no text may do to it.

mod contrast;
pub(in crate::write) mod tokens;

use super::svg::samples;
use super::*;
use crate::document::read;
use crate::document::resolve::{Lone, Package, Resolved, Words, resolve};
use crate::document::{Align, Block, Column, Document, Inline, Label, List, Section, Table};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The sample, written for people: `{name}` in headings, `~` for a no-break space.
const SAMPLE: &str = include_str!("tests/sample.md");

/// The sample as the Markdown that [`read::document`] takes.
fn markdown() -> String {
    let mut out = String::new();
    for line in SAMPLE.lines() {
        match line
            .split_once('{')
            .filter(|(marks, _)| line.starts_with('#') && marks.ends_with("# "))
        {
            Some((marks, rest)) => {
                let (name, title) = rest.split_once("} ").expect("a name");
                write!(out, "{marks}<a id=\"{name}\"></a>{title}").expect("a string");
            }
            None if line == "RACI_TABLE" => out.push_str(&raci_table()),
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out.replace('~', "\u{A0}")
}

fn raci_table() -> String {
    let mut out = "*Tasks and roles* {#figure-raci}\n\n| Task |".to_owned();
    for (party, roles) in samples::ROLES {
        for role in roles {
            let party = party.split(' ').next().unwrap_or_default();
            write!(out, " {party}: {role} |").expect("a string");
        }
    }
    out.push_str("\n|---|:-:|:-:|:-:|:-:|:-:|:-:|\n");
    for (task, letters) in samples::TASKS {
        write!(out, "| {task} |").expect("a string");
        for letter in letters {
            write!(out, " {letter} |").expect("a string");
        }
        out.push('\n');
    }
    out
}

fn words() -> Words {
    Words {
        section: "Section".to_owned(),
        exhibit: "Exhibit".to_owned(),
        of: "of".to_owned(),
        the: "the".to_owned(),
        this: "this".to_owned(),
        this_exhibit: "this Exhibit".to_owned(),
    }
}

fn sample() -> Resolved {
    let document = read::document("agreement", &markdown()).expect("the sample reads");
    let lone = |name: &str, anchor: &str| Lone {
        name: name.to_owned(),
        anchor: anchor.parse().expect("an anchor"),
    };
    let package = Package {
        documents: vec![document],
        lone: vec![
            lone("exhibit-economics", "economics"),
            lone("key-terms-page", "key-terms"),
        ],
    };
    resolve(package, words()).expect("the sample resolves")
}

fn pictures() -> Pictures {
    let mut pictures = Pictures::new();
    for (name, picture) in samples::all() {
        pictures.insert(name.parse().expect("an anchor"), picture);
    }
    pictures
}

fn page(name: &str) -> String {
    let resolved = sample();
    html(
        &resolved.part(name).expect("a part"),
        &pictures(),
        &Look::default(),
    )
}

/// Writes the sample to `target/demo`, for people and `scripts/browser-test` to look at.
#[test]
#[ignore = "writes files; run it to look at them"]
#[allow(clippy::disallowed_methods, reason = "a person asked for files")]
fn demo() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/demo");
    std::fs::create_dir_all(&folder).expect("a folder");
    let resolved = sample();
    for part in resolved.parts() {
        let page = html(&part, &pictures(), &Look::default());
        std::fs::write(folder.join(format!("{}.html", part.name())), page).expect("a file");
    }
}

#[test]
fn a_page_is_small_complete_and_the_same_every_time() {
    let one = page("agreement");
    assert_eq!(one, page("agreement"));
    assert!(one.len() < 300 * 1024, "{} bytes", one.len());
    for outside in ["http://", "<link", "@import", "src=", "url(http"] {
        assert!(!one.contains(outside), "{outside}");
    }
    assert!(one.contains("<h4><span class=\"number\">3.2</span> Notice of non-renewal "));
    assert!(one.contains("<span class=\"label\">(iii)</span>"));
    assert!(one.contains(
        "<a class=\"ref\" href=\"#term-notice\">Section 3.2 (Notice of non-renewal)</a>"
    ));
    assert!(one.contains("<div class=\"note\" role=\"note\">"));
}

#[test]
fn a_part_alone_links_into_the_agreement() {
    let exhibit = page("exhibit-economics");
    let (_, heading) = exhibit.split_once("<h1>").expect("a title");
    assert!(heading.starts_with(
        "<span class=\"number\">Exhibit A<span class=\"colon\">:</span></span> Economics"
    ));
    let terms = page("key-terms-page");
    assert!(terms.contains("href=\"agreement.html#law\""));
}

#[test]
fn headings_skip_no_level_and_names_are_given_once() {
    for name in ["agreement", "exhibit-economics", "key-terms-page"] {
        let page = page(name);
        let tokens = tokens::of(&page);
        let mut last = 0;
        let mut names = BTreeSet::new();
        let mut open = Vec::new();
        for token in &tokens {
            match token {
                tokens::Token::Open {
                    name,
                    attributes,
                    empty,
                } => {
                    if let Some(level) = name
                        .strip_prefix('h')
                        .and_then(|level| level.parse::<u8>().ok())
                    {
                        assert!(level <= last + 1, "h{level} after h{last}");
                        last = level;
                    }
                    if let Some((_, id)) = attributes.iter().find(|(key, _)| key == "id") {
                        assert!(names.insert(id.clone()), "two elements named {id}");
                    }
                    if !empty {
                        open.push(name.clone());
                    }
                }
                tokens::Token::Close(name) => assert_eq!(open.pop().as_ref(), Some(name)),
                tokens::Token::Text(_) => {}
            }
        }
        assert!(open.is_empty(), "left open: {open:?}");
    }
}

/// A document that has `text` in every place that takes words.
fn hostile(text: &str) -> Resolved {
    let words = || vec![Inline::Text(text.to_owned())];
    let all = vec![
        Inline::Text(text.to_owned()),
        Inline::Strong(words()),
        Inline::Emphasis(words()),
        // Not used anywhere, or its uses would become links.
        Inline::Definition(format!("{text} as defined")),
        Inline::Link {
            url: format!("https://example.org/{text}"),
            text: text.to_owned(),
        },
        Inline::Link {
            url: format!("javascript:{text}"),
            text: text.to_owned(),
        },
    ];
    let column = |align| Column {
        heading: words(),
        align,
    };
    let root = Section {
        anchor: "root".parse().expect("an anchor"),
        label: Label::Exhibit,
        title: words(),
        blocks: vec![
            Block::Paragraph(all),
            Block::List(List {
                ordered: true,
                items: vec![vec![Block::Paragraph(words())]],
            }),
            Block::Note(vec![Block::Paragraph(words())]),
            Block::Table(Table {
                anchor: None,
                caption: words(),
                columns: vec![
                    column(Align::Start),
                    column(Align::Center),
                    column(Align::End),
                ],
                rows: vec![vec![words(), words(), words()]],
            }),
        ],
        sections: Vec::new(),
    };
    let document = Document {
        name: "page".to_owned(),
        imprint: Some(text.to_owned()),
        root,
    };
    let package = Package {
        documents: vec![document],
        lone: Vec::new(),
    };
    resolve(package, words_of(text)).expect("no references")
}

/// The words of references, all of them `text`.
fn words_of(text: &str) -> Words {
    let mut given = words();
    text.clone_into(&mut given.exhibit);
    given
}

proptest! {
    #[test]
    fn no_text_becomes_anything_else(text in hostile_text()) {
        // Of the same length: which columns stay on one line hangs on it.
        let plain = hostile(&"x".repeat(text.chars().count()));
        let spoiled = hostile(&text);
        let write = |resolved: &Resolved| {
            let page = html(&resolved.part("page").expect("a part"), &Pictures::new(), &Look::default());
            tokens::of(&page)
        };
        let (plain, spoiled) = (write(&plain), write(&spoiled));
        // The same tags with the same attributes, whatever the words are.
        let shape = |tokens: &[tokens::Token]| -> Vec<String> {
            tokens.iter().filter_map(tokens::Token::shape).collect()
        };
        prop_assert_eq!(shape(&plain), shape(&spoiled));
        // And the words come back as they went in, but for those that no page may hold.
        let shown: String = text.chars().map(markup::harmless).collect();
        let found = spoiled.iter().filter(|token| matches!(token, tokens::Token::Text(words) if words.contains(&shown)));
        prop_assert!(found.count() >= 12);
    }
}

pub(in crate::write) fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{1,8}",
        Just("</style>".to_owned()),
        Just("</script><script>alert(1)</script>".to_owned()),
        Just("--><!--".to_owned()),
        Just("]]>".to_owned()),
        Just("\" onclick=\"x".to_owned()),
        Just("&lt;&#39;&amp".to_owned()),
        Just("\u{202E}".to_owned()),
        Just("\u{2066}é日".to_owned()),
        Just("\\22 }</title>".to_owned()),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| format!("a{}z", pieces.concat()))
}
