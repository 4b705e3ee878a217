//! Shares of revenue: of what base, for whose accounts, in which term, and never more than the payer keeps.

use super::{FIGURES, surely_longer};
use crate::deal::{Deal, Economics, RevenueShare, Reward, Side};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::{Period, Rate};

pub(super) fn check(deal: &Deal, report: &mut Report) {
    if let Some(economics) = &deal.economics {
        revenue_share(deal, economics, report);
        margin(deal, economics, report);
    }
}

/// Where the economics first pay a share of the revenue of accounts, if they do.
fn share_of_accounts(economics: &Economics) -> Option<&Span> {
    let tier = economics.tiers.iter().flat_map(|tiers| &tiers.tier);
    let bonus = economics.bonus.iter().map(|bonus| &bonus.pays);
    let rewards = tier.map(|tier| &tier.pays).chain(bonus);
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

/// Where they pay a share of the revenue of a referral: its gate says whose it is.
fn share_of_referrals(economics: &Economics) -> Option<&Span> {
    let fee = &economics.referral_fee.as_ref()?.fee;
    matches!(fee.value, Reward::Rate(_)).then_some(&fee.span)
}

/// S16 and S34: of what, for whose accounts, in which term.
fn revenue_share(deal: &Deal, economics: &Economics, report: &mut Report) {
    let of_accounts = share_of_accounts(economics);
    if let Some(at) = of_accounts.or_else(|| share_of_referrals(economics))
        && economics.base.is_none()
    {
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
    if let Some(at) = of_accounts
        && deal.attribution.is_none()
    {
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
    step_downs(share, report);
}

/// Each step lowers the share, after the one before it and while a share is still paid.
fn step_downs(share: &RevenueShare, report: &mut Report) {
    let mut before: Option<(&At<Rate>, Option<&At<Period>>)> =
        share.first_term.as_ref().map(|first| (first, None));
    for step in &share.step_down {
        if let Some((rate, after)) = before {
            if step.rate.value >= rate.value {
                let message = format!(
                    "the step from {} to {} does not go down",
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
                    format!(
                        "after {} an account pays no share that could go down",
                        limit.print(&FIGURES)
                    ),
                )
                .also(&limit.span, "the limit")
                .help("let the step come before the limit, or leave it out"),
            );
        }
        before = Some((&step.rate, Some(&step.after)));
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
        .is_some_and(|party| party.side.value == Side::Company);
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
