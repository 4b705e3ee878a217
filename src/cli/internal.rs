//! What only our side may see: the negotiation file beside a deal, and the folder of papers made of it.

use super::files::{self, Work, shown};
use super::package::{MANIFEST, PackageFile};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::library::{LibraryFile, embedded};
use crate::negotiation::{self, APPROVALS, FOLDER, Internal, NAME, Negotiation, Prepared};
use crate::source::{Source, Span};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Checks the negotiation file beside the deal, as far as the deal itself can be read.
pub(super) fn check(work: &Work, report: &mut Report) -> anyhow::Result<()> {
    let Some(negotiation) = read(&work.folder, report)? else {
        return Ok(());
    };
    if let Some(deal) = &work.deal {
        negotiation::check(&negotiation, deal, report);
    }
    Ok(())
}

/// The negotiation file in this folder; reported if it is not there or cannot be used.
pub(super) fn read(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Negotiation>> {
    let path = beside(folder);
    if !path.is_file() {
        let source = Source::new(shown(&path), "");
        report.push(
            Diagnostic::error(
                Code::NoNegotiation,
                &Span::whole(&source),
                "there is no negotiation file beside the deal",
            )
            .help("`engross new` writes one with a new deal; `engross schema negotiation` describes its keys"),
        );
        return Ok(None);
    }
    let Some((source, _)) = files::any_source(&path, report)? else {
        return Ok(None);
    };
    Ok(Negotiation::read(&source, report))
}

/// The negotiation file beside the deal, if there is one, for commands whose output may be passed on. What is wrong with it
/// is not shown, as that would quote it.
pub(super) fn read_unseen(
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<Option<Negotiation>> {
    let path = beside(folder);
    if !path.exists() {
        return Ok(None);
    }
    let mut unseen = Report::new();
    let negotiation = read(folder, &mut unseen)?;
    if negotiation.is_none() || unseen.has_errors() {
        let source = Source::new(shown(&path), "");
        report.push(
            Diagnostic::error(
                Code::InternalContent,
                &Span::whole(&source),
                "the negotiation file does not read, so nobody can tell what must stay in the house",
            )
            .help("`engross check --internal` shows what is wrong with it"),
        );
        return Ok(None);
    }
    Ok(negotiation)
}

/// The trade with this name that our side has ready, as both sides will read it; `None` if there is none, or if the file
/// does not read, and then that is reported.
pub(super) fn ready(
    folder: &Path,
    name: &str,
    report: &mut Report,
) -> anyhow::Result<Option<Prepared>> {
    let negotiation = read_unseen(folder, report)?;
    Ok(negotiation.and_then(|file| negotiation::prepared(&file, name)))
}

/// The negotiation file of this folder, and what is wrong with it over the deal.
pub(super) fn read_over(
    folder: &Path,
    deal: &Deal,
    report: &mut Report,
) -> anyhow::Result<Option<Negotiation>> {
    let negotiation = read(folder, report)?;
    if let Some(negotiation) = &negotiation {
        negotiation::check(negotiation, deal, report);
    }
    Ok(negotiation)
}

fn beside(folder: &Path) -> PathBuf {
    super::signed::beside(folder, NAME)
}

/// The files of our own side beside the deal, and the papers that were made of them.
pub(super) fn papers(folder: &Path) -> anyhow::Result<Vec<PackageFile>> {
    let mut paths = vec![beside(folder), super::signed::beside(folder, APPROVALS)];
    let made = super::signed::beside(folder, FOLDER);
    if made.is_dir() {
        let list = std::fs::read_dir(&made)
            .with_context(|| format!("cannot read the folder `{}`", shown(&made)))?;
        for entry in list {
            paths.push(entry?.path());
        }
    }
    paths.sort();
    let mut found = Vec::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        found.push(PackageFile::of(
            shown(path),
            std::fs::read(path).with_context(|| format!("cannot read `{}`", shown(path)))?,
        ));
    }
    Ok(found)
}

/// The words of internal papers: the house's where it has its own library.
pub(super) fn words(
    library: Option<&Path>,
    report: &mut Report,
) -> anyhow::Result<Option<Internal>> {
    let files: Vec<LibraryFile> = match library {
        Some(folder) => files::library_files(folder)?,
        None => embedded(),
    };
    Ok(Internal::load(&files, report))
}

/// Makes the folder of internal papers, which must not be one that the other side gets.
pub(super) fn folder(out: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        !out.join(MANIFEST).exists(),
        "`{}` is a package for the other side; write internal papers to another folder",
        shown(out)
    );
    std::fs::create_dir_all(out)
        .with_context(|| format!("cannot make the folder `{}`", out.display()))
}
