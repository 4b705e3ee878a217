//! A clause file: front matter, the preferred wording, and its alternatives.
//!
//! ```text
//! +++
//! id = "liability-cap"
//! title = "Cap on liability"
//! +++
//! The preferred wording.
//!
//! +++ acceptable
//! when = "Their insurer asks for a fixed sum."
//! +++
//! Another wording.
//! ```

use super::Trust;
use super::marks::unmarked;
use super::mask::{Body, LateBody, TagKind};
use super::render;
use super::stencil::Stencils;
use crate::deal::record::{Field, Reader, record};
use crate::deal::{Id, Rank, TermPath, Text};
use crate::diagnostic::{Code, Complaint, Diagnostic, Report};
use crate::document::{Block, read};
use crate::source::{At, Source, Span};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

record! {
    /// What a clause says about itself.
    pub struct Front {
        /// Its stable name, equal to its file name.
        id: At<Id>,
        /// Its heading.
        title: At<Text>,
        /// The paths of the deal that must be there, or the clause is left out.
        needs: Vec<At<TermPath>>,
        /// Whether a deal that has what it needs must keep it: without it, something of the deal would be nowhere.
        essential: Option<At<bool>>,
        /// Whether it binds both parties alike; for protective clauses.
        mutual: Option<At<bool>>,
        /// The operational reason for it, in a sentence.
        reason: Option<At<Text>>,
        /// Where the wording comes from.
        provenance: At<Text>,
    }
}

record! {
    /// What an alternative wording says about itself.
    pub struct VariantFront {
        /// When it is used.
        when: At<Text>,
    }
}

/// A clause of the library.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its stable name, which is also the anchor of its section.
    pub id: At<Id>,
    /// Its heading.
    pub title: At<Text>,
    /// The folder it is in.
    pub family: String,
    /// The paths of the deal that must be there.
    pub needs: Vec<At<TermPath>>,
    /// Whether a deal that has what it needs must keep it.
    pub essential: bool,
    /// Whether it binds both parties alike, if it is protective.
    pub mutual: Option<bool>,
    /// The operational reason for it.
    pub reason: Option<At<Text>>,
    /// Where the wording comes from.
    pub provenance: At<Text>,
    /// Its wordings, the preferred one first.
    pub variants: Vec<Variant>,
    /// The group in which it is compiled and filled in, less than [`SHELVES`](super::SHELVES).
    pub shelf: usize,
}

/// One wording of a clause.
#[derive(Debug, Clone)]
pub struct Variant {
    /// How good it is for the house.
    pub rank: Rank,
    /// When it is used; nothing for the preferred one.
    pub when: Option<At<Text>>,
    /// The wording, with its tags.
    pub body: LateBody,
    /// The name by which the template engine knows it, made when it is first asked for.
    pub(super) name: OnceLock<String>,
    /// What it was read as before.
    stencils: Stencils,
}

impl Variant {
    /// The Markdown of this wording, filled in by the renderer as `marked`.
    pub fn text(&self, marked: &str) -> String {
        unmarked(marked, &self.body)
    }

    /// The blocks of this wording, filled in by the renderer as `marked`.
    ///
    /// # Errors
    ///
    /// The text as it would be printed, the blocks that could be read, and what is wrong with the others.
    pub fn read(&self, marked: &str) -> Result<Vec<Block>, Unread> {
        if let Some(blocks) = self.stencils.read(marked, &self.body) {
            return Ok(blocks);
        }
        let text = self.text(marked);
        match read::blocks(&text) {
            (blocks, complaints) if complaints.is_empty() => Ok(blocks),
            (blocks, complaints) => Err(Unread {
                text,
                blocks,
                complaints,
            }),
        }
    }
}

/// A wording that cannot be printed once it is filled in.
#[derive(Debug)]
pub struct Unread {
    /// The text.
    pub text: String,
    /// The blocks that can be read.
    pub blocks: Vec<Block>,
    /// What is wrong with the others, by their bytes in the text.
    pub complaints: Vec<Complaint>,
}

impl Clause {
    /// The wording of this rank.
    pub fn variant(&self, rank: Rank) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.rank == rank)
    }
}

/// Reads and checks one clause file.
pub(super) fn read(source: &Arc<Source>, trust: Trust, report: &mut Report) -> Option<Clause> {
    let pieces = split(source, report)?;
    let mut pieces = pieces.into_iter();
    let first = pieces.next()?;
    let front: Front = front(source, &first.front, report)?;
    check_name(source, &front, report);
    let mut variants = vec![variant(
        source,
        Rank::Preferred,
        None,
        first.body,
        trust,
        report,
    )];
    for piece in pieces {
        let about: VariantFront = self::front(source, &piece.front, report)?;
        let Some(rank) = piece.rank else { continue };
        if variants.iter().any(|variant| variant.rank == rank) {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &Span::new(source, piece.head),
                    format!("the clause has two `{}` wordings", rank.as_str()),
                )
                .help("keep one wording for each rank"),
            );
            continue;
        }
        variants.push(variant(
            source,
            rank,
            Some(about.when),
            piece.body,
            trust,
            report,
        ));
    }
    let family = source
        .name
        .split('/')
        .rev()
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    Some(Clause {
        shelf: render::shelf(front.id.as_str()),
        id: front.id,
        title: front.title,
        family,
        needs: front.needs,
        essential: front.essential.is_some_and(|essential| essential.value),
        mutual: front.mutual.map(|mutual| mutual.value),
        reason: front.reason,
        provenance: front.provenance,
        variants,
    })
}

/// A wording whose form was checked on its source, tags masked, so that findings have true places.
fn variant(
    source: &Arc<Source>,
    rank: Rank,
    when: Option<At<Text>>,
    body: Range<usize>,
    trust: Trust,
    report: &mut Report,
) -> Variant {
    let start = body.start;
    let body = LateBody::new(source, body);
    if trust == Trust::Check {
        let masked = body.masked();
        invisible(&body, report);
        if masked.text().trim().is_empty() && only_remarks(&body) {
            report.push(
                Diagnostic::error(
                    Code::EmptyText,
                    &Span::new(source, start..start),
                    "there is no wording here",
                )
                .help(
                    "write it, or delete what introduces it: a heading must not stand over nothing",
                ),
            );
        }
        let (_, complaints) = read::blocks(masked.text());
        for complaint in complaints {
            report.push(place(complaint, &masked));
        }
    }
    Variant {
        rank,
        when,
        body,
        name: OnceLock::new(),
        stencils: Stencils::default(),
    }
}

/// Whether a wording without text has no tags either that could print some.
fn only_remarks(body: &Body) -> bool {
    body.tags().iter().all(|tag| tag.kind == TagKind::Remark)
}

/// Reports characters that nobody who reviews a wording can see.
fn invisible(body: &Body, report: &mut Report) {
    for (at, letter) in body.text().char_indices() {
        if let Some(name) = crate::deal::invisible(letter) {
            report.push(
                Diagnostic::error(
                    Code::InvisibleCharacter,
                    &body.span(at..at + letter.len_utf8()),
                    format!(
                        "the wording holds an invisible character U+{:04X} ({name})",
                        u32::from(letter)
                    ),
                )
                .help("delete it; if a space is meant, type a plain space"),
            );
        }
    }
}

fn place(complaint: Complaint, body: &Body) -> Diagnostic {
    let at = body.span(line(body.text(), &complaint.within));
    Diagnostic::error(complaint.code, &at, complaint.message).help(complaint.help)
}

struct Piece {
    rank: Option<Rank>,
    head: Range<usize>,
    front: Range<usize>,
    body: Range<usize>,
}

/// Cuts the file at its `+++` lines.
fn split(source: &Arc<Source>, report: &mut Report) -> Option<Vec<Piece>> {
    let text = &source.text;
    let mut fences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.starts_with("+++") {
            fences.push(start..end);
        }
        start = end;
    }
    let begins = fences.first().is_some_and(|fence| fence.start == 0);
    let broken = match fences.last() {
        _ if !begins => Some((0..0, "the file does not begin with front matter")),
        Some(last) if fences.len() % 2 == 1 => Some((
            line(text, last),
            "the front matter that begins here does not end",
        )),
        Some(_) | None => None,
    };
    if let Some((at, message)) = broken {
        report.push(
            Diagnostic::error(Code::BadFrontMatter, &Span::new(source, at), message).help(
                "begin the file with a line `+++`, then `id`, `title` and `provenance`, then a line `+++`, then the wording",
            ),
        );
        return None;
    }
    let mut pieces = Vec::new();
    for (index, pair) in fences.chunks(2).enumerate() {
        let [open, close] = pair else { continue };
        let word = text[open.clone()].trim().trim_start_matches('+').trim();
        let rank = Rank::ALL
            .into_iter()
            .find(|rank| rank.as_str() == word && *rank != Rank::Preferred);
        if (index == 0) != word.is_empty() || (index > 0 && rank.is_none()) {
            report.push(
                Diagnostic::error(
                    Code::BadFrontMatter,
                    &Span::new(source, line(text, open)),
                    format!("`{word}` is not a rank of a wording"),
                )
                .help(
                    "the first wording has plain `+++`, others `+++ acceptable` or `+++ escalate`",
                ),
            );
            return None;
        }
        let body_end = fences
            .get(index * 2 + 2)
            .map_or(text.len(), |next| next.start);
        pieces.push(Piece {
            rank,
            head: line(text, open),
            front: open.end..close.start,
            body: close.end..body_end,
        });
    }
    Some(pieces)
}

/// The bytes `range` of `text` without the white space at their end, so that no message points at an empty line.
fn line(text: &str, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

fn front<T: Field>(source: &Arc<Source>, range: &Range<usize>, report: &mut Report) -> Option<T> {
    let text = &source.text[range.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::within(source, range.start, report);
    for error in crate::deal::telling(text, &errors) {
        let at = reader.span(error.span().unwrap_or(0..text.len()));
        reader.error(
            Code::Syntax,
            &at,
            error.message(),
            "front matter is TOML: `key = \"text\"`",
        );
    }
    if !errors.is_empty() {
        return None;
    }
    let node = Spanned::new(0..text.trim_end().len(), DeValue::Table(table.into_inner()));
    T::read(&node, &mut reader)
}

/// `liability-cap` for `clauses/master/liability-cap.md`.
pub(super) fn file_name(source: &Source) -> Option<&str> {
    source.name.rsplit('/').next()?.strip_suffix(".md")
}

fn check_name(source: &Arc<Source>, front: &Front, report: &mut Report) {
    let stem = file_name(source).unwrap_or_default();
    if stem != front.id.as_str() {
        report.push(
            Diagnostic::error(
                Code::BadId,
                &front.id.span,
                format!(
                    "the id `{}` is not the file name `{stem}`",
                    front.id.as_str()
                ),
            )
            .help(format!("write `id = \"{stem}\"`, or rename the file")),
        );
    }
}
