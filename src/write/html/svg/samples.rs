//! A picture of each kind, as a real package would have it; for tests and for people to look at.

mod people;

use crate::document::picture::{
    Axis, Bar, BarGroup, Bars, Boundary, Chart, Drawing, Event, Example, Line, Mark, Picture,
    Point, Side, Tick, Timeline, Window, steps,
};
use jiff::civil::{Date, date};
pub(in crate::write::html) use people::{ROLES, TASKS, approval, documents, escalation, raci};
use rust_decimal::Decimal;

fn picture(title: &str, description: &str, drawing: Drawing) -> Picture {
    Picture {
        title: title.to_owned(),
        description: description.to_owned(),
        drawing,
    }
}

fn number(value: i64) -> Decimal {
    Decimal::from(value)
}

/// 1240000 as 1,240,000.
fn grouped(value: Decimal) -> String {
    let digits = value.abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value.is_sign_negative() && !value.is_zero() {
        out.insert(0, '−');
    }
    out
}

pub(in crate::write::html) fn axis(label: &str, least: i64, most: i64) -> Axis {
    let tick = |at| Tick {
        at,
        label: grouped(at),
    };
    Axis {
        label: label.to_owned(),
        ticks: steps(number(least), number(most))
            .into_iter()
            .map(tick)
            .collect(),
    }
}

fn line(name: &str, points: &[(i64, i64)]) -> Line {
    let point = |&(x, y)| Point {
        x: number(x),
        y: number(y),
    };
    Line {
        name: name.to_owned(),
        points: points.iter().map(point).collect(),
    }
}

fn boundary(at: i64, owner: Side, jump: Option<&str>) -> Boundary {
    Boundary {
        at: number(at),
        label: grouped(number(at)),
        owner,
        jump: jump.map(str::to_owned),
    }
}

pub(in crate::write::html) fn payout() -> Picture {
    let chart = Chart {
        across: axis("Net Sales in a calendar year, EUR", 0, 1_240_000),
        up: axis("Commission, EUR", 0, 193_750),
        lines: vec![line(
            "Commission",
            &[
                (0, 0),
                (250_000, 25_000),
                (1_000_000, 118_750),
                (1_500_000, 193_750),
            ],
        )],
        boundaries: vec![
            boundary(250_000, Side::Below, None),
            boundary(1_000_000, Side::Below, None),
        ],
        bands: vec![
            "Tier 1 10%".to_owned(),
            "Tier 2 12.5%".to_owned(),
            "Tier 3 15%".to_owned(),
        ],
        example: Some(Example {
            at: Point {
                x: number(1_240_000),
                y: number(154_750),
            },
            label: "Net Sales of 1,240,000 pay 154,750.00".to_owned(),
        }),
    };
    picture(
        "Commission by Net Sales",
        "The commission rises by 10% of Net Sales up to 250,000, by 12.5% up to 1,000,000 and by 15% beyond.",
        Drawing::Chart(chart),
    )
}

pub(in crate::write::html) fn cliffs() -> Picture {
    let whole = [
        (0, 0),
        (250_000, 25_000),
        (250_000, 31_250),
        (1_000_000, 125_000),
        (1_000_000, 150_000),
        (1_500_000, 225_000),
    ];
    let slices = [
        (0, 0),
        (250_000, 25_000),
        (1_000_000, 118_750),
        (1_500_000, 193_750),
    ];
    let chart = Chart {
        across: axis("Net Sales in a calendar year, EUR", 0, 1_500_000),
        up: axis("Commission, EUR", 0, 225_000),
        lines: vec![line("On the whole", &whole), line("By slices", &slices)],
        boundaries: vec![
            boundary(250_000, Side::Above, Some("+6,250.00")),
            boundary(1_000_000, Side::Above, Some("+25,000.00")),
        ],
        bands: Vec::new(),
        example: None,
    };
    picture(
        "Commission two ways",
        "A rate on the whole jumps at each edge.",
        Drawing::Chart(chart),
    )
}

pub(in crate::write::html) fn results() -> Picture {
    let group = |label: &str, one: i64, two: i64| BarGroup {
        label: label.to_owned(),
        bars: [one, two]
            .into_iter()
            .map(|value| Bar {
                value: number(value),
                label: grouped(number(value)),
            })
            .collect(),
    };
    let bars = Bars {
        up: axis("Result for the year, EUR", -18_000, 310_000),
        series: vec![
            "Acme Analytics Ltd".to_owned(),
            "Beta Partners GmbH".to_owned(),
        ],
        groups: vec![
            group("Low 250,000", 62_500, -18_000),
            group("Expected 1,000,000", 243_000, 71_500),
            group("High 1,500,000", 310_000, 128_000),
        ],
    };
    picture(
        "What each party earns",
        "Both parties earn more as volume grows; at low volume Beta runs at a loss.",
        Drawing::Bars(bars),
    )
}

fn event(on: Date, when: &str, label: &str, mark: Mark) -> Event {
    Event {
        on,
        when: when.to_owned(),
        label: label.to_owned(),
        mark,
    }
}

pub(in crate::write::html) fn calendar() -> Picture {
    let quarters = [(2027, 1), (2027, 4), (2027, 7), (2027, 10), (2028, 1)];
    let tick = |(year, month): (i16, i8)| Tick {
        at: date(year, month, 1),
        label: format!(
            "{} {year}",
            ["Jan", "Apr", "Jul", "Oct"][usize::from(month.unsigned_abs()) / 3]
        ),
    };
    let timeline = Timeline {
        from: date(2027, 1, 1),
        to: date(2028, 1, 1),
        ticks: quarters.into_iter().map(tick).collect(),
        events: vec![
            event(
                date(2027, 1, 1),
                "Fri 1 Jan 2027",
                "The term begins",
                Mark::Edge,
            ),
            event(
                date(2027, 3, 31),
                "Wed 31 Mar",
                "Quarterly review",
                Mark::Regular,
            ),
            event(
                date(2027, 6, 30),
                "Wed 30 Jun",
                "Quarterly review",
                Mark::Regular,
            ),
            event(
                date(2027, 9, 30),
                "Thu 30 Sep",
                "Quarterly review",
                Mark::Regular,
            ),
            event(
                date(2027, 10, 1),
                "Fri 1 Oct 2027",
                "Last day for notice of non-renewal",
                Mark::Deadline,
            ),
            event(
                date(2027, 12, 31),
                "Fri 31 Dec",
                "The term ends or renews",
                Mark::Edge,
            ),
        ],
        windows: vec![
            Window {
                from: date(2027, 7, 1),
                to: date(2027, 10, 1),
                label: "Notice of non-renewal may be given".to_owned(),
            },
            Window {
                from: date(2027, 9, 30),
                to: date(2027, 10, 14),
                label: "Exhibits are restated".to_owned(),
            },
        ],
        legend: vec![
            (Mark::Edge, "Beginning and end".to_owned()),
            (Mark::Regular, "Review".to_owned()),
            (Mark::Deadline, "Last day to act".to_owned()),
        ],
    };
    picture(
        "The first year",
        "Four reviews, and the window for notice of non-renewal from 1 July to 1 October 2027.",
        Drawing::Timeline(timeline),
    )
}

/// All of them.
pub(in crate::write::html) fn all() -> [(&'static str, Picture); 8] {
    [
        ("figure-documents", documents()),
        ("figure-payout", payout()),
        ("figure-cliffs", cliffs()),
        ("figure-results", results()),
        ("figure-calendar", calendar()),
        ("figure-raci", raci()),
        ("figure-escalation", escalation()),
        ("figure-approval", approval()),
    ]
}
