//! Where the answer to each question stands in a deal.

/// The path of the answer to `key` in a deal file; `party[company]` is the party with that side.
///
/// `model` is told by the tables that are there, and `tiers` stands for the whole list.
pub fn place(key: &str) -> Option<&'static str> {
    PLACES
        .iter()
        .find(|(question, _)| *question == key)
        .map(|(_, path)| *path)
}

const PLACES: &[(&str, &str)] = &[
    ("company", "party[company].name"),
    ("company_short", "party[company].short"),
    ("company_form", "party[company].form"),
    ("company_address", "party[company].address"),
    ("company_business", "party[company].business"),
    ("company_email", "party[company].notice.email"),
    ("company_signatory", "party[company].signatory.name"),
    ("company_title", "party[company].signatory.title"),
    ("partner", "party[partner].name"),
    ("partner_short", "party[partner].short"),
    ("partner_form", "party[partner].form"),
    ("partner_address", "party[partner].address"),
    ("partner_business", "party[partner].business"),
    ("partner_email", "party[partner].notice.email"),
    ("partner_signatory", "party[partner].signatory.name"),
    ("partner_title", "party[partner].signatory.title"),
    ("title", "agreement.title"),
    ("product", "agreement.product"),
    ("purpose", "agreement.purpose"),
    ("effective", "agreement.effective"),
    ("term", "term.initial"),
    ("renewal", "term.renewal.kind"),
    ("renewal_period", "term.renewal.period"),
    ("renewal_notice", "term.renewal.notice"),
    ("currency", "economics.currency"),
    ("model", "economics"),
    ("referral_fee", "economics.referral_fee.fee"),
    ("revenue_share", "economics.revenue_share.first_term"),
    ("tiers", "economics.tiers.tier"),
    ("tier_metric", "economics.tiers.metric"),
    ("bounty", "economics.bounty.amount"),
    ("fixed_fee", "economics.fixed_fee.amount"),
    ("renewal_rate", "economics.revenue_share.renewal.rate"),
    ("statements", "economics.payment.statements"),
    ("payment_due", "economics.payment.due"),
    ("registration", "registration.valid"),
    ("territory", "territory.area"),
    ("segment", "territory.segment.name"),
    ("segment_industry", "territory.segment.industry"),
    ("exclusivity", "exclusivity.period"),
    ("commitment", "exclusivity.commitment.amount"),
    ("reviews", "reviews.regular"),
    ("governing_law", "legal.governing_law"),
    ("courts", "legal.disputes.place"),
    ("liability_cap", "legal.liability.cap_amount"),
    ("liability_share", "legal.liability.cap_share"),
];

#[cfg(test)]
mod tests {
    use super::{PLACES, place};
    use crate::intake::questions;

    #[test]
    fn every_question_has_its_place() {
        for question in questions() {
            assert!(place(question.key).is_some(), "{}", question.key);
        }
        assert_eq!(questions().len(), PLACES.len());
    }
}
