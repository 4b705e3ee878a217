//! The forecast: three scenarios in order, each consistent with itself.

use crate::deal::{Deal, Scenario};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::{Count, Money};
use std::cmp::Ordering;

/// A key of a scenario, and how to get it.
type Volume<T> = (&'static str, fn(&Scenario) -> Option<&At<T>>);

/// Low is not above expected, expected not above high, and a part not above its whole.
pub(super) fn check(deal: &Deal, report: &mut Report) {
    let Some(forecast) = &deal.forecast else {
        return;
    };
    let money: [Volume<Money>; 4] = [
        ("sourced_revenue", |scenario| {
            scenario.sourced_revenue.as_ref()
        }),
        ("influenced_revenue", |scenario| {
            scenario.influenced_revenue.as_ref()
        }),
        ("renewal_revenue", |scenario| {
            scenario.renewal_revenue.as_ref()
        }),
        ("strategic_revenue", |scenario| {
            scenario.strategic_revenue.as_ref()
        }),
    ];
    let counts: [Volume<Count>; 2] = [
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
