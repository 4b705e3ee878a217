//! What a deal pays: arithmetic and nothing else.
//!
//! In: a [`Deal`] and the [`Volumes`] of a period. Out: a [`Statement`] whose lines tell how they came about,
//! the worked examples, the curve of the tiers, and both sides' results. One file for each model. There are no
//! printed words here, no documents, no clock and no binary floating point: an amount is exact or refused.

mod base;
mod bonus;
mod bounty;
mod clawback;
mod climb;
mod credit;
mod curve;
mod exact;
mod examples;
mod fixed_fee;
mod ladder;
mod limits;
mod referral_fee;
mod results;
mod revenue_share;
mod scenario;
mod spiff;
mod stages;
mod statement;
mod tiers;
mod volumes;

#[cfg(test)]
mod tests;

pub use base::{BaseLine, Item, NetRevenue, base};
pub use climb::{Climb, Slice};
pub use curve::{Cliff, Curve, Point, WorseOff, cliffs, curve};
pub use examples::{BoundaryExample, Example, Examples, SplitExample, examples};
pub use limits::{Minimum, minimum};
pub use results::{Case, Outcome, Results, results};
pub use scenario::Assumption;
pub use stages::{StagePart, stages};
pub use statement::{Base, Line, Model, Statement, Step};
pub use volumes::{
    Accumulated, Aged, CustomerTerm, Ends, Paid, Part, Parts, Referrals, SegmentVolume, Volumes,
};

use crate::deal::{Deal, Economics, FeePeriod, Limit, Reward, RoundingLevel};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Span};
use crate::units::{Measure, Money, Rate, Rounding};
use ladder::Ladder;

/// A value, or the first reason why the deal has none.
pub type Checked<T> = Result<T, Diagnostic>;

/// What the deal pays for the volumes of one period.
///
/// Every model of the deal pays its own lines: referral fee, first term or tiers, renewals, step-downs, bounty,
/// fixed fee, spiff, bonuses; then the clawback takes off, the floor fills up, and the cap cuts off. Amounts in
/// the deal's currency; negative if more is paid back than earned.
///
/// # Errors
///
/// If the deal has no economics, if its tiers have gaps, overlaps or mixed units, if influenced revenue has no share,
/// if amounts are in other currencies than the deal's, or too large to be exact.
///
/// # Source
///
/// Clause `payment-schedule`, its sentences on the Statement; the models name theirs.
pub fn statement(deal: &Deal, volumes: &Volumes) -> Checked<Statement> {
    let terms = Terms::of(deal)?;
    let mut lines = terms.tiers(volumes)?;
    lines.extend(terms.without_tiers(volumes)?);
    terms.close(lines, volumes.ends, volumes.paid)
}

/// A part of the time of a statement that one set of terms pays for.
#[derive(Debug, Clone)]
pub struct Stretch<'a> {
    /// The terms.
    pub deal: &'a Deal,
    /// The parts that the tiers make of it: each with its own volume and what was added up before it.
    pub parts: Vec<Volumes>,
    /// Everything else.
    pub volumes: Volumes,
}

/// A run of stretches within one agreement year.
#[derive(Debug, Clone, Copy)]
pub struct YearPart {
    /// The place of its first stretch.
    pub first: usize,
    /// The place after its last one.
    pub end: usize,
    /// What earlier statements paid within the periods of floor and cap.
    pub paid: Paid,
}

/// What is paid for one period whose tiers divide it into parts, and which amendments and the end of an agreement year may
/// divide into stretches. Each stretch is paid by its own terms. Rounding is that of the last one. A floor or a cap for
/// each agreement year looks at the stretches of that year; one for each month or quarter looks at all of them, and has
/// the sum that held on the last day of that month or quarter.
///
/// # Errors
///
/// As [`statement`].
///
/// # Source
///
/// As [`statement`], clause `tiers`, its sentence on the time over which they add up, and clause `restated-exhibits`,
/// its paragraph on accrued rights.
///
/// # Panics
///
/// Without any stretch.
pub fn statement_of_stretches(stretches: &[Stretch<'_>], years: &[YearPart]) -> Checked<Statement> {
    let mut all: Vec<Line> = Vec::new();
    for (number, stretch) in stretches.iter().enumerate() {
        let terms = Terms::of(stretch.deal)?;
        let mut lines: Vec<Line> = Vec::new();
        for part in &stretch.parts {
            for line in terms.tiers(part)? {
                results::merge(&mut lines, line, &terms.economics.at)?;
            }
        }
        lines.extend(terms.without_tiers(&stretch.volumes)?);
        for line in &mut lines {
            line.stretch = u8::try_from(number).unwrap_or(u8::MAX);
        }
        all.extend(lines);
    }
    all.sort_by_key(|line| (line.model, line.stretch));
    let terms = Terms::of(stretches[stretches.len() - 1].deal)?;
    for model in [Model::Floor, Model::Cap] {
        let mut limited = Vec::new();
        for year in years {
            limited.extend(terms.limited(model, stretches, *year, &all)?);
        }
        all.extend(limited);
    }
    let statement = terms.round(all)?;
    Ok(terms.carried(statement))
}

/// The economics of a deal whose currencies and tiers are sound.
struct Terms<'a> {
    economics: &'a Economics,
    ladder: Option<Ladder<'a>>,
    /// What an influenced account earns, of what a sourced one would.
    influenced_share: Option<Rate>,
    /// What an account whose credit is split earns, of what it would with full credit.
    split_share: Option<Rate>,
}

impl<'a> Terms<'a> {
    fn of(deal: &'a Deal) -> Checked<Terms<'a>> {
        let Some(economics) = &deal.economics else {
            return Err(Diagnostic::error(
                Code::MissingKey,
                &deal.at,
                "the deal has no economics, so nothing can be computed",
            )
            .help("add the table `[economics]`"));
        };
        check_currencies(economics)?;
        let ladder = match &economics.tiers {
            Some(tiers) => Some(Ladder::of(tiers)?),
            None => None,
        };
        Ok(Terms {
            economics,
            ladder,
            influenced_share: deal
                .attribution
                .as_ref()
                .map(|attribution| attribution.influenced_share.value),
            split_share: deal.attribution.as_ref().map(credit::split_share),
        })
    }

    /// The lines of the tiers.
    fn tiers(&self, volumes: &Volumes) -> Checked<Vec<Line>> {
        self.check_volumes(volumes)?;
        match &self.ladder {
            Some(ladder) => tiers::lines(ladder, volumes, self.influenced_share),
            None => Ok(Vec::new()),
        }
    }

    /// The lines of every other model, up to the clawback.
    fn without_tiers(&self, volumes: &Volumes) -> Checked<Vec<Line>> {
        self.check_volumes(volumes)?;
        let economics = self.economics;
        let mut lines = Vec::new();
        if let Some(fee) = &economics.referral_fee {
            lines.extend(referral_fee::lines(fee, volumes)?);
        }
        if let Some(share) = &economics.revenue_share {
            lines.extend(revenue_share::lines(share, volumes, self.influenced_share)?);
        }
        if let Some(bounty) = &economics.bounty {
            let statements = limits::statements(&economics.payment, volumes.ends);
            lines.extend(bounty::lines(
                bounty,
                volumes,
                statements,
                self.influenced_share,
            )?);
        }
        if let Some(fee) = &economics.fixed_fee {
            lines.extend(fixed_fee::line(fee, volumes, self.rounding())?);
        }
        if let Some(spiff) = &economics.spiff {
            lines.extend(spiff::line(spiff, volumes)?);
        }
        for bonus in &economics.bonus {
            lines.extend(bonus::lines(bonus, volumes, self.influenced_share)?);
        }
        lines.extend(credit::influenced(
            volumes.influenced_sums,
            self.influenced_share,
            &economics.at,
        )?);
        lines.extend(credit::split(
            volumes.split,
            self.split_share,
            &economics.at,
        )?);
        if let Some(clawback) = &economics.clawback {
            lines.extend(clawback::line(clawback, volumes.left)?);
        }
        Ok(lines)
    }

    /// The statement of these lines: in order, rounded, with floor and cap.
    ///
    /// # Source
    ///
    /// Clauses `rounding`, `payment-floor`, `payment-cap`, `small-sums`.
    fn close(&self, mut lines: Vec<Line>, ends: Ends, paid: Paid) -> Checked<Statement> {
        let economics = self.economics;
        lines.sort_by_key(|line| line.model);
        let mut statement = self.round(lines)?;
        if let Some(floor) = &economics.floor {
            let sums = [(floor.amount.value, ends)];
            let line = limits::floor(floor, &sums, &statement, paid, self.rounding())?;
            statement = self.with(statement, line)?;
        }
        if let Some(cap) = &economics.cap {
            let sums = [(cap.amount.value, ends)];
            let line = limits::cap(cap, &sums, &statement, paid, self.rounding())?;
            statement = self.with(statement, line)?;
        }
        Ok(self.carried(statement))
    }

    /// The line of a floor or a cap on the stretches of an agreement year; of a limit for each month or quarter on all of
    /// them, with the last year.
    fn limited(
        &self,
        model: Model,
        stretches: &[Stretch<'_>],
        year: YearPart,
        lines: &[Line],
    ) -> Checked<Option<Line>> {
        let of = |stretch: &'_ Stretch<'_>| {
            let economics = stretch.deal.economics.as_ref()?;
            let limit = match model {
                Model::Floor => &economics.floor,
                _other => &economics.cap,
            };
            limit.clone()
        };
        let Some(limit) = of(&stretches[year.end - 1]) else {
            return Ok(None);
        };
        let whole = limit.per.value != FeePeriod::Year;
        if whole && year.end != stretches.len() {
            return Ok(None);
        }
        let first = if whole { 0 } else { year.first };
        let here = |line: &&Line| (first..year.end).contains(&usize::from(line.stretch));
        let statement = self.round(lines.iter().filter(here).cloned().collect())?;
        let before: Vec<(Option<Limit>, Ends)> = stretches[first..year.end - 1]
            .iter()
            .map(|stretch| (of(stretch), stretch.volumes.ends))
            .collect();
        let earlier = before.iter().map(|(limit, ends)| (limit.as_ref(), *ends));
        let sums = limits::sums(&limit, stretches[year.end - 1].volumes.ends, earlier);
        let rounding = self.rounding();
        let line = match model {
            Model::Floor => limits::floor(&limit, &sums, &statement, year.paid, rounding)?,
            _other => limits::cap(&limit, &sums, &statement, year.paid, rounding)?,
        };
        let last = u8::try_from(year.end - 1).unwrap_or(u8::MAX);
        Ok(line.map(|line| Line {
            stretch: last,
            ..line
        }))
    }

    /// The statement, and whether the next one settles it.
    fn carried(&self, mut statement: Statement) -> Statement {
        let least = self.economics.payment.least.as_ref();
        statement.carried_over = statement.total.is_negative()
            || (!statement.total.is_zero()
                && least.is_some_and(|least| statement.total < least.value));
        statement
    }

    /// The statement of these lines alone, rounded.
    fn round(&self, mut lines: Vec<Line>) -> Checked<Statement> {
        let at = &self.economics.at;
        let rounding = self.rounding();
        let mut exact_sum = Money::zero(self.economics.currency.0);
        let mut total = exact_sum;
        for line in &mut lines {
            if self.economics.rounding.level.value == RoundingLevel::Line {
                let (exact, paid) = (line.amount, line.amount.round(rounding));
                if exact != paid {
                    line.trace.push(Step::Rounded { exact, paid });
                }
                line.paid = paid;
            }
            exact_sum = exact::sum(exact_sum, line.amount, at)?;
            total = exact::sum(total, line.paid, at)?;
        }
        let total = total.round(rounding);
        Ok(Statement {
            lines,
            rounding_difference: exact::difference(total, exact_sum, at)?,
            total,
            carried_over: false,
        })
    }

    /// The statement with one more line.
    fn with(&self, statement: Statement, line: Option<Line>) -> Checked<Statement> {
        let Some(line) = line else {
            return Ok(statement);
        };
        let mut lines = statement.lines;
        for line in &mut lines {
            // Rounding comes again, from the start.
            line.trace
                .retain(|step| !matches!(step, Step::Rounded { .. }));
        }
        lines.push(line);
        self.round(lines)
    }

    fn rounding(&self) -> Rounding {
        Rounding {
            mode: self.economics.rounding.mode.value,
            place: self.economics.rounding.places.value,
        }
    }

    fn check_volumes(&self, volumes: &Volumes) -> Checked<()> {
        let currency = &self.economics.currency;
        match volumes.money().find(|money| money.currency() != currency.0) {
            Some(money) => Err(foreign(money, &currency.span, currency.0.code())),
            None => Ok(()),
        }
    }
}

/// An amount in another currency than the deal pays in.
fn foreign(money: Money, at: &Span, expected: &str) -> Diagnostic {
    let found = money.currency().code();
    Diagnostic::error(
        Code::WrongType,
        at,
        format!("an amount is in `{found}`, and the deal pays in `{expected}`"),
    )
    .help(format!(
        "write every amount in {expected}, or change `economics.currency`"
    ))
}

/// Checks that every amount of the economics is in their currency.
fn check_currencies(economics: &Economics) -> Checked<()> {
    let mut amounts: Vec<(Money, &Span)> = Vec::new();
    let each = |reward: &At<Reward>| match reward.value {
        Reward::Each(money) => Some(money),
        Reward::Rate(_) => None,
    };
    if let Some(fee) = &economics.referral_fee {
        amounts.extend(each(&fee.fee).map(|money| (money, &fee.fee.span)));
        amounts.extend(fee.cap.iter().map(|cap| (cap.value, &cap.span)));
    }
    if let Some(tiers) = &economics.tiers {
        for tier in &tiers.tier {
            amounts.extend(each(&tier.pays).map(|money| (money, &tier.pays.span)));
            for bound in [Some(&tier.from), tier.to.as_ref()].into_iter().flatten() {
                if let Measure::Money(money) = bound.value {
                    amounts.push((money, &bound.span));
                }
            }
        }
    }
    if let Some(bounty) = &economics.bounty {
        amounts.push((bounty.amount.value, &bounty.amount.span));
    }
    if let Some(fee) = &economics.fixed_fee {
        amounts.push((fee.amount.value, &fee.amount.span));
    }
    if let Some(spiff) = &economics.spiff {
        amounts.push((spiff.amount.value, &spiff.amount.span));
        amounts.push((spiff.cap.value, &spiff.cap.span));
    }
    for bonus in &economics.bonus {
        amounts.extend(each(&bonus.pays).map(|money| (money, &bonus.pays.span)));
    }
    if let Some(minimum) = &economics.minimum
        && let Measure::Money(money) = minimum.amount.value
    {
        amounts.push((money, &minimum.amount.span));
    }
    for limit in [&economics.cap, &economics.floor].into_iter().flatten() {
        amounts.push((limit.amount.value, &limit.amount.span));
    }
    let least = economics.payment.least.iter();
    amounts.extend(least.map(|least| (least.value, &least.span)));
    let currency = economics.currency.0;
    match amounts
        .into_iter()
        .find(|(money, _)| money.currency() != currency)
    {
        Some((money, at)) => Err(foreign(money, at, currency.code())
            .also(&economics.currency.span, "the currency of every payment")),
        None => Ok(()),
    }
}
