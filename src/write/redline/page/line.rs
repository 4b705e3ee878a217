//! Sections and the lines in them.

use super::Writer;
use super::labels::Which;
use super::piece::{self, Named, Outer};
use crate::redline::{Body, Container, Edit, End, Form, Kind, Level, MarkedLine, Piece};

/// The names of headings by depth; the cover sheet has the only `h1`.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// How many numbers a margin lists one by one.
const LISTED: usize = 3;

impl<'a> Writer<'a> {
    /// Whether `line` is the heading of a section with neither title nor number.
    fn is_untitled(&self, line: &MarkedLine, place: usize) -> bool {
        let bare = |labels: &[super::labels::Lead]| labels[place].label.is_none();
        matches!(line.form(), Some(Form::Heading { .. }))
            && bare(&self.labels.old)
            && bare(&self.labels.new)
    }

    /// One line.
    pub(super) fn line(&mut self, place: usize, level: &mut usize) {
        let redline = self.redline;
        let line: &'a MarkedLine = &redline.lines[place];
        if let Some(Form::Heading { anchor, .. }) = &line.old
            && line.in_old()
        {
            self.here.0 = anchor;
        }
        if let Some(Form::Heading { anchor, .. }) = &line.new
            && line.in_new()
        {
            self.here.1 = anchor;
        }
        let pieces = match &line.body {
            Body::Words(pieces) => pieces,
            Body::Table(table) => return self.table(line, table, place),
        };
        // A level that a document skips is a section without a title: there is nothing to be seen of it.
        if pieces.is_empty() && line.change.is_none() && self.is_untitled(line, place) {
            return;
        }
        let name = match line.form() {
            Some(Form::Heading { .. }) if pieces.is_empty() => "p",
            Some(Form::Heading { depth, .. }) => {
                *level = (*depth).min(*level + 1).min(HEADINGS.len() - 1);
                HEADINGS[*level]
            }
            Some(Form::Block {
                kind: Kind::Source, ..
            }) => "div",
            Some(Form::Block { .. }) | None => "p",
        };
        let class = self.class_of(line, pieces, place);
        let margin = self.margin(place);
        let tag = self.page.tag(name).set("class", &class);
        match margin {
            Some(numbers) => tag.set("data-n", &numbers).open(),
            None => tag.open(),
        }
        self.inside(line, pieces, place);
        self.page.close(name);
    }

    /// What stands in a line: its label, its words, its end.
    fn inside(&mut self, line: &MarkedLine, pieces: &[Piece], place: usize) {
        let outer = match line.moved {
            None => Outer::None,
            Some(moved) => {
                let which = match moved.end {
                    End::From => Which::Old,
                    End::To => Which::New,
                };
                Outer::One(
                    which,
                    self.redline.moves.get(moved.id).map(|it| it.change),
                    Some(moved),
                )
            }
        };
        let end = end_of(line, outer);
        if let Outer::One(which, change, moved) = outer {
            self.begin(which, change, moved);
        }
        self.label(line, pieces, place, outer);
        self.run(pieces, outer, end, line.change);
        self.remarks(place);
        if let Outer::One(which, _, Some(moved)) = outer {
            // Once for each end of a move.
            let first = self
                .redline
                .moves
                .get(moved.id)
                .is_some_and(|it| it.from == place || it.to == place);
            if first {
                self.other_end(moved, which);
            }
        }
        if let Outer::One(which, _, _) = outer {
            self.end(which);
        }
    }

    /// The number or letter before the words, and the space after it.
    fn label(&mut self, line: &MarkedLine, pieces: &[Piece], place: usize, outer: Outer) {
        let spaced = |label: &Option<String>| match label {
            Some(label) => format!("{label} "),
            None => String::new(),
        };
        let was = spaced(&self.labels.old[place].label);
        let is = spaced(&self.labels.new[place].label);
        if was.is_empty() && is.is_empty() {
            return;
        }
        let class = match line.form() {
            Some(Form::Heading { .. }) => "number",
            Some(Form::Block { .. }) | None => "label",
        };
        self.page.tag("span").set("class", class).open();
        match (outer, whole(line, pieces)) {
            (Outer::One(Which::Old, ..), _) => self.page.text(&was),
            (Outer::One(Which::New, ..), _) => self.page.text(&is),
            (Outer::None, None) => self.pair(&was, &is),
            (Outer::None, Some(which)) => {
                let change = line.change.or_else(|| pieces.first()?.change);
                self.begin_as(which, change, None, false);
                self.page.text(match which {
                    Which::Old => &was,
                    Which::New => &is,
                });
                self.finish(which);
            }
        }
        self.page.close("span");
    }

    /// What is to be said of a line that shows in none of its words; and a place for each of its changes that has
    /// none yet.
    pub(super) fn remarks(&mut self, place: usize) {
        let numbers = self.numbers(place);
        for number in &numbers {
            if self
                .redline
                .changes
                .get(number.wrapping_sub(1))
                .is_some_and(|change| piece::formed(change.what) && change.line == place)
            {
                self.formed(*number);
            }
        }
        for number in numbers {
            if matches!(self.named.get(number), Some(Named::Not)) {
                self.set(Some(number));
            }
        }
    }

    /// The numbers of the changes in a line, in their order.
    fn numbers(&self, place: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        numbers(&self.redline.lines[place], &mut |number| {
            if found.last() != Some(&number) {
                found.push(number);
            }
        });
        // A line that took another form on its way is marked as moved.
        if self.redline.lines[place].moved.is_some() {
            let changes = &self.redline.changes;
            let formed = changes
                .iter()
                .filter(|change| change.line == place && piece::formed(change.what));
            found.extend(formed.map(|change| change.number));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What the margin of a line shows: "3", "5, 7", "8\u{2013}12".
    pub(super) fn margin(&self, place: usize) -> Option<String> {
        let found = self.numbers(place);
        let (least, most) = (*found.first()?, *found.last()?);
        let run = most - least + 1 == found.len();
        Some(if found.len() == 1 {
            least.to_string()
        } else if found.len() > LISTED || (run && found.len() == LISTED) {
            format!("{least}\u{2013}{most}")
        } else {
            let found: Vec<String> = found.iter().map(usize::to_string).collect();
            found.join(", ")
        })
    }

    /// The name of a change that shows in no word, such as a column that is set in another way.
    pub(super) fn set(&mut self, change: Option<usize>) {
        let Some((letter, number)) = self.name_of(change, None) else {
            return;
        };
        let kind = self.kind(change);
        self.page
            .tag("span")
            .put("id", format_args!("{letter}{number}"))
            .put("class", format_args!("set {kind}"))
            .put("data-c", number)
            .open();
        self.page.close("span");
    }

    /// The remark on a line whose words are the same and whose form is another one.
    fn formed(&mut self, change: usize) {
        let kind = self.kind(Some(change));
        let name = self.name_of(Some(change), None);
        let tag = self
            .page
            .tag("ins")
            .put("class", format_args!("aside {kind}"))
            .fixed("role", "none")
            .put("data-c", change);
        match name {
            Some((letter, number)) => tag.put("id", format_args!("{letter}{number}")).open(),
            None => tag.open(),
        }
        self.page.fixed("<del class=\"bare\" role=\"none\">");
        self.page.text(&self.words.formed);
        self.page.fixed("</del></ins>");
    }

    fn class_of(&self, line: &MarkedLine, pieces: &[Piece], place: usize) -> String {
        let mut class = "line".to_owned();
        if let Some(Form::Heading { .. }) = line.form() {
            class.push_str(" head");
        }
        if let Some(Form::Block { nest, kind }) = line.form() {
            indent(&mut class, nest);
            let (old, new) = (&self.labels.old[place], &self.labels.new[place]);
            let lead = if line.new.is_some() { new } else { old };
            if lead.dash {
                class.push_str(" dash");
            }
            if nest.iter().any(|level| level.container == Container::Note) {
                class.push_str(" aside-note");
            }
            if *kind == Kind::Source {
                class.push_str(" source");
            }
        }
        if let Some(which) = whole(line, pieces) {
            class.push_str(match which {
                Which::Old => " gone ",
                Which::New => " come ",
            });
            let change = match line.moved {
                Some(moved) => self.redline.moves.get(moved.id).map(|it| it.change),
                None => line.change.or_else(|| pieces.first()?.change),
            };
            class.push_str(self.kind(change));
        }
        class
    }

    /// The name of the section that the line at `place` stands in or heads, seen from the end `from` of a move.
    pub(super) fn place_of(&self, place: usize, from: End) -> super::labels::Name {
        let which = match from {
            End::From => Which::New,
            End::To => Which::Old,
        };
        let heading = self.redline.lines[..=place.min(self.redline.lines.len() - 1)]
            .iter()
            .rev()
            .filter(|line| match which {
                Which::Old => line.in_old(),
                Which::New => line.in_new(),
            })
            .find_map(|line| {
                let form = match which {
                    Which::Old => line.old.as_ref(),
                    Which::New => line.new.as_ref(),
                };
                match form {
                    Some(Form::Heading { anchor, .. }) => Some(anchor),
                    Some(Form::Block { .. }) | None => None,
                }
            });
        heading
            .map(|anchor| self.places.name_in(anchor, which))
            .unwrap_or_default()
    }
}

/// How deep a block stands in lists.
pub(super) fn indent(class: &mut String, nest: &[Level]) {
    let items = nest
        .iter()
        .filter(|level| match level.container {
            Container::Item { .. } => true,
            Container::Note => false,
        })
        .count();
    if items > 0 {
        class.push_str(match items {
            1 => " item i1",
            2 => " item i2",
            3 => " item i3",
            4 => " item i4",
            _deeper => " item i5",
        });
    }
}

/// Whose the end of a line is, within what surrounds it.
pub(super) fn end_of(line: &MarkedLine, outer: Outer) -> Edit {
    match (outer, &line.old, &line.new) {
        (Outer::One(Which::Old, ..), _, _) => Edit::Kept,
        (Outer::One(Which::New, ..), _, Some(_)) => Edit::Kept,
        // A line that was struck on the way: it is shown here and stands whole at the other end.
        (Outer::One(Which::New, ..), _, None) => Edit::Deleted,
        (Outer::None, Some(_), Some(_)) => Edit::Kept,
        (Outer::None, Some(_), None) => Edit::Deleted,
        (Outer::None, None, Some(_)) => Edit::Inserted,
        (Outer::None, None, None) => Edit::Kept,
    }
}

/// The one document that all of a line is in, if the other has nothing of it.
pub(super) fn whole(line: &MarkedLine, pieces: &[Piece]) -> Option<Which> {
    match (line.moved, &line.old, &line.new) {
        (Some(moved), _, _) => Some(match moved.end {
            End::From => Which::Old,
            End::To => Which::New,
        }),
        (None, None, Some(_)) if pieces.iter().all(|piece| piece.edit == Edit::Inserted) => {
            Some(Which::New)
        }
        (None, Some(_), None) if pieces.iter().all(|piece| piece.edit == Edit::Deleted) => {
            Some(Which::Old)
        }
        (None, _, _) => None,
    }
}

/// Shows `see` the number of each change in a line; more than once if it has several edits.
pub(super) fn numbers(line: &MarkedLine, see: &mut impl FnMut(usize)) {
    if let Some(number) = line.change {
        see(number);
    }
    let run = |pieces: &[Piece], see: &mut dyn FnMut(usize)| {
        for number in pieces.iter().filter_map(|piece| piece.change) {
            see(number);
        }
    };
    match &line.body {
        Body::Words(pieces) => run(pieces, see),
        Body::Table(table) => {
            run(&table.caption, see);
            for column in &table.columns {
                column.change.into_iter().for_each(&mut *see);
                run(&column.heading, see);
            }
            for row in &table.rows {
                row.change.into_iter().for_each(&mut *see);
                for cell in &row.cells {
                    run(cell, see);
                }
            }
        }
    }
}
