//! Whose account it is and what counts: gates, registration, attribution, segments.

use crate::deal::{
    Attribution, BothTouched, Deal, Gate, Priority, Registration, Silence, Territory,
};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};

pub(super) fn check(deal: &Deal, report: &mut Report) {
    for gate in &deal.gate {
        check_gate(gate, report);
        ladder(deal, &gate.silence, report);
    }
    if let Some(registration) = &deal.registration {
        check_registration(registration, report);
        ladder(deal, &registration.silence, report);
    }
    if let Some(attribution) = &deal.attribution {
        check_attribution(deal, attribution, report);
    }
    if let Some(territory) = &deal.territory {
        check_territory(deal, territory, report);
    }
}

/// S18: a gate is a rule, not a favour.
fn check_gate(gate: &Gate, report: &mut Report) {
    let mut open = |what: &str, help: &str| {
        let message = format!("the gate `{}` has no {what}", gate.id.as_str());
        report.push(Diagnostic::error(Code::GateIncomplete, &gate.id.span, message).help(help));
    };
    if gate.criteria.is_empty() {
        open(
            "criteria",
            "list under `criteria` what must be met, such as \"names the customer's decision-maker\"",
        );
    }
    if gate.reject.is_empty() {
        open(
            "reasons for a rejection",
            "add tables `[[gate.reject]]` with `code` and `means`: a rejection with a reason can be mended",
        );
    }
}

fn no_evidence(at: &Span, what: &str, report: &mut Report) {
    report.push(
        Diagnostic::error(
            Code::NoEvidence,
            at,
            format!("nothing counts as evidence {what}"),
        )
        .help(
            "list under `evidence` what both teams can look at, such as \"a dated meeting note\"",
        ),
    );
}

/// S25: proof, an end, and one renewal on progress.
fn check_registration(registration: &Registration, report: &mut Report) {
    if registration.evidence.is_empty() {
        no_evidence(&registration.at, "for a registration", report);
    }
    match (&registration.renewal, registration.progress.first()) {
        (Some(renewal), None) => report.push(
            Diagnostic::error(
                Code::RegistrationRenewal,
                &renewal.span,
                "a registration is renewed without progress",
            )
            .help("list under `progress` what earns the renewal, or leave `renewal` out"),
        ),
        (None, Some(progress)) => report.push(
            Diagnostic::warning(
                Code::NoEffect,
                &progress.span,
                "`progress` has no effect, as a registration is not renewed",
            )
            .help("add `renewal = \"90 days\"`, or leave `progress` out"),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// S34: what happens if both touched an account.
fn check_attribution(deal: &Deal, attribution: &Attribution, report: &mut Report) {
    let both = &attribution.both_touched;
    if attribution.evidence.is_empty() {
        no_evidence(
            &attribution.at,
            "for a sourced or influenced account",
            report,
        );
    }
    match (both.value, &attribution.split) {
        (BothTouched::Split, None) => report.push(
            Diagnostic::error(
                Code::MissingPart,
                &both.span,
                "credit is split, and nothing says how",
            )
            .help("add `split = \"50%\"`: the partner's part"),
        ),
        (BothTouched::FirstRegistered | BothTouched::Influenced, Some(split)) => report.push(
            Diagnostic::warning(
                Code::NoEffect,
                &split.span,
                "`split` has no effect, as credit is not split",
            )
            .also(&both.span, "what happens if both touched an account")
            .help("leave `split` out, or write `both_touched = \"split\"`"),
        ),
        (BothTouched::Split, Some(_))
        | (BothTouched::FirstRegistered | BothTouched::Influenced, None) => {}
    }
    if both.value == BothTouched::FirstRegistered {
        registration_exists(deal, &both.span, report);
    }
}

fn registration_exists(deal: &Deal, at: &Span, report: &mut Report) {
    if deal.registration.is_none() {
        report.push(
            Diagnostic::error(
                Code::MissingPart,
                at,
                "the first to register wins, and nothing says how to register",
            )
            .help("add `[registration]`, or choose another rule"),
        );
    }
}

/// S24: criteria that anyone can check.
fn check_territory(deal: &Deal, territory: &Territory, report: &mut Report) {
    for segment in &territory.segment {
        let objective = [
            &segment.size,
            &segment.industry,
            &segment.geography,
            &segment.product,
        ];
        if objective.iter().all(|criterion| criterion.is_none()) {
            report.push(
                Diagnostic::error(
                    Code::SegmentCriterion,
                    &segment.id.span,
                    format!(
                        "nothing tells which accounts are in `{}`",
                        segment.name.as_str()
                    ),
                )
                .help(
                    "add at least one of `size`, `industry`, `geography` and `product`, such as \
                     `size = \"50 to 500 employees\"`",
                ),
            );
        }
    }
    match territory.priority.value {
        Priority::FirstRegistered => {
            registration_exists(deal, &territory.priority.span, report);
            if territory.evidence.is_empty() {
                no_evidence(&territory.at, "of recent activity", report);
            }
        }
        Priority::LastActive => {
            if territory.evidence.is_empty() {
                no_evidence(&territory.at, "of recent activity", report);
            }
        }
        Priority::Company => {}
    }
}

/// Silence can only climb a ladder that is there.
fn ladder(deal: &Deal, silence: &At<Silence>, report: &mut Report) {
    match silence.value {
        Silence::Escalated => ladder_exists(deal, &silence.span, report),
        Silence::Accepted | Silence::Rejected => {}
    }
}

/// Reports an escalation in a deal without a ladder.
pub(super) fn ladder_exists(deal: &Deal, at: &Span, report: &mut Report) {
    if deal.escalation.is_none() {
        report.push(
            Diagnostic::error(
                Code::MissingPart,
                at,
                "silence escalates, and the deal has no escalation ladder",
            )
            .help("add `[escalation]` with its levels, or say what else silence means"),
        );
    }
}
