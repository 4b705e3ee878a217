//! Blocks that are still open while Markdown is read.

use super::heading::take_item_label;
use super::run::Run;
use crate::diagnostic::{Code, Complaint};
use crate::document::{Align, Anchor, Block, Column, Inline, List, Table};
use std::ops::Range;

/// A block that is open.
#[derive(Debug)]
pub(super) enum Frame {
    /// Blocks one after the other: of the text, of a note, of an item.
    Flow(Flow),
    /// A list.
    List(OpenList),
    /// A table.
    Table(OpenTable),
}

/// Blocks one after the other.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) blocks: Vec<Block>,
    /// The label that stood before the first words, if these are the blocks of an item.
    label: Option<String>,
    /// What the last block would be if a table came next.
    caption: Option<Caption>,
}

/// Words that are the caption of the table that follows, if one does.
#[derive(Debug)]
pub(super) struct Caption {
    name: Option<Anchor>,
    words: Vec<Inline>,
    at: Range<usize>,
    /// Whether the words also stand as the last block.
    stands: bool,
    /// Whether they can be nothing else.
    certain: bool,
}

impl Flow {
    /// Adds a block that is no paragraph.
    pub(super) fn push(&mut self, block: Block, complaints: &mut Vec<Complaint>) {
        self.settle(complaints);
        self.blocks.push(block);
    }

    /// Ends a caption that no table followed.
    pub(super) fn settle(&mut self, complaints: &mut Vec<Complaint>) {
        if let Some(caption) = self.caption.take()
            && (caption.name.is_some() || caption.certain)
        {
            complaints.push(Complaint::new(
                Code::BadAnchor,
                caption.at,
                "a caption stands before no table",
                "put the caption right before its table, or delete its name",
            ));
        }
    }

    /// The caption and name of the table that starts now.
    fn take_caption(&mut self) -> (Option<Anchor>, Vec<Inline>) {
        let Some(caption) = self.caption.take() else {
            return (None, Vec::new());
        };
        if caption.stands {
            self.blocks.pop();
        }
        (caption.name, caption.words)
    }

    /// Adds the paragraph `run`; `source` is what was written, `labelled` says whether it may begin with
    /// the label of an item.
    pub(super) fn paragraph(
        &mut self,
        mut run: Run,
        source: &str,
        labelled: bool,
        complaints: &mut Vec<Complaint>,
    ) {
        self.settle(complaints);
        let at = run.start..run.start + source.len();
        let name = run.take_name(complaints);
        let certain = run.take_front();
        if labelled && self.blocks.is_empty() && self.label.is_none() {
            self.label = run.head().and_then(take_item_label);
        }
        let suffix = Self::caption_suffix(&mut run, source);
        let named = name.is_some() || suffix.is_some();
        if let Some(open) = unread_name(source).filter(|_| !named) {
            complaints.push(Complaint::new(
                Code::BadAnchor,
                at.start + open..at.start + source.trim_end().len(),
                "this is not the name of a table",
                "write `*Caption* {#its-name}` right before the table, in lower-case words joined by hyphens; put `\\` before a `{` that is meant literally",
            ));
        }
        let empty = run.pieces.is_empty();
        if run.is_emphasis() || (named && empty) {
            let emphasis = run.is_emphasis();
            let words = run.finish(true);
            let stands = emphasis && !words.is_empty() && !named && !certain;
            if stands {
                self.blocks.push(Block::Paragraph(stressed(words.clone())));
            }
            self.caption = Some(Caption {
                name: name.or(suffix),
                words,
                at,
                stands,
                certain,
            });
            return;
        }
        if named {
            complaints.push(Complaint::new(
                Code::BadAnchor,
                at,
                "only headings and captions have names",
                "delete the name, or put it on the caption right before a table: `*Caption* {#its-name}`",
            ));
        }
        let words = run.finish(false);
        if !words.is_empty() {
            self.blocks.push(Block::Paragraph(words));
        }
    }

    /// Takes a name off the end of what is otherwise all emphasis.
    fn caption_suffix(run: &mut Run, source: &str) -> Option<Anchor> {
        if !source.trim_end().ends_with('}') {
            return None;
        }
        let plain_end = run.pieces.last().is_some_and(|piece| !piece.emphasis);
        let others = run.pieces.len().saturating_sub(1);
        let stressed = run.pieces[..others].iter().all(|piece| piece.emphasis);
        (plain_end && stressed)
            .then(|| run.take_suffix(source))
            .flatten()
    }
}

/// Where a paragraph ends in something written like a name: `{#...}`.
fn unread_name(source: &str) -> Option<usize> {
    let source = source.trim_end();
    if !source.ends_with('}') {
        return None;
    }
    let open = source.rfind("{#")?;
    (!source[..open].ends_with('\\')).then_some(open)
}

/// The words of a paragraph that is all emphasis, as it stands when no table follows.
fn stressed(words: Vec<Inline>) -> Vec<Inline> {
    vec![Inline::Emphasis(words)]
}

/// A list that is open.
#[derive(Debug)]
pub(super) struct OpenList {
    /// Whether it is written with figures.
    pub(super) figures: bool,
    items: Vec<Vec<Block>>,
    labels: Vec<Option<String>>,
}

impl OpenList {
    pub(super) fn new(figures: bool) -> OpenList {
        OpenList {
            figures,
            items: Vec::new(),
            labels: Vec::new(),
        }
    }

    pub(super) fn item(&mut self, flow: Flow, at: Range<usize>, complaints: &mut Vec<Complaint>) {
        if flow.blocks.is_empty() {
            let refused = |complaint: &Complaint| at.contains(&complaint.within.start);
            if complaints.iter().any(refused) {
                // It is empty because what stood in it was refused.
                return;
            }
            complaints.push(Complaint::new(
                Code::RefusedMarkup,
                at,
                "an item of a list is empty",
                "write its text, or delete it",
            ));
        } else {
            self.items.push(flow.blocks);
            self.labels.push(flow.label);
        }
    }

    /// The list. It has letters if it is written with figures, or if every item begins with a label.
    pub(super) fn finish(mut self) -> Option<Block> {
        let ordered = self.figures || self.labels.iter().all(Option::is_some);
        if !ordered {
            for (item, label) in self.items.iter_mut().zip(self.labels) {
                if let Some(label) = label {
                    restore(item, &label);
                }
            }
        }
        (!self.items.is_empty()).then_some(Block::List(List {
            ordered,
            items: self.items,
        }))
    }
}

/// Puts what looked like a label back: other items of the list have none.
fn restore(item: &mut Vec<Block>, label: &str) {
    if let Some(Block::Paragraph(words)) = item.first_mut() {
        if let Some(Inline::Text(text)) = words.first_mut() {
            text.insert_str(0, &format!("{label} "));
        } else {
            words.insert(0, Inline::Text(format!("{label} ")));
        }
    } else {
        let words = vec![Inline::Text(label.to_owned())];
        item.insert(0, Block::Paragraph(words));
    }
}

/// A table that is open.
#[derive(Debug)]
pub(super) struct OpenTable {
    table: Table,
    aligns: Vec<Align>,
    in_head: bool,
}

impl OpenTable {
    pub(super) fn new(flow: &mut Flow, aligns: Vec<Align>) -> OpenTable {
        let (anchor, caption) = flow.take_caption();
        OpenTable {
            table: Table {
                anchor,
                caption,
                columns: Vec::with_capacity(aligns.len()),
                rows: Vec::new(),
            },
            aligns,
            in_head: false,
        }
    }

    pub(super) fn columns(&self) -> usize {
        self.aligns.len()
    }

    pub(super) fn head(&mut self, open: bool) {
        self.in_head = open;
    }

    pub(super) fn row(&mut self) {
        self.table.rows.push(Vec::with_capacity(self.aligns.len()));
    }

    pub(super) fn cell(&mut self, words: Vec<Inline>) {
        if self.in_head {
            let align = self.aligns.get(self.table.columns.len());
            self.table.columns.push(Column {
                heading: words,
                align: align.copied().unwrap_or(Align::Start),
            });
        } else if let Some(row) = self.table.rows.last_mut() {
            row.push(words);
        }
    }

    pub(super) fn finish(self) -> Block {
        Block::Table(self.table)
    }
}
