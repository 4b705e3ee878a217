//! What is put aside on disk: events that memory does not hold, and what came through a pipe, which can be read once.
//!
//! Every file loses its name as soon as it is open, so that whatever ends the program ends the file too.

use super::super::files::shown;
use crate::events::{Leaf, Room};
use anyhow::Context;
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A folder in which nameless files can be made.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Aside {
    folder: PathBuf,
    /// How many bytes memory holds of each thing that is sorted.
    held: usize,
}

impl Aside {
    /// How many bytes memory holds of each thing that is sorted, unless somebody says something else.
    pub(in crate::cli) const HELD: usize = 32 << 20;

    /// Beside what will be written as `out`, on the same disk: in its folder, or the nearest one that is there.
    pub(in crate::cli) fn beside(out: &Path, held: usize) -> Aside {
        let folders = out.ancestors().skip(1);
        let mut folders = folders.map(|folder| {
            if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            }
        });
        let there = folders.find(|folder| folder.is_dir());
        Aside {
            folder: there.unwrap_or(Path::new(".")).to_owned(),
            held,
        }
    }

    /// The same for whoever keeps it.
    pub(in crate::cli) fn room(&self) -> Rc<dyn Room> {
        Rc::new(self.clone())
    }

    /// What is said if there is no room.
    pub(in crate::cli) fn full(&self) -> String {
        format!(
            "cannot put the events aside in `{}`, where they take two to four times their room",
            self.shown()
        )
    }

    /// As the user would type it.
    pub(in crate::cli) fn shown(&self) -> String {
        shown(&self.folder)
    }

    /// An empty file without a name.
    pub(in crate::cli) fn file(&self) -> Result<File> {
        let mut number: u32 = 0;
        loop {
            let name = format!(".engross-aside-{}-{number}", std::process::id());
            let path = self.folder.join(name);
            let made = File::options()
                .read(true)
                .write(true)
                .create_new(true)
                .open(&path);
            match made {
                Ok(file) => {
                    std::fs::remove_file(&path)?;
                    return Ok(file);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Room for Aside {
    fn leaf(&self) -> Result<Box<dyn Leaf>> {
        Ok(Box::new(self.file()?))
    }

    fn held(&self) -> usize {
        self.held
    }
}

/// Where events come from.
#[derive(Debug)]
pub(in crate::cli) enum Origin {
    /// A file, which can be read as often as one likes.
    File(PathBuf),
    /// A pipe.
    Pipe {
        /// As the user typed it.
        path: PathBuf,
        /// What was read of it.
        read: File,
        /// The pipe itself, if it had not come to its end.
        rest: Option<File>,
    },
}

impl Origin {
    /// The sources of events at these paths. Of a pipe, up to `most` bytes are read and put aside.
    pub(in crate::cli) fn all(
        paths: &[PathBuf],
        aside: &Aside,
        most: u64,
    ) -> anyhow::Result<Vec<Origin>> {
        let mut all = Vec::new();
        for path in paths {
            let name = shown(path);
            let about = std::fs::metadata(path).with_context(|| format!("cannot read `{name}`"))?;
            if about.is_file() {
                all.push(Origin::File(path.clone()));
                continue;
            }
            let pipe = File::open(path).with_context(|| format!("cannot read `{name}`"))?;
            let mut read = aside
                .file()
                .with_context(|| format!("cannot put events aside in `{}`", aside.shown()))?;
            let count = std::io::copy(&mut (&pipe).take(most), &mut read)
                .with_context(|| format!("cannot read on in `{name}`"))?;
            read.flush()?;
            all.push(Origin::Pipe {
                path: path.clone(),
                read,
                rest: (count == most).then_some(pipe),
            });
        }
        Ok(all)
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Origin::File(path) | Origin::Pipe { path, .. } => path,
        }
    }

    /// How many bytes it has; none if that is not known.
    pub(in crate::cli) fn size(&self) -> Option<u64> {
        let about = match self {
            Origin::File(path) => std::fs::metadata(path),
            Origin::Pipe { rest: Some(_), .. } => return None,
            Origin::Pipe { read, .. } => read.metadata(),
        };
        about.ok().map(|about| about.len())
    }

    /// Its bytes, from the first. A pipe that had not come to its end can be opened once.
    pub(super) fn open(&mut self) -> Result<Box<dyn Read>> {
        Ok(match self {
            Origin::File(path) => Box::new(File::open(path)?),
            Origin::Pipe { read, rest, .. } => {
                let mut read = read.try_clone()?;
                read.seek(SeekFrom::Start(0))?;
                match rest.take() {
                    Some(rest) => Box::new(read.chain(rest)),
                    None => Box::new(read),
                }
            }
        })
    }
}
