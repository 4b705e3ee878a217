//! `engross sign-off`: what was signed is copied and recorded. From then on the master never moves.

use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::signed::{self, beside, library_digest, master_digest};
use super::{Outcome, check, counted, show};
use crate::deal::{Deal, IssueState};
use crate::diagnostic::{Code, Diagnostic, Report, Style};
use crate::document::{Label, walk};
use crate::draft::Draft;
use crate::library::{Library, LibraryFile, fill};
use crate::review::record::{Day, Edition, FORMAT, RECORD, Record, SIGNED, Signed};
use crate::units::{Date, Unit};
use crate::write::Format;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The day of the signature, such as 2026-12-15
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,
}

/// A day on the command line.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::from_text(text).map_err(|complaint| format!("{}; {}", complaint.message, complaint.help))
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let work = files::read(&args.deal, &mut report)?;
    let draft = work.draft(&mut report)?;
    work.settle(draft.is_some(), &mut report);
    let (Some(deal), Some(library), Some(draft)) = (&work.deal, &work.library, draft) else {
        return refuse(&report, style);
    };
    let effective = ready(deal, args.on, &mut report);
    let (texts, _) = files::library_of(
        args.deal.library.as_deref(),
        work.signing.as_ref(),
        &mut report,
    )?;
    let Some(effective) = effective.filter(|_| !report.has_errors()) else {
        return refuse(&report, style);
    };
    if let Some(signing) = &work.signing {
        let same = signing.record.signed.on.0 == args.on
            && signing.record.signed.deal == package::sha256(deal.at.source().text.as_bytes());
        if same {
            writeln!(
                std::io::stdout(),
                "Nothing changed: this deal was signed on {} and is recorded in {}.",
                args.on.print(),
                shown(&beside(&work.folder, RECORD))
            )?;
            return Ok(Outcome::Clean);
        }
        report.push(
            Diagnostic::error(
                Code::AlreadySigned,
                &signing.place("on = "),
                format!(
                    "this deal was signed on {}",
                    signing.record.signed.on.print()
                ),
            )
            .help("what changes after that is an amendment: `engross set` and `engross review`"),
        );
        return refuse(&report, style);
    }
    let imprint = fill(
        library.words.imprint_signed.as_str(),
        &[("date", &args.on.print()), ("digest", &draft.digest)],
    );
    let draft = Draft {
        resolved: draft.resolved.with_imprint(&imprint),
        ..draft
    };
    let files = signed_files(deal, library, &texts, &draft);
    let mut record = Record {
        format: FORMAT,
        signed: Signed {
            on: Day(args.on),
            effective: Day(effective),
            title: deal.agreement.title.to_string(),
            draft: *deal.agreement.draft,
            digest: draft.digest.clone(),
            engross: env!("CARGO_PKG_VERSION").to_owned(),
            deal: package::sha256(deal.at.source().text.as_bytes()),
            library: library_digest(&texts),
            master: master_digest(&draft),
            manifest: String::new(),
        },
        editions: editions(&draft, &files, effective),
        amendments: Vec::new(),
        reviews: Vec::new(),
        early: Vec::new(),
    };
    let out = beside(&work.folder, SIGNED);
    let written = package::write(&out, &work.folder, files, false, &mut report)?;
    show(&report, style)?;
    let Some(written) = written else {
        return refuse(&Report::new(), style);
    };
    if let Some(manifest) = package::verify(&out, &mut report)? {
        record.signed.manifest = manifest;
    }
    files::replace(&beside(&work.folder, RECORD), record.text().as_bytes())?;
    let mut stdout = std::io::stdout().lock();
    writeln!(
        stdout,
        "Signed on {}: the {}, draft {}, {}",
        args.on.print(),
        deal.agreement.title,
        *deal.agreement.draft,
        draft.digest
    )?;
    writeln!(
        stdout,
        "  {:<14} the master and {}, {} in all; never edit them",
        format!("{}/", shown(&out)),
        counted(
            record
                .editions
                .iter()
                .filter(|one| one.letter.is_some())
                .count(),
            "exhibit"
        ),
        counted(written.files.len(), "file")
    )?;
    writeln!(
        stdout,
        "  {:<14} digests of the deal, the library and every document",
        shown(&beside(&work.folder, RECORD))
    )?;
    writeln!(
        stdout,
        "From now on a draft that would change the master is refused."
    )?;
    Ok(Outcome::Clean)
}

/// The effective date, if the deal can be signed on `on`.
fn ready(deal: &Deal, on: Date, report: &mut Report) -> Option<Date> {
    for issue in &deal.issue {
        if matches!(issue.state.value, IssueState::Open | IssueState::Proposed) {
            report.push(
                Diagnostic::warning(
                    Code::NotReady,
                    &issue.state.span,
                    format!(
                        "the issue `{}` is {} and is signed as the deal has it",
                        issue.id.as_str(),
                        issue.state.as_str()
                    ),
                )
                .help("settle it first, and write `state = \"agreed\"` with the day"),
            );
        }
    }
    let Some(effective) = &deal.agreement.effective else {
        report.push(
            Diagnostic::error(
                Code::NotReady,
                &deal.agreement.at,
                "the day on which the agreement takes effect is open",
            )
            .help(format!(
                "write it before you record the signature: `effective = \"{}\"`",
                on.iso()
            )),
        );
        return None;
    };
    Some(effective.value)
}

/// Everything that was signed, with what it was made from.
fn signed_files(
    deal: &Deal,
    library: &Library,
    texts: &[LibraryFile],
    draft: &Draft,
) -> Vec<PackageFile> {
    let mut files = super::draft::package_files(deal, library, draft, &Format::ALL);
    files.extend(signed::master(draft).into_iter().map(|(name, text)| {
        PackageFile::of(format!("{name}.md"), format!("{text}\n").into_bytes())
    }));
    files.push(PackageFile::of(
        "deal.toml".to_owned(),
        deal.at.source().text.as_bytes().to_vec(),
    ));
    files.extend(texts.iter().map(|file| {
        PackageFile::of(
            format!("library/{}", file.path),
            file.text.as_bytes().to_vec(),
        )
    }));
    files.sort_by(|one, two| one.name.cmp(&two.name));
    files
}

/// The first edition of the key terms and of each exhibit.
fn editions(draft: &Draft, files: &[PackageFile], effective: Date) -> Vec<Edition> {
    draft
        .resolved
        .parts()
        .filter(|part| part.root().label == Label::Exhibit || part.name() == KEY_TERMS)
        .map(|part| {
            let name = format!("{}.md", part.name());
            let words = files.iter().find(|file| file.name == name);
            Edition {
                exhibit: part.name().to_owned(),
                letter: draft
                    .resolved
                    .numbers()
                    .get(&part.root().anchor)
                    .map(str::to_owned),
                title: walk::text(&part.root().title),
                number: 0,
                from: Day(effective),
                amendment: 0,
                words: words.map_or_else(String::new, |file| file.digest().to_owned()),
            }
        })
        .collect()
}

/// The name of the key terms, which are issued anew with an amendment as an exhibit is.
pub(super) const KEY_TERMS: &str = "key-terms";

fn refuse(report: &Report, style: Style) -> anyhow::Result<Outcome> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. Nothing was recorded.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}
