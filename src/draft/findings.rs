//! What is wrong with the documents, led back to the files that lawyers own.

use super::select::Selection;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Anchor;
use crate::document::resolve::Trouble;
use crate::document::terms::Finding;
use crate::library::Library;
use crate::source::{Source, Span};

/// The place of `words` in the clause that became the section, or the clause as a whole.
fn place(section: &Anchor, words: &str, library: &Library, selection: &Selection<'_>) -> Span {
    if let Some((clause, rank)) = selection.chosen(section.as_str()) {
        let found = clause.variant(rank).and_then(|variant| {
            let start = variant.body.text().find(words)?;
            Some(variant.body.span(start..start + words.len()))
        });
        return found.unwrap_or_else(|| clause.id.span.clone());
    }
    // A heading of the outline, or a section made of several clauses: the glossary.
    for part in &selection.outline.part {
        if part.id.as_str() == section.as_str() {
            return part.id.span.clone();
        }
        for article in &part.articles {
            if article.id().as_str() != section.as_str() {
                continue;
            }
            for id in article.clauses() {
                let body = library
                    .clauses
                    .get(id.as_str())
                    .and_then(|clause| clause.variants.first())
                    .map(|variant| &variant.body);
                if let Some(body) = body
                    && let Some(start) = body.text().find(words)
                {
                    return body.span(start..start + words.len());
                }
            }
            return article.id().span.clone();
        }
    }
    Span::whole(&Source::new(section.as_str(), ""))
}

/// Something that stands in the way of printing, at its place.
pub(super) fn trouble(
    trouble: &Trouble,
    library: &Library,
    selection: &Selection<'_>,
) -> Diagnostic {
    match trouble {
        Trouble::Dangling { from, to } => {
            let target = to.as_str();
            let at = place(from, &format!("(#{target})"), library, selection);
            if selection.outline_knows(target) || library.clauses.contains_key(target) {
                Diagnostic::error(
                    Code::DanglingReference,
                    &at,
                    format!("`{target}` is in the library and left out of this deal"),
                )
                .help(format!(
                    "put the reference inside `{{% if \"{target}\" in included %}}`, or give the deal what the clause needs"
                ))
            } else {
                Diagnostic::error(
                    Code::UnknownReference,
                    &at,
                    format!("`{target}` is no clause, article, part or table"),
                )
                .help("references go by the id of a clause, an article or a part")
            }
        }
        Trouble::DuplicateAnchor {
            anchor,
            first,
            again,
        } => Diagnostic::error(
            Code::DuplicateAnchor,
            &place(again, anchor.as_str(), library, selection),
            format!("the name `{}` is taken", anchor.as_str()),
        )
        .also(&place(first, anchor.as_str(), library, selection), "here")
        .help("give one of the two another name"),
        Trouble::DoubledDefinition { term, first, again } => Diagnostic::error(
            Code::DoubledDefinition,
            &place(again, &format!("“{term}”"), library, selection),
            format!("“{term}” is defined twice"),
        )
        .also(
            &place(first, &format!("“{term}”"), library, selection),
            "the first definition",
        )
        .help("define it once and use it in the other place"),
        Trouble::NoSuchPart { name, anchor } => Diagnostic::error(
            Code::UnknownReference,
            &place(anchor, anchor.as_str(), library, selection),
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

/// Something odd about a defined term, at its place.
pub(super) fn term(finding: &Finding, library: &Library, selection: &Selection<'_>) -> Diagnostic {
    match finding {
        Finding::Unused { term, section } => Diagnostic::warning(
            Code::UnusedTerm,
            &place(section, &format!("“{term}”"), library, selection),
            format!("“{term}” is defined and never used"),
        )
        .help("use it, or delete the definition"),
        Finding::Undefined { phrase, section } => Diagnostic::warning(
            Code::UndefinedTerm,
            &place(section, phrase, library, selection),
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
            &place(section, written, library, selection),
            format!("“{written}” is written “{term}” elsewhere"),
        )
        .note(format!("the agreement has “{term}” {uses} times"))
        .help(format!("write “{term}”")),
        Finding::Circular { terms } => {
            let mut finding = match terms.first() {
                Some((term, section)) => Diagnostic::error(
                    Code::CircularDefinition,
                    &place(section, &format!("“{term}”"), library, selection),
                    "these definitions lead back to themselves",
                ),
                None => Diagnostic::error(
                    Code::CircularDefinition,
                    &selection.outline.at,
                    "definitions lead back to themselves",
                ),
            };
            for (term, section) in terms.iter().skip(1) {
                let at = place(section, &format!("“{term}”"), library, selection);
                finding = finding.also(&at, format!("“{term}”"));
            }
            finding.help("say what one of them means without the others")
        }
    }
}
