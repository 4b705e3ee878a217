//! Files of events, opened for a command.

mod aside;

pub(super) use aside::{Aside, Origin};

use super::files::{shown, source};
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::events::{Event, Form, Rejected, Rows, Seen, in_order, rows};
use crate::settings::{EventFiles, Settings};
use anyhow::Context;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

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

/// Every event, day by day, and every row that is none; for files that are not too large to keep.
pub(super) fn all(
    paths: &[PathBuf],
    deal: &Deal,
    manner: Option<&EventFiles>,
    report: &mut Report,
) -> anyhow::Result<(Vec<Event>, Vec<Rejected>)> {
    let mut sources: Vec<Origin> = paths.iter().cloned().map(Origin::File).collect();
    let rows = open(&mut sources, deal, manner, report)?;
    let (mut events, mut rejected) = (Vec::new(), Vec::new());
    in_order(rows, |seen| match seen {
        Seen::Event(event) => events.push(event.clone()),
        Seen::Rejected(row) => rejected.push(row),
    })
    .with_context(|| {
        let names: Vec<String> = paths
            .iter()
            .map(|path: &PathBuf| shown(Path::new(path)))
            .collect();
        format!("cannot read on in `{}`", names.join("`, `"))
    })?;
    Ok((events, rejected))
}
