//! The events of a statement, read from disk in one pass where their order allows it.

use super::Which;
use super::terms::Terms;
use crate::cli::drafted::Drafted;
use crate::cli::events::{manner, open, paths};
use crate::cli::files;
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::events::{Event, Made, Reading, Rejected, Run, Seen, Version, in_order, merge};
use crate::settings::EventFiles;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
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

/// Reads the events and makes the statement. What stands in its way is in the report, or among the rejected rows.
pub(super) fn gather(
    which: &Which,
    work: &Drafted,
    terms: &Terms,
    most: usize,
    report: &mut Report,
) -> anyhow::Result<Gathered> {
    let paths = paths(&which.events)?;
    let house = files::settings(&work.folder, report)?;
    let manner = manner(&which.events, house.as_ref(), report)?;
    let mut pass = Pass {
        which,
        newest: terms.newest(&work.deal),
        versions: terms.shared(&work.deal),
        paths: &paths,
        manner: manner.as_ref(),
        most,
        twice: BTreeMap::new(),
    };
    let nothing = |rejected| Gathered {
        made: None,
        rejected,
    };
    if report.has_errors() {
        return Ok(nothing(Vec::new()));
    }
    let Some(mut first) = pass.run(report)? else {
        return Ok(nothing(Vec::new()));
    };
    let twice = doubled(&mut first.ids);
    if !twice.is_empty() {
        // Read again, to know which rows they are and to leave the later ones out.
        pass.twice = pass.find(&twice, report)?;
        if !pass.twice.is_empty() {
            let Some(second) = pass.run(report)? else {
                return Ok(nothing(Vec::new()));
            };
            first = second;
        }
    }
    let Tried { made, rejected, .. } = first;
    if !rejected.is_empty() && !which.leave_out_rejected {
        return Ok(nothing(rejected));
    }
    let made = match made {
        Ok(made) => Some(made),
        Err(findings) => {
            report.append(findings);
            None
        }
    };
    Ok(Gathered { made, rejected })
}

/// What a pass came to.
struct Tried {
    made: Result<Made, Report>,
    rejected: Vec<Rejected>,
    /// A number for each id, to find those that stand twice.
    ids: Vec<u64>,
}

struct Pass<'a> {
    which: &'a Which,
    /// The deal as it is now.
    newest: &'a Deal,
    versions: Vec<Version<'a>>,
    paths: &'a [PathBuf],
    manner: Option<&'a EventFiles>,
    most: usize,
    /// Rows whose id stood before: file and line, with the place of the first.
    twice: BTreeMap<(Arc<str>, u64), String>,
}

impl Pass<'_> {
    /// One pass over all events; another one if a file is not in the order of its days.
    fn run(&self, report: &mut Report) -> anyhow::Result<Option<Tried>> {
        match self.once(false, report)? {
            Some(None) => Ok(self.once(true, report)?.flatten()),
            Some(Some(tried)) => Ok(Some(tried)),
            None => Ok(None),
        }
    }

    /// `Some(None)` if the files are not in order and `sorted` did not ask for that.
    #[expect(
        clippy::option_option,
        reason = "the outer one is whether there is a run, the inner one whether it came to its end"
    )]
    fn once(&self, sorted: bool, report: &mut Report) -> anyhow::Result<Option<Option<Tried>>> {
        let progress = Progress::new();
        let rows = open(
            self.paths,
            self.newest,
            self.manner,
            &Arc::default(),
            report,
        )?;
        let run = match Run::under(&self.versions, self.which.order(self.most)) {
            Ok(run) => Some(run),
            Err(findings) => {
                report.append(findings);
                None
            }
        };
        let Some(mut run) = run.filter(|_| !report.has_errors()) else {
            return Ok(None);
        };
        let mut rejected: Vec<Rejected> = Vec::new();
        let mut ids = Vec::new();
        let mut count: u64 = 0;
        let mut each = |seen: Seen<'_>| {
            count += 1;
            progress.tell(count);
            if rejected.len() > MOST_REJECTED {
                return;
            }
            match seen {
                Seen::Event(event) => {
                    ids.push(number(event.id()));
                    if let Some(refused) = self.doubled(event) {
                        rejected.push(refused);
                    } else if let Err(finding) = run.take(event) {
                        rejected.push(refused(event, finding));
                    }
                }
                Seen::Rejected(row) => rejected.push(row),
            }
        };
        let context = "cannot read on in the events";
        let whole = if sorted {
            in_order(rows, &mut each).context(context)?;
            Reading::ByDay
        } else {
            merge(rows, &mut each).context(context)?
        };
        progress.end();
        anyhow::ensure!(
            rejected.len() <= MOST_REJECTED,
            "more than {MOST_REJECTED} rows cannot be read; the first: {}",
            rejected
                .first()
                .and_then(|row| row.findings.first())
                .map_or("", |finding| finding.message.as_str())
        );
        if whole == Reading::Mixed {
            return Ok(Some(None));
        }
        rejected.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
        let made = run.finish();
        Ok(Some(Some(Tried {
            made,
            rejected,
            ids,
        })))
    }

    /// The row, rejected, if its id stood before.
    fn doubled(&self, event: &Event) -> Option<Rejected> {
        if self.twice.is_empty() {
            return None;
        }
        let place = (Arc::clone(&event.row.file), event.row.line);
        let first = self.twice.get(&place)?;
        let finding = Diagnostic::error(
            Code::DuplicateEvent,
            &event.row.span(crate::events::Column::Id),
            format!("the event `{}` stands twice: first at {first}", event.id()),
        )
        .help("take one of the two out; if they are two events, give each a name of its own");
        Some(refused(event, finding))
    }

    /// The rows whose id stood before, among those with these numbers.
    fn find(
        &self,
        numbers: &BTreeSet<u64>,
        report: &mut Report,
    ) -> anyhow::Result<BTreeMap<(Arc<str>, u64), String>> {
        let rows = open(
            self.paths,
            self.newest,
            self.manner,
            &Arc::default(),
            report,
        )?;
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut twice = BTreeMap::new();
        for file in rows {
            for row in file {
                let crate::events::Next::Event(event) =
                    row.context("cannot read the events again")?
                else {
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

fn refused(event: &Event, finding: Diagnostic) -> Rejected {
    Rejected {
        file: Arc::clone(&event.row.file),
        line: event.row.line,
        text: event.row.text().to_owned(),
        findings: vec![finding],
    }
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

/// How far a long run has come, on a terminal.
struct Progress {
    shown: bool,
}

impl Progress {
    fn new() -> Progress {
        Progress {
            shown: std::io::stderr().is_terminal(),
        }
    }

    fn tell(&self, count: u64) {
        if self.shown && count.is_multiple_of(1 << 18) {
            let _ = write!(std::io::stderr(), "\r{count} rows read ");
        }
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[2K");
        }
    }
}
