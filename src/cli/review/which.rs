//! Which period a review looks at: by its day, and by what was reviewed before.

use super::super::package;
use super::super::signed::Signing;
use super::Args;
use super::inputs::Inputs;
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::review::period::{self, Reviewed};
use crate::review::record::Held;
use crate::source::Source;
use std::sync::Arc;

/// Which period is to be reviewed.
pub(super) enum Which {
    Review(Reviewed),
    Again(Held),
    Refused,
}

/// The early review of the day; or the last period that was over on the day of the review, if all before it were
/// reviewed and it was not.
pub(super) fn which(
    signing: &Signing,
    deal: &Deal,
    args: &Args,
    inputs: &Inputs,
    source: &Arc<Source>,
    report: &mut Report,
) -> Which {
    let held = &signing.record.reviews;
    let asked = Asked {
        digest: &inputs.digest,
        source,
        signing,
    };
    // A regular review may have been held on the day of an early one.
    let regular = held.iter().any(|held| held.on.0 == args.on);
    if let Some(early) = period::early_on(deal, args.on).filter(|_| !regular) {
        return asked.early(early, report);
    }
    let over = period::over(deal, args.on);
    let Some(period) = over.last() else {
        let first = period::periods(deal).next();
        let message = match first {
            Some(first) => format!(
                "no period is over on {}: the first one ends on {}",
                args.on.print(),
                first.to.print()
            ),
            None => "the deal has no reviews".to_owned(),
        };
        let at = deal
            .reviews
            .as_ref()
            .map_or_else(|| deal.at.clone(), |reviews| reviews.regular.span.clone());
        let help = match period::early(deal).first() {
            Some(early) => format!(
                "name a day on or after the last day of a period; the first early review is on {}",
                early.to.print()
            ),
            None => "name a day on or after the last day of a period".to_owned(),
        };
        report.push(Diagnostic::error(Code::PeriodOpen, &at, message).help(help));
        return Which::Refused;
    };
    if let Some(before) = held.iter().find(|held| held.to.0 == period.to) {
        return asked.again(before, report);
    }
    let missing = over
        .iter()
        .find(|period| held.iter().all(|held| held.to.0 != period.to));
    if let Some(missing) = missing.filter(|missing| *missing != period) {
        report.push(skipped(signing, missing));
        return Which::Refused;
    }
    Which::Review(*period)
}

/// A period that was over before and was not reviewed.
pub(super) fn skipped(signing: &Signing, missing: &Reviewed) -> Diagnostic {
    Diagnostic::error(
        Code::PeriodSkipped,
        &signing.place("[signed]"),
        format!("the period to {} was not reviewed", missing.to.print()),
    )
    .help(format!(
        "reviews follow one another: make it up first, with `--on {}` and its figures",
        missing.to.iso()
    ))
}

/// A review that is asked for.
struct Asked<'a> {
    /// The SHA-256 of what it is made from.
    digest: &'a str,
    source: &'a Source,
    signing: &'a Signing,
}

impl Asked<'_> {
    /// An early review, unless it was held or a later one was.
    fn early(&self, early: Reviewed, report: &mut Report) -> Which {
        let record = &self.signing.record;
        if let Some(before) = record.early.iter().find(|held| held.to.0 == early.to) {
            return self.again(before, report);
        }
        let all = record.reviews.iter().chain(&record.early);
        let Some(later) = all
            .filter(|held| held.to.0 > early.to)
            .max_by_key(|held| held.to)
        else {
            return Which::Review(early);
        };
        report.push(
            Diagnostic::error(
                Code::PeriodReviewed,
                &(self.signing).place(&format!("to = \"{}\"", later.to.iso())),
                format!(
                    "the time to {} was reviewed on {} already",
                    early.to.print(),
                    later.on.print()
                ),
            )
            .help("an early review that was missed is made up by the later one; name the day of a review that is to come"),
        );
        Which::Refused
    }

    /// A review of a time that was reviewed before: the same one changes nothing, another one is refused.
    fn again(&self, before: &Held, report: &mut Report) -> Which {
        let record = &self.signing.record;
        let last = record.amendments.iter().max_by_key(|one| one.number);
        let agreed = last.map_or(&record.signed.deal, |last| &last.deal);
        let untouched = *agreed == package::sha256(self.source.text.as_bytes());
        if before.figures == self.digest && untouched {
            return Which::Again(before.clone());
        }
        let what = if before.figures == self.digest {
            "the deal has changed since"
        } else {
            "with other figures"
        };
        report.push(
            Diagnostic::error(
                Code::PeriodReviewed,
                &(self.signing).place(&format!("to = \"{}\"", before.to.iso())),
                format!(
                    "the period to {} was reviewed on {}, {what}",
                    before.to.print(),
                    before.on.print()
                ),
            )
            .help("what was found stays; a correction is a change in the next review"),
        );
        Which::Refused
    }
}
