//! A share of net revenue: first term, renewals, and the lower shares of older accounts.

use super::Checked;
use super::statement::{Base, Line, Model, Step};
use super::volumes::{Aged, CustomerTerm, Volumes};
use crate::deal::{RevenueShare, Reward, StepDown};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{At, Span};
use crate::units::{Money, Period, Rate};

/// What the share pays for one period, tiers aside.
///
/// Shape: revenue times rate, and for influenced accounts times `influenced_share`. The first term pays its rate if
/// there is one; tiers pay on top of it, or alone. Renewals pay theirs, none if the deal has none, and nothing while the
/// partner is not engaged where the deal asks for it. Once an account's first invoice is as many months ago as a
/// step-down says, its share replaces the rate of the first term and of renewals, outside the tiers; once it is as
/// many months ago as the limit says, the account earns nothing.
///
/// # Errors
///
/// If influenced revenue has no share, if a step-down or the limit does not count in months, beyond 28 digits.
///
/// # Source
///
/// Clauses `revenue-share` and `renewal-share`; `attribution` for influenced accounts.
pub(super) fn lines(
    share: &RevenueShare,
    volumes: &Volumes,
    influenced_share: Option<Rate>,
) -> Checked<Vec<Line>> {
    let at = &share.at;
    let mut lines = Vec::new();
    if let Some(first) = &share.first_term {
        lines.extend(line(
            Model::FirstTerm,
            volumes.sourced,
            first.value,
            None,
            at,
        )?);
        if !volumes.influenced.is_zero() {
            let factor = influenced(influenced_share, at)?;
            let revenue = volumes.influenced;
            lines.extend(line(
                Model::FirstTerm,
                revenue,
                first.value,
                Some(factor),
                at,
            )?);
        }
    }
    if let Some(renewal) = &share.renewal {
        let rate = renewal.rate.value;
        lines.extend(line(Model::Renewal, volumes.renewal, rate, None, at)?);
        if renewal.while_engaged.is_empty() {
            let revenue = volumes.renewal_unengaged;
            lines.extend(line(Model::Renewal, revenue, rate, None, at)?);
        } else if let Some(unpaid) = line(
            Model::Renewal,
            volumes.renewal_unengaged,
            Rate::zero(),
            None,
            at,
        )? {
            lines.push(unpaid.after(Step::NotEngaged));
        }
    }
    for aged in &volumes.aged {
        lines.extend(of_age(share, aged, influenced_share)?);
    }
    Ok(lines)
}

/// What the revenue of accounts of one age earns.
fn of_age(
    share: &RevenueShare,
    aged: &Aged,
    influenced_share: Option<Rate>,
) -> Checked<Option<Line>> {
    let at = &share.at;
    let factor = if aged.influenced {
        Some(influenced(influenced_share, at)?)
    } else {
        None
    };
    let rate = match aged.term {
        CustomerTerm::First => share.first_term.as_ref().map(|rate| rate.value),
        CustomerTerm::Renewal => share.renewal.as_ref().map(|renewal| renewal.rate.value),
    };
    let step_down = step_down(share, aged.months)?;
    let (model, pays) = match (aged.term, rate, step_down) {
        // No share of renewals: there is nothing to step down from.
        (CustomerTerm::Renewal, None, _) => return Ok(None),
        (CustomerTerm::First, None, None) => {
            return Err(Diagnostic::error(
                Code::WrongType,
                at,
                "the tiers pay for first-term revenue of this age, and it was not counted there",
            )
            .help("count it as sourced or influenced revenue"));
        }
        (_, _, Some(step)) => (Model::StepDown, step.rate.value),
        (CustomerTerm::First, Some(rate), None) => (Model::FirstTerm, rate),
        (CustomerTerm::Renewal, Some(rate), None) => (Model::Renewal, rate),
    };
    if let Some(limit) = &share.limit
        && aged.months >= months(limit)?
    {
        let unpaid = line(model, aged.revenue, Rate::zero(), factor, at)?;
        return Ok(unpaid.map(|line| {
            line.after(Step::Ended {
                months: aged.months,
                limit: limit.value,
            })
        }));
    }
    let engagement = share
        .renewal
        .as_ref()
        .is_some_and(|renewal| !renewal.while_engaged.is_empty());
    if aged.term == CustomerTerm::Renewal && engagement && !aged.engaged {
        let unpaid = line(model, aged.revenue, Rate::zero(), factor, at)?;
        return Ok(unpaid.map(|line| line.after(Step::NotEngaged)));
    }
    let paid = line(model, aged.revenue, pays, factor, at)?;
    Ok(match step_down {
        None => paid,
        Some(step) => paid.map(|line| {
            line.after(Step::StepDown {
                months: aged.months,
                after: step.after.value,
                rate: step.rate.value,
            })
        }),
    })
}

/// The step-down of an account of so many months: the latest that it has come to.
fn step_down(share: &RevenueShare, age: u32) -> Checked<Option<&StepDown>> {
    let mut latest: Option<(u32, &StepDown)> = None;
    for step in &share.step_down {
        let after = months(&step.after)?;
        if age >= after && latest.is_none_or(|(months, _)| after >= months) {
            latest = Some((after, step));
        }
    }
    Ok(latest.map(|(_, step)| step))
}

/// How many months a period is; an error for days and weeks, which are no part of a month.
fn months(period: &At<Period>) -> Checked<u32> {
    period.months().ok_or_else(|| {
        Diagnostic::error(
            Code::WrongType,
            &period.span,
            "the age of an account is counted in months",
        )
        .help("write months, quarters or years, such as \"36 months\"")
    })
}

/// What an influenced account earns, of what a sourced one would.
pub(super) fn influenced(share: Option<Rate>, at: &Span) -> Checked<Rate> {
    share.ok_or_else(|| {
        Diagnostic::error(
            Code::MissingKey,
            at,
            "there is influenced revenue, and nothing says what share of the rate it earns",
        )
        .help("add `influenced_share` to `[attribution]`")
    })
}

fn line(
    model: Model,
    revenue: Money,
    rate: Rate,
    factor: Option<Rate>,
    at: &Span,
) -> Checked<Option<Line>> {
    if revenue.is_zero() {
        return Ok(None);
    }
    Line::earn(model, Base::Money(revenue), Reward::Rate(rate), factor, at).map(Some)
}
