//! `engross pack`: the only way in which a package is marked as one that may be sent.
//!
//! In: a deal, a package that was written from it, the party that gets it. Out: a copy of the package in a folder named
//! after the party, and an entry in the record of what was sent. Before that the package is held against the deal,
//! looked through for what must not leave the house, and bound to the approvals that it needs.

mod fresh;
mod record;

use super::drafted::{Drafted, drafted};
use super::files::{self, DealArgs, shown};
use super::package::{self, MANIFEST, PackageFile};
use super::{Outcome, counted, edited, internal, show};
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::negotiation::{
    APPROVALS, Approvals, Known, Packed, SENT, Sending, Sent, approvals, approved, head, inspect,
};
use std::io::Write;
use std::path::PathBuf;

const AFTER: &str = "\
Packs `out` unless `--package` names another folder that engross wrote: a letter, or a redline, whose old text must
have been sent to the same party before. All of them must be what the deal says today. Nothing else marks a package
as sendable; the record `sent.jsonl` is only ever added to: each entry names the digest of the one before it,
`sent.head` that of the last, and the manifest of what is sent that of its own.";

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

    /// The folder to put it in [default: `to-PARTY` beside the deal file, with the name of DIR behind it]
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
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| made.folder.join(place(args)));
    let files = package::whole(&from, &mut report)?;
    let now = fresh::fresh(&from, &files, &made, &args.deal, &mut report)?;
    let rules = match record::read_beside(&made.folder, APPROVALS, &mut report)? {
        Some(source) => approvals(&source, &mut report),
        None => None,
    };
    let record = record::sent(&made.folder, &[&from, &out], &mut report)?;
    look_through(
        args,
        &made,
        &files,
        &now,
        rules.as_ref(),
        record.as_ref(),
        &mut report,
    )?;
    let scopes = approved(
        rules.as_ref(),
        &made.deal,
        &made.library,
        &made.draft,
        &mut report,
    );
    if let Some(record) = &record {
        record::base(&from, &files, record, &args.party, &mut report);
    }
    let files: Vec<PackageFile> = files
        .into_iter()
        .filter(|file| file.name != MANIFEST)
        .collect();
    let digests: Vec<(String, String)> = files
        .iter()
        .map(|file| (file.name.clone(), file.digest().to_owned()))
        .collect();
    // What cannot be written is not recorded as sent.
    package::may_write(&out, &made.folder, &files, &mut report)?;
    let Some(record) = record.filter(|_| !report.has_errors()) else {
        show(&report, style)?;
        return edited::refused(&report);
    };
    show(&report, style)?;
    let draft = format!("{}, {}", *made.deal.agreement.draft, made.draft.digest);
    let day = day.map(|day| day.value.iso());
    let before = record.again(&args.party, &digests);
    let entry = if let Some((_, digest)) = &before {
        digest.clone()
    } else {
        let line = record.line(&Sending {
            to: &args.party,
            draft: &draft,
            day: day.as_deref(),
            files: &digests,
            approved: &scopes,
        });
        record::append(&made.folder, &line)?;
        head(&line).trim().to_owned()
    };
    let count = files.len();
    if !package::write_sent(&out, &made.folder, files, &entry, &mut report)? {
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
    match before {
        Some((number, _)) => writeln!(
            stdout,
            "Sent before as number {number}; the record is unchanged"
        )?,
        None => writeln!(stdout, "Recorded as number {} in {SENT}", record.next())?,
    }
    writeln!(stdout, "Send {}/", shown(&out))?;
    Ok(Outcome::Clean)
}

/// The folder that a package is put in: each kind of paper has its own, so that a letter does not replace the agreement
/// that the next redline starts from.
fn place(args: &Args) -> String {
    let name = args.package.as_ref().and_then(|path| path.file_name());
    match name.filter(|name| *name != "out") {
        Some(name) => format!("to-{}-{}", args.party, name.to_string_lossy()),
        None => format!("to-{}", args.party),
    }
}

/// Looks through the files for everything that must not leave the house.
fn look_through(
    args: &Args,
    made: &Drafted,
    files: &[PackageFile],
    now: &[PackageFile],
    rules: Option<&Approvals>,
    record: Option<&Sent>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let negotiation = internal::read_unseen(&made.folder, report)?;
    let house = match &args.deal.library {
        Some(folder) => files::library_files(folder)?,
        None => Vec::new(),
    };
    let own = internal::papers(&made.folder)?;
    // Of a redline's old text nobody can say that the other side does not know it, once it was sent to them.
    let theirs = files
        .iter()
        .filter(|file| record.is_some_and(|record| record.has(&args.party, file.digest())));
    let known: Vec<Packed<'_>> = now.iter().chain(theirs).map(packed).collect();
    let own: Vec<Packed<'_>> = own.iter().map(packed).collect();
    let files: Vec<Packed<'_>> = files.iter().map(packed).collect();
    let known = Known {
        negotiation: negotiation.as_ref(),
        approvals: rules,
        deal: &made.deal,
        library: &made.library,
        house: &house,
        made: &known,
        own: &own,
    };
    inspect(&files, &known, report);
    Ok(())
}

fn packed(file: &PackageFile) -> Packed<'_> {
    Packed {
        name: &file.name,
        bytes: &file.bytes,
    }
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
