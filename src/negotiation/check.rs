//! Rules of the negotiation file, by itself and over the deal.
//!
//! In: the file, the deal. Out: findings for `engross check --internal` and nobody else: they quote what is internal.

use super::alternatives::{alternatives, below};
use super::expression::{Fault, Rule};
use super::file::{Bucket, File, Issue, Stand, Trade};
use super::judge::{Scope, Verdict, judge};
use super::standing::{scope, standing};
use super::{Confidential, Negotiation, beside};
use crate::deal::check::letters::overlaps;
use crate::deal::check::places::Places;
use crate::deal::{self, Deal, Id, IssueState, PartyName, TermPath};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::At;
use crate::units::nearest;

/// Reports what is wrong with a negotiation file over its deal.
pub fn check(negotiation: &Negotiation, deal: &Deal, report: &mut Report) {
    let file = negotiation.file();
    let places = Places::of(deal);
    thesis(file, report);
    parties(file, deal, report);
    for issue in &file.issue {
        check_issue(issue, file, deal, &places, report);
    }
    unique(file.issue.iter().map(|issue| &issue.id), report);
    unique(file.walk_away.iter().map(|rule| &rule.id), report);
    unique(file.trade.iter().map(|trade| &trade.id), report);
    for trade in &file.trade {
        check_trade(trade, &places, report);
    }
    for pressure in &file.pressure {
        if let Some(name) = &pressure.issue
            && !known(file, deal, name.as_str())
        {
            let ids = file.issue.iter().map(|issue| issue.id.as_str());
            unknown(name, "issue", ids, report);
        }
    }
    beside::currency(file, deal, report);
    beside::meetings(file, deal, report);
    let standing = standing(negotiation, deal);
    alternatives(file, deal, report);
    below(file, &standing, report);
    let scope = scope(deal, &standing);
    for rule in &file.walk_away {
        let text = rule.rule.reveal();
        match decide(text.as_str(), &scope) {
            Ok(verdict) if verdict.holds => {}
            Ok(verdict) => {
                let mut finding = Diagnostic::error(
                    Code::WalkAway,
                    &text.span,
                    format!("the deal breaks the walk-away rule `{}`", rule.id.as_str()),
                )
                .also(&rule.says.reveal().span, "what it says");
                for (path, value) in verdict.values {
                    finding = finding.note(format!("`{path}` is {value}"));
                }
                report
                    .push(finding.help(
                        "change the deal, or leave; a rule is changed only before the talks",
                    ));
            }
            Err(faults) => {
                for fault in faults {
                    report.push(told(&fault, text));
                }
            }
        }
    }
}

/// What a rule comes to over a deal.
pub(super) fn decide(rule: &str, scope: &Scope<'_>) -> Result<Verdict, Vec<Fault>> {
    let rule = Rule::read(rule)?;
    judge(&rule, scope).map_err(|fault| vec![fault])
}

/// A fault of a rule at its characters.
pub(super) fn told(fault: &Fault, rule: &At<deal::Text>) -> Diagnostic {
    // Escapes in a quoted text move its bytes.
    let at = if rule.span.text() == rule.as_str() {
        rule.span.part(fault.within.clone())
    } else {
        rule.span.clone()
    };
    Diagnostic::error(Code::BadRule, &at, &fault.message).help(&fault.help)
}

/// S5: one sentence.
fn thesis(file: &File, report: &mut Report) {
    let thesis = file.thesis.reveal();
    if let Some(end) = second_sentence(thesis.as_str()) {
        let at = if thesis.span.text() == thesis.as_str() {
            thesis.span.part(end..thesis.as_str().len())
        } else {
            thesis.span.clone()
        };
        report.push(
            Diagnostic::error(Code::Thesis, &at, "the thesis is more than one sentence").help(
                "say in one sentence why the deal is worth making; the rest belongs to the issues",
            ),
        );
    }
}

/// The byte at which a second sentence begins.
fn second_sentence(text: &str) -> Option<usize> {
    /// Words that end with a point and end no sentence.
    const SHORT: [&str; 8] = ["inc", "ltd", "co", "corp", "mr", "dr", "st", "no"];
    text.match_indices(['.', '!', '?']).find_map(|(end, mark)| {
        let rest = text[end + mark.len()..].strip_prefix(' ')?;
        let begins =
            rest.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
        let word = text[..end].rsplit(' ').next().unwrap_or_default();
        let short = mark == "." && SHORT.contains(&word.to_lowercase().as_str());
        (begins && !short).then_some(end + 2)
    })
}

fn parties(file: &File, deal: &Deal, report: &mut Report) {
    let others = file.alternative.iter().map(|other| other.of.reveal());
    for name in std::iter::once(file.ours.reveal()).chain(others) {
        if deal.party(name.id()).is_none() {
            unknown_party(name, deal, report);
        }
    }
}

fn unknown_party(name: &At<PartyName>, deal: &Deal, report: &mut Report) {
    let ids: Vec<&str> = deal.party.iter().map(|party| party.id.as_str()).collect();
    report.push(
        Diagnostic::error(
            Code::UnknownName,
            &name.span,
            format!("the deal has no party `{}`", name.id()),
        )
        .help(format!("its parties are `{}`", ids.join("` and `"))),
    );
}

fn unknown<'a>(
    name: &At<Id>,
    what: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
    report: &mut Report,
) {
    let help = nearest(name.as_str(), ids.clone()).map_or_else(
        || format!("there is {}", ids.collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    report.push(
        Diagnostic::error(
            Code::UnknownName,
            &name.span,
            format!("there is no {what} `{}`", name.as_str()),
        )
        .help(help),
    );
}

fn known(file: &File, deal: &Deal, id: &str) -> bool {
    file.issue.iter().any(|issue| issue.id.as_str() == id)
        || deal.issue.iter().any(|issue| issue.id.as_str() == id)
}

fn unique<'a>(ids: impl Iterator<Item = &'a At<Id>>, report: &mut Report) {
    let mut seen: Vec<&At<Id>> = Vec::new();
    for id in ids {
        if let Some(first) = seen.iter().find(|first| first.value == id.value) {
            report.push(
                Diagnostic::error(
                    Code::DuplicateId,
                    &id.span,
                    format!("`{}` stands twice", id.as_str()),
                )
                .also(&first.span, "the first one")
                .help("give one of them another id"),
            );
        }
        seen.push(id);
    }
}

/// The issue of the deal with this id.
pub(super) fn spoken<'d>(deal: &'d Deal, issue: &Issue) -> Option<&'d deal::Issue> {
    deal.issue
        .iter()
        .find(|other| other.id.as_str() == issue.id.as_str())
}

/// The terms that an issue decides: its own, or those of the deal's issue.
pub(super) fn terms<'f>(issue: &'f Issue, spoken: Option<&'f deal::Issue>) -> &'f [At<TermPath>] {
    match spoken {
        Some(spoken) if issue.terms.is_empty() => &spoken.terms,
        Some(_) | None => &issue.terms,
    }
}

fn check_issue(issue: &Issue, file: &File, deal: &Deal, places: &Places<'_>, report: &mut Report) {
    let spoken = spoken(deal, issue);
    let id = issue.id.as_str();
    if spoken.is_none() && issue.title.is_none() {
        report.push(
            Diagnostic::error(
                Code::MissingKey,
                &issue.id.span,
                format!("the deal has no issue `{id}`, and this one has no title"),
            )
            .help("add `title = \"...\"`, or name an issue of the deal"),
        );
    }
    for stand in [&issue.ours, &issue.theirs].into_iter().flatten() {
        interest(id, stand, report);
    }
    let mut here = Vec::new();
    let mut gone = Vec::new();
    for path in terms(issue, spoken) {
        match places.find(path.as_str()) {
            Ok(Some(_)) => here.push(path),
            Ok(None) => gone.push(path),
            // Those of the deal's own issues are told where the deal is checked.
            Err(lost) if !issue.terms.is_empty() => {
                let at = path.span.part(lost.within);
                report
                    .push(Diagnostic::error(Code::UnknownTerm, &at, lost.message).help(lost.help));
            }
            Err(_) => {}
        }
    }
    let bucket = issue.bucket.reveal();
    match bucket.value {
        Bucket::MustHave => {
            if let Some(path) = gone.first() {
                report.push(
                    Diagnostic::error(
                        Code::MustHaveMissing,
                        &bucket.span,
                        format!(
                            "`{id}` is a must-have, and the deal leaves `{}` out",
                            path.as_str()
                        ),
                    )
                    .also(&path.span, "the term")
                    .help("put the term into the deal, or leave the table"),
                );
            } else if here.is_empty() {
                report.push(
                    Diagnostic::error(
                        Code::MustHaveMissing,
                        &bucket.span,
                        format!("`{id}` is a must-have, and no term of the deal shows it"),
                    )
                    .help("list under `terms` the paths that the deal must have"),
                );
            }
        }
        Bucket::Tradable => given(issue, spoken, file, deal, &here, report),
        Bucket::Giveaway => {}
    }
}

/// S6: a position without its interest cannot be met in any other way than by giving in.
fn interest(id: &str, stand: &Confidential<Stand>, report: &mut Report) {
    let stand = stand.reveal();
    if let (Some(position), None) = (&stand.position, &stand.interest) {
        report.push(
            Diagnostic::error(
                Code::NoInterest,
                &position.span,
                format!("`{id}` has a position and no interest behind it"),
            )
            .help("add `interest = \"...\"`: why the side wants it; if you do not know, a question finds out"),
        );
    }
}

/// S7: what the other side proposed and we agreed to was given, and something must have come for it.
fn given(
    issue: &Issue,
    spoken: Option<&deal::Issue>,
    file: &File,
    deal: &Deal,
    here: &[&At<TermPath>],
    report: &mut Report,
) {
    let Some(spoken) = spoken.filter(|spoken| spoken.state.value == IssueState::Agreed) else {
        return;
    };
    let ours = file.ours.reveal().id();
    if spoken.proposed_by.as_ref().is_none_or(|by| by.id() == ours) || here.is_empty() {
        return;
    }
    let meets = |paths: &[At<TermPath>]| {
        paths
            .iter()
            .any(|path| here.iter().any(|own| overlaps(own.as_str(), path.as_str())))
    };
    let traded = deal.trade.iter().any(|trade| meets(&trade.terms))
        || file
            .trade
            .iter()
            .any(|trade| meets(trade.give_terms.reveal()) && !trade.get_terms.reveal().is_empty());
    if !traded {
        report.push(
            Diagnostic::error(
                Code::GivenForNothing,
                &issue.bucket.reveal().span,
                format!("`{}` is tradable, it was given, and nothing came for it", issue.id.as_str()),
            )
            .also(&spoken.state.span, "agreed as the other side proposed it")
            .help("ask for something in return and record it under `[[trade]]` of the deal, or call it a giveaway"),
        );
    }
}

/// S12: a trade has two sides, and both are in the deal.
fn check_trade(trade: &Trade, places: &Places<'_>, report: &mut Report) {
    for (words, terms, side) in [
        (&trade.give, trade.give_terms.reveal(), "give"),
        (&trade.get, trade.get_terms.reveal(), "get"),
    ] {
        if words.is_none() || terms.is_empty() {
            report.push(
                Diagnostic::error(
                    Code::TradeOneSided,
                    &trade.id.span,
                    format!("the trade `{}` does not say what we {side}", trade.id.as_str()),
                )
                .help(format!("add `{side} = \"...\"` and `{side}_terms`, or ask for something before you give")),
            );
        }
        for path in terms {
            match places.find(path.as_str()) {
                Ok(Some(_)) => {}
                Ok(None) => report.push(
                    Diagnostic::error(
                        Code::UnknownTerm,
                        &path.span,
                        format!("`{}` is traded and not in the deal", path.as_str()),
                    )
                    .also(&trade.id.span, "the trade")
                    .help("put the term into the deal, or delete the trade"),
                ),
                Err(lost) => {
                    let at = path.span.part(lost.within);
                    report.push(
                        Diagnostic::error(Code::UnknownTerm, &at, lost.message).help(lost.help),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::second_sentence;

    #[test]
    fn finds_a_second_sentence() {
        for (text, second) in [
            ("We win the market.", None),
            ("We win. They pay.", Some("They pay.")),
            ("Acme Inc. Europe wins in 3.5 years.", None),
            ("Why? Because.", Some("Because.")),
            ("We win, e.g. by speed", None),
        ] {
            assert_eq!(second_sentence(text).map(|at| &text[at..]), second);
        }
    }
}
