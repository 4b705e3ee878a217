//! `engross explain`: why a finding matters, with an example that fails and the same example mended.

use super::{Outcome, counted, files};
use crate::diagnostic::Code;
use crate::explain;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The code of a finding, such as `tier-gap`; without one, all are listed
    #[arg(value_name = "CODE", value_parser = explain::find)]
    code: Option<Code>,

    /// Write the pages of all codes to a folder, as the sources of an mdBook
    #[arg(long, value_name = "DIR", conflicts_with = "code")]
    markdown: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    if let Some(folder) = &args.markdown {
        return pages(folder);
    }
    let text = match args.code {
        Some(code) => explain::explain(code),
        None => explain::list(),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

/// Writes the book, over an earlier one but over nothing else.
fn pages(folder: &Path) -> anyhow::Result<Outcome> {
    let book = explain::book();
    for (name, _) in &book {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            let there = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()))?;
            anyhow::ensure!(
                there.starts_with(explain::MARK),
                "`{}` was not written by engross; nothing was written",
                path.display()
            );
        }
    }
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    for (name, text) in &book {
        files::replace(&folder.join(name), text.as_bytes())?;
    }
    writeln!(
        std::io::stdout(),
        "Wrote {} to {}/",
        counted(book.len(), "page"),
        files::shown(folder)
    )?;
    Ok(Outcome::Clean)
}
