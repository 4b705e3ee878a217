//! The library that comes with the program, so that one binary works anywhere.

use super::LibraryFile;
use rust_embed::RustEmbed;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "clauses/"]
#[prefix = "clauses/"]
struct Clauses;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[prefix = "templates/"]
// The page of a redline shows documents of any house, so it is no house's own.
#[exclude = "redline*"]
struct Templates;

/// The files of the embedded library, by path.
pub fn embedded() -> Vec<LibraryFile> {
    let mut files: Vec<LibraryFile> = Clauses::iter()
        .map(|path| (Clauses::get(&path), path))
        .chain(Templates::iter().map(|path| (Templates::get(&path), path)))
        .filter_map(|(file, path)| {
            let text = match file?.data {
                Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8(bytes).ok()?),
            };
            Some(LibraryFile {
                path: path.into_owned(),
                text,
            })
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
