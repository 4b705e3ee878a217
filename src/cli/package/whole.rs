//! A package as it lies in its folder, read back to be looked through and sent.

use super::{MANIFEST, PackageFile, inspect, refuse};
use crate::diagnostic::{Code, Report};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file of a package that engross wrote, the manifest among them; reported if it is none, or not as it was written.
///
/// # Errors
///
/// If the folder cannot be read.
pub(in crate::cli) fn whole(
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<Vec<PackageFile>> {
    if !folder.join(MANIFEST).is_file() {
        refuse(
            report,
            folder,
            Code::StalePackage,
            "there is no package here that engross wrote",
            "write one with `engross draft`, or name its folder",
        );
        return Ok(Vec::new());
    }
    inspect(folder, &[], false, report)?;
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder `{}`", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(PackageFile {
            name: name.into_owned(),
            bytes,
        })
    };
    paths
        .iter()
        .filter(|path| path.is_file())
        .map(read)
        .collect()
}
