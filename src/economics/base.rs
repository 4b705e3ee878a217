//! The revenue base: from one invoice to net revenue, item by item.

use super::{Checked, exact, foreign};
use crate::deal::{Economics, RevenueBase, Treatment};
use crate::source::At;
use crate::units::Money;

/// Net revenue of one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetRevenue {
    /// The fees at list price, and every item that the invoice has, in the order of the deal file.
    pub lines: Vec<BaseLine>,
    /// What a share is paid of: the sum of the effects.
    pub net: Money,
}

/// One item of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseLine {
    /// Which.
    pub item: Item,
    /// How much it is.
    pub amount: Money,
    /// How it counts; none for the list fees, which net revenue begins with.
    pub treatment: Option<Treatment>,
    /// What it adds to net revenue: the amount, nothing, or less than nothing.
    pub effect: Money,
}

/// An item of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// Fees at list price.
    ListFees,
    /// Discounts given to the customer.
    Discounts,
    /// Refunds and credits.
    Refunds,
    /// Chargebacks.
    Chargebacks,
    /// Sales tax, value added tax and duties.
    Taxes,
    /// One-off fees for set-up.
    SetupFees,
    /// Fees for services.
    Services,
    /// Costs passed on to the customer.
    PassThrough,
    /// Sums that the customer has not paid.
    Uncollected,
}

impl Item {
    /// The key of the item in `economics.base` and its example.
    pub fn key(self) -> &'static str {
        match self {
            Item::ListFees => "list_fees",
            Item::Discounts => "discounts",
            Item::Refunds => "refunds",
            Item::Chargebacks => "chargebacks",
            Item::Taxes => "taxes",
            Item::SetupFees => "setup_fees",
            Item::Services => "services",
            Item::PassThrough => "pass_through",
            Item::Uncollected => "uncollected",
        }
    }

    /// Whether the list fees contain the item; the others are charged on top of them.
    pub fn within_list_fees(self) -> bool {
        match self {
            Item::ListFees
            | Item::Discounts
            | Item::Refunds
            | Item::Chargebacks
            | Item::Uncollected => true,
            Item::Taxes | Item::SetupFees | Item::Services | Item::PassThrough => false,
        }
    }
}

/// Net revenue of the example invoice; none if the deal has no base or no example.
///
/// Shape: list fees plus the effect of each item. The list fees contain what was discounted, refunded, charged back
/// or not collected: included, such a sum stays in; excluded or deducted, it comes out. Taxes, set-up fees, services
/// and costs passed on stand on top: included, they are added; excluded, they are left aside; deducted, they come
/// out.
///
/// # Errors
///
/// If an amount is in another currency than the deal's, and beyond 28 digits.
///
/// # Source
///
/// Clause `revenue-base`.
pub fn base(economics: &Economics) -> Checked<Option<NetRevenue>> {
    let Some(base) = &economics.base else {
        return Ok(None);
    };
    let Some(example) = &base.example else {
        return Ok(None);
    };
    let currency = economics.currency.0;
    let nothing = Money::zero(currency);
    let mut lines = Vec::new();
    let mut net = nothing;
    let items: [(Item, Option<&At<Money>>); 9] = [
        (Item::ListFees, Some(&example.list_fees)),
        (Item::Discounts, example.discounts.as_ref()),
        (Item::Refunds, example.refunds.as_ref()),
        (Item::Chargebacks, example.chargebacks.as_ref()),
        (Item::Taxes, example.taxes.as_ref()),
        (Item::SetupFees, example.setup_fees.as_ref()),
        (Item::Services, example.services.as_ref()),
        (Item::PassThrough, example.pass_through.as_ref()),
        (Item::Uncollected, example.uncollected.as_ref()),
    ];
    for (item, amount) in items {
        let Some(amount) = amount else {
            continue;
        };
        if amount.currency() != currency {
            return Err(foreign(amount.value, &amount.span, currency.code()));
        }
        let treatment = treatment(base, item);
        let effect = match (item.within_list_fees(), treatment) {
            (true, None) | (false, None | Some(Treatment::Included)) => amount.value,
            (true, Some(Treatment::Included)) | (false, Some(Treatment::Excluded)) => nothing,
            (true, Some(Treatment::Excluded | Treatment::Deducted))
            | (false, Some(Treatment::Deducted)) => {
                exact::difference(nothing, amount.value, &amount.span)?
            }
        };
        net = exact::sum(net, effect, &amount.span)?;
        lines.push(BaseLine {
            item,
            amount: amount.value,
            treatment,
            effect,
        });
    }
    Ok(Some(NetRevenue { lines, net }))
}

fn treatment(base: &RevenueBase, item: Item) -> Option<Treatment> {
    let treatment = match item {
        Item::ListFees => return None,
        Item::Discounts => &base.discounts,
        Item::Refunds => &base.refunds,
        Item::Chargebacks => &base.chargebacks,
        Item::Taxes => &base.taxes,
        Item::SetupFees => &base.setup_fees,
        Item::Services => &base.services,
        Item::PassThrough => &base.pass_through,
        Item::Uncollected => &base.uncollected,
    };
    Some(treatment.value)
}
