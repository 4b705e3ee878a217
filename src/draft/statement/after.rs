//! What stands after the lines of a statement: accounts, measures, earlier statements, and what was read.

use super::tables::table;
use super::{Shown, text, titled};
use crate::document::{Align, Block, Section};
use crate::events::Measured;
use crate::library::fill;
use crate::units::{Date, Decimal, Measure};

/// Accounts, measures, the minimum, earlier statements, and what was read.
pub(super) fn rest(shown: &Shown<'_>) -> Option<Vec<Section>> {
    let mut sections = Vec::new();
    sections.extend(customers(shown)?);
    sections.push(measures(shown)?);
    sections.extend(earlier(shown)?);
    sections.push(read(shown)?);
    Some(sections)
}

fn customers(shown: &Shown<'_>) -> Option<Vec<Section>> {
    let words = shown.words();
    let closed = &shown.made.closed;
    let mut sections = Vec::new();
    if !closed.accounts.is_empty() {
        let rows = closed
            .accounts
            .iter()
            .map(|(account, amount)| vec![text(account), text(&shown.money(*amount))])
            .collect();
        let columns = [
            (words.account.as_str(), Align::Start),
            (words.amount.as_str(), Align::End),
        ];
        let blocks = vec![
            Block::Paragraph(text(words.customers_note.as_str())),
            table(
                "statement-accounts",
                words.customers_table.as_str(),
                &columns,
                rows,
            ),
        ];
        sections.push(titled(
            "statement-customers",
            words.customers.as_str(),
            blocks,
        )?);
    }
    if !closed.left.is_empty() {
        let rows = closed
            .left
            .iter()
            .map(|left| {
                vec![
                    text(&left.account),
                    text(&left.on.print()),
                    text(&left.event),
                    text(&shown.money(left.paid)),
                ]
            })
            .collect();
        let columns = [
            (words.account.as_str(), Align::Start),
            (words.left_on.as_str(), Align::Start),
            (words.event.as_str(), Align::Start),
            (words.paid_before.as_str(), Align::End),
        ];
        let blocks = vec![table(
            "statement-left",
            words.returned_table.as_str(),
            &columns,
            rows,
        )];
        sections.push(titled(
            "statement-returned",
            words.returned.as_str(),
            blocks,
        )?);
    }
    Some(sections)
}

fn measures(shown: &Shown<'_>) -> Option<Section> {
    let words = shown.words();
    let name = |id: &str| {
        shown
            .deal
            .metric(id)
            .map_or_else(|| id.to_owned(), |metric| metric.name.to_string())
    };
    let rows = shown
        .made
        .metrics
        .iter()
        .map(|(id, value)| vec![text(&name(id)), text(&measured(shown, value.value))])
        .collect();
    let columns = [
        (words.measure.as_str(), Align::Start),
        (words.value.as_str(), Align::End),
    ];
    let mut blocks = vec![table(
        "statement-measured",
        words.measures_table.as_str(),
        &columns,
        rows,
    )];
    let terms = shown
        .deal
        .economics
        .as_ref()
        .and_then(|economics| economics.minimum.as_ref());
    if let (Some(state), Some(terms)) = (&shown.made.minimum, terms) {
        let word = match state.met {
            Some(true) => &words.minimum_met,
            Some(false) => &words.minimum_missed,
            None => &words.minimum_by_hand,
        };
        let required = match &state.required {
            Measure::Money(money) => shown.money(*money),
            Measure::Count(count) => count.print(&shown.numerals()),
            Measure::Rate(rate) => rate.print(&shown.numerals()),
            Measure::Period(period) => period.print(&shown.numerals()),
        };
        let day = |date: Date| date.print();
        let sentence = fill(
            word.as_str(),
            &[
                ("from", &day(state.from)),
                ("to", &day(state.to)),
                ("metric", &name(terms.metric.id())),
                ("reached", &measured(shown, state.reached)),
                ("required", &required),
            ],
        );
        blocks.push(Block::Paragraph(text(&sentence)));
    }
    titled("statement-measures", words.measures.as_str(), blocks)
}

/// What a metric came to, in words.
pub(super) fn measured(shown: &Shown<'_>, value: Measured) -> String {
    let words = shown.words();
    let numerals = shown.numerals();
    match value {
        Measured::Money(money) => shown.money(money),
        Measured::Count(count) => numerals.print_whole(count),
        Measured::Share { whole: 0, .. } => words.share_of_none.to_string(),
        Measured::Share { part, whole } => {
            let percent = Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole);
            let share = format!("{}%", numerals.print_decimal(percent.round_dp(1)));
            fill(
                words.share_of.as_str(),
                &[
                    ("share", &share),
                    ("part", &numerals.print_whole(part)),
                    ("whole", &numerals.print_whole(whole)),
                ],
            )
        }
        Measured::ByHand => words.by_hand.to_string(),
    }
}

fn earlier(shown: &Shown<'_>) -> Option<Vec<Section>> {
    let words = shown.words();
    if shown.made.earlier.is_empty() {
        return Some(Vec::new());
    }
    let rows = shown
        .made
        .earlier
        .iter()
        .map(|(name, total, pay)| {
            vec![
                text(name),
                text(&shown.money(*total)),
                text(&shown.money(*pay)),
            ]
        })
        .collect();
    let columns = [
        (words.statement.as_str(), Align::Start),
        (words.commission.as_str(), Align::End),
        (words.payment.as_str(), Align::End),
    ];
    let blocks = vec![table(
        "statement-before",
        words.earlier_table.as_str(),
        &columns,
        rows,
    )];
    Some(vec![titled(
        "statement-earlier",
        words.earlier.as_str(),
        blocks,
    )?])
}

fn read(shown: &Shown<'_>) -> Option<Section> {
    let words = shown.words();
    let numerals = shown.numerals();
    let counts = shown.made.events;
    let number = |count: u64| numerals.print_whole(count);
    let mut blocks = vec![Block::Paragraph(text(&fill(
        words.read_events.as_str(),
        &[
            ("here", &number(counts.here)),
            ("before", &number(counts.before)),
            ("accounts", &number(counts.accounts)),
        ],
    )))];
    for (count, word, name) in [
        (counts.later, &words.read_later, "later"),
        (counts.by_silence, &words.read_silent, "silent"),
        (counts.pending, &words.read_pending, "pending"),
        (shown.left_out as u64, &words.left_out, "count"),
    ] {
        if count > 0 {
            let sentence = fill(word.as_str(), &[(name, &number(count))]);
            blocks.push(Block::Paragraph(text(&sentence)));
        }
    }
    titled("statement-read", words.read.as_str(), blocks)
}
