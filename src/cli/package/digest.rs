//! Digests of what a package holds, and a file that is too large to be held in memory.

use super::PackageFile;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// What one file of a package holds, where memory does not hold it.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Large<'f> {
    /// The name of the file, whose own bytes are then none.
    pub(in crate::cli) name: &'f str,
    /// What it holds, in a file of its own.
    pub(in crate::cli) file: &'f File,
}

impl Large<'_> {
    /// From its first byte.
    fn open(&self) -> Result<&File> {
        let mut file = self.file;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }
}

/// A digest in the making.
#[derive(Debug, Default)]
pub(in crate::cli) struct Hashing(Sha256);

impl Hashing {
    /// The SHA-256 of what was written, as `sha256sum` prints it.
    pub(in crate::cli) fn finish(self) -> String {
        use std::fmt::Write;
        let digest = self.0.finalize();
        let text = String::with_capacity(64);
        digest.iter().fold(text, |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

pub(in crate::cli) fn sha256(bytes: &[u8]) -> String {
    let mut hashing = Hashing::default();
    hashing.0.update(bytes);
    hashing.finish()
}

fn sha256_of(mut reader: impl Read) -> Result<String> {
    let mut hashing = Hashing::default();
    std::io::copy(&mut reader, &mut hashing)?;
    Ok(hashing.finish())
}

/// The SHA-256 of a file.
pub(super) fn sha256_at(path: &Path) -> Result<String> {
    sha256_of(File::open(path)?)
}

/// The digest of each file, by name.
pub(super) fn digests(
    files: &[PackageFile],
    large: Option<Large<'_>>,
) -> Result<BTreeMap<String, String>> {
    let digest = |file: &PackageFile| match large.filter(|large| large.name == file.name) {
        Some(large) => sha256_of(large.open()?),
        None => Ok(file.digest.clone()),
    };
    files
        .iter()
        .map(|file| Ok((file.name.clone(), digest(file)?)))
        .collect()
}

/// Writes a file of a package.
pub(super) fn copy(file: &PackageFile, large: Option<Large<'_>>, to: &mut File) -> Result<()> {
    match large.filter(|large| large.name == file.name) {
        Some(large) => std::io::copy(&mut large.open()?, to).map(|_| ()),
        None => to.write_all(&file.bytes),
    }
}
