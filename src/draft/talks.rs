//! Where the talks stand, as letters tell it: from what both sides know alone.
//!
//! In: the issues, trades and meetings of a deal. Out: [`Talks`] for templates. The last meeting of the deal is the one
//! that a summary is about; who asks for an earlier one leaves the later ones out.

use super::seen::seen;
use crate::deal::check::letters::overlaps;
use crate::deal::{Deal, Issue, IssueState, Meeting, TermPath};
use crate::source::At;

seen! {
    /// Where the talks stand.
    pub struct Talks {
        /// The issues that are agreed.
        settled: Vec<PointSeen>,
        /// The issues that are not.
        open: Vec<PointSeen>,
        /// The agreed issues on whose terms a letter of intent binds.
        binding: Vec<PointSeen>,
        /// The agreed issues whose terms hold during a pilot.
        applied: Vec<PointSeen>,
        /// The last meeting.
        meeting: Option<MeetingSeen>,
    }
}

seen! {
    /// An issue.
    pub struct PointSeen {
        /// What it is about.
        title: String,
        /// What was agreed or is proposed, in a sentence.
        says: Option<String>,
        /// Why, if both may read it.
        reason: Option<String>,
        /// When it was agreed.
        date: Option<String>,
        /// Who proposed it.
        by: Option<String>,
        /// Whether it was agreed once, and is open again.
        reopened: bool,
    }
}

seen! {
    /// A meeting.
    pub struct MeetingSeen {
        /// The day.
        date: String,
        /// Who was there.
        attendees: Vec<String>,
        /// What was agreed.
        agreed: Vec<PointSeen>,
        /// What is open.
        open: Vec<PointSeen>,
        /// What comes next, by who acts.
        next: Vec<NextSeen>,
        /// Trades that both agreed to.
        trades: Vec<TradeSeen>,
        /// Trades that are proposed.
        offers: Vec<TradeSeen>,
    }
}

seen! {
    /// What a party will propose next.
    pub struct NextSeen {
        /// The short name of the party; absent where no one party is meant.
        party: Option<String>,
        /// The proposal, in a sentence.
        says: String,
    }
}

seen! {
    /// A trade.
    pub struct TradeSeen {
        /// What is given, as a clause that follows "if".
        gives: String,
        /// What comes for it, as a clause that follows "then".
        gets: String,
    }
}

/// Where the talks of a deal stand.
pub(super) fn talks(deal: &Deal) -> Talks {
    let seen = |issue: &Issue| point(deal, issue);
    let agreed = |issue: &&Issue| issue.state.value == IssueState::Agreed;
    let of = |paths: &[At<TermPath>]| {
        let about = |issue: &&Issue| {
            let meets = |path: &At<TermPath>| {
                let mut terms = issue.terms.iter();
                terms.any(|term| overlaps(term.as_str(), path.as_str()))
            };
            paths.iter().any(meets)
        };
        deal.issue
            .iter()
            .filter(agreed)
            .filter(about)
            .map(seen)
            .collect()
    };
    Talks {
        settled: deal.issue.iter().filter(agreed).map(seen).collect(),
        open: deal
            .issue
            .iter()
            .filter(|issue| !agreed(issue))
            .map(seen)
            .collect(),
        binding: deal
            .letter
            .as_ref()
            .map(|letter| of(&letter.binds))
            .unwrap_or_default(),
        applied: deal
            .pilot
            .as_ref()
            .map(|pilot| of(&pilot.applies))
            .unwrap_or_default(),
        meeting: deal
            .meeting
            .iter()
            .max_by_key(|meeting| meeting.date.value)
            .map(|last| meeting(deal, last)),
    }
}

fn point(deal: &Deal, issue: &Issue) -> PointSeen {
    let by = issue.proposed_by.as_ref();
    let by = by.and_then(|by| deal.party(by.id()));
    let shared = issue.reason.as_ref().filter(|reason| reason.shared);
    PointSeen {
        title: issue.title.to_string(),
        says: issue.says.as_ref().map(ToString::to_string),
        reason: shared.map(|reason| reason.text.to_string()),
        date: issue.agreed.as_ref().map(|day| day.value.print()),
        by: by.map(|party| party.short.to_string()),
        reopened: issue.state.value == IssueState::Reopened,
    }
}

fn meeting(deal: &Deal, meeting: &Meeting) -> MeetingSeen {
    let named = |ids: &[At<crate::deal::Id>]| {
        let issues = ids.iter().filter_map(|id| {
            let mut issues = deal.issue.iter();
            issues.find(|issue| issue.id.value == id.value)
        });
        issues.map(|issue| point(deal, issue)).collect()
    };
    let trades = |of_the_day: bool| {
        deal.trade
            .iter()
            .filter(|trade| match &trade.agreed {
                Some(day) => of_the_day && day.value == meeting.date.value,
                None => !of_the_day,
            })
            .map(|trade| TradeSeen {
                gives: trade.gives.to_string(),
                gets: trade.gets.to_string(),
            })
            .collect()
    };
    let next = meeting.next.iter().map(|says| {
        let party = deal.party.iter().find(|party| {
            let rest = says.as_str().strip_prefix(party.short.as_str());
            rest.is_some_and(|rest| rest.starts_with([' ', '’', '\'']))
        });
        NextSeen {
            party: party.map(|party| party.short.to_string()),
            says: says.to_string(),
        }
    });
    MeetingSeen {
        date: meeting.date.value.print(),
        attendees: meeting.attendees.iter().map(ToString::to_string).collect(),
        agreed: named(&meeting.agreed),
        open: named(&meeting.open),
        next: next.collect(),
        trades: trades(true),
        offers: trades(false),
    }
}
