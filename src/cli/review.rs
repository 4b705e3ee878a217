//! `engross review`: a period's figures to triggers, new terms, an amendment, restated exhibits and a scorecard.

mod inputs;
mod papers;
mod print;
mod which;

use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::set::{self, Wanted};
use super::sign_off::day;
use super::signed::{self, Signing, beside};
use super::{Outcome, check, show};
use crate::deal::Deal;
use crate::deal::changes::changes;
use crate::deal::edit::{self, Assignment, Edited};
use crate::diagnostic::{Report, Style};
use crate::draft::{Draft, Restated};
use crate::library::Library;
use crate::review::effect::{effects, holds_from, one_value_each, recorded};
use crate::review::evaluate::{Judge, evaluate};
use crate::review::period;
use crate::review::record::{self, Amendment, Day, Held, RECORD};
use crate::review::telling::{Edition, Meeting};
use crate::source::Source;
use crate::units::Date;
use inputs::Inputs;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use which::{Which, skipped, which};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    deal: DealArgs,

    /// The day of the review; the period that was over last is reviewed
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,

    /// What happened in the period: a file of events, CSV or JSON lines, or a folder of them; may be given several times
    #[arg(long, value_name = "FILE")]
    events: Vec<PathBuf>,

    /// A file like `engross.toml` whose table `[events]` says how the events are written
    #[arg(long, value_name = "FILE", requires = "events")]
    columns: Option<PathBuf>,

    /// A month or quarter of the period in which nothing happened
    #[arg(long, value_name = "PERIOD", requires = "events")]
    quiet_period: Vec<String>,

    /// How many bytes are held in memory of each thing that is sorted; more are put aside on disk
    #[arg(long, value_name = "BYTES", hide = true)]
    memory: Option<usize>,

    /// Figures that people found: a table `metric,window,value,evidence`
    #[arg(long, value_name = "FILE")]
    actuals: Option<PathBuf>,

    /// A change that the meeting agreed on: the path of a term, `=`, and its new value
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,

    /// Why the meeting agreed on it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run(args: &Args, style: Style) -> anyhow::Result<Outcome> {
    let mut report = Report::new();
    let (path, folder) = files::deal_path(&args.deal.deal)?;
    let Some(signing) = signed::need(&folder, &mut report)? else {
        return refuse(&report, style);
    };
    signed::audit::before_review(&signing, &mut report)?;
    let library = signed::library(&signing, args.deal.library.as_deref(), &mut report)?;
    let source = files::source(&path, &mut report)?.map(|(source, _)| source);
    let deal = source
        .as_ref()
        .and_then(|source| Deal::read(source, &mut report));
    let (Some(library), Some(source), Some(deal)) = (library, source, deal) else {
        return refuse(&report, style);
    };
    if report.has_errors() {
        return refuse(&report, style);
    }
    let inputs = Inputs::read(args, &deal, &folder, &mut report)?;
    let Some(inputs) = inputs.filter(|_| !report.has_errors()) else {
        return refuse(&report, style);
    };
    let period = match which(&signing, &deal, args, &inputs, &source, &mut report) {
        Which::Review(period) => period,
        Which::Again(held) => {
            writeln!(
                std::io::stdout(),
                "Nothing changed: this review was held on {} and is recorded; its papers are in {}/",
                held.on.print(),
                shown(&beside(&folder, &held.folder))
            )?;
            return Ok(Outcome::Clean);
        }
        Which::Refused => return refuse(&report, style),
    };
    let (Some(old), Some(signed)) = (
        signing.deal(signing.last(), &mut report)?,
        signing.draft(&library, &mut report)?,
    ) else {
        return refuse(&report, style);
    };
    let digest = inputs.digest.clone();
    // A period is judged by the terms that are in force on its last day: the windows of triggers run up to it. An
    // amendment that was made before and holds only later moves none of them, but what has fired has fired.
    let number = signing.record.amendment_on(period.to);
    let Some(judged) = signing.deal(number, &mut report)? else {
        return refuse(&report, style);
    };
    let judge = Judge {
        deal: &judged,
        newest: &old,
    };
    let Some(figures) = inputs.figures(&signing, judge, period, &mut report)? else {
        return refuse(&report, style);
    };
    let evaluation = evaluate(
        judge,
        period,
        &figures,
        &signing.record.reviews,
        &mut report,
    );
    let Some(evaluation) = evaluation.filter(|_| !report.has_errors()) else {
        return refuse(&report, style);
    };
    let from = holds_from(&judged, period, args.on);
    let mut effects = effects(&old, &evaluation, &library, from);
    effects.extend(recorded(&old, &evaluation, &library));
    let Some(edited) = changed(args, &folder, &source, effects, &mut report)? else {
        return refuse(&report, style);
    };
    let both = [&old, &edited.deal];
    let Some(made) = restate(&signing, &library, both, &signed, from, &mut report) else {
        return refuse(&report, style);
    };
    if made.amendment.is_some() && period.early.is_some() {
        // What comes of a regular review holds from the first day after its period, before this would.
        let held = &signing.record.reviews;
        let over = period::over(&old, args.on);
        let open = (over.iter()).find(|over| held.iter().all(|held| held.to.0 != over.to));
        if let Some(open) = open {
            report.push(skipped(&signing, open));
            return refuse(&report, style);
        }
    }
    let changes = changes(&old, &edited.deal);
    let meeting = Meeting {
        old: &old,
        new: &edited.deal,
        changes: &changes,
        draft: &made.draft,
        library: &library,
        evaluation: &evaluation,
        counted: figures.counted(),
        on: args.on,
        from,
    };
    let terms = meeting.terms();
    let files = papers::files(
        &signing,
        &meeting,
        &terms,
        &made,
        &edited,
        &figures,
        &mut report,
    );
    let Some(files) = files.filter(|_| !report.has_errors()) else {
        return refuse(&report, style);
    };
    let out = match made.amendment {
        Some(number) => record::folder(number),
        None => format!("reviews/{}", period.id()),
    };
    let place = beside(&folder, &out);
    if made.amendment.is_some()
        && place.exists()
        && !package::lists(&place, &files, figures.large())?
    {
        signed::audit::left_over(&place, &mut report);
        return refuse(&report, style);
    }
    let large = figures.large();
    let written = package::write_large(&place, &folder, files.clone(), large, &mut report)?;
    if written.is_none() {
        return refuse(&report, style);
    }
    let issued = Issued {
        folder: &out,
        files: &files,
        figures: &digest,
    };
    let record = next_record(&signing, &meeting, &made, &issued, &mut report)?;
    // The record comes last: a run that stops before it is made up by the same one.
    if edited.source.text != source.text {
        files::replace(&path, edited.source.text.as_bytes())?;
    }
    files::replace(&beside(&folder, RECORD), record.text().as_bytes())?;
    show(&report, style)?;
    print::print(
        &meeting,
        &terms,
        &made,
        &edited,
        &beside(&folder, &out),
        &files,
    )?;
    Ok(Outcome::Clean)
}

/// The deal with what the meeting agreed on and what the triggers prescribe.
fn changed(
    args: &Args,
    folder: &Path,
    source: &Arc<Source>,
    effects: Vec<Assignment>,
    report: &mut Report,
) -> anyhow::Result<Option<Edited>> {
    let wanted = Wanted {
        assignments: &args.set,
        unset: &[],
        reason: args.reason.as_deref(),
        follow: true,
    };
    let before = report.errors();
    let Some(mut all) = set::asked(source, &wanted, report) else {
        return Ok(None);
    };
    let effects = one_value_each(source, &all, effects, report);
    all.extend(effects);
    let edited = edit::rewrite(source, &all, report);
    if let Some(edited) = &edited {
        crate::deal::check::check(&edited.deal, report);
    }
    let settings = files::settings(folder, report)?;
    set::settle(settings.as_ref(), edited.as_ref(), report);
    Ok(edited.filter(|_| report.errors() == before))
}

/// What becomes of the documents.
struct Made {
    /// The agreement with the changes.
    draft: Draft,
    /// The exhibits that are restated, and the key terms.
    editions: Vec<Edition>,
    /// The number of the amendment, if anything changes.
    amendment: Option<u32>,
    /// The agreement as it was in force before.
    before: Draft,
}

/// Drafts the agreement with the changes, and finds the exhibits that are not what they were.
fn restate(
    signing: &Signing,
    library: &Library,
    [old, new]: [&Deal; 2],
    signed: &Draft,
    from: Date,
    report: &mut Report,
) -> Option<Made> {
    let marks = signing.marks(u32::MAX);
    let mut of_new = Report::new();
    let (before, after) = rayon::join(
        || signing.draft_after(old, library, signed, &marks, report),
        || signing.draft_after(new, library, signed, &marks, &mut of_new),
    );
    report.append(of_new);
    let (before, after) = (before?, after?);
    let number = signing.last() + 1;
    let newest = signing.record.newest();
    let moved = newest.into_par_iter().filter(|edition| {
        papers::words(&before, &edition.exhibit) != papers::words(&after, &edition.exhibit)
    });
    let moved: Vec<&record::Edition> = moved.collect();
    let editions: Vec<Edition> = moved
        .into_iter()
        .map(|edition| Edition {
            exhibit: edition.exhibit.clone(),
            letter: edition.letter.clone(),
            title: edition.title.clone(),
            number: edition.number + 1,
        })
        .collect();
    if editions.is_empty() {
        return Some(Made {
            draft: after,
            editions,
            amendment: None,
            before,
        });
    }
    let mut marks = marks;
    for edition in &editions {
        marks.retain(|mark| mark.exhibit != edition.exhibit);
        marks.push(Restated {
            exhibit: edition.exhibit.clone(),
            number: edition.number,
            from,
            amendment: number,
        });
    }
    let draft = signing.draft_after(new, library, signed, &marks, report)?;
    Some(Made {
        draft,
        editions,
        amendment: Some(number),
        before,
    })
}

/// What was written.
struct Issued<'a> {
    /// The folder, as it is recorded.
    folder: &'a str,
    /// Its files.
    files: &'a [PackageFile],
    /// The SHA-256 of what the review was made from.
    figures: &'a str,
}

/// The record after the review.
fn next_record(
    signing: &Signing,
    meeting: &Meeting<'_>,
    made: &Made,
    issued: &Issued<'_>,
    report: &mut Report,
) -> anyhow::Result<record::Record> {
    let mut record = signing.record.clone();
    let manifest =
        package::verify(&beside(&signing.folder, issued.folder), report)?.unwrap_or_default();
    if let Some(number) = made.amendment {
        record.amendments.push(Amendment {
            number,
            on: Day(meeting.on),
            from: Day(meeting.from),
            deal: package::sha256(meeting.new.at.source().text.as_bytes()),
            manifest: manifest.clone(),
        });
        for edition in &made.editions {
            let name = format!("{}.md", edition.exhibit);
            let words = issued.files.iter().find(|file| file.name == name);
            record.editions.push(record::Edition {
                exhibit: edition.exhibit.clone(),
                letter: edition.letter.clone(),
                title: edition.title.clone(),
                number: edition.number,
                from: Day(meeting.from),
                amendment: number,
                words: words.map_or_else(String::new, |file| package::sha256(&file.bytes)),
            });
        }
    }
    let evaluation = meeting.evaluation;
    let early = evaluation.period.early.is_some();
    let held = Held {
        from: Day(evaluation.period.from),
        to: Day(evaluation.period.to),
        on: Day(meeting.on),
        figures: issued.figures.to_owned(),
        folder: issued.folder.to_owned(),
        manifest,
        amendment: made.amendment,
        reached: if early {
            std::collections::BTreeMap::new()
        } else {
            evaluation.reached()
        },
        exclusivity: (evaluation.exclusivity.as_ref().filter(|_| !early))
            .map(|standing| standing.state.word().to_owned()),
    };
    if early {
        record.early.push(held);
    } else {
        record.reviews.push(held);
    }
    Ok(record)
}

fn refuse(report: &Report, style: Style) -> anyhow::Result<Outcome> {
    show(report, style)?;
    writeln!(
        std::io::stderr(),
        "{}. Nothing was written, nothing was changed.",
        check::summary(report)
    )?;
    Ok(Outcome::Findings)
}
