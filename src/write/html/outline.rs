//! Sections and their headings, and the contents made from them.

use super::Writer;
use super::words::Terms;
use crate::document::{Block, Inline, Label, Section};

/// How deep the contents go: parts, clauses, and no further.
const DEEPEST: usize = 2;

/// The names of headings by depth. Deeper ones do not occur in a contract that people can read.
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Whether these blocks are the cover of an agreement. A page that begins with what it says, and a note on it, has none.
fn is_front(blocks: &[Block]) -> bool {
    let notes = blocks.iter().any(is_note);
    !blocks.is_empty() && !notes
}

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
            self.folded(section, depth);
            self.page.close("li");
            self.page.line();
        }
        self.page.fixed("</ol>\n");
    }

    /// The entries under one of the first level, folded if it is an exhibit: there may be a hundred of them.
    fn folded(&mut self, section: &Section, depth: usize) {
        let folds = section.label == Label::Exhibit && depth < DEEPEST;
        if !folds || section.sections.is_empty() {
            return self.entries(&section.sections, depth + 1);
        }
        self.page
            .fixed("<details class=\"fold\"><summary><span class=\"colon\">");
        if let Some(label) = self.part.label(section) {
            self.page.text(label.trim_end_matches(':'));
        }
        self.page.fixed("</span></summary>\n");
        self.entries(&section.sections, depth + 1);
        self.page.close("details");
    }

    /// The label of a section and the space after it.
    fn label(&mut self, section: &Section) {
        let Some(label) = self.part.label(section) else {
            return;
        };
        self.page.tag("span").fixed("class", "number").open();
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
        self.linked.fill(false);
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
        if self.look.folds.contains(&section.anchor) {
            self.unfolding(section, depth);
        } else if kind == "cover" && is_front(&section.blocks) {
            self.front(section, depth);
        } else {
            self.rows(section, depth);
        }
        for child in &section.sections {
            self.section(child, depth + 1);
        }
        self.page.close("section");
        self.page.line();
    }

    /// A section that a screen folds away until it is asked for. Its heading has no link: it is a switch already.
    fn unfolding(&mut self, section: &'a Section, depth: usize) {
        let name = HEADINGS[depth.min(HEADINGS.len() - 1)];
        self.page.fixed("<details class=\"unfold\"><summary>");
        self.page.open(name);
        self.label(section);
        self.words(&section.title, Terms::Plain);
        self.page.close(name);
        self.page.fixed("</summary>\n");
        self.blocks(&section.blocks, 0);
        self.page.fixed("</details>\n");
    }

    /// The title of an agreement and what stands under it: who, since when, for what.
    fn front(&mut self, section: &'a Section, depth: usize) {
        self.page.tag("div").fixed("class", "front").open();
        self.page.line();
        self.heading(section, depth);
        for block in &section.blocks {
            match block {
                // Words that are strong throughout are the name of a party.
                Block::Paragraph(words) if matches!(words.as_slice(), [Inline::Strong(_)]) => {
                    self.page.tag("p").fixed("class", "party").open();
                    self.words(words, Terms::Plain);
                    self.page.close("p");
                    self.page.line();
                }
                Block::Paragraph(words) => {
                    self.page.open("p");
                    self.words(words, Terms::Plain);
                    self.page.close("p");
                    self.page.line();
                }
                Block::List(_) | Block::Table(_) | Block::Note(_) | Block::Inert(_) => {
                    self.block(block, 0);
                }
            }
        }
        self.page.close("div");
        self.page.line();
    }

    /// The heading and blocks of a section, in rows of text and the notes about it.
    ///
    /// Notes stand before or after the words that they explain, so a row takes the notes before a run of text,
    /// and those after the last one. The order of the page stays that of the document; where there is room,
    /// the style sheet sets the notes of a row beside its text.
    fn rows(&mut self, section: &'a Section, depth: usize) {
        let runs: Vec<&[Block]> = section
            .blocks
            .chunk_by(|one, next| is_note(one) == is_note(next))
            .collect();
        let has_text = runs.iter().any(|run| !run.iter().any(is_note));
        let mut heading = Some(depth);
        let mut at = 0;
        while heading.is_some() || at < runs.len() {
            // A row ends with its text, but the last one also takes the notes after it.
            let mut end = runs
                .len()
                .min(at + 1 + usize::from(runs.get(at).is_some_and(|run| run.iter().any(is_note))));
            if end + 1 == runs.len() && runs[end].iter().any(is_note) {
                end = runs.len();
            }
            let row = &runs[at..end];
            let beside = has_text && row.iter().any(|run| run.iter().any(is_note));
            if beside {
                self.page.fixed("<div class=\"row\">\n");
            }
            if let Some(depth) = heading.take() {
                self.heading(section, depth);
            }
            for run in row {
                if beside {
                    let class = if run.iter().any(is_note) {
                        "notes"
                    } else {
                        "text"
                    };
                    self.page.tag("div").set("class", class).open();
                }
                self.blocks(run, 0);
                if beside {
                    self.page.fixed("</div>\n");
                }
            }
            if beside {
                self.page.fixed("</div>\n");
            }
            at = end;
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
                .fixed("class", "self")
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
        Block::Paragraph(_) | Block::List(_) | Block::Table(_) | Block::Inert(_) => false,
    }
}
