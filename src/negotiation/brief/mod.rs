//! The paper that our side prepares a meeting with.
//!
//! In: the negotiation file, the deal, its draft, the library with its internal words. Out: a document with `INTERNAL`
//! on every page, whose places are links into the agreement. No writer is used here; `cli` writes it to its own folder.

mod issues;
mod money;
mod paper;
mod pressure;

use super::check::decide;
use super::file::{Alternative, File};
use super::standing::{Standing, scope, standing};
use super::words::{BriefWords, Cells, Internal};
use super::{Confidential, Negotiation, alternatives::is_best};
use crate::deal::{Deal, IssueState, Text};
use crate::document::picture::Pictures;
use crate::document::resolve::{Package, Resolved, resolve};
use crate::document::{Align, Anchor, Block, Document, Inline, Section};
use crate::draft::Draft;
use crate::library::{Library, fill};
use crate::source::At;
use crate::units::{Money, Numerals};
use paper::{bullets, capital, paragraph, section, strong, table, text};

/// The name of the paper as a file, without its ending.
pub const BRIEF: &str = "brief.internal";

/// A paper for our own side, and what its pictures show.
#[derive(Debug)]
pub struct Brief {
    /// The paper, in one package with the agreement that it links to. Only the part [`BRIEF`] is written.
    pub resolved: Resolved,
    /// The pictures beside its tables.
    pub pictures: Pictures,
    /// How many walk-away rules the deal breaks, or that cannot be decided.
    pub broken: usize,
    /// How many there are.
    pub rules: usize,
    /// How many issues are open.
    pub open: usize,
}

/// All that the paper is made of.
struct Facts<'a> {
    file: &'a File,
    deal: &'a Deal,
    library: &'a Library,
    draft: &'a Draft,
    words: &'a BriefWords,
    internal: &'a Internal,
    standing: Standing,
    numerals: Numerals,
}

/// The preparation paper. `folder` is the way from it to the folder of the agreement, such as `../out/`. `None` if a
/// section of the agreement has the name of one of its own.
pub fn brief(
    negotiation: &Negotiation,
    deal: &Deal,
    library: &Library,
    draft: &Draft,
    internal: &Internal,
    folder: &str,
) -> Option<Brief> {
    let words = &internal.brief;
    let facts = Facts {
        file: negotiation.file(),
        deal,
        library,
        draft,
        words,
        internal,
        standing: standing(negotiation, deal),
        numerals: deal.numerals(),
    };
    let mut pictures = Pictures::new();
    let (rules, broken) = facts.rules()?;
    let mut sections = vec![
        facts.thesis()?,
        rules,
        facts.outcomes()?,
        facts.money(&mut pictures)?,
        facts.alternatives()?,
        facts.issues()?,
        facts.open_issues()?,
    ];
    sections.extend(facts.trades());
    sections.extend(facts.pressure());
    sections.extend(facts.meetings());
    let party = facts.ours();
    let root = section(
        anchor("brief")?,
        &fill(
            words.title.as_str(),
            &[("title", deal.agreement.title.as_str())],
        ),
        vec![Block::Note(vec![paragraph(&fill(
            words.about.as_str(),
            &[("party", party)],
        ))])],
        sections,
    );
    let mut documents = draft.resolved.documents().to_vec();
    for document in &mut documents {
        document.name.insert_str(0, folder);
    }
    documents.push(Document {
        name: BRIEF.to_owned(),
        imprint: None,
        root,
    });
    let package = Package {
        documents,
        lone: Vec::new(),
    };
    let resolved = resolve(package, draft.resolved.words().clone()).ok()?;
    let mark = fill(
        words.mark.as_str(),
        &[
            ("party", party),
            ("draft", &deal.agreement.draft.to_string()),
            ("digest", &draft.digest),
        ],
    );
    Some(Brief {
        resolved: resolved.with_imprint(&mark),
        pictures,
        broken,
        rules: facts.file.walk_away.len(),
        open: facts.open().count(),
    })
}

fn anchor(name: &str) -> Option<Anchor> {
    name.parse().ok()
}

impl<'a> Facts<'a> {
    fn cells(&self) -> &'a Cells {
        &self.words.cell
    }

    /// The short name of our party.
    fn ours(&self) -> &'a str {
        self.short(self.file.ours.reveal().id())
    }

    /// The short name of the other party.
    fn theirs(&self) -> &'a str {
        let ours = self.file.ours.reveal().id();
        let mut parties = self.deal.party.iter();
        parties
            .find(|party| party.id.as_str() != ours)
            .map_or("", |party| party.short.as_str())
    }

    fn short(&self, id: &str) -> &'a str {
        self.deal.party(id).map_or("", |party| party.short.as_str())
    }

    fn amount(&self, money: Option<Money>) -> String {
        money.map_or_else(
            || self.cells().unknown.to_string(),
            |money| money.print(&self.numerals),
        )
    }

    fn thesis(&self) -> Option<Section> {
        let thesis = Block::Paragraph(strong(self.file.thesis.reveal().as_str()));
        Some(section(
            anchor("brief-thesis")?,
            self.words.thesis.as_str(),
            vec![thesis],
            Vec::new(),
        ))
    }

    /// What each side is after: the deal says it, because both may know.
    fn outcomes(&self) -> Option<Section> {
        let cells = self.cells();
        let mut rows = Vec::new();
        for party in &self.deal.party {
            for outcome in &party.outcome {
                let shown = self
                    .deal
                    .metric(outcome.metric.id())
                    .map_or("", |metric| metric.name.as_str());
                let gets = match &outcome.target {
                    Some(target) => format!("{}: {}", outcome.what, target),
                    None => outcome.what.to_string(),
                };
                let acts: Vec<String> = outcome.acts.iter().map(ToString::to_string).collect();
                rows.push(vec![
                    text(party.short.as_str()),
                    text(&capital(&gets)),
                    text(shown),
                    text(&capital(&acts.join("; "))),
                ]);
            }
        }
        let columns = [
            (cells.party.as_str(), Align::Start),
            (cells.gets.as_str(), Align::Start),
            (cells.shown_by.as_str(), Align::Start),
            (cells.acts.as_str(), Align::Start),
        ];
        Some(section(
            anchor("brief-outcomes")?,
            self.words.outcomes.as_str(),
            vec![table(None, "", &columns, rows)],
            Vec::new(),
        ))
    }

    fn alternatives(&self) -> Option<Section> {
        let cells = self.cells();
        let mut all: Vec<&Alternative> = self.file.alternative.iter().collect();
        let ours = self.file.ours.reveal().id();
        all.sort_by_key(|other| (other.of.reveal().id() != ours, !is_best(other)));
        let rows = all
            .into_iter()
            .map(|other| {
                let what = capital(other.what.reveal().as_str());
                let what = if is_best(other) {
                    let mut words = strong(&what);
                    words.extend(text(&format!(" {}", cells.is_best)));
                    words
                } else {
                    text(&what)
                };
                let because = other.because.as_ref();
                vec![
                    text(self.short(other.of.reveal().id())),
                    what,
                    text(&self.amount(other.value.as_ref().map(|value| value.reveal().value))),
                    text(because.map_or("", |because| because.reveal().as_str())),
                ]
            })
            .collect();
        let columns = [
            (cells.party.as_str(), Align::Start),
            (cells.alternative.as_str(), Align::Start),
            (cells.worth.as_str(), Align::End),
            (cells.because.as_str(), Align::Start),
        ];
        Some(section(
            anchor("brief-alternatives")?,
            self.words.alternatives.as_str(),
            vec![table(None, "", &columns, rows)],
            Vec::new(),
        ))
    }

    /// Every rule, held or broken, with the values; and how many do not hold.
    fn rules(&self) -> Option<(Section, usize)> {
        let cells = self.cells();
        let scope = scope(self.deal, &self.standing);
        let mut broken = Vec::new();
        let mut held = Vec::new();
        for rule in &self.file.walk_away {
            let verdict = decide(rule.rule.reveal().as_str(), &scope);
            let (rows, state, values) = match verdict {
                Ok(verdict) => {
                    let values: Vec<String> = verdict
                        .values
                        .iter()
                        .map(|(path, value)| format!("{path}: {value}"))
                        .collect();
                    let state = if verdict.holds {
                        text(cells.holds.as_str())
                    } else {
                        strong(cells.broken.as_str())
                    };
                    let rows = if verdict.holds {
                        &mut held
                    } else {
                        &mut broken
                    };
                    (rows, state, values.join("; "))
                }
                Err(faults) => {
                    let why: Vec<&str> =
                        faults.iter().map(|fault| fault.message.as_str()).collect();
                    let state = strong(cells.undecided.as_str());
                    (&mut broken, state, why.join("; "))
                }
            };
            let mut says = text(rule.says.reveal().as_str());
            if let Some(because) = &rule.because {
                says = text(&format!("{} {}", rule.says.reveal(), because.reveal()));
            }
            rows.push(vec![state, says, text(&values)]);
        }
        // Whoever has a minute before the meeting reads the first line.
        let (broken, rows) = (broken.len(), [broken, held].concat());
        let columns = [
            (cells.stands.as_str(), Align::Start),
            (cells.rule.as_str(), Align::Start),
            (cells.values.as_str(), Align::Start),
        ];
        let about = if broken > 0 {
            Block::Paragraph(strong(self.words.broken_about.as_str()))
        } else {
            paragraph(self.words.held_about.as_str())
        };
        let blocks = if rows.is_empty() {
            vec![paragraph(cells.none.as_str())]
        } else {
            vec![about, table(None, "", &columns, rows)]
        };
        let rules = section(
            anchor("brief-walk-away")?,
            self.words.walk_away.as_str(),
            blocks,
            Vec::new(),
        );
        Some((rules, broken))
    }

    fn trades(&self) -> Option<Section> {
        let cells = self.cells();
        if self.file.trade.is_empty() {
            return None;
        }
        let words = |words: &Option<Confidential<At<Text>>>| {
            let words = words.as_ref().map(|words| words.reveal().as_str());
            text(words.unwrap_or(cells.none.as_str()))
        };
        let rows = self
            .file
            .trade
            .iter()
            .map(|trade| {
                let money = |money: &Option<Confidential<At<Money>>>| {
                    money.as_ref().map(|money| money.reveal().value)
                };
                let balance = match (money(&trade.gain), money(&trade.cost)) {
                    (Some(gain), Some(cost)) => gain.minus(cost),
                    (gain, None) => gain,
                    (None, Some(_)) => None,
                };
                vec![
                    words(&trade.give),
                    words(&trade.get),
                    text(&self.amount(balance)),
                ]
            })
            .collect();
        let columns = [
            (cells.if_we.as_str(), Align::Start),
            (cells.then_they.as_str(), Align::Start),
            (cells.balance.as_str(), Align::End),
        ];
        Some(section(
            anchor("brief-trades")?,
            self.words.trades.as_str(),
            vec![table(None, "", &columns, rows)],
            Vec::new(),
        ))
    }

    /// What we noted of the meetings, the last one first.
    fn meetings(&self) -> Option<Section> {
        let cells = self.cells();
        let mut meetings: Vec<_> = self.file.meeting.iter().collect();
        meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.date.value));
        let mut sections = Vec::new();
        for meeting in meetings {
            let mut blocks = Vec::new();
            for (head, lines) in [
                (&cells.attendees, &meeting.attendees),
                (&cells.holds_agreed, &meeting.agreed),
                (&cells.holds_open, &meeting.open),
                (&cells.next, &meeting.next),
                (&cells.heard, &meeting.heard),
            ] {
                let lines = lines.reveal();
                if lines.is_empty() {
                    continue;
                }
                let list: Vec<Vec<Inline>> = lines.iter().map(|line| text(line.as_str())).collect();
                blocks.push(Block::Paragraph(strong(head.as_str())));
                blocks.push(bullets(list));
            }
            let date = meeting.date.value;
            sections.push(section(
                anchor(&format!("brief-meeting-{}", date.iso()))?,
                &date.print(),
                blocks,
                Vec::new(),
            ));
        }
        if sections.is_empty() {
            return None;
        }
        let title = self.words.meetings.as_str();
        Some(section(
            anchor("brief-meetings")?,
            title,
            Vec::new(),
            sections,
        ))
    }

    /// The issues that are not agreed.
    fn open(&self) -> impl Iterator<Item = &'a super::file::Issue> {
        let deal = self.deal;
        self.file.issue.iter().filter(move |issue| {
            super::check::spoken(deal, issue)
                .is_none_or(|spoken| spoken.state.value != IssueState::Agreed)
        })
    }
}
