//! The deal: everything that both sides know, typed, each value with its place in the file.
//!
//! In: a `deal.toml`. Out: a [`Deal`], or a report of everything that is wrong with the file. One file per
//! table, one struct per table. Nothing internal can be written here: see `negotiation.toml`.

pub mod changes;
pub mod drift;
pub mod edit;
pub mod fact;
pub(crate) mod leaves;
pub mod mend;
mod names;
pub mod record;
pub mod schema;
pub mod shape;
mod text;
mod tiers;

mod absent;
mod agreement;
mod brand;
mod data;
mod economics;
mod escalation;
mod events;
mod exclusivity;
mod gates;
mod investment;
mod issues;
mod legal;
mod letters;
mod measures;
mod parties;
mod payment;
mod protection;
mod reviews;
mod territory;

pub mod check;

pub use absent::Absences;
pub use agreement::*;
pub use brand::*;
pub use data::*;
pub use economics::*;
pub use escalation::*;
pub use events::*;
pub use exclusivity::*;
pub use gates::*;
pub use investment::*;
pub use issues::*;
pub use legal::*;
pub use letters::*;
pub use measures::*;
pub use names::*;
pub use parties::*;
pub use payment::*;
pub use protection::*;
pub use reviews::*;
pub use territory::*;
pub(crate) use text::invisible;
pub use text::{Choice, Choices, Id, Rank, Reason, TermPath, Text};
pub use tiers::*;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source, Span};
use crate::units::Numerals;
use record::{Field, Reader, record};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

record! {
    /// A partnership deal between two companies, as both of them know it.
    pub struct Deal {
        /// The version of this file's format: 1.
        schema: At<u32>,
        /// What the agreement is called, when it starts, and how it is written.
        agreement: Agreement,
        /// The two companies: one with the role `company`, one with the role `partner`.
        party: Vec<Party>,
        /// People or teams with a task: owners of reviews, approvals, escalations.
        role: Vec<Role>,
        /// What is measured: every number that pays, triggers or releases something.
        metric: Vec<Metric>,
        /// The unit of value that the deal rewards and the unit of risk that it guards against.
        value: ValueAndRisk,
        /// What can go wrong, who carries it, and which clause answers it.
        risk: Vec<Risk>,
        /// How long the agreement lasts, how it renews and how it ends.
        term: Term,
        /// What is paid for what.
        economics: Option<Economics>,
        /// Low, expected and high volumes, for the examples and the picture of both sides' results.
        forecast: Option<Forecast>,
        /// Which sales count as sourced or influenced, and what happens when both teams touched one.
        attribution: Option<Attribution>,
        /// Quality gates: what a lead or an activation must be, who decides, in what time.
        gate: Vec<Gate>,
        /// Deal registration: how an account is reserved for a while.
        registration: Option<Registration>,
        /// Who is responsible, accountable, consulted and informed, task by task.
        raci: Vec<Task>,
        /// When the parties look at the numbers, and what moves when a number is reached.
        reviews: Option<Reviews>,
        /// Protective terms: confidentiality, people, announcements, personal data.
        protection: Protections,
        /// Exclusivity, if any: narrow, limited in time, tied to performance, with reversion.
        exclusivity: Option<Exclusivity>,
        /// Segments by objective criteria, and the rule for conflicting claims.
        territory: Option<Territory>,
        /// Marks, guidelines, and what needs whose approval in what time.
        brand: Option<Brand>,
        /// What data is shared, how often, for what purpose.
        data: Option<DataSharing>,
        /// Joint spending: who pays what share, who owns the result, what happens at the end.
        investment: Vec<Investment>,
        /// Risk reversals: guarantees, pilot credits, cancellation windows; capped.
        guarantee: Vec<Guarantee>,
        /// A most-favoured-nation promise, if any; narrowed.
        mfn: Option<Mfn>,
        /// Who takes over an unresolved issue, and when.
        escalation: Option<Escalation>,
        /// Law, courts, liability, insurance, audit.
        legal: Legal,
        /// Further terms in plain words, each with an example.
        definition: Vec<Definition>,
        /// The issues of the negotiation, one by one, with their state and reason.
        issue: Vec<Issue>,
        /// Concessions as trades: if one side gives this, the other gives that.
        trade: Vec<Trade>,
        /// What was agreed and what stayed open, meeting by meeting.
        meeting: Vec<Meeting>,
        /// A letter of intent, if one is signed while terms are open.
        letter: Option<Letter>,
        /// A pilot that may start before the agreement is signed.
        pilot: Option<Pilot>,
        /// What this deal says about clauses of the library by name.
        clauses: Choices,
        /// What this deal leaves out on purpose: heads of `engross coverage`, each with its reason.
        absent: Absences,
    }
}

impl Deal {
    /// Reads a deal file. Everything wrong with its form is in the report; `None` if it cannot be used.
    pub fn read(source: &Arc<Source>, report: &mut Report) -> Option<Deal> {
        Deal::of(&Tree::of(source), report)
    }

    /// The same for a file whose TOML was read before.
    pub fn of(tree: &Tree<'_>, report: &mut Report) -> Option<Deal> {
        let source = tree.source;
        if !tree.errors.is_empty() {
            for error in telling(&source.text, &tree.errors) {
                report.push(syntax(source, error));
            }
            return None;
        }
        let mut reader = Reader::new(source, report);
        let deal = Deal::read_root(&tree.root, &mut reader)?;
        if deal.schema.value != SCHEMA {
            reader.error(
                Code::UnknownChoice,
                &deal.schema.span,
                format!(
                    "this file has format {}; this engross knows format {SCHEMA}",
                    *deal.schema
                ),
                format!(
                    "write `schema = {SCHEMA}`, or use the engross that the file was written for"
                ),
            );
            return None;
        }
        Some(deal)
    }

    fn read_root(node: &record::Node<'_>, reader: &mut Reader<'_>) -> Option<Deal> {
        let mut deal = <Deal as Field>::read(node, reader)?;
        deal.at = Span::whole(reader.source);
        Some(deal)
    }

    /// Has the deal drafted after another outline of the library, such as that of a letter.
    pub fn draft_as(&mut self, outline: &str) {
        let at = self.agreement.at.clone();
        self.agreement.outline = Some(At::new(Id::of(outline), at));
    }

    /// The party with this id.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.party.iter().find(|party| party.id.as_str() == id)
    }

    /// The party with this side, `company` or `partner`.
    pub fn side(&self, side: Side) -> Option<&Party> {
        self.party.iter().find(|party| party.side.value == side)
    }

    /// The figures and number words of the house style that the deal asks for.
    pub fn numerals(&self) -> Numerals {
        let figures = match self.agreement.figures.value {
            Figures::Comma => Numerals::english(),
            Figures::Point => Numerals::continental(),
            Figures::Apostrophe => Numerals::swiss(),
            Figures::Space => Numerals::spaced(),
        };
        Numerals {
            words: self.agreement.count_words.value,
            ..figures
        }
    }

    /// The metric with this id.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.metric.iter().find(|metric| metric.id.as_str() == id)
    }
}

/// The TOML of a deal file: what the values are and where they stand, not yet what they mean. Read once for all
/// who look at it.
#[derive(Debug)]
pub struct Tree<'s> {
    source: &'s Arc<Source>,
    root: record::Node<'s>,
    errors: Vec<toml::de::Error>,
}

impl<'s> Tree<'s> {
    /// The TOML of `source`. What is wrong with it is told when a deal is made [of](Deal::of) it.
    pub fn of(source: &'s Arc<Source>) -> Tree<'s> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        Tree {
            source,
            root: Spanned::new(table.span(), DeValue::Table(table.into_inner())),
            errors,
        }
    }

    /// The file.
    pub fn source(&self) -> &'s Arc<Source> {
        self.source
    }

    /// The whole file as a table; `None` if it is not TOML.
    pub fn root(&self) -> Option<&record::Node<'s>> {
        self.errors.is_empty().then_some(&self.root)
    }
}

/// The file beside a deal that only our own side may read.
pub const NOT_SHARED: &str = "negotiation.toml";

/// The format of deal files that this version reads.
pub const SCHEMA: u32 = 1;

/// The shape of the whole file.
pub const SHAPE: shape::Shape = <Deal as Field>::SHAPE;

/// The syntax errors of a file that are worth telling. One slip, such as a bracket that is not closed, can make
/// nonsense of every line after it: then only the first counts.
pub(crate) fn telling<'e>(text: &str, errors: &'e [toml::de::Error]) -> Vec<&'e toml::de::Error> {
    let line = |error: &toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start);
        text.get(..start)
            .map_or(0, |before| before.matches('\n').count())
    };
    let mut told: Vec<&toml::de::Error> = errors.iter().collect();
    // Counting lines is slow, and so many errors are one slip anyway.
    if told.len() > 50 {
        told.truncate(1);
    }
    told.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    told.dedup_by_key(|error| line(error));
    if told.len() > 5 {
        told.truncate(1);
    }
    told
}

/// An error of the TOML reader as a finding.
pub(crate) fn syntax(source: &Arc<Source>, error: &toml::de::Error) -> Diagnostic {
    let at = error
        .span()
        .map_or_else(|| Span::whole(source), |range| Span::new(source, range));
    let message = error.message().trim_end_matches('.').replace('\n', "; ");
    let (number, _) = at.line_column();
    let line = source.text.lines().nth(number - 1).unwrap_or_default();
    let merging = ["<<<<<<<", "=======", ">>>>>>>"];
    let help = if merging.iter().any(|mark| line.starts_with(mark)) {
        "a merge left its marks here: keep one side, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    } else if message.contains("duplicate key") {
        "keep one of the two"
    } else if message.contains("array elements") {
        "a list is not closed with `]` before this place, or lacks a comma here"
    } else if at.text().starts_with(['“', '”', '„', '‘', '’', '«']) {
        "write straight quotation marks, as in \"45 days\": a word processor has bent these"
    } else {
        "the file is TOML: text stands in quotation marks, tables begin with `[name]`, repeated tables with `[[name]]`"
    };
    Diagnostic::error(Code::Syntax, &at, message).help(help)
}
