//! The events of the Markdown parser, put together to blocks that keep everything.

mod source;
mod tags;

use super::DEPTH;
use super::label::Place;
use super::run::Run;
use crate::document::{Block, Inline, Table};
use pulldown_cmark::{Event, Options, Parser};
use source::{Gathering, Target, code_span, on_one_line, target};
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
        let broken = source.contains(['\n', '\r']) || self.in_table() && source.contains('|');
        (!broken).then(|| source.to_owned())
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
        match words.as_slice() {
            [] => {}
            // A tag that is alone on its line is a block of its own wherever it could be written again.
            [Inline::Inert(tag)] if tag.starts_with('<') => {
                self.push(Block::Inert(tag.clone()), at);
            }
            [_, ..] => self.push(Block::Paragraph(words), at),
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
}
