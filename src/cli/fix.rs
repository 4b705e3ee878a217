//! `engross fix`: mends in a deal file what nobody could dispute, and nothing else.

use super::{Outcome, counted, files, show};
use crate::deal::{Deal, mend};
use crate::diagnostic::{Report, Style};
use crate::source::Span;
use similar::TextDiff;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The deal: a `deal.toml`, a folder that holds one, or `-` to read it from stdin and write it to stdout
    #[arg(value_name = "DEAL", default_value = ".")]
    deal: PathBuf,

    /// Show what would change, and write nothing; exit with 1 if something would
    #[arg(long)]
    diff: bool,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let (path, _) = files::deal_path(&args.deal)?;
    let mut report = Report::new();
    let Some((source, marked)) = files::source(&path, &mut report)? else {
        show(&report, style)?;
        return Ok(Outcome::Findings);
    };
    let Some((mended, changes)) = mend::mend(&source) else {
        Deal::read(&source, &mut report);
        show(&report, style)?;
        return Ok(Outcome::Findings);
    };
    let mut lines: Vec<String> = changes
        .iter()
        .map(|change| line(&change.at, &change.what))
        .collect();
    if marked {
        lines.insert(0, line(&Span::whole(&source), "deleted a byte order mark"));
    }
    let changed = !lines.is_empty();
    let mut out = std::io::stdout().lock();
    if args.diff {
        let old = format!("{}{}", if marked { "\u{FEFF}" } else { "" }, source.text);
        let diff = TextDiff::from_lines(&old, &mended);
        write!(
            out,
            "{}",
            diff.unified_diff().header(&source.name, &source.name)
        )?;
        return Ok(if changed {
            Outcome::Findings
        } else {
            Outcome::Clean
        });
    }
    let to_stdout = path == Path::new("-");
    if to_stdout {
        out.write_all(mended.as_bytes())?;
    } else if changed {
        files::replace(&path, mended.as_bytes())?;
    }
    let said = if changed {
        let count = counted(lines.len(), "change");
        format!("{}\n{count} in {}\n", lines.join("\n"), source.name)
    } else {
        format!("Nothing to mend in {}\n", source.name)
    };
    if to_stdout {
        std::io::stderr().write_all(said.as_bytes())?;
    } else {
        out.write_all(said.as_bytes())?;
    }
    Ok(Outcome::Clean)
}

fn line(at: &Span, what: &str) -> String {
    let (line, column) = at.line_column();
    format!("{}:{line}:{column}: {what}", at.source().name)
}
