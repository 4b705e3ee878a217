//! A package before it is swapped in: all of its files written and synced in a folder beside the target.

use super::digest::{Large, copy};
use super::{PackageFile, beside, remove};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Writes and syncs all files in a folder of their own.
pub(super) fn stage(
    parent: &Path,
    out: &Path,
    files: &[PackageFile],
    large: Option<Large<'_>>,
) -> anyhow::Result<PathBuf> {
    let staging = beside(parent, out, "new");
    remove(&staging)?;
    let stage = || -> std::io::Result<()> {
        fs::create_dir(&staging)?;
        let mut open = Vec::with_capacity(files.len());
        for file in files {
            let path = staging.join(&file.name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut handle = File::create(path)?;
            copy(file, large, &mut handle)?;
            open.push(handle);
        }
        sync(&open)?;
        File::open(&staging)?.sync_all()
    };
    stage().map_err(|error| {
        // Nothing that is half written stays behind.
        let _ = fs::remove_dir_all(&staging);
        anyhow::Error::new(error).context(format!(
            "cannot write `{}`; the package that was there is unchanged",
            out.display()
        ))
    })?;
    Ok(staging)
}

/// Waits until all files are on the disk; several waits at once cost hardly more than one.
fn sync(files: &[File]) -> std::io::Result<()> {
    let each = files.len().div_ceil(8).max(1);
    std::thread::scope(|scope| {
        let waits: Vec<_> = files
            .chunks(each)
            .map(|files| scope.spawn(|| files.iter().try_for_each(File::sync_all)))
            .collect();
        waits.into_iter().try_for_each(|wait| {
            wait.join()
                .unwrap_or_else(|_| Err(std::io::Error::other("a wait for the disk failed")))
        })
    })
}
