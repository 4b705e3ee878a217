//! What must stand in the deal in a form that can be read, and not in words alone, before events can be paid.

use crate::deal::{Choice, Computation, Deal, Metric, MetricName, Rank};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::Measure;

/// Reports every term whose words alone say what is paid, so that nothing is guessed.
pub(in crate::events) fn readable(deal: &Deal, report: &mut Report) {
    let Some(economics) = &deal.economics else {
        report.push(
            Diagnostic::error(Code::MissingKey, &deal.at, "the deal has no economics")
                .help("add the table `[economics]`"),
        );
        return;
    };
    wordings(deal, report);
    if let Some(tiers) = &economics.tiers {
        let money = tiers
            .tier
            .iter()
            .any(|tier| matches!(tier.from.value, Measure::Money(_)));
        let fits: &[Computation] = if money {
            &[Computation::SourcedRevenue]
        } else {
            &[
                Computation::Activations,
                Computation::AcceptedLeads,
                Computation::Count,
            ]
        };
        metric(deal, &tiers.metric, fits, "the tiers hang on", report);
    }
    if let Some(bounty) = &economics.bounty {
        let fits = [Computation::Activations];
        metric(deal, &bounty.metric, &fits, "the bounty pays for", report);
    }
    if let Some(spiff) = &economics.spiff {
        let fits = [
            Computation::Activations,
            Computation::AcceptedLeads,
            Computation::Count,
        ];
        metric(deal, &spiff.metric, &fits, "the prize pays for", report);
    }
    if let Some(minimum) = &economics.minimum {
        let any = deal
            .metric(minimum.metric.id())
            .is_some_and(|metric| metric.from_events.is_some());
        if !any {
            metric(deal, &minimum.metric, &[], "the minimum hangs on", report);
        }
    }
    for stage in &economics.payment.stage {
        if stage.on.is_none() {
            report.push(
                Diagnostic::error(
                    Code::NotReadable,
                    &stage.when.span,
                    "only these words say when the stage has come",
                )
                .help("add `on = \"earned\"`, \"stays\" or \"milestone\" to the stage"),
            );
        }
    }
}

/// Wordings whose arithmetic is not the one of the wording that a library starts from, and is not worked out here.
const OTHER_ARITHMETIC: [(&str, &[Rank]); 9] = [
    ("clawback", &[Rank::Escalate]),
    ("credit-claims", &[Rank::Acceptable, Rank::Escalate]),
    ("late-payment", &[Rank::Acceptable, Rank::Escalate]),
    ("payment-cap", &[Rank::Acceptable]),
    ("payment-disputes", &[Rank::Escalate]),
    ("payment-time", &[Rank::Escalate]),
    ("renewal-share", &[Rank::Acceptable, Rank::Escalate]),
    ("set-off", &[Rank::Escalate]),
    ("tiers", &[Rank::Escalate]),
];

/// Reports wordings that pay in another way than statements work it out.
fn wordings(deal: &Deal, report: &mut Report) {
    for (clause, choice) in &deal.clauses.choices {
        let Choice::Rank(rank) = choice.value else {
            continue;
        };
        let other = OTHER_ARITHMETIC
            .iter()
            .any(|(id, ranks)| *id == clause.id() && ranks.contains(&rank));
        if other {
            report.push(
                Diagnostic::error(
                    Code::NotReadable,
                    &choice.span,
                    format!(
                        "this wording of `{}` pays in another way than statements work it out",
                        clause.id()
                    ),
                )
                .help("take the preferred wording, or work this statement out by hand"),
            );
        }
    }
}

fn metric(
    deal: &Deal,
    name: &At<MetricName>,
    fits: &[Computation],
    what: &str,
    report: &mut Report,
) {
    let found = deal.metric(name.id());
    let computes = |metric: &Metric| {
        metric
            .from_events
            .as_ref()
            .map(|terms| terms.computes.value)
    };
    if found
        .and_then(computes)
        .is_some_and(|computes| fits.contains(&computes))
    {
        return;
    }
    let words: Vec<&str> = fits.iter().map(|computes| computes.as_str()).collect();
    let help = match found {
        Some(_) if words.is_empty() => {
            "add `from_events = { computes = \"...\" }` to the metric".to_owned()
        }
        Some(_) | None => format!(
            "add `from_events = {{ computes = \"{}\" }}` to the metric",
            words.join("\" }` or `{ computes = \"")
        ),
    };
    let mut finding = Diagnostic::error(
        Code::NotReadable,
        &name.span,
        format!(
            "{what} `{}`, and events do not make it up in a way that can be paid",
            name.id()
        ),
    )
    .help(help);
    if let Some(metric) = found {
        finding = finding.also(&metric.meaning.span, "only these words say what it counts");
    }
    report.push(finding);
}
