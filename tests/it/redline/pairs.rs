//! Redlines of pairs of real legal texts: `tests/redline/pairs`, whose `SOURCES.md` says where each is from.

use crate::kit;
use engross::foreign;
use engross::redline::{Body, Edit, MarkedLine, Redline, holds, redline};
use std::fmt::Write as _;

use super::text;

/// The words of a text, one by one, as whoever counts them without us would: runs of letters and digits.
fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// What was counted in one pair.
#[derive(Debug, Default)]
struct Figures {
    marked: usize,
    least: usize,
    groups: usize,
    islands: usize,
    again: usize,
}

fn figures(redline: &Redline, least: usize) -> Figures {
    let mut figures = Figures {
        least,
        ..Figures::default()
    };
    let moved = redline.stats.moved;
    figures.marked = 2 * moved;
    for line in &redline.lines {
        count(line, &mut figures);
    }
    let whole = |edit: Edit| -> Vec<String> {
        let alone = |line: &&MarkedLine| {
            line.moved.is_none()
                && match edit {
                    Edit::Deleted => line.new.is_none(),
                    Edit::Inserted | Edit::Kept => line.old.is_none(),
                }
        };
        redline
            .lines
            .iter()
            .filter(alone)
            .filter_map(|line| match &line.body {
                Body::Words(pieces) if pieces.iter().all(|piece| piece.edit == edit) => {
                    Some(pieces.iter().map(|piece| text(&piece.leaf)).collect())
                }
                Body::Words(_) | Body::Table(_) => None,
            })
            .collect()
    };
    let struck = whole(Edit::Deleted);
    figures.again = whole(Edit::Inserted)
        .iter()
        .filter(|text| words(text).len() >= 6 && struck.contains(text))
        .count();
    figures
}

/// Counts the marked words of a line, the groups of them, and the islands of one or two words between groups.
fn count(line: &MarkedLine, figures: &mut Figures) {
    if let Some(moved) = line.moved
        && moved.end == engross::redline::End::From
    {
        return;
    }
    let Body::Words(pieces) = &line.body else {
        return;
    };
    let mut open = false;
    let mut since: Option<usize> = None;
    for piece in pieces {
        let count = words(text(&piece.leaf)).len();
        match piece.edit {
            Edit::Kept => {
                if count > 0 {
                    open = false;
                    since = since.map(|since| since + count);
                }
            }
            Edit::Inserted | Edit::Deleted => {
                figures.marked += count;
                if !open && count > 0 {
                    figures.groups += 1;
                    if since.is_some_and(|since| since <= 2 && since > 0) {
                        figures.islands += 1;
                    }
                }
                if count > 0 {
                    open = true;
                    since = Some(0);
                }
            }
        }
    }
}

/// The least words that can be marked: what is in neither longest common run of words.
fn least(old: &str, new: &str) -> usize {
    let (old, new) = (words(old), words(new));
    let mut row = vec![0u32; new.len() + 1];
    for word in &old {
        let mut corner = 0;
        for (place, other) in new.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if word == other {
                corner + 1
            } else {
                above.max(row[place])
            };
            corner = above;
        }
    }
    old.len() + new.len() - 2 * row[new.len()] as usize
}

/// The text of one side, a line at a time.
fn side(redline: &Redline, edit: Edit) -> String {
    let mut all = String::new();
    for line in &redline.lines {
        let belongs = match edit {
            Edit::Deleted => line.in_old(),
            Edit::Inserted | Edit::Kept => line.in_new(),
        };
        let Body::Words(pieces) = &line.body else {
            continue;
        };
        if belongs {
            for piece in pieces {
                if piece.edit == edit || piece.edit == Edit::Kept {
                    all.push_str(text(&piece.leaf));
                }
            }
            all.push('\n');
        }
    }
    all
}

/// A redline as text that a person can read: `[-struck-]`, `{+put in+}`.
fn readable(redline: &Redline) -> String {
    let mut all = String::new();
    for line in &redline.lines {
        let Body::Words(pieces) = &line.body else {
            all.push_str("(table)\n");
            continue;
        };
        let mark = match (&line.old, &line.new, line.moved) {
            (_, _, Some(moved)) => format!("{:?} {}", moved.end, moved.id),
            (Some(_), Some(_), None) => String::new(),
            (Some(_), None, None) => "-".into(),
            (None, Some(_), None) => "+".into(),
            (None, None, None) => "?".into(),
        };
        let _ = write!(all, "{mark:>7} | ");
        let changed = !mark.is_empty() || pieces.iter().any(|piece| piece.edit != Edit::Kept);
        for piece in pieces {
            let words = text(&piece.leaf);
            match piece.edit {
                Edit::Kept if changed => all.push_str(words),
                Edit::Kept => all.push_str("..."),
                Edit::Inserted => {
                    let _ = write!(all, "{{+{words}+}}");
                }
                Edit::Deleted => {
                    let _ = write!(all, "[-{words}-]");
                }
            }
        }
        all.push('\n');
    }
    all
}

#[test]
fn real_texts_are_marked_as_a_lawyer_would() {
    let root = kit::root().join("tests/redline/pairs");
    let mut folders: Vec<_> = std::fs::read_dir(&root)
        .expect("pairs")
        .map(|entry| entry.expect("a folder").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    let mut all = Figures::default();
    for folder in folders {
        let name = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let read = |side: &str| {
            let text = std::fs::read_to_string(folder.join(format!("{side}.md"))).expect("a text");
            foreign::read(side, &text)
        };
        let (old, new) = (read("old"), read("new"));
        let redline = redline(&old, &new);
        assert!(holds(&redline, &old, &new), "{name}");
        let least = least(
            &side(&redline, Edit::Deleted),
            &side(&redline, Edit::Inserted),
        );
        let figures = figures(&redline, least);
        println!(
            "{name:24} marked {:5} least {:5} = {:3} %, groups {:4} islands {:3} moves {:2} struck again {}",
            figures.marked,
            figures.least,
            100 * figures.marked / figures.least.max(1),
            figures.groups,
            figures.islands,
            redline.moves.len(),
            figures.again,
        );
        if let Ok(folder) = std::env::var("REDLINES_TO") {
            std::fs::write(format!("{folder}/{name}.txt"), readable(&redline)).expect("a file");
        }
        all.marked += figures.marked;
        all.least += figures.least;
        all.groups += figures.groups;
        all.islands += figures.islands;
        all.again += figures.again;
    }
    println!("{all:?}");
    assert_eq!(all.again, 0);
    assert!(100 * all.marked <= 115 * all.least, "{all:?}");
    assert!(100 * all.islands <= all.groups, "{all:?}");
}
