//! Figures that follow from events, and what else the events of a period show.
//!
//! In: a deal, the events so far, and the period. Out: an answer to every question that the evaluation will ask, the
//! registrations that run out, and what passed the gates. The events are gone through once.

use super::evaluate::{Judge, evaluate};
use super::figures::{Figure, Measured, Question};
use super::period::Reviewed;
use super::record::Held;
use crate::deal::{Deal, EventKind};
use crate::diagnostic::Report;
use crate::events::Measured as Value;
use crate::events::{
    Booked, Column, Event, Gauges, Ledger, MetricValue, Pile, Query, Room, Silent, Version,
    Warnings, What, book, gate,
};
use crate::units::{Count, Date, Decimal, Measure, Rate};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What events show.
#[derive(Debug, Default)]
pub struct Counted {
    answers: Vec<(Query, Figure)>,
    /// How many events of the period there are.
    pub events: usize,
    /// Accounts whose registration runs out before the next review, with the day, by day.
    pub expiring: Vec<(String, Date)>,
    /// What each gate let pass in the period, in the order of the deal.
    pub gates: Vec<GateCount>,
}

/// What a gate let pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateCount {
    /// Its place in the deal, from 0.
    pub place: usize,
    /// How many passed.
    pub accepted: u64,
    /// How many of them because nobody decided in time.
    pub silent: u64,
    /// How many did not, by the code of the reason.
    pub rejected: BTreeMap<String, u64>,
    /// How many did not because nobody decided in time.
    pub rejected_silent: u64,
}

impl Measured for Counted {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        let query = asked(&question);
        self.answers
            .iter()
            .find(|(known, _)| *known == query)
            .map(|(_, figure)| figure.clone())
    }
}

fn asked(question: &Question<'_>) -> Query {
    Query {
        metric: question.metric.to_owned(),
        from: question.from,
        to: question.to,
        segment: question.segment.map(str::to_owned),
    }
}

/// Somebody who knows nothing and remembers what was asked.
#[derive(Default)]
struct Listener {
    queries: RefCell<Vec<Query>>,
}

impl Measured for Listener {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        let query = asked(&question);
        let mut queries = self.queries.borrow_mut();
        if query.from <= query.to && !queries.contains(&query) {
            queries.push(query);
        }
        None
    }
}

/// What is counted, and by which terms.
#[derive(Debug, Clone, Copy)]
pub struct Counting<'a> {
    /// The terms that the period is judged by.
    pub judge: Judge<'a>,
    /// Its versions over time.
    pub versions: &'a [Version<'a>],
    /// The period.
    pub period: Reviewed,
    /// The last day of the next period.
    pub next: Date,
    /// The reviews before.
    pub before: &'a [Held],
}

/// Counts the events up to the end of the period. Those that do not fit together are reported, and then there is no
/// answer. What waits at a gate is decided by the terms of the day on which it was sent.
///
/// # Errors
///
/// If there is no room for what memory does not hold.
pub fn count(
    counting: Counting<'_>,
    events: &mut Pile,
    room: &Rc<dyn Room>,
    report: &mut Report,
) -> std::io::Result<Option<Counted>> {
    let Counting {
        judge,
        versions,
        period,
        next,
        before,
    } = counting;
    let deal = judge.deal;
    let listener = Listener::default();
    // What is missing is found when the answers are there.
    let _ = evaluate(judge, period, &listener, before, &mut Report::new());
    let queries = listener.queries.into_inner();
    let mut gauges = match Gauges::new(deal, &queries) {
        Ok(gauges) => gauges,
        Err(findings) => {
            report.append(findings);
            return Ok(None);
        }
    };
    let errors = report.errors();
    let mut counted = Counted {
        gates: (0..deal.gate.len())
            .map(|place| GateCount {
                place,
                accepted: 0,
                silent: 0,
                rejected: BTreeMap::new(),
                rejected_silent: 0,
            })
            .collect(),
        ..Counted::default()
    };
    let mut warnings = Warnings::default();
    let mut silent = Silent::default();
    book(events, versions, period.to, room, |booked| match booked {
        Booked::Event {
            event,
            place,
            taken,
            ledger,
        } => {
            let what = match taken {
                Ok(entry) => {
                    gauges.note(event, entry.what, ledger.of(&entry), place);
                    Some(entry.what)
                }
                Err(finding) => {
                    report.push(finding);
                    None
                }
            };
            for warning in ledger.warnings.drain(..) {
                warnings.push(place, warning);
            }
            if event.date >= period.from {
                counted.events += usize::from(!event.by_silence);
                if what != Some(What::TooLate) {
                    passed(deal, event, &mut counted.gates);
                }
            }
        }
        Booked::End(ledger) => {
            gauges.gone_through(ledger);
            silent.add(ledger, period.to);
            counted.expiring.extend(expiring(ledger, period.to, next));
        }
    })?;
    for warning in warnings.told().into_iter().chain(silent.told()) {
        report.push(warning);
    }
    if report.errors() > errors {
        return Ok(None);
    }
    counted
        .expiring
        .sort_by(|one, two| (one.1, &one.0).cmp(&(two.1, &two.0)));
    counted.answers = queries
        .into_iter()
        .zip(gauges.finish())
        .filter_map(|(query, value)| {
            let figure = figure(deal, &query, &value)?;
            Some((query, figure))
        })
        .collect();
    Ok(Some(counted))
}

/// Accounts that are no customers yet and whose registration runs out between two days.
fn expiring(ledger: &Ledger<'_>, from: Date, to: Date) -> Vec<(String, Date)> {
    let open = ledger
        .accounts
        .iter()
        .filter(|account| account.first_order.is_none() && account.customer_since().is_none());
    open.filter_map(|account| Some((account.name.to_string(), account.registered_until()?)))
        .filter(|(_, until)| (from..=to).contains(until))
        .collect()
}

/// Counts a decision at its gate, that of leads or that of activations.
fn passed(deal: &Deal, event: &Event, gates: &mut [GateCount]) {
    let (lead, accepted) = match event.kind {
        EventKind::LeadAccepted => (true, true),
        EventKind::LeadRejected => (true, false),
        EventKind::Activation => (false, true),
        EventKind::ActivationRejected => (false, false),
        EventKind::Registration
        | EventKind::RegistrationRenewed
        | EventKind::Evidence
        | EventKind::Claim
        | EventKind::Order
        | EventKind::Lead
        | EventKind::ActivationPending
        | EventKind::Renewal
        | EventKind::Disengaged
        | EventKind::Engaged
        | EventKind::Invoice
        | EventKind::Discount
        | EventKind::Tax
        | EventKind::Collection
        | EventKind::Refund
        | EventKind::Chargeback
        | EventKind::Milestone
        | EventKind::Churn
        | EventKind::Ticket
        | EventKind::Incident
        | EventKind::Spend
        | EventKind::Statement
        | EventKind::Payment
        | EventKind::Dispute
        | EventKind::Settlement
        | EventKind::SetOff
        | EventKind::Credit => return,
    };
    let found = gate(deal, lead).map(|gate| gate.id.as_str());
    let place = (deal.gate.iter()).position(|gate| Some(gate.id.as_str()) == found);
    let Some(gate) = place.and_then(|place| gates.get_mut(place)) else {
        return;
    };
    if accepted {
        gate.accepted += 1;
        gate.silent += u64::from(event.by_silence);
    } else if event.by_silence {
        gate.rejected_silent += 1;
    } else {
        let code = event.cell(Column::Reason).to_owned();
        *gate.rejected.entry(code).or_default() += 1;
    }
}

/// How many places of a share are shown.
const SHOWN: u32 = 4;

/// An answer as a figure; none if the deal leaves the metric to people.
fn figure(deal: &Deal, query: &Query, value: &MetricValue) -> Option<Figure> {
    let mut empty = false;
    let mut exact = None;
    let measure = match value.value {
        Value::Money(money) => Measure::Money(money),
        Value::Count(number) => Measure::Count(Count::counted(number, &noun(deal, &query.metric))),
        Value::Share { part, whole } => {
            empty = whole == 0;
            exact = Some((part, whole));
            let share = Decimal::from(part).checked_div(Decimal::from(whole));
            Measure::Rate(Rate::new(share.unwrap_or_default().round_dp(SHOWN))?)
        }
        Value::ByHand => return None,
    };
    let evidence = match value.events {
        0 => String::new(),
        count => format!("{count}: {}", value.first.join(", ")),
    };
    Some(Figure {
        value: measure,
        evidence,
        exact,
        empty,
    })
}

/// What a metric counts, as the deal writes it where it compares the metric with a number.
fn noun(deal: &Deal, metric: &str) -> String {
    let triggers = deal
        .reviews
        .iter()
        .flat_map(|reviews| &reviews.trigger)
        .map(|trigger| (trigger.metric.id(), &trigger.threshold.value));
    let guarantees = deal
        .guarantee
        .iter()
        .map(|guarantee| (guarantee.metric.id(), &guarantee.threshold.value));
    let exclusivity = deal.exclusivity.iter().map(|exclusivity| {
        let commitment = &exclusivity.commitment;
        (commitment.metric.id(), &commitment.amount.value)
    });
    let minimum = deal
        .economics
        .iter()
        .filter_map(|economics| economics.minimum.as_ref())
        .map(|minimum| (minimum.metric.id(), &minimum.amount.value));
    let found = triggers
        .chain(guarantees)
        .chain(exclusivity)
        .chain(minimum)
        .find_map(|(id, measure)| match measure {
            Measure::Count(count) if id == metric => Some(count.noun.clone()),
            Measure::Count(_) | Measure::Money(_) | Measure::Rate(_) | Measure::Period(_) => None,
        });
    found.unwrap_or_default()
}
