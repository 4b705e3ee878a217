//! Phrases that are one token: figures, typed references, enumerators.
//!
//! Each function takes text and gives the length in bytes of the phrase that it begins with, if it does.

const MONTHS: [&str; 23] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
];

const CURRENCIES: [&str; 20] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
    "INR", "CNY", "HKD", "SGD", "BRL", "MXN", "ZAR",
];

const PLACES: [&str; 15] = [
    "Section",
    "Sections",
    "Clause",
    "Clauses",
    "Article",
    "Articles",
    "Exhibit",
    "Exhibits",
    "Schedule",
    "Schedules",
    "Annex",
    "Annexes",
    "Appendix",
    "Paragraph",
    "Part",
];

/// A number with its separators and what it counts: `1,000.50`, `12.5 %`, `US$5`, `EUR 1 000`, a date.
pub(super) fn figure(text: &str) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    match first {
        b'0'..=b'9' => {
            let number = number(text)?;
            let after = &text[number..];
            if let Some(rest) = date_from_day(&text[..number], after) {
                return Some(number + rest);
            }
            Some(number + unit(after))
        }
        b'$' => amount(text, 1),
        b'A'..=b'Z' => {
            if let Some(month) = starts_with_one_of(text, &MONTHS) {
                return date_from_month(text, month);
            }
            if let Some(code) = starts_with_one_of(text, &CURRENCIES) {
                return amount(text, code);
            }
            // US$, A$, HK$
            let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
            if letters <= 2 && text[letters..].starts_with('$') {
                return amount(text, letters + 1);
            }
            None
        }
        0x80.. => {
            let sign = text.chars().next()?;
            matches!(sign, '€' | '£' | '¥' | '₹')
                .then(|| amount(text, sign.len_utf8()))
                .flatten()
        }
        _ => None,
    }
}

/// Digits, and separators between digits; letters right after make it a word such as `2nd`.
fn number(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let separator = matches!(byte, b'.' | b',' | b'/' | b'-' | b':' | b'\'')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if byte.is_ascii_alphanumeric() || separator {
            end += 1;
        } else {
            break;
        }
    }
    (end > 0 && bytes.get(end).is_none_or(u8::is_ascii)).then_some(end)
}

/// A per cent sign or a currency after a number, with the space between.
fn unit(after: &str) -> usize {
    let bare = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let space = after.len() - bare.len();
    if space > 2 {
        return 0;
    }
    for sign in ["%", "‰", "€", "£"] {
        if bare.starts_with(sign) {
            return space + sign.len();
        }
    }
    match starts_with_one_of(bare, &CURRENCIES) {
        Some(code) if space > 0 => space + code,
        Some(_) | None => 0,
    }
}

/// A currency of `sign` bytes and the number after it.
fn amount(text: &str, sign: usize) -> Option<usize> {
    let space = one_space(&text[sign..]);
    let rest = &text[sign + space..];
    let digit = rest.as_bytes().first().is_some_and(u8::is_ascii_digit);
    digit.then(|| number(rest).map(|number| sign + space + number))?
}

/// ` January 2026` or ` January` after a day.
fn date_from_day(day: &str, after: &str) -> Option<usize> {
    let is_day = day.len() <= 4 && day.bytes().filter(u8::is_ascii_digit).count() <= 2;
    let space = one_space(after);
    if !is_day || space == 0 {
        return None;
    }
    let month = starts_with_one_of(&after[space..], &MONTHS)?;
    let end = space + month;
    Some(end + year(&after[end..]).unwrap_or(0))
}

/// `January 5, 2026`, `January 5` or `January 2026`.
fn date_from_month(text: &str, month: usize) -> Option<usize> {
    if let Some(year) = year(&text[month..]) {
        return Some(month + year);
    }
    let space = one_space(&text[month..]);
    let day = &text[month + space..];
    let digits = day.bytes().take_while(u8::is_ascii_digit).count();
    if space == 0 || !(1..=2).contains(&digits) {
        return None;
    }
    let end = month + space + number(day)?;
    Some(end + year(&text[end..]).unwrap_or(0))
}

/// ` 2026` or `, 2026`.
fn year(text: &str) -> Option<usize> {
    let comma = usize::from(text.starts_with(','));
    let space = one_space(&text[comma..]);
    let rest = &text[comma + space..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (space > 0 && digits == 4).then_some(comma + space + 4)
}

/// A place with its number: `Section 4.2(a)`, `Exhibit B`.
pub(super) fn reference(text: &str) -> Option<usize> {
    if !text.starts_with(|letter: char| letter.is_ascii_uppercase() || letter == '§') {
        return None;
    }
    let place = if text.starts_with('§') {
        '§'.len_utf8()
    } else {
        starts_with_one_of(text, &PLACES)?
    };
    let space = one_space(&text[place..]);
    let rest = &text[place + space..];
    let bytes = rest.as_bytes();
    let mut end = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let is_number = bytes.first().is_some_and(u8::is_ascii_digit);
    let is_letter = end == 1 && bytes[0].is_ascii_uppercase();
    let is_roman = end > 0 && bytes[..end].iter().all(|byte| b"IVXLC".contains(byte));
    if !(is_number || is_letter || is_roman) || (space == 0 && !text.starts_with('§')) {
        return None;
    }
    while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1;
        end += bytes[end..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
    }
    while let Some(more) = enumerator(&rest[end..]) {
        end += more;
    }
    bytes
        .get(end)
        .is_none_or(u8::is_ascii)
        .then_some(place + space + end)
}

/// `(a)`, `(iv)`, `(2)`, `(A)`.
pub(super) fn enumerator(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let inner = &inner[..inner.bytes().take(6).position(|byte| byte == b')')?];
    let bytes = inner.as_bytes();
    let one_case =
        bytes.iter().all(u8::is_ascii_lowercase) || bytes.iter().all(u8::is_ascii_uppercase);
    let roman = bytes.iter().all(|byte| b"ivxlcIVXLC".contains(byte));
    let doubled = bytes.len() == 2 && bytes[0] == bytes[1];
    let letters = one_case && (bytes.len() == 1 || doubled || roman);
    let digits = bytes.len() <= 2 && bytes.iter().all(u8::is_ascii_digit);
    (!bytes.is_empty() && (letters || digits)).then_some(inner.len() + 2)
}

fn one_space(text: &str) -> usize {
    match text.chars().next() {
        Some(space @ (' ' | '\u{a0}' | '\u{202f}')) => space.len_utf8(),
        Some(_) | None => 0,
    }
}

/// The length of the name that `text` begins with, if no letter or digit follows it.
fn starts_with_one_of(text: &str, names: &[&str]) -> Option<usize> {
    names
        .iter()
        .filter(|name| text.starts_with(**name))
        .map(|name| name.len())
        .find(|end| !text[*end..].starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::{enumerator, figure, reference};

    fn check(read: fn(&str) -> Option<usize>, text: &str, whole: &str) {
        let length = read(text).unwrap_or(0);
        assert_eq!(&text[..length], whole, "{text}");
    }

    #[test]
    fn figures_are_whole() {
        check(figure, "1,000.50, and", "1,000.50");
        check(figure, "12.5 % of", "12.5 %");
        check(figure, "12%", "12%");
        check(figure, "US$5,000.", "US$5,000");
        check(figure, "EUR 1,000 and", "EUR 1,000");
        check(figure, "€5 million", "€5");
        check(figure, "5 EUR", "5 EUR");
        check(figure, "1 January 2026.", "1 January 2026");
        check(figure, "January 5, 2026,", "January 5, 2026");
        check(figure, "March 2026", "March 2026");
        check(figure, "2026-01-05.", "2026-01-05");
        check(figure, "30 days", "30");
        check(figure, "May be", "");
        check(figure, "Mayor 5", "");
        check(figure, "The", "");
    }

    #[test]
    fn places_are_whole() {
        check(reference, "Section 4.2(a)(iv), or", "Section 4.2(a)(iv)");
        check(reference, "Exhibit B.", "Exhibit B");
        check(reference, "Article IV of", "Article IV");
        check(reference, "§5", "§5");
        check(reference, "Section heading", "");
        check(reference, "Sections", "");
        check(enumerator, "(iv) the", "(iv)");
        check(enumerator, "(aa)", "(aa)");
        check(enumerator, "(the)", "");
        check(enumerator, "()", "");
    }
}
