//! The gates while a deal is played through: when results pass, and what that alone decides.
//!
//! In: a deal and its expected volume. Out: the same volume played with every decision made at once, on its last day,
//! never, and after one rejection that is mended in time. The forecast says how much passes; this says when.

use super::volumes::Month;
use super::{Happening, Played, Stage};
use crate::deal::{Deal, Gate, Silence};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::economics::{Checked, Volumes};
use crate::events::gate;
use crate::units::Period;

/// How the gates decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    /// On the day on which a result is sent.
    AtOnce,
    /// On the last day of the time to decide.
    LastDay,
    /// Not at all, so that silence decides.
    Silence,
    /// Each result is rejected once on the last day, mended on the last day, and accepted on the last day.
    MendedOnce,
}

impl Manner {
    /// Every manner, the quickest first.
    pub const ALL: [Manner; 4] = [
        Manner::AtOnce,
        Manner::LastDay,
        Manner::Silence,
        Manner::MendedOnce,
    ];
}

/// A volume played with the gates deciding in one manner.
#[derive(Debug, Clone)]
pub struct GatesPlayed {
    /// How the gates decide.
    pub manner: Manner,
    /// How many results have passed by the end of each month.
    pub passed: Vec<u64>,
    /// What it comes to.
    pub played: Played,
}

/// By how many days results come later than they are sent; `None` if they never pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Late {
    pub(super) leads: Option<u32>,
    pub(super) activations: Option<u32>,
}

impl Late {
    /// Nothing comes later.
    pub(super) const NOT: Late = Late {
        leads: Some(0),
        activations: Some(0),
    };

    fn of(deal: &Deal, manner: Manner) -> Late {
        let by = |lead: bool| {
            let gate = gate(deal, lead);
            gate.map_or(Some(0), |gate| delay(gate, manner))
        };
        Late {
            leads: by(true),
            activations: by(false),
        }
    }
}

fn days(period: Period) -> u32 {
    u32::try_from(period.approximate_days()).unwrap_or(u32::MAX)
}

/// How many days after it was sent something passes; `None` if it never does.
///
/// # Source
///
/// Clause `gates`, on what silence means and that nothing counts which has not passed; `escalation-start` on what a
/// settlement needs.
pub(super) fn delay(gate: &Gate, manner: Manner) -> Option<u32> {
    let window = days(gate.window.value);
    match (manner, gate.silence.value) {
        (Manner::AtOnce, _) => Some(0),
        (Manner::LastDay, _) | (Manner::Silence, Silence::Accepted) => Some(window),
        // What goes up the ladder counts once its owners have settled it, and nobody does.
        (Manner::Silence, Silence::Rejected | Silence::Escalated) => None,
        (Manner::MendedOnce, _) => Some(
            window
                .saturating_mul(2)
                .saturating_add(days(gate.cure.value)),
        ),
    }
}

/// The expected volume with the gates deciding in each manner; nothing if no gate decides on what is forecast.
pub(super) fn play(
    stage: &mut Stage,
    deal: &Deal,
    volumes: &Volumes,
    months: u32,
) -> Checked<Vec<GatesPlayed>> {
    let referrals: u64 = volumes.referrals.iter().map(|each| each.count).sum();
    let decides = (volumes.activations > 0 && gate(deal, false).is_some())
        || (referrals > 0 && gate(deal, true).is_some());
    if !decides {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for manner in Manner::ALL {
        let late = Late::of(deal, manner);
        let (played, parts) = stage.play(deal, volumes, months, late)?;
        let mut sum = 0;
        let passed = parts
            .iter()
            .map(|month| {
                sum += results(month);
                sum
            })
            .collect();
        all.push(GatesPlayed {
            manner,
            passed,
            played,
        });
    }
    Ok(all)
}

/// What passed a gate in a month: activations, or referrals where none are forecast.
fn results(month: &Month) -> u64 {
    let volumes = &month.volumes;
    let activations = volumes.activations + volumes.influenced_activations;
    let referrals: u64 = volumes.referrals.iter().map(|each| each.count).sum();
    if activations == 0 {
        referrals
    } else {
        activations
    }
}

/// Finds gates that decide by their time alone whether the exclusivity stays.
pub(super) fn findings(deal: &Deal, gates: &[GatesPlayed], report: &mut Report) {
    let (Some(exclusivity), Some(gate)) = (&deal.exclusivity, gate(deal, false)) else {
        return;
    };
    let ends = |of: Manner| -> Option<u32> {
        let found = gates.iter().find(|gates| gates.manner == of)?;
        let lost = |(_, what): &&(u32, Happening)| *what == Happening::ExclusivityReverts;
        let month = found.played.happenings.iter().find(lost)?;
        Some(month.0)
    };
    if ends(Manner::AtOnce).is_some() {
        return;
    }
    // Whether what is on the ladder passes is for its owners to say, and no matter of time alone.
    let decided = gate.silence.value != Silence::Escalated;
    let by_silence = || ends(Manner::Silence).filter(|_| decided);
    if let Some(month) = ends(Manner::LastDay).or_else(by_silence) {
        report.push(
            Diagnostic::warning(
                Code::GateDecides,
                &gate.window.span,
                format!(
                    "at the expected volume the exclusivity ends in month {month} if `{}` takes all its time, and stays if it decides at once",
                    gate.name
                ),
            )
            .also(&exclusivity.commitment.within.span, "the commitment counts what has passed by then")
            .help("shorten the time to decide, let silence count as accepted, or count a result from the day on which it was sent"),
        );
    }
}
