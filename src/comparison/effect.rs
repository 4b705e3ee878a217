//! What a changed term does to the money.

use super::Drafted;
use super::alone::{Alone, expected};
use crate::deal::changes::{TermChange, difference};
use crate::deal::{Deal, Side};
use crate::economics::{self, Case, Outcome, Results};
use crate::units::{Money, Numerals};
use crate::write::redline::page;

/// The effect of one change, a line each: how far apart the values are, and what the payout would be if nothing else
/// had changed.
pub(super) fn of(
    change: &TermChange,
    alone: Option<&Alone>,
    old: &Drafted,
    new: &Drafted,
) -> Vec<String> {
    let mut lines: Vec<String> = change.difference.iter().cloned().collect();
    lines.extend(alone.and_then(|alone| paid(alone, &old.deal, &new.deal)));
    lines
}

/// What the expected payout would be if this were the only change.
fn paid(alone: &Alone, old: &Deal, new: &Deal) -> Option<String> {
    let (before, after) = (expected(old)?, alone.payout?);
    if after == before {
        return None;
    }
    let numerals = new.numerals();
    let apart = difference::money(before, after, &numerals)?;
    let with = match alone.terms {
        1 => "",
        _ => ", with the other changes of this table",
    };
    Some(format!(
        "{apart} paid at expected volume ({}, was {}){with}",
        after.print_exact(&numerals),
        before.print_exact(&numerals)
    ))
}

/// Both sides' results, old beside new, each at the forecast of its own deal.
pub(super) fn results(old: &Drafted, new: &Drafted) -> Option<page::Results> {
    let of = |side: &Drafted| economics::results(&side.deal).ok().flatten();
    let (was, is) = (of(old), of(new));
    if was.is_none() && is.is_none() {
        return None;
    }
    let numerals = (old.deal.numerals(), new.deal.numerals());
    let company = name(&new.deal, Side::Company);
    let partner = name(&new.deal, Side::Partner);
    let lines = [
        (
            "Revenue".to_owned(),
            (|outcome| Some(outcome.revenue)) as Figure,
        ),
        (payer(&new.deal), |outcome| Some(outcome.payout)),
        (format!("{company} keeps"), |outcome| outcome.company),
        (format!("{partner} keeps"), |outcome| outcome.partner),
    ];
    let lines = lines
        .into_iter()
        .map(|(side, figure)| page::ResultLine {
            side,
            was: figures(was.as_ref(), figure, &numerals.0),
            is: figures(is.as_ref(), figure, &numerals.1),
        })
        .filter(|line| line.was.iter().chain(&line.is).any(|cell| !cell.is_empty()))
        .collect();
    Some(page::Results {
        volumes: ["low", "expected", "high"].map(str::to_owned).to_vec(),
        lines,
    })
}

type Figure = fn(&Outcome) -> Option<Money>;

fn figures(results: Option<&Results>, figure: Figure, numerals: &Numerals) -> Vec<String> {
    [Case::Low, Case::Expected, Case::High]
        .map(|case| {
            let outcomes = results.iter().flat_map(|results| &results.outcomes);
            let mut of_case = outcomes.filter(|outcome| outcome.case == case);
            let money = of_case.next().and_then(figure);
            money.map_or_else(String::new, |money| money.print_exact(numerals))
        })
        .to_vec()
}

fn name(deal: &Deal, side: Side) -> String {
    deal.side(side)
        .map_or_else(|| side.as_str().to_owned(), |party| party.short.to_string())
}

/// "Tallowmere pays".
fn payer(deal: &Deal) -> String {
    let payer = deal
        .economics
        .as_ref()
        .map(|economics| economics.payer.id());
    let short = payer.and_then(|id| deal.party(id));
    short.map_or_else(
        || "Paid".to_owned(),
        |party| format!("{} pays", party.short),
    )
}
