//! Headings to a tree of sections, with names made from titles.

use crate::document::{Anchor, Block, Inline, Label, Section, walk};
use std::collections::BTreeMap;

/// A tree of sections in the making.
pub(super) struct Outline {
    /// The open sections: the document itself, then one for each level.
    open: Vec<Section>,
}

impl Default for Outline {
    fn default() -> Outline {
        Outline {
            open: vec![section(Vec::new())],
        }
    }
}

fn section(title: Vec<Inline>) -> Section {
    Section {
        // Names are given when the whole tree is there.
        anchor: name("section"),
        label: Label::Title,
        title,
        blocks: Vec::new(),
        sections: Vec::new(),
    }
}

fn name(text: &str) -> Anchor {
    text.parse().expect("lower-case words with hyphens")
}

impl Outline {
    pub(super) fn block(&mut self, block: Block) {
        if let Some(section) = self.open.last_mut() {
            section.blocks.push(block);
        }
    }

    /// Opens a section; levels between it and the one around it are sections without a title.
    pub(super) fn heading(&mut self, level: usize, title: Vec<Inline>) {
        while self.open.len() > level {
            self.close();
        }
        while self.open.len() < level {
            self.open.push(section(Vec::new()));
        }
        self.open.push(section(title));
    }

    fn close(&mut self) {
        if let Some(section) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.sections.push(section);
        }
    }

    pub(super) fn finish(mut self) -> Section {
        while self.open.len() > 1 {
            self.close();
        }
        let mut root = self.open.pop().unwrap_or_else(|| section(Vec::new()));
        promote(&mut root);
        Names::of(&root).give(&mut root);
        root
    }
}

/// Makes the only heading of the first level the title of the whole, if nothing stands before it.
fn promote(root: &mut Section) {
    let lone = root.blocks.is_empty()
        && root.sections.len() == 1
        && root
            .sections
            .iter()
            .all(|section| !section.title.is_empty());
    if lone && let Some(only) = root.sections.pop() {
        *root = only;
    }
}

/// Puts the title of `root` under an empty one: a document of the same shape as one that has several.
pub(super) fn demote(root: &mut Section) {
    if !root.title.is_empty() {
        let only = std::mem::replace(root, section(Vec::new()));
        root.sections.push(only);
    }
    Names::of(root).give(root);
}

/// How often each plain name is wanted, and which names are taken.
struct Names {
    wanted: BTreeMap<String, usize>,
    taken: BTreeMap<String, usize>,
}

impl Names {
    fn of(root: &Section) -> Names {
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for section in walk::sections(root) {
            *wanted.entry(slug(section)).or_default() += 1;
        }
        Names {
            wanted,
            taken: BTreeMap::new(),
        }
    }

    fn give(&mut self, root: &mut Section) {
        root.anchor = self.next(&slug(root));
        let parent = root.anchor.clone();
        for child in &mut root.sections {
            self.under(&parent, child);
        }
    }

    /// A title that stands in several places goes by the section around it as well.
    fn under(&mut self, parent: &Anchor, section: &mut Section) {
        let plain = slug(section);
        let shared = self.wanted.get(&plain).is_some_and(|count| *count > 1);
        let long = format!("{parent}-{plain}");
        section.anchor = self.next(if shared && long.len() < 200 {
            &long
        } else {
            &plain
        });
        let anchor = section.anchor.clone();
        for child in &mut section.sections {
            self.under(&anchor, child);
        }
    }

    fn next(&mut self, plain: &str) -> Anchor {
        let mut candidate = plain.to_owned();
        loop {
            let count = self.taken.entry(plain.to_owned()).or_default();
            *count += 1;
            if *count > 1 {
                candidate = format!("{plain}-{count}");
                if self.taken.contains_key(&candidate) {
                    continue;
                }
                self.taken.insert(candidate.clone(), 1);
            }
            return name(&candidate);
        }
    }
}

/// The words of a title joined by hyphens, without a typed number.
fn slug(section: &Section) -> String {
    let mut text = String::new();
    walk::leaves(&section.title, &mut |leaf| match leaf {
        Inline::Text(piece) => text.push_str(piece),
        Inline::Enumerator(_)
        | Inline::Inert(_)
        | Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Reference(_)
        | Inline::Definition(_)
        | Inline::Link { .. } => {}
    });
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    let slug = words.take(12).collect::<Vec<_>>().join("-");
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}
