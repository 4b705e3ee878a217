//! `engross redline`: what changed between two deals or documents, marked as lawyers mark it.
//!
//! In: two of a deal, a Markdown document, a package, each from the disk or from a revision of git. Out: a redline
//! that holds both, as a page, as Markdown, as JSON, or on the terminal. Nothing is written unless the redline has
//! been proved: accepting all of it gives the new document, rejecting all gives the old one, as trees and as text.

mod args;
mod git;
mod input;
mod json;
mod pair;
mod terminal;
#[cfg(test)]
mod tests;

pub(super) use args::Args;
pub(super) use json::schema;

use super::package::{self, PackageFile};
use super::{Outcome, show};
use crate::comparison;
use crate::diagnostic::{Report, Style};
use crate::document::resolve::Part;
use crate::foreign;
use crate::library::{Library, Trust, embedded};
use crate::redline::{Redline, redline};
use crate::write::redline::page::{self, Look, Sheet};
use anyhow::Context;
use args::{Format, Resolve};
use input::{Read, Refused};
use pair::Pair;
use std::io::Write;
use std::path::Path;

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let wanted = match args.wanted() {
        Ok(wanted) => wanted,
        Err(refused) => return refuse(&refused),
    };
    let mut report = Report::new();
    let Some(library) = library(args, &mut report)? else {
        show(&report, style)?;
        return Ok(Outcome::Findings);
    };
    let mut read = Vec::new();
    for side in &wanted.sides {
        match input::read(side, &library, &mut report)? {
            Ok(Some(input)) => read.push(input),
            Ok(None) => {}
            Err(refused) => return refuse(&refused),
        }
    }
    let Ok([old, new]) = <[Read; 2]>::try_from(read) else {
        show(&report, style)?;
        writeln!(
            std::io::stderr(),
            "{}. There is nothing to compare.",
            super::check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    };
    let pair = Pair::of(&old, &new, &library.words.references());
    let made = redline(pair.old.document(), pair.new.document());
    issue(
        args,
        &wanted.formats,
        [&old, &new],
        &pair,
        made,
        &library,
        style,
    )
}

/// Writes or prints `made` if it holds both documents; else says so, and nothing goes out.
fn issue(
    args: &Args,
    formats: &[Format],
    [old, new]: [&Read; 2],
    pair: &Pair,
    mut made: Redline,
    library: &Library,
    style: Style,
) -> anyhow::Result<Outcome> {
    if let Some(what) = pair.unproved(&made) {
        return unproved(what);
    }
    if !pair.new.ours {
        foreign::follow(&mut made);
    }
    let sheet = match (&old.drafted, &new.drafted) {
        (Some(old), Some(new)) => comparison::sheet(old, new, library, &made, args.shared_reasons),
        (_, _) => Sheet::default(),
    };
    comparison::weigh(&mut made, &sheet);
    let compared = Compared {
        pair,
        old: pair.old.part(),
        new: pair.new.part(),
        redline: &made,
        sheet: &sheet,
    };
    if let Some(resolve) = args.resolve {
        return resolved(args, &compared, resolve, style);
    }
    let outcome = write(args, formats, &compared, style)?;
    if outcome != Outcome::Clean {
        return Ok(outcome);
    }
    let changed = !made.changes.is_empty() || !sheet.terms.is_empty();
    Ok(if args.exit_code && changed {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// Two documents, what became of the one in the other, and what the deals say to it.
struct Compared<'a> {
    pair: &'a Pair,
    old: Part<'a>,
    new: Part<'a>,
    redline: &'a Redline,
    sheet: &'a Sheet,
}

/// A redline that does not hold both documents is worth nothing.
fn unproved(what: &str) -> anyhow::Result<Outcome> {
    let mut err = std::io::stderr().lock();
    writeln!(
        err,
        "error: the redline failed its proof: {what}\n  help: nothing was written; please report this with both files, it is a fault of engross"
    )?;
    Ok(Outcome::Findings)
}

/// A redline of each exhibit that both have, or the proof that failed.
fn exhibits(
    args: &Args,
    formats: &[Format],
    compared: &Compared<'_>,
) -> Result<Vec<PackageFile>, String> {
    let mut files = Vec::new();
    for (old, new) in compared.pair.exhibits() {
        let [before, after] = [old, new].map(|part| part.document());
        let made = redline(&before, &after);
        if !crate::redline::holds(&made, &before, &after) {
            return Err(format!(
                "the marks in the exhibit `{}` do not give both of its texts",
                new.name()
            ));
        }
        let one = Compared {
            pair: compared.pair,
            old,
            new,
            redline: &made,
            // Terms and their changes are counted in the whole.
            sheet: &Sheet::default(),
        };
        for format in formats {
            let bytes = match format {
                Format::Html => html(&one).into_bytes(),
                Format::Md => markdown(&one, args.changed_only).into_bytes(),
                Format::Json | Format::Terminal => continue,
            };
            files.push(file(&format!("{}.{}", new.name(), format.ending()), bytes));
        }
    }
    Ok(files)
}

/// Says why there is nothing to compare.
fn refuse(refused: &Refused) -> anyhow::Result<Outcome> {
    let mut err = std::io::stderr().lock();
    writeln!(err, "error: {}\n  help: {}", refused.message, refused.help)?;
    Ok(Outcome::Misused)
}

fn library(args: &Args, report: &mut Report) -> anyhow::Result<Option<Library>> {
    let (files, trust) = match &args.library {
        Some(folder) => (super::files::library_files(folder)?, Trust::Check),
        None => (embedded(), Trust::Sound),
    };
    Ok(Library::load(files, crate::draft::root(), trust, report))
}

/// Writes one of the two documents as Markdown: the whole redline accepted, or rejected.
fn resolved(
    args: &Args,
    compared: &Compared<'_>,
    resolve: Resolve,
    style: Style,
) -> anyhow::Result<Outcome> {
    // The proof has shown that the resolved redline is the document itself, byte for byte.
    let side = match resolve {
        Resolve::Accept => &compared.pair.new,
        Resolve::Reject => &compared.pair.old,
    };
    let markdown = side.markdown();
    let Some(out) = &args.out else {
        std::io::stdout().write_all(markdown.as_bytes())?;
        return Ok(Outcome::Clean);
    };
    let name = match resolve {
        Resolve::Accept => "accepted.md",
        Resolve::Reject => "rejected.md",
    };
    let files = vec![file(name, markdown.into_bytes())];
    package(args, out, files, style)
}

fn file(name: &str, bytes: Vec<u8>) -> PackageFile {
    PackageFile::of(name.to_owned(), bytes)
}

fn write(
    args: &Args,
    formats: &[Format],
    compared: &Compared<'_>,
    style: Style,
) -> anyhow::Result<Outcome> {
    let mut files = Vec::new();
    let mut stdout = std::io::stdout().lock();
    for format in formats {
        let bytes = match format {
            Format::Html => html(compared).into_bytes(),
            Format::Md => markdown(compared, args.changed_only).into_bytes(),
            Format::Json => json::bytes(compared)?,
            Format::Terminal => continue,
        };
        files.push(file(&format!("redline.{}", format.ending()), bytes));
    }
    if let Some(out) = &args.out {
        if args.exhibits {
            match exhibits(args, formats, compared) {
                Ok(more) => files.extend(more),
                Err(what) => return unproved(&what),
            }
        }
        // A redline goes out with both texts clean.
        if !files.is_empty() {
            files.push(file("old.md", compared.pair.old.markdown().into_bytes()));
            files.push(file("new.md", compared.pair.new.markdown().into_bytes()));
        }
        drop(stdout);
        let outcome = package(args, out, files, style)?;
        if outcome != Outcome::Clean {
            return Ok(outcome);
        }
        stdout = std::io::stdout().lock();
    } else if let [only] = files.as_slice() {
        stdout.write_all(&only.bytes)?;
    }
    let shown = formats.contains(&Format::Terminal);
    if !args.quiet && (shown || args.out.is_some()) {
        let look = terminal::Look {
            coloured: terminal::wants_colour(style),
            words_only: args.word,
            stat_only: args.stat || !shown,
        };
        stdout.write_all(terminal::text(compared, &look).as_bytes())?;
    }
    if let (Some(out), false) = (&args.out, args.quiet) {
        writeln!(stdout, "Wrote {}/", super::files::shown(out))?;
    }
    Ok(Outcome::Clean)
}

fn html(compared: &Compared<'_>) -> String {
    page::page(
        compared.redline,
        side(&compared.old, &compared.pair.old),
        side(&compared.new, &compared.pair.new),
        compared.sheet,
        &Look::default(),
    )
}

fn markdown(compared: &Compared<'_>, changed_only: bool) -> String {
    crate::write::redline::markdown(
        compared.redline,
        side(&compared.old, &compared.pair.old),
        side(&compared.new, &compared.pair.new),
        compared.sheet,
        &page::Words::default(),
        changed_only,
    )
}

/// A document as writers of redlines take it.
fn side<'a>(part: &'a Part<'a>, side: &'a pair::Side) -> page::Side<'a> {
    page::Side {
        part,
        name: &side.name,
        digest: &side.digest,
    }
}

fn package(
    args: &Args,
    out: &Path,
    files: Vec<PackageFile>,
    style: Style,
) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let here = std::env::current_dir().context("cannot tell the folder that this runs in")?;
    let written = package::write(out, &here, files, args.discard_edits, &mut report)?;
    show(&report, style)?;
    if written.is_none() {
        writeln!(
            std::io::stderr(),
            "{}. Nothing was written.",
            super::check::summary(&report)
        )?;
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Clean)
}
