//! What a review is made from, beside the deal: events, those of the periods before, and figures by hand.

use super::super::events::{self, EventArgs};
use super::super::signed::{Signing, beside};
use super::super::{files, package};
use super::Args;
use crate::deal::{Deal, StatementPeriod};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::events::{Column, Event, Made, Order, Run, Version};
use crate::review::counted::{Counted, count};
use crate::review::evaluate::Judge;
use crate::review::figures::{Figure, Given, Measured, Question};
use crate::review::period::{Reviewed, periods};
use crate::source::{Source, Span};
use crate::units::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// The copy of the events in the folder of a review.
pub(super) const EVENTS: &str = "events.csv";

/// What was handed in.
pub(super) struct Inputs {
    given: Given,
    /// The events, if there are files of events.
    events: Option<Vec<Event>>,
    /// Times in which nothing happened.
    quiet: Vec<String>,
    /// The SHA-256 of all of it.
    pub(super) digest: String,
}

/// Figures from all of it.
pub(super) struct Figures {
    given: Given,
    counted: Option<Counted>,
    /// The events of the period, as rows of a table.
    pub(super) copy: Option<String>,
    /// The statements of the period, each with the name of its time; none without events.
    pub(super) statements: Vec<(String, Made)>,
}

impl Measured for Figures {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        // What people wrote down stands before what follows from events.
        self.given
            .figure(question)
            .or_else(|| self.counted.figure(question))
    }
}

impl Figures {
    /// What the events show, if there are any.
    pub(super) fn counted(&self) -> Option<&Counted> {
        self.counted.as_ref()
    }
}

impl Inputs {
    /// Reads everything that was handed in. What is wrong with it is in the report.
    pub(super) fn read(
        args: &Args,
        deal: &Deal,
        folder: &Path,
        report: &mut Report,
    ) -> anyhow::Result<Option<Inputs>> {
        let mut all = format!("{}\n", args.on.iso());
        for text in &args.set {
            all.push_str(text);
            all.push('\n');
        }
        for name in &args.quiet_period {
            all.push_str(name);
            all.push('\n');
        }
        let given = match &args.actuals {
            Some(path) => {
                let source = files::source(path, report)?.map(|(source, _)| source);
                if let Some(source) = &source {
                    all.push_str(&source.text);
                }
                source.and_then(|source| Given::read(&source, deal, report))
            }
            None => Some(Given::default()),
        };
        let events = if args.events.is_empty() {
            None
        } else {
            let wanted = EventArgs {
                events: args.events.clone(),
                columns: args.columns.clone(),
            };
            let paths = events::paths(&wanted)?;
            let settings = files::settings(folder, report)?;
            let manner = events::manner(&wanted, settings.as_ref(), report)?;
            let (read, rejected) = events::all(&paths, deal, manner.as_ref(), report)?;
            for row in rejected {
                for finding in row.findings {
                    report.push(finding);
                }
            }
            all.push_str(&table(read.iter()));
            Some(read)
        };
        Ok(given.map(|given| Inputs {
            given,
            events,
            quiet: args.quiet_period.clone(),
            digest: package::sha256(all.as_bytes()),
        }))
    }

    /// The figures of a period. The events of reviews that were held count too; they need not be handed in again.
    pub(super) fn figures(
        self,
        signing: &Signing,
        judge: Judge<'_>,
        period: Reviewed,
        report: &mut Report,
    ) -> anyhow::Result<Option<Figures>> {
        let errors = report.errors();
        // The newest version knows every name that a row may have.
        let deal = judge.newest;
        let Some(versions) = signing.versions(report)? else {
            return Ok(None);
        };
        let versions: Vec<Version<'_>> = versions
            .iter()
            .map(|(from, deal)| Version { from: *from, deal })
            .collect();
        let mut known: BTreeMap<String, Event> = BTreeMap::new();
        let mut all: Vec<Event> = Vec::new();
        let mut quiet = self.quiet.clone();
        let record = &signing.record;
        for held in record.reviews.iter().chain(&record.early) {
            let path = beside(&signing.folder, &held.folder).join(EVENTS);
            if !path.is_file() {
                continue;
            }
            if record.reviews.contains(held) {
                // What was reviewed is whole, even where nothing happened.
                quiet.extend(times(&versions, held.from.0, held.to.0));
            }
            let (events, _) = events::all(&[path], deal, None, report)?;
            for event in events {
                known.insert(event.id().to_owned(), event.clone());
                all.push(event);
            }
        }
        let mut fresh: Vec<Event> = Vec::new();
        for event in self.events.iter().flatten() {
            match known.get(event.id()) {
                Some(earlier) if same(earlier, event) => {}
                Some(earlier) => report.push(
                    Diagnostic::error(
                        Code::PeriodReviewed,
                        &event.row.span(Column::Id),
                        format!(
                            "the event `{}` was counted in an earlier review and says something else now",
                            event.id()
                        ),
                    )
                    .also(&earlier.row.span(Column::Id), "as it was counted")
                    .help("what was reviewed stays: add a correction as an event of its own, such as a refund"),
                ),
                None => fresh.push(event.clone()),
            }
        }
        fresh.retain(|event| event.date <= period.to);
        let copy = self.events.is_some().then(|| table(fresh.iter()));
        let mut statements = Vec::new();
        let counted = if self.events.is_some() || !all.is_empty() {
            all.extend(fresh);
            all.sort_by_key(|event| (event.date, event.kind));
            let next = periods(deal)
                .find(|next| next.to > period.to)
                .map_or(period.to, |next| next.to);
            let before = &signing.record.reviews;
            let counted = count(judge, &versions, period, next, &all, before, report);
            if counted.is_some() {
                statements = stated(&versions, period, &quiet, &all, report);
            }
            counted
        } else {
            None
        };
        if self.events.is_none() && self.given == Given::default() {
            let nothing = Source::new("arguments", "");
            report.push(
                Diagnostic::error(
                    Code::NoFigure,
                    &Span::whole(&nothing),
                    "a review needs figures, and none were handed in",
                )
                .help("name the events of the period with `--events FILE`, or a table of figures with `--actuals FILE`"),
            );
        }
        Ok((report.errors() == errors).then_some(Figures {
            given: self.given,
            counted,
            copy,
            statements,
        }))
    }
}

/// How many events of each line a statement shows.
const SHOWN: usize = 40;

/// The names of the statements whose time ends between two days.
fn times(versions: &[Version<'_>], from: Date, to: Date) -> Vec<String> {
    let first = versions.first();
    let Some(economics) = first.and_then(|version| version.deal.economics.as_ref()) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    let mut day = from.last_of_month();
    while day <= to {
        let month = day.month();
        match economics.payment.statements.value {
            StatementPeriod::Month => names.push(format!("{}-{month:02}", day.year())),
            StatementPeriod::Quarter if month % 3 == 0 => {
                names.push(format!("{}-Q{}", day.year(), month / 3));
            }
            StatementPeriod::Quarter => {}
        }
        day = day.plus_days(1).last_of_month();
    }
    names
}

/// The statements whose time ends in the period. What stands in the way of one is in the report.
fn stated(
    versions: &[Version<'_>],
    period: Reviewed,
    quiet: &[String],
    events: &[Event],
    report: &mut Report,
) -> Vec<(String, Made)> {
    let mut statements = Vec::new();
    for name in times(versions, period.from, period.to) {
        let order = Order {
            period: name.clone(),
            effective: None,
            ended: None,
            quiet: quiet.to_vec(),
            most: SHOWN,
        };
        let made = Run::under(versions, order).and_then(|mut run| {
            let mut wrong = Report::new();
            for event in events {
                if let Err(finding) = run.take(event) {
                    wrong.push(finding);
                }
            }
            if wrong.has_errors() {
                return Err(wrong);
            }
            run.finish()
        });
        match made {
            Ok(made) => {
                for warning in &made.warnings {
                    report.push(warning.clone());
                }
                statements.push((name, made));
            }
            Err(findings) => report.append(findings),
        }
    }
    statements
}

/// Whether two events say the same, whichever file they stand in.
fn same(one: &Event, two: &Event) -> bool {
    let cells = |event: &Event| -> Vec<String> { row(event) };
    cells(one) == cells(two)
}

/// The cells of an event in the order of the columns, in the forms of engross.
fn row(event: &Event) -> Vec<String> {
    Column::ALL
        .into_iter()
        .map(|column| match column {
            Column::Date => event.date.iso(),
            Column::Kind => event.kind.as_str().to_owned(),
            Column::Amount => event.amount.map_or_else(String::new, |amount| {
                amount.amount().normalize().to_string()
            }),
            Column::Currency => event
                .amount
                .map_or_else(String::new, |amount| amount.currency().code().to_owned()),
            Column::Attribution => event
                .attribution
                .map_or_else(String::new, |credit| credit.as_str().to_owned()),
            Column::Id
            | Column::Account
            | Column::Item
            | Column::Segment
            | Column::Territory
            | Column::Registration
            | Column::Invoice
            | Column::Reason => event.cell(column).to_owned(),
        })
        .collect()
}

/// Events as a table that engross reads without any settings.
fn table<'e>(events: impl Iterator<Item = &'e Event>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = Column::ALL.map(Column::as_str);
    // A vector takes every byte.
    let _ = writer.write_record(heads);
    for event in events {
        let _ = writer.write_record(row(event));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
