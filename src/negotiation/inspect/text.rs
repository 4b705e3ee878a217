//! Where texts hide things: comments, properties, characters that nobody sees, paths of somebody's disk.

use super::Hidden;
use crate::deal::invisible;

/// What Markdown holds and does not show.
pub(super) fn markdown(text: &str) -> Vec<Hidden> {
    let comments = text.match_indices("<!--").map(|(at, _)| Hidden {
        what: "a comment stands in the text",
        at,
        help: "take it out of the library",
    });
    let links = text.match_indices("[//]:").map(|(at, _)| Hidden {
        what: "a comment stands in the text, written as a link",
        at,
        help: "take it out of the library",
    });
    comments.chain(links).collect()
}

/// The properties of a calendar that its readers see or that it must have.
const SHOWN: [&str; 14] = [
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "METHOD",
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "TRANSP",
    "TRIGGER",
];

/// What a calendar holds and does not show.
pub(super) fn calendar(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.split([':', ';']).next().unwrap_or_default().trim();
        let folded = line.starts_with(' ') || line.trim().is_empty();
        if !folded && !SHOWN.contains(&name) && !KNOWN.contains(&name) {
            found.push(Hidden {
                what: "the calendar has a property that its readers do not see",
                at,
                help: "write the calendar with engross, which gives it none",
            });
        }
        at += line.len();
    }
    found
}

/// Further properties that engross writes.
const KNOWN: [&str; 6] = [
    "ACTION",
    "CATEGORIES",
    "SEQUENCE",
    "STATUS",
    "NAME",
    "X-WR-CALNAME",
];

/// What a sheet holds that a spreadsheet would not show but compute.
pub(super) fn sheet(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let mut at = 0;
    for cell in text.split_inclusive([',', ';', '\t', '\n']) {
        let value = cell.trim_start_matches('"');
        let number = value
            .trim_start_matches(['+', '-'])
            .starts_with(|letter: char| letter.is_ascii_digit());
        if value.starts_with(['=', '@']) || (value.starts_with(['+', '-']) && !number) {
            found.push(Hidden {
                what: "a spreadsheet would compute this cell instead of showing it",
                at,
                help: "write the cell so that it does not begin with a sign",
            });
        }
        at += cell.len();
    }
    found
}

/// JSON shows all that it holds.
pub(super) fn json(_: &str) -> Vec<Hidden> {
    Vec::new()
}

/// What no file may hold: characters that nobody sees, and the way to a place on somebody's disk.
pub(super) fn anywhere(text: &str) -> Vec<Hidden> {
    const HELP: &str = "draft the package anew with a clean deal and library";
    let mut found = Vec::new();
    for (at, letter) in text.char_indices() {
        // A no-break space joins a label to its text, and is a space to every reader.
        if !letter.is_ascii()
            && letter != '\u{A0}'
            && letter != '\u{202F}'
            && invisible(letter).is_some()
        {
            found.push(Hidden {
                what: "a character that nobody sees stands here",
                at,
                help: HELP,
            });
        }
    }
    for mark in ["/home/", "/Users/", "/root/", "C:\\", "file://", "/tmp/"] {
        for (at, _) in text.match_indices(mark) {
            found.push(Hidden {
                what: "the way to a place on a disk stands here",
                at,
                help: HELP,
            });
        }
    }
    found
}
