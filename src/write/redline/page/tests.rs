//! The page: that it holds both documents and nothing else, and what no text may do to it.

mod fixture;
mod plain;

use super::*;
use crate::document::resolve::{Package, Resolved, resolve};
use crate::document::{Document, Inline};
use crate::redline::{Body, Piece, arbitrary};
use crate::write::html::markup::harmless;
use crate::write::html::tests::hostile_text;
use crate::write::html::tests::tokens::{self, Token};
use fixture::{anchor, documents, redline, reference_words, resolved};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What the cover says beside the redline.
fn sheet() -> Sheet {
    let text = |words: &str| words.to_owned();
    Sheet {
        terms: vec![
            Term {
                name: text("Time of payment"),
                was: Some(text("30 days")),
                is: Some(text("45 days")),
                effect: vec![text("15 days later")],
                reason: Some(text("Beta’s own customers pay after 40 days.")),
                clause: Some(anchor("payment-time")),
                changes: vec![2],
            },
            Term {
                name: text("Tier Base, upper limit"),
                was: Some(text("EUR 250,000")),
                is: Some(text("EUR 200,000")),
                effect: vec![text("EUR 1,250.00 more at the expected volume")],
                reason: None,
                clause: Some(anchor("tiers")),
                changes: vec![13, 14],
            },
            Term {
                name: text("Interest on late payment"),
                was: None,
                is: Some(text("8% a year")),
                effect: Vec::new(),
                reason: Some(text("Asked for by Acme in round 2.")),
                clause: Some(anchor("late")),
                changes: vec![8],
            },
        ],
        results: Some(Results {
            volumes: vec![text("Low"), text("Expected"), text("High")],
            lines: vec![
                ResultLine {
                    side: text("Beta GmbH, commission"),
                    was: vec![
                        text("EUR 20,000.00"),
                        text("EUR 31,250.00"),
                        text("EUR 154,750.00"),
                    ],
                    is: vec![
                        text("EUR 20,000.00"),
                        text("EUR 32,500.00"),
                        text("EUR 156,000.00"),
                    ],
                },
                ResultLine {
                    side: text("Acme Ltd, margin"),
                    was: vec![
                        text("EUR 61,000.00"),
                        text("EUR 93,750.00"),
                        text("EUR 402,000.00"),
                    ],
                    is: vec![
                        text("EUR 61,000.00"),
                        text("EUR 92,500.00"),
                        text("EUR 400,750.00"),
                    ],
                },
            ],
        }),
    }
}

/// The page of the redline that is written by hand.
fn sample() -> String {
    both(&redline()).0
}

/// Writes the sample to `target/demo`, for people and `scripts/browser-test` to look at.
#[test]
#[ignore = "writes files; run it to look at them"]
#[allow(clippy::disallowed_methods, reason = "a person asked for files")]
fn demo() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/demo-redline");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("redline.html"), sample()).expect("a file");
}

/// The page of `redline`, with the two documents as they are printed.
fn both(redline: &Redline) -> (String, Resolved, Resolved) {
    let (old, new) = documents(redline);
    let (old, new) = (resolved(old), resolved(new));
    let text = {
        let (old, new) = (part(&old), part(&new));
        let old = Side {
            part: &old,
            name: "Draft 3",
            digest: "a41c 77e0",
        };
        let new = Side {
            part: &new,
            name: "Draft 4",
            digest: "5d02 19ab",
        };
        page(redline, old, new, &sheet(), &Look::default())
    };
    (text, old, new)
}

fn part(resolved: &Resolved) -> Part<'_> {
    resolved.parts().next().expect("a document")
}

#[test]
fn without_deletions_it_is_the_new_text_and_without_insertions_the_old_one() {
    let (page, old, new) = both(&redline());
    let (was, is) = (plain::of_part(&part(&old)), plain::of_part(&part(&new)));
    assert_ne!(was, is);
    assert_eq!(plain::of_page(&page, "del"), is);
    assert_eq!(plain::of_page(&page, "ins"), was);
    // What was told apart by a mark alone is one line on the other side.
    assert!(is.contains(&"Amounts are in euros. They are rounded to the cent.".to_owned()));
    assert!(was.contains(&"2.2 Records".to_owned()) && is.contains(&"6. Records".to_owned()));
}

#[test]
fn every_change_has_a_place_and_every_link_leads_to_one() {
    let page = sample();
    let mut names = BTreeSet::new();
    let mut links = Vec::new();
    let mut open = Vec::new();
    let mut last = 0;
    for token in tokens::of(&page) {
        match token {
            Token::Open {
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
                for (key, value) in attributes {
                    match key.as_str() {
                        "id" => assert!(names.insert(value.clone()), "two elements named {value}"),
                        "href" => links.push(value),
                        _other => {}
                    }
                }
                if !empty {
                    open.push(name);
                }
            }
            Token::Close(name) => assert_eq!(open.pop(), Some(name)),
            Token::Text(_) => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for number in 1..=redline().changes.len() {
        assert!(
            names.contains(&format!("c{number}")),
            "change {number} has no place"
        );
        assert!(
            links.contains(&format!("#c{number}")),
            "change {number} is not in the list"
        );
    }
    for link in &links {
        match link.strip_prefix('#') {
            Some(name) => assert!(names.contains(name), "{link} leads nowhere"),
            None => assert!(link.starts_with("https://"), "{link}"),
        }
    }
    // Both ends of the move lead to each other.
    assert!(links.contains(&"#d5".to_owned()));
    // A term leads to its places, and they lead back.
    assert!(
        names.contains("term_2") && links.iter().filter(|link| *link == "#term_2").count() == 2
    );
}

#[test]
fn what_only_follows_is_not_marked() {
    let page = sample();
    assert!(page.contains(
        "<del class=\"auto\">Section 4 (Duties)</del><ins class=\"auto\">Section 5 (Duties)</ins>"
    ));
    assert!(page.contains("<span class=\"number\"><del class=\"auto\">4. </del><ins class=\"auto\">5. </ins></span>Duties"));
    // What is compared is marked with its change; a new item has its own letter.
    assert!(page.contains("<ins class=\"k-s\" data-c=\"9\" id=\"c9\">(b) </ins>"));
    assert!(page.contains("<del class=\"k-s\" data-c=\"2\" id=\"c2\">"));
}

#[test]
fn the_page_asks_nothing_of_anybody() {
    let page = sample();
    assert_eq!(page, sample());
    for outside in [
        "http://",
        "<link",
        "@import",
        " src=\"",
        "url(http",
        "<img",
        "onerror=\"",
        "href=\"javascript",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn the_words_are_complete() {
    assert_eq!(Words::default().next, "Next");
    let text = include_str!("../../../../templates/redline.toml");
    assert!(toml::from_str::<Words>(&text.replace("next = \"Next\"", "")).is_err());
}

/// `redline` with `text` after the words of every piece, and around every other text.
fn spoiled(mut redline: Redline, text: &str) -> Redline {
    let spoil = |pieces: &mut Vec<Piece>| {
        for piece in pieces {
            match &mut piece.leaf {
                Inline::Text(words) | Inline::Inert(words) => words.push_str(text),
                Inline::Link { url, text: words } => {
                    url.push_str(text);
                    words.push_str(text);
                }
                Inline::Reference(_)
                | Inline::Definition(_)
                | Inline::Enumerator(_)
                | Inline::Strong(_)
                | Inline::Emphasis(_) => {}
            }
        }
    };
    for line in &mut redline.lines {
        match &mut line.body {
            Body::Words(pieces) => spoil(pieces),
            Body::Table(table) => {
                spoil(&mut table.caption);
                table
                    .columns
                    .iter_mut()
                    .for_each(|column| spoil(&mut column.heading));
                table
                    .rows
                    .iter_mut()
                    .flat_map(|row| &mut row.cells)
                    .for_each(spoil);
            }
        }
    }
    redline
}

proptest! {
    #[test]
    fn no_text_becomes_anything_else(text in hostile_text()) {
        let write = |text: &str| {
            let redline = spoiled(redline(), text);
            let (old, new) = documents(&redline);
            let (old, new) = (resolved(old), resolved(new));
            let (old, new) = (part(&old), part(&new));
            let old = Side { part: &old, name: text, digest: text };
            let new = Side { part: &new, name: text, digest: text };
            let mut sheet = sheet();
            sheet.terms[0].name = text.to_owned();
            sheet.terms[0].effect = vec![text.to_owned()];
            tokens::of(&page(&redline, old, new, &sheet, &Look::default()))
        };
        let (plain, spoiled) = (write("x"), write(&text));
        let shape = |tokens: &[Token]| -> Vec<String> { tokens.iter().filter_map(Token::shape).collect() };
        prop_assert_eq!(shape(&plain), shape(&spoiled));
        let shown: String = text.chars().map(harmless).collect();
        let found = spoiled.iter().filter(|token| matches!(token, Token::Text(words) if words.contains(&shown)));
        prop_assert!(found.count() >= 40);
    }
}

proptest! {
    /// Of any two documents: the page without one kind of element is the other document.
    #[test]
    fn the_page_of_any_two_documents_holds_both((old, new) in arbitrary::pair()) {
        let of = |document: &Document| {
            let package = Package { documents: vec![document.clone()], lone: Vec::new() };
            resolve(package, reference_words())
        };
        let (Ok(was), Ok(is)) = (of(&old), of(&new)) else {
            // A hand at random may have taken away what a reference leads to.
            return Ok(());
        };
        let redline = crate::redline::redline(&old, &new);
        let (was, is) = (part(&was), part(&is));
        let side = |part| Side { part, name: "x", digest: "y" };
        let page = page(&redline, side(&was), side(&is), &Sheet::default(), &Look::default());
        prop_assert_eq!(plain::of_page(&page, "del"), plain::of_part(&is), "{:#?}", redline.lines);
        prop_assert_eq!(plain::of_page(&page, "ins"), plain::of_part(&was), "{:#?}", redline.lines);
        for number in 1..=redline.changes.len() {
            let place = format!(" id=\"c{number}\"");
            let change = &redline.changes[number - 1];
            prop_assert!(page.contains(&place), "no place for {:?} in {:?}", change, redline.lines.get(change.line));
        }
    }
}
