//! Time: what outlasts the agreement, what is due on a day when nobody works, what comes out of order.

use super::{FIGURES, surely_longer};
use crate::deal::{Deal, FeePeriod, RenewalKind, ReviewCadence, Reviews};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::{Calendar, Date, DayRule, Period, PeriodUnit};
use std::cmp::Ordering;

pub(super) fn check(deal: &Deal, report: &mut Report) {
    beyond_term(deal, report);
    notice(deal, report);
    notice_day(deal, report);
    cures(deal, report);
    holidays(deal, report);
    reviews(deal, report);
}

/// The last day of the initial term, if the deal says when it starts.
fn end(deal: &Deal) -> Option<Date> {
    let start = deal.agreement.effective.as_ref()?;
    calendar(deal, deal.agreement.business_day_rule.value)
        .term_end(start.value, deal.term.initial.value)
        .ok()
}

fn calendar(deal: &Deal, day_rule: DayRule) -> Calendar {
    Calendar {
        holidays: deal
            .agreement
            .holidays
            .iter()
            .map(|day| day.value)
            .collect(),
        month_end: Some(deal.agreement.month_end.value),
        day_rule,
    }
}

/// What runs from the effective date ends within the term.
fn beyond_term(deal: &Deal, report: &mut Report) {
    let mut clocks: Vec<(&At<Period>, &str)> = Vec::new();
    if let Some(exclusivity) = &deal.exclusivity {
        clocks.push((&exclusivity.period, "exclusivity runs longer than"));
        clocks.push((
            &exclusivity.commitment.within,
            "the commitment falls due after",
        ));
    }
    if let Some(mfn) = &deal.mfn {
        clocks.push((
            &mfn.period,
            "the most-favoured-nation promise runs longer than",
        ));
    }
    for guarantee in &deal.guarantee {
        clocks.push((&guarantee.within, "the guarantee runs longer than"));
    }
    if let Some(spiff) = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.spiff.as_ref())
    {
        clocks.push((&spiff.runs, "the prize runs longer than"));
    }
    if let Some(reviews) = &deal.reviews {
        clocks.extend(
            reviews
                .early
                .iter()
                .map(|early| (early, "this review comes after")),
        );
        let windows = reviews.trigger.iter().map(|trigger| &trigger.window);
        clocks.extend(windows.map(|window| (window, "the trigger looks at a longer time than")));
    }
    if let Some(start) = deal
        .term
        .convenience
        .as_ref()
        .and_then(|leave| leave.not_before.as_ref())
    {
        clocks.push((start, "a party may leave only after"));
    }
    let initial = &deal.term.initial;
    for (clock, what) in clocks {
        if !surely_longer(clock.value, initial.value) {
            continue;
        }
        let message = format!("{what} the term of {}", initial.print(&FIGURES));
        let finding = if deal.term.renewal.is_some() {
            Diagnostic::warning(Code::BeyondTerm, &clock.span, message)
                .note("it holds that long only if the agreement is renewed")
        } else {
            Diagnostic::error(Code::BeyondTerm, &clock.span, message)
        };
        let finding = finding.also(&initial.span, "the term");
        let finding = match end(deal) {
            Some(end) => finding.note(format!("the term ends on {}", end.print())),
            None => finding,
        };
        report.push(finding.help("shorten it, or lengthen `term.initial`"));
    }
    if let Some(exclusivity) = &deal.exclusivity {
        let within = &exclusivity.commitment.within;
        if surely_longer(within.value, exclusivity.period.value) {
            report.push(
                Diagnostic::error(
                    Code::BeyondTerm,
                    &within.span,
                    "exclusivity is over before its commitment is due",
                )
                .also(&exclusivity.period.span, "how long exclusivity lasts")
                .help("let the commitment fall due within the period of exclusivity"),
            );
        }
    }
}

/// Notice that must be given before there is anything to end.
fn notice(deal: &Deal, report: &mut Report) {
    let mut too_long = |notice: &At<Period>, of: &At<Period>, what: &str| {
        let equal = notice.compare(of.value).is_some_and(Ordering::is_eq);
        if equal || surely_longer(notice.value, of.value) {
            let message = format!(
                "a notice of {} does not fit into {what} of {}",
                notice.print(&FIGURES),
                of.print(&FIGURES)
            );
            report.push(
                Diagnostic::error(Code::NoticeTooLong, &notice.span, message)
                    .also(&of.span, what)
                    .help("shorten the notice, or nobody could ever give it in time"),
            );
        }
    };
    if let Some(renewal) = &deal.term.renewal {
        too_long(&renewal.notice, &deal.term.initial, "the initial term");
        too_long(&renewal.notice, &renewal.period, "a renewal");
    }
    // In a renewal even a long notice has its use.
    if let (Some(convenience), None) = (&deal.term.convenience, &deal.term.renewal) {
        too_long(&convenience.notice, &deal.term.initial, "the initial term");
    }
}

/// The last day for notice is a day on which somebody can give it.
fn notice_day(deal: &Deal, report: &mut Report) {
    let (Some(renewal), Some(end)) = (&deal.term.renewal, end(deal)) else {
        return;
    };
    let rule = &deal.agreement.business_day_rule;
    let plain = calendar(deal, DayRule::None);
    if rule.value != DayRule::None {
        return;
    }
    let Ok((day, _)) = plain.notice_deadline(end, renewal.notice.value) else {
        return;
    };
    if plain.is_business_day(day) {
        return;
    }
    let kind = if day.is_weekend() { "" } else { ", a holiday" };
    let purpose = match renewal.kind.value {
        RenewalKind::Automatic => "to end the agreement",
        RenewalKind::ByAgreement => "to ask for a renewal",
    };
    let moved = |rule| calendar(deal, rule).adjust(day);
    let (before, after) = (moved(DayRule::Previous), moved(DayRule::Following));
    report.push(
        Diagnostic::warning(
            Code::NoticeDay,
            &renewal.notice.span,
            format!(
                "the last day for notice {purpose} is {} {}{kind}",
                day.weekday(),
                day.print()
            ),
        )
        .also(&rule.span, "days stay as they are")
        .note(format!(
            "the term ends on {} {}",
            end.weekday(),
            end.print()
        ))
        .help(format!(
            "write `business_day_rule = \"previous\"` for {} {}, or \"following\" for {} {}",
            before.weekday(),
            before.print(),
            after.weekday(),
            after.print()
        )),
    );
}

/// A time to mend something is shorter than what it mends.
fn cures(deal: &Deal, report: &mut Report) {
    let mut too_long = |cure: &At<Period>, what: &str, whole: Period, of: &str, at: &Span| {
        if surely_longer(cure.value, whole) {
            let message = format!(
                "{what} may be mended for {}, longer than {of} of {}",
                cure.print(&FIGURES),
                whole.print(&FIGURES)
            );
            report.push(
                Diagnostic::error(Code::CureTooLong, &cure.span, message)
                    .also(at, of)
                    .help("shorten the time to mend it, or nothing ever follows from it"),
            );
        }
    };
    let initial = &deal.term.initial;
    too_long(
        &deal.term.cure,
        "a breach",
        initial.value,
        "the term",
        &initial.span,
    );
    if let Some(cure) = &deal.term.payment_cure {
        too_long(
            cure,
            "a late payment",
            initial.value,
            "the term",
            &initial.span,
        );
    }
    if let Some(exclusivity) = &deal.exclusivity {
        let period = &exclusivity.period;
        too_long(
            &exclusivity.cure,
            "a miss",
            period.value,
            "the exclusivity",
            &period.span,
        );
    }
    if let Some(minimum) = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.minimum.as_ref())
    {
        let unit = match minimum.per.value {
            FeePeriod::Month => PeriodUnit::Month,
            FeePeriod::Quarter => PeriodUnit::Quarter,
            FeePeriod::Year => PeriodUnit::Year,
        };
        let period = Period::new(1, unit);
        too_long(
            &minimum.cure,
            "a miss",
            period,
            "the period",
            &minimum.per.span,
        );
    }
}

/// A list of holidays that stops before the term does would count business days wrongly.
fn holidays(deal: &Deal, report: &mut Report) {
    let last = deal.agreement.holidays.iter().max_by_key(|day| day.value);
    let (Some(last), Some(end)) = (last, end(deal)) else {
        return;
    };
    if last.value.year() < end.year() {
        let message = format!(
            "the holidays stop in {}, and the term runs to {}",
            last.value.year(),
            end.print()
        );
        report.push(
            Diagnostic::warning(Code::HolidaysEnd, &last.span, message)
                .also(&deal.term.initial.span, "the term")
                .help(format!(
                    "add the holidays up to {}: business days after the last of them are counted without any",
                    end.year()
                )),
        );
    }
}

/// S4: a deal looks at itself before it is over, in order.
fn reviews(deal: &Deal, report: &mut Report) {
    let initial = &deal.term.initial;
    let quarter = Period::new(1, PeriodUnit::Quarter);
    let Some(reviews) = &deal.reviews else {
        if surely_longer(initial.value, quarter) {
            report.push(
                Diagnostic::error(
                    Code::NoReview,
                    &initial.span,
                    format!("a deal of {} has no review", initial.print(&FIGURES)),
                )
                .help(
                    "add `[reviews]`, for example `early = [\"30 days\", \"60 days\", \"90 days\"]` and \
                     `regular = \"quarterly\"`",
                ),
            );
        }
        return;
    };
    let cadence = Period::new(
        match reviews.regular.value {
            ReviewCadence::Monthly => 1,
            ReviewCadence::Quarterly => 3,
            ReviewCadence::HalfYearly => 6,
            ReviewCadence::Yearly => 12,
        },
        PeriodUnit::Month,
    );
    if reviews.early.is_empty() && !surely_longer(initial.value, cadence) {
        report.push(
            Diagnostic::error(
                Code::NoReview,
                &reviews.regular.span,
                "the first review comes when the term is over",
            )
            .also(&initial.span, "the term")
            .help("add an early review such as `early = [\"30 days\"]`, or review more often"),
        );
    }
    review_order(reviews, cadence, report);
    if let Some(window) = &reviews.annual_window
        && surely_longer(Period::new(1, PeriodUnit::Year), initial.value)
    {
        report.push(
            Diagnostic::warning(
                Code::NoEffect,
                &window.span,
                "the term is over before its first anniversary, so this window never opens",
            )
            .also(&initial.span, "the term")
            .help("leave `annual_window` out"),
        );
    }
}

fn review_order(reviews: &Reviews, cadence: Period, report: &mut Report) {
    for pair in reviews.early.windows(2) {
        if let [one, two] = pair
            && !surely_longer(two.value, one.value)
        {
            report.push(
                Diagnostic::error(
                    Code::ReviewOrder,
                    &two.span,
                    format!(
                        "the review after {} does not come after the one before it",
                        two.print(&FIGURES)
                    ),
                )
                .also(&one.span, "the one before")
                .help("write each early review once, in the order of time"),
            );
        }
    }
    if surely_longer(reviews.within.value, cadence) {
        report.push(
            Diagnostic::error(
                Code::ReviewOrder,
                &reviews.within.span,
                "a review would be held after the next one is due",
            )
            .also(&reviews.regular.span, "how often")
            .help("shorten `within`, or review less often"),
        );
    }
    if let Some(window) = &reviews.annual_window
        && surely_longer(window.value, Period::new(1, PeriodUnit::Year))
    {
        report.push(
            Diagnostic::error(
                Code::ReviewOrder,
                &window.span,
                "a window that opens each year is longer than a year",
            )
            .help("shorten `annual_window`"),
        );
    }
}
