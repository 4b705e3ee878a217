//! Ids and the names that stand for them: each id is given once, and each name has its thing.

use super::listed;
use super::places::Places;
use crate::deal::fact::{Fact, Kind};
use crate::deal::{Deal, Id, Side, Text};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};
use crate::units::nearest;

pub(super) fn check(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    sides(deal, report);
    ids_are_unique(deal, report);
    terms_are_unique(deal, report);
    names_have_no_quotation_marks(deal, report);
    terms_have_capitals(deal, report);
    names_stand_for_something(deal, places, report);
    for meeting in &deal.meeting {
        for issue in meeting.agreed.iter().chain(&meeting.open) {
            let known = deal.issue.iter().map(|issue| issue.id.as_str());
            unknown(
                "issue",
                "[[issue]]",
                issue.as_str(),
                &issue.span,
                known,
                report,
            );
        }
    }
}

/// Two parties, one on each side.
fn sides(deal: &Deal, report: &mut Report) {
    let help = "write two tables `[[party]]`: one with `side = \"company\"`, one with `side = \"partner\"`";
    match deal.party.as_slice() {
        [one, two] => {
            if one.side.value == two.side.value {
                let message = format!("both parties have the side `{}`", one.side.as_str());
                let other = match one.side.value {
                    Side::Company => Side::Partner,
                    Side::Partner => Side::Company,
                };
                let help = format!("write `side = \"{}\"` for one of the two", other.as_str());
                report.push(
                    Diagnostic::error(Code::PartySides, &two.side.span, message)
                        .also(&one.side.span, "the first one")
                        .help(help),
                );
            }
        }
        [] => report.push(
            Diagnostic::error(Code::PartySides, &deal.at, "the deal has no parties").help(help),
        ),
        [one] => {
            let message = format!("`{}` is the only party", one.id.as_str());
            report.push(Diagnostic::error(Code::PartySides, &one.at, message).help(help));
        }
        [_, _, third, ..] => {
            let message = format!("`{}` is a third party", third.id.as_str());
            let help = "a deal is between two parties: write one deal file for each pair";
            report.push(Diagnostic::error(Code::PartySides, &third.at, message).help(help));
        }
    }
}

fn ids_are_unique(deal: &Deal, report: &mut Report) {
    fn once<'a>(what: &str, ids: impl Iterator<Item = &'a At<Id>>, report: &mut Report) {
        let ids = ids.map(|id| (id.as_str(), &id.span));
        unique(
            Code::DuplicateId,
            &|id| format!("two {what} have the id `{id}`"),
            ids,
            report,
        );
    }
    once("parties", deal.party.iter().map(|party| &party.id), report);
    once("roles", deal.role.iter().map(|role| &role.id), report);
    once(
        "metrics",
        deal.metric.iter().map(|metric| &metric.id),
        report,
    );
    once("gates", deal.gate.iter().map(|gate| &gate.id), report);
    once("issues", deal.issue.iter().map(|issue| &issue.id), report);
    let segments = deal
        .territory
        .iter()
        .flat_map(|territory| &territory.segment);
    once("segments", segments.map(|segment| &segment.id), report);
    let triggers = deal.reviews.iter().flat_map(|reviews| &reviews.trigger);
    once("triggers", triggers.map(|trigger| &trigger.id), report);
    // The codes of all gates share one list in the documents, and a rejection quotes nothing but its code.
    let codes = deal.gate.iter().flat_map(|gate| &gate.reject);
    unique(
        Code::DuplicateId,
        &|code| format!("two reasons for a rejection have the code `{code}`"),
        codes.map(|reject| (reject.code.as_str(), &reject.code.span)),
        report,
    );
}

/// Metrics, gates, segments and definitions all become defined terms.
fn terms_are_unique(deal: &Deal, report: &mut Report) {
    let terms = terms(deal).map(|term| (term.as_str(), &term.span));
    let message = |term: &str| format!("`{term}` would be defined twice");
    unique(Code::DoubledDefinition, &message, terms, report);
}

/// A defined term is known by its capitals.
fn terms_have_capitals(deal: &Deal, report: &mut Report) {
    for term in terms(deal) {
        let text = term.as_str();
        if text.starts_with(char::is_lowercase) {
            report.push(
                Diagnostic::warning(
                    Code::PhraseForm,
                    &term.span,
                    "this becomes a defined term, and readers know those by their capitals",
                )
                .help(format!("write \"{}\"", capitals(text))),
            );
        }
    }
}

/// `share of revenue` as `Share of Revenue`.
fn capitals(text: &str) -> String {
    let words = text.split(' ').enumerate().map(|(place, word)| {
        let small = ["a", "and", "for", "in", "of", "per", "the", "to"].contains(&word);
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if place == 0 || !small => first.to_uppercase().chain(letters).collect(),
            Some(_) | None => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Names in the deal that the documents define.
pub(super) fn terms(deal: &Deal) -> impl Iterator<Item = &At<Text>> {
    let metrics = deal.metric.iter().map(|metric| &metric.name);
    let gates = deal.gate.iter().map(|gate| &gate.name);
    let segments = deal
        .territory
        .iter()
        .flat_map(|territory| &territory.segment);
    let definitions = deal.definition.iter().map(|definition| &definition.term);
    metrics
        .chain(gates)
        .chain(segments.map(|segment| &segment.name))
        .chain(definitions)
}

/// A defined term stands in quotation marks: one inside it would end it early, and a party whose name stands
/// in them by itself would become a term.
fn names_have_no_quotation_marks(deal: &Deal, report: &mut Report) {
    const MARKS: [char; 3] = ['“', '”', '"'];
    let shorts = deal.party.iter().map(|party| &party.short);
    for name in shorts.chain(terms(deal)) {
        if name.as_str().contains(MARKS) {
            report.push(
                Diagnostic::error(
                    Code::QuotedName,
                    &name.span,
                    "this name is defined in quotation marks, and holds one itself",
                )
                .help("write it without double quotation marks"),
            );
        }
    }
    for party in &deal.party {
        if party.name.as_str().starts_with(MARKS) && party.name.as_str().ends_with(MARKS) {
            report.push(
                Diagnostic::error(
                    Code::QuotedName,
                    &party.name.span,
                    "a name in quotation marks looks like a defined term",
                )
                .help("write the registered name without quotation marks around the whole of it"),
            );
        }
    }
}

fn unique<'a>(
    code: Code,
    message: &dyn Fn(&str) -> String,
    names: impl Iterator<Item = (&'a str, &'a Span)>,
    report: &mut Report,
) {
    let mut seen: Vec<(&str, &Span)> = Vec::new();
    for (name, at) in names {
        match seen.iter().find(|(other, _)| *other == name) {
            Some((_, first)) => report.push(
                Diagnostic::error(code, at, message(name))
                    .also(first, "the first one")
                    .help("rename one of the two"),
            ),
            None => seen.push((name, at)),
        }
    }
}

fn names_stand_for_something(deal: &Deal, places: &Places<'_>, report: &mut Report) {
    for (_, place) in places.iter() {
        let Fact::Name(kind, name) = place.fact else {
            continue;
        };
        let at = &place.at;
        match kind {
            Kind::Party => {
                let known = deal.party.iter().map(|party| party.id.as_str());
                unknown("party", "[[party]]", name, at, known, report);
            }
            Kind::Role => {
                let known = deal.role.iter().map(|role| role.id.as_str());
                unknown("role", "[[role]]", name, at, known, report);
            }
            Kind::Metric => {
                let known = deal.metric.iter().map(|metric| metric.id.as_str());
                unknown("metric", "[[metric]]", name, at, known, report);
            }
            Kind::Gate => {
                let known = deal.gate.iter().map(|gate| gate.id.as_str());
                unknown("gate", "[[gate]]", name, at, known, report);
            }
            Kind::Segment => {
                let segments = deal
                    .territory
                    .iter()
                    .flat_map(|territory| &territory.segment);
                let known = segments.map(|segment| segment.id.as_str());
                unknown("segment", "[[territory.segment]]", name, at, known, report);
            }
            // Only the library knows its clauses.
            Kind::Clause => {}
        }
    }
}

/// A longer list of ids is not read.
const MOST_LISTED: usize = 6;

/// Reports `name` if it is not among `known`.
fn unknown<'a>(
    what: &str,
    table: &str,
    name: &str,
    at: &Span,
    known: impl Iterator<Item = &'a str> + Clone,
    report: &mut Report,
) {
    if known.clone().any(|id| id == name) {
        return;
    }
    let mut ids: Vec<&str> = known.clone().collect();
    ids.sort_unstable();
    ids.dedup();
    let help = match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        // There is no third party to describe.
        None if what == "party" && ids.len() > 1 => format!("write {}", listed(ids, "or")),
        None if (1..=MOST_LISTED).contains(&ids.len()) => {
            format!(
                "write {}, or describe `{name}` in a table `{table}`",
                listed(ids, "or")
            )
        }
        None => format!("describe it in a table `{table}` with `id = \"{name}\"`"),
    };
    let message = format!("no {what} has the id `{name}`");
    report.push(Diagnostic::error(Code::UnknownName, at, message).help(help));
}
