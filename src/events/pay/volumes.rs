//! The volumes that a statement pays for, from what was gathered by account.

use super::accounts::AccountPay;
use super::fold::{Fold, Part};
use super::key::Pays;
use crate::deal::Reward;
use crate::economics::{
    Accumulated, Aged, Base, Climb, CustomerTerm, Referrals, SegmentVolume, Volumes,
};
use crate::units::Decimal;
use std::collections::BTreeMap;

/// Volumes being added up, account by account.
#[derive(Debug)]
pub(super) struct Adding {
    volumes: Volumes,
    aged: BTreeMap<(u16, bool, bool, bool), Decimal>,
    /// By bonus: revenue, activations, influenced activations.
    segments: BTreeMap<u16, (Decimal, u64, u64)>,
    renewal: Decimal,
    unengaged: Decimal,
    /// How many referrals there are, where each pays a sum.
    referrals: u64,
}

impl Adding {
    pub(super) fn new(fold: &Fold<'_>) -> Adding {
        Adding {
            volumes: Volumes::new(fold.terms.currency),
            aged: BTreeMap::new(),
            segments: BTreeMap::new(),
            renewal: Decimal::ZERO,
            unengaged: Decimal::ZERO,
            referrals: 0,
        }
    }

    /// Adds what an account has.
    pub(super) fn take(&mut self, fold: &Fold<'_>, account: &mut AccountPay) {
        let bonus = fold.terms.economics.bonus.first();
        let sums = matches!(bonus.map(|bonus| bonus.pays.value), Some(Reward::Each(_)));
        let mut referral = Decimal::ZERO;
        let mut referred = false;
        for cell in &account.cells {
            match cell.pays {
                Pays::Referral => {
                    referral += cell.base;
                    referred = true;
                }
                Pays::Renewal { engaged: true } => self.renewal += cell.base,
                Pays::Renewal { engaged: false } => self.unengaged += cell.base,
                Pays::Aged {
                    months,
                    renewal,
                    influenced,
                    engaged,
                } => {
                    let key = (months, renewal, influenced, engaged);
                    *self.aged.entry(key).or_default() += cell.base;
                }
                Pays::Bonus { bonus, influenced } => {
                    let segment = self.segments.entry(bonus).or_default();
                    let count = u64::try_from(cell.base).unwrap_or(0);
                    match (sums, influenced) {
                        (false, _) => segment.0 += cell.base,
                        (true, false) => segment.1 += count,
                        (true, true) => segment.2 += count,
                    }
                }
                Pays::FirstTerm { .. }
                | Pays::Tiers { .. }
                | Pays::Bounty { .. }
                | Pays::Spiff
                | Pays::Clawback
                | Pays::Split => {}
            }
        }
        if !referred {
            return;
        }
        self.referrals += 1;
        let fee = fold.terms.economics.referral_fee.as_ref();
        let each = fee.is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)));
        if each && self.referrals > 1 {
            // All alike: one line for them.
            return;
        }
        self.volumes.referrals.push(Referrals {
            count: 1,
            revenue: fold
                .terms
                .money(if each { Decimal::ZERO } else { referral }),
            earlier: fold.terms.money(account.referral_paid),
        });
        if !each {
            account.referral_paid += referral;
        }
    }

    /// The volumes of the statement.
    pub(super) fn finish(self, fold: &Fold<'_>) -> Volumes {
        let mut volumes = self.volumes;
        let (mut sourced, mut influenced) = (Decimal::ZERO, Decimal::ZERO);
        for part in &fold.parts {
            sourced += part.sourced;
            influenced += part.influenced;
        }
        let fee = fold.terms.economics.referral_fee.as_ref();
        if fee.is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_))) {
            for referrals in &mut volumes.referrals {
                referrals.count = self.referrals;
            }
        }
        volumes.sourced = fold.terms.money(sourced);
        volumes.influenced = fold.terms.money(influenced);
        volumes.renewal = fold.terms.money(self.renewal);
        volumes.renewal_unengaged = fold.terms.money(self.unengaged);
        for ((months, renewal, influenced, engaged), revenue) in self.aged {
            volumes.aged.push(Aged {
                revenue: fold.terms.money(revenue),
                months: u32::from(months),
                term: if renewal {
                    CustomerTerm::Renewal
                } else {
                    CustomerTerm::First
                },
                influenced,
                engaged,
            });
        }
        for (bonus, (revenue, activations, influenced_activations)) in self.segments {
            if let Some(bonus) = fold.terms.economics.bonus.get(usize::from(bonus)) {
                volumes.segments.push(SegmentVolume {
                    segment: bonus.segment.id().to_owned(),
                    revenue: fold.terms.money(revenue),
                    activations,
                    influenced_activations,
                });
            }
        }
        volumes.activations = fold.bounty_count[0];
        volumes.influenced_activations = fold.bounty_count[1];
        volumes.spiff = fold.spiff_count;
        if fold.terms.climb.is_some() {
            let count = fold.parts.iter().map(|part| part.count).sum();
            volumes.tier_count = Some(count);
        }
        volumes
    }
}

impl Fold<'_> {
    /// The volumes of the tiers, part by part.
    pub(super) fn part_volumes(&self, volumes: &Volumes) -> Vec<Volumes> {
        if self.terms.climb.is_none() {
            return Vec::new();
        }
        let of = |part: &Part| {
            let mut own = Volumes::new(self.terms.currency);
            own.sourced = self.terms.money(part.sourced);
            own.influenced = self.terms.money(part.influenced);
            if matches!(
                self.terms.climb.as_ref().map(Climb::nothing),
                Some(Base::Count(_))
            ) {
                own.tier_count = Some(part.count);
            }
            own.ends = volumes.ends;
            own.accumulated = Accumulated {
                sourced: self.terms.money(part.before_revenue),
                count: u64::try_from(part.before).unwrap_or(0),
            };
            own
        };
        self.parts.iter().map(of).collect()
    }
}
