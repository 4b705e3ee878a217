//! `engross register`: every edition of each exhibit, its dates and what it replaced.

use super::files::{self, DealArgs};
use super::{Outcome, drafted, show, signed};
use crate::diagnostic::{Report, Style};
use crate::review::record::Edition;
use crate::review::register::{Row, register};
use serde_json::json;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: RegisterFormat,
}

/// How the register is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum RegisterFormat {
    /// For people
    Text,
    /// As a table in Markdown
    Md,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let (_, folder) = files::deal_path(&args.deal.deal)?;
    let Some(signing) = signed::need(&folder, &mut report)? else {
        show(&report, style)?;
        return Ok(Outcome::Findings);
    };
    let rows = register(&signing.record);
    let mut out = std::io::stdout().lock();
    match args.format {
        RegisterFormat::Text => {
            let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
            write!(out, "{}", drafted::columns(&rows, ""))?;
        }
        RegisterFormat::Md => {
            writeln!(
                out,
                "| Document | Title | Edition | Holds | Replaces | Files |"
            )?;
            writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
            for row in &rows {
                writeln!(out, "| {} |", cells(row).join(" | "))?;
            }
        }
        RegisterFormat::Json => {
            let rows: Vec<serde_json::Value> = rows
                .iter()
                .map(|row| {
                    json!({
                        "document": row.edition.exhibit,
                        "letter": row.edition.letter,
                        "title": row.edition.title,
                        "number": row.edition.number,
                        "from": row.edition.from.iso(),
                        "until": row.until.map(crate::units::Date::iso),
                        "replaces": row.replaced,
                        "amendment": row.edition.amendment,
                        "folder": row.folder,
                        "sha256": row.edition.words,
                    })
                })
                .collect();
            return drafted::print_json(&json!({
                "agreement": signing.record.signed.title,
                "signed": signing.record.signed.on.iso(),
                "editions": rows,
            }));
        }
    }
    Ok(Outcome::Clean)
}

fn cells(row: &Row<'_>) -> Vec<String> {
    let from = row.edition.from.print();
    vec![
        label(row.edition),
        row.edition.title.clone(),
        number(row.edition),
        match row.until {
            Some(until) => format!("{from} to {}", until.print()),
            None => format!("from {from}"),
        },
        match row.replaced {
            Some(0) => "as signed".to_owned(),
            Some(number) => format!("no. {number}"),
            None => "-".to_owned(),
        },
        format!("{}/", row.folder),
    ]
}

/// `Exhibit A`, or a dash for the key terms.
pub(super) fn label(edition: &Edition) -> String {
    edition
        .letter
        .as_ref()
        .map_or_else(|| "-".to_owned(), |letter| format!("Exhibit {letter}"))
}

/// `as signed` or `restated no. 2`
pub(super) fn number(edition: &Edition) -> String {
    match edition.number {
        0 => "as signed".to_owned(),
        number => format!("restated no. {number}"),
    }
}
