//! The package: the unit of writing.
//!
//! All files are staged in a folder beside the target, synced, and swapped in at once, the manifest among them:
//! a reader sees the old package or the new one, never a mixture. What a person edited or put there is never
//! lost: it is shown, and nothing is written.

mod digest;
mod stage;
mod verify;
mod whole;

pub(super) use digest::{Hashing, Large, sha256};
use digest::{digests, sha256_at};
use stage::stage;
use verify::entries;
pub(super) use verify::{changed, verify};
pub(super) use whole::whole;

use super::files::shown;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The list of all files of a package with their digests.
pub(super) const MANIFEST: &str = "manifest.json";

/// A file to be written.
#[derive(Debug, Clone)]
pub(super) struct PackageFile {
    /// Its name in the folder.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
    /// The SHA-256 of it, as `sha256sum` prints it.
    digest: String,
}

impl PackageFile {
    /// A file of this name. Its digest is made here: whoever makes many files side by side makes theirs so, too.
    pub(super) fn of(name: String, bytes: Vec<u8>) -> PackageFile {
        let digest = sha256(&bytes);
        PackageFile {
            name,
            bytes,
            digest,
        }
    }

    pub(super) fn digest(&self) -> &str {
        &self.digest
    }
}

/// What was written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// The names of the files.
    pub(super) files: Vec<String>,
    /// Whether anything is new.
    pub(super) changed: bool,
    /// The SHA-256 of the manifest of a package that is new.
    pub(super) manifest: String,
}

/// What a package says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    /// The program that wrote it.
    engross: String,
    /// The SHA-256 of each file, by name, as `sha256sum` prints it.
    files: BTreeMap<String, String>,
    /// The digest of the entry with which it was sent, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent: Option<String>,
}

/// Writes `files` as the folder `out`. `None` if that was refused: the reasons are in the report.
///
/// # Errors
///
/// If the disk, or another engross that is writing there, does not let it.
pub(super) fn write(
    out: &Path,
    deal_folder: &Path,
    files: Vec<PackageFile>,
    discard_edits: bool,
    report: &mut Report,
) -> anyhow::Result<Option<Written>> {
    write_as(out, deal_folder, files, discard_edits, None, None, report)
}

/// Writes a package one file of which may be too large for memory.
///
/// # Errors
///
/// As [`write`].
pub(super) fn write_large(
    out: &Path,
    deal_folder: &Path,
    files: Vec<PackageFile>,
    large: Option<Large<'_>>,
    report: &mut Report,
) -> anyhow::Result<Option<Written>> {
    write_as(out, deal_folder, files, false, None, large, report)
}

/// Writes a package that was recorded as sent; its manifest names the entry. `false` if that was refused.
///
/// # Errors
///
/// As [`write`].
pub(super) fn write_sent(
    out: &Path,
    deal_folder: &Path,
    files: Vec<PackageFile>,
    entry: &str,
    report: &mut Report,
) -> anyhow::Result<bool> {
    let written = write_as(out, deal_folder, files, false, Some(entry), None, report)?;
    Ok(written.is_some())
}

/// Reports what would keep these files from being written, and writes nothing.
///
/// # Errors
///
/// If the disk does not let it look.
pub(super) fn may_write(
    out: &Path,
    deal_folder: &Path,
    files: &[PackageFile],
    report: &mut Report,
) -> anyhow::Result<()> {
    if place(out, deal_folder, files, report) {
        inspect(out, files, false, report)?;
    }
    Ok(())
}

/// The digest of the entry with which a package was sent, if it was.
pub(super) fn sent(out: &Path) -> Option<String> {
    let bytes = fs::read(out.join(MANIFEST)).ok()?;
    serde_json::from_slice::<Manifest>(&bytes).ok()?.sent
}

/// Whether this is a place to write to; reported if it is none.
fn place(out: &Path, deal_folder: &Path, files: &[PackageFile], report: &mut Report) -> bool {
    // A package may hold a copy of the deal that it was made from.
    let copy = files.iter().any(|file| file.name == "deal.toml");
    let taken = is_same(out, deal_folder) || (!copy && out.join("deal.toml").exists());
    if taken {
        refuse(
            report,
            out,
            Code::BadOutput,
            "the folder to write to holds the deal itself",
            "name another one with `--out`",
        );
    }
    !taken
}

fn write_as(
    out: &Path,
    deal_folder: &Path,
    mut files: Vec<PackageFile>,
    discard_edits: bool,
    sent: Option<&str>,
    large: Option<Large<'_>>,
    report: &mut Report,
) -> anyhow::Result<Option<Written>> {
    if !place(out, deal_folder, &files, report) {
        return Ok(None);
    }
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let manifest = Manifest {
        engross: env!("CARGO_PKG_VERSION").to_owned(),
        files: digests(&files, large)?,
        sent: sent.map(str::to_owned),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    let list = PackageFile::of(MANIFEST.to_owned(), bytes);
    let digest = list.digest.clone();
    files.push(list);
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        Some(_) | None => PathBuf::from("."),
    };
    fs::create_dir_all(&parent)
        .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
    let lock = lock(&parent)?;
    let before = report.errors();
    let old = inspect(out, &files, discard_edits, report)?;
    if report.errors() > before {
        return Ok(None);
    }
    let changed = old.as_ref() != Some(&manifest);
    if changed {
        let staging = stage(&parent, out, &files, large)?;
        swap(&staging, out, &parent)?;
    } else {
        // The package is whole and is not written again: nobody else would ever clean up beside it.
        for what in ["new", "old"] {
            remove(&beside(&parent, out, what))?;
        }
    }
    drop(lock);
    Ok(Some(Written {
        files: names,
        changed,
        manifest: digest,
    }))
}

/// Whether the folder `out` is a package of just these files, as its list tells.
pub(super) fn lists(
    out: &Path,
    files: &[PackageFile],
    large: Option<Large<'_>>,
) -> anyhow::Result<bool> {
    let manifest: Option<Manifest> = fs::read(out.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let digests = digests(files, large)?;
    Ok(manifest.is_some_and(|manifest| manifest.files == digests))
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b || b.starts_with(&a),
        (Ok(_) | Err(_), _) => false,
    }
}

/// Holds the folder that packages are swapped in, so that two runs do not mix.
fn lock(parent: &Path) -> anyhow::Result<File> {
    let folder = File::open(parent)
        .with_context(|| format!("cannot open the folder `{}`", parent.display()))?;
    for _ in 0..100 {
        match folder.try_lock() {
            Ok(()) => return Ok(folder),
            Err(fs::TryLockError::WouldBlock) => {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            // Some file systems have no locks; the swap itself is still one step.
            Err(fs::TryLockError::Error(_)) => return Ok(folder),
        }
    }
    anyhow::bail!(
        "another engross is writing in `{}`; try again when it is done",
        parent.display()
    )
}

/// The manifest of the package that is there, once everything in it is known to be ours and unedited.
fn inspect(
    out: &Path,
    files: &[PackageFile],
    discard_edits: bool,
    report: &mut Report,
) -> anyhow::Result<Option<Manifest>> {
    let about = match fs::symlink_metadata(out) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot look at `{}`", out.display()));
        }
    };
    if !about.is_dir() {
        refuse(
            report,
            out,
            Code::BadOutput,
            "this is a file or a link, not a folder",
            "name a folder with `--out`",
        );
        return Ok(None);
    }
    let manifest: Option<Manifest> = fs::read(out.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let entries = entries(out)?;
    let mut intact = true;
    for (name, path) in &entries {
        let digest = manifest
            .as_ref()
            .and_then(|manifest| manifest.files.get(name));
        match digest {
            _ if manifest.is_some() && *name == MANIFEST => {}
            None => refuse(
                report,
                path,
                Code::ForeignFile,
                "engross did not write this file and would remove it",
                "move it elsewhere, or write to another folder with `--out`",
            ),
            Some(digest) => {
                let context = || format!("cannot read `{}`", path.display());
                let edited = sha256_at(path).with_context(context)? != *digest;
                intact &= !edited;
                if edited && !discard_edits {
                    let bytes = fs::read(path).with_context(context)?;
                    let new = files.iter().find(|file| file.name == *name);
                    let new = new.map_or(&[][..], |file| &file.bytes);
                    let only_edits = sha256(new) == *digest;
                    report.push(edits(path, &bytes, new, only_edits));
                }
            }
        }
    }
    let complete = manifest
        .as_ref()
        .is_some_and(|manifest| manifest.files.len() + 1 == entries.len());
    Ok(manifest.filter(|_| intact && complete))
}

/// What somebody changed in a file, at its first line that would be lost. If the deal has changed too, its changes
/// and theirs cannot be told apart: `only_edits` says that it has not.
fn edits(path: &Path, found: &[u8], new: &[u8], only_edits: bool) -> Diagnostic {
    let text = String::from_utf8_lossy(found).into_owned();
    let new = String::from_utf8_lossy(new);
    let kept: BTreeSet<&str> = new.lines().collect();
    let source = Source::new(shown(path), text.as_str());
    let mut start = 0;
    let mut first = None;
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\r', '\n']);
        if !kept.contains(words) {
            count += 1;
            first.get_or_insert(start..start + words.len());
        }
        start += line.len();
    }
    let message = match count {
        // Only lines that are gone: there is no line of the file to point at.
        0 => "this file was edited since it was written: lines were taken out".to_owned(),
        count if !only_edits => {
            first = None;
            format!(
                "this file was edited since it was written, and the deal has changed: {} would be lost, some of them edits",
                super::counted(count, "line")
            )
        }
        count => format!(
            "this file was edited since it was written: {} would be lost",
            super::counted(count, "line")
        ),
    };
    Diagnostic::error(
        Code::EditedByHand,
        &Span::new(&source, first.unwrap_or(0..0)),
        message,
    )
    .help("move the edit to the deal or a clause, or drop it with `--discard-edits`")
}

fn refuse(report: &mut Report, path: &Path, code: Code, message: &str, help: &str) {
    let source = Source::new(shown(path), "");
    report.push(Diagnostic::error(code, &Span::whole(&source), message).help(help));
}

/// The folder's name with something before and after it; hidden, beside it.
fn beside(parent: &Path, out: &Path, what: &str) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    parent.join(format!(".{name}.engross-{what}"))
}

/// Removes what a run that was stopped has left; the lock says that nobody is using it.
fn remove(stale: &Path) -> anyhow::Result<()> {
    if stale.exists() {
        fs::remove_dir_all(stale)
            .with_context(|| format!("cannot remove `{}`", stale.display()))?;
    }
    Ok(())
}

/// Puts the staged folder in the place of the old one.
fn swap(staging: &Path, out: &Path, parent: &Path) -> anyhow::Result<()> {
    let old = beside(parent, out, "old");
    let swap = || -> std::io::Result<()> {
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        if out.exists() {
            exchange(staging, out, &old)?;
        } else {
            fs::rename(staging, out)?;
        }
        File::open(parent)?.sync_all()?;
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        Ok(())
    };
    swap().with_context(|| format!("cannot put the new package in `{}`", out.display()))
}

/// Exchanges the two folders in one step; the old one ends as `old`.
#[cfg(target_os = "linux")]
fn exchange(staging: &Path, out: &Path, old: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, staging, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => fs::rename(staging, old),
        // A file system that cannot exchange: two steps.
        Err(_) => two_steps(staging, out, old),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(staging: &Path, out: &Path, old: &Path) -> std::io::Result<()> {
    two_steps(staging, out, old)
}

/// The old folder steps aside, the new one takes its place; if that fails the old one comes back.
fn two_steps(staging: &Path, out: &Path, old: &Path) -> std::io::Result<()> {
    fs::rename(out, old)?;
    fs::rename(staging, out).inspect_err(|_| {
        let _ = fs::rename(old, out);
    })
}
