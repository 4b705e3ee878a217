//! Key dates as an iCalendar file (RFC 5545), so that nobody misses a notice day.

/// Dates to be put in a calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The name of the calendar.
    pub name: String,
    /// A name of the agreement that stays the same from draft to draft: lower-case words joined by hyphens.
    pub id: String,
    /// The day the file is about, as `20270101`: the format wants a time stamp, and no clock is read here.
    pub stamp: String,
    /// The events, in order.
    pub events: Vec<Event>,
}

/// One all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day, as `20270101`.
    pub day: String,
    /// The day after, as `20270102`: the format counts to the end of an event without it.
    pub next_day: String,
    /// What kind of date it is: lower-case words joined by hyphens.
    pub kind: String,
    /// What happens.
    pub summary: String,
    /// Who must act, and which clause says so.
    pub description: String,
    /// How many days before it a reminder comes.
    pub reminders: Vec<u32>,
}

/// The calendar as text, with the line ends and the folding that the format asks for.
pub fn calendar(calendar: &Calendar) -> String {
    let mut out = String::with_capacity(400 * (calendar.events.len() + 1));
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//engross//key dates//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(
        &mut out,
        &format!("X-WR-CALNAME:{}", escape(&calendar.name)),
    );
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for event in &calendar.events {
        let key = (event.kind.as_str(), event.day.as_str());
        let place = seen.iter().filter(|other| **other == key).count() + 1;
        seen.push(key);
        line(&mut out, "BEGIN:VEVENT");
        let uid = format!(
            "UID:{}-{}-{place}@{}.engross.invalid",
            event.kind, event.day, calendar.id
        );
        line(&mut out, &uid);
        line(&mut out, &format!("DTSTAMP:{}T000000Z", calendar.stamp));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", event.day));
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", event.next_day));
        line(&mut out, &format!("SUMMARY:{}", escape(&event.summary)));
        line(
            &mut out,
            &format!("DESCRIPTION:{}", escape(&event.description)),
        );
        line(&mut out, "TRANSP:TRANSPARENT");
        for days in &event.reminders {
            line(&mut out, "BEGIN:VALARM");
            line(&mut out, "ACTION:DISPLAY");
            line(&mut out, &format!("TRIGGER:-P{days}D"));
            line(&mut out, &format!("DESCRIPTION:{}", escape(&event.summary)));
            line(&mut out, "END:VALARM");
        }
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// Text without the characters that structure a line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// One line, folded after at most 75 bytes, never within a character.
fn line(out: &mut String, text: &str) {
    let mut room = 75;
    for letter in text.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(letter);
        room -= letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_cannot_be_broken_by_words() {
        let made = calendar(&Calendar {
            name: "A; B, C\r\nBEGIN:VALARM".to_owned(),
            id: "a-b".to_owned(),
            stamp: "20270101".to_owned(),
            events: vec![Event {
                day: "20270101".to_owned(),
                next_day: "20270102".to_owned(),
                kind: "notice".to_owned(),
                summary: "é".repeat(100),
                description: "x".to_owned(),
                reminders: vec![30],
            }],
        });
        assert!(made.contains("X-WR-CALNAME:A\\; B\\, C  BEGIN:VALARM\r\n"));
        assert!(made.lines().all(|line| line.len() <= 75));
        let unfolded = made.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}\r\n", "é".repeat(100))));
        let alarms = unfolded.lines().filter(|line| *line == "BEGIN:VALARM");
        assert_eq!(alarms.count(), 1);
    }
}
