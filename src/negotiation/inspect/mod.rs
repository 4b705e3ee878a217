//! What a package holds besides what it shows: looked for before it leaves the house.
//!
//! In: the files of a package, what must not be in them. Out: findings, each at its file. Each kind of file has a
//! reader that knows its hiding places; a kind that none knows is refused, so a new format can leave the house only
//! once somebody has written down where it hides things. No finding quotes an internal value.

mod html;
mod text;
mod views;

use super::Negotiation;
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::library::Library;
use crate::source::{Source, Span};
use std::sync::Arc;
use toml::de::{DeTable, DeValue};
use views::views;

/// A file of a package.
#[derive(Debug, Clone, Copy)]
pub struct Packed<'f> {
    /// Its name in the folder.
    pub name: &'f str,
    /// What it holds.
    pub bytes: &'f [u8],
}

/// What a reader finds in a file that a person who reads it does not see.
pub(super) struct Hidden {
    /// What it is.
    pub(super) what: &'static str,
    /// Where it begins.
    pub(super) at: usize,
    /// How to get rid of it.
    pub(super) help: &'static str,
}

/// The reader of a kind of file: its hidden pieces.
type Reader = fn(&str) -> Vec<Hidden>;

/// The kinds of file that may leave the house, by ending. A new format is a line here and a reader.
const KINDS: [(&str, Reader); 4] = [
    ("html", html::hidden),
    ("md", text::markdown),
    ("ics", text::calendar),
    ("json", text::json),
];

/// Words that only papers of our own side say.
const OURS: [&str; 4] = [
    "negotiation.toml",
    "brief.internal",
    "coverage.internal",
    "approvals.toml",
];

/// How many letters an internal value has at least if it is looked for: shorter ones, and sums, stand in texts by chance.
const SHORTEST: usize = 10;

/// Reports everything in a package that must not leave the house. What the deal and the clauses say is known to both.
pub fn inspect(
    files: &[Packed<'_>],
    negotiation: Option<&Negotiation>,
    deal: &Deal,
    library: &Library,
    report: &mut Report,
) {
    let secrets = negotiation.map_or_else(Vec::new, |known| secrets(known, deal, library));
    for file in files {
        let shown = String::from_utf8_lossy(file.bytes);
        let source = Source::new(file.name, shown.as_ref());
        let ending = file.name.rsplit('.').next().unwrap_or_default();
        let Some((_, reader)) = KINDS.iter().find(|(known, _)| *known == ending) else {
            let source = Source::new(file.name, "");
            report.push(
                Diagnostic::error(
                    Code::HiddenContent,
                    &Span::whole(&source),
                    "nobody has looked into this kind of file, so it may hide anything",
                )
                .help("send it in a format that engross writes"),
            );
            continue;
        };
        if std::str::from_utf8(file.bytes).is_err() {
            report.push(
                Diagnostic::error(
                    Code::HiddenContent,
                    &Span::whole(&source),
                    "the file is not UTF-8 text",
                )
                .help("draft it anew"),
            );
        }
        for hidden in reader(&shown) {
            report.push(
                Diagnostic::error(Code::HiddenContent, &place(&source, hidden.at), hidden.what)
                    .help(hidden.help),
            );
        }
        for (what, at) in text::anywhere(&shown) {
            report.push(
                Diagnostic::error(Code::HiddenContent, &place(&source, at), what)
                    .help("draft the package anew with a clean deal and library"),
            );
        }
        words(&source, file, &secrets, report);
    }
}

/// One character of a file, without the line that it stands in.
fn place(source: &Arc<Source>, at: usize) -> Span {
    Span::new(source, at..at + 1)
}

/// Internal values and names of internal files, however they are written.
fn words(source: &Arc<Source>, file: &Packed<'_>, secrets: &[Secret], report: &mut Report) {
    // A value that is found in one way is not told again for every other way.
    let mut told: Vec<String> = Vec::new();
    let mut once = |message: String, report: &mut Report, help: &str, what: &str| {
        if !told.iter().any(|known| known == what) {
            told.push(what.to_owned());
            let nowhere = Span::whole(&Source::new(source.name.clone(), ""));
            report.push(Diagnostic::error(Code::InternalContent, &nowhere, message).help(help));
        }
    };
    for view in views(file.bytes) {
        for word in OURS {
            if view.text.contains(word) {
                let help = "take it out: the other side need not know that there is such a file";
                once(
                    format!("the file speaks of `{word}`{}", view.how),
                    report,
                    help,
                    word,
                );
            }
        }
        for secret in secrets {
            if view.text.contains(&secret.text) {
                // Neither the value nor the line that holds it is shown: this may be read over a shoulder.
                let message = format!(
                    "the file holds what line {} of the negotiation file says{}",
                    secret.line, view.how
                );
                let help = "find out how it came into the deal or the library, and draft the package anew; or give the value other words, if it says what everybody knows";
                once(message, report, help, &secret.text);
            }
        }
    }
}

/// An internal value, folded as views are.
struct Secret {
    text: String,
    line: usize,
}

/// Every text of the negotiation file that both sides do not know already.
fn secrets(negotiation: &Negotiation, deal: &Deal, library: &Library) -> Vec<Secret> {
    let source = negotiation.file().at.source();
    let mut public = views::folded(&deal.at.source().text);
    for variant in library.clauses.values().flat_map(|clause| &clause.variants) {
        public.push_str(&views::folded(variant.body.text()));
    }
    let mut found = Vec::new();
    if let Ok(table) = DeTable::parse(&source.text) {
        for (_, value) in table.get_ref() {
            gather(value, source, &public, &mut found);
        }
    }
    found
}

fn gather(
    node: &toml::Spanned<DeValue<'_>>,
    source: &Arc<Source>,
    public: &str,
    found: &mut Vec<Secret>,
) {
    match node.get_ref() {
        DeValue::String(text) => {
            let text = views::folded(text);
            let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
            if letters >= SHORTEST && !public.contains(&text) {
                let line = Span::new(source, node.span()).line_column().0;
                found.push(Secret { text, line });
            }
        }
        DeValue::Array(items) => items
            .iter()
            .for_each(|item| gather(item, source, public, found)),
        DeValue::Table(table) => {
            for (_, value) in table {
                gather(value, source, public, found);
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

#[cfg(test)]
mod tests;
