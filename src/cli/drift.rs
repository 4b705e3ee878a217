//! `engross drift`: terms that changed after they were agreed, without being reopened.

use super::files::{self, shown};
use super::{Outcome, check, counted, show};
use crate::deal::Deal;
use crate::deal::drift::drift;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Report, Style};
use crate::source::Source;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The older version: a `deal.toml`, a folder that holds one, or a revision of git such as HEAD~3
    #[arg(value_name = "OLD")]
    old: String,

    /// The newer version
    #[arg(value_name = "NEW", default_value = ".")]
    new: PathBuf,

    /// How findings are printed: for people on stderr, in all other formats on stdout
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let (path, folder) = files::deal_path(&args.new)?;
    let new = files::source(&path, &mut report)?.map(|(source, _)| source);
    let old = if Path::new(&args.old).exists() {
        let (path, _) = files::deal_path(Path::new(&args.old))?;
        files::source(&path, &mut report)?.map(|(source, _)| source)
    } else {
        Some(Source::new(
            format!("{}:{}", args.old, shown(&path)),
            revision(&args.old, &folder, &path)?,
        ))
    };
    let read = |source, report: &mut Report| Deal::read(&source, report);
    let old = old.and_then(|source| read(source, &mut report));
    let new = new.and_then(|source| read(source, &mut report));
    let terms = match (&old, &new) {
        (Some(old), Some(new)) => Some(drift(old, new, &mut report)),
        (Some(_) | None, _) => None,
    };
    let outcome = if report.has_errors() {
        Outcome::Findings
    } else {
        Outcome::Clean
    };
    let mut out = std::io::stdout().lock();
    if !matches!(args.format, Format::Human) {
        out.write_all(render::render(&report, args.format, Style::Plain).as_bytes())?;
        return Ok(outcome);
    }
    show(&report, style)?;
    match terms {
        Some(terms) if report.is_empty() => {
            writeln!(
                out,
                "{} changed, none that was agreed.",
                counted(terms, "term")
            )?;
        }
        Some(terms) => writeln!(
            out,
            "{} changed, {} after it was agreed.",
            counted(terms, "term"),
            report.errors()
        )?,
        None => writeln!(out, "{}.", check::summary(&report))?,
    }
    Ok(outcome)
}

/// The deal file as it stood at a revision of git.
fn revision(revision: &str, folder: &Path, path: &Path) -> anyhow::Result<String> {
    anyhow::ensure!(
        !revision.starts_with('-'),
        "`{revision}` is neither a deal nor a revision of git"
    );
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let run = Command::new("git")
        .current_dir(folder)
        .args(["show", &format!("{revision}:./{name}")])
        .output()
        .with_context(|| format!("there is no deal `{revision}`, and git could not be asked"))?;
    anyhow::ensure!(
        run.status.success(),
        "`{revision}` is neither a deal nor a revision of git that has `{name}`: {}",
        String::from_utf8_lossy(&run.stderr).trim()
    );
    String::from_utf8(run.stdout).context("the deal of that revision is not UTF-8")
}
