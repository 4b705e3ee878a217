//! Which keys of a deal each computed value follows from.

use super::How;

/// What is computed for templates, the keys that it follows from, and whether it shows them as they are.
///
/// A `*` is a place in a list, in a target the one that was matched; a `#` is every place. The longest entry
/// that begins a path counts. That every computed value has one is tested.
const FOLLOWS: &[(&str, &[&str], How)] = &[
    ("dates.effective", &["agreement.effective"], How::Printed),
    (
        "dates.end",
        &["agreement.effective", "term.initial"],
        How::Computed,
    ),
    (
        "dates.notice_by",
        &[
            "agreement.effective",
            "term.initial",
            "term.renewal.notice",
            "agreement.business_day_rule",
            "agreement.holidays",
        ],
        How::Computed,
    ),
    (
        "dates.exclusive_until",
        &["agreement.effective", "exclusivity.period"],
        How::Computed,
    ),
    ("calendar", &["agreement.effective"], How::Computed),
    (
        "talks",
        &[
            "issue.#.title",
            "issue.#.state",
            "issue.#.terms",
            "trade.#.gives",
            "trade.#.gets",
            "meeting.#.date",
            "meeting.#.agreed",
            "meeting.#.open",
            "meeting.#.next",
        ],
        How::Computed,
    ),
    (
        "calendar.*",
        &[
            "agreement.effective",
            "agreement.business_day_rule",
            "agreement.holidays",
            "agreement.month_end",
            "term.initial",
            "term.renewal.notice",
            "term.tail.period",
            "exclusivity.holder.short",
            "exclusivity.period",
            "exclusivity.commitment.within",
            "guarantee.#.name",
            "guarantee.#.giver.short",
            "guarantee.#.within",
            "reviews.early",
            "reviews.regular",
            "reviews.quarters",
            "reviews.within",
            "reviews.annual_window",
            "economics.minimum.per",
            "economics.minimum.metric.name",
            "economics.payer.short",
            "economics.payee.short",
            "economics.spiff.runs",
            "economics.payment.statements",
            "economics.payment.statement_due",
        ],
        How::Computed,
    ),
    ("ladder", &["escalation.level"], How::Computed),
    ("ladder.*.name", &["escalation.level.*.name"], How::Printed),
    (
        "ladder.*.owners",
        &[
            "escalation.level.*.owners.#.title",
            "escalation.level.*.owners.#.party",
        ],
        How::Printed,
    ),
    (
        "ladder.*.respond",
        &["escalation.level.*.respond"],
        How::Printed,
    ),
    (
        "ladder.*.resolve",
        &["escalation.level.*.resolve"],
        How::Printed,
    ),
    ("example.base", &["economics.base"], How::Computed),
    (
        "example.tiers",
        &["economics.tiers", "economics.rounding"],
        How::Computed,
    ),
    (
        "example.expected",
        &["economics.tiers", "economics.rounding", "forecast.expected"],
        How::Computed,
    ),
    (
        "example.share",
        &[
            "economics.revenue_share",
            "attribution.influenced_share",
            "economics.rounding",
        ],
        How::Computed,
    ),
    (
        "example.bounty",
        &["economics.bounty", "economics.rounding"],
        How::Computed,
    ),
    (
        "example.referral",
        &["economics.referral_fee", "economics.rounding"],
        How::Computed,
    ),
    (
        "example.clawback",
        &["economics.clawback", "economics.rounding"],
        How::Computed,
    ),
    (
        "example.stages",
        &["economics.payment.stage", "economics.rounding"],
        How::Computed,
    ),
    (
        "example.stages.*.share",
        &["economics.payment.stage.*.share"],
        How::Printed,
    ),
    (
        "example.stages.*.when",
        &["economics.payment.stage.*.when"],
        How::Printed,
    ),
    (
        "example.stage_total",
        &["economics.payment.stage", "economics.rounding"],
        How::Computed,
    ),
    ("results", &["economics", "forecast"], How::Computed),
];

/// The entry of [`FOLLOWS`] for a computed path: its targets, what its `*` matched, what it shows.
pub(super) fn follows(path: &str) -> Option<(&'static [&'static str], Vec<&str>, How)> {
    let first = path.split('.').next()?;
    let longest = FOLLOWS
        .iter()
        .filter(|(pattern, _, _)| pattern.starts_with(first))
        .filter_map(|entry| Some((entry, begins(path, entry.0)?)))
        .reduce(|best, other| if other.1 > best.1 { other } else { best });
    let ((pattern, targets, how), _) = longest?;
    let matched = pattern.split('.').zip(path.split('.'));
    let captured = matched
        .filter(|(wanted, _)| *wanted == "*")
        .map(|(_, key)| key)
        .collect();
    Some((targets, captured, *how))
}

/// With how many keys a pattern begins the path, if it does.
fn begins(path: &str, pattern: &str) -> Option<usize> {
    let mut keys = path.split('.');
    let mut length = 0;
    for wanted in pattern.split('.') {
        let key = keys.next()?;
        if wanted != "*" && wanted != key {
            return None;
        }
        length += 1;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deal::SHAPE;
    use crate::deal::shape::{Leaf, RecordShape, Shape};
    use crate::draft::view::Computed;

    /// Every path of a shape down to `depth`, places in lists as `1`.
    fn paths(record: &RecordShape, before: &str, depth: usize, found: &mut Vec<String>) {
        for field in record.fields {
            let path = format!("{before}{}", field.key);
            match field.shape.present() {
                Shape::Record(inner) if depth > 0 => {
                    paths(inner, &format!("{path}."), depth - 1, found);
                }
                _ => found.push(path),
            }
        }
    }

    #[test]
    fn every_computed_value_follows_from_something() {
        let mut computed = Vec::new();
        paths(&Computed::RECORD, "", 1, &mut computed);
        for path in computed {
            let known =
                matches!(path.as_str(), "included" | "exhibits") || follows(&path).is_some();
            assert!(known, "{path}");
        }
    }

    #[test]
    fn every_target_is_a_key_of_a_deal() {
        for (_, targets, _) in FOLLOWS {
            for target in *targets {
                let mut shape = SHAPE;
                for key in target.split('.') {
                    shape = match shape.present() {
                        Shape::Record(record) => {
                            record
                                .field(key)
                                .unwrap_or_else(|| panic!("{target}"))
                                .shape
                        }
                        Shape::List(each) if matches!(key, "*" | "#") => *each,
                        Shape::Leaf(Leaf {
                            names: Some(seen), ..
                        }) => seen.field(key).unwrap_or_else(|| panic!("{target}")).shape,
                        other => panic!("{target}: {other:?}"),
                    };
                }
            }
        }
    }

    #[test]
    fn the_longest_entry_counts() {
        let (targets, captured, how) = follows("ladder.2.name").expect("an entry");
        assert_eq!(
            (targets, captured, how),
            (&["escalation.level.*.name"][..], vec!["2"], How::Printed)
        );
        assert!(follows("economics.tiers").is_none());
    }
}
