//! From the cells of a row to an event: every value understood or reported at its cell.

use super::Credit;
use super::column::{COLUMNS, Column, Layout};
use super::event::{Event, Rejected, Row};
use super::figures;
use super::json::JsonRows;
use super::table::TableRows;
use crate::deal::{Deal, EventKind};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::settings::{DateForm, DecimalMark, EventFiles};
use crate::source::{Source, Span};
use crate::units::{Currency, Money, nearest};
use std::collections::BTreeSet;
use std::io::BufRead;
use std::sync::Arc;

/// How a file of events is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table with headings, its columns apart by comma, semicolon or tab.
    Table,
    /// A JSON object on each line.
    Lines,
}

impl Form {
    /// The form of a file, by the end of its name.
    pub fn of(name: &str) -> Form {
        let ending = name.rsplit('.').next().unwrap_or_default();
        if ["jsonl", "ndjson", "json"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
        {
            Form::Lines
        } else {
            Form::Table
        }
    }
}

/// What reading a row needs of deal and settings.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) file: Arc<str>,
    date: DateForm,
    decimal: DecimalMark,
    settings: Option<EventFiles>,
    currency: Currency,
    default_currency: Option<Currency>,
    segments: Vec<String>,
    /// The codes of rejections of all gates; empty if the deal has no gate.
    rejections: BTreeSet<String>,
}

impl Manner {
    /// # Errors
    ///
    /// If the deal has no economics, and so no currency.
    fn of(file: &str, deal: &Deal, settings: Option<&EventFiles>) -> Option<Manner> {
        Some(Manner {
            file: file.into(),
            date: settings
                .and_then(|settings| settings.date.as_ref())
                .map_or(DateForm::YearMonthDay, |form| form.value),
            decimal: settings
                .and_then(|settings| settings.decimal.as_ref())
                .map_or(DecimalMark::Point, |mark| mark.value),
            default_currency: settings
                .and_then(|settings| settings.currency.as_ref())
                .map(|code| code.value.0),
            settings: settings.cloned(),
            currency: deal.economics.as_ref()?.currency.value.0,
            segments: deal
                .territory
                .iter()
                .flat_map(|territory| &territory.segment)
                .map(|segment| segment.id.value.as_str().to_owned())
                .collect(),
            rejections: deal
                .gate
                .iter()
                .flat_map(|gate| &gate.reject)
                .map(|reject| reject.code.as_str().to_owned())
                .collect(),
        })
    }

    /// The heading that a column has in the files of this house.
    pub(super) fn heading(&self, column: Column) -> &str {
        let columns = self
            .settings
            .as_ref()
            .and_then(|settings| settings.columns.as_ref());
        let named = columns.and_then(|columns| {
            match column {
                Column::Id => &columns.id,
                Column::Date => &columns.date,
                Column::Account => &columns.account,
                Column::Kind => &columns.kind,
                Column::Amount => &columns.amount,
                Column::Currency => &columns.currency,
                Column::Item => &columns.item,
                Column::Segment => &columns.segment,
                Column::Territory => &columns.territory,
                Column::Attribution => &columns.attribution,
                Column::Registration => &columns.registration,
                Column::Invoice => &columns.invoice,
                Column::Reason => &columns.reason,
            }
            .as_ref()
        });
        named.map_or(column.as_str(), |name| name.as_str())
    }

    /// The event of a row, or everything that is wrong with it.
    pub(super) fn event(&self, row: Row) -> Result<Event, Rejected> {
        let mut findings = Vec::new();
        let date = self.date(&row, &mut findings);
        let kind = self.kind(&row, &mut findings);
        let amount = self.amount(&row, &mut findings);
        let attribution = self.attribution(&row, &mut findings);
        self.check_segments(&row, &mut findings);
        if row.cell(Column::Id).is_empty() {
            findings.push(self.empty(&row, Column::Id, "every event has a name of its own"));
        }
        if let Some(kind) = kind {
            self.check(kind, amount.is_some(), &row, &mut findings);
        }
        match (date, kind) {
            (Some(date), Some(kind)) if findings.is_empty() => Ok(Event {
                date,
                kind,
                amount,
                attribution,
                row,
            }),
            (Some(_) | None, Some(_) | None) => Err(Rejected::row(&row, findings)),
        }
    }

    fn date(&self, row: &Row, findings: &mut Vec<Diagnostic>) -> Option<crate::units::Date> {
        let cell = row.cell(Column::Date);
        if cell.is_empty() {
            findings.push(self.empty(row, Column::Date, "an event happens on a day"));
            return None;
        }
        match figures::date(cell, self.date) {
            Ok(date) => Some(date),
            Err(complaint) => {
                findings.push(complaint.at(&row.span(Column::Date)));
                None
            }
        }
    }

    fn kind(&self, row: &Row, findings: &mut Vec<Diagnostic>) -> Option<EventKind> {
        let cell = row.cell(Column::Kind);
        if cell.is_empty() {
            findings.push(self.empty(row, Column::Kind, "an event is of some kind"));
            return None;
        }
        let word = match &self.settings {
            Some(settings) => settings.kinds.ours(cell),
            None => cell,
        };
        let kind = EventKind::named(word);
        if kind.is_none() {
            let words = EventKind::ALL.iter().map(|kind| kind.as_str());
            let help = match nearest(word, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "write one of our kinds, or give the word its kind in `engross.toml`: \
                     `[events.kinds]`, `\"{word}\" = \"invoice\"`"
                ),
            };
            let at = row.span(Column::Kind);
            findings.push(
                Diagnostic::error(
                    Code::UnknownKind,
                    &at,
                    format!("`{word}` is not a kind of event"),
                )
                .help(help),
            );
        }
        kind
    }

    /// The amount; `None` if there is none, or it was reported.
    fn amount(&self, row: &Row, findings: &mut Vec<Diagnostic>) -> Option<Money> {
        let cell = row.cell(Column::Amount);
        if cell.is_empty() {
            return None;
        }
        let currency = self.currency(row, findings)?;
        match figures::amount(cell, self.decimal, currency) {
            Ok(amount) => Some(Money::new(amount, currency)),
            Err(complaint) => {
                findings.push(complaint.at(&row.span(Column::Amount)));
                None
            }
        }
    }

    fn currency(&self, row: &Row, findings: &mut Vec<Diagnostic>) -> Option<Currency> {
        let cell = row.cell(Column::Currency);
        let expected = self.currency.code();
        let found = match (cell, self.default_currency) {
            ("", Some(code)) => code.code(),
            ("", None) => {
                let heading = self.heading(Column::Currency);
                let at = row.span(Column::Amount);
                findings.push(
                    Diagnostic::error(Code::MissingCell, &at, "the amount has no currency").help(
                        format!(
                            "write its code in the column `{heading}`, or `currency = \"{expected}\"` under \
                             `[events]` of `engross.toml` if all amounts have it"
                        ),
                    ),
                );
                return None;
            }
            (code, _) => code,
        };
        if found == expected {
            return Some(self.currency);
        }
        let column = if cell.is_empty() {
            Column::Amount
        } else {
            Column::Currency
        };
        findings.push(
            Diagnostic::error(
                Code::CurrencyMix,
                &row.span(column),
                format!("the amount is in `{found}`, and the deal pays in `{expected}`"),
            )
            .help(format!(
                "write the sum in {expected}, converted as the agreement says, or leave the row out"
            )),
        );
        None
    }

    fn attribution(&self, row: &Row, findings: &mut Vec<Diagnostic>) -> Option<Credit> {
        let cell = row.cell(Column::Attribution);
        if cell.is_empty() {
            return None;
        }
        let word = match &self.settings {
            Some(settings) => settings.attributions.ours(cell),
            None => cell,
        };
        let credit = Credit::ALL
            .into_iter()
            .find(|credit| credit.as_str() == word);
        if credit.is_none() {
            let words = Credit::ALL.iter().map(|credit| credit.as_str());
            let help = match nearest(word, words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write sourced, influenced, both or none; other words get theirs under \
                         `[events.attributions]` of `engross.toml`"
                    .to_owned(),
            };
            let at = row.span(Column::Attribution);
            findings.push(
                Diagnostic::error(
                    Code::UnknownChoice,
                    &at,
                    format!("`{word}` does not say who brought the account"),
                )
                .help(help),
            );
        }
        credit
    }

    fn check_segments(&self, row: &Row, findings: &mut Vec<Diagnostic>) {
        let cell = row.cell(Column::Segment);
        for part in cell
            .split('+')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            if self.segments.iter().any(|known| known == part) {
                continue;
            }
            let help = match nearest(part, self.segments.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.segments.is_empty() => {
                    "the deal has no segments: leave the cell empty".to_owned()
                }
                None => format!(
                    "the segments of the deal are `{}`; leave the cell empty for an account in none",
                    self.segments.join("`, `")
                ),
            };
            findings.push(
                Diagnostic::error(
                    Code::UnknownName,
                    &row.span(Column::Segment),
                    format!("the deal has no segment `{part}`"),
                )
                .help(help),
            );
        }
    }

    /// What the kind of an event asks of its other cells.
    fn check(&self, kind: EventKind, has_amount: bool, row: &Row, findings: &mut Vec<Diagnostic>) {
        let needs = Needs::of(kind);
        if needs.account && row.cell(Column::Account).is_empty() {
            findings.push(self.empty(row, Column::Account, "it is about an account"));
        }
        if needs.invoice && row.cell(Column::Invoice).is_empty() {
            let why = format!("an event of the kind `{}` belongs to one", kind.as_str());
            findings.push(self.empty(row, Column::Invoice, &why));
        }
        let reported = !row.cell(Column::Amount).is_empty() && !has_amount;
        if needs.amount && !has_amount && !reported {
            let why = format!("an event of the kind `{}` has an amount", kind.as_str());
            findings.push(self.empty(row, Column::Amount, &why));
        }
        if needs.rejection && !self.rejections.is_empty() {
            let code = row.cell(Column::Reason);
            if code.is_empty() {
                findings.push(self.empty(
                    row,
                    Column::Reason,
                    "a rejection has the code of its reason",
                ));
            } else if !self.rejections.contains(code) {
                let codes: Vec<&str> = self.rejections.iter().map(String::as_str).collect();
                let help = match nearest(code, codes.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the codes are `{}`", codes.join("`, `")),
                };
                findings.push(
                    Diagnostic::error(
                        Code::UnknownName,
                        &row.span(Column::Reason),
                        format!("no gate of the deal has a reason `{code}`"),
                    )
                    .help(help),
                );
            }
        }
    }

    fn empty(&self, row: &Row, column: Column, why: &str) -> Diagnostic {
        let heading = self.heading(column);
        Diagnostic::error(
            Code::MissingCell,
            &row.span(column),
            format!("the column `{heading}` is empty"),
        )
        .help(format!("fill it: {why}"))
    }
}

/// What the other cells of an event must hold.
struct Needs {
    account: bool,
    invoice: bool,
    amount: bool,
    rejection: bool,
}

impl Needs {
    fn of(kind: EventKind) -> Needs {
        let (account, invoice, amount, rejection) = match kind {
            EventKind::Registration
            | EventKind::RegistrationRenewed
            | EventKind::Evidence
            | EventKind::Claim
            | EventKind::Order
            | EventKind::Lead
            | EventKind::LeadAccepted
            | EventKind::ActivationPending
            | EventKind::Activation
            | EventKind::Renewal
            | EventKind::Disengaged
            | EventKind::Engaged
            | EventKind::Milestone
            | EventKind::Churn
            | EventKind::Ticket => (true, false, false, false),
            EventKind::LeadRejected | EventKind::ActivationRejected => (true, false, false, true),
            EventKind::Invoice
            | EventKind::Discount
            | EventKind::Tax
            | EventKind::Collection
            | EventKind::Refund
            | EventKind::Chargeback => (true, true, true, false),
            EventKind::Incident => (false, false, false, false),
            EventKind::Spend => (false, false, true, false),
            EventKind::Statement => (false, true, false, false),
            EventKind::Payment | EventKind::Dispute | EventKind::Settlement => {
                (false, true, true, false)
            }
            EventKind::SetOff | EventKind::Credit => (false, false, true, false),
        };
        Needs {
            account,
            invoice,
            amount,
            rejection,
        }
    }
}

/// The rows of one file.
#[derive(Debug)]
pub enum Rows<R: BufRead> {
    /// Of a table.
    Table(TableRows<R>),
    /// Of JSON lines.
    Lines(JsonRows<R>),
}

/// The rows of the file `name`, read as they are asked for.
///
/// # Errors
///
/// If the file has no headings or not those that are needed, or the settings name what is not there.
pub fn rows<R: BufRead>(
    reader: R,
    name: &str,
    form: Form,
    deal: &Deal,
    settings: Option<&EventFiles>,
) -> Result<Rows<R>, Report> {
    let mut report = Report::new();
    let Some(manner) = Manner::of(name, deal, settings) else {
        let message = "the deal has no economics, so events have no currency";
        report.push(
            Diagnostic::error(Code::MissingKey, &deal.at, message)
                .help("add the table `[economics]`"),
        );
        return Err(report);
    };
    if let Some(settings) = settings {
        check_synonyms(settings, &mut report);
        if report.has_errors() {
            return Err(report);
        }
    }
    match form {
        Form::Table => TableRows::new(reader, manner).map(Rows::Table),
        Form::Lines => Ok(Rows::Lines(JsonRows::new(reader, manner))),
    }
}

fn check_synonyms(settings: &EventFiles, report: &mut Report) {
    let kinds: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
    let credits: Vec<&str> = Credit::ALL.iter().map(|credit| credit.as_str()).collect();
    for (synonyms, words, what) in [
        (&settings.kinds, kinds, "a kind of event"),
        (&settings.attributions, credits, "an attribution"),
    ] {
        for (_, ours) in &synonyms.list {
            if !words.contains(&ours.as_str()) {
                let help = match nearest(ours.as_str(), words.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("choose one of \"{}\"", words.join("\", \"")),
                };
                let message = format!("`{}` is not {what}", ours.as_str());
                report.push(Diagnostic::error(Code::UnknownChoice, &ours.span, message).help(help));
            }
        }
    }
}

/// What reading a file comes to, row by row.
#[derive(Debug)]
pub enum Next {
    /// An event.
    Event(Box<Event>),
    /// A row that is none.
    Rejected(Box<Rejected>),
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = std::io::Result<Next>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Rows::Table(rows) => rows.next(),
            Rows::Lines(rows) => rows.next(),
        }
    }
}

/// A row that cannot be taken apart into cells.
pub(super) fn broken(
    manner: &Manner,
    line: u64,
    text: &str,
    code: Code,
    message: String,
    help: &str,
) -> Rejected {
    let short: String = text.chars().take(200).collect();
    let source = Source::piece(
        manner.file.as_ref(),
        short.as_str(),
        usize::try_from(line).unwrap_or(usize::MAX),
    );
    let at = Span::new(&source, 0..short.len());
    Rejected {
        file: Arc::clone(&manner.file),
        line,
        text: text.to_owned(),
        findings: vec![Diagnostic::error(code, &at, message).help(help)],
    }
}

/// A row of cells, as one text; `None` if it is too long.
pub(super) fn row(
    manner: &Manner,
    line: u64,
    cells: &[&str],
    layout: &Layout,
    separator: char,
) -> Option<Row> {
    let length: usize = cells.iter().map(|cell| cell.len() + 3).sum();
    let mut text = String::with_capacity(length);
    let mut places = [(0, 0); COLUMNS];
    let mut column_of = [None; 64];
    for column in Column::ALL {
        if let Some(field) = layout.fields[column.index()]
            && let Some(slot) = column_of.get_mut(field)
        {
            *slot = Some(column);
        }
    }
    for (field, cell) in cells.iter().enumerate() {
        if field > 0 {
            text.push(separator);
        }
        let quoted = cell.contains([separator, '"', '\n', '\r']);
        if quoted {
            text.push('"');
        }
        let start = text.len() + (cell.len() - cell.trim_start().len());
        text.push_str(cell);
        let end = start.max(start + cell.trim().len());
        if quoted {
            text.push('"');
        }
        if let Some(column) = column_of.get(field).copied().flatten() {
            places[column.index()] = (u16::try_from(start).ok()?, u16::try_from(end).ok()?);
        }
    }
    let shown = u16::try_from(text.len()).ok()?;
    Some(Row {
        file: Arc::clone(&manner.file),
        line,
        text: text.into_boxed_str(),
        cells: places,
        shown,
    })
}
