//! What an amendment tells.

use super::super::effect;
use super::super::record::Record;
use super::{Edition, Meeting};
use crate::document::resolve::Form;
use crate::draft::papers::{AmendmentSeen, ChangeSeen, EarlierSeen, RestatedSeen, SignerSeen};
use crate::library::fill;

impl Meeting<'_> {
    /// What the amendment tells. `terms` are those that change ([`Meeting::terms`]).
    pub fn amendment(
        &self,
        number: u32,
        record: &Record,
        editions: &[Edition],
        terms: &[ChangeSeen],
    ) -> AmendmentSeen {
        let grounds = self.grounds();
        let prescribed = grounds.prescribed;
        let effective = self.new.agreement.effective.as_ref();
        AmendmentSeen {
            name: self.name(number),
            date: self.on.print(),
            from: self.from.print(),
            before: self.from.plus_days(-1).print(),
            effective: effective.map_or_else(String::new, |date| date.value.print()),
            review: self.time(),
            earlier: record
                .amendments
                .iter()
                .filter(|earlier| earlier.number < number)
                .map(|earlier| EarlierSeen {
                    name: self.name(earlier.number),
                    date: earlier.on.print(),
                })
                .collect(),
            exhibits: editions
                .iter()
                .filter_map(|edition| {
                    Some(RestatedSeen {
                        label: self.label(edition)?,
                        title: edition.title.clone(),
                        number: edition.number.to_string(),
                        prior: (edition.number > 1).then(|| (edition.number - 1).to_string()),
                    })
                })
                .collect(),
            key_terms: editions.iter().any(|edition| edition.letter.is_none()),
            terms: terms.to_vec(),
            prescribed,
            agreed: grounds.agreed,
            reverted: if grounds.recorded {
                self.reference("exclusivity-reversion")
            } else {
                String::new()
            },
            by_itself: effect::by_itself(self.new),
            replacing: self.reference("replacing-exhibits"),
            amending: self.reference("amendments"),
            effect: self.reference("trigger-effect"),
            signers: self.signers(prescribed),
        }
    }

    /// What an amendment is called.
    pub(super) fn name(&self, number: u32) -> String {
        fill(
            self.library.reviews.amendment.as_str(),
            &[("number", &number.to_string())],
        )
    }

    /// A section of the agreement as a reader of the amendment finds it.
    pub(super) fn reference(&self, anchor: &str) -> String {
        let resolved = &self.draft.resolved;
        let (Ok(to), Some(whole)) = (anchor.parse(), resolved.parts().next()) else {
            return String::new();
        };
        let from = whole.root().anchor.clone();
        whole.reference(&from, &to, Form::Full).text
    }

    fn signers(&self, prescribed: bool) -> Vec<SignerSeen> {
        let roles = self.owning_roles();
        self.new
            .party
            .iter()
            .map(|party| {
                let owner = roles
                    .iter()
                    .find(|role| prescribed && role.party.id() == party.id.as_str());
                let (name, title) = match owner {
                    Some(role) => (
                        role.person
                            .as_ref()
                            .map_or_else(String::new, ToString::to_string),
                        role.title.to_string(),
                    ),
                    None => (
                        party
                            .signatory
                            .name
                            .as_ref()
                            .map_or_else(String::new, ToString::to_string),
                        party.signatory.title.to_string(),
                    ),
                };
                SignerSeen {
                    party: party.name.to_string(),
                    name,
                    title,
                }
            })
            .collect()
    }
}
