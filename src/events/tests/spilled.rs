//! Statements from events beside memory are those from events in memory, to the byte: of the samples, and of random
//! rows that fit and do not fit.

mod stretches;

use super::{Paper, dice, sample};
use crate::deal::{Deal, EventKind, StatementPeriod};
use crate::events::{
    Event, Form, Intake, Leaf, Made, Next, Order, Rejected, Room, Run, Version, in_force, rows,
};
use crate::units::{Date, Unit};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Seek, SeekFrom, Write};
use std::rc::Rc;

const HEAD: &str = "id,date,account,kind,amount,currency,item,segment,attribution,invoice,reason\n";

/// What both ways come to, as text: the statement or what stands in its way, and the rejected rows.
fn said(made: &Result<Made, crate::diagnostic::Report>, mut rejected: Vec<Rejected>) -> String {
    rejected.sort_by(|one, two| (&one.file, one.line).cmp(&(&two.file, two.line)));
    let mut said = format!("{made:#?}\n");
    for row in rejected {
        let _ = writeln!(said, "{row:?}");
    }
    said
}

/// In memory: the rows whose id stood before are left out, the others are taken in their order.
fn in_memory(versions: &[Version<'_>], events: &[Event], order: Order) -> String {
    let mut run = match Run::under(versions, order) {
        Ok(run) => run,
        Err(report) => return format!("{report:?}"),
    };
    let mut first: BTreeMap<&str, String> = BTreeMap::new();
    let mut rejected = Vec::new();
    let mut kept: Vec<&Event> = Vec::new();
    for event in events {
        let here = format!("{}:{}", event.row.file, event.row.line);
        if let Some(earlier) = first.get(event.id()) {
            rejected.push(Rejected::twice(event, earlier));
        } else {
            first.insert(event.id(), here);
            kept.push(event);
        }
    }
    kept.sort_by_key(|event| (event.date, event.kind));
    for event in kept {
        if let Err(finding) = run.take(event) {
            rejected.push(Rejected::event(event, finding));
        }
    }
    said(&run.finish(), rejected)
}

fn beside(versions: &[Version<'_>], events: &[Event], order: Order, held: usize) -> String {
    let room: Rc<dyn Room> = Rc::new(Paper { held });
    let mut intake = match Intake::under(versions, order, room) {
        Ok(intake) => intake,
        Err(report) => return format!("{report:?}"),
    };
    for event in events {
        intake.take(event);
    }
    let taken = intake.finish(100_000, &mut || ()).expect("memory holds it");
    said(&taken.made, taken.rejected)
}

/// The events of a table, in the order of its rows.
fn events(deal: &Deal, name: &str, table: &str) -> Vec<Event> {
    rows(table.as_bytes(), name, Form::Table, deal, None)
        .expect("headings")
        .filter_map(|row| match row.expect("memory can be read") {
            Next::Event(event) => Some(*event),
            Next::Rejected(_) => None,
        })
        .collect()
}

fn order(deal: &Deal, month: i8) -> Order {
    let economics = deal.economics.as_ref().expect("economics");
    let name = |month: i8| match economics.payment.statements.value {
        StatementPeriod::Month => format!("2027-{month:02}"),
        StatementPeriod::Quarter => format!("2027-Q{}", (month + 2) / 3),
    };
    Order {
        period: name(month),
        effective: Date::from_text("2027-01-01").ok(),
        ended: None,
        quiet: (1..=12).map(name).collect(),
        most: 7,
    }
}

/// Random rows: accounts and invoices that share names, days before and after, kinds of all sorts, ids that stand twice.
fn table(deal: &Deal, seed: u64, count: u64) -> String {
    let mut roll = dice(seed);
    let segments: Vec<&str> = deal
        .territory
        .iter()
        .flat_map(|territory| &territory.segment)
        .map(|segment| segment.id.as_str())
        .collect();
    let codes: Vec<&str> = deal
        .gate
        .iter()
        .flat_map(|gate| &gate.reject)
        .map(|reject| reject.code.as_str())
        .collect();
    let guarantees: Vec<&str> = deal
        .guarantee
        .iter()
        .map(|guarantee| guarantee.name.as_str())
        .collect();
    let few = roll(4) == 0;
    let accounts = 1 + roll(if few { 3 } else { 40 });
    let mut table = String::from(HEAD);
    for number in 0..count {
        let id = if roll(60) == 0 { roll(count) } else { number };
        let day = roll(400);
        let date = Date::new(2026, 12, 20)
            .expect("a day")
            .plus_days(i32::try_from(day).expect("small"))
            .iso();
        let account = roll(accounts);
        let kind = match roll(10) {
            0..=2 => EventKind::Invoice,
            3..=4 => EventKind::Collection,
            5 => EventKind::Activation,
            6 => [
                EventKind::LeadAccepted,
                EventKind::Order,
                EventKind::Renewal,
            ][usize::try_from(roll(3)).expect("small")],
            _ => EventKind::ALL[usize::try_from(roll(EventKind::ALL.len() as u64)).expect("small")],
        };
        let about = [EventKind::Statement, EventKind::Payment, EventKind::Dispute];
        let statement = about.contains(&kind) || kind == EventKind::Settlement;
        let invoice = if statement {
            format!("2027-Q{}", 1 + roll(3))
        } else if roll(25) == 0 {
            format!("I{}", roll(accounts * 2))
        } else {
            format!("I{account}-{}", roll(3))
        };
        let whole = [100, 100, 100, 250, 40_000][usize::try_from(roll(5)).expect("small")];
        let pick = |list: &[&str], at: u64| {
            let at = usize::try_from(at).expect("small");
            (*list.get(at % list.len().max(1)).unwrap_or(&"")).to_owned()
        };
        let rejected = [EventKind::LeadRejected, EventKind::ActivationRejected];
        let reason = match kind {
            kind if rejected.contains(&kind) => pick(&codes, roll(50)),
            EventKind::Credit => pick(&guarantees, roll(50)),
            EventKind::Churn => {
                ["price", "insolvency", ""][usize::try_from(roll(3)).expect("small")].to_owned()
            }
            _ => String::new(),
        };
        let item = match kind {
            EventKind::Activation | EventKind::Milestone => roll(3).to_string(),
            EventKind::Invoice => ["", "", "", "setup", "services", "nonsense"]
                [usize::try_from(roll(6)).expect("small")]
            .to_owned(),
            _ => String::new(),
        };
        let credit = match (account + roll(200) / 199) % 7 {
            0..=3 => "sourced",
            4 => "influenced",
            5 => "both",
            _ => "",
        };
        let segment = if account.is_multiple_of(2) {
            pick(&segments, account)
        } else {
            String::new()
        };
        let _ = writeln!(
            table,
            "E{id},{date},A{account},{},{}.{:02},USD,{item},{segment},{credit},{invoice},{reason}",
            kind.as_str(),
            whole + roll(whole),
            roll(2) * 50,
        );
    }
    table
}

#[test]
fn random_rows_come_to_the_same_in_memory_and_beside_it() {
    let (mut made, mut refused) = (0, 0);
    for name in [
        "saas-alliance",
        "co-sell",
        "distribution",
        "marketplace",
        "referral",
    ] {
        let mut deal = sample(name);
        let economics = deal.economics.as_mut().expect("economics");
        // Rows are in dollars, whatever the deal pays in.
        let usd = economics.currency.value.0 == crate::units::Currency::USD;
        for seed in 0..40 {
            let mut text = table(&deal, seed, 300);
            if !usd {
                let code = deal
                    .economics
                    .as_ref()
                    .map(|terms| terms.currency.value.0.code());
                text = text.replace("USD", code.expect("a currency"));
            }
            let events = events(&deal, "q.csv", &text);
            assert!(events.len() > 200, "{name}: {}", events.len());
            let versions = [Version {
                from: Date::MIN,
                deal: &deal,
            }];
            for month in [3, 9] {
                let what = format!("{name} {seed} {month}");
                let one = alike(&versions, &events, &order(&deal, month), &what);
                made += usize::from(one.starts_with("Ok"));
                refused += one.matches("Rejected {").count();
            }
        }
    }
    assert!(made > 200 && refused > 4_000, "{made} {refused}");
}

/// What the events come to in memory, and just so beside it, whatever memory holds. `what` they are, if they do not.
fn alike(versions: &[Version<'_>], events: &[Event], order: &Order, what: &str) -> String {
    let one = in_memory(versions, events, order.clone());
    for held in [1, 3_000, 1 << 20] {
        let two = beside(versions, events, order.clone(), held);
        assert!(one == two, "{what} {held}: {}", first(&one, &two));
    }
    one
}

/// The first line that differs.
fn first(one: &str, two: &str) -> String {
    let lines = one.lines().zip(two.lines());
    let found = lines.enumerate().find(|(_, (one, two))| one != two);
    found.map_or_else(
        || format!("{} and {} lines", one.lines().count(), two.lines().count()),
        |(at, (one, two))| format!("{at}: {one}\n{two}"),
    )
}

/// An amendment in the middle: each part of the accounts comes to it by itself.
#[test]
fn an_amended_deal_comes_to_the_same_in_memory_and_beside_it() {
    let old = sample("saas-alliance");
    let mut new = old.clone();
    let registration = new.registration.as_mut().expect("registrations");
    registration.valid.value = crate::units::Period::from_text("120 days").expect("a period");
    let day = Date::from_text("2027-07-01").expect("a day");
    let versions = [
        Version {
            from: Date::MIN,
            deal: &old,
        },
        Version {
            from: day,
            deal: &new,
        },
    ];
    assert_eq!(in_force(&versions, day), 1);
    for seed in 100..120 {
        let events = events(&old, "q.csv", &table(&old, seed, 300));
        alike(&versions, &events, &order(&old, 9), &seed.to_string());
    }
}

/// More warnings than are told, of accounts that are in many parts.
#[test]
fn many_warnings_come_to_the_same_in_memory_and_beside_it() {
    let deal = sample("referral");
    let mut table = String::from(HEAD);
    for number in 0..400 {
        let day = 1 + number % 20;
        let _ = writeln!(
            table,
            "L{number},2027-03-{day:02},Late {number},lead,,,,,,,"
        );
        let _ = writeln!(
            table,
            "D{number},2027-03-31,Late {number},lead-rejected,,,,,,,R1"
        );
    }
    let events = events(&deal, "q.csv", &table);
    let versions = [Version {
        from: Date::MIN,
        deal: &deal,
    }];
    let said = alike(&versions, &events, &order(&deal, 3), "late decisions");
    assert_eq!(said.matches("could be decided until").count(), 20);
    assert!(said.contains("and 380 more of this kind"), "{said}");
}

/// Room that ends after so many bytes.
#[derive(Debug)]
struct Full(usize);

impl Room for Full {
    fn leaf(&self) -> std::io::Result<Box<dyn Leaf>> {
        Ok(Box::new(Short {
            inner: std::io::Cursor::new(Vec::new()),
            left: self.0,
        }))
    }

    fn held(&self) -> usize {
        500
    }
}

#[derive(Debug)]
struct Short {
    inner: std::io::Cursor<Vec<u8>>,
    left: usize,
}

impl Read for Short {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl Seek for Short {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

impl Write for Short {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.len() > self.left {
            return Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
        }
        self.left -= bytes.len();
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whenever the disk is full, that is what is said, and nothing else.
#[test]
fn a_full_disk_is_told_whenever_it_is_full() {
    let deal = sample("saas-alliance");
    let events = events(&deal, "q.csv", &table(&deal, 7, 300));
    let versions = [Version {
        from: Date::MIN,
        deal: &deal,
    }];
    let mut failed = 0;
    for room in (0..40_000).step_by(1_500) {
        let full: Rc<dyn Room> = Rc::new(Full(room));
        let mut intake = Intake::under(&versions, order(&deal, 9), full).expect("sound terms");
        for event in &events {
            intake.take(event);
        }
        match intake.finish(100_000, &mut || ()) {
            Ok(taken) => {
                let one = in_memory(&versions, &events, order(&deal, 9));
                assert!(one == said(&taken.made, taken.rejected), "{room}");
            }
            Err(error) => {
                assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "{room}");
                failed += 1;
            }
        }
    }
    assert!((5..26).contains(&failed), "{failed}");
}

/// The place of an event among all has room for every kind, in their order.
#[test]
fn kinds_are_numbered_in_their_order() {
    assert!(EventKind::ALL.len() <= 32);
    for (number, kind) in EventKind::ALL.iter().enumerate() {
        assert_eq!(*kind as usize, number);
    }
}
