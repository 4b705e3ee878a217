use super::Form;
use super::{Lone, Package, Resolved, Trouble, resolve};
use crate::document::arbitrary::{anchor, words};
use crate::document::{Document, read, walk};
use crate::write::markdown;
use std::collections::BTreeMap;

const AGREEMENT: &str = "\
# Partnership Agreement {#agreement}

*Draft 3*

## Key Terms {#key-terms}

[](#liability), [](#tiers), [](#economics), [](#master)

## Master Agreement\u{a0} {#master}

### 0\u{a0}Scope {#scope}

[](#liability), [](#cap), [](#tiers), [](#economics), [](#key-terms), [](#master), [](#payout), [](#bare)

### 0\u{a0}Limitation of Liability {#liability}

#### 0\u{a0}Cap {#cap}

## X:\u{a0}Economics {#economics}

### 0\u{a0}Payment {#payment}

### 0\u{a0}Tiers {#tiers}

*Payout by volume* {#payout}

| Volume |
|---|

{#bare}

| Volume |
|---|

[](#tiers), [](#cap), [](#economics), [](#plan), [](#steps), [](#payout)

## X:\u{a0}Plan {#plan}

### 0\u{a0}Steps {#steps}

[](#tiers)

## Signatures {#signatures}
";

fn package(markdown: &str) -> Package {
    Package {
        documents: vec![read::document("agreement", markdown).unwrap()],
        lone: vec![Lone {
            name: "exhibit-economics".into(),
            anchor: anchor("economics"),
        }],
    }
}

fn resolved() -> Resolved {
    resolve(package(AGREEMENT), words()).unwrap()
}

/// The references of `part` as Markdown, in the section `from`.
fn printed(part: &str, from: &str) -> Vec<String> {
    let resolved = resolved();
    let part = resolved.part(part).unwrap();
    let from = walk::sections(part.root())
        .find(|section| section.anchor.as_str() == from)
        .unwrap();
    let mut printed = Vec::new();
    walk::runs(&from.blocks, &mut |words| {
        for inline in words {
            if let crate::document::Inline::Reference(to) = inline {
                let shown = part.reference(&from.anchor, to, Form::Full);
                let file = shown
                    .file
                    .map_or(String::new(), |file| format!("{file}.md"));
                printed.push(format!("{} > {file}#{to}", shown.text));
            }
        }
    });
    printed
}

#[test]
fn references_are_worded_for_the_part_that_they_stand_in() {
    assert_eq!(
        printed("agreement", "key-terms"),
        [
            "Section 2 (Limitation of Liability) of the Master Agreement > #liability",
            "Section 2 (Tiers) of Exhibit A > #tiers",
            "Exhibit A (Economics) > #economics",
            "the Master Agreement > #master",
        ]
    );
    assert_eq!(
        printed("agreement", "scope"),
        [
            "Section 2 (Limitation of Liability) > #liability",
            "Section 2 (Limitation of Liability) > #cap",
            "Section 2 (Tiers) of Exhibit A > #tiers",
            "Exhibit A (Economics) > #economics",
            "the Key Terms > #key-terms",
            "this Master Agreement > #master",
            "Payout by volume > #payout",
            "Section 2 (Tiers) of Exhibit A > #bare",
        ]
    );
    assert_eq!(
        printed("exhibit-economics", "tiers"),
        [
            "Section 2 (Tiers) of this Exhibit > #tiers",
            "Section 2 (Limitation of Liability) of the Master Agreement > agreement.md#cap",
            "this Exhibit > #economics",
            "Exhibit B (Plan) > agreement.md#plan",
            "Section 1 (Steps) of Exhibit B > agreement.md#steps",
            "Payout by volume > #payout",
        ]
    );
}

/// The headings of every file, by file and name, and its links, as another reader finds them.
#[test]
fn every_printed_reference_leads_to_its_number_and_title() {
    let resolved = resolved();
    let files: BTreeMap<&str, String> = resolved
        .parts()
        .map(|part| (part.name(), markdown(&part)))
        .collect();
    let heading = |file: &str, name: &str| {
        let mark = format!("<a id=\"{name}\"></a>");
        let found = files[file].split(&mark).nth(1);
        found
            .and_then(|rest| rest.lines().next())
            .map(str::to_owned)
    };
    let mut checked = 0;
    for (file, text) in &files {
        for link in text.split('[').skip(1) {
            let (shown, rest) = link.split_once("](").unwrap();
            let (target, name) = rest.split(')').next().unwrap().split_once('#').unwrap();
            let target = target.strip_suffix(".md").unwrap_or(file);
            let heading = heading(target, name).expect(name);
            let (label, title) = heading
                .trim_end_matches('\u{a0}')
                .split_once('\u{a0}')
                .unwrap_or(("", &heading));
            let label = label.trim_end_matches(['.', ':']);
            // A section that is alone under its parent goes by the parent's number.
            if !label.is_empty() && !shown.starts_with("this ") {
                let number = label.strip_prefix("Exhibit ").unwrap_or(label);
                assert!(
                    shown.contains(&format!("{number} ({title})")),
                    "{shown}: {heading}"
                );
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 13);
}

#[test]
fn what_leads_nowhere_or_two_ways_is_told() {
    let troubles = |markdown: &str, lone: Vec<Lone>| {
        let documents: Vec<Document> = vec![read::document("agreement", markdown).unwrap()];
        resolve(Package { documents, lone }, words())
            .unwrap_err()
            .troubles
    };
    let markdown = "# T {#t}\n\n**“Fee”** [](#gone)\n\n## A {#a}\n\n**“Fee”**\n\n*C* {#a}\n\n| A |\n|---|\n\n## B {#term-fee}\n\n## A {#a}\n";
    let lone = vec![
        Lone {
            name: "agreement".into(),
            anchor: anchor("a"),
        },
        Lone {
            name: "x".into(),
            anchor: anchor("x"),
        },
    ];
    let duplicate = |name: &str, first: &str, again: &str| Trouble::DuplicateAnchor {
        anchor: anchor(name),
        first: anchor(first),
        again: anchor(again),
    };
    assert_eq!(
        troubles(markdown, lone),
        [
            duplicate("a", "a", "a"),
            duplicate("a", "a", "a"),
            duplicate("term-fee", "term-fee", "t"),
            Trouble::DoubledDefinition {
                term: "Fee".into(),
                first: anchor("t"),
                again: anchor("a"),
            },
            Trouble::Dangling {
                from: anchor("t"),
                to: anchor("gone"),
            },
            Trouble::NoSuchPart {
                name: "x".into(),
                anchor: anchor("x"),
            },
            Trouble::DuplicateName {
                name: "agreement".into(),
            },
        ]
    );
}

#[test]
fn numbers_words_and_terms_can_be_asked_for() {
    let resolved = resolved();
    assert_eq!(resolved.numbers().get(&anchor("plan")), Some("B"));
    assert_eq!(resolved.words().of, "of");
    assert_eq!(resolved.terms().list(), []);
    assert_eq!(resolved.parts().count(), 2);
    assert!(resolved.part("exhibit-plan").is_none());
}
