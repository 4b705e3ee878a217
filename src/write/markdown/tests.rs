//! What is written can be read: by our reader to the same tree, by another to the same text.

use super::markdown;
use crate::document::arbitrary::resolved;
use crate::document::read;
use crate::document::resolve::{Form, Part};
use crate::document::{Align, Block, Inline, Label, Section, walk};
use comrak::nodes::{AstNode, NodeValue, TableAlignment};
use proptest::prelude::*;
use std::fmt::Write;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_to_the_same_tree(package in resolved()) {
        for part in package.parts() {
            let written = markdown(&part);
            let read = read::document(part.name(), &written);
            match read {
                Ok(read) => {
                    prop_assert_eq!(&read.root, part.root(), "\n{}", written);
                    prop_assert_eq!(read.imprint.as_deref(), part.imprint(), "\n{}", written);
                }
                Err(complaints) => prop_assert!(false, "{:#?}\n{}", complaints, written),
            }
        }
    }

    #[test]
    fn another_reader_shows_the_same_text(package in resolved()) {
        for part in package.parts() {
            let written = markdown(&part);
            let mut options = comrak::Options::default();
            options.extension.table = true;
            let arena = comrak::Arena::new();
            let mut theirs = String::new();
            show(comrak::parse_document(&arena, &written, &options), &mut theirs);
            let mut ours = Outline { part: &part, out: String::new(), from: part.root(), form: Form::Full };
            ours.section(part.root(), 1);
            prop_assert_eq!(theirs, ours.out, "\n{}", written);
        }
    }
}

/// What comrak sees, one block on a line.
fn show<'a>(node: &'a AstNode<'a>, out: &mut String) {
    let (before, after) = match &node.data.borrow().value {
        NodeValue::Document | NodeValue::TableRow(_) | NodeValue::HtmlInline(_) => {
            (String::new(), "")
        }
        NodeValue::Heading(heading) => (format!("H{} ", heading.level), "\n"),
        NodeValue::Paragraph => ("P ".into(), "\n"),
        NodeValue::List(_) => ("L\n".into(), "/L\n"),
        NodeValue::Item(_) => ("I\n".into(), ""),
        NodeValue::BlockQuote => ("N\n".into(), "/N\n"),
        NodeValue::Table(table) => {
            let aligns = table.alignments.iter().map(|align| match align {
                TableAlignment::None | TableAlignment::Left => 's',
                TableAlignment::Center => 'c',
                TableAlignment::Right => 'e',
            });
            (format!("T {}\n", aligns.collect::<String>()), "")
        }
        NodeValue::TableCell => ("C ".into(), "\n"),
        NodeValue::Text(text) => (text.to_string(), ""),
        NodeValue::Strong => ("<s>".into(), "</s>"),
        NodeValue::Emph => ("<e>".into(), "</e>"),
        NodeValue::Link(link) => (format!("<l {}>", link.url), "</l>"),
        other => (format!("?{other:?}"), ""),
    };
    out.push_str(&before);
    for child in node.children() {
        show(child, out);
    }
    out.push_str(after);
}

/// What comrak should see.
struct Outline<'p> {
    part: &'p Part<'p>,
    out: String,
    from: &'p Section,
    form: Form,
}

impl<'p> Outline<'p> {
    fn section(&mut self, section: &'p Section, level: usize) {
        self.from = section;
        write!(self.out, "H{level} ").unwrap();
        let label = self.part.label(section);
        if let Some(label) = &label {
            write!(self.out, "{label}\u{a0}").unwrap();
        }
        self.words(&section.title);
        self.out += match (section.label, label) {
            (Label::Part, _) => "\u{a0}\n",
            (Label::Number, None) => "\u{a0}\u{a0}\n",
            _ => "\n",
        };
        if level == 1
            && let Some(imprint) = self.part.imprint()
        {
            writeln!(self.out, "P <e>{imprint}</e>").unwrap();
        }
        let start = self.out.len();
        self.blocks(&section.blocks, 0);
        if level == 1 && self.part.imprint().is_none() {
            // The joint that tells a caption from an imprint, or running text from either.
            let first = self.out[start..].to_owned();
            self.out.truncate(start);
            let first = match section.blocks.first() {
                Some(Block::Table(table))
                    if table.anchor.is_none() && !table.caption.is_empty() =>
                {
                    first.replacen("P ", "P \u{a0}", 1)
                }
                Some(Block::Paragraph(words))
                    if matches!(**words, [Inline::Emphasis(_)])
                        && !first
                            .lines()
                            .next()
                            .is_some_and(|line| line.ends_with('\u{a0}')) =>
                {
                    first.replacen("</e>\n", "</e>\u{a0}\n", 1)
                }
                _ => first,
            };
            self.out += &first;
        }
        for child in &section.sections {
            self.section(child, level + 1);
        }
    }

    fn blocks(&mut self, blocks: &'p [Block], depth: usize) {
        for (place, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(words) => {
                    if !self.out.ends_with('\u{a0}') {
                        self.out += "P ";
                    }
                    self.words(words);
                    if matches!(**words, [Inline::Emphasis(_)])
                        && matches!(blocks.get(place + 1), Some(Block::Table(table)) if table.anchor.is_none() && table.caption.is_empty())
                    {
                        self.out += "\u{a0}";
                    }
                    self.out += "\n";
                }
                Block::List(list) => {
                    self.out += "L\n";
                    for (place, item) in list.items.iter().enumerate() {
                        self.out += "I\n";
                        if list.ordered {
                            let label = crate::document::number::item(depth, place);
                            write!(self.out, "P {label}\u{a0}").unwrap();
                            if !matches!(item[0], Block::Paragraph(_)) {
                                self.out += "\n";
                            }
                        }
                        self.blocks(item, depth + usize::from(list.ordered));
                    }
                    self.out += "/L\n";
                }
                Block::Table(table) => {
                    if table.anchor.is_some() || !table.caption.is_empty() {
                        self.out += "P ";
                        if !table.caption.is_empty() {
                            self.out += "<e>";
                            self.words(&table.caption);
                            self.out += "</e>";
                        }
                        self.out += "\n";
                    }
                    let aligns = table.columns.iter().map(|column| match column.align {
                        Align::Start => 's',
                        Align::Center => 'c',
                        Align::End => 'e',
                    });
                    writeln!(self.out, "T {}", aligns.collect::<String>()).unwrap();
                    let headings = table.columns.iter().map(|column| &column.heading);
                    for cell in headings.chain(table.rows.iter().flatten()) {
                        self.out += "C ";
                        self.form = walk::cell_form(cell);
                        self.words(cell);
                        self.form = Form::Full;
                        self.out += "\n";
                    }
                }
                Block::Note(inner) => {
                    self.out += "N\n";
                    self.blocks(inner, depth);
                    self.out += "/N\n";
                }
                Block::Inert(source) => writeln!(self.out, "X {source}").unwrap(),
            }
        }
    }

    fn words(&mut self, words: &'p [Inline]) {
        for inline in words {
            match inline {
                Inline::Text(text) => self.out += text,
                Inline::Strong(inner) => {
                    self.out += "<s>";
                    self.words(inner);
                    self.out += "</s>";
                }
                Inline::Emphasis(inner) => {
                    self.out += "<e>";
                    self.words(inner);
                    self.out += "</e>";
                }
                Inline::Definition(term) => write!(self.out, "<s>“{term}”</s>").unwrap(),
                Inline::Reference(to) => {
                    let shown = self.part.reference(&self.from.anchor, to, self.form);
                    let file = shown
                        .file
                        .map(|file| format!("{file}.md"))
                        .unwrap_or_default();
                    write!(self.out, "<l {file}#{to}>{}</l>", shown.text).unwrap();
                }
                Inline::Link { url, text } => write!(self.out, "<l {url}>{text}</l>").unwrap(),
                Inline::Inert(text) | Inline::Enumerator(text) => self.out.push_str(text),
            }
        }
    }
}
