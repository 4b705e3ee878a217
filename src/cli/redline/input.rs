//! One side of a redline: a deal that is drafted, a document, a package; from the disk or from git.

use super::super::files::is_ours;
use super::git::{Commit, Found, Revision};
use crate::comparison::Drafted;
use crate::deal::{self, Deal};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::draft::draft;
use crate::library::Library;
use crate::source::{Source, Span};
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A document longer than this is refused. The longest contracts have a tenth of it.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What is to be read.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) path: PathBuf,
    pub(super) revision: Option<Revision>,
}

/// What was read.
pub(super) struct Read {
    /// What it is called: a path, with its revision if it has one.
    pub(super) name: String,
    /// The SHA-256 of the file.
    pub(super) sha256: String,
    /// The deal and its draft, if it is a deal.
    pub(super) drafted: Option<Drafted>,
    /// The text, if it is a document.
    pub(super) text: String,
}

/// Why something cannot be compared.
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) help: String,
}

/// The path as the user would type it.
pub(super) fn shown(path: &Path) -> String {
    super::super::files::shown(path)
}

/// Reads one side. `None` if its findings are in the report.
pub(super) fn read(
    side: &Side,
    library: &Library,
    report: &mut Report,
) -> anyhow::Result<Result<Option<Read>, Refused>> {
    let found = match &side.revision {
        None => on_disk(&side.path)?,
        Some(revision) => match revision.commit(&side.path)? {
            Ok(commit) => in_git(&side.path, revision, &commit)?,
            Err(refused) => Err(refused),
        },
    };
    let (path, name, bytes) = match found {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    if bytes.len() as u64 > LARGEST {
        let source = Source::new(name, "");
        report.push(
            Diagnostic::error(
                Code::FileTooLarge,
                &Span::whole(&source),
                "the file is larger than 16 MiB",
            )
            .help(
                "compare its parts one by one; a contract of a thousand pages is a quarter of that",
            ),
        );
        return Ok(Ok(None));
    }
    let sha256 = hex(&bytes);
    if let Some(refused) = other_format(&name, &bytes) {
        return Ok(Err(refused));
    }
    let Some(text) = text(&name, bytes, report) else {
        return Ok(Ok(None));
    };
    let is_deal = path.extension().is_some_and(|ending| ending == "toml");
    if !is_deal {
        return Ok(Ok(Some(Read {
            name,
            sha256,
            drafted: None,
            text,
        })));
    }
    let source = Source::new(name.clone(), text);
    let before = report.errors();
    // What is odd about a deal is the business of `check`: here only what keeps it from being drafted counts.
    let mut found = Report::new();
    let drafted = Deal::read(&source, &mut found).and_then(|deal| {
        deal::check::check(&deal, &mut found);
        let draft = draft(&deal, library, &mut found)?;
        Some(Drafted { deal, draft })
    });
    if found.has_errors() || drafted.is_none() {
        report.append(found);
        debug_assert!(report.errors() > before, "a reason for every refusal");
        return Ok(Ok(None));
    }
    Ok(Ok(Some(Read {
        name,
        sha256,
        drafted,
        text: String::new(),
    })))
}

type Bytes = (PathBuf, String, Vec<u8>);

fn on_disk(path: &Path) -> anyhow::Result<Result<Bytes, Refused>> {
    if is_ours(path) {
        return Ok(Err(ours(&shown(path))));
    }
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) => {
            return Err(error).with_context(|| format!("cannot read `{}`", shown(path)));
        }
    };
    let file = if about.is_dir() {
        match ["deal.toml", "agreement.md"]
            .map(|name| path.join(name))
            .into_iter()
            .find(|file| file.is_file())
        {
            Some(file) => file,
            None => return Ok(Err(no_document(&shown(path)))),
        }
    } else {
        path.to_owned()
    };
    let mut bytes = Vec::new();
    std::fs::File::open(&file)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read `{}`", shown(&file)))?;
    let name = shown(&file);
    Ok(Ok((file, name, bytes)))
}

fn in_git(
    path: &Path,
    revision: &Revision,
    commit: &Commit,
) -> anyhow::Result<Result<Bytes, Refused>> {
    let named = |path: &Path| format!("{} at {}", shown(path), revision.0);
    if is_ours(path) {
        return Ok(Err(ours(&named(path))));
    }
    match commit.read(path, LARGEST)? {
        Found::File(bytes) => return Ok(Ok((path.to_owned(), named(path), bytes))),
        Found::Nothing => {
            return Ok(Err(Refused {
                message: format!("there is no `{}` at the revision {}", shown(path), revision.0),
                help: "`git log -- PATH` lists the revisions that touched it; a file that was renamed is compared by naming both: `git show REV:OLD-PATH > old.md`".to_owned(),
            }));
        }
        Found::Folder => {}
    }
    for name in ["deal.toml", "agreement.md"] {
        let file = path.join(name);
        if let Found::File(bytes) = commit.read(&file, LARGEST)? {
            let name = named(&file);
            return Ok(Ok((file, name, bytes)));
        }
    }
    Ok(Err(no_document(&named(path))))
}

/// The negotiation file is refused unread: a redline is for both sides, and a finding would show a line of it.
fn ours(name: &str) -> Refused {
    Refused {
        message: format!("`{name}` is the negotiation file of one side, which no redline shows"),
        help: "name a deal, a Markdown file, or a folder that `engross draft` wrote".to_owned(),
    }
}

fn no_document(name: &str) -> Refused {
    Refused {
        message: format!("`{name}` holds neither a `deal.toml` nor an `agreement.md`"),
        help: "name a deal, a Markdown file, or a folder that `engross draft` wrote".to_owned(),
    }
}

/// Files of other formats, by how they begin: as text they would make no sense.
fn other_format(name: &str, bytes: &[u8]) -> Option<Refused> {
    let start = bytes.trim_ascii_start();
    let begins = |mark: &[u8]| {
        start
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    let what = if begins(b"%PDF-") {
        "a PDF"
    } else if begins(b"PK\x03\x04") {
        "a Word document or another archive"
    } else if begins(b"\xd0\xcf\x11\xe0") {
        "an old Word document"
    } else if begins(b"{\\rtf") {
        "a Rich Text document"
    } else if begins(b"<!doctype html") || begins(b"<html") {
        "a web page"
    } else {
        return None;
    };
    Some(Refused {
        message: format!("`{name}` is {what}, not Markdown"),
        help: "convert it first, for example with `pandoc --to=gfm --wrap=none`, and compare what comes out"
            .to_owned(),
    })
}

/// The bytes as text, without a byte order mark.
fn text(name: &str, bytes: Vec<u8>, report: &mut Report) -> Option<String> {
    let refuse = |bytes: &[u8], at: usize, what: &str, help: &str, report: &mut Report| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let source = Source::new(name, text);
        report.push(
            Diagnostic::error(Code::NotText, &Span::new(&source, at..at + 3), what).help(help),
        );
    };
    // The first bytes are enough to show the place.
    let near = |at: usize, bytes: &[u8]| bytes[..bytes.len().min(at + 200)].to_vec();
    match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => {
            let at = text.find('\0').unwrap_or(0);
            refuse(
                &near(at, text.as_bytes()),
                at,
                "the file is no text: it holds a zero byte",
                "name a text file",
                report,
            );
            None
        }
        Ok(text) => Some(match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            refuse(
                &near(at, error.as_bytes()),
                at,
                "the file is not UTF-8 text",
                "save it as UTF-8 in your editor",
                report,
            );
            None
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
