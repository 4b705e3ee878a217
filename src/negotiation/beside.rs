//! What the negotiation file says of things that the deal has too: the currency of sums, the days of meetings.
//!
//! In: the file, the deal. Out: findings at the file's own places.

use super::Confidential;
use super::file::File;
use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::Money;

/// Sums in another currency cannot be set against the deal.
pub(super) fn currency(file: &File, deal: &Deal, report: &mut Report) {
    let Some(economics) = &deal.economics else {
        return;
    };
    let estimate = file.estimate.as_ref().map(Confidential::reveal);
    let mut sums: Vec<&At<Money>> = Vec::new();
    sums.extend(estimate.and_then(|estimate| estimate.partner_cost.as_ref()));
    let worth = file.issue.iter().filter_map(|issue| issue.worth.as_ref());
    let value = file.alternative.iter().filter_map(|one| one.value.as_ref());
    let trades = file.trade.iter().flat_map(|one| [&one.cost, &one.gain]);
    sums.extend(
        worth
            .chain(value)
            .chain(trades.flatten())
            .map(Confidential::reveal),
    );
    let agreed = economics.currency.value.0;
    for sum in sums.iter().filter(|sum| sum.value.currency() != agreed) {
        let message = format!(
            "this is in {}, the economics of the deal are in {}",
            sum.value.currency().code(),
            agreed.code()
        );
        report.push(
            Diagnostic::error(Code::CurrencyMix, &sum.span, message)
                .help(format!("write the sum in {}", agreed.code())),
        );
    }
}

/// Notes of a meeting that both sides' record does not have are notes of none.
pub(super) fn meetings(file: &File, deal: &Deal, report: &mut Report) {
    let days: Vec<String> = deal.meeting.iter().map(|one| one.date.iso()).collect();
    for meeting in &file.meeting {
        let date = &meeting.date;
        if days.contains(&date.iso()) {
            continue;
        }
        let help = if days.is_empty() {
            "record it with `engross meeting` first".to_owned()
        } else {
            format!(
                "the deal has meetings of {}; `engross meeting` records another",
                days.join(", ")
            )
        };
        report.push(
            Diagnostic::error(
                Code::UnknownName,
                &date.span,
                format!("the deal has no meeting of {}", date.print()),
            )
            .help(help),
        );
    }
}
