//! A document as lines in reading order, and back.
//!
//! In: a [`Document`]. Out: [`Line`]s that hold all of it, so that [`raise`] of them is the document again (if it
//! is in canonical form: no two texts side by side, no list without items). A line borrows its words.

use super::{Container, Cover, Form, Kind, Level, Start, Style};
use crate::document::{Block, Document, Inline, List, Section, Table};

/// A paragraph, heading, table or block of source with its place.
#[derive(Debug, Clone)]
pub(super) struct Line<'d> {
    pub form: Form,
    pub content: Content<'d>,
}

/// What stands in a line.
#[derive(Debug, Clone)]
pub(super) enum Content<'d> {
    Words(Vec<Span<'d>>),
    Table(&'d Table),
}

/// A leaf and how it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span<'d> {
    pub leaf: Leaf<'d>,
    pub style: Style,
}

/// An inline that is not made of inlines. Text is apart, because it is cut to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf<'d> {
    Text(&'d str),
    Whole(&'d Inline),
}

impl Leaf<'_> {
    pub fn inline(self) -> Inline {
        match self {
            Leaf::Text(text) => Inline::Text(text.to_owned()),
            Leaf::Whole(inline) => inline.clone(),
        }
    }
}

/// The lines of `document`; the first is its title.
pub(super) fn lower(document: &Document) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    section(&document.root, 0, &mut lines);
    lines
}

fn section<'d>(of: &'d Section, depth: usize, lines: &mut Vec<Line<'d>>) {
    lines.push(Line {
        form: Form::Heading {
            depth,
            anchor: of.anchor.clone(),
            label: of.label,
        },
        content: Content::Words(spans(&of.title)),
    });
    blocks(&of.blocks, &mut Vec::new(), lines);
    for child in &of.sections {
        section(child, depth + 1, lines);
    }
}

/// Adds the lines of `of`, which stand in `nest`. Whatever begins with the first of them begins only once.
fn blocks<'d>(of: &'d [Block], nest: &mut Vec<Level>, lines: &mut Vec<Line<'d>>) {
    if of.is_empty() && !nest.is_empty() {
        line(Kind::Nothing, Content::Words(Vec::new()), nest, lines);
    }
    for block in of {
        match block {
            Block::Paragraph(words) => {
                line(Kind::Paragraph, Content::Words(spans(words)), nest, lines);
            }
            Block::Table(table) => line(Kind::Table, Content::Table(table), nest, lines),
            Block::Inert(source) => {
                let span = Span {
                    leaf: Leaf::Text(source),
                    style: Style::Plain,
                };
                line(Kind::Source, Content::Words(vec![span]), nest, lines);
            }
            Block::List(list) => {
                let mut start = Start::Whole;
                for item in &list.items {
                    within(
                        Container::Item {
                            ordered: list.ordered,
                        },
                        start,
                        item,
                        nest,
                        lines,
                    );
                    start = Start::Item;
                }
            }
            Block::Note(inner) => within(Container::Note, Start::Whole, inner, nest, lines),
        }
    }
}

fn within<'d>(
    container: Container,
    start: Start,
    inner: &'d [Block],
    nest: &mut Vec<Level>,
    lines: &mut Vec<Line<'d>>,
) {
    nest.push(Level { container, start });
    blocks(inner, nest, lines);
    nest.pop();
}

fn line<'d>(kind: Kind, content: Content<'d>, nest: &mut [Level], lines: &mut Vec<Line<'d>>) {
    lines.push(Line {
        form: Form::Block {
            nest: nest.to_vec(),
            kind,
        },
        content,
    });
    for level in nest {
        level.start = Start::Nothing;
    }
}

/// The leaves of `words` with their style.
pub(super) fn spans(words: &[Inline]) -> Vec<Span<'_>> {
    let mut all = Vec::with_capacity(words.len());
    gather(words, Style::Plain, &mut all);
    all
}

fn gather<'d>(words: &'d [Inline], style: Style, all: &mut Vec<Span<'d>>) {
    for inline in words {
        match inline {
            Inline::Text(text) => all.push(Span {
                leaf: Leaf::Text(text),
                style,
            }),
            Inline::Strong(inner) => gather(inner, style.strong(), all),
            Inline::Emphasis(inner) => gather(inner, style.emphasis(), all),
            Inline::Reference(_)
            | Inline::Definition(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_) => all.push(Span {
                leaf: Leaf::Whole(inline),
                style,
            }),
        }
    }
}

/// Which wrap stands outermost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrap {
    Strong,
    Emphasis,
}

impl Style {
    fn strong(self) -> Style {
        match self {
            Style::Plain => Style::Strong,
            Style::Emphasis => Style::StrongInEmphasis,
            Style::Strong | Style::EmphasisInStrong | Style::StrongInEmphasis => self,
        }
    }

    fn emphasis(self) -> Style {
        match self {
            Style::Plain => Style::Emphasis,
            Style::Strong => Style::EmphasisInStrong,
            Style::Emphasis | Style::EmphasisInStrong | Style::StrongInEmphasis => self,
        }
    }

    /// The outermost wrap, and what is left within it.
    fn outer(self) -> (Option<Wrap>, Style) {
        match self {
            Style::Plain => (None, Style::Plain),
            Style::Strong => (Some(Wrap::Strong), Style::Plain),
            Style::Emphasis => (Some(Wrap::Emphasis), Style::Plain),
            Style::EmphasisInStrong => (Some(Wrap::Strong), Style::Emphasis),
            Style::StrongInEmphasis => (Some(Wrap::Emphasis), Style::Strong),
        }
    }
}

/// Leaves with their style as inlines again: texts side by side are one, and so are wraps.
pub(super) fn inlines(leaves: Vec<(Inline, Style)>) -> Vec<Inline> {
    let mut all: Vec<Inline> = Vec::new();
    let mut leaves = leaves.into_iter().peekable();
    while let Some((leaf, style)) = leaves.next() {
        let (wrap, rest) = style.outer();
        let Some(wrap) = wrap else {
            match (all.last_mut(), leaf) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, leaf) => all.push(leaf),
            }
            continue;
        };
        let mut inner = vec![(leaf, rest)];
        while let Some((leaf, style)) = leaves.next_if(|(_, style)| style.outer().0 == Some(wrap)) {
            inner.push((leaf, style.outer().1));
        }
        let inner = inlines(inner);
        all.push(match wrap {
            Wrap::Strong => Inline::Strong(inner),
            Wrap::Emphasis => Inline::Emphasis(inner),
        });
    }
    all
}

/// What stands in a line that is to be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filled {
    Words(Vec<(Inline, Style)>),
    Table(Table),
}

/// The document of these lines, of which the first must be a heading of depth 0.
///
/// Lines in an order that no document has still make some document, which the proof then finds to be another.
pub(super) fn raise(cover: &Cover, lines: Vec<(Form, Filled)>) -> Option<Document> {
    let mut open: Vec<Section> = Vec::new();
    for (form, filled) in lines {
        match form {
            Form::Heading {
                depth,
                anchor,
                label,
            } => {
                close(&mut open, depth);
                open.push(Section {
                    anchor,
                    label,
                    title: words(filled),
                    blocks: Vec::new(),
                    sections: Vec::new(),
                });
            }
            Form::Block { nest, kind } => {
                let block = match (kind, filled) {
                    (Kind::Nothing, _) => None,
                    (Kind::Source, Filled::Words(leaves)) => Some(Block::Inert(source(leaves))),
                    (Kind::Paragraph | Kind::Table, Filled::Words(leaves)) => {
                        Some(Block::Paragraph(inlines(leaves)))
                    }
                    (Kind::Paragraph | Kind::Table | Kind::Source, Filled::Table(table)) => {
                        Some(Block::Table(table))
                    }
                };
                put(&mut open.last_mut()?.blocks, &nest, block);
            }
        }
    }
    close(&mut open, 1);
    Some(Document {
        name: cover.name.clone(),
        imprint: cover.imprint.clone(),
        root: open.pop()?,
    })
}

/// Closes the sections that are open until the next would be of `depth`; the title stays open.
fn close(open: &mut Vec<Section>, depth: usize) {
    while open.len() > depth.max(1)
        && let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.sections.push(done);
    }
}

fn words(filled: Filled) -> Vec<Inline> {
    match filled {
        Filled::Words(leaves) => inlines(leaves),
        Filled::Table(_) => Vec::new(),
    }
}

/// The text of a block of source.
fn source(leaves: Vec<(Inline, Style)>) -> String {
    let mut text = String::new();
    for (leaf, _) in leaves {
        match leaf {
            Inline::Text(piece) => text.push_str(&piece),
            Inline::Strong(_)
            | Inline::Emphasis(_)
            | Inline::Reference(_)
            | Inline::Definition(_)
            | Inline::Link { .. }
            | Inline::Inert(_)
            | Inline::Enumerator(_) => {}
        }
    }
    text
}

/// Puts `block` where `nest` says, opening what begins with it.
fn put(into: &mut Vec<Block>, nest: &[Level], block: Option<Block>) {
    let Some((level, inner)) = nest.split_first() else {
        into.extend(block);
        return;
    };
    match level.container {
        Container::Note => {
            if level.start == Start::Whole || !matches!(into.last(), Some(Block::Note(_))) {
                into.push(Block::Note(Vec::new()));
            }
            if let Some(Block::Note(blocks)) = into.last_mut() {
                put(blocks, inner, block);
            }
        }
        Container::Item { ordered } => {
            let open = matches!(into.last(), Some(Block::List(list)) if list.ordered == ordered);
            if level.start == Start::Whole || !open {
                into.push(Block::List(List {
                    ordered,
                    items: Vec::new(),
                }));
            }
            if let Some(Block::List(list)) = into.last_mut() {
                if level.start != Start::Nothing || list.items.is_empty() {
                    list.items.push(Vec::new());
                }
                if let Some(item) = list.items.last_mut() {
                    put(item, inner, block);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Filled, lower, raise};
    use crate::document::arbitrary;
    use crate::redline::Cover;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_document_is_its_lines(package in arbitrary::resolved()) {
            for document in package.documents() {
                let lines = lower(document)
                    .into_iter()
                    .map(|line| {
                        let filled = match line.content {
                            Content::Words(spans) => Filled::Words(
                                spans.iter().map(|span| (span.leaf.inline(), span.style)).collect(),
                            ),
                            Content::Table(table) => Filled::Table(table.clone()),
                        };
                        (line.form, filled)
                    })
                    .collect();
                let cover = Cover { name: document.name.clone(), imprint: document.imprint.clone() };
                let raised = raise(&cover, lines);
                prop_assert_eq!(raised.as_ref(), Some(document));
            }
        }
    }
}
