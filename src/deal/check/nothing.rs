//! Sums, shares and counts of nothing: a prize of USD 0 is a leftover of a template or a slip.
//!
//! Zero is a fine value in many places: a tier that pays nothing, a trigger at zero complaints. These are not.

use super::places::{Place, Places};
use crate::deal::fact::Fact;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::units::Measure;

/// Where nothing makes no sense, and what to leave out instead.
#[rustfmt::skip]
const TERMS: &[(&str, &str)] = &[
    ("attribution.split", "`both_touched = \"influenced\"` says that a touched account earns what an influenced one does"),
    ("economics.bounty.amount", "leave `economics.bounty` out"),
    ("economics.cap.amount", "leave `economics.cap` out"),
    ("economics.fixed_fee.amount", "leave `economics.fixed_fee` out"),
    ("economics.floor.amount", "leave `economics.floor` out"),
    ("economics.payment.late_interest", "leave it out"),
    ("economics.payment.least", "leave it out"),
    ("economics.payment.stage.share", "leave the stage out"),
    ("economics.referral_fee.cap", "leave it out"),
    ("economics.referral_fee.fee", "leave `economics.referral_fee` out"),
    ("economics.revenue_share.renewal.rate", "leave `economics.revenue_share.renewal` out"),
    ("economics.spiff.amount", "leave `economics.spiff` out"),
    ("economics.spiff.cap", "leave `economics.spiff` out"),
    ("guarantee.cap", "leave the guarantee out"),
    ("investment.item.budget", "leave the project out"),
    ("legal.insurance.amount", "leave that insurance out"),
    ("legal.liability.cap_amount", "leave it out: a cap of nothing would exclude all liability"),
    ("legal.liability.cap_share", "leave it out: a cap of nothing would exclude all liability"),
    ("term.renewal.limit", "leave `term.renewal` out"),
];

pub(super) fn check(places: &Places<'_>, report: &mut Report) {
    // Few values are nothing, so that is asked before their paths are looked up.
    for (path, place) in places.iter().filter(|(_, place)| is_nothing(place)) {
        let Some((_, help)) = TERMS.iter().find(|(term, _)| is_at(path, term)) else {
            continue;
        };
        report.push(
            Diagnostic::error(
                Code::NoEffect,
                &place.at,
                format!("{} is nothing", place.at.text()),
            )
            .help(format!("write what was agreed, or {help}")),
        );
    }
}

/// Whether `path` is `term`, but for the places in lists.
fn is_at(path: &str, term: &str) -> bool {
    let is_index = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
    path.split('.').filter(is_index).eq(term.split('.'))
}

fn is_nothing(place: &Place<'_>) -> bool {
    match &place.fact {
        Fact::Money(money) => money.is_zero(),
        Fact::Rate(rate) => rate.fraction().is_zero(),
        Fact::Count(count) => count.number == 0,
        Fact::Measure(Measure::Money(money)) => money.is_zero(),
        Fact::Measure(Measure::Rate(rate)) => rate.fraction().is_zero(),
        Fact::Measure(Measure::Count(count)) => count.number == 0,
        Fact::Measure(Measure::Period(_))
        | Fact::Absent
        | Fact::Flag(_)
        | Fact::Number(_)
        | Fact::Text(_)
        | Fact::Period(_)
        | Fact::Date(_)
        | Fact::Name(_, _)
        | Fact::List(_)
        | Fact::Record(_) => false,
    }
}
