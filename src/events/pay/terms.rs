//! The terms of a deal as they concern single events.

use crate::deal::{Computation, Deal, Economics, FromEvents, RevenueShare, Reward};
use crate::diagnostic::{Code, Diagnostic};
use crate::economics::{Checked, Climb};
use crate::events::account::{Account, Standing};
use crate::events::claims::after;
use crate::events::column::Column;
use crate::events::event::Event;
use crate::events::ledger::What;
use crate::source::Span;
use crate::units::{Calendar, Currency, Date, Decimal, Money, Rate};

/// The terms of a deal that single events meet.
#[derive(Debug, Clone)]
pub(super) struct Terms<'a> {
    pub(super) deal: &'a Deal,
    pub(super) economics: &'a Economics,
    pub(super) currency: Currency,
    pub(super) climb: Option<Climb<'a>>,
    pub(super) tier_metric: Option<&'a FromEvents>,
    pub(super) spiff_metric: Option<&'a FromEvents>,
    /// The last day of the prize for a limited time.
    pub(super) spiff_until: Option<Date>,
    pub(super) influenced_share: Option<Rate>,
    pub(super) split_share: Option<Rate>,
    /// The months from which another share holds: step-downs and the limit, from the lowest.
    bands: Vec<u16>,
    /// The share of a commission that later stages hold back.
    pub(super) held: Decimal,
    /// Whether the day on which something was earned matters later: for stages, or for what a cap cuts off.
    pub(super) dated: bool,
    /// For each segment, its bonus.
    bonuses: Vec<Option<u16>>,
    /// The day from which the tiers are what they are.
    pub(super) tiers_since: Date,
    /// The day from which the referral fee is.
    pub(super) referral_since: Date,
}

/// What an amendment changes of terms that look back on what was earned before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// The tiers.
    pub tiers: bool,
    /// The referral fee.
    pub referral: bool,
}

impl<'a> Terms<'a> {
    pub(super) fn of(deal: &'a Deal, effective: Date, calendar: &Calendar) -> Checked<Terms<'a>> {
        let Some(economics) = &deal.economics else {
            return Err(
                Diagnostic::error(Code::MissingKey, &deal.at, "the deal has no economics")
                    .help("add the table `[economics]`"),
            );
        };
        let from_events = |id: &str| {
            deal.metric(id)
                .and_then(|metric| metric.from_events.as_ref())
        };
        let attribution = deal.attribution.as_ref();
        Ok(Terms {
            deal,
            economics,
            currency: economics.currency.value.0,
            climb: Climb::of(deal)?,
            tier_metric: economics
                .tiers
                .as_ref()
                .and_then(|tiers| from_events(tiers.metric.id())),
            spiff_metric: economics
                .spiff
                .as_ref()
                .and_then(|spiff| from_events(spiff.metric.id())),
            spiff_until: economics
                .spiff
                .as_ref()
                .map(|spiff| after(calendar, effective, spiff.runs.value).plus_days(-1)),
            influenced_share: attribution.map(|terms| terms.influenced_share.value),
            split_share: attribution.map(|terms| {
                terms
                    .split
                    .as_ref()
                    .map_or(terms.influenced_share.value, |split| split.value)
            }),
            bands: economics
                .revenue_share
                .as_ref()
                .map(bands)
                .unwrap_or_default(),
            held: economics
                .payment
                .stage
                .iter()
                .skip(1)
                .map(|stage| stage.share.value.fraction())
                .sum(),
            dated: economics.cap.is_some() || economics.payment.stage.len() > 1,
            bonuses: bonuses(deal, economics)?,
            tiers_since: Date::MIN,
            referral_since: Date::MIN,
        })
    }

    /// Takes over from the terms before how long each has been what it is.
    pub(super) fn follow(&mut self, before: &Terms<'_>, day: Date, moved: Moved) {
        let since = |moved: bool, before: Date| if moved { day } else { before };
        self.tiers_since = since(moved.tiers, before.tiers_since);
        self.referral_since = since(moved.referral, before.referral_since);
    }

    /// The highest band that an age has come to; 0 for none.
    pub(super) fn band(&self, months: u16) -> u16 {
        let reached = self.bands.iter().rev().find(|band| months >= **band);
        reached.copied().unwrap_or(0)
    }

    /// The bonus of an account: the higher one if it is in two segments.
    pub(super) fn bonus(&self, account: &Account) -> Option<(u16, Reward)> {
        let of = |segment: &u16| {
            let bonus = self.bonuses.get(usize::from(*segment)).copied().flatten()?;
            let pays = self.economics.bonus.get(usize::from(bonus))?.pays.value;
            Some((bonus, pays))
        };
        account
            .segments
            .iter()
            .filter_map(of)
            .max_by_key(|(bonus, pays)| {
                let worth = match pays {
                    Reward::Rate(rate) => rate.fraction(),
                    Reward::Each(money) => money.amount(),
                };
                // Of two alike, the first.
                (worth, u16::MAX - bonus)
            })
    }

    pub(super) fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.currency)
    }

    /// A share of an amount, exact.
    pub(super) fn share(amount: Decimal, share: Rate, at: &Span) -> Checked<Decimal> {
        exact_product(amount, share.fraction()).ok_or_else(|| too_large(at))
    }
}

/// The exact product; `None` beyond what can be computed exactly.
pub(super) fn exact_product(one: Decimal, two: Decimal) -> Option<Decimal> {
    let (one, two) = (one.normalize(), two.normalize());
    one.mantissa()
        .checked_mul(two.mantissa())
        .and_then(|digits| {
            Decimal::try_from_i128_with_scale(digits, one.scale() + two.scale()).ok()
        })
}

pub(super) fn too_large(at: &Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooLarge,
        at,
        "the amount is larger than can be computed exactly (28 digits)",
    )
    .help("check the number of zeros, and the number of decimals of the rates")
}

fn bands(share: &RevenueShare) -> Vec<u16> {
    let steps = share
        .step_down
        .iter()
        .filter_map(|step| step.after.months());
    let limit = share.limit.as_ref().and_then(|limit| limit.months());
    let mut bands: Vec<u16> = steps
        .chain(limit)
        .filter_map(|months| u16::try_from(months).ok())
        .collect();
    bands.sort_unstable();
    bands.dedup();
    bands
}

/// For each segment, the place of its bonus.
fn bonuses(deal: &Deal, economics: &Economics) -> Checked<Vec<Option<u16>>> {
    let mut kinds = economics.bonus.iter().map(|bonus| bonus.pays.value);
    let each = |reward: &Reward| matches!(reward, Reward::Each(_));
    if let Some(first) = kinds.next()
        && kinds.any(|other| each(&other) != each(&first))
    {
        let at = &economics.bonus[0].pays.span;
        return Err(Diagnostic::error(
            Code::NotReadable,
            at,
            "one bonus is a share and another a sum, so nobody can tell which is the higher for an account in both",
        )
        .help("pay all bonuses as shares, or all as sums for each"));
    }
    let segments = deal
        .territory
        .iter()
        .flat_map(|territory| &territory.segment);
    Ok(segments
        .map(|segment| {
            economics
                .bonus
                .iter()
                .position(|bonus| bonus.segment.id() == segment.id.as_str())
                .and_then(|place| u16::try_from(place).ok())
        })
        .collect())
}

/// Whether an event counts towards a metric of things.
pub(super) fn counts(
    terms: &FromEvents,
    event: &Event,
    what: What,
    account: Option<&Account>,
) -> bool {
    if what == What::TooLate {
        return false;
    }
    match terms.computes.value {
        Computation::Activations => {
            what == What::Activated
                && account.is_some_and(|account| {
                    account
                        .standing
                        .is_some_and(|standing| standing != Standing::Nothing)
                })
        }
        Computation::AcceptedLeads => what == What::Accepted,
        Computation::Count => {
            let reason = event.cell(Column::Reason);
            terms
                .kind
                .as_ref()
                .is_some_and(|kind| kind.value == event.kind)
                && (terms.reasons.is_empty()
                    || terms.reasons.iter().any(|known| known.as_str() == reason))
        }
        Computation::NetRevenue
        | Computation::SourcedRevenue
        | Computation::InfluencedRevenue
        | Computation::RenewalRevenue
        | Computation::LeadAcceptance
        | Computation::EarlyChurn
        | Computation::TicketsPerAccount
        | Computation::Spend
        | Computation::Share => false,
    }
}
