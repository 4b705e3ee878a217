//! Pictures of work: who does what, and how an asset is approved.

use super::{Facts, word};
use crate::deal::{BrandSilence, Deal, RoleName};
use crate::document::picture::{
    Drawing, Letter, Matrix, MatrixRow, Path, Picture, RoleGroup, Step, Weight,
};
use crate::library::{PathWords, RaciWords, fill};
use crate::source::At;

/// The matrix of responsibilities: tasks down, roles across, grouped by party.
pub(super) fn raci(deal: &Deal, words: &RaciWords) -> Option<Picture> {
    if deal.raci.is_empty() {
        return None;
    }
    let taking_part = |id: &str| {
        deal.raci.iter().any(|task| {
            task.accountable.id() == id
                || [&task.responsible, &task.consulted, &task.informed]
                    .iter()
                    .any(|list| list.iter().any(|role| role.id() == id))
        })
    };
    let mut columns: Vec<&str> = Vec::new();
    let mut groups = Vec::new();
    for party in &deal.party {
        let mut group = RoleGroup {
            name: party.short.to_string(),
            columns: Vec::new(),
        };
        for role in &deal.role {
            if role.party.id() == party.id.as_str() && taking_part(role.id.as_str()) {
                columns.push(role.id.as_str());
                group.columns.push(role.title.to_string());
            }
        }
        if !group.columns.is_empty() {
            groups.push(group);
        }
    }
    let kinds = [
        (&words.accountable_letter, &words.accountable, Weight::Heavy),
        (
            &words.responsible_letter,
            &words.responsible,
            Weight::Medium,
        ),
        (&words.consulted_letter, &words.consulted, Weight::Light),
        (&words.informed_letter, &words.informed, Weight::Light),
    ];
    let rows = deal
        .raci
        .iter()
        .map(|task| {
            let accountable = std::slice::from_ref(&task.accountable);
            let lists: [&[At<RoleName>]; 4] = [
                accountable,
                &task.responsible,
                &task.consulted,
                &task.informed,
            ];
            let cells = columns
                .iter()
                .map(|column| {
                    let mut letters: Vec<&str> = Vec::new();
                    let mut weight = None;
                    for (list, (letter, _, loud)) in lists.iter().zip(&kinds) {
                        if list.iter().any(|role| role.id() == *column) {
                            letters.push(letter.as_str());
                            weight.get_or_insert(*loud);
                        }
                    }
                    weight.map(|weight| Letter {
                        text: letters.join("/"),
                        weight,
                    })
                })
                .collect();
            MatrixRow {
                label: task.task.to_string(),
                cells,
            }
        })
        .collect();
    let legend = kinds
        .iter()
        .map(|(letter, meaning, weight)| {
            let letter = Letter {
                text: word(letter),
                weight: *weight,
            };
            (letter, word(meaning))
        })
        .collect();
    Some(Picture {
        title: word(&words.title),
        description: word(&words.description),
        drawing: Drawing::Matrix(Matrix {
            groups,
            rows,
            legend,
        }),
    })
}

/// The path of an asset: of the first kind in the deal, whose clock stands for the others.
pub(super) fn path(facts: &Facts<'_>, words: &PathWords) -> Option<Picture> {
    let first = facts.deal.brand.as_ref()?.approval.first()?;
    let lane = |name: &At<RoleName>| {
        let role = facts
            .deal
            .role
            .iter()
            .find(|role| role.id.as_str() == name.id())?;
        let party = facts.deal.party(role.party.id())?;
        Some(format!("{}: {}", party.short, role.title))
    };
    let window = fill(
        words.clock.as_str(),
        &[("window", &first.window.print(facts.numerals))],
    );
    let silence = match first.silence.value {
        BrandSilence::DeemedApproved => &words.approved_by_silence,
        BrandSilence::DeemedRejected => &words.rejected_by_silence,
        BrandSilence::Escalated => &words.escalated_by_silence,
    };
    let step = |lane, label: &At<crate::deal::Text>, after| Step {
        lane,
        label: word(label),
        clock: None,
        after,
        condition: None,
    };
    let mut steps = vec![
        step(0, &words.submit, None),
        Step {
            clock: Some(window),
            ..step(1, &words.check, Some(0))
        },
        step(1, &words.approve, Some(1)),
        step(0, &words.publish, Some(2)),
        step(1, &words.reject, Some(1)),
        step(0, &words.mend, Some(4)),
    ];
    steps.push(Step {
        condition: Some(word(&words.silence)),
        ..step(1, silence, Some(1))
    });
    Some(Picture {
        title: word(&words.title),
        description: word(&words.description),
        drawing: Drawing::Path(Path {
            lanes: vec![lane(&first.submitted_by)?, lane(&first.approver)?],
            steps,
        }),
    })
}
