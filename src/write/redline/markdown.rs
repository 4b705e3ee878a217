//! A redline as Markdown that any viewer shows: `<ins>` and `<del>` within lines, never around them.
//!
//! In: a redline, its two documents, the sheet. Out: text. Whatever stood in the documents is escaped: no link, image
//! or HTML of theirs is one here. A row of a table that was struck is struck cell by cell.

use super::page::{Results, Sheet, Side, Term, Words};
use super::rows::{Place, Row, Span, What, rows};
use crate::document::{Align, Anchor, walk};
use crate::redline::{Edit, End, Redline, Style, Weight};
use crate::write::markdown::plain_text;
use std::collections::BTreeSet;
use std::fmt::Write;

/// `redline` as Markdown; with `changed_only` without the sections in which nothing changed.
pub fn markdown(
    redline: &Redline,
    old: Side<'_>,
    new: Side<'_>,
    sheet: &Sheet,
    words: &Words,
    changed_only: bool,
) -> String {
    let mut writer = Writer {
        out: String::with_capacity(64 * 1024),
        redline,
        words,
        numbered: BTreeSet::new(),
    };
    writer.cover(&old, &new, sheet);
    let rows = rows(redline, &old, &new);
    let changed: BTreeSet<&Anchor> = rows
        .iter()
        .filter(|row| !row.changes.is_empty())
        .map(|row| &row.section)
        .collect();
    let mut in_table = false;
    for row in &rows {
        if changed_only && !changed.contains(&row.section) {
            continue;
        }
        let table = matches!(row.what, What::Cells);
        // The rows of a table stand right below one another.
        writer
            .out
            .push_str(if table && in_table { "\n" } else { "\n\n" });
        in_table = matches!(row.what, What::Cells | What::Head(_));
        writer.row(row);
    }
    writer.out.push('\n');
    writer.out
}

struct Writer<'a> {
    out: String,
    redline: &'a Redline,
    words: &'a Words,
    /// The changes whose number was written.
    numbered: BTreeSet<usize>,
}

impl Writer<'_> {
    fn row(&mut self, row: &Row) {
        match &row.what {
            What::Heading(depth) => {
                for _ in 0..(depth + 2).min(6) {
                    self.out.push('#');
                }
                self.out.push(' ');
                self.labelled(row);
            }
            What::Text(place) => {
                self.place(place);
                self.labelled(row);
            }
            What::Source(place) => {
                self.place(place);
                let changed = row.spans.iter().any(|span| span.edit != Edit::Kept);
                if changed || row.edit != Edit::Kept {
                    self.labelled(row);
                } else {
                    let indent = "  ".repeat(place.items);
                    let source: String = row.spans.iter().map(|span| span.text.as_str()).collect();
                    self.source(&source, &indent);
                }
            }
            What::Caption => {
                self.out.push_str("<em>");
                self.spans(&row.spans);
                self.out.push_str("</em>");
            }
            What::Head(aligns) => {
                self.cells(row);
                self.out.push_str("\n|");
                for align in aligns {
                    self.out.push_str(match align {
                        Align::Start => " --- |",
                        Align::Center => " :-: |",
                        Align::End => " --: |",
                    });
                }
            }
            What::Cells => self.cells(row),
        }
    }

    /// Marks of lists and notes. A label is text: Markdown would count anew.
    fn place(&mut self, place: &Place) {
        if place.note {
            self.out.push_str("> ");
        }
        for _ in 1..place.items {
            self.out.push_str("  ");
        }
        if place.items > 0 {
            self.out.push_str(if place.begins { "- " } else { "  " });
        }
    }

    fn labelled(&mut self, row: &Row) {
        let label = match row.edit {
            Edit::Deleted => row.was.as_ref(),
            Edit::Kept | Edit::Inserted => row.label.as_ref(),
        };
        if let Some(label) = label {
            let text = plain_text(label);
            self.marked(row.edit, &text);
            self.out.push(' ');
        }
        self.spans(&row.spans);
        if row.end != Edit::Kept {
            self.marked(row.end, "¶");
        }
        if let Some(moved) = row.moved
            && let Some(the_move) = self.redline.moves.get(moved.id)
        {
            let text = match moved.end {
                End::From => &self.words.like_from,
                End::To => &self.words.like_to,
            };
            let _ = write!(self.out, " <sup>[{} {text}]</sup>", the_move.change);
        }
    }

    fn marked(&mut self, edit: Edit, text: &str) {
        let name = match edit {
            Edit::Kept => None,
            Edit::Inserted => Some("ins"),
            Edit::Deleted => Some("del"),
        };
        match name {
            Some(name) => {
                let _ = write!(self.out, "<{name}>{text}</{name}>");
            }
            None => self.out.push_str(text),
        }
    }

    fn spans(&mut self, spans: &[Span]) {
        for (place, span) in spans.iter().enumerate() {
            let text = styled(span);
            self.marked(span.edit, &text);
            let next = spans.get(place + 1);
            let ends = next.is_none_or(|next| next.change != span.change);
            if let (Some(change), true) = (span.change, ends)
                && self.numbered.insert(change)
            {
                let _ = write!(self.out, "<sup>[{change}]</sup>");
            }
        }
    }

    fn cells(&mut self, row: &Row) {
        self.out.push('|');
        for cell in &row.cells {
            self.out.push(' ');
            self.spans(cell);
            self.out.push_str(" |");
        }
    }

    /// Source text that nobody changed, between fences that it does not hold.
    fn source(&mut self, source: &str, indent: &str) {
        let longest = source.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let _ = write!(self.out, "{fence}text");
        for line in source.lines() {
            let _ = write!(self.out, "\n{indent}{line}");
        }
        let _ = write!(self.out, "\n{indent}{fence}");
    }

    fn cover(&mut self, old: &Side<'_>, new: &Side<'_>, sheet: &Sheet) {
        let words = self.words;
        let title = plain_text(&walk::text(&new.part.root().title));
        let title = if title.is_empty() {
            plain_text(new.name)
        } else {
            title
        };
        let _ = writeln!(self.out, "# {}\n", words.title.replace("{title}", &title));
        for (name, side) in [(&words.from, old), (&words.to, new)] {
            let digest = words.digest.replace("{digest}", side.digest);
            let _ = write!(self.out, "- {name}: {} ({digest})", plain_text(side.name));
            if let Some(imprint) = side.part.imprint() {
                let _ = write!(self.out, "; {}", plain_text(imprint));
            }
            self.out.push('\n');
        }
        let _ = writeln!(self.out, "\n{}\n", words.proof);
        let _ = writeln!(
            self.out,
            "{}: <ins>{}</ins>, <del>{}</del>. {} {}",
            words.legend,
            words.like_inserted,
            words.like_deleted,
            words.like_mark,
            words.like_number
        );
        if self.redline.changes.is_empty() {
            let _ = writeln!(self.out, "\n{}", words.same);
        }
        self.terms(&sheet.terms, old, new);
        if let Some(results) = &sheet.results {
            self.results(results);
        }
        self.statistics();
        self.renumbered(new);
        let _ = write!(self.out, "\n---");
    }

    fn terms(&mut self, terms: &[Term], old: &Side<'_>, new: &Side<'_>) {
        if terms.is_empty() {
            return;
        }
        let words = self.words;
        let _ = writeln!(
            self.out,
            "\n## {}\n\n| {} | {} | {} | {} | {} |\n| --- | --- | --- | --- | --- |",
            words.terms, words.term, words.was, words.is, words.effect, words.places
        );
        for term in terms {
            let value = |value: &Option<String>| match value {
                Some(value) => plain_text(value),
                None => words.absent.clone(),
            };
            let mut effect: Vec<String> = term.effect.iter().map(|line| plain_text(line)).collect();
            if let Some(reason) = &term.reason {
                effect.push(words.reason.replace("{reason}", &plain_text(reason)));
            }
            let mut places = Vec::new();
            if let Some(clause) = &term.clause {
                let name = name(clause, old, new);
                places.push(words.clause.replace("{clause}", &plain_text(&name)));
            }
            if !term.changes.is_empty() {
                let numbers: Vec<String> = term
                    .changes
                    .iter()
                    .map(|number| format!("[{number}]"))
                    .collect();
                places.push(numbers.join(" "));
            }
            let _ = writeln!(
                self.out,
                "| {} | {} | {} | {} | {} |",
                plain_text(&term.name),
                value(&term.was),
                value(&term.is),
                effect.join("<br>"),
                places.join("<br>")
            );
        }
    }

    fn results(&mut self, results: &Results) {
        let words = self.words;
        let _ = write!(self.out, "\n## {}\n\n| {} |", words.results, words.side);
        for volume in &results.volumes {
            let volume = plain_text(volume);
            let _ = write!(
                self.out,
                " {volume}, {} | {volume}, {} |",
                words.before, words.after
            );
        }
        self.out.push_str("\n| --- |");
        self.out
            .push_str(&" --: | --: |".repeat(results.volumes.len()));
        for line in &results.lines {
            let _ = write!(self.out, "\n| {} |", plain_text(&line.side));
            for (was, is) in line.was.iter().zip(&line.is) {
                let _ = write!(self.out, " {} | {} |", plain_text(was), plain_text(is));
            }
        }
        self.out.push('\n');
    }

    fn statistics(&mut self) {
        let words = self.words;
        let stats = &self.redline.stats;
        let _ = writeln!(
            self.out,
            "\n## {}\n\n| {} | {} |\n| --- | --: |",
            words.kinds, words.kinds, words.sum_changes
        );
        for (name, meaning, count) in [
            (&words.substance, &words.substance_is, stats.substance),
            (&words.wording, &words.wording_is, stats.wording),
            (&words.moves, &words.moves_is, stats.moves),
            (&words.noise, &words.noise_is, stats.noise),
        ] {
            let _ = writeln!(self.out, "| {name} ({meaning}) | {count} |");
        }
        for (name, count) in [
            (&words.sum_inserted, stats.inserted),
            (&words.sum_deleted, stats.deleted),
            (&words.sum_moved, stats.moved),
        ] {
            let _ = writeln!(self.out, "| {name} | {count} |");
        }
    }

    /// Numbers that follow from other changes, folded where the viewer can.
    fn renumbered(&mut self, new: &Side<'_>) {
        if self.redline.renumbered.is_empty() {
            return;
        }
        let words = self.words;
        let _ = writeln!(
            self.out,
            "\n<details><summary>{}: {}</summary>\n\n| {} | {} | {} |\n| --- | --: | --: |",
            words.renumbered,
            self.redline.renumbered.len(),
            words.section,
            words.old_number,
            words.new_number
        );
        for section in &self.redline.renumbered {
            let number = |number: &Option<String>| {
                number
                    .as_deref()
                    .map_or_else(|| words.none.clone(), plain_text)
            };
            let title = walk::sections(new.part.root())
                .find(|other| other.anchor == section.anchor)
                .map(|section| walk::text(&section.title));
            let _ = writeln!(
                self.out,
                "| {} | {} | {} |",
                plain_text(&title.unwrap_or_default()),
                number(&section.old),
                number(&section.new)
            );
        }
        let _ = writeln!(self.out, "\n</details>");
    }
}

/// What the section `anchor` is called.
pub fn name(anchor: &Anchor, old: &Side<'_>, new: &Side<'_>) -> String {
    for side in [new, old] {
        let mut sections = walk::sections(side.part.root());
        if let Some(section) = sections.find(|section| section.anchor == *anchor) {
            let title = walk::text(&section.title);
            return match side.part.label(section) {
                Some(label) => format!("{label} {title}"),
                None => title,
            };
        }
    }
    anchor.to_string()
}

/// The words of a span with the marks of its style, and nothing in them a mark.
fn styled(span: &Span) -> String {
    if span.inert {
        let text = span.text.replace('\n', " ");
        // Within a line HTML is the one way to show source that holds backticks.
        return format!("<code>{}</code>", entities(&text));
    }
    let text = plain_text(&span.text);
    match span.style {
        Style::Plain => text,
        Style::Strong => format!("<strong>{text}</strong>"),
        Style::Emphasis => format!("<em>{text}</em>"),
        Style::EmphasisInStrong | Style::StrongInEmphasis => {
            format!("<strong><em>{text}</em></strong>")
        }
    }
}

/// `text` so that neither HTML nor Markdown reads a mark in it.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// The word of a weight, for formats that have no filters.
pub fn weight(weight: Weight, words: &Words) -> &str {
    match weight {
        Weight::Substance => &words.substance,
        Weight::Wording => &words.wording,
        Weight::Move => &words.moves,
        Weight::Noise => &words.noise,
    }
}
