//! Values of a deal in words, for people who compare two of them.

use super::entries::key;
use crate::deal::Deal;
use crate::deal::fact::{Fact, Kind};
use crate::units::Numerals;

/// Prints the values of one deal in its own figures.
pub(super) struct Printer<'d> {
    deal: &'d Deal,
    numerals: Numerals,
}

impl<'d> Printer<'d> {
    pub(super) fn of(deal: &'d Deal) -> Printer<'d> {
        Printer {
            deal,
            numerals: deal.numerals(),
        }
    }

    pub(super) fn numerals(&self) -> &Numerals {
        &self.numerals
    }

    /// The name of an entry of a list; `None` if it has none, or is nothing but a value.
    pub(super) fn name(&self, fact: &Fact<'_>) -> Option<String> {
        let (field, name) = key(fact)?;
        if field.is_empty() {
            return None;
        }
        let Fact::Record(fields) = fact else {
            return None;
        };
        // People know things by their titles, the file knows them by their ids.
        let shown = ["short", "title", "name"];
        let titled = shown.iter().find_map(|title| {
            let (_, value) = fields.iter().find(|(key, _)| key == title)?;
            matches!(value, Fact::Text(_)).then_some(value)
        });
        let (_, named) = fields.iter().find(|(key, _)| *key == field)?;
        let value = titled.filter(|_| field == "id").unwrap_or(named);
        match value {
            Fact::Text(text) => Some((*text).to_owned()),
            Fact::Name(kind, id) => Some(self.named(*kind, id)),
            Fact::Absent
            | Fact::Flag(_)
            | Fact::Number(_)
            | Fact::Money(_)
            | Fact::Rate(_)
            | Fact::Count(_)
            | Fact::Measure(_)
            | Fact::Period(_)
            | Fact::Date(_)
            | Fact::List(_)
            | Fact::Record(_) => Some(name.to_owned()),
        }
    }

    /// A value in a word: a table by its name.
    pub(super) fn short(&self, fact: &Fact<'_>) -> String {
        self.name(fact).unwrap_or_else(|| self.whole(fact))
    }

    /// A value with all that is in it: "pays 12.5%; to USD 250,000".
    pub(super) fn whole(&self, fact: &Fact<'_>) -> String {
        match fact {
            Fact::Absent => "nothing".to_owned(),
            Fact::Flag(true) => "yes".to_owned(),
            Fact::Flag(false) => "no".to_owned(),
            Fact::Number(number) => number.to_string(),
            Fact::Text(text) => (*text).to_owned(),
            Fact::Money(money) => money.print(&self.numerals),
            Fact::Rate(rate) => rate.print(&self.numerals),
            Fact::Count(count) => count.print(&self.numerals),
            Fact::Measure(measure) => measure.print(&self.numerals),
            Fact::Period(period) => period.print(&self.numerals),
            Fact::Date(date) => date.print(),
            Fact::Name(kind, id) => self.named(*kind, id),
            Fact::List(items) if items.is_empty() => "none".to_owned(),
            Fact::List(items) => {
                let items = items.iter().map(|item| match item {
                    Fact::Record(_) => format!("({})", self.whole(item)),
                    Fact::Absent
                    | Fact::Flag(_)
                    | Fact::Number(_)
                    | Fact::Text(_)
                    | Fact::Money(_)
                    | Fact::Rate(_)
                    | Fact::Count(_)
                    | Fact::Measure(_)
                    | Fact::Period(_)
                    | Fact::Date(_)
                    | Fact::Name(_, _)
                    | Fact::List(_) => self.whole(item),
                });
                items.collect::<Vec<_>>().join(", ")
            }
            Fact::Record(fields) => {
                // A reason is told beside the value.
                let told = fields.iter().filter(|(key, _)| *key != "reason");
                let present = told.filter(|(_, value)| match value {
                    Fact::Absent => false,
                    Fact::List(items) => !items.is_empty(),
                    Fact::Flag(_)
                    | Fact::Number(_)
                    | Fact::Text(_)
                    | Fact::Money(_)
                    | Fact::Rate(_)
                    | Fact::Count(_)
                    | Fact::Measure(_)
                    | Fact::Period(_)
                    | Fact::Date(_)
                    | Fact::Name(_, _)
                    | Fact::Record(_) => true,
                });
                let fields = present
                    .map(|(key, value)| format!("{} {}", key.replace('_', " "), self.whole(value)));
                fields.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// What a name stands for, as the documents call it.
    fn named(&self, kind: Kind, id: &str) -> String {
        let deal = self.deal;
        let found = match kind {
            Kind::Party => deal.party(id).map(|party| party.short.to_string()),
            Kind::Role => {
                let mut roles = deal.role.iter();
                roles
                    .find(|role| role.id.as_str() == id)
                    .map(|role| role.title.to_string())
            }
            Kind::Metric => deal.metric(id).map(|metric| metric.name.to_string()),
            Kind::Gate => {
                let mut gates = deal.gate.iter();
                gates
                    .find(|gate| gate.id.as_str() == id)
                    .map(|gate| gate.name.to_string())
            }
            Kind::Segment => {
                let mut segments = deal.territory.iter().flat_map(|all| &all.segment);
                segments
                    .find(|segment| segment.id.as_str() == id)
                    .map(|segment| segment.name.to_string())
            }
            Kind::Clause => None,
        };
        found.unwrap_or_else(|| id.to_owned())
    }
}
