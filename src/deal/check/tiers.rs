//! Tiers: from zero, without gaps or overlaps, to the sky, and without a cliff that nobody saw.

use super::FIGURES;
use crate::deal::{Basis, Deal, MetricUnit, Reset, Reward, Tier, TierPeriod, Tiers};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Measure;
use std::cmp::Ordering;

pub(super) fn check(deal: &Deal, report: &mut Report) {
    let Some(economics) = &deal.economics else {
        return;
    };
    let Some(tiers) = &economics.tiers else {
        return;
    };
    ends(tiers, report);
    for pair in tiers.tier.windows(2) {
        if let [below, above] = pair {
            joint(below, above, tiers, report);
        }
    }
    basis(deal, tiers, report);
    reset(tiers, report);
}

fn print(measure: &Measure) -> String {
    measure.print(&FIGURES)
}

/// The first tier starts from nothing, the last one has no end, and each has room.
fn ends(tiers: &Tiers, report: &mut Report) {
    let (Some(first), Some(last)) = (tiers.tier.first(), tiers.tier.last()) else {
        report.push(
            Diagnostic::error(Code::TierStart, &tiers.at, "the table of tiers has no tier")
                .help("add tables `[[economics.tiers.tier]]`, the first one from zero"),
        );
        return;
    };
    if !super::is_nothing(&first.from) {
        let from = print(&first.from);
        report.push(
            Diagnostic::error(
                Code::TierStart,
                &first.from.span,
                format!("the first tier begins at {from}: what lies below has no rate"),
            )
            .help(format!(
                "begin with `from = \"{}\"`, or add a tier before it that says what is paid below {from}",
                zero(&first.from)
            )),
        );
    }
    if let Some(to) = &last.to {
        let end = print(to);
        report.push(
            Diagnostic::error(
                Code::TierEnd,
                &to.span,
                format!("the last tier ends at {end}: what lies above has no rate"),
            )
            .help(
                "leave `to` out in the last tier; to limit what is paid, write `[economics.cap]`",
            ),
        );
    }
    for tier in &tiers.tier {
        if let Some(to) = &tier.to
            && matches!(
                to.compare(&tier.from),
                Some(Ordering::Less | Ordering::Equal)
            )
        {
            report.push(
                Diagnostic::error(
                    Code::TierOverlap,
                    &to.span,
                    format!("the tier ends at {} where it begins, or before", print(to)),
                )
                .also(&tier.from.span, "it begins here")
                .help("write a `to` above `from`"),
            );
        }
    }
}

/// Nothing, in the unit of `measure`, as a deal file writes it.
fn zero(measure: &Measure) -> String {
    match measure {
        Measure::Money(money) => format!("{} 0", money.currency().code()),
        Measure::Count(count) => format!("0 {}", count.noun),
        Measure::Rate(_) => "0%".to_owned(),
        Measure::Period(_) => "0 days".to_owned(),
    }
}

/// Where one tier ends, the next begins.
fn joint(below: &Tier, above: &Tier, tiers: &Tiers, report: &mut Report) {
    let from = &above.from;
    let Some(to) = &below.to else {
        report.push(
            Diagnostic::error(
                Code::TierOverlap,
                &from.span,
                format!(
                    "the tier before has no end: from {} on there are two rates",
                    print(from)
                ),
            )
            .also(&below.from.span, "the tier without an end begins here")
            .help(format!(
                "add `to = \"{}\"` to the tier before",
                from.span.text()
            )),
        );
        return;
    };
    let meet = format!(
        "write `from = \"{}\"`, or `to = \"{}\"` in the tier before; `boundary = \"{}\"` already says whose \
         the boundary itself is",
        to.span.text(),
        from.span.text(),
        tiers.boundary.as_str()
    );
    match from.compare(to) {
        Some(Ordering::Equal) => {}
        Some(Ordering::Greater) => report.push(
            Diagnostic::error(
                Code::TierGap,
                &from.span,
                format!("from {} to {} there is no rate", print(to), print(from)),
            )
            .also(&to.span, "the tier before ends here")
            .help(meet),
        ),
        Some(Ordering::Less) => report.push(
            Diagnostic::error(
                Code::TierOverlap,
                &from.span,
                format!("from {} to {} there are two rates", print(from), print(to)),
            )
            .also(&to.span, "the tier before ends here")
            .help(meet),
        ),
        None => {
            if let (Measure::Count(one), Measure::Count(two)) = (&to.value, &from.value) {
                let message = format!("the tiers count both `{}` and `{}`", one.noun, two.noun);
                report.push(
                    Diagnostic::error(Code::MetricUnit, &from.span, message)
                        .also(&to.span, "the tier before ends here")
                        .help(format!("count one thing in one word: `{}`", one.noun)),
                );
            }
        }
    }
}

/// A rate pays for revenue, a sum pays for each of what is counted; a slice is a slice of what decides the tier.
fn basis(deal: &Deal, tiers: &Tiers, report: &mut Report) {
    if let Some(first) = tiers.tier.first() {
        let odd = tiers.tier.iter().find(|tier| {
            std::mem::discriminant(&tier.pays.value) != std::mem::discriminant(&first.pays.value)
        });
        if let Some(odd) = odd {
            report.push(
                Diagnostic::error(
                    Code::TierBasis,
                    &odd.pays.span,
                    "one tier pays a share, another a sum for each",
                )
                .also(&first.pays.span, "the first tier pays this")
                .help(
                    "let all tiers pay a share such as \"12.5%\", or all a sum such as \"USD 500\"",
                ),
            );
            return;
        }
    }
    let (Some(metric), Some(first)) = (deal.metric(tiers.metric.id()), tiers.tier.first()) else {
        return;
    };
    match (metric.unit.value, first.pays.value) {
        (MetricUnit::Count, Reward::Rate(_)) if tiers.basis.value == Basis::Slice => {
            let message = format!(
                "`{}` counts things, and a slice of things cannot earn a share of revenue",
                tiers.metric.id()
            );
            report.push(
                Diagnostic::error(Code::TierBasis, &tiers.basis.span, message)
                    .also(&first.pays.span, "a share of revenue")
                    .help(
                        "write `basis = \"prospective\"`: the count that was reached sets the share of what comes \
                         next; or let each tier pay a sum such as \"USD 500\" for each",
                    ),
            );
        }
        (MetricUnit::Money | MetricUnit::Rate, Reward::Each(_)) => {
            let message = format!(
                "a sum for each needs something to count, and `{}` is {}",
                tiers.metric.id(),
                match metric.unit.value {
                    MetricUnit::Money => "an amount of money",
                    MetricUnit::Count | MetricUnit::Rate => "a share",
                }
            );
            report.push(
                Diagnostic::error(Code::TierBasis, &first.pays.span, message)
                    .also(&tiers.metric.span, "what decides the tier")
                    .help(
                        "pay a share such as \"12.5%\", or choose a metric with `unit = \"count\"`",
                    ),
            );
        }
        (MetricUnit::Rate, Reward::Rate(_)) if tiers.basis.value == Basis::Slice => {
            let message = format!("`{}` is a share, which has no slices", tiers.metric.id());
            report.push(
                Diagnostic::error(Code::TierBasis, &tiers.basis.span, message).help(
                    "write `basis = \"prospective\"`, or choose a metric with `unit = \"money\"`",
                ),
            );
        }
        (MetricUnit::Money | MetricUnit::Count | MetricUnit::Rate, Reward::Rate(_))
        | (MetricUnit::Count, Reward::Each(_)) => {}
    }
}

/// A count of all time has no period at whose start it could begin again.
fn reset(tiers: &Tiers, report: &mut Report) {
    if (tiers.period.value, tiers.reset.value) == (TierPeriod::SinceStart, Reset::EachPeriod) {
        report.push(
            Diagnostic::error(
                Code::TierReset,
                &tiers.reset.span,
                "a count of all time since the start never starts again",
            )
            .also(&tiers.period.span, "the period")
            .help("write `reset = \"never\"`, or a `period` of \"month\", \"quarter\" or \"year\""),
        );
    }
}
