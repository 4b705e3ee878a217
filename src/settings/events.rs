//! `[events]` of `engross.toml`: how the exports of a house are written.

use crate::deal::fact::Fact;
use crate::deal::record::{Field, Node, Reader, choice, kind, record};
use crate::deal::shape::Shape;
use crate::deal::{CurrencyCode, Text};
use crate::source::At;

record! {
    /// How the files of events are written.
    pub struct EventFiles {
        /// How dates are written; "year-month-day" if left out.
        date: Option<At<DateForm>>,
        /// What stands before the decimals; a point if left out.
        decimal: Option<At<DecimalMark>>,
        /// The currency of every amount, for files without a column for it.
        currency: Option<At<CurrencyCode>>,
        /// The headings of the columns, where they are others than ours.
        columns: Option<Columns>,
        /// The words of the export for kinds of events, each with ours.
        kinds: Synonyms,
        /// The words of the export for who brought an account, each with ours.
        attributions: Synonyms,
    }
}

choice! {
    /// How dates are written.
    pub enum DateForm {
        /// 2027-04-30
        YearMonthDay = "year-month-day",
        /// 30/04/2027, 30.4.2027 or 30-04-2027
        DayMonthYear = "day/month/year",
        /// 04/30/2027
        MonthDayYear = "month/day/year",
        /// 2027-04-30T16:05:00Z or 2027-04-30 16:05: the day as it is written, whatever the time zone.
        Timestamp = "timestamp",
    }
}

choice! {
    /// What stands before the decimals.
    pub enum DecimalMark {
        /// 1,250.50
        Point = ".",
        /// 1.250,50
        Comma = ",",
    }
}

record! {
    /// The headings of the columns.
    pub struct Columns {
        /// The column of the name that no other event has.
        id: Option<At<Text>>,
        /// The column of the day.
        date: Option<At<Text>>,
        /// The column of the account.
        account: Option<At<Text>>,
        /// The column of what happened.
        kind: Option<At<Text>>,
        /// The column of the amount.
        amount: Option<At<Text>>,
        /// The column of the currency.
        currency: Option<At<Text>>,
        /// The column of the item.
        item: Option<At<Text>>,
        /// The column of the segment.
        segment: Option<At<Text>>,
        /// The column of the territory.
        territory: Option<At<Text>>,
        /// The column of who brought the account.
        attribution: Option<At<Text>>,
        /// The column of the registration.
        registration: Option<At<Text>>,
        /// The column of the invoice or statement.
        invoice: Option<At<Text>>,
        /// The column of the reason.
        reason: Option<At<Text>>,
    }
}

/// Words of an export, each with ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    /// Theirs and ours, in the order of the file.
    pub list: Vec<(String, At<Text>)>,
}

impl Synonyms {
    /// Our word for theirs, or theirs.
    pub fn ours<'a>(&'a self, theirs: &'a str) -> &'a str {
        self.list
            .iter()
            .find(|(word, _)| word == theirs)
            .map_or(theirs, |(_, ours)| ours.as_str())
    }
}

impl Field for Synonyms {
    const SHAPE: Shape = Shape::Choices;

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = node.get_ref().as_table() else {
            let at = reader.span(node.span());
            reader.error(
                crate::diagnostic::Code::WrongType,
                &at,
                format!("expected a table, found {}", kind(node.get_ref())),
                "write `kinds = { \"Closed Won\" = \"order\" }`",
            );
            return None;
        };
        let mut list = Vec::new();
        for (key, value) in table {
            let ours = <At<Text> as Field>::read(value, reader)?;
            list.push((key.get_ref().to_string(), ours));
        }
        list.sort_by_key(|(_, ours)| ours.span.range().start);
        Some(Synonyms { list })
    }

    fn absent() -> Option<Self> {
        Some(Synonyms::default())
    }

    fn fact(&self) -> Fact<'_> {
        Fact::Absent
    }
}
