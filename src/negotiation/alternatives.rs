//! What each side does without the deal, and whether the deal is worth more.
//!
//! In: the negotiation file, the deal, where both sides stand. Out: findings.

use super::file::{Alternative, File};
use super::standing::Standing;
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::economics::Case;
use crate::source::Span;

/// S8: each side has one best alternative, and it is the best.
pub(super) fn alternatives(file: &File, deal: &Deal, report: &mut Report) {
    let ours = file.ours.reveal();
    for party in &deal.party {
        let all: Vec<&Alternative> = file
            .alternative
            .iter()
            .filter(|other| other.of.reveal().id() == party.id.as_str())
            .collect();
        let is_ours = party.id.as_str() == ours.id();
        let mut best = all.iter().filter(|other| is_best(other));
        let (first, second) = (best.next(), best.next());
        let Some(first) = first else {
            if is_ours {
                report.push(best_is_missing(file, &ours.span));
            }
            continue;
        };
        if let Some(second) = second {
            report.push(
                Diagnostic::error(
                    Code::BestAlternative,
                    &second.of.reveal().span,
                    "a party has one best alternative, and this is its second",
                )
                .also(&first.of.reveal().span, "the first")
                .help("write `best = true` for one of them"),
            );
        }
        let Some(value) = &first.value else { continue };
        for other in &all {
            let Some(better) = &other.value else { continue };
            if better.reveal().value > value.reveal().value {
                report.push(
                    Diagnostic::error(
                        Code::BestAlternative,
                        &better.reveal().span,
                        "this alternative is worth more than the one that is called the best",
                    )
                    .also(&value.reveal().span, "the best")
                    .help("write `best = true` for this one"),
                );
            }
        }
    }
}

fn best_is_missing(file: &File, ours: &Span) -> Diagnostic {
    let at = file
        .alternative
        .first()
        .map_or(ours, |first| &first.of.reveal().span);
    Diagnostic::error(
        Code::BestAlternative,
        at,
        "nothing says what we do if there is no deal",
    )
    .help("add an `[[alternative]]` of ours with `best = true`: who does not know when to leave cannot leave")
}

/// Whether an alternative is called the best.
pub(super) fn is_best(alternative: &Alternative) -> bool {
    alternative
        .best
        .as_ref()
        .is_some_and(|best| best.reveal().value)
}

/// The deal at its expected volume is worth more to us than our best alternative.
pub(super) fn below(file: &File, standing: &Standing, report: &mut Report) {
    let Some((_, expected)) = standing
        .results
        .iter()
        .find(|(case, _)| *case == Case::Expected)
    else {
        return;
    };
    let (Some(ours), Some(best)) = (expected.ours, standing.best.ours) else {
        return;
    };
    let Some(at) = file.alternative.iter().find_map(|other| {
        let value = other.value.as_ref()?.reveal();
        (is_best(other) && other.of.reveal().id() == file.ours.reveal().id()).then_some(&value.span)
    }) else {
        return;
    };
    if ours.currency() == best.currency() && ours < best {
        report.push(
            Diagnostic::warning(
                Code::BelowAlternative,
                at,
                "our best alternative is worth more than the deal at its expected volume",
            )
            .help("ask for more, or take the alternative"),
        );
    }
}
