//! Both sides' results against what each has without the deal.

use super::paper::{paragraph, section, table, text};
use super::{Facts, anchor};
use crate::document::picture::{
    Axis, Bar, BarGroup, Bars, Drawing, Picture, Pictures, Tick, steps,
};
use crate::document::{Align, Section};
use crate::economics::Case;
use crate::library::fill;
use crate::units::{Decimal, Money};

/// The name of the table and of its picture.
const TABLE: &str = "brief-results";

impl Facts<'_> {
    /// The table of results, and its picture.
    pub(super) fn money(&self, pictures: &mut Pictures) -> Option<Section> {
        let (cells, words) = (self.cells(), self.words);
        let title = words.money.as_str();
        if self.standing.results.is_empty() {
            let unknown = paragraph(words.money_unknown.as_str());
            return Some(section(
                anchor("brief-money")?,
                title,
                vec![unknown],
                Vec::new(),
            ));
        }
        let named = |words: &str, party: &str| fill(words, &[("party", party)]);
        let headings = [
            cells.volume.to_string(),
            cells.payout.to_string(),
            named(cells.keeps.as_str(), self.ours()),
            named(cells.better.as_str(), self.ours()),
            named(cells.keeps.as_str(), self.theirs()),
            named(cells.better.as_str(), self.theirs()),
        ];
        let mut columns: Vec<(&str, Align)> = headings
            .iter()
            .map(|heading| (heading.as_str(), Align::End))
            .collect();
        columns[0].1 = Align::Start;
        let best = self.standing.best;
        let better = |kept: Option<Money>, best: Option<Money>| kept?.minus(best?);
        let mut rows: Vec<Vec<_>> = self
            .standing
            .results
            .iter()
            .zip(&self.standing.payouts)
            .map(|((case, sides), payout)| {
                [
                    self.case(*case).to_owned(),
                    payout.print(&self.numerals),
                    self.amount(sides.ours),
                    self.amount(better(sides.ours, best.ours)),
                    self.amount(sides.theirs),
                    self.amount(better(sides.theirs, best.theirs)),
                ]
                .iter()
                .map(|cell| text(cell))
                .collect()
            })
            .collect();
        rows.push(
            [
                cells.best.to_string(),
                String::new(),
                self.amount(best.ours),
                String::new(),
                self.amount(best.theirs),
                String::new(),
            ]
            .iter()
            .map(|cell| text(cell))
            .collect(),
        );
        let about = fill(
            words.money_about.as_str(),
            &[("months", &self.standing.months.to_string())],
        );
        let name = anchor(TABLE)?;
        if let Some(picture) = self.bars(title) {
            pictures.insert(name.clone(), picture);
        }
        let shown = table(Some(name), title, &columns, rows);
        let blocks = vec![paragraph(&about), shown];
        Some(section(anchor("brief-money")?, title, blocks, Vec::new()))
    }

    fn case(&self, case: Case) -> &str {
        match case {
            Case::Low => self.cells().low.as_str(),
            Case::Expected => self.cells().expected.as_str(),
            Case::High => self.cells().high.as_str(),
        }
    }

    /// What each side keeps beside what it has without the deal; nothing if any of it is unknown.
    fn bars(&self, title: &str) -> Option<Picture> {
        let best = self.standing.best;
        let without = self.cells().best.as_str();
        let (ours, theirs) = (self.ours(), self.theirs());
        let mut series = vec![ours.to_owned(), format!("{ours}: {without}")];
        let both = best.theirs.is_some()
            && self
                .standing
                .results
                .iter()
                .all(|(_, sides)| sides.theirs.is_some());
        if both {
            series.extend([theirs.to_owned(), format!("{theirs}: {without}")]);
        }
        let mut groups = Vec::new();
        let (mut least, mut most) = (Decimal::ZERO, Decimal::ZERO);
        for (case, sides) in &self.standing.results {
            let mut values = vec![sides.ours?, best.ours?];
            if both {
                values.extend([sides.theirs?, best.theirs?]);
            }
            for value in &values {
                least = least.min(value.amount());
                most = most.max(value.amount());
            }
            groups.push(BarGroup {
                label: self.case(*case).to_owned(),
                bars: values
                    .into_iter()
                    .map(|money| Bar {
                        value: money.amount(),
                        label: self.numerals.print_decimal(money.amount()),
                    })
                    .collect(),
            });
        }
        let ticks = steps(least, most)
            .into_iter()
            .map(|at| Tick {
                at,
                label: self.numerals.print_decimal(at),
            })
            .collect();
        let currency = best.ours?.currency();
        Some(Picture {
            title: title.to_owned(),
            description: fill(
                self.words.money_about.as_str(),
                &[("months", &self.standing.months.to_string())],
            ),
            drawing: Drawing::Bars(Bars {
                up: Axis {
                    label: currency.code().to_owned(),
                    ticks,
                },
                series,
                groups,
            }),
        })
    }
}
