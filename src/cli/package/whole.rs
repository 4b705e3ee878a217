//! A package as it lies in its folder, read back to be looked through and sent.

use super::{MANIFEST, Manifest, PackageFile, entries, refuse, sha256};
use crate::diagnostic::{Code, Report};
use anyhow::Context;
use std::fs;
use std::path::Path;

const AGAIN: &str = "write the package anew, look at it, and pack it then";

/// Every file of a package that engross wrote, the manifest among them; reported if it is none, or not as it was written.
/// No line of a file is shown: what somebody put there may be what only our side knows.
///
/// # Errors
///
/// If the folder cannot be read.
pub(in crate::cli) fn whole(
    folder: &Path,
    report: &mut Report,
) -> anyhow::Result<Vec<PackageFile>> {
    let manifest: Option<Manifest> = fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let Some(manifest) = manifest.filter(|_| !folder.is_symlink()) else {
        refuse(
            report,
            folder,
            Code::StalePackage,
            "there is no package here that engross wrote",
            "write one with `engross draft`, or name its folder",
        );
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    let found = entries(folder)?;
    for (name, path) in &found {
        let about = fs::symlink_metadata(path)
            .with_context(|| format!("cannot look at `{}`", path.display()))?;
        if !about.is_file() {
            let message = "this is no file but the way to one, which may be another by tomorrow";
            refuse(report, path, Code::HiddenContent, message, AGAIN);
            continue;
        }
        let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        match manifest.files.get(name) {
            _ if name == MANIFEST => {}
            None => refuse(
                report,
                path,
                Code::ForeignFile,
                "engross did not write this file, so it goes nowhere with the package",
                "move it elsewhere",
            ),
            Some(digest) if sha256(&bytes) != *digest => {
                let message = "this file was edited since it was written";
                refuse(report, path, Code::EditedByHand, message, AGAIN);
            }
            Some(_) => {}
        }
        files.push(PackageFile::of(name.clone(), bytes));
    }
    for name in manifest.files.keys() {
        if !found.iter().any(|(there, _)| there == name) {
            let message = "this file belongs to the package and is gone";
            refuse(
                report,
                &folder.join(name),
                Code::StalePackage,
                message,
                AGAIN,
            );
        }
    }
    Ok(files)
}
