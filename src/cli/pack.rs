//! `engross pack`: the only way in which a package is marked as one that may be sent.
//!
//! In: a deal, a package that was written from it, the party that gets it. Out: a copy of the package in a folder named
//! after the party, and an entry in the record of what was sent. Before that the package is held against the deal,
//! looked through for what must not leave the house, and bound to the approvals that it needs.

use super::drafted::drafted;
use super::files::{self, DealArgs, shown};
use super::package::{self, MANIFEST, PackageFile};
use super::{Outcome, counted, edited, internal, show};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::negotiation::{
    APPROVALS, HEAD, Packed, SENT, Sending, Sent, approvals, approved, head, inspect, sha256,
};
use crate::source::{Source, Span};
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const AFTER: &str = "\
Packs `out` unless `--package` names another folder that engross wrote: a letter, or a redline, whose old text must
have been sent to the same party before. Nothing else marks a package as sendable; the record `sent.jsonl` is only
ever added to: each entry names the digest of the one before it, and `sent.head` that of the last.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The party that gets it, by its id
    #[arg(long = "for", value_name = "PARTY")]
    party: String,

    /// The package [default: `out` beside the deal file]
    #[arg(long, value_name = "DIR")]
    package: Option<PathBuf>,

    /// The folder to put it in [default: `to-PARTY` beside the deal file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The day on which it is sent, for the record
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let Some(made) = drafted(&args.deal, style)? else {
        return Ok(Outcome::Findings);
    };
    let mut report = Report::new();
    party(&made.deal, &args.party, &mut report);
    let day = match &args.on {
        Some(day) => super::meeting::date("--on", day, &mut report),
        None => None,
    };
    let from = args
        .package
        .clone()
        .unwrap_or_else(|| made.folder.join("out"));
    let files = package::whole(&from, &mut report)?;
    let look = super::draft::look(&made.deal, &made.library);
    if args.package.is_none() {
        let now = super::draft::write_files(&made.draft, &look, &crate::write::Format::ALL);
        stale(&from, &files, &now, &mut report);
    }
    let negotiation = if made.folder.join(crate::negotiation::NAME).is_file() {
        internal::read(&made.folder, &mut report)?
    } else {
        None
    };
    let packed: Vec<Packed<'_>> = files
        .iter()
        .map(|file| Packed {
            name: &file.name,
            bytes: &file.bytes,
        })
        .collect();
    inspect(
        &packed,
        negotiation.as_ref(),
        &made.deal,
        &made.library,
        &mut report,
    );
    let rules = match read_beside(&made.folder, APPROVALS, &mut report)? {
        Some(source) => approvals(&source, &mut report),
        None => None,
    };
    let scopes = approved(
        rules.as_ref(),
        &made.deal,
        &made.library,
        &made.draft,
        &mut report,
    );
    let record = sent(&made.folder, &mut report)?;
    let digests: Vec<(String, String)> = files
        .iter()
        .map(|file| (file.name.clone(), sha256(&file.bytes)))
        .collect();
    if let Some(record) = &record {
        base(&from, &digests, record, &args.party, &mut report);
    }
    let Some(record) = record.filter(|_| !report.has_errors()) else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    let draft = format!("{}, {}", *made.deal.agreement.draft, made.draft.digest);
    let day = day.map(|day| day.value.iso());
    let sending = Sending {
        to: &args.party,
        draft: &draft,
        day: day.as_deref(),
        files: &digests,
        approved: &scopes,
    };
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| made.folder.join(format!("to-{}", args.party)));
    let files: Vec<PackageFile> = files
        .into_iter()
        .filter(|file| file.name != MANIFEST)
        .collect();
    let count = files.len();
    let written = package::write(&out, &made.folder, files, false, &mut report)?;
    show(&report, style)?;
    if written.is_none() {
        return edited::refused(&report);
    }
    let mut stdout = std::io::stdout().lock();
    writeln!(
        stdout,
        "Packed draft {draft} for {}: {}",
        args.party,
        counted(count, "file")
    )?;
    for scope in &scopes {
        writeln!(stdout, "  approved: {scope}")?;
    }
    if let Some(number) = record.again(&args.party, &digests) {
        writeln!(
            stdout,
            "Sent before as number {number}; the record is unchanged"
        )?;
    } else {
        let line = record.line(&sending);
        append(&made.folder, &line)?;
        files::replace(&made.folder.join(HEAD), head(&line).as_bytes())?;
        writeln!(stdout, "Recorded as number {} in {SENT}", record.next())?;
    }
    writeln!(stdout, "Send {}/", shown(&out))?;
    Ok(Outcome::Clean)
}

/// The party that gets the package must be one of the deal.
fn party(deal: &Deal, id: &str, report: &mut Report) {
    if deal.party(id).is_none() {
        let word = edited::word("--for", id);
        let ids: Vec<&str> = deal.party.iter().map(|party| party.id.as_str()).collect();
        report.push(
            Diagnostic::error(
                Code::UnknownName,
                &word.span,
                format!("the deal has no party `{id}`"),
            )
            .help(format!("its parties are `{}`", ids.join("` and `"))),
        );
    }
}

/// The package must be what the deal says today.
fn stale(from: &Path, files: &[PackageFile], now: &[PackageFile], report: &mut Report) {
    // Key dates and the manifest follow from the rest.
    let differs = |file: &&PackageFile| {
        let same = now.iter().find(|other| other.name == file.name);
        same.is_some_and(|same| same.bytes != file.bytes)
    };
    let mut other = files.iter().filter(differs);
    let Some(first) = other.next() else { return };
    let source = Source::new(shown(&from.join(&first.name)), "");
    let more = match other.count() {
        0 => String::new(),
        count => format!(", and {} besides", counted(count, "file")),
    };
    report.push(
        Diagnostic::error(
            Code::StalePackage,
            &Span::whole(&source),
            format!("the deal or the library has changed since this was written{more}"),
        )
        .help("write it anew with `engross draft`, look at it, and pack it then"),
    );
}

/// The old text of a redline must have been sent to the party that gets the redline.
fn base(
    from: &Path,
    digests: &[(String, String)],
    record: &Sent,
    party: &str,
    report: &mut Report,
) {
    if !digests.iter().any(|(name, _)| name.starts_with("redline.")) {
        return;
    }
    let old = digests.iter().find(|(name, _)| name == "old.md");
    let sent = old.is_some_and(|(_, digest)| record.has(party, digest));
    if !sent {
        let source = Source::new(shown(&from.join("old.md")), "");
        report.push(
            Diagnostic::error(
                Code::BaseNotSent,
                &Span::whole(&source),
                format!("the old text of this redline was never sent to {party}"),
            )
            .help("make the redline against the text that they have: `sent.jsonl` lists what was sent"),
        );
    }
}

fn read_beside(
    folder: &Path,
    name: &str,
    report: &mut Report,
) -> anyhow::Result<Option<Arc<Source>>> {
    let path = match folder {
        here if here == Path::new(".") => PathBuf::from(name),
        folder => folder.join(name),
    };
    if !path.is_file() {
        return Ok(None);
    }
    Ok(files::source(&path, report)?.map(|(source, _)| source))
}

/// The record of what was sent, if it is whole from its first entry to its last.
fn sent(folder: &Path, report: &mut Report) -> anyhow::Result<Option<Sent>> {
    let record = match read_beside(folder, SENT, report)? {
        Some(source) => Sent::read(&source, report),
        None => Some(Sent::default()),
    };
    let head = read_beside(folder, HEAD, report)?
        .unwrap_or_else(|| Source::new(shown(&folder.join(HEAD)), ""));
    Ok(record.filter(|record| record.ends_at(&head, report)))
}

/// Adds a line to the record, and waits until it is on the disk.
fn append(folder: &Path, line: &str) -> anyhow::Result<()> {
    let path = folder.join(SENT);
    let add = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)?;
        file.write_all(line.as_bytes())?;
        file.sync_all()
    };
    add().with_context(|| format!("cannot add to `{}`", shown(&path)))
}
