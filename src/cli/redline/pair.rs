//! The two documents of a redline, read alike so that they can be compared.

use super::input::Read;
use crate::document::resolve::{Lone, Package, Part, Resolved, Words, resolve};
use crate::document::{Document, Label, read, walk};
use crate::foreign;
use crate::redline::{Redline, accept, reject};
use crate::write::markdown;

/// Both sides.
pub(super) struct Pair {
    pub(super) old: Side,
    pub(super) new: Side,
}

/// One document with its numbers and references.
pub(super) struct Side {
    pub(super) name: String,
    /// The digest as it is printed: `5d02 19ab`.
    pub(super) digest: String,
    /// The SHA-256 of the file.
    pub(super) sha256: String,
    /// Whether it was drafted from a deal.
    pub(super) from_deal: bool,
    /// Whether the strict reader made it: numbers and references are computed.
    pub(super) ours: bool,
    resolved: Resolved,
}

impl Pair {
    /// Documents that are both ours are compared as what they are. If one is not, both are read as anybody's.
    pub(super) fn of(old: &Read, new: &Read, words: &Words) -> Pair {
        let ours = |read: &Read| own(read, words);
        let (resolved_old, resolved_new, ours) = match (ours(old), ours(new)) {
            (Some(old), Some(new)) => (old, new, true),
            (of_old, of_new) => {
                let mut of_old = anybodys(old, of_old.as_ref());
                let mut of_new = anybodys(new, of_new.as_ref());
                if foreign::has_title(&of_old) != foreign::has_title(&of_new) {
                    foreign::without_title(&mut of_old);
                    foreign::without_title(&mut of_new);
                }
                (lone(of_old, words), lone(of_new, words), false)
            }
        };
        let side = |read: &Read, resolved: Resolved| Side {
            name: read.name.clone(),
            digest: match &read.drafted {
                Some(drafted) => drafted.draft.digest.clone(),
                None => format!("{} {}", &read.sha256[..4], &read.sha256[4..8]),
            },
            sha256: read.sha256.clone(),
            from_deal: read.drafted.is_some(),
            ours,
            resolved,
        };
        Pair {
            old: side(old, resolved_old),
            new: side(new, resolved_new),
        }
    }

    /// Each exhibit that both have, the old one first.
    pub(super) fn exhibits(&self) -> Vec<(Part<'_>, Part<'_>)> {
        let old = self.old.exhibits();
        self.new
            .exhibits()
            .into_iter()
            .filter_map(|new| {
                let same = |old: &&Part<'_>| old.root().anchor == new.root().anchor;
                Some((*old.iter().find(same)?, new))
            })
            .collect()
    }

    /// What is wrong with the proof of `redline`, if anything is.
    pub(super) fn unproved(&self, redline: &Redline) -> Option<&'static str> {
        let sides = [
            (
                &self.new,
                accept(redline),
                "accepting all changes does not give the new text",
            ),
            (
                &self.old,
                reject(redline),
                "rejecting all changes does not give the old text",
            ),
        ];
        for (side, made, what) in sides {
            let Some(made) = made else { return Some(what) };
            if made != *side.document() {
                return Some(what);
            }
            // The same once more on the text: it reads back as the very document.
            let same_text = side
                .read_back(&side.markdown())
                .is_some_and(|back| back == made);
            if !same_text {
                return Some(what);
            }
        }
        None
    }
}

/// The document as one of ours, if it is one.
fn own(read: &Read, words: &Words) -> Option<Resolved> {
    if let Some(drafted) = &read.drafted {
        return Some(drafted.draft.resolved.clone());
    }
    // Our Markdown begins with a named title.
    if !read.text.trim_start().starts_with("# <a id=\"") {
        return None;
    }
    let document = read::document("document", &read.text).ok()?;
    let exhibits = walk::sections(&document.root).filter(|section| section.label == Label::Exhibit);
    let lone = exhibits.map(|section| Lone {
        name: format!("exhibit-{}", section.anchor),
        anchor: section.anchor.clone(),
    });
    let package = Package {
        lone: lone.collect(),
        documents: vec![document],
    };
    resolve(package, words.clone()).ok()
}

fn anybodys(read: &Read, ours: Option<&Resolved>) -> Document {
    match ours.and_then(|resolved| resolved.parts().next()) {
        Some(part) => foreign::from_part(&part),
        None => foreign::read("document", &read.text),
    }
}

/// A document that refers to nothing and defines nothing cannot fail to be resolved.
fn lone(document: Document, words: &Words) -> Resolved {
    let package = Package {
        documents: vec![document],
        lone: Vec::new(),
    };
    resolve(package, words.clone()).expect("a document without references")
}

impl Side {
    /// The document.
    pub(super) fn document(&self) -> &Document {
        &self.resolved.documents()[0]
    }

    /// The document with its numbers and references.
    pub(super) fn part(&self) -> Part<'_> {
        self.resolved.parts().next().expect("a document")
    }

    /// Its exhibits, each as a document of its own.
    fn exhibits(&self) -> Vec<Part<'_>> {
        let parts = self.resolved.parts();
        parts
            .filter(|part| part.root().label == Label::Exhibit)
            .collect()
    }

    /// The document as Markdown.
    pub(super) fn markdown(&self) -> String {
        if self.ours {
            markdown(&self.part())
        } else {
            foreign::write(self.document())
        }
    }

    /// What the reader makes of `text`.
    fn read_back(&self, text: &str) -> Option<Document> {
        let document = self.document();
        if self.ours {
            return read::document(&document.name, text).ok();
        }
        let mut back = foreign::read(&document.name, text);
        if foreign::has_title(&back) != foreign::has_title(document) {
            foreign::without_title(&mut back);
        }
        Some(back)
    }
}
