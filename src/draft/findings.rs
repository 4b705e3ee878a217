//! What is wrong with the documents, led back to the files that lawyers own.

use super::select::Selection;
use crate::deal::{Choice, Deal, check};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Anchor;
use crate::document::resolve::Trouble;
use crate::document::terms::{Finding, Term};
use crate::library::Library;
use crate::source::{Source, Span};
use crate::units::nearest;

/// The place of `words` in the clause that became the section, or the clause as a whole.
fn place(section: &Anchor, words: &str, selection: &Selection<'_>) -> Span {
    if let Some((clause, rank)) = selection.chosen(section.as_str()) {
        let found = clause.variant(rank).and_then(|variant| {
            let start = variant.body.text().find(words)?;
            Some(variant.body.span(start..start + words.len()))
        });
        return found.unwrap_or_else(|| clause.id.span.clone());
    }
    let in_clause = |id: &str| {
        let (clause, rank) = selection.chosen(id)?;
        let body = &clause.variant(rank)?.body;
        let start = body.text().find(words)?;
        Some(body.span(start..start + words.len()))
    };
    // A heading of the outline, or a section made of several clauses: the cover, the glossary.
    for part in &selection.outline.part {
        if part.id.as_str() == section.as_str() {
            return part.id.span.clone();
        }
        for article in &part.articles {
            if article.id().as_str() != section.as_str() {
                continue;
            }
            let found = article.clauses().find_map(|id| in_clause(id.as_str()));
            return found.unwrap_or_else(|| article.id().span.clone());
        }
    }
    let cover = &selection.outline.cover;
    let found = cover.iter().find_map(|id| in_clause(id.as_str()));
    if let Some(at) = found.or_else(|| cover.first().map(|id| id.span.clone())) {
        return at;
    }
    Span::whole(&Source::new(section.as_str(), ""))
}

/// Everything that a reference may lead to in some deal.
fn names<'l>(
    library: &'l Library,
    selection: &Selection<'l>,
) -> impl Iterator<Item = &'l str> + use<'l> {
    let parts = selection.outline.part.iter().flat_map(|part| {
        let articles = part.articles.iter().map(|article| article.id().as_str());
        std::iter::once(part.id.as_str()).chain(articles)
    });
    parts.chain(library.clauses.keys().map(String::as_str))
}

/// Where the deal says that it leaves the clause out, if it does.
fn left_out<'d>(clause: &str, deal: &'d Deal) -> Option<&'d Span> {
    let mut choices = deal.clauses.choices.iter();
    let (name, choice) = choices.find(|(name, _)| name.id() == clause)?;
    matches!(choice.value, Choice::LeaveOut(_)).then_some(&name.span)
}

/// Something that stands in the way of printing, at its place.
pub(super) fn trouble(
    trouble: &Trouble,
    deal: &Deal,
    library: &Library,
    selection: &Selection<'_>,
) -> Diagnostic {
    match trouble {
        Trouble::Dangling { from, to } => {
            let target = to.as_str();
            let at = place(from, &format!("(#{target})"), selection);
            if selection.has(target) {
                Diagnostic::error(
                    Code::DanglingReference,
                    &at,
                    format!("`{target}` has no heading of its own, so nothing can refer to it"),
                )
                .help("refer to the section or part that its words stand in")
            } else if let Some(choice) = left_out(target, deal) {
                Diagnostic::error(
                    Code::DanglingReference,
                    choice,
                    format!("`{target}` cannot be left out: other clauses refer to it"),
                )
                .also(&at, "here, for one")
                .help("delete this line; to change what the clause says, choose another wording or change it in a library of your own")
            } else if selection.outline_knows(target) || library.clauses.contains_key(target) {
                Diagnostic::error(
                    Code::DanglingReference,
                    &at,
                    format!("`{target}` is in the library and left out of this deal"),
                )
                .help(format!(
                    "put the reference inside `{{% if \"{target}\" in included %}}`, or have the deal include the clause"
                ))
            } else {
                Diagnostic::error(
                    Code::UnknownReference,
                    &at,
                    format!("`{target}` is no clause, article, part or table"),
                )
                .help(nearest(target, names(library, selection)).map_or_else(
                    || "references go by the id of a clause, an article or a part".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ))
            }
        }
        Trouble::DuplicateAnchor {
            anchor,
            first,
            again,
        } => {
            let at = place(again, anchor.as_str(), selection);
            let taken = place(first, anchor.as_str(), selection);
            let finding = Diagnostic::error(
                Code::DuplicateAnchor,
                &at,
                format!("the name `{}` is taken", anchor.as_str()),
            )
            .help("give one of the two another name; names that begin with `term-` belong to defined terms");
            if taken == at {
                finding
            } else {
                finding.also(&taken, "taken here")
            }
        }
        Trouble::DoubledDefinition { term, first, again } => {
            let first = place(first, &format!("“{term}”"), selection);
            let again = place(again, &format!("“{term}”"), selection);
            let message = format!("“{term}” is defined twice");
            match &check::defined(deal, term)[..] {
                // Of the two, the deal is what its author can change.
                [ours] => Diagnostic::error(Code::DoubledDefinition, ours, message)
                    .also(
                        if again.text().contains(term.as_str()) {
                            &again
                        } else {
                            &first
                        },
                        "the documents define it here",
                    )
                    .help("give it another name: this one is a term of the agreement already"),
                [first, ours, ..] => Diagnostic::error(Code::DoubledDefinition, ours, message)
                    .also(first, "the first one")
                    .help("give one of the two another name"),
                [] => Diagnostic::error(Code::DoubledDefinition, &again, message)
                    .also(&first, "the first definition")
                    .help("define it once and use it in the other place"),
            }
        }
        Trouble::NoSuchPart { name, anchor } => Diagnostic::error(
            Code::UnknownReference,
            &place(anchor, anchor.as_str(), selection),
            format!("the file `{name}` has no section"),
        )
        .help("name a part of the outline"),
        Trouble::DuplicateName { name } => Diagnostic::error(
            Code::DuplicateAnchor,
            &selection.outline.at,
            format!("two files are called `{name}`"),
        )
        .help("change `alone` or `id` of one of the parts"),
    }
}

/// Words of the deal that look like a defined term; `meant` is the term that they resemble.
pub(super) fn stranger(
    first: &Span,
    others: impl Iterator<Item = Span>,
    meant: Option<&str>,
) -> Diagnostic {
    let words = first.text();
    let message = format!("“{words}” has the capitals of a defined term and no definition");
    let mut finding = Diagnostic::warning(Code::UndefinedTerm, first, message);
    for other in others {
        finding = finding.also(&other, "and here");
    }
    let define = "define it under `[[definition]]`, or write it in lower case";
    finding.help(meant.map_or_else(
        || define.to_owned(),
        |term| format!("if “{term}” is meant, write that; if not, {define}"),
    ))
}

/// Something odd about a defined term, at its place.
pub(super) fn term(finding: &Finding, selection: &Selection<'_>) -> Diagnostic {
    match finding {
        Finding::Unused { term, section } => Diagnostic::warning(
            Code::UnusedTerm,
            &place(section, &format!("“{term}”"), selection),
            format!("“{term}” is defined and never used"),
        )
        .help("use it, or delete the definition"),
        Finding::Undefined { phrase, section } => Diagnostic::warning(
            Code::UndefinedTerm,
            &place(section, phrase, selection),
            format!("“{phrase}” has the capitals of a defined term and no definition"),
        )
        .help("define it, or write it in lower case"),
        Finding::Drift {
            written,
            term,
            section,
            uses,
        } => Diagnostic::warning(
            Code::TermDrift,
            &place(section, written, selection),
            format!("“{written}” is written “{term}” elsewhere"),
        )
        .note(format!("the agreement has “{term}” {uses} times"))
        .help(format!("write “{term}”")),
    }
}

/// Terms whose meanings lead back to themselves.
pub(super) fn circle(terms: &[&Term], selection: &Selection<'_>) -> Diagnostic {
    let place = |term: &Term| place(&term.section, &format!("“{}”", term.name), selection);
    let at = terms
        .first()
        .map_or_else(|| selection.outline.at.clone(), |term| place(term));
    let message = "these definitions lead back to themselves";
    let mut finding = Diagnostic::error(Code::CircularDefinition, &at, message);
    for term in terms.iter().skip(1) {
        finding = finding.also(&place(term), format!("“{}”", term.name));
    }
    finding.help("say what one of them means without the others")
}
