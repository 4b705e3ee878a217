//! Who does what, and who takes over: tasks and the escalation ladder.

use super::{FIGURES, listed, surely_longer};
use crate::deal::{Deal, Escalation, RoleName, Task, Topic};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Span};

pub(super) fn check(deal: &Deal, report: &mut Report) {
    topics(deal, report);
    for task in &deal.raci {
        roles(task, report);
    }
    if let Some(escalation) = &deal.escalation {
        ladder(deal, escalation, report);
    }
}

/// S20: the four places where "we thought you were doing that" hurts most.
fn topics(deal: &Deal, report: &mut Report) {
    const NEEDED: [Topic; 4] = [
        Topic::Onboarding,
        Topic::MarketingApprovals,
        Topic::SupportEscalation,
        Topic::Reporting,
    ];
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|topic| !deal.raci.iter().any(|task| task.topic.value == *topic))
        .map(Topic::as_str)
        .collect();
    if missing.is_empty() {
        return;
    }
    let at = deal.raci.last().map_or(&deal.at, |task| &task.at);
    let message = format!(
        "nobody is accountable for {}",
        listed(missing.iter().copied(), "and")
    );
    let each = if missing.len() == 1 { "" } else { " for each" };
    report.push(
        Diagnostic::error(Code::TaskMissing, at, message).help(format!(
            "add a table `[[raci]]`{each}: `topic = \"{}\"`, the `task`, who is `accountable`, who is `responsible`",
            missing[0]
        )),
    );
}

/// Somebody does it, and each role has one part.
fn roles(task: &Task, report: &mut Report) {
    if task.responsible.is_empty() {
        report.push(
            Diagnostic::error(
                Code::TaskRoles,
                &task.task.span,
                "nobody is responsible for this task",
            )
            .help("name under `responsible` who does it; whoever is accountable may do it too"),
        );
    }
    let mut twice = |role: &At<RoleName>, now: &str, first: &Span, before: &str| {
        let finding = if now == before {
            let message = format!("`{}` is {now} twice", role.id());
            Diagnostic::error(Code::TaskRoles, &role.span, message)
                .also(first, "named here already")
                .help("name each role once")
        } else {
            let message = format!("`{}` is both {before} and {now}", role.id());
            Diagnostic::error(Code::TaskRoles, &role.span, message)
                .also(first, before)
                .help(format!(
                    "leave it out of `{now}`: who is {before} knows already"
                ))
        };
        report.push(finding);
    };
    let parts = [
        ("responsible", &task.responsible),
        ("consulted", &task.consulted),
        ("informed", &task.informed),
    ];
    for (index, (now, list)) in parts.into_iter().enumerate() {
        for (place, role) in list.iter().enumerate() {
            let same = |other: &&At<RoleName>| other.id() == role.id();
            let earlier = parts[..index]
                .iter()
                .find_map(|(before, list)| Some((*before, list.iter().find(same)?)));
            if let Some(first) = list[..place].iter().find(same) {
                twice(role, now, &first.span, now);
            } else if index > 0 && same(&&task.accountable) {
                // One role may be accountable and responsible; telling somebody who does it is idle.
                twice(role, now, &task.accountable.span, "accountable");
            } else if let Some((before, first)) = earlier {
                twice(role, now, &first.span, before);
            }
        }
    }
}

/// S36: from each party somebody at every level, and clocks that run forward.
fn ladder(deal: &Deal, escalation: &Escalation, report: &mut Report) {
    if escalation.level.is_empty() {
        report.push(
            Diagnostic::error(Code::LadderOrder, &escalation.at, "the ladder has no level")
                .help("add tables `[[escalation.level]]`, from the working level up"),
        );
    }
    for level in &escalation.level {
        let what = format!("the level `{}`", level.name.as_str());
        both_parties(deal, &level.owners, &level.name.span, &what, report);
        if surely_longer(level.respond.value, level.resolve.value) {
            report.push(
                Diagnostic::error(
                    Code::LadderOrder,
                    &level.respond.span,
                    "the issue moves on before an answer is due",
                )
                .also(&level.resolve.span, "it moves on after this time")
                .help("let `respond` be shorter than `resolve`"),
            );
        }
    }
    for pair in escalation.level.windows(2) {
        let [below, above] = pair else { continue };
        if surely_longer(below.resolve.value, above.resolve.value) {
            report.push(
                Diagnostic::warning(
                    Code::LadderOrder,
                    &above.resolve.span,
                    format!(
                        "the higher level has {}, the lower one {}",
                        above.resolve.print(&FIGURES),
                        below.resolve.print(&FIGURES)
                    ),
                )
                .also(&below.resolve.span, "the level before")
                .help("each `resolve` is counted from the day the issue reaches its level, not from the first day"),
            );
        }
        let ids = |owners: &[At<RoleName>]| {
            let mut ids: Vec<String> = owners.iter().map(|owner| owner.id().to_owned()).collect();
            ids.sort();
            ids
        };
        if let Some(first) = above.owners.first()
            && ids(&above.owners) == ids(&below.owners)
        {
            report.push(
                Diagnostic::error(
                    Code::LadderOrder,
                    &first.span,
                    "the issue escalates to the same people",
                )
                .also(&below.name.span, "the level before")
                .help("name roles who can decide more"),
            );
        }
    }
}

/// Reports a list of roles that does not hold one of each party.
pub(super) fn both_parties(
    deal: &Deal,
    owners: &[At<RoleName>],
    at: &Span,
    what: &str,
    report: &mut Report,
) {
    let role = |name: &At<RoleName>| deal.role.iter().find(|role| role.id.as_str() == name.id());
    // An unknown role may belong to either party, and is reported as unknown.
    if owners.iter().any(|owner| role(owner).is_none()) {
        return;
    }
    for party in &deal.party {
        let has = owners
            .iter()
            .filter_map(role)
            .any(|role| role.party.id() == party.id.as_str());
        if has {
            continue;
        }
        let known: Vec<&str> = deal
            .role
            .iter()
            .filter(|role| role.party.id() == party.id.as_str())
            .map(|role| role.id.as_str())
            .collect();
        let help = if known.is_empty() {
            format!(
                "describe a role of {} in a table `[[role]]` and add it",
                party.short.as_str()
            )
        } else {
            format!("add {}", listed(known, "or"))
        };
        report.push(
            Diagnostic::error(
                Code::BothParties,
                at,
                format!("{what} has nobody from {}", party.short.as_str()),
            )
            .help(help),
        );
    }
}
