//! `engross review`: a period's figures to triggers, new terms, an amendment, restated exhibits and a scorecard.

mod agreed;
mod copy;
mod inputs;
mod papers;
mod print;
mod restated;
mod which;

use super::files::{self, DealArgs, shown};
use super::package::{self, PackageFile};
use super::set::{self, Wanted};
use super::sign_off::day;
use super::signed::{self, Signing, beside};
use super::{Outcome, check, show};
use crate::deal::edit::{self, Assignment, Edited};
use crate::diagnostic::{Report, Style};
use crate::review::effect::{effects, holds_from, one_value_each, recorded};
use crate::review::evaluate::{Judge, evaluate};
use crate::review::period;
use crate::review::record::{self, Amendment, Day, Held, RECORD};
use crate::review::telling::Meeting;
use crate::source::Source;
use crate::units::Date;
use agreed::{Agreed, Opened, open};
use inputs::Inputs;
use restated::{Before, Made, Working};
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
    let Some(Opened {
        library,
        source,
        deal,
    }) = open(args, &path, &signing, &mut report)?
    else {
        return refuse(&report, style);
    };
    // What was agreed is drafted while the events are read.
    let mut of_agreed = Report::new();
    let mut agreed = Ok(None);
    let inputs = rayon::in_place_scope(|scope| {
        scope.spawn(|_| agreed = Agreed::read(&signing, &library, &mut of_agreed));
        Inputs::read(args, &deal, &folder, &mut report)
    })?;
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
    let agreed = agreed?;
    report.append(of_agreed);
    let Some(agreed) = agreed else {
        return refuse(&report, style);
    };
    let digest = inputs.digest.clone();
    let old = agreed.newest();
    // A period is judged by the terms that are in force on its last day: the windows of triggers run up to it. An
    // amendment that was made before and holds only later moves none of them, but what has fired has fired.
    let judged = agreed.version(signing.record.amendment_on(period.to));
    let judge = Judge {
        deal: judged,
        newest: old,
    };
    // The agreement in force is drafted while the events are counted.
    let mut before = None;
    let figures = rayon::in_place_scope(|scope| {
        scope.spawn(|_| before = Some(Before::draft(&signing, &library, &agreed)));
        inputs.figures(&signing, &agreed, judge, period, &mut report)
    })?;
    let (Some(figures), Some(before)) = (figures, before) else {
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
    let from = holds_from(judged, period, args.on);
    let mut effects = effects(old, &evaluation, &library, from);
    effects.extend(recorded(old, &evaluation, &library));
    let Some(edited) = changed(args, &folder, &source, effects, &mut report)? else {
        return refuse(&report, style);
    };
    let working = Working {
        signing: &signing,
        library: &library,
        agreed: &agreed,
    };
    let Some(made) = working.restate(before, &edited.deal, from, &mut report) else {
        return refuse(&report, style);
    };
    if made.amendment.is_some() && period.early.is_some() {
        // What comes of a regular review holds from the first day after its period, before this would.
        let held = &signing.record.reviews;
        let over = period::over(old, args.on);
        let open = (over.iter()).find(|over| held.iter().all(|held| held.to.0 != over.to));
        if let Some(open) = open {
            report.push(skipped(&signing, open));
            return refuse(&report, style);
        }
    }
    let meeting = Meeting {
        old,
        new: &edited.deal,
        changes: &made.changes,
        draft: &made.draft,
        library: &library,
        evaluation: &evaluation,
        counted: figures.counted(),
        on: args.on,
        from,
    };
    let desk = papers::Desk {
        signing: &signing,
        meeting: &meeting,
        made: &made,
        edited: &edited,
        figures: &figures,
    };
    let papers = papers::files(&desk, &mut report);
    let Some((files, terms)) = papers.filter(|_| !report.has_errors()) else {
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
    let Some(written) = written else {
        return refuse(&report, style);
    };
    let manifest = if written.changed {
        written.manifest
    } else {
        // A run that was stopped wrote it: what is recorded is the list that lies there.
        package::verify(&place, &mut report)?.unwrap_or_default()
    };
    let issued = Issued {
        manifest,
        folder: &out,
        files: &files,
        figures: &digest,
    };
    let record = next_record(&signing, &meeting, &made, &issued);
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

/// What was written.
struct Issued<'a> {
    /// The folder, as it is recorded.
    folder: &'a str,
    /// Its files.
    files: &'a [PackageFile],
    /// The SHA-256 of its manifest.
    manifest: String,
    /// The SHA-256 of what the review was made from.
    figures: &'a str,
}

/// The record after the review.
fn next_record(
    signing: &Signing,
    meeting: &Meeting<'_>,
    made: &Made,
    issued: &Issued<'_>,
) -> record::Record {
    let mut record = signing.record.clone();
    let manifest = &issued.manifest;
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
                words: words.map_or_else(String::new, |file| file.digest().to_owned()),
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
        manifest: manifest.clone(),
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
    record
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
