//! What the parties share: marks, data, spending, and the risk that one takes off the other.

use super::FIGURES;
use super::accounts::ladder_exists;
use crate::deal::{Brand, BrandSilence, DataItem, DataSharing, Deal, Guarantee, Investment};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::{Decimal, Measure};

pub(super) fn check(deal: &Deal, report: &mut Report) {
    if let Some(brand) = &deal.brand {
        approvals(deal, brand, report);
    }
    if let Some(data) = &deal.data {
        items(deal, data, report);
    }
    for investment in &deal.investment {
        shares(investment, report);
    }
    for guarantee in &deal.guarantee {
        cap(guarantee, report);
    }
}

/// S26: what, by whom, in what time, and what silence means.
fn approvals(deal: &Deal, brand: &Brand, report: &mut Report) {
    if brand.approval.is_empty() {
        report.push(
            Diagnostic::error(
                Code::NoApprovals,
                &brand.at,
                "marks are shared, and nothing says what needs approval",
            )
            .help(
                "add tables `[[brand.approval]]`, such as `asset = \"Press releases\"`, with who submits, who \
                 approves, in what time, and what silence means",
            ),
        );
    }
    let party = |role: &str| {
        let role = deal.role.iter().find(|known| known.id.as_str() == role);
        role.map(|role| role.party.id())
    };
    for approval in &brand.approval {
        let (submitter, approver) = (&approval.submitted_by, &approval.approver);
        if party(submitter.id()).is_some() && party(submitter.id()) == party(approver.id()) {
            report.push(
                Diagnostic::error(
                    Code::SelfApproval,
                    &approver.span,
                    "one party submits this and approves it too",
                )
                .also(&submitter.span, "submitted by the same party")
                .help("name an approver of the other party, whose marks they are"),
            );
        }
        match approval.silence.value {
            BrandSilence::Escalated => ladder_exists(deal, &approval.silence.span, report),
            BrandSilence::DeemedApproved | BrandSilence::DeemedRejected => {}
        }
    }
}

/// S27: a purpose, a footing, and something in return for more than is needed.
fn items(deal: &Deal, data: &DataSharing, report: &mut Report) {
    for item in &data.item {
        item_alone(item, report);
    }
    let personal = data.item.iter().find(|item| item.personal.value);
    if let (Some(item), None) = (personal, &deal.protection.personal_data) {
        report.push(
            Diagnostic::error(
                Code::MissingPart,
                &item.personal.span,
                "personal data is shared, and nothing protects it",
            )
            .help("add `[protection.personal_data]` with the laws that apply and the time to report a breach"),
        );
    }
}

fn item_alone(item: &DataItem, report: &mut Report) {
    if item.from.id() == item.to.id() {
        report.push(
            Diagnostic::error(
                Code::SameParty,
                &item.to.span,
                format!("`{}` would share data with itself", item.to.id()),
            )
            .also(&item.from.span, "the giver")
            .help("name the other party in `to`"),
        );
    }
    if item.personal.value && item.footing.is_none() {
        report.push(
            Diagnostic::error(
                Code::NoFooting,
                &item.personal.span,
                "people can be known from this data, and nothing says on what legal footing it is shared",
            )
            .help("add `footing = \"...\"`, such as \"legitimate interests\" or \"consent of the person\""),
        );
    }
    let deeper = item.deeper.as_ref().filter(|deeper| deeper.value);
    match (deeper, &item.in_return) {
        (Some(deeper), None) => report.push(
            Diagnostic::error(
                Code::NothingInReturn,
                &deeper.span,
                "deeper access is given and nothing is given for it",
            )
            .help("add `in_return = \"...\"`: what the other party does for it, as a noun phrase"),
        ),
        (None, Some(in_return)) => report.push(
            Diagnostic::warning(
                Code::NoEffect,
                &in_return.span,
                "`in_return` has no effect, as this item goes no deeper than needed",
            )
            .help("add `deeper = true`, or leave `in_return` out"),
        ),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

/// S28: the parts make the whole.
fn shares(investment: &Investment, report: &mut Report) {
    for (index, share) in investment.share.iter().enumerate() {
        let before = &investment.share[..index];
        if let Some(first) = before
            .iter()
            .find(|other| other.party.id() == share.party.id())
        {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &share.party.span,
                    format!("`{}` has two shares", share.party.id()),
                )
                .also(&first.party.span, "the first one")
                .help("write one share for each party"),
            );
        }
    }
    let sum: Decimal = investment
        .share
        .iter()
        .map(|share| share.share.percent())
        .sum();
    if sum == Decimal::ONE_HUNDRED {
        return;
    }
    let Some(last) = investment.share.last() else {
        report.push(
            Diagnostic::error(
                Code::SumOfParts,
                &investment.budget.span,
                "nothing says who pays this budget",
            )
            .help("add tables `[[investment.share]]`, one for each party, which sum to 100%"),
        );
        return;
    };
    let shares: Vec<String> = investment
        .share
        .iter()
        .map(|share| share.share.print(&FIGURES))
        .collect();
    report.push(
        Diagnostic::error(
            Code::SumOfParts,
            &last.share.span,
            format!(
                "the shares come to {}%: {}",
                sum.normalize(),
                shares.join(" + ")
            ),
        )
        .also(&investment.what.span, "of this")
        .help("let the shares of the parties sum to 100%"),
    );
}

/// S29: exposure has a cap.
fn cap(guarantee: &Guarantee, report: &mut Report) {
    let kind = match guarantee.cap.value {
        Measure::Money(_) | Measure::Period(_) => return,
        Measure::Rate(_) => "a share",
        Measure::Count(_) => "a count",
    };
    report.push(
        Diagnostic::error(
            Code::NoCap,
            &guarantee.cap.span,
            format!("`{}` is {kind}, which does not limit what the guarantee costs", guarantee.cap.span.text()),
        )
        .help("write the most that it can cost: a sum such as \"USD 15000\" or a time such as \"90 days\""),
    );
}
