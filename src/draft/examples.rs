//! Worked examples and results as templates see them: computed by `economics`, printed in the house style.

mod shown;

pub use shown::*;

use crate::deal::{Deal, Reward};
use crate::economics::{self, Base, Case, Line, Model};
use crate::library::{ModelWords, fill};
use crate::units::{Count, Measure, Money, Numerals};

/// Prints amounts of one deal.
struct Printer<'a> {
    deal: &'a Deal,
    numerals: &'a Numerals,
    models: &'a ModelWords,
}

/// What pays a line, in words.
pub(super) fn model(line: &Line, deal: &Deal, numerals: &Numerals, models: &ModelWords) -> String {
    Printer {
        deal,
        numerals,
        models,
    }
    .model(line)
}

/// The worked examples of a deal.
pub(super) fn examples(
    deal: &Deal,
    worked: Option<&economics::Examples>,
    numerals: &Numerals,
    models: &ModelWords,
) -> Examples {
    let Some(worked) = worked else {
        return Examples::default();
    };
    let printer = Printer {
        deal,
        numerals,
        models,
    };
    let payment = deal.economics.as_ref().map(|economics| &economics.payment);
    let mut tiers = Vec::new();
    for boundary in &worked.boundaries {
        for (place, example) in [
            ("below", &boundary.below),
            ("at", &boundary.at),
            ("above", &boundary.above),
        ] {
            tiers.push(printer.tier_example(example, place));
        }
    }
    let share = printer.share(worked);
    Examples {
        base: worked.base.as_ref().map(|base| printer.base(base)),
        tiers: (!tiers.is_empty()).then_some(tiers),
        expected: worked
            .expected
            .as_ref()
            .map(|example| printer.tier_example(example, "at")),
        share,
        bounty: worked.bounty.as_ref().and_then(|example| {
            let line = example.statement.lines.first()?;
            Some(EachSeen {
                count: printer.volume(line.base),
                each: printer.pays(line.pays),
                amount: printer.exact(example.statement.total),
            })
        }),
        referral: worked.referral.as_ref().and_then(|example| {
            let line = example.statement.lines.first()?;
            Some(FeeSeen {
                revenue: printer.volume(example.volume),
                fee: printer.pays(line.pays),
                amount: printer.exact(example.statement.total),
            })
        }),
        clawback: worked.clawback.as_ref().and_then(|example| {
            let line = example.statement.lines.first()?;
            Some(ClawbackSeen {
                paid: printer.volume(example.volume),
                share: printer.pays(line.pays),
                amount: printer.exact(Printer::without_sign(example.statement.total)),
            })
        }),
        stages: (!worked.stages.is_empty()).then(|| {
            worked
                .stages
                .iter()
                .filter_map(|part| {
                    let stage = payment?.stage.get(part.stage)?;
                    Some(StageSeen {
                        share: part.share.print(numerals),
                        when: stage.when.to_string(),
                        amount: printer.exact(part.amount),
                    })
                })
                .collect()
        }),
        stage_total: worked
            .stages
            .iter()
            .map(|part| part.amount)
            .reduce(|sum, amount| sum.plus(amount).unwrap_or(sum))
            .map(|total| printer.exact(total)),
    }
}

/// Both sides' results.
pub(super) fn results(
    deal: &Deal,
    results: Option<&economics::Results>,
    numerals: &Numerals,
    models: &ModelWords,
) -> Option<Vec<ResultSeen>> {
    let printer = Printer {
        deal,
        numerals,
        models,
    };
    results.map(|results| {
        results
            .outcomes
            .iter()
            .map(|outcome| ResultSeen {
                name: case(outcome.case).to_owned(),
                payout: printer.exact(outcome.payout),
                company: outcome.company.map(|money| printer.exact(money)),
                partner: outcome.partner.map(|money| printer.exact(money)),
                lines: outcome
                    .statement
                    .lines
                    .iter()
                    .map(|line| ResultLineSeen {
                        model: printer.model(line),
                        base: printer.volume(line.base),
                        pays: printer.pays(line.pays),
                        amount: printer.exact(line.paid),
                    })
                    .collect(),
            })
            .collect()
    })
}

/// The word of a case, as templates compare it.
pub(super) fn case(case: Case) -> &'static str {
    match case {
        Case::Low => "low",
        Case::Expected => "expected",
        Case::High => "high",
    }
}

/// What the tiers of a deal count, in the plural; none if they measure money.
pub(super) fn tier_noun(deal: &Deal) -> Option<&str> {
    let tiers = deal.economics.as_ref()?.tiers.as_ref()?;
    tiers.tier.iter().find_map(|tier| match &tier.from.value {
        Measure::Count(count) => Some(count.noun.as_str()),
        Measure::Money(_) | Measure::Rate(_) | Measure::Period(_) => None,
    })
}

impl Printer<'_> {
    fn exact(&self, money: Money) -> String {
        money.print_exact(self.numerals)
    }

    fn without_sign(money: Money) -> Money {
        Money::new(money.amount().abs(), money.currency())
    }

    fn volume(&self, base: Base) -> String {
        match base {
            Base::Money(money) => money.print(self.numerals),
            Base::Count(count) => self.numerals.print_whole(count),
        }
    }

    /// The same with what it counts: `24 wins`.
    fn measured(&self, base: Base) -> String {
        match (base, tier_noun(self.deal)) {
            (Base::Count(count), Some(noun)) => {
                let counted = Count::counted(count, noun);
                format!("{} {}", self.volume(base), counted.noun)
            }
            (Base::Money(_) | Base::Count(_), _) => self.volume(base),
        }
    }

    fn pays(&self, pays: Reward) -> String {
        match pays {
            Reward::Rate(rate) => rate.print(self.numerals),
            Reward::Each(money) => money.print(self.numerals),
        }
    }

    fn tier_name(&self, tier: usize) -> String {
        let tiers = self
            .deal
            .economics
            .as_ref()
            .and_then(|economics| economics.tiers.as_ref());
        tiers
            .and_then(|tiers| tiers.tier.get(tier)?.name.as_ref())
            .map_or_else(|| (tier + 1).to_string(), ToString::to_string)
    }

    fn tier_example(&self, example: &economics::Example, place: &str) -> TierExampleSeen {
        TierExampleSeen {
            volume: self.measured(example.accumulated.unwrap_or(example.volume)),
            place: place.to_owned(),
            lines: example
                .statement
                .lines
                .iter()
                .map(|line| TierLineSeen {
                    tier: line
                        .tier
                        .map_or_else(String::new, |tier| self.tier_name(tier)),
                    slice: self.volume(line.base),
                    pays: self.pays(line.pays),
                    amount: self.exact(line.paid),
                })
                .collect(),
            total: self.exact(example.statement.total),
        }
    }

    fn base(&self, base: &economics::NetRevenue) -> BaseSeen {
        BaseSeen {
            lines: base
                .lines
                .iter()
                .map(|line| BaseLineSeen {
                    item: line.item.key().to_owned(),
                    amount: self.exact(line.amount),
                    treatment: line
                        .treatment
                        .map_or("included", |treatment| treatment.as_str())
                        .to_owned(),
                    effect: self.exact(line.effect),
                })
                .collect(),
            net: self.exact(base.net),
        }
    }

    fn share(&self, worked: &economics::Examples) -> Option<ShareSeen> {
        let revenue = [&worked.first_term, &worked.renewal, &worked.influenced]
            .into_iter()
            .flatten()
            .next()
            .map(|example| self.volume(example.volume))?;
        let rate = |example: &Option<economics::Example>| {
            let line = example.as_ref()?.statement.lines.first()?;
            Some(self.pays(line.pays))
        };
        let amount = |example: &Option<economics::Example>| {
            Some(self.exact(example.as_ref()?.statement.total))
        };
        Some(ShareSeen {
            revenue,
            first_rate: rate(&worked.first_term),
            first_amount: amount(&worked.first_term),
            renewal_rate: rate(&worked.renewal),
            renewal_amount: amount(&worked.renewal),
            influenced_rate: self
                .deal
                .attribution
                .as_ref()
                .map(|attribution| attribution.influenced_share.print(self.numerals)),
            influenced_amount: amount(&worked.influenced),
        })
    }

    /// What pays a line, in words.
    fn model(&self, line: &Line) -> String {
        let words = self.models;
        let word = match line.model {
            Model::ReferralFee => &words.referral_fee,
            Model::FirstTerm => &words.first_term,
            Model::Tiers => &words.tiers,
            Model::TiersEarlier => &words.tiers_earlier,
            Model::Renewal => &words.renewal,
            Model::StepDown => &words.step_down,
            Model::Bounty => &words.bounty,
            Model::FixedFee => &words.fixed_fee,
            Model::Spiff => &words.spiff,
            Model::Bonus => &words.bonus,
            Model::Influenced => &words.less_influenced,
            Model::Split => &words.less_split,
            Model::Clawback => &words.clawback,
            Model::Floor => &words.floor,
            Model::Cap => &words.cap,
        };
        let tier = line.tier.map(|tier| self.tier_name(tier));
        let segment = line.segment.as_ref().map(|id| {
            let segments = self.deal.territory.iter().flat_map(|all| &all.segment);
            segments
                .into_iter()
                .find(|segment| segment.id.as_str() == id)
                .map_or_else(|| id.clone(), |segment| segment.name.to_string())
        });
        let mut text = fill(
            word.as_str(),
            &[
                ("tier", tier.as_deref().unwrap_or_default()),
                ("segment", segment.as_deref().unwrap_or_default()),
            ],
        );
        if let Some(factor) = line.factor {
            let share = factor.print(self.numerals);
            text = fill(
                words.influenced.as_str(),
                &[("model", &text), ("share", &share)],
            );
        }
        text
    }
}
