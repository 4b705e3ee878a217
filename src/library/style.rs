//! Advice about how the wording of a library reads: words that nobody says, numbers that belong to the deal.
//!
//! In: clauses that are known to parse. Out: advice at its words, never an error. A clause is read once for
//! each way through its conditions, so that two branches that are never printed together are never read together.

mod finder;
mod phrases;
mod sentences;
mod terms;

use super::Clause;
use super::mask::{Body, TagKind};
use crate::deal::Text;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Something that reads badly, and what to write in its place.
struct Remark {
    code: Code,
    within: Range<usize>,
    message: String,
    help: String,
}

impl Remark {
    fn new(
        code: Code,
        within: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Remark {
        Remark {
            code,
            within,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Gives advice about every wording of all clauses, and about the terms that they share.
pub(super) fn check(clauses: &BTreeMap<String, Clause>, report: &mut Report) {
    let clauses: Vec<&Clause> = clauses.values().collect();
    let read: Vec<Read<'_>> = clauses.into_par_iter().map(Read::new).collect();
    terms::check(&read, report);
    let advice = read.par_iter().map(|clause| {
        let mut report = Report::new();
        advise_on(clause, &mut report);
        report
    });
    for found in advice.collect::<Vec<Report>>() {
        report.append(found);
    }
}

/// A clause as all its readers see it.
struct Read<'c> {
    clause: &'c Clause,
    /// Its wordings, each in all its readings.
    wordings: Vec<(&'c Body, Vec<Reading>)>,
}

impl<'c> Read<'c> {
    fn new(clause: &'c Clause) -> Read<'c> {
        let bodies = clause.variants.iter().map(|variant| &variant.body);
        Read {
            clause,
            wordings: bodies
                .map(|body| -> (&Body, _) { (body, Reading::all(body)) })
                .collect(),
        }
    }
}

/// Gives advice about every wording of a clause.
fn advise_on(read: &Read<'_>, report: &mut Report) {
    let clause = read.clause;
    let whens = clause
        .variants
        .iter()
        .filter_map(|variant| variant.when.as_ref());
    for text in [Some(&clause.title), clause.reason.as_ref()]
        .into_iter()
        .flatten()
        .chain(whens)
    {
        front_matter(text, report);
    }
    for (body, readings) in &read.wordings {
        let mut seen = BTreeSet::new();
        for reading in readings {
            for remark in remarks(&reading.text, &reading.words) {
                let at = reading.span(body, &remark.within);
                // The same words stand in several readings.
                if seen.insert((at.range().start, remark.code)) {
                    advise(remark, &at, report);
                }
            }
        }
    }
}

/// A text of the front matter: a title, a reason.
fn front_matter(text: &At<Text>, report: &mut Report) {
    // Where TOML writes a character as an escape, places in the text are not places in the file.
    let plain = text.span.text() == text.value.as_str();
    let words: Vec<Range<usize>> = finder::words(text.value.as_str()).collect();
    for remark in remarks(text.value.as_str(), &words) {
        let at = if plain {
            text.span.part(remark.within.clone())
        } else {
            text.span.clone()
        };
        advise(remark, &at, report);
    }
}

/// `words` are the words of `text`.
fn remarks(text: &str, words: &[Range<usize>]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    phrases::remarks(text, words, &mut remarks);
    sentences::remarks(text, &mut remarks);
    remarks
}

fn advise(remark: Remark, at: &Span, report: &mut Report) {
    report.push(Diagnostic::advice(remark.code, at, remark.message).help(remark.help));
}

/// A wording with one branch taken at each condition; what a tag would print is a letter.
struct Reading {
    text: String,
    /// The words of the text.
    words: Vec<Range<usize>>,
    /// Where a piece begins, here and in the body.
    pieces: Vec<(usize, usize)>,
}

/// What a deciding tag does to the text after it.
#[derive(PartialEq, Eq)]
enum Turn {
    Open,
    Branch,
    Close,
    Other,
}

impl Turn {
    fn of(inner: &str) -> Turn {
        match inner.split_whitespace().next() {
            Some("if" | "for") => Turn::Open,
            Some("elif" | "else") => Turn::Branch,
            Some("endif" | "endfor") => Turn::Close,
            Some(_) | None => Turn::Other,
        }
    }
}

impl Reading {
    /// As many readings as show every branch of `body`.
    fn all(body: &Body) -> Vec<Reading> {
        let counts = branches(body);
        let ways = counts.iter().copied().max().unwrap_or(1);
        (0..ways)
            .map(|way| Reading::new(body, &counts, way))
            .collect()
    }

    /// The reading that takes branch `way` of each condition, or the last one where there are fewer; `counts` are
    /// the branches of each.
    fn new(body: &Body, counts: &[usize], way: usize) -> Reading {
        let text = body.text();
        let mut reading = Reading {
            text: String::with_capacity(text.len()),
            words: Vec::new(),
            pieces: Vec::new(),
        };
        // For each open tag, the branch that is taken and the one that we are in.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut next = 0;
        let mut from = 0;
        for tag in body.tags() {
            let taken = open.iter().all(|(wanted, here)| wanted == here);
            if taken {
                reading.push(from, &text[from..tag.whole.start]);
            }
            from = tag.whole.end;
            match tag.kind {
                TagKind::Print if taken => reading.push(tag.whole.start, "x"),
                TagKind::Print | TagKind::Remark => {}
                TagKind::Block => match Turn::of(&text[tag.inner.clone()]) {
                    Turn::Open => {
                        let count = counts.get(next).copied().unwrap_or(1);
                        open.push((way.min(count - 1), 0));
                        next += 1;
                    }
                    Turn::Branch => {
                        if let Some((_, here)) = open.last_mut() {
                            *here += 1;
                        }
                    }
                    Turn::Close => {
                        open.pop();
                    }
                    Turn::Other => {}
                },
            }
        }
        reading.push(from, &text[from..]);
        reading.words = finder::words(&reading.text).collect();
        reading
    }

    fn push(&mut self, from: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push((self.text.len(), from));
            self.text.push_str(text);
        }
    }

    fn span(&self, body: &Body, range: &Range<usize>) -> Span {
        let start = self.back(range.start);
        let end = self.back(range.end.saturating_sub(1)) + 1;
        body.span(start..end.max(start))
    }

    fn back(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(here, _)| *here <= at);
        match index.checked_sub(1).map(|index| self.pieces[index]) {
            Some((here, there)) => there + (at - here),
            None => at,
        }
    }
}

/// For each `if` and `for` of a text, in order, how many branches it has.
fn branches(body: &Body) -> Vec<usize> {
    let text = body.text();
    let mut counts = Vec::new();
    let mut open = Vec::new();
    for tag in body.tags() {
        if tag.kind != TagKind::Block {
            continue;
        }
        match Turn::of(&text[tag.inner.clone()]) {
            Turn::Open => {
                open.push(counts.len());
                counts.push(1);
            }
            Turn::Branch => {
                if let Some(place) = open.last() {
                    counts[*place] += 1;
                }
            }
            Turn::Close => {
                open.pop();
            }
            Turn::Other => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests;
