//! Values in walk-away rules: exact, with their units; a text in a rule becomes what it is compared with.
//!
//! In: facts of the deal, literals of a rule. Out: [`Value`] and its comparisons. No float decides anything:
//! money, shares and counts are decimals, and a number with a point is refused where the rule is read.

use crate::deal::fact::Fact;
use crate::units::{Count, Date, Decimal, Measure, Money, Numerals, Period, Rate, Unit};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    /// The deal leaves it out.
    Absent,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number without a unit.
    Number(Decimal),
    /// Words.
    Text(Cow<'a, str>),
    /// A money amount.
    Money(Money),
    /// A share.
    Rate(Rate),
    /// So many of something.
    Count(Count),
    /// A length of time.
    Period(Period),
    /// A day.
    Date(Date),
    /// Several.
    List(Vec<Value<'a>>),
    /// A table.
    Record(Vec<(&'static str, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// A fact of the deal as a value.
    pub(super) fn of(fact: Fact<'a>) -> Value<'a> {
        match fact {
            Fact::Absent => Value::Absent,
            Fact::Flag(flag) => Value::Flag(flag),
            Fact::Number(number) => Value::Number(number.into()),
            Fact::Text(text) | Fact::Name(_, text) => Value::Text(text.into()),
            Fact::Money(money) => Value::Money(*money),
            Fact::Rate(rate) => Value::Rate(*rate),
            Fact::Count(count) => Value::Count(count.clone()),
            Fact::Measure(measure) => match measure {
                Measure::Money(money) => Value::Money(*money),
                Measure::Rate(rate) => Value::Rate(*rate),
                Measure::Count(count) => Value::Count(count.clone()),
                Measure::Period(period) => Value::Period(*period),
            },
            Fact::Period(period) => Value::Period(*period),
            Fact::Date(date) => Value::Date(*date),
            // A list without entries is what a deal leaves out.
            Fact::List(items) if items.is_empty() => Value::Absent,
            Fact::List(items) => Value::List(items.into_iter().map(Value::of).collect()),
            Fact::Record(fields) => Value::Record(
                fields
                    .into_iter()
                    .map(|(key, fact)| (key, Value::of(fact)))
                    .collect(),
            ),
        }
    }

    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Absent => "nothing",
            Value::Flag(_) => "yes or no",
            Value::Number(_) => "a number",
            Value::Text(_) => "words",
            Value::Money(_) => "an amount of money",
            Value::Rate(_) => "a share",
            Value::Count(_) => "a count",
            Value::Period(_) => "a length of time",
            Value::Date(_) => "a day",
            Value::List(_) => "a list",
            Value::Record(_) => "a table",
        }
    }

    /// How a literal of this kind is written in a rule.
    pub(super) fn example(&self) -> &'static str {
        match self {
            Value::Absent => "`none`",
            Value::Flag(_) => "`true` or `false`",
            Value::Number(_) => "a whole number such as 2",
            Value::Text(_) => "words in quotation marks",
            Value::Money(_) => "an amount such as 'USD 50000'",
            Value::Rate(_) => "a share such as '12.5%'",
            Value::Count(_) => "a count such as '6 activations', or a whole number",
            Value::Period(_) => "a length of time such as '30 days'",
            Value::Date(_) => "a day such as '2027-01-31'",
            Value::List(_) => "a list such as ['a', 'b']",
            Value::Record(_) => "`none`, or one of its keys",
        }
    }

    /// The value in a few words.
    pub(super) fn print(&self, numerals: &Numerals) -> String {
        match self {
            Value::Absent => "none".to_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => numerals.print_decimal(*number),
            Value::Text(text) => text.to_string(),
            Value::Money(money) => money.print(numerals),
            Value::Rate(rate) => rate.print(numerals),
            Value::Count(count) => count.print(numerals),
            Value::Period(period) => period.print(numerals),
            Value::Date(date) => date.print(),
            // Tables and lists of them are shown as how many there are; what decides stands under them.
            Value::List(items) => {
                let one = |item: &Value<'_>| match item {
                    Value::List(_) | Value::Record(_) => None,
                    other => Some(other.print(numerals)),
                };
                let all: Option<Vec<String>> = items.iter().map(one).collect();
                all.map_or_else(|| format!("{} entries", items.len()), |all| all.join(", "))
            }
            Value::Record(_) => "there".to_owned(),
        }
    }

    /// Whether both say the same; an error is the text that cannot be read as what it is compared with.
    pub(super) fn same(&self, other: &Value<'a>) -> Result<bool, Mismatch> {
        match (self, other) {
            (Value::Absent, Value::Absent) => Ok(true),
            (Value::Absent, _) | (_, Value::Absent) => Ok(false),
            (Value::List(_) | Value::Record(_), _) | (_, Value::List(_) | Value::Record(_)) => {
                if self.kind() == other.kind() {
                    Ok(self == other)
                } else {
                    Err(Mismatch::Kinds)
                }
            }
            (Value::Flag(one), Value::Flag(two)) => Ok(one == two),
            (Value::Text(one), Value::Text(two)) => Ok(one == two),
            _ => match self.order(other)? {
                Some(order) => Ok(order == Ordering::Equal),
                None => Err(Mismatch::Order),
            },
        }
    }

    /// Which is larger; `None` for two periods that only a calendar could compare.
    pub(super) fn order(&self, other: &Value<'a>) -> Result<Option<Ordering>, Mismatch> {
        let (one, two) = (self.like(other)?, other.like(self)?);
        match (&*one, &*two) {
            (Value::Number(one), Value::Number(two)) => Ok(Some(one.cmp(two))),
            (Value::Money(one), Value::Money(two)) => {
                one.partial_cmp(two).map(Some).ok_or(Mismatch::Currencies)
            }
            (Value::Rate(one), Value::Rate(two)) => Ok(Some(one.cmp(two))),
            (Value::Count(one), Value::Count(two)) => {
                let same = Measure::Count(one.clone()).compare(&Measure::Count(two.clone()));
                same.map(Some).ok_or(Mismatch::Nouns)
            }
            (Value::Count(count), Value::Number(number)) => {
                Ok(Some(Decimal::from(count.number).cmp(number)))
            }
            (Value::Number(number), Value::Count(count)) => {
                Ok(Some(number.cmp(&Decimal::from(count.number))))
            }
            (Value::Period(one), Value::Period(two)) => Ok(one.compare(*two)),
            (Value::Date(one), Value::Date(two)) => Ok(Some(one.cmp(two))),
            (Value::Absent, _) | (_, Value::Absent) => Err(Mismatch::Absent),
            (
                Value::Flag(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Money(_)
                | Value::Rate(_)
                | Value::Count(_)
                | Value::Period(_)
                | Value::Date(_)
                | Value::List(_)
                | Value::Record(_),
                _,
            ) => Err(Mismatch::Kinds),
        }
    }

    /// A text as a value of the other's kind; anything else as it is.
    fn like(&self, other: &Value<'a>) -> Result<Cow<'_, Value<'a>>, Mismatch> {
        let Value::Text(text) = self else {
            return Ok(Cow::Borrowed(self));
        };
        let read = match other {
            Value::Money(_) => Money::from_text(text).map(Value::Money),
            Value::Rate(_) => Rate::from_text(text).map(Value::Rate),
            Value::Count(_) => Count::from_text(text).map(Value::Count),
            Value::Period(_) => Period::from_text(text).map(Value::Period),
            Value::Date(_) => Date::from_text(text).map(Value::Date),
            Value::Absent
            | Value::Flag(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Record(_) => return Ok(Cow::Borrowed(self)),
        };
        read.map(Cow::Owned).map_err(|_| Mismatch::Unread)
    }
}

/// Why two values cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// They are of two kinds.
    Kinds,
    /// Two currencies.
    Currencies,
    /// Counts of two things.
    Nouns,
    /// Two periods whose order hangs on the calendar.
    Order,
    /// One is left out.
    Absent,
    /// The text is no value of the other's kind.
    Unread,
}
