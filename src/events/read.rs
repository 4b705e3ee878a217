//! From the cells of a row to an event: every value understood or reported at its cell.

use super::Credit;
use super::column::Column;
use super::event::{Event, Rejected, Row};
use super::figures;
use crate::deal::{Deal, EventKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::settings::{DateForm, DecimalMark, EventFiles};
use crate::units::{Currency, Money, nearest};
use std::collections::BTreeSet;
use std::sync::Arc;

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
    pub(super) fn of(file: &str, deal: &Deal, settings: Option<&EventFiles>) -> Option<Manner> {
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
                by_silence: false,
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
#[expect(clippy::struct_excessive_bools, reason = "each cell is needed or not")]
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
