//! Who brought an account: registrations, evidence, claims, and what follows at its first order.

use super::account::{Account, Claim, Credit, Lost, Standing};
use super::column::Column;
use super::event::Event;
use crate::deal::{BothTouched, Deal};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::{Calendar, Date, Period};

/// The day `period` after `date`. The calendar of a deal has its rule for month ends, so no day is ambiguous.
pub(super) fn after(calendar: &Calendar, date: Date, period: Period) -> Date {
    calendar
        .add(date, period)
        .unwrap_or_else(|both| both.last_day)
}

/// A registration was accepted: it holds from its day, and is a claim of credit with its evidence.
///
/// # Source
///
/// Clauses `registration-validity` and `credit-claims`.
pub(super) fn register(account: &mut Account, event: &Event, deal: &Deal, calendar: &Calendar) {
    let Some(terms) = &deal.registration else {
        return;
    };
    account.registered_until = Some(after(calendar, event.date, terms.valid.value));
    account.registration_renewed = false;
    account.claim = Some(Claim {
        on: event.date,
        with_evidence: true,
    });
}

/// A registration was renewed: once, and before it ended.
///
/// # Errors
///
/// If there is none that holds, it was renewed before, or the deal knows no renewal.
///
/// # Source
///
/// Clause `registration-validity`.
pub(super) fn renew(
    account: &mut Account,
    event: &Event,
    deal: &Deal,
    calendar: &Calendar,
) -> Result<(), Diagnostic> {
    let refuse = |message: String, help: &str| {
        Err(event.error(Code::EventOrder, Column::Kind, message, help))
    };
    let Some(terms) = &deal.registration else {
        return Ok(());
    };
    let Some(renewal) = &terms.renewal else {
        return refuse(
            "the deal does not let a registration be renewed".to_owned(),
            "leave the row out; a new registration is one of its own",
        );
    };
    match account.registered_until {
        None => refuse(
            "the account was not registered before".to_owned(),
            "add the row of its registration, dated before this one",
        ),
        Some(until) if until < event.date => refuse(
            format!("the registration ended on {}", until.print()),
            "a registration that has ended is registered anew: write `registration`",
        ),
        Some(_) if account.registration_renewed => refuse(
            "the registration was renewed before".to_owned(),
            "the deal allows one renewal: leave the row out",
        ),
        Some(until) => {
            account.registered_until = Some(after(calendar, until, renewal.value));
            account.registration_renewed = true;
            Ok(())
        }
    }
}

/// A claim of credit in writing; it counts with evidence of the time before it.
///
/// # Source
///
/// Clause `credit-claims`.
pub(super) fn claim(account: &mut Account, event: &Event, deal: &Deal, calendar: &Calendar) {
    let Some(terms) = &deal.attribution else {
        return;
    };
    let window = terms.window.value;
    let with_evidence = account
        .evidence
        .is_some_and(|evidence| after(calendar, evidence, window) >= event.date);
    account.claim = Some(Claim {
        on: event.date,
        with_evidence,
    });
}

/// Takes over who brought the account, if the row says.
///
/// # Errors
///
/// If an earlier row says something else.
pub(super) fn attribute(account: &mut Account, event: &Event) -> Result<(), Diagnostic> {
    let Some(credit) = event.attribution else {
        return Ok(());
    };
    match account.attribution {
        None => {
            account.attribution = Some(credit);
            account.attributed = Some((std::sync::Arc::clone(&event.row.file), event.row.line));
            Ok(())
        }
        Some(earlier) if earlier == credit => Ok(()),
        Some(earlier) => {
            let place = account
                .attributed
                .as_ref()
                .map(|(file, line)| format!(" at {file}:{line}"))
                .unwrap_or_default();
            Err(event.error(
                Code::EventConflict,
                Column::Attribution,
                format!(
                    "the account `{}` is `{}` here and `{}` before",
                    account.name,
                    credit.as_str(),
                    earlier.as_str()
                ),
                format!("an account keeps what it was at its first order: correct this row, or the one{place}"),
            ))
        }
    }
}

/// What the account earns for, decided once, at its first order or whatever of it counts first.
///
/// # Errors
///
/// If no row says who brought it, and the deal pays by that.
///
/// # Source
///
/// Clauses `attribution` and `credit-claims`.
pub(super) fn settle(
    account: &mut Account,
    event: &Event,
    deal: &Deal,
) -> Result<Standing, Diagnostic> {
    if let Some(standing) = account.standing {
        return Ok(standing);
    }
    let shares = deal
        .economics
        .as_ref()
        .is_some_and(|economics| economics.revenue_share.is_some());
    let Some(credit) = account.attribution else {
        if deal.attribution.is_none() && !shares {
            account.standing = Some(Standing::Full);
            return Ok(Standing::Full);
        }
        return Err(event.error(
            Code::UnmatchedAccount,
            Column::Account,
            format!("no row says who brought the account `{}`", account.name),
            "write sourced, influenced, both or none in the column `attribution` of its first row",
        ));
    };
    let standing = match (credit, &deal.attribution) {
        (Credit::None, _) => Standing::Nothing,
        (Credit::Sourced, _) => Standing::Full,
        (Credit::Influenced | Credit::Both, None) => {
            return Err(event.error(
                Code::EventConflict,
                Column::Attribution,
                format!(
                    "the account is `{}`, and the deal has no rule for that",
                    credit.as_str()
                ),
                "write sourced or none, or add the table `[attribution]` to the deal",
            ));
        }
        (Credit::Influenced, Some(_)) => Standing::Influenced,
        (Credit::Both, Some(terms)) => match terms.both_touched.value {
            BothTouched::Split => Standing::Split,
            BothTouched::Influenced => Standing::Influenced,
            BothTouched::FirstRegistered if account.registered_until.is_some() => Standing::Full,
            BothTouched::FirstRegistered => {
                account.lost = Some(Lost::RegisteredByPayer);
                Standing::Influenced
            }
        },
    };
    let order = account.first_order.unwrap_or(event.date);
    let claimed = match account.claim {
        Some(claim) if claim.on > order => Some(Lost::LateClaim),
        Some(claim) if !claim.with_evidence => Some(Lost::NoEvidence),
        Some(_) | None => None,
    };
    let standing = match (standing, claimed) {
        (Standing::Full | Standing::Split | Standing::Influenced, Some(lost)) => {
            account.lost = Some(lost);
            Standing::Nothing
        }
        (standing, _) => standing,
    };
    account.standing = Some(standing);
    Ok(standing)
}
