//! `engross draft`: the agreement of a deal, written as one package.

use super::check::{contents, examined_while, summary};
use super::files::{self, DealArgs};
use super::package::{self, PackageFile, Written};
use super::{Outcome, show};
use crate::diagnostic::{Report, Style};
use crate::draft::{self, Draft};
use crate::write::{self, Format};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The folder to write [default: `out` beside the deal file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The formats to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Format::ALL)]
    format: Vec<Format>,

    /// Write over files that were edited by hand since they were written
    #[arg(long)]
    discard_edits: bool,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let work = files::read(&args.deal, &mut report)?;
    let made = examined_while(&work, &mut report, |deal, library, draft| {
        package_files(deal, library, draft, &args.format)
    })?;
    work.settle(made.is_some(), &mut report);
    let made = made.filter(|_| !report.has_errors());
    let (Some(deal), Some((draft, files))) = (&work.deal, made) else {
        show(&report, style)?;
        writeln!(
            std::io::stderr(),
            "{}. Nothing was written.",
            summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    let out = args.out.clone().unwrap_or_else(|| work.folder.join("out"));
    let written = package::write(&out, &work.folder, files, args.discard_edits, &mut report)?;
    show(&report, style)?;
    let Some(written) = written else {
        writeln!(
            std::io::stderr(),
            "{}. Nothing was written.",
            summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    print(deal, &draft, &out, &written)?;
    // The process ends here, and the system frees all at once what would be freed piece by piece.
    std::mem::forget((draft, work));
    Ok(Outcome::Clean)
}

/// How HTML pages look.
pub(super) fn look(deal: &crate::deal::Deal, library: &crate::library::Library) -> write::Look {
    write::Look {
        language: deal.agreement.language.as_str().to_owned(),
        style: library.style.clone(),
        script: library.script.clone().into(),
        ..write::Look::default()
    }
}

/// Every file of the package, by name.
pub(super) fn package_files(
    deal: &crate::deal::Deal,
    library: &crate::library::Library,
    draft: &Draft,
    formats: &[Format],
) -> Vec<PackageFile> {
    let calendar = || {
        let calendar = draft::calendar(deal, &draft.schedule);
        let name = "key-dates.ics".to_owned();
        let is_empty = calendar.events.is_empty();
        (!is_empty).then(|| PackageFile::of(name, write::calendar(&calendar).into_bytes()))
    };
    let (mut files, calendar) = rayon::join(
        || write_files(draft, &look(deal, library), formats),
        calendar,
    );
    files.extend(calendar);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Every document of a draft in each format, by name.
pub(super) fn write_files(
    draft: &Draft,
    look: &write::Look,
    formats: &[Format],
) -> Vec<PackageFile> {
    let jobs: Vec<_> = draft
        .resolved
        .parts()
        .flat_map(|part| {
            let wanted = Format::ALL.into_iter().filter(|f| formats.contains(f));
            wanted.map(move |format| (part, format))
        })
        .collect();
    // Files know nothing of each other. The agreement, first, is as long as all the others together.
    let mut files: Vec<PackageFile> = jobs
        .into_par_iter()
        .with_max_len(1)
        .map(|(part, format)| {
            PackageFile::of(
                format!("{}.{}", part.name(), format.ending()),
                write::write(&part, &draft.pictures, look, format),
            )
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn print(
    deal: &crate::deal::Deal,
    draft: &Draft,
    out: &std::path::Path,
    written: &Written,
) -> anyhow::Result<()> {
    let mut told = Vec::new();
    writeln!(
        told,
        "Draft {} of the {}, {}",
        *deal.agreement.draft, deal.agreement.title, draft.digest
    )?;
    writeln!(told, "  {}", contents(draft))?;
    let numbers = draft.resolved.numbers();
    for part in draft.resolved.parts() {
        let endings: Vec<&str> = written
            .files
            .iter()
            .filter_map(|name| name.strip_prefix(part.name())?.strip_prefix('.'))
            .collect();
        let title = crate::document::walk::text(&part.root().title);
        let letter = numbers
            .get(&part.root().anchor)
            .map_or_else(String::new, |letter| format!("{letter}: "));
        writeln!(
            told,
            "  {:<24} {:<9} {letter}{title}",
            part.name(),
            endings.join(", ")
        )?;
    }
    if written.files.iter().any(|name| name == "key-dates.ics") {
        let count = super::counted(draft.schedule.entries.len(), "date");
        writeln!(told, "  {:<24} {:<9} {count}", "key-dates", "ics")?;
    }
    let folder = files::shown(out);
    if written.changed {
        writeln!(told, "Wrote {folder}/")?;
    } else {
        writeln!(told, "Nothing changed in {folder}/")?;
    }
    // A terminal or a pipe takes all of it at once.
    std::io::stdout().write_all(&told)?;
    Ok(())
}
