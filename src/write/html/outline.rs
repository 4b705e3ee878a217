//! Sections and their headings, and the contents made from them.

use super::Writer;
use super::words::Terms;
use crate::document::{Block, Label, Section};

/// How deep the contents go: parts, clauses, and no further.
const DEEPEST: usize = 2;

/// The names of headings by depth. Deeper ones do not occur in a contract that people can read.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

impl<'a> Writer<'a> {
    /// The contents: a list of links, nested as the sections are.
    pub(super) fn contents(&mut self) {
        self.page
            .fixed("<nav aria-labelledby=\"contents_\"><details class=\"contents\"><summary id=\"contents_\">");
        self.page.text(&self.look.contents);
        self.page.fixed("</summary>\n");
        let root = self.part.root();
        self.entries(&root.sections, 1);
        self.page.fixed("</details></nav>\n");
    }

    fn entries(&mut self, sections: &[Section], depth: usize) {
        if sections.is_empty() || depth > DEEPEST {
            return;
        }
        self.page.fixed("<ol role=\"list\">\n");
        for section in sections {
            self.page.open("li");
            self.page
                .tag("a")
                .put("href", format_args!("#{}", section.anchor))
                .open();
            self.label(section);
            self.page.open("span");
            self.words(&section.title, Terms::Plain);
            self.page.close("span");
            self.page.close("a");
            self.entries(&section.sections, depth + 1);
            self.page.close("li");
            self.page.line();
        }
        self.page.fixed("</ol>\n");
    }

    /// The label of a section and the space after it.
    fn label(&mut self, section: &Section) {
        let Some(label) = self.part.label(section) else {
            return;
        };
        self.page.tag("span").set("class", "number").open();
        match label.strip_suffix(':') {
            // Where the label has a line of its own the colon is heard and copied but not seen.
            Some(label) => {
                self.page.text(label);
                self.page.fixed("<span class=\"colon\">:</span>");
            }
            None => self.page.text(&label),
        }
        self.page.close("span");
        self.page.text(" ");
    }

    /// A section and all under it, `depth` sections below the title of the page.
    pub(super) fn section(&mut self, section: &'a Section, depth: usize) {
        self.section = &section.anchor;
        self.linked.clear();
        let kind = match section.label {
            Label::Title if depth == 0 => "cover",
            Label::Title => "title",
            Label::Number => "clause",
            Label::Part => "part",
            Label::Exhibit => "exhibit",
        };
        let tag = self
            .page
            .tag("section")
            .set("id", section.anchor.as_str())
            .set("class", kind);
        match section.label {
            Label::Part | Label::Exhibit => {
                tag.put("style", format_args!("page:part-{}", self.parts))
                    .open();
                self.parts += 1;
            }
            Label::Title | Label::Number => tag.open(),
        }
        self.page.line();
        self.rows(section, depth);
        for child in &section.sections {
            self.section(child, depth + 1);
        }
        self.page.close("section");
        self.page.line();
    }

    /// The heading and blocks of a section, in rows of text with the notes that follow it.
    ///
    /// A row holds text and then notes, so that the order of the page stays that of the document while notes
    /// can stand beside the words that they explain.
    fn rows(&mut self, section: &'a Section, depth: usize) {
        let mut blocks = section.blocks.as_slice();
        let mut first = true;
        while first || !blocks.is_empty() {
            let text = blocks.iter().position(is_note).unwrap_or(blocks.len());
            let (text, rest) = blocks.split_at(text);
            let notes = rest
                .iter()
                .position(|block| !is_note(block))
                .unwrap_or(rest.len());
            let (notes, rest) = rest.split_at(notes);
            blocks = rest;
            if !notes.is_empty() {
                self.page.fixed("<div class=\"row\"><div class=\"text\">\n");
            }
            if first {
                self.heading(section, depth);
                first = false;
            }
            self.blocks(text, 0);
            if !notes.is_empty() {
                self.page.fixed("</div><div class=\"notes\">\n");
                self.blocks(notes, 0);
                self.page.fixed("</div></div>\n");
            }
        }
    }

    fn heading(&mut self, section: &Section, depth: usize) {
        let name = HEADINGS[depth.min(HEADINGS.len() - 1)];
        self.page.open(name);
        self.label(section);
        self.words(&section.title, Terms::Plain);
        if depth > 0 {
            self.page.text(" ");
            self.page
                .tag("a")
                .set("class", "self")
                .put("href", format_args!("#{}", section.anchor))
                .set("aria-label", &self.look.permalink)
                .open();
            self.page.fixed("#</a>");
        }
        self.page.close(name);
        self.page.line();
    }
}

fn is_note(block: &Block) -> bool {
    match block {
        Block::Note(_) => true,
        Block::Paragraph(_) | Block::List(_) | Block::Table(_) => false,
    }
}
