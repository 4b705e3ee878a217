//! The sample played through, against its own yearly results.

use super::gates::delay;
use super::*;
use crate::deal::EventKind;
use crate::diagnostic::Code;
use crate::events::{Form, Ledger, Seen, gate, in_order, rows};
use crate::source::Source;
use crate::units::{Date, Unit};

fn deal(edit: impl Fn(&str) -> String) -> Deal {
    let text = edit(include_str!("../../../samples/saas-alliance/deal.toml"));
    let mut report = Report::new();
    Deal::read(&Source::new("deal.toml", text), &mut report).expect("a deal")
}

fn played(deal: &Deal) -> (Simulation, Report) {
    let mut report = Report::new();
    let simulation = simulate(deal, &mut report)
        .expect("amounts")
        .expect("a forecast");
    (simulation, report)
}

/// Month by month comes to what the year comes to, as long as no trigger moves a term.
#[test]
fn months_add_up_to_the_year() {
    let deal = deal(|text| {
        let at = text.find("[[reviews.trigger]]").expect("triggers");
        let end = text.find("# --- Protective terms").expect("the next part");
        let text = format!("{}{}", &text[..at], &text[end..]);
        // Influenced accounts earn the rate that is reached month by month here, and at the end of the year there.
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("influenced_revenue"));
        lines.collect::<Vec<_>>().join("\n")
    });
    let (simulation, _) = played(&deal);
    let results = economics::results(&deal)
        .expect("amounts")
        .expect("results");
    for ((_, played), outcome) in simulation.cases.iter().zip(&results.outcomes) {
        assert_eq!(played.months.len(), 12);
        assert_eq!(played.revenue, outcome.revenue);
        // Each month is rounded for itself.
        let gap = (played.payout.amount() - outcome.payout.amount()).abs();
        assert!(gap <= Decimal::from(1), "{gap}");
    }
}

#[test]
fn triggers_and_exclusivity_are_played() {
    let (simulation, _) = played(&deal(str::to_owned));
    let high = &simulation.cases[2].1;
    assert!(
        high.happenings.contains(&(9, Happening::Fires(0))),
        "{:?}",
        high.happenings
    );
    assert!(
        high.happenings
            .iter()
            .any(|(_, what)| *what == Happening::ExclusivityKept)
    );
    let slow =
        deal(|text| text.replace("amount = \"6 activations\"", "amount = \"60 activations\""));
    let (simulation, _) = played(&slow);
    let low = &simulation.cases[0].1;
    let of: Vec<&(u32, Happening)> = low
        .happenings
        .iter()
        .filter(|(_, what)| {
            matches!(
                what,
                Happening::ExclusivityMissed | Happening::ExclusivityReverts
            )
        })
        .collect();
    assert_eq!(
        of,
        [
            &(6, Happening::ExclusivityMissed),
            &(7, Happening::ExclusivityReverts)
        ]
    );
}

#[test]
fn cliffs_and_dead_tiers_are_found() {
    let codes = |deal: &Deal| -> Vec<Code> {
        let (_, report) = played(deal);
        report.sorted().iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(&deal(str::to_owned)), []);
    let dead = deal(|text| {
        text.replace("to = \"USD 1000000\"", "to = \"USD 9000000\"")
            .replace("from = \"USD 1000000\"", "from = \"USD 9000000\"")
    });
    assert_eq!(codes(&dead), [Code::DeadTier]);
    let dear = deal(|text| {
        text.replace("pays = \"15%\"", "pays = \"80%\"")
            .replace("amount = \"USD 600000\"", "amount = \"USD 6000000\"")
    });
    assert!(codes(&dear).contains(&Code::Cliff));
}

/// Twenty-four activations in twelve months, two a month. Five business days count as a week; a month has 30 days.
#[test]
fn gates_are_played_month_by_month() {
    let (simulation, _) = played(&deal(str::to_owned));
    let passed = |of: Manner| {
        let found = simulation.gates.iter().find(|gates| gates.manner == of);
        found.expect("a run").passed.clone()
    };
    assert_eq!(
        passed(Manner::AtOnce),
        [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]
    );
    // 24 × (30 × month − 7) ÷ 360, and what is left over waits.
    assert_eq!(
        passed(Manner::LastDay),
        [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]
    );
    // Silence goes up the ladder, where nothing passes by itself.
    assert_eq!(passed(Manner::Silence)[11], 0);
    // 7 + 30 + 7 days.
    assert_eq!(passed(Manner::MendedOnce)[..3], [0, 1, 3]);
    let never = deal(|text| {
        text.replace(
            "window = \"5 business days\"\nsilence = \"escalated\"",
            "window = \"5 business days\"\nsilence = \"rejected\"",
        )
    });
    let (simulation, _) = self::played(&never);
    let silent = &simulation.gates[2];
    assert_eq!((silent.manner, silent.passed[11]), (Manner::Silence, 0));
    assert!(
        silent
            .played
            .happenings
            .iter()
            .any(|(_, what)| *what == Happening::ExclusivityReverts)
    );
}

#[test]
fn a_gate_that_decides_by_its_time_is_found() {
    let codes = |amount: &str| -> Vec<Code> {
        let deal = deal(|text| {
            text.replace(
                "amount = \"6 activations\"",
                &format!("amount = \"{amount}\""),
            )
        });
        let (_, report) = played(&deal);
        report.sorted().iter().map(|found| found.code).collect()
    };
    // By the end of the cure, in month 7, fourteen have been sent and thirteen decided.
    assert_eq!(codes("13 activations"), []);
    assert_eq!(codes("14 activations"), [Code::GateDecides]);
    assert_eq!(codes("15 activations"), []);
}

/// A simulation takes silence for what statements take it for: what is accepted passes on the last day, what is rejected
/// never does, and what goes up the ladder waits there for its owners to settle it.
#[test]
fn simulations_and_statements_take_silence_for_the_same() {
    let text = include_str!("../../../samples/referral/deal.toml");
    let table = "id,date,account,kind\n1,2027-03-01,Silent,lead\n";
    for (silence, accepted) in [("accepted", 1), ("rejected", 0), ("escalated", 0)] {
        let with = format!("silence = \"{silence}\"");
        let text = text.replacen("silence = \"accepted\"", &with, 1);
        let mut report = Report::new();
        let deal = Deal::read(&Source::new("deal.toml", text), &mut report).expect("a deal");
        let rows = rows(table.as_bytes(), "q.csv", Form::Table, &deal, None).expect("headings");
        let mut ledger = Ledger::new(&deal);
        in_order(vec![rows], |seen| {
            if let Seen::Event(event) = seen {
                ledger.take(event).expect("an event");
            }
        })
        .expect("memory can be read");
        let spoken = ledger.spoken(Date::from_text("2028-01-01").expect("a day"));
        let passed: Vec<Date> = spoken
            .iter()
            .filter(|(_, event)| event.kind == EventKind::LeadAccepted)
            .map(|(_, event)| event.date)
            .collect();
        assert_eq!(passed.len(), accepted, "{silence}");
        let gate = gate(&deal, true).expect("a gate");
        let played = delay(gate, Manner::Silence);
        let sent = Date::from_text("2027-03-01").expect("a day");
        let days = passed
            .first()
            .map(|day| sent.days_until(*day).unsigned_abs());
        assert_eq!(played, days, "{silence}");
    }
}
