//! A tree without names and numbers as plain Markdown: a document that is not ours.
//!
//! In: what [`foreign`](crate::foreign) reads. Out: text that it reads as the same tree. Typed labels are the marks of
//! their items again, and inert source stands as it is.

use super::Writer;
use super::words::Place;
use crate::document::{Block, Document, Inline, List, Section};

/// `document` as Markdown, ending in a line break.
pub fn plain(document: &Document) -> String {
    let mut writer = Writer::bare();
    let root = &document.root;
    writer.plain_section(root, usize::from(!root.title.is_empty()));
    writer.out.push('\n');
    writer.out
}

/// A heading at `level`, without a line break.
pub fn plain_heading(level: usize, title: &[Inline]) -> String {
    let mut writer = Writer::bare();
    writer.plain_heading(level, title);
    writer.out
}

/// Blocks one after the other, without a line break at the end.
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut writer = Writer::bare();
    writer.plain_blocks(blocks, false);
    writer.out
}

impl<'p> Writer<'p> {
    fn plain_section(&mut self, section: &'p Section, level: usize) {
        if !section.title.is_empty() {
            self.apart();
            self.plain_heading(level, &section.title);
        }
        if !section.blocks.is_empty() {
            self.apart();
            self.plain_blocks(&section.blocks, false);
        }
        for child in &section.sections {
            self.plain_section(child, level + 1);
        }
    }

    fn apart(&mut self) {
        if !self.out.is_empty() {
            self.empty_line();
        }
    }

    fn plain_heading(&mut self, level: usize, title: &'p [Inline]) {
        for _ in 0..level.clamp(1, 6) {
            self.out.push('#');
        }
        self.out.push(' ');
        self.words(title, Place::Heading);
    }

    fn plain_blocks(&mut self, blocks: &'p [Block], tight: bool) {
        let mut before: Option<char> = None;
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 && tight {
                self.line();
            } else if place > 0 {
                self.empty_line();
            }
            let mut mark = None;
            match block {
                Block::Paragraph(words) => self.plain_words(words),
                Block::List(list) => {
                    // A list right after another would be read as more of it, but for its mark.
                    let next = blocks.get(place + 1).and_then(source_mark);
                    let free = |mark: &char| Some(*mark) != before && Some(*mark) != next;
                    let bullet = ['-', '*', '+'].into_iter().find(free).unwrap_or('-');
                    mark = Some(bullet);
                    self.plain_list(list, bullet);
                }
                Block::Table(table) => self.table(table, false),
                Block::Note(inner) => {
                    let outside = self.prefix.len();
                    self.out.push_str("> ");
                    self.prefix.push_str("> ");
                    self.plain_blocks(inner, false);
                    self.prefix.truncate(outside);
                }
                Block::Inert(source) => {
                    mark = source_mark(block);
                    self.inert(source);
                }
            }
            before = mark;
        }
    }

    /// A paragraph. Spaces at its edges are written by number, or no parser would keep them.
    fn plain_words(&mut self, words: &'p [Inline]) {
        self.words(words, Place::Start);
    }

    fn plain_list(&mut self, list: &'p List, bullet: char) {
        let tight = is_tight(list);
        for (place, item) in list.items.iter().enumerate() {
            if place > 0 && tight {
                self.line();
            } else if place > 0 {
                self.empty_line();
            }
            let outside = self.prefix.len();
            if let Some(mark) = item_mark(item) {
                self.out.push_str(mark.trim_end());
                let indent = if mark.starts_with('[') { 4 } else { mark.len() };
                self.prefix.extend(std::iter::repeat_n(' ', indent));
                self.labelled(item, tight);
            } else {
                self.out.push(bullet);
                if !item.is_empty() {
                    self.out.push(' ');
                }
                self.prefix.push_str("  ");
                self.plain_blocks(item, tight);
            }
            self.prefix.truncate(outside);
        }
    }

    /// The blocks of an item whose mark has just been written without the space after it.
    fn labelled(&mut self, item: &'p [Block], tight: bool) {
        let Some((Block::Paragraph(words), rest)) = item.split_first() else {
            return;
        };
        let words = &words[1..];
        if words.is_empty() {
            if !rest.is_empty() {
                self.out.push(' ');
                self.plain_blocks(rest, tight);
            }
            return;
        }
        self.out.push(' ');
        self.words(words, Place::Start);
        if !rest.is_empty() {
            if tight {
                self.line();
            } else {
                self.empty_line();
            }
            self.plain_blocks(rest, tight);
        }
    }
}

/// The mark of an item that was typed: `4. ` or `[^note]: `.
fn item_mark(item: &[Block]) -> Option<&str> {
    let Some(Block::Paragraph(words)) = item.first() else {
        return None;
    };
    let Some(Inline::Enumerator(label)) = words.first() else {
        return None;
    };
    let number = label.trim_end().strip_suffix(['.', ')']);
    let is_number = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    (is_number || label.starts_with("[^")).then_some(label)
}

/// The mark of the list that source text begins with, if it is one.
fn source_mark(block: &Block) -> Option<char> {
    match block {
        Block::Inert(source) => source
            .trim_start()
            .chars()
            .next()
            .filter(|first| matches!(first, '-' | '*' | '+')),
        Block::Paragraph(_) | Block::List(_) | Block::Table(_) | Block::Note(_) => None,
    }
}

/// Whether the items can stand without empty lines: words, and perhaps a list of such items under them.
fn is_tight(list: &List) -> bool {
    list.items.iter().all(|item| match &**item {
        [] | [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List(inner)] => is_tight(inner),
        _ => false,
    })
}

/// Bare text on one line, so that nothing in it is taken for a mark, wherever it stands.
pub fn plain_text(text: &str) -> String {
    let mut writer = Writer::bare();
    let begins = |c: char| c.is_ascii_digit() || "#=>:-+(".contains(c);
    let place = if text.starts_with(begins) {
        Place::Start
    } else {
        Place::Heading
    };
    writer.text(text, place, true);
    writer.out
}
