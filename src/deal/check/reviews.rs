//! Reviews: people of both parties, and triggers that move terms which are there, to values that fit.

use super::measures::kind;
use super::places::{Place, Places};
use super::work::both_parties;
use crate::deal::fact::{Fact, Kind};
use crate::deal::shape::{Leaf, Shape};
use crate::deal::{Deal, Reward, TermChange, TermPath};
use crate::diagnostic::{Code, Complaint, Diagnostic, Report};
use crate::source::At;
use crate::units::{Count, Date, Measure, Money, Period, Rate, Unit, nearest};

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    let Some(reviews) = &deal.reviews else {
        return;
    };
    both_parties(deal, &reviews.owners, &reviews.at, "the review", report);
    for trigger in &reviews.trigger {
        // A trigger that has done its work names the value that the term has now.
        if let Some(change) = trigger.sets.as_ref().filter(|_| trigger.fired.is_none()) {
            moves(deal, places, change, report);
        }
    }
}

/// Where a path that a deal writes leads.
pub(super) enum Term<'p, 'a> {
    /// To a value, a table or a list.
    Here(&'p Place<'a>),
    /// To a term that this deal leaves out.
    LeftOut,
    /// To nothing that a deal could have.
    Nowhere,
}

/// Where `path` leads; reported if to nothing that a deal could have.
pub(super) fn term<'p, 'a>(
    places: &'p Places<'a>,
    path: &At<TermPath>,
    report: &mut Report,
) -> Term<'p, 'a> {
    match places.find(path.as_str()) {
        Ok(Some(place)) => Term::Here(place),
        Ok(None) => Term::LeftOut,
        Err(lost) => {
            let at = path.span.part(lost.within);
            report.push(Diagnostic::error(Code::UnknownTerm, &at, lost.message).help(lost.help));
            Term::Nowhere
        }
    }
}

/// S21: the term exists, and its new value is one that it can have.
fn moves(deal: &Deal, places: &Places<'_>, change: &TermChange, report: &mut Report) {
    let path = change.term.as_str();
    let place = match term(places, &change.term, report) {
        Term::Here(place) => place,
        Term::Nowhere => return,
        Term::LeftOut => {
            report.push(
                Diagnostic::error(
                    Code::UnknownTerm,
                    &change.term.span,
                    format!("the deal leaves `{path}` out, so there is nothing to move"),
                )
                .help("write the term as it is at the start, or name another one"),
            );
            return;
        }
    };
    let to = change.to.as_str();
    let refused = match place.shape {
        Shape::Leaf(leaf) => refuse(deal, &leaf, &place.fact, to),
        Shape::Flag => (!["true", "false"].contains(&to))
            .then(|| wrong(to, "`true` or `false`", Code::WrongType)),
        Shape::Number => to
            .parse::<u32>()
            .is_err()
            .then(|| wrong(to, "a whole number such as \"2\"", Code::BadCount)),
        Shape::Record(_) | Shape::List(_) | Shape::Choices | Shape::Reasons | Shape::Option(_) => {
            report.push(
                Diagnostic::error(
                    Code::UnknownTerm,
                    &change.term.span,
                    format!("`{path}` is more than one value"),
                )
                .also(&place.at, "it stands here")
                .help(format!(
                    "name the one value that moves, such as `{path}.{}`",
                    first_value(places, path)
                )),
            );
            return;
        }
    };
    match refused {
        Some(complaint) => {
            let at = if change.to.span.text() == to {
                change.to.span.part(complaint.within)
            } else {
                change.to.span.clone()
            };
            report.push(
                Diagnostic::error(complaint.code, &at, complaint.message)
                    .also(&place.at, format!("`{path}` now"))
                    .help(complaint.help),
            );
        }
        None if place.at.text() == change.to.span.text() => report.push(
            Diagnostic::error(
                Code::NoEffect,
                &change.to.span,
                format!("`{path}` has this value already"),
            )
            .also(&place.at, "its value now")
            .help("write the new value, or leave `sets` out"),
        ),
        None => {}
    }
}

/// The path of a value under `path`, without `path` itself.
fn first_value<'p>(places: &'p Places<'_>, path: &str) -> &'p str {
    places
        .iter()
        .filter(|(_, place)| matches!(place.shape, Shape::Leaf(_) | Shape::Flag | Shape::Number))
        .find_map(|(value, _)| value.strip_prefix(path)?.strip_prefix('.'))
        .unwrap_or("1")
}

fn wrong(to: &str, expected: &str, code: Code) -> Complaint {
    Complaint::new(
        code,
        0..to.len(),
        format!("`{to}` is not {expected}"),
        format!("write {}", expected.split(',').next().unwrap_or(expected)),
    )
}

/// Why the text `to` cannot stand where `now` stands.
fn refuse(deal: &Deal, leaf: &Leaf, now: &Fact<'_>, to: &str) -> Option<Complaint> {
    if !leaf.choices.is_empty() {
        let words = || leaf.choices.iter().map(|(word, _)| *word);
        if words().any(|word| word == to) {
            return None;
        }
        let help = match nearest(to, words()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!(
                "choose one of \"{}\"",
                words().collect::<Vec<_>>().join("\", \"")
            ),
        };
        let message = format!("`{to}` is not a choice there");
        return Some(Complaint::new(
            Code::UnknownChoice,
            0..to.len(),
            message,
            help,
        ));
    }
    match now {
        Fact::Money(_) | Fact::Rate(_) if leaf.expected == Reward::EXPECTED => {
            match (Reward::from_text(to), now) {
                (Ok(Reward::Rate(_)), Fact::Money(_)) => Some(wrong(
                    to,
                    "a sum for each, which the term is now",
                    Code::WrongType,
                )),
                (Ok(Reward::Each(_)), Fact::Rate(_)) => {
                    Some(wrong(to, "a share, which the term is now", Code::WrongType))
                }
                (Ok(_), _) => None,
                (Err(complaint), _) => Some(complaint),
            }
        }
        Fact::Money(money) => match Money::from_text(to) {
            Ok(moved) if moved.currency() != money.currency() => {
                let expected = format!("an amount in {}", money.currency().code());
                Some(wrong(to, &expected, Code::CurrencyMix))
            }
            Ok(_) => None,
            Err(complaint) => Some(complaint),
        },
        Fact::Rate(_) => Rate::from_text(to).err(),
        Fact::Count(_) => Count::from_text(to).err(),
        Fact::Period(_) => Period::from_text(to).err(),
        Fact::Date(_) => Date::from_text(to).err(),
        Fact::Measure(measure) => match Measure::from_text(to) {
            Ok(moved) if !moved.same_kind(measure) => {
                let expected = format!("{}, which the term is now", kind(measure));
                Some(wrong(to, &expected, Code::WrongType))
            }
            Ok(_) => None,
            Err(complaint) => Some(complaint),
        },
        Fact::Name(named, _) => {
            let known = match named {
                Kind::Party => deal.party(to).is_some(),
                Kind::Metric => deal.metric(to).is_some(),
                Kind::Role => deal.role.iter().any(|role| role.id.as_str() == to),
                Kind::Gate => deal.gate.iter().any(|gate| gate.id.as_str() == to),
                Kind::Segment => {
                    let mut segments = deal
                        .territory
                        .iter()
                        .flat_map(|territory| &territory.segment);
                    segments.any(|segment| segment.id.as_str() == to)
                }
                Kind::Clause => true,
            };
            (!known).then(|| wrong(to, leaf.expected, Code::UnknownName))
        }
        Fact::Absent
        | Fact::Flag(_)
        | Fact::Number(_)
        | Fact::Text(_)
        | Fact::List(_)
        | Fact::Record(_) => None,
    }
}
