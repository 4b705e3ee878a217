//! Metrics: of the kind that they are compared with, moved by whoever is judged by them, and named as units.

use super::listed;
use crate::deal::{Computation, Deal, Metric, MetricName, MetricUnit};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::Measure;

pub(super) fn check(deal: &Deal, report: &mut Report) {
    units(deal, report);
    control(deal, report);
    value_and_risk(deal, report);
    from_events(deal, report);
}

/// Thresholds are of the kind of their metric.
fn units(deal: &Deal, report: &mut Report) {
    let mut compared = |metric: &At<MetricName>, measure: &At<Measure>| {
        if let Some(metric) = deal.metric(metric.id()) {
            compare(metric, measure, report);
        }
    };
    if let Some(economics) = &deal.economics {
        if let Some(tiers) = &economics.tiers {
            // Whoever wrote one boundary in a wrong unit wrote all of them so: one finding will do.
            let boundaries = tiers
                .tier
                .iter()
                .flat_map(|tier| [Some(&tier.from), tier.to.as_ref()]);
            let metric = deal.metric(tiers.metric.id());
            let odd = boundaries
                .flatten()
                .find(|boundary| metric.is_some_and(|metric| !fits(metric, boundary)));
            if let Some(odd) = odd {
                compared(&tiers.metric, odd);
            }
        }
        if let Some(minimum) = &economics.minimum {
            compared(&minimum.metric, &minimum.amount);
        }
    }
    if let Some(exclusivity) = &deal.exclusivity {
        compared(
            &exclusivity.commitment.metric,
            &exclusivity.commitment.amount,
        );
    }
    for guarantee in &deal.guarantee {
        compared(&guarantee.metric, &guarantee.threshold);
    }
    for trigger in deal.reviews.iter().flat_map(|reviews| &reviews.trigger) {
        compared(&trigger.metric, &trigger.threshold);
    }
    let mut needs = |name: &At<MetricName>, unit: MetricUnit, what: &str| {
        if let Some(metric) = deal.metric(name.id())
            && metric.unit.value != unit
        {
            let message = format!(
                "{what} needs a metric in {}; `{}` is {}",
                noun(unit),
                name.id(),
                described(metric.unit.value)
            );
            report.push(
                Diagnostic::error(Code::MetricUnit, &name.span, message)
                    .also(&metric.unit.span, "its unit")
                    .help(format!("name a metric with `unit = \"{}\"`", unit.as_str())),
            );
        }
    };
    if let Some(economics) = &deal.economics {
        if let Some(base) = &economics.base {
            needs(&base.metric, MetricUnit::Money, "net revenue");
        }
        if let Some(bounty) = &economics.bounty {
            needs(
                &bounty.metric,
                MetricUnit::Count,
                "a sum for each activation",
            );
        }
        if let Some(spiff) = &economics.spiff {
            needs(&spiff.metric, MetricUnit::Count, "a prize for each one");
        }
    }
}

fn fits(metric: &Metric, measure: &Measure) -> bool {
    let unit = metric.unit.value;
    match measure {
        Measure::Money(_) => unit == MetricUnit::Money,
        Measure::Count(_) => unit == MetricUnit::Count,
        Measure::Rate(_) => unit == MetricUnit::Rate,
        Measure::Period(_) => false,
    }
}

/// What a measure is, in words.
pub(super) fn kind(measure: &Measure) -> &'static str {
    match measure {
        Measure::Money(_) => "a sum of money",
        Measure::Count(_) => "a count",
        Measure::Rate(_) => "a share",
        Measure::Period(_) => "a length of time",
    }
}

fn compare(metric: &Metric, measure: &At<Measure>, report: &mut Report) {
    if fits(metric, measure) {
        return;
    }
    let (unit, kind) = (metric.unit.value, kind(measure));
    let example = match unit {
        MetricUnit::Money => "a sum such as \"USD 250000\"",
        MetricUnit::Count => "a count such as \"40 activations\"",
        MetricUnit::Rate => "a share such as \"60%\"",
    };
    let message = format!(
        "`{}` is {kind}, but `{}` is {}",
        measure.span.text(),
        metric.id.as_str(),
        described(unit)
    );
    report.push(
        Diagnostic::error(Code::MetricUnit, &measure.span, message)
            .also(&metric.unit.span, "the unit of the metric")
            .help(format!("write {example}, or name another metric")),
    );
}

fn noun(unit: MetricUnit) -> &'static str {
    match unit {
        MetricUnit::Money => "money",
        MetricUnit::Count => "whole numbers",
        MetricUnit::Rate => "percent",
    }
}

fn described(unit: MetricUnit) -> &'static str {
    match unit {
        MetricUnit::Money => "an amount of money",
        MetricUnit::Count => "a whole number of things",
        MetricUnit::Rate => "a share in percent",
    }
}

/// S1, S17, S23, S29: whoever is judged by a number can move it.
fn control(deal: &Deal, report: &mut Report) {
    // A third party is reported as such, and the metrics need not know it.
    if deal.party.len() > 2 {
        return;
    }
    let mut judged = |party: &str, name: &At<MetricName>, what: &str| {
        let (Some(party), Some(metric)) = (deal.party(party), deal.metric(name.id())) else {
            return;
        };
        let movers = &metric.controlled_by;
        if movers.iter().any(|mover| mover.id() == party.id.as_str()) {
            return;
        }
        let place: &Span = movers.first().map_or(&metric.at, |mover| &mover.span);
        let label = match movers.as_slice() {
            [] => "nobody is named".to_owned(),
            [only] => format!("only `{}` does", only.id()),
            many => format!(
                "only {} do",
                listed(many.iter().map(|mover| mover.id()), "and")
            ),
        };
        let message = format!(
            "{what} hangs on `{}`, which {} does not control",
            name.id(),
            party.short.as_str()
        );
        let help = format!(
            "choose a metric that {} can move, such as accepted leads or activations, or add `{}` to \
             `controlled_by` of this one if its own acts do move it",
            party.short.as_str(),
            party.id.as_str()
        );
        report.push(
            Diagnostic::error(Code::NotControlled, &name.span, message)
                .also(place, label)
                .help(help),
        );
    };
    for party in &deal.party {
        for outcome in &party.outcome {
            let what = format!("what {} gets", party.short.as_str());
            judged(party.id.as_str(), &outcome.metric, &what);
        }
    }
    if let Some(economics) = &deal.economics {
        let payee = economics.payee.id();
        if let Some(tiers) = &economics.tiers {
            judged(payee, &tiers.metric, "the tier that is reached");
        }
        if let Some(bounty) = &economics.bounty {
            judged(payee, &bounty.metric, "the sum for each activation");
        }
        if let Some(spiff) = &economics.spiff {
            judged(payee, &spiff.metric, "the prize");
        }
        if let Some(minimum) = &economics.minimum {
            judged(payee, &minimum.metric, "the minimum");
        }
    }
    if let Some(exclusivity) = &deal.exclusivity {
        let metric = &exclusivity.commitment.metric;
        judged(exclusivity.holder.id(), metric, "keeping exclusivity");
    }
    for guarantee in &deal.guarantee {
        judged(guarantee.giver.id(), &guarantee.metric, "the guarantee");
    }
}

/// S14: both units are named, and nothing is paid for anything else.
fn value_and_risk(deal: &Deal, report: &mut Report) {
    for (list, key, what) in [
        (
            &deal.value.unit_of_value,
            "unit_of_value",
            "what the deal rewards",
        ),
        (
            &deal.value.unit_of_risk,
            "unit_of_risk",
            "what can go wrong",
        ),
    ] {
        if list.is_empty() {
            let message = format!("no metric shows {what}");
            let help = format!("name at least one metric under `value.{key}`");
            report.push(Diagnostic::error(Code::ValueAndRisk, &deal.value.at, message).help(help));
        }
    }
    if deal.value.unit_of_value.is_empty() {
        return;
    }
    let Some(economics) = &deal.economics else {
        return;
    };
    let paying = [
        economics.base.as_ref().map(|base| &base.metric),
        economics.tiers.as_ref().map(|tiers| &tiers.metric),
        economics.bounty.as_ref().map(|bounty| &bounty.metric),
        economics.spiff.as_ref().map(|spiff| &spiff.metric),
    ];
    for name in paying.into_iter().flatten() {
        let known = deal.metric(name.id()).is_some();
        let units = &deal.value.unit_of_value;
        if known && !units.iter().any(|unit| unit.id() == name.id()) {
            let message = format!("`{}` pays and is no unit of value", name.id());
            report.push(
                Diagnostic::error(Code::ValueAndRisk, &name.span, message)
                    .also(&units[0].span, "the units of value")
                    .help(format!(
                        "add `{}` to `value.unit_of_value`, or pay for one of those",
                        name.id()
                    )),
            );
        }
    }
}

/// What events make up is of the kind of its metric, and says all that it needs to.
fn from_events(deal: &Deal, report: &mut Report) {
    for metric in &deal.metric {
        let Some(terms) = &metric.from_events else {
            continue;
        };
        let computes = terms.computes.value;
        let word = computes.as_str();
        let (unit, kind, of, within) = match computes {
            Computation::NetRevenue
            | Computation::SourcedRevenue
            | Computation::InfluencedRevenue
            | Computation::RenewalRevenue
            | Computation::Spend => (MetricUnit::Money, false, false, false),
            Computation::Activations | Computation::AcceptedLeads => {
                (MetricUnit::Count, false, false, false)
            }
            Computation::TicketsPerAccount => (MetricUnit::Count, false, false, false),
            Computation::Count => (MetricUnit::Count, true, false, false),
            Computation::LeadAcceptance => (MetricUnit::Rate, false, false, false),
            Computation::EarlyChurn => (MetricUnit::Rate, false, false, true),
            Computation::Share => (MetricUnit::Rate, true, true, false),
        };
        let mut wrong = |message: String, help: String| {
            report.push(
                Diagnostic::error(Code::MetricEvents, &terms.computes.span, message).help(help),
            );
        };
        if unit != metric.unit.value {
            wrong(
                format!(
                    "`{word}` comes to {}, and `{}` is {}",
                    noun(unit),
                    metric.id.as_str(),
                    described(metric.unit.value)
                ),
                format!(
                    "choose another computation, or write `unit = \"{}\"`",
                    unit.as_str()
                ),
            );
        }
        for (needed, there, key, example) in [
            (kind, terms.kind.is_some(), "kind", "incident"),
            (of, terms.of.is_some(), "of", "activation"),
            (within, terms.within.is_some(), "within", "12 months"),
        ] {
            if needed && !there {
                wrong(
                    format!("`{word}` does not say `{key}`"),
                    format!("add it, as in `{key} = \"{example}\"`"),
                );
            } else if there && !needed {
                wrong(
                    format!("`{word}` has no use for `{key}`"),
                    format!("take `{key}` out, or choose another computation"),
                );
            }
        }
    }
}
