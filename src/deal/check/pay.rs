//! What is paid: for what, on which base, in one currency, between limits that leave room.

use super::FIGURES;
use super::places::Places;
use crate::deal::fact::Fact;
use crate::deal::{Deal, Economics, FeePeriod, Limit, Payment, Reward};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::{Decimal, Measure, Money, Rate};

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
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
    limits(economics, report);
    payment(&economics.payment, report);
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
            Diagnostic::error(
                Code::NothingPaid,
                &economics.at,
                "the economics pay for nothing",
            )
            .help(
                "add `[economics.revenue_share]`, `[economics.tiers]`, `[economics.referral_fee]`, \
                 `[economics.bounty]` or `[economics.fixed_fee]`, or leave `[economics]` out",
            ),
        );
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
        within(
            spiff.amount.value,
            &spiff.amount.span,
            &spiff.cap,
            "a single prize",
        );
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
        let sum: Decimal = payment
            .stage
            .iter()
            .map(|stage| stage.share.percent())
            .sum();
        if sum != Decimal::ONE_HUNDRED {
            let shares: Vec<String> = payment
                .stage
                .iter()
                .map(|stage| stage.share.print(&FIGURES))
                .collect();
            let finding = Diagnostic::error(
                Code::SumOfParts,
                &last.share.span,
                format!(
                    "the stages come to {}%: {}",
                    sum.normalize(),
                    shares.join(" + ")
                ),
            );
            let others = &payment.stage[..payment.stage.len() - 1];
            let finding = others.iter().fold(finding, |finding, stage| {
                finding.also(&stage.share.span, "")
            });
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

/// Terms of nothing.
fn leftovers(economics: &Economics, report: &mut Report) {
    let mut empty = |at: &Span, message: &str, help: &str| {
        report.push(Diagnostic::error(Code::NoEffect, at, message).help(help));
    };
    if let Some(clawback) = &economics.clawback
        && clawback.share.value == Rate::zero()
    {
        let help = "write how much is paid back, such as \"50%\", or leave the clawback out";
        empty(
            &clawback.share.span,
            "a clawback of 0% pays nothing back",
            help,
        );
    }
    if let Some(minimum) = &economics.minimum
        && super::is_nothing(&minimum.amount)
    {
        let help = "write what must be reached, or leave the minimum out";
        empty(
            &minimum.amount.span,
            "a minimum of nothing is always reached",
            help,
        );
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
        let segments = deal
            .territory
            .iter()
            .flat_map(|territory| &territory.segment);
        let segment = segments
            .into_iter()
            .find(|segment| segment.id.as_str() == bonus.segment.id());
        if let Some(segment) = segment
            && !segment
                .strategic
                .as_ref()
                .is_some_and(|strategic| strategic.value)
        {
            report.push(
                Diagnostic::error(
                    Code::NotStrategic,
                    &bonus.segment.span,
                    format!(
                        "`{}` earns a bonus and is not a strategic segment",
                        bonus.segment.id()
                    ),
                )
                .also(&segment.id.span, "the segment")
                .help("add `strategic = true` to the segment, or leave the bonus out"),
            );
        }
    }
}
