//! The events of the Markdown parser, put together to blocks.

use super::frame::{Flow, Frame, OpenList, OpenTable};
use super::heading::Outline;
use super::refusal::{self, Refusal};
use super::row;
use super::run::{Run, What};
use crate::diagnostic::{Code, Complaint};
use crate::document::{Align, Block, Section, walk};
use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How deep lists and notes may stand in one another. Beyond it a contract cannot be read, and neither can
/// the tree be walked safely.
const DEPTH: usize = 24;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The body of a clause: no headings.
    Body,
    /// A whole document.
    Whole,
}

/// What came of it.
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) root: Option<Section>,
    pub(super) imprint: Option<String>,
    pub(super) complaints: Vec<Complaint>,
}

/// What is known in the middle of a text.
pub(super) struct Reader<'t> {
    source: &'t str,
    shape: Shape,
    complaints: Vec<Complaint>,
    /// The open blocks, from the outside in. The first is always the flow of the text itself.
    frames: Vec<Frame>,
    run: Option<Run>,
    /// How many tags are open inside a thing that was refused.
    refused: usize,
    /// The anchor whose end tag must come next, and the bytes of its start tag.
    name: Option<(String, Range<usize>)>,
    outline: Outline,
    imprint: Option<String>,
    /// Whether the next block stands right after the title.
    after_title: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn read(source: &'t str, shape: Shape) -> Read {
        let options = Options::ENABLE_TABLES
            // These three are read in order to be refused: without them their text would be printed, or
            // vanish, without a word.
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_ext(source, options);
        let mut reader = Reader {
            source,
            shape,
            complaints: Vec::new(),
            frames: vec![Frame::Flow(Flow::default())],
            run: None,
            refused: 0,
            name: None,
            outline: Outline::default(),
            imprint: None,
            after_title: false,
        };
        for (_, definition) in parser.reference_definitions().iter() {
            reader.complain(&refusal::LINK_DEFINITION, &definition.span);
        }
        for (event, at) in parser.into_offset_iter() {
            reader.event(event, at);
        }
        reader.finish()
    }

    fn finish(mut self) -> Read {
        let end = self.source.len();
        self.end_run(end);
        let mut blocks = Vec::new();
        if let Some(Frame::Flow(mut flow)) = self.frames.drain(..).next() {
            flow.settle(&mut self.complaints);
            blocks = flow.blocks;
        }
        if self.shape == Shape::Whole {
            let blocks = std::mem::take(&mut blocks);
            self.outline.fill(blocks, &mut self.complaints);
        }
        self.complaints
            .sort_by_key(|complaint| (complaint.within.start, complaint.within.end));
        Read {
            blocks,
            root: self.outline.finish(),
            imprint: self.imprint,
            complaints: self.complaints,
        }
    }

    fn complain(&mut self, refusal: &Refusal, at: &Range<usize>) {
        self.complaints.push(refusal.at(at));
    }

    fn event(&mut self, event: Event<'t>, at: Range<usize>) {
        if self.refused > 0 {
            match event {
                Event::Start(_) => self.refused += 1,
                Event::End(_) => self.refused -= 1,
                _ => {}
            }
            return;
        }
        if self.name.is_some() && !matches!(event, Event::InlineHtml(_)) {
            self.unnamed();
        }
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) => self.words(at.start).text(&text),
            Event::SoftBreak | Event::HardBreak => self.words(at.start).text(" "),
            Event::InlineHtml(html) => self.inline_html(&html, at),
            Event::Html(_) => self.raw_html(&at),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.complain(&refusal::CODE, &at);
            }
            Event::FootnoteReference(_) => self.complain(&refusal::FOOTNOTE, &at),
            Event::Rule => {
                self.end_run(at.start);
                self.complain(&refusal::RULE, &at);
            }
            Event::TaskListMarker(_) => self.complain(&refusal::TASK, &at),
        }
    }

    /// The run that words go to. In a list without empty lines an item starts one without saying so.
    fn words(&mut self, start: usize) -> &mut Run {
        self.run.get_or_insert_with(|| {
            // The parser counts escaped text from behind its backslash.
            let escaped = self.source[..start].ends_with('\\');
            Run::new(start - usize::from(escaped))
        })
    }

    fn raw_html(&mut self, at: &Range<usize>) {
        self.complain(&refusal::HTML, at);
    }

    /// Complains about the start of a name that never ended.
    fn unnamed(&mut self) {
        if let Some((_, at)) = self.name.take() {
            self.raw_html(&at);
        }
    }

    /// Reads `<a id="name">` and `</a>`, the only HTML there is.
    fn inline_html(&mut self, html: &str, at: Range<usize>) {
        match (self.name.take(), html) {
            (Some((name, start)), "</a>") => match name.parse() {
                Ok(anchor) => {
                    let whole = start.start..at.end;
                    self.words(start.start).push(What::Name(anchor, whole));
                }
                Err(why) => self.complaints.push(Complaint::new(
                    Code::BadAnchor,
                    start,
                    format!("`{name}` is not a name"),
                    format!("{why}, such as `liability-cap`"),
                )),
            },
            (before, html) => {
                if let Some((_, start)) = before {
                    self.raw_html(&start);
                }
                let name = html
                    .strip_prefix("<a id=\"")
                    .and_then(|html| html.strip_suffix("\">"));
                match name {
                    Some(name) => self.name = Some((name.to_owned(), at)),
                    None => self.raw_html(&at),
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'t>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.end_run(at.start);
                self.run = Some(Run::new(at.start));
                self.stray_row(&at);
            }
            Tag::Heading { .. } => {
                self.end_run(at.start);
                if self.shape == Shape::Whole && self.frames.len() == 1 {
                    self.run = Some(Run::new(at.start));
                } else {
                    self.refuse(&refusal::HEADING, &at);
                }
            }
            Tag::BlockQuote(_) | Tag::Item => self.open(Frame::Flow(Flow::default()), &at),
            Tag::List(first) => {
                if let Some(first) = first.filter(|first| *first != 1) {
                    self.complaints.push(Complaint::new(
                        Code::RefusedMarkup,
                        at.clone(),
                        format!("a list starts at {first}"),
                        format!("start it at 1, for its letters are computed; if this is no list, write `{first}\\.`"),
                    ));
                }
                self.open(Frame::List(OpenList::new(first.is_some())), &at);
            }
            Tag::Table(aligns) => {
                self.end_run(at.start);
                self.after_title = false;
                let aligns = aligns.into_iter().map(align).collect();
                if let Some(Frame::Flow(flow)) = self.frames.last_mut() {
                    let table = OpenTable::new(flow, aligns);
                    self.frames.push(Frame::Table(table));
                }
            }
            Tag::TableHead | Tag::TableRow => self.start_row(&tag, &at),
            Tag::TableCell => self.run = Some(Run::new(at.start)),
            Tag::Emphasis => self.words(at.start).emphasis(true),
            Tag::Strong => self.words(at.start).strong(true),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                if !title.is_empty() {
                    self.complain(&refusal::LINK_TITLE, &at);
                }
                let url = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.words(at.start).open_link(url, at);
            }
            Tag::Image { .. } => self.refuse(&refusal::IMAGE, &at),
            Tag::CodeBlock(_) => {
                self.end_run(at.start);
                self.refuse(&refusal::CODE_BLOCK, &at);
            }
            Tag::HtmlBlock => {
                self.end_run(at.start);
                self.raw_html(&at);
                self.refused = 1;
            }
            Tag::FootnoteDefinition(_) => {
                self.end_run(at.start);
                self.refuse(&refusal::FOOTNOTE, &at);
            }
            Tag::Strikethrough => self.complain(&refusal::STRUCK, &at),
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.refuse(&refusal::OTHER, &at),
        }
    }

    /// Leaves a thing out, with all that is in it.
    fn refuse(&mut self, refusal: &Refusal, at: &Range<usize>) {
        self.complain(refusal, at);
        self.refused = 1;
    }

    fn open(&mut self, frame: Frame, at: &Range<usize>) {
        self.end_run(at.start);
        self.after_title = false;
        if self.frames.len() > DEPTH {
            self.refuse(&refusal::DEPTH, at);
        } else {
            self.frames.push(frame);
        }
    }

    /// Complains about a row of a table in running text: no parser would say that its table is broken.
    fn stray_row(&mut self, at: &Range<usize>) {
        if !self.source.as_bytes()[at.clone()].contains(&b'|') {
            return;
        }
        let lines = self.source[at.clone()].split_inclusive('\n');
        let mut start = at.start;
        for line in lines {
            if line.trim_start().starts_with('|') {
                let row = start..start + line.trim_end().len();
                self.complain(&refusal::STRAY_ROW, &row);
                return;
            }
            start += line.len();
        }
    }

    fn start_row(&mut self, tag: &Tag<'t>, at: &Range<usize>) {
        let Some(Frame::Table(table)) = self.frames.last_mut() else {
            return;
        };
        if matches!(tag, Tag::TableHead) {
            table.head(true);
            return;
        }
        table.row();
        let columns = table.columns();
        let row = self.source[at.clone()].trim_end();
        let cells = row::cells(row);
        if cells != columns {
            let what = if cells == 1 { "cell" } else { "cells" };
            self.complaints.push(Complaint::new(
                Code::CellCount,
                at.start..at.start + row.len(),
                format!("the row has {cells} {what}, the table has {columns} columns"),
                "give every row as many cells as there are headings; write a literal `|` as `\\|`, and leave an empty line after the table",
            ));
        }
    }

    fn end(&mut self, tag: TagEnd, at: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_run(at.end),
            TagEnd::Heading(level) => self.end_heading(level as usize, &at),
            TagEnd::BlockQuote(_) => {
                self.end_run(at.end);
                if let Some(Frame::Flow(mut flow)) = self.frames.pop() {
                    flow.settle(&mut self.complaints);
                    if !flow.blocks.is_empty() {
                        self.push(Block::Note(flow.blocks));
                    }
                }
            }
            TagEnd::List(_) => {
                if let Some(Frame::List(list)) = self.frames.pop()
                    && let Some(block) = list.finish()
                {
                    self.push(block);
                }
            }
            TagEnd::Item => {
                self.end_run(at.end);
                if let Some(Frame::Flow(mut flow)) = self.frames.pop()
                    && let Some(Frame::List(list)) = self.frames.last_mut()
                {
                    flow.settle(&mut self.complaints);
                    list.item(flow, at, &mut self.complaints);
                }
            }
            TagEnd::Table => {
                if let Some(Frame::Table(table)) = self.frames.pop() {
                    self.push(table.finish());
                }
            }
            TagEnd::TableHead => {
                if let Some(Frame::Table(table)) = self.frames.last_mut() {
                    table.head(false);
                }
            }
            TagEnd::TableCell => {
                if let Some(mut run) = self.run.take()
                    && let Some(Frame::Table(table)) = self.frames.last_mut()
                {
                    if run.take_name(&mut self.complaints).is_some() {
                        self.raw_html(&at);
                    } else {
                        table.cell(run.finish(false));
                    }
                }
            }
            TagEnd::Emphasis => self.words(at.start).emphasis(false),
            TagEnd::Strong => self.words(at.start).strong(false),
            TagEnd::Link => {
                if let Err(complaint) = self.words(at.start).close_link() {
                    self.complaints.push(complaint);
                }
            }
            TagEnd::TableRow
            | TagEnd::Strikethrough
            | TagEnd::Image
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(Frame::Flow(flow)) = self.frames.last_mut() {
            flow.push(block, &mut self.complaints);
        }
    }

    /// Ends a paragraph, if one is open.
    fn end_run(&mut self, end: usize) {
        self.unnamed();
        let Some(run) = self.run.take() else {
            return;
        };
        if std::mem::take(&mut self.after_title) && run.is_emphasis() {
            self.imprint = Some(walk::text(&run.finish(true))).filter(|text| !text.is_empty());
            return;
        }
        let source = self.source.get(run.start..end).unwrap_or_default();
        let list = self.frames.len().checked_sub(2);
        let labelled = list
            .is_some_and(|list| matches!(&self.frames[list], Frame::List(list) if !list.figures));
        if let Some(Frame::Flow(flow)) = self.frames.last_mut() {
            flow.paragraph(run, source, labelled, &mut self.complaints);
        }
    }

    fn end_heading(&mut self, level: usize, at: &Range<usize>) {
        self.unnamed();
        let Some(run) = self.run.take() else {
            return;
        };
        if let Some(Frame::Flow(flow)) = self.frames.first_mut() {
            flow.settle(&mut self.complaints);
            let blocks = std::mem::take(&mut flow.blocks);
            self.outline.fill(blocks, &mut self.complaints);
        }
        let source = &self.source[at.clone()];
        self.after_title = self
            .outline
            .open(level, run, source, at, &mut self.complaints);
    }
}

fn align(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}
