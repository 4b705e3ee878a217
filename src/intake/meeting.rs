//! What a meeting agreed, opened and proposed, as somebody wrote it down that evening, and what the deal makes of it.
//!
//! In: a small file of notes, or the same from a command line. Out: the assignments that record it in the deal, all of
//! them or none. Only what both sides may know is here: notes of our own stay in `negotiation.toml`.

use crate::deal::edit::Assignment;
use crate::deal::record::{Field, Reader, record};
use crate::deal::{Deal, Id, IssueState, PartyName, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source, Span};
use crate::units::{Date, nearest};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

record! {
    /// Notes of a meeting that both sides may see.
    pub struct Notes {
        /// Who was there, each with their party.
        attendees: Vec<At<Text>>,
        /// What was agreed.
        agreed: Vec<Settled>,
        /// What stays open or was opened again: ids of issues.
        open: Vec<At<Id>>,
        /// What a party proposed.
        proposed: Vec<Proposed>,
        /// What each party will propose next, each as a sentence that begins with the party.
        next: Vec<At<Text>>,
    }
}

record! {
    /// An issue that was agreed.
    pub struct Settled {
        /// The issue.
        issue: At<Id>,
        /// What was agreed, as a sentence.
        says: Option<At<Text>>,
        /// Why.
        reason: Option<At<Text>>,
    }
}

record! {
    /// An issue on which a party made a proposal.
    pub struct Proposed {
        /// The issue.
        issue: At<Id>,
        /// Which party.
        by: At<PartyName>,
        /// What it proposes, as a sentence.
        says: Option<At<Text>>,
    }
}

impl Notes {
    /// Reads notes. What is wrong with them is in the report; `None` if they cannot be used.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Notes> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if !errors.is_empty() {
            for error in crate::deal::telling(&source.text, &errors) {
                report.push(crate::deal::syntax(source, error));
            }
            return None;
        }
        let node = Spanned::new(0..0, DeValue::Table(table.into_inner()));
        <Notes as Field>::read(&node, &mut Reader::new(source, report))
    }

    /// What recording the meeting of `date` does to the deal. What cannot be recorded is in the report.
    pub fn assignments(
        &self,
        deal: &Deal,
        date: &At<Date>,
        report: &mut Report,
    ) -> Vec<Assignment> {
        let before = report.errors();
        self.check(deal, date, report);
        if report.errors() > before {
            return Vec::new();
        }
        let mut made = Vec::new();
        let mut set = |path: String, to: &str, at: &Span| {
            made.push(Assignment {
                path: At::new(path, at.clone()),
                to: Some(At::new(to.to_owned(), at.clone())),
                reason: None,
                remark: None,
            });
        };
        let day = date.value.iso();
        for proposed in &self.proposed {
            let at = &proposed.issue.span;
            let issue = format!("issue.{}", proposed.issue.as_str());
            // What was agreed and is talked of again is reopened; a proposal does not undo an agreement unseen.
            if state(deal, &proposed.issue) == Some(IssueState::Open) {
                set(format!("{issue}.state"), "proposed", at);
            }
            set(format!("{issue}.proposed_by"), proposed.by.id(), at);
            if let Some(says) = &proposed.says {
                set(format!("{issue}.says"), says.as_str(), &says.span);
            }
        }
        for settled in &self.agreed {
            let at = &settled.issue.span;
            let issue = format!("issue.{}", settled.issue.as_str());
            set(format!("{issue}.state"), "agreed", at);
            set(format!("{issue}.agreed"), &day, at);
            if let Some(says) = &settled.says {
                set(format!("{issue}.says"), says.as_str(), &says.span);
            }
            if let Some(reason) = &settled.reason {
                set(format!("{issue}.reason"), reason.as_str(), &reason.span);
            }
        }
        for open in &self.open {
            if state(deal, open) == Some(IssueState::Agreed) {
                set(
                    format!("issue.{}.state", open.as_str()),
                    "reopened",
                    &open.span,
                );
            }
        }
        let entry = format!("meeting.{}", deal.meeting.len() + 1);
        let here = &date.span;
        set(format!("{entry}.date"), &day, here);
        let agreed = self.agreed.iter().map(|settled| settled.issue.as_str());
        for (key, items) in [
            (
                "attendees",
                list(self.attendees.iter().map(|name| name.as_str())),
            ),
            ("agreed", list(agreed)),
            ("open", list(self.open.iter().map(|id| id.as_str()))),
            ("next", list(self.next.iter().map(|next| next.as_str()))),
        ] {
            set(format!("{entry}.{key}"), &items, here);
        }
        made
    }

    fn check(&self, deal: &Deal, date: &At<Date>, report: &mut Report) {
        if let Some(known) = deal
            .meeting
            .iter()
            .find(|known| known.date.value == date.value)
        {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &date.span,
                    format!("the meeting of {} is recorded already", date.value.print()),
                )
                .also(&known.date.span, "the record")
                .help("correct it in the deal file"),
            );
        }
        let agreed = self.agreed.iter().map(|settled| &settled.issue);
        let proposed = self.proposed.iter().map(|proposed| &proposed.issue);
        for id in agreed.chain(&self.open).chain(proposed) {
            if state(deal, id).is_none() {
                let ids = deal.issue.iter().map(|issue| issue.id.as_str());
                let help = nearest(id.as_str(), ids.clone()).map_or_else(
                    || match ids.collect::<Vec<_>>().as_slice() {
                        [] => "add it to the deal first, as an `[[issue]]`".to_owned(),
                        ids => format!(
                            "its issues are `{}`; a new one is added to the deal first",
                            ids.join("`, `")
                        ),
                    },
                    |near| format!("did you mean `{near}`?"),
                );
                report.push(
                    Diagnostic::error(
                        Code::UnknownName,
                        &id.span,
                        format!("the deal has no issue `{}`", id.as_str()),
                    )
                    .help(help),
                );
            }
        }
        for open in &self.open {
            if let Some(both) = self.agreed.iter().find(|one| one.issue.value == open.value) {
                report.push(
                    Diagnostic::error(
                        Code::MeetingDrift,
                        &open.span,
                        format!(
                            "the meeting both agreed on `{}` and left it open",
                            open.as_str()
                        ),
                    )
                    .also(&both.issue.span, "agreed")
                    .help("keep one of the two"),
                );
            }
        }
        if self.agreed.is_empty() && self.open.is_empty() && self.proposed.is_empty() {
            report.push(
                Diagnostic::error(
                    Code::MissingKey,
                    &date.span,
                    "nothing was agreed, opened or proposed, so there is nothing to record",
                )
                .help("name issues of the deal with `--agreed`, `--open` or `--proposed`"),
            );
        }
    }
}

fn state(deal: &Deal, id: &At<Id>) -> Option<IssueState> {
    let mut issues = deal.issue.iter();
    let issue = issues.find(|issue| issue.id.as_str() == id.as_str())?;
    Some(issue.state.value)
}

/// Texts as a list of TOML.
pub(crate) fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let items: Vec<String> = items
        .map(|item| toml::Value::String(item.to_owned()).to_string())
        .collect();
    format!("[{}]", items.join(", "))
}
