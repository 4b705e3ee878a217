//! Deals and libraries read from the disk.

mod ahead;
mod library;

pub(super) use ahead::begin as begin_library;
pub(super) use library::{library_files, library_of};

use library::library_from;

use super::signed::{self, Signing};
use crate::deal::check::check_in;
use crate::deal::{Deal, Tree};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::draft::{self, Draft};
use crate::intake::{self, Answers, Form, Tally};
use crate::library::{Library, Trust, embedded, fill};
use crate::settings::{self, Settings};
use crate::source::{Source, Span};
use anyhow::Context;
use std::io::{IsTerminal, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A deal file longer than this is a mistake: text belongs in clauses.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Where the deal is.
#[derive(Debug, clap::Args)]
pub(super) struct DealArgs {
    /// The deal: a `deal.toml`, a folder that holds one, or `-` for standard input
    #[arg(value_name = "DEAL", default_value = ".")]
    pub(super) deal: PathBuf,

    /// A house's own clause library instead of the embedded one
    #[arg(long, value_name = "DIR")]
    pub(super) library: Option<PathBuf>,
}

/// What a command works on.
pub(super) struct Work {
    /// The deal, if its file can be read.
    pub(super) deal: Option<Deal>,
    /// The library, if it can be used.
    pub(super) library: Option<Library>,
    /// The folder of the deal file.
    pub(super) folder: PathBuf,
    /// Whether it is a house's own library, which may need advice.
    pub(super) own_library: bool,
    /// How the deal compares with the term sheet beside it, if there is one.
    pub(super) tally: Option<Tally>,
    /// What was signed, if it was.
    pub(super) signing: Option<Signing>,
    /// What `engross.toml` says.
    settings: Option<Found>,
}

/// An `engross.toml` that was found.
struct Found {
    settings: Settings,
    /// Whether it stands beside the deal, not in a folder above.
    beside: bool,
}

impl Work {
    /// The draft of the deal; after signature one that keeps what was signed.
    pub(super) fn draft(&self, report: &mut Report) -> anyhow::Result<Option<Draft>> {
        let (Some(deal), Some(library)) = (&self.deal, &self.library) else {
            return Ok(None);
        };
        let Some(signing) = &self.signing else {
            return Ok(draft::draft(deal, library, report));
        };
        let moved = |found: &&Diagnostic| found.code == Code::LibraryMoved;
        if report.sorted().iter().any(moved) {
            return Ok(None);
        }
        let Some(signed) = signing.draft(library, report)? else {
            return Ok(None);
        };
        let marks = signing.marks(u32::MAX);
        let made = signing.draft_after(deal, library, &signed, &marks, report);
        let words = &library.words;
        Ok(made.map(|made| {
            let imprint = fill(words.imprint_proposed.as_str(), &[("digest", &made.digest)]);
            Draft {
                resolved: made.resolved.with_imprint(&imprint),
                ..made
            }
        }))
    }

    /// Does to the findings what `engross.toml` says; `complete` if the run came to its end.
    pub(super) fn settle(&self, complete: bool, report: &mut Report) {
        if let Some(found) = &self.settings {
            let run = settings::Run {
                deal: self.deal.as_ref(),
                complete,
                own: found.beside,
            };
            settings::apply(&found.settings, run, report);
        }
    }
}

/// The names that a term sheet beside a deal can have; the first that is there counts.
pub(super) const SHEETS: [&str; 2] = ["term-sheet.toml", "term-sheet.csv"];

/// Reads the deal and the library. What is wrong with them is in the report.
///
/// # Errors
///
/// If a file or a folder cannot be read.
pub(super) fn read(args: &DealArgs, report: &mut Report) -> anyhow::Result<Work> {
    let (path, folder) = deal_path(&args.deal)?;
    let signing = if path == Path::new("-") {
        None
    } else {
        signed::find(&folder, report)?
    };
    let source = source(&path, report)?.map(|(source, _)| source);
    let settings = find_settings(&folder, report)?;
    // The deal and the library know nothing of each other, so they are read side by side; what the library has to
    // make ready for this deal is told by the tree of the deal, if it is there in time.
    let tree = OnceLock::new();
    let mut of_library = Report::new();
    let read_deal = || {
        let Some(source) = &source else {
            return Ok((None, None));
        };
        let tree = tree.get_or_init(|| Tree::of(source));
        let tally = match &path {
            path if path == Path::new("-") => None,
            _ => reconcile(&folder, tree, report)?,
        };
        let deal = Deal::of(tree, report);
        if let Some(deal) = &deal {
            check_in(tree, deal, report);
        }
        anyhow::Ok((deal, tally))
    };
    let load = || {
        let (files, ahead) = match ahead::take().filter(|_| args.library.is_none()) {
            Some(ahead) => (Some(ahead.files), Some((ahead.library, ahead.report))),
            None => (None, None),
        };
        let (files, trust) = library_from(
            args.library.as_deref(),
            || files.unwrap_or_else(embedded),
            signing.as_ref(),
            &mut of_library,
        )?;
        let library = match ahead.filter(|_| trust == Trust::Sound) {
            Some((library, report)) => {
                of_library.append(report);
                library
            }
            None => Library::load(files, draft::root(), trust, &mut of_library),
        };
        if let (Some(tree), Some(library)) = (tree.get(), &library) {
            draft::foresee(tree, library);
        }
        anyhow::Ok((library, trust))
    };
    let (read, loaded) = rayon::join(read_deal, load);
    let (deal, tally) = read?;
    let (library, trust) = loaded?;
    report.append(of_library);
    Ok(Work {
        deal,
        library,
        folder,
        own_library: trust == Trust::Check,
        tally,
        signing,
        settings,
    })
}

/// What the `engross.toml` beside the deal or above it says.
pub(super) fn settings(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Settings>> {
    Ok(find_settings(folder, report)?.map(|found| found.settings))
}

/// The `engross.toml` beside the deal, or in the nearest folder above that has one.
fn find_settings(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Found>> {
    let above = std::fs::canonicalize(folder).map_or(0, |path| path.ancestors().count());
    let mut folder = folder.to_owned();
    for step in 0..above {
        let path = if folder == Path::new(".") {
            PathBuf::from("engross.toml")
        } else {
            folder.join("engross.toml")
        };
        if path.is_file() {
            let Some((source, _)) = source(&path, report)? else {
                return Ok(None);
            };
            return Ok(Settings::read(&source, report).map(|settings| Found {
                settings,
                beside: step == 0,
            }));
        }
        folder = parent(&folder);
    }
    Ok(None)
}

/// The folder above, as the user would type it.
fn parent(folder: &Path) -> PathBuf {
    match folder.components().next_back() {
        Some(Component::Normal(_)) if folder.is_symlink() => folder.join(".."),
        Some(Component::Normal(_)) => match folder.parent() {
            Some(above) if !above.as_os_str().is_empty() => above.to_owned(),
            Some(_) | None => PathBuf::from("."),
        },
        Some(Component::CurDir) | None => PathBuf::from(".."),
        Some(Component::ParentDir | Component::RootDir | Component::Prefix(_)) => folder.join(".."),
    }
}

/// Puts `bytes` in the place of a file, in one step: a reader sees the old file or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // The file that a link leads to is replaced, not the link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".{name}.engross-new"));
    let write = || -> std::io::Result<()> {
        // Left over from a run that was stopped.
        if new.symlink_metadata().is_ok() {
            std::fs::remove_file(&new)?;
        }
        let mut file = std::fs::File::create_new(&new)?;
        if let Ok(about) = std::fs::metadata(&path) {
            file.set_permissions(about.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&new, &path)?;
        match path.parent() {
            // A new file named without a folder stands in this one.
            Some(folder) if cfg!(unix) && folder.as_os_str().is_empty() => {
                std::fs::File::open(".")?.sync_all()
            }
            Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
            Some(_) | None => Ok(()),
        }
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&new);
        anyhow::Error::new(error).context(format!("cannot write `{}`", path.display()))
    })
}

/// Compares the deal with the term sheet beside it.
fn reconcile(folder: &Path, deal: &Tree<'_>, report: &mut Report) -> anyhow::Result<Option<Tally>> {
    let paths = SHEETS.map(|name| match folder {
        here if here == Path::new(".") => PathBuf::from(name),
        folder => folder.join(name),
    });
    let Some(path) = paths.iter().find(|path| path.is_file()) else {
        return Ok(None);
    };
    let Some((sheet, _)) = source(path, report)? else {
        return Ok(None);
    };
    let answers = Answers::read(&sheet, Form::of(&sheet.name), report);
    Ok(answers.and_then(|answers| intake::reconcile(&answers, deal, report)))
}

/// The deal file, and the folder that it is in.
pub(super) fn deal_path(path: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    if path == Path::new("-") {
        anyhow::ensure!(
            !std::io::stdin().is_terminal(),
            "waiting for a deal on standard input, but it is a terminal; name a file, as in `engross check deal.toml`"
        );
        return Ok((path.to_owned(), PathBuf::from(".")));
    }
    let about = std::fs::metadata(path)
        .with_context(|| format!("cannot find the deal `{}`", path.display()))?;
    if !about.is_dir() {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            Some(_) | None => PathBuf::from("."),
        };
        return Ok((path.to_owned(), folder));
    }
    let file = if path == Path::new(".") {
        PathBuf::from("deal.toml")
    } else {
        path.join("deal.toml")
    };
    anyhow::ensure!(
        file.exists(),
        "there is no `deal.toml` in `{}`; name a deal file or a folder that holds one",
        path.display()
    );
    Ok((file, path.to_owned()))
}

/// Whether the path names the negotiation file, which only our side sees.
pub(super) fn is_ours(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == crate::deal::NOT_SHARED)
}

/// The text of a file that both sides may see, and whether a byte order mark stood before it; `None` if it was reported
/// as an error. The negotiation file is refused unread: a finding would show a line of it.
pub(super) fn source(
    path: &Path,
    report: &mut Report,
) -> anyhow::Result<Option<(Arc<Source>, bool)>> {
    if is_ours(path) {
        let source = Source::new(shown(path), "");
        report.push(
            Diagnostic::error(
                Code::InternalKey,
                &Span::whole(&source),
                "this is the negotiation file of one side, and nothing here may be made from it",
            )
            .help("name the deal; what it has beside it is found by the commands that may read it"),
        );
        return Ok(None);
    }
    any_source(path, report)
}

/// The text of a file, and whether a byte order mark stood before it; `None` if it was reported as an error.
pub(super) fn any_source(
    path: &Path,
    report: &mut Report,
) -> anyhow::Result<Option<(Arc<Source>, bool)>> {
    let name = shown(path);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
    } else {
        std::fs::File::open(path)
            .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
            .with_context(|| format!("cannot read `{name}`"))?;
    }
    if bytes.len() as u64 > LARGEST {
        let source = Source::new(name, "");
        report.push(
            Diagnostic::error(
                Code::FileTooLarge,
                &Span::whole(&source),
                "the file is larger than 4 MiB",
            )
            .help("move long text into clauses of the library"),
        );
        return Ok(None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            // Some editors begin a file with a byte order mark; it is no part of the text.
            let (text, marked) = match text.strip_prefix('\u{FEFF}') {
                Some(rest) => (rest.to_owned(), true),
                None => (text, false),
            };
            Ok(Some((Source::new(name, text), marked)))
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Source::new(name, text);
            report.push(
                Diagnostic::error(
                    Code::NotText,
                    &Span::new(&source, valid..valid + 3),
                    "the file is not UTF-8 text",
                )
                .help("save it as UTF-8 in your editor"),
            );
            Ok(None)
        }
    }
}

/// The path as the user would type it, with `/` between folders on every system.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
