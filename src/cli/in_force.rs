//! `engross in-force`: what holds on a day, put together: the master and the newest edition of each exhibit.

use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::sign_off::day;
use super::signed::{self, beside};
use super::{Outcome, check, drafted, show};
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::draft::Draft;
use crate::library::fill;
use crate::review::record;
use crate::units::Date;
use crate::write::{self, Format};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The day, such as 2027-06-30
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,

    /// The folder to write [default: `in-force` beside the deal file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let (_, folder) = files::deal_path(&args.deal.deal)?;
    let Some(signing) = signed::need(&folder, &mut report)? else {
        return refuse(&report, style);
    };
    signed::audit::audit(&signing, &mut report)?;
    let editions = signing.record.in_force(args.on);
    if editions.is_empty() {
        report.push(
            Diagnostic::error(
                Code::BeforeStart,
                &signing.place("effective = "),
                format!(
                    "nothing is in force on {}: the agreement takes effect on {}",
                    args.on.print(),
                    signing.record.signed.effective.print()
                ),
            )
            .help("name a day on or after it"),
        );
    }
    let library = signed::library(&signing, args.deal.library.as_deref(), &mut report)?;
    let Some(library) = library.filter(|_| !report.has_errors()) else {
        return refuse(&report, style);
    };
    let amendment = signing.record.amendment_on(args.on);
    let (Some(deal), Some(old)) = (
        signing.deal(amendment, &mut report)?,
        signing.draft(&library, &mut report)?,
    ) else {
        return refuse(&report, style);
    };
    let marks = signing.marks(amendment);
    let Some(draft) = signing.draft_after(&deal, &library, &old, &marks, &mut report) else {
        return refuse(&report, style);
    };
    let imprint = fill(
        library.words.imprint_in_force.as_str(),
        &[("date", &args.on.print())],
    );
    let draft = Draft {
        resolved: draft.resolved.with_imprint(&imprint),
        ..draft
    };
    let mut files = Vec::new();
    let look = super::draft::look(&deal, &library);
    if let Some(whole) = draft.resolved.parts().next() {
        for format in Format::ALL {
            files.push(PackageFile::of(
                format!("{}.{}", whole.name(), format.ending()),
                write::write(&whole, &draft.pictures, &look, format),
            ));
        }
    }
    // Each exhibit is the very file that was issued.
    for edition in &editions {
        let from = beside(&folder, &record::folder(edition.amendment));
        for format in Format::ALL {
            let name = format!("{}.{}", edition.exhibit, format.ending());
            let bytes = std::fs::read(from.join(&name))?;
            files.push(PackageFile::of(name, bytes));
        }
    }
    for name in ["master.md", "signatures.md"] {
        files.push(PackageFile::of(
            name.to_owned(),
            std::fs::read(beside(&folder, record::SIGNED).join(name))?,
        ));
    }
    let calendar = crate::draft::calendar(&deal, &draft.schedule);
    if !calendar.events.is_empty() {
        files.push(PackageFile::of(
            "key-dates.ics".to_owned(),
            write::calendar(&calendar).into_bytes(),
        ));
    }
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| beside(&folder, "in-force"));
    let Some(written) = package::write(&out, &folder, files, false, &mut report)? else {
        return refuse(&report, style);
    };
    show(&report, style)?;
    let mut stdout = std::io::stdout().lock();
    writeln!(
        stdout,
        "In force on {}: the {}, signed on {}",
        args.on.print(),
        signing.record.signed.title,
        signing.record.signed.on.print()
    )?;
    let rows: Vec<Vec<String>> = editions
        .iter()
        .map(|edition| {
            vec![
                super::register::label(edition),
                edition.title.clone(),
                super::register::number(edition),
                format!("from {}", edition.from.print()),
            ]
        })
        .collect();
    write!(stdout, "{}", drafted::columns(&rows, "  "))?;
    let what = if written.changed {
        "Wrote"
    } else {
        "Nothing changed in"
    };
    writeln!(stdout, "{what} {}/", shown(&out))?;
    Ok(Outcome::Clean)
}

fn refuse(report: &Report, style: Style) -> anyhow::Result<Outcome> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. Nothing was written.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}
