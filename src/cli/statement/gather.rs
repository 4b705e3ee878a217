//! The events of a statement: in memory and in one pass where their number and order allow it, else put aside on disk.

use super::Which;
use super::terms::Terms;
use crate::cli::drafted::Drafted;
use crate::cli::events::{Aside, Origin, Progress, manner, open, paths};
use crate::cli::files;
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::events::{
    Event, Intake, Made, Next, Reading, Rejected, Run, Seen, Version, in_order, merge,
};
use crate::settings::EventFiles;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// How many rows at fault are told; all are listed in a file.
pub(super) const TOLD: usize = 20;
/// More rows at fault than these are one mistake: another column, another separator.
const MOST_REJECTED: usize = 100_000;

/// A statement, and the rows that are not in it.
pub(in crate::cli) struct Gathered {
    /// The statement; `None` if something stands in its way.
    pub(super) made: Option<Made>,
    /// Rows that are no events, or events that do not fit.
    pub(super) rejected: Vec<Rejected>,
}

/// How large files may be that are tried in memory, and those whose rows are in no order.
const TRIED: u64 = 192 << 20;
const TRIED_MIXED: u64 = 16 << 20;
/// How many bytes accounts, invoices and ids may take in memory, and about how many an event and an id take.
const HELD: usize = 320 << 20;
const EVENT: usize = 600;
const ID: usize = 16;
/// Reads the events and makes the statement. What stands in its way is in the report, or among the rejected rows.
/// `out` is where it will be written; events that memory does not hold are put aside near it.
pub(super) fn gather(
    which: &Which,
    work: &Drafted,
    terms: &Terms,
    most: usize,
    out: &Path,
    report: &mut Report,
) -> anyhow::Result<Gathered> {
    let paths = paths(&which.events)?;
    let house = files::settings(&work.folder, report)?;
    let manner = manner(&which.events, house.as_ref(), report)?;
    let nothing = |rejected| Gathered {
        made: None,
        rejected,
    };
    if report.has_errors() {
        return Ok(nothing(Vec::new()));
    }
    let held = which.memory.unwrap_or(HELD);
    let limit = |most: u64| most.min(which.memory.map_or(u64::MAX, |held| held as u64));
    let aside = Aside::beside(out, Aside::HELD.min(held));
    let mut pass = Pass {
        which,
        newest: terms.newest(&work.deal),
        versions: terms.shared(&work.deal),
        origins: Origin::all(&paths, &aside, limit(TRIED))?,
        manner: manner.as_ref(),
        most,
        held,
        mixed: limit(TRIED_MIXED),
        twice: BTreeMap::new(),
    };
    let small = pass.size().is_some_and(|size| size <= limit(TRIED));
    let tried = if small {
        pass.in_memory(report)?
    } else {
        Tried::TooLarge
    };
    let tried = match tried {
        Tried::TooLarge => pass.aside(&aside, report)?,
        Tried::Refused | Tried::Made { .. } => tried,
    };
    let Tried::Made { made, rejected, .. } = tried else {
        return Ok(nothing(Vec::new()));
    };
    if !rejected.is_empty() && !which.leave_out_rejected {
        return Ok(nothing(rejected));
    }
    let made = match made {
        Ok(made) => Some(*made),
        Err(findings) => {
            report.append(findings);
            None
        }
    };
    Ok(Gathered { made, rejected })
}

/// What a pass came to.
enum Tried {
    /// What is wrong is in the report.
    Refused,
    /// There is more than memory is to hold.
    TooLarge,
    /// It came to its end.
    Made {
        made: Result<Box<Made>, Report>,
        rejected: Vec<Rejected>,
        /// A number for each id, to find those that stand twice.
        ids: Vec<u64>,
    },
}

struct Pass<'a> {
    which: &'a Which,
    /// The deal as it is now.
    newest: &'a Deal,
    versions: Vec<Version<'a>>,
    origins: Vec<Origin>,
    manner: Option<&'a EventFiles>,
    most: usize,
    /// How many bytes accounts, invoices and ids may take.
    held: usize,
    /// How large files may be that are in no order.
    mixed: u64,
    /// Rows whose id stood before: file and line, with the place of the first.
    twice: BTreeMap<(Arc<str>, u64), String>,
}

impl Pass<'_> {
    /// How many bytes of events there are, if that is known.
    fn size(&self) -> Option<u64> {
        self.origins.iter().map(Origin::size).sum()
    }

    /// With everything in memory; events are read again if some stand twice.
    fn in_memory(&mut self, report: &mut Report) -> anyhow::Result<Tried> {
        let mut tried = self.run(report)?;
        let Tried::Made { ids, .. } = &mut tried else {
            return Ok(tried);
        };
        let twice = doubled(ids);
        if !twice.is_empty() {
            // Read again, to know which rows they are and to leave the later ones out.
            self.twice = self.find(&twice, report)?;
            if !self.twice.is_empty() {
                return self.run(report);
            }
        }
        Ok(tried)
    }

    /// One pass over all events; another one if a file is not in the order of its days.
    fn run(&mut self, report: &mut Report) -> anyhow::Result<Tried> {
        match self.once(false, report)? {
            Some(tried) => Ok(tried),
            None if self.size().is_none_or(|size| size > self.mixed) => Ok(Tried::TooLarge),
            None => Ok(self.once(true, report)?.unwrap_or(Tried::Refused)),
        }
    }

    /// None if the files are not in order and `sorted` did not ask for that.
    fn once(&mut self, sorted: bool, report: &mut Report) -> anyhow::Result<Option<Tried>> {
        let progress = Progress::new();
        let rows = open(&mut self.origins, self.newest, self.manner, report)?;
        let run = match Run::under(&self.versions, self.which.order(self.most)) {
            Ok(run) => Some(run),
            Err(findings) => {
                report.append(findings);
                None
            }
        };
        let Some(mut run) = run.filter(|_| !report.has_errors()) else {
            return Ok(Some(Tried::Refused));
        };
        let mut rejected: Vec<Rejected> = Vec::new();
        let mut ids = Vec::new();
        let mut count: u64 = 0;
        let mut each = |seen: Seen<'_>| {
            count += 1;
            progress.tell(count, "rows read");
            match seen {
                Seen::Event(event) => {
                    ids.push(number(event.id()));
                    if let Some(refused) = self.doubled(event) {
                        rejected.push(refused);
                    } else if let Err(finding) = run.take(event) {
                        rejected.push(Rejected::event(event, finding));
                    }
                }
                Seen::Rejected(row) => rejected.push(row),
            }
            if rejected.len() > MOST_REJECTED || run.held() + ids.len() * ID > self.held {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let context = "cannot read on in the events";
        let reading = if sorted {
            in_order(rows, |seen| {
                let _ = each(seen);
            })
            .context(context)?;
            Reading::ByDay
        } else {
            merge(rows, self.held / EVENT, &mut each).context(context)?
        };
        progress.end();
        bearable(&rejected)?;
        match reading {
            Reading::ByDay => {}
            Reading::Mixed => return Ok(None),
            Reading::Stopped => return Ok(Some(Tried::TooLarge)),
        }
        by_row(&mut rejected);
        Ok(Some(Tried::Made {
            made: run.finish().map(Box::new),
            rejected,
            ids,
        }))
    }

    /// With events put aside on disk; each file is read once.
    fn aside(&mut self, aside: &Aside, report: &mut Report) -> anyhow::Result<Tried> {
        let progress = Progress::new();
        let full = aside.full();
        let rows = open(&mut self.origins, self.newest, self.manner, report)?;
        let order = self.which.order(self.most);
        let intake = match Intake::under(&self.versions, order, aside.room()) {
            Ok(intake) => Some(intake),
            Err(findings) => {
                report.append(findings);
                None
            }
        };
        let Some(mut intake) = intake.filter(|_| !report.has_errors()) else {
            return Ok(Tried::Refused);
        };
        let mut rejected = Vec::new();
        let mut count = 0;
        for row in rows.into_iter().flatten() {
            count += 1;
            progress.tell(count, "rows read");
            match row.context("cannot read on in the events")? {
                Next::Event(event) => intake.take(&event),
                Next::Rejected(row) => rejected.push(*row),
            }
            if rejected.len() > MOST_REJECTED {
                break;
            }
        }
        bearable(&rejected)?;
        let mut done = 0;
        let through = format!("of {count} rows worked through");
        let taken = intake.finish(MOST_REJECTED - rejected.len(), &mut || {
            done += 1;
            progress.tell(done, &through);
        });
        progress.end();
        let taken = taken.context(full)?;
        rejected.extend(taken.rejected);
        by_row(&mut rejected);
        bearable(&rejected)?;
        Ok(Tried::Made {
            made: taken.made.map(Box::new),
            rejected,
            ids: Vec::new(),
        })
    }

    /// The row, rejected, if its id stood before.
    fn doubled(&self, event: &Event) -> Option<Rejected> {
        if self.twice.is_empty() {
            return None;
        }
        let place = (Arc::clone(&event.row.file), event.row.line);
        let first = self.twice.get(&place)?;
        Some(Rejected::twice(event, first))
    }

    /// The rows whose id stood before, among those with these numbers.
    fn find(
        &mut self,
        numbers: &BTreeSet<u64>,
        report: &mut Report,
    ) -> anyhow::Result<BTreeMap<(Arc<str>, u64), String>> {
        let rows = open(&mut self.origins, self.newest, self.manner, report)?;
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut twice = BTreeMap::new();
        for file in rows {
            for row in file {
                let Next::Event(event) = row.context("cannot read the events again")? else {
                    continue;
                };
                if !numbers.contains(&number(event.id())) {
                    continue;
                }
                let place = format!("{}:{}", event.row.file, event.row.line);
                match first.get(event.id()) {
                    None => {
                        first.insert(event.id().to_owned(), place);
                    }
                    Some(earlier) => {
                        let here = (Arc::clone(&event.row.file), event.row.line);
                        twice.insert(here, earlier.clone());
                    }
                }
            }
        }
        Ok(twice)
    }
}

/// Refuses to go on with more rows at fault than one mistake makes.
fn bearable(rejected: &[Rejected]) -> anyhow::Result<()> {
    let first = rejected.first().and_then(|row| row.findings.first());
    anyhow::ensure!(
        rejected.len() <= MOST_REJECTED,
        "more than {MOST_REJECTED} rows cannot be read; the first: {}",
        first.map_or("", |finding| finding.message.as_str())
    );
    Ok(())
}

/// Puts rejected rows into the order of files and rows.
fn by_row(rejected: &mut [Rejected]) {
    rejected.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
}

/// A number for an id; two ids with one number are told apart when they are looked at again.
fn number(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The numbers that stand twice.
fn doubled(ids: &mut [u64]) -> BTreeSet<u64> {
    ids.sort_unstable();
    ids.windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect()
}
