//! A deal as plain data: what templates, comparisons and look-ups walk over.

use crate::units::{Count, Date, Measure, Money, Period, Rate};

/// One value of the deal, with everything under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<'a> {
    /// The key was left out.
    Absent,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number without a unit.
    Number(u32),
    /// Words, or a word to choose from.
    Text(&'a str),
    /// An amount of money.
    Money(&'a Money),
    /// A share of a whole.
    Rate(&'a Rate),
    /// So many of something.
    Count(&'a Count),
    /// An amount, a share, a count or a length of time.
    Measure(&'a Measure),
    /// A length of time.
    Period(&'a Period),
    /// A day.
    Date(&'a Date),
    /// The name of something else in the file.
    Name(Kind, &'a str),
    /// Any number of values, in the order of the file.
    List(Vec<Fact<'a>>),
    /// A table: its keys in the order of their documentation.
    Record(Vec<(&'static str, Fact<'a>)>),
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A party, by `party.id`.
    Party,
    /// A role, by `role.id`.
    Role,
    /// A metric, by `metric.id`.
    Metric,
    /// A gate, by `gate.id`.
    Gate,
    /// A segment, by `territory.segment.id`.
    Segment,
    /// A clause of the library, by its id.
    Clause,
}
