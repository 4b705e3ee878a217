//! Figures of internal texts, and every way in which one may be written: a walk-away price is leaked as `USD 410,000`,
//! as `410000` and as "four hundred ten thousand" alike.
//!
//! In: a text of the negotiation file. Out: its sums, shares, days and lengths of time, and for each the spellings
//! that are looked for. Deliberately absent: counts without a unit below 10,000, which stand in every text by chance.

use super::spelling::Spelling;
use crate::units::{Currency, Date, Decimal, Numerals, Period, PeriodUnit, cardinal};

/// A figure that means the same however it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Figure {
    /// A sum of money; its currency, if one is named.
    Sum(Decimal, Option<Currency>),
    /// A share, in percent.
    Share(Decimal),
    /// A day.
    Day(Date),
    /// A length of time.
    Time(Period),
}

/// From here on a number without a unit is one that nobody writes by chance.
const TELLING: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Signs of currencies, as they stand before a sum.
const SIGNS: [(char, Currency); 4] = [
    ('$', Currency::USD),
    ('\u{20AC}', Currency::EUR),
    ('\u{A3}', Currency::GBP),
    ('\u{A5}', Currency::JPY),
];

/// Every figure of a text, in its order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()) {
        let start = at + start;
        let (figure, end) = read(text, start);
        found.extend(figure);
        at = end;
    }
    found
}

/// The figure whose digits begin at `start`, and the byte after it.
fn read(text: &str, start: usize) -> (Option<Figure>, usize) {
    let before = text[..start].trim_end();
    let rest = &text[start..];
    if let Some(day) = rest.get(..10).and_then(iso) {
        return (Some(Figure::Day(day)), start + 10);
    }
    let (number, length) = number(rest);
    let end = start + length;
    let Some(number) = number else {
        return (None, end);
    };
    let after = text[end..].trim_start_matches([' ', '\u{A0}', '-']);
    let word: String = after
        .chars()
        .take_while(|letter| letter.is_alphabetic())
        .collect();
    let follows = &after[word.len()..];
    let word = word.to_lowercase();
    if after.starts_with('%') || matches!(word.as_str(), "percent" | "pct") {
        return (Some(Figure::Share(number.normalize())), end);
    }
    if word == "per" && follows.trim_start().starts_with("cent") {
        return (Some(Figure::Share(number.normalize())), end);
    }
    if word == "bp" || word == "basis" {
        let share = (number / Decimal::ONE_HUNDRED).normalize();
        return (Some(Figure::Share(share)), end);
    }
    if let Some(day) = day(number, before, &word, follows) {
        return (Some(Figure::Day(day)), end);
    }
    if let Some(time) = time(number, &word, follows) {
        return (Some(Figure::Time(time)), end);
    }
    let times = match word.as_str() {
        "k" | "thousand" => 1_000,
        "m" | "mn" | "million" => 1_000_000,
        _ => 1,
    };
    let Some(amount) = number.checked_mul(Decimal::from(times)) else {
        return (None, end);
    };
    let currency = currency(before, &word, follows, times > 1);
    let sum = currency.is_some() || amount >= TELLING;
    let sum = sum && !amount.is_zero();
    (sum.then(|| Figure::Sum(amount.normalize(), currency)), end)
}

fn iso(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut part = |width: usize| parts.next().filter(|part| part.len() == width);
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The number at the start of a text, digits grouped or not, and its length in bytes.
fn number(text: &str) -> (Option<Decimal>, usize) {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = digits(0);
    let mut plain = text[..end].to_owned();
    while end <= 3 + plain.len() && matches!(bytes.get(end), Some(b',' | b'_' | b'\'' | b' ')) {
        if digits(end + 1) != 3 {
            break;
        }
        plain.push_str(&text[end + 1..end + 4]);
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        let decimals = digits(end + 1);
        plain.push_str(&text[end..=end + decimals]);
        end += 1 + decimals;
    }
    (plain.parse().ok(), end)
}

/// `14 October 2026` and `October 14, 2026`.
fn day(number: Decimal, before: &str, word: &str, follows: &str) -> Option<Date> {
    let month = |word: &str| MONTHS.iter().position(|month| *month == word);
    let (month, year) = if let Some(month) = month(word) {
        (month, follows)
    } else {
        let last = before.rsplit(' ').next().unwrap_or_default();
        (month(&last.to_lowercase())?, follows)
    };
    let year = year.trim_start_matches([',', ' ']);
    let year = year.get(..4)?.parse().ok()?;
    let day = number.to_string().parse().ok()?;
    Date::new(year, i8::try_from(month + 1).ok()?, day)
}

fn time(number: Decimal, word: &str, follows: &str) -> Option<Period> {
    let singular = |word: &str| PeriodUnit::from_word(word.strip_suffix('s').unwrap_or(word));
    let unit = match word {
        "business" => {
            let next: String = follows
                .trim_start_matches([' ', '-'])
                .chars()
                .take_while(|letter| letter.is_alphabetic())
                .collect();
            singular(&format!("business {next}"))
        }
        word => singular(word),
    };
    Some(Period::new(number.to_string().parse().ok()?, unit?))
}

/// The currency that stands before a sum or after it.
fn currency(before: &str, word: &str, follows: &str, scaled: bool) -> Option<Currency> {
    let sign = before.chars().next_back();
    if let Some((_, currency)) = SIGNS.iter().find(|(known, _)| Some(*known) == sign) {
        return Some(*currency);
    }
    let code = |word: &str| {
        let capital = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        capital.then(|| Currency::from_code(word)).flatten()
    };
    let last = before.rsplit(|letter: char| !letter.is_alphabetic()).next();
    let next = if scaled {
        follows.trim_start().get(..3).unwrap_or_default().to_owned()
    } else {
        word.to_uppercase()
    };
    last.and_then(code).or_else(|| code(&next))
}

impl Figure {
    /// Whether both are the same figure; a sum without a currency is one in any.
    pub(super) fn is(&self, other: &Figure) -> bool {
        match (self, other) {
            (Figure::Sum(one, a), Figure::Sum(two, b)) => {
                one == two && (a == b || a.is_none() || b.is_none())
            }
            _ => self == other,
        }
    }

    /// Every way in which it may be written, folded as views are.
    pub(super) fn spelled(&self) -> Vec<Spelling> {
        let mut ways = match self {
            Figure::Sum(amount, currency) => sum(*amount, *currency),
            Figure::Share(percent) => share(*percent),
            Figure::Day(day) => days(*day),
            Figure::Time(time) => times(*time),
        };
        ways.sort();
        ways.dedup();
        ways.into_iter().map(Spelling::new).collect()
    }
}

/// The digits of a number in the ways of several countries.
fn digits(value: Decimal) -> Vec<String> {
    let styles = [
        Numerals::english(),
        Numerals::continental(),
        Numerals::swiss(),
        Numerals::spaced(),
    ];
    let mut ways = vec![value.to_string(), value.to_string().replace('.', ",")];
    for style in styles {
        ways.push(style.print_decimal(value));
        ways.push(style.print_places(value, 2));
    }
    // Without marks between thousands, and with those of programs.
    let exact = Numerals::english().print_places(value, 2);
    ways.push(exact.replace(',', ""));
    ways.push(exact.replace(',', "_"));
    ways.push(Numerals::english().print_decimal(value).replace(',', "_"));
    ways
}

fn sum(amount: Decimal, currency: Option<Currency>) -> Vec<String> {
    let mut bare = digits(amount);
    let mut scaled = Vec::new();
    for (size, short, word) in [(1_000, "k", "thousand"), (1_000_000, "m", "million")] {
        let each = amount / Decimal::from(size);
        if each >= Decimal::new(1, 1) && each.scale() <= 2 {
            let each = each.normalize();
            bare.push(format!("{each} {word}"));
            scaled.push(format!("{each}{short}"));
        }
    }
    let in_words = amount
        .to_string()
        .parse()
        .ok()
        .filter(|_| amount >= TELLING);
    if let Some(whole) = in_words {
        let words = cardinal(whole);
        bare.push(words.replace(" hundred ", " hundred and "));
        bare.push(words);
    }
    let mut ways = Vec::new();
    if let Some(currency) = currency {
        let code = currency.code().to_lowercase();
        let sign = SIGNS.iter().find(|(_, known)| *known == currency);
        for number in bare.iter().chain(&scaled) {
            ways.push(format!("{code} {number}"));
            ways.push(format!("{code}{number}"));
            ways.push(format!("{number} {code}"));
            if let Some((sign, _)) = sign {
                ways.push(format!("{sign}{number}"));
                ways.push(format!("{sign} {number}"));
                ways.push(format!("{number} {sign}"));
            }
        }
    }
    if amount >= TELLING {
        ways.extend(bare);
    }
    ways
}

fn share(percent: Decimal) -> Vec<String> {
    let mut numbers = digits(percent);
    numbers.extend(percent.to_string().parse().ok().map(cardinal));
    let mut ways = Vec::new();
    for number in numbers {
        for word in ["%", " %", " percent", " per cent", " pct"] {
            ways.push(format!("{number}{word}"));
        }
    }
    let points = (percent * Decimal::ONE_HUNDRED).normalize();
    ways.push(format!("{points}bp"));
    ways.push(format!("{points} basis points"));
    ways
}

fn days(day: Date) -> Vec<String> {
    let (year, month, number) = (day.year(), day.month(), day.day());
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at));
    let name = name.copied().unwrap_or_default();
    vec![
        day.iso(),
        format!("{year:04}{month:02}{number:02}"),
        format!("{number} {name} {year}"),
        format!("{name} {number}, {year}"),
        format!("{number:02}.{month:02}.{year}"),
        format!("{number}.{month}.{year}"),
        format!("{number:02}/{month:02}/{year}"),
        format!("{month:02}/{number:02}/{year}"),
    ]
}

fn times(time: Period) -> Vec<String> {
    let unit = time.unit.word();
    let count = time.count;
    let words = cardinal(u64::from(count));
    let plural = if count == 1 { "" } else { "s" };
    vec![
        format!("{count} {unit}{plural}"),
        format!("{words} {unit}{plural}"),
        format!("{words} ({count}) {unit}{plural}"),
        time.adjective(),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::spelling::Read;
    use super::super::views::folded;
    use super::figures;

    /// Whether a figure of `secret` is found in `text`.
    fn found(secret: &str, text: &str) -> bool {
        let text = Read::new(folded(text));
        figures(secret)
            .iter()
            .any(|figure| figure.spelled().iter().any(|way| text.has(way)))
    }

    #[test]
    fn a_figure_is_found_however_it_is_written() {
        for (secret, texts) in [
            (
                "USD 410000",
                &[
                    "USD 410,000",
                    "usd\u{A0}410 000",
                    "410.000,00 USD",
                    "\"410000.00\"",
                    "$410k",
                    "0.41 million",
                    "Four hundred ten thousand dollars",
                    "CHF 410'000",
                    "(410,000)",
                    "$410,000.00.",
                ][..],
            ),
            ("about $330k", &["USD 330,000", "330000"]),
            ("USD 900", &["USD 900", "$900", "900 USD,", "USD 900.00"]),
            (
                "71%",
                &["71 %", "71 per cent", "seventy-one percent", "7100bp"],
            ),
            ("12.5%", &["12.5%", "12,5 %", "1250 basis points"]),
            (
                "by 14 October 2026",
                &["2026-10-14", "October 14, 2026", "20261014"],
            ),
            ("on 2026-10-14", &["14 October 2026", "14.10.2026"]),
            (
                "<= '18 months'",
                &["18 months", "18-month", "eighteen (18) months"],
            ),
            ("'5 business days'", &["five business days"]),
        ] {
            for text in texts {
                assert!(
                    found(secret, text),
                    "{secret} in {text}: {:?}",
                    figures(secret)
                );
            }
        }
    }

    #[test]
    fn a_part_of_another_figure_is_none() {
        for (secret, text) in [
            ("USD 410000", "USD 1,410,000"),
            ("USD 410000", "410,000,000"),
            ("USD 410000", "4100001"),
            ("USD 410000", "410,000.50"),
            ("USD 900", "900 activations"),
            ("USD 900", "USD 9000"),
            ("8%", "18%"),
            ("8%", "0.8%"),
            ("8 %", "8 days"),
            ("'8 days'", "18 days"),
            ("'1 month'", "1 months and 11 month"),
            ("2026-10-14", "12026-10-14"),
            ("two people for 3 things", "two people for 3 things"),
        ] {
            assert!(!found(secret, text), "{secret} in {text}");
        }
    }
}
