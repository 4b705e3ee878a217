//! Blocks: paragraphs, lists, tables with their pictures, notes.

use super::words::Terms;
use super::{Writer, svg};
use crate::document::picture::Picture;
use crate::document::resolve::Form;
use crate::document::{Align, Anchor, Block, Inline, List, Table, number, walk};

/// From how many columns on a table takes the room of the notes too, if there are none.
const WIDE: usize = 4;
/// From so many columns on, those of short words stay on one line.
const KEPT_FROM: usize = 3;
/// How many characters a column may have that is kept from breaking, such as one of dates.
const KEPT: usize = 18;
/// How many characters all such columns of a table may have.
const KEPT_IN_ALL: usize = 48;

impl Writer<'_> {
    /// Writes blocks; lists in them are `depth` lists deep.
    pub(super) fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            self.block(block, depth);
        }
    }

    /// Writes one block.
    pub(super) fn block(&mut self, block: &Block, depth: usize) {
        match block {
            Block::Paragraph(words) => {
                self.page.open("p");
                self.run(words);
                self.page.close("p");
                self.page.line();
            }
            Block::List(list) => self.list(list, depth),
            Block::Table(table) => self.table(table),
            Block::Note(inner) => {
                self.page
                    .tag("div")
                    .fixed("class", "note")
                    .fixed("role", "note")
                    .open();
                self.in_note = true;
                self.blocks(inner, 0);
                self.in_note = false;
                self.page.close("div");
                self.page.line();
            }
            Block::Inert(source) => {
                self.page.open("pre");
                self.page.element("code", source);
                self.page.close("pre");
                self.page.line();
            }
        }
    }

    /// A list. Labels are text, so that they are copied, searched and read aloud with the item.
    fn list(&mut self, list: &List, depth: usize) {
        let name = if list.ordered { "ol" } else { "ul" };
        // Said again, because a list without markers of its own is not announced as one everywhere.
        self.page.tag(name).fixed("role", "list").open();
        self.page.line();
        for (place, item) in list.items.iter().enumerate() {
            self.page.open("li");
            if list.ordered {
                self.page.tag("span").fixed("class", "label").open();
                self.page.text(&number::item(depth, place));
                self.page.close("span");
                self.page.text(" ");
            }
            self.page.tag("div").fixed("class", "item").open();
            self.blocks(item, if list.ordered { depth + 1 } else { depth });
            self.page.close("div");
            self.page.close("li");
            self.page.line();
        }
        self.page.close(name);
        self.page.line();
    }

    /// A table in a region of its own that scrolls if it must, under its picture.
    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let caption_id = format!("caption_{}", self.tables);
        let picture = table
            .anchor
            .as_ref()
            .and_then(|anchor| Some((anchor, self.pictures.get(anchor)?)));
        let figure = self.page.tag("figure");
        let figure = match &table.anchor {
            Some(anchor) => figure.set("id", anchor.as_str()),
            None => figure,
        };
        let class = match (table.columns.len() >= WIDE, picture.is_some()) {
            (false, false) => None,
            (true, false) => Some("wide"),
            (false, true) => Some("pictured"),
            (true, true) => Some("wide pictured"),
        };
        match class {
            Some(class) => figure.set("class", class).open(),
            None => figure.open(),
        }
        self.page.line();
        if let Some((anchor, picture)) = picture {
            self.picture(table, anchor, picture);
        }
        let region = self
            .page
            .tag("div")
            .fixed("class", "scroll")
            .fixed("role", "region")
            .fixed("tabindex", "0");
        if table.caption.is_empty() {
            region.put("aria-label", self.tables).open();
        } else {
            region.set("aria-labelledby", &caption_id).open();
        }
        let kept = kept(table);
        if kept.is_empty() {
            self.page.open("table");
        } else {
            self.page.tag("table").set("class", &kept).open();
        }
        self.page.line();
        if !table.caption.is_empty() {
            self.page.open("caption");
            self.page.tag("span").set("id", &caption_id).open();
            self.words(&table.caption, Terms::Plain);
            self.page.close("span");
            self.page.close("caption");
            self.page.line();
        }
        self.head(table);
        self.page.open("tbody");
        self.page.line();
        for row in &table.rows {
            self.row(table, row);
        }
        for end in ["tbody", "table", "div", "figure"] {
            self.page.close(end);
        }
        self.page.line();
    }

    /// The picture of a table under the words that name both.
    fn picture(&mut self, table: &Table, anchor: &Anchor, picture: &Picture) {
        if !table.caption.is_empty() {
            // Seen above the picture; heard with the table, whose caption says the same and is not seen.
            self.page
                .tag("p")
                .fixed("class", "name")
                .fixed("aria-hidden", "true")
                .open();
            self.words(&table.caption, Terms::Plain);
            self.page.close("p");
            self.page.line();
        }
        self.page
            .tag("div")
            .fixed("class", "scroll picture")
            .fixed("role", "region")
            .fixed("tabindex", "0")
            .put(
                "aria-label",
                format_args!("{}: {}", self.look.picture, picture.title),
            )
            .open();
        svg::draw(&mut self.page, anchor, picture);
        self.page.close("div");
        self.page.line();
    }

    fn head(&mut self, table: &Table) {
        // A head without words is no head: it would be read out as an empty one on every row.
        if table.columns.iter().all(|column| column.heading.is_empty()) {
            return;
        }
        self.page.fixed("<thead><tr>");
        for column in &table.columns {
            if column.heading.is_empty() {
                self.page.fixed("<td></td>");
                continue;
            }
            let tag = self.page.tag("th").fixed("scope", "col");
            aligned(tag, column.align).open();
            self.words(&column.heading, Terms::Plain);
            self.page.close("th");
        }
        self.page.fixed("</tr></thead>\n");
    }

    fn row(&mut self, table: &Table, row: &[Vec<Inline>]) {
        self.page.open("tr");
        for (place, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            // The first cell names the row if it holds words.
            let names = place == 0
                && table.columns.len() > 1
                && column.align == Align::Start
                && walk::has_text(cell);
            let (name, tag) = if names {
                ("th", self.page.tag("th").fixed("scope", "row"))
            } else {
                ("td", self.page.tag("td"))
            };
            aligned(tag, column.align).open();
            self.form = walk::cell_form(cell);
            self.run(cell);
            self.form = Form::Full;
            self.page.close(name);
        }
        self.page.close("tr");
        self.page.line();
    }
}

/// The classes of a table for its columns of short words, which stay on one line: "k1 k4".
fn kept(table: &Table) -> String {
    let mut classes = Vec::new();
    let mut room = KEPT_IN_ALL;
    if table.columns.len() < KEPT_FROM {
        return String::new();
    }
    for place in 0..table.columns.len() {
        let cells = table.rows.iter().filter_map(|row| row.get(place));
        let longest = cells.map(|cell| width(cell)).max().unwrap_or(0);
        if longest <= KEPT && longest <= room {
            room -= longest;
            classes.push(format!("k{}", place + 1));
        }
    }
    classes.join(" ")
}

/// About how many characters a cell takes; a reference counts as one such as `Exhibit A, 7.1`.
fn width(cell: &[Inline]) -> usize {
    const REFERENCE: usize = 14;
    let mut width = 0;
    walk::leaves(cell, &mut |inline| {
        width += if let Inline::Reference(_) = inline {
            REFERENCE
        } else {
            walk::said(inline).chars().count()
        };
    });
    width
}

/// `tag` with the class of its column.
fn aligned(tag: super::markup::Tag<'_>, align: Align) -> super::markup::Tag<'_> {
    match align {
        Align::Start => tag,
        Align::Center => tag.fixed("class", "c"),
        Align::End => tag.fixed("class", "n"),
    }
}
