//! A redline as JSON for other programs: `engross schema redline` is made from the structs here.
//!
//! Fields may be added under one version; a field that goes, or means something else, raises it.

use super::Compared;
use super::pair;
use crate::redline::{Change, Edit, End, Style, Weight, What};
use crate::write::redline::page::{ResultLine, Term};
use crate::write::redline::rows::{self, Row, rows};
use schemars::JsonSchema;
use serde::Serialize;

/// The version of the shape.
const VERSION: u32 = 1;

/// What changed between two documents.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "engross redline")]
struct Output<'a> {
    /// The version of this shape: 1.
    version: u32,
    /// The old document.
    old: Side<'a>,
    /// The new document.
    new: Side<'a>,
    /// Whether accepting all gives the new document and rejecting all the old one, as trees and as Markdown. Always
    /// true: what fails is not written.
    proved: bool,
    /// How much changed.
    statistics: Statistics,
    /// The terms of the deal that changed; empty unless both sides are deals.
    terms: Vec<TermOut<'a>>,
    /// Both sides' results, old and new, by volume; null unless both sides are deals with a forecast.
    results: Option<Results<'a>>,
    /// The changes by number, from 1, in reading order.
    changes: Vec<ChangeOut<'a>>,
    /// Sections whose computed number is another one. That is no change.
    renumbered: Vec<Renumbered<'a>>,
    /// The whole text, row by row: whoever leaves out what is inserted has the old one, whoever leaves out what is
    /// deleted the new one.
    rows: Vec<RowOut<'a>>,
}

/// One of the two documents.
#[derive(Serialize, JsonSchema)]
struct Side<'a> {
    /// Its file, with its revision if it has one.
    name: &'a str,
    /// The SHA-256 of the file.
    sha256: &'a str,
    /// The digest that is printed; of a deal, that of its draft.
    digest: &'a str,
    /// Whether it was drafted from a deal.
    deal: bool,
}

/// How much changed.
#[derive(Serialize, JsonSchema)]
struct Statistics {
    /// Changes that may change what the parties owe.
    substance: usize,
    /// Changes of other words.
    wording: usize,
    /// Moves.
    moves: usize,
    /// Changes that change no word.
    noise: usize,
    /// Words of the old document.
    old_words: usize,
    /// Words of the new document.
    new_words: usize,
    /// Words put in.
    inserted: usize,
    /// Words struck.
    deleted: usize,
    /// Words that stand elsewhere now.
    moved: usize,
}

/// A term of the deal that changed.
#[derive(Serialize, JsonSchema)]
struct TermOut<'a> {
    /// Its path in words.
    name: &'a str,
    /// What it was; null if it is new.
    was: Option<&'a str>,
    /// What it is; null if it is gone.
    is: Option<&'a str>,
    /// What that does in money or days.
    effect: &'a [String],
    /// Why.
    reason: Option<&'a str>,
    /// The anchor of the section that it is about.
    clause: Option<&'a str>,
    /// The numbers of the changes that follow from it.
    changes: &'a [usize],
}

/// Both sides' results.
#[derive(Serialize, JsonSchema)]
struct Results<'a> {
    /// The volumes, in the order of the figures.
    volumes: &'a [String],
    /// A line for each figure.
    lines: Vec<Line<'a>>,
}

/// A figure, old and new, at each volume.
#[derive(Serialize, JsonSchema)]
struct Line<'a> {
    /// What it is.
    name: &'a str,
    /// Before, as printed; empty where there was none.
    was: &'a [String],
    /// After.
    is: &'a [String],
}

/// A change.
#[derive(Serialize, JsonSchema)]
struct ChangeOut<'a> {
    /// Its number, from 1.
    number: usize,
    /// What it weighs.
    weight: &'static str,
    /// What was done.
    what: &'static str,
    /// The anchor of the section that it stands in.
    section: &'a str,
    /// Words put in.
    inserted: usize,
    /// Words struck.
    deleted: usize,
    /// The names of the terms that it follows from.
    follows_from: Vec<&'a str>,
}

/// A section with another number.
#[derive(Serialize, JsonSchema)]
struct Renumbered<'a> {
    /// Its anchor.
    section: &'a str,
    /// Its old number.
    old: Option<&'a str>,
    /// Its new number.
    new: Option<&'a str>,
}

/// A line of the redline: a heading, a paragraph, a row of a table.
#[derive(Serialize, JsonSchema)]
struct RowOut<'a> {
    /// `heading`, `text`, `source`, `caption`, `table-head` or `table-row`.
    kind: &'static str,
    /// How deep a heading stands; the title of the document is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<usize>,
    /// The anchor of the section.
    section: &'a str,
    /// `kept`, `inserted` or `deleted` as a whole.
    edit: &'static str,
    /// What became of its end: where that is inserted the words of the old document run on into the next row, where
    /// it is deleted those of the new one.
    end: &'static str,
    /// The computed label before it in the old document.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_label: Option<&'a str>,
    /// The computed label before it in the new document.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_label: Option<&'a str>,
    /// The number of the move that it is an end of.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<MovedOut>,
    /// The numbers of the changes in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<usize>,
    /// Its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<SpanOut<'a>>,
    /// The words of each cell, if it is a row of a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cells: Vec<Vec<SpanOut<'a>>>,
}

/// One end of a move.
#[derive(Serialize, JsonSchema)]
struct MovedOut {
    /// The number of the move, from 0.
    id: usize,
    /// `from` or `to`.
    end: &'static str,
}

/// Some words of one fate.
#[derive(Serialize, JsonSchema)]
struct SpanOut<'a> {
    /// `kept`, `inserted` or `deleted`.
    edit: &'static str,
    /// The words.
    text: &'a str,
    /// `strong`, `emphasis` or `strong-emphasis`; left out for plain words.
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<&'static str>,
    /// Whether it is source text of a document that is not ours.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    source: bool,
    /// The number of the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<usize>,
}

/// The JSON Schema of it.
pub(in crate::cli) fn schema() -> serde_json::Value {
    schemars::schema_for!(Output<'_>).to_value()
}

/// The redline as JSON, ending in a line break.
pub(super) fn bytes(compared: &Compared<'_>) -> anyhow::Result<Vec<u8>> {
    let Compared {
        pair,
        redline,
        sheet,
        ..
    } = compared;
    let old = super::side(&compared.old, &pair.old);
    let new = super::side(&compared.new, &pair.new);
    let rows = rows(redline, &old, &new);
    let stats = redline.stats;
    let output = Output {
        version: VERSION,
        old: about(&pair.old),
        new: about(&pair.new),
        proved: true,
        statistics: Statistics {
            substance: stats.substance,
            wording: stats.wording,
            moves: stats.moves,
            noise: stats.noise,
            old_words: stats.old_words,
            new_words: stats.new_words,
            inserted: stats.inserted,
            deleted: stats.deleted,
            moved: stats.moved,
        },
        terms: sheet.terms.iter().map(term).collect(),
        results: sheet.results.as_ref().map(|results| Results {
            volumes: &results.volumes,
            lines: results.lines.iter().map(line).collect(),
        }),
        changes: redline
            .changes
            .iter()
            .map(|each| change(each, &sheet.terms))
            .collect(),
        renumbered: redline
            .renumbered
            .iter()
            .map(|section| Renumbered {
                section: section.anchor.as_str(),
                old: section.old.as_deref(),
                new: section.new.as_deref(),
            })
            .collect(),
        rows: rows.iter().map(row).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&output)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn about(side: &pair::Side) -> Side<'_> {
    Side {
        name: &side.name,
        sha256: &side.sha256,
        digest: &side.digest,
        deal: side.from_deal,
    }
}

fn term(term: &Term) -> TermOut<'_> {
    TermOut {
        name: &term.name,
        was: term.was.as_deref(),
        is: term.is.as_deref(),
        effect: &term.effect,
        reason: term.reason.as_deref(),
        clause: term.clause.as_ref().map(crate::document::Anchor::as_str),
        changes: &term.changes,
    }
}

fn line(line: &ResultLine) -> Line<'_> {
    Line {
        name: &line.side,
        was: &line.was,
        is: &line.is,
    }
}

fn change<'a>(change: &'a Change, terms: &'a [Term]) -> ChangeOut<'a> {
    ChangeOut {
        number: change.number,
        weight: match change.weight {
            Weight::Substance => "substance",
            Weight::Wording => "wording",
            Weight::Move => "move",
            Weight::Noise => "noise",
        },
        what: match change.what {
            What::Inserted => "inserted",
            What::Deleted => "deleted",
            What::Replaced => "replaced",
            What::Moved => "moved",
            What::Split => "split",
            What::Merged => "merged",
            What::Set => "set",
            What::Formed => "formed",
        },
        section: change.section.as_str(),
        inserted: change.inserted,
        deleted: change.deleted,
        follows_from: terms
            .iter()
            .filter(|term| term.changes.contains(&change.number))
            .map(|term| term.name.as_str())
            .collect(),
    }
}

fn row(row: &Row) -> RowOut<'_> {
    let (kind, depth) = match &row.what {
        rows::What::Heading(depth) => ("heading", Some(*depth)),
        rows::What::Text(_) => ("text", None),
        rows::What::Source(_) => ("source", None),
        rows::What::Caption => ("caption", None),
        rows::What::Head(_) => ("table-head", None),
        rows::What::Cells => ("table-row", None),
    };
    RowOut {
        kind,
        depth,
        section: row.section.as_str(),
        edit: edit(row.edit),
        end: edit(row.end),
        old_label: row.was.as_deref(),
        new_label: row.label.as_deref(),
        moved: row.moved.map(|moved| MovedOut {
            id: moved.id,
            end: match moved.end {
                End::From => "from",
                End::To => "to",
            },
        }),
        changes: row.changes.clone(),
        spans: row.spans.iter().map(span).collect(),
        cells: row
            .cells
            .iter()
            .map(|cell| cell.iter().map(span).collect())
            .collect(),
    }
}

fn span(span: &rows::Span) -> SpanOut<'_> {
    SpanOut {
        edit: edit(span.edit),
        text: &span.text,
        style: match span.style {
            Style::Plain => None,
            Style::Strong => Some("strong"),
            Style::Emphasis => Some("emphasis"),
            Style::EmphasisInStrong | Style::StrongInEmphasis => Some("strong-emphasis"),
        },
        source: span.inert,
        change: span.change,
    }
}

fn edit(edit: Edit) -> &'static str {
    match edit {
        Edit::Kept => "kept",
        Edit::Inserted => "inserted",
        Edit::Deleted => "deleted",
    }
}
