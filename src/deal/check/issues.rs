//! How the deal came about: every issue in a true state, every trade with two sides, no drift.

use super::places::Places;
use super::reviews::{Term, term};
use crate::deal::{Deal, Id, Issue, IssueState, Trade};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    for issue in &deal.issue {
        state(issue, report);
        for path in &issue.terms {
            // An issue may be about a term that the deal leaves out, for now or for good.
            term(places, path, report);
        }
        drift(deal, issue, report);
    }
    for trade in &deal.trade {
        check_trade(deal, places, trade, report);
    }
    for meeting in &deal.meeting {
        for id in &meeting.open {
            if let Some(agreed) = meeting
                .agreed
                .iter()
                .find(|agreed| agreed.as_str() == id.as_str())
            {
                report.push(
                    Diagnostic::error(
                        Code::MeetingDrift,
                        &id.span,
                        format!(
                            "the meeting both agreed on `{}` and left it open",
                            id.as_str()
                        ),
                    )
                    .also(&agreed.span, "agreed")
                    .help("keep one of the two"),
                );
            }
        }
    }
}

/// S10: what is agreed has a date, a reason, and terms that show it.
fn state(issue: &Issue, report: &mut Report) {
    let (at, id) = (&issue.state.span, issue.id.as_str());
    let state = issue.state.value;
    let mut wrong = |code, at, message: String, help: &str| {
        report.push(Diagnostic::error(code, at, message).help(help));
    };
    match state {
        IssueState::Agreed | IssueState::Reopened => {
            if issue.agreed.is_none() {
                let message = format!("`{id}` was agreed, and nothing says when");
                let help = "add the day on which both agreed, such as `agreed = \"2027-01-31\"`";
                wrong(Code::IssueState, at, message, help);
            }
            if issue.terms.is_empty() {
                let message = format!("`{id}` was agreed, and no term of the deal shows it");
                let help = "list under `terms` the paths that it decides: without them nobody could see it drift";
                wrong(Code::IssueState, at, message, help);
            }
        }
        IssueState::Proposed => {
            if issue.proposed_by.is_none() {
                let message = format!("`{id}` is proposed, and nothing says by whom");
                let help = "add `proposed_by`, or write `state = \"open\"`";
                wrong(Code::IssueState, at, message, help);
            }
        }
        IssueState::Open => {}
    }
    match state {
        IssueState::Agreed => {
            if issue.reason.is_none() {
                let message = format!("`{id}` is agreed, and nothing says why");
                let help = "add `reason.share = \"...\"` to print it, or `reason = \"...\"` to keep it in the file";
                wrong(Code::NoReason, at, message, help);
            }
        }
        IssueState::Proposed | IssueState::Open => {
            if let Some(day) = &issue.agreed {
                let message = format!("`{id}` has a day of agreement, and is {}", state.as_str());
                let help = "write `state = \"agreed\"`, or \"reopened\" if it was agreed and is open again";
                wrong(Code::IssueState, &day.span, message, help);
            }
        }
        IssueState::Reopened => {}
    }
}

/// S13: the last meeting that spoke of an issue and its state tell one story.
fn drift(deal: &Deal, issue: &Issue, report: &mut Report) {
    let named = |ids: &[At<Id>]| {
        ids.iter()
            .find(|id| id.as_str() == issue.id.as_str())
            .map(|id| id.span.clone())
    };
    let spoken = deal
        .meeting
        .iter()
        .filter_map(|meeting| {
            let agreed = named(&meeting.agreed).map(|at| (meeting.date.value, true, at));
            let open = named(&meeting.open).map(|at| (meeting.date.value, false, at));
            agreed.or(open)
        })
        .max_by_key(|(date, _, _)| *date);
    let Some((date, agreed, at)) = spoken else {
        return;
    };
    let id = issue.id.as_str();
    let mut drifted = |message: String, help: &str| {
        report.push(
            Diagnostic::error(Code::MeetingDrift, &issue.state.span, message)
                .also(&at, format!("the meeting of {}", date.print()))
                .help(help),
        );
    };
    match issue.state.value {
        IssueState::Open | IssueState::Proposed if agreed => drifted(
            format!(
                "`{id}` was agreed in a meeting and is {} again",
                issue.state.as_str()
            ),
            "write `state = \"reopened\"` if a party asked to open it again, or `state = \"agreed\"`",
        ),
        IssueState::Agreed
            if !agreed && issue.agreed.as_ref().is_some_and(|day| day.value < date) =>
        {
            drifted(
                format!("`{id}` is agreed, and a later meeting left it open"),
                "write `state = \"reopened\"`, or correct the day under `agreed` if it was agreed after that meeting",
            );
        }
        IssueState::Open | IssueState::Proposed | IssueState::Agreed | IssueState::Reopened => {}
    }
}

/// S12: a concession is a trade of two terms, both still in the deal, each with its reason.
fn check_trade(deal: &Deal, places: &Places<'_>, trade: &Trade, report: &mut Report) {
    let mut paths: Vec<&str> = trade.terms.iter().map(|path| path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    if paths.len() < 2 {
        let finding = Diagnostic::error(
            Code::TradeOneSided,
            &trade.gives.span,
            "this trade binds fewer than two terms, so one side of it is only words",
        );
        let finding = match trade.terms.first() {
            Some(only) => finding.also(&only.span, "the only one"),
            None => finding,
        };
        report.push(
            finding.help("list under `terms` a path for what is given and one for what is got"),
        );
    }
    for path in &trade.terms {
        match term(places, path, report) {
            Term::Nowhere => {}
            Term::LeftOut => report.push(
                Diagnostic::error(
                    Code::UnknownTerm,
                    &path.span,
                    format!("`{}` is traded and no longer in the deal", path.as_str()),
                )
                .also(&trade.gives.span, "the trade")
                .help("put the term back, or take back what was given for it and delete the trade"),
            ),
            Term::Here(place) => {
                let issues = || {
                    let about =
                        |issue: &&Issue| issue.terms.iter().any(|term| term.value == path.value);
                    deal.issue.iter().filter(about)
                };
                let reasoned = places.is_reasoned(path.as_str())
                    || issues().any(|issue| issue.reason.is_some());
                if !reasoned {
                    report.push(
                        Diagnostic::error(
                            Code::NoReason,
                            &path.span,
                            format!(
                                "nothing says why `{}` is as it is, and it is traded",
                                path.as_str()
                            ),
                        )
                        .also(&place.at, "the term")
                        .help("add a `reason` to its table, or to an `[[issue]]` that decides it"),
                    );
                }
                let again = issues().find(|issue| issue.state.value == IssueState::Reopened);
                if let (Some(issue), Some(_)) = (again, &trade.agreed) {
                    report.push(
                        Diagnostic::warning(
                            Code::TradeOpen,
                            &path.span,
                            format!("this trade is agreed, and the issue `{}` about a term of it is open again", issue.id.as_str()),
                        )
                        .also(&issue.state.span, "reopened")
                        .help("settle the issue, or ask for what was given in return for it"),
                    );
                }
            }
        }
    }
}
