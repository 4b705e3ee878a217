//! What a review is made from, beside the deal: events, those of the periods before, and figures by hand.

use super::super::events::{self, Aside, EventArgs};
use super::super::files;
use super::super::package::{Hashing, Large};
use super::super::signed::{Signing, beside};
use super::Args;
use super::agreed::Agreed;
use super::copy::{Copied, EVENTS, Handed, copied, most_held, row};
use crate::deal::{Deal, StatementPeriod};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::events::{
    ById, Column, Event, Intake, Made, Next, Order, Pile, Piling, Rejected, Room, Version,
};
use crate::review::counted::{Counted, Counting, count};
use crate::review::evaluate::Judge;
use crate::review::figures::{Figure, Given, Measured, Question};
use crate::review::period::{Reviewed, periods};
use crate::source::{Source, Span};
use crate::units::{Currency, Date};
use anyhow::Context;
use std::io::Write;
use std::path::Path;
use std::rc::Rc;

/// What was handed in.
pub(super) struct Inputs {
    given: Given,
    /// The events, if there are files of events.
    events: Option<Handed>,
    /// Where events are put that memory does not hold.
    aside: Aside,
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
    pub(super) copy: Option<Copied>,
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
    /// The copy of the events, if memory does not hold it.
    pub(super) fn large(&self) -> Option<Large<'_>> {
        match &self.copy {
            Some(Copied::Aside(file)) => Some(Large { name: EVENTS, file }),
            Some(Copied::Held(_)) | None => None,
        }
    }

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
        let mut all = Hashing::default();
        writeln!(all, "{}", args.on.iso())?;
        for text in args.set.iter().chain(&args.quiet_period) {
            writeln!(all, "{text}")?;
        }
        let given = match &args.actuals {
            Some(path) => {
                let source = files::source(path, report)?.map(|(source, _)| source);
                if let Some(source) = &source {
                    all.write_all(source.text.as_bytes())?;
                }
                source.and_then(|source| Given::read(&source, deal, report))
            }
            None => Some(Given::default()),
        };
        let held = args.memory.unwrap_or(Aside::HELD);
        let aside = Aside::beside(&folder.join(EVENTS), held);
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
            let mut piling = Piling::new(&aside.room(), currency(deal));
            let mut findings = Vec::new();
            let mut count = 0;
            events::each(&paths, deal, manner.as_ref(), report, |row| match row {
                Next::Event(event) => {
                    piling.push(&event, count);
                    count += 1;
                }
                Next::Rejected(row) => findings.extend(row.findings),
            })?;
            for finding in findings {
                report.push(finding);
            }
            let pile = piling.finish().with_context(|| aside.full())?;
            let handed = Handed::of(pile, held, &mut all).with_context(|| aside.full())?;
            Some(handed)
        };
        Ok(given.map(|given| Inputs {
            given,
            events,
            aside,
            quiet: args.quiet_period.clone(),
            digest: all.finish(),
        }))
    }

    /// The figures of a period. The events of reviews that were held count too; they need not be handed in again.
    pub(super) fn figures(
        mut self,
        signing: &Signing,
        agreed: &Agreed,
        judge: Judge<'_>,
        period: Reviewed,
        report: &mut Report,
    ) -> anyhow::Result<Option<Figures>> {
        let errors = report.errors();
        // The newest version knows every name that a row may have.
        let deal = judge.newest;
        let versions = agreed.versions();
        let room = self.aside.room();
        let full = || self.aside.full();
        let currency = currency(deal);
        let mut by_id = ById::new(&room, currency);
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
            events::each(&[path], deal, None, report, |row| match row {
                Next::Event(event) => by_id.push(&event),
                Next::Rejected(_) => {}
            })?;
        }
        let counted_before = by_id.count();
        let has_events = self.events.is_some();
        let mut handed = None;
        if let Some(mut events) = self.events.take() {
            let push = |event: &Event, _| by_id.push(event);
            events.pile.each(push).with_context(full)?;
            handed = Some((events.pile.count(), events.table));
        }
        let mut all = Piling::new(&room, currency);
        let mut fresh = 0;
        by_id
            .each(|named| {
                let event = named.event;
                if named.number < counted_before {
                    all.push(event, named.number);
                    return;
                }
                match named.first {
                    Some((earlier, number)) if *number < counted_before => {
                        said_before(earlier, event, report);
                    }
                    Some((first, _)) => {
                        let first = format!("{}:{}", first.row.file, first.row.line);
                        for finding in Rejected::twice(event, &first).findings {
                            report.push(finding);
                        }
                    }
                    None if event.date <= period.to => {
                        all.push(event, named.number);
                        fresh += 1;
                    }
                    None => {}
                }
            })
            .with_context(full)?;
        let mut all = all.finish().with_context(full)?;
        let copy = match handed {
            // All that was handed in is new and of the period, and in the same order.
            Some((count, Some(table))) if count == fresh => Some(Copied::Held(table)),
            Some(_) => {
                let large = fresh > most_held(room.held());
                let copied = copied(&mut all, counted_before, large, &self.aside);
                Some(copied.with_context(full)?)
            }
            None => None,
        };
        let mut statements = Vec::new();
        let counted = if has_events || all.count() > 0 {
            let next = periods(deal)
                .find(|next| next.to > period.to)
                .map_or(period.to, |next| next.to);
            let counting = Counting {
                judge,
                versions: &versions,
                period,
                next,
                before: &signing.record.reviews,
            };
            let counted = count(counting, &mut all, &room, report).with_context(full)?;
            if counted.is_some() {
                let names = times(&versions, period.from, period.to);
                for name in names {
                    let order = Order {
                        period: name.clone(),
                        effective: None,
                        ended: None,
                        quiet: quiet.clone(),
                        most: SHOWN,
                    };
                    let made = stated(&versions, order, &mut all, &room, report);
                    if let Some(made) = made.with_context(full)? {
                        statements.push((name, made));
                    }
                }
            }
            counted
        } else {
            None
        };
        if !has_events && self.given == Given::default() {
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

/// A statement. What stands in its way is in the report.
fn stated(
    versions: &[Version<'_>],
    order: Order,
    events: &mut Pile,
    room: &Rc<dyn Room>,
    report: &mut Report,
) -> std::io::Result<Option<Made>> {
    let mut intake = match Intake::under(versions, order, Rc::clone(room)) {
        Ok(intake) => intake,
        Err(findings) => {
            report.append(findings);
            return Ok(None);
        }
    };
    events.each(|event, _| intake.take(event))?;
    let taken = intake.finish(usize::MAX, &mut || ())?;
    let wrong = taken.rejected.into_iter().flat_map(|row| row.findings);
    let errors = report.errors();
    for finding in wrong {
        report.push(finding);
    }
    if report.errors() > errors {
        return Ok(None);
    }
    match taken.made {
        Ok(made) => {
            for warning in &made.warnings {
                report.push(warning.clone());
            }
            Ok(Some(made))
        }
        Err(findings) => {
            report.append(findings);
            Ok(None)
        }
    }
}

/// Reports an event that was counted in an earlier review, if it says something else now.
fn said_before(earlier: &Event, event: &Event, report: &mut Report) {
    if row(earlier) == row(event) {
        return;
    }
    let message = format!(
        "the event `{}` was counted in an earlier review and says something else now",
        event.id()
    );
    report.push(
        Diagnostic::error(Code::PeriodReviewed, &event.row.span(Column::Id), message)
            .also(&earlier.row.span(Column::Id), "as it was counted")
            .help("what was reviewed stays: add a correction as an event of its own, such as a refund"),
    );
}

/// The currency of the amounts of a deal.
fn currency(deal: &Deal) -> Currency {
    let economics = deal.economics.as_ref();
    economics.map_or(Currency::XXX, |economics| economics.currency.value.0)
}
