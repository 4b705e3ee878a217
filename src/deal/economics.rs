//! `[economics]`: what is paid for what. Every model may be combined with every other.

use super::fact::Fact;
use super::leaves::{leaf, read_unit};
use super::names::{GateName, MetricName, PartyName, SegmentName};
use super::payment::Payment;
use super::record::{Field, Node, Reader, choice, record};
use super::shape::Shape;
use super::text::{Reason, Text};
use super::tiers::Tiers;
use crate::diagnostic::{Code, Complaint};
use crate::source::At;
use crate::units::{Count, Currency, Measure, Money, Period, Rate, RoundingMode, Unit};

record! {
    /// What is paid for what.
    pub struct Economics {
        /// The party that pays.
        payer: At<PartyName>,
        /// The party that is paid.
        payee: At<PartyName>,
        /// The currency of every payment, as an ISO 4217 code.
        currency: At<CurrencyCode>,
        /// Why the economics are built this way: structure before numbers.
        reason: Option<Reason>,
        /// How fractions are rounded.
        rounding: Rounding,
        /// What counts as net revenue, item by item. Needed wherever a share of revenue is paid.
        base: Option<RevenueBase>,
        /// A fee for an accepted referral.
        referral_fee: Option<ReferralFee>,
        /// A share of net revenue.
        revenue_share: Option<RevenueShare>,
        /// Rates that rise with volume.
        tiers: Option<Tiers>,
        /// A fixed sum for each verified activation.
        bounty: Option<Bounty>,
        /// A fixed fee per period.
        fixed_fee: Option<FixedFee>,
        /// A prize for the partner's people for a limited time.
        spiff: Option<Spiff>,
        /// An extra for strategic segments.
        bonus: Vec<Bonus>,
        /// What the payee commits to reach.
        minimum: Option<Minimum>,
        /// The most that is paid per period.
        cap: Option<Limit>,
        /// The least that is paid per period.
        floor: Option<Limit>,
        /// What is paid back when a customer leaves early.
        clawback: Option<Clawback>,
        /// When and how payment is made.
        payment: Payment,
    }
}

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyCode(pub Currency);

impl Unit for CurrencyCode {
    const EXPECTED: &'static str = "an ISO 4217 code such as \"USD\"";
    const PATTERN: &'static str = "^[A-Z]{3}$";

    fn from_text(text: &str) -> Result<CurrencyCode, Complaint> {
        // Money knows the codes, and what was meant by a wrong one.
        Money::from_text(&format!("{text} 1"))
            .map(|money| CurrencyCode(money.currency()))
            .map_err(|complaint| Complaint {
                within: 0..text.len(),
                message: format!("`{text}` is not a currency of ISO 4217"),
                code: Code::UnknownCurrency,
                help: complaint.help,
            })
    }
}

impl Field for At<CurrencyCode> {
    const SHAPE: Shape = leaf::<CurrencyCode>();

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_unit(node, reader)
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Text(self.value.0.code())
    }
}

record! {
    /// How fractions are rounded.
    pub struct Rounding {
        /// Which way: "half-up" (a half away from zero), "half-even" (a half to the even digit), "down" or "up".
        mode: At<RoundingMode>,
        /// To how many places after the decimal mark.
        places: At<u32>,
        /// Where: each line, or once at the total.
        level: At<RoundingLevel>,
    }
}

choice! {
    /// Where rounding happens.
    pub enum RoundingLevel {
        /// Every line of a statement.
        Line = "line",
        /// Once, at the total of a statement.
        Total = "total",
    }
}

record! {
    /// What counts as net revenue, item by item.
    pub struct RevenueBase {
        /// The metric that it defines, such as "net-revenue".
        metric: At<MetricName>,
        /// Discounts given to the customer.
        discounts: At<Treatment>,
        /// Refunds and credits.
        refunds: At<Treatment>,
        /// Chargebacks.
        chargebacks: At<Treatment>,
        /// Sales tax, value added tax and duties.
        taxes: At<Treatment>,
        /// One-off fees for set-up.
        setup_fees: At<Treatment>,
        /// Fees for services such as training and consulting.
        services: At<Treatment>,
        /// Costs passed on to the customer without a mark-up.
        pass_through: At<Treatment>,
        /// Sums that the customer has not paid.
        uncollected: At<Treatment>,
        /// Round figures of one invoice for the worked example.
        example: Option<BaseExample>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// How an item counts towards net revenue.
    pub enum Treatment {
        /// It is part of net revenue.
        Included = "included",
        /// It is charged besides net revenue and never part of it.
        Excluded = "excluded",
        /// It lowers net revenue.
        Deducted = "deducted",
    }
}

record! {
    /// One invoice, for the worked example of net revenue.
    pub struct BaseExample {
        /// Fees at list price.
        list_fees: At<Money>,
        /// Discounts given.
        discounts: Option<At<Money>>,
        /// Refunds and credits.
        refunds: Option<At<Money>>,
        /// Chargebacks.
        chargebacks: Option<At<Money>>,
        /// Taxes on top.
        taxes: Option<At<Money>>,
        /// Set-up fees.
        setup_fees: Option<At<Money>>,
        /// Fees for services.
        services: Option<At<Money>>,
        /// Costs passed on.
        pass_through: Option<At<Money>>,
        /// What the customer has not paid.
        uncollected: Option<At<Money>>,
    }
}

record! {
    /// A fee for an accepted referral.
    pub struct ReferralFee {
        /// How much: a share of the first year's net revenue such as "10%", or a sum such as "USD 1500".
        fee: At<Reward>,
        /// The gate that a referral must pass.
        gate: At<GateName>,
        /// The most that is paid for one referral.
        cap: Option<At<Money>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

/// A share of revenue, or a sum for each one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reward {
    /// A share of net revenue.
    Rate(Rate),
    /// A sum for each.
    Each(Money),
}

impl Unit for Reward {
    const EXPECTED: &'static str =
        "a share such as \"12.5%\" or a sum for each such as \"USD 500\"";
    const PATTERN: &'static str = "^([A-Z]{3} [0-9].*|[0-9][0-9.,_]*(%|bp))$";

    fn from_text(text: &str) -> Result<Reward, Complaint> {
        if text.ends_with('%') || text.ends_with("bp") {
            Rate::from_text(text).map(Reward::Rate)
        } else {
            Money::from_text(text).map(Reward::Each).map_err(|complaint| {
                if complaint.code != Code::BareNumber {
                    return complaint;
                }
                Complaint {
                    message: format!("`{text}` has neither a percent sign nor a currency"),
                    help: format!("write \"{text}%\" for a share, or a currency before it for a sum, such as \"USD {text}\""),
                    ..complaint
                }
            })
        }
    }
}

impl Field for At<Reward> {
    const SHAPE: Shape = leaf::<Reward>();

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read_unit(node, reader)
    }

    fn fact(&self) -> Fact<'_> {
        match &self.value {
            Reward::Rate(rate) => Fact::Rate(rate),
            Reward::Each(money) => Fact::Money(money),
        }
    }
}

record! {
    /// A share of net revenue.
    pub struct RevenueShare {
        /// The share in a customer's first term. Leave it out if `economics.tiers` sets it.
        first_term: Option<At<Rate>>,
        /// The share of renewals; none if left out.
        renewal: Option<RenewalShare>,
        /// Lower shares once an account has been a customer for a while, in order.
        step_down: Vec<StepDown>,
        /// How long an account pays a share at most, from its first invoice; without end if left out.
        limit: Option<At<Period>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// The share of renewals.
    pub struct RenewalShare {
        /// The share.
        rate: At<Rate>,
        /// The acts that keep the partner engaged, each as a verb phrase; the share is paid only while
        /// they are done. Leave them out to pay always.
        while_engaged: Vec<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// A lower share after a while.
    pub struct StepDown {
        /// After how long from the account's first invoice.
        after: At<Period>,
        /// The share from then on.
        rate: At<Rate>,
    }
}

record! {
    /// A fixed sum for each verified activation.
    pub struct Bounty {
        /// The sum.
        amount: At<Money>,
        /// What is counted.
        metric: At<MetricName>,
        /// The gate that an activation must pass.
        gate: At<GateName>,
        /// The most activations that are paid per period.
        limit: Option<At<Count>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// A fixed fee per period.
    pub struct FixedFee {
        /// The fee.
        amount: At<Money>,
        /// For each what.
        per: At<FeePeriod>,
        /// For what, as a noun phrase.
        covers: At<Text>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

choice! {
    /// The period of a fixed sum.
    pub enum FeePeriod {
        /// A calendar month.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
        /// A year of the agreement.
        Year = "year",
    }
}

impl FeePeriod {
    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            FeePeriod::Month => 1,
            FeePeriod::Quarter => 3,
            FeePeriod::Year => 12,
        }
    }
}

record! {
    /// A prize for the partner's people for a limited time.
    pub struct Spiff {
        /// The sum for each one.
        amount: At<Money>,
        /// What is counted.
        metric: At<MetricName>,
        /// How long it runs from the effective date.
        runs: At<Period>,
        /// The most that is paid in all.
        cap: At<Money>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// An extra for a strategic segment.
    pub struct Bonus {
        /// The segment.
        segment: At<SegmentName>,
        /// The extra: a share of net revenue from that segment, or a sum for each activation in it.
        pays: At<Reward>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// What the payee commits to reach.
    pub struct Minimum {
        /// What is measured.
        metric: At<MetricName>,
        /// How much: a sum or a count.
        amount: At<Measure>,
        /// In each what.
        per: At<FeePeriod>,
        /// What follows if it is missed, as a sentence.
        consequence: At<Text>,
        /// How long a miss may be made good.
        cure: At<Period>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// The most or the least that is paid per period.
    pub struct Limit {
        /// The sum.
        amount: At<Money>,
        /// For each what.
        per: At<FeePeriod>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}

record! {
    /// What is paid back when a customer leaves early.
    pub struct Clawback {
        /// How long after its first invoice a customer must stay.
        window: At<Period>,
        /// How much of what was paid for that customer is paid back.
        share: At<Rate>,
        /// What brings it about, as a clause that follows "if".
        trigger: At<Text>,
        /// The words in the column `reason` of a `churn` event that bring it about; every exit does if this and
        /// `unless` are left out.
        only: Vec<At<Text>>,
        /// The words in the column `reason` of a `churn` event that do not bring it about.
        unless: Vec<At<Text>>,
        /// Why it is so.
        reason: Option<Reason>,
    }
}
