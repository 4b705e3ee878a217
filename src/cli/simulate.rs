//! `engross simulate`: the deal played through month by month, and over a range of volumes.

use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::{Outcome, check, counted, drafted, show};
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::draft::papers::{Plan, Tells, paper};
use crate::library::fill;
use crate::review::simulate::simulate;
use crate::review::simulate::telling::{pictures, seen};
use crate::write::{self, Format};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// Also write the tables and charts as a page, in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let work = files::read(&args.deal, &mut report)?;
    let (Some(deal), Some(library)) = (&work.deal, &work.library) else {
        return refuse(&report, style);
    };
    let mut found = Report::new();
    let simulation = match simulate(deal, &mut found) {
        Ok(simulation) => simulation,
        Err(finding) => {
            report.push(finding);
            None
        }
    };
    let Some(simulation) = simulation else {
        if !report.has_errors() {
            report.push(
                Diagnostic::error(
                    Code::MissingPart,
                    &deal.at,
                    "the deal has no forecast or pays nothing, so there is nothing to play through",
                )
                .help("add the tables `[forecast]` and `[economics]`"),
            );
        }
        return refuse(&report, style);
    };
    let tables = seen(deal, library, &simulation, &found);
    let mut stdout = std::io::stdout().lock();
    let rows = |rows: &[crate::draft::papers::PlayedSeen], head: &str| {
        let keeps = |side| deal.side(side).map_or("", |party| party.short.as_str());
        let mut all = vec![vec![
            head.to_owned(),
            "revenue".to_owned(),
            "paid".to_owned(),
            format!("{} keeps", keeps(crate::deal::Side::Company)),
            format!("{} keeps", keeps(crate::deal::Side::Partner)),
        ]];
        all.extend(rows.iter().map(|row| {
            vec![
                row.name.clone(),
                row.revenue.clone(),
                row.payout.clone(),
                row.company.clone(),
                row.partner.clone(),
            ]
        }));
        drafted::columns(&all, "  ")
    };
    writeln!(
        stdout,
        "{}, volumes spread evenly",
        counted(simulation.months as usize, "month")
    )?;
    write!(stdout, "{}", rows(&tables.cases, "volume"))?;
    writeln!(stdout, "Range, by part of the expected volume")?;
    let steps: Vec<_> = tables.range.iter().step_by(2).cloned().collect();
    write!(stdout, "{}", rows(&steps, "volume"))?;
    writeln!(stdout, "On the way")?;
    let lines: Vec<Vec<String>> = tables
        .happenings
        .iter()
        .map(|row| {
            vec![
                row.case.clone(),
                format!("month {}", row.month),
                row.what.clone(),
            ]
        })
        .collect();
    write!(stdout, "{}", drafted::columns(&lines, "  "))?;
    if !tables.gates.is_empty() {
        writeln!(stdout, "The gates, at the expected volume")?;
        let heads = ["decisions come", "passed", "paid", "exclusivity (month)"].map(str::to_owned);
        let gates = tables.gates.iter().map(|row| {
            vec![
                row.manner.clone(),
                row.passed.clone(),
                row.payout.clone(),
                row.exclusivity.clone(),
            ]
        });
        let all: Vec<Vec<String>> = std::iter::once(heads.to_vec()).chain(gates).collect();
        write!(stdout, "{}", drafted::columns(&all, "  "))?;
    }
    if let Some(out) = &args.out {
        let imprint = fill(
            library.reviews.simulation_imprint.as_str(),
            &[("draft", &deal.agreement.draft.to_string())],
        );
        let title = fill(
            library.reviews.simulation.as_str(),
            &[("title", deal.agreement.title.as_str())],
        );
        let page = paper(
            deal,
            library,
            Plan {
                outline: "simulation",
                name: "simulation",
                title: &title,
                imprint: &imprint,
            },
            Tells::Simulation(&tables),
            &mut report,
        );
        let Some(page) = page else {
            return refuse(&report, style);
        };
        let look = super::draft::look(deal, library);
        let pictures = pictures(deal, library, &simulation);
        let mut files = Vec::new();
        for part in page.parts() {
            for format in Format::ALL {
                files.push(PackageFile::of(
                    format!("{}.{}", part.name(), format.ending()),
                    write::write(&part, &pictures, &look, format),
                ));
            }
        }
        let Some(written) = package::write(out, &work.folder, files, false, &mut report)? else {
            return refuse(&report, style);
        };
        let what = if written.changed {
            "Wrote"
        } else {
            "Nothing changed in"
        };
        writeln!(stdout, "{what} {}/", shown(out))?;
    }
    drop(stdout);
    let none = found.is_empty();
    report.append(found);
    work.settle(false, &mut report);
    show(&report, style)?;
    if none {
        writeln!(
            std::io::stdout(),
            "More volume leaves neither side with less; every tier is reached."
        )?;
    }
    Ok(if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn refuse(report: &Report, style: Style) -> anyhow::Result<Outcome> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. There is nothing to play through.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}
