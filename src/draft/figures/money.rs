//! Pictures of money: payout by volume, both sides' results.

use super::{Facts, word};
use crate::deal::Boundary as Owner;
use crate::document::picture::{
    Axis, Bar, BarGroup, Bars, Boundary, Chart, Drawing, Example, Line, Picture, Point, Side, Tick,
    steps,
};
use crate::economics::{self, Base, Case};
use crate::library::{PayoutWords, ResultWords, fill};
use crate::units::{Decimal, Measure, Money};

/// Payout by volume, with the boundaries of the tiers and the expected volume marked.
pub(super) fn payout(facts: &Facts<'_>, words: &PayoutWords) -> Option<Picture> {
    let economics = facts.deal.economics.as_ref()?;
    let tiers = economics.tiers.as_ref()?;
    let metric = facts.deal.metric(tiers.metric.id())?.name.as_str();
    let curve = economics::curve(facts.deal).ok()??;
    let amount = |base: Base| match base {
        Base::Money(money) => money.amount(),
        Base::Count(count) => Decimal::from(count),
    };
    let points: Vec<Point> = curve
        .points
        .iter()
        .map(|point| Point {
            x: amount(point.volume),
            y: point.payout.amount(),
        })
        .collect();
    let last = points.last()?;
    let figure = |value: Decimal| facts.numerals.print_decimal(value);
    let axis = |label: String, most: Decimal| Axis {
        label,
        ticks: steps(Decimal::ZERO, most)
            .into_iter()
            .map(|at| Tick {
                at,
                label: figure(at),
            })
            .collect(),
    };
    let currency = economics.currency.0.code();
    let money_metric = tiers
        .tier
        .first()
        .is_some_and(|tier| matches!(tier.from.value, Measure::Money(_)));
    let unit = if money_metric {
        format!(" ({currency})")
    } else {
        String::new()
    };
    let most = points.iter().map(|point| point.y).max().unwrap_or(last.y);
    let cliffs = economics::cliffs(facts.deal).ok()?;
    let boundaries = tiers
        .tier
        .iter()
        .enumerate()
        .filter_map(|(place, tier)| {
            let to = tier.to.as_ref()?;
            let cliff = cliffs.iter().find(|cliff| cliff.tier == place);
            Some(Boundary {
                at: amount(Base::of(to)?),
                label: figure(amount(Base::of(to)?)),
                owner: match tiers.boundary.value {
                    Owner::Below => Side::Below,
                    Owner::Above => Side::Above,
                },
                jump: cliff.map(|cliff| cliff.size.print_exact(facts.numerals)),
            })
        })
        .collect();
    let bands = tiers
        .tier
        .iter()
        .map(|tier| match &tier.pays.value {
            crate::deal::Reward::Rate(rate) => rate.print(facts.numerals),
            crate::deal::Reward::Each(money) => money.print(facts.numerals),
        })
        .collect();
    let worked = facts.examples?;
    let expected = worked.expected.as_ref().map(|example| {
        let volume = example.accumulated.unwrap_or(example.volume);
        let paid = example.statement.total;
        let printed = (figure(amount(volume)), paid.print_amount(facts.numerals));
        (volume, paid, printed)
    });
    let description = match &expected {
        Some((volume, paid, _)) => fill(
            words.description.as_str(),
            &[
                ("metric", metric),
                ("volume", &print(*volume, facts)),
                ("amount", &paid.print_exact(facts.numerals)),
            ],
        ),
        None => fill(words.plain.as_str(), &[("metric", metric)]),
    };
    let across = fill(words.across.as_str(), &[("metric", metric)]);
    Some(Picture {
        title: word(&words.title),
        description,
        drawing: Drawing::Chart(Chart {
            across: axis(format!("{across}{unit}"), last.x),
            up: axis(format!("{} ({currency})", words.up), most),
            lines: vec![Line {
                name: word(&words.line),
                points,
            }],
            boundaries,
            bands,
            example: expected.map(|(volume, paid, (shown, sum))| Example {
                at: Point {
                    x: amount(volume),
                    y: paid.amount(),
                },
                label: fill(
                    words.example.as_str(),
                    &[("volume", &shown), ("amount", &sum)],
                ),
            }),
        }),
    })
}

fn print(volume: Base, facts: &Facts<'_>) -> String {
    match volume {
        Base::Money(money) => money.print(facts.numerals),
        Base::Count(count) => facts.numerals.print_whole(count),
    }
}

/// What each party keeps at low, expected and high volume.
pub(super) fn results(facts: &Facts<'_>, words: &ResultWords) -> Option<Picture> {
    let results = facts.results?;
    let economics = facts.deal.economics.as_ref()?;
    let both = results
        .outcomes
        .iter()
        .all(|outcome| outcome.company.is_some() && outcome.partner.is_some());
    let keeps = |side| {
        let party = facts.deal.side(side)?;
        Some(fill(
            words.keeps.as_str(),
            &[("party", party.short.as_str())],
        ))
    };
    let mut series = vec![word(&words.payout)];
    if both {
        series.push(keeps(crate::deal::Side::Company)?);
        series.push(keeps(crate::deal::Side::Partner)?);
    }
    let bar = |money: Money| Bar {
        value: money.amount(),
        label: facts.numerals.print_decimal(money.amount()),
    };
    let mut groups = Vec::new();
    let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
    for outcome in &results.outcomes {
        let mut values = vec![outcome.payout];
        if both {
            values.extend(outcome.company);
            values.extend(outcome.partner);
        }
        for value in &values {
            least = least.min(value.amount());
            most = most.max(value.amount());
        }
        groups.push(BarGroup {
            label: word(match outcome.case {
                Case::Low => &words.low,
                Case::Expected => &words.expected,
                Case::High => &words.high,
            }),
            bars: values.into_iter().map(bar).collect(),
        });
    }
    let ticks = steps(least, most)
        .into_iter()
        .map(|at| Tick {
            at,
            label: facts.numerals.print_decimal(at),
        })
        .collect();
    Some(Picture {
        title: word(&words.title),
        description: word(&words.description),
        drawing: Drawing::Bars(Bars {
            up: Axis {
                label: format!("{} ({})", words.up, economics.currency.0.code()),
                ticks,
            },
            series,
            groups,
        }),
    })
}
