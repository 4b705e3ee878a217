//! A picture of each kind, as a real package would have it; for tests and for people to look at.

use crate::document::picture::{
    Axis, Bar, BarGroup, Bars, Boundary, Chart, Drawing, Event, Example, Ladder, Letter, Line, Map,
    MapDocument, Mark, Matrix, MatrixRow, Path, Picture, Point, RoleGroup, Rung, Side, Step, Tick,
    Timeline, Weight, Window, steps,
};
use jiff::civil::{Date, date};
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

pub(in crate::write::html) fn letter(text: &str) -> Letter {
    let weight = match text {
        "A" => Weight::Heavy,
        "R" => Weight::Medium,
        _ => Weight::Light,
    };
    Letter {
        text: text.to_owned(),
        weight,
    }
}

/// The tasks and letters of the sample, for the table and the picture alike.
pub(in crate::write::html) const TASKS: [(&str, [&str; 6]); 6] = [
    ("Launch webinar", ["A", "R", "", "C", "R", ""]),
    (
        "Co-branded landing page and its translation",
        ["C", "R", "C", "A", "R", "I"],
    ),
    ("Registration of leads", ["I", "", "", "A", "R", ""]),
    ("Sales training each quarter", ["A", "R", "", "I", "I", "I"]),
    ("Approval of logo use", ["I", "A", "C", "I", "R", ""]),
    ("Statement of commissions", ["A", "", "I", "C", "", "I"]),
];

/// The parties and roles of the sample.
pub(in crate::write::html) const ROLES: [(&str, [&str; 3]); 2] = [
    (
        "Acme Analytics Ltd",
        ["Partner manager", "Marketing", "Legal"],
    ),
    (
        "Beta Partners GmbH",
        ["Alliance lead", "Marketing", "Executive sponsor"],
    ),
];

pub(in crate::write::html) fn raci() -> Picture {
    let group = |(name, roles): (&str, [&str; 3])| RoleGroup {
        name: name.to_owned(),
        columns: roles.map(str::to_owned).to_vec(),
    };
    let row = |(task, letters): (&str, [&str; 6])| MatrixRow {
        label: task.to_owned(),
        cells: letters
            .into_iter()
            .map(|text| (!text.is_empty()).then(|| letter(text)))
            .collect(),
    };
    let matrix = Matrix {
        groups: ROLES.map(group).to_vec(),
        rows: TASKS.map(row).to_vec(),
        legend: vec![
            (letter("A"), "Accountable: answers for it".to_owned()),
            (letter("R"), "Responsible: does it".to_owned()),
            (letter("C"), "Consulted".to_owned()),
            (letter("I"), "Informed".to_owned()),
        ],
    };
    picture(
        "Who does what",
        "Each task has one role that answers for it.",
        Drawing::Matrix(matrix),
    )
}

pub(in crate::write::html) fn escalation() -> Picture {
    let rung = |level: &str, who: &str, reply: &str, total: &str| Rung {
        level: level.to_owned(),
        who: who.to_owned(),
        reply: reply.to_owned(),
        total: total.to_owned(),
    };
    let ladder = Ladder {
        rungs: vec![
            rung(
                "1",
                "Partner manager and alliance lead",
                "2 business days to reply",
                "By business day 2",
            ),
            rung(
                "2",
                "Head of partnerships, both parties",
                "3 business days to reply",
                "By business day 5",
            ),
            rung(
                "3",
                "Executive sponsors",
                "5 business days to reply",
                "By business day 10",
            ),
        ],
    };
    picture(
        "Whom to call next",
        "Three levels within ten business days.",
        Drawing::Ladder(ladder),
    )
}

pub(in crate::write::html) fn approval() -> Picture {
    let step = |lane, label: &str, clock: Option<&str>, after, condition: Option<&str>| Step {
        lane,
        label: label.to_owned(),
        clock: clock.map(str::to_owned),
        after,
        condition: condition.map(str::to_owned),
    };
    let path = Path {
        lanes: ["Beta Partners GmbH", "Acme brand team", "Acme legal"]
            .map(str::to_owned)
            .to_vec(),
        steps: vec![
            step(
                0,
                "Sends the asset with its use and dates",
                None,
                None,
                None,
            ),
            step(
                1,
                "Reviews the asset",
                Some("5 business days"),
                Some(0),
                None,
            ),
            step(
                2,
                "Checks claims and marks",
                Some("3 business days"),
                Some(1),
                None,
            ),
            step(0, "Uses the asset as approved", None, Some(2), None),
            step(
                0,
                "Treats the asset as refused and may escalate",
                None,
                Some(1),
                Some("No answer in time"),
            ),
        ],
    };
    picture(
        "How an asset is approved",
        "Silence is a refusal.",
        Drawing::Path(path),
    )
}

pub(in crate::write::html) fn documents() -> Picture {
    let document = |name: &str, note: &str| MapDocument {
        name: name.to_owned(),
        note: note.to_owned(),
    };
    let map = Map {
        documents: vec![
            document(
                "Amendments, the latest first",
                "What the parties changed and signed",
            ),
            document("Exhibit A: Economics", "Wins on rates, tiers and payment"),
            document("Master Agreement", "Wins on all else"),
            document("Exhibit B: Tasks", "Who does what"),
            document("Key Terms", "A summary, which does not bind"),
        ],
        uses: vec![(0, 1), (0, 2), (2, 1), (2, 3), (4, 1), (4, 2)],
        first: "Wins over all below".to_owned(),
        arrow: "An arrow leads to what a document refers to".to_owned(),
    };
    picture(
        "The documents",
        "Amendments win over exhibits, exhibits over the master.",
        Drawing::Map(map),
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
