//! The stretches of a statement's time: an amendment that changes pay divides it, and each stretch is paid by the terms
//! that held in it.
//!
//! In: the day from which other terms hold. Out: what was gathered before that day, set aside until the time ends.

use super::fold::{Cell, Day, Fold, Part};
use super::terms::{Moved, Terms, counts};
use crate::deal::Deal;
use crate::economics::{Checked, Climb};
use crate::events::account::Account;
use crate::events::event::Event;
use crate::events::ledger::What;
use crate::units::{Date, Decimal};

/// What was gathered of a statement's time under one set of terms.
#[derive(Debug)]
pub(super) struct Aside<'a> {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) terms: Terms<'a>,
    pub(super) parts: Vec<Part>,
    /// What accounts earn for, by their place in the ledger.
    pub(super) cells: Vec<(usize, Vec<Cell>)>,
    pub(super) left: Vec<(u32, Date, String)>,
    pub(super) bounty: [Vec<(u32, Date)>; 2],
    pub(super) bounty_count: [u64; 2],
    pub(super) spiff_count: u64,
    pub(super) spiff_paid_before: Decimal,
}

impl<'a> Fold<'a> {
    /// From a day within the time on, an amended deal holds. `moved` is what of it is other terms: those before then keep
    /// what they paid for.
    ///
    /// # Errors
    ///
    /// As [`Fold::new`].
    pub fn divide(&mut self, deal: &'a Deal, day: Date, moved: Moved) -> Checked<()> {
        let calendar = deal.agreement.calendar();
        let mut terms = Terms::of(deal, self.course.effective, &calendar)?;
        terms.follow(&self.terms, day, moved);
        let last = day.plus_days(-1);
        self.parts.retain(|part| part.from <= last);
        if let Some(part) = self.parts.last_mut() {
            part.to = part.to.min(last);
        }
        self.set_aside(last);
        self.terms = terms;
        self.begin(day);
        Ok(())
    }

    /// Sets aside what was gathered up to a day.
    pub(super) fn set_aside(&mut self, to: Date) {
        self.go_to(self.parts.len().saturating_sub(1));
        let with_cells = self
            .accounts
            .iter_mut()
            .enumerate()
            .filter(|(_, account)| !account.cells.is_empty());
        let cells = with_cells
            .map(|(index, account)| (index, std::mem::take(&mut account.cells)))
            .collect();
        let aside = Aside {
            from: self.from,
            to,
            terms: self.terms.clone(),
            parts: std::mem::take(&mut self.parts),
            cells,
            left: std::mem::take(&mut self.left),
            bounty: std::mem::take(&mut self.bounty),
            bounty_count: std::mem::take(&mut self.bounty_count),
            spiff_count: std::mem::take(&mut self.spiff_count),
            spiff_paid_before: self.spiff_paid_before,
        };
        self.spiff_paid_before = self.spiff_paid;
        self.aside.push(aside);
    }

    /// Takes up again what was set aside. Returns the accounts that left.
    pub(super) fn take_up(&mut self, aside: Aside<'a>) -> Vec<(u32, Date, String)> {
        if aside.terms.tiers_since == aside.from {
            // What earlier terms of the tiers paid for is made up for by nothing.
            for account in &mut self.accounts {
                account.tier_before = Decimal::ZERO;
            }
        }
        if aside.terms.referral_since == aside.from {
            for account in &mut self.accounts {
                account.referral_settled = account.referral_fees;
                account.referral_paid = Decimal::ZERO;
            }
        }
        self.terms = aside.terms;
        self.parts = aside.parts;
        for (index, cells) in aside.cells {
            self.accounts[index].cells = cells;
        }
        self.bounty = aside.bounty;
        self.bounty_count = aside.bounty_count;
        self.spiff_count = aside.spiff_count;
        aside.left
    }

    /// The parts of the time from a day on, as the tiers in force divide it.
    pub(super) fn begin(&mut self, from: Date) {
        let tiers = self.terms.economics.tiers.as_ref();
        let mut time = self.time.clone();
        time.from = from;
        self.parts = match tiers.map(|tiers| tiers.period.value) {
            Some(period) => self.course.parts(&time, period),
            None => vec![(time.from, time.to)],
        }
        .into_iter()
        .map(|(from, to)| Part::new(from, to))
        .collect();
        self.from = from;
        self.part = 0;
        self.enter(0);
    }

    /// Adds to what the tiers look back on: revenue, and what any tiers of the deal ever count.
    pub(super) fn remember(&mut self, event: &Event, what: What, account: Option<&Account>) {
        for (place, metric) in self.watched.iter().enumerate() {
            if counts(metric, event, what, account) {
                let day = day_of(&mut self.days, event.date, self.watched.len());
                day.counts[place] += 1;
            }
        }
    }

    /// Adds sourced first-term revenue to what the tiers look back on.
    pub(super) fn remember_revenue(&mut self, date: Date, net: Decimal) {
        day_of(&mut self.days, date, self.watched.len()).sourced += net;
    }

    /// What the tiers look back on between two days, the second one not included: revenue, and what they count.
    pub(super) fn looked_back(&self, from: Date, to: Date) -> (Decimal, u64) {
        let metric = self.terms.tier_metric;
        let place = self.watched.iter().position(|known| Some(*known) == metric);
        let (mut revenue, mut count) = (Decimal::ZERO, 0);
        for day in self
            .days
            .iter()
            .filter(|day| from <= day.date && day.date < to)
        {
            revenue += day.sourced;
            count += place.map_or(0, |place| day.counts[place]);
        }
        (revenue, count)
    }

    /// Whether the tiers of the terms in force count something.
    pub(super) fn tiers_count(&self) -> bool {
        let nothing = self.terms.climb.as_ref().map(Climb::nothing);
        matches!(nothing, Some(crate::economics::Base::Count(_)))
    }
}

/// The entry of a day; events come in the order of their days.
fn day_of(days: &mut Vec<Day>, date: Date, metrics: usize) -> &mut Day {
    let known = days.iter().rposition(|day| day.date == date);
    let place = known.unwrap_or_else(|| {
        days.push(Day {
            date,
            sourced: Decimal::ZERO,
            counts: vec![0; metrics],
        });
        days.len() - 1
    });
    &mut days[place]
}
