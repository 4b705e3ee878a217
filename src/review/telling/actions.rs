//! What follows from a review: what is to be done, by whom, by when.

use super::{Edition, Meeting};
use crate::deal::Side;
use crate::draft::papers::ActionSeen;
use crate::library::{fill, listed};
use crate::review::exclusivity::State;
use crate::units::Date;

impl Meeting<'_> {
    /// What follows from the numbers, with owner and day.
    pub(super) fn actions(&self, amendment: Option<u32>, editions: &[Edition]) -> Vec<ActionSeen> {
        let words = &self.library.reviews;
        let mut actions = Vec::new();
        let mut add = |what: String, who: String, by: Date| {
            actions.push(ActionSeen {
                what,
                who,
                by: by.print(),
            });
        };
        let company = self
            .new
            .side(Side::Company)
            .map_or("", |party| party.short.as_str());
        let labels: Vec<String> = editions
            .iter()
            .filter_map(|edition| self.label(edition))
            .collect();
        if let Some(number) = amendment {
            if !labels.is_empty() {
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                let exhibits = listed(&labels, self.library.words.and.as_str());
                let what = fill(words.restate.as_str(), &[("exhibits", &exhibits)]);
                add(what, company.to_owned(), self.by());
            }
            let what = fill(words.sign.as_str(), &[("number", &number.to_string())]);
            // The same people as on the page of signatures.
            let who = if self.grounds().prescribed {
                self.owners()
            } else {
                self.signatories()
            };
            add(what, who, self.by());
        }
        for found in &self.evaluation.triggers {
            if found.fires && found.trigger.sets.is_none() {
                let what = found
                    .trigger
                    .effect
                    .as_str()
                    .trim_end_matches('.')
                    .to_owned();
                add(what, self.owners(), self.by());
            }
        }
        if let Some(standing) = &self.evaluation.exclusivity {
            let measure = self.metric(standing.exclusivity.commitment.metric.id());
            let figure = self.figure(Some(&standing.figure));
            let amount = standing.amount.print(&self.numerals());
            let due = standing.due.print();
            let values = [
                ("measure", measure.as_str()),
                ("figure", &figure),
                ("amount", &amount),
                ("due", &due),
            ];
            let holder = self.short(standing.exclusivity.holder.id());
            match standing.state {
                State::AtRisk => add(fill(words.keep.as_str(), &values), self.owners(), self.by()),
                State::InCure => add(
                    fill(words.make_good.as_str(), &values),
                    holder,
                    standing.cure_ends,
                ),
                State::Reverted if standing.before != State::Reverted => add(
                    words.confirm.as_str().to_owned(),
                    words.both.as_str().to_owned(),
                    self.by(),
                ),
                State::Missed => {
                    let grantor = self
                        .new
                        .party
                        .iter()
                        .find(|party| party.id.as_str() != standing.exclusivity.holder.id());
                    let who = grantor.map_or("", |party| party.short.as_str());
                    add(words.notify.as_str().to_owned(), who.to_owned(), self.by());
                }
                State::Granted | State::Reverted | State::Regained | State::Ended => {}
            }
        }
        for found in &self.evaluation.guarantees {
            if found.applies == Some(true) {
                let what = fill(
                    words.guarantee.as_str(),
                    &[
                        ("remedy", found.guarantee.remedy.as_str()),
                        ("name", found.guarantee.name.as_str()),
                    ],
                );
                add(what, self.short(found.guarantee.giver.id()), self.by());
            }
        }
        actions
    }
}
