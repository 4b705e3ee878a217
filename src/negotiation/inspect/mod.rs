//! What a package holds besides what it shows: looked for before it leaves the house.
//!
//! In: the files of a package, what is known. Out: findings, each at its file; none quotes an internal value. What looks
//! into a file is a list, [`INSPECTORS`], and a new kind of hiding place is a function and a line there. A kind of file
//! has its line in [`KINDS`]: what it hides, and the parts it is made of, each of which is read in every way. A kind
//! without a line is refused, so a new format can leave the house only once somebody has written down where it hides
//! things.

mod coded;
mod figures;
mod html;
mod secrets;
mod spelling;
mod text;
mod views;

use super::{Approvals, Negotiation};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::library::{Library, LibraryFile};
use crate::source::{Source, Span};
use secrets::{Secret, secrets};
use std::sync::Arc;
use views::{View, views};

/// A file of a package.
#[derive(Debug, Clone, Copy)]
pub struct Packed<'f> {
    /// Its name in the folder.
    pub name: &'f str,
    /// What it holds.
    pub bytes: &'f [u8],
}

/// What is known when a package is looked through.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The negotiation file, if there is one.
    pub negotiation: Option<&'k Negotiation>,
    /// The limits of the house, if it has any.
    pub approvals: Option<&'k Approvals>,
    /// The deal: what both sides know.
    pub deal: &'k Deal,
    /// The library that the package was drafted with.
    pub library: &'k Library,
    /// The files of that library, if it is the house's own.
    pub house: &'k [LibraryFile],
    /// What engross makes of the deal today, and what the other side has already.
    pub made: &'k [Packed<'k>],
    /// The files and papers of our own side, whatever a copy of one is called.
    pub own: &'k [Packed<'k>],
}

/// A file as inspectors see it.
struct Subject<'s> {
    file: &'s Packed<'s>,
    /// Its text, as far as it is one.
    text: &'s str,
    /// Its parts and its name, each read in every way.
    views: &'s [View],
    /// What must not stand in it.
    secrets: &'s [Secret],
    /// What it must not be.
    own: &'s [Packed<'s>],
}

/// What an inspector finds.
struct Found {
    code: Code,
    /// Where it begins; nothing is shown of the file if there is no place.
    at: Option<usize>,
    message: String,
    help: &'static str,
}

/// What looks into a file.
type Inspector = fn(&Subject<'_>) -> Vec<Found>;

/// What every file is looked through for, in this order.
const INSPECTORS: [Inspector; 7] = [kind, name, copy, anywhere, packed, ours, internal];

/// What a reader finds in a file that a person who reads it does not see.
struct Hidden {
    /// What it is.
    what: &'static str,
    /// Where it begins.
    at: usize,
    /// How to get rid of it.
    help: &'static str,
}

/// A kind of file that may leave the house.
struct Kind {
    /// How its names end.
    ending: &'static str,
    /// What it holds and does not show.
    hidden: fn(&str) -> Vec<Hidden>,
    /// The parts that it is made of: one, unless it is a container.
    parts: fn(&[u8]) -> Vec<Piece>,
}

/// A part of a file.
struct Piece {
    bytes: Vec<u8>,
    /// Whether a person reads it. Where only programs do, as in a style sheet, a short figure is one of theirs.
    read: bool,
}

/// The kinds of file that may leave the house.
const KINDS: [Kind; 5] = [
    Kind {
        ending: "html",
        hidden: html::hidden,
        parts: html::parts,
    },
    Kind {
        ending: "md",
        hidden: text::markdown,
        parts: whole,
    },
    Kind {
        ending: "ics",
        hidden: text::calendar,
        parts: whole,
    },
    Kind {
        ending: "csv",
        hidden: text::sheet,
        parts: whole,
    },
    Kind {
        ending: "json",
        hidden: text::json,
        parts: whole,
    },
];

/// A file that is one text.
fn whole(bytes: &[u8]) -> Vec<Piece> {
    vec![Piece {
        bytes: bytes.to_vec(),
        read: true,
    }]
}

/// The parts of a file of any kind.
fn parts(file: &Packed<'_>) -> Vec<Piece> {
    let parts = of(file.name).map_or(whole as fn(&[u8]) -> _, |kind| kind.parts);
    parts(file.bytes)
}

/// Words that only files and papers of our own side say: their names, and the keys of the negotiation file.
const OURS: [&str; 9] = [
    "negotiation.toml",
    "brief.internal",
    "coverage.internal",
    "approvals.toml",
    "[[walk_away]]",
    "[[alternative]]",
    "[[pressure]]",
    "thesis = ",
    "in_return = ",
];

/// Reports everything in a package that must not leave the house.
pub fn inspect(files: &[Packed<'_>], known: &Known<'_>, report: &mut Report) {
    let secrets = secrets(known);
    for file in files {
        let text = String::from_utf8_lossy(file.bytes);
        let mut read: Vec<View> = parts(file)
            .iter()
            .flat_map(|part| views(&part.bytes, part.read))
            .collect();
        read.extend(views(file.name.as_bytes(), true));
        let subject = Subject {
            file,
            text: &text,
            views: &read,
            secrets: &secrets,
            own: known.own,
        };
        let source = Source::new(file.name, text.as_ref());
        let unseen = Source::new(file.name, "");
        for found in INSPECTORS.iter().flat_map(|inspector| inspector(&subject)) {
            let at = match found.at {
                Some(at) => place(&source, at),
                None => Span::whole(&unseen),
            };
            report.push(Diagnostic::error(found.code, &at, found.message).help(found.help));
        }
    }
}

/// One character of a file, without the line that it stands in.
fn place(source: &Arc<Source>, at: usize) -> Span {
    Span::new(source, at..at + 1)
}

/// The kind of a file, by the end of its name.
fn of(name: &str) -> Option<&'static Kind> {
    let ending = name.rsplit('.').next().unwrap_or_default();
    KINDS.iter().find(|kind| kind.ending == ending)
}

impl Found {
    fn hidden(hidden: &Hidden) -> Found {
        Found {
            code: Code::HiddenContent,
            at: Some(hidden.at),
            message: hidden.what.to_owned(),
            help: hidden.help,
        }
    }
}

/// A file of a kind that nobody knows, and what a known kind hides.
fn kind(subject: &Subject<'_>) -> Vec<Found> {
    let Some(kind) = of(subject.file.name) else {
        return vec![Found {
            code: Code::HiddenContent,
            at: None,
            message: "nobody has looked into this kind of file, so it may hide anything".to_owned(),
            help: "send it in a format that engross writes",
        }];
    };
    let mut found = Vec::new();
    if std::str::from_utf8(subject.file.bytes).is_err() {
        found.push(Found {
            code: Code::HiddenContent,
            at: None,
            message: "the file is not UTF-8 text".to_owned(),
            help: "draft it anew",
        });
    }
    found.extend((kind.hidden)(subject.text).iter().map(Found::hidden));
    found
}

/// A name that says more than which document it is.
fn name(subject: &Subject<'_>) -> Vec<Found> {
    let name = subject.file.name;
    let plain =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | '/');
    let message = if name.contains(".internal.") {
        "the name of the file says that it is internal"
    } else if name.starts_with('.') || !name.chars().all(plain) {
        "the name of the file is none that engross gives"
    } else {
        return Vec::new();
    };
    vec![Found {
        code: Code::HiddenContent,
        at: None,
        message: message.to_owned(),
        help: "draft the package anew, to a folder of its own",
    }]
}

/// A file of our own side under another name, copied or linked.
fn copy(subject: &Subject<'_>) -> Vec<Found> {
    let bytes = subject.file.bytes;
    let same = |own: &&Packed<'_>| !own.bytes.is_empty() && own.bytes == bytes;
    let own = subject.own.iter().find(same);
    let found = own.map(|own| Found {
        code: Code::InternalContent,
        at: None,
        message: format!("this is `{}` under another name", own.name),
        help: "take it out of the folder",
    });
    found.into_iter().collect()
}

/// What no kind of file may hold.
fn anywhere(subject: &Subject<'_>) -> Vec<Found> {
    let found = text::anywhere(subject.text);
    found.iter().map(Found::hidden).collect()
}

/// Archives and other files within a file.
fn packed(subject: &Subject<'_>) -> Vec<Found> {
    let found = coded::hidden(subject.file.bytes);
    found.iter().map(Found::hidden).collect()
}

/// Words that only our own side's papers say.
fn ours(subject: &Subject<'_>) -> Vec<Found> {
    let said = OURS.iter().filter_map(|word| {
        // A word that is found in one way is not told again for every other way.
        let view = subject
            .views
            .iter()
            .find(|view| view.read.text.contains(word))?;
        Some(Found {
            code: Code::InternalContent,
            at: None,
            message: format!(
                "the file speaks of `{}`{}",
                word.trim_end_matches([' ', '=']),
                view.how
            ),
            help: "take it out: the other side need not know that there is such a file",
        })
    });
    said.collect()
}

/// Internal values, however they are written. Neither the value nor the line that holds it is shown: what is printed may
/// be read over a shoulder, or passed on.
fn internal(subject: &Subject<'_>) -> Vec<Found> {
    let said = subject.secrets.iter().filter_map(|secret| {
        let view = subject.views.iter().find(|view| secret.is_in(view))?;
        Some(Found {
            code: Code::InternalContent,
            at: None,
            message: format!(
                "the file holds what line {} of {} says{}",
                secret.line, secret.file, view.how
            ),
            help: "find out how it came into the deal or the library, and draft the package anew; if both sides may know it, write it in the deal",
        })
    });
    said.collect()
}

#[cfg(test)]
mod tests;
