//! Packages that must stay as they were recorded: every file is there, and none was edited.

use super::digest::sha256_at;
use super::{MANIFEST, Manifest, refuse, sha256};
use crate::diagnostic::{Code, Report};
use anyhow::Context;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::fs;
use std::path::{Path, PathBuf};

/// Every file under a folder with its name in it, `/` between folders, in order.
pub(super) fn entries(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    fn gather(
        folder: &Path,
        before: &str,
        found: &mut Vec<(String, PathBuf)>,
    ) -> anyhow::Result<()> {
        let list = fs::read_dir(folder)
            .with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
        for entry in list {
            let entry = entry?;
            let path = entry.path();
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            // The target of a link is not ours to walk through.
            if entry.file_type()?.is_dir() {
                gather(&path, &format!("{name}/"), found)?;
            } else {
                found.push((name, path));
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    gather(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// The SHA-256 of the manifest of a package that holds all that it says, byte for byte.
///
/// Every file that differs, is missing or is not ours is reported; then there is no answer.
pub(in crate::cli) fn verify(folder: &Path, report: &mut Report) -> anyhow::Result<Option<String>> {
    let before = report.errors();
    let Ok(bytes) = fs::read(folder.join(MANIFEST)) else {
        changed(
            report,
            &folder.join(MANIFEST),
            "the list of what was recorded here is gone",
        );
        return Ok(None);
    };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else {
        changed(
            report,
            &folder.join(MANIFEST),
            "the list of what was recorded here cannot be read",
        );
        return Ok(None);
    };
    let found = entries(folder)?;
    let listed = found.par_iter().with_min_len(16).map(|(name, path)| {
        let listed = manifest.files.get(name);
        listed.map(|digest| Ok(sha256_at(path)? == *digest))
    });
    let listed: Vec<Option<std::io::Result<bool>>> = listed.collect();
    for ((name, path), listed) in found.iter().zip(listed) {
        if name == MANIFEST {
            continue;
        }
        match listed {
            None => changed(report, path, "this file was not recorded here"),
            Some(as_recorded) => {
                let context = || format!("cannot read `{}`", path.display());
                if !as_recorded.with_context(context)? {
                    changed(report, path, "this file was edited since it was recorded");
                }
            }
        }
    }
    for name in manifest.files.keys() {
        if !found.iter().any(|(there, _)| there == name) {
            changed(
                report,
                &folder.join(name),
                "this file was recorded and is gone",
            );
        }
    }
    Ok((report.errors() == before).then(|| sha256(&bytes)))
}

/// Reports what was signed or issued and is no longer what it was.
pub(in crate::cli) fn changed(report: &mut Report, path: &Path, message: &str) {
    refuse(
        report,
        path,
        Code::SignedChanged,
        message,
        "bring back the file as it was, from your backup or version control; a change of what was signed is an amendment",
    );
}
