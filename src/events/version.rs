//! The terms that a deal had over time: each version holds from its day, and what happened before stays under those
//! of its own day.
//!
//! In: the versions of a deal. Out: which one holds on a day, and why a run of statements cannot go from one to the
//! next. A statement is worked out by one set of terms for pay; nothing divides one in the middle.

use super::time::Course;
use crate::deal::changes::changes;
use crate::deal::{Basis, Deal, Reset};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Date;

/// A deal, and from when it holds.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The first day. The first version holds from the start, whatever it says here.
    pub from: Date,
    /// The deal as it is from that day.
    pub deal: &'a Deal,
}

/// The version that holds on a day, by its place; the first one before all others begin.
pub fn in_force(versions: &[Version<'_>], day: Date) -> usize {
    let begun = versions.iter().rposition(|version| version.from <= day);
    begun.unwrap_or(0)
}

/// Tables of a deal that say what is paid.
const PAY: [&str; 3] = ["economics", "attribution", "metric"];

/// Reports amendments that statements up to `last` cannot take up: in the middle of a statement's time, or of a time
/// over which a reached tier pays for everything.
pub(super) fn check(versions: &[Version<'_>], course: &Course, last: Date, report: &mut Report) {
    for pair in versions.windows(2) {
        let [before, after] = pair else { continue };
        if after.from > last {
            continue;
        }
        let time = course.around(after.from);
        if segments(before.deal) != segments(after.deal)
            && !segments(after.deal).starts_with(&segments(before.deal))
        {
            report.push(refused(
                after,
                "the amendment takes a segment out or moves one, and accounts stand in it"
                    .to_owned(),
                "keep the segments in their order and add new ones at the end",
            ));
        }
        let pays = changes(before.deal, after.deal).into_iter().find(|change| {
            let table = change.path().split('.').next().unwrap_or_default();
            PAY.contains(&table) && !change.path().split('.').any(|key| key == "reason")
        });
        let Some(change) = pays else { continue };
        if time.from != after.from {
            report.push(refused(
                after,
                format!(
                    "`{}` changes on {}, in the middle of the statement {}",
                    change.path(),
                    after.from.print(),
                    time.name
                ),
                "a statement is worked out by one set of terms: work this one out by hand, or agree on the first day of a statement",
            ));
            continue;
        }
        let tiers = before
            .deal
            .economics
            .as_ref()
            .and_then(|terms| terms.tiers.as_ref());
        if let Some(tiers) = tiers
            && tiers.basis.value == Basis::Whole
            && change.path().starts_with("economics.tiers")
            && (tiers.reset.value == Reset::Never
                || course.tier_start(after.from, tiers.period.value) != after.from)
        {
            report.push(refused(
                after,
                format!(
                    "`{}` changes on {}, while the volume before that day is still paid by the tier that is reached",
                    change.path(),
                    after.from.print()
                ),
                "the deal does not say what the earlier volume earns then: work these statements out by hand",
            ));
        }
    }
}

fn refused(after: &Version<'_>, message: String, help: &str) -> Diagnostic {
    Diagnostic::error(Code::NotReadable, &after.deal.agreement.at, message).help(help)
}

fn segments(deal: &Deal) -> Vec<&str> {
    let all = deal.territory.iter();
    all.flat_map(|territory| &territory.segment)
        .map(|segment| segment.id.as_str())
        .collect()
}
