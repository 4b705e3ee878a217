//! All that a template may see: the deal as printed text, and what is computed from it.
//!
//! What is not here cannot be printed. A template finds each term under its path in the deal file, with every
//! number already in words and figures of the house style; names of parties, roles and metrics have become
//! small tables (`economics.payer.short`).

use super::examples::Examples;
use super::papers::{AmendmentSeen, ReviewSeen, SimulationSeen};
use super::schedule::{Entry, Schedule};
use super::seen::{Seen, seen, value};
use crate::deal::fact::{Fact, Kind};
use crate::deal::shape::{FieldShape, RecordShape, Shape};
use crate::deal::{self, Deal, Side};
use crate::units::Numerals;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use tera::{Context, Value};

seen! {
    /// What is computed from the deal for every template.
    pub struct Computed {
        /// The ids of all clauses, articles and parts of this agreement.
        included: Vec<String>,
        /// The exhibits of this agreement.
        exhibits: Vec<ExhibitSeen>,
        /// Days that follow from the deal.
        dates: DatesSeen,
        /// The key dates, in order; empty while the effective date is open.
        calendar: Vec<CalendarSeen>,
        /// The escalation levels, with the time at which each is reached.
        ladder: Vec<LadderSeen>,
        /// Worked examples.
        example: Examples,
        /// Both sides' results at low, expected and high volume.
        results: Option<Vec<super::examples::ResultSeen>>,
        /// Where the talks stand, for letters.
        talks: super::talks::Talks,
    }
}

seen! {
    /// An exhibit of this agreement.
    pub struct ExhibitSeen {
        /// Its anchor.
        id: String,
        /// Its title.
        title: String,
    }
}

seen! {
    /// Days that follow from the deal; absent while the effective date is open.
    pub struct DatesSeen {
        /// The day on which the agreement begins.
        effective: Option<String>,
        /// The last day of the first term.
        end: Option<String>,
        /// The last day for notice of non-renewal, moved by the business-day rule.
        notice_by: Option<String>,
        /// The last day of exclusivity.
        exclusive_until: Option<String>,
    }
}

seen! {
    /// A key date.
    pub struct CalendarSeen {
        /// The day, spelled out.
        date: String,
        /// Its weekday.
        weekday: String,
        /// What happens.
        what: String,
        /// Who must act.
        who: String,
        /// The clause it follows from: an anchor.
        clause: String,
    }
}

seen! {
    /// An escalation level.
    pub struct LadderSeen {
        /// What it is called.
        name: String,
        /// Who takes part.
        owners: String,
        /// How soon they answer.
        respond: String,
        /// How long they have.
        resolve: String,
        /// How long after an issue is raised it reaches this level; absent for the first.
        reached_after: Option<String>,
    }
}

seen! {
    /// The clause that is being printed.
    pub struct ClauseSeen {
        /// Its id.
        id: String,
        /// Its heading.
        title: String,
        /// The operational reason for it.
        reason: String,
    }
}

/// Every path that a template may use.
pub fn root() -> &'static RecordShape {
    static ROOT: LazyLock<RecordShape> = LazyLock::new(|| {
        let Shape::Record(deal) = deal::SHAPE else {
            unreachable!("a deal is a table")
        };
        let Shape::Record(party) =
            deal.field("party")
                .map_or(Shape::Flag, |field| match field.shape {
                    Shape::List(each) => *each,
                    other => other,
                })
        else {
            unreachable!("a party is a table")
        };
        let mut fields: Vec<FieldShape> = deal.fields.to_vec();
        fields.extend_from_slice(Computed::RECORD.fields);
        fields.push(FieldShape {
            key: "company",
            doc: "The party on the company's side.",
            shape: Shape::Record(party),
        });
        fields.push(FieldShape {
            key: "partner",
            doc: "The party on the partner's side.",
            shape: Shape::Record(party),
        });
        fields.push(FieldShape {
            key: "amendment",
            doc: "An amendment; only for the clauses of its outline.",
            shape: AmendmentSeen::SHAPE,
        });
        fields.push(FieldShape {
            key: "review",
            doc: "What a review found; only for the clauses of a scorecard.",
            shape: ReviewSeen::SHAPE,
        });
        fields.push(FieldShape {
            key: "simulation",
            doc: "A deal played through; only for the clauses of a simulation.",
            shape: SimulationSeen::SHAPE,
        });
        fields.push(FieldShape {
            key: "clause",
            doc: "The clause that is being printed.",
            shape: ClauseSeen::SHAPE,
        });
        RecordShape {
            name: "View",
            doc: "All that a template may see.",
            fields: fields.leak(),
        }
    });
    &ROOT
}

/// What templates see of what is computed, by key.
pub fn computed(computed: &Computed) -> Vec<(String, Value)> {
    let map = computed.value().into_map().unwrap_or_default();
    map.into_iter()
        .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)))
        .collect()
}

/// What templates see of what a deal says. `facts` is the deal as data.
pub fn said(deal: &Deal, facts: &Fact<'_>, numerals: &Numerals) -> Context {
    let printer = Printer {
        deal,
        numerals,
        named: RefCell::default(),
    };
    let mut context = Context::new();
    if let Fact::Record(tables) = facts {
        for (key, fact) in tables {
            context.insert_value(*key, printer.value(fact));
        }
    }
    for (key, side) in [("company", Side::Company), ("partner", Side::Partner)] {
        if let Some(party) = deal.side(side) {
            let fact = deal::record::Field::fact(party);
            context.insert_value(key, printer.value(&fact));
        }
    }
    context
}

struct Printer<'a> {
    deal: &'a Deal,
    numerals: &'a Numerals,
    /// The tables that stand for names: a deal names the same roles and metrics in many places.
    named: RefCell<BTreeMap<(Kind, String), Value>>,
}

/// A fact as templates see it: what has a unit is printed.
struct Printed<'a, 'f>(&'a Printer<'a>, &'a Fact<'f>);

impl Serialize for Printed<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Printed(printer, fact) = *self;
        let numerals = printer.numerals;
        match fact {
            Fact::Absent => to.serialize_none(),
            Fact::Flag(flag) => to.serialize_bool(*flag),
            Fact::Number(number) => to.serialize_u64(u64::from(*number)),
            Fact::Text(text) => to.serialize_str(text),
            Fact::Money(money) => to.serialize_str(&money.print(numerals)),
            Fact::Rate(rate) => to.serialize_str(&rate.print(numerals)),
            Fact::Count(count) => to.serialize_str(&count.print(numerals)),
            Fact::Measure(measure) => to.serialize_str(&measure.print(numerals)),
            Fact::Period(period) => to.serialize_str(&period.print(numerals)),
            Fact::Date(date) => to.serialize_str(&date.print()),
            Fact::Name(kind, id) => printer.named(*kind, id).serialize(to),
            Fact::List(items) => to.collect_seq(items.iter().map(|item| Printed(printer, item))),
            Fact::Record(fields) => {
                // What is absent is nothing to a template, whether it is named or not: naming it takes time.
                let said = |(_, fact): &&(&str, Fact<'_>)| !matches!(fact, Fact::Absent);
                let said = fields.iter().filter(said);
                let mut table = to.serialize_struct("table", said.clone().count())?;
                for (key, fact) in said {
                    table.serialize_field(key, &Printed(printer, fact))?;
                }
                table.end()
            }
        }
    }
}

impl Printer<'_> {
    fn value(&self, fact: &Fact<'_>) -> Value {
        value(&Printed(self, fact))
    }

    /// What stands for a name.
    fn named(&self, kind: Kind, id: &str) -> Value {
        let mut named = self.named.borrow_mut();
        let known = named.entry((kind, id.to_owned()));
        known.or_insert_with(|| self.table_of(kind, id)).clone()
    }

    /// The small table that stands for a name.
    fn table_of(&self, kind: Kind, id: &str) -> Value {
        let mut fields = BTreeMap::from([("id", id)]);
        match kind {
            Kind::Party => {
                if let Some(party) = self.deal.party(id) {
                    fields.insert("short", party.short.as_str());
                    fields.insert("name", party.name.as_str());
                }
            }
            Kind::Role => {
                if let Some(role) = self.deal.role.iter().find(|role| role.id.as_str() == id) {
                    fields.insert("title", role.title.as_str());
                    if let Some(party) = self.deal.party(role.party.id()) {
                        fields.insert("party", party.short.as_str());
                    }
                }
            }
            Kind::Metric => {
                if let Some(metric) = self.deal.metric(id) {
                    fields.insert("name", metric.name.as_str());
                    fields.insert("unit", metric.unit.value.as_str());
                }
            }
            Kind::Gate => {
                if let Some(gate) = self.deal.gate.iter().find(|gate| gate.id.as_str() == id) {
                    fields.insert("name", gate.name.as_str());
                }
            }
            Kind::Segment => {
                let segments = self.deal.territory.iter().flat_map(|all| &all.segment);
                if let Some(segment) = segments
                    .into_iter()
                    .find(|segment| segment.id.as_str() == id)
                {
                    fields.insert("name", segment.name.as_str());
                }
            }
            Kind::Clause => {}
        }
        Value::from(fields)
    }
}

/// The days of a schedule as templates see them.
pub fn dates(schedule: &Schedule) -> DatesSeen {
    let print = |date: Option<crate::units::Date>| date.map(crate::units::Date::print);
    DatesSeen {
        effective: print(schedule.effective),
        end: print(schedule.end),
        notice_by: print(schedule.notice_by),
        exclusive_until: print(schedule.exclusive_until),
    }
}

/// The key dates as templates see them.
pub fn calendar(entries: &[Entry]) -> Vec<CalendarSeen> {
    entries
        .iter()
        .map(|entry| CalendarSeen {
            date: entry.date.print(),
            weekday: entry.date.weekday().to_owned(),
            what: entry.what.clone(),
            who: entry.who.clone(),
            clause: entry.clause.clone(),
        })
        .collect()
}

/// The escalation ladder as templates see it.
///
/// An issue reaches a level when the times to resolve of all levels before it are over; times in different
/// units are added in words, one after the other.
pub fn ladder(deal: &Deal, numerals: &Numerals, and: &str) -> Vec<LadderSeen> {
    let Some(escalation) = &deal.escalation else {
        return Vec::new();
    };
    let mut before: Vec<crate::units::Period> = Vec::new();
    let mut ladder = Vec::new();
    for level in &escalation.level {
        let owners: Vec<String> = level
            .owners
            .iter()
            .filter_map(|owner| {
                let role = deal
                    .role
                    .iter()
                    .find(|role| role.id.as_str() == owner.id())?;
                let party = deal.party(role.party.id())?;
                Some(format!("{}’s {}", party.short, role.title))
            })
            .collect();
        let reached: Vec<String> = before.iter().map(|period| period.print(numerals)).collect();
        ladder.push(LadderSeen {
            name: level.name.to_string(),
            owners: owners.join(", "),
            respond: level.respond.print(numerals),
            resolve: level.resolve.print(numerals),
            reached_after: (!reached.is_empty()).then(|| reached.join(&format!(" {and} "))),
        });
        let resolve = level.resolve.value;
        match before.last_mut() {
            Some(last) if last.unit == resolve.unit => last.count += resolve.count,
            Some(_) | None => before.push(resolve),
        }
    }
    ladder
}
