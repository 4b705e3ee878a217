//! The text of a document and of a page, each read by code that knows nothing of the other or of redlines.

use crate::document::resolve::{Form, Part};
use crate::document::{Anchor, Block, Inline, Label, Section, number, walk};
use crate::write::html::tests::tokens::{self, Token};

/// The lines of `part` as it is printed: headings with their numbers, items with their letters, cells.
pub(super) fn of_part(part: &Part<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for section in walk::sections(part.root()) {
        let mut heading = label(part, section);
        run(
            part,
            &section.anchor,
            &section.title,
            Form::Full,
            &mut heading,
        );
        lines.push(heading);
        let mut reader = Reader {
            part,
            here: &section.anchor,
            lines: &mut lines,
        };
        reader.blocks(&section.blocks, 0, "");
    }
    tidy(&lines.join("\n"))
}

fn label(part: &Part<'_>, section: &Section) -> String {
    let Some(number) = part.resolved().numbers().get(&section.anchor) else {
        return String::new();
    };
    match section.label {
        Label::Exhibit => format!("Exhibit {number}: "),
        Label::Number if !number.contains('.') => format!("{number}. "),
        Label::Number => format!("{number} "),
        Label::Title | Label::Part => String::new(),
    }
}

struct Reader<'a, 'l> {
    part: &'a Part<'a>,
    here: &'a Anchor,
    lines: &'l mut Vec<String>,
}

impl Reader<'_, '_> {
    fn blocks(&mut self, blocks: &[Block], depth: usize, first: &str) {
        let mut lead = first.to_owned();
        for block in blocks {
            match block {
                Block::Paragraph(words) => {
                    let mut line = std::mem::take(&mut lead);
                    run(self.part, self.here, words, Form::Full, &mut line);
                    self.lines.push(line);
                }
                Block::List(list) => {
                    for (place, item) in list.items.iter().enumerate() {
                        let lead = std::mem::take(&mut lead);
                        if list.ordered {
                            let label = format!("{lead}{} ", number::item(depth, place));
                            self.blocks(item, depth + 1, &label);
                        } else {
                            self.blocks(item, depth, &lead);
                        }
                    }
                }
                Block::Note(inner) => {
                    let lead = std::mem::take(&mut lead);
                    self.blocks(inner, 0, &lead);
                }
                Block::Inert(source) => self
                    .lines
                    .push(format!("{}{source}", std::mem::take(&mut lead))),
                Block::Table(table) => {
                    self.lines.push(std::mem::take(&mut lead));
                    let mut cell = |words: &[Inline], form| {
                        let mut line = String::new();
                        run(self.part, self.here, words, form, &mut line);
                        self.lines.push(line);
                    };
                    cell(&table.caption, Form::Full);
                    for column in &table.columns {
                        cell(&column.heading, Form::Full);
                    }
                    for words in table.rows.iter().flatten() {
                        cell(words, walk::cell_form(words));
                    }
                }
            }
        }
        if !lead.is_empty() {
            self.lines.push(lead);
        }
    }
}

fn run(part: &Part<'_>, here: &Anchor, words: &[Inline], form: Form, out: &mut String) {
    walk::leaves(words, &mut |leaf| match leaf {
        Inline::Text(text) | Inline::Enumerator(text) | Inline::Link { text, .. } => {
            out.push_str(text);
        }
        Inline::Inert(text) if text == Inline::BREAK => out.push('\n'),
        Inline::Inert(text) => out.push_str(text),
        Inline::Definition(term) => {
            out.push('\u{201C}');
            out.push_str(term);
            out.push('\u{201D}');
        }
        Inline::Reference(to) => out.push_str(&part.reference(here, to, form).text),
        Inline::Strong(_) | Inline::Emphasis(_) => {}
    });
}

/// The lines of the marked text of `page` without what stands in elements called `gone`.
pub(super) fn of_page(page: &str, gone: &str) -> Vec<String> {
    let mut text = String::new();
    let mut inside = false;
    let mut out = 0;
    for token in tokens::of(page) {
        match token {
            Token::Open { attributes, .. }
                if attributes
                    .iter()
                    .any(|(key, value)| key == "id" && value == "document_") =>
            {
                inside = true;
            }
            Token::Open { name, .. } if name == gone => out += 1,
            Token::Close(name) if name == gone => out -= 1,
            Token::Close(name) if name == "article" => inside = false,
            Token::Text(words) if inside && out == 0 => text.push_str(&words),
            Token::Open { .. } | Token::Close(_) | Token::Text(_) => {}
        }
    }
    tidy(&text)
}

/// Lines without what no reader sees: empty ones, and spaces side by side or at an edge.
fn tidy(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}
