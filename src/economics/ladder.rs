//! A ladder: tiers that cover every volume exactly once.

use super::statement::Base;
use super::{Checked, exact};
use crate::deal::{Basis, Boundary, Reward, Tiers};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::{Measure, Money};

/// Tiers that begin at nothing, follow one another without gap or overlap, never end, and measure and pay the
/// same kind of thing throughout.
#[derive(Debug, Clone)]
pub(super) struct Ladder<'a> {
    pub(super) tiers: &'a Tiers,
    /// What the boundaries count, as the deal wrote it; empty for money.
    pub(super) noun: &'a str,
    pub(super) rungs: Vec<Rung>,
}

/// One tier of a ladder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rung {
    pub(super) from: Base,
    pub(super) to: Option<Base>,
    pub(super) pays: Reward,
}

impl<'a> Ladder<'a> {
    /// The ladder of these tiers.
    ///
    /// # Errors
    ///
    /// At the bound or the reward that breaks the ladder.
    ///
    /// # Source
    ///
    /// Clause `tiers`.
    pub(super) fn of(tiers: &'a Tiers) -> Checked<Ladder<'a>> {
        let mut rungs: Vec<Rung> = Vec::new();
        let mut noun = None;
        for (index, tier) in tiers.tier.iter().enumerate() {
            let from = volume(&tier.from.value, &mut noun, &tier.from.span)?;
            match rungs.last() {
                None if !from.is_zero() => {
                    return Err(broken(
                        &tier.from.span,
                        "the first tier does not begin at nothing",
                    )
                    .help("begin at 0; a part that earns nothing is a tier that pays \"0%\""));
                }
                Some(below) if below.to != Some(from) => {
                    return Err(broken(
                        &tier.from.span,
                        "the tier does not begin where the one below ends",
                    )
                    .help(
                        "write the same value as `to` of the tier below and `from` of this one",
                    ));
                }
                None | Some(_) => {}
            }
            let last = index + 1 == tiers.tier.len();
            let to = match &tier.to {
                Some(to) if last => {
                    return Err(
                        broken(&to.span, "nothing is said of volume above the last tier")
                            .help("leave `to` out of the last tier"),
                    );
                }
                Some(to) => {
                    let bound = volume(&to.value, &mut noun, &to.span)?;
                    // None: two currencies or two kinds.
                    if bound
                        .partial_cmp(&from)
                        .is_none_or(std::cmp::Ordering::is_le)
                    {
                        return Err(
                            broken(&to.span, "the tier does not end above its beginning")
                                .help("write a `to` that is larger than `from`"),
                        );
                    }
                    Some(bound)
                }
                None if last => None,
                None => {
                    return Err(
                        broken(&tier.at, "the tier has no end, and another tier follows")
                            .help("add `to`, the same value as `from` of the next tier"),
                    );
                }
            };
            rungs.push(Rung {
                from,
                to,
                pays: tier.pays.value,
            });
        }
        let ladder = Ladder {
            tiers,
            noun: noun.unwrap_or(""),
            rungs,
        };
        ladder.check_rewards()?;
        Ok(ladder)
    }

    fn check_rewards(&self) -> Checked<()> {
        let Some(first) = self.rungs.first() else {
            return Err(broken(&self.tiers.at, "there are no tiers")
                .help("add `[[economics.tiers.tier]]`, or leave `economics.tiers` out"));
        };
        for tier in &self.tiers.tier {
            let problem = match (first.from, first.pays, tier.pays.value) {
                (_, Reward::Rate(_), Reward::Each(_)) | (_, Reward::Each(_), Reward::Rate(_)) => {
                    "one tier pays a share and another a sum for each"
                }
                (Base::Money(_), Reward::Each(_), Reward::Each(_)) => {
                    "the tiers measure money, so a sum for each has nothing to count"
                }
                (Base::Count(_), Reward::Rate(_), Reward::Rate(_))
                    if self.tiers.basis.value == Basis::Slice =>
                {
                    "the tiers count, so nobody can tell which revenue lies in which slice"
                }
                (Base::Money(_) | Base::Count(_), Reward::Rate(_), Reward::Rate(_))
                | (Base::Count(_), Reward::Each(_), Reward::Each(_)) => continue,
            };
            return Err(broken(&tier.pays.span, problem).help(
                "with tiers of money pay shares such as \"10%\"; with counts pay sums such as \"USD 500\", \
                 or choose the basis \"whole\" or \"prospective\"",
            ));
        }
        Ok(())
    }

    /// Whether the tiers pay shares of revenue, and not sums for each.
    pub(super) fn pays_shares(&self) -> bool {
        self.rungs
            .iter()
            .all(|rung| matches!(rung.pays, Reward::Rate(_)))
    }

    /// Which tier a volume belongs to, from 0: a value exactly on a boundary goes to the tier that owns it.
    ///
    /// # Source
    ///
    /// Clause `tiers`, its sentence on the boundary.
    pub(super) fn reached(&self, volume: Base) -> usize {
        let passed = |rung: &&Rung| match self.tiers.boundary.value {
            Boundary::Below => volume > rung.from,
            Boundary::Above => volume >= rung.from,
        };
        let above = self.rungs.iter().skip(1).take_while(passed);
        above.count()
    }

    /// How much of the volume from `before` to `after` lies in each tier; tiers without any are left out.
    ///
    /// Money is divided at the boundaries. Things are whole: the one that brings the count exactly to a boundary
    /// belongs to the tier that owns the boundary, so with the boundary in the tier above it is the first one there.
    /// Money below nothing (more credits than invoices) lies in the first tier.
    ///
    /// # Source
    ///
    /// Clause `tiers`, its sentence on slices.
    pub(super) fn slices(&self, before: Base, after: Base) -> Checked<Vec<(usize, Base)>> {
        let at = &self.tiers.at;
        let mut slices = Vec::new();
        for (index, rung) in self.rungs.iter().enumerate() {
            let inside = |volume: Base| {
                let from = self.corner(rung.from);
                let start = if index == 0 || volume > from {
                    volume
                } else {
                    from
                };
                let end = match rung.to.map(|to| self.corner(to)) {
                    Some(to) if start > to => to,
                    Some(_) | None => start,
                };
                end.minus(from)
            };
            let slice = inside(after)
                .zip(inside(before))
                .and_then(|(after, before)| after.minus(before))
                .ok_or_else(|| exact::too_large(at))?;
            if !slice.is_zero() {
                slices.push((index, slice));
            }
        }
        Ok(slices)
    }

    /// The last volume of the tier below a boundary.
    pub(super) fn corner(&self, boundary: Base) -> Base {
        match (boundary, self.tiers.boundary.value) {
            (Base::Count(count), Boundary::Above) => Base::Count(count.saturating_sub(1)),
            (Base::Count(_), Boundary::Below) | (Base::Money(_), _) => boundary,
        }
    }

    /// What the tiers measure, of nothing.
    pub(super) fn nothing(&self) -> Base {
        match self.rungs.first().map(|rung| rung.from) {
            Some(Base::Money(money)) => Base::Money(Money::zero(money.currency())),
            Some(Base::Count(_)) | None => Base::Count(0),
        }
    }
}

/// The volume of a bound; all bounds of a ladder count the same.
fn volume<'a>(bound: &'a Measure, noun: &mut Option<&'a str>, at: &Span) -> Checked<Base> {
    let found = match bound {
        Measure::Money(_) => "",
        Measure::Count(count) => count.noun.as_str(),
        Measure::Rate(_) | Measure::Period(_) => {
            return Err(broken(at, "a tier is bounded by a sum or a count")
                .help("write a sum such as \"USD 250000\" or a count such as \"10 activations\""));
        }
    };
    let singular = |noun: &str| noun.strip_suffix('s').unwrap_or(noun).to_owned();
    let first = *noun.get_or_insert(found);
    if singular(first) != singular(found) {
        return Err(
            broken(at, "the bounds of the tiers measure two different things")
                .help("measure every bound in the same currency, or count the same things"),
        );
    }
    Base::of(bound).ok_or_else(|| exact::too_large(at))
}

fn broken(at: &Span, message: &str) -> Diagnostic {
    Diagnostic::error(Code::WrongType, at, message)
}
