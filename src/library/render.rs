//! Clauses filled in: the only file that knows Tera.
//!
//! Data is always escaped for Markdown, in every template, so a party called `*A* | {#x}` prints as that.
//! What is not in the context cannot be printed; see `draft::view`.

use super::Trust;
use super::clause::Clause;
use super::mask::Body;
use super::stencil::{CLOSE, OPEN};
use crate::deal::Rank;
use crate::diagnostic::{Code, Diagnostic, Report, Severity};
use crate::units::{NumberWords, Numerals, Period, Unit};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::OnceLock;
use tera::{Context, Delimiters, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// All wordings, ready to be filled in.
#[derive(Debug)]
pub struct Renderer {
    /// The preferred wordings, compiled in two halves.
    preferred: [Tera; 2],
    /// The first clause of the second half.
    middle: String,
    /// The alternatives, which most deals never use: compiled when one is first asked for.
    others: OnceLock<Tera>,
}

impl Renderer {
    /// Compiles the wordings of all clauses; alternatives of a library that is known to be sound can wait.
    pub(super) fn new(
        clauses: &BTreeMap<String, Clause>,
        trust: Trust,
    ) -> Result<Renderer, Broken> {
        let middle = clauses.keys().nth(clauses.len() / 2);
        let middle = middle.cloned().unwrap_or_default();
        let preferred = |second: bool| {
            let in_half = |clause: &Clause| (clause.id.as_str() >= middle.as_str()) == second;
            compile(clauses, |clause, rank| {
                rank == Rank::Preferred && in_half(clause)
            })
        };
        let others = || {
            let wanted = |_: &Clause, rank| rank != Rank::Preferred;
            (trust == Trust::Check).then(|| compile(clauses, wanted))
        };
        // Compiling is most of what loading costs, and wordings know nothing of each other.
        let ((first, second), others) = rayon::join(
            || rayon::join(|| preferred(false), || preferred(true)),
            others,
        );
        match (first, second, others.transpose()) {
            (Ok(first), Ok(second), Ok(compiled)) => Ok(Renderer {
                preferred: [first, second],
                middle,
                others: compiled.map_or_else(OnceLock::new, OnceLock::from),
            }),
            (first, second, others) => {
                let all = [first.err(), second.err(), others.err()];
                Err(Broken {
                    found: all.into_iter().flatten().flatten().collect(),
                })
            }
        }
    }

    /// The Markdown of one wording, filled in, its values marked for [`Variant::read`](super::Variant::read).
    ///
    /// # Errors
    ///
    /// If a value that the wording needs is not there, at the place of the tag.
    pub fn render(
        &self,
        clauses: &BTreeMap<String, Clause>,
        clause: &Clause,
        rank: Rank,
        context: &Context,
    ) -> Result<String, Box<Diagnostic>> {
        let tera = match rank {
            Rank::Preferred => {
                &self.preferred[usize::from(clause.id.as_str() >= self.middle.as_str())]
            }
            Rank::Acceptable | Rank::Escalate => self.others.get_or_init(|| {
                // Only a library that is known to be sound gets here, so there is nothing to report.
                compile(clauses, |_, rank| rank != Rank::Preferred).unwrap_or_default()
            }),
        };
        tera.render(&name(clause, rank), context)
            .map_err(|error| Box::new(failure(clause, rank, &error)))
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

/// The wordings that are `wanted`, compiled; or what is wrong with them.
fn compile(
    clauses: &BTreeMap<String, Clause>,
    wanted: impl Fn(&Clause, Rank) -> bool,
) -> Result<Tera, Vec<Diagnostic>> {
    let Some(mut tera) = engine() else {
        return Err(Vec::new());
    };
    let wordings = || {
        clauses.values().flat_map(|clause| {
            let variants = clause.variants.iter();
            let variants = variants.filter(|variant| wanted(clause, variant.rank));
            variants.map(move |variant| (clause, variant))
        })
    };
    let texts: Vec<(String, Cow<'_, str>)> = wordings()
        .map(|(clause, variant)| (name(clause, variant.rank), unmarked(&variant.body)))
        .collect();
    let Err(all) = tera.add_raw_templates(texts.iter().map(|(name, text)| (name, text))) else {
        return Ok(tera);
    };
    // Tera stops at the first text that it cannot compile: one by one, every such text is found.
    let mut found: Vec<Diagnostic> = wordings()
        .filter_map(|(clause, variant)| {
            let name = name(clause, variant.rank);
            let error = tera.add_raw_template(&name, variant.body.text()).err()?;
            Some(failure(clause, variant.rank, &error))
        })
        .collect();
    if found.is_empty() {
        let first = clauses.values().next();
        found.extend(first.map(|clause| failure(clause, Rank::Preferred, &all)));
    }
    Err(found)
}

/// The text of a wording, in which only the renderer may mark values.
fn unmarked(body: &Body) -> Cow<'_, str> {
    if body.text().contains(is_mark) {
        Cow::Owned(body.text().replace(is_mark, " "))
    } else {
        Cow::Borrowed(body.text())
    }
}

/// Tera with the escaping, the delimiters and the filters of clauses.
fn engine() -> Option<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".md"]);
    tera.set_escape_fn(escape_markdown);
    // `{#` begins an anchor in Markdown; remarks are written `{! ... !}`.
    let delimiters = Delimiters {
        comment_start: "{!".into(),
        comment_end: "!}".into(),
        ..Delimiters::default()
    };
    tera.set_delimiters(delimiters).ok()?;
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
    Some(tera)
}

fn name(clause: &Clause, rank: Rank) -> String {
    format!("{}.{}.md", clause.id.as_str(), rank.as_str())
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

/// Writes `text`, marked as a value, so that Markdown prints exactly it: every ASCII punctuation mark gets a
/// backslash. A mark of values in it is a space, as every control character is to Markdown's reader.
pub(super) fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len() + 16);
    escaped.push(OPEN);
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let marks = is_mark(char::from(byte));
        if marks || byte.is_ascii_punctuation() {
            escaped.push_str(&text[from..at]);
            escaped.push(if marks { ' ' } else { '\\' });
            from = at + usize::from(marks);
        }
    }
    escaped.push_str(&text[from..]);
    escaped.push(CLOSE);
    out.write_all(escaped.as_bytes())
}

fn is_mark(letter: char) -> bool {
    matches!(letter, OPEN | CLOSE)
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
