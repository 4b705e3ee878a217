//! Protective terms: mutual, or with a reason that the other side can read; narrow; with a cap.

use crate::deal::{Binds, Deal, Forum, Reason, WhoMay};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Span;

pub(super) fn check(deal: &Deal, report: &mut Report) {
    binds(deal, report);
    convenience(deal, report);
    mfn(deal, report);
    legal(deal, report);
    commitment(deal, report);
}

/// S22 and S32: what binds one party says why, where both can read it.
fn one_sided(at: &Span, what: &str, reason: Option<&Reason>, mutual: &str, report: &mut Report) {
    let finding = match reason {
        Some(reason) if reason.shared => return,
        Some(reason) => Diagnostic::error(
            Code::OneSided,
            at,
            format!("{what}, and the documents do not say why"),
        )
        .also(&reason.text.span, "this reason stays in the file")
        .help(format!(
            "print it with `reason.share = \"...\"`, or write `{mutual}`"
        )),
        None => Diagnostic::error(Code::OneSided, at, format!("{what}, and nothing says why"))
            .help(format!("write `{mutual}`, or add `reason.share = \"...\"`")),
    };
    report.push(finding);
}

fn binds(deal: &Deal, report: &mut Report) {
    let protection = &deal.protection;
    let terms = [
        Some((
            &protection.confidentiality.binds,
            &protection.confidentiality.reason,
        )),
        protection
            .non_solicit
            .as_ref()
            .map(|term| (&term.binds, &term.reason)),
        protection
            .announcements
            .as_ref()
            .map(|term| (&term.binds, &term.reason)),
        protection
            .personal_data
            .as_ref()
            .map(|term| (&term.binds, &term.reason)),
        protection
            .non_disparagement
            .as_ref()
            .map(|term| (&term.binds, &term.reason)),
    ];
    for (binds, reason) in terms.into_iter().flatten() {
        match binds.value {
            Binds::Both => {}
            Binds::Company | Binds::Partner => {
                let what = format!("this binds only the {}", binds.as_str());
                one_sided(&binds.span, &what, Some(reason), "binds = \"both\"", report);
            }
        }
    }
}

fn convenience(deal: &Deal, report: &mut Report) {
    let Some(convenience) = &deal.term.convenience else {
        return;
    };
    match convenience.by.value {
        WhoMay::Either => {}
        WhoMay::Company | WhoMay::Partner => {
            let what = format!(
                "only the {} may leave without a cause",
                convenience.by.as_str()
            );
            let reason = convenience.reason.as_ref();
            one_sided(
                &convenience.by.span,
                &what,
                reason,
                "by = \"either\"",
                report,
            );
        }
    }
}

/// S30: a most-favoured-nation promise with exceptions.
fn mfn(deal: &Deal, report: &mut Report) {
    if let Some(mfn) = &deal.mfn
        && mfn.excludes.is_empty()
    {
        report.push(
            Diagnostic::error(
                Code::MfnWide,
                &mfn.at,
                "this most-favoured-nation promise has no exception",
            )
            .help(
                "list under `excludes` what it does not cover, such as \"deals that are priced for one customer\"; \
                 or leave it out and offer a yearly review of the economics instead",
            ),
        );
    }
}

fn legal(deal: &Deal, report: &mut Report) {
    let liability = &deal.legal.liability;
    if liability.cap_share.is_none() && liability.cap_amount.is_none() {
        report.push(
            Diagnostic::error(Code::NoCap, &liability.at, "nothing limits what a party can owe").help(
                "add `cap_share = \"100%\"` (of what was paid in `lookback`) or `cap_amount = \"USD 250000\"`",
            ),
        );
    }
    if let (Some(share), None) = (&liability.cap_share, &liability.cap_amount)
        && share.is_zero()
    {
        report.push(
            Diagnostic::error(
                Code::NoEffect,
                &share.span,
                "with a cap of 0% nobody ever owes anything",
            )
            .help("write a share such as \"100%\", or add `cap_amount`"),
        );
    }
    let disputes = &deal.legal.disputes;
    match disputes.forum.value {
        Forum::Arbitration if disputes.rules.is_none() => report.push(
            Diagnostic::error(
                Code::MissingPart,
                &disputes.forum.span,
                "an arbitration without rules cannot begin",
            )
            .help("add `rules = \"...\"`, such as \"the Rules of Arbitration of the International Chamber of Commerce\""),
        ),
        Forum::Arbitration | Forum::Courts => {}
    }
    if let Some(audit) = &deal.legal.audit
        && audit.limit.number == 0
    {
        report.push(
            Diagnostic::error(
                Code::NoEffect,
                &audit.limit.span,
                "a right to no audit is none",
            )
            .help("write a limit such as \"1 audit\", or leave `[legal.audit]` out"),
        );
    }
}

/// S23: exclusivity hangs on something that must be reached.
fn commitment(deal: &Deal, report: &mut Report) {
    if let Some(exclusivity) = &deal.exclusivity
        && super::is_nothing(&exclusivity.commitment.amount)
    {
        report.push(
            Diagnostic::error(
                Code::NoEffect,
                &exclusivity.commitment.amount.span,
                "a commitment to nothing keeps exclusivity for ever",
            )
            .help("write what the holder must reach, such as \"6 activations\""),
        );
    }
}
