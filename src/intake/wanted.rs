//! What the answers say about the parts that a new deal needs: the words of `#> if` in the template.

use super::{Answers, Model, SheetMetric, Slice, questions};
use crate::deal::Reward;
use crate::source::At;
use crate::units::Measure;
use std::collections::BTreeSet;

/// Words of the template that are no questions.
pub(super) const DERIVED: &[&str] = &[
    "pay",
    "share",
    "sourced",
    "activations",
    "accounts",
    "first_term",
    "only_renewals",
    "tiers_of_activations",
    "commitment_of_money",
    "commitment_of_activations",
    "collected",
    "counted",
    "referred",
    "flat",
];

/// Every word that holds: the questions that are answered, and what follows from them.
pub(super) fn wanted(answers: &Answers) -> BTreeSet<&'static str> {
    let sheet = &answers.sheet;
    let answered = |key: &str| answers.get(key).is_some();
    let mut words: BTreeSet<&'static str> = questions()
        .iter()
        .map(|question| question.key)
        .filter(|key| answered(key) && *key != "model")
        .collect();
    if let Some(model) = &sheet.model {
        words.insert(model_key(model.value));
    }
    if words.contains("tier_metric") {
        words.insert("tiers");
    }
    let has = |words: &BTreeSet<&str>, any: &[&str]| any.iter().any(|word| words.contains(word));
    let models = [
        "referral_fee",
        "revenue_share",
        "tiers",
        "bounty",
        "fixed_fee",
    ];
    if has(&words, &models) {
        words.insert("model");
    }
    if has(
        &words,
        &[
            "model",
            "currency",
            "renewal_rate",
            "statements",
            "payment_due",
        ],
    ) {
        words.insert("pay");
    }

    let tiers = words.contains("tiers");
    let each = |slice: &At<Slice>| matches!(slice.pays, Reward::Each(_));
    let tiers_share = tiers && !sheet.tiers.iter().any(each);
    let counted = |slice: &At<Slice>| matches!(slice.to, Some(Measure::Count(_)));
    let metric = sheet.tier_metric.as_ref().map(|metric| metric.value);
    let tiers_of_activations = tiers
        && metric.map_or_else(
            || sheet.tiers.iter().any(counted),
            |metric| metric == SheetMetric::Activations,
        );
    let tiers_of_revenue = tiers && metric == Some(SheetMetric::NetRevenue);
    let commitment = sheet.commitment.as_ref().map(|measure| &measure.value);
    let commitment_of_money = matches!(commitment, Some(Measure::Money(_)));
    let commitment_of_activations =
        matches!(commitment, Some(Measure::Count(count)) if count.noun.contains("activation"));
    let sourced = commitment_of_money || tiers && !tiers_of_activations && !tiers_of_revenue;
    let fee_is_sum = matches!(
        sheet.referral_fee.as_ref().map(|fee| fee.value),
        Some(Reward::Each(_))
    );
    let accounts = has(&words, &["revenue_share", "renewal_rate"]) || tiers_share || sourced;
    let share = accounts || tiers_of_revenue || words.contains("referral_fee") && !fee_is_sum;
    let activations = words.contains("bounty") || tiers_of_activations || commitment_of_activations;
    let first_term = words.contains("revenue_share");
    let pay = words.contains("pay");
    let collected = pay && share;
    let by_count = pay && !collected && (words.contains("bounty") || tiers);
    let referred = pay && !collected && !by_count && words.contains("referral_fee");
    for (holds, word) in [
        (share, "share"),
        (sourced, "sourced"),
        (activations, "activations"),
        (accounts, "accounts"),
        (first_term, "first_term"),
        (
            words.contains("renewal_rate") && !first_term && !tiers_share,
            "only_renewals",
        ),
        (tiers_of_activations, "tiers_of_activations"),
        (commitment_of_money, "commitment_of_money"),
        (commitment_of_activations, "commitment_of_activations"),
        (collected, "collected"),
        (by_count, "counted"),
        (referred, "referred"),
        (pay && !collected && !by_count && !referred, "flat"),
    ] {
        if holds {
            words.insert(word);
        }
    }
    words
}

/// The question that says how much a model pays, which is also its table.
pub(super) fn model_key(model: Model) -> &'static str {
    match model {
        Model::ReferralFee => "referral_fee",
        Model::RevenueShare => "revenue_share",
        Model::Tiers => "tiers",
        Model::Bounty => "bounty",
        Model::FixedFee => "fixed_fee",
    }
}
