//! A statement as JSON for programs, and what one that was sent said.
//!
//! Amounts are text with a point before the decimals, exact, so that nothing rounds them on the way.

use crate::deal::{Deal, Reward};
use crate::draft::statement::{clause, name, step};
use crate::economics::{Base, Model};
use crate::events::{Made, Measured, SettleKind};
use crate::library::Library;
use crate::units::{Measure, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A statement. Amounts are text: digits with a point before the decimals, in `currency`.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::cli) struct StatementJson {
    /// The version of this format.
    format: u32,
    /// The agreement.
    agreement: String,
    /// The time: `2027-Q2` or `2027-05`.
    period: String,
    /// Its first day that the agreement covers.
    from: String,
    /// Its last day that the agreement covers.
    to: String,
    /// The ISO 4217 code of every amount.
    currency: String,
    /// The lines.
    lines: Vec<LineJson>,
    /// What rounding added to the exact amounts of the lines.
    rounding_difference: String,
    /// The commission: the exact amounts of the lines and the rounding difference.
    total: String,
    /// How the total becomes a payment.
    settlement: Vec<SettleJson>,
    /// What is paid, or carried over.
    pay: String,
    /// Whether the next statement settles it.
    carried_over: bool,
    /// The day by which the statement is sent.
    statement_due: String,
    /// The day by which it is paid, if it is sent on the last day.
    due: String,
    /// Sums in dispute.
    disputes: Vec<DisputeJson>,
    /// Metrics over the time.
    metrics: Vec<MetricJson>,
    /// The minimum commitment, if a period of it ends.
    minimum: Option<MinimumJson>,
    /// Statements before.
    earlier: Vec<EarlierJson>,
    /// Accounts for which commission is given back.
    given_back: Vec<LeftJson>,
    /// How many events were read.
    events: EventsJson,
}

/// A line.
#[derive(Debug, Serialize, JsonSchema)]
struct LineJson {
    number: usize,
    /// What pays: a path of the deal without `economics.`, or what takes off.
    model: String,
    /// In words.
    what: String,
    /// Where an amendment divides the time, the first day that the line is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// And the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// The clause of the agreement.
    clause: String,
    /// The tier, from 1.
    tier: Option<usize>,
    /// The segment.
    segment: Option<String>,
    /// What it pays for: an amount, or a number of things.
    base: String,
    /// "money" or "count".
    base_is: String,
    /// What it pays: a share in percent such as "12.5%", or an amount for each.
    pays: String,
    /// What an influenced account earns of it, in percent.
    factor: Option<String>,
    /// The exact amount.
    exact: String,
    /// The amount as it is paid.
    amount: String,
    /// How it is worked out, in words.
    steps: Vec<String>,
    /// The first events that lead to it.
    events: Vec<ContributionJson>,
    /// How many there are in all.
    event_count: u64,
}

/// What an event adds to a line.
#[derive(Debug, Serialize, JsonSchema)]
struct ContributionJson {
    id: String,
    date: String,
    account: String,
    base: String,
    file: String,
    line: u64,
    /// Whether silence at a gate decided it; the row is then that of what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_silence: Option<bool>,
}

/// What is added to the total or taken off.
#[derive(Debug, Serialize, JsonSchema)]
struct SettleJson {
    /// "held", "released", "carried", "settled", "set-off", "guarantee" or "interest".
    kind: String,
    /// The statement or event that it is about.
    about: String,
    amount: String,
}

/// A sum in dispute.
#[derive(Debug, Serialize, JsonSchema)]
struct DisputeJson {
    statement: String,
    amount: String,
    /// The most of it that may be held back.
    most: String,
}

/// A metric.
#[derive(Debug, Serialize, JsonSchema)]
struct MetricJson {
    id: String,
    /// An amount, a number, or "part/whole".
    value: String,
    /// How many events make it up.
    events: u64,
}

/// The minimum commitment.
#[derive(Debug, Serialize, JsonSchema)]
struct MinimumJson {
    from: String,
    to: String,
    required: String,
    reached: String,
    /// None if it is given by hand.
    met: Option<bool>,
}

/// A statement before.
#[derive(Debug, Serialize, JsonSchema)]
struct EarlierJson {
    period: String,
    total: String,
    pay: String,
}

/// An account that left early.
#[derive(Debug, Serialize, JsonSchema)]
struct LeftJson {
    account: String,
    on: String,
    event: String,
    paid: String,
}

/// How many events were read.
#[derive(Debug, Serialize, JsonSchema)]
struct EventsJson {
    here: u64,
    before: u64,
    later: u64,
    accounts: u64,
    pending: u64,
    /// Leads and activations that silence at a gate decided in the time.
    by_silence: u64,
    /// Rows that could not be read and are left out.
    rejected: usize,
}

/// The JSON Schema of a statement.
pub(in crate::cli) fn schema() -> serde_json::Value {
    schemars::schema_for!(StatementJson).to_value()
}

/// An amount without zeros at its end.
pub(super) fn plain(money: Money) -> String {
    money.amount().normalize().to_string()
}

pub(super) fn base(base: Base) -> String {
    match base {
        Base::Money(money) => plain(money),
        Base::Count(count) => count.to_string(),
    }
}

pub(super) fn pays(reward: Reward) -> String {
    match reward {
        Reward::Rate(rate) => format!("{}%", rate.percent()),
        Reward::Each(money) => plain(money),
    }
}

pub(super) fn model(model: Model) -> &'static str {
    match model {
        Model::ReferralFee => "referral_fee",
        Model::FirstTerm => "revenue_share.first_term",
        Model::Tiers => "tiers",
        Model::TiersEarlier => "tiers.earlier",
        Model::Renewal => "revenue_share.renewal",
        Model::StepDown => "revenue_share.step_down",
        Model::Bounty => "bounty",
        Model::FixedFee => "fixed_fee",
        Model::Spiff => "spiff",
        Model::Bonus => "bonus",
        Model::Influenced => "tiers.influenced",
        Model::Split => "attribution.split",
        Model::Clawback => "clawback",
        Model::Floor => "floor",
        Model::Cap => "cap",
    }
}

pub(super) fn settled(kind: SettleKind) -> &'static str {
    match kind {
        SettleKind::Held => "held",
        SettleKind::Released => "released",
        SettleKind::Carried => "carried",
        SettleKind::Settled => "settled",
        SettleKind::SetOff => "set-off",
        SettleKind::Guarantee => "guarantee",
        SettleKind::Interest { .. } => "interest",
    }
}

fn measured(value: Measured) -> String {
    match value {
        Measured::Money(money) => plain(money),
        Measured::Count(count) => count.to_string(),
        Measured::Share { part, whole } => format!("{part}/{whole}"),
        Measured::ByHand => String::new(),
    }
}

/// The statement for programs.
pub(super) fn json(
    made: &Made,
    deal: &Deal,
    library: &Library,
    rejected: usize,
) -> anyhow::Result<Vec<u8>> {
    let closed = &made.closed;
    let statement = &closed.statement;
    let lines = statement
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let here = |stretch, pays| made.leads(stretch, pays, line, deal);
            LineJson {
                number: index + 1,
                model: model(line.model).to_owned(),
                what: name(line, made, deal, library),
                from: made.stretch(line).map(|stretch| stretch.from.iso()),
                to: made.stretch(line).map(|stretch| stretch.to.iso()),
                clause: clause(line.model).to_owned(),
                tier: line.tier.map(|tier| tier + 1),
                segment: line.segment.clone(),
                base: base(line.base),
                base_is: match line.base {
                    Base::Money(_) => "money",
                    Base::Count(_) => "count",
                }
                .to_owned(),
                pays: pays(line.pays),
                factor: line.factor.map(|rate| format!("{}%", rate.percent())),
                exact: plain(line.amount),
                amount: plain(line.paid),
                steps: line
                    .trace
                    .iter()
                    .map(|one| step(one, made.deal(line, deal), &library.statement))
                    .collect(),
                events: made
                    .contributions
                    .iter()
                    .filter(|one| here(one.stretch, one.pays))
                    .map(|one| ContributionJson {
                        id: one.id.clone(),
                        date: one.date.iso(),
                        account: one.account.clone(),
                        base: base(one.base),
                        // The other side reads this: what the folder is called is nobody's business.
                        file: one.file.rsplit('/').next().unwrap_or_default().to_owned(),
                        line: one.line,
                        by_silence: one.by_silence.then_some(true),
                    })
                    .collect(),
                event_count: made
                    .counts
                    .iter()
                    .filter(|((stretch, pays), _)| here(*stretch, *pays))
                    .map(|(_, count)| count)
                    .sum(),
            }
        })
        .collect();
    let settlement = &made.settlement;
    let whole = StatementJson {
        format: 1,
        agreement: deal.agreement.title.to_string(),
        period: closed.time.name.clone(),
        from: closed.time.from.iso(),
        to: closed.time.to.iso(),
        currency: statement.total.currency().code().to_owned(),
        lines,
        rounding_difference: plain(statement.rounding_difference),
        total: plain(statement.total),
        settlement: settlement
            .lines
            .iter()
            .map(|line| SettleJson {
                kind: settled(line.kind).to_owned(),
                about: line.about.clone(),
                amount: plain(line.amount),
            })
            .collect(),
        pay: plain(settlement.pay),
        carried_over: settlement.carried,
        statement_due: settlement.statement_due.iso(),
        due: settlement.due.iso(),
        disputes: settlement
            .disputes
            .iter()
            .map(|dispute| DisputeJson {
                statement: dispute.statement.clone(),
                amount: plain(dispute.amount),
                most: plain(dispute.most),
            })
            .collect(),
        metrics: made
            .metrics
            .iter()
            .map(|(id, value)| MetricJson {
                id: id.clone(),
                value: measured(value.value),
                events: value.events,
            })
            .collect(),
        minimum: made.minimum.as_ref().map(|state| MinimumJson {
            from: state.from.iso(),
            to: state.to.iso(),
            required: match &state.required {
                Measure::Money(money) => plain(*money),
                Measure::Count(count) => count.number.to_string(),
                Measure::Rate(rate) => format!("{}%", rate.percent()),
                Measure::Period(period) => period.print(&deal.numerals()),
            },
            reached: measured(state.reached),
            met: state.met,
        }),
        earlier: made
            .earlier
            .iter()
            .map(|(period, total, pay)| EarlierJson {
                period: period.clone(),
                total: plain(*total),
                pay: plain(*pay),
            })
            .collect(),
        given_back: closed
            .left
            .iter()
            .map(|left| LeftJson {
                account: left.account.clone(),
                on: left.on.iso(),
                event: left.event.clone(),
                paid: plain(left.paid),
            })
            .collect(),
        events: EventsJson {
            here: made.events.here,
            before: made.events.before,
            later: made.events.later,
            accounts: made.events.accounts,
            pending: made.events.pending,
            by_silence: made.events.by_silence,
            rejected,
        },
    };
    let mut bytes = serde_json::to_vec_pretty(&whole)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What a statement that was sent said.
#[derive(Debug, Deserialize)]
pub(super) struct Sent {
    pub(super) period: String,
    pub(super) total: String,
    pub(super) pay: String,
}

/// Reads the JSON of a statement that was sent; a message if it is none.
pub(super) fn sent(text: &str) -> Result<Sent, String> {
    serde_json::from_str(text).map_err(|error| format!("this is no statement: {error}"))
}
