//! `engross where`: every place where a value of the deal appears.
//!
//! As JSON:
//!
//! ```text
//! { "key", "value": text or null, "at": place or null,
//!   "found": [ { "clause", "title", "section", "anchor", "documents": [ name ],
//!                "how": [ "printed" | "computed" | "decides" ], "at": [ place in the clause file ] } ],
//!   "besides": [ text ], "would": [ clause that the agreement lacks and that needs the key ] }
//! ```

use super::drafted::{
    AnswerFormat, columns, drafted, hows, hows_json, lost, on_one_line, place, place_json,
    print_json, written_json,
};
use super::files::DealArgs;
use super::{Outcome, counted};
use crate::diagnostic::Style;
use crate::draft::provenance::{Whereabouts, whereabouts};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The deal: a `deal.toml`, a folder that holds one, or `-` for standard input
    #[arg(value_name = "DEAL")]
    deal: PathBuf,

    /// A path in the deal file, places in a list counted from 1: `economics.tiers.tier.1.pays`
    #[arg(value_name = "KEY")]
    key: String,

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
    let found = match whereabouts(&made.deal, &made.library, &made.draft, &args.key) {
        Ok(found) => found,
        Err(missing) => return lost(&missing),
    };
    match args.format {
        AnswerFormat::Json => print_json(&as_json(&found)),
        AnswerFormat::Text => {
            std::io::stdout().write_all(text(&found).as_bytes())?;
            Ok(Outcome::Clean)
        }
    }
}

fn text(found: &Whereabouts) -> String {
    let mut text = match &found.value {
        Some(written) => format!(
            "{}: {}, {}\n",
            found.key,
            on_one_line(&written.text),
            place(&written.at)
        ),
        None => format!("{}: not in the deal\n", found.key),
    };
    let rows: Vec<Vec<String>> = found
        .found
        .iter()
        .map(|sighting| {
            vec![
                sighting.printed.number.clone(),
                sighting.printed.clause.clone(),
                hows(&sighting.hows),
                sighting.documents.join(", "),
            ]
        })
        .collect();
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&columns(&rows, "  "));
    }
    text.push('\n');
    let _ = match found.found.len() {
        0 => writeln!(text, "No clause of the agreement looks it up."),
        count => writeln!(text, "{}.", counted(count, "clause")),
    };
    for what in &found.besides {
        let _ = writeln!(text, "Besides: {what}.");
    }
    if !found.would.is_empty() {
        let clauses = found.would.join(", ");
        let _ = writeln!(text, "Not in the agreement, and need it: {clauses}.");
    }
    text
}

fn as_json(found: &Whereabouts) -> Value {
    let (value, at) = written_json(found.value.as_ref());
    let sightings: Vec<Value> = found
        .found
        .iter()
        .map(|sighting| {
            json!({
                "clause": sighting.printed.clause,
                "title": sighting.printed.title,
                "section": sighting.printed.number,
                "anchor": sighting.printed.anchor.as_str(),
                "documents": sighting.documents,
                "how": hows_json(&sighting.hows),
                "at": sighting.at.iter().map(place_json).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "key": found.key,
        "value": value,
        "at": at,
        "found": sightings,
        "besides": found.besides,
        "would": found.would,
    })
}
