//! What must stand in no file that leaves the house: the texts and figures of the negotiation file and of the house's
//! limits that both sides do not know already.
//!
//! In: the internal files, what is public. Out: [`Secret`]s, each with its line. What the deal says, what the embedded
//! library says, and what engross computes from the two is no secret: whoever has the deal has it too.

use super::Known;
use super::figures::{Figure, figures};
use super::spelling::{Read, Spelling};
use super::views::{View, folded};
use crate::deal::TermPath;
use crate::deal::record::Field;
use crate::deal::shape::Shape;
use crate::library::{INTERNAL, embedded};
use crate::negotiation::approvals::APPROVALS;
use crate::negotiation::file::File;
use crate::source::{At, Source, Span};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many letters a text has at least if it is looked for anywhere; a shorter one is looked for as a word.
const SHORTEST: usize = 10;

/// Shorter texts than this stand everywhere.
const WORD: usize = 4;

/// Something that only our side knows.
pub(super) struct Secret {
    /// What is looked for.
    pub(super) what: What,
    /// The line of its file that says it.
    pub(super) line: usize,
    /// Which file that is, as a message names it.
    pub(super) file: &'static str,
}

/// What is looked for, folded as views are.
pub(super) enum What {
    /// A text, found anywhere.
    Phrase(Spelling),
    /// A short text, found as a word, or a figure in its spellings.
    Word(Vec<Spelling>),
}

impl Secret {
    /// Whether a text holds it. Where a few letters may come about by chance, only longer spellings count.
    pub(super) fn is_in(&self, view: &View) -> bool {
        const CHANCE: usize = 5;
        match &self.what {
            What::Phrase(phrase) => view.read.holds(phrase),
            What::Word(ways) => ways
                .iter()
                .filter(|way| !view.by_chance || way.text.len() >= CHANCE)
                .any(|way| view.read.has(way)),
        }
    }
}

/// A text of an internal file: what it says, where, and whether its words are free.
struct Said {
    text: String,
    at: Span,
    free: bool,
}

/// Everything that only our side knows.
pub(super) fn secrets(known: &Known<'_>) -> Vec<Secret> {
    let public = Public::of(known);
    let mut found = Vec::new();
    if let Some(negotiation) = known.negotiation {
        let source = negotiation.file().at.source();
        if let Ok(table) = DeTable::parse(&source.text) {
            let node = Spanned::new(0..0, DeValue::Table(table.into_inner()));
            let mut said = Vec::new();
            leaves(&node, <File as Field>::SHAPE, source, &mut said);
            gather(said, "the negotiation file", &public, &mut found);
        }
    }
    // Roles and names of those who approve are words of every day; the limits are the house's own.
    for limit in known.approvals.into_iter().flat_map(|file| &file.limit) {
        let said = [&limit.says, &limit.rule].map(|text| Said {
            text: text.to_string(),
            at: text.span.clone(),
            free: true,
        });
        gather(said.into(), APPROVALS, &public, &mut found);
    }
    found
}

/// What both sides know.
struct Public {
    /// The deal and the clauses, in which a text of ours may stand by right.
    texts: Read,
    /// The figures of the deal.
    figures: Vec<Figure>,
    /// The embedded library, which everybody has.
    embedded: Read,
    /// What the house wrote itself.
    house: Read,
    /// What was made of the deal today.
    made: Read,
}

impl Public {
    fn of(known: &Known<'_>) -> Public {
        let deal = &known.deal.at.source().text;
        let clauses = known.library.clauses.values();
        let bodies = clauses.flat_map(|clause| &clause.variants);
        let clauses: Vec<String> = bodies.map(|one| folded(one.body.text())).collect();
        let clauses = clauses.join("\n");
        let made = known.made.iter().flat_map(super::parts);
        let made = made.filter(|part| part.read);
        let made = made.map(|part| folded(&String::from_utf8_lossy(&part.bytes)));
        let house = known.house.iter().map(|file| folded(&file.text));
        let embedded = embedded();
        let embedded = embedded.iter().filter(|file| is_printed(&file.path));
        let embedded = embedded.map(|file| folded(&file.text));
        let read = |texts: &mut dyn Iterator<Item = String>| {
            Read::new(texts.collect::<Vec<_>>().join("\n"))
        };
        Public {
            figures: figures(deal),
            house: read(&mut house.chain([clauses.clone()])),
            texts: read(&mut [folded(deal), clauses].into_iter()),
            embedded: read(&mut embedded.into_iter()),
            made: read(&mut made.into_iter()),
        }
    }

    /// Whether one of these spellings may stand in a text without having come from us: the embedded library has it, or
    /// it was computed from the deal, for nobody typed it into the library of the house.
    fn has(&self, ways: &[Spelling]) -> bool {
        let any = |text: &Read| ways.iter().any(|way| text.has(way));
        any(&self.embedded) || (!any(&self.house) && any(&self.made))
    }
}

/// Whether a file of the library is printed in what both sides read.
fn is_printed(path: &str) -> bool {
    let words = path.ends_with(".md") || path.ends_with(".toml");
    words && !path.starts_with(INTERNAL) && path != "templates/new-deal.toml"
}

/// The secrets among what an internal file says.
fn gather(said: Vec<Said>, file: &'static str, public: &Public, found: &mut Vec<Secret>) {
    let mut seen: Vec<Figure> = Vec::new();
    for Said { text, at, free } in said {
        let line = at.line_column().0;
        let mut keep = |what: What| found.push(Secret { what, line, file });
        let plain = folded(&text);
        let letters = plain
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count();
        if letters >= SHORTEST {
            let phrase = Spelling::new(plain);
            if !public.texts.holds(&phrase) && !public.embedded.holds(&phrase) {
                keep(What::Phrase(phrase));
            }
        } else if free && letters >= WORD {
            let ways = vec![Spelling::new(plain)];
            if !public.texts.has(&ways[0]) && !public.has(&ways) {
                keep(What::Word(ways));
            }
        }
        for figure in figures(&text) {
            if seen.contains(&figure) || public.figures.iter().any(|known| known.is(&figure)) {
                continue;
            }
            let ways = figure.spelled();
            seen.push(figure);
            if !public.has(&ways) {
                keep(What::Word(ways));
            }
        }
    }
}

/// Every text that says something of ours: choices, and names of what the deal holds, are words of the program and of
/// the deal.
fn leaves(node: &Spanned<DeValue<'_>>, shape: Shape, source: &Arc<Source>, found: &mut Vec<Said>) {
    let Shape::Leaf(path) = <At<TermPath> as Field>::SHAPE else {
        return;
    };
    match (node.get_ref(), shape.present()) {
        (DeValue::String(text), Shape::Leaf(leaf)) => {
            let named = leaf.names.is_some() || leaf.expected == path.expected;
            if leaf.choices.is_empty() && !named {
                found.push(Said {
                    text: text.to_string(),
                    at: Span::new(source, node.span()),
                    free: leaf.pattern.is_empty(),
                });
            }
        }
        (DeValue::Table(table), Shape::Record(record)) => {
            for (key, value) in table {
                if let Some(field) = record.field(key.get_ref()) {
                    leaves(value, field.shape, source, found);
                }
            }
        }
        (DeValue::Array(items), Shape::List(each)) => {
            for item in items {
                leaves(item, *each, source, found);
            }
        }
        (_, _) => {}
    }
}
