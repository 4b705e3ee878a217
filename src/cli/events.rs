//! Files of events, opened for a command.

mod aside;

pub(super) use aside::{Aside, Origin};

use super::files::{shown, source};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::events::{Form, Next, Rows, rows};
use crate::settings::{EventFiles, Settings};
use anyhow::Context;
use std::io::{BufReader, IsTerminal, Read, Write};
use std::path::PathBuf;

/// Where the events are.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct EventArgs {
    /// A file of events, CSV or JSON lines, or a folder of such files; may be given several times
    #[arg(long, value_name = "FILE", required = true)]
    pub(super) events: Vec<PathBuf>,

    /// A file like `engross.toml` whose table `[events]` says how the events are written
    #[arg(long, value_name = "FILE")]
    pub(super) columns: Option<PathBuf>,
}

/// A file of events, or what comes through a pipe.
pub(super) type Input = BufReader<Box<dyn Read>>;

/// The files of events, in the order of their names within a folder.
pub(super) fn paths(args: &EventArgs) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for path in &args.events {
        let about = std::fs::metadata(path)
            .with_context(|| format!("cannot find the events `{}`", path.display()))?;
        if !about.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let mut inside: Vec<PathBuf> = std::fs::read_dir(path)
            .with_context(|| format!("cannot read the folder `{}`", path.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        inside.retain(|path| {
            path.is_file()
                && path.extension().is_some_and(|ending| {
                    ["csv", "tsv", "jsonl", "ndjson"]
                        .iter()
                        .any(|known| ending == *known)
                })
        });
        anyhow::ensure!(
            !inside.is_empty(),
            "there are no events in `{}`: it has no file that ends in .csv, .tsv, .jsonl or .ndjson",
            path.display()
        );
        inside.sort();
        paths.extend(inside);
    }
    Ok(paths)
}

/// How the events are written, as `--columns` or the settings of the house say.
pub(super) fn manner(
    args: &EventArgs,
    house: Option<&Settings>,
    report: &mut Report,
) -> anyhow::Result<Option<EventFiles>> {
    let Some(path) = &args.columns else {
        return Ok(house.and_then(|settings| settings.events.clone()));
    };
    let Some((source, _)) = source(path, report)? else {
        return Ok(None);
    };
    Ok(Settings::read(&source, report).and_then(|settings| settings.events))
}

/// The rows of all sources. What is wrong with their headings is in the report.
pub(super) fn open(
    sources: &mut [Origin],
    deal: &Deal,
    manner: Option<&EventFiles>,
    report: &mut Report,
) -> anyhow::Result<Vec<Rows<Input>>> {
    let mut all = Vec::new();
    for source in sources {
        let name = shown(source.path());
        let bytes = source
            .open()
            .with_context(|| format!("cannot read `{name}`"))?;
        let reader = BufReader::with_capacity(1 << 17, bytes);
        match rows(reader, &name, Form::of(&name), deal, manner) {
            Ok(rows) => all.push(rows),
            Err(findings) => report.append(findings),
        }
    }
    Ok(all)
}

/// Goes through every event and every row that is none, file by file.
pub(super) fn each(
    paths: &[PathBuf],
    deal: &Deal,
    manner: Option<&EventFiles>,
    report: &mut Report,
    mut visit: impl FnMut(Next),
) -> anyhow::Result<()> {
    let mut origins: Vec<Origin> = paths.iter().cloned().map(Origin::File).collect();
    let progress = Progress::new();
    let rows = open(&mut origins, deal, manner, report)?.into_iter();
    for (count, row) in (1..).zip(rows.flatten()) {
        progress.tell(count, "rows read");
        let row = row.with_context(|| {
            let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
            format!("cannot read on in `{}`", names.join("`, `"))
        })?;
        visit(row);
    }
    progress.end();
    Ok(())
}

/// How far a long run has come, on a terminal.
pub(super) struct Progress {
    shown: bool,
}

impl Progress {
    pub(super) fn new() -> Progress {
        Progress {
            shown: std::io::stderr().is_terminal(),
        }
    }

    pub(super) fn tell(&self, count: u64, what: &str) {
        if self.shown && count.is_multiple_of(1 << 18) {
            let _ = write!(std::io::stderr(), "\r{count} {what} ");
        }
    }

    pub(super) fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}
