//! What a redline is made of, as it is typed.

use super::git::Revision;
use super::input::{Refused, Side};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
pub struct Args {
    /// The old one: a deal file or its folder, a Markdown document, a package, or the path to follow with `--from`
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new one, of the same kinds
    #[arg(
        value_name = "NEW",
        required_unless_present = "from",
        conflicts_with = "from"
    )]
    new: Option<PathBuf>,

    /// Compare OLD with what it was at this revision of git
    #[arg(long, value_name = "REV")]
    from: Option<String>,

    /// The newer revision, for `--from`; without it, the file as it is now
    #[arg(long, value_name = "REV", requires = "from")]
    to: Option<String>,

    /// The folder to write
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,

    /// The formats [default: html and md with `--out`, else terminal]
    #[arg(long, value_enum, value_delimiter = ',')]
    format: Vec<Format>,

    /// Only how much changed, and where
    #[arg(long)]
    pub(super) stat: bool,

    /// Only the words that changed, each in its line
    #[arg(long, conflicts_with = "stat")]
    pub(super) word: bool,

    /// Only sections with changes, in Markdown
    #[arg(long)]
    pub(super) changed_only: bool,

    /// With `--out`: a redline of each exhibit alone too
    #[arg(long, requires = "out")]
    pub(super) exhibits: bool,

    /// Print one of the two texts as Markdown: all changes accepted, or all rejected
    #[arg(long, value_enum, value_name = "HOW", conflicts_with_all = ["format", "stat", "word"])]
    pub(super) resolve: Option<Resolve>,

    /// End with status 1 if anything changed
    #[arg(long)]
    pub(super) exit_code: bool,

    /// Print nothing
    #[arg(long, short)]
    pub(super) quiet: bool,

    /// Leave out reasons that stay in the deal file; keep those under `reason.share`
    #[arg(long)]
    pub(super) shared_reasons: bool,

    /// Write over files that were edited by hand since they were written
    #[arg(long)]
    pub(super) discard_edits: bool,

    /// A house's own clause library instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub(super) library: Option<PathBuf>,
}

/// The formats of a redline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// One page that opens from disk
    Html,
    /// Markdown with `<ins>` and `<del>`
    Md,
    /// For programs: `engross schema redline`
    Json,
    /// Coloured text
    Terminal,
}

impl Format {
    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Md => "md",
            Format::Json => "json",
            Format::Terminal => "txt",
        }
    }
}

/// Which of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Resolve {
    /// The new text
    Accept,
    /// The old text
    Reject,
}

/// What is to be compared, and how it is to be shown.
pub(super) struct Wanted {
    pub(super) sides: [Side; 2],
    pub(super) formats: Vec<Format>,
}

impl Args {
    /// What was asked for.
    pub(super) fn wanted(&self) -> Result<Wanted, Refused> {
        let formats = match (self.format.as_slice(), &self.out) {
            ([], Some(_)) => vec![Format::Html, Format::Md],
            ([], None) => vec![Format::Terminal],
            (formats, _) => formats.to_vec(),
        };
        let files = formats
            .iter()
            .filter(|format| **format != Format::Terminal)
            .count();
        if self.out.is_none() && (files > 1 || (files == 1 && formats.len() > 1)) {
            return Err(Refused {
                message: "several formats need a folder".to_owned(),
                help: "name one with `--out`, or ask for one format".to_owned(),
            });
        }
        let revision = |name: &Option<String>| name.clone().map(Revision);
        let old = Side {
            path: self.old.clone(),
            revision: revision(&self.from),
        };
        let new = Side {
            path: self.new.clone().unwrap_or_else(|| self.old.clone()),
            revision: revision(&self.to),
        };
        Ok(Wanted {
            sides: [old, new],
            formats,
        })
    }
}
