//! A statement as CSV for spreadsheets, and the list of rejected rows.

use super::data::{base, model, pays, plain, settled};
use crate::deal::Deal;
use crate::draft::statement::{clause, name};
use crate::events::{Made, Rejected};
use crate::library::Library;
use crate::units::Money;

/// The statement for spreadsheets: a row for each line, each step to the payment, and the sums.
pub(super) fn csv(made: &Made, deal: &Deal, library: &Library) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "period", "row", "what", "model", "clause", "tier", "segment", "base", "pays", "factor",
        "exact", "amount", "currency",
    ])?;
    let closed = &made.closed;
    let statement = &closed.statement;
    let period = closed.time.name.as_str();
    let currency = statement.total.currency().code();
    for (index, line) in statement.lines.iter().enumerate() {
        let tier = line
            .tier
            .map(|tier| (tier + 1).to_string())
            .unwrap_or_default();
        let factor = line
            .factor
            .map(|rate| format!("{}%", rate.percent()))
            .unwrap_or_default();
        writer.write_record([
            period,
            &(index + 1).to_string(),
            &name(line, made, deal, library),
            model(line.model),
            clause(line.model),
            &tier,
            line.segment.as_deref().unwrap_or_default(),
            &base(line.base),
            &pays(line.pays),
            &factor,
            &plain(line.amount),
            &plain(line.paid),
            currency,
        ])?;
    }
    let mut sum = |row: &str, what: &str, amount: Money| {
        let amount = plain(amount);
        writer.write_record([
            period, row, what, "", "", "", "", "", "", "", &amount, &amount, currency,
        ])
    };
    let words = &library.statement;
    sum(
        "rounding",
        words.rounding.as_str(),
        statement.rounding_difference,
    )?;
    sum("total", words.total.as_str(), statement.total)?;
    for line in &made.settlement.lines {
        sum(settled(line.kind), &line.about, line.amount)?;
    }
    let pay = if made.settlement.carried {
        &words.pay_carried
    } else {
        &words.pay
    };
    sum("pay", pay.as_str(), made.settlement.pay)?;
    Ok(writer.into_inner()?)
}

/// The rows that are not in the statement, with what is wrong and what to do.
pub(super) fn rejected(rows: &[Rejected]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["file", "line", "column", "code", "problem", "help", "row"])?;
    for row in rows {
        for finding in &row.findings {
            let (_, column) = finding.at.line_column();
            writer.write_record([
                row.file.as_ref(),
                &row.line.to_string(),
                &column.to_string(),
                finding.code.as_str(),
                &finding.message,
                &finding.help,
                &row.text,
            ])?;
        }
    }
    Ok(writer.into_inner()?)
}
