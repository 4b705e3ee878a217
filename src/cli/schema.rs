//! `engross schema`: the JSON Schema of deal files, for editors, and of reports, for other programs.

use super::Outcome;
use crate::deal;
use crate::diagnostic::render;
use crate::negotiation;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the schema is of
    #[arg(value_enum, default_value_t)]
    of: Of,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Of {
    /// Deal files
    #[default]
    Deal,
    /// Negotiation files
    Negotiation,
    /// What `engross check --format json` prints
    Report,
    /// What `engross redline --format json` prints
    Redline,
    /// What `engross statement` writes as JSON
    Statement,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let schema = match args.of {
        Of::Deal => deal::schema::json_schema(),
        Of::Negotiation => negotiation::json_schema(),
        Of::Report => render::json_schema(),
        Of::Redline => super::redline::schema(),
        Of::Statement => super::statement::schema(),
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}
