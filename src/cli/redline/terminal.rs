//! A redline on a terminal: what changed, each in its line, under the section that it stands in.

use super::Compared;
use super::pair;
use crate::diagnostic::Style;
use crate::document::Anchor;
use crate::redline::{Edit, End, Weight};
use crate::write::redline::markdown::name;
use crate::write::redline::page::Side;
use crate::write::redline::rows::{Row, Span, What, rows};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;

/// How much is shown, and how.
pub(super) struct Look {
    pub(super) coloured: bool,
    /// Only the words that changed.
    pub(super) words_only: bool,
    /// Only how much changed.
    pub(super) stat_only: bool,
}

/// How many unchanged words stand around a change; the rest of a long paragraph is left out.
const AROUND: usize = 12;

/// Whether results go to a terminal that shows colours, unless the command line says so itself.
pub(super) fn wants_colour(style: Style) -> bool {
    let choice = anstream::AutoStream::choice(&std::io::stdout());
    let forced = matches!(style, Style::Coloured) && !std::io::stderr().is_terminal();
    forced
        || (std::io::stdout().is_terminal()
            && choice != anstream::ColorChoice::Never
            && style == Style::Coloured)
}

/// The redline as text.
pub(super) fn text(compared: &Compared<'_>, look: &Look) -> String {
    let old = super::side(&compared.old, &compared.pair.old);
    let new = super::side(&compared.new, &compared.pair.new);
    let mut writer = Writer {
        out: String::new(),
        look,
        compared,
    };
    let rows = rows(compared.redline, &old, &new);
    if look.words_only {
        writer.rows(&rows, &old, &new);
        return writer.out;
    }
    writer.cover(&rows, &old, &new);
    if !look.stat_only {
        writer.rows(&rows, &old, &new);
    }
    writer.out
}

struct Writer<'a> {
    out: String,
    look: &'a Look,
    compared: &'a Compared<'a>,
}

impl Writer<'_> {
    fn cover(&mut self, rows: &[Row], old: &Side<'_>, new: &Side<'_>) {
        let Compared {
            pair,
            redline,
            sheet,
            ..
        } = self.compared;
        let about = |side: &pair::Side| format!("{} ({})", side.name, side.digest);
        let _ = writeln!(
            self.out,
            "Old: {}\nNew: {}",
            about(&pair.old),
            about(&pair.new)
        );
        let stats = &redline.stats;
        let count = |count: usize, noun: &str| super::super::counted(count, noun);
        if redline.changes.is_empty() {
            self.out.push_str("The two texts are the same.\n");
        } else {
            let _ = writeln!(
                self.out,
                "{}: {} of substance, {} of wording, {}, {} of form; {} in, {} out, {} moved.",
                count(redline.changes.len(), "change"),
                stats.substance,
                stats.wording,
                count(stats.moves, "move"),
                stats.noise,
                count(stats.inserted, "word"),
                stats.deleted,
                stats.moved
            );
        }
        self.out.push_str(
            "Checked: accepting every change gives the new text, rejecting every change the old.\n",
        );
        if !sheet.terms.is_empty() {
            let _ = writeln!(self.out, "\n{}", self.strong("Changed terms"));
            for term in &sheet.terms {
                let was = term.was.as_deref().unwrap_or("not there");
                let is = term.is.as_deref().unwrap_or("not there");
                let _ = writeln!(
                    self.out,
                    "  {}: {} → {}",
                    shown(&term.name),
                    self.paint(Edit::Deleted, &shown(was), false),
                    self.paint(Edit::Inserted, &shown(is), false)
                );
                for effect in &term.effect {
                    let _ = writeln!(self.out, "      {}", shown(effect));
                }
                if let Some(reason) = &term.reason {
                    let _ = writeln!(self.out, "      Reason: {}", shown(reason));
                }
                let mut places = Vec::new();
                if let Some(clause) = &term.clause {
                    places.push(shown(&name(clause, old, new)));
                }
                if !term.changes.is_empty() {
                    places.push(ranges(&term.changes));
                }
                if !places.is_empty() {
                    let _ = writeln!(self.out, "      In {}", places.join(" "));
                }
            }
        }
        if let Some(results) = &sheet.results
            && results.lines.iter().any(|line| line.was != line.is)
        {
            let _ = writeln!(self.out, "\n{}", self.strong("What it comes to"));
            let mut table = vec![vec![String::new()]];
            table[0].extend(results.volumes.iter().cloned());
            for line in &results.lines {
                let mut row = vec![line.side.clone()];
                for (was, is) in line.was.iter().zip(&line.is) {
                    row.push(if was == is {
                        is.clone()
                    } else {
                        format!("{was} → {is}")
                    });
                }
                table.push(row);
            }
            self.out
                .push_str(&super::super::drafted::columns(&table, "  "));
        }
        if self.look.stat_only {
            self.sections(rows, old, new);
        }
        if !redline.renumbered.is_empty() {
            let _ = writeln!(
                self.out,
                "\n{}",
                count(redline.renumbered.len(), "section") + " renumbered; that is no change."
            );
        }
    }

    /// How much changed in each section.
    fn sections(&mut self, rows: &[Row], old: &Side<'_>, new: &Side<'_>) {
        let redline = self.compared.redline;
        let mut order: Vec<&Anchor> = Vec::new();
        let mut counts: BTreeMap<&Anchor, (usize, usize, usize)> = BTreeMap::new();
        for change in &redline.changes {
            let entry = counts.entry(&change.section).or_default();
            entry.0 += 1;
            entry.1 += change.inserted;
            entry.2 += change.deleted;
        }
        for row in rows {
            if counts.contains_key(&row.section) && !order.contains(&&row.section) {
                order.push(&row.section);
            }
        }
        if order.is_empty() {
            return;
        }
        let table: Vec<Vec<String>> = order
            .iter()
            .map(|anchor| {
                let (changes, inserted, deleted) = counts[*anchor];
                vec![
                    shown(&name(anchor, old, new)),
                    super::super::counted(changes, "change"),
                    format!("+{inserted}"),
                    format!("−{deleted}"),
                ]
            })
            .collect();
        self.out.push('\n');
        self.out
            .push_str(&super::super::drafted::columns(&table, "  "));
    }

    /// The changed lines under their headings.
    fn rows(&mut self, rows: &[Row], old: &Side<'_>, new: &Side<'_>) {
        let mut section: Option<&Anchor> = None;
        for row in rows {
            if row.changes.is_empty() {
                continue;
            }
            if section != Some(&row.section) && !matches!(row.what, What::Heading(_)) {
                let name = shown(&name(&row.section, old, new));
                let _ = writeln!(self.out, "\n{}", self.strong(&name));
            }
            section = Some(&row.section);
            if matches!(row.what, What::Heading(_)) {
                self.out.push('\n');
            }
            self.row(row);
        }
    }

    fn row(&mut self, row: &Row) {
        let numbers: Vec<String> = row.changes.iter().map(usize::to_string).collect();
        let weight = self.weight(row);
        let mut line = format!("  [{}]{weight} ", numbers.join(","));
        let label = match row.edit {
            Edit::Deleted => row.was.as_ref(),
            Edit::Kept | Edit::Inserted => row.label.as_ref(),
        };
        let moved = row.moved.is_some();
        if let Some(label) = label {
            line.push_str(&self.paint(row.edit, &shown(label), moved));
            line.push(' ');
        }
        if let Some(end) = row.moved.map(|moved| moved.end) {
            line.push_str(match end {
                End::From => "(moved away) ",
                End::To => "(moved to here) ",
            });
        }
        if row.cells.is_empty() {
            line.push_str(&self.spans(&row.spans, moved));
        } else {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| self.spans(cell, moved))
                .collect();
            line.push_str("| ");
            line.push_str(&cells.join(" | "));
            line.push_str(" |");
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    /// A sign for what weighs most: only words, or no words at all.
    fn weight(&self, row: &Row) -> &'static str {
        let changes = &self.compared.redline.changes;
        let weights = row
            .changes
            .iter()
            .filter_map(|number| changes.get(number.checked_sub(1)?))
            .map(|change| change.weight);
        match weights.min() {
            Some(Weight::Substance) => " !",
            Some(Weight::Noise) => " ~",
            Some(Weight::Wording | Weight::Move) | None => "",
        }
    }

    fn spans(&self, spans: &[Span], moved: bool) -> String {
        let mut line = String::new();
        for (place, span) in spans.iter().enumerate() {
            let text = shown(&span.text);
            if span.edit == Edit::Kept {
                let before = place > 0;
                let after = place + 1 < spans.len();
                line.push_str(&self.around(&text, before, after));
            } else {
                line.push_str(&self.paint(span.edit, &text, moved));
            }
        }
        line
    }

    /// Unchanged words, the middle of a long run left out; with `words_only` all but a few.
    fn around(&self, text: &str, before: bool, after: bool) -> String {
        let around = if self.look.words_only { 2 } else { AROUND };
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let head = if before { around } else { 0 };
        let tail = if after { around } else { 0 };
        if words.len() <= head + tail + 3 || (!before && !after) {
            return text.to_owned();
        }
        format!(
            "{}… {}",
            words[..head].concat(),
            words[words.len() - tail..].concat()
        )
    }

    /// Marked words: in colour, or in brackets where there is none.
    fn paint(&self, edit: Edit, text: &str, moved: bool) -> String {
        let colour = match (edit, moved) {
            (Edit::Kept, _) => return text.to_owned(),
            (Edit::Inserted, true) => "\u{1b}[32;4m",
            (Edit::Deleted, true) => "\u{1b}[32;9m",
            (Edit::Inserted, false) => "\u{1b}[34;4m",
            (Edit::Deleted, false) => "\u{1b}[31;9m",
        };
        let (open, close) = match edit {
            Edit::Inserted => ("{+", "+}"),
            Edit::Deleted => ("[-", "-]"),
            Edit::Kept => ("", ""),
        };
        if self.look.coloured {
            format!("{colour}{text}\u{1b}[0m")
        } else {
            format!("{open}{text}{close}")
        }
    }

    fn strong(&self, text: &str) -> String {
        if self.look.coloured {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// `[1–20, 23]`
fn ranges(numbers: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            Some(_) | None => ranges.push((*number, *number)),
        }
    }
    let shown = ranges.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    format!("[{}]", shown.collect::<Vec<_>>().join(", "))
}

/// Text of a document for a terminal: on one line, and no control character of it reaches the terminal.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
}
