//! What a period came to: every trigger, the exclusivity, the guarantees and the minimum, each with its number.
//!
//! In: a deal, the period, figures, and what earlier reviews found. Out: an [`Evaluation`], or a report of every
//! figure that is missing. Nothing is changed here, and nothing is worded.

use super::exclusivity::{self, Standing};
use super::figures::{Figure, Measured, Question};
use super::period::Reviewed;
use super::promised::{GuaranteeFound, MinimumFound, guarantee_key, guaranteed, minimum};
use super::record::Held;
use crate::deal::{Comparison, Deal, Metric, Trigger};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;
use crate::units::{Date, Measure, Period, PeriodUnit};
use std::cmp::Ordering;

/// What a period came to.
#[derive(Debug)]
pub struct Evaluation<'d> {
    /// The period.
    pub period: Reviewed,
    /// Every trigger, in the order of the deal.
    pub triggers: Vec<TriggerFound<'d>>,
    /// The exclusivity, if there is one.
    pub exclusivity: Option<Standing<'d>>,
    /// Every guarantee, in the order of the deal.
    pub guarantees: Vec<GuaranteeFound<'d>>,
    /// The minimum commitment, if there is one.
    pub minimum: Option<MinimumFound>,
    /// Every metric over the period, as far as it is known, in the order of the deal.
    pub metrics: Vec<(&'d Metric, Option<Figure>, Option<Figure>)>,
}

/// What became of a trigger.
#[derive(Debug, Clone)]
pub struct TriggerFound<'d> {
    /// The trigger.
    pub trigger: &'d Trigger,
    /// Its place in the deal, from 0.
    pub place: usize,
    /// The first day of its window.
    pub from: Date,
    /// The figure.
    pub figure: Figure,
    /// Whether the figure reached the mark.
    pub reached: bool,
    /// How many reviews in a row it did, this one included.
    pub run: u64,
    /// Whether it fires: reached as often as it must be, and not spent.
    pub fires: bool,
    /// Whether it has done its work before.
    pub spent: bool,
}

/// By which terms a period is judged.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'d> {
    /// The deal as it is in force on the last day of the period. The windows of triggers run up to that day, and so does
    /// every measure: it is read over the whole window as the deal defines it on that day.
    pub deal: &'d Deal,
    /// The deal as the last amendment has it, which may hold only later: it knows which triggers have done their work.
    pub newest: &'d Deal,
}

impl Judge<'_> {
    /// Whether a trigger has done its work.
    fn has_fired(self, trigger: &Trigger) -> bool {
        let reviews = self.newest.reviews.iter();
        let mut all = reviews.flat_map(|reviews| &reviews.trigger);
        trigger.fired.is_some()
            || all.any(|one| one.id.as_str() == trigger.id.as_str() && one.fired.is_some())
    }
}

/// Evaluates a period.
///
/// A trigger whose figure is missing is reported, at its metric in the deal. `before` are the reviews held so far.
///
/// # Source
///
/// Clause `triggers`: each trigger is checked at each regular review, over the time up to the last day of its period.
pub fn evaluate<'d>(
    judge: Judge<'d>,
    period: Reviewed,
    figures: &impl Measured,
    before: &[Held],
    report: &mut Report,
) -> Option<Evaluation<'d>> {
    let errors = report.errors();
    let deal = judge.deal;
    let effective = deal.agreement.effective.as_ref()?.value;
    let reviews = deal.reviews.as_ref()?;
    let mut triggers = Vec::new();
    // An early review tells what is known so far, and decides nothing that could wait for a figure.
    let mut unknown = Report::new();
    let early = period.early.is_some();
    let missing = if early { &mut unknown } else { &mut *report };
    for (place, trigger) in reviews.trigger.iter().enumerate() {
        let from = period.window(deal, trigger.window.value, effective);
        let asked = Asked {
            metric: trigger.metric.id(),
            at: &trigger.metric.span,
            window: trigger.window.value,
            from,
            threshold: &trigger.threshold.value,
        };
        if let Some(figure) = known(&asked, period, figures, missing) {
            let spent = judge.has_fired(trigger);
            let times = Times {
                period,
                from,
                spent,
            };
            triggers.push(found(trigger, place, figure, times, before));
        }
    }
    let exclusivity = exclusivity::standing(deal, period, figures, before, missing);
    let guarantees = deal
        .guarantee
        .iter()
        .map(|guarantee| guaranteed(deal, guarantee, period, figures, before, effective))
        .collect();
    let minimum = minimum(deal, period, figures, effective);
    let metrics = deal
        .metric
        .iter()
        .map(|metric| {
            let ask = |from: Date, window: Option<Period>| {
                figures.figure(Question {
                    metric: metric.id.as_str(),
                    from,
                    to: period.to,
                    window,
                    segment: None,
                })
            };
            let year = Period::new(12, PeriodUnit::Month);
            let this = ask(period.from, None).or_else(|| {
                ask(
                    period.from,
                    Some(Period::new(period.months, PeriodUnit::Month)),
                )
            });
            let long = ask(period.window(deal, year, effective), Some(year));
            (metric, this, long)
        })
        .collect();
    (report.errors() == errors).then_some(Evaluation {
        period,
        triggers,
        exclusivity,
        guarantees,
        minimum,
        metrics,
    })
}

/// A figure that the deal needs.
pub(super) struct Asked<'a> {
    pub(super) metric: &'a str,
    pub(super) at: &'a Span,
    pub(super) window: Period,
    pub(super) from: Date,
    pub(super) threshold: &'a Measure,
}

/// A figure that must be known and be of the kind of its threshold.
pub(super) fn known(
    asked: &Asked<'_>,
    period: Reviewed,
    figures: &impl Measured,
    report: &mut Report,
) -> Option<Figure> {
    let question = Question {
        metric: asked.metric,
        from: asked.from,
        to: period.to,
        window: Some(asked.window),
        segment: None,
    };
    let whole = question.from == period.from
        && asked
            .window
            .compare(Period::new(period.months, PeriodUnit::Month))
            == Some(Ordering::Equal);
    let figure = figures.figure(question).or_else(|| {
        let period = Question {
            window: None,
            ..question
        };
        whole.then(|| figures.figure(period)).flatten()
    });
    let Some(figure) = figure else {
        report.push(
            Diagnostic::error(
                Code::NoFigure,
                asked.at,
                format!(
                    "there is no figure for `{}` over {} to {}",
                    asked.metric,
                    plain(asked.window),
                    period.to.print()
                ),
            )
            .help(format!(
                "name it in a table with `--actuals`: `{},{},{},` and what shows it",
                asked.metric,
                plain(asked.window),
                example(asked.threshold)
            )),
        );
        return None;
    };
    if figure.compare(asked.threshold).is_none() {
        report.push(
            Diagnostic::error(
                Code::NoFigure,
                asked.at,
                format!(
                    "the figure for `{}` cannot be compared with its mark: it has another unit",
                    asked.metric
                ),
            )
            .help(format!(
                "give it as the deal counts: such as `{}`",
                example(asked.threshold)
            )),
        );
        return None;
    }
    Some(figure)
}

/// `12 months`, as a deal file writes it.
pub(super) fn plain(period: Period) -> String {
    let plural = if period.count == 1 { "" } else { "s" };
    format!("{} {}{plural}", period.count, period.unit.word())
}

fn example(threshold: &Measure) -> String {
    match threshold {
        Measure::Money(money) => format!("{} {}", money.currency().code(), money.amount()),
        Measure::Rate(rate) => format!("{}%", rate.percent().normalize()),
        Measure::Count(count) => format!("{} {}", count.number, count.noun),
        Measure::Period(period) => plain(*period),
    }
}

/// Whether a figure meets a comparison.
pub(super) fn meets(figure: &Figure, when: Comparison, threshold: &Measure) -> bool {
    let Some(order) = figure.compare(threshold).filter(|_| !figure.empty) else {
        return false;
    };
    match when {
        Comparison::Above => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Below => order.is_lt(),
        Comparison::AtMost => order.is_le(),
    }
}

/// When a trigger is looked at.
#[derive(Clone, Copy)]
struct Times {
    period: Reviewed,
    /// The first day of its window.
    from: Date,
    /// Whether it has done its work before.
    spent: bool,
}

fn found<'d>(
    trigger: &'d Trigger,
    place: usize,
    figure: Figure,
    times: Times,
    before: &[Held],
) -> TriggerFound<'d> {
    let Times {
        period,
        from,
        spent,
    } = times;
    let reached = meets(&figure, trigger.when.value, &trigger.threshold.value);
    let run = run(trigger.id.as_str(), reached, period, before);
    let needed = trigger.in_a_row.as_ref().map_or(1, |count| count.number);
    TriggerFound {
        trigger,
        place,
        from,
        figure,
        reached,
        run,
        // Triggers are checked at the regular reviews.
        fires: reached && run >= needed && !spent && period.early.is_none(),
        spent,
    }
}

/// How many reviews in a row, up to this one, something was reached.
pub(super) fn run(id: &str, reached: bool, period: Reviewed, before: &[Held]) -> u64 {
    if !reached {
        return 0;
    }
    let mut held: Vec<&Held> = before.iter().filter(|held| held.to.0 < period.to).collect();
    held.sort_by_key(|held| held.to);
    let earlier = held
        .iter()
        .rev()
        .take_while(|held| held.reached.get(id) == Some(&true))
        .count();
    earlier as u64 + 1
}

impl Evaluation<'_> {
    /// For the next reviews: what was reached, by the ids of triggers and the names of guarantees.
    pub fn reached(&self) -> std::collections::BTreeMap<String, bool> {
        let triggers = self
            .triggers
            .iter()
            .map(|found| (found.trigger.id.as_str().to_owned(), found.reached));
        let guarantees = self.guarantees.iter().filter_map(|found| {
            let when = found.guarantee.applies.as_ref()?;
            let figure = found.figure.as_ref()?;
            let met = meets(figure, when.value, &found.guarantee.threshold.value);
            Some((guarantee_key(found.guarantee), met))
        });
        triggers.chain(guarantees).collect()
    }
}
