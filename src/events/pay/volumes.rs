//! The volumes that a statement pays for, from what was gathered by account.

use super::fold::{Fold, Part};
use super::key::Pays;
use crate::deal::Reward;
use crate::economics::{
    Accumulated, Aged, Base, Climb, CustomerTerm, Referrals, SegmentVolume, Volumes,
};
use crate::units::Decimal;
use std::collections::BTreeMap;

impl Fold<'_> {
    /// The volumes of the statement.
    pub(super) fn volumes(&mut self) -> Volumes {
        let currency = self.terms.currency;
        let mut volumes = Volumes::new(currency);
        let mut aged: BTreeMap<(u16, bool, bool, bool), Decimal> = BTreeMap::new();
        let mut segments: BTreeMap<u16, (Decimal, u64, u64)> = BTreeMap::new();
        let (mut sourced, mut influenced) = (Decimal::ZERO, Decimal::ZERO);
        for part in &self.parts {
            sourced += part.sourced;
            influenced += part.influenced;
        }
        let (mut renewal, mut unengaged) = (Decimal::ZERO, Decimal::ZERO);
        let sums = matches!(
            self.terms
                .economics
                .bonus
                .first()
                .map(|bonus| bonus.pays.value),
            Some(Reward::Each(_))
        );
        for index in 0..self.accounts.len() {
            let mut referral = Decimal::ZERO;
            let mut referred = false;
            for cell in &self.accounts[index].cells {
                match cell.pays {
                    Pays::Referral { .. } => {
                        referral += cell.base;
                        referred = true;
                    }
                    Pays::Renewal { engaged: true } => renewal += cell.base,
                    Pays::Renewal { engaged: false } => unengaged += cell.base,
                    Pays::Aged {
                        months,
                        renewal,
                        influenced,
                        engaged,
                    } => {
                        let key = (months, renewal, influenced, engaged);
                        *aged.entry(key).or_default() += cell.base;
                    }
                    Pays::Bonus { bonus, influenced } => {
                        let segment = segments.entry(bonus).or_default();
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
            if referred {
                let each = self
                    .terms
                    .economics
                    .referral_fee
                    .as_ref()
                    .is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)));
                let earlier = self.accounts[index].referral_paid;
                let fees = self.accounts[index].referral_settled;
                volumes.referrals.push(Referrals {
                    count: 1,
                    revenue: self
                        .terms
                        .money(if each { Decimal::ZERO } else { referral }),
                    earlier: self.terms.money(earlier),
                    fees: self.terms.money(if each { Decimal::ZERO } else { fees }),
                });
                if !each {
                    self.accounts[index].referral_paid += referral;
                }
                self.accounts[index].referral_new = Decimal::ZERO;
            }
        }
        if self
            .terms
            .economics
            .referral_fee
            .as_ref()
            .is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)))
        {
            // All alike: one line for them.
            let count = volumes.referrals.len() as u64;
            volumes.referrals.truncate(1);
            for referrals in &mut volumes.referrals {
                referrals.count = count;
            }
        }
        volumes.sourced = self.terms.money(sourced);
        volumes.influenced = self.terms.money(influenced);
        volumes.renewal = self.terms.money(renewal);
        volumes.renewal_unengaged = self.terms.money(unengaged);
        for ((months, renewal, influenced, engaged), revenue) in aged {
            volumes.aged.push(Aged {
                revenue: self.terms.money(revenue),
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
        for (bonus, (revenue, activations, influenced_activations)) in segments {
            if let Some(bonus) = self.terms.economics.bonus.get(usize::from(bonus)) {
                volumes.segments.push(SegmentVolume {
                    segment: bonus.segment.id().to_owned(),
                    revenue: self.terms.money(revenue),
                    activations,
                    influenced_activations,
                });
            }
        }
        volumes.activations = self.bounty_count[0];
        volumes.influenced_activations = self.bounty_count[1];
        volumes.spiff = self.spiff_count;
        if self.terms.climb.is_some() {
            let count = self.parts.iter().map(|part| part.count).sum();
            volumes.tier_count = Some(count);
        }
        volumes
    }

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
            let (revenue, count) = part.settled;
            own.settled = Accumulated {
                sourced: self.terms.money(revenue),
                count,
            };
            own
        };
        self.parts.iter().map(of).collect()
    }
}
