//! `engross schema`: the JSON Schema of deal files, for editors.

use super::Outcome;
use crate::deal;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(Args {}: &Args) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &deal::schema::json_schema())
        .map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}
