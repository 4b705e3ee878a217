//! `engross why`: where the words of a section come from.
//!
//! As JSON:
//!
//! ```text
//! { "document", "section": { "anchor", "section", "title" }, "outline": place or null,
//!   "clauses": [ { "clause", "title", "family", "at": place,
//!     "wording": { "rank", "when", "chosen": place or null, "at": place },
//!     "others": [ { "rank", "when" } ],
//!     "mutual", "reason", "provenance", "needs": [ key ], "keys": [ key ] } ],
//!   "under": [ { "anchor", "section", "title" } ] }
//!
//! key:   { "key", "value": text or null, "at": place or null, "how": [ "printed" | "computed" | "decides" ] }
//! place: { "file", "line", "column" }
//! ```

use super::Outcome;
use super::drafted::{
    AnswerFormat, columns, drafted, hows, key_json, lost, on_one_line, place, place_json,
    print_json,
};
use super::files::DealArgs;
use crate::deal::Rank;
use crate::diagnostic::Style;
use crate::draft::provenance::{Explained, Key, Place, Why, why};
use crate::library::Variant;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The deal: a `deal.toml`, a folder that holds one, or `-` for standard input
    #[arg(value_name = "DEAL")]
    deal: PathBuf,

    /// A document of the package, such as `agreement` or `exhibit-economics`
    #[arg(value_name = "DOCUMENT")]
    document: String,

    /// A section by its number or its name: `7.1`, `A, 5.3`, `liability-cap`
    #[arg(value_name = "SECTION")]
    section: String,

    /// A house's own clause library instead of the embedded one
    #[arg(long, value_name = "DIR")]
    library: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    format: AnswerFormat,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let deal = DealArgs {
        deal: args.deal.clone(),
        library: args.library.clone(),
    };
    let Some(made) = drafted(&deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let found = why(
        &made.deal,
        &made.library,
        &made.draft,
        &args.document,
        &args.section,
    );
    let found = match found {
        Ok(found) => found,
        Err(missing) => return lost(&missing),
    };
    match args.format {
        AnswerFormat::Json => print_json(&as_json(args, &found)),
        AnswerFormat::Text => {
            std::io::stdout().write_all(text(&found).as_bytes())?;
            Ok(Outcome::Clean)
        }
    }
}

fn heading(place: &Place) -> String {
    if place.number == place.title {
        place.title.clone()
    } else {
        format!("{} ({})", place.number, place.title)
    }
}

fn text(why: &Why<'_>) -> String {
    let mut text = heading(&why.section);
    text.push('\n');
    if let Some(at) = &why.outline {
        let _ = writeln!(text, "  A heading of the outline, {}", place(at));
    }
    for explained in &why.clauses {
        clause(explained, &mut text);
    }
    if !why.under.is_empty() {
        let under: Vec<Vec<String>> = why
            .under
            .iter()
            .map(|place| {
                vec![
                    place.number.clone(),
                    place.anchor.to_string(),
                    place.title.clone(),
                ]
            })
            .collect();
        text.push_str("\nUnder it\n");
        text.push_str(&columns(&under, "  "));
    }
    text
}

fn clause(explained: &Explained<'_>, text: &mut String) {
    let clause = explained.clause;
    let mut rows = Vec::new();
    let mut row = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    row(
        "Clause",
        format!(
            "{}, of the family {}, {}",
            clause.id,
            clause.family,
            place(&clause.id.span)
        ),
    );
    let chosen = match &explained.chosen {
        Some(at) => format!("as the deal says, {}", place(at)),
        None => "the deal names no other".to_owned(),
    };
    row(
        "Wording",
        format!(
            "{}: {chosen}, {}",
            explained.rank.as_str(),
            place(&explained.at)
        ),
    );
    let when = |variant: &Variant| {
        let when = variant.when.as_ref();
        when.map_or_else(
            || "The wording to start from.".to_owned(),
            ToString::to_string,
        )
    };
    if let Some(variant) = clause.variant(explained.rank)
        && variant.rank != Rank::Preferred
    {
        row("When", when(variant));
    }
    for variant in &clause.variants {
        if variant.rank != explained.rank {
            row(
                "Other",
                format!("{}: {}", variant.rank.as_str(), when(variant)),
            );
        }
    }
    if let Some(reason) = &clause.reason {
        row("Reason", reason.to_string());
    }
    row("Source", clause.provenance.to_string());
    for need in &explained.needs {
        row("Needs", key(need).join(", "));
    }
    text.push('\n');
    text.push_str(&columns(&rows, ""));
    let keys: Vec<Vec<String>> = explained
        .keys
        .iter()
        .map(|one| {
            let mut cells = key(one);
            cells.insert(1, hows(&one.hows));
            cells
        })
        .collect();
    if keys.is_empty() {
        text.push_str("\nNo key of the deal made these words.\n");
    } else {
        text.push_str("\nKeys\n");
        text.push_str(&columns(&keys, "  "));
    }
}

/// The path, the value and its place.
fn key(key: &Key) -> Vec<String> {
    match &key.value {
        Some(written) => vec![
            key.path.clone(),
            on_one_line(&written.text),
            place(&written.at),
        ],
        None => vec![key.path.clone(), "not in the deal".to_owned()],
    }
}

fn as_json(args: &Args, why: &Why<'_>) -> Value {
    json!({
        "document": args.document,
        "section": section_json(&why.section),
        "outline": why.outline.as_ref().map(place_json),
        "clauses": why.clauses.iter().map(clause_json).collect::<Vec<_>>(),
        "under": why.under.iter().map(section_json).collect::<Vec<_>>(),
    })
}

fn section_json(place: &Place) -> Value {
    json!({ "anchor": place.anchor.as_str(), "section": place.number, "title": place.title })
}

fn clause_json(explained: &Explained<'_>) -> Value {
    let clause = explained.clause;
    let when = |rank| {
        let variant = clause.variant(rank)?;
        variant.when.as_ref().map(ToString::to_string)
    };
    let others: Vec<Value> = clause
        .variants
        .iter()
        .filter(|variant| variant.rank != explained.rank)
        .map(|variant| json!({ "rank": variant.rank.as_str(), "when": when(variant.rank) }))
        .collect();
    json!({
        "clause": clause.id.as_str(),
        "title": clause.title.as_str(),
        "family": clause.family,
        "at": place_json(&clause.id.span),
        "wording": {
            "rank": explained.rank.as_str(),
            "when": when(explained.rank),
            "chosen": explained.chosen.as_ref().map(place_json),
            "at": place_json(&explained.at),
        },
        "others": others,
        "mutual": clause.mutual,
        "reason": clause.reason.as_ref().map(ToString::to_string),
        "provenance": clause.provenance.as_str(),
        "needs": explained.needs.iter().map(key_json).collect::<Vec<_>>(),
        "keys": explained.keys.iter().map(key_json).collect::<Vec<_>>(),
    })
}
