//! Documents that are not ours, as trees: anybody's Markdown, with nothing lost.
//!
//! In: any text. Out: a [`Document`] that the same writer and reader turn to Markdown and back without a change.
//! What the tree cannot say (images, code, HTML, the addresses of links) stays where it was as inert source text;
//! so does every block of which reading and writing would lose a word. Names of sections come from their titles,
//! numbers that somebody typed stay text. Deliberately absent: complaints about style. It is not our document.

mod flow;
mod label;
mod ours;
mod outline;
mod references;
mod run;
mod words;

#[cfg(test)]
mod tests;

use crate::document::{Block, Document, Inline};
use crate::write::markdown;
use flow::{Reader, Top, What};
pub use ours::from_part;
pub use references::follow;
use std::borrow::Cow;
use std::ops::Range;

/// How deep lists and notes may stand in one another. What is deeper is kept as source text.
const DEPTH: usize = 24;

/// `markdown` as a document called `name`. Every text has one.
///
/// The title of the tree is the title of the text, if the text begins with its only heading of the first level.
/// Otherwise the title of the tree is empty, and the headings of the first level stand right under it; a level that
/// the text skips is a section with an empty title.
pub fn read(name: &str, markdown: &str) -> Document {
    let lines = if markdown.contains('\r') {
        Cow::Owned(markdown.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(markdown)
    };
    let markdown = lines.as_ref();
    let (document, all_said) = read_blocks(name, markdown);
    // Where the tree says all of every block, it says all of the text. A block that is kept as source might be read
    // otherwise beside other neighbours; then the whole text stays source.
    if all_said || read_blocks(name, &write(&document)).0 == document {
        return document;
    }
    let mut outline = outline::Outline::default();
    outline.block(Block::Inert(markdown.trim_matches('\n').to_owned()));
    Document {
        root: outline.finish(),
        ..document
    }
}

/// The document, and whether the tree says all of every block.
fn read_blocks(name: &str, markdown: &str) -> (Document, bool) {
    let (front, rest) = front_matter(markdown);
    let mut all_said = true;
    let tops = Reader::read(rest);
    let mut outline = outline::Outline::default();
    if let Some(front) = front {
        outline.block(Block::Inert(front.to_owned()));
    }
    for top in tops {
        let kept = keeps(rest, &top);
        all_said &= kept;
        let source = rest[top.range].trim_matches('\n');
        match top.what {
            What::Heading { level, title } if kept => outline.heading(level, title),
            What::Heading { level, .. } => {
                outline.heading(level, vec![Inline::Inert(heading_text(source))]);
            }
            What::Block(block) if kept => outline.block(block),
            What::Block(_) => outline.block(Block::Inert(source.to_owned())),
        }
    }
    let document = Document {
        name: name.to_owned(),
        imprint: None,
        root: outline.finish(),
    };
    (document, all_said)
}

/// `document` as Markdown, the inverse of [`read`].
pub fn write(document: &Document) -> String {
    markdown::plain(document)
}

/// Whether the title of the text is the title of the tree.
pub fn has_title(document: &Document) -> bool {
    !document.root.title.is_empty()
}

/// Gives `document` the shape of one that has no title of its own, so that it can be compared with such a one.
pub fn without_title(document: &mut Document) {
    outline::demote(&mut document.root);
}

/// The lines at the start that are no Markdown but data about it, and what follows them.
fn front_matter(text: &str) -> (Option<&str>, &str) {
    for mark in ["---", "+++"] {
        let Some(rest) = text
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_prefix('\n'))
        else {
            continue;
        };
        // A line across the page, and then text.
        if rest.trim_start_matches(' ').starts_with('\n') {
            continue;
        }
        let mut at = text.len() - rest.len();
        for line in rest.split_inclusive('\n') {
            at += line.len();
            if line.trim_end() == mark {
                let front = text[..at].trim_end();
                return (Some(front), &text[at..]);
            }
        }
    }
    (None, text)
}

/// The text of a heading as it is written, on one line and without its marks.
fn heading_text(source: &str) -> String {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let text = match lines.as_slice() {
        [line] => line.trim_start_matches('#').trim().to_owned(),
        // A line of `=` or `-` stands under the text.
        [text @ .., _] => text.join(" "),
        [] => String::new(),
    };
    text.trim_end_matches('#').trim().to_owned()
}

/// Whether what was read of a piece of text says all of it: written and read again it is the same, and no word
/// of its source is missing.
fn keeps(text: &str, top: &Top) -> bool {
    let source = &text[top.range.clone()];
    if top.deep {
        return false;
    }
    let written = match &top.what {
        What::Heading { level, title } => markdown::plain_heading(*level, title),
        What::Block(Block::Inert(_)) if top.verbatim => return true,
        What::Block(block) => markdown::plain_blocks(std::slice::from_ref(block)),
    };
    // What stands elsewhere on its line may be read otherwise at the start of one.
    let starts_line = text[..top.range.start].is_empty() || text[..top.range.start].ends_with('\n');
    if starts_line && written.trim_end() == source.trim_end() {
        return true;
    }
    let length = written.len();
    let mut again = written.clone();
    for definition in &top.needs {
        again.push_str("\n\n");
        again.push_str(definition);
    }
    let mut tops = Reader::read(&again).into_iter();
    let here = |top: &Top, range: &Range<usize>| top.range.start < range.end;
    let first = tops.next();
    let only = !tops.next().is_some_and(|next| here(&next, &(0..length)));
    let same = first.is_some_and(|first| first.what == top.what);
    only && same && words::all_of(source, &written)
}
