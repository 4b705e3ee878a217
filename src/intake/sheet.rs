//! The questions of a term sheet: one flat list of keys, each with what it asks for.
//!
//! All of them are optional. A question without an answer is open, and the deal that is made from the sheet says so.

use super::slice::Slice;
use crate::deal::record::{choice, record};
use crate::deal::{CurrencyCode, RenewalKind, ReviewCadence, Reward, StatementPeriod, Text};
use crate::source::At;
use crate::units::{Date, Measure, Money, Period, Rate};

record! {
    /// What a partner manager knows about a deal on day one.
    pub struct TermSheet {
        /// Full registered name of the company that owns the product.
        company: Option<At<Text>>,
        /// Name that the documents use for the company, such as "Acme".
        company_short: Option<At<Text>>,
        /// Legal form of the company with its place of registration, such as "a Delaware corporation".
        company_form: Option<At<Text>>,
        /// Registered address of the company, on one line.
        company_address: Option<At<Text>>,
        /// What the company does, as a noun phrase: "a provider of analytics software".
        company_business: Option<At<Text>>,
        /// E-mail address of the company for notices.
        company_email: Option<At<Text>>,
        /// Who signs for the company.
        company_signatory: Option<At<Text>>,
        /// Title of the person who signs for the company, such as "Chief Executive Officer".
        company_title: Option<At<Text>>,

        /// Full registered name of the partner that brings customers to the product.
        partner: Option<At<Text>>,
        /// Name that the documents use for the partner, such as "Beta".
        partner_short: Option<At<Text>>,
        /// Legal form of the partner with its place of registration.
        partner_form: Option<At<Text>>,
        /// Registered address of the partner, on one line.
        partner_address: Option<At<Text>>,
        /// What the partner does, as a noun phrase: "a consultancy for hospitals".
        partner_business: Option<At<Text>>,
        /// E-mail address of the partner for notices.
        partner_email: Option<At<Text>>,
        /// Who signs for the partner.
        partner_signatory: Option<At<Text>>,
        /// Title of the person who signs for the partner.
        partner_title: Option<At<Text>>,

        /// Name of the agreement, such as "Referral Agreement".
        title: Option<At<Text>>,
        /// What is sold or built together: a noun phrase such as "the Lumen analytics platform".
        product: Option<At<Text>>,
        /// What the parties want to reach together, as a clause that follows "so that": "clinics get analytics".
        purpose: Option<At<Text>>,
        /// Day from which the agreement holds, such as "2027-01-01". Leave it out to start with the last signature.
        effective: Option<At<Date>>,
        /// How long the agreement lasts, such as "24 months".
        term: Option<At<Period>>,
        /// How it goes on after that: "automatic" unless a party gives notice, or only "by-agreement".
        renewal: Option<At<RenewalKind>>,
        /// How long each renewal lasts, such as "12 months".
        renewal_period: Option<At<Period>>,
        /// How long before the end a party must give notice, such as "90 days".
        renewal_notice: Option<At<Period>>,

        /// Currency of all payments, as an ISO 4217 code such as "USD".
        currency: Option<At<CurrencyCode>>,
        /// How the partner is paid in the main.
        model: Option<At<Model>>,
        /// Fee for an accepted referral: a share of the first year such as "10%", or a sum such as "USD 1500".
        referral_fee: Option<At<Reward>>,
        /// Share of net revenue in a customer's first term, such as "12.5%".
        revenue_share: Option<At<Rate>>,
        /// Rates that rise with volume, one for each slice: "10% to USD 250000", "12.5% to USD 1000000", "15%".
        tiers: Vec<At<Slice>>,
        /// What decides the tier.
        tier_metric: Option<At<SheetMetric>>,
        /// Sum for each verified activation, such as "USD 400".
        bounty: Option<At<Money>>,
        /// Fixed fee for each quarter, such as "USD 15000".
        fixed_fee: Option<At<Money>>,
        /// Share of renewals, such as "5%".
        renewal_rate: Option<At<Rate>>,
        /// Period that a statement covers.
        statements: Option<At<StatementPeriod>>,
        /// How long after a statement it is paid, such as "30 days".
        payment_due: Option<At<Period>>,
        /// How long a registered account is reserved for the partner, such as "90 days".
        registration: Option<At<Period>>,

        /// Where the partner may sell, as a noun phrase: "the United Kingdom".
        territory: Option<At<Text>>,
        /// Name of the segment that the partner serves, such as "UK Mid-Market Healthcare".
        segment: Option<At<Text>>,
        /// Which industry the segment is, by a criterion that anyone can check: "hospitals with 50 to 500 beds".
        segment_industry: Option<At<Text>>,
        /// How long the partner alone serves that segment, such as "12 months". Leave it out for no exclusivity.
        exclusivity: Option<At<Period>>,
        /// What the partner must reach to keep exclusivity: "6 activations" or "USD 200000".
        commitment: Option<At<Measure>>,
        /// How often the parties review the numbers.
        reviews: Option<At<ReviewCadence>>,

        /// Law that governs, as a noun phrase: "the laws of England and Wales".
        governing_law: Option<At<Text>>,
        /// Courts that decide, as a noun phrase: "the courts of England and Wales".
        courts: Option<At<Text>>,
        /// Most that a party can owe, as a sum such as "USD 250000".
        liability_cap: Option<At<Money>>,
        /// Most that a party can owe, as a share of what was paid in the last twelve months, such as "100%".
        liability_share: Option<At<Rate>>,
    }
}

choice! {
    /// How a partner is paid.
    pub enum Model {
        /// A fee for each accepted referral: see `referral_fee`.
        ReferralFee = "referral fee",
        /// A share of net revenue: see `revenue_share`.
        RevenueShare = "revenue share",
        /// Rates that rise with volume: see `tiers`.
        Tiers = "tiers",
        /// A sum for each verified activation: see `bounty`.
        Bounty = "bounty",
        /// A fixed fee for each quarter: see `fixed_fee`.
        FixedFee = "fixed fee",
    }
}

choice! {
    /// What a new deal can measure tiers by.
    pub enum SheetMetric {
        /// Net revenue from accounts that the partner sourced, in their first term.
        SourcedRevenue = "sourced-revenue",
        /// Net revenue from all customers.
        NetRevenue = "net-revenue",
        /// Verified activations.
        Activations = "activation-count",
    }
}
