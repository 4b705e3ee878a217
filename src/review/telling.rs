//! What the papers of a review tell, as templates see it.
//!
//! In: the evaluation, the deal before and after, the editions. Out: the values of a scorecard and of an amendment.
//! The words are those of the library.

mod actions;
mod amendment;
mod changed;
mod terms;

use super::counted::Counted;
use super::effect::mark;
use super::evaluate::{Evaluation, TriggerFound};
use super::figures::Figure;
use crate::deal::changes::TermChange;
use crate::deal::{Deal, Role};
use crate::document::walk;
use crate::draft::papers::{
    ChangeSeen, ExclusivitySeen, ExpiringSeen, GateSeen, GuaranteeSeen, MinimumSeen, NextSeen,
    PromisedSeen, ReviewSeen, TriggerSeen,
};
use crate::draft::{DateKind, Draft, Entry, conventions, renewed};
use crate::index::Names;
use crate::library::{Library, fill, sentence};
use crate::units::{Date, Numerals};

/// What a review is about.
#[derive(Debug, Clone, Copy)]
pub struct Meeting<'a> {
    /// The deal that was in force.
    pub old: &'a Deal,
    /// The deal as it is after the review.
    pub new: &'a Deal,
    /// In what they differ.
    pub changes: &'a [TermChange],
    /// The draft of the new deal.
    pub draft: &'a Draft,
    /// The library.
    pub library: &'a Library,
    /// What the period came to.
    pub evaluation: &'a Evaluation<'a>,
    /// What the events show, if there were any.
    pub counted: Option<&'a Counted>,
    /// The day of the review.
    pub on: Date,
    /// From which day changes hold.
    pub from: Date,
}

/// An exhibit that is restated: its anchor, and how often it has been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The anchor.
    pub exhibit: String,
    /// Its letter; none for the key terms.
    pub letter: Option<String>,
    /// Its title.
    pub title: String,
    /// How often it has been restated, this time included.
    pub number: u32,
}

impl Meeting<'_> {
    fn numerals(&self) -> Numerals {
        self.new.numerals()
    }

    /// The period in words.
    pub fn time(&self) -> String {
        self.evaluation.period.name(self.library, &self.numerals())
    }

    /// A figure in words, or that there was nothing to measure.
    pub fn figure(&self, figure: Option<&Figure>) -> String {
        let words = &self.library.reviews;
        match figure {
            None => words.unknown.as_str().to_owned(),
            Some(figure) if figure.empty => words.nothing.as_str().to_owned(),
            Some(figure) => figure.print(&self.numerals()),
        }
    }

    fn metric(&self, id: &str) -> String {
        self.new
            .metric(id)
            .map_or_else(String::new, |metric| metric.name.to_string())
    }

    fn short(&self, id: &str) -> String {
        self.new
            .party(id)
            .map_or_else(String::new, |party| party.short.to_string())
    }

    /// The day by which what follows from the review is done.
    fn by(&self) -> Date {
        let calendar = conventions(self.new);
        let within = self
            .new
            .reviews
            .as_ref()
            .map(|reviews| reviews.restate_within.value);
        let day = within.and_then(|within| calendar.add(self.on, within).ok());
        calendar.adjust(day.unwrap_or(self.on))
    }

    /// What the scorecard tells. `amendment` is the number of the one that comes of the review, `terms` are those
    /// that change ([`Meeting::terms`]).
    pub fn scorecard(
        &self,
        amendment: Option<u32>,
        editions: &[Edition],
        terms: &[ChangeSeen],
    ) -> ReviewSeen {
        let period = self.evaluation.period;
        let triggers: Vec<TriggerSeen> = self
            .evaluation
            .triggers
            .iter()
            .map(|found| self.trigger(found))
            .collect();
        ReviewSeen {
            period: self.time(),
            short: match period.early {
                Some(_) => sentence(&self.time()),
                None => period.id().to_uppercase().replace('-', " "),
            },
            early: period.early.is_some(),
            from: period.from.print(),
            to: period.to.print(),
            on: self.on.print(),
            promised: self.promised(),
            fired: triggers
                .iter()
                .filter(|found| found.fires)
                .cloned()
                .collect(),
            triggers,
            exclusivity: self.exclusivity(),
            guarantees: self.guarantees(),
            minimum: self.minimum(),
            gates: self.gates(),
            expiring: self.expiring(),
            amendment: amendment.map_or_else(String::new, |number| self.name(number)),
            changes_from: self.from.print(),
            changes: terms.to_vec(),
            actions: self.actions(amendment, editions),
            next: self.next(),
        }
    }

    fn trigger(&self, found: &TriggerFound<'_>) -> TriggerSeen {
        let numerals = self.numerals();
        TriggerSeen {
            measure: self.metric(found.trigger.metric.id()),
            window: found.trigger.window.print(&numerals),
            mark: mark(found, self.library, &numerals),
            figure: self.figure(Some(&found.figure)),
            effect: match self.overruled(found) {
                Some(value) => fill(
                    self.library.reviews.overruled.as_str(),
                    &[("value", &value)],
                ),
                None => found.trigger.effect.to_string(),
            },
            reached: found.reached,
            fires: found.fires,
            spent: found.spent,
            run: found.run.to_string(),
            needed: found
                .trigger
                .in_a_row
                .as_ref()
                .map_or_else(|| "1".to_owned(), |count| count.number.to_string()),
        }
    }

    fn promised(&self) -> Vec<PromisedSeen> {
        let mut rows = Vec::new();
        for party in &self.new.party {
            for outcome in &party.outcome {
                let known = self
                    .evaluation
                    .metrics
                    .iter()
                    .find(|(metric, _, _)| metric.id.as_str() == outcome.metric.id());
                rows.push(PromisedSeen {
                    party: party.short.to_string(),
                    what: outcome.what.to_string(),
                    measure: self.metric(outcome.metric.id()),
                    target: outcome
                        .target
                        .as_ref()
                        .map_or_else(String::new, ToString::to_string),
                    now: self.figure(known.and_then(|(_, now, _)| now.as_ref())),
                    year: self.figure(known.and_then(|(_, _, year)| year.as_ref())),
                });
            }
        }
        rows
    }

    fn exclusivity(&self) -> Vec<ExclusivitySeen> {
        let numerals = self.numerals();
        self.evaluation
            .exclusivity
            .iter()
            .map(|standing| {
                let segments = self.new.territory.iter().flat_map(|all| &all.segment);
                let id = standing.exclusivity.segment.id();
                let segment = segments
                    .into_iter()
                    .find(|segment| segment.id.as_str() == id)
                    .map_or_else(String::new, |segment| segment.name.to_string());
                ExclusivitySeen {
                    state: standing.state.word().to_owned(),
                    measure: self.metric(standing.exclusivity.commitment.metric.id()),
                    segment,
                    figure: self.figure(Some(&standing.figure)),
                    amount: standing.amount.print(&numerals),
                    due: standing.due.print(),
                    cure_ends: standing.cure_ends.print(),
                }
            })
            .collect()
    }

    fn guarantees(&self) -> Vec<GuaranteeSeen> {
        let numerals = self.numerals();
        self.evaluation
            .guarantees
            .iter()
            .map(|found| GuaranteeSeen {
                giver: self.short(found.guarantee.giver.id()),
                name: found.guarantee.name.to_string(),
                mark: found.guarantee.threshold.print(&numerals),
                figure: self.figure(found.figure.as_ref()),
                result: match (found.over, found.applies) {
                    (true, _) => "over",
                    (false, Some(true)) => "applies",
                    (false, Some(false)) => "quiet",
                    (false, None) => "open",
                }
                .to_owned(),
            })
            .collect()
    }

    fn minimum(&self) -> Vec<MinimumSeen> {
        let numerals = self.numerals();
        let minimum = self
            .new
            .economics
            .as_ref()
            .and_then(|pay| pay.minimum.as_ref());
        let payee = self.new.economics.as_ref().map_or("", |pay| pay.payee.id());
        self.evaluation
            .minimum
            .iter()
            .zip(minimum)
            .map(|(found, minimum)| MinimumSeen {
                giver: self.short(payee),
                measure: self.metric(minimum.metric.id()),
                amount: found.amount.print(&numerals),
                figure: self.figure(Some(&found.figure)),
                due: found.due.print(),
                reached: found.reached,
                over: found.over,
            })
            .collect()
    }

    fn gates(&self) -> Vec<GateSeen> {
        let counts = self.counted.iter().flat_map(|counted| &counted.gates);
        counts
            .filter_map(|count| {
                let gate = self.new.gate.get(count.place)?;
                let mut reasons: Vec<(&String, &u64)> = count.rejected.iter().collect();
                reasons.sort_by(|one, two| two.1.cmp(one.1).then(one.0.cmp(two.0)));
                let mut told: Vec<String> = reasons
                    .iter()
                    .map(|(code, many)| {
                        let means = gate
                            .reject
                            .iter()
                            .find(|reason| reason.code.as_str() == code.as_str())
                            .map_or("", |reason| reason.means.as_str());
                        format!("{many} × {code} {means}").trim_end().to_owned()
                    })
                    .collect();
                let silent = self.library.reviews.by_silence.as_str();
                if count.rejected_silent > 0 {
                    told.push(format!("{} × {silent}", count.rejected_silent));
                }
                let rejected = count.rejected.values().sum::<u64>() + count.rejected_silent;
                let accepted = match count.silent {
                    0 => count.accepted.to_string(),
                    many => format!("{} ({many} {silent})", count.accepted),
                };
                Some(GateSeen {
                    name: gate.name.to_string(),
                    accepted,
                    rejected: rejected.to_string(),
                    reasons: (!told.is_empty()).then(|| told.join("; ")),
                })
            })
            .collect()
    }

    fn expiring(&self) -> Vec<ExpiringSeen> {
        let all = self.counted.iter().flat_map(|counted| &counted.expiring);
        all.map(|(account, until)| ExpiringSeen {
            account: account.clone(),
            until: until.print(),
        })
        .collect()
    }

    /// The people who lead reviews: "Tallowmere’s Partner Manager and Oakhythe’s Alliance Manager".
    fn owners(&self) -> String {
        let words = &self.library.reviews;
        let roles = self.owning_roles();
        let people: Vec<String> = roles
            .iter()
            .map(|role| {
                let party = self.short(role.party.id());
                fill(
                    words.person.as_str(),
                    &[("party", &party), ("title", role.title.as_str())],
                )
            })
            .collect();
        if people.is_empty() {
            return words.both.as_str().to_owned();
        }
        people.join(&format!(" {} ", self.library.words.and.as_str()))
    }

    /// The people who sign the agreement: "Tallowmere’s Chief Revenue Officer and Oakhythe’s Managing Director".
    fn signatories(&self) -> String {
        let words = &self.library.reviews;
        let people = self.new.party.iter().map(|party| {
            fill(
                words.person.as_str(),
                &[
                    ("party", party.short.as_str()),
                    ("title", party.signatory.title.as_str()),
                ],
            )
        });
        let people: Vec<String> = people.collect();
        people.join(&format!(" {} ", self.library.words.and.as_str()))
    }

    fn owning_roles(&self) -> Vec<&Role> {
        let owners = self.new.reviews.iter().flat_map(|reviews| &reviews.owners);
        owners
            .filter_map(|owner| {
                self.new
                    .role
                    .iter()
                    .find(|role| role.id.as_str() == owner.id())
            })
            .collect()
    }

    fn next(&self) -> Vec<NextSeen> {
        const MOST: usize = 6;
        let entries = &self.draft.schedule.entries;
        // An early review that is held before the business day it is moved to is not to come.
        let period = self.evaluation.period;
        let calendar = conventions(self.new);
        let held = period.early.map(|_| calendar.adjust(period.to));
        let is_held = |entry: &Entry| entry.kind == DateKind::Review && Some(entry.date) == held;
        let to_come = entries.iter();
        let to_come = to_come.filter(|entry| entry.date > self.on && !is_held(entry));
        // Once the Initial Term is over, the days of the renewed one come.
        let words = &self.library.calendar;
        let documents = self.draft.resolved.documents().iter();
        let sections = documents.flat_map(|document| walk::sections(&document.root));
        let included: Names = sections
            .map(|section| section.anchor.as_str().to_owned())
            .collect();
        let renewed = renewed(self.new, words, &included, self.on);
        let mut all: Vec<&Entry> = to_come.chain(&renewed).collect();
        all.sort_by_key(|entry| entry.date);
        all.into_iter()
            .take(MOST)
            .map(|entry| NextSeen {
                date: entry.date.print(),
                what: entry.what.clone(),
                who: entry.who.clone(),
            })
            .collect()
    }

    /// "Exhibit A"; none for the key terms.
    fn label(&self, edition: &Edition) -> Option<String> {
        let letter = edition.letter.as_ref()?;
        Some(format!("{} {letter}", self.library.words.exhibit.as_str()))
    }
}
