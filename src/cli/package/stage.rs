//! A package before it is swapped in: all of its files written and synced in a folder beside the target.

use super::digest::{Large, copy};
use super::{PackageFile, beside, remove};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeSet;
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
        let folders: BTreeSet<PathBuf> = files
            .iter()
            .filter_map(|file| staging.join(&file.name).parent().map(Path::to_owned))
            .collect();
        folders.iter().try_for_each(fs::create_dir_all)?;
        let open: std::io::Result<Vec<File>> = files
            .par_iter()
            .map(|file| {
                let mut handle = File::create(staging.join(&file.name))?;
                copy(file, large, &mut handle)?;
                Ok(handle)
            })
            .collect();
        sync(&open?)?;
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

/// Waits until all files are on the disk, in two places: to begin a thread for each wait takes longer than it saves.
fn sync(files: &[File]) -> std::io::Result<()> {
    files
        .par_iter()
        .with_max_len(1)
        .try_for_each(File::sync_all)
}
