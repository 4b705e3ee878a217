//! Files as they were at a revision, through the git program.

use super::input::Refused;
use anyhow::Context;
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A revision as it was typed: a commit, a branch, `HEAD~2`.
#[derive(Debug, Clone)]
pub(super) struct Revision(pub(super) String);

/// What a path was at a revision.
pub(super) enum Found {
    File(Vec<u8>),
    /// A folder.
    Folder,
    Nothing,
}

/// A commit in a repository.
pub(super) struct Commit {
    folder: PathBuf,
    hash: String,
}

impl Revision {
    /// The commit that it names, seen from where `path` is.
    pub(super) fn commit(&self, path: &Path) -> anyhow::Result<Result<Commit, Refused>> {
        let folder = folder(path);
        // Nothing that is typed may be taken for an option of git.
        let wanted = format!("{}^{{commit}}", self.0);
        let found = git(&folder)
            .args(["rev-parse", "--verify", "--quiet", "--end-of-options"])
            .arg(&wanted)
            .output()
            .context("cannot run `git`, which `--from` and `--to` need")?;
        if found.status.success() {
            let hash = String::from_utf8_lossy(&found.stdout).trim().to_owned();
            return Ok(Ok(Commit { folder, hash }));
        }
        let inside = git(&folder)
            .args(["rev-parse", "--is-inside-work-tree"])
            .output()
            .is_ok_and(|inside| inside.status.success());
        Ok(Err(if inside {
            Refused {
                message: format!("there is no revision `{}` in this repository", self.0),
                help: "`git log --oneline` lists revisions; in a shallow clone fetch more of them"
                    .to_owned(),
            }
        } else {
            Refused {
                message: format!("`{}` is in no git repository", super::input::shown(path)),
                help: "leave `--from` out and name two files".to_owned(),
            }
        }))
    }
}

impl Commit {
    /// What `path` was, at most `most` bytes of it and one more.
    pub(super) fn read(&self, path: &Path, most: u64) -> anyhow::Result<Found> {
        let mut name = OsString::from(format!("{}:", self.hash));
        name.push(relative(path, &self.folder));
        let kind = git(&self.folder)
            .args(["cat-file", "-t"])
            .arg(&name)
            .output()
            .context("cannot run `git`")?;
        match kind.stdout.as_slice() {
            b"tree\n" => return Ok(Found::Folder),
            b"blob\n" => {}
            _ => return Ok(Found::Nothing),
        }
        let mut child = git(&self.folder)
            .args(["cat-file", "blob"])
            .arg(&name)
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run `git`")?;
        let mut bytes = Vec::new();
        if let Some(out) = child.stdout.take() {
            out.take(most + 1)
                .read_to_end(&mut bytes)
                .context("cannot read what `git` prints")?;
        }
        // What is left of a file that is too large is not waited for.
        if bytes.len() as u64 > most {
            let _ = child.kill();
        }
        child.wait().context("cannot wait for `git`")?;
        Ok(Found::File(bytes))
    }
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    git
}

/// The nearest folder above `path` that is there now: what was deleted since has none of its own.
fn folder(path: &Path) -> PathBuf {
    let mut folders = path.ancestors();
    if !path.is_dir() {
        folders.next();
    }
    folders
        .find(|folder| !folder.as_os_str().is_empty() && folder.is_dir())
        .map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// `path` seen from `folder`, which it is in, as git names it: `./deal.toml`.
fn relative(path: &Path, folder: &Path) -> OsString {
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let mut name = OsString::from("./");
    // Git has `/` between folders on every system.
    name.push(rest.to_string_lossy().replace('\\', "/"));
    name
}
