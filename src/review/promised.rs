//! What a party promised beside the triggers: guarantees, and a minimum commitment.

use super::evaluate::{meets, run};
use super::figures::{Figure, Measured, Question};
use super::period::Reviewed;
use super::record::Held;
use crate::deal::{Deal, Guarantee, Quarters};
use crate::draft::conventions;
use crate::units::{Date, Measure, Period, PeriodUnit};
use std::cmp::Ordering;

/// What became of a guarantee.
#[derive(Debug, Clone)]
pub struct GuaranteeFound<'d> {
    /// The guarantee.
    pub guarantee: &'d Guarantee,
    /// The figure, if it is known.
    pub figure: Option<Figure>,
    /// Whether its condition is met; `None` if the deal leaves that to the reader of its words.
    pub applies: Option<bool>,
    /// Whether its time is over.
    pub over: bool,
}

/// How far a minimum commitment is.
#[derive(Debug, Clone)]
pub struct MinimumFound {
    /// What was reached so far in its period.
    pub figure: Figure,
    /// What must be reached.
    pub amount: Measure,
    /// The last day of its period.
    pub due: Date,
    /// Whether it is reached.
    pub reached: bool,
    /// Whether its period is over, so that what is not reached is missed.
    pub over: bool,
}

/// The name under which a guarantee is remembered.
pub(super) fn guarantee_key(guarantee: &Guarantee) -> String {
    format!("guarantee: {}", guarantee.name.as_str())
}

/// What became of a guarantee in a period.
pub(super) fn guaranteed<'d>(
    deal: &'d Deal,
    guarantee: &'d Guarantee,
    period: Reviewed,
    figures: &impl Measured,
    before: &[Held],
    effective: Date,
) -> GuaranteeFound<'d> {
    let ends = conventions(deal)
        .term_end(effective, guarantee.within.value)
        .unwrap_or(period.to);
    let question = match &guarantee.window {
        Some(window) => Question {
            metric: guarantee.metric.id(),
            from: period.window(deal, window.value, effective),
            to: period.to,
            window: Some(window.value),
            segment: None,
        },
        None => Question {
            metric: guarantee.metric.id(),
            from: effective,
            to: period.to.min(ends),
            window: Some(guarantee.within.value),
            segment: None,
        },
    };
    let figure = figures.figure(question).or_else(|| {
        figures.figure(Question {
            window: None,
            ..question
        })
    });
    let over = ends < period.from;
    let met = match (&figure, &guarantee.applies) {
        (Some(figure), Some(when)) => Some(meets(figure, when.value, &guarantee.threshold.value)),
        (None, _) | (_, None) => None,
    };
    let needed = guarantee.in_a_row.as_ref().map_or(1, |count| count.number);
    let applies =
        met.map(|met| run(&guarantee_key(guarantee), met, period, before) >= needed && !over);
    GuaranteeFound {
        guarantee,
        figure,
        applies,
        over,
    }
}

/// How far the minimum commitment is; none without one, or without a figure.
pub(super) fn minimum(
    deal: &Deal,
    period: Reviewed,
    figures: &impl Measured,
    effective: Date,
) -> Option<MinimumFound> {
    let minimum = deal.economics.as_ref()?.minimum.as_ref()?;
    let months = minimum.per.value.months();
    let mut from = effective;
    // The period of the commitment in which the review ends.
    let mut closes = Quarters::Agreement.closes(conventions(deal), effective, months);
    let due = closes.find(|close| {
        let ends_here = *close >= period.to;
        if !ends_here {
            from = close.plus_days(1);
        }
        ends_here
    })?;
    let ask = |window: Option<Period>| {
        figures.figure(Question {
            metric: minimum.metric.id(),
            from,
            to: period.to,
            window,
            segment: None,
        })
    };
    let figure = ask(Some(Period::new(months, PeriodUnit::Month))).or_else(|| ask(None))?;
    let amount = minimum.amount.value.clone();
    Some(MinimumFound {
        reached: figure.compare(&amount).is_some_and(Ordering::is_ge),
        figure,
        amount,
        over: due <= period.to,
        due,
    })
}
