//! What moved each term that a review changes: a trigger with its number, or what the meeting agreed on.

use super::Meeting;
use crate::deal::changes::TermChange;
use crate::library::fill;
use crate::review::effect;
use crate::review::evaluate::TriggerFound;

impl Meeting<'_> {
    pub(super) fn why(&self, change: &TermChange) -> String {
        if let (Some(standing), true) = (&self.evaluation.exclusivity, self.recorded(change)) {
            let regained = change.path() == "exclusivity.regained";
            return effect::why_exclusive(self.new, standing, regained, self.library);
        }
        match self.moved_by(change) {
            Some(found) => effect::why(
                self.new,
                found,
                self.evaluation.period,
                self.library,
                &self.numerals(),
            ),
            None => match &change.why {
                Some(why) if self.is_new(&why.text) => why.text.clone(),
                Some(_) | None => fill(
                    self.library.reviews.agreed.as_str(),
                    &[("date", &self.on.print())],
                ),
            },
        }
    }

    /// Whether a change only records what became of the exclusivity by itself.
    pub(super) fn recorded(&self, change: &TermChange) -> bool {
        let Some(standing) = &self.evaluation.exclusivity else {
            return false;
        };
        let (reverted, regained) = standing.to_record(self.old, self.evaluation.period);
        let day = match change.path() {
            "exclusivity.reverted" => reverted,
            "exclusivity.regained" => regained,
            _other => None,
        };
        day.is_some_and(|day| written(change) == Some(day.iso().as_str()))
    }

    /// Whether a reason came with the changes: one that stood there before is about the term as it was.
    fn is_new(&self, reason: &str) -> bool {
        !self.old.at.source().text.contains(reason)
    }

    /// The trigger that moved a term.
    fn moved_by(&self, change: &TermChange) -> Option<&TriggerFound<'_>> {
        let moved = |found: &&TriggerFound<'_>| {
            found.fires
                && found.trigger.sets.as_ref().is_some_and(|sets| {
                    let path = change.path();
                    sets.term.as_str() == path
                        || crate::deal::edit::following(
                            self.old,
                            sets.term.as_str(),
                            sets.to.as_str(),
                        )
                        .iter()
                        .any(|(follows, _)| follows == path)
                })
        };
        let all = || self.evaluation.triggers.iter().filter(moved);
        // Of two that would move it two ways, the one whose value was taken.
        let taken = |found: &&TriggerFound<'_>| {
            let sets = found.trigger.sets.as_ref();
            sets.is_some_and(|sets| written(change) == Some(sets.to.as_str()))
        };
        all().find(taken).or_else(|| all().next())
    }

    /// What holds of a term where a trigger that fired was to move it otherwise.
    pub(super) fn overruled(&self, found: &TriggerFound<'_>) -> Option<String> {
        let sets = found.trigger.sets.as_ref().filter(|_| found.fires)?;
        self.changes
            .iter()
            .find(|change| change.path() == sets.term.as_str())
            .filter(|change| written(change) != Some(sets.to.as_str()))?
            .is
            .clone()
    }
}

/// What prescribes the changes of an amendment.
pub(super) struct Grounds {
    /// Every one is a trigger's.
    pub(super) prescribed: bool,
    /// Some record what became of the exclusivity.
    pub(super) recorded: bool,
    /// Some were agreed on.
    pub(super) agreed: bool,
}

impl Meeting<'_> {
    /// What prescribes the changes.
    pub(super) fn grounds(&self) -> Grounds {
        let terms = || self.changes.iter().filter(|change| is_term(change));
        let recorded = terms().any(|change| self.recorded(change));
        let free = |change: &&TermChange| !self.recorded(change) && self.moved_by(change).is_none();
        let agreed = terms().any(|change| free(&change));
        Grounds {
            prescribed: !recorded && !agreed,
            recorded,
            agreed,
        }
    }
}

/// The new value of a change as the deal file has it.
fn written(change: &TermChange) -> Option<&str> {
    let at = change.at_new.as_ref()?;
    Some(at.text().trim_matches('"'))
}

/// Tables that tell of the talks, and no term of the agreement.
const RECORDS: [&str; 4] = ["absent.", "issue.", "trade.", "meeting."];

/// Whether a change is one of a term: not that of a reason, or of the mark on a trigger that has done its work.
pub(super) fn is_term(change: &TermChange) -> bool {
    let path = change.path();
    let last = path.rsplit('.').next().unwrap_or_default();
    !(last == "reason"
        || last == "share"
        || (path.starts_with("reviews.trigger.") && last == "fired")
        || RECORDS.iter().any(|table| path.starts_with(table)))
}
