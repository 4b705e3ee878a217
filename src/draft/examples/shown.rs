//! What templates see of worked examples and results.

use crate::draft::seen::seen;

seen! {
    /// Worked examples, each there only if the deal has what it shows.
    pub struct Examples {
        /// The revenue base, item by item.
        base: Option<BaseSeen>,
        /// Each boundary of the tiers: one unit below, at, one above.
        tiers: Option<Vec<TierExampleSeen>>,
        /// The tiers at the expected forecast.
        expected: Option<TierExampleSeen>,
        /// First term and renewal of a round revenue.
        share: Option<ShareSeen>,
        /// Bounties for some activations.
        bounty: Option<EachSeen>,
        /// A fee for one referral.
        referral: Option<FeeSeen>,
        /// What is paid back.
        clawback: Option<ClawbackSeen>,
        /// A round sum paid in stages.
        stages: Option<Vec<StageSeen>>,
        /// That round sum.
        stage_total: Option<String>,
    }
}

seen! {
    /// The revenue base of one invoice.
    pub struct BaseSeen {
        /// Item by item.
        lines: Vec<BaseLineSeen>,
        /// What is left.
        net: String,
    }
}

seen! {
    /// One item of the revenue base.
    pub struct BaseLineSeen {
        /// The key of the item.
        item: String,
        /// Its amount.
        amount: String,
        /// How it counts.
        treatment: String,
        /// What it adds to net revenue.
        effect: String,
    }
}

seen! {
    /// What the tiers pay for one volume.
    pub struct TierExampleSeen {
        /// The volume.
        volume: String,
        /// Where it stands: `below`, `at` or `above` a boundary.
        place: String,
        /// Tier by tier.
        lines: Vec<TierLineSeen>,
        /// The sum.
        total: String,
    }
}

seen! {
    /// What one tier pays.
    pub struct TierLineSeen {
        /// The name or number of the tier.
        tier: String,
        /// What falls into it.
        slice: String,
        /// Its rate.
        pays: String,
        /// The amount.
        amount: String,
    }
}

seen! {
    /// First term and renewal of a round revenue.
    pub struct ShareSeen {
        /// The revenue.
        revenue: String,
        /// The rate of the first term.
        first_rate: Option<String>,
        /// What it pays.
        first_amount: Option<String>,
        /// The rate of renewals.
        renewal_rate: Option<String>,
        /// What they pay.
        renewal_amount: Option<String>,
        /// The share of the rate that an influenced account earns.
        influenced_rate: Option<String>,
        /// What it pays.
        influenced_amount: Option<String>,
    }
}

seen! {
    /// So many, each at a price.
    pub struct EachSeen {
        /// How many.
        count: String,
        /// The sum for each.
        each: String,
        /// The amount.
        amount: String,
    }
}

seen! {
    /// A fee for one referral.
    pub struct FeeSeen {
        /// The revenue of the account.
        revenue: String,
        /// The fee as the deal says it.
        fee: String,
        /// The amount.
        amount: String,
    }
}

seen! {
    /// What is paid back.
    pub struct ClawbackSeen {
        /// What was paid.
        paid: String,
        /// How much of it comes back.
        share: String,
        /// The amount.
        amount: String,
    }
}

seen! {
    /// A stage of a payment.
    pub struct StageSeen {
        /// How much of the whole.
        share: String,
        /// When.
        when: String,
        /// The amount.
        amount: String,
    }
}

seen! {
    /// Both sides' results in one scenario.
    pub struct ResultSeen {
        /// `low`, `expected` or `high`.
        name: String,
        /// What is paid.
        payout: String,
        /// What the company keeps, if its margin is shared.
        company: Option<String>,
        /// What the partner keeps, if its cost is shared.
        partner: Option<String>,
        /// Model by model.
        lines: Vec<ResultLineSeen>,
    }
}

seen! {
    /// What one model pays in one scenario.
    pub struct ResultLineSeen {
        /// The model.
        model: String,
        /// On what.
        base: String,
        /// At what.
        pays: String,
        /// The amount.
        amount: String,
    }
}
