//! A statement that was made, and everything that it came from.

use super::books::Settlement;
use super::metrics::{Measured, MetricValue};
use super::pay::{Closed, Contribution, Pays};
use crate::deal::Deal;
use crate::diagnostic::Diagnostic;
use crate::economics::Line;
use crate::units::{Date, Measure, Money};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A statement with everything that it came from.
#[derive(Debug, Clone)]
pub struct Made {
    /// The statement.
    pub closed: Closed,
    /// What it comes to.
    pub settlement: Settlement,
    /// Earlier statements: time, what was earned, what was to pay.
    pub earlier: Vec<(String, Money, Money)>,
    /// The metrics of the deal over the time: id and value.
    pub metrics: Vec<(String, MetricValue)>,
    /// How the minimum stands, if a period of it ends in the time.
    pub minimum: Option<MinimumState>,
    /// Where an amendment divides the time: each stretch with its terms. Empty if one set of terms pays for all.
    pub stretches: Vec<Stretch>,
    /// Events that lead to lines.
    pub contributions: Vec<Contribution>,
    /// How many events there were for each way of paying, in each stretch.
    pub counts: BTreeMap<(u8, Pays), u64>,
    /// How many events were read: in this time, before, after.
    pub events: EventCounts,
    /// What is odd and stops nothing.
    pub warnings: Vec<Diagnostic>,
}

/// A part of the time of a statement, and the terms that pay for it.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The terms.
    pub deal: Deal,
}

impl Made {
    /// The stretch that a line belongs to; none if one set of terms pays for all.
    pub fn stretch(&self, line: &Line) -> Option<&Stretch> {
        self.stretches.get(usize::from(line.stretch))
    }

    /// The terms that a line is paid by, if `deal` pays for all that no stretch does.
    pub fn deal<'d>(&'d self, line: &Line, deal: &'d Deal) -> &'d Deal {
        self.stretch(line).map_or(deal, |stretch| &stretch.deal)
    }

    /// Whether an event of this stretch, paid as this, leads to a line.
    pub fn leads(&self, stretch: u8, pays: Pays, line: &Line, deal: &Deal) -> bool {
        let terms = self.deal(line, deal).economics.as_ref();
        stretch == line.stretch && terms.is_some_and(|terms| pays.is_on(line, terms))
    }
}

/// How many events were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventCounts {
    /// In the time of the statement.
    pub here: u64,
    /// Before it.
    pub before: u64,
    /// After it.
    pub later: u64,
    /// Accounts that were named.
    pub accounts: u64,
    /// Leads and activations that were sent and are not decided.
    pub pending: u64,
    /// Those that silence decided in the time of the statement.
    pub by_silence: u64,
}

/// How a minimum stands at the end of one of its periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumState {
    /// The first day of the period.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What was to be reached.
    pub required: Measure,
    /// What was reached.
    pub reached: Measured,
    /// Whether that is enough; none if the value is given by hand.
    pub met: Option<bool>,
}

/// How the minimum of a deal stands over a period of it; none without a minimum.
pub(super) fn minimum_state(
    deal: &Deal,
    from: Date,
    to: Date,
    reached: Measured,
) -> Option<MinimumState> {
    let minimum = deal.economics.as_ref()?.minimum.as_ref()?;
    Some(MinimumState {
        from,
        to,
        required: minimum.amount.value.clone(),
        reached,
        met: reached.compare(&minimum.amount.value).map(Ordering::is_ge),
    })
}
