//! Tables: columns, rows and cells with their marks.

use super::Writer;
use super::labels::Which;
use super::line::{end_of, indent};
use super::piece::Outer;
use crate::document::Align;
use crate::document::resolve::Form as Printed;
use crate::redline::{Edit, End, Form, MarkedLine, MarkedRow, MarkedTable, Moved, Piece};

/// From how many columns on a table scrolls on a telephone rather than stand in single words.
const WIDE: usize = 4;

impl Writer<'_> {
    /// A table in a region of its own that scrolls if it must.
    pub(super) fn table(&mut self, line: &MarkedLine, table: &MarkedTable, place: usize) {
        self.tables += 1;
        let outer = match (line.moved, &line.old, &line.new) {
            (Some(moved), _, _) => {
                let which = match moved.end {
                    End::From => Which::Old,
                    End::To => Which::New,
                };
                let change = self.redline.moves.get(moved.id).map(|it| it.change);
                Outer::One(which, change, Some(moved))
            }
            (None, None, Some(_)) => Outer::One(Which::New, line.change, None),
            (None, Some(_), None) => Outer::One(Which::Old, line.change, None),
            (None, _, _) => Outer::None,
        };
        let mut class = String::new();
        if table.columns.len() >= WIDE {
            class.push_str("wide");
        }
        if let Some(Form::Block { nest, .. }) = line.form() {
            indent(&mut class, nest);
        }
        if let Outer::One(which, change, _) = outer {
            class.push_str(match which {
                Which::Old => " gone ",
                Which::New => " come ",
            });
            class.push_str(self.kind(change));
        }
        let margin = self.margin(place);
        let tag = self.page.tag("figure");
        let tag = match (&table.new_anchor, &table.old_anchor) {
            (Some(anchor), _) if line.new.is_some() && line.in_new() => {
                tag.put("id", format_args!("at_{anchor}"))
            }
            (_, Some(anchor)) if line.in_old() && line.new.is_none() => {
                tag.put("id", format_args!("was_{anchor}"))
            }
            _nameless => tag,
        };
        let tag = match class.trim() {
            "" => tag,
            class => tag.set("class", class),
        };
        match margin {
            Some(numbers) => tag.set("data-n", &numbers).open(),
            None => tag.open(),
        }
        self.item(place, outer);
        let region = self
            .page
            .tag("div")
            .fixed("class", "scroll")
            .fixed("role", "region")
            .fixed("tabindex", "0");
        if table.caption.is_empty() {
            region.put("aria-label", self.tables).open();
        } else {
            region
                .put("aria-labelledby", format_args!("caption_{}", self.tables))
                .open();
        }
        self.page.fixed("<table>");
        let struck = end_of(line, outer) == Edit::Deleted && outer != Outer::None;
        if !table.caption.is_empty() {
            self.page.open("caption");
            self.page
                .tag("span")
                .put("id", format_args!("caption_{}", self.tables))
                .open();
            self.cell(&table.caption, outer, struck);
            self.page.fixed("</span></caption>");
        }
        self.head(table, outer, struck);
        self.page.fixed("<tbody>");
        for row in &table.rows {
            self.row(table, row, outer, struck);
        }
        self.page.fixed("</tbody></table></div>");
        self.remarks(place);
        self.page.close("figure");
    }

    /// The letter of the item that a table begins, on a line of its own.
    fn item(&mut self, place: usize, outer: Outer) {
        let was = self.labels.old[place].label.clone().unwrap_or_default();
        let is = self.labels.new[place].label.clone().unwrap_or_default();
        if was.is_empty() && is.is_empty() {
            return;
        }
        self.page.tag("span").fixed("class", "label").open();
        match outer {
            Outer::None => {
                self.pair(&was, &is);
                self.page.line();
            }
            Outer::One(which, change, moved) => {
                self.begin_as(which, change, moved, false);
                self.page.text(match which {
                    Which::Old => &was,
                    Which::New => &is,
                });
                self.page.line();
                self.finish(which);
            }
        }
        self.page.close("span");
    }

    fn head(&mut self, table: &MarkedTable, outer: Outer, struck: bool) {
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
            let (around, within) = narrower(outer, column.edit, column.change, column.moved);
            if around == Outer::None {
                self.set(column.change);
            }
            let mut remark = column.moved;
            self.cell_with(&column.heading, around, within, struck, &mut remark);
            self.page.close("th");
        }
        self.page.fixed("</tr></thead>");
    }

    fn row(&mut self, table: &MarkedTable, row: &MarkedRow, outer: Outer, struck: bool) {
        let (around, within) = narrower(outer, row.edit, row.change, row.moved);
        let kind = self.kind(row.change);
        match row.edit {
            Edit::Kept => self.page.open("tr"),
            Edit::Inserted => self
                .page
                .tag("tr")
                .put("class", format_args!("come {kind}"))
                .open(),
            Edit::Deleted => self
                .page
                .tag("tr")
                .put("class", format_args!("gone {kind}"))
                .open(),
        }
        let mut remark = row.moved;
        for (place, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            // The first cell names the row if it holds words.
            let names = place == 0
                && table.columns.len() > 1
                && column.align == Align::Start
                && !cell.is_empty();
            let (name, tag) = if names {
                ("th", self.page.tag("th").fixed("scope", "row"))
            } else {
                ("td", self.page.tag("td"))
            };
            aligned(tag, column.align).open();
            self.forms = Self::cell_forms(cell);
            let (outer, inner) = match row.edit {
                Edit::Kept => narrower(outer, column.edit, column.change, column.moved),
                Edit::Inserted | Edit::Deleted => (around, within),
            };
            self.cell_with(cell, outer, inner, struck, &mut remark);
            self.forms = (Printed::Full, Printed::Full);
            self.page.close(name);
        }
        self.page.fixed("</tr>");
    }

    fn cell(&mut self, pieces: &[Piece], outer: Outer, struck: bool) {
        self.cell_with(pieces, outer, Outer::None, struck, &mut None);
    }

    /// A cell with the line feed at its end; the first one that is marked takes the remark on a move.
    ///
    /// `inner` is what became of its row or column within a table that moved.
    fn cell_with(
        &mut self,
        pieces: &[Piece],
        outer: Outer,
        inner: Outer,
        struck: bool,
        remark: &mut Option<Moved>,
    ) {
        if pieces.is_empty() {
            return;
        }
        for around in [outer, inner] {
            if let Outer::One(which, change, moved) = around {
                self.begin(which, change, moved);
                if moved.is_some()
                    && let Some(moved) = remark.take()
                {
                    self.other_end(moved, which);
                }
            }
        }
        let end = if struck { Edit::Deleted } else { Edit::Kept };
        let innermost = match inner {
            Outer::None => outer,
            Outer::One(..) => inner,
        };
        self.run(pieces, innermost, end, None);
        for around in [inner, outer] {
            if let Outer::One(which, _, _) = around {
                self.end(which);
            }
        }
    }
}

/// What surrounds the pieces of a row or column, from the outside in: the table if that is marked, and itself,
/// unless that says the same.
fn narrower(
    outer: Outer,
    edit: Edit,
    change: Option<usize>,
    moved: Option<Moved>,
) -> (Outer, Outer) {
    let own = match edit {
        Edit::Kept => return (outer, Outer::None),
        Edit::Inserted => Which::New,
        Edit::Deleted => Which::Old,
    };
    match outer {
        Outer::None => (Outer::One(own, change, moved), Outer::None),
        Outer::One(which, _, None) if which == own => (outer, Outer::None),
        Outer::One(..) => (outer, Outer::One(own, change, moved)),
    }
}

/// `tag` with the class of its column.
fn aligned(
    tag: crate::write::html::markup::Tag<'_>,
    align: Align,
) -> crate::write::html::markup::Tag<'_> {
    match align {
        Align::Start => tag,
        Align::Center => tag.fixed("class", "c"),
        Align::End => tag.fixed("class", "n"),
    }
}
