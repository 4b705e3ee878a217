//! Clauses filled in: the only file that knows Tera.
//!
//! Data is always marked, in every template, and what is marked is read as words and nothing else or escaped for
//! Markdown, so a party called `*A* | {#x}` prints as that.
//! What is not in the context cannot be printed; see `draft::view`.

use super::Trust;
use super::clause::Clause;
use super::marks::{escape, mark, skeleton, whole};
use super::mask::Body;
use crate::deal::Rank;
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::index::Names;
use crate::units::{NumberWords, Numerals, Period, Unit};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use tera::{Context, Delimiters, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// The wordings, compiled when they are first asked for: a draft does not wait for what it does not print. Those of a
/// library that has to be checked are all compiled at once.
#[derive(Debug)]
pub struct Renderer {
    shelves: Vec<RwLock<Shelf>>,
}

/// In so many groups clauses are compiled and filled in side by side.
pub const SHELVES: usize = 8;

/// The group that the clause `id` belongs to, less than [`SHELVES`].
pub(super) fn shelf(id: &str) -> usize {
    let letters = id.bytes();
    letters.fold(0, |sum, letter| sum * 31 % 257 + usize::from(letter)) % SHELVES
}

/// The wordings of a group of clauses.
#[derive(Debug)]
struct Shelf {
    tera: Tera,
    /// What of a wording is compiled.
    seen: Seen,
    /// The names of all wordings that were compiled, or cannot be.
    known: Names,
}

impl Renderer {
    /// The wordings of all clauses. Those of a library that is known to be sound can wait.
    pub(super) fn new(
        clauses: &BTreeMap<String, Clause>,
        trust: Trust,
    ) -> Result<Renderer, Broken> {
        let stock = |shelf: usize| match trust {
            Trust::Sound => Ok(Shelf::new(mark, skeleton)),
            Trust::Check => {
                let here = clauses.values().filter(|clause| clause.shelf == shelf);
                let all = here.flat_map(|clause| {
                    let variants = clause.variants.iter();
                    variants.map(move |variant| (clause, variant.rank))
                });
                let mut shelf = Shelf::new(mark, skeleton);
                shelf.compile(&all.collect::<Vec<_>>()).map(|()| shelf)
            }
        };
        let all = match trust {
            Trust::Sound => (0..SHELVES).map(stock).collect(),
            Trust::Check => {
                let shelves = (0..SHELVES).into_par_iter().with_max_len(1);
                shelves.map(stock).collect::<Vec<_>>()
            }
        };
        let mut shelves = Vec::with_capacity(SHELVES);
        let mut found = Vec::new();
        for shelf in all {
            match shelf {
                Ok(shelf) => shelves.push(RwLock::new(shelf)),
                Err(broken) => found.extend(broken),
            }
        }
        if found.is_empty() {
            Ok(Renderer { shelves })
        } else {
            Err(Broken { found })
        }
    }

    /// A renderer whose values are escaped and not marked: what it makes is Markdown as it stands.
    pub fn printing() -> Renderer {
        Renderer {
            shelves: (0..SHELVES)
                .map(|_| RwLock::new(Shelf::new(print, whole)))
                .collect(),
        }
    }

    /// Compiles these wordings of one group, as far as they are new: all at once is faster than one by one.
    pub fn ready(&self, shelf: usize, wordings: &[(&Clause, Rank)]) {
        let held = self.read(shelf);
        let is_new = |(clause, rank): &&(&Clause, Rank)| !held.known.contains(name(clause, *rank));
        let new: Vec<(&Clause, Rank)> = wordings.iter().filter(is_new).copied().collect();
        drop(held);
        if !new.is_empty() {
            let mut held = self.shelves[shelf]
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            // What is wrong with a wording is told when it is filled in.
            let _ = held.compile(&new);
        }
    }

    fn read(&self, shelf: usize) -> RwLockReadGuard<'_, Shelf> {
        // A wording that could not be compiled leaves nothing half done.
        self.shelves[shelf]
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// One wording filled in, its prose and its values marked for [`Variant::read`](super::Variant::read).
    ///
    /// # Errors
    ///
    /// If a value that the wording needs is not there, at the place of the tag.
    pub fn render(
        &self,
        clause: &Clause,
        rank: Rank,
        context: &Context,
    ) -> Result<String, Box<Diagnostic>> {
        let shelf = clause.shelf;
        let name = name(clause, rank);
        let mut held = self.read(shelf);
        if !held.known.contains(name) {
            drop(held);
            self.ready(shelf, &[(clause, rank)]);
            held = self.read(shelf);
        }
        held.tera.render(name, context).map_err(|error| {
            // The places of a skeleton are not those of the wording.
            let error = failed_whole(clause, rank, context).unwrap_or(error);
            Box::new(failure(clause, rank, &error))
        })
    }
}

/// How the filling in of a whole wording fails.
fn failed_whole(clause: &Clause, rank: Rank, context: &Context) -> Option<tera::Error> {
    let body = &clause.variant(rank)?.body;
    let mut tera = engine(mark);
    let name = name(clause, rank);
    let compiled = tera.add_raw_template(name, &whole(body));
    compiled.and_then(|()| tera.render(name, context)).err()
}

impl Shelf {
    fn new(value: Written, seen: Seen) -> Shelf {
        Shelf {
            tera: engine(value),
            seen,
            known: Names::default(),
        }
    }

    /// Compiles wordings; or tells what is wrong with them.
    fn compile(&mut self, wordings: &[(&Clause, Rank)]) -> Result<(), Vec<Diagnostic>> {
        let texts: Vec<(&str, Cow<'_, str>)> = wordings
            .iter()
            .filter_map(|(clause, rank)| {
                let variant = clause.variant(*rank)?;
                Some((name(clause, *rank), (self.seen)(&variant.body)))
            })
            .collect();
        self.known
            .extend(texts.iter().map(|(name, _)| (*name).to_owned()));
        let all = texts.iter().map(|(name, text)| (*name, text));
        if self.tera.add_raw_templates(all).is_ok() {
            return Ok(());
        }
        // Tera stops at the first text that it cannot compile: one by one, every such text is found.
        let found: Vec<Diagnostic> = wordings
            .iter()
            .filter_map(|(clause, rank)| {
                let variant = clause.variant(*rank)?;
                let text = whole(&variant.body);
                let error = self
                    .tera
                    .add_raw_template(name(clause, *rank), &text)
                    .err()?;
                Some(failure(clause, *rank, &error))
            })
            .collect();
        // Texts that can be compiled whole are whole now.
        if found.is_empty() {
            return Ok(());
        }
        Err(found)
    }
}

/// Wordings that cannot be compiled.
#[derive(Debug)]
pub(super) struct Broken {
    found: Vec<Diagnostic>,
}

impl Broken {
    /// Reports what is wrong, but for clauses of which our own checks have told it in plainer words.
    pub(super) fn tell(self, report: &mut Report) {
        let told: BTreeSet<String> = report
            .sorted()
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| found.at.source().name.clone())
            .collect();
        for found in self.found {
            if !told.contains(&found.at.source().name) {
                report.push(found);
            }
        }
    }
}

/// What the engine sees of a wording.
type Seen = fn(&Body) -> Cow<'_, str>;

/// How a value is written into a text.
type Written = fn(&str, &mut dyn Write) -> std::io::Result<()>;

/// Tera with the writing of values, the delimiters and the filters of clauses.
fn engine(value: Written) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".md"]);
    tera.set_escape_fn(value);
    // `{#` begins an anchor in Markdown; remarks are written `{! ... !}`.
    let delimiters = Delimiters {
        comment_start: "{!".into(),
        comment_end: "!}".into(),
        ..Delimiters::default()
    };
    // They are neither empty nor alike, so they are taken.
    let _ = tera.set_delimiters(delimiters);
    tera.register_filter("list", |value: &Value, _: Kwargs, _: &State| {
        joined(value, "and")
    });
    tera.register_filter("list_or", |value: &Value, _: Kwargs, _: &State| {
        joined(value, "or")
    });
    tera.register_filter("sentence", |value: &str, _: Kwargs, state: &State| {
        if begins_with_a_party(value, state) {
            value.to_owned()
        } else {
            sentence(value)
        }
    });
    tera.register_filter("period", |value: &str, _: Kwargs, state: &State| {
        period(value, state)
    });
    tera
}

/// The name by which the engine knows a wording; nothing if there is none.
fn name(clause: &Clause, rank: Rank) -> &str {
    let made = || format!("{}.{}.md", clause.id.as_str(), rank.as_str());
    let variant = clause.variant(rank);
    variant.map_or("", |variant| variant.name.get_or_init(made))
}

/// What Tera says about a wording, at its place in the clause file.
fn failure(clause: &Clause, rank: Rank, error: &tera::Error) -> Diagnostic {
    let body = clause.variant(rank).map(|variant| &variant.body);
    let (at, message) = match (error.kind(), body) {
        (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report), Some(body)) => {
            let span = report.span();
            (body.span(span.range.clone()), report.message().to_owned())
        }
        (_, _) => (clause.id.span.clone(), error.to_string()),
    };
    // What Tera adds below its first line is a picture of the text, which is shown here anyway.
    let message = message.lines().next().unwrap_or_default();
    let message = message.trim_start_matches("error: ").trim_end_matches('.');
    let mut letters = message.chars();
    let message: String = letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default();
    Diagnostic::error(Code::BadTag, &at, message)
        .help("see the tag at this place: every path, filter and bracket in it")
}

/// Writes `text` so that Markdown prints exactly it.
fn print(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len() + 16);
    escape(text, &mut escaped);
    out.write_all(escaped.as_bytes())
}

/// `a`, `a and b`, `a, b, and c`.
fn joined(list: &Value, word: &str) -> TeraResult<String> {
    let Some(items) = list.as_array() else {
        return Err(tera::Error::message("only a list can be joined"));
    };
    let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    Ok(listed(&items, word))
}

/// `a`, `a and b`, `a, b, and c`, with `word` for the "and".
pub fn listed(items: &[&str], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} {word} {two}"),
        [first @ .., last] => format!("{}, {word} {last}", first.join(", ")),
    }
}

/// A length of time that lawyers typed, printed as the deal asks for numbers: `ten (10) days`.
///
/// Values of the deal are printed so before a template sees them; without this, "within 30 days" beside
/// "within thirty (30) days" would look like two hands.
fn period(text: &str, state: &State<'_>) -> TeraResult<String> {
    let Ok(period) = Period::from_text(text) else {
        return Err(tera::Error::message(
            "only a length of time such as `10 days` can be printed so",
        ));
    };
    let agreement = state.get::<Value>("agreement")?;
    let style = agreement
        .as_ref()
        .and_then(|agreement| agreement.get_from_path("count_words"))
        .and_then(Value::as_str)
        .and_then(|style| NumberWords::from_text(style).ok());
    Ok(period.print(&Numerals {
        words: style.unwrap_or_default(),
        ..Numerals::english()
    }))
}

/// Whether a text begins with the name of a party that has a small first letter, which is no slip: a name is written
/// as its owner writes it.
fn begins_with_a_party(text: &str, state: &State<'_>) -> bool {
    text.starts_with(char::is_lowercase)
        && ["company", "partner"].into_iter().any(|side| {
            let party = state.get::<Value>(side).ok().flatten();
            let short = party
                .as_ref()
                .and_then(|party| party.get_from_path("short"));
            let short = short.and_then(Value::as_str).unwrap_or_default();
            !short.is_empty() && text.starts_with(short)
        })
}

/// The text with a capital first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
