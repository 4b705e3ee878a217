//! Where they press, what we answer, and the draft that goes with the answer.

use super::super::bank;
use super::super::file::{Issue, Pressure, PressureKind};
use super::issues::situation;
use super::paper::{capital, section, table, text};
use super::{Facts, anchor};
use crate::deal::{IssueState, Rank};
use crate::document::{Align, Inline, Section};
use crate::library::{Clause, fill};

impl Facts<'_> {
    /// A row for each way in which they press.
    pub(super) fn pressure(&self) -> Option<Section> {
        let cells = self.cells();
        if self.file.pressure.is_empty() {
            return None;
        }
        let rows = self
            .file
            .pressure
            .iter()
            .map(|pressure| {
                let issue = self.issue_of(pressure);
                let mut they = self.kind(pressure.kind.reveal().value).to_owned();
                if let Some(issue) = issue {
                    they = format!("{they}: {}", self.title(issue));
                }
                vec![
                    text(&capital(&they)),
                    text(pressure.said.reveal().as_str()),
                    self.answer(pressure, issue),
                ]
            })
            .collect();
        let columns = [
            (cells.they.as_str(), Align::Start),
            (cells.said.as_str(), Align::Start),
            (cells.we.as_str(), Align::Start),
        ];
        Some(section(
            anchor("brief-pressure")?,
            self.words.pressure.as_str(),
            vec![table(None, "", &columns, rows)],
            Vec::new(),
        ))
    }

    fn issue_of(&self, pressure: &Pressure) -> Option<&Issue> {
        let id = pressure.issue.as_ref()?;
        let mut issues = self.file.issue.iter();
        issues.find(|issue| issue.id.value == id.value)
    }

    fn kind(&self, kind: PressureKind) -> &str {
        let answers = &self.words.answer;
        match kind {
            PressureKind::Deadline => answers.deadline.as_str(),
            PressureKind::OneSided => answers.one_sided.as_str(),
            PressureKind::NonNegotiable => answers.non_negotiable.as_str(),
            PressureKind::HighAnchor => answers.high_anchor.as_str(),
        }
    }

    /// What we answer: the draft that fits, then the words.
    fn answer(&self, pressure: &Pressure, issue: Option<&Issue>) -> Vec<Inline> {
        let answers = &self.words.answer;
        let kind = pressure.kind.reveal().value;
        let clauses = issue.map(|issue| self.clauses(issue)).unwrap_or_default();
        let (words, clauses): (String, Vec<&Clause>) = match kind {
            PressureKind::Deadline => {
                let agreed = |issue: &&crate::deal::Issue| issue.state.value == IssueState::Agreed;
                let settled = self.deal.issue.iter().filter(agreed).count();
                let open = self.deal.issue.len() - settled;
                let counts = [("settled", settled.to_string()), ("open", open.to_string())];
                let counts: Vec<(&str, &str)> = counts
                    .iter()
                    .map(|(name, count)| (*name, count.as_str()))
                    .collect();
                (fill(answers.deadline_answer.as_str(), &counts), Vec::new())
            }
            PressureKind::OneSided => {
                let mutual: Vec<&Clause> = clauses
                    .into_iter()
                    .filter(|clause| clause.mutual == Some(true))
                    .collect();
                if mutual.is_empty() {
                    (answers.one_sided_other.to_string(), mutual)
                } else {
                    (answers.one_sided_answer.to_string(), mutual)
                }
            }
            PressureKind::NonNegotiable => {
                let other: Vec<&Clause> = clauses
                    .into_iter()
                    .filter(|clause| clause.variant(Rank::Acceptable).is_some())
                    .collect();
                if other.is_empty() {
                    (answers.non_negotiable_other.to_string(), other)
                } else {
                    (answers.non_negotiable_answer.to_string(), other)
                }
            }
            PressureKind::HighAnchor => (answers.high_anchor_answer.to_string(), Vec::new()),
        };
        let mut line = text(&words);
        let printed: Vec<Inline> = clauses
            .iter()
            .filter_map(|clause| {
                let documents = self.draft.resolved.documents().iter();
                let mut sections =
                    documents.flat_map(|document| crate::document::walk::sections(&document.root));
                let found =
                    sections.find(|section| section.anchor.as_str() == clause.id.as_str())?;
                Some(Inline::Reference(found.anchor.clone()))
            })
            .collect();
        for (place, reference) in printed.into_iter().enumerate() {
            line.push(Inline::Text(if place == 0 { " " } else { "; " }.to_owned()));
            line.push(reference);
        }
        let mut said = String::new();
        for script in bank::scripts(&self.internal.bank, self.file, situation(kind)) {
            said = format!("{said} “{}”", script.say);
        }
        match line.last_mut() {
            Some(Inline::Text(last)) => last.push_str(&said),
            // The drafts are the end of a sentence.
            Some(_) | None => line.extend(text(&format!(".{said}"))),
        }
        canonical(line)
    }
}

/// No two texts side by side.
fn canonical(line: Vec<Inline>) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::new();
    for piece in line {
        match (merged.last_mut(), piece) {
            (Some(Inline::Text(before)), Inline::Text(more)) => before.push_str(&more),
            (_, piece) => merged.push(piece),
        }
    }
    merged
}
