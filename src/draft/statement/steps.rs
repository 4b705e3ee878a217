//! The steps of an amount in words.

use crate::deal::Deal;
use crate::draft::examples::tier_noun;
use crate::economics::{Base, Step};
use crate::library::{StatementWords, fill};
use crate::units::{Count, Money, Period, PeriodUnit};

/// One step on the way to an amount, as a sentence.
pub fn step(step: &Step, deal: &Deal, words: &StatementWords) -> String {
    let numerals = deal.numerals();
    let money = |money: Money| money.print_exact(&numerals);
    // Only tiers tell steps of what they count, in their own noun.
    let noun = tier_noun(deal);
    let base = |base: Base| match base {
        Base::Money(sum) => money(sum),
        Base::Count(count) => match noun {
            Some(noun) => Count::counted(count, noun).print(&numerals),
            None => numerals.print_whole(count),
        },
    };
    let whole = |number: u64| numerals.print_whole(number);
    let months = |months: u32| Period::new(months, PeriodUnit::Month).print(&numerals);
    match step {
        Step::Slice {
            from,
            to,
            before,
            volume,
            slice,
        } => {
            let to_text = to.map(base).unwrap_or_default();
            let word = if to.is_some() {
                &words.slice
            } else {
                &words.slice_last
            };
            fill(
                word.as_str(),
                &[
                    ("from", &base(*from)),
                    ("to", &to_text),
                    ("before", &base(*before)),
                    ("volume", &base(*volume)),
                    ("slice", &base(*slice)),
                ],
            )
        }
        Step::Reached { volume, tier } => fill(
            words.reached.as_str(),
            &[
                ("volume", &base(*volume)),
                ("tier", &tier_name(deal, *tier)),
            ],
        ),
        Step::Times { base, rate, amount } => fill(
            words.times.as_str(),
            &[
                ("base", &money(*base)),
                ("rate", &rate.print(&numerals)),
                ("amount", &money(*amount)),
            ],
        ),
        Step::Each {
            count,
            each,
            amount,
        } => fill(
            words.each.as_str(),
            &[
                ("count", &whole(*count)),
                ("each", &money(*each)),
                ("amount", &money(*amount)),
            ],
        ),
        Step::Limited { count, most } => fill(
            words.limited.as_str(),
            &[("count", &whole(*count)), ("most", &whole(*most))],
        ),
        Step::Capped { amount, most } => fill(
            words.capped.as_str(),
            &[("amount", &money(*amount)), ("most", &money(*most))],
        ),
        Step::Floored { amount, least } => fill(
            words.floored.as_str(),
            &[("amount", &money(*amount)), ("least", &money(*least))],
        ),
        Step::StepDown { after, rate, .. } => fill(
            words.step_down.as_str(),
            &[
                ("period", &after.print(&numerals)),
                ("rate", &rate.print(&numerals)),
            ],
        ),
        Step::Ended { months: age, limit } => {
            let limit = limit.months().map_or(*age, |limit| limit);
            fill(words.ended.as_str(), &[("period", &months(limit))])
        }
        Step::NotEngaged => words.not_engaged.to_string(),
        Step::Part {
            whole: sum,
            days,
            of,
            amount,
        } => fill(
            words.part.as_str(),
            &[
                ("whole", &money(*sum)),
                ("days", &days.to_string()),
                ("of", &of.to_string()),
                ("amount", &money(*amount)),
            ],
        ),
        Step::TakenOff { amount } => fill(words.taken_off.as_str(), &[("amount", &money(*amount))]),
        Step::Rounded { exact, paid } => fill(
            words.rounded.as_str(),
            &[("exact", &money(*exact)), ("paid", &money(*paid))],
        ),
    }
}

/// The name of a tier, or its number.
fn tier_name(deal: &Deal, tier: usize) -> String {
    deal.economics
        .as_ref()
        .and_then(|economics| economics.tiers.as_ref())
        .and_then(|tiers| tiers.tier.get(tier))
        .and_then(|tier| tier.name.as_ref())
        .map_or_else(|| (tier + 1).to_string(), ToString::to_string)
}
