//! What was measured: a figure for each metric and time.
//!
//! In: a table that people filled in, or what follows from events. Out: [`Figure`]s with their evidence. Nothing is
//! guessed: a figure for another time than the one that is asked for is no figure.

use crate::deal::Deal;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Source, Span};
use crate::units::{Date, Decimal, Measure, Numerals, Period, Rate, Unit, nearest};
use std::cmp::Ordering;
use std::sync::Arc;

/// One figure and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The value.
    pub value: Measure,
    /// What shows it.
    pub evidence: String,
    /// For a share that was counted: how many of how many. The value is rounded, and a mark is met exactly.
    pub exact: Option<(u64, u64)>,
    /// Whether there was nothing to measure: a share of nothing meets no mark.
    pub empty: bool,
}

impl Figure {
    /// How the figure stands to a mark, exactly; none for two kinds.
    pub fn compare(&self, mark: &Measure) -> Option<Ordering> {
        match (self.exact, mark) {
            (Some((part, whole)), Measure::Rate(rate)) => {
                let limit = Decimal::from(whole).checked_mul(rate.fraction())?;
                Some(Decimal::from(part).cmp(&limit))
            }
            (_, _) => self.value.compare(mark),
        }
    }

    /// The value for a reader: a share to two places of a percent.
    pub fn print(&self, numerals: &Numerals) -> String {
        match &self.value {
            Measure::Rate(rate) => Rate::new(rate.fraction().round_dp(4))
                .unwrap_or(*rate)
                .print(numerals),
            Measure::Money(_) | Measure::Count(_) | Measure::Period(_) => {
                self.value.print(numerals).trim_end().to_owned()
            }
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// The metric: an id.
    pub metric: &'a str,
    /// The first day of the time.
    pub from: Date,
    /// The last day of the time.
    pub to: Date,
    /// The length of the time as the deal writes it; `None` for the period under review.
    pub window: Option<Period>,
    /// The segment that counts alone, if only one does.
    pub segment: Option<&'a str>,
}

/// Somebody who knows figures.
pub trait Measured {
    /// The figure for a metric over a time; `None` if it is not known.
    fn figure(&self, question: Question<'_>) -> Option<Figure>;
}

/// Figures that people wrote down: `metric,window,value,evidence`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    metric: String,
    window: Option<Period>,
    figure: Figure,
    at: Span,
}

impl Measured for Given {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        let row = self.rows.iter().find(|row| {
            row.metric == question.metric
                && match (row.window, question.window) {
                    (None, None) => true,
                    (Some(one), Some(two)) => one.compare(two).is_some_and(Ordering::is_eq),
                    (Some(_), None) | (None, Some(_)) => false,
                }
        })?;
        Some(row.figure.clone())
    }
}

/// The first of two that knows a figure: what people wrote down stands before what follows from events.
#[derive(Debug)]
pub struct Both<'a, One, Two> {
    /// Asked first.
    pub first: &'a One,
    /// Asked next.
    pub then: &'a Two,
}

impl<One: Measured, Two: Measured> Measured for Both<'_, One, Two> {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        self.first
            .figure(question)
            .or_else(|| self.then.figure(question))
    }
}

impl<T: Measured> Measured for Option<T> {
    fn figure(&self, question: Question<'_>) -> Option<Figure> {
        self.as_ref().and_then(|known| known.figure(question))
    }
}

impl Given {
    /// Reads a table of figures. Every row that is wrong is reported, and then there is no table.
    ///
    /// The columns are `metric`, `window` (empty for the period under review), `value` and `evidence`.
    pub fn read(source: &Arc<Source>, deal: &Deal, report: &mut Report) -> Option<Given> {
        let before = report.errors();
        let mut given = Given::default();
        let mut start = 0;
        let mut columns: Option<Vec<String>> = None;
        let separator = source
            .text
            .bytes()
            .find(|byte| b",;\t".contains(byte))
            .unwrap_or(b',');
        for line in source.text.split_inclusive('\n') {
            let at = Span::new(source, start..start + line.trim_end().len());
            start += line.len();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let Some(cells) = cells(line, separator) else {
                report.push(wrong(
                    &at,
                    "this row cannot be read",
                    "write one row on each line",
                ));
                continue;
            };
            let Some(columns) = &columns else {
                columns = Some(heads(&cells, &at, report)?);
                continue;
            };
            if let Some(row) = row(columns, &cells, &at, deal, report) {
                given.add(row, report);
            }
        }
        (report.errors() == before).then_some(given)
    }

    fn add(&mut self, row: Row, report: &mut Report) {
        let first = self
            .rows
            .iter()
            .find(|other| other.metric == row.metric && other.window == row.window);
        if let Some(first) = first {
            report.push(
                wrong(
                    &row.at,
                    &format!("`{}` has two figures for one time", row.metric),
                    "keep the one that both parties found",
                )
                .also(&first.at, "the first one"),
            );
            return;
        }
        self.rows.push(row);
    }
}

const COLUMNS: [&str; 4] = ["metric", "window", "value", "evidence"];

fn wrong(at: &Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BadActuals, at, message).help(help)
}

fn cells(line: &str, separator: u8) -> Option<Vec<String>> {
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(line.as_bytes());
    let mut row = csv::StringRecord::new();
    let read = rows.read_record(&mut row).ok()?;
    read.then(|| row.iter().map(|cell| cell.trim().to_owned()).collect())
}

fn heads(cells: &[String], at: &Span, report: &mut Report) -> Option<Vec<String>> {
    let heads: Vec<String> = cells.iter().map(|cell| cell.to_lowercase()).collect();
    for head in &heads {
        if !COLUMNS.contains(&head.as_str()) {
            report.push(wrong(
                at,
                &format!("`{head}` is no column of a table of figures"),
                "its columns are `metric`, `window`, `value` and `evidence`",
            ));
            return None;
        }
    }
    for needed in ["metric", "value"] {
        if !heads.iter().any(|head| head == needed) {
            report.push(wrong(
                at,
                &format!("the column `{needed}` is missing"),
                "begin the file with the line `metric,window,value,evidence`",
            ));
            return None;
        }
    }
    Some(heads)
}

fn row(
    columns: &[String],
    cells: &[String],
    at: &Span,
    deal: &Deal,
    report: &mut Report,
) -> Option<Row> {
    let cell = |name: &str| {
        let place = columns.iter().position(|column| column == name)?;
        cells
            .get(place)
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
    };
    let metric = cell("metric").unwrap_or_default();
    let Some(known) = deal.metric(metric) else {
        let names = deal.metric.iter().map(|metric| metric.id.as_str());
        let help = nearest(metric, names.clone()).map_or_else(
            || {
                format!(
                    "the metrics are `{}`",
                    names.collect::<Vec<_>>().join("`, `")
                )
            },
            |near| format!("did you mean `{near}`?"),
        );
        report.push(wrong(
            at,
            &format!("the deal has no metric `{metric}`"),
            &help,
        ));
        return None;
    };
    let Some(text) = cell("value") else {
        report.push(wrong(
            at,
            &format!("`{metric}` has no value"),
            "write its value with the unit, such as `USD 318400` or `41 activations`",
        ));
        return None;
    };
    let value = match Measure::from_text(text) {
        Ok(value) => value,
        Err(complaint) => {
            report.push(wrong(at, &complaint.message, &complaint.help));
            return None;
        }
    };
    let window = match cell("window").map(Period::from_text).transpose() {
        Ok(window) => window,
        Err(complaint) => {
            report.push(wrong(at, &complaint.message, &complaint.help));
            return None;
        }
    };
    let evidence = cell("evidence").unwrap_or(known.evidence.as_str());
    Some(Row {
        metric: metric.to_owned(),
        window,
        figure: Figure {
            value,
            evidence: evidence.to_owned(),
            exact: None,
            empty: false,
        },
        at: at.clone(),
    })
}
