//! What earlier statements came to within the time of a cap or a floor.
//!
//! An agreement year may end within a statement; the statement is divided there. One that was not, as no cap or floor of
//! a year was agreed then, belongs to both years, and nobody can tell which part of it belongs to which: as long as that
//! makes no difference, nobody needs to.

use super::close::Worked;
use super::fold::Fold;
use crate::deal::{FeePeriod, Limit};
use crate::diagnostic::{Code, Diagnostic};
use crate::economics::{Checked, Model, Paid, Statement, YearPart};
use crate::events::time::{first_of_month, quarter};
use crate::units::{Date, Decimal, Money};

/// What earlier statements came to within a time.
pub(super) struct Within {
    /// Without statements that began before it.
    pub(super) least: Money,
    /// With all of them.
    pub(super) most: Money,
}

impl Fold<'_> {
    /// The first day of the agreement year that begins after a day and within the time, if a cap or a floor looks at
    /// years.
    pub fn next_year(&self) -> Option<Date> {
        let economics = self.terms.economics;
        let mut limits = [&economics.cap, &economics.floor].into_iter().flatten();
        if !limits.any(|limit| limit.per.value == FeePeriod::Year) {
            return None;
        }
        let next = self.course.year_end(self.from).plus_days(1);
        (next <= self.time.to).then_some(next)
    }

    /// The first day of the month or quarter of a limit in which the statement begins, or of the agreement year in which
    /// a part of it does.
    fn since(&self, per: FeePeriod, part: Date) -> Date {
        match per {
            FeePeriod::Month => first_of_month(self.time.from),
            FeePeriod::Quarter => quarter(self.time.from).0,
            FeePeriod::Year => self.course.year_start(part),
        }
    }

    /// What earlier statements came to within the time of a limit; one that began before it may have been less than
    /// nothing, and then it is not in the most.
    fn paid_within(&self, limit: Option<&Limit>, part: Date) -> Within {
        let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
        let since = limit.map(|limit| self.since(limit.per.value, part));
        for (from, to, total) in &self.totals {
            match since {
                Some(since) if *from >= since => {
                    least += total;
                    most += total;
                }
                Some(since) if *to >= since => most += (*total).max(Decimal::ZERO),
                Some(_) | None => {}
            }
        }
        Within {
            least: self.terms.money(least),
            most: self.terms.money(most),
        }
    }

    /// The agreement years that the stretches of a statement lie in, with what was paid before in each.
    pub(super) fn years(&self, worked: &[Worked<'_>]) -> Vec<YearPart> {
        let mut years: Vec<YearPart> = Vec::new();
        for (place, stretch) in worked.iter().enumerate() {
            let begins = self.course.year_start(stretch.from) == stretch.from;
            match years.last_mut() {
                Some(year) if !begins => year.end = place + 1,
                Some(_) | None => years.push(YearPart {
                    first: place,
                    end: place + 1,
                    paid: Paid {
                        within_cap: self.terms.money(Decimal::ZERO),
                        within_floor: self.terms.money(Decimal::ZERO),
                        spiff: self.terms.money(self.spiff_paid),
                        bounties: 0,
                    },
                }),
            }
        }
        for year in &mut years {
            let from = worked[year.first].from;
            let economics = worked[year.end - 1].terms.economics;
            year.paid.within_cap = self.paid_within(economics.cap.as_ref(), from).most;
            year.paid.within_floor = self.paid_within(economics.floor.as_ref(), from).least;
        }
        years
    }

    /// Keeps what each year's part of a statement came to.
    pub(super) fn keep(&mut self, worked: &[Worked<'_>], years: &[YearPart], made: &Statement) {
        let mut rest = made.total.amount();
        for (place, year) in years.iter().enumerate() {
            let here = |stretch: u8| (year.first..year.end).contains(&usize::from(stretch));
            let lines = made.lines.iter().filter(|line| here(line.stretch));
            let paid: Decimal = lines.map(|line| line.paid.amount()).sum();
            // What the total is rounded by belongs to the last part.
            let total = if place + 1 == years.len() { rest } else { paid };
            rest -= total;
            let (from, to) = (worked[year.first].from, worked[year.end - 1].to);
            self.totals.push((from, to, total));
        }
    }

    /// Refuses a statement on which a cap or a floor works whose year ends in the middle of what nothing divides.
    pub(super) fn told_apart(
        &self,
        statement: &Statement,
        worked: &[Worked<'_>],
        years: &[YearPart],
    ) -> Checked<()> {
        for year in years {
            let economics = worked[year.end - 1].terms.economics;
            let (from, to) = (worked[year.first].from, worked[year.end - 1].to);
            for (limit, name, model) in [
                (&economics.cap, "cap", Model::Cap),
                (&economics.floor, "least Commission", Model::Floor),
            ] {
                let Some(limit) = limit
                    .as_ref()
                    .filter(|limit| limit.per.value == FeePeriod::Year)
                else {
                    continue;
                };
                let lines = || {
                    let here = year.first..year.end;
                    let all = statement.lines.iter();
                    all.filter(move |line| here.contains(&usize::from(line.stretch)))
                };
                let end = self.course.year_end(from);
                let since = self.since(limit.per.value, from);
                let here = end < to;
                let before = |(from, to, _): &(Date, Date, Decimal)| *from < since && *to >= since;
                let works = lines().any(|line| line.model == model);
                let earned = lines().any(|line| line.model != model);
                // What was earned after the year may be all that lifts it over its least sum.
                let lifts = model == Model::Floor
                    && here
                    && self.paid_within(Some(limit), from).least < limit.amount.value;
                // Where nothing was earned, nothing is to be told apart.
                let unclear = here && earned || self.totals.iter().any(before);
                if (works || lifts) && unclear {
                    let day = if here { end } else { since.plus_days(-1) };
                    return Err(Diagnostic::error(
                        Code::NotReadable,
                        &limit.per.span,
                        format!(
                            "the {name} works on the statement {}, and its agreement year ends on {}, in the middle of the statement {}",
                            self.time.name,
                            day.print(),
                            self.course.around(day).name
                        ),
                    )
                    .help("nobody can tell which part of that statement belongs to which year: agree on it, and work the statement out by hand"));
                }
            }
        }
        Ok(())
    }
}
