//! What is written for the sample: it reads back, its references lead where they say, and nothing is left over.

use crate::kit::{self, Made};
use crate::plain;
use engross::document::resolve::{Lone, Package, resolve};
use engross::document::{Inline, read, walk};
use engross::write;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let made = kit::draft(&kit::SAMPLE);
    assert_eq!(made.findings(), "");
    made
});

fn markdown() -> impl Iterator<Item = (String, String)> {
    MADE.files()
        .into_iter()
        .filter(|(name, _)| name.ends_with(".md"))
}

#[test]
fn every_file_reads_back_to_its_tree() {
    let draft = MADE.draft.as_ref().expect("a draft");
    let files = MADE.files();
    for part in draft.resolved.parts() {
        let written = &files[&format!("{}.md", part.name())];
        let read = read::document(part.name(), written).expect("it can be read");
        assert!(read.root == *part.root(), "{}", part.name());
        assert_eq!(read.imprint.as_deref(), part.imprint());
    }
}

#[test]
fn what_is_read_back_is_written_with_the_same_bytes() {
    let draft = MADE.draft.as_ref().expect("a draft");
    let files = MADE.files();
    let whole = read::document("agreement", &files["agreement.md"]).expect("it can be read");
    let lone = draft
        .resolved
        .parts()
        .skip(1)
        .map(|part| Lone {
            name: part.name().to_owned(),
            anchor: part.root().anchor.clone(),
        })
        .collect();
    let package = Package {
        documents: vec![whole],
        lone,
    };
    let again =
        resolve(package, draft.resolved.words().clone()).expect("every reference leads somewhere");
    let mut parts = 0;
    for part in again.parts() {
        let name = format!("{}.md", part.name());
        let difference = kit::difference(&name, &files[&name], &write::markdown(&part));
        assert_eq!(difference, None);
        parts += 1;
    }
    assert_eq!(parts, draft.resolved.parts().count());
}

/// The headings of a Markdown file by their names, as they are printed: "9.1 Cap on liability".
fn headings(text: &str) -> BTreeMap<&str, String> {
    let mut headings = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('#')) {
        let (_, rest) = line.split_once("<a id=\"").expect("a name");
        let (name, title) = rest.split_once("\"></a>").expect("a name");
        let title = title.trim_end_matches('\u{a0}').replace('\u{a0}', " ");
        assert!(headings.insert(name, title).is_none(), "{name} twice");
    }
    headings
}

/// The links of a Markdown file: what they show and where they lead.
fn links(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('[').skip(1).filter_map(|rest| {
        let (shown, rest) = rest.split_once("](")?;
        Some((shown, rest.split_once(')')?.0))
    })
}

/// Every "Section n (Title)" and "Exhibit X (Title)", in the text of every file, is the heading that it leads to.
#[test]
fn every_printed_reference_agrees_with_its_heading() {
    let files: BTreeMap<String, String> = markdown().collect();
    let mut sections = 0;
    let mut exhibits = 0;
    let mut across = 0;
    for (file, text) in &files {
        for (shown, target) in links(text) {
            let Some((to, name)) = target.split_once('#') else {
                assert!(
                    target.starts_with("https:") || target.starts_with("mailto:"),
                    "{target}"
                );
                continue;
            };
            let to = if to.is_empty() { file } else { to };
            across += usize::from(to != file);
            let there = files.get(to).unwrap_or_else(|| panic!("{to} in {file}"));
            let headings = headings(there);
            let Some(heading) = headings.get(name) else {
                // A table: its caption is what is shown.
                let mark = format!("<a id=\"{name}\"></a>");
                let caption = there.split(&mark).nth(1).expect(name);
                assert!(
                    caption
                        .lines()
                        .next()
                        .is_some_and(|line| line.contains(shown)),
                    "{shown}"
                );
                continue;
            };
            if let Some(rest) = shown.strip_prefix("Section ") {
                let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                // A section that is alone under its parent goes by the parent's number and title.
                let own = heading.starts_with(|letter: char| letter.is_ascii_digit());
                let own = if own { heading } else { parent(there, name) };
                let (label, title) = own.split_once([' ', '\u{a0}']).expect("a number");
                assert_eq!(label.trim_end_matches('.'), number, "{shown}: {own}");
                if rest.starts_with('(') {
                    assert!(rest.starts_with(&format!("({title})")), "{shown}: {own}");
                }
                sections += 1;
            } else if let Some((exhibit, number)) =
                shown.split_once(", ").filter(|_| !shown.contains('('))
            {
                // In short, where the row says what it is about.
                let own = heading.starts_with(|letter: char| letter.is_ascii_digit());
                let own = if own { heading } else { parent(there, name) };
                let (label, _) = own.split_once([' ', '\u{a0}']).expect("a number");
                assert_eq!(label.trim_end_matches('.'), number, "{shown}: {own}");
                let (before, _) = there
                    .split_once(&format!("<a id=\"{name}\"></a>"))
                    .expect(name);
                let mut above = before.lines().rev();
                let home = above.find(|line| line.starts_with("# ") || line.starts_with("## "));
                let home = home
                    .and_then(|line| line.split_once("</a>"))
                    .expect("a part")
                    .1;
                assert!(home.starts_with(exhibit), "{shown}: {home}");
                exhibits += 1;
            } else if let Some(rest) = shown.strip_prefix("Exhibit ") {
                let (letter, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                let (label, title) = heading
                    .split_once(": ")
                    .unwrap_or_else(|| panic!("{shown}: {heading}"));
                assert_eq!(label, format!("Exhibit {letter}"), "{shown}: {heading}");
                assert!(
                    rest.is_empty() || rest == format!("({title})"),
                    "{shown}: {heading}"
                );
                exhibits += 1;
            } else if shown != "this Exhibit" {
                let title = shown.trim_start_matches("this ").trim_start_matches("the ");
                assert_eq!(title, heading, "{shown}");
            }
        }
    }
    assert!(
        sections > 100 && exhibits > 30 && across > 30,
        "{sections} {exhibits} {across}"
    );
}

/// The heading above the one with this name that has a number.
fn parent<'t>(text: &'t str, name: &str) -> &'t str {
    let (before, _) = text
        .split_once(&format!("<a id=\"{name}\"></a>"))
        .expect(name);
    let above = before
        .lines()
        .rev()
        .filter(|line| line.starts_with('#'))
        .skip(1);
    let mut numbered = above
        .filter_map(|line| line.split_once("</a>"))
        .map(|(_, title)| title);
    numbered
        .find(|title| title.starts_with(|letter: char| letter.is_ascii_digit()))
        .expect("a number above it")
}

/// The text of every file as its reader sees it, by name.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, text) in MADE.files() {
        let text = if name.ends_with(".md") {
            plain::comrak(&text).1
        } else {
            plain::html(&text).1
        };
        texts.push((name, text));
    }
    texts
}

#[test]
fn nothing_is_left_over_in_what_is_printed() {
    const LEFTOVERS: &[&str] = &[
        "{{",
        "}}",
        "{%",
        "%}",
        "{!",
        "!}",
        "{#",
        "[](",
        "](",
        "**",
        "\\",
        " ,",
        " .",
        " ;",
        " :",
        "..",
        ",,",
        ", .",
        "()",
        "( ",
        " )",
        "“”",
        " the the ",
        "The the ",
        " a a ",
        " of of ",
        " and and ",
        " to to ",
        " is is ",
        " in in ",
        "\u{fffd}",
    ];
    const WORDS: &[&str] = &[
        "None",
        "undefined",
        "null",
        "false",
        "NaN",
        "TODO",
        "FIXME",
        "XXX",
        "lorem",
    ];
    for (name, text) in texts() {
        for line in text.lines() {
            for leftover in LEFTOVERS {
                assert!(!line.contains(leftover), "`{leftover}` in {name}: {line}");
            }
            // A sentence may ask whether something is true.
            assert_ne!(line.trim(), "true", "{name}");
            for word in line.split(|letter: char| !letter.is_alphanumeric()) {
                assert!(!WORDS.contains(&word), "`{word}` in {name}: {line}");
            }
        }
    }
}

/// Spaces that come from a line that was left out. Pages are indented, so only Markdown tells.
#[test]
fn no_two_spaces_stand_side_by_side() {
    for (name, text) in markdown() {
        for line in text.lines() {
            // A cell may be empty.
            let inner = line.trim_start().replace("|  ", "| ");
            assert!(!inner.contains("  "), "{name}: {line}");
            assert_eq!(line.trim_end_matches(' '), line, "{name}: {line}");
        }
        assert!(!text.contains("\n\n\n"), "{name}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
    }
}

#[test]
fn quotation_marks_are_curly() {
    for (name, text) in texts() {
        for line in text.lines() {
            assert!(!line.contains(['"', '\'']), "{name}: {line}");
        }
    }
}

/// The words of every clause, every wording, with their tags taken out.
#[test]
fn the_library_has_no_straight_quotation_marks() {
    for clause in kit::LIBRARY.clauses.values() {
        for variant in &clause.variants {
            let mut rest = variant.body.text();
            while !rest.is_empty() {
                let open = rest.find('{').unwrap_or(rest.len());
                let words = &rest[..open];
                let id = clause.id.as_str();
                assert!(!words.contains(['"', '\'']), "{id}: {words}");
                let tag = &rest[open..];
                let close = ["}}", "%}", "!}"]
                    .iter()
                    .filter_map(|mark| tag.find(mark))
                    .min();
                rest = close.map_or("", |close| &tag[close + 2..]);
            }
        }
    }
}

/// Sentences end, and the next begins with a capital: a tag at either edge can drop a full stop.
#[test]
fn paragraphs_of_the_agreement_are_whole_sentences() {
    let draft = MADE.draft.as_ref().expect("a draft");
    let mut odd = Vec::new();
    for document in draft.resolved.documents() {
        for section in walk::sections(&document.root).skip(1) {
            walk::runs(&section.blocks, &mut |words| {
                let text = walk::text(words);
                let joined = text
                    .as_bytes()
                    .windows(3)
                    .any(|three| matches!(three, [a, b'.', c] if a.is_ascii_lowercase() && c.is_ascii_uppercase()));
                let only_reference = matches!(words, [Inline::Reference(_)]);
                if joined && !only_reference {
                    odd.push(format!("{}: {text}", section.anchor));
                }
            });
        }
    }
    assert_eq!(odd, [] as [String; 0]);
}

/// The sample and every small deal that is good: a clause whose every condition fails would leave its heading.
#[test]
fn no_heading_stands_over_nothing() {
    let mut deals = vec![("the sample".to_owned(), kit::SAMPLE.clone())];
    for (path, bytes) in kit::files(&kit::root().join("tests/cases/good")) {
        // A deal that is compared with a term sheet need not be whole.
        if path.ends_with("deal.toml") && !path.starts_with("term-sheet/") {
            deals.push((path, String::from_utf8(bytes).expect("text")));
        }
    }
    let mut empty = Vec::new();
    for (name, deal) in deals {
        let made = kit::draft(&deal);
        let Some(draft) = &made.draft else {
            panic!("{name}: {}", made.findings());
        };
        for document in draft.resolved.documents() {
            for section in walk::sections(&document.root) {
                if section.blocks.is_empty() && section.sections.is_empty() {
                    empty.push(format!("{name}: {}", section.anchor));
                }
            }
        }
    }
    assert_eq!(empty, [] as [String; 0]);
}
