//! Where both sides stand: what the deal brings each of them, against what each has without it.
//!
//! In: the negotiation file, the deal. Out: [`Standing`], and with it all that a walk-away rule may name.

use super::Negotiation;
use super::alternatives::is_best;
use super::expression::BESIDES;
use super::judge::Scope;
use super::value::Value;
use crate::deal::fact::Fact;
use crate::deal::record::Field;
use crate::deal::{Deal, Side};
use crate::economics::{self, Case};
use crate::units::Money;

/// Something for each side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sides<T> {
    pub(super) ours: T,
    pub(super) theirs: T,
}

/// Where both sides stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// How many months the results are for.
    pub(super) months: u32,
    /// What is paid and what each side keeps, at low, expected and high volume.
    pub(super) results: Vec<(Case, Sides<Option<Money>>)>,
    /// The payout of each case, in the same order.
    pub(super) payouts: Vec<Money>,
    /// What each side's best alternative is worth.
    pub(super) best: Sides<Option<Money>>,
}

/// Where both sides stand. What the calculator refuses is told where the deal is checked.
pub(super) fn standing(negotiation: &Negotiation, deal: &Deal) -> Standing {
    let file = negotiation.file();
    let ours = file.ours.reveal().id();
    let best = |is_ours: bool| {
        let mut all = file.alternative.iter();
        let best =
            all.find(|other| is_best(other) && (other.of.reveal().id() == ours) == is_ours)?;
        Some(best.value.as_ref()?.reveal().value)
    };
    let mut standing = Standing {
        best: Sides {
            ours: best(true),
            theirs: best(false),
        },
        ..Standing::default()
    };
    let mut known = deal.clone();
    if let (Some(forecast), Some(estimate)) = (&mut known.forecast, &file.estimate) {
        let estimate = estimate.reveal();
        if let Some(margin) = &estimate.company_margin {
            forecast.company_margin = Some(margin.clone());
        }
        if let Some(cost) = &estimate.partner_cost {
            forecast.partner_cost = Some(cost.clone());
        }
    }
    let company = deal
        .party(ours)
        .is_some_and(|party| party.side.value == Side::Company);
    if let Ok(Some(results)) = economics::results(&known) {
        standing.months = results.months;
        for outcome in results.outcomes {
            let sides = if company {
                Sides {
                    ours: outcome.company,
                    theirs: outcome.partner,
                }
            } else {
                Sides {
                    ours: outcome.partner,
                    theirs: outcome.company,
                }
            };
            standing.results.push((outcome.case, sides));
            standing.payouts.push(outcome.payout);
        }
    }
    standing
}

/// All that a walk-away rule may name: the tables of the deal, and where both sides stand.
pub(super) fn scope<'a>(deal: &'a Deal, standing: &Standing) -> Scope<'a> {
    let mut names = match deal.fact() {
        Fact::Record(fields) => fields
            .into_iter()
            .map(|(key, fact)| (key, Value::of(fact)))
            .collect(),
        _ => Vec::new(),
    };
    let side = |of: &dyn Fn(&Sides<Option<Money>>) -> Option<Money>| {
        let money = |money: Option<Money>| money.map_or(Value::Absent, Value::Money);
        let at = |wanted: Case| {
            let found = standing.results.iter().find(|(case, _)| *case == wanted);
            money(found.and_then(|(_, sides)| of(sides)))
        };
        Value::Record(vec![
            ("low", at(Case::Low)),
            ("expected", at(Case::Expected)),
            ("high", at(Case::High)),
            ("alternative", money(of(&standing.best))),
        ])
    };
    let values = [side(&|sides| sides.ours), side(&|sides| sides.theirs)];
    for ((name, _), value) in BESIDES.iter().zip(values) {
        names.push((name, value));
    }
    Scope {
        names,
        numerals: deal.numerals(),
    }
}
