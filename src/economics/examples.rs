//! The worked examples of Exhibit A: round volumes, each boundary, one of everything.

use super::base::{NetRevenue, base};
use super::ladder::Ladder;
use super::stages::{StagePart, stages};
use super::statement::{Base, Line, Statement};
use super::volumes::{Aged, CustomerTerm, Ends, Referrals, SegmentVolume, Volumes};
use super::{Checked, Terms, clawback, exact, results, scenario, tiers};
use crate::deal::{Basis, BothTouched, Deal, FeePeriod};
use crate::units::{Decimal, Measure, Money, Rate};

/// Every worked example that the deal has terms for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examples {
    /// Net revenue of the example invoice.
    pub base: Option<NetRevenue>,
    /// Each boundary between two tiers.
    pub boundaries: Vec<BoundaryExample>,
    /// What the tiers pay for the expected sourced revenue or count of the forecast; where the tier reached before
    /// pays, after a period of the same volume.
    pub expected: Option<Example>,
    /// A round revenue of sourced accounts in their first term.
    pub first_term: Option<Example>,
    /// The same revenue of influenced accounts.
    pub influenced: Option<Example>,
    /// The same revenue of renewals.
    pub renewal: Option<Example>,
    /// The same revenue of accounts that have come to each step-down, in order.
    pub step_downs: Vec<Example>,
    /// One referral with a round first-year revenue.
    pub referral: Option<Example>,
    /// Ten activations.
    pub bounty: Option<Example>,
    /// A year of the fixed fee.
    pub fixed_fee: Option<Example>,
    /// Ten of what the spiff counts.
    pub spiff: Option<Example>,
    /// A round revenue, or ten activations, in each strategic segment.
    pub bonuses: Vec<Example>,
    /// A customer for whom the first-term example was paid leaves early; else the referral or the bounty example.
    pub clawback: Option<Example>,
    /// The same customer, if both teams touched the account and credit is split.
    pub split: Option<SplitExample>,
    /// A round payment, stage by stage.
    pub stages: Vec<StagePart>,
}

/// One worked example: some volume, and the lines that it earns from one model alone. Floor and cap are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The volume.
    pub volume: Base,
    /// What the tiers had reached before: at a boundary, where that decides.
    pub accumulated: Option<Base>,
    /// The lines, rounded, and their total.
    pub statement: Statement,
}

/// A boundary between two tiers, and one unit on both sides of it: one whole unit of money, or one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryExample {
    /// The tier below the boundary, from 0.
    pub tier: usize,
    /// The boundary, as the deal wrote it.
    pub boundary: Measure,
    /// The tier that a value exactly on it belongs to.
    pub owner: usize,
    /// One unit below.
    pub below: Example,
    /// Exactly on it.
    pub at: Example,
    /// One unit above.
    pub above: Example,
}

/// An account that both teams touched and whose credit is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitExample {
    /// What it would earn with full credit: the first-term example, or the bounty.
    pub full: Money,
    /// The partner's part.
    pub share: Rate,
    /// What it earns, rounded.
    pub amount: Money,
}

/// The round revenue of the examples, in whole units of the currency.
const ROUND: u32 = 100_000;
/// The round payment that is made in stages.
const ROUND_PAYMENT: u32 = 10_000;
/// The round number of things.
const ROUND_COUNT: u64 = 10;

/// The worked examples of a deal; none without economics.
///
/// # Errors
///
/// As [`super::statement`], [`base`] and [`stages`].
///
/// # Source
///
/// The examples of the clauses of Exhibit A.
pub fn examples(deal: &Deal) -> Checked<Option<Examples>> {
    let Some(economics) = &deal.economics else {
        return Ok(None);
    };
    let terms = Terms::of(deal)?;
    let work = Work { terms: &terms };
    let first_term = work.first_term(false)?;
    let referral = work.referral()?;
    let bounty = work.bounty()?;
    let paid = [&first_term, &referral, &bounty]
        .into_iter()
        .flatten()
        .next()
        .map(|example| example.statement.total);
    Ok(Some(Examples {
        base: base(economics)?,
        boundaries: work.boundaries()?,
        expected: match &deal.forecast {
            Some(forecast) => work.expected(deal, forecast)?,
            None => None,
        },
        influenced: match terms.influenced_share {
            Some(_) => work.first_term(true)?,
            None => None,
        },
        renewal: work.renewal()?,
        step_downs: work.step_downs()?,
        fixed_fee: work.fixed_fee()?,
        spiff: work.spiff()?,
        bonuses: work.bonuses()?,
        clawback: work.clawback(paid)?,
        split: work.split(deal, paid)?,
        stages: stages(economics, work.round(ROUND_PAYMENT))?,
        first_term,
        referral,
        bounty,
    }))
}

/// The terms that the examples are worked from.
struct Work<'a> {
    terms: &'a Terms<'a>,
}

impl Work<'_> {
    fn round(&self, amount: u32) -> Money {
        Money::new(Decimal::from(amount), self.terms.economics.currency.0)
    }

    fn nothing(&self) -> Volumes {
        Volumes::new(self.terms.economics.currency.0)
    }

    /// The example of these lines; none if nothing pays.
    fn example(&self, volume: Base, lines: Vec<Line>) -> Checked<Option<Example>> {
        if lines.is_empty() {
            return Ok(None);
        }
        Ok(Some(Example {
            volume,
            accumulated: None,
            statement: self.terms.round(lines)?,
        }))
    }

    fn boundaries(&self) -> Checked<Vec<BoundaryExample>> {
        let Some(ladder) = &self.terms.ladder else {
            return Ok(Vec::new());
        };
        let mut examples = Vec::new();
        for (tier, rung) in ladder.rungs.iter().enumerate() {
            let Some(boundary) = rung.to else {
                continue;
            };
            let at = &ladder.tiers.at;
            let one = match boundary {
                Base::Money(money) => Base::Money(Money::new(Decimal::ONE, money.currency())),
                Base::Count(_) => Base::Count(1),
            };
            // A boundary below one unit has nothing but zero one unit below it.
            let below = if boundary < one {
                ladder.nothing()
            } else {
                boundary.minus(one).ok_or_else(|| exact::too_large(at))?
            };
            let above = boundary.plus(one).ok_or_else(|| exact::too_large(at))?;
            examples.push(BoundaryExample {
                tier,
                boundary: boundary.measure(ladder.noun),
                owner: ladder.reached(boundary),
                below: self.at_volume(ladder, below)?,
                at: self.at_volume(ladder, boundary)?,
                above: self.at_volume(ladder, above)?,
            });
        }
        Ok(examples)
    }

    /// What a volume of the tiers' metric earns from them.
    ///
    /// Where the tier reached before pays, the period before had the same volume. Where tiers count and pay a share, a
    /// round revenue is paid for.
    fn at_volume(&self, ladder: &Ladder<'_>, volume: Base) -> Checked<Example> {
        let mut volumes = self.nothing();
        if ladder.pays_shares() {
            volumes.sourced = self.round(ROUND);
        }
        match volume {
            Base::Money(money) => volumes.sourced = money,
            Base::Count(count) => volumes.tier_count = Some(count),
        }
        let before = match ladder.tiers.basis.value {
            Basis::Prospective => Some(volume),
            Basis::Slice | Basis::Whole => None,
        };
        match before {
            Some(Base::Money(money)) => volumes.accumulated.sourced = money,
            Some(Base::Count(count)) => volumes.accumulated.count = count,
            None => {}
        }
        let lines = tiers::lines(ladder, &volumes, None)?;
        Ok(Example {
            volume,
            accumulated: before,
            statement: self.terms.round(lines)?,
        })
    }

    fn expected(&self, deal: &Deal, forecast: &crate::deal::Forecast) -> Checked<Option<Example>> {
        let Some(ladder) = &self.terms.ladder else {
            return Ok(None);
        };
        let (mut volumes, _) = scenario::volumes(self.terms, forecast, &forecast.expected)?;
        // Influenced revenue has an example of its own.
        volumes.influenced = Money::zero(volumes.influenced.currency());
        let volume = volumes.measured(&ladder.nothing(), ladder.noun);
        let lines = results::tier_lines(self.terms, deal, &volumes, true)?;
        self.example(volume, lines)
    }

    fn first_term(&self, influenced: bool) -> Checked<Option<Example>> {
        let revenue = self.round(ROUND);
        let mut volumes = self.nothing();
        if influenced {
            volumes.influenced = revenue;
        } else {
            volumes.sourced = revenue;
        }
        let mut lines = match &self.terms.ladder {
            Some(ladder) if ladder.pays_shares() => self.terms.tiers(&volumes)?,
            Some(_) | None => Vec::new(),
        };
        if let Some(share) = &self.terms.economics.revenue_share {
            let factor = self.terms.influenced_share;
            lines.extend(super::revenue_share::lines(share, &volumes, factor)?);
        }
        self.example(Base::Money(revenue), lines)
    }

    fn renewal(&self) -> Checked<Option<Example>> {
        let Some(share) = &self.terms.economics.revenue_share else {
            return Ok(None);
        };
        let mut volumes = self.nothing();
        volumes.renewal = self.round(ROUND);
        let lines = super::revenue_share::lines(share, &volumes, None)?;
        self.example(Base::Money(volumes.renewal), lines)
    }

    fn step_downs(&self) -> Checked<Vec<Example>> {
        let Some(share) = &self.terms.economics.revenue_share else {
            return Ok(Vec::new());
        };
        let mut examples = Vec::new();
        for step in &share.step_down {
            let mut volumes = self.nothing();
            let term = match share.renewal {
                Some(_) => CustomerTerm::Renewal,
                None => CustomerTerm::First,
            };
            volumes.aged.push(Aged {
                revenue: self.round(ROUND),
                // A step-down that does not count in months is refused with its place.
                months: step.after.months().unwrap_or(0),
                term,
                influenced: false,
                engaged: true,
            });
            let lines = super::revenue_share::lines(share, &volumes, None)?;
            examples.extend(self.example(Base::Money(self.round(ROUND)), lines)?);
        }
        Ok(examples)
    }

    fn referral(&self) -> Checked<Option<Example>> {
        let Some(fee) = &self.terms.economics.referral_fee else {
            return Ok(None);
        };
        let mut volumes = self.nothing();
        volumes.referrals.push(Referrals {
            count: 1,
            revenue: self.round(ROUND),
            earlier: self.round(0),
            fees: self.round(0),
        });
        let lines = super::referral_fee::lines(fee, &volumes)?;
        self.example(Base::Money(self.round(ROUND)), lines)
    }

    fn bounty(&self) -> Checked<Option<Example>> {
        let Some(bounty) = &self.terms.economics.bounty else {
            return Ok(None);
        };
        let mut volumes = self.nothing();
        volumes.activations = ROUND_COUNT;
        let lines = super::bounty::lines(bounty, &volumes, 1, None)?;
        self.example(Base::Count(ROUND_COUNT), lines)
    }

    fn fixed_fee(&self) -> Checked<Option<Example>> {
        let Some(fee) = &self.terms.economics.fixed_fee else {
            return Ok(None);
        };
        let mut volumes = self.nothing();
        volumes.ends = Ends::of_months(12);
        let periods = match fee.per.value {
            FeePeriod::Month => 12,
            FeePeriod::Quarter => 4,
            FeePeriod::Year => 1,
        };
        let lines = super::fixed_fee::line(fee, &volumes, self.terms.rounding())?;
        self.example(Base::Count(periods), lines.into_iter().collect())
    }

    fn spiff(&self) -> Checked<Option<Example>> {
        let Some(spiff) = &self.terms.economics.spiff else {
            return Ok(None);
        };
        let mut volumes = self.nothing();
        volumes.spiff = ROUND_COUNT;
        let lines = super::spiff::line(spiff, &volumes)?;
        self.example(Base::Count(ROUND_COUNT), lines.into_iter().collect())
    }

    fn bonuses(&self) -> Checked<Vec<Example>> {
        let mut examples = Vec::new();
        for bonus in &self.terms.economics.bonus {
            let mut volumes = self.nothing();
            volumes.segments.push(SegmentVolume {
                segment: bonus.segment.id().to_owned(),
                revenue: self.round(ROUND),
                activations: ROUND_COUNT,
                influenced_activations: 0,
            });
            let lines = super::bonus::lines(bonus, &volumes, self.terms.influenced_share)?;
            let Some(volume) = lines.first().map(|line| line.base) else {
                continue;
            };
            examples.extend(self.example(volume, lines)?);
        }
        Ok(examples)
    }

    fn clawback(&self, paid: Option<Money>) -> Checked<Option<Example>> {
        let (Some(terms), Some(paid)) = (&self.terms.economics.clawback, paid) else {
            return Ok(None);
        };
        let lines = clawback::line(terms, paid)?.into_iter().collect();
        self.example(Base::Money(paid), lines)
    }

    fn split(&self, deal: &Deal, full: Option<Money>) -> Checked<Option<SplitExample>> {
        let (Some(attribution), Some(full)) = (&deal.attribution, full) else {
            return Ok(None);
        };
        let share = match (attribution.both_touched.value, &attribution.split) {
            (BothTouched::Split, Some(share)) => share,
            (BothTouched::Split, None)
            | (BothTouched::FirstRegistered | BothTouched::Influenced, _) => return Ok(None),
        };
        let amount = exact::share(full, share.value, &share.span)?;
        Ok(Some(SplitExample {
            full,
            share: share.value,
            amount: amount.round(self.terms.rounding()),
        }))
    }
}
