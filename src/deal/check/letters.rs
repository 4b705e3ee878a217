//! Papers that are signed while terms are open: they bind on nothing that is open.

use super::places::Places;
use super::reviews::{Term, term};
use crate::deal::{Deal, Issue, IssueState, TermPath};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    let letter = deal.letter.iter().flat_map(|letter| &letter.binds);
    let pilot = deal.pilot.iter().flat_map(|pilot| &pilot.applies);
    for path in letter.chain(pilot) {
        settled(deal, places, path, report);
    }
    if let Some(pilot) = &deal.pilot {
        if pilot.ends.value <= pilot.starts.value {
            report.push(
                Diagnostic::error(
                    Code::BadDate,
                    &pilot.ends.span,
                    "the pilot ends before it has begun",
                )
                .also(&pilot.starts.span, "its first day")
                .help("write a later last day"),
            );
        }
        if pilot.scope.is_empty() {
            report.push(
                Diagnostic::error(Code::MissingKey, &pilot.at, "the pilot has no scope")
                    .help("list under `scope` what belongs to it: what is not listed is not in it"),
            );
        }
    }
}

/// S31: a term that binds before the agreement is signed is in the deal, and no issue about it is open.
fn settled(deal: &Deal, places: &Places<'_>, path: &At<TermPath>, report: &mut Report) {
    match term(places, path, report) {
        Term::Here(_) => {}
        Term::Nowhere => return,
        Term::LeftOut => {
            report.push(
                Diagnostic::error(
                    Code::LetterBindsOpen,
                    &path.span,
                    format!("`{}` would bind, and the deal leaves it out", path.as_str()),
                )
                .help("take it out of the list until both have agreed on it"),
            );
            return;
        }
    }
    let about = |issue: &&Issue| {
        issue
            .terms
            .iter()
            .any(|term| overlaps(term.as_str(), path.as_str()))
    };
    for issue in deal.issue.iter().filter(about) {
        if issue.state.value != IssueState::Agreed {
            report.push(
                Diagnostic::error(
                    Code::LetterBindsOpen,
                    &path.span,
                    format!(
                        "`{}` would bind, and the issue `{}` about it is {}",
                        path.as_str(),
                        issue.id.as_str(),
                        issue.state.as_str()
                    ),
                )
                .also(&issue.state.span, "the issue")
                .help("take the term out of the list, or agree on the issue first"),
            );
        }
    }
}

/// Whether one path leads to the other or to something under it.
pub(crate) fn overlaps(one: &str, two: &str) -> bool {
    let under = |whole: &str, part: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    under(one, two) || under(two, one)
}
