//! What is paid: for what, on which base, in one currency, between limits that leave room.

use super::places::Places;
use super::{FIGURES, surely_longer};
use crate::deal::fact::Fact;
use crate::deal::{Deal, Economics, FeePeriod, Limit, Payment, Reward, Scenario};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::{Decimal, Measure, Money, Rate};
use std::cmp::Ordering;

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    forecast(deal, report);
    let Some(economics) = &deal.economics else {
        return;
    };
    if economics.payer.id() == economics.payee.id() {
        report.push(
            Diagnostic::error(
                Code::SameParty,
                &economics.payee.span,
                format!("`{}` would pay itself", economics.payee.id()),
            )
            .also(&economics.payer.span, "the payer")
            .help("name the other party as `payee`"),
        );
    }
    currency(economics, places, report);
    something_is_paid(economics, report);
    revenue_share(deal, economics, report);
    limits(economics, report);
    payment(&economics.payment, report);
    margin(deal, economics, report);
    leftovers(economics, report);
    bonuses(deal, economics, report);
}

/// Every amount that economics compares is in the currency of the economics.
fn currency(economics: &Economics, places: &Places<'_>, report: &mut Report) {
    let agreed = &economics.currency;
    let compared = |path: &str| {
        path.starts_with("economics.")
            || path.starts_with("forecast.")
            || path.starts_with("exclusivity.commitment.")
            || path.ends_with(".threshold")
    };
    for (path, place) in places.iter().filter(|(path, _)| compared(path)) {
        let money = match &place.fact {
            Fact::Money(money) => **money,
            Fact::Measure(Measure::Money(money)) => *money,
            _ => continue,
        };
        if money.currency() != agreed.value.0 {
            let message = format!(
                "`{path}` is in {}, the economics are in {}",
                money.currency().code(),
                agreed.value.0.code()
            );
            report.push(
                Diagnostic::error(Code::CurrencyMix, &place.at, message)
                    .also(&agreed.span, "the currency of the economics")
                    .help(format!("write the amount in {}", agreed.value.0.code())),
            );
        }
    }
    let places = economics.rounding.places.value;
    if let Some(minor) = agreed.value.0.exponent()
        && places > u32::from(minor)
    {
        let code = agreed.value.0.code();
        report.push(
            Diagnostic::error(
                Code::MinorUnit,
                &economics.rounding.places.span,
                format!("{code} has {minor} decimals; an amount with {places} cannot be paid"),
            )
            .also(&agreed.span, "the currency of the economics")
            .help(format!("write `places = {minor}`")),
        );
    }
}

fn something_is_paid(economics: &Economics, report: &mut Report) {
    let pays = economics.referral_fee.is_some()
        || economics.revenue_share.is_some()
        || economics.tiers.is_some()
        || economics.bounty.is_some()
        || economics.fixed_fee.is_some()
        || economics.spiff.is_some()
        || !economics.bonus.is_empty();
    if !pays {
        report.push(
            Diagnostic::error(Code::NothingPaid, &economics.at, "the economics pay for nothing").help(
                "add `[economics.revenue_share]`, `[economics.tiers]`, `[economics.referral_fee]`, \
                 `[economics.bounty]` or `[economics.fixed_fee]`, or leave `[economics]` out",
            ),
        );
    }
}

/// The first share of net revenue that the economics pay, if any.
fn first_share(economics: &Economics) -> Option<&Span> {
    let tier = economics.tiers.iter().flat_map(|tiers| &tiers.tier);
    let bonus = economics.bonus.iter().map(|bonus| &bonus.pays);
    let referral = economics.referral_fee.iter().map(|referral| &referral.fee);
    let rewards = tier.map(|tier| &tier.pays).chain(bonus).chain(referral);
    let of_revenue = rewards
        .filter(|pays| matches!(pays.value, Reward::Rate(_)))
        .map(|pays| &pays.span);
    economics
        .revenue_share
        .iter()
        .map(|share| &share.at)
        .chain(of_revenue)
        .next()
}

/// S16 and S34: of what, for whose accounts, in which term.
fn revenue_share(deal: &Deal, economics: &Economics, report: &mut Report) {
    if let Some(at) = first_share(economics) {
        if economics.base.is_none() {
            report.push(
                Diagnostic::error(
                    Code::ShareWithoutBase,
                    at,
                    "this is a share of net revenue, and nothing says what net revenue is",
                )
                .help(
                    "add `[economics.base]`: it decides item by item on discounts, refunds, chargebacks, taxes, \
                     set-up fees, services, costs passed on and unpaid sums",
                ),
            );
        }
        if deal.attribution.is_none() {
            report.push(
                Diagnostic::error(
                    Code::MissingPart,
                    at,
                    "a share is paid, and nothing says which accounts count as the partner's",
                )
                .help(
                    "add `[attribution]`: when an account is sourced, when influenced, and what happens if both \
                     teams touched it",
                ),
            );
        }
    }
    let Some(share) = &economics.revenue_share else {
        return;
    };
    let tier = economics.tiers.iter().flat_map(|tiers| &tiers.tier);
    let tier_rate = tier
        .map(|tier| &tier.pays)
        .find(|pays| matches!(pays.value, Reward::Rate(_)));
    match (&share.first_term, tier_rate) {
        (Some(first), Some(tier)) => report.push(
            Diagnostic::error(
                Code::FirstTermShare,
                &first.span,
                "the share of a customer's first term is set twice",
            )
            .also(&tier.span, "the tiers set it too")
            .help("leave `first_term` out if the tiers decide, or leave `[economics.tiers]` out"),
        ),
        (None, None) => report.push(
            Diagnostic::error(
                Code::FirstTermShare,
                &share.at,
                "nothing says what share a customer's first term pays",
            )
            .help("add `first_term = \"15%\"` or `[economics.tiers]`; write \"0%\" if only renewals pay"),
        ),
        (Some(_), None) | (None, Some(_)) => {}
    }
    let mut before: Option<(&At<Rate>, Option<&At<crate::units::Period>>)> =
        share.first_term.as_ref().map(|first| (first, None));
    for step in &share.step_down {
        if let Some((rate, after)) = before {
            if step.rate.value >= rate.value {
                let message = format!(
                    "a step down from {} to {} is none",
                    rate.print(&FIGURES),
                    step.rate.print(&FIGURES)
                );
                report.push(
                    Diagnostic::error(Code::StepDownOrder, &step.rate.span, message)
                        .also(&rate.span, "the share before")
                        .help("write a lower share, with the steps in the order of time"),
                );
            }
            if let Some(after) = after
                && !surely_longer(step.after.value, after.value)
            {
                report.push(
                    Diagnostic::error(
                        Code::StepDownOrder,
                        &step.after.span,
                        "this step does not come after the one before it",
                    )
                    .also(&after.span, "the step before")
                    .help("write the steps in the order of time"),
                );
            }
        }
        if let Some(limit) = &share.limit
            && !surely_longer(limit.value, step.after.value)
        {
            report.push(
                Diagnostic::error(
                    Code::StepDownOrder,
                    &step.after.span,
                    format!("an account pays no share any more after {}", limit.print(&FIGURES)),
                )
                .also(&limit.span, "the limit")
                .help("let the step come before the limit, or leave it out"),
            );
        }
        before = Some((&step.rate, Some(&step.after)));
    }
}

/// An amount per period as an amount per year.
fn yearly(limit: &Limit) -> Option<Money> {
    limit.amount.times_count(match limit.per.value {
        FeePeriod::Month => 12,
        FeePeriod::Quarter => 4,
        FeePeriod::Year => 1,
    })
}

fn limits(economics: &Economics, report: &mut Report) {
    if let (Some(cap), Some(floor)) = (&economics.cap, &economics.floor)
        && let (Some(most), Some(least)) = (yearly(cap), yearly(floor))
        && most < least
    {
        let finding = Diagnostic::error(
            Code::CapTooLow,
            &cap.amount.span,
            "the most that is paid is less than the least that is paid",
        )
        .also(&floor.amount.span, "the floor")
        .help("raise the cap, lower the floor, or correct `per`");
        report.push(if cap.per.value == floor.per.value {
            finding
        } else {
            finding.note(format!(
                "in a year the cap comes to {}, the floor to {}",
                most.print(&FIGURES),
                least.print(&FIGURES)
            ))
        });
    }
    let mut within = |amount: Money, at: &Span, cap: &At<Money>, what: &str| {
        if cap.value < amount {
            let message = format!(
                "the cap of {} is less than {what} of {}",
                cap.print(&FIGURES),
                amount.print(&FIGURES)
            );
            report.push(
                Diagnostic::error(Code::CapTooLow, &cap.span, message)
                    .also(at, "what it limits")
                    .help("raise the cap or lower the amount"),
            );
        }
    };
    if let Some(spiff) = &economics.spiff {
        within(spiff.amount.value, &spiff.amount.span, &spiff.cap, "a single prize");
    }
    if let Some(referral) = &economics.referral_fee
        && let (Reward::Each(fee), Some(cap)) = (referral.fee.value, &referral.cap)
    {
        within(fee, &referral.fee.span, cap, "the fee");
    }
}

/// S19: parts that make a whole, and a dispute with a cap.
fn payment(payment: &Payment, report: &mut Report) {
    if let Some(last) = payment.stage.last() {
        let sum: Decimal = payment.stage.iter().map(|stage| stage.share.percent()).sum();
        if sum != Decimal::ONE_HUNDRED {
            let shares: Vec<String> = payment
                .stage
                .iter()
                .map(|stage| stage.share.print(&FIGURES))
                .collect();
            let finding = Diagnostic::error(
                Code::SumOfParts,
                &last.share.span,
                format!("the stages come to {}%: {}", sum.normalize(), shares.join(" + ")),
            );
            let others = &payment.stage[..payment.stage.len() - 1];
            let finding = others
                .iter()
                .fold(finding, |finding, stage| finding.also(&stage.share.span, ""));
            report.push(finding.help("let the shares of all stages sum to 100%"));
        }
    }
    let cap = &payment.dispute.cap;
    if cap.value == Rate::whole() {
        report.push(
            Diagnostic::warning(
                Code::NoCap,
                &cap.span,
                "a party may hold back a whole statement, so disputes have no cap",
            )
            .help("write the largest share that may wait for the answer, such as \"25%\""),
        );
    }
}

/// S3: a share above what the payer keeps loses money with each sale.
fn margin(deal: &Deal, economics: &Economics, report: &mut Report) {
    let forecast = deal.forecast.as_ref();
    let Some(margin) = forecast.and_then(|forecast| forecast.company_margin.as_ref()) else {
        return;
    };
    let paid_by_company = deal
        .party(economics.payer.id())
        .is_some_and(|party| party.side.value == crate::deal::Side::Company);
    let first = economics
        .revenue_share
        .iter()
        .filter_map(|share| share.first_term.as_ref())
        .map(|rate| (rate.value, &rate.span));
    let tiers = economics.tiers.iter().flat_map(|tiers| &tiers.tier);
    let tiers = tiers.filter_map(|tier| match tier.pays.value {
        Reward::Rate(rate) => Some((rate, &tier.pays.span)),
        Reward::Each(_) => None,
    });
    let highest = first.chain(tiers).max_by_key(|(rate, _)| *rate);
    if let Some((rate, at)) = highest
        && paid_by_company
        && rate > margin.value
    {
        let message = format!(
            "{} of net revenue is more than the {} that the company keeps of it",
            rate.print(&FIGURES),
            margin.print(&FIGURES)
        );
        report.push(
            Diagnostic::warning(Code::AboveMargin, at, message)
                .also(&margin.span, "the company's margin")
                .help("lower the share, or correct the margin: at these figures each further sale costs money"),
        );
    }
}

/// Terms of nothing.
fn leftovers(economics: &Economics, report: &mut Report) {
    let mut empty = |at: &Span, message: &str, help: &str| {
        report.push(Diagnostic::error(Code::NoEffect, at, message).help(help));
    };
    if let Some(clawback) = &economics.clawback
        && clawback.share.value == Rate::zero()
    {
        let help = "write how much is paid back, such as \"50%\", or leave the clawback out";
        empty(&clawback.share.span, "nothing is paid back", help);
    }
    if let Some(minimum) = &economics.minimum
        && super::is_nothing(&minimum.amount)
    {
        let help = "write what must be reached, or leave the minimum out";
        empty(&minimum.amount.span, "a minimum of nothing is always reached", help);
    }
    for bonus in &economics.bonus {
        let nothing = match bonus.pays.value {
            Reward::Rate(rate) => rate == Rate::zero(),
            Reward::Each(money) => money.is_zero(),
        };
        if nothing {
            let help = "write what it pays, or leave the bonus out";
            empty(&bonus.pays.span, "the bonus pays nothing", help);
        }
    }
}

/// S17: a bonus is for a strategic segment.
fn bonuses(deal: &Deal, economics: &Economics, report: &mut Report) {
    for bonus in &economics.bonus {
        let segments = deal.territory.iter().flat_map(|territory| &territory.segment);
        let segment = segments
            .into_iter()
            .find(|segment| segment.id.as_str() == bonus.segment.id());
        if let Some(segment) = segment
            && !segment.strategic.as_ref().is_some_and(|strategic| strategic.value)
        {
            report.push(
                Diagnostic::error(
                    Code::NotStrategic,
                    &bonus.segment.span,
                    format!("`{}` earns a bonus and is not a strategic segment", bonus.segment.id()),
                )
                .also(&segment.id.span, "the segment")
                .help("add `strategic = true` to the segment, or leave the bonus out"),
            );
        }
    }
}

/// Low is not above expected, expected not above high, and a part not above its whole.
fn forecast(deal: &Deal, report: &mut Report) {
    let Some(forecast) = &deal.forecast else {
        return;
    };
    let money: [(&str, fn(&Scenario) -> Option<&At<Money>>); 4] = [
        ("sourced_revenue", |scenario| scenario.sourced_revenue.as_ref()),
        ("influenced_revenue", |scenario| scenario.influenced_revenue.as_ref()),
        ("renewal_revenue", |scenario| scenario.renewal_revenue.as_ref()),
        ("strategic_revenue", |scenario| scenario.strategic_revenue.as_ref()),
    ];
    let counts: [(&str, fn(&Scenario) -> Option<&At<crate::units::Count>>); 2] = [
        ("referrals", |scenario| scenario.referrals.as_ref()),
        ("activations", |scenario| scenario.activations.as_ref()),
    ];
    let mut falls = |key: &str, names: [&str; 2], spans: [&Span; 2]| {
        let message = format!("`{key}` is lower in `{}` than in `{}`", names[1], names[0]);
        report.push(
            Diagnostic::error(Code::ForecastOrder, spans[1], message)
                .also(spans[0], format!("the volume in `{}`", names[0]))
                .help("let the volumes rise from `low` to `expected` to `high`"),
        );
    };
    let rising = [
        (["low", "expected"], [&forecast.low, &forecast.expected]),
        (["expected", "high"], [&forecast.expected, &forecast.high]),
    ];
    for (names, [below, above]) in rising {
        for (key, get) in money {
            if let (Some(one), Some(two)) = (get(below), get(above))
                && two.partial_cmp(&one.value) == Some(Ordering::Less)
            {
                falls(key, names, [&one.span, &two.span]);
            }
        }
        for (key, get) in counts {
            if let (Some(one), Some(two)) = (get(below), get(above))
                && two.number < one.number
            {
                falls(key, names, [&one.span, &two.span]);
            }
        }
    }
    for scenario in [&forecast.low, &forecast.expected, &forecast.high] {
        if let (Some(part), Some(whole)) = (&scenario.strategic_revenue, &scenario.sourced_revenue)
            && part.value > whole.value
        {
            report.push(
                Diagnostic::error(
                    Code::ForecastOrder,
                    &part.span,
                    "the strategic revenue is more than the sourced revenue that it is a part of",
                )
                .also(&whole.span, "the sourced revenue")
                .help("write the part of the sourced revenue that comes from strategic segments"),
            );
        }
    }
}
