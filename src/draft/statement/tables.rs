//! The tables of a statement.

use super::{Shown, text, titled, what};
use crate::deal::Reward;
use crate::document::{Align, Block, Column, Inline, Section, Table};
use crate::economics::{Base, Line};
use crate::events::{Contribution, SettleKind, SettleLine};
use crate::library::{StatementWords, fill, sentence};
use crate::units::{Period, PeriodUnit};

/// What is paid and when, under the title.
pub(super) fn front(shown: &Shown<'_>) -> Vec<Block> {
    let words = shown.words();
    let made = shown.made;
    let settlement = &made.settlement;
    let party = |id: &str| {
        shown
            .deal
            .party(id)
            .map_or_else(String::new, |party| party.short.to_string())
    };
    let (payer, payee) = shown.deal.economics.as_ref().map_or_else(
        || (String::new(), String::new()),
        |economics| (party(economics.payer.id()), party(economics.payee.id())),
    );
    let time = &made.closed.time;
    let pays = settlement.pay;
    let word = if pays.is_zero() {
        &words.nothing
    } else if settlement.carried {
        &words.carried
    } else {
        &words.pays
    };
    let sentence = fill(
        word.as_str(),
        &[
            ("payer", &payer),
            ("payee", &payee),
            ("sum", &shown.money(pays)),
            ("from", &time.from.print()),
            ("to", &time.to.print()),
            ("due", &settlement.due.print()),
        ],
    );
    let mut notes = Vec::new();
    if !pays.is_zero() && !settlement.carried {
        let due = fill(
            words.due_note.as_str(),
            &[("statement_due", &settlement.statement_due.print())],
        );
        notes.push(Block::Paragraph(text(&due)));
    }
    let mut any = false;
    for (before, after) in made.stretches.iter().zip(made.stretches.iter().skip(1)) {
        let values = [("from", after.from.print()), ("to", before.to.print())];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        let amended = crate::events::pays(&before.deal, &after.deal);
        let word = if amended {
            &words.divided
        } else {
            &words.divided_year
        };
        any |= amended;
        notes.push(Block::Paragraph(text(&fill(word.as_str(), &values))));
    }
    if any {
        notes.push(Block::Paragraph(text(words.divided_note.as_str())));
    }
    notes.push(Block::Paragraph(text(words.draft_note.as_str())));
    vec![
        Block::Paragraph(vec![Inline::Strong(text(&sentence))]),
        Block::Note(notes),
    ]
}

/// What was earned, and how it becomes a payment.
pub(super) fn sums(shown: &Shown<'_>) -> Option<Vec<Section>> {
    let words = shown.words();
    let statement = &shown.made.closed.statement;
    let mut rows = Vec::new();
    for (index, line) in statement.lines.iter().enumerate() {
        rows.push(vec![
            text(&(index + 1).to_string()),
            text(&what(shown, line)),
            text(&base(shown, line.base)),
            text(&pays(shown, line)),
            text(&shown.money(line.paid)),
        ]);
    }
    if !statement.rounding_difference.is_zero() {
        rows.push(vec![
            Vec::new(),
            text(words.rounding.as_str()),
            Vec::new(),
            Vec::new(),
            text(&shown.money(statement.rounding_difference)),
        ]);
    }
    rows.push(vec![
        Vec::new(),
        vec![Inline::Strong(text(words.total.as_str()))],
        Vec::new(),
        Vec::new(),
        vec![Inline::Strong(text(&shown.money(statement.total)))],
    ]);
    let mut blocks = Vec::new();
    if statement.lines.is_empty() {
        blocks.push(Block::Paragraph(text(words.no_lines.as_str())));
    }
    blocks.push(table(
        "statement-table",
        words.earned_table.as_str(),
        &[
            (words.number.as_str(), Align::End),
            (words.what.as_str(), Align::Start),
            (words.base.as_str(), Align::End),
            (words.pays_column.as_str(), Align::End),
            (words.amount.as_str(), Align::End),
        ],
        rows,
    ));
    let earned = titled("statement-earned", words.earned.as_str(), blocks)?;
    Some(vec![earned, settlement(shown)?])
}

fn settlement(shown: &Shown<'_>) -> Option<Section> {
    let words = shown.words();
    let settlement = &shown.made.settlement;
    let total = shown.made.closed.statement.total;
    let mut rows = vec![vec![text(words.total.as_str()), text(&shown.money(total))]];
    for line in &settlement.lines {
        rows.push(vec![
            text(&sentence(&settled(shown, line))),
            text(&shown.money(line.amount)),
        ]);
    }
    let word = if settlement.carried {
        &words.pay_carried
    } else {
        &words.pay
    };
    rows.push(vec![
        vec![Inline::Strong(text(word.as_str()))],
        vec![Inline::Strong(text(&shown.money(settlement.pay)))],
    ]);
    let columns = [
        (words.what.as_str(), Align::Start),
        (words.amount.as_str(), Align::End),
    ];
    let mut blocks = vec![table(
        "statement-settlement",
        words.to_pay_table.as_str(),
        &columns,
        rows,
    )];
    for dispute in &settlement.disputes {
        let sentence = fill(
            words.disputed.as_str(),
            &[
                ("about", &dispute.statement),
                ("sum", &shown.money(dispute.amount)),
                ("most", &shown.money(dispute.most)),
            ],
        );
        blocks.push(Block::Paragraph(text(&sentence)));
    }
    titled("statement-payment", words.to_pay.as_str(), blocks)
}

/// A line of the settlement in words.
pub(super) fn settled(shown: &Shown<'_>, line: &SettleLine) -> String {
    let words = shown.words();
    let numerals = shown.numerals();
    let about = line.about.as_str();
    match line.kind {
        SettleKind::Held => words.held.to_string(),
        SettleKind::Released => words.released.to_string(),
        SettleKind::Carried => fill(words.carried_over.as_str(), &[("about", about)]),
        SettleKind::Settled => fill(words.settled.as_str(), &[("about", about)]),
        SettleKind::SetOff => fill(words.set_off.as_str(), &[("about", about)]),
        SettleKind::Guarantee => fill(words.guarantee.as_str(), &[("about", about)]),
        SettleKind::Interest { of, days, rate } => fill(
            words.interest.as_str(),
            &[
                ("about", about),
                ("sum", &shown.money(of)),
                (
                    "days",
                    &Period::new(days.unsigned_abs(), PeriodUnit::Day).print(&numerals),
                ),
                ("rate", &rate.print(&numerals)),
            ],
        ),
    }
}

fn base(shown: &Shown<'_>, base: Base) -> String {
    match base {
        Base::Money(money) => shown.money(money),
        Base::Count(count) => shown.numerals().print_whole(count),
    }
}

fn pays(shown: &Shown<'_>, line: &Line) -> String {
    match line.pays {
        Reward::Rate(rate) => rate.print(&shown.numerals()),
        Reward::Each(money) => shown.money(money),
    }
}

/// The name of an event that leads to a line.
pub fn event(one: &Contribution, words: &StatementWords) -> String {
    if one.by_silence {
        fill(words.by_silence.as_str(), &[("event", &one.id)])
    } else {
        one.id.clone()
    }
}

/// The events of a line, the first of them.
pub(super) fn events(shown: &Shown<'_>, number: usize, line: &Line) -> Vec<Block> {
    let words = shown.words();
    let leads = |stretch, pays| shown.made.leads(stretch, pays, line, shown.deal);
    let of_line: Vec<_> = shown
        .made
        .contributions
        .iter()
        .filter(|one| leads(one.stretch, one.pays))
        .collect();
    let all: u64 = shown
        .made
        .counts
        .iter()
        .filter(|((stretch, pays), _)| leads(*stretch, *pays))
        .map(|(_, count)| *count)
        .sum();
    if of_line.is_empty() {
        return vec![Block::Paragraph(text(words.no_events.as_str()))];
    }
    let rows = of_line
        .iter()
        .map(|one| {
            vec![
                text(&event(one, words)),
                text(&one.date.print()),
                text(&one.account),
                text(&base(shown, one.base)),
                text(&format!("{}:{}", file(&one.file), one.line)),
            ]
        })
        .collect();
    let caption = fill(words.events.as_str(), &[("number", &number.to_string())]);
    let mut blocks = vec![table(
        &format!("statement-events-{number}"),
        &caption,
        &[
            (words.event.as_str(), Align::Start),
            (words.day.as_str(), Align::Start),
            (words.account.as_str(), Align::Start),
            (words.volume.as_str(), Align::End),
            (words.place.as_str(), Align::Start),
        ],
        rows,
    )];
    let shown_count = of_line.len() as u64;
    if shown_count < all {
        let numerals = shown.numerals();
        let more = fill(
            words.more.as_str(),
            &[
                ("count", &numerals.print_whole(shown_count)),
                ("all", &numerals.print_whole(all)),
            ],
        );
        blocks.push(Block::Paragraph(text(&more)));
    }
    blocks
}

pub(super) fn table(
    anchor: &str,
    caption: &str,
    columns: &[(&str, Align)],
    rows: Vec<Vec<Vec<Inline>>>,
) -> Block {
    Block::Table(Table {
        anchor: anchor.parse().ok(),
        caption: text(caption),
        columns: columns
            .iter()
            .map(|(heading, align)| Column {
                heading: text(heading),
                align: *align,
            })
            .collect(),
        rows,
    })
}

/// A file without its folder: the other side reads this, and what a folder is called is nobody's business.
fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
