//! What accounts with a part of the credit do not earn.

use super::statement::{Base, Line, Model};
use super::{Checked, revenue_share};
use crate::deal::{Attribution, Reward};
use crate::source::Span;
use crate::units::{Money, Rate};

/// What an account whose credit is split earns, of what it would with full credit. Until the parties have agreed on
/// a proportion, it is what an influenced account earns.
///
/// # Source
///
/// Clause `attribution`, its paragraph on accounts that both teams touched.
pub(super) fn split_share(attribution: &Attribution) -> Rate {
    let split = attribution.split.as_ref();
    split.map_or(attribution.influenced_share.value, |split| split.value)
}

/// What is taken off the commission of accounts whose credit is split, of which the other lines hold all.
///
/// Shape: commission with full credit, times the part that is not the payee's, below nothing.
///
/// # Errors
///
/// If the deal does not know split credit, and beyond 28 digits.
///
/// # Source
///
/// Clause `attribution`.
pub(super) fn split(full: Money, share: Option<Rate>, at: &Span) -> Checked<Option<Line>> {
    reduced(Model::Split, full, share, at)
}

/// What is taken off the sums that tiers pay for results of influenced accounts, of which the tiers hold all.
///
/// Shape: sums in full, times the part that an influenced account does not earn, below nothing.
///
/// # Errors
///
/// If influenced accounts have no share, and beyond 28 digits.
///
/// # Source
///
/// Clause `attribution`.
pub(super) fn influenced(full: Money, share: Option<Rate>, at: &Span) -> Checked<Option<Line>> {
    reduced(Model::Influenced, full, share, at)
}

fn reduced(model: Model, full: Money, share: Option<Rate>, at: &Span) -> Checked<Option<Line>> {
    if full.is_zero() {
        return Ok(None);
    }
    let pays = Reward::Rate(revenue_share::influenced(share, at)?.rest());
    let line = Line::earn(model, Base::Money(full), pays, None, at)?;
    line.taken_off(at).map(Some)
}
