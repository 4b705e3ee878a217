//! The volumes that a statement pays for, from what was gathered by account.

use super::accounts::AccountPay;
use super::fold::Part;
use super::key::Pays;
use super::stretch::Aside;
use super::terms::Terms;
use crate::deal::Reward;
use crate::economics::{Accumulated, Aged, CustomerTerm, Referrals, SegmentVolume, Volumes};
use crate::units::Decimal;
use std::collections::BTreeMap;

/// Volumes of a stretch being added up, account by account.
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
    pub(super) fn new(terms: &Terms<'_>) -> Adding {
        Adding {
            volumes: Volumes::new(terms.currency),
            aged: BTreeMap::new(),
            segments: BTreeMap::new(),
            renewal: Decimal::ZERO,
            unengaged: Decimal::ZERO,
            referrals: 0,
        }
    }

    /// Adds what an account has in the stretch with this number.
    pub(super) fn take(&mut self, terms: &Terms<'_>, stretch: u8, account: &mut AccountPay) {
        let bonus = terms.economics.bonus.first();
        let sums = matches!(bonus.map(|bonus| bonus.pays.value), Some(Reward::Each(_)));
        let mut referral = Decimal::ZERO;
        let mut referred = false;
        let cells = account.cells.iter();
        for cell in cells.filter(|cell| cell.stretch == stretch) {
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
        let fee = terms.economics.referral_fee.as_ref();
        let each = fee.is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_)));
        if each && self.referrals > 1 {
            // All alike: one line for them.
            return;
        }
        self.volumes.referrals.push(Referrals {
            count: 1,
            revenue: terms.money(if each { Decimal::ZERO } else { referral }),
            earlier: terms.money(account.referral_paid),
            fees: terms.money(if each {
                Decimal::ZERO
            } else {
                account.referral_settled
            }),
        });
        if !each {
            account.referral_paid += referral;
        }
    }

    /// The volumes of the stretch.
    pub(super) fn finish(self, aside: &Aside<'_>) -> Volumes {
        let mut volumes = self.volumes;
        let (mut sourced, mut influenced) = (Decimal::ZERO, Decimal::ZERO);
        for part in &aside.parts {
            sourced += part.sourced;
            influenced += part.influenced;
        }
        let fee = aside.terms.economics.referral_fee.as_ref();
        if fee.is_some_and(|fee| matches!(fee.fee.value, Reward::Each(_))) {
            for referrals in &mut volumes.referrals {
                referrals.count = self.referrals;
            }
        }
        volumes.sourced = aside.terms.money(sourced);
        volumes.influenced = aside.terms.money(influenced);
        volumes.renewal = aside.terms.money(self.renewal);
        volumes.renewal_unengaged = aside.terms.money(self.unengaged);
        for ((months, renewal, influenced, engaged), revenue) in self.aged {
            volumes.aged.push(Aged {
                revenue: aside.terms.money(revenue),
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
            if let Some(bonus) = aside.terms.economics.bonus.get(usize::from(bonus)) {
                volumes.segments.push(SegmentVolume {
                    segment: bonus.segment.id().to_owned(),
                    revenue: aside.terms.money(revenue),
                    activations,
                    influenced_activations,
                });
            }
        }
        volumes.activations = aside.bounty_count[0];
        volumes.influenced_activations = aside.bounty_count[1];
        volumes.spiff = aside.spiff_count;
        if aside.terms.climb.is_some() {
            let count = aside.parts.iter().map(|part| part.count).sum();
            volumes.tier_count = Some(count);
        }
        volumes
    }
}

impl Aside<'_> {
    /// The volumes of the tiers, part by part.
    pub(super) fn part_volumes(&self, volumes: &Volumes) -> Vec<Volumes> {
        if self.terms.climb.is_none() {
            return Vec::new();
        }
        let of = |part: &Part| {
            let mut own = Volumes::new(self.terms.currency);
            own.sourced = self.terms.money(part.sourced);
            own.influenced = self.terms.money(part.influenced);
            if self.terms.tiers_count() {
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
