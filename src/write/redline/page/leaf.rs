//! The words of a piece: text, definitions, references as each document prints them, links out, source.

use super::Writer;
use super::labels::Which;
use crate::document::resolve::Form;
use crate::document::{Anchor, Inline};
use crate::redline::{Edit, Piece, Style};

impl Writer<'_> {
    /// The words of a piece, of one side or, with `None`, of both.
    pub(super) fn leaf(&mut self, piece: &Piece, side: Option<Which>) {
        match &piece.leaf {
            Inline::Text(text) | Inline::Enumerator(text) => self.page.text(text),
            Inline::Definition(term) => {
                self.page.fixed("<dfn>\u{201C}");
                self.page.text(term);
                self.page.fixed("\u{201D}</dfn>");
            }
            Inline::Inert(source) if source == Inline::BREAK => self.page.fixed("<br>\n"),
            Inline::Inert(source) => self.page.element("code", source),
            Inline::Link { url, text } => self.way_out(url, text, piece.edit),
            Inline::Reference(to) => self.reference(to, piece, side),
            // Leaves have their style beside them.
            Inline::Strong(words) | Inline::Emphasis(words) => {
                self.page.text(&crate::document::walk::text(words));
            }
        }
    }

    /// A reference as each document prints it. Where it goes to the same place and only its number is another
    /// one, both are there, and it does not show as a change.
    fn reference(&mut self, to: &Anchor, piece: &Piece, side: Option<Which>) {
        let before = match piece.was.as_ref().map(|was| &was.leaf) {
            Some(Inline::Reference(before)) => before,
            Some(_) | None => to,
        };
        let which = side.unwrap_or(Which::New);
        let link = self.places.link(to, which);
        if let Some(link) = &link {
            self.page
                .tag("a")
                .fixed("class", "ref")
                .set("href", link)
                .open();
        }
        match side {
            Some(Which::Old) => {
                let shown = self.printed(before, Which::Old);
                self.page.text(&shown);
            }
            Some(Which::New) => {
                let shown = self.printed(to, Which::New);
                self.page.text(&shown);
            }
            None => {
                let was = self.printed(before, Which::Old);
                let is = self.printed(to, Which::New);
                self.pair(&was, &is);
            }
        }
        if link.is_some() {
            self.page.close("a");
        }
    }

    /// What a reference is printed as.
    fn printed(&self, to: &Anchor, which: Which) -> String {
        let (side, here, form) = match which {
            Which::Old => (&self.old, self.here.0, self.forms.0),
            Which::New => (&self.new, self.here.1, self.forms.1),
        };
        side.part.reference(here, to, form).text
    }

    /// Computed text that may differ without anybody having changed it.
    pub(super) fn pair(&mut self, was: &str, is: &str) {
        if was == is {
            return self.page.text(is);
        }
        for (name, text) in [("del", was), ("ins", is)] {
            if !text.is_empty() {
                self.page.tag(name).fixed("class", "auto").open();
                self.page.text(text);
                self.page.close(name);
            }
        }
    }

    /// A link out. Its address is shown where it may be what changed; one that a browser should not follow stays
    /// text.
    fn way_out(&mut self, url: &str, text: &str, edit: Edit) {
        let safe = url.starts_with("https://") || url.starts_with("mailto:");
        if safe {
            self.page
                .tag("a")
                .fixed("class", "out")
                .set("href", url)
                .fixed("rel", "noopener noreferrer")
                .open();
        }
        self.page.text(text);
        if safe {
            self.page.close("a");
        }
        let inside = match edit {
            Edit::Kept => return,
            Edit::Inserted => Which::New,
            Edit::Deleted => Which::Old,
        };
        if url != text {
            self.aside(inside);
            self.page.text(url);
            self.unsay(inside);
        }
    }

    /// Whether the references of a cell are printed in short, in the old document and in the new one.
    pub(super) fn cell_forms(pieces: &[Piece]) -> (Form, Form) {
        let form = |other: Edit| {
            let mut any = false;
            let rest = pieces
                .iter()
                .filter(|piece| piece.edit != other)
                .all(|piece| match (&piece.leaf, piece.style) {
                    (Inline::Reference(_), Style::Plain) => {
                        any = true;
                        true
                    }
                    (Inline::Text(text), Style::Plain) => {
                        text.chars().all(|letter| matches!(letter, ',' | ';' | ' '))
                    }
                    _other => false,
                });
            if any && rest { Form::Short } else { Form::Full }
        };
        (form(Edit::Inserted), form(Edit::Deleted))
    }
}
