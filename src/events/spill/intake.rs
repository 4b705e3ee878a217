//! Events being taken in, in any order, and the statement that they come to.

use super::Room;
use super::ledgers::{Came, Ledgers, Twice, about_statements};
use super::parts::{Parts, Step, low};
use super::record::{Bytes, Codec};
use super::shelf::Shelf;
use super::sort::{Merge, Sorter};
use crate::diagnostic::{Diagnostic, Report};
use crate::events::event::{Event, Rejected};
use crate::events::ledger::digest;
use crate::events::made::Made;
use crate::events::metrics::Gauges;
use crate::events::pay::Accounts;
use crate::events::run::Order;
use crate::events::statements::{Ended, Statements};
use crate::events::version::Version;
use crate::units::{Currency, Date};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Result;
use std::rc::Rc;

/// A run over more events than memory holds.
#[derive(Debug)]
pub struct Intake<'a> {
    statements: Statements<'a>,
    gauges: Gauges<'a>,
    room: Rc<dyn Room>,
    codec: Codec,
    parts: Parts,
    /// The digests of ids.
    ids: Sorter,
}

/// What a run comes to.
#[derive(Debug)]
pub struct Taken {
    /// The statement, or what stands in its way.
    pub made: std::result::Result<Made, Report>,
    /// Rows that do not fit, in no order.
    pub rejected: Vec<Rejected>,
}

impl<'a> Intake<'a> {
    /// Begins a run, as [`Run::under`](crate::events::Run::under) does.
    ///
    /// # Errors
    ///
    /// As there.
    ///
    /// # Panics
    ///
    /// Without any version.
    pub fn under(
        versions: &[Version<'a>],
        order: Order,
        room: Rc<dyn Room>,
    ) -> std::result::Result<Intake<'a>, Report> {
        let statements = Statements::under(versions, order)?;
        let economics = versions.iter().rev().find_map(|version| {
            let economics = version.deal.economics.as_ref()?;
            Some(economics.currency.value.0)
        });
        Ok(Intake {
            gauges: statements.gauges()?,
            parts: Parts::new(&room, statements.course.effective..=statements.target.to),
            statements,
            codec: Codec::new(economics.unwrap_or(Currency::XXX)),
            ids: Sorter::new(&room),
            room,
        })
    }

    /// Takes in an event; events come file by file, each in the order of its rows.
    pub fn take(&mut self, event: &Event) {
        self.ids.push(u128::from(digest(event.id())), |_| ());
        self.parts.push(event, &mut self.codec);
    }

    /// Goes through all events: first part by part, then what they mean in the order of their days. It stops when more
    /// than `most` rows are rejected. `tell` is called for each event that is gone through.
    ///
    /// # Errors
    ///
    /// If there is no room.
    pub fn finish(self, most: usize, tell: &mut dyn FnMut()) -> Result<Taken> {
        let Intake {
            mut statements,
            gauges,
            room,
            mut codec,
            parts,
            ids,
        } = self;
        let days = parts.numbered();
        let numbers = doubled(ids.finish()?, most)?;
        let mut divided = parts.finish()?;
        let twice = if numbers.is_empty() {
            Twice::new()
        } else {
            find(&mut divided.events, &codec, &numbers, most)?
        };
        let mut ledgers = Ledgers::new(&statements, gauges, twice, days, &room);
        divided.each(&mut codec, |step, codec| {
            match step {
                Step::End => ledgers.end(codec),
                Step::Event(event, place) => {
                    ledgers.take(event, place, codec);
                    tell();
                }
            }
            ledgers.came.rejected.len() <= most
        })?;
        let came = ledgers.came;
        if came.rejected.len() > most {
            return Ok(Taken::stopped(came.rejected));
        }
        gather(&mut statements, came, &codec, &room, most).and_then(|(ended, rejected)| {
            if let Accounts::Spilled(shelf) = std::mem::take(&mut statements.fold.accounts) {
                shelf.failed()?;
            }
            if rejected.len() > most {
                return Ok(Taken::stopped(rejected));
            }
            let broke = statements.broke();
            let seen = |day: &Option<Date>| day.is_none_or(|day| broke.is_none_or(|to| day <= to));
            let rejected = rejected.into_iter().filter(|(day, _)| seen(day));
            Ok(Taken {
                rejected: rejected.map(|(_, rejected)| rejected).collect(),
                made: statements.finish(ended),
            })
        })
    }
}

/// Gathers the statements from what all parts came to.
#[expect(
    clippy::type_complexity,
    reason = "rejected rows are as `Came` has them"
)]
fn gather(
    statements: &mut Statements<'_>,
    came: Came<'_>,
    codec: &Codec,
    room: &Rc<dyn Room>,
    most: usize,
) -> Result<(Ended, Vec<(Option<Date>, Rejected)>)> {
    let Came {
        entries,
        facts,
        mut gauges,
        in_times,
        later,
        accounts,
        pending,
        overdue,
        by_silence,
        mut broken,
        warnings,
        mut rejected,
    } = came;
    let mut entries = entries.finish()?;
    statements.fold.accounts = Accounts::Spilled(Box::new(Shelf::new(room, facts.finish()?)));
    statements.expect(in_times);
    while let Some((key, record)) = entries.peek()? {
        let (event, what, account) = codec.entry_of(record)?;
        entries.pass();
        if let Some((_, day, finding)) = broken.take_if(|(first, _, _)| *first < key) {
            give_up(statements, finding, day);
        }
        if !statements.reach(event.date, None) || rejected.len() > most {
            break;
        }
        let books = about_statements(event.kind);
        let account = account.as_ref().map(|(at, account)| (*at, account));
        match statements.take(&event, what, account) {
            Ok(()) if books => {
                let account = account.map(|(_, account)| account);
                gauges.note(&event, what, account, key);
                statements.count();
            }
            Ok(()) => {}
            Err(finding) if event.by_silence => statements.give_up(finding, event.date),
            Err(finding) => {
                if !books {
                    statements.uncount();
                }
                rejected.push((Some(event.date), Rejected::event(&event, finding)));
            }
        }
    }
    if let Some((_, day, finding)) = broken {
        give_up(statements, finding, day);
    }
    statements.end(None);
    let mut warnings = warnings.told();
    warnings.extend(overdue.told());
    let ended = Ended {
        accounts,
        pending,
        later,
        by_silence,
        values: gauges.finish(),
        warnings,
    };
    Ok((ended, rejected))
}

/// What silence decided on a day does not fit its row, unless a statement before that day cannot be made.
fn give_up(statements: &mut Statements<'_>, finding: Diagnostic, day: Date) {
    if statements.reach(day, None) {
        statements.give_up(finding, day);
    }
}

impl Taken {
    /// What is left when too much was rejected.
    fn stopped(rejected: Vec<(Option<Date>, Rejected)>) -> Taken {
        Taken {
            made: Err(Report::new()),
            rejected: rejected.into_iter().map(|(_, rejected)| rejected).collect(),
        }
    }
}

/// The digests that stand twice, up to one more than `most`.
fn doubled(mut ids: Merge, most: usize) -> Result<BTreeSet<u64>> {
    let mut doubled = BTreeSet::new();
    let mut last = None;
    while let Some((key, _)) = ids.peek()? {
        ids.pass();
        if last.replace(key) == Some(key) {
            doubled.insert(low(key));
            if doubled.len() > most {
                break;
            }
        }
    }
    Ok(doubled)
}

/// The rows whose id stood before, among those with these digests; enough of them if there are more than `most`.
fn find(events: &mut Merge, codec: &Codec, numbers: &BTreeSet<u64>, most: usize) -> Result<Twice> {
    let mut found = Vec::new();
    while let Some((key, record)) = events.peek()? {
        let event = codec.event_of(&mut Bytes::new(record))?;
        events.pass();
        if numbers.contains(&digest(event.id())) {
            let order = Parts::order(low(key));
            found.push((order, event.id().to_owned(), event.row.file, event.row.line));
            if found.len() > numbers.len() + most {
                break;
            }
        }
    }
    events.rewind()?;
    found.sort_unstable();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Twice::new();
    for (_, id, file, line) in found {
        if let Some(earlier) = first.get(&id) {
            twice.insert((file, line), earlier.clone());
        } else {
            first.insert(id, format!("{file}:{line}"));
        }
    }
    Ok(twice)
}
