//! Exclusivity as a state machine: granted, at risk, in cure, reverted, regained, ended.
//!
//! In: the deal, the period under review and figures. Out: where the exclusivity stands on the last day of the
//! period. A state that was reached stays: what reverted comes back only by being regained.

use super::evaluate::plain;
use super::figures::{Figure, Measured, Question};
use super::period::Reviewed;
use super::record::Held;
use crate::deal::{Choice, Commitment, Deal, Exclusivity, Rank, Side};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::draft::conventions;
use crate::source::At;
use crate::units::{Date, Measure, Period};

/// Where the exclusivity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds, and the commitment is on its way or kept.
    Granted,
    /// It holds, and at the present pace the commitment would be missed.
    AtRisk,
    /// The commitment was missed, and may still be made good.
    InCure,
    /// It was missed and not made good, and ends some days after the other party has said so in writing.
    Missed,
    /// It has ended because the commitment was missed.
    Reverted,
    /// It has ended and was won back.
    Regained,
    /// Its time is over.
    Ended,
}

/// Every state, with the word that the record keeps.
const WORDS: [(State, &str); 7] = [
    (State::Granted, "granted"),
    (State::AtRisk, "at-risk"),
    (State::InCure, "in-cure"),
    (State::Missed, "missed"),
    (State::Reverted, "reverted"),
    (State::Regained, "regained"),
    (State::Ended, "ended"),
];

impl State {
    /// The word that the record keeps.
    pub fn word(self) -> &'static str {
        WORDS
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, word)| word)
    }

    /// The state with this word.
    pub fn named(word: &str) -> Option<State> {
        WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(state, _)| *state)
    }
}

/// Where the exclusivity stands, and why.
#[derive(Debug, Clone)]
pub struct Standing<'d> {
    /// The terms.
    pub exclusivity: &'d Exclusivity,
    /// The state on the last day of the period.
    pub state: State,
    /// The state after the last review.
    pub before: State,
    /// The figure that decided.
    pub figure: Figure,
    /// What it was compared with.
    pub amount: Measure,
    /// The last day for the commitment.
    pub due: Date,
    /// The last day on which a miss can be made good.
    pub cure_ends: Date,
    /// The last day of the exclusivity.
    pub until: Date,
}

/// Where the exclusivity stands at the end of a period; none without exclusivity. A missing figure is reported.
pub(super) fn standing<'d>(
    deal: &'d Deal,
    period: Reviewed,
    figures: &impl Measured,
    before: &[Held],
    report: &mut Report,
) -> Option<Standing<'d>> {
    let exclusivity = deal.exclusivity.as_ref()?;
    let effective = deal.agreement.effective.as_ref()?.value;
    let calendar = conventions(deal);
    let last_of = |length: Period| calendar.term_end(effective, length).ok();
    let due = last_of(exclusivity.commitment.within.value)?;
    let until = last_of(exclusivity.period.value)?;
    let cure_ends = calendar.add(due, exclusivity.cure.value).ok()?;
    let earlier = before
        .iter()
        .filter(|held| held.to.0 < period.to)
        .max_by_key(|held| held.to)
        .and_then(|held| held.exclusivity.as_deref())
        .and_then(State::named)
        .unwrap_or(State::Granted);
    // What the deal says was written by a review, or agreed on.
    let earlier = match (&exclusivity.reverted, &exclusivity.regained) {
        (_, Some(_)) => State::Regained,
        (Some(_), None) => State::Reverted,
        (None, None) => earlier,
    };
    // Only what partners bring in the segment counts for them.
    let partner = deal
        .side(Side::Partner)
        .is_some_and(|party| party.id.as_str() == exclusivity.holder.id());
    let measured = |commitment: &Commitment, to: Date| {
        let question = Question {
            metric: commitment.metric.id(),
            from: effective,
            to,
            window: Some(commitment.within.value),
            segment: partner.then(|| exclusivity.segment.id()),
        };
        figures
            .figure(question)
            .filter(|figure| figure.compare(&commitment.amount.value).is_some())
    };
    let commitment = &exclusivity.commitment;
    // It may be missed and won back within one period.
    let regained = exclusivity
        .regained_by
        .as_ref()
        .filter(|_| period.to >= cure_ends)
        .and_then(|regain| {
            let last = last_of(regain.within.value)?.min(until);
            measured(regain, period.to.min(last))
                .map(|figure| (figure, regain.amount.value.clone()))
        });
    let to = period.to.min(cure_ends);
    let kept = measured(commitment, to).map(|figure| (figure, commitment.amount.value.clone()));
    let reached = |(figure, amount): &(Figure, Measure)| {
        figure
            .compare(amount)
            .is_some_and(std::cmp::Ordering::is_ge)
    };
    let missed = |kept: &(Figure, Measure)| match earlier {
        State::Reverted => true,
        State::Regained => false,
        State::Granted | State::AtRisk | State::InCure | State::Missed | State::Ended => {
            period.to >= cure_ends && !reached(kept)
        }
    };
    let (state, (figure, amount)) = match (kept, regained) {
        (Some(kept), Some(regained)) if missed(&kept) => {
            let state = if reached(&regained) {
                State::Regained
            } else {
                State::Reverted
            };
            (state, regained)
        }
        (None, Some(regained)) if earlier == State::Reverted => {
            let state = if reached(&regained) {
                State::Regained
            } else {
                State::Reverted
            };
            (state, regained)
        }
        (Some(kept), _) => {
            let state = if missed(&kept) {
                State::Reverted
            } else if earlier == State::Regained {
                State::Regained
            } else if reached(&kept) {
                State::Granted
            } else if period.to >= due {
                State::InCure
            } else if on_its_way(&kept.0.value, &kept.1, effective, period.to, due) {
                State::Granted
            } else {
                State::AtRisk
            };
            (state, kept)
        }
        (None, _) => {
            report.push(
                Diagnostic::error(
                    Code::NoFigure,
                    &commitment.metric.span,
                    format!(
                        "there is no figure for `{}` since {}, which keeps the exclusivity",
                        commitment.metric.id(),
                        effective.print()
                    ),
                )
                .help(format!(
                    "name it in a table with `--actuals`, with `{}` as its window",
                    plain(commitment.within.value)
                )),
            );
            return None;
        }
    };
    let told = exclusivity.reverted.is_some() || by_itself(deal);
    let state = match state {
        // What has reverted cannot be won back after its time either.
        _any if period.to > until => State::Ended,
        State::Reverted if !told => State::Missed,
        State::Granted
        | State::AtRisk
        | State::InCure
        | State::Missed
        | State::Regained
        | State::Reverted
        | State::Ended => state,
    };
    Some(Standing {
        exclusivity,
        state,
        before: earlier,
        figure,
        amount,
        due,
        cure_ends,
        until,
    })
}

/// Whether a missed commitment ends the exclusivity by itself, without a notice.
///
/// # Source
///
/// Clause `exclusivity-reversion`, in the wording that the deal has.
fn by_itself(deal: &Deal) -> bool {
    !matches!(
        deal.clauses.of("exclusivity-reversion"),
        Some(Choice::Rank(Rank::Acceptable))
    )
}

impl Standing<'_> {
    /// What is to be recorded of it that a deal does not say yet: the day on which it reverted, and the last day of the
    /// time in which it was won back. It reverts on the day after the time to make a miss good.
    ///
    /// # Source
    ///
    /// Clause `exclusivity-reversion`.
    pub fn to_record(&self, newest: &Deal, period: Reviewed) -> (Option<Date>, Option<Date>) {
        let terms = newest.exclusivity.as_ref();
        let (lost, won) = match self.state {
            State::Reverted => (true, false),
            State::Regained => (true, true),
            State::Granted | State::AtRisk | State::InCure | State::Missed | State::Ended => {
                (false, false)
            }
        };
        let is_new = |known: Option<&At<Date>>| terms.is_some() && known.is_none();
        let reverted = is_new(terms.and_then(|terms| terms.reverted.as_ref()));
        let regained = is_new(terms.and_then(|terms| terms.regained.as_ref()));
        (
            (lost && reverted).then(|| self.cure_ends.plus_days(1)),
            (won && regained).then_some(period.to),
        )
    }
}

/// Whether the figure is at least the part of the commitment that its time so far is of the whole.
fn on_its_way(value: &Measure, amount: &Measure, from: Date, now: Date, due: Date) -> bool {
    let days = |from: Date, to: Date| u64::try_from(from.days_until(to) + 1).unwrap_or(0);
    let (passed, all) = (days(from, now), days(from, due));
    match (value, amount) {
        (Measure::Count(value), Measure::Count(amount)) => {
            u128::from(value.number) * u128::from(all)
                >= u128::from(amount.number) * u128::from(passed)
        }
        (Measure::Money(value), Measure::Money(amount)) => {
            match (value.times_count(all), amount.times_count(passed)) {
                (Some(value), Some(amount)) => value >= amount,
                (None, _) | (_, None) => false,
            }
        }
        (
            Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
            Measure::Money(_) | Measure::Rate(_) | Measure::Count(_) | Measure::Period(_),
        ) => value.compare(amount).is_some_and(std::cmp::Ordering::is_ge),
    }
}
