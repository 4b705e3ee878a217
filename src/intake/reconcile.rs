//! The term sheet and the deal, side by side: what agrees, what has changed, what was lost.

use super::wanted::model_key;
use super::{Answer, Answers, place};
use crate::deal::Tree;
use crate::deal::record::{Node, Reader};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source, Span};
use crate::units::{Date, Decimal, Measure, Unit};
use std::fmt;
use std::sync::Arc;
use toml::de::DeTable;

/// How many answers of the term sheet the deal still gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The deal says the same.
    pub agree: usize,
    /// The deal says something else, and the reason for it.
    pub with_reason: usize,
    /// The deal says something else.
    pub differ: usize,
    /// The deal does not say it.
    pub open: usize,
}

impl Tally {
    /// How many answers the term sheet has.
    pub fn answers(&self) -> usize {
        self.agree + self.with_reason + self.differ + self.open
    }
}

impl fmt::Display for Tally {
    /// `28 of 31 values agree, 2 changed with a reason, 1 open`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.answers();
        let plural = if all == 1 { "" } else { "s" };
        write!(f, "{} of {all} value{plural} agree", self.agree)?;
        for (count, what) in [
            (self.with_reason, "changed with a reason"),
            (self.differ, "changed without a reason"),
            (self.open, "open"),
        ] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}

/// Compares each answer with what the deal file says in its place. The deal need not be complete for that.
///
/// `None` if the deal is not TOML, which its own reader reports.
pub fn reconcile(answers: &Answers, deal: &Tree<'_>, report: &mut Report) -> Option<Tally> {
    let table = deal.root()?.get_ref().as_table()?;
    let deal = deal.source();
    let mut tally = Tally::default();
    for answer in &answers.given {
        let mut verdict = Verdict::Agrees;
        for pair in pairs(answer, answers, table, deal) {
            verdict = verdict.max(compare(answer.key, &pair, report));
        }
        match verdict {
            Verdict::Agrees => tally.agree += 1,
            Verdict::Reasoned => tally.with_reason += 1,
            Verdict::Open => tally.open += 1,
            Verdict::Differs => tally.differ += 1,
        }
    }
    Some(tally)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Agrees,
    Reasoned,
    Open,
    Differs,
}

/// What the sheet says, and what the deal says in its place.
struct Pair {
    path: String,
    sheet: At<String>,
    deal: Option<At<String>>,
    /// Whether the table of the deal gives a reason, and may give one.
    reasoned: bool,
    /// Whether the sheet has no such value at all, and shows only where it would stand.
    surplus: bool,
}

/// The values of one answer, each with its counterpart.
fn pairs(answer: &Answer, answers: &Answers, table: &DeTable<'_>, deal: &Arc<Source>) -> Vec<Pair> {
    let Some(path) = place(answer.key) else {
        return Vec::new();
    };
    let at = |path: &str, sheet: &At<String>| {
        let (value, reasoned) = find(table, path, deal);
        Pair {
            path: path.to_owned(),
            sheet: sheet.clone(),
            deal: value,
            reasoned,
            surplus: false,
        }
    };
    match (&answer.values[..], answer.key) {
        ([model], "model") => {
            // The table of the model says it.
            let Some(chosen) = &answers.sheet.model else {
                return Vec::new();
            };
            let path = format!("{path}.{}", model_key(chosen.value));
            let there = lookup(table, &path)
                .map(|(node, _)| At::new(model.value.clone(), Span::new(deal, node.span())));
            vec![Pair {
                path,
                sheet: model.clone(),
                deal: there,
                reasoned: false,
                surplus: false,
            }]
        }
        (slices, "tiers") => {
            let mut pairs = Vec::new();
            if let (Some(first), None) = (slices.first(), lookup(table, path)) {
                return vec![at("economics.tiers", first)];
            }
            for (index, (written, slice)) in slices.iter().zip(&answers.sheet.tiers).enumerate() {
                let (pays, to) = slice.parts();
                let plain = written.span.text() == written.value;
                let part = |text: &str, start: usize| {
                    let span = if plain {
                        written.span.part(start..start + text.len())
                    } else {
                        written.span.clone()
                    };
                    At::new(text.to_owned(), span)
                };
                let path = format!("{path}.{}", index + 1);
                if lookup(table, &path).is_none() {
                    pairs.push(at(&path, written));
                    continue;
                }
                pairs.push(at(&format!("{path}.pays"), &part(pays, 0)));
                if let Some(to) = to {
                    let start = written.value.len() - to.len();
                    pairs.push(at(&format!("{path}.to"), &part(to, start)));
                }
            }
            // A tier that the sheet does not know.
            let extra = format!("{path}.{}.pays", slices.len() + 1);
            if let (Some(last), (Some(more), reasoned)) = (slices.last(), find(table, &extra, deal))
            {
                pairs.push(Pair {
                    path: extra,
                    sheet: last.clone(),
                    deal: Some(more),
                    reasoned,
                    surplus: true,
                });
            }
            pairs
        }
        (values, _) => values.iter().map(|value| at(path, value)).collect(),
    }
}

/// The text at a path, and whether a table around it gives a reason.
fn find(table: &DeTable<'_>, path: &str, deal: &Arc<Source>) -> (Option<At<String>>, bool) {
    let Some((node, reasoned)) = lookup(table, path) else {
        return (None, false);
    };
    let mut ignored = Report::new();
    let mut reader = Reader::new(deal, &mut ignored);
    let text = reader
        .text(node, "text")
        .map(|(text, at)| At::new(text.to_owned(), at));
    (text, reasoned)
}

/// The node at a path. A list is entered at a number from 1, at a side of a party, or at its first table.
fn lookup<'t, 'i>(table: &'t DeTable<'i>, path: &str) -> Option<(&'t Node<'i>, bool)> {
    let mut table = table;
    let mut steps = path.split('.').peekable();
    let mut reasoned = false;
    loop {
        let step = steps.next()?;
        let (key, side) = match step.split_once('[') {
            Some((key, side)) => (key, Some(side.trim_end_matches(']'))),
            None => (step, None),
        };
        let mut node = table.get(key)?;
        let mut numbered = false;
        if let Some(items) = node.get_ref().as_array() {
            let is_side = |item: &Node<'_>| {
                let side_of = item
                    .get_ref()
                    .as_table()
                    .and_then(|table| table.get("side"));
                side_of.and_then(|word| word.get_ref().as_str()) == side
            };
            let number = steps.peek().and_then(|step| step.parse::<usize>().ok());
            node = match (side, number) {
                (Some(_), _) => items.iter().find(|item| is_side(item))?,
                (None, Some(number)) => {
                    steps.next();
                    numbered = true;
                    items.get(number.checked_sub(1)?)?
                }
                (None, None) => items.iter().next()?,
            };
        }
        if steps.peek().is_none() {
            return Some((node, reasoned));
        }
        table = node.get_ref().as_table()?;
        // A numbered table has its reason in the one around it.
        reasoned = table.contains_key("reason") || reasoned && numbered;
    }
}

fn compare(key: &str, pair: &Pair, report: &mut Report) -> Verdict {
    let Some(deal) = &pair.deal else {
        let message = format!(
            "the term sheet says `{}`, and the deal has no `{}`",
            pair.sheet.value.trim(),
            pair.path
        );
        report.push(
            Diagnostic::warning(Code::TermSheetMissing, &pair.sheet.span, message).help(format!(
                "write it in the deal, or take `{key}` out of the term sheet"
            )),
        );
        return Verdict::Open;
    };
    if !pair.surplus && same(&pair.sheet.value, &deal.value) {
        return Verdict::Agrees;
    }
    if !pair.surplus
        && let Some(factor) = power_of_ten(&pair.sheet.value, &deal.value)
    {
        let message = match factor {
            Factor::More(times) => {
                format!("the deal says exactly {times} times as much as the term sheet")
            }
            Factor::Less(times) => {
                format!("the term sheet says exactly {times} times as much as the deal")
            }
        };
        report.push(
            Diagnostic::error(Code::PowerOfTen, &deal.span, message)
                .also(&pair.sheet.span, "the term sheet")
                .help("correct the slip; if it is meant, write it so in the term sheet too"),
        );
        return Verdict::Differs;
    }
    if pair.reasoned {
        return Verdict::Reasoned;
    }
    let message = if pair.surplus {
        "the deal has more tiers than the term sheet".to_owned()
    } else {
        format!(
            "the deal says `{}`, the term sheet says `{}`",
            deal.value.trim(),
            pair.sheet.value.trim()
        )
    };
    let table = pair.path.rsplit_once('.').map_or("", |(table, _)| table);
    let help = if takes_reason(table) {
        format!(
            "say why with `reason` in `[{}]`, or make the two agree",
            without_numbers(table)
        )
    } else {
        format!("make the two agree: `{key}` in the term sheet, or this")
    };
    report.push(
        Diagnostic::warning(Code::TermSheetDiffers, &deal.span, message)
            .also(&pair.sheet.span, "the term sheet")
            .help(help),
    );
    Verdict::Differs
}

/// Whether a table of the deal can give a reason.
fn takes_reason(path: &str) -> bool {
    use crate::deal::shape::Shape;
    let mut shape = crate::deal::SHAPE;
    let path = without_numbers(path);
    for step in path.split('.') {
        let Shape::Record(record) = shape.present() else {
            return false;
        };
        let Some(field) = record.field(step) else {
            return false;
        };
        shape = field.shape;
    }
    match shape.present() {
        Shape::Record(record) => record.field("reason").is_some(),
        Shape::Leaf(_)
        | Shape::Flag
        | Shape::Number
        | Shape::List(_)
        | Shape::Option(_)
        | Shape::Choices
        | Shape::Reasons => false,
    }
}

/// The table that holds the reason: `economics.tiers` for `economics.tiers.tier.2`.
fn without_numbers(path: &str) -> &str {
    path.split_once(".tier.").map_or(path, |(table, _)| table)
}

/// Whether two texts say the same: as measures, as days, or as words.
fn same(one: &str, two: &str) -> bool {
    if let (Ok(one), Ok(two)) = (Measure::from_text(one), Measure::from_text(two)) {
        return one == two || one.compare(&two).is_some_and(std::cmp::Ordering::is_eq);
    }
    if let (Ok(one), Ok(two)) = (Date::from_text(one), Date::from_text(two)) {
        return one == two;
    }
    let words = |text: &str| -> Vec<String> {
        text.replace('\u{2019}', "'")
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    words(one) == words(two)
}

/// How often the smaller goes into the larger.
enum Factor {
    More(String),
    Less(String),
}

/// The factor between two measures of one kind, if it is a power of ten.
fn power_of_ten(sheet: &str, deal: &str) -> Option<Factor> {
    let (one, two) = (
        Measure::from_text(sheet).ok()?,
        Measure::from_text(deal).ok()?,
    );
    let (one, two) = match (&one, &two) {
        (Measure::Period(one), Measure::Period(two)) if one.unit == two.unit => {
            (Decimal::from(one.count), Decimal::from(two.count))
        }
        (Measure::Period(_), Measure::Period(_)) => return None,
        _ if !one.same_kind(&two) => return None,
        (one, two) => (number(one), number(two)),
    };
    if one.is_zero() || two.is_zero() {
        return None;
    }
    let mut factor = Decimal::TEN;
    let mut zeros = "0".to_owned();
    // Money ends well below ten to the eighteenth.
    for _ in 0..18 {
        let written = grouped(&zeros);
        if one.checked_mul(factor) == Some(two) {
            return Some(Factor::More(written));
        }
        if two.checked_mul(factor) == Some(one) {
            return Some(Factor::Less(written));
        }
        factor = factor.checked_mul(Decimal::TEN)?;
        zeros.push('0');
    }
    None
}

fn number(measure: &Measure) -> Decimal {
    match measure {
        Measure::Money(money) => money.amount(),
        Measure::Rate(rate) => rate.fraction(),
        Measure::Count(count) => Decimal::from(count.number),
        Measure::Period(period) => Decimal::from(period.count),
    }
}

/// One and so many zeros, in groups of three: `1,000`.
fn grouped(zeros: &str) -> String {
    let digits = format!("1{zeros}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
