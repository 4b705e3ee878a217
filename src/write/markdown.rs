//! The tree as Markdown: the format of record.
//!
//! In: a part of a resolved package. Out: `CommonMark` with pipe tables that any viewer shows well, and that
//! `document::read` reads back to the same tree. The table in that module says which spellings carry what a
//! viewer need not show; the no-break space after every computed label is the chief one.

mod plain;
mod words;

pub use plain::{plain, plain_blocks, plain_heading, plain_text};

use crate::document::number;
use crate::document::resolve::{Form, Part};
use crate::document::{Align, Block, Inline, Label, List, Section, Table, walk};
use words::Place;

/// `part` as Markdown, ending in a line break.
pub fn markdown(part: &Part<'_>) -> String {
    let sections = walk::sections(part.root()).count();
    let mut writer = Writer {
        out: String::with_capacity(1024 + sections * 1024),
        place: Some((part, part.root())),
        ..Writer::bare()
    };
    writer.section(part, part.root(), 1);
    writer.out.push('\n');
    writer.out
}

/// The space that joins a computed label to its text.
const JOINT: char = '\u{a0}';

struct Writer<'p> {
    out: String,
    /// What every further line of the open blocks begins with.
    prefix: String,
    /// The part and the section that is being written: references are worded for its reader.
    place: Option<(&'p Part<'p>, &'p Section)>,
    /// Whether the words stand in a table, where a bar would end the cell.
    in_cell: bool,
    /// The mark that just closed and the last character in it, if words follow it directly.
    after: Option<(Mark, char)>,
    /// How references are printed.
    form: Form,
}

/// A mark around words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `**`
    Strong,
    /// `*`
    Star,
    /// `_`, where a star could be taken for a part of `**`.
    Bar,
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Mark::Strong => "**",
            Mark::Star => "*",
            Mark::Bar => "_",
        }
    }
}

impl<'p> Writer<'p> {
    /// A writer that has written nothing, for words that refer to nothing.
    fn bare() -> Writer<'p> {
        Writer {
            out: String::new(),
            prefix: String::new(),
            place: None,
            in_cell: false,
            after: None,
            form: Form::Full,
        }
    }

    fn section(&mut self, part: &'p Part<'p>, section: &'p Section, level: usize) {
        self.place = Some((part, section));
        if level > 1 {
            self.empty_line();
        }
        // Markdown has six levels; a deeper outline is refused before anything is written.
        for _ in 0..level.min(6) {
            self.out.push('#');
        }
        self.out.push(' ');
        self.name(section.anchor.as_str());
        let label = part.label(section);
        if let Some(label) = &label {
            self.label(label, Place::Heading);
        }
        self.words(&section.title, Place::Heading);
        match (section.label, label) {
            (Label::Part, _) => self.out.push(JOINT),
            (Label::Number, None) => self.out.extend([JOINT, JOINT]),
            (Label::Title | Label::Number | Label::Exhibit, _) => {}
        }
        let mut right_after_title = level == 1;
        if level == 1
            && let Some(imprint) = part.imprint()
        {
            self.empty_line();
            self.out.push('*');
            self.text(imprint, Place::Middle, false);
            self.out.push('*');
            right_after_title = false;
        }
        if !section.blocks.is_empty() {
            self.empty_line();
            self.blocks(&section.blocks, 0, false, right_after_title);
        }
        for child in &section.sections {
            self.section(part, child, level + 1);
        }
    }

    fn name(&mut self, name: &str) {
        self.out.push_str("<a id=\"");
        self.out.push_str(name);
        self.out.push_str("\"></a>");
    }

    /// A computed label and its joint. A joint within it would end it early.
    fn label(&mut self, label: &str, place: Place) {
        self.text(&label.replace(JOINT, " "), place, false);
        self.out.push(JOINT);
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    fn empty_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.prefix.trim_end());
        self.line();
    }

    /// Blocks one after the other; `tight` without empty lines, `depth` ordered lists deep.
    fn blocks(&mut self, blocks: &'p [Block], depth: usize, tight: bool, right_after_title: bool) {
        let mut bullet = '-';
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 && tight {
                self.line();
            } else if place > 0 {
                self.empty_line();
            }
            let first = right_after_title && place == 0;
            match block {
                Block::Paragraph(words) => {
                    self.words(words, Place::Start);
                    let before_bare_table = matches!(
                        blocks.get(place + 1),
                        Some(Block::Table(Table { anchor: None, caption, .. })) if caption.is_empty()
                    );
                    if (first || before_bare_table) && matches!(**words, [Inline::Emphasis(_)]) {
                        self.out.push(JOINT);
                    }
                }
                Block::List(list) => {
                    // A list right after another would be read as more of it, but for its bullet.
                    let follows = place > 0 && matches!(blocks[place - 1], Block::List(_));
                    bullet = if follows && bullet == '-' { '*' } else { '-' };
                    self.list(list, depth, bullet);
                }
                Block::Table(table) => self.table(table, first),
                Block::Note(inner) => {
                    let outside = self.prefix.len();
                    self.out.push_str("> ");
                    self.prefix.push_str("> ");
                    self.blocks(inner, depth, false, false);
                    self.prefix.truncate(outside);
                }
                Block::Inert(source) => self.inert(source),
            }
        }
    }

    /// Source text as it is, every line under the prefix of the open blocks.
    fn inert(&mut self, source: &str) {
        for (place, line) in source.split('\n').enumerate() {
            if place > 0 {
                self.line();
            }
            self.out.push_str(line);
        }
    }

    fn list(&mut self, list: &'p List, depth: usize, bullet: char) {
        let tight = is_tight(list);
        let below = if list.ordered { depth + 1 } else { depth };
        for (place, item) in list.items.iter().enumerate() {
            if place > 0 && tight {
                self.line();
            } else if place > 0 {
                self.empty_line();
            }
            self.out.push(bullet);
            self.out.push(' ');
            let outside = self.prefix.len();
            self.prefix.push_str("  ");
            if list.ordered {
                self.out.push_str(&number::item(depth, place));
                self.out.push(JOINT);
                if !matches!(item.first(), Some(Block::Paragraph(_))) {
                    self.empty_line();
                }
            }
            self.blocks(item, below, tight, false);
            self.prefix.truncate(outside);
        }
    }

    fn table(&mut self, table: &'p Table, right_after_title: bool) {
        if table.anchor.is_some() || !table.caption.is_empty() {
            if let Some(anchor) = &table.anchor {
                self.name(anchor.as_str());
            } else if right_after_title {
                self.out.push(JOINT);
            }
            if !table.caption.is_empty() {
                // The marks of strong words could run together with a star.
                let has_strong = table.caption.iter().any(words::is_strong);
                let mark = if has_strong { Mark::Bar } else { Mark::Star };
                self.out.push_str(mark.as_str());
                self.words(&table.caption, Place::Middle);
                self.out.push_str(mark.as_str());
            }
            self.empty_line();
        }
        self.out.push('|');
        for column in &table.columns {
            self.cell(&column.heading);
        }
        self.line();
        self.out.push('|');
        for column in &table.columns {
            self.out.push_str(match column.align {
                Align::Start => " --- |",
                Align::Center => " :-: |",
                Align::End => " --: |",
            });
        }
        for row in &table.rows {
            self.line();
            self.out.push('|');
            for cell in row {
                self.cell(cell);
            }
        }
    }

    fn cell(&mut self, words: &'p [Inline]) {
        self.out.push(' ');
        self.form = walk::cell_form(words);
        self.in_cell = true;
        self.words(words, Place::Middle);
        self.in_cell = false;
        self.form = Form::Full;
        self.out.push_str(" |");
    }
}

/// Whether the items can stand without empty lines: words, and perhaps a list of such items under them.
fn is_tight(list: &List) -> bool {
    list.items.iter().all(|item| match &**item {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List(inner)] => is_tight(inner),
        _ => false,
    })
}

#[cfg(test)]
mod tests;
