//! The issues: by bucket, and each open one with all that a meeting about it needs.

use super::super::bank;
use super::super::check::{spoken, terms};
use super::super::file::{Bucket, Issue, PressureKind, Situation, Stand, Topic};
use super::paper::{bullets, capital, headed, paragraph, section, strong, table, text};
use super::{Facts, anchor};
use crate::deal::{IssueState, Rank};
use crate::document::{Align, Block, Inline, Section};
use crate::draft::provenance::{How, whereabouts};
use crate::library::{Clause, fill};

impl Facts<'_> {
    /// All issues, by what they mean to us.
    pub(super) fn issues(&self) -> Option<Section> {
        let (cells, words) = (self.cells(), self.words);
        let mut sections = Vec::new();
        for (bucket, name, title) in [
            (Bucket::MustHave, "brief-must-have", &words.must_have),
            (Bucket::Tradable, "brief-tradable", &words.tradable),
            (Bucket::Giveaway, "brief-giveaway", &words.giveaway),
        ] {
            let rows: Vec<_> = self
                .file
                .issue
                .iter()
                .filter(|issue| issue.bucket.reveal().value == bucket)
                .map(|issue| {
                    let asks = issue.in_return.reveal();
                    let asks: Vec<&str> = asks.iter().map(|ask| ask.as_str()).collect();
                    let asks = if asks.is_empty() {
                        cells.none.to_string()
                    } else {
                        capital(&asks.join("; "))
                    };
                    vec![
                        text(&capital(&self.title(issue))),
                        text(&self.state(issue)),
                        text(&self.amount(issue.worth.as_ref().map(|worth| worth.reveal().value))),
                        text(&asks),
                    ]
                })
                .collect();
            let columns = [
                (cells.issue.as_str(), Align::Start),
                (cells.state.as_str(), Align::Start),
                (cells.worth.as_str(), Align::End),
                (cells.in_return.as_str(), Align::Start),
            ];
            let block = if rows.is_empty() {
                paragraph(cells.none.as_str())
            } else {
                table(None, "", &columns, rows)
            };
            sections.push(section(
                anchor(name)?,
                title.as_str(),
                vec![block],
                Vec::new(),
            ));
        }
        let title = words.issues.as_str();
        Some(section(
            anchor("brief-issues")?,
            title,
            Vec::new(),
            sections,
        ))
    }

    /// Every open issue: interests, asks, questions, scripts, wordings.
    pub(super) fn open_issues(&self) -> Option<Section> {
        let words = self.words;
        let mut sections = Vec::new();
        for issue in self.open() {
            sections.push(self.open_issue(issue)?);
        }
        let blocks = if sections.is_empty() {
            vec![paragraph(words.nothing_open.as_str())]
        } else {
            Vec::new()
        };
        let title = words.open_issues.as_str();
        Some(section(anchor("brief-open")?, title, blocks, sections))
    }

    fn open_issue(&self, issue: &Issue) -> Option<Section> {
        let cells = self.cells();
        let mut blocks = vec![paragraph(&self.state(issue))];
        blocks.extend(self.stands(issue));
        let asks = issue.in_return.reveal();
        if !asks.is_empty() {
            blocks.push(Block::Paragraph(strong(cells.ask_for.as_str())));
            blocks.push(bullets(
                asks.iter()
                    .map(|ask| text(&capital(ask.as_str())))
                    .collect(),
            ));
        }
        let topic = issue.topic.as_ref().map(|topic| topic.reveal().value);
        if let Some(topic) = topic {
            let questions = bank::questions(&self.internal.bank, self.file, topic);
            if !questions.is_empty() {
                blocks.push(Block::Paragraph(strong(cells.questions.as_str())));
                let asked = questions.iter().map(|question| {
                    let mut line = text(question.ask.as_str());
                    if let Some(learns) = &question.learns {
                        line = text(&format!("{} ", question.ask));
                        line.push(Inline::Emphasis(text(&format!(
                            "{}.",
                            capital(learns.as_str())
                        ))));
                    }
                    line
                });
                blocks.push(bullets(asked.collect()));
            }
        }
        for situation in self.situations(issue, topic) {
            for script in bank::scripts(&self.internal.bank, self.file, situation) {
                blocks.push(headed(cells.say.as_str(), &format!("“{}”", script.say)));
            }
        }
        blocks.extend(self.wordings(issue));
        let name = anchor(&format!("brief-issue-{}", issue.id.as_str()))?;
        Some(section(
            name,
            &capital(&self.title(issue)),
            blocks,
            Vec::new(),
        ))
    }

    pub(super) fn title(&self, issue: &Issue) -> String {
        match (&issue.title, spoken(self.deal, issue)) {
            (Some(title), _) => title.reveal().to_string(),
            (None, Some(spoken)) => spoken.title.to_string(),
            (None, None) => issue.id.to_string(),
        }
    }

    /// Where an issue stands between both sides.
    fn state(&self, issue: &Issue) -> String {
        let cells = self.cells();
        let Some(spoken) = spoken(self.deal, issue) else {
            return cells.unspoken.to_string();
        };
        let date = spoken.agreed.as_ref().map(|day| day.value.print());
        let by = spoken.proposed_by.as_ref().map(|by| self.short(by.id()));
        match spoken.state.value {
            IssueState::Agreed => fill(
                cells.agreed.as_str(),
                &[("date", date.as_deref().unwrap_or_default())],
            ),
            IssueState::Proposed => fill(
                cells.proposed.as_str(),
                &[("party", by.unwrap_or_default())],
            ),
            IssueState::Reopened => cells.reopened.to_string(),
            IssueState::Open => cells.open.to_string(),
        }
    }

    /// Both sides' positions, interests and options beside one another.
    fn stands(&self, issue: &Issue) -> Option<Block> {
        let cells = self.cells();
        let (ours, theirs) = (&issue.ours, &issue.theirs);
        if ours.is_none() && theirs.is_none() {
            return None;
        }
        let row = |head: &str, of: &dyn Fn(&Stand) -> String| {
            let cell = |stand: &Option<super::super::Confidential<Stand>>| {
                let words = stand.as_ref().map(|stand| of(stand.reveal()));
                let words = words.filter(|words| !words.is_empty());
                text(&words.unwrap_or_else(|| cells.unknown.to_string()))
            };
            vec![strong(head), cell(ours), cell(theirs)]
        };
        let one = |words: &Option<crate::source::At<crate::deal::Text>>| {
            words
                .as_ref()
                .map(|words| capital(words.as_str()))
                .unwrap_or_default()
        };
        let rows = vec![
            row(cells.position.as_str(), &|stand| one(&stand.position)),
            row(cells.interest.as_str(), &|stand| one(&stand.interest)),
            row(cells.options.as_str(), &|stand| {
                let options: Vec<&str> =
                    stand.options.iter().map(|option| option.as_str()).collect();
                capital(&options.join("; "))
            }),
        ];
        let ours = fill(cells.ours.as_str(), &[("party", self.ours())]);
        let theirs = fill(cells.theirs.as_str(), &[("party", self.theirs())]);
        let columns = [
            ("", Align::Start),
            (ours.as_str(), Align::Start),
            (theirs.as_str(), Align::Start),
        ];
        Some(table(None, "", &columns, rows))
    }

    /// The situations of an issue that have scripts.
    fn situations(&self, issue: &Issue, topic: Option<Topic>) -> Vec<Situation> {
        let mut found = Vec::new();
        for pressure in &self.file.pressure {
            let about = pressure.issue.as_ref().map(|id| id.as_str());
            if about == Some(issue.id.as_str()) {
                found.push(situation(pressure.kind.reveal().value));
            }
        }
        match topic {
            Some(Topic::Exclusivity) => found.push(Situation::Exclusivity),
            Some(Topic::Attribution) => found.push(Situation::Attribution),
            Some(_) | None => {}
        }
        if issue.bucket.reveal().value == Bucket::Tradable {
            found.push(Situation::Trading);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The clauses that word an issue: those that it names, and those that print its terms.
    pub(super) fn clauses(&self, issue: &Issue) -> Vec<&Clause> {
        let mut ids: Vec<String> = issue
            .clauses
            .iter()
            .map(|name| name.id().to_owned())
            .collect();
        for path in terms(issue, spoken(self.deal, issue)) {
            let found = whereabouts(self.deal, self.library, self.draft, path.as_str());
            for sighting in found.map(|found| found.found).unwrap_or_default() {
                let says = sighting.hows.contains(&How::Printed);
                if says && !ids.contains(&sighting.printed.clause) {
                    ids.push(sighting.printed.clause);
                }
            }
        }
        let clauses = ids.iter().filter_map(|id| self.library.clauses.get(id));
        clauses.collect()
    }

    /// The rank of the wording that the deal has now.
    fn rank_now(&self, clause: &Clause) -> Rank {
        match self.deal.clauses.of(clause.id.as_str()) {
            Some(crate::deal::Choice::Rank(rank)) => *rank,
            Some(crate::deal::Choice::LeaveOut(_)) | None => Rank::Preferred,
        }
    }

    /// The wordings of an issue's clauses, best first. A clause with one wording has nothing to choose.
    fn wordings(&self, issue: &Issue) -> Option<Block> {
        let cells = self.cells();
        let printed = |id: &str| {
            let sections = self.draft.resolved.documents().iter();
            sections
                .flat_map(|document| crate::document::walk::sections(&document.root))
                .find(|section| section.anchor.as_str() == id)
                .map(|section| section.anchor.clone())
        };
        let mut rows = Vec::new();
        for clause in self.clauses(issue) {
            if clause.variants.len() < 2 {
                continue;
            }
            let now = self.rank_now(clause);
            let place = printed(clause.id.as_str()).map(|anchor| vec![Inline::Reference(anchor)]);
            // The title in the first row, the place in the second.
            let mut names = [text(clause.title.as_str()), place.unwrap_or_default()].into_iter();
            for variant in &clause.variants {
                let name = names.next().unwrap_or_default();
                let rank = match variant.rank {
                    Rank::Preferred => cells.preferred.as_str(),
                    Rank::Acceptable => cells.acceptable.as_str(),
                    Rank::Escalate => cells.escalate.as_str(),
                };
                let rank = if variant.rank == now {
                    strong(&format!("{rank} {}", cells.now))
                } else {
                    text(rank)
                };
                let when = variant.when.as_ref().map_or(&cells.start, |when| when);
                rows.push(vec![name, rank, text(when.as_str())]);
            }
        }
        if rows.is_empty() {
            return None;
        }
        let columns = [
            (cells.clause.as_str(), Align::Start),
            (cells.rank.as_str(), Align::Start),
            (cells.when.as_str(), Align::Start),
        ];
        let caption = fill(cells.wordings.as_str(), &[("issue", &self.title(issue))]);
        Some(table(None, &caption, &columns, rows))
    }
}

/// The situation that a way of pressing makes.
pub(super) fn situation(kind: PressureKind) -> Situation {
    match kind {
        PressureKind::Deadline => Situation::Deadline,
        PressureKind::OneSided => Situation::OneSided,
        PressureKind::NonNegotiable => Situation::NonNegotiable,
        PressureKind::HighAnchor => Situation::HighAnchor,
    }
}
