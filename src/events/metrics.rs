//! The metrics of a deal over any time, from events.

use super::account::{Account, Standing};
use super::claims::after;
use super::column::Column;
use super::event::Event;
use super::ledger::{Entry, Ledger, What};
use crate::deal::{Computation, Deal, EventKind, FromEvents, Metric};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::{Date, Decimal, Measure, Money};
use std::cmp::Ordering;

/// A question: what was a metric, over which time, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The id of the metric.
    pub metric: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Only accounts of the segment with this id.
    pub segment: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricValue {
    /// What it came to.
    pub value: Measured,
    /// How many events made it up.
    pub events: u64,
    /// The ids of the first of them.
    pub first: Vec<String>,
}

/// What a metric came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// An amount.
    Money(Money),
    /// A number of things.
    Count(u64),
    /// A part of a whole; a whole of 0 has no share.
    Share {
        /// How many of them.
        part: u64,
        /// Of how many.
        whole: u64,
    },
    /// The deal does not say how events make it up, so its value is given by hand.
    ByHand,
}

impl Measured {
    /// How it stands to a threshold; none for two kinds or currencies, a share of nothing, and a value by hand.
    pub fn compare(self, threshold: &Measure) -> Option<Ordering> {
        match (self, threshold) {
            (Measured::Money(one), Measure::Money(two)) => one.partial_cmp(two),
            (Measured::Count(one), Measure::Count(two)) => Some(one.cmp(&two.number)),
            (Measured::Share { part, whole }, Measure::Rate(rate)) => {
                if whole == 0 {
                    return None;
                }
                let limit = Decimal::from(whole).checked_mul(rate.fraction())?;
                Some(Decimal::from(part).cmp(&limit))
            }
            (
                Measured::Money(_) | Measured::Count(_) | Measured::Share { .. } | Measured::ByHand,
                Measure::Money(_) | Measure::Count(_) | Measure::Rate(_) | Measure::Period(_),
            ) => None,
        }
    }
}

/// How many ids an answer keeps.
const FIRST: usize = 5;

/// Questions being answered while events go by.
#[derive(Debug)]
pub struct Gauges<'a> {
    gauges: Vec<Gauge<'a>>,
}

#[derive(Debug)]
struct Gauge<'a> {
    query: Query,
    segment: Option<u16>,
    terms: Option<&'a FromEvents>,
    sum: Decimal,
    part: u64,
    whole: u64,
    events: u64,
    first: Vec<String>,
}

impl<'a> Gauges<'a> {
    /// Begins to answer.
    ///
    /// # Errors
    ///
    /// If the deal has no such metric or segment.
    pub fn new(deal: &'a Deal, queries: &[Query]) -> Result<Gauges<'a>, Report> {
        let mut report = Report::new();
        let mut gauges = Vec::new();
        let unknown = |what: &str| {
            Diagnostic::error(
                Code::UnknownName,
                &deal.at,
                format!("the deal has no {what}"),
            )
            .help("name one that it has")
        };
        for query in queries {
            let named = |metric: &&Metric| metric.id.as_str() == query.metric;
            let Some(metric) = deal.metric.iter().find(named) else {
                report.push(unknown(&format!("metric `{}`", query.metric)));
                continue;
            };
            let mut all = deal
                .territory
                .iter()
                .flat_map(|territory| &territory.segment);
            let segment = match &query.segment {
                None => None,
                Some(id) => {
                    let Some(index) = all.position(|segment| segment.id.as_str() == id) else {
                        report.push(unknown(&format!("segment `{id}`")));
                        continue;
                    };
                    u16::try_from(index).ok()
                }
            };
            gauges.push(Gauge {
                query: query.clone(),
                segment,
                terms: metric.from_events.as_ref(),
                sum: Decimal::ZERO,
                part: 0,
                whole: 0,
                events: 0,
                first: Vec::new(),
            });
        }
        if report.has_errors() {
            Err(report)
        } else {
            Ok(Gauges { gauges })
        }
    }

    /// Takes in an event that the ledger has taken in.
    pub fn note(&mut self, event: &Event, entry: &Entry, ledger: &Ledger<'_>) {
        let account = entry
            .account
            .and_then(|account| ledger.accounts.get(account as usize));
        for gauge in &mut self.gauges {
            gauge.note(event, entry, account);
        }
    }

    /// The answers, in the order of the questions.
    pub fn finish(self, ledger: &Ledger<'_>, deal: &Deal) -> Vec<MetricValue> {
        self.gauges
            .into_iter()
            .map(|gauge| gauge.finish(ledger, deal))
            .collect()
    }
}

impl Gauge<'_> {
    fn note(&mut self, event: &Event, entry: &Entry, account: Option<&Account>) {
        let Some(terms) = self.terms else {
            return;
        };
        let outside = event.date < self.query.from || event.date > self.query.to;
        if outside || entry.what == What::TooLate {
            return;
        }
        if let Some(segment) = self.segment
            && !account.is_some_and(|account| account.segments.contains(&segment))
        {
            return;
        }
        let standing = account
            .and_then(|account| account.standing)
            .unwrap_or(Standing::Nothing);
        let sourced = matches!(standing, Standing::Full | Standing::Split);
        let credited = sourced || standing == Standing::Influenced;
        let counted = match (terms.computes.value, entry.what) {
            (Computation::NetRevenue, What::Revenue { net, .. }) => self.add(net),
            (Computation::SourcedRevenue, What::Revenue { net, class }) => {
                sourced && !class.renewal && self.add(net)
            }
            (Computation::InfluencedRevenue, What::Revenue { net, class }) => {
                standing == Standing::Influenced && !class.renewal && self.add(net)
            }
            (Computation::RenewalRevenue, What::Revenue { net, class }) => {
                credited && class.renewal && self.add(net)
            }
            (Computation::Activations, What::Activated) => credited && self.one(),
            (Computation::AcceptedLeads, What::Accepted) => self.one(),
            (Computation::LeadAcceptance, _) => {
                let accepted = event.kind == EventKind::LeadAccepted;
                let decided = accepted || event.kind == EventKind::LeadRejected;
                self.part += u64::from(accepted);
                self.whole += u64::from(decided);
                decided
            }
            (Computation::Spend, What::Spent(amount)) => self.add(amount),
            (Computation::TicketsPerAccount, _) => {
                event.kind == EventKind::Ticket
                    && account.is_some_and(|account| account.attribution.is_some() && sourced)
                    && self.one()
            }
            (Computation::EarlyChurn, What::Left) => sourced,
            (Computation::Count, _) => Gauge::counts(event, terms) && self.one(),
            (Computation::Share, _) => {
                let whole = terms.of.as_ref().is_some_and(|of| of.value == event.kind);
                let part = Gauge::counts(event, terms);
                self.whole += u64::from(whole);
                self.part += u64::from(part);
                whole || part
            }
            (
                Computation::NetRevenue
                | Computation::SourcedRevenue
                | Computation::InfluencedRevenue
                | Computation::RenewalRevenue
                | Computation::Activations
                | Computation::AcceptedLeads
                | Computation::Spend
                | Computation::EarlyChurn,
                What::Revenue { .. }
                | What::Activated
                | What::Repeated
                | What::Accepted
                | What::Left
                | What::Spent(_)
                | What::Noted
                | What::TooLate,
            ) => false,
        };
        if counted {
            self.events += 1;
            if self.first.len() < FIRST {
                self.first.push(event.id().to_owned());
            }
        }
    }

    /// Whether the event is one of the kind and reasons that are counted.
    fn counts(event: &Event, terms: &FromEvents) -> bool {
        let reason = event.cell(Column::Reason);
        terms
            .kind
            .as_ref()
            .is_some_and(|kind| kind.value == event.kind)
            && (terms.reasons.is_empty()
                || terms.reasons.iter().any(|known| known.as_str() == reason))
    }

    fn add(&mut self, amount: Decimal) -> bool {
        self.sum += amount;
        true
    }

    fn one(&mut self) -> bool {
        self.part += 1;
        true
    }

    fn finish(self, ledger: &Ledger<'_>, deal: &Deal) -> MetricValue {
        let money = |amount| {
            deal.economics
                .as_ref()
                .map_or(Measured::ByHand, |economics| {
                    Measured::Money(Money::new(amount, economics.currency.value.0))
                })
        };
        let value = match self.terms.map(|terms| terms.computes.value) {
            None => Measured::ByHand,
            Some(
                Computation::NetRevenue
                | Computation::SourcedRevenue
                | Computation::InfluencedRevenue
                | Computation::RenewalRevenue
                | Computation::Spend,
            ) => money(self.sum),
            Some(Computation::Activations | Computation::AcceptedLeads | Computation::Count) => {
                Measured::Count(self.part)
            }
            Some(Computation::LeadAcceptance | Computation::Share) => Measured::Share {
                part: self.part,
                whole: self.whole,
            },
            Some(Computation::EarlyChurn) => self.early_churn(ledger),
            Some(Computation::TicketsPerAccount) => self.tickets(ledger),
        };
        MetricValue {
            value,
            events: self.events,
            first: self.first,
        }
    }

    /// The sourced accounts that the question is about, each with the day on which it became a customer.
    fn customers<'l>(&self, ledger: &'l Ledger<'_>) -> impl Iterator<Item = (Date, &'l Account)> {
        let segment = self.segment;
        ledger
            .accounts
            .iter()
            .filter(move |account| {
                account.is_sourced()
                    && segment.is_none_or(|segment| account.segments.contains(&segment))
            })
            .filter_map(|account| account.customer_since().map(|day| (day, account)))
    }

    /// Shape: sourced accounts that left in the time and within `within` of their first invoice, among all that were
    /// in that time of theirs on some day of it.
    fn early_churn(&self, ledger: &Ledger<'_>) -> Measured {
        let (mut part, mut whole) = (0, 0);
        let Some(within) = self.terms.and_then(|terms| terms.within.as_ref()) else {
            return Measured::ByHand;
        };
        for (since, account) in self.customers(ledger) {
            let until = after(ledger.calendar(), since, within.value);
            let gone = account.left.is_some_and(|left| left < self.query.from);
            if since > self.query.to || until < self.query.from || gone {
                continue;
            }
            whole += 1;
            part += u64::from(
                account
                    .left
                    .is_some_and(|left| left <= self.query.to && left <= until),
            );
        }
        Measured::Share { part, whole }
    }

    /// Shape: tickets, for each customer in each calendar month of the time; a half counts as a whole.
    fn tickets(&self, ledger: &Ledger<'_>) -> Measured {
        let mut customer_months: u64 = 0;
        let mut month = Date::new(self.query.from.year(), self.query.from.month(), 1)
            .unwrap_or(self.query.from);
        while month <= self.query.to {
            let last = month.last_of_month();
            let there = self.customers(ledger).filter(|(since, account)| {
                *since <= last && account.left.is_none_or(|left| left >= month)
            });
            customer_months += there.count() as u64;
            month = last.plus_days(1);
        }
        if customer_months == 0 {
            return Measured::Count(self.part);
        }
        Measured::Count((self.part * 2 + customer_months) / (customer_months * 2))
    }
}

/// Answers from events that are at hand, in any order of their days.
///
/// # Errors
///
/// If a question names what the deal does not have, or an event does not fit those before it.
pub fn measure<'e>(
    deal: &Deal,
    events: impl IntoIterator<Item = &'e Event>,
    queries: &[Query],
) -> Result<Vec<MetricValue>, Report> {
    let mut gauges = Gauges::new(deal, queries)?;
    let mut ledger = Ledger::new(deal);
    let mut report = Report::new();
    let mut events: Vec<&Event> = events.into_iter().collect();
    events.sort_by_key(|event| (event.date, event.kind));
    let mut take = |event: &Event, ledger: &mut Ledger<'_>| match ledger.take(event) {
        Ok(entry) => gauges.note(event, &entry, ledger),
        Err(finding) => report.push(finding),
    };
    for event in events {
        for silent in ledger.spoken(event.date) {
            take(&silent, &mut ledger);
        }
        take(event, &mut ledger);
    }
    if report.has_errors() {
        return Err(report);
    }
    Ok(gauges.finish(&ledger, deal))
}
