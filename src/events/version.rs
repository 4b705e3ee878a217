//! The terms that a deal had over time: each version holds from its day, and what happened before stays under those
//! of its own day.
//!
//! In: the versions of a deal. Out: which one holds on a day, whether one changes what is paid, and why a run of
//! statements cannot go from one to the next.

use super::pay::Moved;
use super::time::{Course, Time};
use crate::deal::Deal;
use crate::deal::changes::{TermChange, changes};
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

/// Whether an amendment changes what is paid, so that what was earned before its day and from it on are worked out
/// apart.
pub fn pays(before: &Deal, after: &Deal) -> bool {
    changes(before, after)
        .iter()
        .any(|change| is_pay(change.path()))
}

/// The statement that an amendment divides, if it changes what is paid from a day within its time on.
pub fn divided(before: &Deal, after: &Deal, from: Date) -> Option<Time> {
    let effective = after.agreement.effective.as_ref()?.value;
    let statements = before.economics.as_ref()?.payment.statements.value;
    let time = Course::new(after, effective, None, statements).around(from);
    (time.from < from && pays(before, after)).then_some(time)
}

/// What an amendment changes of terms that look back: those before it keep what they paid.
pub(super) fn moved(before: &Deal, after: &Deal) -> Moved {
    let changes = changes(before, after);
    let any = |table: &str| {
        let mut paths = changes.iter().map(TermChange::path);
        paths.any(|path| is_pay(path) && path.starts_with(table))
    };
    Moved {
        tiers: any("economics.tiers"),
        referral: any("economics.referral_fee"),
    }
}

/// Whether a term says what is paid: no reason, no example, no name.
fn is_pay(path: &str) -> bool {
    let keys: Vec<&str> = path.split('.').collect();
    let told = [
        "reason",
        "in_return",
        "example",
        "name",
        "covers",
        "consequence",
    ];
    match keys.first() {
        Some(&"economics") => {
            // How a statement is settled follows the day on which its time ends, and divides none.
            let settled = keys.get(1) == Some(&"payment")
                && !matches!(keys.get(2), Some(&("stage" | "basis")));
            let counted = keys.get(1) == Some(&"minimum");
            !keys.iter().any(|key| told.contains(key)) && !settled && !counted
        }
        Some(&"attribution") => !keys.iter().any(|key| told.contains(key)),
        Some(&"metric") => keys.contains(&"from_events"),
        Some(_) | None => false,
    }
}

/// Reports amendments that statements up to `last` cannot take up: segments that move, another currency, other times of
/// statements.
pub(super) fn check(versions: &[Version<'_>], last: Date, report: &mut Report) {
    for pair in versions.windows(2) {
        let [before, after] = pair else { continue };
        if after.from > last {
            continue;
        }
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
        let (Some(old), Some(new)) = (&before.deal.economics, &after.deal.economics) else {
            continue;
        };
        if old.currency.value.0 != new.currency.value.0
            || old.payment.statements.value != new.payment.statements.value
        {
            report.push(refused(
                after,
                format!(
                    "the currency or the time of a statement changes on {}, and statements add up what came before",
                    after.from.print()
                ),
                "work the statements from that day on out by hand, or end this agreement and begin another one",
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
