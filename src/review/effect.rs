//! What fired triggers do to the deal.
//!
//! In: a deal and an evaluation. Out: the day from which changes hold, and the assignments that carry them out, each
//! with a remark on why. A trigger that moved its term is marked, so that it moves it once.

use super::evaluate::{Evaluation, TriggerFound};
use super::exclusivity::Standing;
use super::period::Reviewed;
use crate::deal::edit::{Assignment, following, whole_paths};
use crate::deal::{Choice, Comparison, Deal, Rank};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::library::{Library, fill};
use crate::source::{At, Source, Span};
use crate::units::{Date, Measure, Numerals};
use std::sync::Arc;

/// The day from which the changes of a review hold. What an early review agrees on holds from the day after it: no
/// period is over then.
///
/// # Source
///
/// Clause `trigger-effect`, in the wording that the deal has.
pub fn holds_from(deal: &Deal, period: Reviewed, on: Date) -> Date {
    if period.early.is_some() {
        return on.plus_days(1);
    }
    let rank = match deal.clauses.of("trigger-effect") {
        Some(Choice::Rank(rank)) => *rank,
        Some(Choice::LeaveOut(_)) | None => Rank::Preferred,
    };
    match rank {
        Rank::Preferred | Rank::Escalate => period.to.plus_days(1),
        // The first day of the second calendar month after the review.
        Rank::Acceptable => on.last_of_month().plus_days(1).last_of_month().plus_days(1),
    }
}

/// Whether changes that a trigger prescribes need nobody's consent.
///
/// # Source
///
/// Clause `trigger-effect`, in the wording that the deal has.
pub fn by_itself(deal: &Deal) -> bool {
    !matches!(
        deal.clauses.of("trigger-effect"),
        Some(Choice::Rank(Rank::Escalate))
    )
}

/// The assignments of all triggers that fired.
pub fn effects(
    deal: &Deal,
    evaluation: &Evaluation<'_>,
    library: &Library,
    from: Date,
) -> Vec<Assignment> {
    let numerals = deal.numerals();
    let mut assignments = Vec::new();
    for found in evaluation.triggers.iter().filter(|found| found.fires) {
        let Some(sets) = &found.trigger.sets else {
            continue;
        };
        let known = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
        let id = found.trigger.id.as_str();
        let is_known = known.into_iter().any(|one| one.id.as_str() == id);
        let remark = why(deal, found, evaluation.period, library, &numerals);
        let remark = format!("{}: {remark}", from.print());
        assignments.push(Assignment {
            path: At::new(sets.term.as_str().to_owned(), sets.term.span.clone()),
            to: Some(At::new(sets.to.as_str().to_owned(), sets.to.span.clone())),
            reason: None,
            remark: Some(remark.clone()),
        });
        for (path, to) in following(deal, sets.term.as_str(), sets.to.as_str()) {
            assignments.push(Assignment {
                path: At::new(path, sets.term.span.clone()),
                to: Some(At::new(to, sets.to.span.clone())),
                reason: None,
                remark: Some(remark.clone()),
            });
        }
        if !is_known {
            // An amendment that holds later takes the trigger out: until then it moves its term.
            continue;
        }
        let mark = format!("reviews.trigger.{}.fired", found.trigger.id.as_str());
        let source = Source::new(mark.as_str(), mark.as_str());
        assignments.push(Assignment {
            path: At::new(mark, Span::whole(&source)),
            to: Some(At::new(from.iso(), Span::whole(&source))),
            reason: None,
            remark: None,
        });
    }
    assignments
}

/// What is to be written of the exclusivity: that it reverted, or was won back. Nothing of an early review, which no
/// later one builds on.
pub fn recorded(deal: &Deal, evaluation: &Evaluation<'_>, library: &Library) -> Vec<Assignment> {
    let standing = evaluation.exclusivity.as_ref();
    let Some(standing) = standing.filter(|_| evaluation.period.early.is_none()) else {
        return Vec::new();
    };
    let (reverted, regained) = standing.to_record(deal, evaluation.period);
    let days = [("reverted", reverted), ("regained", regained)];
    days.into_iter()
        .filter_map(|(key, day)| {
            let path = format!("exclusivity.{key}");
            let source = Source::new(path.as_str(), path.as_str());
            let remark = why_exclusive(deal, standing, key == "regained", library);
            Some(Assignment {
                path: At::new(path, Span::whole(&source)),
                to: Some(At::new(day?.iso(), Span::whole(&source))),
                reason: None,
                remark: Some(remark),
            })
        })
        .collect()
}

/// Why the exclusivity reverted, or was won back, with its number.
pub fn why_exclusive(
    deal: &Deal,
    standing: &Standing<'_>,
    regained: bool,
    library: &Library,
) -> String {
    let words = &library.reviews;
    let numerals = deal.numerals();
    let commitment = &standing.exclusivity.commitment;
    let measure = deal.metric(commitment.metric.id());
    let measure = measure.map_or("", |metric| metric.name.as_str());
    let (word, amount) = if regained {
        (&words.won_back_why, &standing.amount)
    } else {
        (&words.reverted_why, &commitment.amount.value)
    };
    fill(
        word.as_str(),
        &[
            ("measure", measure),
            ("figure", &standing.figure.print(&numerals)),
            ("amount", amount.print(&numerals).trim_end()),
            ("due", &standing.due.print()),
            ("cure_ends", &standing.cure_ends.print()),
        ],
    )
}

/// The assignments of triggers, each term with one value. Where two triggers move a term two ways, what the meeting
/// agreed on decides between them; a term with two values left is reported.
pub fn one_value_each(
    source: &Arc<Source>,
    agreed: &[Assignment],
    effects: Vec<Assignment>,
    report: &mut Report,
) -> Vec<Assignment> {
    let value = |one: &Assignment| {
        let to = one.to.as_ref().map(|to| to.value.trim_matches('"'));
        to.unwrap_or_default().to_owned()
    };
    let mut kept: Vec<(String, Assignment)> = Vec::new();
    let mut told: Vec<Span> = Vec::new();
    let mut paths = whole_paths(source, agreed.iter().chain(&effects)).into_iter();
    let agreed: Vec<(String, &Assignment)> = paths.by_ref().zip(agreed).collect();
    let all: Vec<(String, Assignment)> = paths.zip(effects).collect();
    for (path, effect) in &all {
        let chosen = agreed.iter().find(|(term, _)| term == path);
        let rival = match chosen {
            Some((_, chosen)) => {
                let offered = all
                    .iter()
                    .any(|(term, one)| term == path && value(one) == value(chosen));
                if offered && value(effect) != value(chosen) {
                    continue;
                }
                (!offered).then_some(*chosen)
            }
            None => kept
                .iter()
                .find(|(term, one)| term == path && value(one) != value(effect))
                .map(|(_, one)| one),
        };
        // What follows a term clashes with it, and is told with it.
        if let Some(rival) = rival
            && !told.contains(&effect.path.span)
        {
            report.push(clash(path, &value(rival), rival, &value(effect), effect));
            told.push(effect.path.span.clone());
        }
        kept.push((path.clone(), effect.clone()));
    }
    kept.into_iter().map(|(_, effect)| effect).collect()
}

fn clash(path: &str, one: &str, rival: &Assignment, two: &str, effect: &Assignment) -> Diagnostic {
    let at = |assignment: &Assignment| {
        let to = assignment.to.as_ref();
        to.map_or_else(|| assignment.path.span.clone(), |to| to.span.clone())
    };
    Diagnostic::error(
        Code::TriggerClash,
        &at(effect),
        format!("`{path}` would be set two ways in this review: to {one} and to {two}"),
    )
    .also(&at(rival), "the other way")
    .help(format!(
        "agree which of the values that triggers prescribe holds: `--set {path}=\"{two}\" --reason \"...\"`"
    ))
}

/// Why a trigger fired, with its number.
pub fn why(
    deal: &Deal,
    found: &TriggerFound<'_>,
    period: Reviewed,
    library: &Library,
    numerals: &Numerals,
) -> String {
    let words = &library.reviews;
    let window = found.trigger.window.print(numerals);
    let measure = deal
        .metric(found.trigger.metric.id())
        .map_or("", |metric| metric.name.as_str());
    fill(
        words.fired.as_str(),
        &[
            ("measure", measure),
            ("figure", &found.figure.print(numerals)),
            (
                "window",
                &fill(words.window.as_str(), &[("window", &window)]),
            ),
            ("date", &period.to.print()),
            ("mark", &mark(found, library, numerals)),
        ],
    )
}

/// The mark of a trigger in words: "more than USD 1,500,000".
pub fn mark(found: &TriggerFound<'_>, library: &Library, numerals: &Numerals) -> String {
    let words = &library.reviews;
    let form = match found.trigger.when.value {
        Comparison::Above => &words.above,
        Comparison::AtLeast => &words.at_least,
        Comparison::Below => match found.trigger.threshold.value {
            Measure::Count(_) => &words.fewer,
            Measure::Money(_) | Measure::Rate(_) | Measure::Period(_) => &words.below,
        },
        Comparison::AtMost => &words.at_most,
    };
    let mark = fill(
        form.as_str(),
        &[("mark", &found.trigger.threshold.print(numerals))],
    );
    match &found.trigger.in_a_row {
        Some(count) => fill(
            words.in_a_row.as_str(),
            &[("mark", &mark), ("count", &count.print(numerals))],
        ),
        None => mark,
    }
}
