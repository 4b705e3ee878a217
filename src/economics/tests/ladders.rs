//! Tiers against a second implementation: unit by unit, in whole numbers of cents and basis points.

use super::*;
use proptest::prelude::*;

/// A ladder: upper bounds in units (cents, or things), rising; rewards in basis points, or cents for each.
#[derive(Debug, Clone)]
struct Plan {
    bounds: Vec<u64>,
    rewards: Vec<u64>,
    above: bool,
    count: bool,
}

impl Plan {
    fn deal(&self, basis: &str) -> Deal {
        let bounds = self.bounds.iter().map(|bound| {
            if self.count {
                format!("{bound} activations")
            } else {
                Decimal::new(i64::try_from(*bound).expect("small"), 2).to_string()
            }
        });
        let rewards = self.rewards.iter().map(|reward| {
            if self.count {
                format!(
                    "USD {}",
                    Decimal::new(i64::try_from(*reward).expect("small"), 2)
                )
            } else {
                format!("{reward}bp")
            }
        });
        let texts: Vec<(String, String)> = rewards.zip(bounds.chain([String::new()])).collect();
        let rows: Vec<(&str, &str)> = texts
            .iter()
            .map(|(pays, to)| (pays.as_str(), to.as_str()))
            .collect();
        let boundary = if self.above {
            "tier-above"
        } else {
            "tier-below"
        };
        dollars(&tiers(basis, boundary, &rows))
    }

    fn volumes(&self, before: u64, added: u64) -> Volumes {
        let mut volumes = nothing();
        if self.count {
            volumes.accumulated.count = before;
            volumes.tier_count = Some(added);
        } else {
            volumes.accumulated.sourced = cents(before);
            volumes.sourced = cents(added);
        }
        volumes
    }

    /// The exact amount of so many cents times basis points, or things times cents.
    fn amount(&self, product: i128) -> Decimal {
        Decimal::from_i128_with_scale(product, if self.count { 2 } else { 6 })
    }

    /// The tier of a volume, found from the top down.
    fn tier(&self, volume: u64) -> usize {
        match self
            .bounds
            .iter()
            .rposition(|bound| volume > *bound || (self.above && volume == *bound))
        {
            Some(below) => below + 1,
            None => 0,
        }
    }

    /// One unit after the other, each at the rate of its own tier.
    fn slices(&self, before: u64, after: u64) -> i128 {
        (before + 1..=after)
            .map(|unit| {
                // A thing stands at its number; a cent lies between two numbers.
                let tier = if self.count {
                    self.tier(unit)
                } else {
                    self.bounds.iter().filter(|bound| unit > **bound).count()
                };
                i128::from(self.rewards[tier])
            })
            .sum()
    }

    fn whole(&self, volume: u64) -> i128 {
        i128::from(self.rewards[self.tier(volume)]) * i128::from(volume)
    }
}

fn cents(cents: u64) -> Money {
    Money::new(
        Decimal::new(i64::try_from(cents).expect("small"), 2),
        Currency::USD,
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    (
        prop::collection::btree_set(1_u64..600, 0..4),
        prop::collection::vec(0_u64..3_000, 4),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(bounds, mut rewards, above, count)| {
            rewards.truncate(bounds.len() + 1);
            Plan {
                bounds: bounds.into_iter().collect(),
                rewards,
                above,
                count,
            }
        })
}

/// A volume that is often exactly on a boundary.
fn volume(plan: &Plan, free: u64, pick: usize) -> u64 {
    plan.bounds.get(pick).copied().unwrap_or(free)
}

fn sum(statement: &Statement) -> Decimal {
    statement
        .lines
        .iter()
        .map(|line| line.amount.amount())
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn slices_pay_unit_by_unit(
        plan in plan(), free in 0_u64..900, pick in 0_usize..6, part in 0_u64..=100,
    ) {
        let after = volume(&plan, free, pick);
        let before = after * part / 100;
        let deal = plan.deal("slice");
        let statement = pay(&deal, &plan.volumes(before, after - before));
        prop_assert_eq!(sum(&statement), plan.amount(plan.slices(before, after)));
        // Statement by statement comes to the same as all at once.
        let at_once = sum(&pay(&deal, &plan.volumes(0, after)));
        let first = sum(&pay(&deal, &plan.volumes(0, before)));
        prop_assert_eq!(first + sum(&statement), at_once);
    }

    #[test]
    fn more_volume_never_pays_less_in_slices(plan in plan(), volume in 0_u64..900, more in 1_u64..50) {
        let deal = plan.deal("slice");
        let less = pay(&deal, &plan.volumes(0, volume)).total;
        prop_assert!(pay(&deal, &plan.volumes(0, volume + more)).total >= less);
        prop_assert!(cliffs(&deal).expect("sound").is_empty());
    }

    #[test]
    fn whole_pays_all_at_the_tier_reached(
        plan in plan(), free in 0_u64..900, pick in 0_usize..6, part in 0_u64..=100,
    ) {
        let after = volume(&plan, free, pick);
        let before = after * part / 100;
        let deal = plan.deal("whole");
        let statement = pay(&deal, &plan.volumes(before, after - before));
        prop_assert_eq!(sum(&statement), plan.amount(plan.whole(after) - plan.whole(before)));
    }

    #[test]
    fn prospective_pays_at_the_tier_before(plan in plan(), before in 0_u64..900, added in 0_u64..900) {
        let statement = pay(&plan.deal("prospective"), &plan.volumes(before, added));
        let rate = i128::from(plan.rewards[plan.tier(before)]);
        prop_assert_eq!(sum(&statement), plan.amount(rate * i128::from(added)));
    }

    #[test]
    fn each_boundary_is_worked_out_on_both_sides(plan in plan(), which in 0_usize..3) {
        let basis = ["slice", "whole", "prospective"][which];
        let unit = if plan.count { 1 } else { 100 };
        let examples = examples(&plan.deal(basis)).expect("sound").expect("examples");
        prop_assert_eq!(examples.boundaries.len(), plan.bounds.len());
        for (index, (row, bound)) in examples.boundaries.iter().zip(&plan.bounds).enumerate() {
            prop_assert_eq!(row.tier, index);
            prop_assert_eq!(row.owner, index + usize::from(plan.above));
            for (side, volume) in [
                (&row.below, bound.saturating_sub(unit)),
                (&row.at, *bound),
                (&row.above, bound + unit),
            ] {
                let expected = match which {
                    0 => plan.slices(0, volume),
                    _ => plan.whole(volume),
                };
                prop_assert_eq!(sum(&side.statement), plan.amount(expected));
            }
        }
    }

    #[test]
    fn the_curve_goes_through_every_volume_that_is_paid(plan in plan(), which in 0_usize..3) {
        let basis = ["slice", "whole", "prospective"][which];
        let curve = curve(&plan.deal(basis)).expect("sound").expect("a curve");
        prop_assert!(curve.points.is_sorted_by(|one, two| one.volume <= two.volume));
        for point in curve.points.iter().filter(|point| point.paid) {
            let volume = match point.volume {
                Base::Money(money) => u64::try_from(money.amount() * Decimal::ONE_HUNDRED).expect("cents"),
                Base::Count(count) => count,
            };
            let expected = match which {
                0 => slow(&plan, volume),
                _ => plan.amount(plan.whole(volume)),
            };
            prop_assert_eq!(point.payout.amount(), expected);
        }
    }
}

/// The slices of a volume that may be too large to count unit by unit: the last tier at once.
fn slow(plan: &Plan, volume: u64) -> Decimal {
    let counted = volume.min(1_000);
    let last = plan.rewards.last().copied().unwrap_or(0);
    plan.amount(plan.slices(0, counted) + i128::from(last) * i128::from(volume - counted))
}
