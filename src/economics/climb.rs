//! The tiers, event by event: which part of each volume lies in which tier.

use super::ladder::Ladder;
use super::statement::Base;
use super::{Checked, exact};
use crate::deal::{Deal, Reward, Tiers};

/// A part of a volume that lies in one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The tier, from 0.
    pub tier: usize,
    /// How much.
    pub base: Base,
}

/// A way up the tiers of a deal.
#[derive(Debug, Clone)]
pub struct Climb<'a> {
    ladder: Ladder<'a>,
    /// What was added up so far.
    reached: Base,
}

impl<'a> Climb<'a> {
    /// The foot of the tiers; none if the deal has no tiers.
    ///
    /// # Errors
    ///
    /// If the tiers have gaps, overlaps or mixed units.
    pub fn of(deal: &'a Deal) -> Checked<Option<Climb<'a>>> {
        let tiers = deal
            .economics
            .as_ref()
            .and_then(|economics| economics.tiers.as_ref());
        let Some(tiers) = tiers else {
            return Ok(None);
        };
        let ladder = Ladder::of(tiers)?;
        let reached = ladder.nothing();
        Ok(Some(Climb { ladder, reached }))
    }

    /// The terms of the tiers.
    pub fn tiers(&self) -> &'a Tiers {
        self.ladder.tiers
    }

    /// What the tiers measure, of nothing.
    pub fn nothing(&self) -> Base {
        self.ladder.nothing()
    }

    /// Whether the tiers pay shares of revenue, and not sums for each.
    pub fn pays_shares(&self) -> bool {
        self.ladder.pays_shares()
    }

    /// What a tier pays.
    pub fn pays(&self, tier: usize) -> Option<Reward> {
        self.ladder.rungs.get(tier).map(|rung| rung.pays)
    }

    /// The tier that a volume belongs to.
    pub fn tier(&self, volume: Base) -> usize {
        self.ladder.reached(volume)
    }

    /// Begins again from a volume.
    pub fn restart(&mut self, reached: Base) {
        self.reached = reached;
    }

    /// What was added up so far.
    pub fn reached(&self) -> Base {
        self.reached
    }

    /// Goes up, or down, by a volume, and tells where it lies.
    ///
    /// # Errors
    ///
    /// For another kind or currency, and beyond what can be computed exactly.
    ///
    /// # Source
    ///
    /// Clause `tiers`, its sentence on slices.
    pub fn step(&mut self, by: Base) -> Checked<Vec<Slice>> {
        let at = &self.ladder.tiers.at;
        let next = self.reached.plus(by).ok_or_else(|| exact::too_large(at))?;
        let slices = self.ladder.slices(self.reached, next)?;
        self.reached = next;
        Ok(slices
            .into_iter()
            .map(|(tier, base)| Slice { tier, base })
            .collect())
    }
}
