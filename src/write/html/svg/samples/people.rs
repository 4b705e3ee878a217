//! Samples of who does what, whom to call, how to ask, and what is what.

use super::picture;
use crate::document::picture::{
    Drawing, Ladder, Letter, Map, MapDocument, Matrix, MatrixRow, Path, Picture, RoleGroup, Rung,
    Step, Weight,
};

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
