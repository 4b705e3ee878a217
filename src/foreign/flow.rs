//! The events of the Markdown parser, put together to blocks that keep everything.

use super::DEPTH;
use super::label::Place;
use super::run::{Mark, Run};
use crate::document::{Align, Block, Column, Inline, List, Table};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A heading or block that stands in no other.
#[derive(Debug)]
pub(super) struct Top {
    pub(super) what: What,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Definitions of links and footnotes that it needs to be read as it was.
    pub(super) needs: Vec<String>,
    /// Whether it holds lists or notes deeper in one another than the tree may be.
    pub(super) deep: bool,
    /// Whether it is what no event told of: definitions of links.
    pub(super) verbatim: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    Heading { level: usize, title: Vec<Inline> },
    Block(Block),
}

/// A block that is open.
#[derive(Debug)]
enum Frame {
    Note(Vec<Block>),
    List {
        /// The number of the next item and the mark after it; `None` for bullets.
        next: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Item {
        /// The typed label, until the first words take it.
        label: Option<String>,
        blocks: Vec<Block>,
    },
    Footnote {
        label: Option<String>,
        blocks: Vec<Block>,
    },
    Table(Table),
}

/// Source that is gathered until its end tag.
#[derive(Debug)]
enum Gathering {
    Image {
        depth: usize,
        alt: String,
        link: Target,
    },
    Code {
        info: String,
        text: String,
    },
    Html(String),
    /// An address between angle brackets.
    Address,
}

/// Where a link leads.
#[derive(Debug)]
struct Target {
    kind: LinkType,
    url: String,
    title: String,
    id: String,
}

pub(super) struct Reader<'t> {
    source: &'t str,
    tops: Vec<Top>,
    frames: Vec<Frame>,
    run: Option<Run>,
    gathering: Option<Gathering>,
    links: Vec<(Target, usize)>,
    needs: Vec<String>,
    deep: bool,
    /// How many tags are open in a block that is too deep.
    skipped: usize,
    /// Where what was read so far ends.
    covered: usize,
    /// Where the last event ended.
    last_end: usize,
    /// Definitions of links by place, and how many were passed.
    definitions: Vec<(Range<usize>, String)>,
    passed: usize,
    heading: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn read(source: &'t str) -> Vec<Top> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_ext(source, options);
        let mut definitions: Vec<_> = parser
            .reference_definitions()
            .iter()
            .map(|(label, link)| {
                let title = link.title.as_deref().unwrap_or_default();
                let text = format!(
                    "[{}]: {}",
                    on_one_line(label),
                    target(&link.dest, title).trim_end()
                );
                (link.span.clone(), text)
            })
            .collect();
        definitions.sort_by_key(|(at, _)| at.start);
        let mut reader = Reader {
            source,
            tops: Vec::new(),
            frames: Vec::new(),
            run: None,
            gathering: None,
            links: Vec::new(),
            needs: Vec::new(),
            deep: false,
            skipped: 0,
            covered: 0,
            last_end: 0,
            definitions,
            passed: 0,
            heading: false,
        };
        for (event, at) in parser.into_offset_iter() {
            let end = at.end;
            reader.event(event, at);
            reader.last_end = end;
        }
        reader.gap(source.len());
        reader.tops
    }

    fn event(&mut self, event: Event<'t>, at: Range<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        if self.gathering.is_some() && self.gathered(&event, &at) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, &at),
            Event::End(tag) => self.end(tag, &at),
            Event::Text(text) => self.words().text(&text),
            Event::SoftBreak => self.words().text(" "),
            Event::HardBreak if self.heading || self.in_table() => self.words().text(" "),
            Event::HardBreak => self.words().inert(Inline::BREAK.to_owned()),
            Event::Code(code) => {
                let source = self.verbatim(&at).unwrap_or_else(|| code_span(&code));
                self.words().inert(source);
            }
            Event::InlineHtml(html) => {
                let source = on_one_line(&html);
                self.words().inert(source);
            }
            Event::Html(html) => self.block(Block::Inert(html.trim_end().to_owned()), &at),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.words().text(&text),
            Event::FootnoteReference(label) => {
                self.needs.push(format!("[^{label}]: x"));
                self.words().inert(format!("[^{label}]"));
            }
            Event::Rule => self.block(Block::Inert("___".to_owned()), &at),
            Event::TaskListMarker(done) => {
                let mark = if done { "[x] " } else { "[ ] " };
                self.words().inert(mark.to_owned());
            }
        }
    }

    /// What stands at `at`, if it can be written again as it stands.
    fn verbatim(&self, at: &Range<usize>) -> Option<String> {
        let source = &self.source[at.clone()];
        let sound = !source.contains(['\n', '\r']) && !(self.in_table() && source.contains('|'));
        sound.then(|| source.to_owned())
    }

    fn in_table(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Table(_)))
    }

    /// The run that words go to. In a list without empty lines an item starts one without saying so.
    fn words(&mut self) -> &mut Run {
        if self.run.is_none() {
            let mut run = Run::default();
            if let Some(label) = self.label() {
                run.enumerator(label);
            }
            self.run = Some(run);
        }
        self.run.get_or_insert_default()
    }

    /// The label of the item that is open, if nothing has taken it.
    fn label(&mut self) -> Option<String> {
        match self.frames.last_mut() {
            Some(Frame::Item { label, .. } | Frame::Footnote { label, .. }) => label.take(),
            Some(Frame::Note(_) | Frame::List { .. } | Frame::Table(_)) | None => None,
        }
    }

    /// Ends a paragraph, if one is open.
    fn end_run(&mut self, at: &Range<usize>) {
        let Some(run) = self.run.take() else { return };
        let place = match self.frames.last() {
            Some(Frame::Item { blocks, .. } | Frame::Footnote { blocks, .. })
                if blocks.is_empty() =>
            {
                Place::Item
            }
            Some(
                Frame::Item { .. }
                | Frame::Footnote { .. }
                | Frame::Note(_)
                | Frame::List { .. }
                | Frame::Table(_),
            )
            | None => Place::Paragraph,
        };
        let words = run.finish(place);
        if !words.is_empty() {
            self.push(Block::Paragraph(words), at);
        }
    }

    fn block(&mut self, block: Block, at: &Range<usize>) {
        self.end_run(at);
        if let Some(label) = self.label() {
            self.push(Block::Paragraph(vec![Inline::Enumerator(label)]), at);
        }
        self.push(block, at);
    }

    fn push(&mut self, block: Block, at: &Range<usize>) {
        match self.frames.last_mut() {
            Some(
                Frame::Note(blocks) | Frame::Item { blocks, .. } | Frame::Footnote { blocks, .. },
            ) => blocks.push(block),
            Some(Frame::List { .. } | Frame::Table(_)) => {}
            None => self.top(What::Block(block), at),
        }
    }

    fn top(&mut self, what: What, at: &Range<usize>) {
        self.gap(at.start);
        let line = self.source[..at.start].trim_end_matches(' ').len();
        let starts_line = line == 0 || self.source[..line].ends_with('\n');
        let start = if starts_line { line } else { at.start };
        self.covered = self.covered.max(at.end);
        self.tops.push(Top {
            what,
            range: start..at.end,
            needs: std::mem::take(&mut self.needs),
            deep: std::mem::take(&mut self.deep),
            verbatim: false,
        });
    }

    /// Keeps what stands between two blocks and is told of by no event: definitions of links.
    fn gap(&mut self, until: usize) {
        if self.covered >= until {
            return;
        }
        let gap = &self.source[self.covered..until];
        let mut at = self.covered;
        self.covered = until;
        let mut open: Option<Range<usize>> = None;
        for line in gap.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            let begins = line.trim_start().starts_with('[');
            if line.trim().is_empty() || begins {
                self.definition(open.take());
            }
            if !line.trim().is_empty() {
                open = Some(open.map_or(range.clone(), |open| open.start..range.end));
            }
        }
        self.definition(open);
    }

    fn definition(&mut self, at: Option<Range<usize>>) {
        let Some(at) = at else { return };
        let text = self.source[at.clone()].trim().to_owned();
        let mut definitions = self.definitions.iter();
        let known = definitions.any(|(definition, _)| at.contains(&definition.start));
        self.tops.push(Top {
            what: What::Block(Block::Inert(text)),
            range: at,
            needs: Vec::new(),
            deep: !known,
            verbatim: true,
        });
    }

    /// Puts the definitions of links that stand before `until` where they stand, if that is in another block.
    fn pass(&mut self, until: usize) {
        while let Some((at, text)) = self.definitions.get(self.passed)
            && at.start < until
        {
            let text = text.clone();
            let at = at.clone();
            match self.frames.last() {
                Some(Frame::Note(_) | Frame::Item { .. } | Frame::Footnote { .. }) => {
                    self.passed += 1;
                    self.block(Block::Inert(text), &at);
                }
                Some(Frame::List { .. } | Frame::Table(_)) => return,
                None => self.passed += 1,
            }
        }
    }

    fn open(&mut self, frame: Frame, at: &Range<usize>) {
        self.end_run(at);
        if let Some(label) = self.label() {
            self.push(Block::Paragraph(vec![Inline::Enumerator(label)]), at);
        }
        if self.frames.len() > DEPTH {
            self.deep = true;
            self.skipped = 1;
        } else {
            self.frames.push(frame);
        }
    }

    fn start(&mut self, tag: Tag<'t>, at: &Range<usize>) {
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

    fn end(&mut self, tag: TagEnd, at: &Range<usize>) {
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

    /// Takes an event that belongs to source that is gathered; says whether it did.
    fn gathered(&mut self, event: &Event<'t>, at: &Range<usize>) -> bool {
        let Some(gathering) = &mut self.gathering else {
            return false;
        };
        match (gathering, event) {
            (Gathering::Code { text, .. } | Gathering::Html(text), Event::Text(more))
            | (Gathering::Html(text), Event::Html(more)) => text.push_str(more),
            (Gathering::Code { info, text }, Event::End(TagEnd::CodeBlock)) => {
                let source = fenced(info, text);
                self.gathering = None;
                self.block(Block::Inert(source), at);
            }
            (Gathering::Html(text), Event::End(TagEnd::HtmlBlock)) => {
                let source = text.trim_end().to_owned();
                self.gathering = None;
                self.block(Block::Inert(source), at);
            }
            (Gathering::Address, Event::End(_)) => {
                self.gathering = None;
                let source = self.source[at.clone()].to_owned();
                self.words().inert(source);
            }
            (Gathering::Image { depth, .. }, Event::Start(_)) => *depth += 1,
            (Gathering::Image { depth, .. }, Event::End(_)) if *depth > 0 => *depth -= 1,
            (Gathering::Image { alt, link, .. }, Event::End(_)) => {
                let written = format!("![{}]{}", escaped(alt), link.rest());
                self.gathering = None;
                let source = self.verbatim(at).unwrap_or(written);
                self.words().inert(source);
            }
            (
                Gathering::Image { alt, .. },
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text),
            ) => alt.push_str(text),
            (Gathering::Image { alt, .. }, Event::SoftBreak | Event::HardBreak) => alt.push(' '),
            (Gathering::Image { alt, .. }, Event::FootnoteReference(label)) => {
                alt.push_str(&format!("[^{label}]"));
            }
            (_, _) => {}
        }
        true
    }
}

impl Target {
    /// What follows the text of the link.
    fn rest(&self) -> String {
        match self.kind {
            LinkType::Reference => format!("[{}]", self.id),
            LinkType::Collapsed => "[]".to_owned(),
            LinkType::Shortcut => String::new(),
            LinkType::Inline
            | LinkType::ReferenceUnknown
            | LinkType::CollapsedUnknown
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::Email
            | LinkType::WikiLink { .. } => format!("({})", target(&self.url, &self.title)),
        }
    }
}

/// An address and a title as Markdown has them.
fn target(url: &str, title: &str) -> String {
    let mut text = String::from("<");
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' => text.extend(['\\', c]),
            '\n' | '\r' => text.push_str("%0A"),
            '&' => text.push_str("&amp;"),
            c => text.push(c),
        }
    }
    text.push('>');
    if !title.is_empty() {
        text.push_str(" \"");
        for c in title.chars() {
            match c {
                '"' | '\\' => text.extend(['\\', c]),
                '\n' | '\r' => text.push(' '),
                '&' => text.push_str("&amp;"),
                c => text.push(c),
            }
        }
        text.push('"');
    }
    text
}

/// The text of an image, so that nothing in it is a mark.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if "\\`*_[]<>&!|~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// Words set as code.
fn code_span(code: &str) -> String {
    let code = on_one_line(code);
    let fence = "`".repeat(longest(&code, '`') + 1);
    let room = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty());
    let space = if room { " " } else { "" };
    format!("{fence}{space}{code}{space}{fence}")
}

/// Lines set as code.
fn fenced(info: &str, code: &str) -> String {
    let mark = if info.contains('`') { '~' } else { '`' };
    let length = (longest(code, mark) + 1).max(3);
    let fence: String = std::iter::repeat_n(mark, length).collect();
    let info = on_one_line(info);
    let line = if code.is_empty() || code.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{fence}{info}\n{code}{line}{fence}")
}

/// The longest run of `mark` in `text`.
fn longest(text: &str, mark: char) -> usize {
    let runs = text.split(|c: char| c != mark);
    runs.map(str::len).max().unwrap_or(0)
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
