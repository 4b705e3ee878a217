//! A concession as a trade: what one party gives, what the other gives for it, and the terms that both sides of it set.
//!
//! In: the words of both halves, and the terms of each. Out: the assignments that set all of them and record the
//! trade, so that a deal has both halves or neither.

use super::meeting::list;
use crate::deal::Deal;
use crate::deal::edit::{Assignment, whole_paths};
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{At, Source};
use crate::units::Date;
use std::sync::Arc;

/// A trade, as somebody proposes it.
#[derive(Debug)]
pub struct Offer {
    /// The party that gives first, by its id.
    pub giver: At<String>,
    /// What it gives, as a clause that follows "if".
    pub gives: At<String>,
    /// What the other gives, as a clause that follows "then".
    pub gets: At<String>,
    /// The terms of what is given, each with its new value, or only named.
    pub give: Vec<Assignment>,
    /// The terms of what is got.
    pub get: Vec<Assignment>,
    /// When both agreed; it is a proposal if nothing.
    pub agreed: Option<At<Date>>,
}

impl Offer {
    /// What recording the trade does to the deal. What cannot be recorded is in the report.
    pub fn assignments(
        &self,
        source: &Arc<Source>,
        deal: &Deal,
        report: &mut Report,
    ) -> Vec<Assignment> {
        if deal.party(&self.giver.value).is_none() {
            let ids: Vec<&str> = deal.party.iter().map(|party| party.id.as_str()).collect();
            report.push(
                Diagnostic::error(
                    Code::UnknownName,
                    &self.giver.span,
                    format!("the deal has no party `{}`", self.giver.value),
                )
                .help(format!("its parties are `{}`", ids.join("` and `"))),
            );
        }
        let paths = |of: &[Assignment]| -> Vec<String> { whole_paths(source, of) };
        let (give, get) = (paths(&self.give), paths(&self.get));
        for (place, path) in get.iter().enumerate() {
            if give.contains(path) {
                report.push(
                    Diagnostic::error(
                        Code::TradeOneSided,
                        &self.get[place].path.span,
                        format!("`{path}` is on both sides of the trade"),
                    )
                    .help("name one term for what is given and another for what comes for it"),
                );
            }
        }
        let set = |path: String, to: &str, at: &At<String>| Assignment {
            path: At::new(path, at.span.clone()),
            to: Some(At::new(to.to_owned(), at.span.clone())),
            reason: None,
            remark: None,
        };
        let mut made: Vec<Assignment> = self
            .give
            .iter()
            .chain(&self.get)
            .filter(|one| one.to.is_some())
            .cloned()
            .collect();
        let entry = format!("trade.{}", deal.trade.len() + 1);
        let terms = list(give.iter().chain(&get).map(String::as_str));
        made.push(set(format!("{entry}.giver"), &self.giver, &self.giver));
        made.push(set(format!("{entry}.gives"), &self.gives, &self.gives));
        made.push(set(format!("{entry}.gets"), &self.gets, &self.gets));
        made.push(set(format!("{entry}.terms"), &terms, &self.gives));
        if let Some(day) = &self.agreed {
            made.push(set(
                format!("{entry}.agreed"),
                &day.value.iso(),
                &self.giver,
            ));
        }
        made
    }
}
