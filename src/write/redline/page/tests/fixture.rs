//! A redline written by hand that has every kind of mark once, so that what is tested is the page and not the
//! comparison.

mod tiers;

use crate::document::resolve::{Package, Resolved, Words, resolve};
use crate::document::{Anchor, Document, Inline, Label};
use crate::redline::{
    Body, Change, Container, Cover, Edit, End, Form, Kind, Level, MarkedLine, Move, Moved, Moving,
    Piece, Redline, Renumbered, Start, Stats, Style, Was, Weight, What, accept, reject,
};

pub(super) fn anchor(name: &str) -> Anchor {
    name.parse().expect("an anchor")
}

fn piece(edit: Edit, change: Option<usize>, leaf: Inline) -> Piece {
    Piece {
        edit,
        leaf,
        style: Style::Plain,
        was: None,
        change,
    }
}

fn kept(text: &str) -> Piece {
    piece(Edit::Kept, None, Inline::Text(text.to_owned()))
}

fn put(change: usize, text: &str) -> Piece {
    piece(Edit::Inserted, Some(change), Inline::Text(text.to_owned()))
}

fn struck(change: usize, text: &str) -> Piece {
    piece(Edit::Deleted, Some(change), Inline::Text(text.to_owned()))
}

fn refers(to: &str) -> Piece {
    piece(Edit::Kept, None, Inline::Reference(anchor(to)))
}

fn heading(depth: usize, name: &str, label: Label) -> Form {
    Form::Heading {
        depth,
        anchor: anchor(name),
        label,
    }
}

fn paragraph() -> Form {
    Form::Block {
        nest: Vec::new(),
        kind: Kind::Paragraph,
    }
}

fn item(start: Start) -> Form {
    let level = Level {
        container: Container::Item { ordered: true },
        start,
    };
    Form::Block {
        nest: vec![level],
        kind: Kind::Paragraph,
    }
}

fn bullet(start: Start) -> Form {
    let level = Level {
        container: Container::Item { ordered: false },
        start,
    };
    Form::Block {
        nest: vec![level],
        kind: Kind::Paragraph,
    }
}

fn note() -> Form {
    let level = Level {
        container: Container::Note,
        start: Start::Whole,
    };
    Form::Block {
        nest: vec![level],
        kind: Kind::Paragraph,
    }
}

fn both(form: Form, pieces: Vec<Piece>) -> MarkedLine {
    MarkedLine {
        old: Some(form.clone()),
        new: Some(form),
        moved: None,
        body: Body::Words(pieces),
        change: None,
    }
}

fn old_only(form: Form, change: usize, pieces: Vec<Piece>) -> MarkedLine {
    MarkedLine {
        old: Some(form),
        new: None,
        moved: None,
        body: Body::Words(pieces),
        change: Some(change),
    }
}

fn new_only(form: Form, change: usize, pieces: Vec<Piece>) -> MarkedLine {
    MarkedLine {
        old: None,
        new: Some(form),
        moved: None,
        body: Body::Words(pieces),
        change: Some(change),
    }
}

fn from(form: Form, id: usize, change: usize, pieces: Vec<Piece>) -> MarkedLine {
    let moved = Some(Moved { id, end: End::From });
    MarkedLine {
        moved,
        ..old_only(form, change, pieces)
    }
}

fn to(form: Form, id: usize, change: usize, pieces: Vec<Piece>) -> MarkedLine {
    let moved = Some(Moved { id, end: End::To });
    MarkedLine {
        moved,
        ..new_only(form, change, pieces)
    }
}

/// The changes in the order of their numbers: weight, what, section, words struck and put in.
const CHANGES: [(Weight, What, &str, usize, usize); 19] = [
    (Weight::Wording, What::Replaced, "agreement", 1, 1),
    (Weight::Substance, What::Replaced, "payment-time", 1, 1),
    (Weight::Wording, What::Split, "payment-time", 0, 0),
    (Weight::Wording, What::Merged, "payment-time", 0, 0),
    (Weight::Move, What::Moved, "records", 0, 0),
    (Weight::Substance, What::Replaced, "records", 1, 1),
    (Weight::Substance, What::Inserted, "records", 0, 7),
    (Weight::Substance, What::Inserted, "late", 0, 9),
    (Weight::Substance, What::Inserted, "duties", 0, 6),
    (Weight::Substance, What::Deleted, "duties", 5, 0),
    (Weight::Noise, What::Formed, "duties", 0, 0),
    (Weight::Noise, What::Set, "duties", 0, 0),
    (Weight::Substance, What::Replaced, "tiers", 2, 2),
    (Weight::Substance, What::Inserted, "tiers", 0, 5),
    (Weight::Substance, What::Deleted, "tiers", 4, 0),
    (Weight::Substance, What::Inserted, "tiers", 0, 4),
    (Weight::Substance, What::Deleted, "tiers", 3, 0),
    (Weight::Wording, What::Replaced, "links", 1, 1),
    (Weight::Substance, What::Replaced, "links", 0, 0),
];

/// The redline.
pub(super) fn redline() -> Redline {
    let lines = lines();
    let end = |id: usize, end: End| {
        let moved = Some(Moved { id, end });
        lines
            .iter()
            .position(|line| line.moved == moved)
            .expect("both ends")
    };
    let changes =
        CHANGES
            .iter()
            .enumerate()
            .map(
                |(place, (weight, what, section, deleted, inserted))| Change {
                    number: place + 1,
                    weight: *weight,
                    what: *what,
                    section: anchor(section),
                    line: 0,
                    deleted: *deleted,
                    inserted: *inserted,
                },
            );
    let cover = |imprint: &str| Cover {
        name: "agreement".to_owned(),
        imprint: Some(imprint.to_owned()),
    };
    Redline {
        old: cover("Draft 3 · a41c 77e0"),
        new: cover("Draft 4 · 5d02 19ab"),
        moves: vec![Move {
            what: Moving::Section(anchor("records")),
            from: end(0, End::From),
            to: end(0, End::To),
            change: 5,
            words: 21,
        }],
        changes: changes.collect(),
        renumbered: vec![Renumbered {
            anchor: anchor("duties"),
            old: Some("4".to_owned()),
            new: Some("5".to_owned()),
        }],
        sections: Vec::new(),
        stats: Stats {
            old_words: 180,
            new_words: 200,
            inserted: 41,
            deleted: 18,
            moved: 21,
            ..Stats::default()
        },
        lines,
    }
}

fn lines() -> Vec<MarkedLine> {
    use Label::{Exhibit, Number, Part, Title};
    vec![
        both(
            heading(0, "agreement", Title),
            vec![kept("Alliance Agreement")],
        ),
        both(
            paragraph(),
            vec![
                kept("This agreement is "),
                struck(1, "made"),
                put(1, "concluded"),
                kept(" between Acme Ltd and Beta GmbH. It begins on 1 January 2027."),
            ],
        ),
        both(heading(1, "master", Part), vec![kept("Master Agreement")]),
        both(heading(2, "purpose", Number), vec![kept("Purpose")]),
        both(
            paragraph(),
            vec![kept("The parties sell together what each makes alone.")],
        ),
        both(heading(2, "payment", Number), vec![kept("Payment")]),
        both(
            heading(3, "payment-time", Number),
            vec![kept("Time of payment")],
        ),
        both(
            paragraph(),
            vec![
                kept("Acme pays within "),
                struck(2, "30 days"),
                put(2, "45 days"),
                kept(" after the statement, as "),
                refers("duties"),
                kept(" says."),
            ],
        ),
        new_only(
            paragraph(),
            3,
            vec![kept("A payment is made when it can be drawn on. ")],
        ),
        both(
            paragraph(),
            vec![kept("Neither party pays the costs of the other’s bank.")],
        ),
        old_only(paragraph(), 4, vec![kept("Amounts are in euros. ")]),
        both(paragraph(), vec![kept("They are rounded to the cent.")]),
        from(heading(3, "records", Number), 0, 5, vec![kept("Records")]),
        from(
            paragraph(),
            0,
            5,
            vec![kept(
                "Each party keeps its records for five years and shows them on request.",
            )],
        ),
        both(heading(3, "taxes", Number), vec![kept("Taxes")]),
        both(paragraph(), vec![kept("Each party bears its own taxes.")]),
        new_only(heading(2, "late", Number), 8, vec![put(8, "Late payment")]),
        new_only(
            paragraph(),
            8,
            vec![put(8, "Late sums bear interest of 8% a year.")],
        ),
        both(heading(2, "law", Number), vec![kept("Law")]),
        both(note(), vec![kept("In short: Irish law.")]),
        both(paragraph(), vec![kept("Irish law governs this agreement.")]),
        both(heading(2, "duties", Number), vec![kept("Duties")]),
        both(paragraph(), vec![kept("The partner:")]),
        both(
            item(Start::Whole),
            vec![kept("names a person for the alliance;")],
        ),
        new_only(
            item(Start::Item),
            9,
            vec![put(9, "answers questions within two business days;")],
        ),
        both(item(Start::Item), vec![kept("trains its staff;")]),
        old_only(
            item(Start::Item),
            10,
            vec![struck(10, "sends a report each week; and")],
        ),
        MarkedLine {
            old: Some(paragraph()),
            new: Some(bullet(Start::Whole)),
            change: Some(11),
            ..both(paragraph(), vec![kept("All of this at its own cost.")])
        },
        both(
            paragraph(),
            vec![
                kept("Nothing in this agreement makes the parties "),
                Piece {
                    style: Style::Strong,
                    was: Some(Was {
                        leaf: Inline::Text("partners in law".to_owned()),
                        style: Style::Plain,
                    }),
                    change: Some(12),
                    ..kept("partners in law")
                },
                kept("."),
            ],
        ),
        to(heading(2, "records", Number), 0, 5, vec![kept("Records")]),
        to(
            paragraph(),
            0,
            5,
            vec![
                kept("Each party keeps its records for "),
                struck(6, "five"),
                put(6, "seven"),
                kept(" years and shows them on request."),
            ],
        ),
        to(
            paragraph(),
            0,
            5,
            vec![put(7, "An auditor may see them once a year.")],
        ),
        both(heading(1, "economics", Exhibit), vec![kept("Economics")]),
        both(heading(2, "tiers", Number), vec![kept("Tiers")]),
        MarkedLine {
            body: Body::Table(tiers::table()),
            ..both(
                Form::Block {
                    nest: Vec::new(),
                    kind: Kind::Table,
                },
                Vec::new(),
            )
        },
        both(heading(2, "links", Title), vec![kept("Links & sources")]),
        both(
            paragraph(),
            vec![
                kept("See the "),
                piece(
                    Edit::Deleted,
                    Some(18),
                    Inline::Link {
                        url: "https://example.org/old".into(),
                        text: "terms".into(),
                    },
                ),
                piece(
                    Edit::Inserted,
                    Some(18),
                    Inline::Link {
                        url: "https://example.org/new".into(),
                        text: "terms".into(),
                    },
                ),
                kept(" and "),
                piece(
                    Edit::Kept,
                    None,
                    Inline::Link {
                        url: "javascript:alert(1)".into(),
                        text: "this".into(),
                    },
                ),
                kept(", "),
                piece(Edit::Kept, None, Inline::Definition("Terms".into())),
                kept("."),
            ],
        ),
        both(
            Form::Block {
                nest: Vec::new(),
                kind: Kind::Source,
            },
            vec![
                piece(Edit::Kept, None, Inline::Text("<script>".into())),
                piece(Edit::Deleted, Some(19), Inline::Text("one()".into())),
                piece(Edit::Inserted, Some(19), Inline::Text("two()".into())),
                piece(
                    Edit::Kept,
                    None,
                    Inline::Text("</script>\n<img src=x onerror=alert(1)>".into()),
                ),
            ],
        ),
    ]
}

/// What references are printed with.
pub(super) fn reference_words() -> Words {
    Words {
        section: "Section".to_owned(),
        exhibit: "Exhibit".to_owned(),
        of: "of".to_owned(),
        the: "the".to_owned(),
        this: "this".to_owned(),
        this_exhibit: "this Exhibit".to_owned(),
    }
}

/// A document with its numbers.
pub(super) fn resolved(document: Document) -> Resolved {
    let package = Package {
        documents: vec![document],
        lone: Vec::new(),
    };
    resolve(package, reference_words()).expect("references that lead somewhere")
}

/// The old and the new document of [`redline`].
pub(super) fn documents(redline: &Redline) -> (Document, Document) {
    (
        reject(redline).expect("the old document"),
        accept(redline).expect("the new document"),
    )
}
