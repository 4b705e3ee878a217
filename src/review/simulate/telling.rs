//! What the page of a simulation tells: tables as templates see them, and pictures of the same figures.

use super::{Happening, Manner, Played, Simulation};
use crate::deal::{Deal, Side};
use crate::diagnostic::Report;
use crate::document::picture::{Axis, Chart, Drawing, Line, Picture, Pictures, Point, Tick, steps};
use crate::draft::papers::{GatesSeen, HappeningSeen, MonthSeen, PlayedSeen, SimulationSeen};
use crate::economics::Case;
use crate::library::{Library, ReviewWords, fill};
use crate::units::{Decimal, Money, Numerals};

/// The tables. `report` holds what is odd about the deal.
pub fn seen(
    deal: &Deal,
    library: &Library,
    simulation: &Simulation,
    report: &Report,
) -> SimulationSeen {
    let words = &library.reviews;
    let numerals = deal.numerals();
    let money = |money: Option<Money>| {
        money.map_or_else(
            || words.not_stated.as_str().to_owned(),
            |money| money.print_exact(&numerals),
        )
    };
    let played = |name: String, played: &Played| PlayedSeen {
        name,
        revenue: money(Some(played.revenue)),
        payout: money(Some(played.payout)),
        company: money(played.company),
        partner: money(played.partner),
    };
    let paid = |case: usize, month: usize| {
        let month = simulation
            .cases
            .get(case)
            .and_then(|(_, played)| played.months.get(month));
        money(month.map(|month| month.payout))
    };
    SimulationSeen {
        triggers: deal
            .reviews
            .iter()
            .flat_map(|reviews| &reviews.trigger)
            .any(|trigger| trigger.sets.is_some()),
        cases: simulation
            .cases
            .iter()
            .map(|(case, run)| played(name(*case, words).to_owned(), run))
            .collect(),
        range: simulation
            .range
            .iter()
            .map(|(tenths, run)| played(format!("{}%", tenths * 10), run))
            .collect(),
        months: (0..simulation.months as usize)
            .map(|month| MonthSeen {
                number: (month + 1).to_string(),
                low: paid(0, month),
                expected: paid(1, month),
                high: paid(2, month),
            })
            .collect(),
        happenings: simulation
            .cases
            .iter()
            .flat_map(|(case, run)| {
                run.happenings
                    .iter()
                    .map(|(month, happening)| HappeningSeen {
                        case: name(*case, words).to_owned(),
                        month: month.to_string(),
                        what: told(deal, words, happening),
                    })
            })
            .collect(),
        gates: simulation
            .gates
            .iter()
            .map(|gates| GatesSeen {
                manner: manner(gates.manner, words).to_owned(),
                passed: numerals.print_whole(gates.passed.last().copied().unwrap_or(0)),
                payout: money(Some(gates.played.payout)),
                company: money(gates.played.company),
                partner: money(gates.played.partner),
                exclusivity: exclusivity(deal, &gates.played, words),
            })
            .collect(),
        findings: report
            .sorted()
            .iter()
            .map(|finding| finding.message.replace('`', ""))
            .collect(),
    }
}

fn name(case: Case, words: &ReviewWords) -> &str {
    match case {
        Case::Low => words.low.as_str(),
        Case::Expected => words.expected.as_str(),
        Case::High => words.high.as_str(),
    }
}

fn manner(manner: Manner, words: &ReviewWords) -> &str {
    match manner {
        Manner::AtOnce => words.at_once.as_str(),
        Manner::LastDay => words.last_day.as_str(),
        Manner::Silence => words.silence.as_str(),
        Manner::MendedOnce => words.mended_once.as_str(),
    }
}

/// What becomes of the exclusivity on the way, with the months.
fn exclusivity(deal: &Deal, played: &Played, words: &ReviewWords) -> String {
    let told: Vec<String> = played
        .happenings
        .iter()
        .filter(|(_, happening)| match happening {
            Happening::ExclusivityKept
            | Happening::ExclusivityMissed
            | Happening::ExclusivityCured
            | Happening::ExclusivityReverts => true,
            Happening::Fires(_) | Happening::Tier(_) => false,
        })
        .map(|(month, happening)| format!("{} ({month})", told(deal, words, happening)))
        .collect();
    if deal.exclusivity.is_none() {
        words.no_exclusivity.to_string()
    } else if told.is_empty() {
        words.nothing_happens.to_string()
    } else {
        told.join("; ")
    }
}

/// A happening in words.
pub fn told(deal: &Deal, words: &ReviewWords, happening: &Happening) -> String {
    match happening {
        Happening::Fires(place) => {
            let mut triggers = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
            triggers.nth(*place).map_or_else(String::new, |trigger| {
                let measure = deal
                    .metric(trigger.metric.id())
                    .map_or("", |metric| metric.name.as_str());
                let effect = trigger.effect.as_str().trim_end_matches('.');
                fill(
                    words.fires.as_str(),
                    &[("measure", measure), ("effect", effect)],
                )
            })
        }
        Happening::Tier(place) => {
            let tier = deal
                .economics
                .as_ref()
                .and_then(|economics| economics.tiers.as_ref())
                .and_then(|tiers| tiers.tier.get(*place))
                .and_then(|tier| tier.name.as_ref());
            let number = (place + 1).to_string();
            let name = tier.map_or(number.as_str(), |name| name.as_str());
            fill(words.tier.as_str(), &[("name", name)])
        }
        Happening::ExclusivityKept => words.kept.to_string(),
        Happening::ExclusivityMissed => words.missed.to_string(),
        Happening::ExclusivityCured => words.cured.to_string(),
        Happening::ExclusivityReverts => words.reverts.to_string(),
    }
}

/// The pictures: over the range, and month by month.
pub fn pictures(deal: &Deal, library: &Library, simulation: &Simulation) -> Pictures {
    let words = &library.reviews;
    let numerals = deal.numerals();
    let currency = deal
        .economics
        .as_ref()
        .map_or("", |economics| economics.currency.0.code());
    let in_currency = |text: &str| fill(text, &[("currency", currency)]);
    let short = |side: Side| deal.side(side).map_or("", |party| party.short.as_str());
    let mut pictures = Pictures::new();
    let line = |name: String, of: &dyn Fn(&Played) -> Option<Money>| {
        let points: Option<Vec<Point>> = simulation
            .range
            .iter()
            .map(|(_, run)| {
                Some(Point {
                    x: run.revenue.amount(),
                    y: of(run)?.amount(),
                })
            })
            .collect();
        points.map(|points| Line { name, points })
    };
    let keeps = |side: Side| fill(words.keeps.as_str(), &[("party", short(side))]);
    let lines: Vec<Line> = [
        line(words.paid.to_string(), &|run| Some(run.payout)),
        line(keeps(Side::Company), &|run| run.company),
        line(keeps(Side::Partner), &|run| run.partner),
    ]
    .into_iter()
    .flatten()
    .collect();
    put(
        &mut pictures,
        "simulation-range-chart",
        Picture {
            title: words.range_title.to_string(),
            description: words.range_description.to_string(),
            drawing: Drawing::Chart(chart(
                in_currency(words.range_across.as_str()),
                in_currency(words.range_up.as_str()),
                lines,
                None,
                &numerals,
            )),
        },
    );
    let lines = simulation
        .cases
        .iter()
        .map(|(case, run)| {
            let mut sum = Decimal::ZERO;
            let mut points = vec![Point {
                x: Decimal::ZERO,
                y: Decimal::ZERO,
            }];
            for month in &run.months {
                sum += month.payout.amount();
                points.push(Point {
                    x: Decimal::from(month.number),
                    y: sum,
                });
            }
            Line {
                name: name(*case, words).to_owned(),
                points,
            }
        })
        .collect();
    put(
        &mut pictures,
        "simulation-months-chart",
        Picture {
            title: words.months_title.to_string(),
            description: words.months_description.to_string(),
            drawing: Drawing::Chart(chart(
                words.months_across.to_string(),
                in_currency(words.months_up.as_str()),
                lines,
                Some(simulation.months),
                &numerals,
            )),
        },
    );
    if !simulation.gates.is_empty() {
        let lines = simulation
            .gates
            .iter()
            .map(|gates| {
                let start = Point {
                    x: Decimal::ZERO,
                    y: Decimal::ZERO,
                };
                let months = (1_u32..).zip(&gates.passed).map(|(month, passed)| Point {
                    x: Decimal::from(month),
                    y: Decimal::from(*passed),
                });
                Line {
                    name: manner(gates.manner, words).to_owned(),
                    points: std::iter::once(start).chain(months).collect(),
                }
            })
            .collect();
        put(
            &mut pictures,
            "simulation-gates-chart",
            Picture {
                title: words.gates_title.to_string(),
                description: words.gates_description.to_string(),
                drawing: Drawing::Chart(chart(
                    words.gates_across.to_string(),
                    words.gates_up.to_string(),
                    lines,
                    Some(simulation.months),
                    &numerals,
                )),
            },
        );
    }
    pictures
}

fn put(pictures: &mut Pictures, table: &str, picture: Picture) {
    if let Ok(anchor) = table.parse() {
        pictures.insert(anchor, picture);
    }
}

/// A chart whose axes hold all points; `months` is the length of an axis of months.
fn chart(
    across: String,
    up: String,
    lines: Vec<Line>,
    months: Option<u32>,
    numerals: &Numerals,
) -> Chart {
    let points = || lines.iter().flat_map(|line| &line.points);
    let most = |of: fn(&Point) -> Decimal| points().map(of).max().unwrap_or_default();
    let least = points().map(|point| point.y).min().unwrap_or_default();
    let label = |at: &Decimal| {
        let text = at.normalize().to_string();
        let (sign, digits) = text
            .strip_prefix('-')
            .map_or(("", text.as_str()), |rest| ("−", rest));
        match digits.parse::<u64>() {
            Ok(number) => format!("{sign}{}", numerals.print_whole(number)),
            Err(_) => format!("{sign}{digits}"),
        }
    };
    let ticks = |marks: Vec<Decimal>| -> Vec<Tick<Decimal>> {
        marks
            .into_iter()
            .map(|at| Tick {
                label: label(&at),
                at,
            })
            .collect()
    };
    let marks = match months {
        Some(months) => {
            let step = if months > 12 { 3 } else { 1 };
            (0..=months)
                .filter(|month| month.is_multiple_of(step))
                .map(Decimal::from)
                .collect()
        }
        None => steps(Decimal::ZERO, most(|point| point.x)),
    };
    Chart {
        across: Axis {
            label: across,
            ticks: ticks(marks),
        },
        up: Axis {
            label: up,
            ticks: ticks(steps(least, most(|point| point.y))),
        },
        lines,
        boundaries: Vec::new(),
        bands: Vec::new(),
        example: None,
    }
}
