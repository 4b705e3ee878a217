//! `engross statement` and `engross explain-line`: from events to what is paid, and the way of every amount.

mod data;
mod explain;
mod gather;
mod sheets;
mod terms;

pub(super) use data::schema;
pub(super) use explain::{LineArgs, explain};

use super::draft::look;
use super::drafted::{Drafted, drafted};
use super::events::EventArgs;
use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::{Outcome, counted, show};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::draft::statement::{PAGE, Shown, page};
use crate::events::{Made, Order, Rejected};
use crate::source::Span;
use crate::units::{Count, Date, Unit};
use crate::write;
use anyhow::Context;
use gather::gather;
use std::io::Write;
use std::path::{Path, PathBuf};
use terms::Terms;

/// Which statement.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    #[command(flatten)]
    pub(super) deal: DealArgs,

    #[command(flatten)]
    pub(super) events: EventArgs,

    /// The time of the statement: a quarter such as `2027-Q2`, or a month such as `2027-05`
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: String,

    /// The first day of the agreement, where the deal leaves it open
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) effective: Option<Date>,

    /// The last day of the agreement, if it has ended
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) ended: Option<Date>,

    /// An earlier month or quarter in which nothing happened
    #[arg(long, value_name = "PERIOD")]
    pub(super) quiet_period: Vec<String>,

    /// Leave out rows that cannot be read, and list them beside the statement
    #[arg(long)]
    pub(super) leave_out_rejected: bool,

    /// How many bytes of events, and of what they come to, are held in memory; more are put aside on disk
    #[arg(long, value_name = "BYTES", hide = true)]
    pub(super) memory: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,

    /// The JSON of a statement that was sent, to be compared with what the events say now
    #[arg(long, value_name = "FILE")]
    earlier: Vec<PathBuf>,

    /// The folder to write [default: `statements/PERIOD` beside the deal file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The folder of the agreement, which the page links to [default: `out` beside the deal file]
    #[arg(long, value_name = "DIR")]
    agreement: Option<PathBuf>,

    /// The formats to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = StatementFormat::ALL)]
    format: Vec<StatementFormat>,

    /// Write over files that were edited by hand since they were written
    #[arg(long)]
    discard_edits: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum StatementFormat {
    /// A page
    Html,
    /// Markdown
    Md,
    /// A table for spreadsheets
    Csv,
    /// For programs
    Json,
}

impl StatementFormat {
    const ALL: [StatementFormat; 4] = [
        StatementFormat::Html,
        StatementFormat::Md,
        StatementFormat::Csv,
        StatementFormat::Json,
    ];
}

/// clap's `default_values_t` prints the values.
impl std::fmt::Display for StatementFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            StatementFormat::Html => "html",
            StatementFormat::Md => "md",
            StatementFormat::Csv => "csv",
            StatementFormat::Json => "json",
        })
    }
}

fn date(text: &str) -> Result<Date, String> {
    Date::from_text(text).map_err(|complaint| format!("{}; {}", complaint.message, complaint.help))
}

impl Which {
    pub(super) fn order(&self, most: usize) -> Order {
        Order {
            period: self.period.clone(),
            effective: self.effective,
            ended: self.ended,
            quiet: self.quiet_period.clone(),
            most,
        }
    }
}

/// How many events of each line the page shows.
const SHOWN: usize = 40;

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let Some(mut work) = drafted(&args.which.deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut report = Report::new();
    let terms = Terms::of(&args.which, &mut work, &mut report)?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| statements(&work.folder).join(&args.which.period));
    let Some(terms) = terms else {
        return refuse(&report, &[], &out, style);
    };
    let gathered = gather(&args.which, &work, &terms, SHOWN, &out, &mut report)?;
    let rejected = &gathered.rejected;
    if let Some(made) = &gathered.made {
        for warning in &made.warnings {
            report.push(warning.clone());
        }
        compare(args, &work.deal, made, &mut report)?;
    }
    let Some(made) = gathered.made.as_ref().filter(|_| !report.has_errors()) else {
        return refuse(&report, rejected, &out, style);
    };
    let files = files(args, &work, made, rejected, &out)?;
    let written = package::write(&out, &work.folder, files, args.discard_edits, &mut report)?;
    show(&report, style)?;
    if written.is_none() {
        writeln!(
            std::io::stderr(),
            "{}. Nothing was written.",
            super::check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    }
    remove_rejected(&out)?;
    print(&work, made, rejected.len(), &out)?;
    Ok(Outcome::Clean)
}

/// Where the statements of a deal are, as the user would type it.
pub(super) fn statements(folder: &Path) -> PathBuf {
    if folder == Path::new(".") {
        PathBuf::from("statements")
    } else {
        folder.join("statements")
    }
}

/// Every file of the package.
fn files(
    args: &Args,
    work: &Drafted,
    made: &Made,
    rejected: &[Rejected],
    out: &Path,
) -> anyhow::Result<Vec<PackageFile>> {
    let agreement = args
        .agreement
        .clone()
        .unwrap_or_else(|| work.folder.join("out"));
    // The way from one folder to another names folders of the user: those of the deal, and no others.
    let folder = if inside(out, &work.folder)? && inside(&agreement, &work.folder)? {
        Some(super::coverage::way(out, &agreement)?)
    } else {
        None
    };
    let shown = Shown {
        made,
        deal: &work.deal,
        library: &work.library,
        draft: &work.draft,
        left_out: rejected.len(),
    };
    let (resolved, folds) = page(&shown, folder.as_deref())
        .context("a section of the agreement has a name that begins with `statement`")?;
    let part = resolved.part(PAGE).context("the page has no text")?;
    let mut files = Vec::new();
    for format in &args.format {
        let bytes = match format {
            StatementFormat::Html => {
                let look = write::Look {
                    folds: folds.clone(),
                    ..look(&work.deal, &work.library)
                };
                let pictures = crate::document::picture::Pictures::new();
                write::html(&part, &pictures, &look).into_bytes()
            }
            StatementFormat::Md => write::markdown(&part).into_bytes(),
            StatementFormat::Csv => sheets::csv(made, &work.deal, &work.library)?,
            StatementFormat::Json => data::json(made, &work.deal, &work.library, rejected.len())?,
        };
        files.push(PackageFile::of(format!("{PAGE}.{format}"), bytes));
    }
    if !rejected.is_empty() {
        files.push(PackageFile::of(
            "rejected.csv".to_owned(),
            sheets::rejected(rejected)?,
        ));
    }
    Ok(files)
}

/// Whether a folder, which need not exist, is in another one or is that one.
fn inside(folder: &Path, of: &Path) -> anyhow::Result<bool> {
    Ok(!super::coverage::way(of, folder)?.starts_with("../"))
}

/// Compares statements that were sent with what the events say now.
fn compare(args: &Args, deal: &Deal, made: &Made, report: &mut Report) -> anyhow::Result<()> {
    for path in &args.earlier {
        let Some((source, _)) = files::source(path, report)? else {
            continue;
        };
        let sent = match data::sent(&source.text) {
            Ok(sent) => sent,
            Err(message) => {
                report.push(
                    Diagnostic::error(Code::BadTable, &Span::whole(&source), message)
                        .help("name the `statement.json` of an earlier statement"),
                );
                continue;
            }
        };
        let Some((_, total, pay)) = made
            .earlier
            .iter()
            .find(|(name, _, _)| *name == sent.period)
        else {
            report.push(
                Diagnostic::error(
                    Code::StatementDiffers,
                    &Span::whole(&source),
                    format!("`{}` is no statement before this one", sent.period),
                )
                .help("name statements of earlier times of the same deal"),
            );
            continue;
        };
        let numerals = deal.numerals();
        let plain = |money: crate::units::Money| money.amount().normalize().to_string();
        if plain(*total) != sent.total || plain(*pay) != sent.pay {
            let now = format!(
                "earned {}, to pay {}",
                total.print_exact(&numerals),
                pay.print_exact(&numerals)
            );
            report.push(
                Diagnostic::error(
                    Code::StatementDiffers,
                    &Span::whole(&source),
                    format!(
                        "the statement {} said earned {}, to pay {}, and the events now say {now}",
                        sent.period, sent.total, sent.pay
                    ),
                )
                .help("an event of that time was added or changed since: date a correction on the day on which it is made"),
            );
        }
    }
    Ok(())
}

/// Where rows are listed that could not be read, when nothing else was written.
fn rejected_path(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_os_string();
    name.push(".rejected.csv");
    out.with_file_name(name)
}

fn remove_rejected(out: &Path) -> anyhow::Result<()> {
    let path = rejected_path(out);
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot remove `{}`", path.display())),
    }
}

/// Says why there is no statement; the rows at fault are listed in a file.
pub(super) fn refuse(
    report: &Report,
    rejected: &[Rejected],
    out: &Path,
    style: Style,
) -> anyhow::Result<Outcome> {
    let mut all = Report::new();
    for finding in report.sorted() {
        all.push(finding.clone());
    }
    let more = rejected.len().saturating_sub(gather::TOLD);
    for row in rejected.iter().take(gather::TOLD) {
        for finding in &row.findings {
            all.push(finding.clone());
        }
    }
    show(&all, style)?;
    let mut err = std::io::stderr().lock();
    if rejected.is_empty() {
        writeln!(
            err,
            "{}. No statement was written.",
            super::check::summary(&all)
        )?;
        return Ok(Outcome::Findings);
    }
    let path = rejected_path(out);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
    }
    let bytes = sheets::rejected(rejected)?;
    let beside = path.with_extension("csv.engross-new");
    std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::rename(&beside, &path))
        .with_context(|| format!("cannot write `{}`", path.display()))?;
    if more > 0 {
        writeln!(err, "... and {} more.", counted(more, "row"))?;
    }
    writeln!(
        err,
        "{}. No statement was written. {} rejected, listed in {}\n\
         Mend them, or make the statement without them: `--leave-out-rejected`.",
        super::check::summary(&all),
        counted(rejected.len(), "row"),
        self::shown(&path)
    )?;
    Ok(Outcome::Findings)
}

fn print(work: &Drafted, made: &Made, left_out: usize, out: &Path) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    let numerals = work.deal.numerals();
    let closed = &made.closed;
    let settlement = &made.settlement;
    let of = |count: u64, noun: &str| {
        let noun = Count::counted(count, noun).noun;
        format!("{} {noun}", numerals.print_whole(count))
    };
    writeln!(
        stdout,
        "Statement {} ({} to {}): {}, {}",
        closed.time.name,
        closed.time.from.print(),
        closed.time.to.print(),
        of(made.events.here, "events"),
        of(made.events.accounts, "accounts"),
    )?;
    let mut rows: Vec<Vec<String>> = closed
        .statement
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            vec![
                (index + 1).to_string(),
                crate::draft::statement::name(line, made, &work.deal, &work.library),
                line.paid.print_exact(&numerals),
            ]
        })
        .collect();
    rows.push(vec![
        String::new(),
        "commission".to_owned(),
        closed.statement.total.print_exact(&numerals),
    ]);
    let what = if settlement.pay.is_zero() {
        "nothing is to be paid".to_owned()
    } else if settlement.carried {
        "carried over".to_owned()
    } else {
        format!("to be paid by {}", settlement.due.print())
    };
    rows.push(vec![
        String::new(),
        what,
        settlement.pay.print_exact(&numerals),
    ]);
    stdout.write_all(super::drafted::columns(&rows, "  ").as_bytes())?;
    if left_out > 0 {
        writeln!(
            stdout,
            "{} left out, listed in rejected.csv",
            counted(left_out, "row")
        )?;
    }
    let folder = self::shown(out);
    writeln!(stdout, "Wrote {folder}/")?;
    Ok(())
}
