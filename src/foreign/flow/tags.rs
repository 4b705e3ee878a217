//! What begins and ends with a tag: blocks, marks, links, cells.

use super::super::label::Place;
use super::super::run::{Mark, Run};
use super::source::{Gathering, Target, on_one_line};
use super::{Frame, Reader, What};
use crate::document::{Align, Block, Column, Inline, List, Table};
use pulldown_cmark::{Alignment, CodeBlockKind, LinkType, Tag, TagEnd};
use std::ops::Range;

impl<'t> Reader<'t> {
    pub(super) fn start(&mut self, tag: Tag<'t>, at: &Range<usize>) {
        if is_block(&tag) {
            self.pass(at.start);
        }
        match tag {
            Tag::Paragraph => {
                self.end_run(at);
                self.words();
            }
            Tag::Heading { level, .. } => {
                self.end_run(at);
                self.heading = true;
                // Only in another block: there it is a paragraph with its mark as source.
                if !self.frames.is_empty() {
                    let mark = format!("{} ", "#".repeat(level as usize));
                    self.words().inert(mark);
                }
            }
            Tag::BlockQuote(_) => self.open(Frame::Note(Vec::new()), at),
            Tag::List(next) => {
                let items = Vec::new();
                self.open(Frame::List { next, items }, at);
            }
            Tag::Item => {
                let label = self.item_label(at);
                let blocks = Vec::new();
                self.open(Frame::Item { label, blocks }, at);
            }
            Tag::FootnoteDefinition(label) => {
                let label = Some(format!("[^{label}]: "));
                let blocks = Vec::new();
                self.open(Frame::Footnote { label, blocks }, at);
            }
            Tag::CodeBlock(kind) => {
                self.end_run(at);
                let info = match kind {
                    CodeBlockKind::Indented => String::new(),
                    CodeBlockKind::Fenced(info) => info.into_string(),
                };
                let text = String::new();
                self.gathering = Some(Gathering::Code { info, text });
            }
            Tag::HtmlBlock => {
                self.end_run(at);
                self.gathering = Some(Gathering::Html(String::new()));
            }
            Tag::Table(aligns) => {
                let columns = aligns.into_iter().map(|align| Column {
                    heading: Vec::new(),
                    align: self::align(align),
                });
                let table = Table {
                    anchor: None,
                    caption: Vec::new(),
                    columns: columns.collect(),
                    rows: Vec::new(),
                };
                self.open(Frame::Table(table), at);
            }
            Tag::TableHead => {}
            Tag::TableRow => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.run = Some(Run::default()),
            Tag::Emphasis => self.words().open(Mark::Emphasis, "_"),
            Tag::Strong => self.words().open(Mark::Strong, "__"),
            Tag::Strikethrough => {
                let double = self.source[at.start..].starts_with("~~");
                let mark = if double { "~~" } else { "~" };
                self.words().inert(mark.to_owned());
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                let link = self.target(link_type, &dest_url, &title, &id);
                if matches!(link.kind, LinkType::Autolink | LinkType::Email) {
                    self.words();
                    self.gathering = Some(Gathering::Address);
                } else {
                    self.words().inert("[".to_owned());
                    self.links.push((link, at.start + 1));
                }
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.words();
                let link = self.target(link_type, &dest_url, &title, &id);
                self.gathering = Some(Gathering::Image {
                    depth: 0,
                    alt: String::new(),
                    link,
                });
            }
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, at: &Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_run(at),
            TagEnd::Heading(level) => {
                self.heading = false;
                if !self.frames.is_empty() {
                    self.end_run(at);
                } else if let Some(run) = self.run.take() {
                    let title = run.finish(Place::Title);
                    let level = level as usize;
                    if !title.is_empty() {
                        self.top(What::Heading { level, title }, at);
                    }
                }
            }
            TagEnd::BlockQuote(_) => {
                self.end_run(at);
                self.pass(at.end);
                if let Some(Frame::Note(blocks)) = self.frames.pop()
                    && (!blocks.is_empty() || self.deep)
                {
                    self.push(Block::Note(blocks), at);
                }
            }
            TagEnd::Item => {
                self.end_run(at);
                self.pass(at.end);
                if let Some(label) = self.label() {
                    self.push(Block::Paragraph(vec![Inline::Enumerator(label)]), at);
                }
                if let Some(Frame::Item { blocks, .. }) = self.frames.pop()
                    && let Some(Frame::List { items, .. }) = self.frames.last_mut()
                {
                    items.push(blocks);
                }
            }
            TagEnd::List(_) => {
                if let Some(Frame::List { items, .. }) = self.frames.pop() {
                    let ordered = false;
                    self.push(Block::List(List { ordered, items }), at);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.end_run(at);
                self.pass(at.end);
                if let Some(label) = self.label() {
                    self.push(Block::Paragraph(vec![Inline::Enumerator(label)]), at);
                }
                if let Some(Frame::Footnote { blocks, .. }) = self.frames.pop() {
                    let items = vec![blocks];
                    let ordered = false;
                    self.push(Block::List(List { ordered, items }), at);
                }
            }
            TagEnd::Table => {
                if let Some(Frame::Table(table)) = self.frames.pop() {
                    self.push(Block::Table(table), at);
                }
            }
            TagEnd::TableCell => {
                let words = self.run.take().map(|run| run.finish(Place::Paragraph));
                if let (Some(words), Some(Frame::Table(table))) = (words, self.frames.last_mut()) {
                    cell(table, words);
                }
            }
            TagEnd::Emphasis | TagEnd::Strong => self.words().close(),
            TagEnd::Strikethrough => {
                let double = self.source[..at.end].ends_with("~~");
                let mark = if double { "~~" } else { "~" };
                self.words().inert(mark.to_owned());
            }
            TagEnd::Link => self.end_link(at),
            TagEnd::TableHead => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    // The cells of the head were gathered as a row.
                    if let Some(head) = table.rows.pop() {
                        for (column, heading) in table.columns.iter_mut().zip(head) {
                            column.heading = heading;
                        }
                    }
                }
            }
            TagEnd::TableRow
            | TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn target(&mut self, kind: LinkType, url: &str, title: &str, id: &str) -> Target {
        let id = on_one_line(id);
        match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.needs.push(format!("[{id}]: /x"));
            }
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::Email
            | LinkType::WikiLink { .. } => {}
        }
        Target {
            kind,
            url: url.to_owned(),
            title: title.to_owned(),
            id,
        }
    }

    fn end_link(&mut self, at: &Range<usize>) {
        let Some((link, before)) = self.links.pop() else {
            return;
        };
        let inside = self.last_end.clamp(before, at.end);
        let closing = self
            .verbatim(&(inside..at.end))
            .filter(|closing| closing.starts_with(']'));
        let closing = closing.unwrap_or_else(|| format!("]{}", link.rest()));
        self.words().inert(closing);
    }

    /// The label of the item at `at` of an ordered list: the computed number with the mark that is written.
    fn item_label(&mut self, at: &Range<usize>) -> Option<String> {
        let Some(Frame::List {
            next: Some(next), ..
        }) = self.frames.last_mut()
        else {
            return None;
        };
        let number = *next;
        *next += 1;
        let written = self.source[at.clone()].trim_start();
        let mark = written.trim_start_matches(|c: char| c.is_ascii_digit());
        let mark = if mark.starts_with(')') { ')' } else { '.' };
        Some(format!("{number}{mark} "))
    }
}

/// Adds a cell to the last row; the first row is the head until it ends.
fn cell(table: &mut Table, words: Vec<Inline>) {
    if table.rows.is_empty() {
        table.rows.push(Vec::new());
    }
    if let Some(row) = table.rows.last_mut() {
        row.push(words);
    }
}

fn align(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
    )
}
