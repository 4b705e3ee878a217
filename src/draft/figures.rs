//! The pictures that belong to tables, made from the same figures. Their words come from `templates/`.

mod money;
mod work;

use super::schedule::{DateKind, Schedule};
use super::view::LadderSeen;
use crate::deal::Deal;
use crate::document::picture::{
    Drawing, Event, Ladder, Map, MapDocument, Mark, Picture, Pictures, Rung, Tick, Timeline, Window,
};
use crate::document::resolve::Resolved;
use crate::document::{Anchor, Label, Section, walk};
use crate::economics;
use crate::library::{Library, PictureWords, fill};
use crate::source::At;
use crate::units::{Date, Numerals};

/// What pictures are made from.
pub(super) struct Facts<'a> {
    pub(super) deal: &'a Deal,
    pub(super) library: &'a Library,
    pub(super) schedule: &'a Schedule,
    pub(super) ladder: &'a [LadderSeen],
    pub(super) examples: Option<&'a economics::Examples>,
    pub(super) results: Option<&'a economics::Results>,
    pub(super) numerals: &'a Numerals,
}

/// The pictures that are made from the deal, by the anchors of their tables.
pub(super) fn pictures(facts: &Facts<'_>) -> Pictures {
    let words = &facts.library.pictures;
    let drawn = [
        ("figure-payout", money::payout(facts, &words.payout)),
        ("figure-results", money::results(facts, &words.results)),
        ("figure-timeline", timeline(facts, words)),
        ("figure-raci", work::raci(facts.deal, &words.raci)),
        ("figure-escalation", ladder(facts, words)),
        ("figure-approval", work::path(facts, &words.path)),
    ];
    let mut pictures = Pictures::new();
    for (name, picture) in drawn {
        if let Some((anchor, picture)) = named(name, picture) {
            pictures.insert(anchor, picture);
        }
    }
    pictures
}

/// The map of the documents, which is made from the agreement itself.
pub(super) fn map(resolved: &Resolved, library: &Library) -> Option<(Anchor, Picture)> {
    named("figure-documents", parts(resolved, library))
}

fn named(name: &str, picture: Option<Picture>) -> Option<(Anchor, Picture)> {
    Some((name.parse().ok()?, picture?))
}

fn word(text: &At<crate::deal::Text>) -> String {
    text.as_str().to_owned()
}

fn timeline(facts: &Facts<'_>, words: &PictureWords) -> Option<Picture> {
    let words = &words.timeline;
    let schedule = facts.schedule;
    let from = schedule.effective?;
    let end = schedule.end?;
    let last = schedule
        .entries
        .iter()
        .map(|entry| entry.date)
        .max()
        .unwrap_or(end)
        .max(end);
    let mut ticks = Vec::new();
    let mut day = from;
    while day <= last {
        let quarter = matches!(day.month(), 1 | 4 | 7 | 10) && day.day() == 1;
        if quarter || day == from {
            ticks.push(Tick {
                at: civil(day)?,
                label: short_month(day),
            });
        }
        day = day.last_of_month().plus_days(1);
    }
    let mut events = Vec::new();
    for entry in &schedule.entries {
        let (mark, label) = match entry.kind {
            DateKind::Effective | DateKind::End => (Mark::Edge, entry.what.clone()),
            // Reviews come round: their rings say enough, and the table has the words.
            DateKind::Review => (Mark::Regular, String::new()),
            DateKind::Deadline | DateKind::Window => (Mark::Deadline, entry.what.clone()),
        };
        events.push(Event {
            on: civil(entry.date)?,
            when: short_day(entry.date),
            label,
            mark,
        });
    }
    let mut windows = Vec::new();
    let mut window = |from: Date, to: Date, label: &At<crate::deal::Text>| {
        if let (Some(from), Some(to)) = (civil(from), civil(to))
            && from < to
        {
            windows.push(Window {
                from,
                to,
                label: word(label),
            });
        }
    };
    if let Some(until) = schedule.exclusive_until {
        let exclusivity = facts.deal.exclusivity.as_ref();
        let lost = exclusivity.filter(|terms| terms.regained.is_none());
        let reverted = lost.and_then(|terms| terms.reverted.as_ref());
        let until = reverted.map_or(until, |on| until.min(on.plus_days(-1)));
        window(from, until, &words.exclusivity);
    }
    if let Some(notice) = schedule.notice_by {
        window(notice.plus_days(1), end, &words.too_late);
    }
    if facts.deal.term.tail.is_some() && last > end {
        window(end.plus_days(1), last, &words.tail);
    }
    let description = fill(
        words.description.as_str(),
        &[("from", &from.print()), ("to", &end.print())],
    );
    Some(Picture {
        title: word(&words.title),
        description,
        drawing: Drawing::Timeline(Timeline {
            from: civil(from)?,
            to: civil(last)?,
            ticks,
            events,
            windows,
            legend: vec![
                (Mark::Edge, word(&words.edge)),
                (Mark::Regular, word(&words.regular)),
                (Mark::Deadline, word(&words.deadline)),
            ],
        }),
    })
}

fn civil(date: Date) -> Option<jiff::civil::Date> {
    jiff::civil::Date::new(date.year(), date.month(), date.day()).ok()
}

/// `Fri 1 Oct 2027`
fn short_day(date: Date) -> String {
    let weekday = date.weekday();
    let printed = date.print();
    let mut parts = printed.split(' ');
    let (day, month) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    format!(
        "{} {day} {} {}",
        weekday.get(..3).unwrap_or(weekday),
        month.get(..3).unwrap_or(month),
        date.year()
    )
}

/// `Oct 2027`
fn short_month(date: Date) -> String {
    let printed = date.print();
    let month = printed.split(' ').nth(1).unwrap_or_default().to_owned();
    format!("{} {}", month.get(..3).unwrap_or(&month), date.year())
}

fn ladder(facts: &Facts<'_>, words: &PictureWords) -> Option<Picture> {
    if facts.ladder.is_empty() {
        return None;
    }
    let words = &words.ladder;
    let rungs = facts
        .ladder
        .iter()
        .enumerate()
        .map(|(place, level)| Rung {
            level: (place + 1).to_string(),
            who: format!("{}: {}", level.name, level.owners),
            reply: fill(words.reply.as_str(), &[("respond", &level.respond)]),
            total: level.reached_after.as_ref().map_or_else(
                || word(&words.first),
                |time| fill(words.total.as_str(), &[("time", time)]),
            ),
        })
        .collect();
    Some(Picture {
        title: word(&words.title),
        description: word(&words.description),
        drawing: Drawing::Ladder(Ladder { rungs }),
    })
}

/// The parts of the agreement as they prevail: amendments, the master, the exhibits, the key terms.
fn parts(resolved: &Resolved, library: &Library) -> Option<Picture> {
    let words = &library.pictures.map;
    let root = &resolved.documents().first()?.root;
    let numbers = resolved.numbers();
    let mut parts: Vec<&Section> = Vec::new();
    let rank = |section: &Section| match section.label {
        Label::Part => Some(0),
        Label::Exhibit => Some(1),
        Label::Title if section.anchor.as_str() == "key-terms" => Some(2),
        Label::Title | Label::Number => None,
    };
    for wanted in 0..3 {
        parts.extend(
            root.sections
                .iter()
                .filter(|section| rank(section) == Some(wanted)),
        );
    }
    if parts.len() < 2 {
        return None;
    }
    let mut documents = vec![MapDocument {
        name: word(&words.amendment),
        note: word(&words.amendment_note),
    }];
    for part in &parts {
        let title = walk::text(&part.title);
        let (name, note) = match part.label {
            Label::Exhibit => (
                format!(
                    "{} {}: {title}",
                    library.words.exhibit,
                    numbers.get(&part.anchor).unwrap_or_default()
                ),
                word(&words.exhibit),
            ),
            Label::Part => (title, word(&words.master)),
            Label::Title | Label::Number => (title, word(&words.key_terms)),
        };
        documents.push(MapDocument { name, note });
    }
    // The amendment comes first.
    let uses = resolved.links_between(&parts).into_iter();
    let uses = uses.map(|(from, to)| (from + 1, to + 1)).collect();
    Some(Picture {
        title: word(&words.title),
        description: word(&words.description),
        drawing: Drawing::Map(Map {
            documents,
            uses,
            first: word(&words.first),
            arrow: word(&words.arrow),
        }),
    })
}
