//! The terms of a statement: those of its time, which a later amendment does not change.

use super::Which;
use crate::cli::drafted::Drafted;
use crate::deal::Deal;
use crate::diagnostic::Report;
use crate::events::{Course, Version, in_force};
use crate::units::Date;

/// The versions of a deal over time, the oldest first.
pub(in crate::cli) struct Terms {
    versions: Vec<(u32, Date, Deal)>,
}

impl Terms {
    /// The versions of a deal; `work` becomes what is in force when the time of the statement ends. What the deal file says
    /// and no amendment does is told, and not worked with. `None` if a version cannot be read.
    pub(super) fn of(
        which: &Which,
        work: &mut Drafted,
        report: &mut Report,
    ) -> anyhow::Result<Option<Terms>> {
        let Some(signing) = &work.signing else {
            return Ok(Some(Terms {
                versions: Vec::new(),
            }));
        };
        signing.not_in_force(&work.deal, report)?;
        let Some(versions) = signing.versions(report)? else {
            return Ok(None);
        };
        let terms = Terms { versions };
        let place = in_force(&terms.shared(&work.deal), last_day(which, &work.deal));
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        let (Some(deal), Some(signed)) = (
            signing.deal(number, report)?,
            signing.draft(&work.library, report)?,
        ) else {
            return Ok(None);
        };
        let marks = signing.marks(number);
        let Some(draft) = signing.draft_after(&deal, &work.library, &signed, &marks, report) else {
            return Ok(None);
        };
        work.deal = deal;
        work.draft = draft;
        Ok(Some(terms))
    }

    /// The versions; `deal` alone if it was never signed.
    pub(super) fn shared<'a>(&'a self, deal: &'a Deal) -> Vec<Version<'a>> {
        if self.versions.is_empty() {
            let from = Date::MIN;
            return vec![Version { from, deal }];
        }
        let all = self.versions.iter();
        all.map(|(_, from, deal)| Version { from: *from, deal })
            .collect()
    }

    /// The newest version, which knows every name that a row may have.
    pub(super) fn newest<'a>(&'a self, deal: &'a Deal) -> &'a Deal {
        self.versions.last().map_or(deal, |(_, _, deal)| deal)
    }
}

/// The first day of the time that the statement is for; if it has none, that is told later.
fn last_day(which: &Which, deal: &Deal) -> Date {
    let effective = deal.agreement.effective.as_ref().map(|date| date.value);
    let (Some(effective), Some(economics)) = (which.effective.or(effective), &deal.economics)
    else {
        return Date::MIN;
    };
    let statements = economics.payment.statements.value;
    let course = Course::new(deal, effective, which.ended, statements);
    let time = course.named(&which.period);
    time.map_or(Date::MIN, |time| time.to)
}
