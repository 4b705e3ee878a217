//! The list of changes: where, what, of which kind, each a link to its place.

use super::Writer;
use super::labels::Which;
use super::words::fill;
use crate::document::resolve::Form as Printed;
use crate::document::{Anchor, Inline};
use crate::redline::{Body, Edit, End, MarkedLine, Piece, Redline, Weight, What};
use crate::write::redline::page::Side;

/// How many characters of each text the list shows.
const SHOWN: usize = 80;

/// What a change struck and put in, as far as the list shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    was: Excerpt,
    is: Excerpt,
}

/// The beginning of some text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Excerpt {
    text: String,
    /// How many characters it has; one more than [`SHOWN`] once it was cut.
    count: usize,
}

impl Excerpt {
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if self.count >= SHOWN {
                if self.count == SHOWN {
                    self.text.push('\u{2026}');
                    self.count += 1;
                }
                return;
            }
            let letter = if letter == '\n' { ' ' } else { letter };
            if letter == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
                continue;
            }
            self.text.push(letter);
            self.count += 1;
        }
    }
}

impl Entry {
    /// The entries of all changes, by number.
    pub(super) fn all(redline: &Redline, old: &Side<'_>, new: &Side<'_>) -> Vec<Entry> {
        let mut reader = Reader {
            entries: vec![Entry::default(); redline.changes.len() + 1],
            old,
            new,
            root: (&old.part.root().anchor, &new.part.root().anchor),
        };
        for line in &redline.lines {
            reader.line(redline, line);
        }
        reader.entries
    }
}

struct Reader<'a> {
    entries: Vec<Entry>,
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    root: (&'a Anchor, &'a Anchor),
}

impl Reader<'_> {
    fn line(&mut self, redline: &Redline, line: &MarkedLine) {
        // What moved is told once, as it is now.
        let moved = line.moved.filter(|moved| moved.end == End::To);
        let whole = moved.and_then(|moved| Some(redline.moves.get(moved.id)?.change));
        match &line.body {
            Body::Words(pieces) => {
                self.run(pieces, None, whole);
                if let Some(number) = whole.or(line.change) {
                    self.gap(number);
                }
            }
            Body::Table(table) => {
                let one = match (&line.old, &line.new, line.moved) {
                    (None, Some(_), None) => Some((Edit::Inserted, line.change)),
                    (Some(_), None, None) => Some((Edit::Deleted, line.change)),
                    _both => None,
                };
                self.run(&table.caption, one, whole);
                for column in &table.columns {
                    let own = (column.edit != Edit::Kept).then_some((column.edit, column.change));
                    self.run(&column.heading, one.or(own), whole);
                }
                for row in &table.rows {
                    let own = (row.edit != Edit::Kept).then_some((row.edit, row.change));
                    for cell in &row.cells {
                        self.run(cell, one.or(own), whole);
                        if let Some(number) = one.or(own).and_then(|(_, number)| number) {
                            self.gap(number);
                        }
                    }
                }
            }
        }
    }

    /// A space between the lines or cells of one change.
    fn gap(&mut self, number: usize) {
        if let Some(entry) = self.entries.get_mut(number) {
            entry.was.push(" ");
            entry.is.push(" ");
        }
    }

    fn run(
        &mut self,
        pieces: &[Piece],
        around: Option<(Edit, Option<usize>)>,
        moved: Option<usize>,
    ) {
        for piece in pieces {
            let own = match (piece.edit, around) {
                (Edit::Kept, Some((edit, change))) => Some((edit, change)),
                (Edit::Kept, None) => None,
                (edit, _) => Some((edit, piece.change.or(around.and_then(|(_, change)| change)))),
            };
            let set = piece.edit == Edit::Kept && piece.was.is_some();
            if let Some((edit, Some(number))) = own {
                let text = self.shown(piece, edit);
                if let Some(entry) = self.entries.get_mut(number) {
                    match edit {
                        Edit::Deleted => entry.was.push(&text),
                        Edit::Inserted | Edit::Kept => entry.is.push(&text),
                    }
                }
            } else if let (true, Some(number)) = (set, piece.change) {
                let text = self.shown(piece, Edit::Kept);
                if let Some(entry) = self.entries.get_mut(number) {
                    entry.is.push(&text);
                }
            }
            if let (Some(number), true) = (moved, piece.edit != Edit::Deleted) {
                let text = self.shown(piece, Edit::Inserted);
                if let Some(entry) = self.entries.get_mut(number) {
                    entry.is.push(&text);
                }
            }
        }
    }

    fn shown(&self, piece: &Piece, edit: Edit) -> String {
        match &piece.leaf {
            Inline::Text(text)
            | Inline::Enumerator(text)
            | Inline::Inert(text)
            | Inline::Link { text, .. } => text.clone(),
            Inline::Definition(term) => format!("\u{201C}{term}\u{201D}"),
            Inline::Reference(to) => {
                let (side, root) = match edit {
                    Edit::Deleted => (self.old, self.root.0),
                    Edit::Inserted | Edit::Kept => (self.new, self.root.1),
                };
                side.part.reference(root, to, Printed::Short).text
            }
            Inline::Strong(words) | Inline::Emphasis(words) => crate::document::walk::text(words),
        }
    }
}

impl Writer<'_> {
    /// The list.
    pub(super) fn list(&mut self) {
        let words = self.words;
        self.page
            .fixed("<nav aria-labelledby=\"changes_\"><details class=\"contents changes\"><summary id=\"changes_\">");
        self.page.text(&words.changes);
        self.page.text(" ");
        self.page.number(self.redline.changes.len());
        self.page.fixed("</summary>\n");
        if self.redline.changes.is_empty() {
            self.page.element("p", &words.no_changes);
        } else {
            self.page.fixed("<ol role=\"list\">\n");
            let mut terms: Vec<Vec<usize>> = vec![Vec::new(); self.redline.changes.len() + 1];
            for (place, term) in self.sheet.terms.iter().enumerate() {
                for number in &term.changes {
                    if let Some(of) = terms.get_mut(*number) {
                        of.push(place);
                    }
                }
            }
            for place in 0..self.redline.changes.len() {
                let of = &terms[self.redline.changes[place].number];
                self.entry(place, of);
            }
            self.page.fixed("</ol>");
        }
        self.page.fixed("</details></nav>\n");
    }

    fn entry(&mut self, place: usize, terms: &[usize]) {
        let words = self.words;
        let change = &self.redline.changes[place];
        let number = change.number;
        let kind = match change.weight {
            Weight::Substance => &words.substance,
            Weight::Wording => &words.wording,
            Weight::Move => &words.a_move,
            Weight::Noise => &words.noise,
        };
        self.page
            .tag("li")
            .set("class", super::piece::class(change.weight))
            .put("value", number)
            .set("data-kind", kind)
            .open();
        self.page
            .tag("a")
            .put("href", format_args!("#c{number}"))
            .open();
        self.page.fixed("<span class=\"no\">");
        self.page.number(number);
        self.page.fixed("</span> <span class=\"where\">");
        let name = self.places.name(&change.section).full();
        self.page.text(&name);
        self.page.fixed("</span> <span class=\"what\">");
        let entry = std::mem::take(&mut self.entries[number]);
        let (was, is) = (entry.was.text.trim_end(), entry.is.text.trim_end());
        if !was.is_empty() {
            self.page.tag("span").fixed("class", "was").open();
            self.page.text(was);
            self.page.close("span");
        }
        if !was.is_empty() && !is.is_empty() {
            self.page.text(" \u{2192} ");
        }
        if !is.is_empty() {
            let class = match change.what {
                What::Moved | What::Set | What::Formed => "kept",
                What::Inserted | What::Deleted | What::Replaced | What::Split | What::Merged => {
                    "is"
                }
            };
            self.page.tag("span").set("class", class).open();
            self.page.text(is);
            self.page.close("span");
        }
        self.page.fixed("</span> <span class=\"kind\">");
        self.page.text(kind);
        self.page.text(", ");
        let did = self.did(place);
        self.page.text(&did);
        self.page.fixed("</span></a>");
        if !terms.is_empty() {
            self.page.fixed("<p class=\"back\">");
            self.page.text(&words.follows);
            for (place, term) in terms.iter().enumerate() {
                self.page.text(if place == 0 { " " } else { "; " });
                self.page
                    .tag("a")
                    .put("href", format_args!("#term_{}", term + 1))
                    .open();
                let name = self.sheet.terms.get(*term).map(|known| known.name.as_str());
                self.page.text(name.unwrap_or_default());
                self.page.close("a");
            }
            self.page.close("p");
        }
        self.page.close("li");
        self.page.line();
    }

    /// What was done in a change.
    fn did(&self, place: usize) -> String {
        let words = self.words;
        let change = &self.redline.changes[place];
        match change.what {
            What::Inserted => words.did_inserted.clone(),
            What::Deleted => words.did_deleted.clone(),
            What::Replaced => words.did_replaced.clone(),
            What::Split => words.did_split.clone(),
            What::Merged => words.did_merged.clone(),
            What::Set => words.did_set.clone(),
            What::Formed => words.did_formed.clone(),
            What::Moved => {
                let moved = self
                    .redline
                    .moves
                    .iter()
                    .find(|it| it.change == change.number);
                let Some(moved) = moved else {
                    return words.did_moved.clone();
                };
                let from = self.place_of(moved.from, End::To);
                fill(&words.moved_from, "place", from.short())
            }
        }
    }

    /// The title of the new document, or of the old one if that has none.
    pub(super) fn title(&self) -> String {
        let of = |which| match which {
            Which::Old => crate::document::walk::text(&self.old.part.root().title),
            Which::New => crate::document::walk::text(&self.new.part.root().title),
        };
        // A document of several parts has a title in none of its headings; then it goes by its file.
        [of(Which::New), of(Which::Old)]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_else(|| self.new.name.to_owned())
    }
}
