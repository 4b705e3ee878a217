//! `engross library`: the embedded clause library, to start a house's own from.

use super::Outcome;
use super::files::shown;
use crate::library::embedded;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write the embedded library to a folder
    Export {
        /// A folder that does not exist yet, or is empty
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        Command::Export { dir } => export(dir),
    }
}

fn export(dir: &Path) -> anyhow::Result<Outcome> {
    if let Ok(mut entries) = std::fs::read_dir(dir) {
        anyhow::ensure!(
            entries.next().is_none(),
            "`{}` is not empty; name a new folder",
            dir.display()
        );
    }
    let files = embedded();
    for file in &files {
        let path = dir.join(&file.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
        }
        std::fs::write(&path, file.text.as_bytes())
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    let dir = shown(dir);
    writeln!(
        std::io::stdout(),
        "Wrote {} to {dir}/\nUse it with `engross draft --library {dir}`",
        super::counted(files.len(), "file")
    )?;
    Ok(Outcome::Clean)
}
