//! The files of a library, embedded, a house's own on the disk, or the copy that was signed with.

use super::super::package;
use super::super::signed::Signing;
use crate::diagnostic::Report;
use crate::library::{LibraryFile, Trust, embedded};
use anyhow::Context;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::path::{Path, PathBuf};

/// The files of the library that a deal is drafted with: the one that it was signed with, once it was.
pub(in crate::cli) fn library_of(
    named: Option<&Path>,
    signing: Option<&Signing>,
    report: &mut Report,
) -> anyhow::Result<(Vec<LibraryFile>, Trust)> {
    library_from(named, embedded, signing, report)
}

/// The same, with the embedded files from whoever has them.
pub(super) fn library_from(
    named: Option<&Path>,
    embedded: impl FnOnce() -> Vec<LibraryFile>,
    signing: Option<&Signing>,
    report: &mut Report,
) -> anyhow::Result<(Vec<LibraryFile>, Trust)> {
    let (files, trust) = match named {
        Some(folder) => (library_files(folder)?, Trust::Check),
        None => (embedded(), Trust::Sound),
    };
    let Some(signing) = signing.filter(|signing| !signing.is_pinned(&files)) else {
        return Ok((files, trust));
    };
    if named.is_some() {
        signing.moved(report);
        return Ok((files, trust));
    }
    let pinned = library_files(&signing.library())?;
    if !signing.is_pinned(&pinned) {
        package::changed(
            report,
            &signing.library(),
            "the copy of the library was edited since it was recorded",
        );
    }
    Ok((pinned, Trust::Check))
}

/// The files of a library on disk, by path.
pub(in crate::cli) fn library_files(folder: &Path) -> anyhow::Result<Vec<LibraryFile>> {
    let mut found = Vec::new();
    for (name, endings) in [
        ("clauses", &["md"][..]),
        ("templates", &["toml", "css", "js"][..]),
    ] {
        let top = folder.join(name);
        anyhow::ensure!(
            top.is_dir(),
            "`{}` is not a clause library: it has no folder `{name}`; `engross library export` writes one",
            folder.display()
        );
        gather(&top, name, endings, &mut found)?;
    }
    found.sort();
    // A library has hundreds of small files, and most of the time it takes to read one is waiting.
    let files = found.into_par_iter().map(|(name, path)| {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        Ok(LibraryFile {
            path: name,
            text: text.into(),
        })
    });
    files.collect()
}

/// Where each file is that belongs to a library, by its path there.
fn gather(
    folder: &Path,
    name: &str,
    endings: &[&str],
    found: &mut Vec<(String, PathBuf)>,
) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let path = entry.path();
        let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
        // A link could lead out of the library, and bring text in that nobody reviewed.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&path, &inner, endings, found)?;
        } else if kind.is_file()
            && path
                .extension()
                .is_some_and(|ending| endings.iter().any(|known| ending == *known))
        {
            found.push((inner, path));
        } else if kind.is_symlink() {
            anyhow::bail!(
                "`{}` is a symbolic link; copy the file into the library",
                path.display()
            );
        }
    }
    Ok(())
}
