//! What a statement asks of its events beside the pay: the metrics over its time, and the minimum over its period.

use super::metrics::Query;
use super::time::{Course, Time, months_before};
use crate::deal::{Deal, FeePeriod};
use crate::units::Date;

/// The metrics over the time of the statement; the minimum over its period comes last.
pub(super) fn queries(
    deal: &Deal,
    target: &Time,
    minimum: Option<(Date, Date)>,
) -> (Vec<Query>, Vec<String>) {
    let measured: Vec<String> = deal
        .metric
        .iter()
        .filter(|metric| metric.from_events.is_some())
        .map(|metric| metric.id.as_str().to_owned())
        .collect();
    let query = |metric: &str, from, to| Query {
        metric: metric.to_owned(),
        from,
        to,
        segment: None,
    };
    let mut queries: Vec<Query> = measured
        .iter()
        .map(|metric| query(metric, target.from, target.to))
        .collect();
    let terms = deal
        .economics
        .as_ref()
        .and_then(|economics| economics.minimum.as_ref());
    if let (Some(terms), Some((from, to))) = (terms, minimum) {
        queries.push(query(terms.metric.id(), from, to));
    }
    (queries, measured)
}

/// The last period of the minimum that ends in the time.
pub(super) fn minimum_window(deal: &Deal, course: &Course, target: &Time) -> Option<(Date, Date)> {
    let minimum = deal.economics.as_ref()?.minimum.as_ref()?;
    let ends = course.ends(target);
    let (over, from) = match minimum.per.value {
        FeePeriod::Month => (ends.months, months_before(target.to, 0)),
        FeePeriod::Quarter => (ends.quarters, months_before(target.to, 2)),
        FeePeriod::Year => {
            let start = course.year_start(target.to);
            let whole = course.year_end(target.to) == target.to;
            if whole || course.ended == Some(target.to) {
                (ends.years, start)
            } else {
                let last = start.plus_days(-1);
                let from = course.year_start(last);
                return (ends.years > 0).then_some((from, last));
            }
        }
    };
    (over > 0).then_some((from.max(course.effective), target.to))
}
