//! Terms that changed after both sides agreed to them, without anybody opening them again.
//!
//! In: two versions of a deal. Out: a finding for each such term. A term was agreed if an issue that decides it was; it
//! may change once that issue is reopened, or agreed anew on a later day.

use super::changes::{TermChange, changes};
use super::{Deal, Issue, IssueState};
use crate::diagnostic::{Code, Diagnostic, Report};

/// Reports every agreed term that `new` has otherwise than `old`; returns how many terms changed at all.
pub fn drift(old: &Deal, new: &Deal, report: &mut Report) -> usize {
    let changed = changes(old, new);
    let terms: Vec<&TermChange> = changed.iter().filter(|change| !is_record(change)).collect();
    for change in &terms {
        for issue in old
            .issue
            .iter()
            .filter(|issue| issue.state.value == IssueState::Agreed)
        {
            let later = new
                .issue
                .iter()
                .find(|other| other.id.value == issue.id.value);
            let decides = decides(issue, change.old_path.as_deref())
                || later.is_some_and(|later| decides(later, change.new_path.as_deref()));
            if decides && !is_open(issue, later) {
                report.push(finding(change, issue, later));
            }
        }
    }
    terms.len()
}

/// Whether a change is one of the record of talks, or of the number of the draft.
fn is_record(change: &TermChange) -> bool {
    let path = change.path();
    ["issue", "trade", "meeting"].iter().any(|table| {
        path.strip_prefix(table)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }) || path == "agreement.draft"
}

/// Whether the issue decides the term at this path, or something it is a part of.
fn decides(issue: &Issue, path: Option<&str>) -> bool {
    let under = |whole: &str, part: &str| {
        part.strip_prefix(whole)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    path.is_some_and(|path| {
        issue
            .terms
            .iter()
            .any(|term| under(term.as_str(), path) || under(path, term.as_str()))
    })
}

/// Whether the newer version says that the issue was talked of again.
fn is_open(before: &Issue, after: Option<&Issue>) -> bool {
    let Some(after) = after else {
        return false;
    };
    match after.state.value {
        IssueState::Reopened | IssueState::Open | IssueState::Proposed => true,
        IssueState::Agreed => match (&before.agreed, &after.agreed) {
            (Some(before), Some(after)) => after.value > before.value,
            (None, _) | (_, None) => false,
        },
    }
}

fn finding(change: &TermChange, issue: &Issue, later: Option<&Issue>) -> Diagnostic {
    let day = issue
        .agreed
        .as_ref()
        .map_or_else(String::new, |day| format!(" on {}", day.value.print()));
    let what = match (&change.was, &change.is) {
        (Some(was), Some(is)) => format!("was {was} and is {is}"),
        (Some(was), None) => format!("was {was} and is gone"),
        (None, Some(is)) => format!("was not there and is {is}"),
        (None, None) => "is another".to_owned(),
    };
    let at = change
        .at_new
        .as_ref()
        .or(later.map(|later| &later.id.span))
        .or(change.at_old.as_ref())
        .unwrap_or(&issue.id.span);
    let mut finding = Diagnostic::error(
        Code::AgreedChanged,
        at,
        format!(
            "`{}` {what}; it was agreed{day} and nobody reopened it",
            change.path()
        ),
    )
    .also(
        &issue.state.span,
        format!("agreed: `{}`", issue.id.as_str()),
    );
    if let Some(old) = &change.at_old {
        finding = finding.also(old, "as it was agreed");
    }
    finding.help("put it back, or reopen the issue with `engross meeting` and agree on it anew")
}

#[cfg(test)]
mod tests {
    use super::drift;
    use crate::deal::Deal;
    use crate::diagnostic::{Report, Style, render};
    use crate::source::Source;

    const DEAL: &str = include_str!("../../tests/cases/good/minimal/deal.toml");
    const ISSUE: &str = "\n[[issue]]\nid = \"cure\"\ntitle = \"the time to cure\"\nterms = [\"term.cure\"]\nstate = \"agreed\"\nagreed = \"2026-10-01\"\nreason = \"They meet monthly.\"\n";

    fn found(change: impl Fn(String) -> String) -> String {
        let mut report = Report::new();
        let old = format!("{DEAL}{ISSUE}");
        let read = |name: &str, text: String| {
            Deal::read(&Source::new(name, text), &mut Report::new()).expect("a deal")
        };
        let new = read("new.toml", change(old.clone()));
        drift(&read("old.toml", old), &new, &mut report);
        render(&report, Style::Plain)
    }

    #[test]
    fn an_agreed_term_stays_unless_it_is_reopened() {
        let moved = |text: String| text.replace("cure = \"30 days\"", "cure = \"60 days\"");
        let drifted = found(moved);
        assert!(
            drifted.contains("`term.cure` was 30 days and is 60 days"),
            "{drifted}"
        );
        assert_eq!(found(|text| text), "");
        // Something that nobody agreed on may move.
        assert_eq!(
            found(|text| text.replace("\"3 months\"", "\"4 months\"")),
            ""
        );
        let reopened = |text| moved(text).replace("\"agreed\"", "\"reopened\"");
        assert_eq!(found(reopened), "");
        let anew = |text| moved(text).replace("2026-10-01", "2026-10-08");
        assert_eq!(found(anew), "");
        let dropped = |text: String| moved(text.replace(ISSUE, ""));
        assert!(found(dropped).contains("nobody reopened"), "");
    }
}
